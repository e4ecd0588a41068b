/* fhir.c: forms as FHIR Questionnaires and back: nothing the engine knows is lost, and nothing it
 * does not know is dropped in silence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "exchange/fhir.h"
#include "tests/unit/form/form_equal.h"

#include <json-glib/json-glib.h>

static int use_build_share(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    i18n_init("en");
    return 0;
}

static Form *load(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(yaml, strlen(yaml), "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s in\n%s", error->message, yaml);
    return form;
}

static GPtrArray *new_list(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static Form *read_json(const char *json, GPtrArray *unknown)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = fhir_read(json, strlen(json), "prov.json", unknown, &error);
    if (yaml == NULL)
        fail_msg("%s in\n%s", error->message, json);
    return load(yaml);
}

static void assert_round_trip(const Form *form)
{
    g_autoptr(GPtrArray) unknown = new_list();
    g_autofree char *json = fhir_write(form);
    g_autoptr(Form) again = read_json(json, unknown);
    if (unknown->len > 0)
        fail_msg("%s in\n%s", (char *)unknown->pdata[0], json);
    g_autofree char *difference = form_difference(form, again);
    if (difference != NULL)
        fail_msg("%s in\n%s", difference, json);
}

/* --- there and back --- */

static void test_shipped(void **state)
{
    (void)state;
    int count = 0;
    g_autoptr(GDir) folder = g_dir_open("forms", 0, NULL);
    assert_non_null(folder);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        if (!g_str_has_suffix(name, ".yaml"))
            continue;
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename("forms", name, NULL);
        g_autoptr(Form) form = form_load(path, NULL, &error);
        if (form == NULL)
            fail_msg("%s", error->message);
        assert_round_trip(form);
        count++;
    }
    assert_true(count >= 8);
}

/* Every field, and every type with a condition, a rule and a first answer. */
static const char EVERYTHING[] =
    "name: 2-allt\nversion: \"1.2\"\ntitle: Allt\nsource: Provet\ncount: 10\nrespondent: child\n"
    "kind: interview\nopening: Hej {client}\nclosing: Tack\nitem:\n"
    "- {linkId: visas, type: display, text: Läs detta, help: Långsamt, required: true}\n"
    "- linkId: grupp\n  type: group\n  help: En hjälp\n  required: true\n  repeats: true\n"
    "  mapsTo: a.b\n  item:\n"
    "  - {linkId: ja, type: boolean, text: Ja?, initial: \"true\", statutory: true,\n"
    "     beside: [visas, grupp]}\n"
    "  - {linkId: ja-help, type: display, text: Samma linkId som en hjälp kunde få}\n"
    "- linkId: val\n  type: choice\n  repeats: true\n  text: Välj\n  help: Med en tangent\n"
    "  initial: två\n  answerOption:\n"
    "  - {code: ett, display: Ett, key: å, alias: [I, \"1\"], offersHelp: true}\n"
    "  - {code: två, display: Två, key: \"2\", unitCause: true}\n"
    "  - {code: inget, display: Inget, exclusive: true}\n"
    "  warning:\n  - {operator: \"!=\", answer: inget, text: Verkligen inget?}\n"
    "- linkId: öppet\n  type: open-choice\n  text: Välj eller skriv\n  initial: i dag\n"
    "  ownWords: true\n  answerOption:\n  - {code: a, display: A}\n"
    "- linkId: heltal\n  type: integer\n  text: Hur många?\n  initial: \"-3\"\n  required: true\n"
    "  enableWhen:\n  - {question: val, operator: \"=\", answer: ett}\n"
    "  - {question: öppet, operator: \"!=\", answer: egna ord}\n  enableBehavior: any\n"
    "- linkId: tal\n  type: decimal\n  text: Hur mycket?\n  initial: \"0.1\"\n"
    "  enableWhen:\n  - {question: heltal, operator: \">=\", answer: \"4\"}\n"
    "  - {question: heltal, operator: exists, answer: \"false\"}\n"
    "  constraint:\n  - {operator: \"<\", answer: \"12.75\", text: Mindre än så.}\n"
    "- linkId: dag\n  type: date\n  text: När?\n  initial: 2026-11-22\n"
    "  enableWhen:\n  - {question: tal, operator: \"<\", answer: \"0.7\"}\n"
    "  constraint:\n  - {operator: \">=\", answer: today-1, text: Inte så länge sedan.}\n"
    "- linkId: dag-2\n  type: date\n  text: Till när?\n"
    "  constraint:\n  - {operator: \">\", answer: =dag, text: Efter den förra.}\n"
    "- linkId: tid\n  type: time\n  text: Hur dags?\n  initial: 08:30\n"
    "  enableWhen:\n  - {question: dag, operator: \">\", answer: 2026-01-01}\n"
    "  warning:\n  - {operator: \"<=\", answer: \"17:00\", text: Så sent?}\n"
    "- linkId: namn\n  type: string\n  text: Vad heter du?\n  initial: \"it's \\\\ null\"\n"
    "  enableWhen:\n  - {question: tid, operator: \"<=\", answer: 09:00}\n"
    "- linkId: mer\n  type: text\n  text: |-\n    Mer?\n\n    Två stycken.\n"
    "  enableWhen:\n  - {question: namn, operator: \"=\", answer: Eva}\n"
    "  enableBehavior: any\n";

static void test_everything(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(EVERYTHING);
    assert_round_trip(form);
}

/* A first answer that names another question, of every type of question there is, by a linkId that
 * FHIRPath must write with care: proposed in words there, and here again what it was. */
