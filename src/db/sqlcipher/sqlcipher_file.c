/* sqlcipher_file.c: a database file is made and opened. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/paths.h"
#include "db/sqlcipher/migrate.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* The file, empty, for its owner only. The engine opens it afterwards. */
static gboolean make_file(const char *path, GError **error)
{
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0) {
        close(fd);
        return TRUE;
    }
    if (errno == EEXIST)
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("The file %s is already there. Choose another name, or open it."), path);
    else if (errno == ENOENT || errno == ENOTDIR)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no folder for %s. Make it first, or choose another one."), path);
    else if (errno == EACCES || errno == EROFS || errno == EPERM)
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("The file %s cannot be made: the folder may not be written to. Choose "
                      "another folder."),
                    path);
    else if (errno == ENOSPC || errno == EDQUOT)
        engine_error(NULL, path, SQLITE_FULL, NULL, error);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The file %s cannot be made: %s."), path,
                    g_strerror(errno));
    return FALSE;
}

static gboolean find_file(const char *path, GError **error)
{
    if (access(path, F_OK) == 0)
        return TRUE;
    if (errno == ENOENT || errno == ENOTDIR)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no database at %s. Check the name, or make a new one."), path);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The database %s cannot be reached: %s."),
                    path, g_strerror(errno));
    return FALSE;
}

/* A file of length 0 fits every key: without this check a database cut short would open as a new
 * one. */
static gboolean check_application(Db *db, GError **error)
{
    g_autoptr(GError) mine = NULL;
    g_autofree char *id = engine_get(db->handle, db->path, "PRAGMA application_id", &mine);

    if (mine) {
        g_propagate_error(error, g_steal_pointer(&mine));
        return FALSE;
    }
    if (id && g_ascii_strtoll(id, NULL, 10) == DB_APPLICATION_ID)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                _("The file %s is empty or holds something else than a Dagsform database. Restore "
                  "the latest backup, or make a new database under another name."),
                db->path);
    return FALSE;
}

static void remove_file(const char *path)
{
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);

    unlink(journal);
    unlink(path);
}

static gboolean node_is_there(Db *db, GError **error)
{
    return node_read(db, error) && (db->node > 0 || db_error(db, SQLITE_CORRUPT, NULL, error));
}

static gboolean start(Db *db, gboolean created, const DbOptions *options, GError **error)
{
    sqlite3 *handle =
        engine_open_and_look(db->path, db->vfs, db->key, db->read_only, &db->salt_changed, error);

    if (!handle)
        return FALSE;
    engine_replace(db, handle);
    db->migrations = options->migrations;
    db->migration_count = options->migration_count;
    return (created || check_application(db, error)) &&
           migrate_run(db, options->migrations, options->migration_count, error) &&
           node_is_there(db, error);
}

Db *db_open_with(const char *path, const Secret *key, DbFlags flags, const DbOptions *options,
                 GError **error)
{
    g_autoptr(Db) db = NULL;
    gboolean created = (flags & DB_CREATE) != 0;
    const char *guard = guard_register();

    g_return_val_if_fail(key && key->length == DB_KEY_BYTES, NULL);
    if (!guard) {
        fault_set(error, "the engine has no VFS");
        return NULL;
    }
    if (!db_engine_check(error) || !paths_is_local(path, error))
        return NULL;
    db = db_new(&sqlcipher_engine, path, key, (flags & DB_READ_ONLY) != 0);
    db->vfs = g_strdup(options->vfs ? options->vfs : guard);
    db->counters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (created ? !make_file(db->path, error) : !find_file(db->path, error))
        return NULL;
    if (!start(db, created, options, error)) {
        if (created) {
            if (db->handle)
                connection_close(db);
            remove_file(db->path);
        }
        return NULL;
    }
    return g_steal_pointer(&db);
}
