/* answer_compare.c: comparing answers. Pure. */
#include "form/answer_compare_private.h"

#include <string.h>

#include "form/answers_private.h"

/* Digits with at most one point; what strtod() takes besides ("inf", "0x1p3") is no answer. */
gboolean answer_number(const char *text, double *number)
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
gboolean answer_order(ItemType type, const char *text, double *order)
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
    return answer_number(text, order);
}

static gboolean is_same(const FormItem *item, const char *value, const char *wanted)
{
    if (item->type != ITEM_CHOICE && item->type != ITEM_OPEN_CHOICE)
        return strcmp(value, wanted) == 0;
    return value_has_code(value, wanted) || g_strcmp0(value_own_words(value), wanted) == 0;
}

gboolean answer_holds(const FormItem *item, const char *value, WhenOperator operator,
                      const char * wanted)
{
    double one = 0, other = 0;
    gboolean has_order = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL ||
                         item->type == ITEM_DATE || item->type == ITEM_TIME;
    if (!has_order)
        return is_same(item, value, wanted) == (operator== WHEN_EQ);
    if (!answer_order(item->type, value, &one) || !answer_order(item->type, wanted, &other))
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
