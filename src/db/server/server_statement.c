/* server_statement.c: statements as PostgreSQL runs them. It is asked when the first row is wanted,
 * since the types of the parameters are known only then, and gives all rows at once. */
#include <stdlib.h>
#include <string.h>

#include "db/server/server_unseal.h"

/* Of a number in words. */
#define NUMBER_BYTES 32

typedef struct {
    char *text; /* with $1, $2 … */
    char *name; /* under which the server has it ready; NULL: it has not */
    guint nth;  /* on that connection */
    Oid *types; /* of the parameters as bound */
    Oid *ready; /* as it was made ready */
    const char **values;
    int *lengths;
    int *formats;
    char (*numbers)[NUMBER_BYTES];
    char **texts;  /* copies of those that do not end in NUL */
    char **sealed; /* of those that are written into sealed columns */
    gboolean adds_row;
    SealedPlan plan;
    Unsealing *unsealing; /* NULL: not yet run */
    PGresult *result;     /* NULL: not yet run */
    int row;
    GPtrArray *blobs; /* GBytes: those of the row that were asked for */
} Prepared;

static Prepared *of(DbStatement *statement)
{
    return statement->prepared;
}

/* ---- the text -------------------------------------------------------------------------------- */

static guint index_of(GPtrArray *names, char *name)
{
    guint index;

    if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, &index)) {
        g_free(name);
        return index;
    }
    g_ptr_array_add(names, name);
    return names->len - 1;
}

char *server_numbered(const char *sql, char ***names, int *count)
{
    GPtrArray *found = g_ptr_array_new();
    GString *out = g_string_sized_new(strlen(sql));
    gboolean server_only = FALSE;

    for (const char *at = sql; *at;) {
        if (g_str_has_prefix(at, server_only ? "*/" : SERVER_ONLY)) {
            at += strlen(server_only ? "*/" : SERVER_ONLY);
            server_only = !server_only;
            continue;
        }
        const char *end = sql_skip_quoted(at);
        if (end == at && *at == ':' && sql_is_word(at[1])) {
            for (end = at + 1; sql_is_word(*end); end++)
                ;
            char *name = g_strndup(at + 1, (gsize)(end - at - 1));
            g_string_append_printf(out, "$%u", index_of(found, name) + 1);
        } else {
            end = end == at ? at + 1 : end;
            g_string_append_len(out, at, end - at);
        }
        at = end;
    }
    *count = (int)found->len;
    g_ptr_array_add(found, NULL);
    *names = (char **)g_ptr_array_free(found, FALSE);
    return g_string_free(out, FALSE);
}

static gboolean begins_with(const char *sql, const char *word)
{
    sql += strspn(sql, " \t\r\n(");
    return g_ascii_strncasecmp(sql, word, strlen(word)) == 0 && !sql_is_word(sql[strlen(word)]);
}

gboolean server_writes(const char *sql)
{
    if (begins_with(sql, "WITH"))
        return strstr(sql, "INSERT INTO ") || strstr(sql, "DELETE FROM ") || strstr(sql, "UPDATE ");
    return !begins_with(sql, "SELECT") && !begins_with(sql, "VALUES") &&
           !begins_with(sql, "EXPLAIN");
}

/* ---- ready, bound, released ------------------------------------------------------------------ */

gboolean server_prepare(DbStatement *statement, GError **error)
{
    Prepared *prepared = g_new0(Prepared, 1);
    char **names;
    int count;

    prepared->text = server_numbered(statement->sql, &names, &count);
    prepared->types = g_new0(Oid, count + 1);
    prepared->ready = g_new0(Oid, count + 1);
    prepared->values = g_new0(const char *, count + 1);
    prepared->lengths = g_new0(int, count + 1);
    prepared->formats = g_new0(int, count + 1);
    prepared->numbers = g_malloc0_n((gsize)count + 1, NUMBER_BYTES);
    prepared->texts = g_new0(char *, count + 1);
    prepared->sealed = g_new0(char *, count + 1);
    prepared->blobs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    statement->prepared = prepared;
    prepared->adds_row = server_adds_row(prepared->text, count);
    statement->writes = server_writes(statement->sql);
    statement_take_names(statement, names, count);
    return sealed_plan_make(statement->sql, names, count, &prepared->plan, error);
}

void server_reset(DbStatement *statement)
{
    Prepared *prepared = of(statement);

    for (int i = 0; i < statement->count; i++) {
        g_clear_pointer(&prepared->texts[i], g_free);
        g_clear_pointer(&prepared->sealed[i], g_free);
    }
    unsealing_forget(prepared->unsealing);
    g_ptr_array_set_size(prepared->blobs, 0);
    if (prepared->result)
        LIB->PQclear(g_steal_pointer(&prepared->result));
}

