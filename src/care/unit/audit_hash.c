/* audit_hash.c: the bytes of an entry that a keyed hash covers. */
#include "care/unit/audit_hash_private.h"

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
 * length 2^32 - 1. So no two different rows have the same bytes. */
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
    crypto_generichash_final(&state, hash, HASH_BYTES);
}
