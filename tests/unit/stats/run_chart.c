/* run_chart.c: the median and the run chart's two rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/run_chart.h"

#include <math.h>
#include <string.h>

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-12))
        fail_msg("%.17g is not %.17g", value, expected);
}

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
        double median = run_median(cases[c].rates, cases[c].count);
        if (isnan(cases[c].median))
            assert_true(isnan(median));
        else
            assert_near(median, cases[c].median);
    }
}

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
    return run_signal(values, count, 0.2);
}

/* Limits by number of useful points: the table of the run chart's authors (Anhøj & Olesen 2014;
 * the same in R as round(log2(n) + 3) and qbinom(0.05, n - 1, 0.5)), and qbinom far beyond it. */
static void test_limits(void **state)
{
    (void)state;
    static const struct {
        int useful, run, crossings;
    } limits[] = {
        {5, 5, 0},       {6, 6, 1},        {10, 6, 2},  {11, 6, 2},  {12, 7, 3},  {13, 7, 3},
        {14, 7, 4},      {15, 7, 4},       {16, 7, 4},  {17, 7, 5},  {18, 7, 5},  {19, 7, 6},
        {20, 7, 6},      {21, 7, 6},       {22, 7, 7},  {23, 8, 7},  {24, 8, 8},  {25, 8, 8},
        {26, 8, 8},      {30, 8, 10},      {40, 8, 14}, {50, 9, 19}, {60, 9, 23}, {100, 10, 41},
        {1000, 13, 474}, {5000, 15, 2441},
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

/* Each number of points from 10 to 100, as in the authors' table: the longest run from the
 * logarithm, the crossings from the binomial numbers themselves, row by row of Pascal's triangle. */
static void test_every_limit_to_a_hundred(void **state)
{
    (void)state;
    enum { MOST = 100 };
    long double row[MOST + 1] = {1}; /* of n - 1 throws, each number of heads: its chance */
    for (int n = 2; n <= MOST; n++) {
        for (int k = n - 1; k >= 0; k--)
            row[k] = (row[k] + (k > 0 ? row[k - 1] : 0)) / 2;
        if (n < 10)
            continue;
        long double chance = 0;
        int crossings = -1;
        while (chance < 0.05L)
            chance += row[++crossings];
        int run = 0; /* the whole number nearest to log2(n) + 3 */
        while (powl(2, run + 0.5L - 3) < n)
            run++;
        g_autofree char *pattern = g_strnfill((gsize)n, '+');
        const RunSignal signal = signal_of(pattern);
        if (signal.run_limit != run || signal.crossings_limit != crossings)
            fail_msg("%d points: %d and %d, not %d and %d", n, signal.run_limit,
                     signal.crossings_limit, run, crossings);
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
    RunSignal signal = run_signal(values, G_N_ELEMENTS(values), NAN);
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
        {"+++++++-----", {5, -1, 7, 11}}, /* seven of twelve are no run too long */
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
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_every_limit_to_a_hundred),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_no_median),
        cmocka_unit_test(test_runs_say_where_they_are),
    };
    return cmocka_run_group_tests_name("stats/run_chart", tests, NULL, NULL);
}
