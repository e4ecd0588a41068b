/* review.h: the week's review: rates, causes and their order. Pure functions over rows.
 *
 * Rate = (cancelled + declined + no-show) / planned visits not cancelled by the unit itself; visits
 * whose outcome is not known yet count as planned. A week that is not over has no rate: what is
 * called off beforehand would stand against visits that nothing has come of yet. */
#pragma once

#include "care/visit/summary.h"

typedef struct {
    Week week;
    gint64 planned; /* all visits laid for the week, also those the unit cancelled */
    gint64 missed;
    gint64 unknown; /* outcome not recorded yet */
    gint64 visits[OUTCOME_COUNT];
    gboolean over; /* its Sunday has passed */
    double rate;   /* 0-1; NAN when nothing was planned, and before the week is over */
} ReviewWeek;

typedef struct {
    char *code; /* NULL: no cause given */
    gint64 count;
    double share;     /* of all causes shown, 0-1 */
    double cumulated; /* from the largest down */
} ReviewCause;

gboolean review_is_over(Week week, Date today);
ReviewWeek review_week(const WeekOutcomes *outcomes, Date today);
double review_rate(const gint64 *visits); /* by Outcome */
/* Causes summed over `rows`, largest first, ties by code. `missed_only` leaves out what the unit
 * cancelled, what was done in another form and what was rebooked. GPtrArray of ReviewCause *. */
GPtrArray *review_causes(const GPtrArray *rows, gboolean missed_only);
void review_cause_free(ReviewCause *cause);

/* Median of the rates that are numbers; NAN when there are none. */
double review_median(const ReviewWeek *weeks, gsize count);
/* Anhøj's rules for a run chart: the longest run on one side of the median (points on it neither
 * break nor add) longer than round(log2(n) + 3), or fewer crossings than qbinom(0.05, n-1, 0.5),
 * n being the points not on the median. From 10 points on. Source: Anhøj & Olesen 2014,
 * PLoS ONE 9(11): e113825. */
typedef struct {
    gsize useful;                   /* points not on the median */
    int longest_run, run_limit;     /* longer than the limit is a signal */
    int crossings, crossings_limit; /* fewer than the limit is a signal */
    gboolean signal;                /* FALSE with fewer than 10 */
} RunSignal;
RunSignal review_run_signal(const double *values, gsize count, double median);
/* The signal in a sentence, translated. New. */
char *review_signal_text(const RunSignal *signal);
