/* retention_keep.h: why a client who is to be deleted is kept all the same, and from which day it is
 * asked again, as the rows of a page: the same on the full screen and in the lines of --plain, in
 * the order of their draft (draft_rows.h: DRAFT_KEEP). */
#pragma once

#include "base/date.h"

#define RETENTION_WHY_MOST 500 /* characters */

typedef enum { KEEP_ROW_WHY, KEEP_ROW_AGAIN, KEEP_ROW_COUNT } KeepRow;
typedef struct {
    char *why; /* in one line */
    Date again;
} KeepReason;
void keep_reason_clear(KeepReason *reason);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KeepReason, keep_reason_clear)

/* What is wrong with it on `today`, and what to do: translated, static; NULL: nothing. `why` may be
 * NULL. Pure. */
const char *keep_fault_why(const char *why);
const char *keep_fault_again(Date again, Date today);
/* Puts what the rows say into `reason`, which is empty or was filled by this. `faults` gets what cannot
 * be used of each. FALSE when there is a fault. */
gboolean keep_rows_take(char *const *values, KeepReason *reason,
                        const char *faults[KEEP_ROW_COUNT]);
