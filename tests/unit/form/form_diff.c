/* form_diff.c: what changed between two versions, in sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "form/form_diff.h"

#include <string.h>

#define HEAD(title) "name: prov\nversion: 1\ntitle: " title "\nitem:\n"
#define Q "- {linkId: a, type: boolean, text: Fråga?}\n"
#define CHOICE(options) "- {linkId: b, type: choice, text: Välj, answerOption: [" options "]}\n"
#define ONE "{code: x, display: Ett, key: e}"
#define GROUP(members) "- linkId: g\n  type: group\n  text: Del\n" members "  item:\n"
#define INNER "  - {linkId: c, type: text, text: Inne}\n"
#define DAY(members) Q "- linkId: d\n  type: date\n  text: Dag\n" members

static const struct {
    const char *before, *after;
    const char *sentences; /* with newlines between */
} CASES[] = {
    {HEAD("T") Q, HEAD("T") Q, ""},
    {HEAD("T") Q, HEAD("T") "# en kommentar\n" Q, ""},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, mapsTo: a.b}\n", ""},
    {HEAD("T") Q, HEAD("U") Q, "The form was called “T” and is now called “U”."},
    {HEAD("T") Q, "opening: Hej\nclosing: Tack\nrespondent: child\n" HEAD("T") Q,
     "The text read aloud at the start is another.\nThe text at the end is another.\n"
     "The form is answered by somebody else."},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: boolean, text: Annan fråga?}\n",
     "“Fråga?” is now worded “Annan fråga?”."},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: text, text: Fråga?}\n",
     "“Fråga?” was yes or no and is now a longer text."},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, help: Tänk}\n",
     "“Fråga?” has another help text."},
    {HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, help: Tänk}\n", HEAD("T") Q,
     "“Fråga?” has no help text any more."},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, required: true}\n",
     "“Fråga?” must now be answered."},
    {HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, required: true}\n", HEAD("T") Q,
     "“Fråga?” need not be answered any more."},
    {HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, required: true}\n",
     HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, statutory: true}\n",
     "The law asks for the answer to “Fråga?”."},
    {HEAD("T") Q, HEAD("T") "- {linkId: a, type: boolean, text: Fråga?, initial: true}\n",
     "“Fråga?” begins with another answer."},
    {HEAD("T") Q, HEAD("T") Q "- {linkId: n, type: text, text: Ny}\n", "The question “Ny” is new."},
    {HEAD("T") Q, HEAD("T") "- {linkId: n, type: display, text: Läs}\n" Q,
     "The text “Läs” is new."},
    {HEAD("T") Q, HEAD("T") Q GROUP("") INNER,
     "The section “Del” is new.\nThe question “Inne” is new."},
    {HEAD("T") Q GROUP("") INNER "- {linkId: l, type: display, text: Läs}\n", HEAD("T") Q,
     "The section “Del” has been taken away.\nThe question “Inne” has been taken away.\n"
     "The text “Läs” has been taken away."},
    {HEAD("T") GROUP("") INNER, HEAD("T") GROUP("  repeats: true\n") INNER,
     "“Del” may now be filled in several times."},
    {HEAD("T") GROUP("  repeats: true\n") INNER, HEAD("T") GROUP("") INNER,
     "“Del” is now filled in once only."},
    {HEAD("T") "- {linkId: c, type: text, text: Inne}\n" GROUP(
         "") "  - {linkId: e, type: text, text: E}\n",
     HEAD("T") GROUP("") INNER "  - {linkId: e, type: text, text: E}\n",
     "“Inne” stands in another section.\nThe questions come in another order."},
    {HEAD("T") Q CHOICE(ONE), HEAD("T") CHOICE(ONE) Q, "The questions come in another order."},
    {HEAD("T") CHOICE(ONE), HEAD("T") CHOICE(ONE ", {code: y, display: Två}"),
     "“Välj” has the new option “Två”."},
    {HEAD("T") CHOICE(ONE ", {code: y, display: Två}"), HEAD("T") CHOICE(ONE),
     "“Välj” no longer has the option “Två”."},
    {HEAD("T") CHOICE(ONE), HEAD("T") CHOICE("{code: x, display: Ettan, key: f, alias: E}"),
     "The option “Ett” of “Välj” is now worded “Ettan”.\n"
     "The option “Ettan” of “Välj” is now chosen with the key f."},
    {HEAD("T") CHOICE(ONE), HEAD("T") CHOICE("{code: x, display: Ett}"), ""},
    {HEAD("T") CHOICE(ONE),
     HEAD("T") "- {linkId: b, type: choice, repeats: true, text: Välj, answerOption: [" ONE "]}\n",
     "“Välj” may now have several answers."},
    {HEAD("T") "- {linkId: b, type: choice, repeats: true, text: Välj, answerOption: [" ONE "]}\n",
     HEAD("T") CHOICE(ONE), "“Välj” now has one answer only."},
    {HEAD("T") DAY(""),
     HEAD("T") DAY("  enableWhen: [{question: a, operator: exists, answer: true}]\n"),
     "“Dag” is asked under other conditions."},
    {HEAD("T") DAY("  enableWhen: [{question: a, operator: exists, answer: true}]\n"),
     HEAD("T") DAY("  enableWhen: [{question: a, operator: \"=\", answer: true}]\n"),
     "“Dag” is asked under other conditions."},
    {HEAD("T") DAY("  enableWhen: [{question: a, operator: exists, answer: true}]\n"),
     HEAD("T") DAY("  enableBehavior: any\n"
                   "  enableWhen: [{question: a, operator: exists, answer: true}]\n"),
     ""},
    {HEAD("T") DAY(""),
     HEAD("T") DAY("  warning: [{operator: \"<=\", answer: today, text: Nej}]\n"),
     "The answer to “Dag” is checked in another way."},
    {HEAD("T") DAY("  constraint: [{operator: \"<=\", answer: today, text: Nej}]\n"),
     HEAD("T") DAY("  constraint: [{operator: \"<=\", answer: today+1, text: Nej}]\n"),
     "The answer to “Dag” is checked in another way."},
};

