/* answers.c: what has been answered, repetitions that come and go, codes in a value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/answers.h"

#include <string.h>

/* "kontakter" repeats, and "samtal" repeats inside it. */
static const char FORM[] = "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
                           "- {linkId: a, type: text, text: A}\n"
                           "- linkId: kontakter\n  type: group\n  repeats: true\n  item:\n"
                           "  - {linkId: namn, type: string, text: N}\n"
                           "  - linkId: samtal\n    type: group\n    repeats: true\n    item:\n"
                           "    - {linkId: dag, type: date, text: D}\n";

static Form *load(void)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(FORM, sizeof FORM - 1, "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s", error->message);
    return form;
}

static void append(const Answer *answer, gpointer data)
{
    GString *all = data;
    g_string_append_printf(all, "%s%s@%s=%s", all->len > 0 ? " " : "", answer->link_id,
                           answer->instance, answer->value != NULL ? answer->value : "");
}

static void assert_all(const Answers *answers, const char *expected)
{
    g_autoptr(GString) all = g_string_new(NULL);
    answers_foreach(answers, append, all);
    assert_string_equal(all->str, expected);
}

static void test_set(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = answers_new();
    assert_null(answers_get(answers, "a", ""));
    answers_set(answers, "a", "", ANSWER_VALUE, "x");
    answers_set(answers, "a", "2", ANSWER_VALUE, "y");
    assert_string_equal(answers_get(answers, "a", "")->value, "x");
    assert_string_equal(answers_get(answers, "a", "2")->value, "y");
    assert_null(answers_get(answers, "a", "3"));
    /* its own value set again is safe */
    answers_set(answers, "a", "", ANSWER_VALUE, answers_get(answers, "a", "")->value);
    assert_string_equal(answers_get(answers, "a", "")->value, "x");
    answers_set(answers, "a", "", ANSWER_REFUSED, "not kept");
    assert_int_equal(answers_get(answers, "a", "")->kind, ANSWER_REFUSED);
    assert_null(answers_get(answers, "a", "")->value);
    answers_set(answers, "a", "", ANSWER_VALUE, "");
    assert_null(answers_get(answers, "a", ""));
    answers_set(answers, "a", "2", ANSWER_NONE, NULL);
    assert_null(answers_get(answers, "a", "2"));
    assert_all(answers, "");
}

static void test_note_and_reason(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = answers_new();
    answers_set_reason(answers, "a", "", "no answer, no reason");
    assert_null(answers_get(answers, "a", ""));
    answers_set_note(answers, "a", "", "ringde igen");
    assert_int_equal(answers_get(answers, "a", "")->kind, ANSWER_NONE);
    answers_set(answers, "a", "", ANSWER_VALUE, "120");
    answers_set_reason(answers, "a", "", "stämmer");
    answers_set(answers, "a", "", ANSWER_VALUE, "120");
    assert_string_equal(answers_get(answers, "a", "")->reason, "stämmer");
    answers_set(answers, "a", "", ANSWER_VALUE, "12");
    assert_null(answers_get(answers, "a", "")->reason);
    answers_set(answers, "a", "", ANSWER_NONE, NULL);
    assert_string_equal(answers_get(answers, "a", "")->note, "ringde igen");
    answers_set_note(answers, "a", "", "");
    assert_null(answers_get(answers, "a", ""));
}

static void test_kinds(void **state)
{
    (void)state;
    for (AnswerKind kind = ANSWER_NONE; kind <= ANSWER_NOT_ASKED; kind++) {
        AnswerKind read;
        assert_true(answer_kind_parse(answer_kind_code(kind), &read));
        assert_int_equal(read, kind);
        assert_true(answer_kind_name(kind)[0] != '\0');
    }
    AnswerKind kept = ANSWER_REFUSED;
    assert_false(answer_kind_parse("maybe", &kept));
    assert_int_equal(kept, ANSWER_REFUSED);
}

