/* implementation_rows.h: an implementation plan as the rows of a page, the same on the full screen
 * and in the lines of --plain. */
#pragma once

#include "care/client/implementation.h"

typedef enum {
    IMPLEMENTATION_ROW_DUE,
    IMPLEMENTATION_ROW_ARRIVED,
    IMPLEMENTATION_ROW_PART,   /* an ImplementationPart */
    IMPLEMENTATION_ROW_SOURCE, /* a CauseSource: whose word that is */
    IMPLEMENTATION_ROW_WORDS,
    IMPLEMENTATION_ROW_FOLLOW,
    IMPLEMENTATION_ROW_LETTER,
    IMPLEMENTATION_ROW_COUNT
} ImplementationRow;
const char *implementation_rows_source(CauseSource source); /* translated */
/* As it stands; g_strfreev. */
char **implementation_rows_values(const Implementation *plan);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean implementation_rows_take(char *const *values, Implementation *plan,
                                  const char *faults[IMPLEMENTATION_ROW_COUNT]);
/* "due 2026-12-06", "late since 2026-12-06", "came 2026-12-01"; new. */
char *implementation_words(const Implementation *plan);
/* "The plan is awaited until 2026-12-06.", "The plan came on 2026-12-01, and is followed up on
 * 2027-03-01."; new. */
char *implementation_words_done(const Implementation *plan);
