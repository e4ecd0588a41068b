/* visit_step_private.h: a step from the state that a visit has to another one, for visit_record.c
 * and visit_undo.c.
 *
 * A state is the outcome, the new time and the visits made beside it; a step makes and takes away
 * what differs, keeps the state it left in visit_version and writes the log, in one transaction.
 * The state before the first recording is empty and is kept only when a redo leaves it: where a
 * version has no row, nothing was recorded. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"
#include "care/visit/visit_state.h"

typedef struct {
    Session *session;
    const char *action; /* for the log */
    const Visit *before;
    GPtrArray *made; /* Visit *: there before */
    VisitOutcome after;
    gint64 recorded_ms, recorded_by;
    gint64 absence_id; /* that holds it afterwards: what is recorded by hand no absence does */
    GPtrArray *wanted;    /* Visit *: there after; not owned. One without an id is new */
    const Visit *new_one; /* which of them is the new time; NULL: none */
    StateEnd end;
    int kept;
} Step;
void step_clear(Step *step);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Step, step_clear)

/* Reads visit `id`, which the caller frees, and what was made by it, inside the transaction. */
Visit *step_begin(Step *step, Session *session, gint64 id, GError **error);
/* Takes it: `after`, `wanted`, `new_one`, `end` and who recorded it when are filled in. */
gboolean step_take(Step *step, GError **error);
/* Commits, and gives the visit as it now stands (`saved` may be NULL). */
gboolean step_finish(Step *step, DbTransaction *tx, Visit **saved, GError **error);

/* The id of the new time after the step; 0: none. */
gint64 step_new_visit(const Step *step);
/* The one of `visits` with that id; NULL: none. */
const Visit *step_find_visit(const GPtrArray *visits, gint64 id);
