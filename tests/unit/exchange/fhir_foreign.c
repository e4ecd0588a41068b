/* fhir_foreign.c: Questionnaires of other programs: nothing the engine does not know is dropped in
 * silence, and every fault is named. */
#include "tests/unit/exchange/fixture_fhir.h"

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
    {ONE("\"type\":\"string\",\"text\":\"A\",\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/sdc/"
         "StructureDefinition/sdc-questionnaire-candidateExpression\",\"valueExpression\":{"
         "\"language\":\"text/fhirpath\",\"expression\":\"%resource.descendants().where(linkId = "
         "'b').answer.value\"}}]"),
     "Questionnaire.item[0]: candidates is not kept: "},
    {ONE("\"type\":\"string\",\"text\":\"A\",\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/sdc/"
         "StructureDefinition/sdc-questionnaire-candidateExpression\",\"valueExpression\":{"
         "\"language\":\"text/fhirpath\",\"expression\":\"%resource.descendants().where(linkId = "
         "'a').answer.value | %patient.name\"}}]"),
     "Questionnaire.item[0].extension[0].valueExpression: "},
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
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_many_unknown),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_c7_taken),
        cmocka_unit_test(test_c7_conditions_left),
        cmocka_unit_test(test_c7_hidden),
        cmocka_unit_test(test_c7_systems),
        cmocka_unit_test(test_c7_all_faults),
    };
    return cmocka_run_group_tests_name("exchange/fhir_foreign", tests, use_build_share, NULL);
}
