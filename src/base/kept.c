/* kept.c: files that may be missing, and in which nothing is trusted. */
#include "base/kept.h"

#include "base/file.h"

/* Far more than a group for each unit ever met. */
#define KEPT_MOST ((gsize)1 << 20)

GKeyFile *kept_parse(const char *text, gsize length)
{
    GKeyFile *file = g_key_file_new();

    g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, NULL);
    return file;
}

GKeyFile *kept_read(const char *path)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    text = file_read(path, KEPT_MOST, &length, NULL);
    return text != NULL ? kept_parse(text, length) : g_key_file_new();
}

gboolean kept_write(const char *path, GKeyFile *file)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);

    return g_mkdir_with_parents(folder, 0700) == 0 &&
           g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
