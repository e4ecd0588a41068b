/* db_transaction.c: transactions and, inside them, savepoints. */
#include "db/db_private.h"

struct DbTransaction {
    Db *db;
    gboolean open;
    gboolean large;
};

/* The savepoints all bear one name: RELEASE and ROLLBACK TO mean the newest. */
static const char SAVEPOINT[] = "SAVEPOINT inner_transaction";
static const char RELEASE[] = "RELEASE inner_transaction";
static const char ROLLBACK_TO[] = "ROLLBACK TO inner_transaction; RELEASE inner_transaction";

/* A half-read statement keeps a lock on the file. Whoever then waits to write can be waiting for
 * somebody who waits for that lock: both would stand for the whole half minute. */
static gboolean nothing_is_being_read(Db *db, GError **error)
{
    if (db->reading == 0)
        return TRUE;
    const char *sql = statement_half_read(db);
    fault_set(error, "a statement is still being read; release it before the transaction: %s",
              sql ? sql : "(unknown)");
    return FALSE;
}

/* The engine's lock has no queue: whoever waits looks for it now and then, and never finds it free
 * beside a program that takes it anew as soon as it has let it go. So whoever has done that for a
 * while lets the others go first. */
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

/* Of no two transactions alike, whatever they are of. */
static void next_turn(Db *db)
{
    static gsize turns;

    db->turn = (gsize)g_atomic_pointer_add(&turns, 1) + 1;
}

gsize db_turn(const Db *db)
{
    return db->depth > 0 && db->lost == NULL ? db->turn : 0;
}

static gboolean begin(Db *db, gboolean aside, GError **error)
{
    if (db->depth > 0) {
        if (!transaction_is_alive(db, error) || !db->engine->run(db, SAVEPOINT, error))
            return FALSE;
    } else {
        db->engine->refresh(db);
        db->aside = aside;
        if (!db->read_only)
            be_fair(db);
        if (!nothing_is_being_read(db, error) || !db->engine->begin(db, error))
            return FALSE;
        db->transaction++;
        next_turn(db);
    }
    db->depth++;
    return TRUE;
}

gboolean db_begin(Db *db, GError **error)
{
    return begin(db, FALSE, error);
}

static gboolean commit_outermost(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;

    if (transaction_is_alive(db, &mine) && db->engine->commit(db, &mine)) {
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
    if (transaction_is_alive(db, error) && db->engine->run(db, RELEASE, error)) {
        db->depth--;
        return TRUE;
    }
    db_rollback(db);
    return FALSE;
}

void db_rollback(Db *db)
{
    g_return_if_fail(db->depth > 0);

    /* When the engine rolled back by itself there is nothing left to do. */
    next_turn(db);
    if (db->depth > 1) {
        if (db->engine->is_open(db))
            db->engine->run(db, ROLLBACK_TO, NULL);
        db->depth--;
        return;
    }
    db->engine->rollback(db);
    db->depth = 0;
    g_clear_error(&db->lost);
}

void db_commit_found(Db *db)
{
    db->engine->settle(db);
}

DbUnsure *db_unsure(Db *db)
{
    return db->engine->unsure != NULL ? db->engine->unsure(db) : NULL;
}

void db_go_on(Db *db, const DbUnsure *unsure)
{
    if (unsure != NULL && db->engine->go_on != NULL)
        db->engine->go_on(db, unsure);
}

gboolean db_in_transaction(Db *db)
{
    return db->depth > 0;
}

static DbTransaction *transaction(Db *db, gboolean aside, gboolean large, GError **error)
{
    if (!begin(db, aside, error))
        return NULL;
    DbTransaction *transaction = g_new(DbTransaction, 1);
    *transaction = (DbTransaction){.db = db, .open = TRUE, .large = large};
    if (large)
        db->engine->keep_in_memory(db, DB_CACHE_LARGE);
    return transaction;
}

DbTransaction *db_transaction(Db *db, GError **error)
{
    return transaction(db, FALSE, FALSE, error);
}

DbTransaction *db_transaction_large(Db *db, GError **error)
{
    return transaction(db, FALSE, TRUE, error);
}

DbTransaction *db_transaction_aside(Db *db, gboolean large, GError **error)
{
    return transaction(db, TRUE, large, error);
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
        transaction->db->engine->keep_in_memory(transaction->db, DB_CACHE);
    g_free(transaction);
}

void db_give_way(Db *db)
{
    db->engine->give_way(db);
}

void db_read_much(Db *db, gboolean begins)
{
    db->engine->keep_in_memory(db, begins ? DB_CACHE_READING : DB_CACHE);
}
