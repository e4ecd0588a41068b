/* migrate.h: brings a database to the newest schema, all steps in one transaction. */
#pragma once

#include "db/db.h"
#include "db/migration.h"

/* Applies those above the file's version (PRAGMA user_version, changed in the same transaction).
 * Before that a file that is not built as its version promises is mended (schema_mend()).
 * A file that has a version is copied and verified first, as PATH.before-NNNN (with -2, -3 … when
 * the name is taken), NNNN being the first step applied, or the version when none is. A new file
 * gets its application id and its node number. What is found to be as it should keeps the sum that
 * says so (schema_sum()), so that it is compared once; a file that cannot be written to just now
 * opens all the same. ERROR_VERSION: newer than the list, or older and opened for reading only.
 * ERROR_CORRUPT: built otherwise and not to be mended. */
gboolean migrate_run(Db *db, const Migration *list, gsize count, GError **error);
