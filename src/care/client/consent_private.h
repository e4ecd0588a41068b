/* consent_private.h: how completions write consents. Everyone else uses consent.h. */
#pragma once

#include "care/client/consent.h"

Consent *consent_new(void); /* given, all days unknown */
/* By id, whoever asks; ERROR_NOT_FOUND. */
Consent *consent_read(Session *session, gint64 id, GError **error);
/* Both inside a transaction, and in the audit log. Adding draws the id; `item` and `instance` are
 * the place in the form. */
gboolean consent_insert(Session *session, Consent *consent, const char *item, const char *instance,
                        GError **error);
/* What is the same already is no change. `action` is the log's: "change" or "correct". */
/* Beside its UPDATE. */
gboolean consent_log_settled(Session *session, const Consent *no, GError **error);
gboolean consent_update(Session *session, const Consent *consent, const char *action,
                        GError **error);