static void test_cases(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Form) before =
            form_load_bytes(CASES[i].before, strlen(CASES[i].before), "före", NULL, &error);
        g_autoptr(Form) after = NULL;
        if (before != NULL)
            after = form_load_bytes(CASES[i].after, strlen(CASES[i].after), "efter", NULL, &error);
        if (after == NULL)
            fail_msg("case %zu: %s", i, error->message);
        g_autoptr(GPtrArray) sentences = form_diff(before, after);
        g_ptr_array_add(sentences, NULL);
        g_autofree char *text = g_strjoinv("\n", (char **)sentences->pdata);
        if (strcmp(text, CASES[i].sentences) != 0)
            fail_msg("case %zu: “%s” is not “%s”", i, text, CASES[i].sentences);
    }
}

/* A long text is cut, and its line breaks do not break the sentence. */
static void test_long(void **state)
{
    (void)state;
    GString *yaml = g_string_new(HEAD("T") "- linkId: n\n  type: display\n  text: |\n");
    for (int i = 0; i < 50; i++)
        g_string_append(yaml, "    en rad till\n");
    g_autoptr(Form) before = form_load_bytes(HEAD("T") Q, strlen(HEAD("T") Q), "f", NULL, NULL);
    g_autoptr(Form) after = form_load_bytes(yaml->str, yaml->len, "e", NULL, NULL);
    g_autoptr(GPtrArray) sentences = form_diff(before, after);
    assert_int_equal(sentences->len, 2);
    assert_null(strchr(sentences->pdata[0], '\n'));
    assert_true(g_str_has_prefix(sentences->pdata[0], "The text “en rad till en rad till"));
    assert_true(g_str_has_suffix(sentences->pdata[0], "…” is new."));
    g_string_free(yaml, TRUE);
}

static int speak_english(void **state)
{
    (void)state;
    i18n_init("en");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests_name("form/form_diff", tests, speak_english, NULL);
}
