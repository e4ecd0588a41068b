/* meeting_pdf.h: the page for the meeting on an improvement work, every other week: what we want to
 * achieve and how we shall know, the line with the changes on it, the causes of the last two weeks
 * and what became support in another form, beside the two before, what clients have said and let us
 * show, the tests since the last meeting and the next one, and how each measure is counted. No person
 * is named. */
#pragma once

#include "care/improvement/improvement.h"

/* So long ago was the last meeting, where nobody says otherwise. */
#define MEETING_DAYS 14

/* All that stands on the page, read at once: nothing more is read from the database when it is
 * written. `improvement_id` 0: the one begun last of those that go on (ERROR_NOT_FOUND where none
 * does); `since`: the day of the last meeting, DATE_NONE: MEETING_DAYS ago. PERMIT_REVIEW. New. */
typedef struct MeetingPaper MeetingPaper;
MeetingPaper *meeting_paper_new(Session *session, gint64 improvement_id, Date since,
                                GError **error);
void meeting_paper_free(MeetingPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MeetingPaper, meeting_paper_free)
/* Notes the export in the log, and whose words are on it: before it is written. */
gboolean meeting_paper_log(const MeetingPaper *paper, Session *session, GError **error);
/* In the program's language. Touches no database, so it can be done apart (base/apart.h). Errors as
 * paper_new() and paper_write(). */
gboolean meeting_paper_write(const MeetingPaper *paper, const char *path, gboolean replace,
                             GError **error);
