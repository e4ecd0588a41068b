/* placement_edit.c: a page for a placement: a new one, or a change. Below the page stands what the
 * rules say of the days as they are typed. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/placement/placement_rows.h"
#include "care/unit/pick.h"
#include "ui/common/edit_page.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/placements/institution.h"
#include "ui/placements/placement_words.h"

#include <string.h>

enum {
    WIDEST = 80,
    PAGE_ROWS = 8,
};

typedef struct {
    App *app;
    Placement *placement; /* as it was read; a new one has version 0 */
    ClientRow *client;
    gint64 version; /* of the placement that the page was filled from */
    Page page;
    EditDraft draft;
    PlacementRows rows;
    ChoiceOption parents[2];
    gboolean fresh; /* the focus has come to its row just now */
} PlacementEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static char *typed(PlacementEditState *state, int row)
{
    return g_strstrip(g_strdup(page_text(&state->page, row)));
}

static Date day_of(PlacementEditState *state, int row)
{
    return placement_rows_day(page_text(&state->page, row));
}

static const PickOption *meant(PlacementEditState *state, int row)
{
    return pick_match(row == PLACEMENT_ROW_STAFF ? state->rows.staff : state->rows.institutions,
                      page_text(&state->page, row));
}

/* --- hints ------------------------------------------------------------------------------------ */

static void hint_institution(PlacementEditState *state)
{
    char key[KEY_NAME_SIZE];
    g_autofree char *text = typed(state, PLACEMENT_ROW_INSTITUTION);
    g_autofree char *could = pick_hint(state->rows.institutions, text);
    g_autofree char *hint = NULL;
    shared_key(state->app, ACTION_PLACEMENT_INSTITUTION, key);
    if (text[0] == '\0')
        hint = g_strdup(_("Type the beginning of its name. May be left empty for now."));
    else if (could == NULL)
        hint = g_strdup(_("Not in the list. Enter adds it."));
    else
        hint = g_strdup_printf(_("%s. %s adds a new one to the list."), could, key);
    edit_page_hint(&state->page, PLACEMENT_ROW_INSTITUTION, hint);
}

static void hint_day(PlacementEditState *state, int row, const char *empty)
{
    g_autofree char *text = typed(state, row);
    Date date = day_of(state, row);
    if (text[0] == '\0' || date == DATE_NONE) {
        edit_page_hint(&state->page, row,
                       text[0] == '\0' ? empty
                                       : _("Not understood yet: 21/11, fri, tomorrow, v48 tue, "
                                           "2026-11-21."));
        return;
    }
    g_autofree char *day = words_day(date);
    g_autofree char *distance = words_distance(date, clock_today());
    g_autofree char *hint = g_strdup_printf("→ %s (%s)", day, distance);
    edit_page_hint(&state->page, row, hint);
}

static void hint_rows(PlacementEditState *state)
{
    g_autofree char *who = typed(state, PLACEMENT_ROW_STAFF);
    g_autofree char *could = pick_hint(state->rows.staff, who);
    hint_institution(state);
    hint_day(state, PLACEMENT_ROW_STARTED, _("The first day: 21/11, 2026-02-01."));
    hint_day(state, PLACEMENT_ROW_ENDED,
             _("The last day: 21/11, yesterday. Leave it empty while the "
               "placement goes on."));
    edit_page_hint(&state->page, PLACEMENT_ROW_STAFF,
                   who[0] == '\0'  ? _("Who follows it up. Empty: whoever can.")
                   : could != NULL ? could
                                   : _("Nobody of that name works in the unit."));
}

/* What is meant without doubt is written out when the row is left. */
static void complete_row(PlacementEditState *state, int row)
{
    char date[DATE_SIZE];
    const PickOption *option =
        row == PLACEMENT_ROW_STAFF || row == PLACEMENT_ROW_INSTITUTION ? meant(state, row) : NULL;
    Date day =
        row == PLACEMENT_ROW_STARTED || row == PLACEMENT_ROW_ENDED ? day_of(state, row) : DATE_NONE;
    if (option != NULL)
        edit_page_set_value(&state->page, row, option->name);
    else if (day != DATE_NONE)
        edit_page_set_value(&state->page, row, date_format(day, date));
}

/* --- an institution that is not in the list --------------------------------------------------- */

