/* sqlcipher_private.h: what the files of this folder share. Only they and the tests include it. */
#pragma once

#include <sqlite3.h>

#include "db/db_private.h"

#define DB_APPLICATION_ID 0x4467466d /* "DgFm", at byte 68 of the (encrypted) header */
#define DB_GUARD_VFS "dagsform"

/* Pages kept in memory, in KiB: see DbCache. */
#define ENGINE_CACHE_KIB "16384"
#define ENGINE_CACHE "PRAGMA cache_size = -" ENGINE_CACHE_KIB
#define ENGINE_CACHE_READING "PRAGMA cache_size = -40960"
#define ENGINE_CACHE_LARGE "PRAGMA cache_size = -131072"

/* A key is the data key, then the salt of the engine's raw key, which stands in clear at the
 * beginning of the file. */
#define DB_DATA_KEY_BYTES 32
#define DB_SALT_BYTES (DB_KEY_BYTES - DB_DATA_KEY_BYTES)

/* How the tests open: a VFS that fails on purpose, a schema of their own. */
typedef struct {
    const char *vfs;             /* NULL: the guard */
    const Migration *migrations; /* NULL: those compiled in */
    gsize migration_count;
} DbOptions;
Db *db_open_with(const char *path, const Secret *key, DbFlags flags, const DbOptions *options,
                 GError **error);

/* db_sqlcipher.c. Settings of the whole engine; before anything else of it is called. */
void engine_prepare(void);
/* A keyed connection with every setting made and read back, its first page read.
 * ERROR_PASSPHRASE when the key does not fit. The file must exist. */
sqlite3 *engine_open(const char *path, const char *vfs, const Secret *key, gboolean read_only,
                     GError **error);
/* The same; `*salt_changed` gets what it was before the engine wrote anything, also what a crash
 * left half done. */
sqlite3 *engine_open_and_look(const char *path, const char *vfs, const Secret *key,
                              gboolean read_only, gboolean *salt_changed, GError **error);
/* Whether the file begins with the salt of `key`. With a raw key the engine has no use for it, so
 * no page's code covers it, and the next write of the first page puts it right. TRUE where the file
 * is too short or cannot be read: others tell that. */
gboolean engine_salt_fits(sqlite3 *handle, const Secret *key);
/* Whether triggers and views of the file act: never, for somebody who has the key may have put them
 * there, and they would act in everybody's program: take out what was just put into the log, say. What
 * the keys between tables do is not among them. (db_schema_rule.c, tests/schema_acts.c) */
gboolean schema_rule_acts(void);
gboolean engine_let_schema_act(sqlite3 *handle, gboolean act);
/* Re-encrypts the file in one transaction. The engine's answer says nothing of success. */
void engine_rekey(sqlite3 *handle, const Secret *key);
/* Runs SQL text without parameters, several statements if need be. */
gboolean engine_exec(sqlite3 *handle, const char *path, const char *sql, GError **error);
/* The first column of the first row; NULL (without an error) when there is no row. New. */
char *engine_get(sqlite3 *handle, const char *path, const char *sql, GError **error);
/* The pure half of db_engine_check(): "4.6.1 community" and 3046001. */
gboolean engine_version_check(const char *cipher, int sqlite, GError **error);

/* db_error.c. The one place that turns a result code into a sentence. Of `sql` (may be NULL) a
 * number is told, never the text. */
void engine_error(sqlite3 *handle, const char *path, int code, const char *sql, GError **error);

/* db_connection.c. engine_error() for an open Db: tells a changed key from damage, and notes a
 * transaction that the engine has rolled back. Returns FALSE. */
gboolean db_error(Db *db, int code, const char *sql, GError **error);
/* Exchanges a connection that is worn. */
void sqlcipher_refresh(Db *db);
/* Another connection to the file of `db`; a key that no longer fits is ERROR_KEY_CHANGED. */
sqlite3 *engine_open_second(Db *db, gboolean read_only, GError **error);

/* db_handle.c. Closes the open connection with its statements. */
void connection_close(Db *db);
/* Puts `handle` in its place. */
void engine_replace(Db *db, sqlite3 *handle);

/* sqlcipher_engine.c */
extern const DbEngine sqlcipher_engine;
/* What it puts together: sqlcipher_statement.c, db_id.c, db_indexes.c, db_upkeep.c, db_rekey.c,
 * db_copy.c, sqlcipher_file.c, db_sqlcipher.c. */
