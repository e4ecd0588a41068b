/* server_unseal.h: values sealed on their way to a server, and opened on their way back. */
#pragma once

#include "db/server/server_plan.h"
#include "db/server/server_private.h"

/* `value` sealed for the column of the row that has the key `values`, in the table's order; an
 * empty text stays one. New. */
char *server_seal_with(const SealKeys *keys, const SealedTable *table, const char *column,
                       const char *const *values, const char *value);
/* What was sealed so, which is never an empty text; NULL: not there. New. */
char *server_open_with(const SealKeys *keys, const SealedTable *table, const char *column,
                       const char *const *values, const char *sealed);

/* ERROR_CORRUPT: a value that is not what was written there. Returns FALSE. */
gboolean server_not_as_written(Db *db, const SealedTable *table, const char *column,
                               GError **error);

/* Which columns of a statement's result are sealed, and which columns and parameters tell their
 * rows; found once. */
typedef struct Unsealing Unsealing;

/* ERROR_INTERNAL: the statement reads a sealed column without its row's key. New. */
Unsealing *unsealing_new(Db *db, const PGresult *result, const SealedPlan *plan, const char *sql,
                         GError **error);
void unsealing_free(Unsealing *unsealing); /* NULL is allowed */
/* The row's opened values, each until the next row; NULL where a column is not sealed, or is NULL.
 * `params` are the parameters in words. FALSE, ERROR_CORRUPT: one is not what was written there. */
gboolean unsealing_row(Unsealing *unsealing, const PGresult *result, int row,
                       const char *const *params, GError **error);
const char *unsealing_value(const Unsealing *unsealing, int column);
void unsealing_forget(Unsealing *unsealing); /* what it has opened */
