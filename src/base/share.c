/* share.c: where the program's own files lie. */
#include "base/share.h"

#include <glib.h>

/* share/ beside the folder of the running program, if our data lies there. */
static char *share_beside_program(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program == NULL)
        return NULL;
    g_autofree char *bin = g_path_get_dirname(program);
    g_autofree char *prefix = g_path_get_dirname(bin);
    g_autofree char *share = g_build_filename(prefix, "share", NULL);
    g_autofree char *data = g_build_filename(share, "dagsform", NULL);
    return g_file_test(data, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&share) : NULL;
}

const char *share_folder(void)
{
    const char *given = g_getenv("DAGSFORM_SHARE");
    if (given != NULL && *given != '\0')
        return g_intern_string(given);

    static gsize once;
    static char *found;
    if (g_once_init_enter(&once)) {
        found = share_beside_program();
        if (found == NULL)
            found = g_strdup(DAGSFORM_PREFIX "/share");
        g_once_init_leave(&once, 1);
    }
    return found;
}
