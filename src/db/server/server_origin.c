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
    Origin *origin = g_new0(Origin, 1);

    origin->table = g_strdup(LIB->PQgetvalue(rows, row, 2));
    origin->column = g_strdup(LIB->PQgetvalue(rows, row, 3));
    if (!LIB->PQgetisnull(rows, row, 4))
        origin->names = (gint64)number(rows, row, 4) << 16 | number(rows, row, 5);
    g_hash_table_insert(origins, key_of(number(rows, row, 0), (int)number(rows, row, 1)), origin);
}

static GHashTable *read_origins(Db *db)
{
    GHashTable *origins = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, origin_free);
    PGresult *rows = LIB->PQexec(db->server->connection, COLUMNS);

    for (int row = 0; row < LIB->PQntuples(rows); row++)
        add(origins, rows, row);
    LIB->PQclear(rows);
    return origins;
}

const Origin *server_origin(Db *db, guint table, int column)
{
    const gint64 key = (gint64)table << 16 | column;

    if (table == 0)
        return NULL;
    /* Tables that a step of the schema has made since are not there yet. */
    if (db->server->origins == NULL || !g_hash_table_contains(db->server->origins, &key)) {
        g_clear_pointer(&db->server->origins, g_hash_table_unref);
        db->server->origins = read_origins(db);
    }
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