static void test_initial_expression(void **state)
{
    (void)state;
    static const char *const TYPES[] = {"boolean", "choice", "open-choice", "integer", "decimal",
                                        "date",    "time",   "string",      "text"};
    static const char *const INTO[] = {"string", "text"};
    for (gsize i = 0; i < G_N_ELEMENTS(TYPES) * G_N_ELEMENTS(INTO); i++) {
        const char *type = TYPES[i / G_N_ELEMENTS(INTO)];
        const char *options = strstr(type, "choice") != NULL
                                  ? ", answerOption: [{code: a, display: A}, {code: b, display: B}]"
                                  : "";
        g_autofree char *yaml =
            g_strdup_printf("name: prov\nversion: \"1\"\ntitle: Prov\nsource: Provet\nitem:\n"
                            "- {linkId: den.första, type: %s, text: A%s}\n"
                            "- {linkId: andra, type: %s, text: B, initial: =den.första}\n",
                            type, options, INTO[i % G_N_ELEMENTS(INTO)]);
        g_autoptr(Form) form = load(yaml);
        assert_true(form_initial_refers(form_item(form, "andra")));
        assert_round_trip(form);
        g_autofree char *json = fhir_write(form);
        assert_null(strstr(json, "=den"));
        assert_null(strstr(json, "\"initial\""));
        assert_non_null(strstr(json, "sdc-questionnaire-initialExpression"));
    }
}

/* What other programs count on, looked at in the JSON itself. */
static JsonObject *element(JsonObject *object, const char *member, guint index)
{
    JsonArray *array = json_object_get_array_member(object, member);
    assert_true(array != NULL && index < json_array_get_length(array));
    return json_array_get_object_element(array, index);
}

static JsonObject *extension(JsonObject *object, const char *url)
{
    JsonArray *array = json_object_get_array_member(object, "extension");
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        JsonObject *found = json_array_get_object_element(array, i);
        if (g_str_equal(json_object_get_string_member(found, "url"), url))
            return found;
    }
    fail_msg("no extension %s", url);
    return NULL;
}

#define assert_member(object, member, value)                                                       \
    assert_string_equal(json_object_get_string_member(object, member), value)
#define CORE "http://hl7.org/fhir/StructureDefinition/"

