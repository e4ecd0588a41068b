/* walk.c: a walk as lines: how it is opened, gone through and left; and a long text. */
#include "cmd/plain/walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/response_words.h"

#include <signal.h>

/* --- a long text ------------------------------------------------------------------------------ */

enum { KEPT_WITHIN_MS = 2000 };

/* What has come is committed when nothing more waits, and every other second while more does. */
static void keep_text(PlainWalker *walker, const GString *text, gint64 *kept_ms)
{
    GError *error = NULL;
    gint64 now = clock_monotonic_ms();
    if (plain_has_more(walker->plain) && now - *kept_ms < KEPT_WITHIN_MS)
        return;
    *kept_ms = now;
    if (!walk_type(walker->walk, walker->plain->session, TYPED_ANSWER, text->str, &error))
        plain_error(walker->plain, error);
}

/* A full stop before two letters and more is written twice: "..net". */
static const char *without_escape(const char *line)
{
    return line[0] == '.' && plain_is_command(line + 1) && line[1] == '.' && line[2] != '\0'
               ? line + 1
               : line;
}

/* Adds lines to `text` up to a command, and answers that one; NULL at the end of input, with what
 * has come kept for the next time. New. */
static char *read_lines(PlainWalker *walker, GString *text)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    gint64 kept_ms = clock_monotonic_ms();
    for (;;) {
        keep_text(walker, text, &kept_ms);
        g_autofree char *line = plain_read_raw(plain);
        if (line == NULL)
            break;
        if (plain_is_command(line))
            return g_strchomp(g_steal_pointer(&line));
        if (*line == '\0' && plain->talks)
            plain_say(plain, "%s", _("A line with only a full stop ends the text."));
        g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", without_escape(line));
    }
    walk_type(walker->walk, plain->session, TYPED_ANSWER, text->str, &error);
    plain_error(plain, error);
    return NULL;
}

/* A long text that begins with `first`. "." alone only ends it; the other commands end it and are
 * obeyed after it. One that cannot be saved is still there to be tried again. */
static void read_text(PlainWalker *walker, const char *first)
{
    g_autoptr(GString) text = g_string_new(first);
    const FormItem *item = walk_step(walker->walk)->item;
    for (gboolean saved = FALSE; !saved && !walker->plain->ended;) {
        g_autofree char *command = read_lines(walker, text);
        if (command == NULL)
            return;
        g_autofree char *value = flow_parse(walk_flow(walker->walk), item, text->str);
        gboolean only_ended = g_str_equal(command, ".");
        saved = value == NULL || plain_walk_answer(walker, value, NULL);
        if (!saved && only_ended && !walker->plain->ended)
            plain_say(walker->plain, "%s",
                      _("What you have written is still here: a full stop alone tries again."));
        saved = saved || !only_ended;
        if (!only_ended && !walker->plain->ended)
            plain_walk_command(walker, command);
    }
}

/* --- the walk --------------------------------------------------------------------------------- */

static void take_line(PlainWalker *walker, const char *line)
{
    const FlowStep *step = walk_step(walker->walk);
    if (*line == '\0' || g_str_equal(line, "."))
        plain_walk_forward(walker);
    else if (plain_is_command(line))
        plain_walk_command(walker, line);
    else if (step->item->type == ITEM_TEXT)
        read_text(walker, without_escape(line));
    else
        plain_walk_answer_typed(walker, without_escape(line));
}

static void take_line_at_end(PlainWalker *walker, const char *line)
{
    if (plain_is_command(line) && line[1] != '\0')
        plain_walk_command(walker, line);
    else if (*line == '\0')
        walker->said = -1;
    else
        plain_refuse(walker->plain, _("Here only commands are understood. .%s tells them."),
                     plain_word("help"));
}

static void step_once(PlainWalker *walker)
{
    gboolean at_end = walk_at_end(walker->walk);
    if (walker->said != walk_index(walker->walk)) {
        if (at_end)
            plain_walk_say_overview(walker);
        else
            plain_walk_say_question(walker);
    }
    walker->said = walk_index(walker->walk);
    const FormItem *item = at_end ? NULL : walk_step(walker->walk)->item;
    g_autofree char *line =
        plain_read(walker->plain, at_end ? _("Command:") : plain_walk_prompt(item));
    if (line == NULL)
        return;
    if (at_end)
        take_line_at_end(walker, line);
    else
        take_line(walker, line);
}

/* --- opening ---------------------------------------------------------------------------------- */

