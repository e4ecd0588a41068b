/* db_handle.c: the handle that a Db works on: put in its place, and closed. */
#include "db/sqlcipher/sqlcipher_private.h"

void connection_close(Db *db)
{
    statement_cache_clear(db);
    if (sqlite3_close(db->handle) != SQLITE_OK) {
        g_debug("it is %s", sqlite3_sql(sqlite3_next_stmt(db->handle, NULL)));
        g_critical("a statement outlives its database");
        sqlite3_close_v2(db->handle);
    }
    db->handle = NULL;
}

static void deleted_row(void *data, int operation, const char *database, const char *table,
                        sqlite3_int64 row)
{
    (void)database;
    if (operation == SQLITE_DELETE)
        ids_note_deleted(data, table, row);
}

void engine_replace(Db *db, sqlite3 *handle)
{
    if (db->handle)
        connection_close(db);
    db->handle = handle;
    db->damaged = FALSE;
    sqlite3_update_hook(handle, deleted_row, db);
}