static void test_standard(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(EVERYTHING);
    g_autofree char *json = fhir_write(form);
    g_autoptr(JsonParser) parser = json_parser_new();
    assert_true(json_parser_load_from_data(parser, json, -1, NULL));
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    assert_member(root, "resourceType", "Questionnaire");
    assert_member(root, "status", "active");
    assert_member(root, "name", "Form2Allt");
    assert_member(root, "language", "sv");
    assert_member(root, "publisher", "Provet");
    assert_member(element(root, "identifier", 0), "value", "2-allt");

    JsonObject *choice = element(root, "item", 2), *option = element(choice, "answerOption", 1);
    assert_member(choice, "type", "choice");
    assert_member(json_object_get_object_member(option, "valueCoding"), "code", "två");
    assert_member(extension(option, CORE "questionnaire-optionPrefix"), "valueString", "2");
    assert_true(json_object_get_boolean_member(option, "initialSelected"));
    assert_false(json_object_has_member(choice, "initial"));
    assert_true(json_object_get_boolean_member(
        extension(element(choice, "answerOption", 2), CORE "questionnaire-optionExclusive"),
        "valueBoolean"));
    JsonObject *help = element(choice, "item", 0);
    assert_member(help, "type", "display");
    assert_member(help, "text", "Med en tangent");
    JsonObject *control = json_object_get_object_member(
        extension(help, CORE "questionnaire-itemControl"), "valueCodeableConcept");
    assert_member(element(control, "coding", 0), "code", "help");
    JsonObject *constraint = extension(choice, CORE "questionnaire-constraint");
    assert_member(extension(constraint, "severity"), "valueCode", "warning");
    assert_member(extension(constraint, "human"), "valueString", "Verkligen inget?");
    assert_member(extension(constraint, "expression"), "valueString",
                  "answer.all(value.code != 'inget')");

    JsonObject *number = element(root, "item", 4);
    assert_member(number, "enableBehavior", "any");
    JsonObject *when = element(number, "enableWhen", 0);
    assert_member(when, "question", "val");
    assert_member(json_object_get_object_member(when, "answerCoding"), "code", "ett");
    assert_member(element(number, "enableWhen", 1), "answerString", "egna ord");
    assert_int_equal(json_object_get_int_member(element(number, "initial", 0), "valueInteger"), -3);
    JsonObject *decimal = element(root, "item", 5);
    assert_int_equal(json_object_get_int_member(element(decimal, "enableWhen", 0), "answerInteger"),
                     4);
    assert_false(
        json_object_get_boolean_member(element(decimal, "enableWhen", 1), "answerBoolean"));
    assert_member(decimal, "enableBehavior", "all");
    JsonObject *time = element(root, "item", 8);
    assert_member(element(time, "enableWhen", 0), "answerDate", "2026-01-01");
    assert_member(element(time, "initial", 0), "valueTime", "08:30:00");

    static const struct {
        guint item;
        const char *expression;
    } expressions[] = {
        {5, "answer.all(value < 12.75)"},
        {6, "answer.all(value >= today() - 1 days)"},
        {7,
         "%resource.descendants().where(linkId = 'dag').answer.value.empty() or answer.all(value "
         "> %resource.descendants().where(linkId = 'dag').answer.value)"},
        {8, "answer.all(value <= @T17:00)"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(expressions); i++)
        assert_member(extension(extension(element(root, "item", expressions[i].item),
                                          CORE "questionnaire-constraint"),
                                "expression"),
                      "valueString", expressions[i].expression);
}

static void test_translations(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = form_load("forms/avbokning.yaml", NULL, &error);
    g_autofree char *json = fhir_write(form);
    g_autoptr(JsonParser) parser = json_parser_new();
    assert_true(json_parser_load_from_data(parser, json, -1, NULL));
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    JsonObject *beside = json_object_get_object_member(root, "_title");
    JsonObject *english = element(beside, "extension", 0),
               *finnish = element(beside, "extension", 1);
    assert_member(english, "url", CORE "translation");
    assert_member(extension(english, "lang"), "valueCode", "en");
    assert_member(extension(english, "content"), "valueString", "Cancelled visit");
    assert_member(extension(finnish, "content"), "valueString", "Peruttu käynti");
}

/* --- from elsewhere --- */

#define HEAD                                                                                       \
    "{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\"name\":\"PROV\",\"title\":"       \
    "\"Prov\","
#define ITEM "{\"linkId\":\"a\",\"type\":\"text\",\"text\":\"A\"}"
#define ONE(members) HEAD "\"item\":[{\"linkId\":\"a\"," members "}]}"
#define CHOICE "\"type\":\"choice\",\"text\":\"A\",\"answerOption\":"

/* A questionnaire as other programs write one: codes from a code system, numbers and texts as
 * options, a value set in the same file, help, items inside a question. */
static const char FOREIGN[] =
    "\xEF\xBB\xBF{\"resourceType\":\"Questionnaire\",\"id\":\"phq\",\"status\":\"draft\","
    "\"url\":\"http://example.org/q\",\"name\":\"Sample_Form\",\"title\":\"Sample\","
    "\"language\":\"en\",\"_title\":{\"extension\":[{\"url\":\"" CORE "translation\",\"extension\":"
    "[{\"url\":\"lang\",\"valueCode\":\"sv-SE\"},{\"url\":\"content\",\"valueString\":\"Prov\"}]}]}"
    ","
    "\"contained\":[{\"resourceType\":\"ValueSet\",\"id\":\"often\",\"status\":\"active\","
    "\"compose\":{\"include\":[{\"system\":\"http://loinc.org\",\"concept\":["
    "{\"code\":\"LA1\",\"display\":\"Never\"},{\"code\":\"LA2\",\"display\":\"Often\"}]}]}}],"
    "\"item\":["
    "{\"linkId\":\"/1 a\",\"prefix\":\"1.\",\"type\":\"choice\",\"text\":\"How often?\","
    "\"answerValueSet\":\"#often\",\"item\":["
    "{\"linkId\":\"h\",\"type\":\"display\",\"text\":\"Think back\",\"extension\":[{\"url\":\"" CORE
    "questionnaire-itemControl\",\"valueCodeableConcept\":{\"coding\":[{\"code\":\"help\"}]}}]},"
    "{\"linkId\":\"why\",\"type\":\"string\",\"text\":\"Why?\",\"maxLength\":20}]},"
    "{\"linkId\":\"2\",\"type\":\"choice\",\"text\":\"Score\",\"answerOption\":["
    "{\"valueInteger\":0,\"extension\":[{\"url\":\"" CORE "ordinalValue\",\"valueDecimal\":0}]},"
    "{\"valueInteger\":1,\"initialSelected\":true}]},"
    "{\"linkId\":\"3\",\"type\":\"open-choice\",\"text\":\"Which?\",\"answerOption\":["
    "{\"valueString\":\"Very good\",\"extension\":[{\"url\":\"" CORE
    "questionnaire-optionPrefix\",\"valueString\":\"V)\"}]},{\"valueString\":\"Bad\"}],"
    "\"enableWhen\":[{\"question\":\"/1 a\",\"operator\":\"=\",\"answerCoding\":"
    "{\"system\":\"http://loinc.org\",\"code\":\"LA2\"}},"
    "{\"question\":\"2\",\"operator\":\"=\",\"answerInteger\":1}]},"
    "{\"linkId\":\"4\",\"type\":\"quantity\",\"text\":\"Weight\",\"extension\":[{\"url\":\"" CORE
    "minValue\",\"valueInteger\":2}]},"
    "{\"linkId\":\"5\",\"type\":\"dateTime\",\"text\":\"When?\",\"enableWhen\":[{\"question\":"
    "\"3\","
    "\"operator\":\"=\",\"answerString\":\"Very good\"}]},"
    "{\"linkId\":\"6\",\"type\":\"choice\",\"text\":\"Country\",\"repeats\":true,"
    "\"answerValueSet\":\"http://example.org/countries\"},"
    "{\"linkId\":\"7\",\"type\":\"string\",\"text\":\"Names\",\"repeats\":true,\"readOnly\":false}"
    "]}";

static const char *const FOREIGN_UNKNOWN[] = {
    "Questionnaire.status: draft",
    "Questionnaire: the texts are in the language “en”",
    "Questionnaire.url: http://example.org/q",
    "Questionnaire.id: phq",
    "Questionnaire._title: the translation into “en” is not in the forms' catalogue: Sample",
    "Questionnaire.item[0].prefix: 1.",
    "Questionnaire.item[0]: the linkId “/1 a” is kept as “1-a”",
    "contained(#often).compose.include[0].concept[0]: the code system is not kept: "
    "http://loinc.org",
    "Questionnaire.item[0].item[1].maxLength: 20",
    "Questionnaire.item[0]: the items inside the question stand in a group after it, “1-a-items”",
    "Questionnaire.item[1].answerOption[0].extension[0]: " CORE "ordinalValue",
    "Questionnaire.item[1].answerOption[0].extension[0].valueDecimal: 0",
    "Questionnaire.item[2]: without enableBehavior all conditions must hold",
    "Questionnaire.item[3]: the type “quantity” is read as “decimal”",
    "Questionnaire.item[4]: the type “dateTime” is read as “date”",
    "Questionnaire.item[5].answerValueSet: http://example.org/countries",
    "Questionnaire.item[5]: the type “choice” is read as “string”",
    "Questionnaire.item[5].repeats: true",
    "Questionnaire.item[6].repeats: true",
};

static gboolean has_prefix_in(const GPtrArray *list, const char *prefix)
{
    for (guint i = 0; i < list->len; i++)
        if (g_str_has_prefix(list->pdata[i], prefix))
            return TRUE;
    return FALSE;
}

static void test_foreign(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) unknown = new_list();
    g_autoptr(Form) form = read_json(FOREIGN, unknown);
    assert_string_equal(form->name, "Sample_Form");
    assert_string_equal(form->version, "1");
    assert_string_equal(form->title, "Prov");
    assert_int_equal(form->items->len, 8);
    const FormItem *often = form_item(form, "1-a"), *which = form_item(form, "3");
    assert_string_equal(often->help, "Think back");
    assert_string_equal(((FormOption *)often->options->pdata[1])->code, "LA2");
    assert_ptr_equal(form_item(form, "why")->parent, form_item(form, "1-a-items"));
    assert_string_equal(form_item(form, "2")->initial, "1");
    assert_string_equal(((FormOption *)which->options->pdata[0])->code, "very-good");
    assert_int_equal(((FormOption *)which->options->pdata[0])->key, 'v');
    assert_string_equal(((FormWhen *)which->enable_when->pdata[0])->answer, "LA2");
    assert_string_equal(((FormWhen *)which->enable_when->pdata[1])->answer, "1");
    assert_string_equal(((FormRule *)form_item(form, "4")->constraints->pdata[0])->answer, "2");
    assert_string_equal(((FormWhen *)form_item(form, "5")->enable_when->pdata[0])->answer,
                        "very-good");
    for (gsize i = 0; i < G_N_ELEMENTS(FOREIGN_UNKNOWN); i++)
        if (!has_prefix_in(unknown, FOREIGN_UNKNOWN[i]))
            fail_msg("“%s” is not told", FOREIGN_UNKNOWN[i]);
    assert_int_equal(unknown->len, G_N_ELEMENTS(FOREIGN_UNKNOWN));
}

