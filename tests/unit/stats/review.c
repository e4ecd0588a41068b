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
        {487, 0, 0, NAN},       {1, 0, 0, NAN}, {11, 60, 29, NAN}, {10, 60, 30, 30.0 / 90},
        {9, 61, 30, 30.0 / 91}, {1, 9, 0, 0},   {1, 8, 0, NAN},    {0, 0, 1, 1},
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

/* A5: the shares are of all the visits behind the causes, also those without one given; what stands
 * in is not among them. */
static void test_a5_causes_have_one_denominator(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int count;
    } wanted[] = {{"INS", 9}, {"MÅ", 6}, {"GLÖ", 3}, {"SJU", 3}, {NULL, 3}, {"ORK", 1}, {"RES", 1}};
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    int cumulated = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(all, &rows[i]);
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

static void test_no_causes(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GPtrArray) causes = review_causes(none);
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
        double median = review_median(cases[c].rates, cases[c].count);
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

/* Which way, and from which point on: the latest run that is too long. */
static void test_runs_say_where_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        Run told;
    } cases[] = {
        {"", {0, 0, 0, 0}},
        {"++++++++-+-+", {8, 1, 0, 7}},
        {"+-+-++++++++", {8, 1, 4, 11}},
        {"-+-0--?-----0", {8, -1, 2, 11}},
        {"--------++++++++", {8, 1, 8, 15}},
        {"---------++++++++", {8, 1, 9, 16}},
        {"---------++++++++-", {8, 1, 9, 16}},
        /* too few crossings, no run too long: the one that the line ends in */
        {"++++----++++", {4, 1, 8, 11}},
        {"++++++------", {6, -1, 6, 11}},
        {"+-", {1, -1, 1, 1}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        RunSignal signal = signal_of(cases[i].pattern);
        const Run *told = &signal.told, *wanted = &cases[i].told;
        if (told->length != wanted->length || told->side != wanted->side ||
            told->first != wanted->first || told->last != wanted->last)
            fail_msg("“%s”: %d on side %d from %zu to %zu", cases[i].pattern, told->length,
                     told->side, told->first, told->last);
    }
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
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_no_median),
        cmocka_unit_test(test_runs_say_where_they_are),
    };
    return cmocka_run_group_tests_name("stats/review", tests, NULL, NULL);
}
