/* run_chart.h: the run chart: a median, and whether the line runs round it as chance would. Pure.
 */
#pragma once

#include <glib.h>

/* Median of the values that are numbers; NAN when there are none. */
double run_median(const double *values, gsize count);
/* Points in a row on one side of the median. */
typedef struct {
    int length;
    int side;          /* 1 above, -1 below; 0: there is none */
    gsize first, last; /* the points it begins and ends with */
} Run;
/* Anhøj's rules for a run chart: the longest run on one side of the median (points on it neither
 * break nor add) longer than round(log2(n) + 3), or fewer crossings than qbinom(0.05, n-1, 0.5),
 * n being the points not on the median. From 10 points on. Source: Anhøj & Olesen 2014,
 * PLoS ONE 9(11): e113825. */
typedef struct {
    gsize useful;                   /* points not on the median */
    int longest_run, run_limit;     /* longer than the limit is a signal */
    int crossings, crossings_limit; /* fewer than the limit is a signal */
    gboolean signal;                /* FALSE with fewer than RUN_USEFUL_LEAST */
    Run last;                       /* the one that the line ends in */
    Run told; /* which tells of the change: the latest that is too long, else the last one */
} RunSignal;
#define RUN_USEFUL_LEAST 10
RunSignal run_signal(const double *values, gsize count, double median);