/* One member each that has no counterpart. */
#define EXPRESSION(path)                                                                           \
    "{\"url\":\"http://hl7.org/fhir/uv/sdc/StructureDefinition/"                                   \
    "sdc-questionnaire-initialExpression\",\"valueExpression\":{\"language\":\"text/fhirpath\","   \
    "\"expression\":\"" path "\"}}"
#define ANSWER_TO_B "%resource.descendants().where(linkId = 'b').answer.value"

static const struct {
    const char *json, *told;
} UNKNOWN[] = {
    {HEAD "\"date\":\"2026-01-01\",\"item\":[" ITEM "]}", "Questionnaire.date: 2026-01-01"},
    {HEAD "\"experimental\":true,\"item\":[" ITEM "]}", "Questionnaire.experimental: true"},
    {HEAD "\"contact\":[{\"name\":\"x\"}],\"item\":[" ITEM "]}",
     "Questionnaire.contact: [{\"name\":\"x\"}]"},
    {HEAD "\"identifier\":[{\"system\":\"s\",\"value\":\"v\"}],\"item\":[" ITEM "]}",
     "Questionnaire.identifier[0].system: s"},
    {HEAD "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}],\"item\":[" ITEM "]}",
     "Questionnaire.contained[0]: Patient"},
    {HEAD "\"contained\":[{\"resourceType\":\"ValueSet\",\"id\":\"v\"}],\"item\":[" ITEM "]}",
     "Questionnaire.contained: #v"},
    {HEAD "\"extension\":[{\"url\":\"u\",\"valueCode\":\"c\"}],\"item\":[" ITEM "]}",
     "Questionnaire.extension[0]: u"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"definition\":\"d\""),
     "Questionnaire.item[0].definition: d"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"readOnly\":true"),
     "Questionnaire.item[0].readOnly: true"},
    {ONE("\"type\":\"display\",\"text\":\"A\",\"required\":true"),
     "Questionnaire.item[0].required: true"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"" CORE
         "questionnaire-hidden\",\"valueBoolean\":true}]"),
     "Questionnaire.item[0].extension[0]: hidden there; here it is shown, but need not be "
     "answered"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"" CORE
         "questionnaire-constraint\",\"extension\":[{\"url\":\"human\",\"valueString\":\"Nej\"},"
         "{\"url\":\"expression\",\"valueString\":\"a.b()\"}]}]"),
     "Questionnaire.item[0].extension[0]: the constraint is not kept: Nej (a.b())"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"" CORE
         "minValue\",\"valueInteger\":3}]"),
     "Questionnaire.item[0].extension[0].valueInteger: 3"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"_text\":{\"extension\":[{\"url\":\"" CORE
         "rendering-xhtml\",\"valueString\":\"<b>A</b>\"}]}"),
     "Questionnaire.item[0]._text.extension[0]: " CORE "rendering-xhtml"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"_text\":{\"extension\":[{\"url\":\"" CORE
         "translation\",\"extension\":[{\"url\":\"lang\",\"valueCode\":\"de\"},{\"url\":"
         "\"content\","
         "\"valueString\":\"Eh\"}]}]}"),
     "Questionnaire.item[0]._text: the translation into “de” is not in the forms' catalogue: Eh"},
    {ONE("\"type\":\"integer\",\"text\":\"A\",\"initial\":[{\"valueInteger\":1},"
         "{\"valueInteger\":2}]"),
     "Questionnaire.item[0].initial[1].valueInteger: 2"},
    /* A text there, though a form would take it for another question's name. */
    {ONE("\"type\":\"string\",\"text\":\"A\",\"initial\":[{\"valueString\":\"=a\"}]"),
     "Questionnaire.item[0].initial[0].valueString: =a"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[" EXPRESSION("today()") "]"),
     "Questionnaire.item[0].extension[0].valueExpression: {\"language\":\"text/fhirpath\","
     "\"expression\":\"today()\"}"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[" EXPRESSION(ANSWER_TO_B) "]"),
     "Questionnaire.item[0].extension[0].valueExpression: {\"language\":\"text/fhirpath\","
     "\"expression\":\"%resource.descendants().where(linkId …"},
    {HEAD
     "\"item\":[{\"linkId\":\"b\",\"type\":\"date\",\"text\":\"B\"},{\"linkId\":\"a\",\"type\":"
     "\"date\",\"text\":\"A\",\"extension\":[" EXPRESSION(ANSWER_TO_B) "]}]}",
     "Questionnaire.item[1].extension[0].valueExpression: {\"language\":\"text/fhirpath\","
     "\"expression\":\"%resource.descendants().where(linkId …"},
    {ONE("\"type\":\"display\",\"text\":\"A\",\"initial\":[{\"valueString\":\"x\"}]"),
     "Questionnaire.item[0].initial[0].valueString: x"},
    {ONE("\"type\":\"integer\",\"text\":\"A\",\"answerOption\":[{\"valueInteger\":1}]"),
     "Questionnaire.item[0].answerOption: [{\"valueInteger\":1}]"},
    {ONE(CHOICE "[{\"valueCoding\":{\"code\":\"x\",\"userSelected\":true}}]"),
     "Questionnaire.item[0].answerOption[0].valueCoding.userSelected: true"},
    {ONE(CHOICE "[{\"valueCoding\":{\"code\":\"x y\"}}]"),
     "Questionnaire.item[0].answerOption[0].valueCoding: the code “x y” is kept as “x-y”"},
    {ONE(CHOICE "[{\"valueCoding\":{\"code\":\"x\"},\"extension\":[{\"url\":\"" CORE
                "questionnaire-optionExclusive\",\"valueBoolean\":true}]}]"),
     "Questionnaire.item[0].answerOption[0].extension[0]: " CORE "questionnaire-optionExclusive"},
    {ONE(CHOICE "[{\"valueCoding\":{\"code\":\"x\"},\"extension\":[{\"url\":\"" CORE
                "questionnaire-optionPrefix\",\"valueString\":\"10.\"}]}]"),
     "Questionnaire.item[0].answerOption[0].extension[0]: the label is not kept as a key: 10."},
    {ONE("\"type\":\"url\",\"text\":\"A\""),
     "Questionnaire.item[0]: the type “url” is read as “string”"},
    {ONE("\"type\":\"attachment\",\"text\":\"A\""),
     "Questionnaire.item[0]: the type “attachment” is read as “string”"},
};

