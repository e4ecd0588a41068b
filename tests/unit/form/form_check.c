/* form_check.c: what a form's pieces mean together: each fault with its line and sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/form.h"

#include <string.h>

#define HEAD "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
/* Lines 5 to 11: one item of each kind that a condition may look at. */
#define ASKED                                                                                      \
    "- {linkId: val, type: choice, text: A, answerOption: [{code: x, display: X}]}\n"              \
    "- {linkId: tal, type: integer, text: A}\n"                                                    \
    "- {linkId: dec, type: decimal, text: A}\n"                                                    \
    "- {linkId: dag, type: date, text: A}\n"                                                       \
    "- {linkId: tid, type: time, text: A}\n"                                                       \
    "- {linkId: ja, type: boolean, text: A}\n"                                                     \
    "- {linkId: ord, type: text, text: A}\n"
/* The item on line 12, its condition on line 16. */
#define WHEN(question, operator, answer)                                                           \
    HEAD ASKED "- linkId: sist\n  type: text\n  text: B\n  enableWhen:\n"                          \
               "  - {question: " question ", operator: \""                                         \
               operator"\", answer: \"" answer "\"}\n"
/* The item on line 12, its rule on line 16. */
#define RULE(type, operator, answer)                                                               \
    HEAD ASKED "- linkId: sist\n  type: " type "\n  text: B\n  constraint:\n"                      \
               "  - {operator: \""                                                                 \
               operator"\", answer: \"" answer "\", text: T}\n"
/* The follow-up on line 6. */
#define FOLLOW_UP(rest)                                                                            \
    HEAD "- {linkId: a, type: text, text: A}\n- {linkId: b, followUp: true, enableWhen: "          \
         "[{question: a, operator: exists, answer: \"true\"}], type: " rest "}\n"
#define REPEATED                                                                                   \
    HEAD "- linkId: g\n  type: group\n  repeats: true\n  item:\n"                                  \
         "  - {linkId: a, type: date, text: A}\n"
#define CHOICE HEAD "- linkId: c\n  type: choice\n  text: C\n  answerOption:\n"

