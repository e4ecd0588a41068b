/* retention_rule.c: when somebody is deleted, and who is kept. Issue 10. */
#include "care/client/retention_rule.h"

#include "tests/unit/care/fixture.h"

#define HUDDINGE 126

typedef struct {
    const char *last_note, *today;
    int birth_day, municipality;
    gboolean placed, open;
    RetentionState state;
    RetentionGround ground;
    const char *first, *last;
} Case;

static const Case cases[] = {
    /* The five years have passed on the day after the one of that name. */
    {"2020-03-10", "2025-03-10", 1, HUDDINGE, 0, 0, RETENTION_NOT_YET, GROUND_NONE, "2025-03-11",
     "2026-12-31"},
    {"2020-03-10", "2025-03-11", 1, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2025-03-11",
     "2026-12-31"},
    /* 31 December: the duty begins with the new year. */
    {"2019-12-31", "2025-06-01", 1, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2025-01-01",
     "2026-12-31"},
    {"2019-12-30", "2025-06-01", 1, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2024-12-31",
     "2025-12-31"},
    /* A leap day: five years later there is none. */
    {"2024-02-29", "2029-02-28", 1, HUDDINGE, 0, 0, RETENTION_NOT_YET, GROUND_NONE, "2029-03-01",
     "2030-12-31"},
    {"2024-02-29", "2029-03-01", 1, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2029-03-01",
     "2030-12-31"},
    {"2023-02-28", "2028-02-29", 1, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2028-02-29",
     "2029-12-31"},
    /* What goes on is never due, however old. */
    {"2010-01-01", "2026-11-22", 1, HUDDINGE, 0, 1, RETENTION_OPEN, GROUND_NONE, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 5, HUDDINGE, 1, 1, RETENTION_OPEN, GROUND_PLACED, "2015-01-02",
     "2016-12-31"},
    /* Kept. */
    {"2010-01-01", "2026-11-22", 5, HUDDINGE, 0, 0, RETENTION_KEPT, GROUND_BIRTH_DAY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 15, HUDDINGE, 0, 0, RETENTION_KEPT, GROUND_BIRTH_DAY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 25, HUDDINGE, 0, 0, RETENTION_KEPT, GROUND_BIRTH_DAY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 6, HUDDINGE, 0, 0, RETENTION_DUE, GROUND_NONE, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 0, HUDDINGE, 0, 0, RETENTION_KEPT, GROUND_BIRTH_UNKNOWN,
     "2015-01-02", "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 1480, 0, 0, RETENTION_KEPT, GROUND_MUNICIPALITY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 1481, 0, 0, RETENTION_DUE, GROUND_NONE, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 580, 0, 0, RETENTION_KEPT, GROUND_COUNTY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 980, 0, 0, RETENTION_KEPT, GROUND_COUNTY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 2281, 0, 0, RETENTION_KEPT, GROUND_COUNTY, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, 2081, 0, 0, RETENTION_DUE, GROUND_NONE, "2015-01-02",
     "2016-12-31"},
    {"2010-01-01", "2026-11-22", 1, HUDDINGE, 1, 0, RETENTION_KEPT, GROUND_PLACED, "2015-01-02",
     "2016-12-31"},
};

static void the_rule(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *one = &cases[i];
        char first[DATE_SIZE], last[DATE_SIZE];
        const RetentionFacts facts = {.last_note = date_parse(one->last_note),
                                      .birth_day = one->birth_day,
                                      .municipality = one->municipality,
                                      .placed = one->placed,
                                      .open = one->open};
        const RetentionRule rule = retention_rule(&facts, date_parse(one->today));
        if (rule.state != one->state || rule.ground != one->ground ||
            strcmp(date_format(rule.first, first), one->first) != 0 ||
            strcmp(date_format(rule.last, last), one->last) != 0)
            fail_msg("case %zu: %s %s %s %s", i, retention_state_code(rule.state),
                     retention_ground_name(rule.ground), first, last);
    }
}

static void the_day_of_birth(void **state)
{
    (void)state;
    assert_int_equal(retention_birth_day(date_parse("1999-09-14"), NULL), 14);
    assert_int_equal(retention_birth_day(DATE_NONE, NULL), 0);
    assert_int_equal(retention_birth_day(DATE_NONE, "19990914-2383"), 14);
    /* Samordningsnummer: day + 60; 60 is somebody whose day is not known. */
    assert_int_equal(retention_birth_day(DATE_NONE, "19990965-0000"), 5);
    assert_int_equal(retention_birth_day(DATE_NONE, "19990991-0000"), 31);
    assert_int_equal(retention_birth_day(DATE_NONE, "19990960-0000"), 0);
    /* What is no day is none. */
    assert_int_equal(retention_birth_day(DATE_NONE, "19990945-0000"), 0);
    assert_int_equal(retention_birth_day(DATE_NONE, "AB12"), 0);
    assert_int_equal(retention_birth_day(DATE_NONE, "199909XX-K064"), 0);
}

static void a_placed_child(void **state)
{
    (void)state;
    const Date birth = date_parse("2000-05-20");
    assert_true(retention_placed(birth, date_parse("2018-05-19")));
    assert_false(retention_placed(birth, date_parse("2018-05-20")));
    assert_false(retention_placed(birth, DATE_NONE));
    assert_true(retention_placed(DATE_NONE, date_parse("2018-05-20")));
}

static void the_municipality(void **state)
{
    (void)state;
    assert_int_equal(retention_municipality("0126"), HUDDINGE);
    assert_int_equal(retention_municipality("1480"), 1480);
    static const char *const none[] = {"",     "126",  "01260", "0200", "0100",
                                       "1180", "2680", "14 0",  "14x0", "-126"};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        if (retention_municipality(none[i]) != 0)
            fail_msg("%s is a municipality", none[i]);
    assert_int_equal(retention_municipality(NULL), 0);
}

static void codes_are_stored(void **state)
{
    (void)state;
    for (int i = 0; i < RETENTION_COUNT; i++) {
        RetentionState read = RETENTION_COUNT;
        assert_true(retention_state_parse(retention_state_code((RetentionState)i), &read));
        assert_int_equal(read, i);
        assert_true(*retention_state_name((RetentionState)i) != '\0');
    }
    for (int i = 0; i < GROUND_COUNT; i++) {
        RetentionGround read = GROUND_COUNT;
        assert_true(retention_ground_parse(retention_ground_code((RetentionGround)i), &read));
        assert_int_equal(read, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule),         cmocka_unit_test(the_day_of_birth),
        cmocka_unit_test(a_placed_child),   cmocka_unit_test(the_municipality),
        cmocka_unit_test(codes_are_stored),
    };
    return cmocka_run_group_tests_name("retention rule", tests, NULL, NULL);
}
