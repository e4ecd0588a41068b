/* db_indexes.c: a table without its indexes while very many rows are added. Rows sorted once make
 * an index in a fraction of the time that as many insertions at scattered places take. */
#include "db/sqlcipher/sqlcipher_private.h"

static gboolean read_definitions(Db *db, const char *table, const char *keep,
                                 GPtrArray *definitions, GPtrArray *names, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(db,
                 "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                 " AND tbl_name = :table AND ' ' || :keep || ' ' NOT LIKE '% ' || name || ' %' "
                 "ORDER BY name",
                 DB_PARAMS(DB_TEXT("table", table), DB_TEXT("keep", keep)), error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_ptr_array_add(names, g_strdup(db_text(rows, 0)));
        g_ptr_array_add(definitions, g_strdup(db_text(rows, 1)));
    }
    return step == DB_STEP_DONE;
}

GPtrArray *sqlcipher_indexes_take_away(Db *db, const char *table, const char *keep, GError **error)
{
    g_autoptr(GPtrArray) definitions = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (!read_definitions(db, table, keep, definitions, names, error))
        return NULL;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *sql = g_strdup_printf("DROP INDEX %s", (const char *)names->pdata[i]);
        if (!engine_exec(db->handle, db->path, sql, error))
            return NULL;
    }
    return g_steal_pointer(&definitions);
}

gboolean sqlcipher_indexes_lay_again(Db *db, GPtrArray *definitions, GError **error)
{
    for (guint i = 0; i < definitions->len; i++)
        if (!engine_exec(db->handle, db->path, definitions->pdata[i], error))
            return FALSE;
    return TRUE;
}
