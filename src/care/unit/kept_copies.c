/* They are known by their names. */
#include "care/unit/kept_copies.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"

static void kept_copy_free(gpointer data)
{
    KeptCopy *copy = data;

    g_free(copy->path);
    g_free(copy);
}

static gint oldest_first(gconstpointer a, gconstpointer b)
{
    const KeptCopy *one = *(KeptCopy *const *)a, *other = *(KeptCopy *const *)b;

    return one->date != other->date ? (one->date < other->date ? -1 : 1)
                                    : strcmp(one->path, other->path);
}

GPtrArray *kept_copies(const char *database)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func(kept_copy_free);
    g_autofree char *folder = g_path_get_dirname(database);
    g_autofree char *name = g_path_get_basename(database);
    g_autofree char *before = g_strconcat(name, ".before-", NULL);
    if (g_str_has_suffix(name, ".db"))
        name[strlen(name) - strlen(".db")] = '\0';
    g_autofree char *replaced = g_strconcat(name, ".replaced-", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *entry;

    while (dir && (entry = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, entry, NULL);
        char time[16];
        GStatBuf status;
        if ((!g_str_has_prefix(entry, before) &&
             !(g_str_has_prefix(entry, replaced) && g_str_has_suffix(entry, ".db"))) ||
            g_stat(path, &status) != 0)
            continue;
        KeptCopy *copy = g_new0(KeptCopy, 1);
        copy->path = g_steal_pointer(&path);
        copy->date = clock_local((gint64)status.st_mtime * 1000, time);
        g_ptr_array_add(copies, copy);
    }
    g_ptr_array_sort(copies, oldest_first);
    return copies;
}
