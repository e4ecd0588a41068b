/* fhir_write.c: a form as a FHIR R4 Questionnaire. */
#include "exchange/fhir_private.h"

#include "base/date.h"
#include "base/text.h"
#include "form/form_write.h"

#include <string.h>

/* Into which the forms' catalogue translates. */
static const char *const LANGUAGES[] = {"en", "fi"};

typedef struct {
    const Form *form;
    int rules; /* written so far: a constraint's key is unique in its questionnaire */
} Writer;

/* --- JSON --- */

static void set_text(JsonObject *object, const char *member, const char *text)
{
    if (text != NULL)
        json_object_set_string_member(object, member, text);
}

/* The array in `member`, which is made when the first element comes. */
static JsonArray *array_in(JsonObject *object, const char *member)
{
    if (!json_object_has_member(object, member))
        json_object_set_array_member(object, member, json_array_new());
    return json_object_get_array_member(object, member);
}

static JsonObject *add_object(JsonObject *object, const char *member)
{
    JsonObject *element = json_object_new();
    json_array_add_object_element(array_in(object, member), element);
    return element;
}

/* --- extensions --- */

static JsonObject *extend(JsonObject *object, const char *url)
{
    JsonObject *extension = add_object(object, "extension");
    set_text(extension, "url", url);
    return extension;
}

static void extend_code(JsonObject *object, const char *url, const char *code)
{
    if (code != NULL)
        set_text(extend(object, url), "valueCode", code);
}

static void extend_string(JsonObject *object, const char *url, const char *text)
{
    if (text != NULL)
        set_text(extend(object, url), "valueString", text);
}

static void extend_flag(JsonObject *object, const char *url, gboolean flag)
{
    if (flag)
        json_object_set_boolean_member(extend(object, url), "valueBoolean", TRUE);
}

/* The text in `member`, and its translations beside it in `_member`. */
static void set_translated(JsonObject *object, const char *member, const char *text)
{
    if (text == NULL)
        return;
    set_text(object, member, text);
    g_autofree char *beside = g_strconcat("_", member, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const char *translated = form_text_in(text, LANGUAGES[i]);
        if (translated == text)
            continue;
        if (!json_object_has_member(object, beside))
            json_object_set_object_member(object, beside, json_object_new());
        JsonObject *extension =
            extend(json_object_get_object_member(object, beside), FHIR_TRANSLATION);
        extend_code(extension, "lang", LANGUAGES[i]);
        extend_string(extension, "content", translated);
    }
}

static void extend_translated(JsonObject *object, const char *url, const char *text)
{
    if (text != NULL)
        set_translated(extend(object, url), "valueString", text);
}

/* --- answers --- */

/* The system of an item's codes, which mean something in that item of that form alone. */
static char *code_system(const Writer *writer, const FormItem *item)
{
    g_autofree char *form = g_uri_escape_string(writer->form->name, NULL, FALSE);
    g_autofree char *link_id = g_uri_escape_string(item->link_id, NULL, FALSE);
    return g_strdup_printf(OWN_FORM ":%s:%s", form, link_id);
}

static JsonObject *coding(const Writer *writer, const FormItem *item, const char *code)
{
    g_autofree char *system = code_system(writer, item);
    JsonObject *object = json_object_new();
    set_text(object, "system", system);
    set_text(object, "code", code);
    return object;
}

/* `answer`, one to `asked`, in the member that its type has: `prefix` "answer" or "value". */
static void set_answer(const Writer *writer, JsonObject *object, const char *prefix,
                       const FormItem *asked, const char *answer)
{
    char clock[TIME_SIZE];
    g_autofree char *time = NULL;
    const char *kind = "String";
    JsonNode *node = json_node_new(JSON_NODE_VALUE);
    switch (asked->type) {
    case ITEM_BOOLEAN:
        kind = "Boolean";
        json_node_set_boolean(node, g_str_equal(answer, "true"));
        break;
    case ITEM_INTEGER:
        kind = "Integer";
        json_node_set_int(node, g_ascii_strtoll(answer, NULL, 10));
        break;
    case ITEM_DECIMAL:
        kind = "Decimal";
        json_node_set_double(node, g_ascii_strtod(answer, NULL));
        break;
    case ITEM_DATE:
        kind = "Date";
        json_node_set_string(node, answer);
        break;
    case ITEM_TIME:
        kind = "Time";
        time = g_strconcat(time_format(time_parse(answer), clock), ":00", NULL);
        json_node_set_string(node, time);
        break;
    default:
        if (form_option(asked, answer) != NULL) {
            kind = "Coding";
            json_node_init(node, JSON_NODE_OBJECT);
            json_node_take_object(node, coding(writer, asked, answer));
        } else
            json_node_set_string(node, answer);
    }
    g_autofree char *member = g_strconcat(prefix, kind, NULL);
    json_object_set_member(object, member, node);
}

