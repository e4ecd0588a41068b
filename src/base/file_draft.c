/* file_draft.c: a file that has its name only when it is whole. */
#include "base/file_draft.h"

#include "base/error.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct FileDraft {
    char *path, *folder;
    char *fresh; /* NULL: it has its name */
    gboolean replace, synced;
    int fd;
};

gboolean file_draft_fault(const char *path, int fault, GError **error)
{
    switch (fault) {
    case EEXIST:
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a file %s already, and it is left as it is. Choose another name, "
                      "or move that file away first."),
                    path);
        break;
    case ENOENT:
    case ENOTDIR:
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("The folder for %s is not there. Make it first, or choose another place."),
                    path);
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        g_set_error(error, DAGSFORM_ERROR, ERROR_READONLY,
                    _("You may not write %s there. Choose a folder of your own."), path);
        break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        g_set_error(error, DAGSFORM_ERROR, ERROR_FULL,
                    _("There is no room left on the disk for %s. Free some space and try again."),
                    path);
        break;
    default:
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("%s could not be written: %s."), path,
                    g_strerror(fault));
    }
    return FALSE;
}

/* Whether the file that is there, if any, stands in the way. A folder always does. */
static gboolean is_free(const char *path, gboolean replace)
{
    return g_file_test(path, G_FILE_TEST_IS_DIR)
               ? FALSE
               : replace || faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
}

FileDraft *file_draft_new(const char *path, gboolean replace, GError **error)
{
    if (!is_free(path, replace)) {
        file_draft_fault(path, EEXIST, error);
        return NULL;
    }
    FileDraft *draft = g_new0(FileDraft, 1);
    draft->path = g_strdup(path);
    draft->replace = replace;
    draft->folder = g_path_get_dirname(path);
    draft->fresh = g_build_filename(draft->folder, ".dagsform-XXXXXX", NULL);
    draft->fd = g_mkstemp_full(draft->fresh, O_RDWR | O_CLOEXEC, 0600);
    if (draft->fd >= 0)
        return draft;
    file_draft_fault(path, errno, error);
    g_clear_pointer(&draft->fresh, g_free);
    file_draft_free(draft);
    return NULL;
}

void file_draft_free(FileDraft *draft)
{
    if (draft == NULL)
        return;
    if (draft->fd >= 0)
        close(draft->fd);
    if (draft->fresh != NULL)
        unlink(draft->fresh);
    g_free(draft->path);
    g_free(draft->folder);
    g_free(draft->fresh);
    g_free(draft);
}

const char *file_draft_path(const FileDraft *draft)
{
    return draft->fresh;
}

gboolean file_draft_write(FileDraft *draft, const void *bytes, gsize length, GError **error)
{
    const char *at = bytes;
    while (length > 0) {
        const ssize_t put = write(draft->fd, at, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return file_draft_fault(draft->path, errno, error);
        at += put;
        length -= (gsize)put;
    }
    return TRUE;
}

gboolean file_draft_sync(FileDraft *draft, GError **error)
{
    if (draft->synced)
        return TRUE;
    const int fd = draft->fd;
    int fault = fsync(fd) == 0 ? 0 : errno;
    draft->fd = -1;
    if (close(fd) != 0 && fault == 0)
        fault = errno;
    if (fault != 0)
        return file_draft_fault(draft->path, fault, error);
    draft->synced = TRUE;
    return TRUE;
}

/* A second name and then the first one taken away: never over another file. A file system without
 * second names (a memory stick's) is looked at first instead. FALSE with errno. */
static gboolean give_name(const char *from, const char *path, gboolean replace)
{
    if (replace)
        return rename(from, path) == 0;
    if (link(from, path) == 0)
        return unlink(from) == 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return FALSE;
    if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return FALSE;
    }
    return rename(from, path) == 0;
}

/* Where the folder cannot be synced, the file itself is. */
static void sync_folder(const char *folder)
{
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

gboolean file_draft_finish(FileDraft *draft, GError **error)
{
    if (!file_draft_sync(draft, error))
        return FALSE;
    if (!give_name(draft->fresh, draft->path, draft->replace))
        return file_draft_fault(draft->path, errno, error);
    g_clear_pointer(&draft->fresh, g_free);
    sync_folder(draft->folder);
    return TRUE;
}

gboolean file_write(const char *path, gboolean replace, const void *bytes, gsize length,
                    GError **error)
{
    g_autoptr(FileDraft) draft = file_draft_new(path, replace, error);
    return draft != NULL && file_draft_write(draft, bytes, length, error) &&
           file_draft_finish(draft, error);
}
