/* flow_check.c: what is wrong with an answer. */
#include "form/flow_private.h"

#include "base/i18n.h"
#include "form/answer_compare_private.h"
#include "form/answers_private.h"
#include "form/form_private.h"

#include <string.h>

/* --- the type --- */

/* What is wrong with the codes of `value`; NULL: nothing. */
static char *wrong_choice(const FormItem *item, const char *value)
{
    const char *own = item->type == ITEM_OPEN_CHOICE ? value_own_words(value) : NULL;
    g_autofree char *codes =
        own == NULL ? g_strdup(value) : g_strndup(value, (gsize)(own - value) - 1);
    g_auto(GStrv) words = g_strsplit(codes, " ", -1);
    const FormOption *alone = NULL;
    int chosen = own != NULL && own[0] != '\0';
    for (char **word = words; *word != NULL; word++) {
        const FormOption *option = form_option(item, *word);
        if ((*word)[0] == '\0')
            continue;
        if (option == NULL)
            return g_strdup(_("Choose one of the answers shown."));
        alone = option->exclusive ? option : alone;
        chosen++;
    }
    if (chosen == 0)
        return g_strdup(_("Choose one of the answers shown."));
    if (chosen > 1 && !item->repeats)
        return g_strdup(_("Choose one answer only."));
    if (item->max > 0 && chosen > item->max)
        return g_strdup_printf(ngettext("Choose at most %d answer. Take one away first.",
                                        "Choose at most %d answers. Take one away first.",
                                        (gulong)item->max),
                               item->max);
    if (chosen > 1 && alone != NULL)
        return g_strdup_printf(_("“%s” is chosen alone. Take it away, or the other answers."),
                               form_text(alone->display));
    return NULL;
}

static char *wrong_text(const FormItem *item, const char *value)
{
    if (value[strspn(value, " \t\n")] == '\0')
        return g_strdup(_("Write an answer, or go on without one."));
    if (item->type == ITEM_STRING && strchr(value, '\n') != NULL)
        return g_strdup(_("Write the answer on one line."));
    return NULL;
}

char *flow_wrong_type(const FormItem *item, const char *value)
{
    double order;
    switch (item->type) {
    case ITEM_BOOLEAN:
        return strcmp(value, "true") == 0 || strcmp(value, "false") == 0
                   ? NULL
                   : g_strdup(_("Answer yes or no."));
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return wrong_choice(item, value);
    case ITEM_INTEGER:
        return answer_number(value, &order) && strchr(value, '.') == NULL
                   ? NULL
                   : g_strdup(_("Write a whole number, for example 3."));
    case ITEM_DECIMAL:
        return answer_number(value, &order) ? NULL
                                            : g_strdup(_("Write a number, for example 3.5."));
    case ITEM_DATE:
        return answer_order(ITEM_DATE, value, &order)
                   ? NULL
                   : g_strdup(_("Write a date, for example 21/11, today or 2026-11-21."));
    case ITEM_TIME:
        return answer_order(ITEM_TIME, value, &order)
                   ? NULL
                   : g_strdup(_("Write a time, for example 8:30 or 14."));
    case ITEM_STRING:
    case ITEM_TEXT:
        return wrong_text(item, value);
    case ITEM_GROUP:
    case ITEM_DISPLAY:
        break;
    }
    return g_strdup(_("There is nothing to answer here. Go on to the next question."));
}

/* --- rules --- */

/* What the answer is held against. New; NULL when it is not known. */
static char *rule_wanted(const Flow *flow, const FormItem *item, const char *instance,
                         const FormRule *rule)
{
    char day[DATE_SIZE];
    int days;
    g_autofree char *link_id = form_rule_reference(rule->answer, &days);
    Date date = item->type == ITEM_DATE ? form_rule_day(rule->answer, flow->today) : DATE_NONE;
    if (link_id != NULL) {
        const FlowNode *node = flow_node(flow, link_id);
        g_autofree char *outer = g_strndup(instance, instance_prefix(instance, node->depth));
        const Answer *answer = answers_get(flow->answers, link_id, outer);
        gboolean counts = answer != NULL && flow_find(flow, link_id, outer) >= 0;
        if (!counts || answer->value == NULL || days == 0)
            return g_strdup(counts ? answer->value : NULL);
        date = date_parse(answer->value);
        if (date == DATE_NONE)
            return NULL;
        date += days;
    }
    return g_strdup(date != DATE_NONE ? date_format(date, day) : rule->answer);
}

static const FormRule *broken_rule(const Flow *flow, const FormItem *item, const char *instance,
                                   const GPtrArray *rules, const char *value)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = g_ptr_array_index(rules, i);
        g_autofree char *wanted = rule_wanted(flow, item, instance, rule);
        if (wanted != NULL && !answer_holds(item, value, rule->operator, wanted))
            return rule;
    }
    return NULL;
}

static CheckLevel check(const Flow *flow, const FormItem *item, const char *instance,
                        const char *value, char **sentence)
{
    *sentence = flow_wrong_type(item, value);
    if (*sentence != NULL)
        return CHECK_FAULT;
    CheckLevel level = CHECK_FAULT;
    const FormRule *rule = broken_rule(flow, item, instance, item->constraints, value);
    if (rule == NULL) {
        level = CHECK_WARNING;
        rule = broken_rule(flow, item, instance, item->warnings, value);
    }
    if (rule == NULL)
        return CHECK_OK;
    *sentence = g_strdup(form_text(rule->text));
    return level;
}

CheckLevel flow_check(const Flow *flow, const FormItem *item, const char *instance,
                      const char *value, char **sentence)
{
    char *said = NULL;
    CheckLevel level = check(flow, item, instance, value, &said);
    if (sentence != NULL)
        *sentence = said;
    else
        g_free(said);
    return level;
}

CheckLevel flow_check_step(const Flow *flow, int index, char **sentence)
{
    const FlowStep *step = flow_step(flow, index);
    const Answer *answer = answers_get(flow->answers, step->item->link_id, step->instance);
    g_autofree char *said = NULL;
    CheckLevel level = CHECK_OK;
    if (step->number > 0 && answer != NULL && answer->value != NULL)
        level = check(flow, step->item, step->instance, answer->value, &said);
    if (level == CHECK_WARNING && answer->reason != NULL)
        level = CHECK_OK;
    if (sentence != NULL)
        *sentence = level == CHECK_OK ? NULL : g_steal_pointer(&said);
    return level;
}
