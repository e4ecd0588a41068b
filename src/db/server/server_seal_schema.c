/* server_seal_schema.c: the server itself refuses what comes to a sealed column in clear. */
#include "db/server/server_sealed.h"

#include "db/server/server_private.h"

/* What the schema asks of the words that are sealed holds no longer, nor that they are unlike. */
#define NOT_ASKED                                                                                  \
    "DO $$ DECLARE n text; BEGIN FOR n IN SELECT k.conname FROM pg_constraint k"                   \
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)"                \
    " WHERE k.conrelid = '%1$s'::regclass AND a.attname = '%2$s' AND k.contype IN ('c', 'u')"      \
    " AND k.conname NOT LIKE 'sealed_%%' LOOP"                                                     \
    " EXECUTE format('ALTER TABLE %1$s DROP CONSTRAINT %%I', n); END LOOP; END $$;"
#define ASKED                                                                                      \
    "ALTER TABLE %1$s DROP CONSTRAINT IF EXISTS sealed_%2$s, ADD CONSTRAINT sealed_%2$s"           \
    " CHECK (%2$s = '' OR left(%2$s, 1) = '~');"
#define UNLIKE                                                                                     \
    "CREATE UNIQUE INDEX IF NOT EXISTS sealed_%1$s_%2$s ON %1$s (unit_id, left(%2$s, %3$d));"

static void append(GString *sql, const SealedTable *table, const char *column)
{
    g_string_append_printf(sql, NOT_ASKED ASKED, table->name, column);
    if (sealed_is_keyed(table, column))
        g_string_append_printf(sql, UNLIKE, table->name, column, SEAL_KEYED_LETTERS);
}

gboolean server_seal_schema(Db *db, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    gsize count;
    const SealedTable *tables = sealed_tables(&count);

    for (gsize i = 0; i < count; i++)
        for (const char *const *column = tables[i].columns; *column != NULL; column++)
            append(sql, &tables[i], *column);
    return server_run(db, sql->str, error);
}
