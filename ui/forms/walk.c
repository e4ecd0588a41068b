/* walk.c: a form, one question at a time: entering, leaving, and the way of a key. */
#include "base/i18n.h"
#include "ui/common/dialog.h"
#include "ui/forms/walk_state_private.h"
#include "ui/forms/walks.h"

/* --- entering --------------------------------------------------------------------------------- */

static void take_over_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    WalkArgument argument = {.response_id = *(gint64 *)data, .take_over = TRUE};
    if (yes)
        app_open(app, SCREEN_WALK, &argument);
}

/* A colleague has it open. */
static void ask_take_over(App *app, gint64 response_id, const GError *busy)
{
    g_autofree char *question = g_strdup_printf(
        "%s\n\n%s", busy->message,
        _("Do you want to take over? What has been answered so far is kept, and your "
          "colleague is told."));
    dialog_ask_owning(app, question, take_over_answered,
                      g_memdup2(&response_id, sizeof response_id), g_free);
}

static Walk *open_walk(App *app, const WalkArgument *from, GError **error)
{
    if (from->response_id == 0)
        return walk_begin(app_session(app), from->form, from->client_id, from->respondent,
                          from->placement_id, NULL, error);
    GError *fault = NULL;
    Walk *walk = walk_open(app_session(app), from->response_id, from->take_over, &fault);
    if (walk == NULL && g_error_matches(fault, DAGSFORM_ERROR, ERROR_BUSY) && !from->take_over) {
        ask_take_over(app, from->response_id, fault);
        g_clear_error(&fault);
    }
    if (fault != NULL)
        g_propagate_error(error, fault);
    return walk;
}

/* The overview takes the place of the walker. */
static void read_only(App *app, gint64 response_id, GError **error)
{
    OverviewArgument argument = {.walk = walk_read(app_session(app), response_id, error),
                                 .owned = TRUE};
    if (argument.walk != NULL)
        app_push(app, &screen_overview, &argument);
}

static void say_where(App *app, const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    const GPtrArray *told = walk_contradictions(walk);
    if (told->len > 0)
        app_say(app, STYLE_NOTICE, "%s", (const char *)told->pdata[0]);
    else if (step != NULL && !walk_at_start(walk))
        app_say(app, STYLE_NOTICE, _("You were at question %d. Go on from there."), step->number);
}

static gboolean walk_enter(App *app, void *data, const void *argument, GError **error)
{
    WalkState *state = data;
    const WalkArgument *from = argument;
    if (from->read) {
        read_only(app, from->response_id, error);
        return FALSE;
    }
    state->walk = open_walk(app, from, error);
    if (state->walk == NULL)
        return FALSE;
    state->clipboard = app_clipboard(app);
    TypedIn in;
    gboolean begun = walk_is_begun(state->walk) || walk_typed(state->walk, &in) != NULL;
    if (walk_form(state->walk)->opening != NULL && walk_at_start(state->walk) && !begun)
        state->page = PAGE_OPENING;
    else
        state->page = PAGE_QUESTION;
    walk_lay_out(state);
    say_where(app, state->walk);
    return TRUE;
}

/* The program never ends by a key from here, so when it ends the terminal is gone: then the
 * response is not let go, and the next start offers it. */
static void walk_leave(App *app, void *data)
{
    WalkState *state = data;
    walk_lay_out_clear(state);
    if (walk_close(state->walk, app_is_over(app) ? NULL : app_session(app)))
        walks_say_dropped(app);
    g_free(state->lost);
}

/* Above it the response may have been completed or given up: then nothing is left to do here. */
static void walk_resume(App *app, void *data)
{
    WalkState *state = data;
    if (walk_is_read_only(state->walk) && app_top_state(app) == state)
        app_pop(app);
    else if (!walk_is_read_only(state->walk))
        walk_follow(state);
}

static char *walk_subtitle(App *app, void *data)
{
    const WalkState *state = data;
    (void)app;
    return g_strdup(form_text(walk_form(state->walk)->title));
}

static Subject walk_subject(App *app, void *data)
{
    (void)app;
    return (Subject){.client_id = walk_response(((const WalkState *)data)->walk)->client_id};
}

/* --- going away ---------------------------------------------------------------------------------
 */

static gboolean walk_has_unsaved(App *app, const void *data)
{
    const WalkState *state = data;
    (void)app;
    return state->lost == NULL && (walk_has_moved(state->walk) || !walk_is_kept(state));
}

static void leave_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        app_pop(app);
}

static void go_away(App *app, WalkState *state)
{
    const FlowStep *step = walk_step(state->walk);
    int number = step != NULL ? step->number : 0;
    walk_save(app, state);
    if (!walk_is_kept(state)) {
        dialog_ask(app,
                   _("What you typed last is not saved. Copy it first if you need it. Leave all "
                     "the same?"),
                   leave_answered, NULL);
        return;
    }
    if (state->lost == NULL && number > 0)
        app_say(app, STYLE_GOOD, _("Everything is saved. You go on at question %d next time."),
                number);
    else if (state->lost == NULL)
        app_say(app, STYLE_GOOD, _("Everything is saved."));
    app_pop(app); /* which may have more to say */
}

/* --- keys ------------------------------------------------------------------------------------- */

/* What is typed before the text has been read to its end is for the question that comes then. */
static gboolean begin_with(App *app, WalkState *state, const Event *event)
{
    int from = walk_index(state->walk);
    walk_leave_opening(state);
    gboolean taken = walk_answer_event(app, state, event);
    walk_say_first(app, state, from);
    return taken;
}

/* What is read aloud: it scrolls, and Enter or the space bar goes on. */
static gboolean page_key(App *app, WalkState *state, const Event *event)
{
    gboolean opening = state->page == PAGE_OPENING;
    if (opening && event->type == EVENT_KEY && (event->key == K_ENTER || event->key == K_SPACE)) {
        walk_leave_opening(state);
        return TRUE;
    }
    gboolean text =
        event->type == EVENT_PASTE || (event->type == EVENT_KEY && key_is_text(event->key));
    if (opening && text)
        return begin_with(app, state, event);
    if (event->type != EVENT_KEY)
        return FALSE;
    if (event->key == K_ENTER) {
        on_walk_overview(app, state);
        return TRUE;
    }
    if (event->key == K_DOWN && state->first < state->first_most) {
        state->first++;
        return TRUE;
    }
    if (event->key == K_UP && state->first > 0) {
        state->first--;
        return TRUE;
    }
    return FALSE;
}

static gboolean walk_key(App *app, void *data, const Event *event)
{
    WalkState *state = data;
    gboolean back = event->type == EVENT_KEY &&
                    keymap_action(app_keymap(app), IN_WALK, event->key) == ACTION_BACK;
    if (back) {
        if (!walk_leave_part(app, state))
            go_away(app, state);
        return TRUE;
    }
    return state->page == PAGE_QUESTION ? walk_answer_event(app, state, event)
                                        : page_key(app, state, event);
}

/* In the note Tab is the way back. */
static gboolean walk_idle(const void *data, Action action)
{
    return action == ACTION_WALK_NEXT && ((const WalkState *)data)->focus == FOCUS_NOTE;
}

const Screen screen_walk = {
    .name = "walk",
    .place = IN_WALK,
    .title = N_("Questions"),
    .state_size = sizeof(WalkState),
    .enter = walk_enter,
    .resume = walk_resume,
    .draw = walk_draw,
    .key = walk_key,
    .save = walk_save,
    .unsaved = walk_has_unsaved,
    .leave = walk_leave,
    .subtitle = walk_subtitle,
    .subject = walk_subject,
    .idle = walk_idle,
};
