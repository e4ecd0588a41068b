/* fhir_path.c: a form's rule as a FHIRPath expression, for programs that read Questionnaires. */
#include "exchange/fhir_private.h"

#include "base/date.h"
#include "form/form_write.h"

#include <string.h>

#define ANSWERED "%resource.descendants().where(linkId = "

/* In the quotation marks that FHIRPath writes texts with. */
static char *quoted(const char *text)
{
    GString *out = g_string_new("'");
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            g_string_append_c(out, '\\');
        if (*at == '\n')
            g_string_append(out, "\\n");
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '\'');
    return g_string_free(out, FALSE);
}

/* "today+90" → "today() + 90 days". */
static char *day(const char *answer)
{
    const char *days = answer + strlen("today");
    if (days[0] == '\0')
        return g_strdup("today()");
    return g_strdup_printf("today() %c %s days", days[0], days + 1);
}

static char *literal(const FormItem *item, const char *answer)
{
    switch (item->type) {
    case ITEM_DATE:
        return g_str_has_prefix(answer, "today") ? day(answer) : g_strdup_printf("@%s", answer);
    case ITEM_TIME: {
        char buffer[TIME_SIZE];
        return g_strdup_printf("@T%s", time_format(time_parse(answer), buffer));
    }
    case ITEM_BOOLEAN:
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
        return g_strdup(answer);
    default:
        return quoted(answer);
    }
}

/* An open choice is answered by a code or in words. */
static const char *left_side(const FormItem *item, const char *answer)
{
    gboolean coded = item->type == ITEM_CHOICE ||
                     (item->type == ITEM_OPEN_CHOICE && form_option(item, answer) != NULL);
    return coded ? "value.code" : "value";
}

char *fhir_rule_expression(const FormItem *item, const FormRule *rule)
{
    const char *operator= when_operator_code(rule->operator);
    if (rule->answer[0] != '=') {
        g_autofree char *right = literal(item, rule->answer);
        return g_strdup_printf("answer.all(%s %s %s)", left_side(item, rule->answer), operator,
                               right);
    }
    /* A rule that compares with a question without an answer holds. */
    int days;
    g_autofree char *reference = form_rule_reference(rule->answer, &days);
    g_autofree char *link_id = quoted(reference != NULL ? reference : rule->answer + 1);
    g_autofree char *other = g_strdup_printf("%s%s).answer.value%s", ANSWERED, link_id,
                                             item->type == ITEM_CHOICE ? ".code" : "");
    g_autofree char *right =
        days == 0 ? g_strdup(other)
                  : g_strdup_printf("(%s %c %d days)", other, days < 0 ? '-' : '+', ABS(days));
    return g_strdup_printf("%s.empty() or answer.all(%s %s %s)", other,
                           item->type == ITEM_CHOICE ? "value.code" : "value", operator, right);
}

/* --- a first answer that another question has --- */

char *fhir_initial_expression(const char *link_id, ItemType type)
{
    g_autofree char *name = quoted(link_id);
    const char *words = type == ITEM_CHOICE        ? ".display"
                        : type == ITEM_OPEN_CHOICE ? ".select(iif($this is Coding, display, $this))"
                                                   : "";
    return g_strdup_printf("%s%s).answer.value%s", ANSWERED, name, words);
}

char *fhir_initial_link_id(const char *expression)
{
    if (!g_str_has_prefix(expression, ANSWERED "'"))
        return NULL;
    g_autoptr(GString) name = g_string_new(NULL);
    const char *at = expression + strlen(ANSWERED "'");
    for (; *at != '\0' && *at != '\''; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        g_string_append_c(name, *at);
    }
    return *at == '\'' ? g_strdup(name->str) : NULL;
}

/* --- answers to choose from that other questions have --- */

#define UNION " | "

char *fhir_candidate_expression(const GPtrArray *link_ids)
{
    GString *expression = g_string_new(NULL);
    for (guint i = 0; i < link_ids->len; i++) {
        g_autofree char *one = fhir_initial_expression(link_ids->pdata[i], ITEM_STRING);
        g_string_append_printf(expression, "%s%s", i > 0 ? UNION : "", one);
    }
    return g_string_free(expression, FALSE);
}

GPtrArray *fhir_candidate_link_ids(const char *expression)
{
    g_autoptr(GPtrArray) link_ids = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = expression;; at += strlen(UNION)) {
        char *link_id = fhir_initial_link_id(at);
        if (link_id == NULL)
            return NULL;
        g_ptr_array_add(link_ids, link_id);
        g_autofree char *ours = fhir_initial_expression(link_id, ITEM_STRING);
        if (!g_str_has_prefix(at, ours))
            return NULL;
        at += strlen(ours);
        if (*at == '\0')
            return g_steal_pointer(&link_ids);
        if (!g_str_has_prefix(at, UNION))
            return NULL;
    }
}
