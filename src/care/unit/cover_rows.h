/* cover_rows.h: who covers for a colleague, as the rows of a page, the same on the full screen and in
 * the lines of --plain, and in words. */
#pragma once

#include "care/unit/cover.h"

typedef enum {
    COVER_ROW_STAFF,
    COVER_ROW_COVER,
    COVER_ROW_TO,
    COVER_ROW_FROM,
    COVER_ROW_WORD,
    COVER_ROW_COUNT
} CoverRow;
/* g_strfreev. */
char **cover_rows_values(const Cover *cover);
/* Puts what the rows say into it; an empty day is today, or the first day. `staff` is pick_staff().
 * `faults` gets what cannot be used of each row, and what to do (translated, static; NULL: nothing).
 * FALSE when there is a fault. */
gboolean cover_rows_take(const GPtrArray *staff, char *const *values, Cover *cover,
                         const char *faults[COVER_ROW_COUNT]);

/* "Bo covers for Anna, 2026-11-30 to 2026-12-04". New. */
char *cover_words(const Cover *cover);
/* "Bo covers for Anna, 2026-11-30: 5 visits, 2 tasks. 1 visit is at the same time as one of Bo's
 * own." New. */
char *cover_words_done(const Cover *cover, const CoverDone *done);
/* Of those the signed-in person covers in or is covered for on `day`, a sentence each with the word to
 * whoever covers; `*words` is NULL where there is none, else new. */
gboolean cover_words_of_me(Session *session, Date day, char **words, GError **error);
