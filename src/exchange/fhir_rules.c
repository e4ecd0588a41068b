/* fhir_rules.c: answers, conditions and constraints of a Questionnaire. */
#include "exchange/fhir_read_private.h"

#include "base/date.h"
#include "base/i18n.h"

#include <string.h>

/* --- answers --- */

/* "2026-01-31T08:30:00+01:00" → "2026-01-31", "08:30:00" → "08:30". */
static char *beginning(const char *text, gsize length)
{
    return strlen(text) > length ? g_strndup(text, length) : g_strdup(text);
}

/* The number of a Quantity, the code or words of a Coding, the address or words of a Reference. */
static char *part_of_object(JsonObject *object, const char *member)
{
    static const char *const of_quantity[] = {"value", NULL};
    static const char *const of_coding[] = {"code", "display", NULL};
    static const char *const of_others[] = {"reference", "display", NULL};
    const char *const *parts = g_str_has_suffix(member, "Quantity") ? of_quantity
                               : g_str_has_suffix(member, "Coding") ? of_coding
                                                                    : of_others;
    for (; *parts != NULL; parts++) {
        JsonNode *part = json_object_get_member(object, *parts);
        if (part != NULL && JSON_NODE_HOLDS_VALUE(part))
            return fhir_plain(part);
    }
    return NULL;
}

/* Own words do for an open choice. */
static char *answer_to_choice(JsonNode *node, const char *text, const FhirItem *asked)
{
    const char *code = NULL;
    if (JSON_NODE_HOLDS_OBJECT(node))
        code = fhir_option_code(asked, json_node_get_object(node));
    else if (asked->codes != NULL) {
        code = g_hash_table_lookup(asked->codes, text);
        if (code == NULL)
            code = g_hash_table_lookup(asked->texts, text);
    }
    if (code != NULL && code[0] != '\0')
        return g_strdup(code);
    return asked->item->type == ITEM_OPEN_CHOICE && code == NULL && JSON_NODE_HOLDS_VALUE(node)
               ? g_strdup(text)
               : NULL;
}

