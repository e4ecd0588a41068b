/* decision_gap.h: the days on which a client's support rests on no decision: after the last one,
 * and between one that ended and the next, which begins later. No visit is planned there, and those
 * that are wait to be settled (completion/decision_settle.h). For laying out visits: no right is
 * asked for. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    Date from, to; /* to DATE_NONE: no decision follows */
} DecisionGap;
/* On each day that one rules which was decided upon last of those that have begun by then and grant
 * housing support (boendestöd), or, where none says so, any support: where it has ended, the day is
 * in a gap. Days before the first decision are in none, for a client may have come with an older
 * one that is not known here. Array of DecisionGap, the earliest first. */
GArray *decision_gaps(Session *session, gint64 client_id, GError **error);
/* The one that a day lies in; NULL: none. Pure. */
const DecisionGap *decision_gap_at(const GArray *gaps, Date day);
/* The last day before no decision follows; DATE_NONE: until further notice, or no decision is
 * known. Pure. */
Date decision_gaps_last_day(const GArray *gaps);

/* That of the client's. */
gboolean decision_last_day(Session *session, gint64 client_id, Date *last, GError **error);
/* ERROR_INPUT with a sentence when `day` lies in a gap. */
gboolean decision_covers(Session *session, gint64 client_id, Date day, GError **error);
