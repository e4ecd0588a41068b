/* implementation_edit.c: a page for the plan of how what was decided is carried out. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/decision.h"
#include "care/client/implementation_rows.h"
#include "ui/clients/order_edit.h"
#include "ui/common/day_row.h"
#include "ui/common/edit_screen.h"
#include "ui/common/shared.h"

typedef struct {
    EditScreen edit;
    Implementation *plan; /* the id of a new one is drawn at the first try to save */
    ChoiceOption parts[HAD_PART_COUNT], sources[SOURCE_COUNT];
} ImplementationEditState;

static void hint_rows(App *app, void *data)
{
    (void)app;
    ImplementationEditState *state = data;
    Page *page = &state->edit.page;
    day_row_hint(page, IMPLEMENTATION_ROW_DUE, _("When the plan is to have come."));
    day_row_hint(page, IMPLEMENTATION_ROW_ARRIVED,
                 _("The day on which it came: 21/11, fri, yesterday. Empty: not yet."));
    day_row_hint(page, IMPLEMENTATION_ROW_FOLLOW,
                 _("When you look at how it works: it becomes a task. May be left empty."));
    day_row_hint(page, IMPLEMENTATION_ROW_LETTER,
                 _("When the provider was last told. The letter to them notes it by itself."));
}

static void fill_options(ImplementationEditState *state)
{
    const char *const parts[HAD_PART_COUNT] = {
        [HAD_PART_UNKNOWN] = C_("key of how much part", "u"),
        [HAD_PART_YES] = C_("key of how much part", "y"),
        [HAD_PART_PARTLY] = C_("key of how much part", "p"),
        [HAD_PART_NO] = C_("key of how much part", "n"),
    };
    const char *const sources[SOURCE_COUNT] = {
        [SOURCE_NONE] = C_("key of whose word", "n"),
        [SOURCE_CLIENT] = C_("key of whose word", "p"),
        [SOURCE_STAFF] = C_("key of whose word", "s"),
        [SOURCE_RELATIVE] = C_("key of whose word", "r"),
    };
    for (int i = 0; i < HAD_PART_COUNT; i++)
        state->parts[i] = (ChoiceOption){g_utf8_get_char(parts[i]), implementation_part_name(i), i};
    for (int i = 0; i < SOURCE_COUNT; i++)
        state->sources[i] =
            (ChoiceOption){g_utf8_get_char(sources[i]), implementation_rows_source(i), i};
}

static void build_rows(ImplementationEditState *state, char *const *values)
{
    Page *page = &state->edit.page;
    fill_options(state);
    page_init(page);
    page_field(page, C_("implementation", "Due"), NULL, "", FALSE);
    page_field(page, C_("implementation", "Came"), NULL, "", FALSE);
    page_choice(page, C_("implementation", "Had part in it"), NULL, state->parts, HAD_PART_COUNT,
                0);
    page_choice(page, C_("implementation", "Whose word"), NULL, state->sources, SOURCE_COUNT, 0);
    page_field(page, C_("implementation", "In words"),
               _("How the person had part in it, as it was said. May be left empty."), "", TRUE);
    page_field(page, C_("implementation", "Followed up"), NULL, "", FALSE);
    page_field(page, C_("implementation", "Told late"), NULL, "", FALSE);
    edit_screen_fill(&state->edit, values);
    page->focus = state->plan->id == 0 ? IMPLEMENTATION_ROW_DUE : IMPLEMENTATION_ROW_ARRIVED;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean read_rows(App *app, ImplementationEditState *state)
{
    const char *faults[IMPLEMENTATION_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (implementation_rows_take(values, state->plan, faults))
        return TRUE;
    return !edit_screen_refuse(app, &state->edit, faults);
}

static void take_in_theirs(App *app, ImplementationEditState *state)
{
    g_autoptr(Implementation) theirs = implementation_get(app_session(app), state->plan->id, NULL);
    if (theirs != NULL)
        edit_screen_take_in(&state->edit, implementation_rows_values(theirs), theirs->version,
                            _("A colleague has written: %s"));
}

static void implementation_edit_finish(App *app, void *data)
{
    ImplementationEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft) || !read_rows(app, state))
        return;
    const gboolean is_new = state->edit.draft.base == NULL;
    if (!is_new)
        state->plan->version = state->edit.version;
    if (is_new ? !implementation_add(app_session(app), state->plan, &error)
               : !implementation_change(app_session(app), state->plan, &error)) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
            take_in_theirs(app, state);
        app_error(app, error);
        return;
    }
    g_autofree char *what = implementation_words_done(state->plan);
    const Implementation saved = {.id = state->plan->id, .client_id = state->plan->client_id};
    edit_screen_over(app, &state->edit);
    shared_find(app, saved.client_id, SUBJECT_IMPLEMENTATION, &saved);
    app_say(app, STYLE_GOOD, "%s", what);
}

/* --- the screen ------------------------------------------------------------------------------- */

static Implementation *plan_of(App *app, const OrderEditArgument *from, GError **error)
{
    gint64 days = 0;
    if (from->id != 0)
        return implementation_get(app_session(app), from->id, error);
    g_autoptr(Decision) decision = decision_get(app_session(app), from->decision_id, error);
    if (decision == NULL || !decision_require_grant(decision, error) ||
        !implementation_days(app_session(app), &days, error))
        return NULL;
    Implementation *plan = implementation_new(from->client_id, from->decision_id);
    plan->due = clock_today() + (Date)days;
    return plan;
}

static gboolean implementation_edit_enter(App *app, void *data, const void *argument,
                                          GError **error)
{
    ImplementationEditState *state = data;
    const OrderEditArgument *from = argument;
    const gboolean is_new = from->id == 0;
    if (!client_require(app_session(app), PERMIT_CLIENT_EDIT, from->client_id, error) ||
        !edit_screen_client(app, &state->edit, from->client_id, error) ||
        (state->plan = plan_of(app, from, error)) == NULL)
        return FALSE;
    char **values = implementation_rows_values(state->plan);
    build_rows(state, values);
    state->edit.replaces = TRUE;
    state->edit.fresh = TRUE;
    state->edit.days = EDIT_DAY(IMPLEMENTATION_ROW_DUE) | EDIT_DAY(IMPLEMENTATION_ROW_ARRIVED) |
                       EDIT_DAY(IMPLEMENTATION_ROW_FOLLOW) | EDIT_DAY(IMPLEMENTATION_ROW_LETTER);
    state->edit.hint = hint_rows;
    state->edit.version = state->plan->version;
    if (is_new)
        g_clear_pointer(&values, g_strfreev);
    edit_screen_begin(app, &state->edit, is_new ? DRAFT_PLAN : DRAFT_PLAN_CHANGE,
                      is_new ? from->decision_id : from->id, values);
    return TRUE;
}

static void implementation_edit_leave(App *app, void *data)
{
    (void)app;
    ImplementationEditState *state = data;
    implementation_free(state->plan);
    edit_screen_clear(&state->edit);
}

const Screen screen_implementation_edit = {
    .name = "implementation-edit",
    EDIT_SCREEN,
    .title = N_("Implementation plan"),
    .state_size = sizeof(ImplementationEditState),
    .enter = implementation_edit_enter,
    .finish = implementation_edit_finish,
    .leave = implementation_edit_leave,
};
