/* sqlcipher_statement.c: statements as SQLCipher runs them. */
#include <string.h>

#include "db/sqlcipher/sqlcipher_private.h"

static sqlite3_stmt *stmt_of(DbStatement *statement)
{
    return statement->prepared;
}

static gboolean read_names(DbStatement *statement, GError **error)
{
    int count = sqlite3_bind_parameter_count(stmt_of(statement));
    g_auto(GStrv) names = g_new0(char *, count + 1);

    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_bind_parameter_name(stmt_of(statement), i + 1);
        if (!name || name[0] != ':') {
            fault_set(error, "parameter %d has no :name in: %s", i + 1, statement->sql);
            return FALSE;
        }
        /* A copy: the engine's own goes when a changed schema makes it prepare again. */
        names[i] = g_strdup(name + 1);
    }
    statement_take_names(statement, g_steal_pointer(&names), count);
    return TRUE;
}

gboolean sqlcipher_prepare(DbStatement *statement, GError **error)
{
    Db *db = statement->db;
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    int code =
        sqlite3_prepare_v3(db->handle, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &rest);

    statement->prepared = stmt;
    if (code != SQLITE_OK)
        return db_error(db, code, statement->sql, error);
    if (!stmt || (rest && rest[strspn(rest, " \t\r\n;")])) {
        fault_set(error, "not exactly one statement: %s", statement->sql);
        return FALSE;
    }
    statement->writes = !sqlite3_stmt_readonly(stmt);
    return read_names(statement, error);
}

void sqlcipher_finalize(DbStatement *statement)
{
    sqlite3_finalize(stmt_of(statement));
}

static int bind_value(sqlite3_stmt *stmt, int index, const DbParam *param)
{
    if (param->null)
        return sqlite3_bind_null(stmt, index);
    switch (param->type) {
    case DB_TYPE_INT:
        return sqlite3_bind_int64(stmt, index, param->integer);
    case DB_TYPE_REAL:
        return sqlite3_bind_double(stmt, index, param->real);
    case DB_TYPE_TEXT: /* NULL binds NULL */
        return sqlite3_bind_text64(stmt, index, param->data,
                                   param->length < 0 && param->data ? strlen(param->data)
                                                                    : (sqlite3_uint64)param->length,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case DB_TYPE_BLOB:
        return sqlite3_bind_blob64(stmt, index, param->data, (sqlite3_uint64)param->length,
                                   SQLITE_STATIC);
    case DB_TYPE_END:
        break;
    }
    return SQLITE_MISUSE;
}

gboolean sqlcipher_bind(DbStatement *statement, int index, const DbParam *param, GError **error)
{
    int code = bind_value(stmt_of(statement), index + 1, param);

    return code == SQLITE_OK || db_error(statement->db, code, statement->sql, error);
}

DbStep sqlcipher_step(DbStatement *statement, GError **error)
{
    int code = sqlite3_step(stmt_of(statement));

    if (code == SQLITE_ROW)
        return DB_STEP_ROW;
    if (code == SQLITE_DONE)
        return DB_STEP_DONE;
    db_error(statement->db, code, statement->sql, error);
    return DB_STEP_ERROR;
}

void sqlcipher_reset(DbStatement *statement)
{
    sqlite3_reset(stmt_of(statement));
    /* What was bound is the caller's memory. */
    sqlite3_clear_bindings(stmt_of(statement));
}

gint64 sqlcipher_changes(DbStatement *statement)
{
    return sqlite3_changes64(statement->db->handle);
}

gint64 sqlcipher_int(DbStatement *statement, int column)
{
    return sqlite3_column_int64(stmt_of(statement), column);
}

double sqlcipher_real(DbStatement *statement, int column)
{
    return sqlite3_column_double(stmt_of(statement), column);
}

/* As g_malloc(): without memory for a text there is nothing left to do. It must not be taken for
 * one that is not there, and saved so. */
static const void *had(DbStatement *statement, const void *bytes)
{
    if (!bytes && sqlite3_errcode(statement->db->handle) == SQLITE_NOMEM)
        g_error("no memory for a text");
    return bytes;
}

const char *sqlcipher_text(DbStatement *statement, int column)
{
    return had(statement, sqlite3_column_text(stmt_of(statement), column));
}

const void *sqlcipher_blob(DbStatement *statement, int column, gsize *length)
{
    const void *bytes = had(statement, sqlite3_column_blob(stmt_of(statement), column));

    *length = (gsize)sqlite3_column_bytes(stmt_of(statement), column);
    return bytes;
}

gboolean sqlcipher_is_null(DbStatement *statement, int column)
{
    return sqlite3_column_type(stmt_of(statement), column) == SQLITE_NULL;
}
