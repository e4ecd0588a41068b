/* db_open.c: a database opened and closed, and what is asked of it as a whole. */
#include "base/i18n.h"
#include "db/db_private.h"

Db *db_new(const DbEngine *engine, const char *path, const Secret *key, gboolean read_only)
{
    Db *db = g_new0(Db, 1);

    db->engine = engine;
    /* Absolute, so that a changed working folder or a name like "file:x" means nothing. */
    db->path = g_canonicalize_filename(path, NULL);
    db->key = secret_copy(key->bytes, key->length);
    db->read_only = read_only;
    db->cache = g_hash_table_new(g_str_hash, g_str_equal);
    return db;
}

void db_close(Db *db)
{
    if (!db)
        return;
    while (db->depth > 0)
        db_rollback(db);
    db->engine->close(db);
    g_hash_table_unref(db->cache);
    secret_free(db->key);
    g_free(db->path);
    g_free(db);
}

const char *db_path(Db *db)
{
    return db->path;
}

gboolean db_is_read_only(Db *db)
{
    return db->read_only;
}

gint64 db_node(Db *db)
{
    return db->node;
}

gboolean db_salt_was_changed(Db *db)
{
    return db->salt_changed;
}

gint64 db_data_version(Db *db)
{
    return db->engine->data_version(db);
}

gint64 db_new_id(Db *db, const char *table, GError **error)
{
    if (db->depth > 0)
        return db->engine->new_id(db, table, error);
    fault_set(error, "a new id outside a transaction: %s", table);
    return 0;
}

gboolean db_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data, GError **error)
{
    return db->engine->check(db, faults, progress, data, error);
}

gboolean db_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error)
{
    return db->engine->rekey(db, key, watch, error);
}

gboolean db_copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                 DbContents **contents, GError **error)
{
    return db->engine->copy(db, path, digest_key, watch, contents, error);
}

struct DbIndexes {
    Db *db;
    GPtrArray *definitions; /* char *, as the engine has them */
};

DbIndexes *db_indexes_take_away(Db *db, const char *table, const char *keep, GError **error)
{
    g_return_val_if_fail(db_in_transaction(db), NULL);
    GPtrArray *definitions = db->engine->indexes_take_away(db, table, keep, error);
    if (!definitions)
        return NULL;
    DbIndexes *indexes = g_new0(DbIndexes, 1);
    *indexes = (DbIndexes){.db = db, .definitions = definitions};
    return indexes;
}

gboolean db_indexes_lay_again(DbIndexes *indexes, GError **error)
{
    return indexes->db->engine->indexes_lay_again(indexes->db, indexes->definitions, error);
}

void db_indexes_free(DbIndexes *indexes)
{
    if (!indexes)
        return;
    g_ptr_array_unref(indexes->definitions);
    g_free(indexes);
}
