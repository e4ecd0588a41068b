/* fhir.c: forms as FHIR Questionnaires and back: nothing the engine knows is lost. */
#include "tests/unit/exchange/fixture_fhir.h"

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
    "name: 2-allt\nversion: \"1.2\"\ntitle: Allt\nsource: Provet\ncount: 11\nrespondent: child\n"
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
    "- {linkId: namn-2, type: string, text: Och du?, candidates: [namn, namn-2]}\n"
    "- {linkId: foljd, type: text, text: Varför?, followUp: true,\n"
    "   enableWhen: [{question: namn, operator: exists, answer: true}]}\n"
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

/* D12: names to choose from, by linkIds that FHIRPath must write with care. */
static void test_d12_candidate_expression(void **state)
{
    (void)state;
    g_autoptr(Form) form =
        load("name: prov\nversion: \"1\"\ntitle: Prov\nsource: Provet\nitem:\n"
             "- {linkId: den.första, type: string, text: A}\n"
             "- {linkId: andra, type: string, text: B}\n"
             "- {linkId: vem, type: string, text: C, candidates: [andra, den.första, vem]}\n");
    assert_round_trip(form);
    g_autofree char *json = fhir_write(form);
    assert_non_null(strstr(json, "sdc-questionnaire-candidateExpression"));
    assert_non_null(strstr(json, "(linkId = 'andra').answer.value | %resource.descendants()"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_initial_expression),
        cmocka_unit_test(test_d12_candidate_expression),
        cmocka_unit_test(test_standard),
        cmocka_unit_test(test_translations),
        cmocka_unit_test(test_changed_expression),
    };
    return cmocka_run_group_tests_name("exchange/fhir", tests, use_build_share, NULL);
}
