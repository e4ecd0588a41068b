/* server_move.c: what carrying a whole unit to or from a server needs (db_move.h). */
#include "db/server/server_private.h"

/* Laid again when all rows are there, which is one look at each table and not one for each row. By
 * whoever owns the tables, in the transaction that is open. */
GPtrArray *server_references_take_away(Db *db, GError **error)
{
    g_autoptr(GPtrArray) definitions = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) drops = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows = db_query(
        db,
        "SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, c.conname),"
        " format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, c.conname,"
        " pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN pg_class t"
        " ON t.oid = c.conrelid WHERE c.contype = 'f'"
        " AND t.relnamespace = CAST('public' AS regnamespace) ORDER BY t.relname, c.conname",
        NULL, error);
    DbStep step = DB_STEP_ERROR;

    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_ptr_array_add(drops, g_strdup(db_text(rows, 0)));
        g_ptr_array_add(definitions, g_strdup(db_text(rows, 1)));
    }
    for (guint i = 0; step == DB_STEP_DONE && i < drops->len; i++)
        if (!server_run(db, drops->pdata[i], error))
            return NULL;
    return step == DB_STEP_DONE ? g_steal_pointer(&definitions) : NULL;
}

gboolean server_references_lay_again(Db *db, GPtrArray *definitions, GError **error)
{
    for (guint i = 0; i < definitions->len; i++)
        if (!server_run(db, definitions->pdata[i], error))
            return FALSE;
    return TRUE;
}

gboolean server_last_id(Db *db, const char *table, gint64 *last, GError **error)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM id_%s", table);
    gint64 running = 0;

    if (!db_get_int(db, sql, NULL, 0, &running, error))
        return FALSE;
    *last = running > 0 ? db->node << 32 | running : 0;
    return TRUE;
}

gboolean server_ids_past(Db *db, const char *table, gint64 last, GError **error)
{
    const gint64 running = last >> 32 == db->node ? last & G_MAXUINT32 : 0;
    g_autofree char *sequence = g_strconcat("id_", table, NULL);

    return running == 0 ||
           db_run(db, "SELECT setval(CAST(:sequence AS regclass), :last)",
                  DB_PARAMS(DB_TEXT("sequence", sequence), DB_INT("last", running)), error);
}
