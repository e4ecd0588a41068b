/* visit_propose.h: whose time is taken when: free times for a new visit, and what a chosen time
 * clashes with. PERMIT_CLIENT_READ. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/series.h"
#include "care/visit/visit.h"

/* The next free times for a new visit of the same length with the same staff: on each day from
 * tomorrow but the visit's own, the time nearest to the visit's at which neither client nor staff
 * has another visit, nor whoever covers for the staff that day (unit/cover.h) or is covered by them, in quarters of an hour within the working day (or as early and late as the
 * visit itself is); Saturdays and Sundays only for a visit that is on one. The earliest first, at
 * most `limit`, within four weeks; array of NewTime. */
GArray *visit_propose(Session *session, const Visit *visit, int limit, GError **error);

/* When `alternative`, taken instead of `visit`, is carried out best: on the visit's day, or on the
 * first day from today, the free time nearest to the visit's own that has not passed; as long as
 * such a one is (alternative_minutes()). Where nothing is free it is the visit's own time. */
gboolean visit_propose_instead(Session *session, const Visit *visit, Alternative alternative,
                               NewTime *time, GError **error);

/* What speaks against a time, in a sentence: that it has passed, and what the visit's client or the
 * staff has then. The staff is the time's, else the visit's; 0 is nobody yet. The visit itself
 * (id 0: not planned yet) and what was made by it do not count. "" when nothing does. Translated;
 * the caller frees. */
char *visit_time_warning(Session *session, const Visit *visit, const NewTime *time, GError **error);
/* The same for visits on all of `days` (Date, in order), with the client, staff, time and length of
 * `planned`. */
char *visit_days_warning(Session *session, const Visit *planned, const GArray *days,
                         GError **error);
/* The same for the visits of a series that is not added yet, as far as they are laid out at once.
 */
char *visit_series_warning(Session *session, const Series *series, GError **error);
