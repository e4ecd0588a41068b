/* words.c: dates, counts and visits in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "base/week_words.h"
#include "ui/common/words.h"

static int english(void **state)
{
    (void)state;
    return i18n_init("en") ? 0 : -1;
}

static void assert_text(char *text, const char *expected)
{
    if (expected == NULL) {
        assert_null(text);
        return;
    }
    assert_non_null(text);
    assert_string_equal(text, expected);
    g_free(text);
}

static void days_and_weeks(void **state)
{
    (void)state;
    assert_text(words_day(date_from_ymd(2026, 11, 23)), "Monday 2026-11-23, week 48");
    assert_text(words_day(date_from_ymd(2027, 1, 1)), "Friday 2027-01-01, week 53");
    assert_text(words_week(202653), "Week 53, 2026-12-28 to 2027-01-03");
}

static void how_far_away(void **state)
{
    (void)state;
    static const struct {
        int days;
        const char *distance, *due;
    } CASES[] = {
        {0, "today", "today"},
        {1, "tomorrow", "tomorrow"},
        {-1, "yesterday", "overdue by 1 day"},
        {-2, "2 days ago", "overdue by 2 days"},
        {6, "in 6 days", "Sunday"},
        {7, "in 7 days", "2026-11-30"},
    };
    Date today = date_from_ymd(2026, 11, 23);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        assert_text(words_distance(today + CASES[i].days, today), CASES[i].distance);
        assert_text(words_due(today + CASES[i].days, today), CASES[i].due);
    }
}

static void typed_weeks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Week week;
    } CASES[] = {
        {"45", 202645},
        {"v45", 202645},
        {"v. 45", 202645},
        {" W45 ", 202645},
        {"2026-W45", 202645},
        {"v45 2025", 202545},
        {"2", 202702},
        {"53", 202653},
        {"21/11", 202647},
        {"yesterday", 202647},
        {"0", 0},
        {"54", 0},
        {"", 0},
        {"v", 0},
        {"soon", 0},
        {"45x", 0},
    };
    Date today = date_from_ymd(2026, 11, 23);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        if (week_parse_words(CASES[i].text, today) != CASES[i].week)
            fail_msg("“%s” was read as %d", CASES[i].text, week_parse_words(CASES[i].text, today));
    /* a year without week 53 is passed over */
    assert_int_equal(week_parse_words("53", date_from_ymd(2025, 6, 1)), 202653);
}

static void several_weeks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Week from, to;
    } CASES[] = {
        {"v40-v47", 202640, 202647},
        {"40–47", 202640, 202647},
        {" v. 40 - v. 47 ", 202640, 202647},
        {"2026-W40 2026-W47", 202640, 202647},
        {"2026-W40-2026-W47", 202640, 202647},
        {"2026-10-01 .. 21/11", 202640, 202647},
        {"v45", 202645, 202645},
        {"v45 2025", 202545, 202545},
        {"2026-W45", 202645, 202645},
        {"47-40", 0, 0}, /* ends before it begins */
        {"40-", 0, 0},
        {"-", 0, 0},
        {"", 0, 0},
        {"40-soon", 0, 0},
    };
    Date today = date_from_ymd(2026, 11, 23);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Week from = 0, to = 0;
        const gboolean understood = weeks_parse_words(CASES[i].text, today, &from, &to);
        if (understood != (CASES[i].from != 0) || (understood && from != CASES[i].from) ||
            (understood && to != CASES[i].to))
            fail_msg("“%s” was read as %d to %d", CASES[i].text, from, to);
    }
    assert_true(week_can_be_typed(202653));
    assert_false(week_can_be_typed(202553));
}

static void summaries(void **state)
{
    (void)state;
    assert_text(words_day_summary(0, 0, 0), "0 visits");
    assert_text(words_day_summary(1, 0, 1), "1 visit, nothing recorded on 1");
    assert_text(words_day_summary(9, 2, 3), "9 visits, 2 not taken, nothing recorded on 3");
}

static void outcomes(void **state)
{
    (void)state;
    for (Outcome each = OUTCOME_NONE; each < OUTCOME_COUNT; each++)
        assert_true(words_outcome_short(each)[0] != '\0');
}

static void visits(void **state)
{
    (void)state;
    g_autoptr(Visit) visit = visit_new();
    visit->client_name = g_strdup("Test Testsson");
    visit->minutes = 45;
    visit->mode = VISIT_MODE_PHONE;
    assert_text(words_name(visit), "Test Testsson");
    assert_text(words_planned(visit), "45 min, phone call");
    visit->client_protection = PROTECTION_MARKED;
    assert_text(words_name(visit), "Test Testsson (protected)");
    visit->staff_name = g_strdup("Anna Prov");
    assert_text(words_planned(visit), "45 min, phone call, Anna Prov");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_weeks), cmocka_unit_test(how_far_away),
        cmocka_unit_test(typed_weeks),    cmocka_unit_test(several_weeks),
        cmocka_unit_test(summaries),      cmocka_unit_test(outcomes),
        cmocka_unit_test(visits),
    };
    return cmocka_run_group_tests_name("ui/words", tests, english, NULL);
}
