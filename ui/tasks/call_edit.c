/* call_edit.c: a page for somebody who rang and is to be called back, opened from anywhere. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/task/call_clock.h"
#include "care/task/call_request.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"
#include "ui/common/edit_screen.h"
#include "ui/common/screens.h"

typedef struct {
    EditScreen edit;
    GPtrArray *staff; /* PickOption * */
} CallEditState;

/* --- rows ------------------------------------------------------------------------------------- */

static void hint_rows(App *app, void *data)
{
    CallEditState *state = data;
    Page *page = &state->edit.page;
    const char *about = page_text(page, CALL_ROW_ABOUT), *came = page_text(page, CALL_ROW_CAME);
    const char *colleague = page_text(page, CALL_ROW_STAFF);
    const gint64 moment = call_rows_moment(came);
    /* What is looked up is looked up where one is, not at every key elsewhere. */
    g_autofree char *client =
        page->focus == CALL_ROW_ABOUT ? call_rows_client(app_session(app), about) : NULL;
    g_autofree char *client_hint =
        client != NULL ? g_strdup_printf("→ %s", client)
                       : g_strdup(_("Name, client number or identity number. May be left empty."));
    g_autofree char *staff_hint = colleague[0] != '\0' ? pick_hint(state->staff, colleague) : NULL;
    g_autofree char *when = moment != 0 ? clock_words(moment) : NULL;
    g_autofree char *when_hint = when != NULL ? g_strdup_printf("→ %s", when) : NULL;
    edit_page_hint(page, CALL_ROW_ABOUT, client_hint);
    edit_page_hint(page, CALL_ROW_STAFF,
                   staff_hint != NULL ? staff_hint
                                      : _("Empty: the client's case officer, or whoever can."));
    edit_page_hint(page, CALL_ROW_CAME,
                   when_hint != NULL ? when_hint
                                     : _("Empty: now. Else 10:15, or yesterday 16:30."));
}

static void build_rows(CallEditState *state, char *const *values)
{
    Page *page = &state->edit.page;
    page_init(page);
    page_field(page, C_("call", "Who rang"), _("Name, and who it is: mother, ward, landlord."), "",
               FALSE);
    page_field(page, C_("call", "Number"), NULL, "", FALSE);
    page_field(page, C_("call", "About whom"), NULL, "", FALSE);
    page_field(page, C_("call", "Message"), _("What it is about."), "", TRUE);
    page_field(page, C_("call", "Who calls back"), NULL, "", FALSE);
    page_field(page, C_("call", "Came in"), NULL, "", FALSE);
    edit_screen_fill(&state->edit, values);
    page->focus = CALL_ROW_CALLER;
}

/* --- saving ----------------------------------------------------------------------------------- */

/* NULL with a fault on each row that cannot be used. New. */
static CallRequest *read_rows(App *app, CallEditState *state)
{
    const char *faults[CALL_ROW_COUNT];
    g_autoptr(CallRequest) request = call_request_new();
    g_auto(GStrv) values = edit_page_values(&state->edit.page);
    if (call_rows_take(app_session(app), state->staff, values, request, faults))
        return g_steal_pointer(&request);
    for (int row = 0; row < CALL_ROW_COUNT; row++)
        page_fault(&state->edit.page, row, faults[row]);
    edit_page_must_mend(app, &state->edit.page);
    return NULL;
}

static void call_edit_finish(App *app, void *data)
{
    CallEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->edit.draft))
        return;
    g_autoptr(CallRequest) request = read_rows(app, state);
    if (request == NULL)
        return;
    if (!call_request_add(app_session(app), request, &error)) {
        app_error(app, error);
        return;
    }
    g_autofree char *until = clock_words(request->came_ms + CALL_MS);
    g_autofree char *who = g_strdup(pick_name(state->staff, request->staff_id));
    edit_screen_over(app, &state->edit);
    if (who[0] != '\0')
        app_say(app, STYLE_GOOD, _("Noted: %s calls back by %s at the latest."), who, until);
    else
        app_say(app, STYLE_GOOD, _("Noted: whoever can calls back by %s at the latest."), until);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean call_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    CallEditState *state = data;
    if (!access_require(app_session(app), PERMIT_VISIT_RECORD, error) ||
        (state->staff = pick_staff(app_session(app), error)) == NULL)
        return FALSE;
    char **values = call_rows_values(app_session(app), *(const gint64 *)argument);
    build_rows(state, values);
    state->edit.hint = hint_rows;
    edit_screen_begin(app, &state->edit, DRAFT_CALL_REQUEST, 0, values);
    return TRUE;
}

static void call_edit_leave(App *app, void *data)
{
    (void)app;
    CallEditState *state = data;
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    edit_screen_clear(&state->edit);
}

static const Screen screen_call_edit = {
    .name = "call-edit",
    EDIT_SCREEN,
    .title = N_("Call back"),
    .state_size = sizeof(CallEditState),
    .enter = call_edit_enter,
    .finish = call_edit_finish,
    .leave = call_edit_leave,
};

void on_call_request(App *app, void *state)
{
    (void)state;
    const Subject at_hand = app_subject(app);
    if (app_top(app) != &screen_call_edit)
        app_push(app, &screen_call_edit, &at_hand.client_id);
}
