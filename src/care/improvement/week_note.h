/* week_note.h: a note on a week of the unit's line: what was out of the ordinary in it. One a week;
 * a correction keeps the old words in the audit log. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    Week week;
    char *words;
    char *staff_name; /* who wrote it last; NULL */
    gint64 noted_ms;
} WeekNote;
void week_note_free(WeekNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekNote, week_note_free)

/* Those with words from `from` to `to`, by week. Array of WeekNote *. PERMIT_REVIEW. */
GPtrArray *week_note_list(Session *session, Week from, Week to, GError **error);
/* Writes the note on a week in the place of `before`, the words that whoever writes had before them
 * (NULL: none); NULL or blank `words` take it away. ERROR_CONFLICT, naming who, when others stand
 * there. PERMIT_IMPROVE. */
gboolean week_note_save(Session *session, Week week, const char *before, const char *words,
                        GError **error);
