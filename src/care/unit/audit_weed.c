/* audit_weed.c: emptying the entries about a client. */
#include "care/unit/audit_weed.h"

#include "care/unit/audit.h"
#include "care/unit/audit_weeded_private.h"
#include "care/unit/session_private.h"

#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES

#define COLUMNS                                                                                    \
    "SELECT a.node, a.seq, a.at_ms, a.staff_id, a.action, a.entity, a.entity_id, a.client_id, "    \
    "a.hash"                                                                                       \
    " FROM audit a WHERE a.changes IS NOT NULL AND "
#define OF_NOBODY(entity, ids)                                                                     \
    " UNION ALL " COLUMNS "a.client_id IS NULL AND a.entity = '" entity                            \
    "' AND a.entity_id IN (" ids ")"
#define RESPONSES "SELECT r.id FROM response r WHERE r.client_id = :client"

typedef struct {
    gint64 node, seq; /* as they stand in the table */
    guint8 mac[HASH_BYTES];
} Weeded;

static GArray *find(Session *session, const Secret *key, gint64 client_id, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Weeded));
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        COLUMNS "a.client_id = :client" OF_NOBODY("response", RESPONSES)
            OF_NOBODY("call", "SELECT k.id FROM call k WHERE k.response_id IN (" RESPONSES ")")
                OF_NOBODY("task", "SELECT t.id FROM task t WHERE t.response_id IN (" RESPONSES
                                  ") OR t.client_id = :client") " ORDER BY 1, 2",
        DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Weeded one = {.node = db_int(rows, 0), .seq = db_int(rows, 1)};
        gsize length = 0;
        guint8 hash[HASH_BYTES] = {0};
        const AuditRow row = {.node = one.node == db_node(session->db) ? 0 : one.node,
                              .seq = one.seq,
                              .at_ms = db_int(rows, 2),
                              .staff_id = db_int(rows, 3),
                              .action = db_text(rows, 4),
                              .entity = db_text(rows, 5),
                              .entity_id = db_int(rows, 6),
                              .client_id = db_int(rows, 7)};
        const void *stored = db_blob(rows, 8, &length);
        memcpy(hash, stored, MIN(length, HASH_BYTES));
        audit_weeded_mac(key, &row, hash, one.mac);
        g_array_append_val(found, one);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&found) : NULL;
}

static gboolean empty(Session *session, gint64 weed, const Weeded *one, GError **error)
{
    return db_run(
               session->db,
               "INSERT INTO audit_weeded (node, seq, weed, mac) VALUES (:node, :seq, :weed, :mac)",
               DB_PARAMS(DB_INT("node", one->node), DB_INT("seq", one->seq), DB_INT("weed", weed),
                         DB_BLOB("mac", one->mac, HASH_BYTES)),
               error) &&
           db_run(session->db, "UPDATE audit SET changes = NULL WHERE node = :node AND seq = :seq",
                  DB_PARAMS(DB_INT("node", one->node), DB_INT("seq", one->seq)), error);
}

/* The entry is written first, so that its number is known. */
gboolean audit_weed(Session *session, gint64 client_id, GError **error)
{
    const Secret *key = audit_epoch_key(session, error);
    g_autoptr(GArray) found = key != NULL ? find(session, key, client_id, error) : NULL;
    gint64 weed = 0;
    AuditDigest digest;

    if (found == NULL)
        return FALSE;
    audit_digest_begin(&digest, key);
    for (guint i = 0; i < found->len; i++) {
        const Weeded *one = &g_array_index(found, Weeded, i);
        audit_digest_add(&digest, one->seq, one->mac);
    }
    g_autofree char *said = audit_digest_end(&digest);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, AUDIT_WEED_FIELD, NULL, said);
    if (!audit_write(session, AUDIT_WEED, "audit", 0, 0, changes, error) ||
        !audit_last(session, &weed, error))
        return FALSE;
    for (guint i = 0; i < found->len; i++)
        if (!empty(session, weed, &g_array_index(found, Weeded, i), error))
            return FALSE;
    return TRUE;
}
