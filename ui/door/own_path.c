/* own_path.c: a group for each user of each database. */
#include "ui/door/own_path.h"

#include "base/kept.h"
#include "base/paths.h"

#define PATH "path"

/* No login stands there in clear. New. */
static char *group_of(const char *database, const char *login)
{
    g_autofree char *both = g_strdup_printf("%s\n%s", database, login);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, both, -1);
}

char *own_path_known(const char *database, const char *login)
{
    g_autofree char *name = paths_own_files();
    g_autoptr(GKeyFile) file = kept_read(name);
    g_autofree char *group = group_of(database, login);
    return g_key_file_get_string(file, group, PATH, NULL);
}

void own_path_keep(const char *database, const char *login, const char *path)
{
    g_autofree char *name = paths_own_files();
    g_autoptr(GKeyFile) file = kept_read(name);
    g_autofree char *group = group_of(database, login);
    g_key_file_set_string(file, group, PATH, path);
    kept_write(name, file);
}
