/* audit_hash_private.h: an entry of the audit log as a row, and its keyed hash, for audit.c and the
 * files beside it. */
#pragma once

#include "care/unit/audit_head.h"

#include <sodium.h>

/* The fields of one entry that the hash covers. */
typedef struct {
    gint64 node; /* 0: of the unit's own log; else of that computer's, which came home */
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

/* The node that `row` lies under in the table. */
gint64 audit_row_node(Session *session, const AuditRow *row);
/* The columns that audit_row_of() reads, and behind them the hash. */
#define AUDIT_ROW "node, seq, at_ms, staff_id, action, entity, entity_id, client_id, changes, hash"
#define AUDIT_ROW_HASH 9
/* An entry of the unit's own log; its texts are the statement's. */
AuditRow audit_row_of(DbStatement *row);
gboolean audit_row_write(Session *session, const AuditRow *row, const guint8 *hash, GError **error);
