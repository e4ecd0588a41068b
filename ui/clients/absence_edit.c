/* absence_edit.c: a page for a client who is away, or for a change of that; and which of several. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/client_rows.h"
#include "care/visit/absence_rows.h"
#include "ui/common/choose.h"
#include "ui/common/day_row.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_page.h"
#include "ui/common/shared.h"

enum { WIDEST = 80 };

typedef struct {
    gint64 client_id;
    gint64 absence_id; /* 0: a new one */
    Date from;         /* of a new one; DATE_NONE: today */
} AbsenceEditArgument;

typedef struct {
    Absence *absence;
    char *name; /* the client's */
    Page page;
    EditDraft draft;
    gboolean fresh; /* the row has just got the focus: what is typed replaces what stands there */
    ChoiceOption causes[AWAY_CHOICES];
} AbsenceEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(AbsenceEditState *state)
{
    day_row_hint(&state->page, ABSENCE_ROW_TO,
                 _("The last day away: 21/11, fri, +2w. Empty: until further notice."));
    day_row_hint(&state->page, ABSENCE_ROW_FROM, _("The first day away: 21/11, tomorrow."));
}

static void build_rows(AbsenceEditState *state, char *const *values)
{
    const char *const keys[AWAY_CHOICES] = {
        [AWAY_HOLIDAY] = C_("key of why somebody is away", "j"),
        [AWAY_HOSPITAL] = C_("key of why somebody is away", "h"),
        [AWAY_PAUSE] = C_("key of why somebody is away", "p"),
        [AWAY_OTHER] = C_("key of why somebody is away", "o"),
    };
    Page *page = &state->page;
    for (int i = 0; i < AWAY_CHOICES; i++)
        state->causes[i] = (ChoiceOption){g_utf8_get_char(keys[i]), away_cause_name(i), i};
    page_init(page);
    page_choice(page, C_("absence", "Why"), NULL, state->causes, AWAY_CHOICES, -1);
    page_field(page, C_("absence", "Last day"), NULL, "", FALSE);
    page_field(page, C_("absence", "First day"), NULL, "", FALSE);
    page_field(page, C_("absence", "Note"),
               _("What the unit should know. Who reads it may be the client. May be left empty."),
               "", TRUE);
    for (int row = 0; row < ABSENCE_ROW_COUNT; row++)
        edit_page_set_value(page, row, values[row]);
    page->focus = state->absence->id != 0 ? ABSENCE_ROW_TO : ABSENCE_ROW_CAUSE;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, AbsenceEditState *state)
{
    const char *faults[ABSENCE_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (absence_rows_take(values, state->absence, faults))
        return TRUE;
    for (int row = 0; row < ABSENCE_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
}

/* What somebody else has changed meanwhile is taken in; nothing typed is lost. */
static void take_in_theirs(App *app, AbsenceEditState *state)
{
    g_autoptr(Absence) theirs = absence_get(app_session(app), state->absence->id, NULL);
    if (theirs == NULL)
        return;
    char **values = absence_rows_values(theirs);
    for (int row = 0; row < ABSENCE_ROW_COUNT; row++)
        edit_page_merge(&state->page, row,
                        state->draft.base != NULL ? state->draft.base[row] : NULL, values[row],
                        _("A colleague has written: %s"));
    g_strfreev(state->draft.base);
    state->draft.base = values;
    state->absence->version = theirs->version;
}

static void absence_edit_finish(App *app, void *data)
{
    AbsenceEditState *state = data;
    Absence *absence = state->absence;
    AbsenceDone done = {0};
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state))
        return;
    const gboolean is_new = absence->id == 0 || state->draft.base == NULL;
    const gboolean saved = is_new
                               ? absence_add(app_session(app), absence, &done, &error)
                               : absence_change(app_session(app), absence, &done, &error);
    if (!saved) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = absence_words_done(&done);
    g_autofree char *name = g_strdup(state->name);
    edit_draft_over(app, &state->draft);
    app_pop(app);
    if (is_new)
        app_say(app, STYLE_GOOD, _("%s is away. %s"), name, what);
    else /* perhaps since the client is back */
        app_say(app, STYLE_GOOD, _("The absence is changed. %s"), what);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean absence_edit_key(App *app, void *data, const Event *event)
{
    AbsenceEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &state->absence->version);
        hint_rows(state);
        return taken;
    }
    if (state->fresh && row != ABSENCE_ROW_WORDS)
        edit_page_replace(page, event);
    taken = page_event(page, event, &done);
    state->fresh = page->focus != row;
    if (taken)
        page_fault(page, row, NULL);
    if ((row == ABSENCE_ROW_TO || row == ABSENCE_ROW_FROM) && (page->focus != row || done))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        absence_edit_finish(app, state);
    return taken;
}

static void absence_edit_save(App *app, void *data)
{
    AbsenceEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, state->absence->version);
}

