/* db_engines.c: which engine has what is opened. */
#include "db/server/server.h"
#include "db/sqlcipher/sqlcipher_private.h"

Db *db_open(const char *path, const Secret *key, DbFlags flags, GError **error)
{
    g_autofree char *where = db_server_of(path, flags);
    DbOptions options = {0};

    options.migrations = migrate_embedded(&options.migration_count);
    return where != NULL ? server_open(where, path, key, flags, options.migrations,
                                       options.migration_count, error)
                         : db_open_with(path, key, flags, &options, error);
}
