/* decision_private.h: how completions write decisions. Everyone else uses decision.h. */
#pragma once

#include "care/client/decision.h"

/* That of a response; `*decision` NULL when there is none. FALSE on error. */
gboolean decision_of_response(Session *session, gint64 response_id, Decision **decision,
                              GError **error);
/* decision_of_client() of whoever may see them. */
GPtrArray *decision_read_all(Session *session, gint64 client_id, GError **error);
/* Of a client's, those that grant support, in the order in which they rule (decision_gap.h). */
GPtrArray *decision_granted(Session *session, gint64 client_id, GError **error);
/* The one that decision_last_day() goes by; 0: none is known. */
gboolean decision_latest(Session *session, gint64 client_id, gint64 *id, GError **error);
/* Adds (`before` NULL; draws the id) or changes, inside a transaction, and in the audit log. What
 * is the same already is no change. */
gboolean decision_write(Session *session, Decision *decision, const Decision *before,
                        GError **error);
/* Takes away one that a correction knows nothing of; the log keeps it. Inside a transaction. */
gboolean decision_remove(Session *session, const Decision *decision, GError **error);
/* Whether they say the same. Pure. */
gboolean decision_same(const Decision *one, const Decision *other);
/* That which says how long a client's support is given (decision_last_day()); `*ruling` NULL: none.
 */
gboolean decision_ruling(Session *session, gint64 client_id, Decision **ruling, GError **error);
/* decision_version.h: keeps it as it stands, before it is corrected. Inside a transaction. */
gboolean decision_version_keep(Session *session, const Decision *before, GError **error);
/* With the decision itself. Inside a transaction. */
gboolean decision_versions_remove(Session *session, gint64 decision_id, GError **error);
