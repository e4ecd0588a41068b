/* import_path.c: file names as they are typed. */
#include "ui/import/import_path.h"

#include <string.h>

#include "base/i18n.h"
#include "base/paths.h"

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in `folder` that begin with `beginning`; hidden ones only when that is asked for. */
static void find_names(const char *folder, const char *beginning, GPtrArray *names)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    if (dir == NULL)
        return;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_prefix(name, beginning) || (name[0] == '.' && beginning[0] != '.') ||
            !g_utf8_validate(name, -1, NULL))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
        g_ptr_array_add(names, g_strconcat(name, is_folder ? "/" : NULL, NULL));
    }
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
}

/* What all of them begin with. New. */
static char *common_beginning(const GPtrArray *names)
{
    const char *first = names->pdata[0];
    gsize length = strlen(first);
    for (guint i = 1; i < names->len; i++) {
        const char *name = names->pdata[i];
        gsize same = 0;
        while (same < length && name[same] == first[same])
            same++;
        length = same;
    }
    while (length > 0 && ((guchar)first[length] & 0xc0) == 0x80)
        length--; /* never half a character */
    return g_strndup(first, length);
}

char *import_path_complete(const char *text, GPtrArray *candidates)
{
    g_autofree char *path = paths_typed(text);
    const char *slash = strrchr(path, '/');
    g_autofree char *shown =
        slash != NULL ? g_strndup(path, (gsize)(slash - path) + 1) : g_strdup("");
    const char *beginning = slash != NULL ? slash + 1 : path;
    find_names(shown[0] != '\0' ? shown : ".", beginning, candidates);
    if (candidates->len == 0)
        return g_steal_pointer(&path);
    g_autofree char *name = common_beginning(candidates);
    return g_strconcat(shown, name, NULL);
}

char *import_path_refused(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    gsize stem = dot != NULL && dot > path && (slash == NULL || dot > slash + 1)
                     ? (gsize)(dot - path)
                     : strlen(path);
    for (int number = 1;; number++) {
        g_autofree char *tail = number > 1 ? g_strdup_printf("-%d", number) : g_strdup("");
        g_autofree char *name =
            g_strdup_printf("%.*s-%s%s.csv", (int)stem, path, C_("file name", "refused"), tail);
        if (!g_file_test(name, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&name);
    }
}
