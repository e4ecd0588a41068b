/* wait_rows.h: how long people wait, in days, each wait by itself: from contact to the first visit,
 * from the need of a SIP to its call (kallelse), from a decision to its implementation plan. For
 * the quarter's figures (stats/wait_figures.h). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum {
    WAIT_FIRST_VISIT, /* from the day the matter came in to the client's first visit that took place
                       */
    WAIT_SIP_CALL, /* from the day when a SIP was first asked for to the first call that was sent */
    WAIT_PLAN,     /* from the day of the decision to the day when its first plan came */
    WAIT_COUNT
} WaitKind;
const char *wait_code(WaitKind kind); /* "first-visit" */
const char *wait_name(WaitKind kind); /* translated: "From contact to the first visit" */

typedef struct {
    GArray *days;   /* double, of the waits that ended in the period */
    gint64 waiting; /* those that had begun and not ended by its last day, or by today; of whoever no
                     * longer comes here none */
    gint64 aim;     /* within how many days, as the unit has set it; 0: it has not */
} WaitRows;
void wait_rows_clear(WaitRows *rows);

/* Reads those of one kind. Contact and need are known of those who came by a form alone; of others
 * there is no wait to count, nor of visits from before the matter came in. Answers are read for
 * their days, which are shown of nobody. PERMIT_REVIEW. */
gboolean wait_rows_read(Session *session, WaitKind kind, Date from, Date to, WaitRows *rows,
                        GError **error);
/* 1-365 days; -1: no aim any more. That of the plans is implementation_set_days(). ERROR_INPUT.
 * PERMIT_IMPROVE. */
gboolean wait_set_aim(Session *session, WaitKind kind, gint64 days, GError **error);
