/* spc.c: control charts against published examples with their printed limits, and against a second
 * computation, slow and obvious, on random data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/spc.h"

#include <math.h>
#include <string.h>

#define NONE 0

static void assert_near(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g is not %.17g", value, expected);
}

/* `n` 0: not said. */
static SpcInput *inputs_of(const double *counts, gsize count, double n)
{
    SpcInput *inputs = g_new0(SpcInput, count);
    for (gsize i = 0; i < count; i++)
        inputs[i] = (SpcInput){.count = counts[i], .n = n > 0 ? n : NAN};
    return inputs;
}

static SpcChart *chart_of(SpcKind kind, const SpcInput *inputs, gsize count)
{
    return spc_new(kind, inputs, count, NULL, 0, 0);
}

/* Which points are outside, from 1: "15+ 23+". */
static char *outside(const SpcChart *chart)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < chart->count; i++)
        if (chart->points[i].outside != 0)
            g_string_append_printf(text, "%s%zu%c", text->len > 0 ? " " : "", i + 1,
                                   chart->points[i].outside > 0 ? '+' : '-');
    return g_string_free(text, FALSE);
}

static void assert_outside(const SpcChart *chart, const char *expected)
{
    g_autofree char *found = outside(chart);
    assert_string_equal(found, expected);
}

static void assert_limits(const SpcChart *chart, gsize point, double lower, double centre,
                          double upper, double within)
{
    assert_near(chart->points[point].lower, lower, within);
    assert_near(chart->points[point].centre, centre, within);
    assert_near(chart->points[point].upper, upper, within);
}

/* --- published examples ----------------------------------------------------------------------- */

/* Cans of orange juice that leak, of 50 in each sample: Montgomery, example 7.1; the NIST
 * e-Handbook has the same numbers as wafers, 6.3.3.2. */
static const double CANS[] = {12, 15, 8, 10, 4,  7,  16, 9,  14, 10, 5,  6, 17, 12, 22,
                              8,  10, 5, 13, 11, 20, 18, 24, 15, 9,  12, 7, 13, 9,  6};

static void test_p(void **state)
{
    (void)state;
    g_autofree SpcInput *inputs = inputs_of(CANS, G_N_ELEMENTS(CANS), 50);
    g_autoptr(SpcChart) all = chart_of(SPC_P, inputs, G_N_ELEMENTS(CANS));
    assert_limits(all, 0, 0.0524, 0.2313, 0.4102, 0.00005);
    assert_outside(all, "15+ 23+");
    assert_true(spc_has_signal(all));
    assert_false(all->parts[0].trial);
    assert_int_equal(all->parts[0].base, 30);

    /* Another delivery of cardboard, and a new operator: left out, and the 21st lies outside. */
    inputs[14].excluded = inputs[22].excluded = TRUE;
    g_autoptr(SpcChart) without = chart_of(SPC_P, inputs, G_N_ELEMENTS(CANS));
    assert_limits(without, 0, 0.0407, 0.2150, 0.3893, 0.00005);
    assert_outside(without, "21+");
    assert_int_equal(without->parts[0].base, 28);
    assert_near(without->points[14].value, 0.44, 1e-12);
}

/* Faulty purchase orders of 25 weeks, 80 to 120 in each: Montgomery, example 7.2, with the limits
 * printed to three decimals for each size. */
static void test_p_of_varying_sizes(void **state)
{
    (void)state;
    static const double faulty[] = {12, 8,  6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9,
                                    8,  6,  8, 10, 7, 5,  8,  5,  8,  10, 6, 9};
    static const double sizes[] = {100, 80,  80,  100, 110, 110, 100, 100, 90,  90,  110, 120, 120,
                                   120, 110, 80,  80,  80,  90,  100, 100, 100, 100, 90,  90};
    static const struct {
        double n, lower, upper;
    } printed[] = {{80, 0, 0.194}, {90, 0.003, 0.189}, {100, 0.007, 0.184}, {110, 0.012, 0.180},
                   {120, 0.015, 0.177}};
    SpcInput inputs[G_N_ELEMENTS(sizes)];
    int found = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        inputs[i] = (SpcInput){.count = faulty[i], .n = sizes[i]};
    g_autoptr(SpcChart) chart = chart_of(SPC_P, inputs, G_N_ELEMENTS(sizes));
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(printed); k++)
            if (printed[k].n == sizes[i]) {
                assert_limits(chart, i, printed[k].lower, 0.0955, printed[k].upper, 0.001);
                found++;
            }
    assert_int_equal(found, G_N_ELEMENTS(sizes));
    assert_outside(chart, "11+");
}

