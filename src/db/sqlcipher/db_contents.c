/* db_contents.c: what a file holds, table by table. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/sqlcipher/sqlcipher_private.h"

#define DIGEST_BYTES 32

static void table_free(DbTable *table)
{
    g_free(table->name);
    g_free(table->digest);
    g_free(table);
}

void db_contents_free(DbContents *contents)
{
    if (!contents)
        return;
    g_hash_table_unref(contents->meta);
    g_ptr_array_unref(contents->tables);
    g_free(contents);
}

/* Runs `sql` (NULL: there was no memory to write it) and hands each row to `row`. Where a value of
 * one could not be had, since there is no memory, the next step says so. */
typedef void (*RowFunction)(sqlite3_stmt *statement, gpointer data);
static gboolean each_row(sqlite3 *handle, const char *path, const char *sql, RowFunction row,
                         gpointer data, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sql != NULL ? sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) : SQLITE_NOMEM;

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            row(statement, data);
    }
    sqlite3_finalize(statement);
    if (code == SQLITE_DONE)
        return TRUE;
    engine_error(handle, path, code == SQLITE_ERROR ? SQLITE_IOERR : code, sql, error);
    return FALSE;
}

static void take_version(sqlite3_stmt *row, gpointer contents)
{
    ((DbContents *)contents)->version = sqlite3_column_int(row, 0);
}

static char *text_of(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return g_strdup(text != NULL ? text : "");
}

static void take_setting(sqlite3_stmt *row, gpointer contents)
{
    g_hash_table_insert(((DbContents *)contents)->meta, text_of(row, 0), text_of(row, 1));
}

static void take_table(sqlite3_stmt *row, gpointer contents)
{
    DbTable *table = g_new0(DbTable, 1);

    table->name = text_of(row, 0);
    g_ptr_array_add(((DbContents *)contents)->tables, table);
}

static void take_count(sqlite3_stmt *row, gpointer table)
{
    ((DbTable *)table)->rows = sqlite3_column_int64(row, 0);
}

/* A value's kind, then a number as 8 bytes, or the length and the bytes of all else; so no two rows
 * have the same bytes. */
static void hash_row(sqlite3_stmt *row, gpointer state)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        const guint8 kind = (guint8)sqlite3_column_type(row, i);
        const guint64 number =
            GUINT64_TO_LE((guint64)(kind == SQLITE_INTEGER ? sqlite3_column_int64(row, i)
                                                           : sqlite3_column_bytes(row, i)));
        crypto_generichash_update(state, &kind, 1);
        crypto_generichash_update(state, (const guint8 *)&number, sizeof number);
        if (kind == SQLITE_INTEGER || kind == SQLITE_NULL)
            continue;
        const void *bytes = sqlite3_column_blob(row, i);
        if (bytes != NULL)
            crypto_generichash_update(state, bytes,
                                      (unsigned long long)sqlite3_column_bytes(row, i));
    }
}

/* Rows come in the order of their keys, since whole rows are read from the table itself. */
static gboolean read_table(sqlite3 *handle, const char *path, const Secret *digest_key,
                           DbTable *table, GError **error)
{
    char *count = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table->name);
    char *rows = sqlite3_mprintf("SELECT * FROM \"%w\"", table->name);
    crypto_generichash_state state;
    gboolean done = each_row(handle, path, count, take_count, table, error);

    if (done && digest_key) {
        guint8 hash[DIGEST_BYTES];
        char hex[2 * DIGEST_BYTES + 1];
        crypto_generichash_init(&state, digest_key->bytes, digest_key->length, DIGEST_BYTES);
        done = each_row(handle, path, rows, hash_row, &state, error);
        crypto_generichash_final(&state, hash, DIGEST_BYTES);
        table->digest = g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
    }
    sqlite3_free(count);
    sqlite3_free(rows);
    return done;
}

static gboolean goes_on(const DbWatch *watch, GError **error)
{
    if (watch == NULL || watch->go_on(1, watch->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED, _("Broken off. No copy was made."));
    return FALSE;
}

DbContents *contents_read(sqlite3 *handle, const char *path, const Secret *digest_key,
                          const DbWatch *watch, GError **error)
{
    g_autoptr(DbContents) contents = g_new0(DbContents, 1);

    contents->meta = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    contents->tables = g_ptr_array_new_with_free_func((GDestroyNotify)table_free);
    if (!each_row(handle, path, "PRAGMA user_version", take_version, contents, error) ||
        !each_row(handle, path, "SELECT key, value FROM meta", take_setting, contents, error) ||
        !each_row(handle, path,
                  "SELECT name FROM sqlite_schema WHERE type = 'table'"
                  " AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
                  take_table, contents, error))
        return NULL;
    for (guint i = 0; i < contents->tables->len; i++)
        if (!goes_on(watch, error) ||
            !read_table(handle, path, digest_key, contents->tables->pdata[i], error))
            return NULL;
    return g_steal_pointer(&contents);
}

static gboolean settings_differ(GHashTable *one, GHashTable *other)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, one);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if (g_strcmp0(value, g_hash_table_lookup(other, key)) != 0)
            return TRUE;
    return g_hash_table_size(one) != g_hash_table_size(other);
}

char *db_contents_differ(const DbContents *one, const DbContents *other)
{
    if (one->version != other->version || settings_differ(one->meta, other->meta))
        return g_strdup("meta");
    for (guint i = 0; i < MAX(one->tables->len, other->tables->len); i++) {
        const DbTable *a = i < one->tables->len ? one->tables->pdata[i] : NULL;
        const DbTable *b = i < other->tables->len ? other->tables->pdata[i] : NULL;
        /* By name, so of two names the lesser is of a table that only one of them has. */
        const int order = !a ? 1 : !b ? -1 : strcmp(a->name, b->name);
        if (order != 0)
            return g_strdup(order < 0 ? a->name : b->name);
        if (a->rows != b->rows || (a->digest && b->digest && strcmp(a->digest, b->digest) != 0))
            return g_strdup(a->name);
    }
    return NULL;
}
