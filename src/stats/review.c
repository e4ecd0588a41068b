/* review.c: rates, causes and the run chart's rules. Arithmetic only. */
#include "stats/review.h"

#include "care/visit/meeting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

ReviewWeek review_week(const WeekOutcomes *outcomes, Date today)
{
    ReviewWeek week = {
        .week = outcomes->week, .over = week_of(today) > outcomes->week, .rate = NAN};
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        const gint64 visits = outcomes->visits[outcome] - outcomes->stand_in[outcome];
        week.visits[outcome] = visits;
        week.stand_ins += outcomes->stand_in[outcome];
        week.planned += meeting_outcome_counts(outcome) ? visits : 0;
        week.missed += outcome_is_missed(outcome) ? visits : 0;
    }
    week.unknown = week.visits[OUTCOME_NONE];
    week.recorded = week.planned - week.unknown;
    if (week.over && week.planned > 0 && review_is_recorded(&week))
        week.rate = (double)week.missed / (double)week.recorded;
    return week;
}

gboolean review_is_recorded(const ReviewWeek *week)
{
    return 100 * week->recorded >= REVIEW_RECORDED_PERCENT * week->planned;
}

/* --- causes --- */

static void cause_free(gpointer data)
{
    ReviewCause *cause = data;
    g_free(cause->code);
    g_free(cause);
}

/* Largest first, ties by code; "no cause given" after the causes that tie with it. */
static gint compare_causes(gconstpointer left, gconstpointer right)
{
    const ReviewCause *a = *(ReviewCause *const *)left, *b = *(ReviewCause *const *)right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    if (a->code == NULL || b->code == NULL)
        return (a->code == NULL) - (b->code == NULL);
    return strcmp(a->code, b->code);
}

static ReviewCause *cause_of(GPtrArray *causes, GHashTable *by_code, const char *code)
{
    const char *key = code != NULL ? code : "";
    ReviewCause *cause = g_hash_table_lookup(by_code, key);
    if (cause == NULL) {
        cause = g_new0(ReviewCause, 1);
        cause->code = g_strdup(code);
        g_ptr_array_add(causes, cause);
        g_hash_table_insert(by_code, (gpointer)key, cause);
    }
    return cause;
}

GPtrArray *review_causes(const GPtrArray *rows)
{
    GPtrArray *causes = g_ptr_array_new_with_free_func(cause_free);
    g_autoptr(GHashTable) by_code = g_hash_table_new(g_str_hash, g_str_equal);
    gint64 total = 0, cumulated = 0;
    for (guint i = 0; i < rows->len; i++) {
        const WeekCause *row = g_ptr_array_index(rows, i);
        const gint64 visits = row->visits - row->stand_in;
        if (!outcome_has_cause(row->outcome) || visits <= 0)
            continue;
        cause_of(causes, by_code, row->cause)->count += visits;
        total += visits;
    }
    g_ptr_array_sort(causes, compare_causes);
    for (guint i = 0; i < causes->len; i++) {
        ReviewCause *cause = g_ptr_array_index(causes, i);
        cumulated += cause->count;
        cause->share = (double)cause->count / (double)total;
        cause->cumulated = (double)cumulated / (double)total;
    }
    return causes;
}

/* --- the run chart --- */

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double review_median(const double *rates, gsize count)
{
    g_autofree double *sorted = g_new(double, count);
    gsize known = 0;
    for (gsize i = 0; i < count; i++)
        if (!isnan(rates[i]))
            sorted[known++] = rates[i];
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

RunSignal review_run_signal(const double *values, gsize count, double median)
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
        signal.useful >= REVIEW_USEFUL_LEAST &&
        (signal.longest_run > signal.run_limit || signal.crossings < signal.crossings_limit);
    return signal;
}