void server_finalize(DbStatement *statement)
{
    Prepared *prepared = of(statement);

    server_reset(statement);
    g_ptr_array_unref(prepared->blobs);
    g_free(prepared->texts);
    g_free(prepared->sealed);
    sealed_plan_clear(&prepared->plan);
    unsealing_free(prepared->unsealing);
    g_free(prepared->numbers);
    g_free(prepared->formats);
    g_free(prepared->lengths);
    g_free(prepared->values);
    g_free(prepared->ready);
    g_free(prepared->types);
    g_free(prepared->name);
    g_free(prepared->text);
    g_free(prepared);
}

static void bind_bytes(Prepared *prepared, int index, const DbParam *param)
{
    prepared->values[index] = param->data;
    prepared->lengths[index] = (int)param->length;
    prepared->formats[index] = 1;
}

static void bind_text(Prepared *prepared, int index, const DbParam *param)
{
    if (param->data && param->length >= 0)
        prepared->texts[index] = g_strndup(param->data, (gsize)param->length);
    prepared->values[index] = prepared->texts[index] ? prepared->texts[index] : param->data;
}

gboolean server_bind(DbStatement *statement, int index, const DbParam *param, GError **error)
{
    static const Oid types[] = {[DB_TYPE_INT] = TYPE_INT8,
                                [DB_TYPE_REAL] = TYPE_FLOAT8,
                                [DB_TYPE_TEXT] = TYPE_TEXT,
                                [DB_TYPE_BLOB] = TYPE_BYTEA};
    Prepared *prepared = of(statement);

    (void)error;
    prepared->types[index] = types[param->type];
    prepared->values[index] = NULL;
    prepared->formats[index] = 0;
    g_clear_pointer(&prepared->texts[index], g_free);
    if (param->null)
        return TRUE;
    if (param->type == DB_TYPE_BLOB) {
        bind_bytes(prepared, index, param);
    } else if (param->type == DB_TYPE_TEXT) {
        bind_text(prepared, index, param);
    } else {
        prepared->values[index] = prepared->numbers[index];
        if (param->type == DB_TYPE_INT)
            g_snprintf(prepared->numbers[index], NUMBER_BYTES, "%" G_GINT64_FORMAT, param->integer);
        else
            g_ascii_dtostr(prepared->numbers[index], NUMBER_BYTES, param->real);
    }
    return TRUE;
}

/* ---- run ------------------------------------------------------------------------------------- */

/* Made ready under a name where it is kept, with the types it is given: the same text can be run
 * with others. */
static gboolean make_ready(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);
    struct Server *server = statement->db->server;
    const gsize size = sizeof(Oid) * (gsize)statement->count;

    if (prepared->name && prepared->nth == server->nth &&
        memcmp(prepared->types, prepared->ready, size) == 0)
        return TRUE;
    if (!server_drain(statement->db, error))
        return FALSE;
    g_free(prepared->name);
    prepared->name = g_strdup_printf("s%u", ++server->prepared);
    PGresult *result = server_make_ready(statement->db, prepared->name, prepared->text,
                                         statement->count, prepared->types);
    const gboolean ready = LIB->PQresultStatus(result) == PGRES_COMMAND_OK;
    prepared->nth = server->nth;
    if (ready)
        memcpy(prepared->ready, prepared->types, size);
    else
        server_error(statement->db, result, statement->sql, error);
    LIB->PQclear(result);
    if (!ready)
        g_clear_pointer(&prepared->name, g_free);
    return ready;
}

static gboolean ask_ready(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    return make_ready(statement, error) &&
           server_run_ready(statement->db, prepared->name, statement->count, prepared->values,
                            prepared->lengths, prepared->formats, &prepared->result, error);
}

static gboolean ask_once(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    if (!server_drain(statement->db, error))
        return FALSE;
    prepared->result =
        server_exec_params(statement->db, prepared->text, statement->count, prepared->types,
                           prepared->values, prepared->lengths, prepared->formats);
    return TRUE;
}

