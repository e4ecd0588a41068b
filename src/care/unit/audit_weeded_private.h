/* audit_weeded_private.h: proving what was weeded of the log (audit_weed.h).
 *
 * The entry's hash is kept, and the entries behind it are hashed on it. For what is left of it
 * stands mac = keyed hash(hash(n) ‖ canonical row n without changes) in audit_weeded; and an entry
 * "weed" in the chain holds how many there were and a keyed hash over their numbers and macs, all
 * under the key of that entry's epoch. So what is emptied, put back or listed by something else
 * than Dagsform shows. */
#pragma once

#include "care/unit/audit_epoch.h"
#include "care/unit/audit_hash_private.h"

#define AUDIT_WEED "weed" /* the action of the entry that tells; its entity is "audit" */

/* `row` may have its changes still. */
void audit_weeded_mac(const Secret *key, const AuditRow *row, const guint8 *hash,
                      guint8 mac[AUDIT_HASH_BYTES]);

/* What such an entry says: of the entries added in order of their numbers. */
typedef struct {
    crypto_generichash_state state;
    gint64 count;
} AuditDigest;
void audit_digest_begin(AuditDigest *digest, const Secret *key);
void audit_digest_add(AuditDigest *digest, gint64 seq, const guint8 mac[AUDIT_HASH_BYTES]);
char *audit_digest_end(AuditDigest *digest); /* "12:ab…", how many and their hash; new */
#define AUDIT_WEED_FIELD "weeded" /* of the changes of the entry, which holds that */

/* For the walk along the chain (audit.c). Whether it is an entry that tells of weeding. */
gboolean audit_is_weed(const AuditRow *row);
/* `*fits`: whether the entry, which has no changes and does not fit its `hash`, was weeded. */
gboolean audit_weeded_fits(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                           const guint8 *hash, gboolean *fits, GError **error);
/* `*told`: whether what is weeded is what the entry `row` tells. */
gboolean audit_weed_told(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                         gboolean *told, GError **error);
/* How many are said to be weeded by an entry that is none. */
gboolean audit_weeded_untold(Session *session, gint64 *count, GError **error);
