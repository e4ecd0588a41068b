/* folder.c: making and taking away whole folders. */
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"

#define COPY_BYTES ((gsize)1 << 20)

gboolean folder_fault(const char *path, int system_error, GError **error)
{
    switch (system_error) {
    case EEXIST:
    case ENOTEMPTY:
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("The file %s is already there. Choose another name."), path);
        break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        g_set_error(error, DAGSFORM_ERROR, ERROR_FULL,
                    _("There is no room left on the disk for %s. Free some space, then try again."),
                    path);
        break;
    case EACCES:
    case EROFS:
    case EPERM:
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("The file %s cannot be made: the folder may not be written to. Choose "
                      "another folder."),
                    path);
        break;
    case ENOENT:
    case ENOTDIR:
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no folder for %s. Make it first, or choose another one."), path);
        break;
    default:
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The file %s cannot be written: %s."), path,
                    g_strerror(system_error));
    }
    return FALSE;
}

int folder_begin(const char *path, GError **error)
{
    int fd = mkdir(path, 0700) == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    folder_fault(path, errno, error);
    if (fd >= 0)
        close(fd);
    return -1;
}

gboolean folder_sync(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;

    if (fd >= 0)
        close(fd);
    return failed == 0 || folder_fault(path, failed, error);
}

gboolean folder_name(const char *from, const char *to, GError **error)
{
    g_autofree char *above = g_path_get_dirname(to);
    int failed = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0 ? errno : 0;

    /* A file system without that flag: the name was free a moment ago. */
    if (failed == EINVAL)
        failed = access(to, F_OK) == 0 ? EEXIST : rename(from, to) != 0 ? errno : 0;
    return failed ? folder_fault(to, failed, error) : folder_sync(above, error);
}

/* --- files ------------------------------------------------------------------------------------ */

static gboolean write_all(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return FALSE;
        bytes += put;
        length -= (gsize)put;
    }
    return TRUE;
}

static gboolean pump(int from, int to)
{
    g_autofree char *bytes = g_malloc(COPY_BYTES);

    for (;;) {
        ssize_t got = read(from, bytes, COPY_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        if (!write_all(to, bytes, (gsize)got))
            return FALSE;
    }
}

/* From the descriptor `from`, or the bytes where that is -1. */
static gboolean make_file(const char *path, int from, const char *bytes, gsize length,
                          GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    gboolean done =
        fd >= 0 && (from >= 0 ? pump(from, fd) : write_all(fd, bytes, length)) && fsync(fd) == 0;
    int failed = errno;

    if (fd >= 0 && close(fd) != 0 && done) {
        done = FALSE;
        failed = errno;
    }
    if (!done && fd >= 0)
        unlink(path);
    return done || folder_fault(path, failed, error);
}

gboolean folder_write_file(const char *to, const char *bytes, gsize length, GError **error)
{
    return make_file(to, -1, bytes, length, error);
}

gboolean folder_copy_file(const char *from, const char *to, GError **error)
{
    struct stat status;
    int fd = open(from, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        g_set_error(error, DAGSFORM_ERROR, fd < 0 && errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO,
                    _("%s cannot be read (%s)."), from,
                    fd < 0 ? g_strerror(errno) : g_strerror(EINVAL));
        if (fd >= 0)
            close(fd);
        return FALSE;
    }
    gboolean done = make_file(to, fd, NULL, 0, error);
    close(fd);
    return done;
}

/* --- taking away ------------------------------------------------------------------------------ */

static gboolean has_one_of(const char *name, const char *const *names)
{
    for (gsize i = 0; names[i]; i++)
        if (g_pattern_match_simple(names[i], name))
            return TRUE;
    return FALSE;
}

gboolean folder_holds_only(const char *path, const char *const *names)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder)))
        if (!has_one_of(name, names))
            return FALSE;
    return folder != NULL;
}

static gboolean empty_and_remove(const char *path, const char *const *names)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (has_one_of(name, names))
            unlink(file);
    }
    return rmdir(path) == 0;
}

gboolean folder_remove(const char *path, const char *const *names)
{
    g_autofree char *part =
        g_str_has_suffix(path, FOLDER_PART) ? g_strdup(path) : g_strconcat(path, FOLDER_PART, NULL);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    gboolean done =
        fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && folder_holds_only(path, names) &&
        (strcmp(path, part) == 0 || rename(path, part) == 0) && empty_and_remove(part, names);

    if (fd >= 0)
        close(fd);
    return done;
}
