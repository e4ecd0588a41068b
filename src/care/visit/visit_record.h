/* visit_record.h: what came of a visit.
 *
 * An outcome is recorded once and corrected thereafter: each earlier state is kept in
 * visit_version, and every step is in the audit log. The counts of week_outcome and week_cause are
 * changed in the same transaction. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Records or corrects what came of visit `id`, of which `version` was read (ERROR_CONFLICT tells
 * who changed it since). In one transaction: the outcome, the alternative taken as a visit of its
 * own (at the same time where it is not said when, or as it was planned before), the new time as a
 * visit, the task to rebook within two days when a missed visit got no new time, counts, audit; and
 * the signed-in person's draft of it is dropped (DRAFT_CANCELLATION). Saving the same twice changes
 * nothing. PERMIT_VISIT_RECORD. Errors: INPUT for a cause that does not belong to the outcome or an
 * unknown cause, CONFLICT, FULL, IO … `saved` (may be NULL) gets the visit as it now stands.
 *
 * A notice of -1 is filled in from the clock while the visit lies ahead, and is 0 where nobody was
 * told (declined, not present). `times` may be NULL. Without a new time a correction keeps the new
 * time there is; one that says the visit took place takes it away, unless something has come of it.
 * A cause of the unit's own belongs to no visit that the person did not take. */
gboolean visit_record(Session *session, gint64 id, gint64 version, const VisitOutcome *outcome,
                      const VisitTimes *times, Visit **saved, GError **error);
/* The new time of a visit that was not taken, as it was read: recorded on it, which settles the
 * task to rebook. As visit_record(). */
gboolean visit_rebook(Session *session, const Visit *visit, const NewTime *time, GError **error);
/* Before visit `removed`, a new time, is deleted: the visit `origin` that it stood for keeps its
 * outcome but has no new time any more, and a task says so. Nothing when it is another visit.
 * Inside a transaction. */
gboolean visit_forget_new_time(Session *session, gint64 origin, gint64 removed, GError **error);
