/* paper_file.c: the last touch on the PDF's bytes, and the file they go into. */
#include "exchange/paper_private.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- the language --- */

/* The number that follows `name` in the trailer, the last words of the file; -1 when there is
 * none. */
static gint64 trailer_number(const GByteArray *bytes, const char *name)
{
    enum { TRAILER = 512 };
    const gsize length = MIN(bytes->len, TRAILER);
    if (length == 0)
        return -1;
    g_autofree char *end = g_strndup((const char *)bytes->data + bytes->len - length, length);
    const char *at = g_strrstr(end, name);
    if (at == NULL)
        return -1;
    at += strlen(name);
    return g_ascii_isdigit(*at) ? g_ascii_strtoll(at, NULL, 10) : -1;
}

/* The inside of the dictionary of object `number`: between "<<" and the last ">>". New; NULL when
 * it is not written as cairo writes it. */
static char *object_inside(const char *bytes, gsize length, gint64 number)
{
    g_autofree char *head = g_strdup_printf("\n%" G_GINT64_FORMAT " 0 obj\n<<", number);
    const char *start = memmem(bytes, length, head, strlen(head));
    if (start == NULL)
        return NULL;
    start += strlen(head);
    const char *end = memmem(start, length - (gsize)(start - bytes), "endobj", 6);
    const char *close = end != NULL ? g_strrstr_len(start, end - start, ">>") : NULL;
    return close != NULL ? g_strndup(start, (gsize)(close - start)) : NULL;
}

/* What the catalogue does not say by itself: a later cairo may say some of it. New. */
static char *additions(const char *inside, const char *language)
{
    GString *added = g_string_new(NULL);
    if (strstr(inside, "/Lang") == NULL)
        g_string_append_printf(added, "   /Lang (%s)\n", language);
    if (strstr(inside, "/MarkInfo") == NULL)
        g_string_append(added, "   /MarkInfo << /Marked true >>\n");
    if (strstr(inside, "/ViewerPreferences") == NULL)
        g_string_append(added, "   /ViewerPreferences << /DisplayDocTitle true >>\n");
    return g_string_free(added, FALSE);
}

void paper_add_catalogue(GByteArray *bytes, const char *language)
{
    const char *text = (const char *)bytes->data;
    const gsize length = bytes->len;
    const gint64 root = trailer_number(bytes, "/Root ");
    const gint64 size = trailer_number(bytes, "/Size ");
    const gint64 info = trailer_number(bytes, "/Info ");
    const gint64 before = trailer_number(bytes, "startxref\n");
    g_autofree char *inside = root > 0 ? object_inside(text, length, root) : NULL;
    if (inside == NULL || size <= root || info < 0 || before < 0)
        return;
    g_autofree char *more = additions(inside, language);
    g_autofree char *object =
        g_strdup_printf("%" G_GINT64_FORMAT " 0 obj\n<<%s%s>>\nendobj\n", root, inside, more);
    g_autofree char *tail =
        g_strdup_printf("xref\n%" G_GINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \ntrailer\n"
                        "<< /Size %" G_GINT64_FORMAT "\n   /Root %" G_GINT64_FORMAT " 0 R\n"
                        "   /Info %" G_GINT64_FORMAT " 0 R\n   /Prev %" G_GINT64_FORMAT "\n>>\n"
                        "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                        root, length, size, root, info, before, length + strlen(object));
    g_byte_array_append(bytes, (const guint8 *)object, (guint)strlen(object));
    g_byte_array_append(bytes, (const guint8 *)tail, (guint)strlen(tail));
}

/* --- the file --- */

static gboolean set_save_error(const char *path, int fault, GError **error)
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

/* All of the bytes, on the disk. FALSE with errno; closes `fd`. */
static gboolean write_synced(int fd, const GByteArray *bytes)
{
    gsize done = 0;
    while (done < bytes->len) {
        ssize_t put = write(fd, bytes->data + done, bytes->len - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            break;
        done += (gsize)put;
    }
    gboolean synced = done == bytes->len && fsync(fd) == 0;
    int fault = errno;
    if (close(fd) != 0 && synced) {
        synced = FALSE;
        fault = errno;
    }
    errno = fault;
    return synced;
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
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

gboolean paper_save(const GByteArray *bytes, const char *path, gboolean replace, GError **error)
{
    if (!replace && faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return set_save_error(path, EEXIST, error);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *fresh = g_build_filename(folder, ".dagsform-XXXXXX", NULL);
    int fd = g_mkstemp_full(fresh, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return set_save_error(path, errno, error);
    if (!write_synced(fd, bytes) || !give_name(fresh, path, replace)) {
        int fault = errno;
        unlink(fresh);
        return set_save_error(path, fault, error);
    }
    sync_folder(folder);
    return TRUE;
}