static const struct {
    const char *yaml;
    int line; /* 0: accepted */
    const char *part;
} cases[] = {
    /* conditions */
    {WHEN("val", "=", "x"), 0, NULL},
    {WHEN("val", "!=", "x"), 0, NULL},
    {WHEN("val", "=", "y"), 16, "“y” is not the code of any option of “val”"},
    {WHEN("val", "=", "X"), 16, "is not the code"},
    {WHEN("val", ">", "x"), 16, "no greater and smaller"},
    {WHEN("val", "exists", "true"), 0, NULL},
    {WHEN("val", "exists", "x"), 16, "“exists” the answer is true or false"},
    {WHEN("tal", ">=", "-3"), 0, NULL},
    {WHEN("tal", ">=", "3.5"), 16, "whole number, not “3.5”"},
    {WHEN("dec", "<", "3.5"), 0, NULL},
    {WHEN("dec", "<", "3,5"), 16, "decimal point, not “3,5”"},
    {WHEN("dec", "<", "inf"), 16, "decimal point"},
    {WHEN("dag", "<=", "2026-02-28"), 0, NULL},
    {WHEN("dag", "<=", "2026-02-30"), 16, "a date as 2026-01-31"},
    {WHEN("tid", ">", "14:05"), 0, NULL},
    {WHEN("tid", ">", "25:00"), 16, "a time as 14:05"},
    {WHEN("ja", "=", "true"), 0, NULL},
    {WHEN("ja", "=", "ja"), 16, "true or false, not “ja”"},
    {WHEN("ja", ">", "true"), 16, "no greater and smaller"},
    {WHEN("ord", "=", "vad som helst"), 0, NULL},
    {WHEN("ord", "<", "b"), 16, "no greater and smaller"},
    {WHEN("sist", "=", "x"), 16, "looks at the item itself"},
    {WHEN("borta", "=", "x"), 16, "“borta”, but no item has that linkId"},
    {HEAD "- {linkId: a, type: text, text: A}\n- {linkId: b, type: text, text: B, beside: a}\n", 0,
     NULL},
    {HEAD "- {linkId: a, type: text, text: A, beside: [b]}\n- {linkId: b, type: text, text: B}\n",
     5, "“beside” names “b”, but no item above"},
    /* a circle has at least one condition that looks ahead */
    {HEAD "- linkId: a\n  type: text\n  text: A\n  enableWhen:\n"
          "  - {question: b, operator: exists, answer: true}\n"
          "- linkId: b\n  type: text\n  text: B\n  enableWhen:\n"
          "  - {question: a, operator: exists, answer: true}\n",
     9, "“b”, which comes later"},
    {HEAD "- linkId: g\n  type: group\n  text: G\n  item:\n  - linkId: a\n    type: text\n"
          "    text: A\n    enableWhen:\n    - {question: g, operator: exists, answer: true}\n",
     13, "which nobody answers (it is a group)"},
    {HEAD "- {linkId: d, type: display, text: D}\n- linkId: a\n  type: text\n  text: A\n"
          "  enableWhen:\n  - {question: d, operator: exists, answer: true}\n",
     10, "which nobody answers (it is a display)"},
    /* an item inside a group sees what stands above the group */
    {HEAD "- {linkId: a, type: text, text: A}\n- linkId: g\n  type: group\n  item:\n"
          "  - linkId: b\n    type: text\n    text: B\n    enableWhen:\n"
          "    - {question: a, operator: exists, answer: true}\n",
     0, NULL},
    /* rules */
    {RULE("date", "<=", "today"), 0, NULL},
    {RULE("date", "<=", "today+90"), 0, NULL},
    {RULE("date", ">", "today-1"), 0, NULL},
    {RULE("date", "<=", "2026-02-28"), 0, NULL},
    {RULE("date", "<=", "today+"), 16, "a date as 2026-01-31, not “today+”"},
    {RULE("date", "<=", "today*2"), 16, "a date as 2026-01-31"},
    {RULE("date", "<=", "todays"), 16, "a date as 2026-01-31"},
    {RULE("date", "<=", "today+999999"), 16, "a date as 2026-01-31"},
    {RULE("date", ">=", "=dag"), 0, NULL},
    /* A8: so many days from another answer */
    {RULE("date", "<=", "=dag + 14"), 0, NULL},
    {RULE("date", ">", "=dag - 1"), 0, NULL},
    {RULE("date", "<=", "=dag + fjorton"), 16, "“=dag + fjorton” is no rule"},
    {RULE("date", "<=", "=dag * 14"), 16, "is no rule"},
    {RULE("date", "<=", "=dag 14"), 16, "is no rule"},
    {RULE("date", "<=", "=dag+14"), 16, "no item above has that linkId"},
    {RULE("date", "<=", "=dag + 999999"), 16, "is no rule"},
    {RULE("time", ">", "=tid + 1"), 16, "Days can be added to a date only"},
    {RULE("date", ">=", "=tid"), 16, "“tid”, whose type is time"},
    {RULE("date", ">=", "=sist"), 16, "no item above has that linkId"},
    {RULE("date", ">=", "="), 16, "“=” is no rule"},
    {RULE("integer", "<=", "21"), 0, NULL},
    {RULE("integer", "<=", "today"), 16, "whole number, not “today”"},
    {RULE("integer", "<=", "=dec"), 0, NULL},
    {RULE("time", ">", "=tid"), 0, NULL},
    {RULE("string", "!=", "today"), 0, NULL},
    {RULE("string", ">", "a"), 16, "no greater and smaller"},
    {RULE("text", "!=", "=ord"), 0, NULL},
    {RULE("boolean", "=", "true"), 0, NULL},
    {RULE("display", "=", "true"), 16, "Nobody answers a display, so “constraint”"},
    {REPEATED "  - linkId: b\n    type: date\n    text: B\n    constraint:\n"
              "    - {operator: \">=\", answer: =a, text: T}\n",
     0, NULL},
    {REPEATED "- linkId: b\n  type: date\n  text: B\n  warning:\n"
              "  - {operator: \">=\", answer: =a, text: T}\n",
     14, "may have several answers"},
    /* structure */
    {HEAD "- {linkId: a, type: text, text: A, repeats: true}\n", 5, "Only a choice or a group"},
    {HEAD "- {linkId: a, type: text, text: A}\n- {linkId: a, type: text, text: B}\n", 6,
     "also stands on line 5"},
    {HEAD "- {linkId: a, type: text, text: A}\n- linkId: g\n  type: group\n  item:\n"
          "  - {linkId: a, type: text, text: B}\n",
     9, "also stands on line 5"},
    {HEAD "- {linkId: g, type: group, text: G}\n", 5, "The group is empty"},
    {HEAD "- {linkId: a, type: text, text: A, item: [{linkId: b, type: text, text: B}]}\n", 5,
     "Only a group has items"},
    {HEAD "- {linkId: a, type: text}\n", 5, "has no text"},
    {HEAD "- {linkId: a, type: text, text: A, mapsTo: visit}\n", 5, "two names joined by a point"},
    {HEAD "- {linkId: a, type: text, text: A, mapsTo: .cause}\n", 5, "two names joined by a point"},
    {HEAD "- {linkId: a, type: text, text: A, mapsTo: visit.cause}\n", 0, NULL},
    /* options */
    {HEAD "- {linkId: c, type: choice, text: C}\n", 5, "A choice without options"},
    {HEAD "- {linkId: c, type: open-choice, text: C, answerOption: []}\n", 5,
     "A choice without options"},
    {HEAD "- {linkId: c, type: text, text: C, answerOption: [{code: x, display: X}]}\n", 5,
     "Only a choice has options"},
    {CHOICE "  - {code: a, display: Ett}\n  - {code: a, display: Två}\n", 10,
     "The code “a” also stands on line 9"},
    {CHOICE "  - {code: a, display: Ett, key: K}\n  - {code: b, display: Två, key: k}\n", 10,
     "The key “k” already chooses “a” (line 9)"},
    {CHOICE "  - {code: a, display: Ett, key: Å}\n  - {code: b, display: Två, key: å}\n", 10,
     "The key “å” already chooses “a”"},
    {CHOICE "  - {code: a, display: Ett, key: a}\n  - {code: b, display: Två, key: å}\n", 0, NULL},
    {CHOICE "  - {code: a, display: Sjuk}\n  - {code: b, display: SJUK}\n", 10,
     "“SJUK” reads the same as a spelling of “a” (line 9)"},
    {CHOICE "  - {code: a, display: Ett, alias: [Skola/arbete]}\n"
            "  - {code: b, display: Skola arbete}\n",
     10, "“Skola arbete” reads the same"},
    {CHOICE "  - {code: a, display: Ett}\n  - {code: b, display: Två, alias: [Tu, A]}\n", 10,
     "“A” reads the same"},
    {CHOICE "  - {code: a, display: A, alias: [a, A]}\n", 0, NULL},
    {CHOICE "  - {code: =a, display: Ett}\n", 9, "does not begin with “=”"},
    {CHOICE "  - {code: a, display: Ett, exclusive: true}\n", 9, "“exclusive” has a meaning only"},
    {CHOICE "  - {code: a, display: Ett, exclusive: true}\n  repeats: true\n", 0, NULL},
    /* followUp */
    {FOLLOW_UP("text, text: B"), 0, NULL},
    {FOLLOW_UP("group, item: [{linkId: c, type: text, text: C}]"), 6, "goes on with the one above"},
    {HEAD "- {linkId: b, type: text, text: B, followUp: true}\n", 5, "goes on with the one above"},
    {HEAD "- {linkId: a, type: text, text: A}\n"
          "- {linkId: b, type: text, text: B, followUp: true}\n",
     6, "goes on with the one above"},
    /* candidates */
    {HEAD "- {linkId: a, type: string, text: A}\n"
          "- {linkId: b, type: string, text: B, candidates: [a, b]}\n",
     0, NULL},
    {HEAD "- {linkId: a, type: string, text: A}\n"
          "- {linkId: b, type: text, text: B, candidates: [a]}\n",
     6, "“candidates” stands on a question of the type “string”"},
    {HEAD "- {linkId: a, type: text, text: A}\n"
          "- {linkId: b, type: string, text: B, candidates: [a]}\n",
     6, "“candidates” names “a”, but no question above"},
    {HEAD "- {linkId: a, type: string, text: A, candidates: [b]}\n"
          "- {linkId: b, type: string, text: B}\n",
     5, "“candidates” names “b”, but no question above"},
    /* initial */
    {HEAD "- {linkId: a, type: integer, text: A, initial: 3}\n", 0, NULL},
    {HEAD "- {linkId: a, type: integer, text: A, initial: tre}\n", 5, "whole number, not “tre”"},
    {HEAD "- {linkId: a, type: date, text: A}\n- {linkId: b, type: date, text: B, initial: =a}\n",
     6, "a date as 2026-01-31, not “=a”"},
    {HEAD "- {linkId: a, type: text, text: A}\n- {linkId: b, type: text, text: B, initial: =a}\n",
     0, NULL},
    {HEAD "- {linkId: d, type: display, text: D, initial: x}\n", 5, "“initial” has no meaning"},
    {CHOICE "  - {code: a, display: Ett}\n  initial: b\n", 5, "“b” is not the code"},
};

