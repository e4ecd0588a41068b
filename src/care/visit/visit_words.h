/* visit_words.h: a visit in the sentences that tell what was done to it. Translated; the caller
 * frees. */
#pragma once

#include "care/visit/visit.h"

/* "mon 2026-11-30 10:00". */
char *visit_words_time(Date date, int start);
/* "10:00-11:00". */
char *visit_words_hours(int start, int minutes);
/* Whose it is, or "Bo for Anna" where somebody covers that day; NULL where nobody's. */
char *visit_words_staff(const Visit *visit);
/* Which visit, and what is recorded on it: "08:30 Maria Bäckman: Cancelled, new time mon 2026-11-30
 * 10:00". */
char *visit_words_recorded(const Visit *visit);
/* How many more there are than a list shows, in a sentence; NULL: none. */
char *visit_words_closed(gint64 count);