static void test_unknown(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(UNKNOWN); i++) {
        g_autoptr(GPtrArray) unknown = new_list();
        form_free(read_json(UNKNOWN[i].json, unknown));
        if (!has_prefix_in(unknown, UNKNOWN[i].told))
            fail_msg("“%s” is not told, but “%s”", UNKNOWN[i].told,
                     unknown->len > 0 ? (char *)unknown->pdata[0] : "");
    }
    g_autoptr(GPtrArray) none = new_list();
    form_free(read_json(HEAD "\"item\":[" ITEM "]}", none));
    assert_int_equal(none->len, 0);
    form_free(read_json(FOREIGN, NULL));
}

/* A rule whose expression another program has changed. */
static void test_changed_expression(void **state)
{
    (void)state;
    g_autoptr(Form) form = load(EVERYTHING);
    g_autoptr(GPtrArray) unknown = new_list();
    g_autofree char *json = fhir_write(form);
    g_auto(GStrv) parts = g_strsplit(json, "value < 12.75", 2);
    g_autofree char *changed = g_strjoinv("value < 13", parts);
    form_free(read_json(changed, unknown));
    assert_int_equal(unknown->len, 1);
    assert_non_null(strstr(unknown->pdata[0], "stays “< 12.75”: answer.all(value < 13)"));
}

static void test_many_unknown(void **state)
{
    (void)state;
    GString *json = g_string_new(HEAD);
    for (int i = 0; i < 1500; i++)
        g_string_append_printf(json, "\"x%d\":%d,", i, i);
    g_string_append(json, "\"item\":[" ITEM "]}");
    g_autoptr(GPtrArray) unknown = new_list();
    form_free(read_json(json->str, unknown));
    assert_int_equal(unknown->len, 1001);
    assert_string_equal(unknown->pdata[1000], "500 more places were not understood.");
    g_string_free(json, TRUE);
}

/* --- faults --- */

static const struct {
    const char *json, *where, *part;
} FAULTS[] = {
    {"", "prov.json", "is not JSON"},
    {"hej på dig", "prov.json, line 1", "This is not JSON"},
    {"name: avbokning\nversion: 1\n", "prov.json", "is not JSON"},
    {"{\"a\": 'x'}", "prov.json, line 1", "This is not JSON"},
    {"{\n/* x */}", "prov.json, line 2", "This is not JSON"},
    {"{\"a\": \"x", "prov.json, line 1", "does not end"},
    {"{\"a\": \"\\u0000\"}", "prov.json, line 1", "cannot be shown"},
    {"{\"a\": 1", "prov.json", "is not JSON"},
    {"{\"a\": 1,}", "prov.json", "is not JSON"},
    {"{}\n{\"a\": 1}", "prov.json, line 2", "after its end"},
    {"[] true", "prov.json, line 1", "after its end"},
    {"{}}", "prov.json, line 1", "after its end"},
    {"2{\"a\": 1}", "prov.json, line 1", "This is not JSON. Give"},
    {"\n\"a\"", "prov.json, line 2", "This is not JSON. Give"},
    {"\xFF{}", "prov.json", "UTF-8"},
    {"{\"a\": 1, \"a\": 2}", "prov.json", "“a” twice"},
    {"[]", "prov.json, resourceType", "no resource of FHIR"},
    {"{}", "prov.json, resourceType", "not a Questionnaire"},
    {"{\"resourceType\":\"Bundle\"}", "prov.json, resourceType", "“Bundle”"},
    {"{\"resourceType\":1}", "prov.json, Questionnaire.resourceType", "\"…\""},
    {HEAD "\"item\":[]}", "prov.json, Questionnaire", "no items"},
    {HEAD "\"item\":{}}", "prov.json, Questionnaire.item", "[…]"},
    {HEAD "\"item\":[1]}", "prov.json, Questionnaire.item[0]", "{…}"},
    {HEAD "\"modifierExtension\":[],\"item\":[" ITEM "]}", "prov.json, Questionnaire",
     "modifierExtension"},
    {HEAD "\"item\":[{\"type\":\"text\"}]}", "prov.json, Questionnaire.item[0]", "no linkId"},
    {HEAD "\"item\":[" ITEM "," ITEM "]}", "prov.json, Questionnaire.item[1]", "“a” stands twice"},
    {ONE("\"text\":\"A\""), "prov.json, Questionnaire.item[0]", "no type of question"},
    {ONE("\"type\":\"question\",\"text\":\"A\""), "prov.json, Questionnaire.item[0]",
     "“question” is no type"},
    {ONE("\"type\":\"text\",\"text\":1"), "prov.json, Questionnaire.item[0].text", "\"…\""},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"required\":\"ja\""),
     "prov.json, Questionnaire.item[0].required", "true/false"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"enableBehavior\":\"one\""),
     "prov.json, Questionnaire.item[0]", "“one”"},
    {ONE(CHOICE "[{}]"), "prov.json, Questionnaire.item[0].answerOption[0].value[x]", "no value"},
    {ONE(CHOICE "[{\"valueCoding\":{}}]"),
     "prov.json, Questionnaire.item[0].answerOption[0].valueCoding", "neither code nor display"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"enableWhen\":[{\"question\":\"b\"}]"),
     "prov.json, Questionnaire.item[0].enableWhen[0]", "no item has that linkId"},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\",\"enableWhen\":[{"
          "\"question\":\"a\",\"operator\":\"~\",\"answerString\":\"x\"}]}]}",
     "prov.json, Questionnaire.item[1].enableWhen[0]", "“~” is no operator"},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\",\"enableWhen\":[{"
          "\"question\":\"a\",\"operator\":\"=\"}]}]}",
     "prov.json, Questionnaire.item[1].enableWhen[0]", "no answer to compare"},
};

