/* db.h: the only door to a database engine. Everything above speaks this, and the SQL that SQLite
 * 3.46 and PostgreSQL 15 have in common: ON CONFLICT, RETURNING, window functions, CTEs, :named
 * parameters.
 *
 * Rule for callers: fetch the rows, release the statement, then wait for a key. A statement that
 * is stepped half-way holds up every writer, so beginning a transaction (or writing outside one)
 * while one is being read is ERROR_INTERNAL. Statements are released before db_close(). */
#pragma once

#include "base/error.h"
#include "base/secret.h"

typedef struct Db Db;
typedef struct DbStatement DbStatement;

#define DB_KEY_BYTES 48 /* 32 bytes data key, 16 bytes salt */

typedef enum {
    DB_READ_WRITE = 0,
    DB_CREATE = 1 << 0, /* the file must not exist yet */
    DB_READ_ONLY = 1 << 1,
} DbFlags;

/* Refuses an engine that is too old (SQLCipher below 4.6, SQLite below 3.46): ERROR_VERSION. */
gboolean db_engine_check(GError **error);
const char *db_engine_version(void); /* "SQLCipher 4.6.1 (SQLite 3.46.1)"; static */

/* Opens the database at `path` with the raw `key` (DB_KEY_BYTES) and sets and reads back every
 * engine setting: journal_mode TRUNCATE, synchronous EXTRA, foreign_keys ON, temp_store memory,
 * trusted_schema OFF, cell_size_check ON, mmap_size 0, cache 16 MB, secure_delete ON, busy
 * time-out. Temporary files on disk are refused by a guard VFS. Migrates to the newest schema,
 * after a verified backup `path.before-NNNN` where rows exist, and mends a file that is not built
 * as its version promises (schemas were changed in place before they were frozen). Errors:
 * NOT_FOUND, EXISTS, PASSPHRASE (the key does not fit), VERSION (newer schema), READONLY, CORRUPT,
 * FULL, IO, BUSY. */
Db *db_open(const char *path, const Secret *key, DbFlags flags, GError **error);
/* Who signs in where a server keeps the unit. */
typedef struct {
    const char *login;      /* as the unit has it */
    const Secret *password; /* vault_login_password() */
} DbLogin;
/* The same where `path` may be the file of a unit on a server (NAME.unit), which is there
 * (db_server.h): then as `login`, which may be NULL where it is a file. Also ERROR_DENIED: the
 * server does not let them in. */
Db *db_open_as(const char *path, const Secret *key, DbFlags flags, const DbLogin *login,
               GError **error);
/* Whether `path` is the file of a unit that a server keeps, by its name. */
gboolean db_names_server(const char *path);
/* What the passwords of such a unit come of (vault_set_point()), VAULT_POINT_BYTES. */
gboolean db_login_point(const char *path, guint8 *point, GError **error);
/* Whether a server keeps it, at which somebody has signed in: then it has no pages, no journal and
 * no copy of its own. */
gboolean db_is_on_server(Db *db);
/* For a unit that a server is to have more than one of, and which has one alone just now: whether
 * that is so. What is saved is then lost with that one's disk. */
gboolean db_lacks_standby(Db *db);
/* Called, with `data`, every other second in which a server that was asked has said nothing yet, so
 * that who waits can be told. NULL: nobody is. It asks the database nothing itself. */
typedef void (*DbSilence)(gpointer data);
void db_on_silence(Db *db, DbSilence told, gpointer data);
/* What a server knows of somebody, in the transaction that changes their row: the login may sign
 * in, as `role` (role_code()), with `password` (NULL: as before). It asks whether whoever is signed
 * in may do that. Where no server keeps the unit, or nobody has signed in at it, there is nothing
 * to do. */
gboolean db_login_lay(Db *db, const char *login, const char *role, const Secret *password,
                      GError **error);
/* Whether a server can know somebody by that name: ERROR_INPUT when it is too long. */
gboolean db_login_fits(Db *db, const char *login, GError **error);
/* They may not any more, and whatever program they have open is cut off. */
gboolean db_login_close(Db *db, const char *login, GError **error);
/* One's own password is another one from the next connection on. */
void db_login_changed(Db *db, const Secret *password);
/* The login of whoever signs in with the recovery code: no person can have it. */
#define DB_LOGIN_RECOVERY "#recovery"
/* Closes; the engine's copies of the key are wiped. NULL is allowed. */
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)

