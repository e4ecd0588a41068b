/* vault_store.c: a key file is never changed in place. */
#include "vault/vault_store.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "vault/vault_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_POLL_US 10000
#define LOCK_POLLS 1000 /* ten seconds */

char *vault_store_copy_path(const char *path)
{
    g_autofree char *real = paths_behind(path);

    return g_strconcat(real, ".copy", NULL);
}

/* --- what went wrong, in a sentence ----------------------------------------------------------- */

static void set_read_error(const char *path, int fault, GError **error)
{
    if (fault == ENOENT || fault == ENOTDIR) {
        g_autofree char *copy = vault_store_copy_path(path);

        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("The key file %s is not there, and the database cannot be opened without "
                      "it. Put it back: a copy of it may be in %s, or else in a backup."),
                    path, copy);
    } else if (fault == EACCES || fault == EPERM) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("You may not read the key file %s. Ask whoever looks after the computer to "
                      "give you access to it."),
                    path);
    } else {
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The key file %s cannot be read: %s."), path,
                    g_strerror(fault));
    }
}

static gboolean set_write_error(const char *path, int fault, GError **error)
{
    switch (fault) {
    case EEXIST:
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a key file %s already. Choose another name, or open the database "
                      "it belongs to."),
                    path);
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("The key file %s cannot be changed: you may not write in its folder. Nothing "
                      "was changed. Ask whoever looks after the computer for the right to write "
                      "there."),
                    path);
        break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        g_set_error(error, DAGSFORM_ERROR, ERROR_FULL,
                    _("There is no room left on the disk to write the key file %s. Free some space "
                      "and try again."),
                    path);
        break;
    default:
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The key file %s cannot be written: %s."),
                    path, g_strerror(fault));
    }
    return FALSE;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Fills `bytes` from `fd`; the count, or -1 with errno. */
static gssize read_all(int fd, guint8 *bytes, gsize length)
{
    gsize done = 0;

    while (done < length) {
        ssize_t got = read(fd, bytes + done, length - done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (gsize)got;
    }
    return (gssize)done;
}

GBytes *vault_store_read(const char *path, gsize limit, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        set_read_error(path, errno, error);
        return NULL;
    }
    /* One byte more than it holds, or may hold: it is not changed in place. */
    struct stat file;
    gsize there = fstat(fd, &file) == 0 && S_ISREG(file.st_mode) ? (gsize)file.st_size : limit;
    gsize room = MIN(there, limit) + 1;
    g_autofree guint8 *bytes = g_malloc(room);
    gssize length = read_all(fd, bytes, room);
    int fault = errno;

    close(fd);
    if (length < 0) {
        set_read_error(path, fault, error);
        return NULL;
    }
    if ((gsize)length > limit) {
        vault_file_set_corrupt(error);
        return NULL;
    }
    return g_bytes_new(bytes, (gsize)length);
}

/* --- locking ---------------------------------------------------------------------------------- */

/* Whether `fd` is still the file that `path` names. */
static gboolean is_current(int fd, const char *path)
{
    struct stat held, named;

    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

int vault_store_lock(const char *path, GError **error)
{
    for (int polls = 0; polls < LOCK_POLLS; polls++) {
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd < 0) {
            set_read_error(path, errno, error);
            return -1;
        }
        gboolean locked = flock(fd, LOCK_EX | LOCK_NB) == 0;
        int fault = locked ? 0 : errno;

        if (locked && is_current(fd, path))
            return fd;
        close(fd);
        if (!locked && fault != EWOULDBLOCK && fault != EINTR) {
            set_read_error(path, fault, error);
            return -1;
        }
        if (!locked)
            g_usleep(LOCK_POLL_US);
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                _("Another program is changing the key file %s. Try again in a moment."), path);
    return -1;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean write_all(int fd, GBytes *bytes)
{
    gsize left;
    const guint8 *at = g_bytes_get_data(bytes, &left);

    while (left > 0) {
        ssize_t put = write(fd, at, left);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return FALSE;
        at += put;
        left -= (gsize)put;
    }
    return TRUE;
}

/* Gives `fd` the group and permissions of `model`, where there is one: an administrator may have
 * opened the key file to a group. Where the group cannot be kept it stays the owner's alone. */
static gboolean keep_permissions(int fd, int model)
{
    struct stat status;

    if (model < 0)
        return TRUE;
    if (fstat(model, &status) != 0)
        return FALSE;
    return fchown(fd, (uid_t)-1, status.st_gid) != 0 || fchmod(fd, status.st_mode & 0660) == 0;
}

/* Writes `bytes` to `path`, which must not exist, and syncs it. FALSE with errno; nothing is left
 * then. */
static gboolean write_synced(const char *path, int model, GBytes *bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return FALSE;
    gboolean done = keep_permissions(fd, model) && write_all(fd, bytes) && fsync(fd) == 0;
    int fault = errno;

    if (close(fd) != 0 && done) {
        done = FALSE;
        fault = errno;
    }
    if (!done) {
        unlink(path);
        errno = fault;
    }
    return done;
}

static gboolean sync_folder_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return FALSE;
    gboolean synced = fsync(fd) == 0;
    int fault = errno;

    close(fd);
    errno = fault;
    return synced;
}

