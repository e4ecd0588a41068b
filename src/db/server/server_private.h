/* server_private.h: what the files of this folder share. */
#pragma once

#include "db/db_private.h"
#include "db/server/server_library.h"
#include "db/server/server_seal.h"
#include "db/server/unit_file.h"

/* The kinds of values that are sent and come, as pg_type.h numbers them. */
enum { TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_TEXT = 25, TYPE_FLOAT8 = 701 };

/* SELECT ... FOR UPDATE of this row of meta is the writer's lock: one writes, the others wait, as
 * with BEGIN IMMEDIATE. It comes in the round trip that begins, and its value is the mark of the
 * key that all is sealed under, so nobody seals under one that was exchanged. */
#define SERVER_WRITER "writer"
#define SERVER_ID "server_id"           /* in meta: the database's own, as the unit's file has it */
#define SERVER_VERSION "schema_version" /* in meta: the newest step that was applied */

/* What each program that writes has saved last, in the transaction of the save itself: so a COMMIT
 * that nobody answered is looked up, also on a standby that has taken over. Rows of programs that
 * are gone are taken away after a week. */
#define SERVER_SAVED "server_saved"

/* Those that confirm what is saved. Whoever runs the servers, or Patroni, empties it when there is
 * none, so that saves go on; else they wait. */
#define SERVER_STANDBYS "current_setting('synchronous_standby_names')"

struct Server {
    PGconn *connection;
    char *where;        /* in libpq's words, without who */
    char *role;         /* who signs in, as the server knows them; NULL: as `where` says */
    Secret *password;   /* theirs, a text with its NUL; NULL: by libpq's own means */
    gboolean at_once;   /* the newest try was answered soon, so it can be asked why */
    gboolean refused;   /* it is this that the server does not take, or is not believed in */
    guint prepared;     /* the number of the newest statement's name */
    guint nth;          /* which connection this is: what was made ready on another is gone */
    guint64 program;    /* drawn when it was opened */
    gint64 save;        /* the number of the newest save */
    gint64 unsure;      /* a save whose COMMIT could not be looked up either; 0: none */
    gboolean was_saved; /* it has been looked up since, and was; that is still to be told */
    gint64 patience_us; /* so long is a server that is gone waited for, once */
    gint64 silence_us;  /* so long one that is there may say nothing; 0: for ever */
    gboolean given_up;  /* that was in vain: from now on one try each time */
    gboolean connecting;
    SealKeys *seal;
    char *seal_mark;
    GHashTable *origins; /* see server_origins_of(); NULL: not yet read */
    GHashTable *ids;     /* see server_id.c; NULL: none was asked for */
    guint queued;        /* statements sent whose answers are not read: server_later.c */
    struct Rows *rows;   /* those that wait to be sent; NULL: none ever did */
    gboolean standby;    /* another server is to confirm what is saved */
    gboolean alone;      /* at the last save, or when it was opened, none did */
};

/* server_engine.c */
extern const DbEngine server_engine;

/* server_connection.c. What is sealed and opened from now on is so under a subkey of `key`. */
void server_take_key(Db *db, const Secret *key);
/* Connects for the first time, to `where` in libpq's words, as `role` with `password`
 * (a text with its NUL; both may be NULL: as `where` says, by libpq's own means). */
gboolean server_connect(Db *db, const char *where, const char *role, const Secret *password,
                        GError **error);
/* Whether the connection is lost and was made anew, so that what was under way can be tried once
 * more: that is for the caller to know. Not while a transaction is open. */
gboolean server_came_back(Db *db);

/* server_wait.c: what libpq's PQexec(), PQexecParams(), PQexecPrepared(), PQprepare() and
 * PQgetResult() do and return, but a server that says nothing for `silence_us` is taken for gone.
 */
PGresult *server_exec(Db *db, const char *sql);
PGresult *server_exec_params(Db *db, const char *sql, int count, const Oid *types,
                             const char *const *values, const int *lengths, const int *formats);
PGresult *server_exec_ready(Db *db, const char *name, int count, const char *const *values,
                            const int *lengths, const int *formats);
PGresult *server_make_ready(Db *db, const char *name, const char *sql, int count, const Oid *types);
PGresult *server_answer(Db *db);
/* Tells whoever wants to know that nothing has come since `began`, when that is some time ago. */
void server_tell_silence(Db *db, gint64 began);

