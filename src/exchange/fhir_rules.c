/* fhir_rules.c: answers, conditions and constraints of a Questionnaire. */
#include "exchange/fhir_read_private.h"

#include "base/date.h"
#include "base/i18n.h"

#include <string.h>

/* --- answers --- */

const char *fhir_choice_member(JsonObject *object, const char *prefix)
{
    const char *found = NULL;
    g_autoptr(GList) members = json_object_get_members(object);
    for (GList *at = members; at != NULL && found == NULL; at = at->next)
        if (g_str_has_prefix(at->data, prefix))
            found = at->data;
    return found;
}

/* "2026-01-31T08:30:00+01:00" → "2026-01-31", "08:30:00" → "08:30". */
static char *beginning(const char *text, gsize length)
{
    return strlen(text) > length ? g_strndup(text, length) : g_strdup(text);
}

/* The code or words of a Coding, the number of a Quantity, the address of a Reference. */
static char *part_of_object(JsonNode *node)
{
    static const char *const parts[] = {"value", "code", "reference", "display"};
    JsonObject *object = json_node_get_object(node);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        JsonNode *part = json_object_get_member(object, parts[i]);
        if (part != NULL && JSON_NODE_HOLDS_VALUE(part))
            return fhir_plain(part);
    }
    return NULL;
}

char *fhir_answer(JsonObject *object, const char *member, const FhirItem *asked)
{
    JsonNode *node = json_object_get_member(object, member);
    g_autofree char *text = JSON_NODE_HOLDS_OBJECT(node) ? part_of_object(node) : fhir_plain(node);
    if (text == NULL || text[0] == '\0')
        return NULL;
    switch (asked->item->type) {
    case ITEM_GROUP:
    case ITEM_DISPLAY:
        return NULL;
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE: {
        const char *code = g_hash_table_lookup(asked->codes, text);
        if (code == NULL)
            code = g_hash_table_lookup(asked->texts, text);
        if (code != NULL)
            return g_strdup(code);
        return asked->item->type == ITEM_OPEN_CHOICE ? g_steal_pointer(&text) : NULL;
    }
    case ITEM_BOOLEAN:
        return g_str_equal(text, "true") || g_str_equal(text, "false") ? g_steal_pointer(&text)
                                                                       : NULL;
    case ITEM_DATE:
        return beginning(text, DATE_SIZE - 1);
    case ITEM_TIME:
        return beginning(text, TIME_SIZE - 1);
    default:
        return g_steal_pointer(&text);
    }
}

/* What part_of_object() did not take, but for the system and the text of a code, which are told
 * where the option stands. */
static void tell_rest(FhirReader *reader, JsonObject *object, const char *path, const char *member)
{
    static const char *const of_coding[] = {"system", "code", "display", "reference", NULL};
    static const char *const of_quantity[] = {"value", NULL};
    JsonNode *node = json_object_get_member(object, member);
    if (!JSON_NODE_HOLDS_OBJECT(node))
        return;
    g_autofree char *at = g_strdup_printf("%s.%s", path, member);
    JsonObject *parts = json_node_get_object(node);
    fhir_tell_others(&reader->input, parts, at,
                     json_object_has_member(parts, "value") ? of_quantity : of_coding);
}

/* --- conditions --- */

static gboolean read_answer(FhirReader *reader, JsonObject *object, const char *path,
                            const FhirItem *asked, FormWhen *when)
{
    const char *member = fhir_choice_member(object, "answer");
    if (member == NULL)
        return fhir_fault(&reader->input, path,
                          _("The condition has no answer to compare with. Add answer[x]."));
    const char *const known[] = {"question", "operator", member, NULL};
    fhir_tell_others(&reader->input, object, path, known);
    if (when->operator== WHEN_EXISTS) {
        gboolean there;
        if (!fhir_get_flag(&reader->input, object, path, member, &there))
            return FALSE;
        when->answer = g_strdup(there ? "true" : "false");
        return TRUE;
    }
    tell_rest(reader, object, path, member);
    when->answer = fhir_answer(object, member, asked);
    return when->answer != NULL ||
           fhir_fault(&reader->input, path,
                      _("The condition compares with something that cannot be answered to “%s” "
                        "(%s). Correct it to one of that question's answers."),
                      when->question, item_type_name(asked->item->type));
}

static gboolean read_when(FhirReader *reader, JsonObject *object, const char *path, FormItem *item)
{
    g_autofree char *question = NULL, *operator= NULL;
    if (!fhir_get_text(&reader->input, object, path, "question", &question) ||
        !fhir_get_text(&reader->input, object, path, "operator", &operator))
        return FALSE;
    const FhirItem *asked = question != NULL ? g_hash_table_lookup(reader->items, question) : NULL;
    if (asked == NULL)
        return fhir_fault(&reader->input, path,
                          _("The condition looks at “%s”, but no item has that linkId. Correct "
                            "it."),
                          question != NULL ? question : "");
    FormWhen *when = g_new0(FormWhen, 1);
    g_ptr_array_add(item->enable_when, when);
    when->question = g_strdup(asked->item->link_id);
    if (operator== NULL || !when_operator_parse(operator, & when->operator))
        return fhir_fault(&reader->input, path,
                          _("“%s” is no operator. Use exists, =, !=, >, <, >= or <=."),
                          operator!= NULL ? operator: "");
    return read_answer(reader, object, path, asked, when);
}

