/* db_statement.c: statements, kept ready between uses, with named parameters. */
#include <string.h>

#include "db/db_private.h"

/* Literals of the program are fewer; more would be texts made at run time. */
#define CACHE_LIMIT 512

struct DbStatement {
    Db *db;
    sqlite3_stmt *stmt;
    char *sql;
    int count;     /* parameters */
    char **names;  /* their names, from index 0, without the colon */
    guint16 *hint; /* for a caller's nth parameter, the index it had the last time */
    guint *bound;  /* the round in which a parameter was bound */
    guint round;
    gboolean cached;
    gboolean in_use;
    gboolean reading; /* counted in db->reading */
    gboolean done;
};

static void statement_free(DbStatement *statement)
{
    sqlite3_finalize(statement->stmt);
    for (int i = 0; i < statement->count; i++)
        g_free(statement->names[i]);
    g_free(statement->names);
    g_free(statement->hint);
    g_free(statement->bound);
    g_free(statement->sql);
    g_free(statement);
}

void statement_cache_clear(Db *db)
{
    GHashTableIter iter;
    gpointer value;

    memset(db->recent, 0, sizeof db->recent);
    g_hash_table_iter_init(&iter, db->cache);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        DbStatement *statement = value;
        g_hash_table_iter_remove(&iter);
        if (statement->in_use)
            statement->cached = FALSE; /* freed when it is released */
        else
            statement_free(statement);
    }
}

gboolean statement_all_released(Db *db)
{
    GHashTableIter iter;
    gpointer value;

    if (db->reading > 0)
        return FALSE;
    g_hash_table_iter_init(&iter, db->cache);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((DbStatement *)value)->in_use)
            return FALSE;
    return TRUE;
}

static gboolean read_names(DbStatement *statement, GError **error)
{
    int count = sqlite3_bind_parameter_count(statement->stmt);

    statement->names = g_new0(char *, count + 1);
    statement->hint = g_new0(guint16, count + 1);
    statement->bound = g_new0(guint, count + 1);
    statement->count = count;
    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->stmt, i + 1);
        if (!name || name[0] != ':') {
            fault_set(error, "parameter %d has no :name in: %s", i + 1, statement->sql);
            return FALSE;
        }
        /* A copy: the engine's own goes when a changed schema makes it prepare again. */
        statement->names[i] = g_strdup(name + 1);
    }
    return TRUE;
}

static DbStatement *statement_prepare(Db *db, const char *sql, GError **error)
{
    DbStatement *statement;
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &rest);

    if (code != SQLITE_OK) {
        db_error(db, code, sql, error);
        return NULL;
    }
    statement = g_new0(DbStatement, 1);
    statement->db = db;
    statement->stmt = stmt;
    statement->sql = g_strdup(sql);
    if (!stmt || (rest && rest[strspn(rest, " \t\r\n;")])) {
        fault_set(error, "not exactly one statement: %s", sql);
    } else if (read_names(statement, error)) {
        return statement;
    }
    statement_free(statement);
    return NULL;
}

/* A literal has one address, so it is compared with one text instead of hashed. */
static DbStatement *statement_find(Db *db, const char *sql)
{
    DbStatement **recent = &db->recent[((gsize)sql >> 4) % DB_RECENT];

    if (!*recent || strcmp((*recent)->sql, sql) != 0)
        *recent = g_hash_table_lookup(db->cache, sql);
    return *recent;
}

static DbStatement *statement_acquire(Db *db, const char *sql, GError **error)
{
    db->refresh(db);
    DbStatement *statement = statement_find(db, sql);
    gboolean first = statement == NULL;

    if (!transaction_is_alive(db, error))
        return NULL;
    if (first || statement->in_use) {
        statement = statement_prepare(db, sql, error);
        if (!statement)
            return NULL;
        if (first && g_hash_table_size(db->cache) < CACHE_LIMIT) {
            statement->cached = TRUE;
            g_hash_table_insert(db->cache, statement->sql, statement);
        }
    }
    statement->in_use = TRUE;
    statement->done = FALSE;
    return statement;
}