/* --- the parts of an item --- */

static void add_whens(const Writer *writer, JsonObject *object, const FormItem *item)
{
    for (guint i = 0; i < item->enable_when->len; i++) {
        const FormWhen *when = item->enable_when->pdata[i];
        JsonObject *element = add_object(object, "enableWhen");
        set_text(element, "question", when->question);
        set_text(element, "operator", when_operator_code(when->operator));
        if (when->operator== WHEN_EXISTS)
            json_object_set_boolean_member(element, "answerBoolean",
                                           g_str_equal(when->answer, "true"));
        else
            set_answer(writer, element, "answer", form_item(writer->form, when->question),
                       when->answer);
    }
    if (item->enable_any || item->enable_when->len > 1)
        set_text(object, "enableBehavior", item->enable_any ? "any" : "all");
}

static void add_options(const Writer *writer, JsonObject *object, const FormItem *item)
{
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = item->options->pdata[i];
        JsonObject *element = add_object(object, "answerOption");
        if (option->key != 0) {
            char key[7] = "";
            g_unichar_to_utf8(option->key, key);
            extend_string(element, FHIR_OPTION_PREFIX, key);
        }
        extend_flag(element, FHIR_OPTION_EXCLUSIVE, option->exclusive);
        extend_flag(element, OWN_OFFERS_HELP, option->offers_help);
        extend_flag(element, OWN_UNIT_CAUSE, option->unit_cause);
        for (guint a = 0; a < option->alias->len; a++)
            extend_string(element, OWN_ALIAS, option->alias->pdata[a]);
        JsonObject *value = coding(writer, item, option->code);
        set_translated(value, "display", option->display);
        json_object_set_object_member(element, "valueCoding", value);
        if (g_strcmp0(item->initial, option->code) == 0)
            json_object_set_boolean_member(element, "initialSelected", TRUE);
    }
}

static void extend_fhirpath(JsonObject *object, const char *url, const char *expression)
{
    JsonObject *value = json_object_new();
    set_text(value, "language", "text/fhirpath");
    set_text(value, "expression", expression);
    json_object_set_object_member(extend(object, url), "valueExpression", value);
}

/* The answer of another question is no text that others could show as it stands. */
static void add_expression(const Writer *writer, JsonObject *object, const FormItem *item)
{
    const char *link_id = item->initial + 1;
    const FormItem *other = form_item(writer->form, link_id);
    g_autofree char *expression =
        fhir_initial_expression(link_id, other != NULL ? other->type : ITEM_STRING);
    extend_fhirpath(object, FHIR_INITIAL_EXPRESSION, expression);
}

static void add_candidates(JsonObject *object, const FormItem *item)
{
    if (item->candidates->len == 0)
        return;
    g_autofree char *expression = fhir_candidate_expression(item->candidates);
    extend_fhirpath(object, FHIR_CANDIDATE_EXPRESSION, expression);
}

/* Options and initial[x] do not go together in R4 (que-11): an option says itself that it is
 * chosen at first, and own words of an open choice stand in an extension. */
static void add_initial(const Writer *writer, JsonObject *object, const FormItem *item)
{
    if (item->initial == NULL || form_option(item, item->initial) != NULL)
        return;
    if (form_initial_refers(item))
        add_expression(writer, object, item);
    else if (item->options->len > 0)
        extend_string(object, OWN_INITIAL, item->initial);
    else
        set_answer(writer, add_object(object, "initial"), "value", item, item->initial);
}

static void add_rules(Writer *writer, JsonObject *object, const FormItem *item,
                      const GPtrArray *rules, const char *severity)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = rules->pdata[i];
        g_autofree char *key = g_strdup_printf("rule-%d", ++writer->rules);
        g_autofree char *expression = fhir_rule_expression(item, rule);
        JsonObject *constraint = extend(object, FHIR_CONSTRAINT);
        set_text(extend(constraint, "key"), "valueId", key);
        extend_code(constraint, "severity", severity);
        extend_string(constraint, "expression", expression);
        extend_translated(constraint, "human", rule->text);
        extend_code(constraint, OWN_OPERATOR, when_operator_code(rule->operator));
        extend_string(constraint, OWN_ANSWER, rule->answer);
    }
}