static void institution_saved(App *app, gint64 id)
{
    PlacementEditState *state = app_top_state(app);
    GError *error = NULL;
    if (!placement_rows_init(app_session(app), &state->rows, state->placement->institution_id,
                             &error)) {
        app_error(app, error);
        return;
    }
    edit_page_set_value(&state->page, PLACEMENT_ROW_INSTITUTION,
                        pick_name(state->rows.institutions, id));
    page_fault(&state->page, PLACEMENT_ROW_INSTITUTION, NULL);
    state->page.focus = PLACEMENT_ROW_STARTED;
    state->fresh = TRUE;
    hint_rows(state);
    app_say(app, STYLE_GOOD, _("The institution is in the list."));
}

static void add_institution(App *app, PlacementEditState *state)
{
    g_autofree char *name = typed(state, PLACEMENT_ROW_INSTITUTION);
    app_push(app, &screen_institution,
             &(InstitutionArgument){.name = name, .saved = institution_saved});
}

/* One that nobody else is meant by is added as the row is left. */
static gboolean must_add_institution(PlacementEditState *state)
{
    g_autofree char *text = typed(state, PLACEMENT_ROW_INSTITUTION);
    g_autofree char *could = pick_hint(state->rows.institutions, text);
    return text[0] != '\0' && could == NULL;
}

void on_placement_institution(App *app, void *data)
{
    PlacementEditState *state = data;
    if (!edit_draft_must_answer(app, &state->draft))
        add_institution(app, state);
}

/* --- saving ----------------------------------------------------------------------------------- */

/* Puts what the page says into the placement, with a fault on each row that cannot be used. FALSE
 * when there is one. */
static gboolean read_rows(App *app, PlacementEditState *state)
{
    Page *page = &state->page;
    const char *faults[PLACEMENT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(page);
    placement_rows_take(&state->rows, values, state->placement, faults);
    for (int row = 0; row < PLACEMENT_ROW_COUNT; row++)
        page_fault(page, row, faults[row]);
    return !edit_page_must_mend(app, page);
}

/* Somebody else has saved it meanwhile: theirs comes to the page, and is saved over only when the
 * user saves again. */
static void merge(App *app, PlacementEditState *state, const char *sentence)
{
    GError *error = NULL;
    Placement *theirs = placement_get(app_session(app), state->placement->id, &error);
    if (theirs == NULL || !placement_rows_init(app_session(app), &state->rows,
                                               state->placement->institution_id, &error)) {
        placement_free(theirs);
        app_error(app, error);
        return;
    }
    char **values = placement_rows_values(&state->rows, theirs);
    for (int row = 0; row < PLACEMENT_ROW_COUNT; row++)
        edit_page_merge(&state->page, row,
                        state->draft.base != NULL ? state->draft.base[row] : NULL, values[row],
                        _("In the placement now: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    placement_free(state->placement);
    state->placement = theirs;
    state->version = theirs->version;
    edit_page_to_fault(&state->page);
    app_say(app, STYLE_NOTICE, "%s", sentence);
}

static void leave_saved(App *app, PlacementEditState *state, gboolean added)
{
    gint64 id = state->placement->id;
    edit_draft_over(app, &state->draft);
    app_pop(app);
    if (!added || app_open(app, SCREEN_PLACEMENT, &id))
        app_say(app, STYLE_GOOD, "%s", added ? _("The placement is added.") : _("Saved."));
}

static void placement_edit_finish(App *app, void *data)
{
    PlacementEditState *state = data;
    GError *error = NULL;
    gboolean added = state->version == 0;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    if (must_add_institution(state)) {
        add_institution(app, state);
        return;
    }
    if (!read_rows(app, state))
        return;
    state->placement->version = state->version;
    if (placement_save(app_session(app), state->placement, &error)) {
        leave_saved(app, state, added);
    } else if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)) {
        merge(app, state, error->message);
        g_error_free(error);
    } else {
        app_error(app, error);
    }
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean is_leaving(const Event *event)
{
    return event->type == EVENT_KEY && (event->key == K_ENTER || event->key == K_TAB);
}

static gboolean placement_edit_key(App *app, void *data, const Event *event)
{
    PlacementEditState *state = data;
    Page *page = &state->page;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &state->version);
        hint_rows(state);
        return taken;
    }
    int row = page->focus;
    if (row == PLACEMENT_ROW_INSTITUTION && is_leaving(event) && must_add_institution(state)) {
        add_institution(app, state);
        return TRUE;
    }
    if (state->fresh)
        edit_page_replace(page, event);
    taken = page_event(page, event, &done);
    if (taken)
        page_fault(page, row, NULL);
    state->fresh = page->focus != row;
    if (state->fresh || done)
        complete_row(state, row);
    hint_rows(state);
    if (done)
        placement_edit_finish(app, state);
    return taken;
}

