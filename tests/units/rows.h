/* rows.h: every row of a unit as text, one line each: the table's name, then COLUMN=VALUE for those
 * that are not NULL, with tabs between. A blob is in hexadecimal digits; backslash, tab and line
 * end are written \\, \t and \n. Sorted, so that two are compared line by line. */
#pragma once

#include "db/sqlcipher/sqlcipher_private.h"
#include "vault/vault.h"

/* The data key of the unit at `path`, whose user eva has the passphrase in `passphrase_file`; new.
 */
static inline Secret *unit_key(const char *path, const char *passphrase_file, GError **error)
{
    g_autofree char *keys = vault_path_for(path), *text = NULL;
    g_autoptr(Vault) vault = NULL;
    g_autoptr(Secret) passphrase = NULL;

    if (!g_file_get_contents(passphrase_file, &text, NULL, error))
        return NULL;
    passphrase = secret_from_text(g_strchomp(text));
    vault = vault_open(keys, "eva", passphrase, error);
    return vault ? secret_copy(vault_data_key(vault)->bytes, vault_data_key(vault)->length) : NULL;
}

static inline void append_value(GString *line, sqlite3_stmt *row, int column)
{
    const guint8 *bytes = sqlite3_column_blob(row, column);
    int length = sqlite3_column_bytes(row, column);
    gboolean blob = sqlite3_column_type(row, column) == SQLITE_BLOB;

    if (sqlite3_column_type(row, column) == SQLITE_NULL)
        return;
    g_string_append_printf(line, "\t%s=", sqlite3_column_name(row, column));
    for (int i = 0; i < length; i++) {
        const char *written = bytes[i] == '\\'   ? "\\\\"
                              : bytes[i] == '\t' ? "\\t"
                              : bytes[i] == '\n' ? "\\n"
                                                 : NULL;
        if (blob)
            g_string_append_printf(line, "%02x", bytes[i]);
        else if (written)
            g_string_append(line, written);
        else
            g_string_append_c(line, (char)bytes[i]);
    }
}

/* Lines (char *) of what `sql` finds, each beginning with `table`. */
static inline void rows_of(sqlite3 *handle, const char *table, const char *sql, GPtrArray *lines)
{
    sqlite3_stmt *row = NULL;

    g_assert(sqlite3_prepare_v2(handle, sql, -1, &row, NULL) == SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        GString *line = g_string_new(table);
        for (int i = 0; i < sqlite3_column_count(row); i++)
            append_value(line, row, i);
        g_ptr_array_add(lines, g_string_free(line, FALSE));
    }
    sqlite3_finalize(row);
}

static inline int by_line(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every row of every table, sorted; new (char *). */
static inline GPtrArray *unit_rows(sqlite3 *handle)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

    rows_of(handle, "", "SELECT name FROM sqlite_schema WHERE type = 'table'", tables);
    for (guint i = 0; i < tables->len; i++) {
        const char *table = strchr(tables->pdata[i], '=') + 1;
        g_autofree char *sql = g_strdup_printf("SELECT * FROM %s", table);
        rows_of(handle, table, sql, lines);
    }
    g_ptr_array_sort(lines, by_line);
    return lines;
}
