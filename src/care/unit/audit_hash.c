/* audit_hash.c: an entry as a row, and the bytes of it that a keyed hash covers. */
#include "care/unit/audit_hash_private.h"

#include "care/unit/session_private.h"

#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES
#define NULL_TEXT G_MAXUINT32

void audit_hash_int(crypto_generichash_state *state, gint64 value)
{
    guint64 bytes = GUINT64_TO_LE((guint64)value);
    crypto_generichash_update(state, (const guint8 *)&bytes, sizeof bytes);
}

void audit_hash_text(crypto_generichash_state *state, const char *text)
{
    gsize length = text ? strlen(text) : 0;
    guint32 bytes = GUINT32_TO_LE(text ? (guint32)length : NULL_TEXT);

    crypto_generichash_update(state, (const guint8 *)&bytes, sizeof bytes);
    crypto_generichash_update(state, (const guint8 *)text, length);
}

void audit_hash_begin(crypto_generichash_state *state, const Secret *key, const char *what,
                      const guint8 *previous)
{
    crypto_generichash_init(state, key->bytes, key->length, HASH_BYTES);
    audit_hash_text(state, what);
    crypto_generichash_update(state, previous, HASH_BYTES);
}

/* The canonical row: numbers as 8 bytes and texts behind their length as 4 bytes, both
 * little-endian, in the order of the columns. An id that is NULL is 0; a text that is NULL has the
 * length 2^32 - 1. Of another computer's log the node comes last, so that no entry fits another log
 * than its own. So no two different rows have the same bytes. */
void audit_hash_row(const Secret *key, const char *what, const guint8 *previous,
                    const AuditRow *row, guint8 *hash)
{
    crypto_generichash_state state;

    audit_hash_begin(&state, key, what, previous);
    audit_hash_int(&state, row->seq);
    audit_hash_int(&state, row->at_ms);
    audit_hash_int(&state, row->staff_id);
    audit_hash_text(&state, row->action);
    audit_hash_text(&state, row->entity);
    audit_hash_int(&state, row->entity_id);
    audit_hash_int(&state, row->client_id);
    audit_hash_text(&state, row->changes);
    if (row->node != 0)
        audit_hash_int(&state, row->node);
    crypto_generichash_final(&state, hash, HASH_BYTES);
}

gint64 audit_row_node(Session *session, const AuditRow *row)
{
    return row->node != 0 ? row->node : db_node(session->db);
}

AuditRow audit_row_of(DbStatement *row)
{
    return (AuditRow){.seq = db_int(row, 1),
                      .at_ms = db_int(row, 2),
                      .staff_id = db_int(row, 3),
                      .action = db_text(row, 4),
                      .entity = db_text(row, 5),
                      .entity_id = db_int(row, 6),
                      .client_id = db_int(row, 7),
                      .changes = db_text(row, 8)};
}

gboolean audit_row_write(Session *session, const AuditRow *row, const guint8 *hash, GError **error)
{
    return db_run_later(
        session->db,
        "INSERT INTO audit (node, seq, at_ms, staff_id, action, entity, entity_id,"
        " client_id, changes, hash) VALUES (:node, :seq, :at, :staff, :action, :entity,"
        " :entity_id, :client, :changes, :hash)",
        DB_PARAMS(DB_INT("node", audit_row_node(session, row)), DB_INT("seq", row->seq),
                  DB_INT("at", row->at_ms), DB_INT("staff", row->staff_id),
                  DB_TEXT("action", row->action), DB_TEXT("entity", row->entity),
                  DB_INT_OR_NULL("entity_id", row->entity_id),
                  DB_INT_OR_NULL("client", row->client_id), DB_TEXT("changes", row->changes),
                  DB_BLOB("hash", hash, HASH_BYTES)),
        error);
}
