/* improvement_rows.h: an improvement work, and a change or small test of one, as the rows of a
 * page: the same on the full screen and in the lines of --plain, so that what is begun in one is
 * gone on with in the other. Pure. */
#pragma once

#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"

/* In the page's order. */
typedef enum {
    IMPROVEMENT_ROW_NAME,
    IMPROVEMENT_ROW_AIM,
    IMPROVEMENT_ROW_MEASURE,
    IMPROVEMENT_ROW_TARGET,
    IMPROVEMENT_ROW_BEGUN,
    IMPROVEMENT_ROW_ENDED,
    IMPROVEMENT_ROW_COUNT
} ImprovementRow;
typedef enum {
    CYCLE_ROW_KIND, /* a CycleKind in digits */
    CYCLE_ROW_NAME,
    CYCLE_ROW_FROM,
    CYCLE_ROW_REBASE, /* "0", "1" */
    CYCLE_ROW_PREDICTION,
    CYCLE_ROW_HAPPENED,
    CYCLE_ROW_LEARNED,
    CYCLE_ROW_NEXT,
    CYCLE_ROW_COUNT
} CycleRow;

/* What they have on the rows. g_strfreev. */
char **improvement_rows_values(const Improvement *improvement);
char **cycle_rows_values(const Cycle *cycle);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean improvement_rows_take(char *const *values, Improvement *improvement,
                               const char *faults[IMPROVEMENT_ROW_COUNT]);
gboolean cycle_rows_take(char *const *values, Cycle *cycle, const char *faults[CYCLE_ROW_COUNT]);
