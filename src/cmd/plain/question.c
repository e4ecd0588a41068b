/* question.c: what a walk says: a question with its choices, and the overview at the end. */
#include "cmd/plain/walk.h"

#include "base/i18n.h"

#include <string.h>

/* --- around a question ------------------------------------------------------------------------ */

static void say_text(PlainWalker *walker, const char *text)
{
    g_autofree char *filled = walk_text(walker->walk, text);
    if (filled != NULL && *filled != '\0')
        plain_say(walker->plain, "%s", filled);
}

/* That one more can be added, where a repeating group has just come to its end. */
static void say_after_group(PlainWalker *walker)
{
    const FormItem *group = walk_group_ended(walker->walk);
    if (group == NULL)
        return;
    g_autofree char *name = walk_text(walker->walk, group->text);
    plain_say(walker->plain, _(".%s adds one more: %s."), plain_word("more"),
              name != NULL ? name : "…");
}

/* The headings and texts that stand between the question before and this one. A repeating group's
 * own is said with its number. */
static void say_texts_before(PlainWalker *walker)
{
    const Flow *flow = walk_flow(walker->walk);
    int here = walk_index(walker->walk), from = walk_next(walker->walk, here, -1) + 1;
    for (int i = from; i < here; i++)
        if (!flow_step(flow, i)->item->repeats && flow_step(flow, i)->number == 0)
            say_text(walker, flow_step(flow, i)->item->text);
}

/* Which of several it is about, said once for each. */
static void say_group(PlainWalker *walker)
{
    const FormItem *group = walk_group(walker->walk);
    g_autofree char *here =
        group != NULL ? g_strdup_printf("%s %s", group->link_id, walk_step(walker->walk)->instance)
                      : NULL;
    gboolean same = g_strcmp0(here, walker->group) == 0;
    g_free(walker->group);
    walker->group = g_steal_pointer(&here);
    if (group == NULL || same)
        return;
    g_autofree char *name = walk_text(walker->walk, group->text);
    plain_say(walker->plain, _("%s: number %d of %d"), name != NULL ? name : "",
              walk_repetition(walker->walk), walk_repetitions(walker->walk));
}

/* --- the question ----------------------------------------------------------------------------- */

static const char *duty_text(const FormItem *item)
{
    return item->statutory   ? _(", the law asks for an answer")
           : item->required  ? _(", needs an answer")
           : item->follow_up ? _(", a follow-up question")
                             : "";
}

/* What is typed for the option at `index`: its key, or its place. */
static void key_of(const FormItem *item, guint index, char key[12])
{
    const FormOption *option = item->options->pdata[index];
    if (option->key != 0)
        key[g_unichar_to_utf8(option->key, key)] = '\0';
    else
        g_snprintf(key, 12, "%u", index + 1);
}

static gboolean has_same_options(const FormItem *a, const FormItem *b)
{
    if (a == NULL || b == NULL || a->options->len != b->options->len)
        return FALSE;
    for (guint i = 0; i < a->options->len; i++) {
        const FormOption *of_a = a->options->pdata[i], *of_b = b->options->pdata[i];
        if (of_a->key != of_b->key || !g_str_equal(of_a->display, of_b->display))
            return FALSE;
    }
    return TRUE;
}

/* A scale that was read at the question before is named by its ends. */
static void say_options(PlainWalker *walker, const FormItem *item)
{
    enum { SCALE_LEAST = 4 };
    const char *language = walk_response(walker->walk)->language;
    char key[12], last_key[12];
    guint count = item->options->len;
    gboolean known = count >= SCALE_LEAST && has_same_options(walker->scale, item);
    walker->scale = item;
    if (known) {
        const FormOption *first = item->options->pdata[0], *last = item->options->pdata[count - 1];
        key_of(item, 0, key);
        key_of(item, count - 1, last_key);
        plain_say(walker->plain, _("  %s  %s … %s  %s, as before"), key,
                  form_text_in(first->display, language), last_key,
                  form_text_in(last->display, language));
        return;
    }
    for (guint i = 0; i < count; i++) {
        const FormOption *option = item->options->pdata[i];
        key_of(item, i, key);
        plain_say(walker->plain, "  %s  %s", key, form_text_in(option->display, language));
    }
}

