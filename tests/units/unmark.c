/* unmark UNIT.db PASSPHRASE-FILE: takes away the mark that the unit is kept elsewhere now, as if the program had
 * been killed before it set that. */
#include <stdio.h>

#include "db/db_move.h"
#include "tests/units/rows.h"

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) key = NULL;
    g_autoptr(Db) db = NULL;

    if (argc == 3 && secret_init(NULL) && (key = unit_key(argv[1], argv[2], &error)) &&
        (db = db_open(argv[1], key, DB_READ_WRITE, &error)) &&
        db_run(db, "DELETE FROM meta WHERE key = '" DB_MOVED_TO "'", NULL, &error) &&
        db_changes(db) == 1)
        return 0;
    fprintf(stderr, "%s\n", error ? error->message : "there is no mark");
    return 1;
}