const char *db_path(Db *db);
gboolean db_is_read_only(Db *db);
/* Whether `table` has a row of that number which whoever is signed in does not get to see: never of
 * a file; of a server by its policies (server/access.sql). FALSE also where it cannot be asked. */
gboolean db_hides_row(Db *db, const char *table, gint64 id);
/* Whether the file's first 16 bytes, the salt, were not as written when this connection was opened.
 * Nothing is read by them, so nothing is lost and the database opens all the same; the first write
 * puts them right. db_check() tells it as a fault for as long as the connection stands, and whoever
 * opens the database to work in it notes it in the audit log, since it is seen only that once. */
gboolean db_salt_was_changed(Db *db);
/* A number that changes whenever another connection has committed. For refreshing a list. */
gint64 db_data_version(Db *db);
/* The number of the computer or server that writes here, drawn when the database was made: rows
 * made in two places never collide, and each has an audit log of its own. It is the high half of
 * the ids that are drawn here. 0: the database has none. */
gint64 db_node(Db *db);
#define DB_NODE_SHIFT 32

/* A transaction (BEGIN IMMEDIATE); inside one, a savepoint. Every begin meets exactly one commit
 * or rollback; a commit that fails has rolled back. Waiting for another writer is done inside;
 * ERROR_BUSY only after 30 seconds. When the engine itself rolls back (a full disk), everything
 * until the outermost end fails with that same error.
 * Prefer DbTransaction below. */
gboolean db_begin(Db *db, GError **error);
gboolean db_commit(Db *db, GError **error);
void db_rollback(Db *db);
/* After a commit that failed: the caller has looked, and what it was to save is there. Where a
 * server could not say so in time, the next transaction would else tell it instead of beginning. */
void db_commit_found(Db *db);
/* What a server has not answered yet, to be told on another connection of the same person: what they
 * typed is still there when they have locked and unlocked. NULL: it has answered all. */
typedef struct DbUnsure DbUnsure;
DbUnsure *db_unsure(Db *db);
void db_go_on(Db *db, const DbUnsure *unsure);
gboolean db_in_transaction(Db *db);
/* As long as this is the same and not 0 (no transaction is open, or the engine has given it up),
 * nobody else has changed anything, and nothing that was done has been taken back: one writes at a
 * time. So what was read can be remembered, where asking a server once more would take a round trip
 * and keep the writer's lock from everybody else. */
gsize db_turn(const Db *db);

/* A transaction that rolls back when it goes out of scope uncommitted:
 *   g_autoptr(DbTransaction) tx = db_transaction(db, error);
 *   if (tx == NULL || !… || !db_transaction_commit(tx, error)) return FALSE;  */
typedef struct DbTransaction DbTransaction;
DbTransaction *db_transaction(Db *db, GError **error);
/* The same for one that writes very much, such as a file read in: until it ends the engine keeps
 * up to 128 MB of pages in memory, rather than encrypt and write the same page many times. */
DbTransaction *db_transaction_large(Db *db, GError **error);
/* The same for what nobody has asked to have saved just now: what is being typed, what is counted
 * ahead. What a server could not say of the save before is not told here, but to the next that
 * somebody has asked for. `large`: as of db_transaction_large(). */
DbTransaction *db_transaction_aside(Db *db, gboolean large, GError **error);
gboolean db_transaction_commit(DbTransaction *transaction, GError **error);
void db_transaction_end(DbTransaction *transaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbTransaction, db_transaction_end)

/* Between two of many transactions in a row: for so long that whoever waits to write gets in.
 * Without it the lock is taken again before anybody has tried, and others can wait for all of them.
 */
void db_give_way(Db *db);

/* From its beginning to its end the engine keeps up to 40 MB of pages in memory: for reading very
 * much in another order than the table's, where each page is met again and again and is decrypted
 * each time it has been let go. Outside a transaction. */
void db_read_much(Db *db, gboolean begins);

