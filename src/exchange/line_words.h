/* line_words.h: what the line of the weeks says, in sentences that can be read aloud: the same on
 * the screen, on paper, in the report and in the plain lines. All are new and translated. */
#pragma once

#include "stats/week_line.h"

/* "34"; "34 2025" on a line of more than a year, where a number alone could be two weeks. */
char *line_words_week(const WeekLine *line, gsize nth);
/* "12 weeks in a row below the median: fewer visits are not taken since week 34. …" of every
 * signal, and the dated change nearest to the one told last; or that nothing has changed. */
char *line_words_signal(const WeekLine *line);
/* "The median of 26 weeks is 13.8 %." or the centre line of each part, whether its limits are trial
 * limits, and the target. */
char *line_words_centre(const WeekLine *line);
/* The line of the centre, or of the target, beside which it stands: "median 13.8 %", "target
 * 12.0 %". NULL: there is none. */
char *line_words_centre_label(const WeekLine *line);
char *line_words_target_label(const WeekLine *line);
/* Which rules the signals are by. */
char *line_words_rules(const WeekLine *line);
/* "Week 34: 11.6 %, 56 of 481. Limits 10.3–20.1 %." and what stands on it: a change, a note. */
char *line_words_point(const WeekLine *line, gsize nth);
