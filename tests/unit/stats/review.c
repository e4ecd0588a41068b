/* review.c: the week's rates, the order of causes, and the run chart's two rules. */
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
    WeekOutcomes outcomes = {.week = 202645};
    gint64 visits[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = 3,
        [OUTCOME_DONE] = 60,
        [OUTCOME_DONE_OTHERWISE] = 4,
        [OUTCOME_CANCELLED] = 9,
        [OUTCOME_DECLINED] = 2,
        [OUTCOME_NO_SHOW] = 7,
        [OUTCOME_UNIT_CANCELLED] = 10,
        [OUTCOME_REBOOKED] = 5,
    };
    memcpy(outcomes.visits, visits, sizeof visits);
    ReviewWeek week = review_week(&outcomes, date_parse("2026-11-22"));
    assert_int_equal(week.week, 202645);
    assert_int_equal(week.planned, 100);
    assert_int_equal(week.missed, 18);
    assert_int_equal(week.unknown, 3);
    assert_int_equal(week.visits[OUTCOME_REBOOKED], 5);
    assert_near(week.rate, 18.0 / 90);
    assert_near(review_rate(visits), 0.2);
}

static void test_week_without_visits(void **state)
{
    (void)state;
    WeekOutcomes empty = {.week = 202645};
    assert_true(isnan(review_week(&empty, date_parse("2026-11-22")).rate));
    assert_int_equal(review_week(&empty, date_parse("2026-11-22")).planned, 0);
    WeekOutcomes cancelled = {.week = 202645, .visits = {[OUTCOME_UNIT_CANCELLED] = 4}};
    assert_true(isnan(review_week(&cancelled, date_parse("2026-11-22")).rate));
    assert_int_equal(review_week(&cancelled, date_parse("2026-11-22")).planned, 4);
    WeekOutcomes all = {.week = 202645, .visits = {[OUTCOME_NO_SHOW] = 4}};
    assert_near(review_week(&all, date_parse("2026-11-22")).rate, 1);
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
    const WeekOutcomes begun = {.week = 202645, .visits = {30, 2, 0, 3}};
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
    {(char *)(gintptr) "MÅ", OUTCOME_CANCELLED, 202644, 4, 0},
    {(char *)(gintptr) "MÅ", OUTCOME_NO_SHOW, 202645, 2, 0},
    {(char *)(gintptr) "GLÖ", OUTCOME_NO_SHOW, 202645, 3, 0},
    {NULL, OUTCOME_NO_SHOW, 202645, 3, 0},
    {(char *)(gintptr) "INS", OUTCOME_UNIT_CANCELLED, 202645, 9, 0},
    {(char *)(gintptr) "ORK", OUTCOME_DONE_OTHERWISE, 202645, 1, 0},
    {(char *)(gintptr) "RES", OUTCOME_REBOOKED, 202645, 1, 0},
    {(char *)(gintptr) "FAM", OUTCOME_DECLINED, 202645, 0, 0},
};

static GPtrArray *sum_causes(gboolean missed_only)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(all, &rows[i]);
    return review_causes(all, missed_only);
}

static void assert_causes(gboolean missed_only, const char *const *codes, const int *counts,
                          guint count, int total)
{
    g_autoptr(GPtrArray) causes = sum_causes(missed_only);
    int cumulated = 0;
    assert_int_equal(causes->len, count);
    for (guint i = 0; i < count; i++) {
        const ReviewCause *cause = g_ptr_array_index(causes, i);
        if (codes[i] == NULL)
            assert_null(cause->code);
        else
            assert_string_equal(cause->code, codes[i]);
        cumulated += counts[i];
        assert_int_equal(cause->count, counts[i]);
        assert_near(cause->share, (double)counts[i] / total);
        assert_near(cause->cumulated, (double)cumulated / total);
    }
    assert_int_equal(cumulated, total);
}

static void test_causes(void **state)
{
    (void)state;
    static const char *const missed[] = {"MÅ", "GLÖ", "SJU", NULL};
    static const int missed_counts[] = {6, 3, 3, 3};
    assert_causes(TRUE, missed, missed_counts, G_N_ELEMENTS(missed), 15);
    static const char *const all[] = {"INS", "MÅ", "GLÖ", "SJU", NULL, "ORK", "RES"};
    static const int all_counts[] = {9, 6, 3, 3, 3, 1, 1};
    assert_causes(FALSE, all, all_counts, G_N_ELEMENTS(all), 26);
}

static void test_no_causes(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) causes = review_causes(none, TRUE);
    assert_int_equal(causes->len, 0);
}

/* --- median --- */

static void test_median(void **state)
{
    (void)state;
    static const struct {
        double rates[6];
        gsize count;
        double median;
    } cases[] = {
        {{0}, 0, NAN},
        {{NAN, NAN}, 2, NAN},
        {{0.3}, 1, 0.3},
        {{0.4, 0.1}, 2, 0.25},
        {{0.4, NAN, 0.1, 0.2}, 4, 0.2},
        {{0.2, 0.2, 0.1, 0.2, 0.5, 0.2}, 6, 0.2},
        {{0, 0, 1, 1}, 4, 0.5},
    };
    for (gsize c = 0; c < G_N_ELEMENTS(cases); c++) {
        ReviewWeek weeks[6] = {0};
        for (gsize i = 0; i < cases[c].count; i++)
            weeks[i].rate = cases[c].rates[i];
        double median = review_median(weeks, cases[c].count);
        if (isnan(cases[c].median))
            assert_true(isnan(median));
        else
            assert_near(median, cases[c].median);
    }
}

