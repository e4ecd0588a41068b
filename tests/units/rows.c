/* rows UNIT.db PASSPHRASE-FILE: prints every row of a unit as it stands, of whatever version.
 * rows UNIT.db PASSPHRASE-FILE N: brings it up to version N of the schema first, and no further. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/units/rows.h"

static gboolean bring_up(const char *path, const Secret *key, int version, GError **error)
{
    gsize count;
    DbOptions options = {.migrations = migrate_embedded(&count)};
    g_autoptr(Db) db = NULL;

    while (options.migration_count < count &&
           options.migrations[options.migration_count].number <= version)
        options.migration_count++;
    db = db_open_with(path, key, DB_READ_WRITE, &options, error);
    return db != NULL;
}

static gboolean print_rows(const char *path, const Secret *key, GError **error)
{
    sqlite3 *handle = engine_open(path, NULL, key, TRUE, error);
    g_autoptr(GPtrArray) lines = handle ? unit_rows(handle) : NULL;

    for (guint i = 0; lines && i < lines->len; i++)
        puts(lines->pdata[i]);
    sqlite3_close(handle);
    return lines != NULL;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) key = NULL;

    if (argc < 3 || !secret_init(NULL) || !(key = unit_key(argv[1], argv[2], &error)) ||
        (argc > 3 && !bring_up(argv[1], key, atoi(argv[3]), &error)) ||
        !print_rows(argv[1], key, &error)) {
        fprintf(stderr, "%s\n", error ? error->message : "rows UNIT.db PASSPHRASE-FILE [VERSION]");
        return 1;
    }
    return 0;
}
