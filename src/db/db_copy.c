/* db_copy.c: a whole file copied while others work, and the copy looked through. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/i18n.h"
#include "db/db_private.h"

/* All pages at once: in smaller steps it would begin anew whenever somebody commits. */
static gboolean copy_pages(sqlite3 *from, sqlite3 *to, const char *path, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_extended_errcode(to);
    int finished = backup ? sqlite3_backup_finish(backup) : code;

    if (code == SQLITE_DONE && finished == SQLITE_OK)
        return TRUE;
    if (code == SQLITE_DONE)
        code = finished;
    /* There is no SQL here to be wrong: this is a page of the source that cannot be
     * authenticated. */
    if (code == SQLITE_ERROR)
        engine_error(NULL, sqlite3_db_filename(from, "main"), SQLITE_CORRUPT, NULL, error);
    else
        engine_error(to, path, code, "backup", error);
    return FALSE;
}

/* Under one lock, so that what is read is what was copied. */
static gboolean copy_and_read(sqlite3 *from, sqlite3 *to, const char *path,
                              const Secret *digest_key, DbContents **contents, GError **error)
{
    const char *source = sqlite3_db_filename(from, "main");
    gboolean done = engine_exec(from, source, "BEGIN; SELECT count(*) FROM sqlite_schema", error) &&
                    copy_pages(from, to, path, error) &&
                    (!contents || (*contents = contents_read(from, source, digest_key, error)));

    sqlite3_exec(from, "ROLLBACK", NULL, NULL, NULL);
    return done;
}

static gboolean make_file(const char *path, GError **error)
{
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0)
        return folder_fault(path, errno, error);
    close(fd);
    return TRUE;
}

gboolean db_copy(Db *db, const char *path, const Secret *digest_key, DbContents **contents,
                 GError **error)
{
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);
    g_autoptr(DbContents) held = NULL;

    if (!make_file(path, error))
        return FALSE;
    sqlite3 *from = engine_open_second(db, TRUE, error);
    sqlite3 *to = from ? engine_open(path, db->vfs, db->key, FALSE, error) : NULL;
    gboolean done = to && copy_and_read(from, to, path, digest_key, contents ? &held : NULL, error);

    sqlite3_close(to);
    sqlite3_close(from);
    unlink(journal);
    done = done && folder_sync(path, error);
    if (!done)
        unlink(path);
    else if (contents)
        *contents = g_steal_pointer(&held);
    return done;
}

/* On a connection that has seen nothing of the writing. */
static gboolean check_copy(const char *path, const char *vfs, const Secret *key,
                           const Secret *digest_key, GPtrArray *faults, DbContents **contents,
                           GError **error)
{
    sqlite3 *handle = engine_open(path, vfs, key, TRUE, error);
    gboolean done = handle && engine_check(handle, path, faults, error);

    if (done && faults->len == 0 && contents)
        done = engine_check_references(handle, path, faults, error) &&
               (*contents = contents_read(handle, path, digest_key, error));
    sqlite3_close(handle);
    return done;
}

gboolean db_copy_check(const char *path, const Secret *key, const Secret *digest_key,
                       GPtrArray *faults, DbContents **contents, GError **error)
{
    *contents = NULL;
    return check_copy(path, guard_register(), key, digest_key, faults, contents, error);
}

static gboolean verify_copy(Db *db, const char *path, GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (!check_copy(path, db->vfs, db->key, NULL, faults, NULL, error))
        return FALSE;
    if (faults->len == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                _("The copy of the database was not right and has been removed: %s"),
                (const char *)faults->pdata[0]);
    return FALSE;
}

gboolean db_backup(Db *db, const char *path, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    g_autofree char *temporary = g_strdup_printf("%s.%08x.part", full, g_random_int());

    if (access(full, F_OK) == 0)
        return folder_fault(full, EEXIST, error);
    gboolean done = db_copy(db, temporary, NULL, NULL, error) &&
                    verify_copy(db, temporary, error) && folder_name(temporary, full, error);
    if (!done)
        unlink(temporary);
    return done;
}
