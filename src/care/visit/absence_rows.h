/* absence_rows.h: an absence as the rows of a page, and in words: the same on the full screen and in the
 * lines of --plain. */
#pragma once

#include "care/visit/absence.h"

/* In the order in which they are asked: what has to be said comes first. */
typedef enum {
    ABSENCE_ROW_CAUSE,
    ABSENCE_ROW_TO, /* empty: until further notice */
    ABSENCE_ROW_FROM,
    ABSENCE_ROW_WORDS,
    ABSENCE_ROW_COUNT
} AbsenceRow;
/* The rows of an absence; of a new one (id 0) no cause is chosen. g_strfreev. */
char **absence_rows_values(const Absence *absence);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean absence_rows_take(char *const *values, Absence *absence,
                           const char *faults[ABSENCE_ROW_COUNT]);

/* "2026-12-01 to 2026-12-14, in hospital", "from 2026-12-01 until further notice, …", with the note
 * behind. Translated. New. */
char *absence_words(const Absence *absence);
/* What became of the visits, in sentences: "4 visits are called off. 1 visit was recorded already and
 * stays." Translated. New. */
char *absence_words_done(const AbsenceDone *done);
/* Of a client: the one that goes on today, or else the next to come, in words; NULL: none. FALSE on
 * error. */
gboolean absence_words_now(Session *session, gint64 client_id, char **words, GError **error);