/* A display may hold no items (que-1), so its help stands in an extension. */
static void add_help(const Writer *writer, JsonObject *object, const FormItem *item)
{
    if (item->help == NULL)
        return;
    if (item->type == ITEM_DISPLAY) {
        extend_translated(object, OWN_HELP, item->help);
        return;
    }
    GString *link_id = g_string_new(item->link_id);
    do
        g_string_append(link_id, "-help");
    while (form_item(writer->form, link_id->str) != NULL);
    JsonObject *help = add_object(object, "item");
    JsonObject *concept = json_object_new();
    json_object_set_object_member(extend(help, FHIR_ITEM_CONTROL), "valueCodeableConcept", concept);
    JsonObject *control = add_object(concept, "coding");
    set_text(control, "system", FHIR_ITEM_CONTROL_CODES);
    set_text(control, "code", "help");
    set_text(help, "linkId", link_id->str);
    set_translated(help, "text", item->help);
    set_text(help, "type", "display");
    g_string_free(link_id, TRUE);
}

static void add_items(Writer *writer, JsonObject *into, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        JsonObject *object = add_object(into, "item");
        set_text(object, "linkId", item->link_id);
        set_translated(object, "text", item->text);
        set_text(object, "type", item_type_name(item->type));
        extend_flag(object, OWN_WORDS, item->own_words);
        extend_flag(object, OWN_STATUTORY, item->statutory);
        extend_flag(object, OWN_FOLLOW_UP, item->follow_up);
        if (item->max > 0)
            json_object_set_int_member(extend(object, FHIR_MAX_OCCURS), "valueInteger", item->max);
        extend_string(object, OWN_MAPS_TO, item->maps_to);
        extend_string(object, OWN_KNOWN, item->known);
        for (guint b = 0; b < item->beside->len; b++)
            extend_string(object, OWN_BESIDE, item->beside->pdata[b]);
        add_candidates(object, item);
        add_rules(writer, object, item, item->constraints, "error");
        add_rules(writer, object, item, item->warnings, "warning");
        add_whens(writer, object, item);
        /* A display is never required (que-6). */
        if (item->type == ITEM_DISPLAY)
            extend_flag(object, OWN_REQUIRED, item->required);
        else if (item->required)
            json_object_set_boolean_member(object, "required", TRUE);
        if (item->repeats)
            json_object_set_boolean_member(object, "repeats", TRUE);
        add_options(writer, object, item);
        add_initial(writer, object, item);
        add_help(writer, object, item);
        add_items(writer, object, item->items);
    }
}

/* --- the form --- */

char *fhir_computer_name(const char *name)
{
    GString *out = g_string_new(NULL);
    gboolean capital = TRUE;
    for (const char *at = name; *at != '\0'; at++) {
        if (g_ascii_isalnum(*at))
            g_string_append_c(out, capital ? g_ascii_toupper(*at) : *at);
        capital = !g_ascii_isalnum(*at);
    }
    if (!g_ascii_isupper(out->str[0]))
        g_string_prepend(out, "Form");
    return g_string_free(out, FALSE);
}

static JsonObject *questionnaire(Writer *writer)
{
    const Form *form = writer->form;
    JsonObject *root = json_object_new();
    g_autofree char *name = fhir_computer_name(form->name);
    set_text(root, "resourceType", "Questionnaire");
    set_text(root, "language", "sv");
    if (form->count > 0)
        json_object_set_int_member(extend(root, OWN_COUNT), "valueInteger", form->count);
    extend_code(root, OWN_RESPONDENT, form->respondent);
    extend_code(root, OWN_KIND, form_kind_code(form->kind));
    extend_translated(root, OWN_OPENING, form->opening);
    extend_translated(root, OWN_OPENING_ON_PAPER, form->opening_on_paper);
    extend_translated(root, OWN_CLOSING, form->closing);
    JsonObject *identifier = add_object(root, "identifier");
    set_text(identifier, "system", OWN_FORM);
    set_text(identifier, "value", form->name);
    set_text(root, "version", form->version);
    set_text(root, "name", name);
    set_translated(root, "title", form->title);
    set_text(root, "status", "active");
    set_text(root, "publisher", form->source);
    add_items(writer, root, form->items);
    return root;
}

char *fhir_write(const Form *form)
{
    Writer writer = {.form = form};
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, questionnaire(&writer));
    g_autofree char *text = json_to_string(node, TRUE);
    return g_strconcat(text, "\n", NULL);
}
