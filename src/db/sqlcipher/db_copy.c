/* db_copy.c: a whole file copied while others work, and the copy looked through. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* At a time. */
#define PIECE_BYTES (1 << 20)

static gboolean write_piece(int fd, const guchar *bytes, gssize length, sqlite3_int64 at)
{
    while (length > 0) {
        const gssize written = pwrite(fd, bytes, (gsize)length, at);
        if (written < 0 && errno != EINTR)
            return FALSE;
        bytes += MAX(written, 0);
        at += MAX(written, 0);
        length -= MAX(written, 0);
    }
    return TRUE;
}

/* What differs of a piece is written. */
static gboolean settle_piece(int fd, const guchar *bytes, guchar *there, gssize length,
                             sqlite3_int64 at)
{
    return (pread(fd, there, (gsize)length, at) == length &&
            memcmp(bytes, there, (gsize)length) == 0) ||
           write_piece(fd, bytes, length, at);
}

/* The file's bytes as they lie on the disk, read by way of a connection: another descriptor of the
 * file, once closed, would end all locks of this program on it. No page is decrypted or encrypted.
 */
static gboolean copy_bytes(sqlite3 *from, int fd, gboolean locked, const DbWatch *watch,
                           const char *path, GError **error)
{
    g_autofree guchar *bytes = g_malloc(PIECE_BYTES), *there = g_malloc(PIECE_BYTES);
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(from, "main", SQLITE_FCNTL_FILE_POINTER, &file);

    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &size);
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += PIECE_BYTES) {
        const int length = (int)MIN(size - at, PIECE_BYTES);
        if (watch != NULL && !watch->go_on((double)at / (double)size, watch->data)) {
            g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                                _("Broken off. No copy was made."));
            return FALSE;
        }
        code = file->pMethods->xRead(file, bytes, length, at);
        if (code == SQLITE_OK && !settle_piece(fd, bytes, there, length, at))
            return folder_fault(path, errno, error);
    }
    if (code == SQLITE_OK && ftruncate(fd, size) != 0)
        return folder_fault(path, errno, error);
    if (code == SQLITE_OK || !locked)
        return TRUE;
    engine_error(NULL, sqlite3_db_filename(from, "main"), code, "backup", error);
    return FALSE;
}

/* Most of it is written while others save; what they have changed meanwhile is mended later, and
 * what could not be read, since one of them has cut the file shorter. */
static gboolean copy_beforehand(sqlite3 *from, int fd, const DbWatch *watch, const char *path,
                                GError **error)
{
    return copy_bytes(from, fd, FALSE, watch, path, error) &&
           (fsync(fd) == 0 || folder_fault(path, errno, error));
}

/* Under one lock, and no longer: each byte that differs is written, and no other. Where the first
 * bytes are not the salt any more (db_salt_was_changed()), the copy has it all the same. */
static gboolean copy_locked(Db *db, sqlite3 *from, int fd, const char *path, GError **error)
{
    const char *source = sqlite3_db_filename(from, "main");
    gboolean done = engine_exec(from, source, "BEGIN; SELECT count(*) FROM sqlite_schema", error) &&
                    copy_bytes(from, fd, TRUE, NULL, path, error);

    sqlite3_exec(from, "ROLLBACK", NULL, NULL, NULL);
    if (done && pwrite(fd, db->key->bytes + DB_DATA_KEY_BYTES, DB_SALT_BYTES, 0) != DB_SALT_BYTES)
        done = folder_fault(path, errno, error);
    return done;
}

/* The copy has the bytes of the database, and is read where nobody waits for it. */
static gboolean read_copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                          DbContents **contents, GError **error)
{
    sqlite3 *copy = engine_open(path, db->vfs, db->key, TRUE, error);
    const gboolean done = copy && (*contents = contents_read(copy, path, digest_key, watch, error));

    sqlite3_close(copy);
    return done;
}

gboolean sqlcipher_copy(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                        DbContents **contents, GError **error)
{
    g_autoptr(DbContents) held = NULL;
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0)
        return folder_fault(path, errno, error);
    sqlite3 *from = engine_open_second(db, TRUE, error);
    gboolean done = from && copy_beforehand(from, fd, watch, path, error) &&
                    copy_locked(db, from, fd, path, error);

    sqlite3_close(from);
    close(fd);
    done = done && folder_sync(path, error) &&
           (!contents || read_copy(db, path, digest_key, watch, &held, error));
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
               (*contents = contents_read(handle, path, digest_key, NULL, error));
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
                _("The copy of the database was not right and has been removed: %s Run “dagsform "
                  "check” to see whether the database itself is damaged."),
                (const char *)faults->pdata[0]);
    return FALSE;
}

gboolean db_backup(Db *db, const char *path, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(path, NULL);
    g_autofree char *temporary = g_strdup_printf("%s.%08x.part", full, g_random_int());

    if (access(full, F_OK) == 0)
        return folder_fault(full, EEXIST, error);
    gboolean done = sqlcipher_copy(db, temporary, NULL, NULL, NULL, error) &&
                    verify_copy(db, temporary, error) && folder_name(temporary, full, error);
    if (!done)
        unlink(temporary);
    return done;
}
