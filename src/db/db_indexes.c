/* db_indexes.c: a table without its indexes while very many rows are added. Rows sorted once make
 * an index in a fraction of the time that as many insertions at scattered places take. */
#include <string.h>

#include "db/db_private.h"

struct DbIndexes {
    Db *db;
    GPtrArray *definitions; /* char *: CREATE INDEX …, as the schema has them */
};

static gboolean read_definitions(DbIndexes *indexes, const char *table, const char *keep,
                                 GPtrArray *names, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(indexes->db,
                 "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                 " AND tbl_name = :table AND ' ' || :keep || ' ' NOT LIKE '% ' || name || ' %' ORDER BY name",
                 DB_PARAMS(DB_TEXT("table", table), DB_TEXT("keep", keep)), error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_ptr_array_add(names, g_strdup(db_text(rows, 0)));
        g_ptr_array_add(indexes->definitions, g_strdup(db_text(rows, 1)));
    }
    return step == DB_STEP_DONE;
}

DbIndexes *db_indexes_take_away(Db *db, const char *table, const char *keep, GError **error)
{
    g_autoptr(DbIndexes) indexes = g_new0(DbIndexes, 1);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    g_return_val_if_fail(db_in_transaction(db), NULL);
    indexes->db = db;
    indexes->definitions = g_ptr_array_new_with_free_func(g_free);
    if (!read_definitions(indexes, table, keep, names, error))
        return NULL;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *sql = g_strdup_printf("DROP INDEX %s", (const char *)names->pdata[i]);
        if (!engine_exec(db->handle, db->path, sql, error))
            return NULL;
    }
    return g_steal_pointer(&indexes);
}

gboolean db_indexes_lay_again(DbIndexes *indexes, GError **error)
{
    for (guint i = 0; i < indexes->definitions->len; i++)
        if (!engine_exec(indexes->db->handle, indexes->db->path, indexes->definitions->pdata[i],
                         error))
            return FALSE;
    return TRUE;
}

void db_indexes_free(DbIndexes *indexes)
{
    if (!indexes)
        return;
    g_ptr_array_unref(indexes->definitions);
    g_free(indexes);
}
