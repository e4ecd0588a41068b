/* run_chart.c: the run chart's median and signals. */
#include "stats/run_chart.h"

#include <math.h>
#include <stdlib.h>

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double run_median(const double *values, gsize count)
{
    g_autofree double *sorted = g_new(double, count);
    gsize known = 0;
    for (gsize i = 0; i < count; i++)
        if (!isnan(values[i]))
            sorted[known++] = values[i];
    if (known == 0)
        return NAN;
    qsort(sorted, known, sizeof *sorted, compare_doubles);
    double upper = sorted[known / 2];
    return known % 2 == 1 ? upper : (sorted[known / 2 - 1] + upper) / 2;
}

/* The smallest k with P(X ≤ k) ≥ 1/20 for X of Bin(trials, 1/2): R's qbinom(0.05, trials, 0.5).
 * Binomial coefficients are summed until they reach 2^trials / 20. They are whole numbers, exact up
 * to 53 trials; for many trials both sides are kept in range by the same power of two. */
static int binomial_limit(int trials)
{
    const int step = 512;
    double coefficient = 1, sum = 1;
    int scaled = 0, k = 0;
    while (sum < ldexp(0.05, trials - scaled)) {
        coefficient = coefficient * (trials - k) / (k + 1);
        sum += coefficient;
        k++;
        if (sum > ldexp(1, step)) {
            coefficient = ldexp(coefficient, -step);
            sum = ldexp(sum, -step);
            scaled += step;
        }
    }
    return k;
}

/* Where a point lies; 0 on the median, or where one of the two is NAN. */
static int side_of(double value, double median)
{
    return (value > median) - (value < median);
}

RunSignal run_signal(const double *values, gsize count, double median)
{
    RunSignal signal = {0};
    Run *run = &signal.last;
    for (gsize i = 0; i < count; i++)
        signal.useful += side_of(values[i], median) != 0;
    if (signal.useful == 0)
        return signal;
    signal.run_limit = (int)lround(log2((double)signal.useful) + 3);
    signal.crossings_limit = binomial_limit((int)signal.useful - 1);
    for (gsize i = 0; i < count; i++) {
        const int side = side_of(values[i], median);
        if (side == 0)
            continue;
        if (side != run->side) {
            signal.crossings += run->side != 0;
            *run = (Run){.side = side, .first = i};
        }
        run->length++;
        run->last = i;
        signal.longest_run = MAX(signal.longest_run, run->length);
        if (run->length > signal.run_limit)
            signal.told = *run;
    }
    if (signal.told.length == 0)
        signal.told = *run;
    signal.signal =
        signal.useful >= RUN_USEFUL_LEAST &&
        (signal.longest_run > signal.run_limit || signal.crossings < signal.crossings_limit);
    return signal;
}
