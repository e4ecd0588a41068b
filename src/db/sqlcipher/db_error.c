/* db_error.c: the engine's result codes as sentences a person can act on. */
#include <errno.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* The engine reports ENOSPC as FULL, but a quota, a file-size limit and a full folder only as a
 * failed write or open. */
static gboolean disk_is_full(sqlite3 *handle, int code)
{
    int system_error;

    if ((code & 0xff) == SQLITE_FULL)
        return TRUE;
    if (((code & 0xff) != SQLITE_IOERR && (code & 0xff) != SQLITE_CANTOPEN) || !handle)
        return FALSE;
    system_error = sqlite3_system_errno(handle);
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

static gboolean may_not_write(sqlite3 *handle, int code)
{
    int system_error;

    if ((code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_PERM)
        return TRUE;
    if ((code & 0xff) != SQLITE_CANTOPEN || !handle)
        return FALSE;
    system_error = sqlite3_system_errno(handle);
    return system_error == EACCES || system_error == EROFS || system_error == EPERM;
}

static gboolean set_constraint_error(int code, GError **error)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_EXISTS,
                            _("This is already there, so it was not added again."));
        return TRUE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Something that belongs to this has been removed, or still needs "
                              "it. Nothing was changed; look at it again."));
        return TRUE;
    default:
        return FALSE;
    }
}

/* The engine's code, and a number that only this statement has among those of the program. */
static char *statement_code(int code, const char *sql)
{
    return sql ? g_strdup_printf("db-%d-%08x", code, g_str_hash(sql))
               : g_strdup_printf("db-%d", code);
}

void engine_error(sqlite3 *handle, const char *path, int code, const char *sql, GError **error)
{
    int primary = code & 0xff;

    if (disk_is_full(handle, code)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_FULL,
                            _("There is no room left on the disk. Make room, then try again."));
    } else if (code == SQLITE_READONLY_DBMOVED) {
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_CONFLICT,
            _("The database %s has been moved or put back from a backup since you opened it, "
              "so nothing is written to it. Start the program again."),
            path);
    } else if (may_not_write(handle, code)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("The database %s can only be read here. Ask for the right to write to it "
                      "and to its folder."),
                    path);
    } else if (code == SQLITE_IOERR_NOMEM || primary == SQLITE_NOMEM) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_FULL,
                            _("The memory of this computer is used up. Close other programs, then "
                              "try again."));
    } else if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                    _("The disk could not read or write the database %s. Check that the disk is "
                      "connected and sound, then try again."),
                    path);
    } else if (primary == SQLITE_BUSY || primary == SQLITE_PROTOCOL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_BUSY,
                            _("Another program has kept the database busy for half a minute. Try "
                              "again in a while."));
    } else if (primary == SQLITE_NOTADB) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                    _("The key does not fit the database %s. It may belong to another key file, "
                      "or the beginning of the database is damaged."),
                    path);
    } else if (primary == SQLITE_CORRUPT) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                    _("A part of the database %s is damaged. Stop working in it and ask the "
                      "administrator to check it and to restore the latest backup."),
                    path);
    } else if (primary == SQLITE_TOOBIG) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The text is too long to be saved. Shorten it and try again."));
    } else if (primary != SQLITE_CONSTRAINT || !set_constraint_error(code, error)) {
        fault_set_code(error, statement_code(code, sql), "%s%s%s",
                       handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code), sql ? " in: " : "",
                       sql ? sql : "");
    }
}
