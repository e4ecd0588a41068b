/* db_connection.c: the open connection of a Db: what went wrong on it, another one to the same
 * file, and what takes its place. */
#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* After a page that could not be authenticated the connection answers nothing any more. Whether
 * another program has changed the key, or a page is damaged, shows on a fresh one. */
static int look_afresh(Db *db, int code)
{
    g_autoptr(GError) opening = NULL;
    int primary = code & 0xff;
    sqlite3 *fresh;

    if (primary != SQLITE_NOTADB && primary != SQLITE_CORRUPT &&
        (primary != SQLITE_ERROR || !db->damaged))
        return code;
    db->damaged = TRUE;
    fresh = engine_open(db->path, db->vfs, db->key, TRUE, &opening);
    sqlite3_close(fresh);
    if (g_error_matches(opening, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        return SQLITE_NOTADB;
    return SQLITE_CORRUPT;
}

/* After a page that could be had, but neither decrypted nor encrypted for want of memory, too, the
 * connection answers nothing any more; the file is sound, and so is the next connection. */
static gboolean wears_out(int code)
{
    switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
        return TRUE;
    default:
        return FALSE;
    }
}

gboolean db_error(Db *db, int code, const char *sql, GError **error)
{
    g_autoptr(GError) mine = NULL;

    db->worn = db->worn || wears_out(code);
    code = look_afresh(db, code);
    if (code == SQLITE_NOTADB)
        g_set_error_literal(&mine, DAGSFORM_ERROR, ERROR_KEY_CHANGED,
                            _("The administrator has changed the key of the database. Unlock it "
                              "again to go on."));
    else
        engine_error(db->handle, db->path, code, sql, &mine);
    if (db->depth > 0 && !db->lost && sqlite3_get_autocommit(db->handle))
        db->lost = g_error_copy(mine);
    g_propagate_error(error, g_steal_pointer(&mine));
    return FALSE;
}

sqlite3 *engine_open_second(Db *db, gboolean read_only, GError **error)
{
    g_autoptr(GError) mine = NULL;
    sqlite3 *handle = engine_open(db->path, db->vfs, db->key, read_only, &mine);

    if (handle)
        return handle;
    if (g_error_matches(mine, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        db_error(db, SQLITE_NOTADB, NULL, error);
    else
        g_propagate_error(error, g_steal_pointer(&mine));
    return NULL;
}

/* A connection that is worn is exchanged for a new one, where nothing is open on it. Where there is
 * none to be had it stays, and says itself what is wrong. */
void sqlcipher_refresh(Db *db)
{
    if (!db->worn || db->depth > 0 || !statement_all_released(db))
        return;
    sqlite3 *fresh = engine_open(db->path, db->vfs, db->key, db->read_only, NULL);
    if (!fresh)
        return;
    engine_replace(db, fresh);
    db->worn = FALSE;
}
