/* retention_keep.c: the two rows that keep somebody. */
#include "care/client/retention_keep.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/session_private.h"

void keep_reason_clear(KeepReason *reason)
{
    g_clear_pointer(&reason->why, g_free);
    reason->again = DATE_NONE;
}

const char *keep_fault_why(const char *why)
{
    return why == NULL || why[0] == '\0' || g_utf8_strlen(why, -1) > RETENTION_WHY_MOST
               ? _("Say why the client is to be kept, in at most 500 characters.")
               : NULL;
}

const char *keep_fault_again(Date again, Date today)
{
    return again == DATE_NONE || again <= today
               ? _("Say from which day to ask again, later than today, as 2027-01-10.")
               : NULL;
}

gboolean keep_rows_take(char *const *values, KeepReason *reason,
                        const char *faults[KEEP_ROW_COUNT])
{
    keep_reason_clear(reason);
    reason->why = care_line(values[KEEP_ROW_WHY]);
    reason->again = date_parse_words(values[KEEP_ROW_AGAIN], clock_today());
    faults[KEEP_ROW_WHY] = keep_fault_why(reason->why);
    faults[KEEP_ROW_AGAIN] = keep_fault_again(reason->again, clock_today());
    return faults[KEEP_ROW_WHY] == NULL && faults[KEEP_ROW_AGAIN] == NULL;
}