/* The indexes of `table` taken away while very many rows are added, all but `keep` (names, a blank
 * between them), and laid again, which is one sort each. Inside one transaction: a rollback brings
 * them back. */
typedef struct DbIndexes DbIndexes;
DbIndexes *db_indexes_take_away(Db *db, const char *table, const char *keep, GError **error);
gboolean db_indexes_lay_again(DbIndexes *indexes, GError **error);
void db_indexes_free(DbIndexes *indexes); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbIndexes, db_indexes_free)

/* Parameters by name, without the colon; texts and blobs must live until the statement is
 * released. `params` may be NULL. A NULL text binds NULL; DB_INT_OR_NULL binds NULL for 0,
 * DB_INT_IF unless `given`. */
typedef enum { DB_TYPE_END, DB_TYPE_INT, DB_TYPE_REAL, DB_TYPE_TEXT, DB_TYPE_BLOB } DbType;
typedef struct {
    const char *name;
    DbType type;
    gboolean null;
    gint64 integer;
    double real;
    const void *data;
    gssize length; /* -1: NUL-terminated */
} DbParam;
#define DB_INT(n, v) ((DbParam){.name = (n), .type = DB_TYPE_INT, .integer = (v)})
#define DB_INT_OR_NULL(n, v)                                                                       \
    ((DbParam){.name = (n), .type = DB_TYPE_INT, .integer = (v), .null = (v) == 0})
#define DB_INT_IF(n, v, given)                                                                     \
    ((DbParam){.name = (n), .type = DB_TYPE_INT, .integer = (v), .null = !(given)})
#define DB_REAL(n, v) ((DbParam){.name = (n), .type = DB_TYPE_REAL, .real = (v)})
#define DB_TEXT(n, v) ((DbParam){.name = (n), .type = DB_TYPE_TEXT, .data = (v), .length = -1})
#define DB_BLOB(n, v, l) ((DbParam){.name = (n), .type = DB_TYPE_BLOB, .data = (v), .length = (l)})
#define DB_NULL(n) ((DbParam){.name = (n), .type = DB_TYPE_TEXT})
#define DB_PARAMS(...) ((const DbParam[]){__VA_ARGS__, {.type = DB_TYPE_END}})

/* Runs `sql` to its end. `sql` must be a string literal (it is the key of the statement cache).
 *   db_run(db, "UPDATE task SET done_ms = :at WHERE id = :id", DB_PARAMS(DB_INT("at", now),
 *          DB_INT("id", id)), error); */
gboolean db_run(Db *db, const char *sql, const DbParam *params, GError **error);
/* The same for many in a row of which nothing is asked, inside a transaction: a server is told
 * several at a time. What goes wrong with one may be told by a later call, by the commit at the
 * latest; and db_changes() is 0 after it, on either engine. */
gboolean db_run_later(Db *db, const char *sql, const DbParam *params, GError **error);
/* Rows that the last db_run() changed. */
gint64 db_changes(Db *db);

/* A statement ready to be stepped; released by db_statement_release (g_autoptr), which gives it
 * back to the cache. */
DbStatement *db_query(Db *db, const char *sql, const DbParam *params, GError **error);
typedef enum { DB_STEP_ERROR = -1, DB_STEP_DONE = 0, DB_STEP_ROW = 1 } DbStep;
DbStep db_step(DbStatement *statement, GError **error);
void db_statement_release(DbStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbStatement, db_statement_release)

/* Columns from 0. Texts and blobs are the statement's, valid until the next step or release.
 * NULL reads as 0, 0.0, NULL. */
gint64 db_int(DbStatement *statement, int column);
double db_real(DbStatement *statement, int column);
const char *db_text(DbStatement *statement, int column);
const void *db_blob(DbStatement *statement, int column, gsize *length);
gboolean db_is_null(DbStatement *statement, int column);

/* The first column of the first row: `fallback` when there is no row. FALSE only on error. */
gboolean db_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback, gint64 *value,
                    GError **error);
/* NULL in `value` when there is no row. The caller frees `value`. */
gboolean db_get_text(Db *db, const char *sql, const DbParam *params, char **value, GError **error);