/* Index of a parameter from 0, or -1. Callers give their parameters in one order every time. */
static int parameter_index(DbStatement *statement, int nth, const char *name)
{
    if (nth >= statement->count)
        return -1;
    if (strcmp(statement->names[statement->hint[nth]], name) == 0)
        return statement->hint[nth];
    for (int i = 0; i < statement->count; i++) {
        if (strcmp(statement->names[i], name) == 0) {
            statement->hint[nth] = (guint16)i;
            return i;
        }
    }
    return -1;
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

static gboolean statement_bind(DbStatement *statement, const DbParam *params, GError **error)
{
    int given = 0;

    statement->round++;
    for (; params && params[given].type != DB_TYPE_END; given++) {
        const DbParam *param = &params[given];
        int index = parameter_index(statement, given, param->name);
        int code;
        if (index < 0 || statement->bound[index] == statement->round) {
            fault_set(error, "parameter :%s is %s in: %s", param->name,
                      index < 0 ? "unknown" : "given twice", statement->sql);
            return FALSE;
        }
        statement->bound[index] = statement->round;
        code = bind_value(statement->stmt, index + 1, param);
        if (code != SQLITE_OK)
            return db_error(statement->db, code, statement->sql, error);
    }
    for (int i = 0; given < statement->count && i < statement->count; i++) {
        if (statement->bound[i] != statement->round) {
            fault_set(error, "parameter :%s is missing in: %s", statement->names[i],
                      statement->sql);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean transaction_is_alive(Db *db, GError **error)
{
    if (!db->lost)
        return TRUE;
    /* Without this check what follows would be committed on its own. */
    g_propagate_error(error, g_error_copy(db->lost));
    return FALSE;
}

/* Outside a transaction a statement that writes is one of its own; see db_begin(). */
static gboolean may_start(DbStatement *statement, GError **error)
{
    Db *db = statement->db;

    if (db->depth > 0 || db->reading == 0 || sqlite3_stmt_readonly(statement->stmt))
        return TRUE;
    fault_set(error, "another statement is still being read; release it before: %s",
              statement->sql);
    return FALSE;
}

DbStatement *db_query(Db *db, const char *sql, const DbParam *params, GError **error)
{
    g_autoptr(DbStatement) statement = statement_acquire(db, sql, error);

    if (!statement || !statement_bind(statement, params, error) || !may_start(statement, error))
        return NULL;
    return g_steal_pointer(&statement);
}

static void set_reading(DbStatement *statement, gboolean reading)
{
    if (reading == statement->reading)
        return;
    statement->reading = reading;
    statement->db->reading += reading ? 1 : -1;
}

DbStep db_step(DbStatement *statement, GError **error)
{
    int code;

    if (statement->done)
        return DB_STEP_DONE;
    if (!transaction_is_alive(statement->db, error))
        return DB_STEP_ERROR;
    code = sqlite3_step(statement->stmt);
    if (code == SQLITE_ROW) {
        set_reading(statement, TRUE);
        return DB_STEP_ROW;
    }
    /* Stepping once more would start it again. */
    statement->done = TRUE;
    set_reading(statement, FALSE);
    if (code == SQLITE_DONE)
        return DB_STEP_DONE;
    db_error(statement->db, code, statement->sql, error);
    return DB_STEP_ERROR;
}

void db_statement_release(DbStatement *statement)
{
    if (!statement)
        return;
    set_reading(statement, FALSE);
    statement->in_use = FALSE;
    if (!statement->cached) {
        statement_free(statement);
        return;
    }
    sqlite3_reset(statement->stmt);
    /* What was bound is the caller's memory. */
    sqlite3_clear_bindings(statement->stmt);
}

gboolean db_run(Db *db, const char *sql, const DbParam *params, GError **error)
{
    g_autoptr(DbStatement) statement = db_query(db, sql, params, error);
    DbStep step;

    if (!statement)
        return FALSE;
    do
        step = db_step(statement, error);
    while (step == DB_STEP_ROW);
    db->changes = step == DB_STEP_DONE && !sqlite3_stmt_readonly(statement->stmt)
                      ? sqlite3_changes64(db->handle)
                      : 0;
    return step == DB_STEP_DONE;
}

gint64 db_changes(Db *db)
{
    return db->changes;
}

gint64 db_int(DbStatement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

double db_real(DbStatement *statement, int column)
{
    return sqlite3_column_double(statement->stmt, column);
}

/* As g_malloc(): without memory for a text there is nothing left to do. It must not be taken for one
 * that is not there, and saved so. */
static const void *had(DbStatement *statement, const void *bytes)
{
    if (!bytes && sqlite3_errcode(statement->db->handle) == SQLITE_NOMEM)
        g_error("no memory for a text");
    return bytes;
}

const char *db_text(DbStatement *statement, int column)
{
    return had(statement, sqlite3_column_text(statement->stmt, column));
}

const void *db_blob(DbStatement *statement, int column, gsize *length)
{
    const void *bytes = had(statement, sqlite3_column_blob(statement->stmt, column));

    *length = (gsize)sqlite3_column_bytes(statement->stmt, column);
    return bytes;
}

gboolean db_is_null(DbStatement *statement, int column)
{
    return sqlite3_column_type(statement->stmt, column) == SQLITE_NULL;
}

gboolean db_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback, gint64 *value,
                    GError **error)
{
    g_autoptr(DbStatement) statement = db_query(db, sql, params, error);
    DbStep step = statement ? db_step(statement, error) : DB_STEP_ERROR;

    if (step == DB_STEP_ERROR)
        return FALSE;
    *value = step == DB_STEP_ROW ? db_int(statement, 0) : fallback;
    return TRUE;
}

gboolean db_get_text(Db *db, const char *sql, const DbParam *params, char **value, GError **error)
{
    g_autoptr(DbStatement) statement = db_query(db, sql, params, error);
    DbStep step = statement ? db_step(statement, error) : DB_STEP_ERROR;

    *value = NULL;
    if (step == DB_STEP_ERROR)
        return FALSE;
    if (step == DB_STEP_ROW)
        *value = g_strdup(db_text(statement, 0));
    return TRUE;
}
