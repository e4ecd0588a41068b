/* retention_private.h: what the proposal and the deletion share. */
#pragma once

#include "care/client/retention.h"

/* What is known of one client, for the rule. */
typedef struct {
    gint64 client_id;
    RetentionFacts facts;
} RetentionCandidate;
/* Those of whom nothing has been noted for five years, as far as that shows at once; `client_id` 0: of the
 * whole unit. GArray of RetentionCandidate. No permission is asked for. */
GArray *retention_candidates(Session *session, gint64 client_id, int municipality, GError **error);

/* The latest proposal that somebody has confirmed something of; 0: there is none. */
gboolean retention_confirmed_proposal(Session *session, gint64 *id, GError **error);
