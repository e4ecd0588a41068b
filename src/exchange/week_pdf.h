/* week_pdf.h: the weekly review on paper, for the meeting: what the week's visits say, its causes
 * as bars, what became support in another form, the line of the shares with its median, and how each
 * measure is counted. Counts alone, no person. */
#pragma once

#include "stats/week_review.h"

/* The review with the names of its causes: nothing more is read from the database. `review` must
 * outlive it. New. */
typedef struct WeekPaper WeekPaper;
WeekPaper *week_paper_new(const WeekReview *review, Session *session);
void week_paper_free(WeekPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekPaper, week_paper_free)
/* Notes the export in the log: before it is written. */
gboolean week_paper_log(Session *session, GError **error);
/* In the program's language. Touches no database, so it can be done apart (base/apart.h). Errors as
 * paper_new() and paper_write(). */
gboolean week_paper_write(const WeekPaper *paper, const char *path, gboolean replace,
                          GError **error);