/* Takes away `path`, which may not be there. FALSE with errno. */
static gboolean clear_name(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

/* "NAME.new", where what a program that was killed may have left is cleared. New. */
static char *fresh_name(const char *name, gboolean *done)
{
    char *fresh = g_strconcat(name, ".new", NULL);

    *done = *done && clear_name(fresh);
    return fresh;
}

/* The steps of vault_store_replace(). FALSE with errno. */
static gboolean replace_steps(const char *path, int lock, GBytes *bytes)
{
    gboolean done = TRUE;
    g_autofree char *copy = vault_store_copy_path(path);
    g_autofree char *fresh = fresh_name(path, &done);
    g_autofree char *fresh_copy = fresh_name(copy, &done);
    /* Where an earlier version of the program kept the generation before. */
    g_autofree char *before = g_strconcat(path, ".old", NULL);

    done = done && write_synced(fresh, lock, bytes) && write_synced(fresh_copy, lock, bytes) &&
           clear_name(copy) && clear_name(before) && rename(fresh, path) == 0 &&
           rename(fresh_copy, copy) == 0 && sync_folder_of(path);
    int fault = errno;

    if (!done) {
        unlink(fresh);
        unlink(fresh_copy);
    }
    errno = fault;
    return done;
}

/* The steps of vault_store_put(). FALSE with errno. */
static gboolean put_steps(const char *name, int lock, GBytes *bytes)
{
    gboolean done = TRUE;
    g_autofree char *fresh = fresh_name(name, &done);

    done = done && write_synced(fresh, lock, bytes) && rename(fresh, name) == 0 &&
           sync_folder_of(name);
    int fault = errno;

    if (!done)
        unlink(fresh);
    errno = fault;
    return done;
}

/* Through a symbolic link the file is replaced, not the link. */
static gboolean write_through(const char *name, int lock, GBytes *bytes,
                              gboolean (*steps)(const char *, int, GBytes *), GError **error)
{
    g_autofree char *real = paths_behind(name);

    return steps(real, lock, bytes) || set_write_error(name, errno, error);
}

gboolean vault_store_replace(const char *path, int lock, GBytes *bytes, GError **error)
{
    return write_through(path, lock, bytes, replace_steps, error);
}

gboolean vault_store_put(const char *name, int lock, GBytes *bytes, GError **error)
{
    return write_through(name, lock, bytes, put_steps, error);
}

gboolean vault_store_holds(const char *name, GBytes *bytes)
{
    g_autoptr(GBytes) there = vault_store_read(name, g_bytes_get_size(bytes), NULL);

    return there && g_bytes_equal(there, bytes);
}

/* Renames without replacing. File systems that cannot refuse to replace can link. */
static gboolean rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (errno != EINVAL && errno != ENOSYS)
        return FALSE;
    return link(from, to) == 0 && unlink(from) == 0;
}

gboolean vault_store_create(const char *path, GBytes *bytes, GError **error)
{
    /* Before there is a file there is no lock, so two programs need two names. */
    g_autofree char *fresh = g_strdup_printf("%s.new-%d", path, (int)getpid());

    if (!clear_name(fresh) || !write_synced(fresh, -1, bytes) || !rename_new(fresh, path)) {
        int fault = errno;
        unlink(fresh);
        return set_write_error(path, fault, error);
    }
    g_autofree char *copy = vault_store_copy_path(path);
    if (put_steps(copy, -1, bytes))
        return TRUE;
    int fault = errno;
    unlink(path);
    return set_write_error(path, fault, error);
}
