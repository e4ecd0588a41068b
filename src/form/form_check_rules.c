/* form_check_rules.c: what conditions, rules and proposed answers of a form look at: an item above,
 * and an answer that it can have. */
#include "form/form_check_private.h"

#include "base/date.h"
#include "base/i18n.h"
#include "form/form_private.h"

#include <math.h>
#include <string.h>

/* --- values --- */

static gboolean is_number(const char *text, gboolean whole)
{
    char *end;
    if (whole)
        return g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
    double value = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && isfinite(value);
}

static gboolean is_boolean(const char *text)
{
    return g_str_equal(text, "true") || g_str_equal(text, "false");
}

/* Whether `value` could be an answer to `item`; the fault at `line` says what it must be. */
static gboolean check_value(FormCheck *check, const FormItem *at, int line, const FormItem *item,
                            const char *value)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        return is_boolean(value) ||
               check_fault(check, at, line, _("The answer to “%s” is true or false, not “%s”."),
                           item->link_id, value);
    case ITEM_INTEGER:
        return is_number(value, TRUE) ||
               check_fault(check, at, line, _("The answer to “%s” is a whole number, not “%s”."),
                           item->link_id, value);
    case ITEM_DECIMAL:
        return is_number(value, FALSE) ||
               check_fault(check, at, line,
                           _("The answer to “%s” is a number with a decimal point, not “%s”."),
                           item->link_id, value);
    case ITEM_DATE:
        return date_parse(value) != DATE_NONE ||
               check_fault(check, at, line,
                           _("The answer to “%s” is a date as 2026-01-31, not “%s”."),
                           item->link_id, value);
    case ITEM_TIME:
        return time_parse(value) >= 0 ||
               check_fault(check, at, line, _("The answer to “%s” is a time as 14:05, not “%s”."),
                           item->link_id, value);
    case ITEM_CHOICE:
        return form_option(item, value) != NULL ||
               check_fault(check, at, line,
                           _("“%s” is not the code of any option of “%s”. Use one of its codes."),
                           value, item->link_id);
    case ITEM_GROUP:
    case ITEM_DISPLAY:
    case ITEM_OPEN_CHOICE:
    case ITEM_STRING:
    case ITEM_TEXT:
        return TRUE;
    }
    return TRUE;
}

/* --- conditions --- */

static gboolean has_order(const FormItem *item)
{
    return item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL || item->type == ITEM_DATE ||
           item->type == ITEM_TIME;
}

static gboolean check_when(FormCheck *check, const FormItem *item, const FormWhen *when)
{
    const FormItem *asked = g_hash_table_lookup(check->above, when->question);
    if (g_str_equal(when->question, item->link_id))
        return check_fault(
            check, item, when->line,
            _("The condition looks at the item itself. Let it look at an item above."));
    if (asked == NULL && form_item(check->form, when->question) != NULL)
        return check_fault(
            check, item, when->line,
            _("The condition looks at “%s”, which comes later. Move that item above this "
              "one, or choose another."),
            when->question);
    if (asked == NULL)
        return check_fault(
            check, item, when->line,
            _("The condition looks at “%s”, but no item has that linkId. Correct it."),
            when->question);
    if (!item_is_question(asked))
        return check_fault(
            check, item, when->line,
            _("The condition looks at “%s”, which nobody answers (it is a %s). Choose a "
              "question."),
            when->question, item_type_name(asked->type));
    if (when->operator== WHEN_EXISTS)
        return is_boolean(when->answer) ||
               check_fault(
                   check, item, when->line,
                   _("With the operator “exists” the answer is true or false. Write one of the "
                     "two."));
    if (when->operator!= WHEN_EQ && when->operator!= WHEN_NE && !has_order(asked))
        return check_fault(
            check, item, when->line,
            _("“%s” has no greater and smaller answers. Use the operator “=” or “!=”."),
            when->question);
    return check_value(check, item, when->line, asked, when->answer);
}

/* --- rules --- */

/* Types whose answers can be held against each other. */
static gboolean are_alike(const FormItem *a, const FormItem *b)
{
    static const int FAMILY[] = {
        [ITEM_BOOLEAN] = 1, [ITEM_CHOICE] = 2,  [ITEM_OPEN_CHOICE] = 2,
        [ITEM_INTEGER] = 3, [ITEM_DECIMAL] = 3, [ITEM_DATE] = 4,
        [ITEM_TIME] = 5,    [ITEM_STRING] = 6,  [ITEM_TEXT] = 6,
    };
    return FAMILY[a->type] == FAMILY[b->type];
}

/* Whether each repeating group around `asked` is also around `item`: then there is one answer to
 * look at, not several. */
