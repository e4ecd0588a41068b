/* when.h: days and times in words, for cards and the pages that plan visits. All new strings. */
#pragma once

#include "base/date.h"

/* "Wed 2026-12-02": for columns. */
char *when_day(Date date);
/* "10:00-11:00"; past midnight the end is the next day's time. */
char *when_hours(int start, int minutes);
