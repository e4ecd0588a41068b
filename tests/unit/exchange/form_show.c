/* form_show.c: a form as lines to read and as a template for translators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "exchange/form_show.h"

#include <string.h>

static const char YAML[] =
    "name: prov\nversion: \"2\"\ntitle: Provet\nsource: Dagsform\nrespondent: parent\n"
    "opening: Hej\nitem:\n"
    "- linkId: g\n  type: group\n  text: Skola\n  repeats: true\n  item:\n"
    "  - {linkId: a, type: boolean, text: Går det bra?, required: true, initial: \"true\"}\n"
    "  - {linkId: läs, type: display, text: \"Läs \\\"detta\\\"\", help: Långsamt}\n"
    "- linkId: b\n  type: choice\n  repeats: true\n  text: Varför?\n  help: Tänk\n"
    "  enableWhen:\n  - {question: a, operator: \"=\", answer: \"false\"}\n"
    "  answerOption:\n  - {code: x, display: Annat, key: å}\n"
    "  - {code: y, display: Inget, exclusive: true}\n"
    "- linkId: c\n  type: integer\n  text: |-\n    Hur många?\n    Ungefär\\.\n  ownWords: true\n"
    "  statutory: true\n"
    "  constraint:\n  - {operator: \">\", answer: \"0\", text: Minst en.}\n"
    "  warning:\n  - {operator: \"<\", answer: \"9\", text: Tänk}\n"
    "closing: Tack\n";

static const char SHOWN[] =
    "Provet\n"
    "Form prov, version 2. Number of questions: 3. Answered by a parent.\n"
    "Whose words: Dagsform\n"
    "Read aloud first: Hej\n"
    "\n"
    "Skola Can be filled in several times.\n"
    "  1. Går det bra? (yes or no) Must be answered.\n"
    "      Filled in from the start: Ja\n"
    "  Läs \"detta\"\n"
    "      Help: Långsamt\n"
    "2. Varför? Several answers may be given.\n"
    "    Help: Tänk\n"
    "    Answer only if the answer to question 1 is “Nej”.\n"
    "    å: Annat\n"
    "    - Inget (alone)\n"
    "3. Hur många? Ungefär\\. (a whole number) The law asks for the answer. In the person's own "
    "words.\n"
    "    If the answer cannot be right: “Minst en.”\n"
    "    If the answer is unusual: “Tänk”\n"
    "\n"
    "Read aloud at the end: Tack\n";

static const char TEMPLATE[] = "msgid \"\"\n"
                               "msgstr \"\"\n"
                               "\"Project-Id-Version: dagsform-forms\\n\"\n"
                               "\"Language: \\n\"\n"
                               "\"MIME-Version: 1.0\\n\"\n"
                               "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                               "\"Content-Transfer-Encoding: 8bit\\n\"\n"
                               "\n#: a.yaml:3\n#: b.yaml:3\nmsgid \"Provet\"\nmsgstr \"\"\n"
                               "\n#: a.yaml:6\n#: b.yaml:6\nmsgid \"Hej\"\nmsgstr \"\"\n"
                               "\n#: a.yaml:36\n#: b.yaml:36\nmsgid \"Tack\"\nmsgstr \"\"\n";

static Form *load(void)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(YAML, strlen(YAML), "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s", error->message);
    return form;
}

/* No catalogue is installed here, so the program's own words are English. */
static void test_show(void **state)
{
    (void)state;
    g_autoptr(Form) form = load();
    g_autofree char *text = form_show(form, "en");
    assert_string_equal(text, SHOWN);
    assert_int_equal(form_questions(form), 3);
}

static void test_pot(void **state)
{
    (void)state;
    g_autoptr(Form) form = load();
    const Form *const forms[] = {form, form};
    const char *const files[] = {"a.yaml", "b.yaml"};
    g_autofree char *pot = form_pot(forms, files, 2);
    if (!g_str_has_prefix(pot, TEMPLATE))
        fail_msg("%s", pot);
    assert_non_null(strstr(pot, "\nmsgid \"Läs \\\"detta\\\"\"\n"));
    assert_non_null(strstr(pot, "\nmsgid \"\"\n\"Hur många?\\n\"\n\"Ungefär\\\\.\"\n"));
    /* One text in two places of each file stands once, with all its places. */
    const char *think = strstr(pot, "msgid \"Tänk\"");
    assert_non_null(think);
    assert_null(strstr(think + 1, "msgid \"Tänk\""));
    int places = 0;
    for (const char *at = think - 1; at > pot && strncmp(at - 1, "\n\n", 2) != 0; at--)
        places += *at == '#';
    assert_int_equal(places, 4);
    assert_null(strstr(pot, "Dagsform"));
}

static int without_catalogues(void **state)
{
    (void)state;
    g_setenv("DAGSFORM_SHARE", "/nonexistent", TRUE);
    i18n_init("en");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_show),
        cmocka_unit_test(test_pot),
    };
    return cmocka_run_group_tests_name("exchange/form_show", tests, without_catalogues, NULL);
}
