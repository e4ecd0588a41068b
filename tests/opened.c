/* opened.c: the tables that a question names, copied through the program's own door. */
#include "tests/opened.h"

#include <string.h>

#include "db/server/server_sealed.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* Whether `name` stands in `sql` as a word. */
static gboolean names(const char *sql, const char *name)
{
    const gsize length = strlen(name);

    for (const char *at = sql; (at = strstr(at, name)) != NULL; at += length)
        if ((at == sql || !sql_is_word(at[-1])) && !sql_is_word(at[length]))
            return TRUE;
    return FALSE;
}

/* Whether the server cannot answer it itself. */
static gboolean is_needed(const char *sql)
{
    gsize count;
    const SealedTable *tables = sealed_tables(&count);

    for (gsize i = 0; i < count; i++)
        for (gsize j = 0; names(sql, tables[i].name) && tables[i].columns[j] != NULL; j++)
            if (names(sql, tables[i].columns[j]))
                return TRUE;
    return FALSE;
}

static void must(sqlite3 *engine, gboolean done, const char *sql)
{
    if (!done)
        g_error("%s: %s", sql, sqlite3_errmsg(engine));
}

static sqlite3 *empty(void)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);
    sqlite3 *engine = NULL;

    must(engine, sqlite3_open(":memory:", &engine) == SQLITE_OK, "open");
    for (gsize i = 0; i < count; i++) {
        g_autofree char *text = migrate_dialect(list[i].text);
        must(engine, sqlite3_exec(engine, text, NULL, NULL, NULL) == SQLITE_OK, list[i].name);
    }
    return engine;
}

static void copy_value(sqlite3_stmt *to, DbStatement *from, int column, const char *type)
{
    gsize length = 0;

    if (db_is_null(from, column)) {
        sqlite3_bind_null(to, column + 1);
    } else if (g_str_equal(type, "INTEGER")) {
        sqlite3_bind_int64(to, column + 1, db_int(from, column));
    } else if (g_str_equal(type, "REAL")) {
        sqlite3_bind_double(to, column + 1, db_real(from, column));
    } else if (g_str_equal(type, "BLOB")) {
        const void *bytes = db_blob(from, column, &length);
        sqlite3_bind_blob(to, column + 1, bytes, (int)length, SQLITE_TRANSIENT);
    } else {
        sqlite3_bind_text(to, column + 1, db_text(from, column), -1, SQLITE_TRANSIENT);
    }
}

static void copy_rows(Db *db, sqlite3 *engine, const char *table, const char *columns,
                      const char *places, GPtrArray *types)
{
    g_autofree char *read = g_strdup_printf("SELECT %s FROM %s", columns, table);
    g_autofree char *write =
        g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", table, columns, places);
    g_autoptr(GError) error = NULL;
    g_autoptr(DbStatement) rows = db_query(db, g_intern_string(read), NULL, &error);
    sqlite3_stmt *insert = NULL;
    DbStep step = DB_STEP_ERROR;

    must(engine, sqlite3_prepare_v2(engine, write, -1, &insert, NULL) == SQLITE_OK, write);
    while (rows != NULL && (step = db_step(rows, &error)) == DB_STEP_ROW) {
        for (guint i = 0; i < types->len; i++)
            copy_value(insert, rows, (int)i, types->pdata[i]);
        must(engine, sqlite3_step(insert) == SQLITE_DONE, write);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    if (step != DB_STEP_DONE)
        g_error("%s: %s", read, error->message);
}

static void copy_table(Db *db, sqlite3 *engine, const char *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT name, type FROM pragma_table_info('%s')", table);
    g_autoptr(GString) columns = g_string_new(NULL), places = g_string_new(NULL);
    g_autoptr(GPtrArray) types = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *rows = NULL;

    must(engine, sqlite3_prepare_v2(engine, sql, -1, &rows, NULL) == SQLITE_OK, sql);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        g_string_append_printf(columns, "%s%s", columns->len > 0 ? ", " : "",
                               (const char *)sqlite3_column_text(rows, 0));
        g_string_append(places, places->len > 0 ? ", ?" : "?");
        g_ptr_array_add(types, g_strdup((const char *)sqlite3_column_text(rows, 1)));
    }
    sqlite3_finalize(rows);
    copy_rows(db, engine, table, columns->str, places->str, types);
}

static void copy_named(Db *db, sqlite3 *engine, const char *sql)
{
    sqlite3_stmt *tables = NULL;

    must(engine,
         sqlite3_prepare_v2(engine, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1,
                            &tables, NULL) == SQLITE_OK,
         "tables");
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        if (names(sql, table))
            copy_table(db, engine, table);
    }
    sqlite3_finalize(tables);
}

static void bind_all(sqlite3_stmt *asked, const DbParam *params)
{
    for (; params != NULL && params->type != DB_TYPE_END; params++) {
        g_autofree char *name = g_strconcat(":", params->name, NULL);
        const int index = sqlite3_bind_parameter_index(asked, name);
        if (params->null)
            sqlite3_bind_null(asked, index);
        else if (params->type == DB_TYPE_INT)
            sqlite3_bind_int64(asked, index, params->integer);
        else
            sqlite3_bind_text(asked, index, params->data, (int)params->length, SQLITE_TRANSIENT);
    }
}

gboolean opened_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback,
                        gint64 *value, GError **error)
{
    sqlite3_stmt *asked = NULL;

    if (!g_getenv("DAGSFORM_TEST_SERVER") || !is_needed(sql))
        return db_get_int(db, sql, params, fallback, value, error);
    sqlite3 *engine = empty();
    copy_named(db, engine, sql);
    must(engine, sqlite3_prepare_v2(engine, sql, -1, &asked, NULL) == SQLITE_OK, sql);
    bind_all(asked, params);
    *value = sqlite3_step(asked) == SQLITE_ROW ? sqlite3_column_int64(asked, 0) : fallback;
    sqlite3_finalize(asked);
    sqlite3_close(engine);
    return TRUE;
}
