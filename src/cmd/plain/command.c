/* command.c: the commands of a walk as lines. */
#include "cmd/plain/walk.h"

#include "base/i18n.h"
#include "care/response/response_words.h"
#include "care/task/task.h"

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
        plain_refuse(walker->plain, _("Go to a question first, with .%s and its number."),
                     plain_word("go"));
    return walk_step(walker->walk) != NULL;
}

/* --- going about ------------------------------------------------------------------------------ */

static void run_next(PlainWalker *walker, const char *rest)
{
    (void)rest;
    plain_walk_forward(walker);
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
    guint64 number = 0;
    gboolean is_number = g_ascii_string_to_unsigned(rest, 10, 1, G_MAXINT, &number, NULL);
    int index = is_number ? flow_find_number(walk_flow(walker->walk), (int)number) : -1;
    if (index < 0) {
        plain_refuse(walker->plain,
                     _("There is no question with that number now. Write for instance .%s 12."),
                     plain_word("go"));
        return;
    }
    walk_go(walker->walk, walker->plain->session, index, &error);
    plain_error(walker->plain, error);
    say_again(walker);
}

static void run_again(PlainWalker *walker, const char *rest)
{
    (void)rest;
    walker->scale = NULL;
    say_again(walker);
}

static void run_overview(PlainWalker *walker, const char *rest)
{
    (void)rest;
    plain_walk_say_answers(walker->plain, walker->walk);
}

static void run_show(PlainWalker *walker, const char *rest)
{
    (void)rest;
    if (!plain_walk_say_hidden(walker->plain, walker->walk))
        plain_say(walker->plain, "%s", _("There is no hidden address in this form."));
}

static void run_paper(PlainWalker *walker, const char *rest)
{
    (void)rest;
    plain_walk_paper(walker->plain, walker->walk);
}

/* --- answers of another kind ------------------------------------------------------------------ */

static void answer_kind(PlainWalker *walker, AnswerKind kind)
{
    GError *error = NULL;
    if (!needs_question(walker))
        return;
    if (walk_answer_kind(walker->walk, walker->plain->session, kind, &error)) {
        g_autofree char *value = walk_value_text(walker->walk, walk_step(walker->walk)->item,
                                                 walk_answer_here(walker->walk));
        plain_walk_say_saved(walker, value);
        if (kind != ANSWER_NONE)
            run_next(walker, "");
    }
    plain_error(walker->plain, error);
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
    if (value != NULL)
        plain_walk_answer(walker, value, NULL);
    else if (error == NULL)
        plain_refuse(walker->plain, "%s", _("This question has not been answered before."));
    plain_error(walker->plain, error);
}

static void run_reason(PlainWalker *walker, const char *rest)
{
    g_autofree char *value = g_strdup(walker->doubtful);
    if (value == NULL || walk_step(walker->walk) == NULL)
        plain_refuse(walker->plain, "%s", _("No answer waits for a reason."));
    else if (*rest == '\0')
        plain_refuse(walker->plain, _("Write the reason on the same line: .%s and your words."),
                     plain_word("reason"));
    else
        plain_walk_answer(walker, value, rest);
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

static gboolean is_in_group(PlainWalker *walker)
{
    GError *error = NULL;
    walk_back_into_group(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
    return walk_group(walker->walk) != NULL;
}

static void run_more(PlainWalker *walker, const char *rest)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    (void)rest;
    if (!is_in_group(walker))
        plain_refuse(plain, "%s", _("This question is asked once, so there is no more of it."));
    else if (walk_repetitions(walker->walk) >= ANSWERS_REPETITIONS_MAX)
        plain_refuse(plain, _("There are %d already, and that is the most there can be."),
                     ANSWERS_REPETITIONS_MAX);
    else if (walk_add_repetition(walker->walk, plain->session, &error))
        plain_walk_say_saved(walker, NULL);
    plain_error(plain, error);
    say_again(walker);
}

static void run_remove(PlainWalker *walker, const char *rest)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    (void)rest;
    if (walk_group(walker->walk) == NULL)
        plain_refuse(plain, "%s", _("This question stands alone; there is nothing to remove."));
    else if (plain_yes(plain, _("Take it away with its answers?")))
        tell(walker, walk_remove_repetition(walker->walk, plain->session, &error), error);
    g_clear_pointer(&walker->group, g_free);
    say_again(walker);
}

/* --- around the answers ----------------------------------------------------------------------- */

static void run_language(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    if (!g_str_equal(rest, "sv") && !g_str_equal(rest, "en") && !g_str_equal(rest, "fi")) {
        plain_refuse(walker->plain, _("Write .%s and sv, en or fi."), plain_word("language"));
        return;
    }
    if (!walk_set_language(walker->walk, walker->plain->session, rest, &error))
        plain_error(walker->plain, error);
    run_again(walker, "");
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
    guint64 minutes;
    if (!g_ascii_string_to_unsigned(rest, 10, 1, DAY_MINUTES, &minutes, NULL))
        plain_refuse(walker->plain, _("Write the minutes, for instance .%s 25."),
                     plain_word("minutes"));
    else
        tell(walker, walk_set_minutes(walker->walk, walker->plain->session, (int)minutes, &error),
             error);
}

static void run_call(PlainWalker *walker, const char *rest)
{
    (void)rest;
    plain_walk_log_call(walker);
}

static void run_hang_up(PlainWalker *walker, const char *rest)
{
    (void)rest;
    if (plain_walk_log_call(walker)) {
        plain_say(walker->plain, "%s", _("Everything answered is saved. Go on when you want to."));
        walker->left = TRUE;
    }
}

