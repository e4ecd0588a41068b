/* series_rule.h: recurrence rules (RFC 5545, 3.3.10). Pure. */
#pragma once

#include "base/date.h"

/* The days of `rrule` from `starts_on` that lie in [from, to]. GArray of Date; ERROR_INPUT
 * when the rule is not understood or finer than a day. */
GArray *series_days(const char *rrule, Date starts_on, Date from, Date to, GError **error);
/* A rule in words, translated: "Monday and Thursday every other week". New. */
char *series_rule_text(const char *rrule);
