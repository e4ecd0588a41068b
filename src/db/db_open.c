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

gboolean db_hides_row(Db *db, const char *table, gint64 id)
{
    return db->engine->hides_row(db, table, id);
}

gboolean db_salt_was_changed(Db *db)
{
    return db->salt_changed;
}

gint64 db_data_version(Db *db)
{
    return db->engine->data_version(db);
}

void db_ids_note(Db *db, GPtrArray *drawn)
{
    db->drawn = drawn;
}

void db_ids_give(Db *db, GPtrArray *given)
{
    db->given = given;
}

/* The first that is given of the table; 0: none. */
static gint64 given_id(Db *db, const char *table)
{
    for (guint i = 0; db->given != NULL && i < db->given->len; i++) {
        const char *id = g_ptr_array_index(db->given, i);
        if (g_str_has_prefix(id, table) && id[strlen(table)] == ' ') {
            const gint64 number = g_ascii_strtoll(id + strlen(table), NULL, 10);
            g_ptr_array_remove_index(db->given, i);
            return number;
        }
    }
    return 0;
}

gint64 db_new_id(Db *db, const char *table, GError **error)
{
    if (db->depth == 0) {
        fault_set(error, "a new id outside a transaction: %s", table);
        return 0;
    }
    gint64 id = given_id(db, table);
    if (id == 0)
        id = db->engine->new_id(db, table, error);
    if (id != 0 && db->drawn != NULL)
        g_ptr_array_add(db->drawn, g_strdup_printf("%s %" G_GINT64_FORMAT, table, id));
    return id;
}

gboolean db_check(Db *db, GPtrArray *faults, DbProgress progress, gpointer data, GError **error)
{
    return db->engine->check(db, faults, progress, data, error);
}

gboolean db_may_rekey(Db *db, GError **error)
{
    return db->engine->may_rekey == NULL || db->engine->may_rekey(db, error);
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

gboolean db_is_on_server(Db *db)
{
    return db->engine->is_signed_in != NULL && db->engine->is_signed_in(db);
}

gboolean db_lacks_standby(Db *db)
{
    return db->engine->lacks_standby != NULL && db->engine->lacks_standby(db);
}

void db_on_silence(Db *db, DbSilence told, gpointer data)
{
    db->silence = told;
    db->silence_data = data;
}

gboolean db_login_lay(Db *db, const char *login, const char *role, const Secret *password,
                      GError **error)
{
    return db->engine->login_lay == NULL || db->engine->login_lay(db, login, role, password, error);
}

gboolean db_login_fits(Db *db, const char *login, GError **error)
{
    return db->engine->login_fits == NULL || db->engine->login_fits(db, login, error);
}

gboolean db_login_close(Db *db, const char *login, GError **error)
{
    return db->engine->login_close == NULL || db->engine->login_close(db, login, error);
}

void db_login_changed(Db *db, const Secret *password)
{
    if (db->engine->login_changed != NULL)
        db->engine->login_changed(db, password);
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
