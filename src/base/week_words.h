/* week_words.h: weeks as people type them. Pure. */
#pragma once

#include "base/date.h"

/* A week as people type one, seen from `today`: "45", "v45", "v. 45", "2026-W45", "v45 2026", or
 * any day in it (date_parse_words()). Without a year it is the one nearest to `today`. 0 when not
 * understood. */
Week week_parse_words(const char *text, Date today);
/* From one to another, both so: "v40-v47", "2026-W40 2026-W47"; one alone is both. FALSE when not
 * understood, and when the last comes before the first. */
gboolean weeks_parse_words(const char *text, Date today, Week *from, Week *to);
/* Whether the calendar has the week: one that can be typed. */
gboolean week_can_be_typed(Week week);
