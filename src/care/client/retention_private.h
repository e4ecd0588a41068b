/* retention_private.h: what the proposal and the deletion share. */
#pragma once

#include "care/client/retention.h"

/* What is known of one client, for the rule. */
typedef struct {
    gint64 client_id;
    RetentionFacts facts;
} RetentionCandidate;
/* Those of whom nothing has been noted for five years, as far as that shows at once; `client_id` 0:
 * of the whole unit. GArray of RetentionCandidate. No permission is asked for. */
GArray *retention_candidates(Session *session, gint64 client_id, int municipality, GError **error);
