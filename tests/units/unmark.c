/* unmark UNIT.db PASSPHRASE-FILE [half]: takes away the mark that the unit is kept elsewhere now, as an earlier
 * version left it that was killed before it set that; or leaves half of it, as if this one had been. */
#include <stdio.h>

#include "db/db_move.h"
#include "tests/units/rows.h"

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) key = NULL;
    g_autoptr(Db) db = NULL;

    const char *sql = argc == 4 ? "UPDATE meta SET key = '" DB_MOVING_TO "' WHERE key = '" DB_MOVED_TO "'"
                                : "DELETE FROM meta WHERE key = '" DB_MOVED_TO "'";

    if (argc >= 3 && secret_init(NULL) && (key = unit_key(argv[1], argv[2], &error)) &&
        (db = db_open(argv[1], key, DB_READ_WRITE, &error)) &&
        db_run(db, sql, NULL, &error) &&
        db_changes(db) == 1)
        return 0;
    fprintf(stderr, "%s\n", error ? error->message : "there is no mark");
    return 1;
}
