/* absence_visits.h: the visits that an absence calls off, and that come back; for absence.c. No
 * permission is asked for, and everything is inside a transaction. */
#pragma once

#include "base/date.h"
#include "care/unit/away_cause.h"
#include "care/unit/session.h"

/* Days, both included; none where `from` is after `to`. */
typedef struct {
    Date from, to;
} Span;
#define SPAN_FIRST (date_from_ymd(1800, 1, 1))
#define SPAN_LAST (date_from_ymd(2199, 12, 31))

/* The absence that holds them. */
typedef struct {
    gint64 id, client_id;
    AwayCause cause;
} AwayFor;

/* Calls off the client's visits of those days of which nothing is known. Adds to `*count`. */
gboolean absence_call_off(Session *session, const AwayFor *absence, Span days, int *count,
                          GError **error);
/* Gives back those of them that the absence still holds. */
gboolean absence_give_back(Session *session, const AwayFor *absence, Span days, int *count,
                           GError **error);
/* Those it still holds get its cause as it stands now. */
gboolean absence_set_cause(Session *session, const AwayFor *absence, GError **error);
/* How many of those days were recorded otherwise. */
gboolean absence_count_kept(Session *session, const AwayFor *absence, Span days, int *count,
                            GError **error);
