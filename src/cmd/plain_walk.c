/* plain_walk.c: a walk as lines: number and text of the question, its choices, the answer, and that
 * it is saved. */
#include "cmd/plain_walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/completion.h"

#include <stdlib.h>
#include <string.h>

/* --- saying a question ------------------------------------------------------------------------ */

static void say_text(PlainWalker *walker, const char *text)
{
    g_autofree char *filled = walk_text(walker->walk, text);
    if (filled != NULL && *filled != '\0')
        plain_say(walker->plain, "%s", filled);
}

/* The headings and texts that stand between the question before and this one. */
static void say_texts_before(PlainWalker *walker)
{
    const Flow *flow = walk_flow(walker->walk);
    int here = walk_index(walker->walk), from = flow_next(flow, here, -1) + 1;
    for (int i = from; i < here; i++)
        say_text(walker, flow_step(flow, i)->item->text);
}

static void say_options(PlainWalker *walker, const FormItem *item)
{
    const char *language = walk_response(walker->walk)->language;
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = item->options->pdata[i];
        char key[7] = "";
        if (option->key != 0)
            key[g_unichar_to_utf8(option->key, key)] = '\0';
        else
            g_snprintf(key, sizeof key, "%u", i + 1);
        plain_say(walker->plain, "  %s  %s", key, form_text_in(option->display, language));
    }
}

static const char *how_to_answer(const FormItem *item)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        return _("Answer yes or no.");
    case ITEM_CHOICE:
        return item->repeats ? _("Choose one or more, with a comma between.") : _("Choose one.");
    case ITEM_OPEN_CHOICE:
        return item->repeats ? _("Choose one or more with a comma between, or write your own after "
                                 "an equals sign: =words.")
                             : _("Choose one, or write your own after an equals sign: =words.");
    case ITEM_DATE:
        return _("A day, such as 21/11, yesterday or v47 fri.");
    case ITEM_TIME:
        return _("A time, such as 8:30.");
    case ITEM_INTEGER:
        return _("A whole number.");
    case ITEM_DECIMAL:
        return _("A number.");
    case ITEM_TEXT:
        return _("Write as many lines as you want; end with a line that is only a full stop.");
    default:
        return _("One line.");
    }
}

static void say_what_stands(PlainWalker *walker, const FormItem *item)
{
    const Answer *answer = walk_answer_here(walker->walk);
    if (answer == NULL)
        return;
    g_autofree char *value = walk_value_text(walker->walk, item, answer);
    if (*value != '\0')
        plain_say(walker->plain, _("The answer now: %s"), value);
    if (answer->note != NULL)
        plain_say(walker->plain, _("Note: %s"), answer->note);
}

static void say_question(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    const FlowStep *step = walk_step(walker->walk);
    const FormItem *group = walk_group(walker->walk);
    const Form *form = walk_form(walker->walk);
    g_autofree char *text = walk_text(walker->walk, step->item->text);
    say_texts_before(walker);
    if (group != NULL)
        plain_say(plain, _("Number %d of %d here. .more adds one, .remove takes this one away."),
                  walk_repetition(walker->walk), walk_repetitions(walker->walk));
    if (form->count > 0)
        plain_say(plain, _("Question %d of %d: %s"), step->number, form->count, text);
    else
        plain_say(plain, _("Question %d: %s"), step->number, text);
    say_text(walker, step->item->help);
    if (step->item->own_words)
        plain_say(plain, "%s", _("In the person's own words."));
    if (step->item->options->len > 0)
        say_options(walker, step->item);
    plain_say(plain, "%s", how_to_answer(step->item));
    say_what_stands(walker, step->item);
}

/* --- answering -------------------------------------------------------------------------------- */

void plain_walk_say_saved(PlainWalker *walker, const char *what)
{
    char time[9];
    clock_local(walk_saved_ms(walker->walk), time);
    if (what != NULL && *what != '\0')
        plain_say(walker->plain, _("Saved %s: %s"), time, what);
    else
        plain_say(walker->plain, _("Saved %s."), time);
}

/* The lines of a long text up to a full stop alone; each is kept as it comes. New; NULL at the end
 * of input, with what has come kept for the next time. */
static char *read_text(PlainWalker *walker, const char *first)
{
    g_autoptr(GString) text = g_string_new(first);
    for (;;) {
        g_autofree char *line = plain_read_raw(walker->plain);
        if (line == NULL)
            return NULL;
        if (g_str_equal(line, "."))
            return g_strdup(text->str);
        g_string_append_printf(text, "\n%s", g_str_has_prefix(line, "..") ? line + 1 : line);
        GError *error = NULL;
        if (!walk_type(walker->walk, walker->plain->session, TYPED_ANSWER, text->str, &error))
            plain_error(walker->plain, error);
    }
}

/* Whoever an intake may be about already. */
static void ask_double(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    if (walk_response(walker->walk)->client_id != 0)
        return;
    ClientRow *found = completion_find_double(plain->session, walk_form(walker->walk),
                                              walk_answers(walker->walk), &error);
    plain_error(plain, error);
    if (found == NULL || found->id == walker->other_person) {
        g_clear_pointer(&found, client_row_free);
        return;
    }
    char date[DATE_SIZE];
    g_autofree char *question = g_strdup_printf(
        _("There is already a client %s, born %s. Is it the same person?"), found->name,
        found->birth_date != DATE_NONE ? date_format(found->birth_date, date) : "–");
    error = NULL;
    if (!plain_yes(plain, question))
        walker->other_person = found->id;
    else if (walk_set_client(walker->walk, plain->session, found->id, &error))
        plain_say(plain, "%s", _("The intake is about that client."));
    plain_error(plain, error);
    client_row_free(found);
}

