/* db_engines.c: which engine has what is opened. */
#include <string.h>

#include "db/server/server.h"
#include "db/sqlcipher/sqlcipher_private.h"

static Db *open_unit(const char *path, const Secret *key, DbFlags flags, const DbLogin *login,
                     const DbOptions *options, GError **error)
{
    g_autoptr(UnitFile) unit = unit_file_read(path, error);

    return unit ? server_open_unit(unit, path, key, flags, options->migrations,
                                   options->migration_count, login, error)
                : NULL;
}

Db *db_open_as(const char *path, const Secret *key, DbFlags flags, const DbLogin *login,
               GError **error)
{
    g_autofree char *where = db_server_of(path, flags);
    DbOptions options = {0};

    options.migrations = migrate_embedded(&options.migration_count);
    if (db_names_server(path))
        return open_unit(path, key, flags, login, &options, error);
    return where != NULL ? server_open(where, path, key, flags, options.migrations,
                                       options.migration_count, error)
                         : db_open_with(path, key, flags, &options, error);
}

Db *db_open(const char *path, const Secret *key, DbFlags flags, GError **error)
{
    return db_open_as(path, key, flags, NULL, error);
}

gboolean db_names_server(const char *path)
{
    return unit_file_is(path);
}

gboolean db_login_point(const char *path, guint8 *point, GError **error)
{
    g_autoptr(UnitFile) unit = unit_file_read(path, error);

    if (unit != NULL)
        memcpy(point, unit->point, sizeof unit->point);
    return unit != NULL;
}
