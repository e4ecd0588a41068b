/* server_origin.c: which table's column a column of a result is, as the server tells it. */
#include <stdlib.h>

#include "db/server/server_private.h"

static const char COLUMNS[] =
    "SELECT a.attrelid, a.attnum, c.relname, a.attname, f.confrelid, f.confkey[1]"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_constraint f ON f.contype = 'f' AND f.conrelid = c.oid"
    " AND f.conkey = ARRAY[a.attnum]"
    " WHERE c.relkind = 'r' AND n.nspname = 'public'";

static gint64 *key_of(guint table, int column)
{
    gint64 *key = g_new(gint64, 1);

    *key = (gint64)table << 16 | column;
    return key;
}

static void origin_free(gpointer data)
{
    Origin *origin = data;

    g_free(origin->table);
    g_free(origin->column);
    g_free(origin);
}

static guint number(const PGresult *rows, int row, int column)
{
    return (guint)strtoul(LIB->PQgetvalue(rows, row, column), NULL, 10);
}

static void add(GHashTable *origins, const PGresult *rows, int row)
{
    g_autofree gint64 *key = key_of(number(rows, row, 0), (int)number(rows, row, 1));

    if (g_hash_table_contains(origins, key))
        return;
    Origin *origin = g_new0(Origin, 1);
    origin->table = g_strdup(LIB->PQgetvalue(rows, row, 2));
    origin->column = g_strdup(LIB->PQgetvalue(rows, row, 3));
    if (!LIB->PQgetisnull(rows, row, 4))
        origin->names = (gint64)number(rows, row, 4) << 16 | number(rows, row, 5);
    g_hash_table_insert(origins, g_steal_pointer(&key), origin);
}

/* What is known stays where it is: others hold it. */
static gboolean read_origins(Db *db, GError **error)
{
    GHashTable *origins = db->server->origins;
    PGresult *rows = server_exec(db, COLUMNS);
    const gboolean done =
        LIB->PQresultStatus(rows) == PGRES_TUPLES_OK || server_error(db, rows, COLUMNS, error);

    for (int row = 0; done && row < LIB->PQntuples(rows); row++)
        add(origins, rows, row);
    LIB->PQclear(rows);
    return done;
}

static gboolean knows_all(Db *db, const PGresult *result)
{
    for (int i = 0; i < LIB->PQnfields(result); i++)
        if (LIB->PQftable(result, i) != 0 && server_origin(db, result, i) == NULL)
            return FALSE;
    return TRUE;
}

/* Tables that a step of the schema has made since are not there yet. */
gboolean server_origins_of(Db *db, const PGresult *result, GError **error)
{
    if (db->server->origins == NULL)
        db->server->origins =
            g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, origin_free);
    return knows_all(db, result) || read_origins(db, error);
}

const Origin *server_origin(Db *db, const PGresult *result, int column)
{
    const gint64 key =
        (gint64)LIB->PQftable(result, column) << 16 | LIB->PQftablecol(result, column);

    return g_hash_table_lookup(db->server->origins, &key);
}

const Origin *server_origin_root(Db *db, const Origin *origin)
{
    const Origin *next;

    while (origin->names != 0 &&
           (next = g_hash_table_lookup(db->server->origins, &origin->names)) != NULL)
        origin = next;
    return origin;
}

const Origin *server_origin_named(Db *db, guint table, const char *column)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, db->server->origins);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if ((guint)(*(gint64 *)key >> 16) == table &&
            g_str_equal(((Origin *)value)->column, column))
            return value;
    return NULL;
}
