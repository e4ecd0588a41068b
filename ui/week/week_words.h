/* week_words.h: the week's review in sentences that can be read aloud. Pure; all are new. */
#pragma once

#include "stats/review.h"

/* "14,2 %". */
char *week_words_share(double share);
/* "320 visits were planned, 268 took place, 43 were not taken." and how many lack an outcome. */
char *week_words_counts(const ReviewWeek *week);
/* "14,2 % were not taken. That is more than the week before (12,1 %) …"; `before` and `median` may
 * be NAN, `weeks` is how many the median is of. */
char *week_words_rate(double rate, double before, double median, int weeks);
/* "Causes, 79 visits: 67 not taken, 12 …": of what they are, in at most `columns` as far as there
 * is a shorter way to say it. */
char *week_words_causes(const ReviewWeek *week, gint64 count, int columns);
/* How the rate is counted. */
char *week_words_definition(void);