/* Faults in 26 samples of 100 circuit boards: Montgomery, example 7.3. */
static void test_c(void **state)
{
    (void)state;
    static const double faults[] = {21, 24, 16, 12, 15, 5,  28, 20, 31, 25, 20, 24, 16,
                                    19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15};
    g_autofree SpcInput *inputs = inputs_of(faults, G_N_ELEMENTS(faults), NONE);
    g_autoptr(SpcChart) chart = chart_of(SPC_C, inputs, G_N_ELEMENTS(faults));
    assert_limits(chart, 3, 6.48, 19.85, 33.22, 0.01);
    assert_outside(chart, "6- 20+");
}

/* Defects on 25 wafers: the NIST e-Handbook, 6.3.3.1. */
static void test_c_of_nist(void **state)
{
    (void)state;
    static const double defects[] = {16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14,
                                     16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13};
    g_autofree SpcInput *inputs = inputs_of(defects, G_N_ELEMENTS(defects), NONE);
    g_autoptr(SpcChart) chart = chart_of(SPC_C, inputs, G_N_ELEMENTS(defects));
    assert_limits(chart, 0, 4, 16, 28, 1e-9);
    assert_outside(chart, "24+"); /* 28 lies on the limit */
}

/* Errors in 50 shipments a week: Montgomery, example 7.4. */
static void test_u(void **state)
{
    (void)state;
    static const double errors[] = {2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4};
    g_autofree SpcInput *inputs = inputs_of(errors, G_N_ELEMENTS(errors), 50);
    g_autoptr(SpcChart) chart = chart_of(SPC_U, inputs, G_N_ELEMENTS(errors));
    assert_limits(chart, 19, 0, 0.0740, 0.1894, 0.00005);
    assert_outside(chart, "");
}