static void assert_fault(const char *json, gsize length, const char *where, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = fhir_read(json, length, "prov.json", NULL, &error);
    if (yaml != NULL)
        fail_msg("accepted, without “%s”", part);
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    if (!g_str_has_prefix(error->message, where) || strstr(error->message, part) == NULL)
        fail_msg("“%s” is not “%s … %s”", error->message, where, part);
}

static void test_faults(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(FAULTS); i++)
        assert_fault(FAULTS[i].json, strlen(FAULTS[i].json), FAULTS[i].where, FAULTS[i].part);
}

static char *repeated(const char *begin, const char *part, int count, const char *end)
{
    GString *out = g_string_new(begin);
    for (int i = 0; i < count; i++)
        g_string_append(out, part);
    return g_string_free(g_string_append(out, end), FALSE);
}

/* Files made to break the program. */
static void test_limits(void **state)
{
    (void)state;
    g_autofree char *deep = repeated("", "[", 1000000, "");
    assert_fault(deep, strlen(deep), "prov.json, line 1", "nested deeper");
    g_autofree char *objects = repeated("[", "{},", 600000, "1]");
    assert_fault(objects, strlen(objects), "prov.json, line 1", "holds more");
    g_autofree char *values = repeated("[", "1,", 2100000, "1]");
    assert_fault(values, strlen(values), "prov.json, line 1", "holds more");
    g_autofree char *groups =
        repeated(HEAD "\"item\":[", "{\"linkId\":\"g\",\"type\":\"group\",\"item\":[", 45, "]}");
    assert_fault(groups, strlen(groups), "prov.json", "is not JSON");
    g_autofree char *large = g_malloc0(FHIR_MAX_BYTES + 1);
    assert_fault(large, FHIR_MAX_BYTES + 1, "prov.json is larger than 32 MiB", "right file");

    GString *nested = g_string_new(HEAD "\"item\":[");
    for (int i = 0; i < 17; i++)
        g_string_append_printf(nested, "{\"linkId\":\"g%d\",\"type\":\"group\",\"item\":[", i);
    g_string_append(nested, ITEM);
    for (int i = 0; i < 17; i++)
        g_string_append(nested, "]}");
    g_string_append(nested, "]}");
    assert_fault(nested->str, nested->len, "prov.json, Questionnaire.item[0].item[0]",
                 "more than 16 deep");
    g_string_free(nested, TRUE);

    GString *many = g_string_new(HEAD "\"item\":[");
    for (int i = 0; i < 5001; i++)
        g_string_append_printf(many, "%s{\"linkId\":\"%d\",\"type\":\"text\",\"text\":\"A\"}",
                               i == 0 ? "" : ",", i);
    g_string_append(many, "]}");
    assert_fault(many->str, many->len, "prov.json, Questionnaire.item[5000]", "more than 5000");
    g_string_free(many, TRUE);

    /* Codes that all become one word are told apart in little time. */
    g_autofree char *alike =
        repeated(HEAD "\"item\":[{\"linkId\":\"a\"," CHOICE "[", "{\"valueString\":\"!\"},", 50000,
                 "{\"valueString\":\"!\"}]}]}");
    assert_fault(alike, strlen(alike), "prov.json, Questionnaire.item[0].answerOption[50000]",
                 "more than 50000 options");
}

/* --- C7: what other programs write is taken, and what is dropped is told --- */

#define WHEN(question, operator, answer)                                                           \
    "\"enableWhen\":[{\"question\":\"" question "\",\"operator\":\"" operator"\"," answer "}]"
#define HIDDEN "\"extension\":[{\"url\":\"" CORE "questionnaire-hidden\",\"valueBoolean\":true}]"