static void placement_edit_save(App *app, void *data)
{
    PlacementEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, state->version);
}

/* What the rules say of the days as they are typed. */
static void draw_rules(PlacementEditState *state, Area area)
{
    Date started = day_of(state, PLACEMENT_ROW_STARTED), ended = day_of(state, PLACEMENT_ROW_ENDED);
    if (started == DATE_NONE || (ended != DATE_NONE && ended < started))
        return;
    PlacementRule rule =
        placement_rule(state->client->birth_date, started, ended,
                       edit_page_chosen_value(&state->page, PLACEMENT_ROW_PARENTS, 0) == 1);
    g_autofree char *due = placement_words_due(&rule, RESPONDENT_COUNT, clock_today());
    g_autofree char *why = placement_rule_text(
        &rule,
        placement_rows_kind(&state->rows, page_text(&state->page, PLACEMENT_ROW_INSTITUTION)),
        started, ended);
    int row = 0;
    if (due != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_STRONG, due);
    if (why != NULL)
        draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, why);
}

static void placement_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    PlacementEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    g_autofree char *whose = g_strdup_printf(_("A placement of %s"), state->client->name);
    draw_text(page, 0, 0, STYLE_HEADING, whose);
    if (edit_draft_is_offered(&state->draft)) {
        edit_draft_draw(&state->draft, area_rows(page, 1, -1));
        return;
    }
    page_draw(&state->page, area_rows(page, 2, PAGE_ROWS));
    draw_rule(page, PAGE_ROWS + 2);
    draw_rules(state, area_rows(page, PAGE_ROWS + 3, -1));
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean placement_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    PlacementEditState *state = data;
    const PlacementEditArgument *from = argument;
    gboolean is_new = from->placement_id == 0;
    state->app = app;
    state->placement = is_new ? placement_rows_new(app_session(app), from->client_id)
                              : placement_get(app_session(app), from->placement_id, error);
    if (state->placement == NULL ||
        (state->client = client_glance(app_session(app), state->placement->client_id, error)) ==
            NULL ||
        !placement_rows_init(app_session(app), &state->rows, state->placement->institution_id,
                             error))
        return FALSE;
    state->version = state->placement->version;
    const char *const labels[PLACEMENT_ROW_PARENTS] = {_("Institution"), _("First day"),
                                                       _("Last day"), _("Case officer")};
    char **base = placement_rows_values(&state->rows, state->placement);
    page_init(&state->page);
    for (int row = 0; row < PLACEMENT_ROW_PARENTS; row++)
        page_field(&state->page, labels[row], NULL, base[row], FALSE);
    state->parents[0] = (ChoiceOption){0, C_("placement", "One is asked"), 0};
    state->parents[1] = (ChoiceOption){0, C_("placement", "Both are asked"), 1};
    page_choice(&state->page, C_("placement", "Parents"),
                _("Both: each has an interview of their own."), state->parents,
                (int)G_N_ELEMENTS(state->parents), state->placement->two_parents);
    edit_draft_begin(app, &state->draft, &state->page,
                     is_new ? DRAFT_NEW_PLACEMENT : DRAFT_PLACEMENT,
                     is_new ? from->client_id : from->placement_id, state->version, base);
    state->fresh = TRUE;
    hint_rows(state);
    return TRUE;
}

static void placement_edit_leave(App *app, void *data)
{
    (void)app;
    PlacementEditState *state = data;
    placement_free(state->placement);
    client_row_free(state->client);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
    placement_rows_clear(&state->rows);
}

static gboolean placement_edit_unsaved(App *app, const void *data)
{
    PlacementEditState *state = (PlacementEditState *)data;
    (void)app;
    return edit_draft_is_unsaved(&state->draft, &state->page, state->version);
}

const Screen screen_placement_edit = {
    .name = "placement-edit",
    .place = IN_PLACEMENT_EDIT,
    .title = N_("Placement's details"),
    .state_size = sizeof(PlacementEditState),
    .enter = placement_edit_enter,
    .draw = placement_edit_draw,
    .key = placement_edit_key,
    .finish = placement_edit_finish,
    .save = placement_edit_save,
    .unsaved = placement_edit_unsaved,
    .leave = placement_edit_leave,
};
