/* review.c: the week's rates and the order of causes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/review.h"

#include <math.h>
#include <string.h>

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-12))
        fail_msg("%.17g is not %.17g", value, expected);
}

/* --- rates --- */

static void test_week(void **state)
{
    (void)state;
    const WeekOutcomes outcomes = {
        .week = 202645,
        .visits = {[OUTCOME_NONE] = 4,
                   [OUTCOME_DONE] = 61,
                   [OUTCOME_DONE_OTHERWISE] = 5,
                   [OUTCOME_CANCELLED] = 10,
                   [OUTCOME_DECLINED] = 3,
                   [OUTCOME_NO_SHOW] = 8,
                   [OUTCOME_UNIT_CANCELLED] = 11,
                   [OUTCOME_REBOOKED] = 6},
        .stand_in = {1, 1, 1, 1, 1, 1, 1, 1},
    };
    ReviewWeek week = review_week(&outcomes, date_parse("2026-11-22"));
    assert_int_equal(week.week, 202645);
    assert_int_equal(week.planned, 85); /* 3 + 60 + 4 + 9 + 2 + 7 */
    assert_int_equal(week.recorded, 82);
    assert_int_equal(week.missed, 18);
    assert_int_equal(week.unknown, 3);
    assert_int_equal(week.stand_ins, 8);
    assert_int_equal(week.visits[OUTCOME_REBOOKED], 5);
    assert_int_equal(week.visits[OUTCOME_UNIT_CANCELLED], 10);
    assert_near(week.rate, 18.0 / 82);
}

static void test_week_without_visits(void **state)
{
    (void)state;
    WeekOutcomes empty = {.week = 202645};
    assert_true(isnan(review_week(&empty, date_parse("2026-11-22")).rate));
    assert_int_equal(review_week(&empty, date_parse("2026-11-22")).planned, 0);
    WeekOutcomes cancelled = {.week = 202645,
                              .visits = {[OUTCOME_UNIT_CANCELLED] = 4, [OUTCOME_REBOOKED] = 2}};
    assert_true(isnan(review_week(&cancelled, date_parse("2026-11-22")).rate));
    assert_int_equal(review_week(&cancelled, date_parse("2026-11-22")).planned, 0);
    WeekOutcomes all = {.week = 202645, .visits = {[OUTCOME_NO_SHOW] = 4}};
    assert_near(review_week(&all, date_parse("2026-11-22")).rate, 1);
}

/* A3: what is not recorded is no visit that took place; with too little recorded there is no rate.
 */
static void test_a3_too_little_recorded_has_no_rate(void **state)
{
    (void)state;
    static const struct {
        gint64 unknown, done, missed;
        double rate;
    } cases[] = {
        {487, 0, 0, NAN},        {1, 0, 0, NAN},         {11, 60, 29, NAN},
        {10, 60, 30, 30.0 / 90}, {9, 61, 30, 30.0 / 91}, {1, 9, 0, 0},
        {1, 8, 0, NAN},          {0, 0, 1, 1},           {108, 892, 0, NAN},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        WeekOutcomes outcomes = {.week = 202645,
                                 .visits = {[OUTCOME_NONE] = cases[i].unknown,
                                            [OUTCOME_DONE] = cases[i].done,
                                            [OUTCOME_DECLINED] = cases[i].missed}};
        ReviewWeek week = review_week(&outcomes, date_parse("2026-11-22"));
        assert_int_equal(review_is_recorded(&week), !isnan(cases[i].rate));
        if (isnan(cases[i].rate))
            assert_true(isnan(week.rate));
        else
            assert_near(week.rate, cases[i].rate);
    }
}

/* Nothing has come yet of most visits of a week that has begun. */
static void test_week_that_is_not_over(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        gboolean over;
    } cases[] = {{"2026-11-01", FALSE},
                 {"2026-11-02", FALSE},
                 {"2026-11-08", FALSE},
                 {"2026-11-09", TRUE},
                 {"2027-01-01", TRUE}};
    const WeekOutcomes begun = {.week = 202645, .visits = {1, 28, 0, 3}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ReviewWeek week = review_week(&begun, date_parse(cases[i].today));
        assert_int_equal(week.over, cases[i].over);
        assert_int_equal(isnan(week.rate), !cases[i].over);
        assert_int_equal(week.missed, 3);
    }
}

/* --- causes --- */

static WeekCause rows[] = {
    {(char *)(gintptr) "SJU", OUTCOME_CANCELLED, 202644, 3, 0},
    {(char *)(gintptr) "MÅ", OUTCOME_CANCELLED, 202644, 5, 1},
    {(char *)(gintptr) "MÅ", OUTCOME_NO_SHOW, 202645, 2, 0},
    {(char *)(gintptr) "GLÖ", OUTCOME_NO_SHOW, 202645, 3, 0},
    {NULL, OUTCOME_NO_SHOW, 202645, 7, 4},
    {(char *)(gintptr) "INS", OUTCOME_UNIT_CANCELLED, 202645, 9, 0},
    {(char *)(gintptr) "ORK", OUTCOME_DONE_OTHERWISE, 202645, 1, 0},
    {(char *)(gintptr) "RES", OUTCOME_REBOOKED, 202645, 1, 0},
    {(char *)(gintptr) "FAM", OUTCOME_DECLINED, 202645, 2, 2},
};

static void assert_causes(gboolean backwards)
{
    static const struct {
        const char *code;
        int count;
    } wanted[] = {{"INS", 9}, {"MÅ", 6}, {"GLÖ", 3}, {"SJU", 3}, {NULL, 3}, {"ORK", 1}, {"RES", 1}};
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    int cumulated = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_insert(all, backwards ? 0 : -1, &rows[i]);
    g_autoptr(GPtrArray) causes = review_causes(all);
    assert_int_equal(causes->len, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < causes->len; i++) {
        const ReviewCause *cause = g_ptr_array_index(causes, i);
        if (wanted[i].code == NULL)
            assert_null(cause->code);
        else
            assert_string_equal(cause->code, wanted[i].code);
        cumulated += wanted[i].count;
        assert_int_equal(cause->count, wanted[i].count);
        assert_near(cause->share, (double)wanted[i].count / 26);
        assert_near(cause->cumulated, (double)cumulated / 26);
    }
    assert_int_equal(cumulated, 26);
}

/* A5: the shares are of all the visits behind the causes, also those without one given; what stands
 * in is not among them. The order in which the rows come says nothing. */
static void test_a5_causes_have_one_denominator(void **state)
{
    (void)state;
    assert_causes(FALSE);
    assert_causes(TRUE);
}

static void test_no_causes(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) causes = review_causes(none);
    assert_int_equal(causes->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_week),
        cmocka_unit_test(test_week_without_visits),
        cmocka_unit_test(test_a3_too_little_recorded_has_no_rate),
        cmocka_unit_test(test_week_that_is_not_over),
        cmocka_unit_test(test_a5_causes_have_one_denominator),
        cmocka_unit_test(test_no_causes),
    };
    return cmocka_run_group_tests_name("stats/review", tests, NULL, NULL);
}
