/* sqlcipher_engine.c: SQLCipher as one of the engines. */
#include "db/sqlcipher/sqlcipher_private.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

static gint64 data_version(Db *db)
{
    /* On an error the number stays: whoever reads the rows next is told. */
    db_get_int(db, "PRAGMA data_version", NULL, db->data_version, &db->data_version, NULL);
    return db->data_version;
}

static gboolean run(Db *db, const char *sql, GError **error)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || db_error(db, code, sql, error);
}

static gboolean begin(Db *db, GError **error)
{
    return run(db, db->read_only ? "BEGIN" : "BEGIN IMMEDIATE", error);
}

static gboolean commit(Db *db, GError **error)
{
    return ids_keep_deleted(db, error) && run(db, "COMMIT", error);
}

/* A rollback that fails has happened all the same: the engine undoes it when it next opens the
 * file. */
static void rollback(Db *db)
{
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    ids_forget_deleted(db);
}

static gboolean is_open(Db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

/* Never a reason to fail: without it everything takes longer. */
static void keep_in_memory(Db *db, DbCache cache)
{
    static const char *const pragmas[] = {
        [DB_CACHE] = ENGINE_CACHE,
        [DB_CACHE_READING] = ENGINE_CACHE_READING,
        [DB_CACHE_LARGE] = ENGINE_CACHE_LARGE,
    };

    sqlite3_exec(db->handle, pragmas[cache], NULL, NULL, NULL);
    if (cache != DB_CACHE)
        return;
    sqlite3_db_release_memory(db->handle);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

static void close_connection(Db *db)
{
    if (db->handle)
        connection_close(db);
    g_clear_pointer(&db->counters, g_hash_table_unref);
    g_clear_pointer(&db->vfs, g_free);
}

/* A file answers. */
static void settle(Db *db)
{
    (void)db;
}

/* Whoever has the key has all of it. */
static gboolean hides_row(Db *db, const char *table, gint64 id)
{
    (void)db;
    (void)table;
    (void)id;
    return FALSE;
}

const DbEngine sqlcipher_engine = {
    .refresh = sqlcipher_refresh,
    .close = close_connection,
    .data_version = data_version,
    .prepare = sqlcipher_prepare,
    .finalize = sqlcipher_finalize,
    .bind = sqlcipher_bind,
    .step = sqlcipher_step,
    .reset = sqlcipher_reset,
    .changes = sqlcipher_changes,
    .get_int = sqlcipher_int,
    .get_real = sqlcipher_real,
    .get_text = sqlcipher_text,
    .get_blob = sqlcipher_blob,
    .is_null = sqlcipher_is_null,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .run = run,
    .is_open = is_open,
    .settle = settle,
    .new_id = sqlcipher_new_id,
    .keep_in_memory = keep_in_memory,
    .give_way = sqlcipher_give_way,
    .tables = sqlcipher_tables,
    .references_take_away = sqlcipher_references_take_away,
    .references_lay_again = sqlcipher_references_lay_again,
    .last_id = sqlcipher_last_id,
    .ids_past = sqlcipher_ids_past,
    .hides_row = hides_row,
    .indexes_take_away = sqlcipher_indexes_take_away,
    .indexes_lay_again = sqlcipher_indexes_lay_again,
    .check = sqlcipher_check,
    .rekey = sqlcipher_rekey,
    .copy = sqlcipher_copy,
};