static const struct {
    const char *json, *told;
} C7_TAKEN[] = {
    {ONE("\"type\":\"text\""), "Questionnaire.item[0]: there is no text; it is shown as “a”"},
    {ONE("\"type\":\"text\",\"code\":[{\"display\":\"Vikt\"}]"),
     "Questionnaire.item[0]: there is no text; it is shown as “Vikt”"},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"g\",\"type\":\"group\"}]}",
     "Questionnaire.item[1]: there is nothing to show; it is left out"},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"g\",\"type\":\"group\",\"text\":\"G\",\"repeats\":true,"
          "\"required\":true}]}",
     "Questionnaire.item[1]: the type “group” is read as “display”"},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"g\",\"type\":\"group\",\"item\":[{\"linkId\":\"d\","
          "\"type\":\"display\"}]}]}",
     "Questionnaire.item[1]: there is nothing to show; it is left out"},
    {HEAD "\"item\":[{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\"," WHEN(
         "a", "=", "\"answerString\":\"x\"") "}," ITEM "]}",
     "Questionnaire.item[0]: enableWhen is not kept: The condition looks at “a”, which comes "
     "later."},
    {ONE("\"type\":\"text\",\"text\":\"A\"," WHEN("a", "=", "\"answerString\":\"x\"")),
     "Questionnaire.item[0]: enableWhen is not kept: The condition looks at the item itself."},
    {HEAD "\"item\":[" ITEM ",{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\"," WHEN(
         "a", ">", "\"answerString\":\"x\"") "}]}",
     "Questionnaire.item[1]: enableWhen is not kept: “a” has no greater and smaller answers."},
    {HEAD "\"item\":[{\"linkId\":\"a\"," CHOICE "[{\"valueString\":\"x\"}]},{\"linkId\":\"b\","
          "\"type\":\"text\",\"text\":\"B\"," WHEN("a", "=", "\"answerString\":\"y\"") "}]}",
     "Questionnaire.item[1].enableWhen[0]: the condition is not kept: it compares with something "
     "that cannot be answered to “a” (choice)"},
    {HEAD "\"item\":[{\"linkId\":\"g\",\"type\":\"group\"},{\"linkId\":\"b\",\"type\":\"text\","
          "\"text\":\"B\"," WHEN("g", "exists", "\"answerBoolean\":true") "}]}",
     "Questionnaire.item[1]: enableWhen is not kept: The condition looks at “g”, but no item"},
    {ONE("\"type\":\"date\",\"text\":\"A\",\"initial\":[{\"valueDate\":\"1900\"}]"),
     "Questionnaire.item[0]: initial is not kept: The answer to “a” is a date as 2026-01-31, not "
     "“1900”."},
    {HEAD "\"item\":[{\"linkId\":\"a\",\"type\":\"date\",\"text\":\"A\"},{\"linkId\":\"b\","
          "\"type\":\"text\",\"text\":\"B\"," WHEN("a", ">", "\"answerDate\":\"1900\"") "}]}",
     "Questionnaire.item[1]: enableWhen is not kept: The answer to “a” is a date"},
    {ONE("\"type\":\"date\",\"text\":\"A\",\"extension\":[{\"url\":\"" CORE
         "minValue\",\"valueDate\":\"1900\"}]"),
     "Questionnaire.item[0]: constraint is not kept: The answer to “a” is a date"},
    {ONE("\"type\":\"quantity\",\"text\":\"A\",\"initial\":[{\"valueQuantity\":{\"code\":\"min\"}}"
         "]"),
     "Questionnaire.item[0].initial[0].valueQuantity: {\"code\":\"min\"}"},
    {ONE("\"type\":\"quantity\",\"text\":\"A\",\"initial\":[{\"valueQuantity\":{\"value\":5,"
         "\"code\":\"min\"}}]"),
     "Questionnaire.item[0].initial[0].valueQuantity.code: min"},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"urn:dagsform:beside\","
         "\"valueString\":\"b\"}]"),
     "Questionnaire.item[0]: beside is not kept: "},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"urn:dagsform:mapsTo\","
         "\"valueString\":\"b\"}]"),
     "Questionnaire.item[0]: mapsTo is not kept: "},
    {ONE("\"type\":\"text\",\"text\":\"A\",\"extension\":[{\"url\":\"urn:dagsform:known\","
         "\"valueString\":\"b\"}]"),
     "Questionnaire.item[0]: known is not kept: "},
    {ONE(CHOICE "[{\"valueCoding\":{\"code\":\"1\",\"display\":\"Annat\"}},{\"valueCoding\":{"
                "\"code\":\"2\",\"display\":\"annat\"}}]"),
     "Questionnaire.item[0].answerOption[1].valueCoding: another option reads the same as “annat”; "
     "this one is shown as “annat (2)”"},
    {"{\"resourceType\":\"Questionnaire\",\"status\":\"active\",\"item\":[" ITEM "]}",
     "Questionnaire: there is no name, title or id; it is called “prov”, as the file"},
};

static void test_c7_taken(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(C7_TAKEN); i++) {
        g_autoptr(GPtrArray) unknown = new_list();
        form_free(read_json(C7_TAKEN[i].json, unknown));
        if (!has_prefix_in(unknown, C7_TAKEN[i].told))
            fail_msg("“%s” is not told, but “%s”", C7_TAKEN[i].told,
                     unknown->len > 0 ? (char *)unknown->pdata[0] : "");
    }
    g_autoptr(GPtrArray) unknown = new_list();
    g_autoptr(Form) unit = read_json(C7_TAKEN[13].json, unknown);
    assert_null(form_item(unit, "a")->initial);
    g_autoptr(Form) number = read_json(C7_TAKEN[14].json, unknown);
    assert_string_equal(form_item(number, "a")->initial, "5");
}

/* C7: one of several conditions that would each do goes with the others: asked too often, never too
 * seldom. Of conditions that must all hold the others stay. */
static void test_c7_conditions_left(void **state)
{
    (void)state;
    static const char *const behaviours[] = {"any", "all"};
    for (gsize i = 0; i < G_N_ELEMENTS(behaviours); i++) {
        g_autoptr(GPtrArray) unknown = new_list();
        g_autofree char *json = g_strdup_printf(
            HEAD "\"item\":[{\"linkId\":\"a\"," CHOICE
                 "[{\"valueString\":\"x\"}]},{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\","
                 "\"enableBehavior\":\"%s\",\"enableWhen\":["
                 "{\"question\":\"a\",\"operator\":\"=\",\"answerString\":\"x\"},"
                 "{\"question\":\"a\",\"operator\":\"=\",\"answerString\":\"y\"}]},"
                 "{\"linkId\":\"c\",\"type\":\"text\",\"text\":\"C\","
                 "\"enableBehavior\":\"%s\",\"enableWhen\":["
                 "{\"question\":\"d\",\"operator\":\"exists\",\"answerBoolean\":true},"
                 "{\"question\":\"a\",\"operator\":\"=\",\"answerString\":\"x\"}]},"
                 "{\"linkId\":\"d\",\"type\":\"text\",\"text\":\"D\"}]}",
            behaviours[i], behaviours[i]);
        g_autoptr(Form) form = read_json(json, unknown);
        assert_int_equal(form_item(form, "b")->enable_when->len, i);
        assert_int_equal(form_item(form, "c")->enable_when->len, i);
    }
}