static gboolean absence_edit_unsaved(App *app, const void *data)
{
    (void)app;
    AbsenceEditState *state = (AbsenceEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, state->absence->version);
}

static void absence_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    AbsenceEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *absence_edit_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const AbsenceEditState *)data)->name);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean absence_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    AbsenceEditState *state = data;
    const AbsenceEditArgument *from = argument;
    const gboolean is_new = from->absence_id == 0;
    ClientRow *client = client_glance(app_session(app), from->client_id, error);
    if (client == NULL)
        return FALSE;
    state->name = g_strdup(client->name);
    client_row_free(client);
    if (!client_require(app_session(app), PERMIT_VISIT_RECORD, from->client_id, error))
        return FALSE;
    state->absence = is_new ? absence_new(from->client_id)
                            : absence_get(app_session(app), from->absence_id, error);
    if (state->absence == NULL)
        return FALSE;
    if (is_new && from->from != DATE_NONE)
        state->absence->from = from->from;
    char **values = absence_rows_values(state->absence);
    build_rows(state, values);
    hint_rows(state);
    state->fresh = TRUE;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_draft_begin(app, &state->draft, &state->page,
                     is_new ? DRAFT_ABSENCE : DRAFT_ABSENCE_CHANGE,
                     is_new ? from->client_id : from->absence_id, state->absence->version, values);
    return TRUE;
}

static void absence_edit_leave(App *app, void *data)
{
    (void)app;
    AbsenceEditState *state = data;
    absence_free(state->absence);
    g_free(state->name);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

static const Screen screen_absence_edit = {
    .name = "absence-edit",
    .place = IN_EDIT,
    .title = N_("Away"),
    .state_size = sizeof(AbsenceEditState),
    .enter = absence_edit_enter,
    .draw = absence_edit_draw,
    .key = absence_edit_key,
    .finish = absence_edit_finish,
    .save = absence_edit_save,
    .unsaved = absence_edit_unsaved,
    .leave = absence_edit_leave,
    .subtitle = absence_edit_subtitle,
};

/* --- which one -------------------------------------------------------------------------------- */

/* What is chosen of an absence: its id, or the id below zero for taking it away. 0: a new one. */
static void withdraw_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const Absence *absence = data;
    AbsenceDone done = {0};
    GError *error = NULL;
    if (!yes)
        return;
    if (!absence_withdraw(app_session(app), absence->id, absence->version, &done, &error)) {
        app_error(app, error);
        return;
    }
    shared_resume_top(app);
    g_autofree char *what = absence_words_done(&done);
    app_say(app, STYLE_GOOD, _("The absence is taken away. %s"), what);
}

static void ask_withdraw(App *app, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Absence) absence = absence_get(app_session(app), id, &error);
    if (absence == NULL) {
        app_error(app, error);
        return;
    }
    g_autofree char *words = absence_words(absence);
    g_autofree char *question = g_strdup_printf(
        _("%s: was it a mistake? Every visit that it called off is planned again. If the client is "
          "back earlier, change the last day instead."),
        words);
    dialog_ask_owning(app, question, withdraw_answered, g_steal_pointer(&absence),
                      (GDestroyNotify)absence_free);
}

static void chosen(App *app, gint64 id, gint64 client_id)
{
    if (id < 0)
        ask_withdraw(app, -id);
    else
        app_push(app, &screen_absence_edit,
                 &(AbsenceEditArgument){client_id, id, DATE_NONE});
}

/* From the visit that the cursor is on: its day is the first one. */
static Date day_at_hand(App *app)
{
    const Subject subject = app_subject(app);
    const Visit *visit = subject.kind == SUBJECT_VISIT ? subject.row : NULL;
    return visit != NULL && app_shows(app, SCREEN_TODAY) ? visit->date : DATE_NONE;
}

void on_absence(App *app, void *unused)
{
    (void)unused;
    GError *error = NULL;
    const gint64 client_id = shared_client(app);
    if (client_id == 0)
        return;
    g_autoptr(GPtrArray) all = absence_of_client(app_session(app), client_id, &error);
    if (all == NULL) {
        app_error(app, error);
        return;
    }
    Choose *choose = choose_new(_("The client is away already. What is it about?"), chosen, client_id);
    gboolean any = FALSE;
    for (guint i = all->len; i > 0; i--) {
        const Absence *absence = all->pdata[i - 1];
        if (!absence_matters(absence, clock_today()))
            continue;
        any = TRUE;
        g_autofree char *words = absence_words(absence);
        g_autofree char *change = g_strdup_printf(_("Change: %s"), words);
        g_autofree char *away = g_strdup_printf(_("Was a mistake: %s"), words);
        choose_add(choose, absence->id, change);
        choose_add(choose, -absence->id, away);
    }
    choose_add(choose, 0, _("Away on other days too"));
    if (any) {
        choose_ask(app, choose);
        return;
    }
    choose_free(choose);
    app_push(app, &screen_absence_edit, &(AbsenceEditArgument){client_id, 0, day_at_hand(app)});
}
