/* audit_weeded.c: what a weeded entry has left, and what the log tells of it. */
#include "care/unit/audit_weeded_private.h"

#include "care/unit/session_private.h"

#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES

void audit_weeded_mac(const Secret *key, const AuditRow *row, const guint8 *hash,
                      guint8 mac[AUDIT_HASH_BYTES])
{
    AuditRow left = *row;
    left.changes = NULL;
    audit_hash_row(key, "weeded", hash, &left, mac);
}

void audit_digest_begin(AuditDigest *digest, const Secret *key)
{
    static const guint8 nothing[HASH_BYTES];
    digest->count = 0;
    audit_hash_begin(&digest->state, key, AUDIT_WEED, nothing);
}

void audit_digest_add(AuditDigest *digest, gint64 seq, const guint8 mac[AUDIT_HASH_BYTES])
{
    digest->count++;
    audit_hash_int(&digest->state, seq);
    crypto_generichash_update(&digest->state, mac, HASH_BYTES);
}

char *audit_digest_end(AuditDigest *digest)
{
    guint8 bytes[HASH_BYTES];
    char hex[2 * HASH_BYTES + 1];
    crypto_generichash_final(&digest->state, bytes, sizeof bytes);
    return g_strdup_printf("%" G_GINT64_FORMAT ":%s", digest->count,
                           sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes));
}

/* --- proving ---------------------------------------------------------------------------------- */

gboolean audit_is_weed(const AuditRow *row)
{
    return strcmp(row->action, AUDIT_WEED) == 0 && strcmp(row->entity, "audit") == 0;
}

gboolean audit_weeded_fits(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                           const guint8 *hash, gboolean *fits, GError **error)
{
    g_autoptr(DbStatement) weeded = db_query(
        session->db, "SELECT weed, mac FROM audit_weeded WHERE node = :node AND seq = :seq",
        DB_PARAMS(DB_INT("node", audit_row_node(session, row)), DB_INT("seq", row->seq)), error);
    DbStep step = weeded != NULL ? db_step(weeded, error) : DB_STEP_ERROR;
    gsize length = 0;
    guint8 mac[HASH_BYTES];

    *fits = FALSE;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    const void *stored = db_blob(weeded, 1, &length);
    audit_weeded_mac(audit_epochs_key(epochs, db_int(weeded, 0)), row, hash, mac);
    *fits = length == HASH_BYTES && sodium_memcmp(mac, stored, HASH_BYTES) == 0;
    return TRUE;
}

gboolean audit_weed_told(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                         gboolean *told, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session->db,
                 "SELECT w.seq, w.mac, CASE WHEN a.changes IS NULL THEN 0 ELSE 1 END"
                 " FROM audit_weeded w LEFT JOIN audit a ON a.node = w.node AND a.seq = w.seq"
                 " WHERE w.weed = :seq ORDER BY w.node, w.seq",
                 DB_PARAMS(DB_INT("seq", row->seq)), error);
    DbStep step = DB_STEP_ERROR;
    gboolean put_back = FALSE;
    AuditDigest digest;

    audit_digest_begin(&digest, audit_epochs_key(epochs, row->seq));
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        gsize length = 0;
        guint8 mac[HASH_BYTES] = {0};
        const void *stored = db_blob(rows, 1, &length);
        if (length > 0)
            memcpy(mac, stored, MIN(length, HASH_BYTES));
        audit_digest_add(&digest, db_int(rows, 0), mac);
        put_back = put_back || db_int(rows, 2) != 0;
    }
    g_autofree char *is = audit_digest_end(&digest);
    g_autofree char *said = g_strdup_printf("{\"" AUDIT_WEED_FIELD "\":[null,\"%s\"]}", is);
    *told = !put_back && g_strcmp0(said, row->changes) == 0;
    return step == DB_STEP_DONE;
}

gboolean audit_weeded_untold(Session *session, gint64 *count, GError **error)
{
    return db_get_int(session->db,
                      "SELECT COUNT(*) FROM audit_weeded w WHERE NOT EXISTS (SELECT 1 FROM audit a"
                      " WHERE a.node = :node AND a.seq = w.weed AND a.action = 'weed'"
                      " AND a.entity = 'audit')",
                      DB_PARAMS(DB_INT("node", db_node(session->db))), 0, count, error);
}