static void say_candidates(PlainWalker *walker)
{
    g_autoptr(GPtrArray) names = flow_candidates(walk_flow(walker->walk), walk_step(walker->walk));
    if (names->len > 0)
        plain_say(walker->plain, "%s", _("Write a number, or another answer:"));
    for (guint i = 0; i < names->len; i++)
        plain_say(walker->plain, "  %u  %s", i + 1, (const char *)names->pdata[i]);
}

/* How a long text is ended, once. */
static void tell_text(Plain *plain)
{
    if (!plain->told_text)
        plain_say(plain, "%s",
                  _("Write as many lines as you want, and end with a line that is only a full "
                    "stop."));
    plain->told_text = TRUE;
}

const char *plain_walk_prompt(const FormItem *item)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        return _("Yes or no:");
    case ITEM_CHOICE:
        return item->repeats ? _("Choose one or more, with a comma between:") : _("Choose one:");
    case ITEM_OPEN_CHOICE:
        return item->repeats ? _("Choose one or more with a comma between, or write =own words:")
                             : _("Choose one, or write =own words:");
    case ITEM_DATE:
        return _("A day, such as 21/11, yesterday or v47 fri:");
    case ITEM_TIME:
        return _("A time, such as 8:30:");
    case ITEM_INTEGER:
        return _("A whole number:");
    case ITEM_DECIMAL:
        return _("A number:");
    case ITEM_TEXT:
        return item->own_words ? _("In the person's own words:") : _("Text:");
    default:
        return item->own_words ? _("In the person's own words, on one line:") : _("Answer:");
    }
}

static void say_what_stands(PlainWalker *walker, const FormItem *item)
{
    const Answer *answer = walk_answer_here(walker->walk);
    if (answer == NULL)
        return;
    g_autofree char *value = walk_value_text(walker->walk, item, answer);
    if (answer->kind == ANSWER_VALUE && walk_is_hidden(walker->walk, item))
        plain_say(walker->plain, _("The answer now is hidden: .%s reads it."), plain_word("show"));
    else if (*value != '\0')
        plain_say(walker->plain, _("The answer now: %s"), value);
    if (answer->note != NULL)
        plain_say(walker->plain, _("Note: %s"), answer->note);
}

static void say_disputed(PlainWalker *walker)
{
    g_autofree char *disputed = walk_disputed_here(walker->walk);
    if (disputed != NULL)
        plain_say(walker->plain, "%s", disputed);
}

void plain_walk_say_question(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    const FlowStep *step = walk_step(walker->walk);
    const Form *form = walk_form(walker->walk);
    g_autofree char *text = walk_text(walker->walk, step->item->text);
    say_after_group(walker);
    say_texts_before(walker);
    say_group(walker);
    g_autofree char *number =
        form->count > 0 ? g_strdup_printf(_("Question %d of %d%s"), step->number, form->count,
                                          duty_text(step->item))
                        : g_strdup_printf(_("Question %d%s"), step->number, duty_text(step->item));
    plain_say(plain, "%s: %s", number, text);
    say_text(walker, step->item->help);
    if (step->item->type == ITEM_TEXT)
        tell_text(plain);
    if (step->item->options->len > 0)
        say_options(walker, step->item);
    say_candidates(walker);
    say_what_stands(walker, step->item);
    say_disputed(walker);
}

/* --- the end ---------------------------------------------------------------------------------- */

void plain_walk_say_overview(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    FlowProgress progress = flow_progress(walk_flow(walker->walk), -1);
    g_autoptr(GArray) points = walk_open_points(walker->walk);
    int fallen = walk_fallen_away(walker->walk);
    say_after_group(walker);
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
        plain_say(plain,
                  _("Nothing is missing. .%s completes the form, .%s and a number goes to a "
                    "question, .%s leaves it for later."),
                  plain_word("complete"), plain_word("go"), plain_word("leave"));
    else
        plain_say(plain, _(".%s and a number goes to a question, .%s leaves the form for later."),
                  plain_word("go"), plain_word("leave"));
}