static Walk *open_walk(Plain *plain, const PlainWalk *which)
{
    GError *error = NULL;
    Walk *walk = which->response_id == 0
                     ? walk_begin(plain->session, which->form, which->client_id, which->respondent,
                                  which->placement_id, NULL, &error)
                 : which->correct ? walk_correct(plain->session, which->response_id, &error)
                                  : walk_open(plain->session, which->response_id, FALSE, &error);
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_BUSY)) {
        plain_say(plain, "%s", error->message);
        g_clear_error(&error);
        if (plain_yes(plain,
                      _("Do you want to take over? What has been answered so far is kept, and your "
                        "colleague is told.")))
            walk = walk_open(plain->session, which->response_id, TRUE, &error);
    }
    plain_error(plain, error);
    return walk;
}

/* What form it is, what is read aloud first, and where one was. */
static void say_opening(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    const Walk *walk = walker->walk;
    const Response *response = walk_response(walk);
    const GPtrArray *changes = walk_form_changes(walk);
    g_autofree char *title = walk_text(walk, walk_form(walk)->title);
    g_autofree char *opening = walk_text(walk, walk_form(walk)->opening);
    plain_say(plain, "%s, %s.", title, response_words_subject(response));
    if (response->corrects_id != 0)
        plain_say(plain, "%s",
                  _("This is the correction. The completed one is kept until it is completed."));
    if (changes != NULL && changes->len > 0)
        plain_say(plain, "%s", _("The form has been changed since this one was begun:"));
    for (guint i = 0; changes != NULL && i < changes->len; i++)
        plain_say(plain, "  %s", (const char *)changes->pdata[i]);
    for (guint i = 0; i < walk_contradictions(walk)->len; i++)
        plain_say(plain, "%s", (const char *)walk_contradictions(walk)->pdata[i]);
    plain_walk_say_calls(walker);
    if (!plain->told_commands)
        plain_say(plain, _("A line that begins with a full stop is a command; .%s tells them."),
                  plain_word("help"));
    plain->told_commands = TRUE;
    if (walk_at_start(walk) && !walk_is_begun(walk) && opening != NULL)
        plain_say(plain, "%s", opening);
    else if (!walk_at_start(walk) && walk_step(walk) != NULL)
        plain_say(plain, _("You were at question %d. Go on from there."), walk_step(walk)->number);
}

/* What had been typed and was not answered when it was cut off. A long text is gone on with. */
static void take_up_typed(PlainWalker *walker)
{
    TypedIn in;
    GError *error = NULL;
    Plain *plain = walker->plain;
    const FlowStep *step = walk_step(walker->walk);
    g_autofree char *typed = g_strdup(walk_typed(walker->walk, &in));
    if (typed == NULL || step == NULL)
        return;
    plain_walk_say_question(walker);
    walker->said = walk_index(walker->walk);
    plain_say(plain, _("You had begun to write this, and it is not an answer yet: %s"), typed);
    if (in == TYPED_ANSWER && step->item->type == ITEM_TEXT) {
        plain_say(plain, "%s", _("Go on with it, and end with a line with only a full stop."));
        read_text(walker, typed);
    } else if (in == TYPED_NOTE && plain_yes(plain, _("Keep it as the note on the question?"))) {
        walk_note(walker->walk, plain->session, typed, &error);
        plain_error(plain, error);
    }
}

/* --- leaving ---------------------------------------------------------------------------------- */

/* Cut off from outside it stays with the one who answers, and is offered at the next start. */
static void close_walk(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    gboolean cut_off = plain->signal_number == SIGTERM || plain->signal_number == SIGHUP;
    if (cut_off && !walk_is_read_only(walker->walk)) {
        TypedIn in;
        g_autofree char *typed = g_strdup(walk_typed(walker->walk, &in));
        GError *error = NULL;
        walk_type(walker->walk, plain->session, in, typed, &error);
        plain_error(plain, error);
    }
    walk_close(walker->walk, cut_off ? NULL : plain->session);
}

void plain_walk(Plain *plain, const PlainWalk *which)
{
    PlainWalker walker = {.plain = plain, .walk = open_walk(plain, which), .said = -1};
    if (walker.walk == NULL)
        return;
    say_opening(&walker);
    take_up_typed(&walker);
    while (!plain->ended && !walker.left)
        step_once(&walker);
    close_walk(&walker);
    g_free(walker.group);
    g_free(walker.doubtful);
}
