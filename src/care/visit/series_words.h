/* series_words.h: visits that recur, in words. Translated; the caller frees. */
#pragma once

#include "care/visit/series.h"

/* "10:00-11:00 Monday every week, phone call, Anna Berg, until 2026-12-24". `staff` is the name of
 * who carries it out; "" for nobody. */
char *series_words(const Series *series, const char *staff);
/* "The first days: mon 2026-11-30, thu 2026-12-03 …", from today on; or that there is none.
 * `until` DATE_NONE: until further notice. */
char *series_words_first_days(const char *rrule, Date from, Date until);