/* --- run chart --- */

/* "+" above, "-" below, "0" on the median, "?" a week without a rate. */
static RunSignal signal_of(const char *pattern)
{
    gsize count = strlen(pattern);
    g_autofree double *values = g_new(double, count + 1);
    for (gsize i = 0; i < count; i++)
        values[i] = pattern[i] == '+' ? 0.3 : pattern[i] == '-' ? 0.1 : 0.2;
    for (gsize i = 0; i < count; i++)
        if (pattern[i] == '?')
            values[i] = NAN;
    return review_run_signal(values, count, 0.2);
}

/* Limits by number of useful points: the table of the run chart's authors (Anhøj & Olesen 2014;
 * the same in R as round(log2(n) + 3) and qbinom(0.05, n - 1, 0.5)), and qbinom far beyond it. */
static void test_limits(void **state)
{
    (void)state;
    static const struct {
        int useful, run, crossings;
    } limits[] = {
        {10, 6, 2},  {11, 6, 2},  {12, 7, 3},  {13, 7, 3},    {14, 7, 4},      {15, 7, 4},
        {16, 7, 4},  {17, 7, 5},  {18, 7, 5},  {19, 7, 6},    {20, 7, 6},      {21, 7, 6},
        {22, 7, 7},  {23, 8, 7},  {24, 8, 8},  {25, 8, 8},    {26, 8, 8},      {30, 8, 10},
        {40, 8, 14}, {50, 9, 19}, {60, 9, 23}, {100, 10, 41}, {1000, 13, 474}, {5000, 15, 2441},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        g_autofree char *pattern = g_strnfill((gsize)limits[i].useful, '+');
        RunSignal signal = signal_of(pattern);
        assert_int_equal(signal.useful, limits[i].useful);
        if (signal.run_limit != limits[i].run || signal.crossings_limit != limits[i].crossings)
            fail_msg("%d points: %d and %d, not %d and %d", limits[i].useful, signal.run_limit,
                     signal.crossings_limit, limits[i].run, limits[i].crossings);
    }
}

static void test_signals(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        int useful, longest_run, crossings;
        gboolean signal;
    } cases[] = {
        {"", 0, 0, 0, FALSE},
        {"?", 0, 0, 0, FALSE},
        {"0000000000000000", 0, 0, 0, FALSE},
        {"+", 1, 1, 0, FALSE},
        {"+++++++++", 9, 9, 0, FALSE},
        {"+-+-+-+-+", 9, 1, 8, FALSE},
        {"++++++++++", 10, 10, 0, TRUE},
        {"+-+-+-+-+-", 10, 1, 9, FALSE},
        /* 12 points: a run of 7 is allowed, one of 8 is not. */
        {"+++++++-+-+-", 12, 7, 5, FALSE},
        {"++++++++-+-+", 12, 8, 4, TRUE},
        /* 12 points: 3 crossings are allowed, 2 are not. */
        {"+++---+++---", 12, 3, 3, FALSE},
        {"++++----++++", 12, 4, 2, TRUE},
        /* 24 points: a run of 8 and 8 crossings are allowed. */
        {"++++++++--++--++--++--+-", 24, 8, 9, FALSE},
        {"+++++++++--++--++--++-+-", 24, 9, 9, TRUE},
        {"+++---+++---+++---+++---", 24, 3, 7, TRUE},
        {"+++---+++---+++---++--++", 24, 3, 8, FALSE},
        /* A point on the median, or a week without a rate, neither breaks a run nor adds. */
        {"+++0++++?-+-+-", 12, 7, 5, FALSE},
        {"+++0+++++?-+-+", 12, 8, 4, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        RunSignal signal = signal_of(cases[i].pattern);
        if (signal.useful != (gsize)cases[i].useful || signal.longest_run != cases[i].longest_run ||
            signal.crossings != cases[i].crossings || signal.signal != cases[i].signal)
            fail_msg("“%s”: %zu useful, run %d, %d crossings, signal %d", cases[i].pattern,
                     signal.useful, signal.longest_run, signal.crossings, signal.signal);
    }
}

static void test_no_median(void **state)
{
    (void)state;
    double values[12] = {0};
    RunSignal signal = review_run_signal(values, G_N_ELEMENTS(values), NAN);
    assert_int_equal(signal.useful, 0);
    assert_false(signal.signal);
}

static void test_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *part;
    } cases[] = {
        {"+-+-+", "it takes 10 that differ"},
        {"+-+-+-+-+-+-", "no more than they would by chance"},
        {"++++++++-+-+", "8 weeks in a row lie on the same side of the median, and by chance "
                         "alone it would hardly be more than 7"},
        {"++++----++++", "crosses the median 2 times, and by chance alone it would hardly be fewer "
                         "than 3"},
        {"++++++------", "crosses the median 1 time, "},
        {"++++++++++", "10 weeks in a row"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        RunSignal signal = signal_of(cases[i].pattern);
        g_autofree char *text = review_signal_text(&signal);
        if (strstr(text, cases[i].part) == NULL)
            fail_msg("“%s” says “%s”", cases[i].pattern, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_week),
        cmocka_unit_test(test_week_without_visits),
        cmocka_unit_test(test_week_that_is_not_over),
        cmocka_unit_test(test_causes),
        cmocka_unit_test(test_no_causes),
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_no_median),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests_name("stats/review", tests, NULL, NULL);
}
