/* week_draw.h: the week's review: what the screen holds, for week.c, which fetches it and moves in
 * it, and week_draw.c, which draws it. */
#pragma once

#include "stats/week_review.h"
#include "ui/app.h"

/* The outcomes in the order of the screen, the unknown ones last. */
extern const Outcome WEEK_OUTCOMES[OUTCOME_COUNT];

typedef struct {
    WeekReview *review; /* of one week, and the line that ends with it */
    int cursor;         /* on an outcome (week_outcomes()), or after them on a cause */
} WeekState;

/* How many outcomes there are to stand on: WEEK_OUTCOMES, and where there are any, the visits that
 * came in place of another. */
int week_outcomes(const WeekState *state);
void week_draw(App *app, void *state, Area area);
