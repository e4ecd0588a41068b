/* visit_private.h: what the files about visits, tasks and series share. Everyone else uses
 * visit.h. */
#pragma once

#include "care/unit/audit.h"
#include "care/visit/summary.h"
#include "care/visit/visit.h"

/* --- rows ------------------------------------------------------------------------------------- */

/* A visit by id, with the names beside it; ERROR_NOT_FOUND. No permission is asked for. */
Visit *visit_read(Session *session, gint64 id, GError **error);
/* The text behind visit_list(): every combination of conditions has one of its own, so that each
 * follows an index and needs no sorting. New. */
char *visit_list_sql(const VisitQuery *query);
/* ERROR_INPUT with a sentence when the day, time or length of a visit is none. */
gboolean visit_check_time(Date date, int start, int minutes, GError **error);

/* Inserts `visit` with everything it carries, and counts it. Draws the id when it is 0; an id that
 * is there already changes nothing. Inside a transaction. */
gboolean visit_insert(Session *session, Visit *visit, GError **error);
/* The row alone, with the id it has: not counted. `import_id` 0: not from a file. */
gboolean visit_insert_row(Session *session, const Visit *visit, gint64 import_id, GError **error);
/* Deletes a visit without an outcome, and takes it out of the counts: its open tasks go, its
 * earlier states too (the audit log has them). Inside a transaction. */
gboolean visit_delete(Session *session, const Visit *visit, GError **error);
/* The visits that a recording on visit `origin` made and that are still there. */
GPtrArray *visit_made_by(Session *session, gint64 origin, GError **error);
/* Before visit `removed`, a new time, is deleted: the visit `origin` that it stood for keeps its
 * outcome but has no new time any more, and a task says so. Nothing when it is another visit.
 * Inside a transaction. */
gboolean visit_forget_new_time(Session *session, gint64 origin, gint64 removed, GError **error);

/* --- tasks ------------------------------------------------------------------------------------ */

/* A visit that was not taken and has no new time: book one. Inside the visit's transaction. */
gboolean task_add_rebook(Session *session, const Visit *visit, GError **error);
/* The open task to book a new time is done, or was never meant to be (`drop`). */
gboolean task_end_rebook(Session *session, gint64 visit_id, gboolean drop, GError **error);
/* Opens again what a recording closed at the moment `closed_ms`; of the tasks to rebook only the
 * newest, and only where a new time is needed (`rebook`). */
gboolean task_reopen_of_visit(Session *session, gint64 visit_id, gint64 closed_ms, gboolean rebook,
                              GError **error);

/* --- states ----------------------------------------------------------------------------------- */

/* How a state of a visit came to its end, and what the next one was made from. */
typedef struct {
    gboolean undone; /* by an undo; by a correction otherwise */
    gint64 restored; /* the version that the undo went back to */
} StateEnd;

/* A state as it is kept in visit_version. */
typedef struct {
    VisitOutcome outcome;
    gint64 new_visit_id;
    gint64 recorded_ms, recorded_by;
    GPtrArray *made; /* Visit *: the visits that stood beside it */
    StateEnd end;
} VisitState;
void visit_state_free(VisitState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitState, visit_state_free)
/* JSON. New. */
char *visit_state_write(const Visit *visit, const GPtrArray *made, const StateEnd *end);
/* ERROR_CORRUPT when the text is not such a state. */
VisitState *visit_state_read(const char *json, GError **error);

/* Whether two say the same. */
gboolean visit_outcome_equal(const VisitOutcome *a, const VisitOutcome *b);
/* The fields that differ, as codes, for the audit log. */
void visit_outcome_changes(AuditChanges *changes, const VisitOutcome *before,
                           const VisitOutcome *after);
