/* visit_deed.h: what was done with a visit on a laptop, as the outbox has it (care/unit/deed.h). */
#pragma once

#include "care/unit/deed.h"
#include "care/visit/visit.h"

/* Begins a deed with visit `id`: with its client and the version that is there now. As
 * deed_begin(). */
gboolean visit_deed_begin(Session *session, const char *name, gint64 id, Deed **deed,
                          GError **error);
void visit_deed_outcome(Deed *deed, const VisitOutcome *outcome);
void visit_deed_times(Deed *deed, const VisitTimes *times);
/* Ends it, with what the visit has come to; as deed_end(). */
gboolean visit_deed_end(Deed *deed, Session *session, gint64 id, gboolean done, GError **error);

/* What was given, and what the visit had come to; visit_outcome_clear(). FALSE with ERROR_CORRUPT.
 */
gboolean visit_deed_read_outcome(const DeedBody *body, VisitOutcome *outcome, GError **error);
gboolean visit_deed_read_after(const DeedBody *body, VisitOutcome *after, GError **error);
VisitTimes visit_deed_read_times(const DeedBody *body);

/* A planned visit. */
void visit_deed_plan(Deed *deed, const Visit *visit);
Visit *visit_deed_read_plan(const DeedBody *body); /* new */
