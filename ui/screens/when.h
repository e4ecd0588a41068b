/* when.h: days and times in words, for cards and the pages that plan visits. All new strings. */
#pragma once

#include "base/date.h"

/* "Wed 2026-12-02": for columns. */
char *when_day(Date date);
/* "10:00-11:00"; past midnight the end is the next day's time. */
char *when_hours(int start, int minutes);
/* Sets `*minutes` from "60", "90 min", "1:30", "1,5 h" or "2 tim"; FALSE when it is none of them.
 */
gboolean when_parse_length(const char *text, int *minutes);
/* "30/11 14:15", "fri", "14.30": a day, a time, or both. What is not said stays as it was in `date`
 * and `start`; of a time alone the day is `today`. FALSE when it is not understood. */
gboolean when_parse_moment(const char *text, Date today, Date *date, int *start);
