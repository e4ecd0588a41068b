/* plain_command.c: the commands of a walk as lines. */
#include "cmd/plain_walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *word; /* msgid, context "command" */
    const char *help; /* msgid */
    void (*run)(PlainWalker *walker, const char *rest);
} PlainCommand;

static void say_again(PlainWalker *walker)
{
    walker->said = -1;
}

/* Says the error, or that it is saved. */
static void tell(PlainWalker *walker, gboolean done, GError *error)
{
    if (done)
        plain_walk_say_saved(walker, NULL);
    plain_error(walker->plain, error);
}

static gboolean needs_question(PlainWalker *walker)
{
    if (walk_step(walker->walk) == NULL)
        plain_say(walker->plain, "%s", _("Go to a question first, with .go and its number."));
    return walk_step(walker->walk) != NULL;
}

/* --- going about ------------------------------------------------------------------------------ */

static void run_next(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    walk_forward(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_back(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    walk_back(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_unanswered(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    walk_to_unanswered(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_go(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    int index = flow_find_number(walk_flow(walker->walk), atoi(rest));
    if (index < 0) {
        plain_say(walker->plain, "%s",
                  _("There is no question with that number now. Write for instance .go 12."));
        return;
    }
    walk_go(walker->walk, walker->plain->session, index, &error);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_overview(PlainWalker *walker, const char *rest)
{
    const Flow *flow = walk_flow(walker->walk);
    (void)rest;
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        const FlowStep *step = flow_step(flow, i);
        const Answer *answer =
            answers_get(walk_answers(walker->walk), step->item->link_id, step->instance);
        g_autofree char *text = walk_text(walker->walk, step->item->text);
        g_autofree char *value = walk_value_text(walker->walk, step->item, answer);
        plain_say(walker->plain, "%d  %s  %s", step->number, text, *value != '\0' ? value : "–");
    }
}

/* --- answers of another kind ------------------------------------------------------------------ */

static void answer_kind(PlainWalker *walker, AnswerKind kind)
{
    GError *error = NULL;
    if (!needs_question(walker))
        return;
    gboolean done = walk_answer_kind(walker->walk, walker->plain->session, kind, &error);
    tell(walker, done, error);
    if (done && kind != ANSWER_NONE)
        run_next(walker, "");
}

static void run_unknown(PlainWalker *walker, const char *rest)
{
    (void)rest;
    answer_kind(walker, ANSWER_UNKNOWN);
}

static void run_refused(PlainWalker *walker, const char *rest)
{
    (void)rest;
    answer_kind(walker, ANSWER_REFUSED);
}

static void run_not_asked(PlainWalker *walker, const char *rest)
{
    (void)rest;
    answer_kind(walker, ANSWER_NOT_ASKED);
}

static void run_erase(PlainWalker *walker, const char *rest)
{
    (void)rest;
    answer_kind(walker, ANSWER_NONE);
    say_again(walker);
}

static void run_same(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    if (!needs_question(walker))
        return;
    g_autofree char *value = walk_value_before(walker->walk, walker->plain->session, &error);
    g_autofree char *sentence = NULL;
    if (value == NULL) {
        if (error == NULL)
            plain_say(walker->plain, "%s", _("This question has not been answered before."));
        plain_error(walker->plain, error);
        return;
    }
    WalkResult result =
        walk_answer(walker->walk, walker->plain->session, value, NULL, &sentence, &error);
    if (sentence != NULL)
        plain_say(walker->plain, "%s", sentence);
    if (result == WALK_SAVED) {
        plain_walk_say_saved(walker, value);
        run_next(walker, "");
    }
    plain_error(walker->plain, error);
}

static void run_note(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    if (needs_question(walker)) {
        gboolean done = walk_note(walker->walk, walker->plain->session, rest, &error);
        tell(walker, done, error);
    }
}

/* --- repetitions ------------------------------------------------------------------------------ */

static void run_more(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    if (walk_group(walker->walk) == NULL)
        plain_say(walker->plain, "%s",
                  _("This question stands alone; there is nothing to add to."));
    else if (walk_add_repetition(walker->walk, walker->plain->session, &error))
        plain_walk_say_saved(walker, NULL);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_remove(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    if (walk_group(walker->walk) == NULL)
        plain_say(walker->plain, "%s",
                  _("This question stands alone; there is nothing to remove."));
    else if (plain_yes(walker->plain, _("Take it away with its answers?")))
        tell(walker, walk_remove_repetition(walker->walk, walker->plain->session, &error), error);
    say_again(walker);
}

/* --- around the answers ----------------------------------------------------------------------- */

static void run_language(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    if (!g_str_equal(rest, "sv") && !g_str_equal(rest, "en") && !g_str_equal(rest, "fi")) {
        plain_say(walker->plain, "%s", _("Write .language sv, .language en or .language fi."));
        return;
    }
    if (!walk_set_language(walker->walk, walker->plain->session, rest, &error))
        plain_error(walker->plain, error);
    say_again(walker);
}

static void run_mode(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (int mode = MODE_NONE + 1; mode < MODE_COUNT; mode++)
        g_ptr_array_add(texts, (char *)response_mode_name((ResponseMode)mode));
    int index = plain_choose(walker->plain, _("How is it done?"), texts);
    if (index >= 0)
        tell(walker,
             walk_set_mode(walker->walk, walker->plain->session, (ResponseMode)(index + 1), &error),
             error);
}

static void run_interpreter(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    gboolean is = plain_yes(walker->plain, _("Is there an interpreter?"));
    if (!walker->plain->ended)
        tell(walker, walk_set_interpreter(walker->walk, walker->plain->session, is, &error), error);
}

static void run_minutes(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    int minutes = atoi(rest);
    if (minutes < 1 || minutes > 24 * 60)
        plain_say(walker->plain, "%s", _("Write the minutes, for instance .minutes 25."));
    else
        tell(walker, walk_set_minutes(walker->walk, walker->plain->session, minutes, &error),
             error);
}

/* "30/11 14:15", "fri", "" for no call-back. FALSE when not understood. */
static gboolean read_when(const char *typed, Call *call)
{
    call->back_date = DATE_NONE;
    call->back_time = -1;
    return *typed == '\0' ||
           date_parse_moment(typed, clock_today(), &call->back_date, &call->back_time);
}

/* FALSE when it was given up. */
static gboolean log_call(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    Call call = {.back_date = DATE_NONE, .back_time = -1};
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (int result = CALL_REACHED; result < CALL_COUNT; result++)
        g_ptr_array_add(texts, (char *)call_result_name((CallResult)result));
    int index = plain_choose(plain, _("How did the call go?"), texts);
    if (index < 0)
        return FALSE;
    call.result = (CallResult)index;
    for (gboolean understood = FALSE; !understood;) {
        g_autofree char *when = plain_read(
            plain, _("When do you call back? A day and perhaps a time, or an empty line for not:"));
        if (when == NULL)
            return FALSE;
        understood = read_when(when, &call);
        if (!understood)
            plain_say(plain, "%s", _("That was not understood. Write for instance 30/11 14:15."));
    }
    g_autofree char *note = plain_read(plain, _("Note:"));
    call.note = note != NULL && *note != '\0' ? note : NULL;
    gboolean done = walk_call(walker->walk, plain->session, &call, &error);
    if (done)
        plain_say(plain, "%s", _("The call is noted."));
    plain_error(plain, error);
    return done;
}

static void run_call(PlainWalker *walker, const char *rest)
{
    (void)rest;
    log_call(walker);
}

static void run_hang_up(PlainWalker *walker, const char *rest)
{
    (void)rest;
    if (log_call(walker)) {
        plain_say(walker->plain, "%s", _("Everything answered is saved. Go on when you want to."));
        walker->left = TRUE;
    }
}

/* --- the end ---------------------------------------------------------------------------------- */

static void run_complete(PlainWalker *walker, const char *rest)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    (void)rest;
    g_autoptr(GArray) points = walk_open_points(walker->walk);
    for (guint i = 0; i < points->len; i++)
        plain_say(plain, "%s", g_array_index(points, OpenPoint, i).sentence);
    if (points->len > 0 || !walk_complete(walker->walk, plain->session, &error)) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *closing = walk_text(walker->walk, walk_form(walker->walk)->closing);
    if (closing != NULL && *closing != '\0')
        plain_say(plain, "%s", closing);
    plain_say(plain, "%s", _("The form is completed."));
    walker->left = TRUE;
}

static void run_leave(PlainWalker *walker, const char *rest)
{
    (void)rest;
    plain_say(walker->plain, "%s", _("Everything answered is saved. Go on when you want to."));
    walker->left = TRUE;
}

static void run_help(PlainWalker *walker, const char *rest);

static const PlainCommand COMMANDS[] = {
    {NC_("command", "next"), N_("goes to the next question (an empty line does the same)"),
     run_next},
    {NC_("command", "back"), N_("goes to the question before"), run_back},
    {NC_("command", "go"), N_("goes to a question: .go 12"), run_go},
    {NC_("command", "unanswered"), N_("goes to the next question without an answer"),
     run_unanswered},
    {NC_("command", "unknown"), N_("does not know"), run_unknown},
    {NC_("command", "refused"), N_("does not want to answer"), run_refused},
    {NC_("command", "notasked"), N_("the question was not asked"), run_not_asked},
    {NC_("command", "same"), N_("the same answer as last time"), run_same},
    {NC_("command", "erase"), N_("takes the answer back"), run_erase},
    {NC_("command", "note"), N_("a note on the question: .note words"), run_note},
    {NC_("command", "more"), N_("one more of the same"), run_more},
    {NC_("command", "remove"), N_("takes one away"), run_remove},
    {NC_("command", "overview"), N_("reads all questions and answers"), run_overview},
    {NC_("command", "language"), N_("the questions in another language: .language fi"),
     run_language},
    {NC_("command", "way"), N_("by phone, in a meeting, …"), run_mode},
    {NC_("command", "interpreter"), N_("whether there is an interpreter"), run_interpreter},
    {NC_("command", "minutes"), N_("the time used: .minutes 25"), run_minutes},
    {NC_("command", "call"), N_("notes a call"), run_call},
    {NC_("command", "hangup"), N_("notes the call and leaves the form for later"), run_hang_up},
    {NC_("command", "complete"), N_("completes the form"), run_complete},
    {NC_("command", "leave"), N_("leaves the form for later"), run_leave},
    {NC_("command", "help"), N_("reads this"), run_help},
};

static void run_help(PlainWalker *walker, const char *rest)
{
    (void)rest;
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        plain_say(walker->plain, "  .%s  %s", plain_word(COMMANDS[i].word), _(COMMANDS[i].help));
}

void plain_walk_command(PlainWalker *walker, const char *line)
{
    const char *rest;
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        if (plain_is(line, COMMANDS[i].word, &rest)) {
            COMMANDS[i].run(walker, rest);
            return;
        }
    plain_say(walker->plain, "%s", _("There is no such command. .help tells them."));
}
