/* db_transaction.c: transactions and, inside them, savepoints. */
#include "db/db_private.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

struct DbTransaction {
    Db *db;
    gboolean open;
    gboolean large;
};

/* The savepoints all bear one name: RELEASE and ROLLBACK TO mean the newest. */
static const char SAVEPOINT[] = "SAVEPOINT inner_transaction";
static const char RELEASE[] = "RELEASE inner_transaction";
static const char ROLLBACK_TO[] = "ROLLBACK TO inner_transaction; RELEASE inner_transaction";

static gboolean run_plain(Db *db, const char *sql, GError **error)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || db_error(db, code, sql, error);
}

/* A half-read statement keeps a lock on the file. Whoever then waits to write can be waiting for
 * somebody who waits for that lock: both would stand for the whole half minute. */
static gboolean nothing_is_being_read(Db *db, GError **error)
{
    sqlite3_stmt *statement = NULL;

    if (db->reading == 0)
        return TRUE;
    while ((statement = sqlite3_next_stmt(db->handle, statement)))
        if (sqlite3_stmt_busy(statement))
            break;
    fault_set(error, "a statement is still being read; release it before the transaction: %s",
              statement ? sqlite3_sql(statement) : "(unknown)");
    return FALSE;
}

/* The engine's lock has no queue: whoever waits looks for it now and then, and never finds it free beside a
 * program that takes it anew as soon as it has let it go. So whoever has done that for a while lets the
 * others go first. */
enum { APART_US = 2000, WHILE_US = 1000 * 1000 };

static void be_fair(Db *db)
{
    const gint64 now = g_get_monotonic_time();

    if (now - db->ended_us > APART_US)
        db->rested_us = now;
    else if (now - db->rested_us > WHILE_US) {
        db_give_way(db);
        db->gave_way++;
        db->rested_us = g_get_monotonic_time();
    }
}

gboolean db_begin(Db *db, GError **error)
{
    if (db->depth > 0) {
        if (!transaction_is_alive(db, error) || !run_plain(db, SAVEPOINT, error))
            return FALSE;
    } else {
        db->refresh(db);
        if (!db->read_only)
            be_fair(db);
        if (!nothing_is_being_read(db, error) ||
            !run_plain(db, db->read_only ? "BEGIN" : "BEGIN IMMEDIATE", error))
            return FALSE;
        db->transaction++;
    }
    db->depth++;
    return TRUE;
}

static gboolean commit_outermost(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;

    if (transaction_is_alive(db, &mine) && ids_keep_deleted(db, &mine) &&
        run_plain(db, "COMMIT", &mine)) {
        db->depth = 0;
        db->ended_us = g_get_monotonic_time();
        return TRUE;
    }
    /* The caller's begin has met its commit: nothing may stay open behind it. */
    g_propagate_error(error, g_steal_pointer(&mine));
    db_rollback(db);
    return FALSE;
}

gboolean db_commit(Db *db, GError **error)
{
    g_return_val_if_fail(db->depth > 0, FALSE);

    if (db->depth == 1)
        return commit_outermost(db, error);
    if (transaction_is_alive(db, error) && run_plain(db, RELEASE, error)) {
        db->depth--;
        return TRUE;
    }
    db_rollback(db);
    return FALSE;
}

void db_rollback(Db *db)
{
    g_return_if_fail(db->depth > 0);

    /* A rollback that fails has happened all the same: the engine undoes it when it next opens
     * the file. When the engine rolled back by itself there is nothing left to do. */
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, db->depth > 1 ? ROLLBACK_TO : "ROLLBACK", NULL, NULL, NULL);
    db->depth--;
    if (db->depth == 0) {
        g_clear_error(&db->lost);
        ids_forget_deleted(db);
    }
}

gboolean db_in_transaction(Db *db)
{
    return db->depth > 0;
}

/* Never a reason to fail: without it everything takes longer. */
static void set_cache(Db *db, const char *cache)
{
    sqlite3_exec(db->handle, cache, NULL, NULL, NULL);
    if (!g_str_equal(cache, ENGINE_CACHE))
        return;
    sqlite3_db_release_memory(db->handle);
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

DbTransaction *db_transaction(Db *db, GError **error)
{
    DbTransaction *transaction;

    if (!db_begin(db, error))
        return NULL;
    transaction = g_new(DbTransaction, 1);
    *transaction = (DbTransaction){.db = db, .open = TRUE};
    return transaction;
}

DbTransaction *db_transaction_large(Db *db, GError **error)
{
    DbTransaction *transaction = db_transaction(db, error);

    if (transaction != NULL) {
        transaction->large = TRUE;
        set_cache(db, ENGINE_CACHE_LARGE);
    }
    return transaction;
}

gboolean db_transaction_commit(DbTransaction *transaction, GError **error)
{
    g_return_val_if_fail(transaction->open, FALSE);

    transaction->open = FALSE;
    return db_commit(transaction->db, error);
}

void db_transaction_end(DbTransaction *transaction)
{
    if (transaction == NULL)
        return;
    if (transaction->open)
        db_rollback(transaction->db);
    if (transaction->large)
        set_cache(transaction->db, ENGINE_CACHE);
    g_free(transaction);
}

void db_read_much(Db *db, gboolean begins)
{
    set_cache(db, begins ? ENGINE_CACHE_READING : ENGINE_CACHE);
}
