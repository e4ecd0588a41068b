/* week.h: the week's review: what the screen holds, for week.c, which fetches it and moves in it,
 * and week_draw.c, which draws it. */
#pragma once

#include "stats/review.h"
#include "ui/app.h"

#define REVIEW_WEEKS 26

/* The outcomes in the order of the screen, the unknown ones last. */
extern const Outcome WEEK_OUTCOMES[OUTCOME_COUNT];

typedef struct {
    Week week;
    ReviewWeek weeks[REVIEW_WEEKS]; /* the last one is `week` */
    double median;                  /* of the rates */
    RunSignal signal;
    GPtrArray *causes; /* of ReviewCause *, largest first; of `week` */
    int cursor;        /* on an outcome of WEEK_OUTCOMES, or OUTCOME_COUNT + a cause */
    gboolean line;     /* the line of 26 weeks in place of outcomes and causes */
    gboolean both;     /* there was room for both when it was last drawn */
} WeekState;

/* Whether the line alone is shown, on which no cursor moves. */
gboolean week_is_line(const WeekState *state);
void week_draw(App *app, void *state, Area area);
