/* review.h: the week's review: rates, causes and their order. Pure functions over rows.
 *
 * Rate = (cancelled + declined + no-show) / visits that count and are recorded. Which visits count,
 * care/visit/meeting.h says: a planned meeting once. A week that is not over has no rate: what is
 * called off beforehand would stand against visits that nothing has come of yet. Nor has a week of
 * which too little is recorded: those that are recorded first are not like the others. */
#pragma once

#include "care/visit/summary.h"

/* Under this many percent of the visits that count being recorded, a week has no rate. */
#define REVIEW_RECORDED_PERCENT 90

typedef struct {
    Week week;
    gint64 planned;               /* the visits that count, recorded or not */
    gint64 recorded;              /* of those planned */
    gint64 unknown;               /* of those planned: not recorded yet */
    gint64 missed;                /* of those recorded */
    gint64 visits[OUTCOME_COUNT]; /* by outcome, without those that stand in */
    gint64 stand_ins;             /* came in place of a visit that counts, whatever came of them */
    gboolean over;                /* its Sunday has passed */
    double rate; /* 0-1; NAN when nothing counts, before the week is over, and when too little is
                    recorded */
} ReviewWeek;
ReviewWeek review_week(const WeekOutcomes *outcomes, Date today);
/* Whether so much of the week is recorded that it can have a rate. */
gboolean review_is_recorded(const ReviewWeek *week);

/* The visits behind the causes are those that a cause belongs to (outcome_has_cause()) and that do
 * not stand in. They are the one denominator, with or without a cause given. */
typedef struct {
    char *code; /* NULL: no cause given */
    gint64 count;
    double share;     /* of all the visits behind the causes, 0-1 */
    double cumulated; /* from the largest down */
} ReviewCause;
/* Causes summed over `rows`, largest first, ties by code. GPtrArray of ReviewCause *. */
GPtrArray *review_causes(const GPtrArray *rows);
