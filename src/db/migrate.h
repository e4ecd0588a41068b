/* migrate.h: brings a database to the newest schema, all steps in one transaction. */
#pragma once

#include "db/db.h"

typedef struct {
    int number; /* of NNNN-name.sql; two files of one number are both applied */
    const char *name;
    const char *text; /* in PostgreSQL's dialect */
} Migration;

/* Those compiled in from src/db/schema/, in order. Static. */
const Migration *migrate_embedded(gsize *count);

/* Applies those above the file's version (PRAGMA user_version, changed in the same transaction).
 * Before that a file that is not built as its version promises is mended (schema_mend()).
 * A file that has a version is copied and verified first, as PATH.before-NNNN (with -2, -3 … when
 * the name is taken), NNNN being the first step applied, or the version when none is. A new file
 * gets its application id and its node number. ERROR_VERSION: newer than the list, or older and
 * opened for reading only. ERROR_CORRUPT: built otherwise and not to be mended. */
gboolean migrate_run(Db *db, const Migration *list, gsize count, GError **error);

/* `text` in SQLite's words: BIGINT → INTEGER, BYTEA → BLOB, and what stands in comments of the
 * form sqlite: … unwrapped. Strings, quoted names and other comments stay as they are. Pure; new.
 */
char *migrate_dialect(const char *text);