char *fhir_answer(JsonObject *object, const char *member, const FhirItem *asked)
{
    JsonNode *node = json_object_get_member(object, member);
    g_autofree char *text = JSON_NODE_HOLDS_OBJECT(node)
                                ? part_of_object(json_node_get_object(node), member)
                                : fhir_plain(node);
    if (text == NULL || text[0] == '\0')
        return NULL;
    switch (asked->item->type) {
    case ITEM_GROUP:
    case ITEM_DISPLAY:
        return NULL;
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return answer_to_choice(node, text, asked);
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

void fhir_tell_rest(FhirReader *reader, JsonObject *object, const char *path, const char *member)
{
    static const char *const of_quantity[] = {"value", NULL};
    static const char *const of_others[] = {"system", "code", "display", "reference", NULL};
    JsonNode *node = json_object_get_member(object, member);
    if (!JSON_NODE_HOLDS_OBJECT(node))
        return;
    g_autofree char *at = g_strdup_printf("%s.%s", path, member);
    fhir_tell_others(&reader->input, json_node_get_object(node), at,
                     g_str_has_suffix(member, "Quantity") ? of_quantity : of_others);
}

/* --- first answers --- */

/* The FHIRPath in the extension; NULL when there is none. New. */
static char *read_fhirpath(FhirReader *reader, JsonObject *extension, const char *path)
{
    static const char *const members[] = {"url", "valueExpression", NULL};
    FhirInput *input = &reader->input;
    JsonObject *value = fhir_get_object(input, extension, path, "valueExpression");
    g_autofree char *language =
        value != NULL ? fhir_get_text(input, value, path, "language") : NULL;
    g_autofree char *expression =
        value != NULL ? fhir_get_text(input, value, path, "expression") : NULL;
    fhir_tell_others(input, extension, path, members);
    return g_strcmp0(language, "text/fhirpath") == 0 ? g_steal_pointer(&expression) : NULL;
}

void fhir_read_expression(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item)
{
    g_autofree char *expression = read_fhirpath(reader, extension, path);
    g_autofree char *link_id = expression != NULL ? fhir_initial_link_id(expression) : NULL;
    const FhirItem *other = link_id != NULL ? g_hash_table_lookup(reader->items, link_id) : NULL;
    g_autofree char *ours =
        other != NULL ? fhir_initial_expression(link_id, other->item->type) : NULL;
    if (ours != NULL && g_str_equal(expression, ours))
        item->initial = g_strconcat("=", other->item->link_id, NULL);
    if (item->initial == NULL || !form_initial_refers(item)) {
        g_clear_pointer(&item->initial, g_free);
        fhir_tell_member(&reader->input, extension, path, "valueExpression");
    }
}

void fhir_read_candidates(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item)
{
    g_autofree char *expression = read_fhirpath(reader, extension, path);
    g_autoptr(GPtrArray) link_ids = expression != NULL ? fhir_candidate_link_ids(expression) : NULL;
    for (guint i = 0; link_ids != NULL && i < link_ids->len; i++) {
        const FhirItem *named = g_hash_table_lookup(reader->items, link_ids->pdata[i]);
        g_ptr_array_add(item->candidates,
                        g_strdup(named != NULL ? named->item->link_id : link_ids->pdata[i]));
    }
    if (link_ids == NULL)
        fhir_tell_member(&reader->input, extension, path, "valueExpression");
}

/* --- conditions --- */

static char *read_answer(FhirReader *reader, JsonObject *object, const char *path,
                         const FhirItem *asked, WhenOperator operator)
{
    const char *member = fhir_choice_member(object, "answer");
    if (member == NULL) {
        fhir_fault(&reader->input, path,
                   _("The condition has no answer to compare with. Add answer[x]."));
        return NULL;
    }
    const char *const known[] = {"question", "operator", member, NULL};
    fhir_tell_others(&reader->input, object, path, known);
    if (operator== WHEN_EXISTS)
        return g_strdup(fhir_get_flag(&reader->input, object, path, member) ? "true" : "false");
    char *answer = fhir_answer(object, member, asked);
    if (answer != NULL)
        fhir_tell_rest(reader, object, path, member);
    else {
        fhir_tell(&reader->input, path,
                  _("the condition is not kept: it compares with something that cannot be answered "
                    "to “%s” (%s)"),
                  asked->item->link_id, item_type_name(asked->item->type));
        fhir_tell_member(&reader->input, object, path, member);
    }
    return answer;
}

/* NULL when it cannot be kept. */
static FormWhen *read_when(FhirReader *reader, JsonObject *object, const char *path)
{
    WhenOperator operator;
    g_autofree char *question = fhir_get_text(&reader->input, object, path, "question");
    g_autofree char *code = fhir_get_text(&reader->input, object, path, "operator");
    const FhirItem *asked = question != NULL ? g_hash_table_lookup(reader->items, question) : NULL;
    if (asked == NULL)
        fhir_fault(&reader->input, path,
                   _("The condition looks at “%s”, but no item has that linkId. Correct it."),
                   question != NULL ? question : "");
    gboolean known = code != NULL && when_operator_parse(code, &operator);
    if (!known)
        fhir_fault(&reader->input, path,
                   _("“%s” is no operator. Use exists, =, !=, >, <, >= or <=."),
                   code != NULL ? code : "");
    char *answer =
        asked != NULL && known ? read_answer(reader, object, path, asked, operator) : NULL;
    if (answer == NULL)
        return NULL;
    FormWhen *when = g_new0(FormWhen, 1);
    *when = (FormWhen){
        .question = g_strdup(asked->item->link_id), .operator= operator, .answer = answer };
    return when;
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

static void read_condition(FhirReader *reader, const FhirCondition *condition)
{
    GPtrArray *into = condition->item->enable_when;
    gboolean whole = TRUE;
    for (guint i = 0; i < json_array_get_length(condition->whens); i++) {
        g_autofree char *at = NULL;
        JsonObject *object = fhir_get_element(&reader->input, condition->whens, i, condition->path,
                                              "enableWhen", &at);
        FormWhen *when = object != NULL ? read_when(reader, object, at) : NULL;
        if (when != NULL)
            g_ptr_array_add(into, when);
        else
            whole = FALSE;
    }
    /* One of several that would have done: without it, the others ask too seldom. */
    if (!whole && condition->item->enable_any)
        g_ptr_array_set_size(into, 0);
}

void fhir_read_conditions(FhirReader *reader)
{
    for (guint i = 0; i < reader->conditions->len; i++) {
        const FhirCondition *condition = reader->conditions->pdata[i];
        if (condition->like != NULL)
            copy_conditions(condition->like, condition->item);
        else
            read_condition(reader, condition);
    }
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
                          const char *url, gpointer into)
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
            *parts[i].slot = parts[i].member == NULL
                                 ? fhir_extension_translated(reader, extension, path)
                                 : fhir_extension_text(reader, extension, path, parts[i].member);
            return TRUE;
        }
    return FALSE;
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

void fhir_read_constraint(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item)
{
    static const char *const members[] = {"url", "extension", NULL};
    g_auto(Constraint) constraint = {0};
    WhenOperator operator;
    fhir_tell_others(&reader->input, extension, path, members);
    fhir_read_extensions(reader, extension, path, read_part, &constraint);
    if (constraint.operator== NULL || constraint.answer == NULL ||
        constraint.human == NULL || !when_operator_parse(constraint.operator, & operator)) {
        fhir_tell(&reader->input, path, _("the constraint is not kept: %s (%s)"),
                  constraint.human != NULL ? constraint.human : "",
                  constraint.expression != NULL ? constraint.expression : "");
        return;
    }
    FormRule *rule = g_new0(FormRule, 1);
    gboolean soft = g_strcmp0(constraint.severity, "warning") == 0;
    g_ptr_array_add(soft ? item->warnings : item->constraints, rule);
    rule->operator= operator;
    rule->answer = g_steal_pointer(&constraint.answer);
    rule->text = g_steal_pointer(&constraint.human);
    tell_changed(reader, path, item, rule, constraint.expression);
}

void fhir_read_limit(FhirReader *reader, JsonObject *extension, const char *path,
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
        return;
    }
    fhir_tell_others(&reader->input, extension, path, members);
    fhir_tell_rest(reader, extension, path, member);
    FormRule *rule = g_new0(FormRule, 1);
    g_ptr_array_add(item->constraints, rule);
    rule->operator= operator;
    /* A form's own texts are Swedish. */
    rule->text = g_strdup_printf(
        i18n_text_in("sv", operator== WHEN_GE ? N_("The answer is at least %s. Change it.")
                                              : N_("The answer is at most %s. Change it.")),
        limit);
    rule->answer = g_steal_pointer(&limit);
}
