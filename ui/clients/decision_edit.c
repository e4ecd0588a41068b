/* decision_edit.c: a page for a decision on a client's support. */
#include "ui/clients/decision_edit.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/completion/decision_rows.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    EditScreen edit;
    Decision *decision; /* the id of a new one is drawn at the first try to save */
    ChoiceOption kinds[ENTRY_COUNT], laws[DECISION_LAWS];
} DecisionEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    (void)app;
    DecisionEditState *state = data;
    Page *page = &state->edit.page;
    g_auto(GStrv) values = edit_page_values(page);
    g_autofree char *section =
        g_strdup_printf(_("Where it stands in the law. Empty: %s."), decision_rows_section(values));
    day_row_hint(page, DECISION_ROW_DECIDED, _("Empty: today."));
    day_row_hint(page, DECISION_ROW_FROM, _("Empty: the day it was decided."));
    day_row_hint(page, DECISION_ROW_TO, _("21/11, 2027-11-30, +52w. Empty: until further notice."));
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
    Page *page = &state->edit.page;
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
    edit_screen_fill(&state->edit, values);
    page->focus = DECISION_ROW_KIND;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, DecisionEditState *state)
{
    const char *faults[DECISION_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (decision_rows_take(values, state->decision, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

/* What somebody else has corrected meanwhile is taken in; nothing typed is lost. */
static void take_in_theirs(App *app, DecisionEditState *state)
{
    g_autoptr(Decision) theirs = decision_get(app_session(app), state->decision->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, decision_rows_of(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void decision_edit_finish(App *app, void *data)
{
    DecisionEditState *state = data;
    gint64 after = 0;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->edit.draft.base == NULL;
    if (!is_new)
        state->decision->version = state->edit.version;
    if (is_new ? !decision_enter(app_session(app), state->decision, &after, &error)
               : !decision_change(app_session(app), state->decision, &after, &error)) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = is_new ? decision_rows_done(state->decision, after)
                                   : decision_rows_corrected(state->decision, after);
    const Decision saved = {.id = state->decision->id, .client_id = state->decision->client_id};
    edit_screen_over(app, &state->edit);
    shared_find(app, saved.client_id, SUBJECT_DECISION, &saved);
    app_say(app, STYLE_GOOD, "%s", what);
}

/* --- the screen ------------------------------------------------------------------------------- */

/* A new one goes on from the latest. `*values`: the rows; g_strfreev. */
static gboolean begin_new(App *app, DecisionEditState *state, gint64 client_id, char ***values,
                          GError **error)
{
    g_autoptr(GPtrArray) all = decision_of_client(app_session(app), client_id, error);
    if (all == NULL)
        return FALSE;
    state->decision = decision_new();
    state->decision->client_id = client_id;
    *values = decision_rows_values(app_session(app), all->len > 0 ? all->pdata[0] : NULL);
    return TRUE;
}

static gboolean begin_correction(App *app, DecisionEditState *state, gint64 id, char ***values,
                                 GError **error)
{
    state->decision = decision_get(app_session(app), id, error);
    if (state->decision == NULL)
        return FALSE;
    state->edit.version = state->decision->version;
    *values = decision_rows_of(state->decision);
    return TRUE;
}

static gboolean decision_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    DecisionEditState *state = data;
    const DecisionEditArgument *from = argument;
    const gboolean is_new = from->decision_id == 0;
    char **values = NULL;
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error) ||
        (is_new ? !begin_new(app, state, from->client_id, &values, error)
                : !begin_correction(app, state, from->decision_id, &values, error)))
        return FALSE;
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.days =
        EDIT_DAY(DECISION_ROW_DECIDED) | EDIT_DAY(DECISION_ROW_FROM) | EDIT_DAY(DECISION_ROW_TO);
    state->edit.hint = hint_rows;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_DECISION : DRAFT_DECISION_CHANGE,
                      is_new ? from->client_id : from->decision_id, values);
    return TRUE;
}

static void decision_edit_leave(App *app, void *data)
{
    (void)app;
    DecisionEditState *state = data;
    decision_free(state->decision);
    edit_screen_clear(&state->edit);
}

const Screen screen_decision_edit = {
    .name = "decision-edit",
    EDIT_SCREEN,
    .title = N_("New decision"),
    .state_size = sizeof(DecisionEditState),
    .enter = decision_edit_enter,
    .finish = decision_edit_finish,
    .leave = decision_edit_leave,
};

const Screen screen_decision_correct = {
    .name = "decision-correct",
    EDIT_SCREEN,
    .title = N_("Correct the decision"),
    .state_size = sizeof(DecisionEditState),
    .enter = decision_edit_enter,
    .finish = decision_edit_finish,
    .leave = decision_edit_leave,
};