static void test_cases(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Form) form =
            form_load_bytes(cases[i].yaml, strlen(cases[i].yaml), "prov.yaml", NULL, &error);
        if (cases[i].line == 0) {
            if (form == NULL)
                fail_msg("case %zu: refused: %s", i, error->message);
            continue;
        }
        if (form != NULL)
            fail_msg("case %zu: accepted, without “%s”", i, cases[i].part);
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        g_autofree char *where = g_strdup_printf("prov.yaml, line %d, item “", cases[i].line);
        if (!g_str_has_prefix(error->message, where) ||
            strstr(error->message, cases[i].part) == NULL)
            fail_msg("case %zu: “%s” is not “%s … %s”", i, error->message, where, cases[i].part);
    }
}

static void test_count(void **state)
{
    (void)state;
    static const char yaml[] = "name: prov\nversion: 1\ntitle: Prov\ncount: 2\nitem:\n"
                               "- {linkId: d, type: display, text: D}\n"
                               "- linkId: g\n  type: group\n  item:\n"
                               "  - {linkId: a, type: text, text: A}\n"
                               "  - {linkId: b, type: text, text: B}\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = form_load_bytes(yaml, sizeof yaml - 1, "prov.yaml", NULL, &error);
    assert_non_null(form);
}

/* A unit may map to names of its own, but is told that the program does nothing with them. */
static void test_mappings(void **state)
{
    (void)state;
    static const char yaml[] = "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
                               "- {linkId: a, type: text, text: A, mapsTo: client.phone}\n"
                               "- {linkId: b, type: text, text: B, mapsTo: client.colour}\n";
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Form) form = form_load_bytes(yaml, sizeof yaml - 1, "prov.yaml", warnings, NULL);
    assert_non_null(form);
    guint about = 0;
    for (guint i = 0; i < warnings->len; i++) {
        assert_null(strstr(g_ptr_array_index(warnings, i), "client.phone"));
        about += strstr(g_ptr_array_index(warnings, i), "line 6: The program carries nothing into "
                                                        "“client.colour”") != NULL;
    }
    assert_int_equal(about, 1);
}

