/* server_sealed.h: which columns are sealed in the program before they leave it for a server:
 * names, numbers, what says who somebody is, every free text, answers, drafts and what the log says
 * was changed. What is not here the server can read: ids, days, outcomes, codes, and the staff's
 * names. */
#pragma once

#include <glib.h>

#define SEALED_KEYS 3     /* columns that tell a row apart, at most */
#define SEALED_COLUMNS 16 /* sealed columns of one table, at most */

#define SEALED_KEYED 2 /* of them keyed, at most */

typedef struct {
    const char *name;
    const char *keys[SEALED_KEYS + 1]; /* a value is bound to its row by these */
    const char *columns[SEALED_COLUMNS + 1];
    /* Of these columns the same value has the same beginning in every row, so that no two rows have
     * it: case numbers, identity numbers, names of groups. */
    const char *keyed[SEALED_KEYED + 1];
} SealedTable;

/* All of them, `*count`; static. */
const SealedTable *sealed_tables(gsize *count);
/* NULL: nothing of it is sealed. */
const SealedTable *sealed_table(const char *name);
/* The table's own text of the name; NULL: it is not sealed. */
const char *sealed_column(const SealedTable *table, const char *name);
gboolean sealed_is_keyed(const SealedTable *table, const char *column);
guint sealed_key_count(const SealedTable *table);
