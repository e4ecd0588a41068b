/* breakdown_words.h: what the visits of some weeks say, in sentences, the same on the screen and in
 * the report. All are new and translated, but for names, which are static or the session's. */
#pragma once

#include "stats/breakdown.h"

/* "Weeks 2026-W42 to 2026-W45". */
char *breakdown_words_period(const BreakdownQuery *query);
/* The same within a sentence: "week 2026-W45", "weeks 2026-W42 to 2026-W45". */
char *breakdown_words_weeks(const BreakdownQuery *query);
/* "487 visits were planned, of which 478 recorded and 60 not taken. Share not taken: 12.6 %." */
char *breakdown_words_whole(const Breakdown *breakdown);
/* How many became support in another form, and what came of what was offered. NULL where no visit
 * was not taken or done in another form. */
char *breakdown_words_support(const SplitCounts *all);
/* That the group, or the rest, has too few persons. */
char *breakdown_words_too_few(void);
/* What a figure that has visits behind it is called; "" for PART_ALL. */
const char *breakdown_words_part(SplitPart part);
/* What a value is called. */
const char *breakdown_words_value(Session *session, Split split, const char *value);