gboolean sqlcipher_prepare(DbStatement *statement, GError **error);
void sqlcipher_finalize(DbStatement *statement);
gboolean sqlcipher_bind(DbStatement *statement, int index, const DbParam *param, GError **error);
DbStep sqlcipher_step(DbStatement *statement, GError **error);
void sqlcipher_reset(DbStatement *statement);
gint64 sqlcipher_changes(DbStatement *statement);
gint64 sqlcipher_int(DbStatement *statement, int column);
double sqlcipher_real(DbStatement *statement, int column);
const char *sqlcipher_text(DbStatement *statement, int column);
const void *sqlcipher_blob(DbStatement *statement, int column, gsize *length);
gboolean sqlcipher_is_null(DbStatement *statement, int column);
gint64 sqlcipher_new_id(Db *db, const char *table, GError **error);
gboolean sqlcipher_last_id(Db *db, const char *table, gint64 *last, GError **error);
gboolean sqlcipher_ids_past(Db *db, const char *table, gint64 last, GError **error);
GPtrArray *sqlcipher_tables(Db *db, GError **error);
GPtrArray *sqlcipher_references_take_away(Db *db, GError **error);
gboolean sqlcipher_references_lay_again(Db *db, GPtrArray *definitions, GError **error);
GPtrArray *sqlcipher_indexes_take_away(Db *db, const char *table, const char *keep, GError **error);
gboolean sqlcipher_indexes_lay_again(Db *db, GPtrArray *definitions, GError **error);
gboolean sqlcipher_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data,
                         GError **error);
gboolean sqlcipher_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error);
gboolean sqlcipher_copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                        DbContents **contents, GError **error);
void sqlcipher_give_way(Db *db);

/* db_id.c */
gboolean ids_keep_deleted(Db *db, GError **error);           /* before the outermost COMMIT */
void ids_forget_deleted(Db *db);                             /* after the outermost ROLLBACK */
void ids_note_deleted(Db *db, const char *table, gint64 id); /* from the engine, row by row */

/* db_upkeep.c. Appends a translated sentence for every fault of `handle`'s file: pages, then, if
 * those are sound, structure. */
gboolean engine_check(sqlite3 *handle, const char *path, GPtrArray *faults, GError **error);
/* The pages alone. */
gboolean engine_check_pages(sqlite3 *handle, const char *path, GPtrArray *faults, GError **error);
/* The same for rows that refer to none. */
gboolean engine_check_references(sqlite3 *handle, const char *path, GPtrArray *faults,
                                 GError **error);

/* db_contents.c */
/* `watch` (may be NULL) is asked before each table. */
DbContents *contents_read(sqlite3 *handle, const char *path, const Secret *digest_key,
                          const DbWatch *watch, GError **error);

/* db_schema.c. Parts of the schema, tables and indexes, that are not as the steps of `list` up to
 * `version` build them (SchemaPart *). */
typedef enum {
    SCHEMA_MISSING,
    SCHEMA_OTHER,
    SCHEMA_UNKNOWN, /* there and not wanted; harms nothing */
} SchemaFault;
typedef struct SchemaPart SchemaPart;
GPtrArray *schema_compare(sqlite3 *handle, const char *path, const Migration *list, gsize count,
                          int version, GError **error);
/* A checksum over what is built in the file and the steps up to `version`. The one that
 * migrate_run() left in the file, of a file that was as those steps build it, makes
 * schema_compare() unneeded at each opening. New. */
char *schema_sum(sqlite3 *handle, const char *path, const Migration *list, gsize count, int version,
                 GError **error);
gboolean schema_is_short(GPtrArray *different); /* whether any is missing or other */
char *schema_sentence(const SchemaPart *part);  /* for db_check(), translated; new */
/* Brings what is missing or other up to it, every row kept. In a transaction, with foreign keys
 * off; the caller looks at the references. ERROR_CORRUPT where something would be lost. */
gboolean schema_mend(Db *db, const Migration *list, gsize count, int version, GError **error);
/* What of a definition is compared: without comments, quotes of names and blanks that mean nothing.
 * Pure; new. */
char *schema_plain(const char *sql);

/* db_guard.c. Registers the guard once in the process; its name, or NULL when the engine has no
 * VFS. */
const char *guard_register(void);
