/* db_statement.c: statements, kept ready between uses, with named parameters. */
#include <string.h>

#include "db/db_private.h"

/* Literals of the program are fewer; more would be texts made at run time. */
#define CACHE_LIMIT 512

static void statement_free(DbStatement *statement)
{
    statement->db->engine->finalize(statement);
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

const char *statement_half_read(Db *db)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, db->cache);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((DbStatement *)value)->reading)
            return ((DbStatement *)value)->sql;
    return NULL;
}

void statement_take_names(DbStatement *statement, char **names, int count)
{
    statement->names = names;
    statement->hint = g_new0(guint16, count + 1);
    statement->bound = g_new0(guint, count + 1);
    statement->count = count;
}

static DbStatement *statement_prepare(Db *db, const char *sql, GError **error)
{
    DbStatement *statement = g_new0(DbStatement, 1);

    statement->db = db;
    statement->sql = g_strdup(sql);
    if (db->engine->prepare(statement, error))
        return statement;
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
    db->engine->refresh(db);
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

static gboolean statement_bind(DbStatement *statement, const DbParam *params, GError **error)
{
    int given = 0;

    statement->round++;
    for (; params && params[given].type != DB_TYPE_END; given++) {
        const DbParam *param = &params[given];
        int index = parameter_index(statement, given, param->name);
        if (index < 0 || statement->bound[index] == statement->round) {
            fault_set(error, "parameter :%s is %s in: %s", param->name,
                      index < 0 ? "unknown" : "given twice", statement->sql);
            return FALSE;
        }
        statement->bound[index] = statement->round;
        if (!statement->db->engine->bind(statement, index, param, error))
            return FALSE;
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

    if (db->depth > 0 || db->reading == 0 || !statement->writes)
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
    if (statement->done)
        return DB_STEP_DONE;
    if (!transaction_is_alive(statement->db, error))
        return DB_STEP_ERROR;
    const DbStep step = statement->db->engine->step(statement, error);
    /* Stepping once more would start it again. */
    statement->done = step != DB_STEP_ROW;
    set_reading(statement, step == DB_STEP_ROW);
    return step;
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
    statement->db->engine->reset(statement);
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
    db->changes = step == DB_STEP_DONE && statement->writes ? db->engine->changes(statement) : 0;
    return step == DB_STEP_DONE;
}

gboolean db_run_later(Db *db, const char *sql, const DbParam *params, GError **error)
{
    if (db->engine->later == NULL || db->depth == 0) {
        const gboolean done = db_run(db, sql, params, error);
        db->changes = 0;
        return done;
    }
    g_autoptr(DbStatement) statement = db_query(db, sql, params, error);

    db->changes = 0;
    return statement != NULL && db->engine->later(statement, error);
}

gint64 db_changes(Db *db)
{
    return db->changes;
}

gint64 db_int(DbStatement *statement, int column)
{
    return statement->db->engine->get_int(statement, column);
}

double db_real(DbStatement *statement, int column)
{
    return statement->db->engine->get_real(statement, column);
}

const char *db_text(DbStatement *statement, int column)
{
    return statement->db->engine->get_text(statement, column);
}

const void *db_blob(DbStatement *statement, int column, gsize *length)
{
    return statement->db->engine->get_blob(statement, column, length);
}

gboolean db_is_null(DbStatement *statement, int column)
{
    return statement->db->engine->is_null(statement, column);
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
