/* flow_check.c: what is wrong with an answer: its type, hard and soft rules, answers together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "form/flow.h"

#include <string.h>

static const char FORM[] =
    "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
    "- {linkId: ja, type: boolean, text: T}\n"
    "- {linkId: val, type: choice, text: T, answerOption: &val [{code: a, display: A}, "
    "{code: b, display: B}]}\n"
    "- {linkId: flera, type: choice, repeats: true, text: T, answerOption: [{code: a, display: A}, "
    "{code: b, display: B}, {code: inga, display: Inga av dem, exclusive: true}]}\n"
    "- {linkId: eget, type: open-choice, text: T, answerOption: *val}\n"
    "- {linkId: egna, type: open-choice, repeats: true, text: T, answerOption: [{code: a, "
    "display: A}, {code: inga, display: Inga, exclusive: true}]}\n"
    "- {linkId: ord, type: string, text: T, warning: [{operator: \"!=\", answer: nej, "
    "text: Skriv gärna mer.}]}\n"
    "- {linkId: text, type: text, text: T}\n"
    "- {linkId: dec, type: decimal, text: T}\n"
    "- linkId: tal\n  type: integer\n  text: T\n"
    "  constraint:\n"
    "  - {operator: \">=\", answer: 0, text: Åldern är inte under noll.}\n"
    "  - {operator: <=, answer: 120, text: Åldern är högst 120.}\n"
    "  warning:\n"
    "  - {operator: <=, answer: 21, text: Uppföljningen gäller till och med 21 år.}\n"
    "- linkId: från\n  type: date\n  text: T\n"
    "  constraint:\n  - {operator: <=, answer: today, text: Dagen har inte varit än.}\n"
    "  warning:\n  - {operator: \">=\", answer: today-90, text: Det är mer än 90 dagar sedan.}\n"
    "- linkId: till\n  type: date\n  text: T\n"
    "  constraint:\n  - {operator: \">=\", answer: =från, text: Slutet är inte före början.}\n"
    "- linkId: klar\n  type: date\n  text: T\n"
    "  warning:\n  - {operator: <=, answer: =från + 14, text: Längre bort än 14 dagar.}\n"
    "  - {operator: \">=\", answer: =från - 1, text: Mer än en dag före.}\n"
    "- linkId: visas\n  type: group\n  enableWhen:\n"
    "  - {question: ja, operator: \"=\", answer: \"true\"}\n  item:\n"
    "  - {linkId: dold, type: date, text: T}\n"
    "- linkId: efter\n  type: date\n  text: T\n"
    "  constraint:\n  - {operator: \">\", answer: =dold, text: Efter den andra.}\n"
    "- linkId: möten\n  type: group\n  repeats: true\n  item:\n"
    "  - {linkId: börjar, type: time, text: T}\n"
    "  - linkId: slutar\n    type: time\n    text: T\n"
    "    constraint:\n    - {operator: \">\", answer: =börjar, text: Mötet slutar efter att det "
    "börjar.}\n"
    "- {linkId: bara, type: display, text: T}\n";

typedef struct {
    Form *form;
    Answers *answers;
    Flow *flow;
} Fixture;

static int set_up(void **state)
{
    g_autoptr(GError) error = NULL;
    Fixture *fixture = g_new0(Fixture, 1);
    i18n_init("en");
    fixture->form = form_load_bytes(FORM, sizeof FORM - 1, "prov.yaml", NULL, &error);
    if (fixture->form == NULL)
        fail_msg("%s", error->message);
    fixture->answers = answers_new();
    fixture->flow = flow_new(fixture->form, fixture->answers, date_from_ymd(2026, 11, 22));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    flow_free(fixture->flow);
    answers_free(fixture->answers);
    form_free(fixture->form);
    g_free(fixture);
    return 0;
}

static void give(Fixture *fixture, const char *link_id, const char *instance, const char *value)
{
    answers_set(fixture->answers, link_id, instance, ANSWER_VALUE, value);
    flow_refresh(fixture->flow);
}

/* `part` NULL: all is well. */
static void assert_check(const Fixture *fixture, const char *link_id, const char *instance,
                         const char *value, CheckLevel level, const char *part)
{
    g_autofree char *sentence = NULL;
    const FormItem *item = form_item(fixture->form, link_id);
    CheckLevel found = flow_check(fixture->flow, item, instance, value, &sentence);
    if (found != level || (part == NULL) != (sentence == NULL) ||
        (part != NULL && strstr(sentence, part) == NULL))
        fail_msg("%s “%s”: level %d, “%s”", link_id, value, (int)found,
                 sentence != NULL ? sentence : "");
}

