/* aloud.c: the answers of a form read aloud. */
#include "cmd/plain/walk.h"

#include "base/i18n.h"

#include <string.h>

static void say_answer(Plain *plain, const Walk *walk, const FlowStep *step, const Answer *answer)
{
    g_autofree char *text = walk_text(walk, step->item->text);
    g_autofree char *value = walk_value_text(walk, step->item, answer);
    plain_say(plain, "%d. %s %s", step->number, text, *value != '\0' ? value : "–");
    if (answer->reason != NULL)
        plain_say(plain, _("Reason: %s"), answer->reason);
    if (answer->note != NULL)
        plain_say(plain, _("Note: %s"), answer->note);
}

/* The repeating group that an item lies in; NULL: none. */
static const FormItem *group_of(const FormItem *item)
{
    const FormItem *group = item->parent;
    while (group != NULL && !group->repeats)
        group = group->parent;
    return group;
}

/* Which of several it is about, where the answer before was about another. */
static void say_repetition(Plain *plain, const Walk *walk, const FlowStep *step, GString *said)
{
    const FormItem *group = group_of(step->item);
    g_autofree char *here =
        group != NULL ? g_strdup_printf("%s %s", group->link_id, step->instance) : g_strdup("");
    if (g_str_equal(here, said->str))
        return;
    g_string_assign(said, here);
    if (group == NULL)
        return;
    const char *point = strrchr(step->instance, '.');
    g_autofree char *name = walk_text(walk, group->text);
    plain_say(plain, "%s %s", name != NULL ? name : "", point != NULL ? point + 1 : step->instance);
}

/* The first answered question whose answer is hidden; NULL: none. */
static const FlowStep *find_hidden(const Walk *walk, const Answer **answer)
{
    const Flow *flow = walk_flow(walk);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        const FlowStep *step = flow_step(flow, i);
        *answer = answers_get(walk_answers(walk), step->item->link_id, step->instance);
        if (*answer != NULL && (*answer)->kind == ANSWER_VALUE && walk_is_hidden(walk, step->item))
            return step;
    }
    return NULL;
}

gboolean plain_walk_say_hidden(Plain *plain, const Walk *walk)
{
    const Answer *answer = NULL;
    const FlowStep *step = find_hidden(walk, &answer);
    if (step == NULL)
        return FALSE;
    g_autofree char *text = walk_text(walk, step->item->text);
    g_autofree char *value = walk_value_shown(walk, step->item, answer);
    plain_say(plain, "%d. %s %s", step->number, text, value);
    return TRUE;
}

void plain_walk_say_answers(Plain *plain, const Walk *walk)
{
    const Flow *flow = walk_flow(walk);
    int unanswered = 0;
    const Response *response = walk_response(walk);
    g_autoptr(GPtrArray) disputes = plain_read_disputes(plain, response->client_id);
    g_autoptr(GString) repetition = g_string_new(NULL);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        const FlowStep *step = flow_step(flow, i);
        const Answer *answer = answers_get(walk_answers(walk), step->item->link_id, step->instance);
        unanswered += flow_is_answered(flow, i) ? 0 : 1;
        if (answer == NULL)
            continue;
        g_autofree char *key = dispute_question(step->item->link_id, step->instance);
        say_repetition(plain, walk, step, repetition);
        say_answer(plain, walk, step, answer);
        plain_say_beside(plain, disputes, &(PlainDisputed){DISPUTE_RESPONSE, response->id, key, NULL});
    }
    if (unanswered > 0)
        plain_say(plain,
                  ngettext("%d question has no answer.", "%d questions have no answer.",
                           (gulong)unanswered),
                  unanswered);
}

void plain_walk_offer_hidden(Plain *plain, const Walk *walk)
{
    const Answer *answer = NULL;
    if (find_hidden(walk, &answer) != NULL && plain_yes(plain, _("Read the hidden address too?")))
        plain_walk_say_hidden(plain, walk);
}
