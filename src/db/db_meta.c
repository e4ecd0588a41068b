/* db_meta.c: the settings of the house (table meta). */
#include "db/db_private.h"

gboolean node_read(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *node = db_meta_get(db, "node", &mine);

    if (mine) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    db->node = node ? g_ascii_strtoll(node, NULL, 10) : 0;
    if (db->node < 1 || db->node > G_MAXINT32)
        db->node = 0;
    return TRUE;
}

char *db_meta_get(Db *db, const char *key, GError **error)
{
    char *value = NULL;

    db_get_text(db, "SELECT value FROM meta WHERE key = :key", DB_PARAMS(DB_TEXT("key", key)),
                &value, error);
    return value;
}

gboolean db_meta_set(Db *db, const char *key, const char *value, GError **error)
{
    return db_run_later(db,
                        "INSERT INTO meta (key, value) VALUES (:key, :value) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        DB_PARAMS(DB_TEXT("key", key), DB_TEXT("value", value)), error);
}
