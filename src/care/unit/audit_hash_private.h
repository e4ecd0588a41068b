/* audit_hash_private.h: the keyed hashes of the audit log, for audit.c and audit_weed.c. */
#pragma once

#include "care/unit/audit_head.h"

#include <sodium.h>

/* The fields of one entry that the hash covers. */
typedef struct {
    gint64 seq, at_ms, staff_id;
    const char *action, *entity;
    gint64 entity_id, client_id; /* 0: NULL */
    const char *changes;         /* NULL: NULL */
} AuditRow;

/* A hash under `key` of what it is for, and of the hash before. */
void audit_hash_begin(crypto_generichash_state *state, const Secret *key, const char *what,
                      const guint8 *previous);
void audit_hash_int(crypto_generichash_state *state, gint64 value);
void audit_hash_text(crypto_generichash_state *state, const char *text); /* NULL is not "" */
/* Of an entry, as `what`. */
void audit_hash_row(const Secret *key, const char *what, const guint8 *previous,
                    const AuditRow *row, guint8 *hash);
