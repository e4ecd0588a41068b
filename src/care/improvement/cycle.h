/* cycle.h: a change in the way of working, or a small test of one, as a PDSA cycle of an
 * improvement work: plan (what we predict), do (what happened), study (what it taught), act (what
 * comes next). Each stands by its name on the time axis of the charts, at the week of its first
 * day. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum { CYCLE_CHANGE, CYCLE_TEST, CYCLE_KIND_COUNT } CycleKind;
const char *cycle_kind_code(CycleKind kind); /* "change", "test" */
gboolean cycle_kind_parse(const char *code, CycleKind *kind);
const char *cycle_kind_name(CycleKind kind); /* translated, "small test" */

typedef struct {
    gint64 id, improvement_id;
    CycleKind kind;
    char *name;
    Date from;       /* its first day */
    gboolean rebase; /* centre line and limits are counted anew from its week on */
    char *prediction, *happened, *learned, *next; /* plan, do, study, act; NULL: not written */
    gint64 version;
} Cycle;
/* An empty change of a work. New. */
Cycle *cycle_new(gint64 improvement_id, Date from);
void cycle_free(Cycle *cycle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cycle, cycle_free)

/* Of one work, or of the whole unit (0), by first day. Array of Cycle *. PERMIT_REVIEW. */
GPtrArray *cycle_list(Session *session, gint64 improvement_id, GError **error);
/* ERROR_NOT_FOUND. PERMIT_REVIEW. */
Cycle *cycle_get(Session *session, gint64 id, GError **error);
/* As improvement_save(). A cycle stays with its work. */
gboolean cycle_save(Session *session, Cycle *cycle, GError **error);
