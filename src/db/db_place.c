/* db_place.c: where a unit is kept. Until names are sealed before they leave the program no server
 * is to have any: every unit is a file, but in the tests (tests/on_server.c). */
#include "db/db_private.h"

char *db_server_of(const char *path, DbFlags flags)
{
    (void)path;
    (void)flags;
    return NULL;
}