static void copy_conditions(const FormItem *from, FormItem *to)
{
    to->enable_any = from->enable_any;
    for (guint i = 0; i < from->enable_when->len; i++) {
        const FormWhen *when = from->enable_when->pdata[i];
        FormWhen *copy = g_new0(FormWhen, 1);
        *copy = (FormWhen){.question = g_strdup(when->question),
                           .operator= when->operator,
                           .answer = g_strdup(when->answer)};
        g_ptr_array_add(to->enable_when, copy);
    }
}

static gboolean read_condition(FhirReader *reader, const FhirCondition *condition)
{
    for (guint i = 0; i < json_array_get_length(condition->whens); i++) {
        JsonObject *object;
        g_autofree char *at = NULL;
        if (!fhir_get_element(&reader->input, condition->whens, i, condition->path, "enableWhen",
                              &object, &at) ||
            !read_when(reader, object, at, condition->item))
            return FALSE;
    }
    return TRUE;
}

gboolean fhir_read_conditions(FhirReader *reader)
{
    for (guint i = 0; i < reader->conditions->len; i++) {
        const FhirCondition *condition = reader->conditions->pdata[i];
        if (condition->like != NULL)
            copy_conditions(condition->like, condition->item);
        else if (!read_condition(reader, condition))
            return FALSE;
    }
    return TRUE;
}

/* --- constraints --- */

typedef struct {
    char *key, *severity, *expression, *human, *operator, * answer;
} Constraint;

static void constraint_clear(Constraint *constraint)
{
    g_free(constraint->key);
    g_free(constraint->severity);
    g_free(constraint->expression);
    g_free(constraint->human);
    g_free(constraint->operator);
    g_free(constraint->answer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Constraint, constraint_clear)

static gboolean read_part(FhirReader *reader, JsonObject *extension, const char *path,
                          const char *url, gpointer into, gboolean *known)
{
    Constraint *constraint = into;
    const struct {
        const char *url, *member;
        char **slot;
    } parts[] = {
        {"key", "valueId", &constraint->key}, {"severity", "valueCode", &constraint->severity},
        {"expression", "valueString", &constraint->expression}, {"human", NULL, &constraint->human},
        {
            OWN_OPERATOR,
            "valueCode",
            &constraint->operator},
            {OWN_ANSWER, "valueString", &constraint->answer},
        };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_str_equal(url, parts[i].url) && *parts[i].slot == NULL) {
            *known = TRUE;
            return parts[i].member == NULL
                       ? fhir_extension_translated(reader, extension, path, parts[i].slot)
                       : fhir_extension_text(reader, extension, path, parts[i].member,
                                             parts[i].slot);
        }
    return TRUE;
}

/* A rule is kept in words of its own beside the expression; an expression that says something else
 * has been changed since. */
static void tell_changed(FhirReader *reader, const char *path, const FormItem *item,
                         const FormRule *rule, const char *expression)
{
    g_autofree char *own = fhir_rule_expression(item, rule);
    if (g_strcmp0(own, expression) != 0)
        fhir_tell(&reader->input, path,
                  _("the expression is not understood, and the rule stays “%s %s”: %s"),
                  when_operator_code(rule->operator), rule->answer,
                  expression != NULL ? expression : "");
}

gboolean fhir_read_constraint(FhirReader *reader, JsonObject *extension, const char *path,
                              FormItem *item)
{
    static const char *const members[] = {"url", "extension", NULL};
    g_auto(Constraint) constraint = {0};
    WhenOperator operator;
    fhir_tell_others(&reader->input, extension, path, members);
    if (!fhir_read_extensions(reader, extension, path, read_part, &constraint))
        return FALSE;
    if (constraint.operator== NULL || constraint.answer == NULL ||
        constraint.human == NULL || !when_operator_parse(constraint.operator, & operator)) {
        fhir_tell(&reader->input, path, _("the constraint is not kept: %s (%s)"),
                  constraint.human != NULL ? constraint.human : "",
                  constraint.expression != NULL ? constraint.expression : "");
        return TRUE;
    }
    FormRule *rule = g_new0(FormRule, 1);
    gboolean soft = g_strcmp0(constraint.severity, "warning") == 0;
    g_ptr_array_add(soft ? item->warnings : item->constraints, rule);
    rule->operator= operator;
    rule->answer = g_steal_pointer(&constraint.answer);
    rule->text = g_steal_pointer(&constraint.human);
    tell_changed(reader, path, item, rule, constraint.expression);
    return TRUE;
}

gboolean fhir_read_limit(FhirReader *reader, JsonObject *extension, const char *path,
                         WhenOperator operator, FormItem * item)
{
    const FhirItem asked = {.item = item};
    const char *member = fhir_choice_member(extension, "value");
    const char *const members[] = {"url", member, NULL};
    gboolean ordered = item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL ||
                       item->type == ITEM_DATE || item->type == ITEM_TIME;
    g_autofree char *limit =
        member != NULL && ordered ? fhir_answer(extension, member, &asked) : NULL;
    if (limit == NULL) {
        fhir_tell_member(&reader->input, extension, path, member != NULL ? member : "url");
        return TRUE;
    }
    fhir_tell_others(&reader->input, extension, path, members);
    FormRule *rule = g_new0(FormRule, 1);
    g_ptr_array_add(item->constraints, rule);
    rule->operator= operator;
    /* A form's own texts are Swedish. */
    rule->text = g_strdup_printf(
        i18n_text_in("sv", operator== WHEN_GE ? N_("The answer is at least %s. Change it.")
                                              : N_("The answer is at most %s. Change it.")),
        limit);
    rule->answer = g_steal_pointer(&limit);
    return TRUE;
}
