/* db_rekey.c: another key for a whole file, and how far that has come.
 *
 * The engine says nothing while it re-encrypts or reads a file through. But each page passes the
 * file's own functions, so those are what is listened to. */
#include <string.h>
#include <sys/statvfs.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* ---- how far it has come --------------------------------------------------------------------- */

/* Each page is read, written and read once more. */
#define PASSES 3

typedef struct {
    const DbWatch *watch; /* may be NULL */
    double done, all;     /* bytes */
} Course;

/* In the place of the functions of one file, which leads here by the address of the first member.
 */
typedef struct {
    sqlite3_io_methods methods;
    const sqlite3_io_methods *own;
    Course *course;
} Listener;

static const Listener *listener_of(sqlite3_file *file)
{
    return (const Listener *)file->pMethods;
}

/* Nobody can break it off: what is asked for is only told. */
static void passed(Course *course, int bytes)
{
    course->done += bytes;
    course->watch->go_on(MIN(course->done / course->all, 1), course->watch->data);
}

static int heard_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
    passed(listener_of(file)->course, length);
    return listener_of(file)->own->xRead(file, bytes, length, at);
}

static int heard_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
    passed(listener_of(file)->course, length);
    return listener_of(file)->own->xWrite(file, bytes, length, at);
}

static void listen_to(Listener *listener, sqlite3 *handle, Course *course)
{
    sqlite3_file *file = NULL;

    if (course->watch == NULL ||
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
        return;
    *listener = (Listener){*file->pMethods, file->pMethods, course};
    listener->methods.xRead = heard_read;
    listener->methods.xWrite = heard_write;
    file->pMethods = &listener->methods;
}

static void listen_no_more(const Listener *listener, sqlite3 *handle)
{
    sqlite3_file *file = NULL;

    if (listener->own != NULL &&
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK)
        file->pMethods = listener->own;
}

/* ---- another key ----------------------------------------------------------------------------- */

/* The rollback journal of a rekey holds every page of the file. */
static gboolean has_room(Db *db, guint64 *size, GError **error)
{
    g_autofree char *bytes =
        engine_get(db->handle, db->path,
                   "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", error);
    g_autofree char *folder = g_path_get_dirname(db->path);
    struct statvfs disk;
    guint64 needed;

    if (!bytes)
        return FALSE;
    *size = g_ascii_strtoull(bytes, NULL, 10);
    needed = *size + *size / 16 + 65536;
    if (statvfs(folder, &disk) != 0 || (guint64)disk.f_bavail * disk.f_frsize >= needed)
        return TRUE;
    engine_error(NULL, db->path, SQLITE_FULL, NULL, error);
    return FALSE;
}

/* The engine's rekey reports success whatever happened, so only what can be read afterwards
 * counts. What can be kept from going wrong is: the lock is taken and held from before. The lock
 * comes first and the mode after it: in that mode the engine lets go of no lock, not even of the
 * reader's one that it holds while it waits for a writer, who then waits for that one. */
static gboolean rekey_file(Db *db, const Secret *key, Course *course, GError **error)
{
    Listener listener = {0};
    sqlite3 *handle = engine_open_second(db, FALSE, error);
    gboolean locked =
        handle && engine_exec(handle, db->path,
                              "BEGIN EXCLUSIVE; PRAGMA locking_mode = EXCLUSIVE; COMMIT", error);

    if (locked) {
        listen_to(&listener, handle, course);
        engine_rekey(handle, key);
        listen_no_more(&listener, handle);
    }
    /* Never used further: after a failure it would write pages under the new key among old ones. */
    sqlite3_close(handle);
    return locked;
}

/* Every page of the file, read with the new key by a new connection. */
static sqlite3 *prove_key(Db *db, const Secret *key, Course *course, GError **error)
{
    Listener listener = {0};
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    sqlite3 *handle = engine_open(db->path, db->vfs, key, FALSE, error);

    if (handle != NULL)
        listen_to(&listener, handle, course);
    gboolean read = handle != NULL && engine_check_pages(handle, db->path, faults, error);
    if (handle != NULL)
        listen_no_more(&listener, handle);
    if (read) {
        if (faults->len == 0)
            return handle;
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                    _("The database %s has its new key, but could not be read whole afterwards: "
                      "%s"),
                    db->path, (const char *)faults->pdata[0]);
    }
    sqlite3_close(handle);
    return NULL;
}

static gboolean may_rekey(Db *db, const Secret *key, GError **error)
{
    const char *fault = NULL;

    if (key->length != DB_KEY_BYTES)
        fault = "a key of another length";
    else if (memcmp(key->bytes + DB_DATA_KEY_BYTES, db->key->bytes + DB_DATA_KEY_BYTES,
                    DB_SALT_BYTES) != 0)
        fault = "a new key with another salt";
    else if (db->depth > 0)
        fault = "a new key inside a transaction";
    else if (!statement_all_released(db))
        fault = "a new key while a statement is in use";
    if (!fault)
        return TRUE;
    fault_set(error, "%s", fault);
    return FALSE;
}

gboolean sqlcipher_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error)
{
    Course course = {.watch = watch};
    guint64 size = 0;
    g_autoptr(GError) proof = NULL;
    sqlite3 *fresh;

    if (!may_rekey(db, key, error) || !has_room(db, &size, error))
        return FALSE;
    course.all = (double)size * PASSES;
    if (!rekey_file(db, key, &course, error))
        return FALSE;
    course.done = MAX(course.done, course.all * (PASSES - 1) / PASSES);
    fresh = prove_key(db, key, &course, &proof);
    if (!fresh) {
        if (g_error_matches(proof, DAGSFORM_ERROR, ERROR_PASSPHRASE))
            g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                        _("The database %s could not be given its new key, and keeps the one it "
                          "has. Check that the disk is sound and has room, then try again."),
                        db->path);
        else
            g_propagate_error(error, g_steal_pointer(&proof));
        return FALSE;
    }
    secret_free(db->key);
    db->key = secret_copy(key->bytes, key->length);
    engine_replace(db, fresh);
    return TRUE;
}
