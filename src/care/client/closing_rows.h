/* closing_rows.h: the end of the help to a client as the rows of a page, and in words: the same on the
 * full screen and in the lines of --plain. */
#pragma once

#include "care/client/closing.h"

/* In the order in which they are asked: what has to be said comes first. */
typedef enum {
    CLOSING_ROW_REASON,
    CLOSING_ROW_LAST,
    CLOSING_ROW_FOLLOWS,
    CLOSING_ROW_MONTHS,
    CLOSING_ROW_WORDS,
    CLOSING_ROW_COUNT
} ClosingRow;
/* The rows of a closing; of a new one (id 0) no reason is chosen. g_strfreev. */
char **closing_rows_values(const Closing *closing);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean closing_rows_take(char *const *values, Closing *closing,
                           const char *faults[CLOSING_ROW_COUNT]);

/* "2026-11-30, has moved. Then: another unit or municipality. Asked how it went 2027-02-28. NOTE"; and
 * "again since" where it was reopened. Translated. New. */
char *closing_words(const Closing *closing);
/* What became of the visits, and what is left to settle, in sentences. Translated. New. */
char *closing_words_done(const ClosingDone *done);
/* Of a client: the closing that stands, in words; NULL: none. FALSE on error. */
gboolean closing_words_now(Session *session, gint64 client_id, char **words, GError **error);
