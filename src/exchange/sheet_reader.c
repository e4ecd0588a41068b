/* sheet_reader.c: a spreadsheet read whole, here or in a process of its own. */
#include "exchange/sheet_reader.h"

#include "base/apart.h"
#include "base/confine.h"
#include "base/error.h"
#include "base/i18n.h"
#include "exchange/sheet_private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean sheet_reader_is_book(const char *bytes, gsize length)
{
    return length >= 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

gboolean sheet_reader_is_old_book(const char *bytes, gsize length)
{
    return length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0;
}

char *sheet_reader_text(const char *bytes, gsize length, gsize *text_length, char **sheet,
                        GError **error)
{
    g_autoptr(SheetPackage) package = sheet_package_open(bytes, length, error);
    g_autoptr(SheetBook) book = package != NULL ? sheet_book_open(package, error) : NULL;
    GString *text = book != NULL ? sheet_rows_text(package, book, error) : NULL;
    if (text == NULL)
        return NULL;
    *text_length = text->len;
    *sheet = g_steal_pointer(&book->name);
    return g_string_free(text, FALSE);
}

/* --- apart ------------------------------------------------------------------------------------ */

typedef struct {
    const char *bytes;
    gsize length;
    int fd; /* memory that both see: the sheet's name, a NUL, the text */
} Apart;

static gboolean no_room(GError **error)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_FULL,
                        _("There is no memory left. Close other programs and try again."));
    return FALSE;
}

static gboolean put(int fd, const char *bytes, gsize length, GError **error)
{
    while (length > 0) {
        const ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return no_room(error);
        bytes += MAX(written, 0);
        length -= (gsize)MAX(written, 0);
    }
    return TRUE;
}

static gboolean read_apart(gpointer data, GError **error)
{
    static const char *const nowhere[] = {NULL};
    const Apart *apart = data;
    gsize length;
    g_autofree char *sheet = NULL;
    confine_files(nowhere);
    g_autofree char *text = sheet_reader_text(apart->bytes, apart->length, &length, &sheet, error);
    return text != NULL && put(apart->fd, sheet, strlen(sheet) + 1, error) &&
           put(apart->fd, text, length, error);
}

/* All that was written there, with a NUL behind it. New. */
static char *take_all(int fd, gsize *length, GError **error)
{
    struct stat about;
    *length = fstat(fd, &about) == 0 ? (gsize)about.st_size : 0;
    g_autofree char *bytes = g_try_malloc(*length + 1);
    gsize at = 0;
    while (bytes != NULL && at < *length) {
        const ssize_t got = pread(fd, bytes + at, *length - at, (off_t)at);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        at += (gsize)MAX(got, 0);
    }
    if (bytes == NULL || at < *length) {
        no_room(error);
        return NULL;
    }
    bytes[*length] = '\0';
    return g_steal_pointer(&bytes);
}

char *sheet_reader_text_apart(const char *bytes, gsize length, gsize *text_length, char **sheet,
                              GError **error)
{
    Apart apart = {.bytes = bytes, .length = length, .fd = memfd_create("sheet", MFD_CLOEXEC)};
    gsize all = 0;
    if (apart.fd < 0) {
        no_room(error);
        return NULL;
    }
    g_autofree char *whole =
        apart_run(read_apart, &apart, error) ? take_all(apart.fd, &all, error) : NULL;
    close(apart.fd);
    if (whole == NULL)
        return NULL;
    const gsize name = strlen(whole) + 1;
    *sheet = g_strdup(whole);
    *text_length = all - MIN(name, all);
    memmove(whole, whole + MIN(name, all), *text_length + 1);
    return g_steal_pointer(&whole);
}