/* A new row id: node number (31 bits, drawn when the database was made) in the high half, a
 * running number below, so rows made on two machines never collide, stay in order and small.
 * `table` must be the name of a table with an id column. Inside a transaction. 0 on error. A number
 * is given once, also when its row was deleted (inside a transaction, with a WHERE). */
gint64 db_new_id(Db *db, const char *table, GError **error);
/* What was done with one database is done again with another: from here on each new id is also
 * appended to `drawn`, as "table id" (char *), until NULL is given; and are drawn from `given`,
 * where that still has one of the table, which leaves it then. Both are the caller's. */
void db_ids_note(Db *db, GPtrArray *drawn);
void db_ids_give(Db *db, GPtrArray *given);

/* Settings of the house, table meta. NULL when not set. */
char *db_meta_get(Db *db, const char *key, GError **error);
gboolean db_meta_set(Db *db, const char *key, const char *value, GError **error);

/* Verifies the salt, every page's authentication code (cipher_integrity_check), the structure and
 * that each index has what its table has (integrity_check), so that a page put back as it once was
 * shows; all foreign keys, and that tables and indexes are as the program builds them. Each fault
 * is one translated sentence appended to `faults` (char *). `progress` may be NULL. FALSE only when
 * the check itself could not run. */
typedef void (*DbProgress)(double share, gpointer data);
gboolean db_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data, GError **error);

/* Is told how far something has come, a share of 1, and asked whether it goes on. */
typedef struct {
    gboolean (*go_on)(double share, gpointer data);
    gpointer data;
} DbWatch;

/* Whether this connection may give the database another data key: at a server only whoever owns the
 * tables may (db_server.h). ERROR_DENIED. */
gboolean db_may_rekey(Db *db, GError **error);
/* Re-encrypts the whole file with another data key (the salt stays: another one is
 * ERROR_INTERNAL), in one transaction, and proves it by reading every page. The open connection
 * goes on with the new key; others get ERROR_KEY_CHANGED. Not inside a transaction (on a server it
 * may be, and holds when that is committed). After an error the file has one of the two keys,
 * whole: keep both, and let the next opening find out which. `watch` (may be NULL) is only told,
 * page by page or so many rows at a time, whatever it answers; it may not use the database. */
gboolean db_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error);

/* A whole, encrypted copy with the same key: written to a temporary name, synced, verified,
 * renamed, the folder synced. ERROR_EXISTS when `path` is there. */
gboolean db_backup(Db *db, const char *path, GError **error);

/* What a file holds, of whatever schema: to say that a copy is what was copied. */
typedef struct {
    char *name;
    gint64 rows;
    char *digest; /* of every value in it, keyed, in hex digits; NULL where none was asked for */
} DbTable;
typedef struct {
    int version;       /* of the schema */
    GHashTable *meta;  /* settings of the house: char * → char * */
    GPtrArray *tables; /* DbTable, by name */
} DbContents;
void db_contents_free(DbContents *contents); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbContents, db_contents_free)
/* NULL, or the first table that `other` has otherwise, "meta" too; new. Digests are compared where
 * both have one. */
char *db_contents_differ(const DbContents *one, const DbContents *other);

/* The copying alone, into the new file `path`, synced but not looked at: the bytes as they lie on
 * the disk. Others save meanwhile, until at the end what they have changed is found and copied
 * (some 0.2 s for 350 MB). `*contents` gets what the database held at that moment, as the copy of
 * its bytes has it; with `digest_key` a digest of every value too. Nothing is left after an error.
 * ERROR_EXISTS. `watch` (may be NULL) is asked while others may save still, with the share that is
 * copied, and before each table that is read: FALSE breaks it off, ERROR_CANCELLED. */
gboolean db_copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                 DbContents **contents, GError **error);
/* Reads a copy through, of whatever schema, which nobody else has open: pages, structure and
 * references, each fault a sentence in `faults`, and what it holds. `*contents` is NULL where pages
 * or structure have a fault. ERROR_PASSPHRASE when the key does not fit. */
gboolean db_copy_check(const char *path, const Secret *key, const Secret *digest_key,
                       GPtrArray *faults, DbContents **contents, GError **error);