static void test_repetitions(void **state)
{
    (void)state;
    g_autoptr(Form) form = load();
    g_autoptr(Answers) answers = answers_new();
    const FormItem *contacts = form_item(form, "kontakter"), *calls = form_item(form, "samtal");
    assert_int_equal(answers_repetitions(answers, contacts, ""), 1);
    answers_set(answers, "a", "", ANSWER_VALUE, "utanför");
    answers_set(answers, "namn", "1", ANSWER_VALUE, "ett");
    answers_add_repetition(answers, contacts, "");
    answers_add_repetition(answers, contacts, "");
    assert_int_equal(answers_repetitions(answers, contacts, ""), 3);
    answers_set(answers, "namn", "2", ANSWER_VALUE, "två");
    answers_set(answers, "dag", "2.1", ANSWER_VALUE, "2026-01-21");
    answers_set(answers, "namn", "3", ANSWER_VALUE, "tre");
    answers_add_repetition(answers, calls, "3");
    answers_set(answers, "dag", "3.1", ANSWER_VALUE, "2026-01-31");
    answers_set(answers, "dag", "3.2", ANSWER_VALUE, "2026-01-30");
    answers_set_note(answers, "dag", "3.2", "följer med");

    answers_remove_repetition(answers, contacts, "", 4);
    answers_remove_repetition(answers, contacts, "", 0);
    assert_int_equal(answers_repetitions(answers, contacts, ""), 3);
    answers_remove_repetition(answers, contacts, "", 2);
    assert_all(answers, "a@=utanför namn@1=ett kontakter@=2 namn@2=tre samtal@2=2 "
                        "dag@2.1=2026-01-31 dag@2.2=2026-01-30");
    assert_string_equal(answers_get(answers, "dag", "2.2")->note, "följer med");
    assert_int_equal(answers_repetitions(answers, calls, "2"), 2);
    assert_int_equal(answers_repetitions(answers, calls, "1"), 1);

    answers_remove_repetition(answers, calls, "2", 1);
    assert_string_equal(answers_get(answers, "dag", "2.1")->value, "2026-01-30");
    assert_null(answers_get(answers, "dag", "2.2"));
    answers_remove_repetition(answers, contacts, "", 1);
    assert_all(answers, "a@=utanför namn@1=tre dag@1.1=2026-01-30");
    answers_remove_repetition(answers, contacts, "", 1);
    assert_all(answers, "a@=utanför");
    assert_int_equal(answers_repetitions(answers, contacts, ""), 1);
}

static void test_repetitions_bounded(void **state)
{
    (void)state;
    g_autoptr(Form) form = load();
    g_autoptr(Answers) answers = answers_new();
    const FormItem *group = form_item(form, "kontakter");
    for (int i = 0; i < ANSWERS_REPETITIONS_MAX + 5; i++)
        answers_add_repetition(answers, group, "");
    assert_int_equal(answers_repetitions(answers, group, ""), ANSWERS_REPETITIONS_MAX);
    static const char *const WRONG[] = {"0", "-1", "many", "99999999999999999999", "201"};
    for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
        answers_set(answers, "kontakter", "", ANSWER_VALUE, WRONG[i]);
        assert_int_equal(answers_repetitions(answers, group, ""), 1);
    }
}

static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *value, *code;
        gboolean has;
        const char *own;
    } cases[] = {
        {"a", "a", TRUE, NULL},        {"ab", "a", FALSE, NULL},      {"ab", "b", FALSE, NULL},
        {"a b c", "b", TRUE, NULL},    {"a b c", "c", TRUE, NULL},    {"a b c", "d", FALSE, NULL},
        {"=a b", "a", FALSE, "a b"},   {"=a b", "b", FALSE, "a b"},   {"a =b c", "a", TRUE, "b c"},
        {"a =b c", "b", FALSE, "b c"}, {"a =b c", "c", FALSE, "b c"}, {"==", "=", FALSE, "="},
        {"x=1", "x=1", TRUE, NULL},
    };
    g_autoptr(Answers) answers = answers_new();
    assert_false(answers_has_code(NULL, "a"));
    assert_null(answers_own_words(NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        answers_set(answers, "a", "", ANSWER_VALUE, cases[i].value);
        const Answer *answer = answers_get(answers, "a", "");
        if (answers_has_code(answer, cases[i].code) != cases[i].has ||
            g_strcmp0(answers_own_words(answer), cases[i].own) != 0)
            fail_msg("case %zu: “%s”", i, cases[i].value);
    }
    answers_set(answers, "a", "", ANSWER_UNKNOWN, NULL);
    assert_false(answers_has_code(answers_get(answers, "a", ""), "unknown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_note_and_reason),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_repetitions),
        cmocka_unit_test(test_repetitions_bounded),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("form/answers", tests, NULL, NULL);
}