/* server_origin.c. A column of a table. */
typedef struct {
    char *table, *column;
    gint64 names; /* the column whose value it has by reference, as the key of the map; 0: none */
} Origin;
/* Before any other is asked: all that `result` has columns of are known. */
gboolean server_origins_of(Db *db, const PGresult *result, GError **error);
/* Of a column of `result`; NULL: it is none of the unit's tables'. Owned by the connection. */
const Origin *server_origin(Db *db, const PGresult *result, int column);
/* The column that it names, or that one names, and so on. */
const Origin *server_origin_root(Db *db, const Origin *origin);
const Origin *server_origin_named(Db *db, guint table, const char *column);
/* server_refusal.c. Why the server did not let a new connection in: sets `refused` where trying
 * again is no use, and the error. FALSE where it did not answer, or lets in now. */
gboolean server_refusal(Db *db, GError **error);

/* server_save.c: transactions, and what became of one. */
gboolean server_begin(Db *db, GError **error);
gboolean server_commit(Db *db, GError **error);
void server_rollback(Db *db);
gboolean server_is_open(Db *db);
/* The caller has found what was unsure by itself. */
void server_settle(Db *db);
DbUnsure *server_unsure(Db *db);
void server_go_on(Db *db, const DbUnsure *unsure);

/* server_save.c. Whether `mark` (NULL: could not be read) is of the key that this program has. */
gboolean server_key_fits(Db *db, const char *mark);
/* ERROR_KEY_CHANGED. Returns FALSE. */
gboolean server_key_changed(GError **error);

/* server_rekey.c */
gboolean server_may_rekey(Db *db, GError **error);
gboolean server_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error);

/* server_error.c. Whether it is the connection that failed, not what was asked. */
gboolean server_unanswered(Db *db, const PGresult *result);
/* The one place that turns the server's answer into a sentence: of `result` (may be
 * NULL: no answer came) to `sql` (may be NULL; a number is told of it, never the text). Notes a
 * transaction that the server has given up. Returns FALSE. */
gboolean server_error(Db *db, const PGresult *result, const char *sql, GError **error);

/* Where a connection that was lost is refused now, that in the place of `error`. */
void server_tell_refusal(Db *db, GError **error);

/* server_text.c. Text without parameters, several statements if need be. */
gboolean server_run(Db *db, const char *sql, GError **error);
/* The first column of the first row of the last of them; NULL where there is none, or an
 * error. New. */
char *server_ask(Db *db, const char *sql);

/* server_seal_schema.c. After the steps of the schema: the tables take sealed values where they are
 * to be sealed, and no others. */
gboolean server_seal_schema(Db *db, GError **error);
/* server_later.c. What is queued has been done, or FALSE with what went wrong; before anything else
 * is said on the connection. */
gboolean server_drain(Db *db, GError **error);
/* Sends the statement that is ready under `name`. */
gboolean server_queue(Db *db, const char *name, int count, const char *const *values,
                      const int *lengths, const int *formats, GError **error);
/* Runs the statement that is ready under `name`, in one round trip with all that is queued before
 * it. `*result` is its answer, good or bad, the caller's; FALSE: something before it failed. */
gboolean server_run_ready(Db *db, const char *name, int count, const char *const *values,
                          const int *lengths, const int *formats, PGresult **result,
                          GError **error);
/* Whether the statement adds one row of its `count` parameters, so that many of them can be sent as
 * one. Pure. */
gboolean server_adds_row(const char *text, int count);
/* Of one that does: keeps the row, to be sent with those that follow it. As of server_bind(). */
gboolean server_gather(Db *db, const char *text, int count, const Oid *types,
                       const char *const *values, const int *lengths, GError **error);
void server_rows_clear(struct Server *server);
/* Puts one more element at the end of an array's text, whose last bracket is the caller's: so many
 * bytes, or a text where `length` is negative; NULL for NULL. */
void server_array_add(GString *array, const char *bytes, int length);

/* server_quoted.c. The end of a text in quotes or a comment that begins at `at`; `at` itself where
 * none does. Pure. */
const char *sql_skip_quoted(const char *at);