static void test_types(void **state)
{
    static const struct {
        const char *link_id, *value, *part;
    } cases[] = {
        {"ja", "true", NULL},
        {"ja", "false", NULL},
        {"ja", "ja", "yes or no"},
        {"val", "a", NULL},
        {"val", "c", "one of the answers shown"},
        {"val", "", "one of the answers shown"},
        {"val", " ", "one of the answers shown"},
        {"val", "a b", "one answer only"},
        {"val", "=a", "one of the answers shown"},
        {"flera", "a b", NULL},
        {"flera", "a c", "one of the answers shown"},
        {"flera", "inga", NULL},
        {"flera", "inga a", "“Inga av dem” is chosen alone"},
        {"flera", "a inga", "“Inga av dem” is chosen alone"},
        {"eget", "a", NULL},
        {"eget", "=eget svar", NULL},
        {"eget", "=", "one of the answers shown"},
        {"eget", "a =b", "one answer only"},
        {"egna", "a =eget svar", NULL},
        {"egna", "inga =eget svar", "“Inga” is chosen alone"},
        {"ord", "hej", NULL},
        {"ord", "två\nrader", "on one line"},
        {"ord", "", "Write an answer"},
        {"text", "två\nrader", NULL},
        {"text", " \n ", "Write an answer"},
        {"dec", "3.5", NULL},
        {"dec", "-3", NULL},
        {"dec", ".5", NULL},
        {"dec", "3,5", "a number"},
        {"dec", ".", "a number"},
        {"dec", "-", "a number"},
        {"dec", "1.2.3", "a number"},
        {"dec", "inf", "a number"},
        {"dec", "0x10", "a number"},
        {"dec", "1e5", "a number"},
        {"tal", "7", NULL},
        {"tal", "7.0", "whole number"},
        {"tal", "sju", "whole number"},
        {"från", "2026-11-22", NULL},
        {"från", "2026-11-31", "Write a date"},
        {"från", "22/11", "Write a date"},
        {"börjar", "08:30", NULL},
        {"börjar", "25:00", "Write a time"},
        {"bara", "x", "nothing to answer"},
        {"möten", "x", "nothing to answer"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_check(*state, cases[i].link_id, "", cases[i].value,
                     cases[i].part == NULL ? CHECK_OK : CHECK_FAULT, cases[i].part);
}

static void test_rules(void **state)
{
    static const struct {
        const char *link_id, *value;
        CheckLevel level;
        const char *part;
    } cases[] = {
        {"tal", "0", CHECK_OK, NULL},
        {"tal", "21", CHECK_OK, NULL},
        {"tal", "22", CHECK_WARNING, "till och med 21"},
        {"tal", "121", CHECK_FAULT, "högst 120"},
        {"tal", "-1", CHECK_FAULT, "under noll"},
        {"ord", "nej", CHECK_WARNING, "gärna mer"},
        {"från", "2026-11-22", CHECK_OK, NULL},
        {"från", "2026-11-23", CHECK_FAULT, "inte varit"},
        {"från", "2026-08-24", CHECK_OK, NULL},
        {"från", "2026-08-23", CHECK_WARNING, "90 dagar"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_check(*state, cases[i].link_id, "", cases[i].value, cases[i].level, cases[i].part);
}

static void test_references(void **state)
{
    Fixture *fixture = *state;
    assert_check(fixture, "till", "", "2020-01-01", CHECK_OK, NULL);
    give(fixture, "från", "", "2026-11-01");
    assert_check(fixture, "till", "", "2026-10-31", CHECK_FAULT, "före början");
    assert_check(fixture, "till", "", "2026-11-01", CHECK_OK, NULL);
    /* A8: so many days from that answer, whatever day it is now */
    assert_check(fixture, "klar", "", "2026-11-15", CHECK_OK, NULL);
    assert_check(fixture, "klar", "", "2026-11-16", CHECK_WARNING, "än 14 dagar");
    assert_check(fixture, "klar", "", "2026-10-31", CHECK_OK, NULL);
    assert_check(fixture, "klar", "", "2026-10-30", CHECK_WARNING, "en dag före");
    answers_set(fixture->answers, "från", "", ANSWER_UNKNOWN, NULL);
    assert_check(fixture, "till", "", "2026-10-31", CHECK_OK, NULL);
    assert_check(fixture, "klar", "", "2027-10-31", CHECK_OK, NULL);

    /* an answer whose question has fallen away is nothing to compare with */
    give(fixture, "ja", "", "true");
    give(fixture, "dold", "", "2026-11-01");
    assert_check(fixture, "efter", "", "2026-11-01", CHECK_FAULT, "Efter den andra");
    give(fixture, "ja", "", "false");
    assert_check(fixture, "efter", "", "2026-11-01", CHECK_OK, NULL);

    /* each repetition is held against its own */
    answers_add_repetition(fixture->answers, form_item(fixture->form, "möten"), "");
    give(fixture, "börjar", "1", "09:00");
    give(fixture, "börjar", "2", "13:00");
    assert_check(fixture, "slutar", "1", "10:00", CHECK_OK, NULL);
    assert_check(fixture, "slutar", "2", "10:00", CHECK_FAULT, "Mötet slutar efter");
}

static void test_step(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *sentence = NULL;
    int age = flow_find(fixture->flow, "tal", "");
    assert_int_equal(flow_check_step(fixture->flow, age, &sentence), CHECK_OK);
    assert_null(sentence);
    answers_set(fixture->answers, "tal", "", ANSWER_REFUSED, NULL);
    assert_int_equal(flow_check_step(fixture->flow, age, NULL), CHECK_OK);
    give(fixture, "tal", "", "22");
    assert_int_equal(flow_check_step(fixture->flow, age, &sentence), CHECK_WARNING);
    assert_string_equal(sentence, "Uppföljningen gäller till och med 21 år.");
    g_clear_pointer(&sentence, g_free);
    answers_set_reason(fixture->answers, "tal", "", "beslutet förlängdes");
    assert_int_equal(flow_check_step(fixture->flow, age, &sentence), CHECK_OK);
    assert_null(sentence);
    give(fixture, "tal", "", "121");
    answers_set_reason(fixture->answers, "tal", "", "en hård regel står fast");
    assert_int_equal(flow_check_step(fixture->flow, age, NULL), CHECK_FAULT);

    /* made wrong by a later change of another */
    give(fixture, "till", "", "2026-10-01");
    int end = flow_find(fixture->flow, "till", "");
    assert_int_equal(flow_check_step(fixture->flow, end, NULL), CHECK_OK);
    give(fixture, "från", "", "2026-11-01");
    assert_int_equal(flow_check_step(fixture->flow, end, NULL), CHECK_FAULT);
    int group = flow_find(fixture->flow, "möten", "1");
    assert_int_equal(flow_check_step(fixture->flow, group, NULL), CHECK_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_types, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_step, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("form/flow_check", tests, NULL, NULL);
}
