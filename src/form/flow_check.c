/* flow_check.c: comparing answers, and what is wrong with one. */
#include "form/flow_private.h"

#include "base/i18n.h"
#include "form/form_private.h"

#include <string.h>

/* --- comparing --- */

/* Digits with at most one point; what strtod() takes besides ("inf", "0x1p3") is no answer. */
static gboolean read_number(const char *text, double *number)
{
    gsize sign = text[0] == '-', digits = strlen(text + sign);
    const char *point = strchr(text, '.');
    if (digits == 0 || digits > 40 || strspn(text + sign, "0123456789.") != digits ||
        (point != NULL && (strchr(point + 1, '.') != NULL || digits == 1)))
        return FALSE;
    *number = g_ascii_strtod(text, NULL);
    return TRUE;
}

/* The place of an answer among others of its kind; FALSE when it is none. */
static gboolean read_order(ItemType type, const char *text, double *order)
{
    if (type == ITEM_DATE) {
        Date date = date_parse(text);
        *order = date;
        return date != DATE_NONE;
    }
    if (type == ITEM_TIME) {
        int minutes = time_parse(text);
        *order = minutes;
        return minutes >= 0;
    }
    return read_number(text, order);
}

static gboolean is_same(const FormItem *item, const char *value, const char *wanted)
{
    if (item->type != ITEM_CHOICE && item->type != ITEM_OPEN_CHOICE)
        return strcmp(value, wanted) == 0;
    return value_has_code(value, wanted) || g_strcmp0(value_own_words(value), wanted) == 0;
}

gboolean flow_holds(const FormItem *item, const char *value, WhenOperator operator,
                    const char * wanted)
{
    double one = 0, other = 0;
    gboolean has_order = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL ||
                         item->type == ITEM_DATE || item->type == ITEM_TIME;
    if (!has_order)
        return is_same(item, value, wanted) == (operator== WHEN_EQ);
    if (!read_order(item->type, value, &one) || !read_order(item->type, wanted, &other))
        return FALSE;
    switch (operator) {
    case WHEN_EQ:
        return one == other;
    case WHEN_NE:
        return one != other;
    case WHEN_GT:
        return one > other;
    case WHEN_LT:
        return one < other;
    case WHEN_GE:
        return one >= other;
    case WHEN_LE:
        return one <= other;
    case WHEN_EXISTS:
        break;
    }
    return FALSE;
}

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

/* What keeps `value` from being an answer to `item`; NULL: nothing. */
static char *wrong_type(const FormItem *item, const char *value)
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
        return read_number(value, &order) && strchr(value, '.') == NULL
                   ? NULL
                   : g_strdup(_("Write a whole number, for example 3."));
    case ITEM_DECIMAL:
        return read_number(value, &order) ? NULL : g_strdup(_("Write a number, for example 3.5."));
    case ITEM_DATE:
        return read_order(ITEM_DATE, value, &order)
                   ? NULL
                   : g_strdup(_("Write a date, for example 21/11, today or 2026-11-21."));
    case ITEM_TIME:
        return read_order(ITEM_TIME, value, &order)
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
    if (rule->answer[0] == '=') {
        const FlowNode *node = flow_node(flow, rule->answer + 1);
        g_autofree char *outer = g_strndup(instance, instance_prefix(instance, node->depth));
        const Answer *answer = answers_get(flow->answers, rule->answer + 1, outer);
        gboolean counts = answer != NULL && flow_find(flow, rule->answer + 1, outer) >= 0;
        return counts ? g_strdup(answer->value) : NULL;
    }
    Date date = item->type == ITEM_DATE ? form_rule_day(rule->answer, flow->today) : DATE_NONE;
    return g_strdup(date != DATE_NONE ? date_format(date, day) : rule->answer);
}

static const FormRule *broken_rule(const Flow *flow, const FormItem *item, const char *instance,
                                   const GPtrArray *rules, const char *value)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = g_ptr_array_index(rules, i);
        g_autofree char *wanted = rule_wanted(flow, item, instance, rule);
        if (wanted != NULL && !flow_holds(item, value, rule->operator, wanted))
            return rule;
    }
    return NULL;
}

static CheckLevel check(const Flow *flow, const FormItem *item, const char *instance,
                        const char *value, char **sentence)
{
    *sentence = wrong_type(item, value);
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