static gboolean run_once(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    prepared->row = -1;
    if (!(statement->cached ? ask_ready(statement, error) : ask_once(statement, error)))
        return FALSE;
    const ExecStatusType status = LIB->PQresultStatus(prepared->result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
           server_error(statement->db, prepared->result, statement->sql, error);
}

/* What only reads, outside a transaction, is asked once more on another connection. */
static gboolean run(DbStatement *statement, GError **error)
{
    Db *db = statement->db;
    g_autoptr(GError) mine = NULL;

    if (run_once(statement, &mine))
        return TRUE;
    if (db->depth == 0 && !statement->writes && server_came_back(db)) {
        g_clear_error(&mine);
        g_clear_pointer(&of(statement)->result, LIB->PQclear);
        if (run_once(statement, &mine))
            return TRUE;
    }
    server_tell_refusal(db, &mine);
    g_propagate_error(error, g_steal_pointer(&mine));
    return FALSE;
}

/* What is written into sealed columns, in its row's name. */
static gboolean seal_params(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    for (guint i = 0; i < prepared->plan.sealed->len; i++) {
        const SealedParam *param = &g_array_index(prepared->plan.sealed, SealedParam, i);
        const char *values[SEALED_KEYS] = {NULL};
        if (prepared->values[param->param] == NULL || prepared->types[param->param] != TYPE_TEXT ||
            prepared->sealed[param->param] != NULL)
            continue;
        if (param->elsewhere) {
            fault_set(error, "what is sealed for %s.%s is used elsewhere too: %s",
                      param->table->name, param->column, statement->sql);
            return FALSE;
        }
        for (guint k = 0; k < sealed_key_count(param->table); k++)
            values[k] = prepared->values[param->keys[k]];
        prepared->sealed[param->param] =
            server_seal_with(statement->db->server->seal, param->table, param->column, values,
                             prepared->values[param->param]);
    }
    for (int i = 0; i < statement->count; i++)
        if (prepared->sealed[i] != NULL)
            prepared->values[i] = prepared->sealed[i];
    return TRUE;
}

static gboolean unseal_row(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    if (prepared->unsealing == NULL)
        prepared->unsealing =
            unsealing_new(statement->db, prepared->result, &prepared->plan, statement->sql, error);
    return prepared->unsealing != NULL && unsealing_row(prepared->unsealing, prepared->result,
                                                        prepared->row, prepared->values, error);
}

/* What is sealed is written only while nobody can exchange the key. */
static gboolean run_sealed(DbStatement *statement, GError **error)
{
    if (statement->db->depth > 0 || of(statement)->plan.sealed->len == 0)
        return run(statement, error);
    g_autoptr(DbTransaction) transaction = db_transaction(statement->db, error);
    return transaction != NULL && run(statement, error) &&
           db_transaction_commit(transaction, error);
}

DbStep server_step(DbStatement *statement, GError **error)
{
    Prepared *prepared = of(statement);

    if (!prepared->result) {
        if (!seal_params(statement, error) || !run_sealed(statement, error))
            return DB_STEP_ERROR;
    }
    g_ptr_array_set_size(prepared->blobs, 0);
    if (++prepared->row >= LIB->PQntuples(prepared->result))
        return DB_STEP_DONE;
    return unseal_row(statement, error) ? DB_STEP_ROW : DB_STEP_ERROR;
}

gboolean server_later(DbStatement *statement, GError **error)
{
    const Prepared *prepared = of(statement);

    if (!statement->cached)
        return server_step(statement, error) != DB_STEP_ERROR;
    if (!seal_params(statement, error))
        return FALSE;
    if (prepared->adds_row)
        return server_gather(statement->db, prepared->text, statement->count, prepared->types,
                             prepared->values, prepared->lengths, error);
    return make_ready(statement, error) &&
           server_queue(statement->db, prepared->name, statement->count, prepared->values,
                        prepared->lengths, prepared->formats, error);
}

gint64 server_changes(DbStatement *statement)
{
    return g_ascii_strtoll(LIB->PQcmdTuples(of(statement)->result), NULL, 10);
}

/* ---- columns --------------------------------------------------------------------------------- */

gboolean server_is_null(DbStatement *statement, int column)
{
    return LIB->PQgetisnull(of(statement)->result, of(statement)->row, column);
}

/* A comparison is 1 or 0 where SQLite has no kind of its own for it. */
static const char *value_of(DbStatement *statement, int column)
{
    Prepared *prepared = of(statement);

    if (server_is_null(statement, column))
        return NULL;
    const char *value = unsealing_value(prepared->unsealing, column);
    if (value != NULL)
        return value;
    value = LIB->PQgetvalue(prepared->result, prepared->row, column);
    if (LIB->PQftype(prepared->result, column) == TYPE_BOOL)
        return *value == 't' ? "1" : "0";
    return value;
}

gint64 server_int(DbStatement *statement, int column)
{
    const char *value = value_of(statement, column);

    return value ? g_ascii_strtoll(value, NULL, 10) : 0;
}

double server_real(DbStatement *statement, int column)
{
    const char *value = value_of(statement, column);

    return value ? g_ascii_strtod(value, NULL) : 0;
}

const char *server_text(DbStatement *statement, int column)
{
    return value_of(statement, column);
}

/* "\x…" of two digits a byte. */
static GBytes *from_hex(const char *hex)
{
    const gsize length = strlen(hex + 2) / 2;
    guint8 *bytes = g_malloc(length + 1);

    for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)(g_ascii_xdigit_value(hex[2 + 2 * i]) << 4 |
                            g_ascii_xdigit_value(hex[3 + 2 * i]));
    return g_bytes_new_take(bytes, length);
}

const void *server_blob(DbStatement *statement, int column, gsize *length)
{
    const char *value = value_of(statement, column);

    *length = value ? strlen(value) : 0;
    if (!value || LIB->PQftype(of(statement)->result, column) != TYPE_BYTEA)
        return value;
    GBytes *bytes = from_hex(value);
    g_ptr_array_add(of(statement)->blobs, bytes);
    return g_bytes_get_data(bytes, length);
}
