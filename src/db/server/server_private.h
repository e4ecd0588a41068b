/* server_private.h: what the files of this folder share. */
#pragma once

#include "db/db_private.h"
#include "db/server/server_library.h"

/* SELECT ... FOR UPDATE of this row of meta is the writer's lock: one writes, the others wait, as
 * with BEGIN IMMEDIATE. It comes in the round trip that begins. */
#define SERVER_WRITER "writer"
#define SERVER_VERSION "schema_version" /* in meta: the newest step that was applied */

struct Server {
    PGconn *connection;
    guint prepared; /* the number of the newest statement's name */
};

/* server_engine.c */
extern const DbEngine server_engine;

/* server_error.c. The one place that turns the server's answer into a sentence: of `result` (may be
 * NULL: no answer came) to `sql` (may be NULL; a number is told of it, never the text). Notes a
 * transaction that the server has given up. Returns FALSE. */
gboolean server_error(Db *db, const PGresult *result, const char *sql, GError **error);

/* server_statement.c. Text without parameters, several statements if need be. */
gboolean server_run(Db *db, const char *sql, GError **error);
/* What server_engine.c puts together. */
gboolean server_prepare(DbStatement *statement, GError **error);
void server_finalize(DbStatement *statement);
gboolean server_bind(DbStatement *statement, int index, const DbParam *param, GError **error);
DbStep server_step(DbStatement *statement, GError **error);
void server_reset(DbStatement *statement);
gint64 server_changes(DbStatement *statement);
gint64 server_int(DbStatement *statement, int column);
double server_real(DbStatement *statement, int column);
const char *server_text(DbStatement *statement, int column);
const void *server_blob(DbStatement *statement, int column, gsize *length);
gboolean server_is_null(DbStatement *statement, int column);
/* `sql` with $1, $2 … in the place of its names, which `*names` gets, and their count `*count`.
 * Texts in quotes and comments stay as they are. Pure; new. */
char *server_numbered(const char *sql, char ***names, int *count);
/* Whether it changes rows: what does not begin with SELECT, VALUES or EXPLAIN, nor is a WITH that
 * only reads. Pure. */
gboolean server_writes(const char *sql);

/* server_schema.c. Brings the database to the newest schema, all steps in one transaction; a new
 * one gets its marks. ERROR_EXISTS: it is to be `created` and holds a unit; ERROR_NOT_FOUND: it
 * holds none; ERROR_VERSION: newer than the list, or older and opened for reading alone. */
gboolean server_schema(Db *db, gboolean created, const Migration *list, gsize count,
                       GError **error);
