/* walk_private.h: the inside of a walk, for walk.c, walk_answer.c and walk_finish.c. Everyone else
 * uses walk.h. */
#pragma once

#include "care/client/client.h"
#include "care/client/dispute.h"
#include "care/placement/placement.h"
#include "care/response/walk.h"

struct Walk {
    Response *response;
    Form *form;
    Answers *answers;
    Flow *flow;
    int index; /* into the flow; flow_count(): the overview */
    gboolean read_only;
    gboolean moved;            /* where one is has not been committed yet */
    gboolean is_protected;     /* by the client's card; FALSE while there is none */
    Client *card;              /* NULL: none yet */
    Placement *placement;      /* NULL: none */
    Answers *corrected;        /* of the response that is corrected; NULL: none */
    GArray *versions;          /* gint64: this response and those that it corrects, the newest first */
    GPtrArray *disputes;       /* Dispute *, the client's, of a correction; NULL: none */
    gboolean settled;          /* what is known stands among the answers and is not committed yet */
    GPtrArray *contradictions; /* char * */
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
/* Looks at the client's card and the placement anew. A card that cannot be read counts as
 * protected: in doubt nothing is shown. */
void walk_learn(Walk *walk, Session *session);
/* Puts what is known among the answers, after each change of them. */
void walk_fill_in(Walk *walk);
/* Notes what was answered otherwise than what is known: before it is settled. */
void walk_contradict(Walk *walk);
/* What was answered before a correction, and what the client says is wrong in it. */
void walk_learn_corrected(Walk *walk, Session *session);
/* Why an answer that keeps the form's own rules is taken only with a reason; NULL: it is not. New.
 */
char *walk_doubt(const Walk *walk, const FlowStep *step, const char *value);
