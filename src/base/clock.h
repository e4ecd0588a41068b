/* clock.h: what time it is. DAGSFORM_NOW=YYYY-MM-DDTHH:MM[:SS] pins it, for tests and training. */
#pragma once

#include "base/date.h"

/* Milliseconds since 1970-01-01 UTC. A pinned clock stands still. */
gint64 clock_now_ms(void);
/* What was done elsewhere is done again with the time at which it was done: until 0 is given the clock
 * of this thread stands still at `ms`, and so has those moments in what is stored and in the log. */
void clock_hold(gint64 ms);
/* Today's date and the minute of the day (0-1439), local time. */
Date clock_today(void);
int clock_minute(void);
/* TRUE when DAGSFORM_NOW is set and valid; the screen says so. An invalid value is ERROR_INPUT. */
gboolean clock_is_pinned(void);
gboolean clock_init(GError **error);
/* Local date and "HH:MM:SS" of a moment of recording; `time` holds at least 9 bytes. */
Date clock_local(gint64 ms, char *time);
/* The moment of a local date and minute of the day. What the change to summer time leaves out is an
 * hour later; what stands twice in autumn is either. */
gint64 clock_moment(Date date, int minute);
/* A moment of recording to the minute: "2026-11-20 10:42". New. */
char *clock_text(gint64 ms);
/* The same in words where it is today: "today 10:42". Translated and new. */
char *clock_words(gint64 ms);
/* Milliseconds that only go forward, for idle time and measurements; not affected by a pin. */
gint64 clock_monotonic_ms(void);
