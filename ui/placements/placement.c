/* placement.c: one placement and its respondents. Opening it is logged. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/response_words.h"
#include "care/unit/staff.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/when.h"
#include "ui/placements/placement_state_private.h"

/* --- reading ---------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((PlacementState *)data)->parts, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const PlacementPart *)a)->respondent == ((const PlacementPart *)b)->respondent;
}

static const ListClass LIST = {.fetch = fetch, .draw = placement_draw_part, .same = same};

/* What stands beside the placement. The list looks at its old rows once more while it fetches the
 * new ones. */
static gboolean read_beside(PlacementState *state, GError **error)
{
    Session *session = app_session(state->app);
    const Placement *placement = state->placement;
    g_clear_pointer(&state->client, client_row_free);
    state->client = client_glance(session, placement->client_id, error);
    if (state->client == NULL)
        return FALSE;
    g_clear_pointer(&state->officer, g_free);
    if (placement->staff_id != 0) {
        g_autoptr(Staff) officer = staff_get(session, placement->staff_id, error);
        if (officer == NULL)
            return FALSE;
        state->officer = g_strdup(officer->name);
    }
    state->rule = placement_rule(state->client->birth_date, placement->started_on,
                                 placement->ended_on, placement->two_parents);
    return rows_replace(state->list, &state->parts, placement_parts(session, placement, error),
                        error);
}

static gboolean placement_enter(App *app, void *data, const void *argument, GError **error)
{
    PlacementState *state = data;
    state->app = app;
    state->id = *(const gint64 *)argument;
    state->list = list_new(&LIST, state);
    state->placement = placement_open(app_session(app), state->id, error);
    return state->placement != NULL && read_beside(state, error);
}

/* On failure what was there stays. */
static void placement_resume(App *app, void *data)
{
    PlacementState *state = data;
    GError *error = NULL;
    Placement *placement = placement_get(app_session(app), state->id, &error);
    if (placement != NULL) {
        placement_free(state->placement);
        state->placement = placement;
    }
    if (placement == NULL || !read_beside(state, &error))
        app_error(app, error);
}

static void placement_forget(App *app, void *data)
{
    (void)app;
    PlacementState *state = data;
    g_clear_pointer(&state->client, client_row_free);
    g_clear_pointer(&state->officer, g_free);
}

static void placement_leave(App *app, void *data)
{
    (void)app;
    PlacementState *state = data;
    list_free(state->list);
    placement_free(state->placement);
    client_row_free(state->client);
    g_free(state->officer);
    g_clear_pointer(&state->parts, g_ptr_array_unref);
}

/* --- actions ---------------------------------------------------------------------------------- */

static void begin(App *app, const PlacementState *state, Respondent respondent)
{
    app_open(app, SCREEN_WALK,
             &(WalkArgument){.form = respondent_form(respondent),
                             .client_id = state->placement->client_id,
                             .respondent = respondent_code(respondent),
                             .placement_id = state->id});
}

static void begin_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    const PlacementState *state = app_top_state(app);
    const PlacementPart *part = list_selected(state->list);
    if (yes && app_shows(app, SCREEN_PLACEMENT))
        begin(app, state, part->respondent);
}

void on_part_open(App *app, void *data)
{
    PlacementState *state = data;
    const PlacementPart *part = list_selected(state->list);
    gboolean read = part->completed || part->not_done != NOT_DONE_NONE;
    if (part->response_id != 0)
        app_open(app, SCREEN_WALK, &(WalkArgument){.response_id = part->response_id, .read = read});
    else if (part->asked)
        begin(app, state, part->respondent);
    else
        dialog_ask(app,
                   state->placement->ended_on == DATE_NONE
                       ? _("The placement goes on. Begin the interview all the same?")
                       : _("The rules do not ask for this interview. Begin it all the same?"),
                   begin_answered, NULL);
}

void on_part_not_done(App *app, void *data)
{
    PlacementState *state = data;
    const PlacementPart *part = list_selected(state->list);
    if (part->completed || part->correcting)
        app_say(app, STYLE_QUIET, _("This interview is completed."));
    else if (part->not_done != NOT_DONE_NONE)
        app_say(app, STYLE_QUIET,
                _("It is noted already. Take the interview up again to change "
                  "the cause."));
    else
        app_push(app, &screen_not_done,
                 &(NotDoneArgument){.part = part,
                                    .placement_id = state->id,
                                    .client_id = state->placement->client_id});
}

void on_part_take_up(App *app, void *data)
{
    PlacementState *state = data;
    const PlacementPart *part = list_selected(state->list);
    GError *error = NULL;
    if (part->not_done == NOT_DONE_NONE) {
        app_say(app, STYLE_QUIET, _("This interview has not been noted as not given."));
        return;
    }
    if (!response_take_up(app_session(app), part->response_id, &error)) {
        app_error(app, error);
        return;
    }
    placement_resume(app, state);
    app_say(app, STYLE_GOOD, _("The interview is taken up again and stands among the tasks."));
}

static void append_call(GString *text, const Call *call)
{
    g_autofree char *when = clock_words(call->at_ms);
    g_string_append_printf(text, "%s%s: %s (%s)", text->len > 0 ? "\n" : "", when,
                           call_result_name(call->result), call->who != NULL ? call->who : "–");
    if (call->back_date != DATE_NONE) {
        g_autofree char *day = when_day(call->back_date);
        g_autofree char *again = time_after_day(day, call->back_time);
        g_string_append_printf(text, _(", to be called again %s"), again);
    }
    if (call->note != NULL)
        g_string_append_printf(text, "\n  %s", call->note);
}

void on_part_calls(App *app, void *data)
{
    PlacementState *state = data;
    const PlacementPart *part = list_selected(state->list);
    GError *error = NULL;
    if (part->calls == 0) {
        app_say(app, STYLE_QUIET, _("No calls have been noted for this interview."));
        return;
    }
    g_autoptr(GPtrArray) calls = call_list(app_session(app), part->response_id, &error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; calls != NULL && i < calls->len; i++)
        append_call(text, calls->pdata[i]);
    if (calls != NULL)
        dialog_tell(app, _("Calls made"), text->str);
    else
        app_error(app, error);
}

void on_placement_change(App *app, void *data)
{
    PlacementState *state = data;
    app_open(app, SCREEN_PLACEMENT_EDIT, &(PlacementEditArgument){.placement_id = state->id});
}

/* --- the screen ------------------------------------------------------------------------------- */

static Subject placement_subject(App *app, void *data)
{
    (void)app;
    return (Subject){.client_id = ((const PlacementState *)data)->placement->client_id};
}

static char *placement_subtitle(App *app, void *data)
{
    (void)app;
    const ClientRow *client = ((const PlacementState *)data)->client;
    return g_strdup(client != NULL ? client->name : NULL);
}

const Screen screen_placement = {
    .name = "placement",
    .place = IN_PLACEMENT,
    .title = N_("Placement"),
    .state_size = sizeof(PlacementState),
    .enter = placement_enter,
    .resume = placement_resume,
    .forget = placement_forget,
    .draw = placement_draw,
    .list = offsetof(PlacementState, list),
    .leave = placement_leave,
    .subtitle = placement_subtitle,
    .subject = placement_subject,
};
