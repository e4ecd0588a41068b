/* review.c: rates, causes and the run chart's rules. Arithmetic only. */
#include "stats/review.h"

#include "base/i18n.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Under so many points off the median the rules say nothing. */
#define RUN_CHART_MIN 10

static gint64 sum_visits(const gint64 *visits)
{
    gint64 sum = 0;
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        sum += visits[outcome];
    return sum;
}

static gint64 sum_missed(const gint64 *visits)
{
    gint64 sum = 0;
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        if (outcome_is_missed((Outcome)outcome))
            sum += visits[outcome];
    return sum;
}

double review_rate(const gint64 *visits)
{
    gint64 planned = sum_visits(visits) - visits[OUTCOME_UNIT_CANCELLED];
    return planned > 0 ? (double)sum_missed(visits) / (double)planned : NAN;
}

gboolean review_is_over(Week week, Date today)
{
    return week_of(today) > week;
}

ReviewWeek review_week(const WeekOutcomes *outcomes, Date today)
{
    const gboolean over = review_is_over(outcomes->week, today);
    ReviewWeek week = {
        .week = outcomes->week,
        .planned = sum_visits(outcomes->visits),
        .missed = sum_missed(outcomes->visits),
        .unknown = outcomes->visits[OUTCOME_NONE],
        .over = over,
        .rate = over ? review_rate(outcomes->visits) : NAN,
    };
    memcpy(week.visits, outcomes->visits, sizeof week.visits);
    return week;
}

/* --- causes --- */

void review_cause_free(ReviewCause *cause)
{
    if (cause == NULL)
        return;
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

GPtrArray *review_causes(const GPtrArray *rows, gboolean missed_only)
{
    GPtrArray *causes = g_ptr_array_new_with_free_func((GDestroyNotify)review_cause_free);
    g_autoptr(GHashTable) by_code = g_hash_table_new(g_str_hash, g_str_equal);
    gint64 total = 0, cumulated = 0;
    for (guint i = 0; i < rows->len; i++) {
        const WeekCause *row = g_ptr_array_index(rows, i);
        gboolean counts =
            missed_only ? outcome_is_missed(row->outcome) : outcome_has_cause(row->outcome);
        if (!counts || row->visits <= 0)
            continue;
        cause_of(causes, by_code, row->cause)->count += row->visits;
        total += row->visits;
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

double review_median(const ReviewWeek *weeks, gsize count)
{
    g_autofree double *rates = g_new(double, count);
    gsize known = 0;
    for (gsize i = 0; i < count; i++)
        if (!isnan(weeks[i].rate))
            rates[known++] = weeks[i].rate;
    if (known == 0)
        return NAN;
    qsort(rates, known, sizeof *rates, compare_doubles);
    double upper = rates[known / 2];
    return known % 2 == 1 ? upper : (rates[known / 2 - 1] + upper) / 2;
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

RunSignal review_run_signal(const double *values, gsize count, double median)
{
    RunSignal signal = {0};
    int run = 0, side = 0;
    for (gsize i = 0; i < count; i++) {
        int now = (values[i] > median) - (values[i] < median);
        if (now == 0) /* on the median, or one of the two is NAN */
            continue;
        signal.crossings += side != 0 && now != side;
        run = now == side ? run + 1 : 1;
        side = now;
        signal.longest_run = MAX(signal.longest_run, run);
        signal.useful++;
    }
    if (signal.useful == 0)
        return signal;
    signal.run_limit = (int)lround(log2((double)signal.useful) + 3);
    signal.crossings_limit = binomial_limit((int)signal.useful - 1);
    signal.signal = signal.useful >= RUN_CHART_MIN && (signal.longest_run > signal.run_limit ||
                                                       signal.crossings < signal.crossings_limit);
    return signal;
}

static char *run_text(const RunSignal *signal)
{
    return g_strdup_printf(_("Something has changed: %d weeks in a row lie on the same side of the "
                             "median, and by chance alone it would hardly be more than %d."),
                           signal->longest_run, signal->run_limit);
}

static char *crossings_text(const RunSignal *signal)
{
    return g_strdup_printf(ngettext("Something has changed: the line crosses the median %d time, "
                                    "and by chance alone it would hardly be fewer than %d.",
                                    "Something has changed: the line crosses the median %d times, "
                                    "and by chance alone it would hardly be fewer than %d.",
                                    (gulong)signal->crossings),
                           signal->crossings, signal->crossings_limit);
}

char *review_signal_text(const RunSignal *signal)
{
    if (signal->useful < RUN_CHART_MIN)
        return g_strdup_printf(_("There are too few weeks yet to tell a change from chance; it "
                                 "takes %d that differ from the median."),
                               RUN_CHART_MIN);
    if (!signal->signal)
        return g_strdup(_("The weeks vary no more than they would by chance alone."));
    return signal->longest_run > signal->run_limit ? run_text(signal) : crossings_text(signal);
}