/* C7: what is hidden there is nobody's to answer, nor what lies inside it. */
static void test_c7_hidden(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) unknown = new_list();
    g_autoptr(Form) form = read_json(
        HEAD
        "\"item\":[{\"linkId\":\"a\",\"type\":\"text\",\"text\":\"A\",\"required\":true," HIDDEN
        "},{\"linkId\":\"g\",\"type\":\"group\",\"required\":true," HIDDEN
        ",\"item\":[{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\",\"required\":true}]},"
        "{\"linkId\":\"c\",\"type\":\"text\",\"text\":\"C\",\"required\":true}]}",
        unknown);
    assert_false(form_item(form, "a")->required);
    assert_false(form_item(form, "g")->required);
    assert_false(form_item(form, "b")->required);
    assert_true(form_item(form, "c")->required);
    assert_int_equal(unknown->len, 2);
}

/* C7: one code of two systems is two answers. */
static void test_c7_systems(void **state)
{
    (void)state;
    static const struct {
        const char *coding, *answer; /* NULL: the condition is not kept */
    } codings[] = {
        {"{\"system\":\"urn:a\",\"code\":\"1\"}", "1"},
        {"{\"system\":\"urn:b\",\"code\":\"1\"}", "1-2"},
        {"{\"system\":\"urn:c\",\"code\":\"1\"}", NULL},
        {"{\"code\":\"1\"}", NULL},
        {"{\"code\":\"3\"}", "3"},
        {"{\"system\":\"urn:c\",\"code\":\"4\"}", "4"},
        {"{\"display\":\"Nej\"}", "1-2"},
        {"{\"system\":\"urn:b\",\"code\":\"3\"}", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(codings); i++) {
        g_autoptr(GPtrArray) unknown = new_list();
        g_autofree char *json = g_strdup_printf(
            HEAD "\"item\":[{\"linkId\":\"a\"," CHOICE
                 "[{\"valueCoding\":{\"system\":\"urn:a\",\"code\":\"1\",\"display\":\"Ja\"}},"
                 "{\"valueCoding\":{\"system\":\"urn:b\",\"code\":\"1\",\"display\":\"Nej\"}},"
                 "{\"valueCoding\":{\"system\":\"urn:a\",\"code\":\"3\",\"display\":\"Tre\"}},"
                 "{\"valueCoding\":{\"code\":\"4\",\"display\":\"Fyra\"}}]},"
                 "{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\",\"enableWhen\":["
                 "{\"question\":\"a\",\"operator\":\"=\",\"answerCoding\":%s}]}]}",
            codings[i].coding);
        g_autoptr(Form) form = read_json(json, unknown);
        const GPtrArray *whens = form_item(form, "b")->enable_when;
        assert_int_equal(whens->len, codings[i].answer != NULL);
        if (whens->len > 0)
            assert_string_equal(((FormWhen *)whens->pdata[0])->answer, codings[i].answer);
    }
}

/* C7: one reading names every fault. */
static void test_c7_all_faults(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    static const char json[] =
        HEAD "\"version\":1,\"item\":[{\"type\":\"txt\",\"text\":2},7," ITEM "," ITEM
             ",{\"linkId\":\"b\",\"type\":\"text\",\"text\":\"B\",\"enableWhen\":["
             "{\"question\":\"q\",\"operator\":\"~\"}]}]}";
    assert_null(fhir_read(json, strlen(json), "prov.json", NULL, &error));
    assert_string_equal(
        error->message,
        "prov.json, Questionnaire.version: In FHIR this has the form \"…\", but here it is 123. "
        "Correct the file.\n"
        "prov.json, Questionnaire.item[0]: The item has no linkId. Give it one.\n"
        "prov.json, Questionnaire.item[0]: “txt” is no type of question in FHIR R4. Correct the "
        "type.\n"
        "prov.json, Questionnaire.item[0].text: In FHIR this has the form \"…\", but here it is "
        "123. "
        "Correct the file.\n"
        "prov.json, Questionnaire.item[1]: In FHIR this has the form {…}, but here it is 123. "
        "Correct the file.\n"
        "prov.json, Questionnaire.item[3]: The linkId “a” stands twice. Give each item its own.\n"
        "prov.json, Questionnaire.item[4].enableWhen[0]: The condition looks at “q”, but no item "
        "has "
        "that linkId. Correct it.\n"
        "prov.json, Questionnaire.item[4].enableWhen[0]: “~” is no operator. Use exists, =, !=, >, "
        "<, >= or <=.");
    g_clear_error(&error);
    g_autofree char *many = repeated(HEAD "\"item\":[", "1,", 150, "1]}");
    assert_null(fhir_read(many, strlen(many), "prov.json", NULL, &error));
    assert_true(g_str_has_suffix(error->message, "\n52 more faults."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_initial_expression),
        cmocka_unit_test(test_standard),
        cmocka_unit_test(test_translations),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_many_unknown),
        cmocka_unit_test(test_changed_expression),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_c7_taken),
        cmocka_unit_test(test_c7_conditions_left),
        cmocka_unit_test(test_c7_hidden),
        cmocka_unit_test(test_c7_systems),
        cmocka_unit_test(test_c7_all_faults),
    };
    return cmocka_run_group_tests_name("exchange/fhir", tests, use_build_share, NULL);
}
