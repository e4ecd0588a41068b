/* placement_rule.c: whom the rules ask when a placement has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "care/placement/placement.h"

#define NOBODY                                                                                     \
    {                                                                                              \
        FALSE, FALSE, FALSE                                                                        \
    }
#define ALL_THREE                                                                                  \
    {                                                                                              \
        TRUE, TRUE, TRUE                                                                           \
    }
#define NOT_THE_CHILD                                                                              \
    {                                                                                              \
        TRUE, FALSE, TRUE                                                                          \
    }

static Date day(const char *text)
{
    return text != NULL ? date_parse(text) : DATE_NONE;
}

static void test_whom(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *started, *ended;
        gboolean asked[RESPONDENT_COUNT];
        int age;
        const char *last;
        const char *text; /* what the sentence says; NULL: there is none */
    } cases[] = {
        /* It goes on, or has no days. */
        {"2012-03-01", "2026-01-01", NULL, NOBODY, -1, NULL, "goes on"},
        {"2012-03-01", NULL, "2026-01-01", NOBODY, -1, NULL, "goes on"},
        /* Length: the first and the last day both count. */
        {"2012-03-01", "2026-11-01", "2026-11-29", NOBODY, 14, "2027-02-27", "lasted 29 days"},
        {"2012-03-01", "2026-11-01", "2026-11-30", ALL_THREE, 14, "2027-02-28", NULL},
        {"2012-03-01", "2026-11-01", "2026-11-01", NOBODY, 14, "2027-01-30", "lasted 1 day."},
        /* A leap year: 30 days from 1 February are over on 1 March, a day earlier than in others.
         */
        {"2012-03-01", "2024-02-01", "2024-03-01", ALL_THREE, 12, "2024-05-30", NULL},
        {"2012-03-01", "2023-02-01", "2023-03-01", NOBODY, 11, "2023-05-30", "lasted 29 days"},
        {"2012-03-01", "2023-02-01", "2023-03-02", ALL_THREE, 11, "2023-05-31", NULL},
        /* 90 days over the turn of a year and over a leap day. */
        {"2012-03-01", "2023-10-01", "2023-12-01", ALL_THREE, 11, "2024-02-29", NULL},
        {"2012-03-01", "2023-10-01", "2023-12-02", ALL_THREE, 11, "2024-03-01", NULL},
        /* The child from the day it is seven. */
        {"2019-06-15", "2026-01-01", "2026-06-14", NOT_THE_CHILD, 6, "2026-09-12", "6 years old"},
        {"2019-06-15", "2026-01-01", "2026-06-15", ALL_THREE, 7, "2026-09-13", NULL},
        {"2025-12-24", "2026-01-01", "2026-06-15", NOT_THE_CHILD, 0, "2026-09-13", "0 years old"},
        {"2026-06-15", "2026-01-01", "2026-06-15", NOT_THE_CHILD, 0, "2026-09-13", "0 years old"},
        {"2025-05-24", "2026-01-01", "2026-06-15", NOT_THE_CHILD, 1, "2026-09-13", "1 year old"},
        /* Born on a leap day: seven on 1 March in a year without one. */
        {"2016-02-29", "2022-12-01", "2023-02-28", NOT_THE_CHILD, 6, "2023-05-29", "6 years old"},
        {"2016-02-29", "2022-12-01", "2023-03-01", ALL_THREE, 7, "2023-05-30", NULL},
        /* Up to and with twenty-one; from eighteen a parent is asked with consent. */
        {"2008-06-15", "2026-01-01", "2026-06-14", ALL_THREE, 17, "2026-09-12", NULL},
        {"2008-06-15", "2026-01-01", "2026-06-15", ALL_THREE, 18, "2026-09-13", "consent"},
        {"2004-06-15", "2026-01-01", "2026-06-14", ALL_THREE, 21, "2026-09-12", "consent"},
        {"2004-06-15", "2026-01-01", "2026-06-15", NOBODY, 22, "2026-09-13", "22 years old"},
        /* Too short and too old: the first reason is said. */
        {"1990-01-01", "2026-06-01", "2026-06-05", NOBODY, 36, "2026-09-03", "lasted 5 days"},
        /* The birth date is not known, or cannot be right. */
        {NULL, "2026-01-01", "2026-06-15", ALL_THREE, -1, "2026-09-13", "not known"},
        {NULL, "2026-06-01", "2026-06-15", NOBODY, -1, "2026-09-13", "lasted 15 days"},
        {"2026-07-01", "2026-01-01", "2026-06-15", ALL_THREE, -1, "2026-09-13", "not known"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Date started = day(cases[i].started), ended = day(cases[i].ended);
        PlacementRule rule = placement_rule(day(cases[i].birth), started, ended, FALSE);
        g_autofree char *text = placement_rule_text(&rule, INSTITUTION_HVB, started, ended);
        gboolean asked = FALSE;
        for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++) {
            if (rule.asked[r] != cases[i].asked[r])
                fail_msg("case %zu: respondent %d", i, (int)r);
            asked = asked || rule.asked[r];
        }
        if (rule.due != asked || rule.age != cases[i].age || rule.last != day(cases[i].last) ||
            (rule.last != DATE_NONE && rule.first != ended))
            fail_msg("case %zu: due %d, age %d", i, rule.due, rule.age);
        if ((text == NULL) != (cases[i].text == NULL) ||
            (text != NULL && strstr(text, cases[i].text) == NULL))
            fail_msg("case %zu: %s", i, text != NULL ? text : "no sentence");
    }
}

