/* walk_private.h: the inside of a walk, for walk.c, walk_answer.c and walk_finish.c. Everyone else
 * uses walk.h. */
#pragma once

#include "care/response/walk.h"

struct Walk {
    Response *response;
    Form *form;
    Answers *answers;
    Flow *flow;
    int index; /* into the flow; flow_count(): the overview */
    gboolean read_only;
    gboolean moved;        /* where one is has not been committed yet */
    gboolean is_protected; /* by the client's card; FALSE while there is none */
    gint64 saved_ms;
    gint64 staff_id; /* who holds it */
    char *staff, *unit;
    GPtrArray *changes; /* char *; NULL: same version */
};

/* FALSE with ERROR_READONLY when nothing may be changed. */
gboolean walk_may_change(const Walk *walk, GError **error);
/* Remembers where one is in the response, for the next commit. `index` is into the flow. */
void walk_mark(Walk *walk, int index);
FormFills walk_fills(const Walk *walk);
/* Looks at the client's card anew. */
void walk_learn_protection(Walk *walk, Session *session);
