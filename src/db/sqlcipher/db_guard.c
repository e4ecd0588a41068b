/* db_guard.c: a VFS that refuses nameless temporary files, which would hold rows in clear, and to
 * look for or take away any file but a journal, and passes everything else on to the engine's
 * default one, locks included.
 *
 * With temp_store in memory the engine never asks for such a file; the guard turns a setting that
 * was forgotten, or an engine built otherwise, into an error instead of a leak. */
#include <sys/stat.h>

#include "db/sqlcipher/sqlcipher_private.h"

static sqlite3_vfs *base_of(sqlite3_vfs *vfs)
{
    return vfs->pAppData;
}

static int guard_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *base = base_of(vfs);

    if (!name) {
        file->pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    /* A pipe that nobody writes to would never open, and a device never end. */
    struct stat status;
    if (stat(name, &status) == 0 && !S_ISREG(status.st_mode)) {
        file->pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    /* The file is the base's own from here on: reading, writing and locking pass no guard. */
    return base->xOpen(base, name, file, flags, out);
}

/* What the engine keeps beside a database. A journal can name another file, a journal of several
 * databases as the engine has them, which is taken away once the journal has been played back:
 * whoever can write one beside the database would have any file taken away by whoever opens it.
 * Here there are none. Nor is there a log of writes ahead ("-wal"): the engine would heed one that
 * somebody has laid there, pages and all. */
static gboolean is_beside(const char *name)
{
    return g_str_has_suffix(name, "-journal");
}

static int guard_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    if (!is_beside(name))
        return SQLITE_IOERR_DELETE;
    return base_of(vfs)->xDelete(base_of(vfs), name, sync_folder);
}

static int guard_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    if (!is_beside(name)) {
        *out = 0;
        return SQLITE_OK;
    }
    return base_of(vfs)->xAccess(base_of(vfs), name, flags, out);
}

static int guard_full_pathname(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    return base_of(vfs)->xFullPathname(base_of(vfs), name, size, out);
}

static void *guard_dl_open(sqlite3_vfs *vfs, const char *name)
{
    return base_of(vfs)->xDlOpen(base_of(vfs), name);
}

static void guard_dl_error(sqlite3_vfs *vfs, int size, char *message)
{
    base_of(vfs)->xDlError(base_of(vfs), size, message);
}

static void (*guard_dl_sym(sqlite3_vfs *vfs, void *library, const char *symbol))(void)
{
    return base_of(vfs)->xDlSym(base_of(vfs), library, symbol);
}

static void guard_dl_close(sqlite3_vfs *vfs, void *library)
{
    base_of(vfs)->xDlClose(base_of(vfs), library);
}

static int guard_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    return base_of(vfs)->xRandomness(base_of(vfs), size, out);
}

static int guard_sleep(sqlite3_vfs *vfs, int microseconds)
{
    return base_of(vfs)->xSleep(base_of(vfs), microseconds);
}

static int guard_current_time(sqlite3_vfs *vfs, double *out)
{
    return base_of(vfs)->xCurrentTime(base_of(vfs), out);
}

static int guard_get_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    return base_of(vfs)->xGetLastError(base_of(vfs), size, out);
}

static int guard_current_time_int64(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    return base_of(vfs)->xCurrentTimeInt64(base_of(vfs), out);
}

const char *guard_register(void)
{
    /* The engine keeps the pointer for the life of the process. */
    static sqlite3_vfs guard;
    static gsize registered;

    if (g_once_init_enter(&registered)) {
        engine_prepare();
        sqlite3_vfs *base = sqlite3_vfs_find(NULL);
        gboolean done = FALSE;
        if (base) {
            guard = (sqlite3_vfs){
                .iVersion = MIN(base->iVersion, 2),
                .szOsFile = base->szOsFile,
                .mxPathname = base->mxPathname,
                .zName = DB_GUARD_VFS,
                .pAppData = base,
                .xOpen = guard_open,
                .xDelete = guard_delete,
                .xAccess = guard_access,
                .xFullPathname = guard_full_pathname,
                .xDlOpen = guard_dl_open,
                .xDlError = guard_dl_error,
                .xDlSym = guard_dl_sym,
                .xDlClose = guard_dl_close,
                .xRandomness = guard_randomness,
                .xSleep = guard_sleep,
                .xCurrentTime = guard_current_time,
                .xGetLastError = guard_get_last_error,
                .xCurrentTimeInt64 = guard_current_time_int64,
            };
            done = sqlite3_vfs_register(&guard, 0) == SQLITE_OK;
        }
        g_once_init_leave(&registered, done ? 1 : 2);
    }
    return registered == 1 ? DB_GUARD_VFS : NULL;
}
