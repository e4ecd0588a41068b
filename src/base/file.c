/* file.c: reading a file that somebody names. */
#include "base/file.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/i18n.h"

static gboolean is_larger(const char *path, gsize most)
{
    GStatBuf status;
    return g_stat(path, &status) == 0 && status.st_size > (goffset)most;
}

char *file_read(const char *path, gsize most, gsize *length, GError **error)
{
    char *bytes = NULL;
    g_autoptr(GError) fault = NULL;
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s is a folder. Choose the file in it."),
                    path);
    else if (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        /* A device may never end, and a pipe that nobody writes to never begin. */
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is a device or a pipe. Save what it holds in a file first."), path);
    else if (is_larger(path, most))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is larger than %d MB, which is the most that is read in at once. Look if "
                      "it is the right file, or save a part of it, such as one year."),
                    path, (int)(most >> 20));
    else if (g_file_get_contents(path, &bytes, length, &fault))
        return bytes;
    else if (g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
             g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no file %s. Check its name."), path);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("%s cannot be read (%s)."), path,
                    fault->message);
    return NULL;
}
