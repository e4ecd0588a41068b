/* series_rule.h: recurrence rules (RFC 5545, 3.3.10). Pure. */
#pragma once

#include "base/date.h"

/* The days of `rrule` from `starts_on` that lie in [from, to]. GArray of Date; ERROR_INPUT
 * when the rule is not understood or finer than a day. */
GArray *series_days(const char *rrule, Date starts_on, Date from, Date to, GError **error);
/* A rule in words, translated: "Monday and Thursday every other week". New. */
char *series_rule_text(const char *rrule);

/* Which weekdays a text names: "mon thu", "mån, tor" (two letters tell them apart), "1 4". Bit 0 is
 * Monday; 0 when there is none, or a word is not understood. */
guint weekdays_parse(const char *text);
/* "mon thu", in the program's language. New. */
char *weekdays_short(guint days);
/* "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", every `interval` weeks; NULL without a day. New. */
char *series_weekly_rule(guint days, int interval);
