/* week_words.h: the week's review in sentences that can be read aloud, the same on the screen and
 * in the report. All are new and translated. */
#pragma once

#include "stats/week_review.h"

/* "14,2 %". */
char *week_words_share(double share);
/* "320 visits were planned, 268 took place, 43 were not taken." and how many are not recorded. */
char *week_words_counts(const ReviewWeek *week);
/* "Share not taken: 14.2 %. That is more than the week before (12.1 %)." and, of the review's last
 * week, how it lies to the median; or why there is no share. NULL: nothing counts in the week. */
char *week_words_rate(const WeekReview *review, const ReviewWeek *week);
/* "4 visits are not recorded: Anna Berg 3 and Bo Ek 1." Of at most `most` workers one by one (0: of
 * all), the others together. NULL: all is recorded, or the week is not over. */
char *week_words_unrecorded(const WeekReview *review, const ReviewWeek *week, guint most);
/* "Causes, shares of 79 visits: 67 not taken, 12 …": what the shares are of, in at most `columns`
 * as far as there is a shorter way to say it. */
char *week_words_causes(const WeekReview *review, int columns);
/* How the rate is counted: care/visit/meeting.h and stats/review.h in one sentence or two. */
char *week_words_definition(void);
