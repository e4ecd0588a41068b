/* visit_history.h: what was recorded on a visit before. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Earlier states, newest first: Array of VisitVersion *. */
typedef struct {
    gint64 version;
    VisitOutcome outcome;
    gint64 replaced_ms;
    char *replaced_by; /* name */
} VisitVersion;
void visit_version_free(VisitVersion *version);
GPtrArray *visit_history(Session *session, gint64 id, GError **error);
