/* db_place.c: where a unit is kept whose path does not say so. A path NAME.unit names a server; every other
 * is a file, but in the tests (tests/on_server.c). */
#include "db/db_private.h"

char *db_server_of(const char *path, DbFlags flags)
{
    (void)path;
    (void)flags;
    return NULL;
}
