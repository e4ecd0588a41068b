/* decision_version.h: what a decision entered on the card said before it was corrected. Every
 * earlier version is kept as long as the decision. */
#pragma once

#include "care/client/decision.h"

typedef struct {
    Decision *was;
    gint64 replaced_ms;
    char *who; /* corrected it; NULL: no longer known */
} DecisionVersion;
void decision_version_free(DecisionVersion *version);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DecisionVersion, decision_version_free)

/* Of one of the client's, the latest first; none of a decision that came from a form, whose earlier
 * form is kept instead. PERMIT_WALK and the right to open the card. Array of DecisionVersion *. */
GPtrArray *decision_versions(Session *session, gint64 client_id, gint64 decision_id,
                             GError **error);
/* "Corrected 2026-11-22 by Harriet Ek. Before: Last day 2027-03-31; Hours a month 20 h.", one
 * sentence after the other, the latest first; `*text` NULL where nothing was corrected. Translated;
 * new. The same rights. */
gboolean decision_corrected(Session *session, const Decision *decision, char **text,
                            GError **error);
