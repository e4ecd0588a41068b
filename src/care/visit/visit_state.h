/* visit_state.h: a state of a visit as visit_version keeps it. */
#pragma once

#include "care/unit/audit.h"
#include "care/visit/visit.h"

/* How a state of a visit came to its end, and what the next one was made from. */
typedef struct {
    gboolean undone, redone; /* by an undo, by a redo; neither: by a correction */
    gint64 restored;         /* the version that the undo or redo went to */
} StateEnd;

/* A state as it is kept in visit_version. */
typedef struct {
    VisitOutcome outcome;
    gint64 new_visit_id;
    gint64 recorded_ms, recorded_by;
    gint64 absence_id;
    GPtrArray *made; /* Visit *: the visits that stood beside it */
    StateEnd end;
} VisitState;
void visit_state_free(VisitState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitState, visit_state_free)
/* JSON. New. */
char *visit_state_write(const Visit *visit, const GPtrArray *made, const StateEnd *end);
/* ERROR_CORRUPT when the text is not such a state. */
VisitState *visit_state_read(const char *json, GError **error);

/* The fields that differ, as codes, for the audit log. */
void visit_outcome_changes(AuditChanges *changes, const VisitOutcome *before,
                           const VisitOutcome *after);
