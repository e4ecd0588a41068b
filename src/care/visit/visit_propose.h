/* visit_propose.h: free times for a new visit. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Free times to propose for a new visit of the same length: the same weekday and time next week,
 * then days from tomorrow at the same time, where neither client nor staff has a visit; Saturdays
 * and Sundays only for a visit that is on one. At most `limit`, within four weeks; array of
 * NewTime. */
GArray *visit_propose(Session *session, const Visit *visit, int limit, GError **error);