/* server_statement.c */
/* What server_engine.c puts together. */
gboolean server_prepare(DbStatement *statement, GError **error);
void server_finalize(DbStatement *statement);
gboolean server_bind(DbStatement *statement, int index, const DbParam *param, GError **error);
DbStep server_step(DbStatement *statement, GError **error);
gboolean server_later(DbStatement *statement, GError **error);
void server_reset(DbStatement *statement);
gint64 server_changes(DbStatement *statement);
gint64 server_int(DbStatement *statement, int column);
double server_real(DbStatement *statement, int column);
const char *server_text(DbStatement *statement, int column);
const void *server_blob(DbStatement *statement, int column, gsize *length);
gboolean server_is_null(DbStatement *statement, int column);
/* What only a server is asked stands in such a comment, which the other engine passes by. */
#define SERVER_ONLY "/*server:"
/* `sql` with $1, $2 … in the place of its names, which `*names` gets, and their count `*count`.
 * Texts in quotes and comments stay as they are, but of a comment that begins with "server:" what
 * it says is asked: a file's engine passes it by. Pure; new. */
char *server_numbered(const char *sql, char ***names, int *count);
/* Whether it changes rows: what does not begin with SELECT, VALUES or EXPLAIN, nor is a WITH that
 * only reads. Pure. */
gboolean server_writes(const char *sql);

/* server_id.c */
gint64 server_new_id(Db *db, const char *table, GError **error);
void server_ids_clear(struct Server *server);

/* server_move.c. What server_engine.c puts together. */
GPtrArray *server_references_take_away(Db *db, GError **error);
gboolean server_references_lay_again(Db *db, GPtrArray *definitions, GError **error);
gboolean server_last_id(Db *db, const char *table, gint64 *last, GError **error);
gboolean server_ids_past(Db *db, const char *table, gint64 last, GError **error);

/* server_schema.c. Brings the database to the newest schema, all steps in one transaction; a new
 * one gets its marks. ERROR_EXISTS: it is to be `created` and holds a unit; ERROR_NOT_FOUND: it
 * holds none; ERROR_VERSION: newer than the list, or older and opened for reading alone or by a
 * person, who may not change tables. */
gboolean server_schema(Db *db, gboolean created, const Migration *list, gsize count,
                       GError **error);
/* The same by whoever owns the tables, inside a transaction: what is missing is made, and the
 * database gets its `id` (NULL: it has one). ERROR_EXISTS: `id` is given and it holds a unit. */
gboolean server_schema_lay(Db *db, const char *id, const Migration *list, gsize count,
                           GError **error);
/* Whether that is done: ERROR_VERSION. */
gboolean server_schema_stands(Db *db, const Migration *list, gsize count, GError **error);
/* By the mark that lies there: ERROR_PASSPHRASE. */
gboolean server_key_is_right(Db *db, GError **error);

/* server_check.c. */
gboolean server_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data,
                      GError **error);
/* Of a database that holds a unit: where nobody is in it but its first administrator that is said,
 * with what to do (ERROR_EXISTS). TRUE: `error` is set. */
gboolean server_refuse_bare(Db *db, GError **error);
#define SERVER_LAID "server_laid" /* in meta: server_laid() when all of it had been laid */
/* A sum of all that says who may see and do what in the database. New; NULL on error. */
char *server_laid(Db *db);
/* Whether it is that still, and the sentence where it is not. */
gboolean server_is_as_laid(Db *db, gboolean *is, GError **error);
const char *server_not_as_laid(void);

/* server_login.c. What server_engine.c puts together. */
gboolean server_login_lay(Db *db, const char *login, const char *kind, const Secret *password,
                          GError **error);
gboolean server_login_fits(Db *db, const char *login, GError **error);
gboolean server_login_close(Db *db, const char *login, GError **error);
void server_login_changed(Db *db, const Secret *password);
/* The two functions by which roles are made and closed. By whoever owns the tables, in a
 * transaction. */
gboolean server_logins_lay(Db *db, GError **error);
/* The same as server_login_lay() and server_login_close(), whoever asks. */
gboolean server_login_set(Db *db, const char *login, const char *kind, const Secret *password,
                          GError **error);
gboolean server_login_close_of(Db *db, const char *login, GError **error);

/* server_engine.c. Another database under the unit's name is refused: an older copy, or another
 * unit's. */
gboolean server_is_the_units(Db *db, const UnitFile *unit, GError **error);