static void run_give_up(PlainWalker *walker, const char *rest)
{
    NotDone cause;
    g_autofree char *words = NULL;
    (void)rest;
    if (plain_ask_not_done(walker->plain, walk_response(walker->walk)->respondent, TRUE, &cause,
                           &words))
        walker->left = plain_give_up(walker->plain, walker->walk, cause, words);
}

/* --- the end ---------------------------------------------------------------------------------- */

/* What has come of it for somebody to do. */
static void say_tasks(PlainWalker *walker)
{
    g_autoptr(GPtrArray) tasks =
        task_of(walker->plain->session, walk_response(walker->walk)->id, 0, NULL);
    int open = 0;
    for (guint i = 0; tasks != NULL && i < tasks->len; i++)
        open += ((const Task *)tasks->pdata[i])->done_ms == 0;
    if (open > 0)
        plain_say(walker->plain,
                  ngettext("%d task of it stands among what is to be done.",
                           "%d tasks of it stand among what is to be done.", (gulong)open),
                  open);
}

static void run_complete(PlainWalker *walker, const char *rest)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    (void)rest;
    g_autoptr(GArray) points = walk_open_points(walker->walk);
    if (points->len > 0) {
        for (guint i = 0; i < points->len; i++)
            plain_say(plain, "%s", g_array_index(points, OpenPoint, i).sentence);
        plain_refuse(plain, "%s", _("It is not completed yet: this has to be mended first."));
        return;
    }
    const Response *response = walk_response(walker->walk);
    g_autofree char *question =
        g_strdup_printf(_("Complete “%s” for %s? Afterwards it is changed by a correction only."),
                        response_words_title(response), response_words_subject(response));
    if (!plain_yes(plain, question))
        return;
    if (!walk_complete(walker->walk, plain->session, &error)) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *closing = walk_text(walker->walk, walk_form(walker->walk)->closing);
    if (closing != NULL && *closing != '\0')
        plain_say(plain, "%s", closing);
    plain_say(plain, "%s", _("The form is completed."));
    say_tasks(walker);
    walker->left = TRUE;
}

static void run_rest(PlainWalker *walker, const char *rest)
{
    GError *error = NULL;
    (void)rest;
    if (walk_form(walker->walk)->kind != FORM_KIND_INTERVIEW) {
        plain_refuse(walker->plain, "%s",
                     _("Only in an interview that goes on is every question to have an answer."));
        return;
    }
    int count = walk_rest_not_asked(walker->walk, walker->plain->session, &error);
    if (count >= 0)
        plain_say(walker->plain,
                  ngettext("%d question is said not to have been asked.",
                           "%d questions are said not to have been asked.", (gulong)count),
                  count);
    plain_error(walker->plain, error);
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
    {NC_("command", "again"), N_("reads the question again"), run_again},
    {NC_("command", "unknown"), N_("does not know"), run_unknown},
    {NC_("command", "refused"), N_("does not want to answer"), run_refused},
    {NC_("command", "notasked"), N_("the question was not asked"), run_not_asked},
    {NC_("command", "rest"), N_("no question of an interview that has no answer was asked"),
     run_rest},
    {NC_("command", "same"), N_("the same answer as last time"), run_same},
    {NC_("command", "reason"), N_("why a doubtful answer is right: .reason words"), run_reason},
    {NC_("command", "erase"), N_("takes the answer back"), run_erase},
    {NC_("command", "note"), N_("a note on the question: .note words"), run_note},
    {NC_("command", "more"), N_("one more of the same"), run_more},
    {NC_("command", "remove"), N_("takes one away"), run_remove},
    {NC_("command", "overview"), N_("reads what has been answered"), run_overview},
    {NC_("command", "show"), N_("reads a hidden address"), run_show},
    {NC_("command", "paper"), N_("writes it on paper, as a PDF"), run_paper},
    {NC_("command", "language"), N_("the questions in another language: .language fi"),
     run_language},
    {NC_("command", "way"), N_("by phone, in a meeting, …"), run_mode},
    {NC_("command", "interpreter"), N_("whether there is an interpreter"), run_interpreter},
    {NC_("command", "minutes"), N_("the time used: .minutes 25"), run_minutes},
    {NC_("command", "call"), N_("notes a call"), run_call},
    {NC_("command", "hangup"), N_("notes the call and leaves the form for later"), run_hang_up},
    {NC_("command", "complete"), N_("completes the form"), run_complete},
    {NC_("command", "giveup"), N_("notes why the form is not filled in, and closes it"),
     run_give_up},
    {NC_("command", "leave"), N_("leaves the form for later"), run_leave},
    {NC_("command", "help"), N_("reads this"), run_help},
};

static void run_help(PlainWalker *walker, const char *rest)
{
    (void)rest;
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        plain_say(walker->plain, "  .%s  %s", plain_word(COMMANDS[i].word), _(COMMANDS[i].help));
    plain_say(walker->plain, "  .%s  %s", plain_word("lock"),
              _("locks until the passphrase is typed, wherever a line is read"));
}

void plain_walk_command(PlainWalker *walker, const char *line)
{
    const char *words[G_N_ELEMENTS(COMMANDS)], *rest;
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        words[i] = COMMANDS[i].word;
    int index = plain_command(walker->plain, line, words, G_N_ELEMENTS(words), &rest);
    if (index >= 0)
        COMMANDS[index].run(walker, rest);
}
