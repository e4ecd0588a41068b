/* db_shape.c: which tables a file has, with which columns; for carrying all of it elsewhere
 * (db_move.h). */
#include <string.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

static void shape_free(gpointer data)
{
    DbTableShape *shape = data;

    for (guint i = 0; i < shape->columns->len; i++)
        g_free(g_array_index(shape->columns, DbColumn, i).name);
    g_array_unref(shape->columns);
    g_free(shape->name);
    g_free(shape);
}

static DbType type_of(const char *declared)
{
    return strcmp(declared, "INTEGER") == 0 ? DB_TYPE_INT
           : strcmp(declared, "TEXT") == 0  ? DB_TYPE_TEXT
           : strcmp(declared, "BLOB") == 0  ? DB_TYPE_BLOB
                                            : DB_TYPE_REAL;
}

static DbTableShape *shape_new(const char *name)
{
    DbTableShape *shape = g_new0(DbTableShape, 1);

    shape->name = g_strdup(name);
    shape->columns = g_array_new(FALSE, FALSE, sizeof(DbColumn));
    return shape;
}

/* meta first, whose node is that of all rows. */
GPtrArray *sqlcipher_tables(Db *db, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(shape_free);
    DbTableShape *shape = NULL;
    DbStep step = DB_STEP_ERROR;
    g_autoptr(DbStatement) rows =
        db_query(db,
                 "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c"
                 " WHERE m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_'"
                 " ORDER BY m.name <> 'meta', m.name, c.cid",
                 NULL, error);

    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const char *name = db_text(rows, 0);
        if (shape == NULL || strcmp(shape->name, name) != 0) {
            shape = shape_new(name);
            g_ptr_array_add(tables, shape);
        }
        const DbColumn column = {.name = g_strdup(db_text(rows, 1)),
                                 .type = type_of(db_text(rows, 2))};
        shape->has_id = shape->has_id || strcmp(column.name, "id") == 0;
        g_array_append_val(shape->columns, column);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&tables) : NULL;
}

/* Not put off to the end of the transaction: then each row would be looked for in the tables that
 * refer to it, which have no indexes just then. */
static gboolean heed_references(Db *db, int heed, GError **error)
{
    int heeded = -1;

    if (sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, heed, &heeded) == SQLITE_OK &&
        heeded == heed)
        return TRUE;
    fault_set(error, "foreign keys stay as they are");
    return FALSE;
}

GPtrArray *sqlcipher_references_take_away(Db *db, GError **error)
{
    return heed_references(db, 0, error) ? g_ptr_array_new_with_free_func(g_free) : NULL;
}

gboolean sqlcipher_references_lay_again(Db *db, GPtrArray *definitions, GError **error)
{
    (void)definitions;
    if (!heed_references(db, 1, error))
        return FALSE;
    g_autoptr(GError) mine = NULL;
    g_autofree char *table = engine_get(db->handle, db->path, "PRAGMA foreign_key_check", &mine);

    if (mine != NULL) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    if (table == NULL)
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("Rows of the table %s refer to rows that are not there, so nothing was carried. Ask for "
          "help with this message."),
        table);
    return FALSE;
}