static gboolean has_one_answer(const FormItem *asked, const FormItem *item)
{
    for (const FormItem *around = asked->parent; around != NULL; around = around->parent) {
        const FormItem *same = item->parent;
        while (same != NULL && same != around)
            same = same->parent;
        if (around->repeats && same == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean check_reference(FormCheck *check, const FormItem *item, const FormRule *rule)
{
    int days;
    g_autofree char *link_id = form_rule_reference(rule->answer, &days);
    if (link_id == NULL)
        return check_fault(
            check, item, rule->line,
            _("“%s” is no rule. Write “=” and a linkId, and for a date perhaps “ + ” and a "
              "number of days."),
            rule->answer);
    const FormItem *asked = g_hash_table_lookup(check->above, link_id);
    if (asked == NULL)
        return check_fault(
            check, item, rule->line,
            _("The rule looks at “%s”, but no item above has that linkId. Correct it, or "
              "move that item up."),
            link_id);
    if (!item_is_question(asked) || !are_alike(asked, item))
        return check_fault(
            check, item, rule->line,
            _("The rule compares with “%s”, whose type is %s. Choose an item of the type "
              "%s."),
            link_id, item_type_name(asked->type), item_type_name(item->type));
    if (asked->repeats || !has_one_answer(asked, item))
        return check_fault(
            check, item, rule->line,
            _("The rule compares with “%s”, which may have several answers. Choose an "
              "item that has one."),
            link_id);
    if (days != 0 && item->type != ITEM_DATE)
        return check_fault(check, item, rule->line,
                           _("Days can be added to a date only. Write “=%s” alone."), link_id);
    return TRUE;
}

static gboolean check_rule(FormCheck *check, const FormItem *item, const FormRule *rule,
                           const char *field)
{
    if (!item_is_question(item))
        return check_fault(check, item, rule->line,
                           _("Nobody answers a %s, so “%s” has no meaning. Remove it."),
                           item_type_name(item->type), field);
    if (rule->operator!= WHEN_EQ && rule->operator!= WHEN_NE && !has_order(item))
        return check_fault(check, item, rule->line,
                           _("“%s” has no greater and smaller answers. Use the operator “=” or "
                             "“!=”."),
                           item->link_id);
    if (rule->answer[0] == '=')
        return check_reference(check, item, rule);
    gboolean is_day = item->type == ITEM_DATE && form_rule_day(rule->answer, 0) != DATE_NONE;
    return is_day || check_value(check, item, rule->line, item, rule->answer);
}

/* Whether to go on after a fault: while mending, it is told, and its part goes. */
gboolean form_check_let_go(FormCheck *check, const FormItem *item, const char *field)
{
    if (check->tell == NULL)
        return FALSE;
    check->tell(item, field, (*check->error)->message, check->data);
    g_clear_error(check->error);
    return TRUE;
}

gboolean form_check_rules(FormCheck *check, const FormItem *item, GPtrArray *rules,
                          const char *field)
{
    for (guint i = 0; i < rules->len;) {
        if (check_rule(check, item, rules->pdata[i], field))
            i++;
        else if (form_check_let_go(check, item, field))
            g_ptr_array_remove_index(rules, i);
        else
            return FALSE;
    }
    return TRUE;
}

gboolean form_check_whens(FormCheck *check, FormItem *item)
{
    for (guint i = 0; i < item->enable_when->len;) {
        if (check_when(check, item, item->enable_when->pdata[i]))
            i++;
        else if (!form_check_let_go(check, item, "enableWhen"))
            return FALSE;
        else if (item->enable_any)
            g_ptr_array_set_size(item->enable_when, 0);
        else
            g_ptr_array_remove_index(item->enable_when, i);
    }
    return TRUE;
}

gboolean form_check_beside(FormCheck *check, FormItem *item)
{
    for (guint i = 0; i < item->beside->len;) {
        const char *link_id = item->beside->pdata[i];
        if (g_hash_table_contains(check->above, link_id)) {
            i++;
            continue;
        }
        check_fault(check, item, item->line,
                    _("“beside” names “%s”, but no item above has that linkId. Correct it."),
                    link_id);
        if (!form_check_let_go(check, item, "beside"))
            return FALSE;
        g_ptr_array_remove_index(item->beside, i);
    }
    return TRUE;
}

/* Texts on one line, which can be told apart and read out in a list. */
static gboolean is_candidate(FormCheck *check, const FormItem *item, const char *link_id)
{
    const FormItem *named =
        strcmp(item->link_id, link_id) == 0 ? item : g_hash_table_lookup(check->above, link_id);
    if (item->type != ITEM_STRING)
        return check_fault(check, item, item->line,
                           _("“candidates” stands on a question of the type “string”. Remove it."));
    if (named == NULL || named->type != ITEM_STRING)
        return check_fault(check, item, item->line,
                           _("“candidates” names “%s”, but no question above has that linkId and "
                             "the type “string”. Correct it."),
                           link_id);
    return TRUE;
}

gboolean form_check_candidates(FormCheck *check, FormItem *item)
{
    for (guint i = 0; i < item->candidates->len;) {
        if (is_candidate(check, item, item->candidates->pdata[i]))
            i++;
        else if (form_check_let_go(check, item, "candidates"))
            g_ptr_array_remove_index(item->candidates, i);
        else
            return FALSE;
    }
    return TRUE;
}

static gboolean is_initial(FormCheck *check, const FormItem *item)
{
    if (!item_is_question(item))
        return check_fault(check, item, item->line,
                           _("Nobody answers a %s, so “%s” has no meaning. Remove it."),
                           item_type_name(item->type), "initial");
    if (form_initial_refers(item) && !g_hash_table_contains(check->above, item->initial + 1))
        return check_fault(
            check, item, item->line,
            _("“initial” names “%s”, but no item above has that linkId. Correct it."),
            item->initial + 1);
    return check_value(check, item, item->line, item, item->initial);
}

gboolean form_check_initial(FormCheck *check, FormItem *item)
{
    if (item->initial == NULL || is_initial(check, item))
        return TRUE;
    if (!form_check_let_go(check, item, "initial"))
        return FALSE;
    g_clear_pointer(&item->initial, g_free);
    return TRUE;
}
