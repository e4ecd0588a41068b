/* migration.h: the steps of the schema. */
#pragma once

#include <glib.h>

typedef struct {
    int number; /* of NNNN-name.sql; two files of one number are both applied */
    const char *name;
    const char *text; /* in PostgreSQL's dialect */
} Migration;

/* Those compiled in from src/db/schema/, in order. Static. */
const Migration *migrate_embedded(gsize *count);

/* `text` in SQLite's words: BIGINT → INTEGER, BYTEA → BLOB, and what stands in comments of the
 * form sqlite: … unwrapped. Strings, quoted names and other comments stay as they are. Pure; new.
 */
char *migrate_dialect(const char *text);
/* Whether `c` can stand in a name or a keyword of SQL. */
static inline gboolean sql_is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_' || (c & 0x80);
}