static void test_fills(void **state)
{
    (void)state;
    static const char yaml[] =
        "name: prov\nversion: 1\ntitle: Prov\n"
        "opening: Hej {client.first} {client}, det är {staff} på {unit}, {today}. {respondent}\n"
        "item:\n- {linkId: a, type: text, text: \"Hur mår {namn}? { {client.last}\"}\n";
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Form) form = form_load_bytes(yaml, sizeof yaml - 1, "prov.yaml", warnings, NULL);
    assert_non_null(form);
    g_autoptr(GString) about = g_string_new(NULL);
    for (guint i = 0; i < warnings->len; i++)
        if (strstr(g_ptr_array_index(warnings, i), "is not filled in") != NULL)
            g_string_append(about, g_ptr_array_index(warnings, i));
    assert_non_null(strstr(about->str, "line 6: “{namn}”"));
    assert_non_null(strstr(about->str, "“{client.last}”"));
    assert_null(strstr(about->str, "line 1"));
}

static void test_by_text(void **state)
{
    (void)state;
    static const char yaml[] = CHOICE "  - {code: ORK, display: Orkar inte, alias: [Orkar ej]}\n"
                                      "  - {code: GLÖ, display: Glömt}\n"
                                      "- {linkId: t, type: text, text: T}\n";
    g_autoptr(Form) form = form_load_bytes(yaml, sizeof yaml - 1, "prov.yaml", NULL, NULL);
    const FormItem *item = form_item(form, "c");
    static const struct {
        const char *text, *code;
    } words[] = {
        {"ORK", "ORK"},
        {"ork", "ORK"},
        {"orkar  INTE", "ORK"},
        {" Orkar ej. ", "ORK"},
        {"Gl\xC3\xB6mt", "GLÖ"},
        {"GLÖMT", "GLÖ"},
        {"Glo\xCC\x88mt", "GLÖ"},
        {"Glomt", NULL},
        {"", NULL},
        {"--", NULL},
        {"Orkar", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        const FormOption *option = form_option_by_text(item, words[i].text);
        if (words[i].code == NULL)
            assert_null(option);
        else if (option == NULL || strcmp(option->code, words[i].code) != 0)
            fail_msg("“%s” is not %s", words[i].text, words[i].code);
    }
    assert_null(form_option_by_text(form_item(form, "t"), "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),    cmocka_unit_test(test_count),
        cmocka_unit_test(test_mappings), cmocka_unit_test(test_fills),
        cmocka_unit_test(test_by_text),
    };
    return cmocka_run_group_tests_name("form/form_check", tests, NULL, NULL);
}