static gboolean names_person(const FormItem *item)
{
    static const char *const NAMES[] = {"client.name", "client.id_number", "client.birth_date"};
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_strcmp0(item->maps_to, NAMES[i]) == 0)
            return TRUE;
    return FALSE;
}

static void go_forward(PlainWalker *walker)
{
    GError *error = NULL;
    walk_forward(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
}

static void saved_and_on(PlainWalker *walker)
{
    const FormItem *item = walk_step(walker->walk)->item;
    g_autofree char *value = walk_value_text(walker->walk, item, walk_answer_here(walker->walk));
    plain_walk_say_saved(walker, value);
    if (names_person(item))
        ask_double(walker);
    go_forward(walker);
}

/* Answers with what was typed, asking for a reason where a warning stands against it. */
static void answer(PlainWalker *walker, const char *typed)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    g_autofree char *sentence = NULL;
    WalkResult result =
        walk_answer_typed(walker->walk, plain->session, typed, NULL, &sentence, &error);
    if (result == WALK_DOUBTFUL) {
        plain_say(plain, "%s", sentence);
        g_autofree char *reason = plain_read(
            plain, _("Write why it is right all the same, or an empty line to answer again:"));
        if (reason == NULL || *reason == '\0')
            return;
        g_clear_pointer(&sentence, g_free);
        result = walk_answer_typed(walker->walk, plain->session, typed, reason, &sentence, &error);
    }
    if (result == WALK_SAVED)
        saved_and_on(walker);
    else if (result == WALK_FAILED)
        plain_error(plain, error);
    else
        plain_say(plain, "%s", sentence);
}

static void take_line(PlainWalker *walker, const char *line)
{
    const FlowStep *step = walk_step(walker->walk);
    if (*line == '\0') {
        go_forward(walker);
        return;
    }
    if (step->item->type != ITEM_TEXT) {
        answer(walker, line);
        return;
    }
    g_autofree char *text = read_text(walker, g_str_has_prefix(line, "..") ? line + 1 : line);
    if (text != NULL)
        answer(walker, text);
}

/* --- the end of a walk ------------------------------------------------------------------------ */

static void say_overview(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    FlowProgress progress = flow_progress(walk_flow(walker->walk), -1);
    g_autoptr(GArray) points = walk_open_points(walker->walk);
    int fallen = walk_fallen_away(walker->walk);
    plain_say(plain, _("%d of %d questions are answered."), progress.answered, progress.questions);
    for (guint i = 0; i < points->len; i++)
        plain_say(plain, "  %s", g_array_index(points, OpenPoint, i).sentence);
    if (fallen > 0)
        plain_say(plain,
                  ngettext("%d answer no longer belongs to a question that is asked; it is dropped "
                           "when the form is completed.",
                           "%d answers no longer belong to questions that are asked; they are "
                           "dropped when the form is completed.",
                           (gulong)fallen),
                  fallen);
    if (points->len == 0)
        plain_say(plain, "%s",
                  _("Nothing is missing. .complete completes the form, .go and a number goes to a "
                    "question, .leave leaves it for later."));
    else
        plain_say(plain, "%s",
                  _(".go and a number goes to a question, .leave leaves the form for later."));
}

/* --- the walk --------------------------------------------------------------------------------- */

static void step_once(PlainWalker *walker)
{
    gboolean at_end = walk_at_end(walker->walk);
    if (at_end && walker->said != flow_count(walk_flow(walker->walk)))
        say_overview(walker);
    else if (!at_end && walker->said != walk_index(walker->walk))
        say_question(walker);
    walker->said = walk_index(walker->walk);
    g_autofree char *line = plain_read(walker->plain, at_end ? _("Command:") : _("Answer:"));
    if (line == NULL)
        return;
    if (g_str_equal(line, "."))
        *line = '\0';
    if (line[0] == '.' && line[1] != '.')
        plain_walk_command(walker, line);
    else if (at_end)
        plain_say(walker->plain, "%s", _("Here only commands are understood. .help tells them."));
    else
        take_line(walker, line);
}

/* What had been typed and was not answered when it was cut off. */
static void say_typed(PlainWalker *walker)
{
    TypedIn in;
    const char *typed = walk_typed(walker->walk, &in);
    if (typed != NULL)
        plain_say(walker->plain, _("You had begun to write this, and it is not an answer yet: %s"),
                  typed);
}

static Walk *open_walk(Plain *plain, const PlainWalk *which)
{
    GError *error = NULL;
    Walk *walk = which->response_id == 0
                     ? walk_begin(plain->session, which->form, which->client_id, which->respondent,
                                  which->placement_id, NULL, &error)
                     : walk_open(plain->session, which->response_id, FALSE, &error);
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_BUSY)) {
        gboolean take = plain_yes(plain, error->message);
        g_clear_error(&error);
        if (take)
            walk = walk_open(plain->session, which->response_id, TRUE, &error);
    }
    plain_error(plain, error);
    return walk;
}

void plain_walk(Plain *plain, const PlainWalk *which)
{
    PlainWalker walker = {.plain = plain, .walk = open_walk(plain, which), .said = -1};
    if (walker.walk == NULL)
        return;
    const Form *form = walk_form(walker.walk);
    plain_say(plain, "%s", form_text_in(form->title, walk_response(walker.walk)->language));
    if (which->response_id == 0)
        say_text(&walker, form->opening);
    say_typed(&walker);
    plain_say(plain, "%s",
              _("A line that begins with a full stop is a command; .help tells them."));
    while (!plain->ended && !walker.left)
        step_once(&walker);
    walk_close(walker.walk, plain->session);
}
