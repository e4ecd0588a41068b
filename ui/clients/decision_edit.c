/* decision_edit.c: a page for a decision on a client's support. */
#include "ui/clients/decision_edit.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/client_rows.h"
#include "care/completion/decision_rows.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_page.h"

enum { WIDEST = 80 };

typedef struct {
    Decision *decision; /* its id is drawn at the first try to save */
    char *name;         /* the client's */
    Page page;
    EditDraft draft;
    gboolean fresh; /* the row has just got the focus: what is typed replaces what stands there */
    ChoiceOption kinds[ENTRY_COUNT], laws[DECISION_LAWS];
} DecisionEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(DecisionEditState *state)
{
    Page *page = &state->page;
    g_auto(GStrv) values = edit_page_values(page);
    g_autofree char *section =
        g_strdup_printf(_("Where it stands in the law. Empty: %s."), decision_rows_section(values));
    day_row_hint(page, DECISION_ROW_DECIDED, _("Empty: today."));
    day_row_hint(page, DECISION_ROW_FROM, _("Empty: the day it was decided."));
    day_row_hint(page, DECISION_ROW_TO,
                 _("21/11, 2027-11-30, +52w. Empty: until further notice."));
    edit_page_hint(page, DECISION_ROW_SECTION, section);
}

static void build_rows(DecisionEditState *state, char *const *values)
{
    const char *const kinds[ENTRY_COUNT] = {
        [ENTRY_GRANTED] = C_("key of a decision", "g"),
        [ENTRY_EXTENDED] = C_("key of a decision", "x"),
        [ENTRY_CHANGED] = C_("key of a decision", "c"),
        [ENTRY_PARTLY] = C_("key of a decision", "p"),
        [ENTRY_REFUSED] = C_("key of a decision", "r"),
        [ENTRY_ENDED] = C_("key of a decision", "e"),
    };
    static const gunichar LAWS[DECISION_LAWS] = {'s', 'l'};
    Page *page = &state->page;
    for (int i = 0; i < ENTRY_COUNT; i++)
        state->kinds[i] = (ChoiceOption){g_utf8_get_char(kinds[i]),
                                         decision_kind_name(decision_entry_code(i)), i};
    for (int i = 0; i < DECISION_LAWS; i++)
        state->laws[i] = (ChoiceOption){LAWS[i], decision_rows_law(i), i};
    page_init(page);
    page_choice(page, C_("decision", "Decided to"), NULL, state->kinds, ENTRY_COUNT, -1);
    page_choice(page, C_("decision", "By the"), NULL, state->laws, DECISION_LAWS, 0);
    page_field(page, C_("decision", "Support"), NULL, "", FALSE);
    page_field(page, C_("decision", "Decided"), NULL, "", FALSE);
    page_field(page, C_("decision", "First day"), NULL, "", FALSE);
    page_field(page, C_("decision", "Last day"), NULL, "", FALSE);
    page_field(page, C_("decision", "Hours a month"), _("20, 20:30 or 20,5. May be left empty."),
               "", FALSE);
    page_field(page, C_("decision", "Section"), NULL, "", FALSE);
    page_field(page, C_("decision", "Reasons"),
               _("Why. May be left empty when all that was applied for is granted."), "", TRUE);
    page_field(page, C_("decision", "Decided by"), NULL, "", FALSE);
    page_field(page, C_("decision", "Delegation"),
               _("By which right: the point of the delegation order. May be left empty."), "",
               FALSE);
    for (int row = 0; row < DECISION_ROW_COUNT; row++)
        edit_page_set_value(page, row, values[row]);
    page->focus = DECISION_ROW_KIND;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, DecisionEditState *state)
{
    const char *faults[DECISION_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    if (decision_rows_take(values, state->decision, faults))
        return TRUE;
    for (int row = 0; row < DECISION_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    edit_page_must_mend(app, &state->page);
    return FALSE;
}

static void decision_edit_finish(App *app, void *data)
{
    DecisionEditState *state = data;
    gint64 after = 0;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->draft) || !read_rows(app, state))
        return;
    if (!decision_enter(app_session(app), state->decision, &after, &error)) {
        app_error(app, error);
        return;
    }
    g_autofree char *what = decision_rows_done(state->decision, after);
    edit_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", what);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean is_typed_over(int row)
{
    return row != DECISION_ROW_REASONS && row != DECISION_ROW_KIND && row != DECISION_ROW_LAW;
}

static gboolean decision_edit_key(App *app, void *data, const Event *event)
{
    DecisionEditState *state = data;
    Page *page = &state->page;
    const int row = page->focus;
    gint64 version = 0;
    gboolean taken, done = FALSE;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, page, event, &version);
        hint_rows(state);
        return taken;
    }
    if (state->fresh && is_typed_over(row))
        edit_page_replace(page, event);
    taken = page_event(page, event, &done);
    state->fresh = page->focus != row;
    if (taken)
        page_fault(page, row, NULL);
    if (row >= DECISION_ROW_DECIDED && row <= DECISION_ROW_TO && (page->focus != row || done))
        day_row_complete(page, row);
    hint_rows(state);
    if (done)
        decision_edit_finish(app, state);
    return taken;
}

static void decision_edit_save(App *app, void *data)
{
    DecisionEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

static gboolean decision_edit_unsaved(App *app, const void *data)
{
    (void)app;
    DecisionEditState *state = (DecisionEditState *)data;
    return edit_draft_is_unsaved(&state->draft, &state->page, 0);
}

static void decision_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    DecisionEditState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    if (edit_draft_is_offered(&state->draft))
        edit_draft_draw(&state->draft, page);
    else
        page_draw(&state->page, page);
}

static char *decision_edit_subtitle(App *app, void *data)
{
    (void)app;
    return g_strdup(((const DecisionEditState *)data)->name);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean decision_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    DecisionEditState *state = data;
    const gint64 client_id = *(const gint64 *)argument;
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    ClientRow *client = client_glance(app_session(app), client_id, error);
    if (client == NULL)
        return FALSE;
    state->name = g_strdup(client->name);
    client_row_free(client);
    g_autoptr(GPtrArray) all = decision_of_client(app_session(app), client_id, error);
    if (all == NULL)
        return FALSE;
    state->decision = decision_new();
    state->decision->client_id = client_id;
    g_auto(GStrv) values =
        decision_rows_values(app_session(app), all->len > 0 ? all->pdata[0] : NULL);
    build_rows(state, values);
    hint_rows(state);
    edit_draft_begin(app, &state->draft, &state->page, DRAFT_DECISION, client_id, 0, NULL);
    return TRUE;
}

static void decision_edit_leave(App *app, void *data)
{
    (void)app;
    DecisionEditState *state = data;
    decision_free(state->decision);
    g_free(state->name);
    page_clear(&state->page);
    edit_draft_clear(&state->draft);
}

const Screen screen_decision_edit = {
    .name = "decision-edit",
    .place = IN_EDIT,
    .title = N_("New decision"),
    .state_size = sizeof(DecisionEditState),
    .enter = decision_edit_enter,
    .draw = decision_edit_draw,
    .key = decision_edit_key,
    .finish = decision_edit_finish,
    .save = decision_edit_save,
    .unsaved = decision_edit_unsaved,
    .leave = decision_edit_leave,
    .subtitle = decision_edit_subtitle,
};
