/* spc.h: Shewhart's control charts over any counts a unit keeps. Pure.
 *
 * Centre lines and limits as in Montgomery, Introduction to Statistical Quality Control, ch. 6 and
 * 7, and the NIST/SEMATECH e-Handbook, 6.3.2–6.3.3:
 *   p    counts of n, the share:          p̄ ± 3 √(p̄(1 − p̄)/nᵢ), cut at 0 and 1
 *   u    events in n, events for each:    ū ± 3 √(ū/nᵢ), cut at 0
 *   c    events, n being alike:           c̄ ± 3 √c̄, cut at 0
 *   XmR  single measurements:             x̄ ± 3 M̄R/1.128, M̄R between those that follow each other
 *   run  any:                             the median, no limits
 * p̄ and ū are weighed by n. Runs round the centre are counted by Anhøj's rules (run_chart.h); a
 * point beyond a limit is a signal by itself. */
#pragma once

#include "stats/run_chart.h"

typedef enum { SPC_RUN, SPC_P, SPC_U, SPC_C, SPC_XMR, SPC_KINDS } SpcKind;
/* "run", "p", "u", "c", "xmr". */
const char *spc_code(SpcKind kind);
gboolean spc_parse(const char *code, SpcKind *kind);

typedef struct {
    double count;      /* or what was measured; NAN: nothing was, the point is not drawn */
    double n;          /* of how many; NAN: not said. 0: no share, the point is not drawn */
    gboolean excluded; /* shown, but no part of centre, limits and runs */
} SpcInput;

typedef struct {
    double value;                /* NAN: none */
    double centre, lower, upper; /* limits NAN where the chart has none, or the point no value */
    guint part;                  /* index of its part */
    gboolean excluded;
    int outside; /* 1 above the upper limit, -1 below the lower; never of those excluded */
} SpcPoint;

/* From one change in the way of working to the next. */
typedef struct {
    gsize first, count; /* its points */
    gsize base;         /* how many of them centre and limits are counted from */
    double centre;      /* NAN: no point to count it from */
    gboolean trial;     /* base is under SPC_TRIAL: the limits are trial limits */
    RunSignal runs;     /* round `centre`; points counted from the first of the chart */
} SpcPart;
#define SPC_TRIAL 12

typedef struct {
    SpcKind kind;
    SpcPoint *points; /* `count` */
    gsize count;
    SpcPart *parts; /* `part_count`, at least 1 */
    gsize part_count;
} SpcChart;

/* A chart of `count` inputs. `starts`: at which points new parts begin, rising, between 1 and
 * count - 1; `freeze` > 0: each part's centre and limits are counted from its first `freeze` points
 * alone. What the inputs must be (whole numbers, counts not above n) is the reader's to see to
 * (exchange/spc_file.h). */
SpcChart *spc_new(SpcKind kind, const SpcInput *inputs, gsize count, const gsize *starts,
                  gsize start_count, gsize freeze);
void spc_free(SpcChart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpcChart, spc_free)
/* Whether something speaks for more than chance: a point outside, or a part's runs. */
gboolean spc_has_signal(const SpcChart *chart);