/* Flow rates of ten batches: the NIST e-Handbook, 6.3.2.2. */
static void test_xmr(void **state)
{
    (void)state;
    static const double rates[] = {49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
    g_autofree SpcInput *inputs = inputs_of(rates, G_N_ELEMENTS(rates), NONE);
    g_autoptr(SpcChart) chart = chart_of(SPC_XMR, inputs, G_N_ELEMENTS(rates));
    assert_limits(chart, 9, 45.8159, 50.81, 55.8041, 0.0001);
    assert_outside(chart, "");
    assert_false(spc_has_signal(chart));
    assert_true(chart->parts[0].trial); /* ten points */
}

static void test_run(void **state)
{
    (void)state;
    static const double values[] = {5, 1, 4, 2, 3};
    g_autofree SpcInput *inputs = inputs_of(values, G_N_ELEMENTS(values), NONE);
    g_autoptr(SpcChart) chart = chart_of(SPC_RUN, inputs, G_N_ELEMENTS(values));
    assert_near(chart->points[0].centre, 3, 0);
    assert_true(isnan(chart->points[0].lower) && isnan(chart->points[0].upper));
    assert_int_equal(chart->parts[0].runs.useful, 4);
    assert_int_equal(chart->parts[0].runs.crossings, 3);
}

/* --- limits of their own for each point, cut ----------------------------------------------------
 */

static void test_limits_of_each_point(void **state)
{
    (void)state;
    const SpcInput inputs[] = {{1, 10, FALSE}, {30, 100, FALSE}, {99, 100, FALSE}, {0, 2, FALSE}};
    g_autoptr(SpcChart) chart = chart_of(SPC_P, inputs, G_N_ELEMENTS(inputs));
    const double p = 130.0 / 212;
    for (gsize i = 0; i < G_N_ELEMENTS(inputs); i++) {
        const double sigma = sqrt(p * (1 - p) / inputs[i].n);
        assert_limits(chart, i, MAX(p - 3 * sigma, 0), p, MIN(p + 3 * sigma, 1), 1e-12);
    }
    assert_outside(chart, "1- 2- 3+");
    assert_near(chart->points[3].lower, 0, 0);
    assert_near(chart->points[3].upper, 1, 0);
}

/* What was not measured, and what is a share of nothing, is no zero. */
static void test_points_without_a_value(void **state)
{
    (void)state;
    const SpcInput inputs[] = {{3, 10, FALSE}, {0, 0, FALSE}, {NAN, 10, FALSE}, {5, 10, FALSE}};
    g_autoptr(SpcChart) chart = chart_of(SPC_P, inputs, G_N_ELEMENTS(inputs));
    assert_near(chart->points[0].centre, 0.4, 1e-12);
    for (gsize i = 1; i <= 2; i++) {
        assert_true(isnan(chart->points[i].value));
        assert_true(isnan(chart->points[i].upper));
        assert_int_equal(chart->points[i].outside, 0);
    }
    assert_int_equal(chart->parts[0].base, 2);

    const SpcInput more_than_none[] = {{3, 0, FALSE}, {2, 10, FALSE}};
    g_autoptr(SpcChart) rest = chart_of(SPC_P, more_than_none, G_N_ELEMENTS(more_than_none));
    assert_true(isnan(rest->points[0].value));
    assert_near(rest->points[0].centre, 0.2, 1e-12);

    const SpcInput none[] = {{0, 0, FALSE}, {2, 4, TRUE}};
    g_autoptr(SpcChart) empty = chart_of(SPC_P, none, G_N_ELEMENTS(none));
    assert_true(isnan(empty->points[1].centre));
    assert_true(isnan(empty->points[1].upper));
    assert_false(spc_has_signal(empty));

    g_autoptr(SpcChart) nothing = chart_of(SPC_U, NULL, 0);
    assert_int_equal(nothing->part_count, 1);
    assert_false(spc_has_signal(nothing));

    const SpcInput one[] = {{7, NAN, FALSE}};
    g_autoptr(SpcChart) single = chart_of(SPC_XMR, one, 1);
    assert_near(single->points[0].centre, 7, 0);
    assert_true(isnan(single->points[0].upper)); /* no range to judge by */

    const SpcInput two[] = {{7, NAN, FALSE}, {9, NAN, FALSE}};
    g_autoptr(SpcChart) pair = chart_of(SPC_XMR, two, 2);
    assert_limits(pair, 0, 8 - 3 * 2 / 1.128, 8, 8 + 3 * 2 / 1.128, 1e-12);
}

/* --- parts, freezing, runs -----------------------------------------------------------------------
 */

static void test_parts(void **state)
{
    (void)state;
    double values[24];
    for (gsize i = 0; i < 24; i++)
        values[i] = (i < 12 ? 20 : 8) + (i % 2 == 0 ? 1 : -1);
    g_autofree SpcInput *inputs = inputs_of(values, 24, NONE);
    const gsize starts[] = {12, 20};

    g_autoptr(SpcChart) whole = chart_of(SPC_C, inputs, 24);
    assert_true(whole->parts[0].runs.signal);
    assert_int_equal(whole->parts[0].runs.told.first, 12);
    assert_int_equal(whole->parts[0].runs.told.side, -1);

    g_autoptr(SpcChart) parted = spc_new(SPC_C, inputs, 24, starts, 2, 0);
    assert_int_equal(parted->part_count, 3);
    static const struct {
        gsize first, count;
        double centre;
        gboolean trial;
    } parts[] = {{0, 12, 20, FALSE}, {12, 8, 8, TRUE}, {20, 4, 8, TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        assert_int_equal(parted->parts[i].first, parts[i].first);
        assert_int_equal(parted->parts[i].count, parts[i].count);
        assert_near(parted->parts[i].centre, parts[i].centre, 1e-12);
        assert_int_equal(parted->parts[i].trial, parts[i].trial);
        assert_int_equal(parted->points[parts[i].first].part, i);
        assert_false(parted->parts[i].runs.signal);
        assert_int_equal(parted->parts[i].runs.last.last, parts[i].first + parts[i].count - 1);
    }
    assert_false(spc_has_signal(parted));
}

/* The limits of the time before stand for what comes after. */
static void test_freeze(void **state)
{
    (void)state;
    double values[30];
    for (gsize i = 0; i < 30; i++)
        values[i] = i < 12 ? (i % 2 == 0 ? 21 : 19) : 15;
    g_autofree SpcInput *inputs = inputs_of(values, 30, NONE);
    g_autoptr(SpcChart) chart = spc_new(SPC_XMR, inputs, 30, NULL, 0, 12);
    assert_int_equal(chart->parts[0].base, 12);
    assert_false(chart->parts[0].trial);
    assert_limits(chart, 29, 20 - 3 * 2 / 1.128, 20, 20 + 3 * 2 / 1.128, 1e-12);
    assert_int_equal(chart->parts[0].runs.told.first, 11);
    assert_int_equal(chart->parts[0].runs.told.length, 19);
    /* More than there are: all. */
    g_autoptr(SpcChart) all = spc_new(SPC_XMR, inputs, 30, NULL, 0, 99);
    assert_int_equal(all->parts[0].base, 30);
    g_autoptr(SpcChart) one = spc_new(SPC_C, inputs, 30, NULL, 0, 1);
    assert_int_equal(one->parts[0].base, 1);
    assert_near(one->points[29].centre, 21, 0);
}

/* A line that climbs has a signal, one that goes up and down has none; each in its part, whichever
 * comes first, with a median and a place of its own. */
static void test_runs_of_parts(void **state)
{
    (void)state;
    const gsize starts[] = {12};
    double climbs[12], both[24];
    for (gsize i = 0; i < 12; i++)
        climbs[i] = (double)i;
    for (gsize first = 0; first < 2; first++) {
        const gsize after = 12 * first;
        for (gsize i = 0; i < 12; i++) {
            both[after + i] = climbs[i];
            both[12 - after + i] = i % 2 == 0 ? 100 + (double)i : 200 + (double)i;
        }
        g_autofree SpcInput *inputs = inputs_of(both, 24, NONE);
        g_autoptr(SpcChart) chart = spc_new(SPC_RUN, inputs, 24, starts, 1, 0);
        assert_near(chart->parts[first].centre, 5.5, 0);
        assert_near(chart->parts[1 - first].centre, 155.5, 0);
        assert_true(chart->parts[first].runs.signal);
        assert_false(chart->parts[1 - first].runs.signal);
        assert_int_equal(chart->parts[first].runs.last.first, after + 6);
        assert_int_equal(chart->parts[first].runs.told.first, after + 6);
        assert_int_equal(chart->parts[first].runs.told.last, after + 11);
        assert_true(spc_has_signal(chart));
    }
}

static void test_the_first_point_is_a_signal(void **state)
{
    (void)state;
    static const double counts[] = {40, 4, 4, 4, 4};
    g_autofree SpcInput *inputs = inputs_of(counts, G_N_ELEMENTS(counts), NONE);
    g_autoptr(SpcChart) chart = chart_of(SPC_C, inputs, G_N_ELEMENTS(counts));
    assert_outside(chart, "1+");
    assert_false(chart->parts[0].runs.signal);
    assert_true(spc_has_signal(chart));
}

/* One left out is no part of a run and breaks none. */
static void test_excluded_in_runs(void **state)
{
    (void)state;
    double values[14];
    for (gsize i = 0; i < 14; i++)
        values[i] = i < 5 ? (i % 2 == 0 ? 5 : 15) : 5;
    values[13] = 20;
    g_autofree SpcInput *inputs = inputs_of(values, 14, NONE);
    inputs[8] = (SpcInput){.count = 90, .n = NAN, .excluded = TRUE};
    g_autoptr(SpcChart) chart = chart_of(SPC_XMR, inputs, 14);
    assert_int_equal(chart->parts[0].runs.useful, 13);
    assert_int_equal(chart->parts[0].runs.longest_run, 8);
    assert_int_equal(chart->points[8].outside, 0);
}

/* --- a second computation --------------------------------------------------------------------- */

/* Everything of one point from the formulas of the header, the inputs walked anew for each. */
static void slow_point(SpcKind kind, const SpcInput *inputs, gsize count, gsize at,
                       double limits[3])
{
    long double sum = 0, of = 0, ranges = 0;
    gsize taken = 0, before = count;
    for (gsize i = 0; i < count; i++) {
        if (inputs[i].excluded)
            continue;
        sum += inputs[i].count;
        of += kind == SPC_P || kind == SPC_U ? inputs[i].n : 1;
        if (before < count)
            ranges += fabs(inputs[i].count - inputs[before].count);
        before = i;
        taken++;
    }
    const double centre = (double)(sum / of), n = inputs[at].n;
    double width = 0;
    if (kind == SPC_P)
        width = 3 * sqrt(centre * (1 - centre)) / sqrt(n);
    else if (kind == SPC_U)
        width = 3 * sqrt(centre) / sqrt(n);
    else if (kind == SPC_C)
        width = 3 * sqrt(centre);
    else
        width = 3 * (double)(ranges / (long double)(taken - 1)) / 1.128;
    limits[0] = centre - width;
    limits[1] = centre;
    limits[2] = centre + width;
    if (kind != SPC_XMR && limits[0] < 0)
        limits[0] = 0;
    if (kind == SPC_P && limits[2] > 1)
        limits[2] = 1;
}

static void test_against_a_second_computation(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(20261129);
    for (int round = 0; round < 400; round++) {
        const SpcKind kind = SPC_P + (SpcKind)(round % (SPC_KINDS - SPC_P));
        const gsize count = (gsize)g_rand_int_range(random, 3, 60);
        g_autofree SpcInput *inputs = g_new0(SpcInput, count);
        for (gsize i = 0; i < count; i++) {
            const int n = g_rand_int_range(random, 1, 300);
            inputs[i] = (SpcInput){.count = g_rand_int_range(random, 0, n + 1),
                                   .n = n,
                                   .excluded = i > 1 && g_rand_int_range(random, 0, 9) == 0};
            if (kind == SPC_C || kind == SPC_XMR)
                inputs[i].n = NAN;
        }
        g_autoptr(SpcChart) chart = chart_of(kind, inputs, count);
        for (gsize i = 0; i < count; i++) {
            const SpcPoint *point = &chart->points[i];
            double limits[3];
            slow_point(kind, inputs, count, i, limits);
            assert_limits(chart, i, limits[0], limits[1], limits[2], 1e-9);
            const int side = point->value > point->upper ? 1 : point->value < point->lower ? -1 : 0;
            assert_int_equal(point->outside, inputs[i].excluded ? 0 : side);
        }
    }
}

static void test_codes(void **state)
{
    (void)state;
    SpcKind kind = SPC_RUN;
    assert_true(spc_parse("xmr", &kind));
    assert_int_equal(kind, SPC_XMR);
    assert_false(spc_parse("np", &kind));
    assert_string_equal(spc_code(SPC_P), "p");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_p),
        cmocka_unit_test(test_p_of_varying_sizes),
        cmocka_unit_test(test_c),
        cmocka_unit_test(test_c_of_nist),
        cmocka_unit_test(test_u),
        cmocka_unit_test(test_xmr),
        cmocka_unit_test(test_run),
        cmocka_unit_test(test_limits_of_each_point),
        cmocka_unit_test(test_points_without_a_value),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_freeze),
        cmocka_unit_test(test_runs_of_parts),
        cmocka_unit_test(test_the_first_point_is_a_signal),
        cmocka_unit_test(test_excluded_in_runs),
        cmocka_unit_test(test_against_a_second_computation),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("stats/spc", tests, NULL, NULL);
}
