/* db_id.c: row numbers.
 *
 * A number is given once. The next one is the highest in the table plus one; when the highest row
 * is deleted its number is kept in meta, so that what the audit log says of a deleted person is
 * never read as being about another. */
#include <string.h>

#include "db/sqlcipher/sqlcipher_private.h"

#define RUNNING_BITS 32
#define RUNNING_MASK ((G_GINT64_CONSTANT(1) << RUNNING_BITS) - 1)

typedef struct {
    guint64 transaction; /* in which `last` was read: others insert between transactions */
    gint64 last;
    gint64 deleted; /* the highest number deleted in this transaction, 0: none */
} IdCounter;

static IdCounter *counter_of(Db *db, const char *table)
{
    IdCounter *counter = g_hash_table_lookup(db->counters, table);

    if (!counter) {
        counter = g_new0(IdCounter, 1);
        g_hash_table_insert(db->counters, g_strdup(table), counter);
    }
    return counter;
}

/* The highest number of this node in the table, deleted ones not counted. */
static gboolean highest_there(Db *db, const char *table, gint64 *id, GError **error)
{
    gint64 low = db->node << RUNNING_BITS;
    g_autofree char *sql = NULL;

    if (table[strspn(table, "abcdefghijklmnopqrstuvwxyz_0123456789")] != '\0') {
        fault_set(error, "%s is no table name", table);
        return FALSE;
    }
    sql = g_strdup_printf("SELECT coalesce(max(id), :low) FROM %s WHERE id BETWEEN :low AND :high",
                          table);
    return db_get_int(db, sql, DB_PARAMS(DB_INT("low", low), DB_INT("high", low | RUNNING_MASK)),
                      low, id, error);
}

static gboolean highest_kept(Db *db, const char *table, gint64 *id, GError **error)
{
    g_autofree char *key = g_strconcat("last_id.", table, NULL);

    return db_get_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = :key",
                      DB_PARAMS(DB_TEXT("key", key)), 0, id, error);
}

gint64 sqlcipher_new_id(Db *db, const char *table, GError **error)
{
    IdCounter *counter = counter_of(db, table);

    if (counter->transaction != db->transaction) {
        gint64 there, kept;
        if (!highest_there(db, table, &there, error) || !highest_kept(db, table, &kept, error))
            return 0;
        /* What this transaction has deleted already is not there and not yet kept. */
        counter->last = MAX(MAX(there, kept), counter->deleted);
        counter->transaction = db->transaction;
    }
    if ((counter->last & RUNNING_MASK) == RUNNING_MASK) {
        fault_set(error, "the table %s has no numbers left", table);
        return 0;
    }
    return ++counter->last;
}

void ids_note_deleted(Db *db, const char *table, gint64 id)
{
    if (id >> RUNNING_BITS == db->node && db->node > 0) {
        IdCounter *counter = counter_of(db, table);
        counter->deleted = MAX(counter->deleted, id);
    }
}

gboolean sqlcipher_last_id(Db *db, const char *table, gint64 *last, GError **error)
{
    gint64 there, kept;

    if (!highest_there(db, table, &there, error) || !highest_kept(db, table, &kept, error))
        return FALSE;
    *last = MAX(there, kept);
    return TRUE;
}

gboolean sqlcipher_ids_past(Db *db, const char *table, gint64 last, GError **error)
{
    g_autofree char *key = g_strconcat("last_id.", table, NULL);
    char value[24];
    gint64 before;

    if (!sqlcipher_last_id(db, table, &before, error))
        return FALSE;
    if (last <= before)
        return TRUE;
    g_snprintf(value, sizeof value, "%" G_GINT64_FORMAT, last);
    return db_meta_set(db, key, value, error);
}

gboolean ids_keep_deleted(Db *db, GError **error)
{
    GHashTableIter iter;
    gpointer table, value;

    g_hash_table_iter_init(&iter, db->counters);
    while (g_hash_table_iter_next(&iter, &table, &value)) {
        IdCounter *counter = value;
        if (counter->deleted > 0 && !sqlcipher_ids_past(db, table, counter->deleted, error))
            return FALSE;
        counter->deleted = 0;
    }
    return TRUE;
}

void ids_forget_deleted(Db *db)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, db->counters);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        ((IdCounter *)value)->deleted = 0;
}