/* A15: an emergency foster home is followed up like any other home; while the stay goes on it is
 * said how long it may. */
static void test_a15_an_emergency_foster_home(void **state)
{
    (void)state;
    const Date born = day("2012-03-01"), started = day("2026-01-01"), ended = day("2026-01-30");
    const PlacementRule going_on = placement_rule(born, started, DATE_NONE, FALSE);
    const PlacementRule over = placement_rule(born, started, ended, FALSE);
    for (InstitutionKind kind = INSTITUTION_HVB; kind < INSTITUTION_KIND_COUNT; kind++) {
        g_autofree char *now = placement_rule_text(&going_on, kind, started, DATE_NONE);
        g_autofree char *then = placement_rule_text(&over, kind, started, ended);
        assert_non_null(strstr(now, "It is followed up when it has ended."));
        assert_int_equal(strstr(now, "at most two months after the inquiry") != NULL,
                         kind == INSTITUTION_EMERGENCY_FOSTER_HOME);
        assert_null(then);
    }
}

/* D13: where there are two parents both are asked, whenever one is. */
static void test_d13_two_parents(void **state)
{
    (void)state;
    const Date born = day("2012-03-01"), started = day("2026-01-01");
    static const struct {
        const char *ended;
        gboolean asked;
    } cases[] = {{NULL, FALSE}, {"2026-01-20", FALSE}, {"2026-06-15", TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Date ended = day(cases[i].ended);
        const PlacementRule one = placement_rule(born, started, ended, FALSE);
        const PlacementRule both = placement_rule(born, started, ended, TRUE);
        assert_int_equal(both.asked[RESPONDENT_PARENT], cases[i].asked);
        assert_int_equal(both.asked[RESPONDENT_PARENT_2], cases[i].asked);
        assert_false(one.asked[RESPONDENT_PARENT_2]);
    }
}

static void test_respondents(void **state)
{
    (void)state;
    static const char *const codes[] = {"case-officer", "child", "parent", "parent-2"};
    static const char *const forms[] = {"ubu-handlaggare", "ubu-ungdom", "ubu-foralder",
                                        "ubu-foralder"};
    Respondent respondent = RESPONDENT_COUNT;
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++) {
        assert_string_equal(respondent_code(r), codes[r]);
        assert_string_equal(respondent_form(r), forms[r]);
        assert_string_not_equal(respondent_name(r), "");
        assert_true(respondent_parse(codes[r], &respondent));
        assert_int_equal(respondent, r);
    }
    assert_false(respondent_parse("client", &respondent));
    assert_false(respondent_parse(NULL, &respondent));
}

int main(void)
{
    i18n_init("en");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whom),
        cmocka_unit_test(test_a15_an_emergency_foster_home),
        cmocka_unit_test(test_d13_two_parents),
        cmocka_unit_test(test_respondents),
    };
    return cmocka_run_group_tests_name("care/placement_rule", tests, NULL, NULL);
}
