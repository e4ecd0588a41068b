/* client_tables.h: every table that has rows about a client, told once: for what must have all of
 * them (an extract), take them away (retention.h) or give them to another card (a double). A new
 * table, or a new column that points at a client or at a row that belongs to one, gets its line in
 * client_tables.c; tests/unit/care/client_tables.c reads the newest schema and fails until it has.
 */
#pragma once

#include "care/unit/session.h"

typedef struct {
    const char *name;
    /* Its columns that point at a client or at a row of one, in words apart; of the client itself
     * "id". */
    const char *points;
    /* SQL: whether a row is of :client, asked with the table's own column names. */
    const char *whose;
    /* Statements of :client; literals, as db_run() wants them. `take` deletes the rows, and is NULL
     * of the log, which is weeded instead (audit_weed.h). `move` gives them to the client :to; a
     * row that :to has the like of by the table's key is left where it is, for `take`. NULL: its
     * rows follow those they hang on, are made anew from others, or stay. */
    const char *take, *move;
} ClientTable;

/* In the order in which rows can be deleted and moved: what hangs on a row stands before it, the
 * client last. `*count` of them; static. */
const ClientTable *client_tables(gsize *count);

/* Deletes every row of the client but those of the log, inside a transaction. What is counted from
 * them is the caller's: see retention_delete.c. No permission is asked for. */
gboolean client_tables_take(Session *session, gint64 client_id, GError **error);
