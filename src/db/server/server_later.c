/* server_later.c: statements of which nothing is asked are sent one after the other, and their
 * answers read together: what takes a round trip each would keep the writer's lock from everybody
 * else for as long, when a file of thousands of rows is read in. Rows that the same statement adds
 * one after the other are gathered first and sent as one statement: what the server does for each,
 * above all asking its policies who it is, takes longer than the row. */
#include <string.h>

#include "db/server/server_private.h"

/* So many answers lie unread at the most, which the connection has room for. */
#define QUEUED_MOST 256
/* So many rows, or so much of them, are one statement at the most. */
#define ROWS_MOST 512
#define BYTES_MOST (256 * 1024)

struct Rows {
    char *text; /* of the statement that adds one of those gathered; NULL: there are none */
    Oid *types;
    GPtrArray *columns; /* GString: an array of theirs each, without its last bracket */
    guint count;
    GHashTable *ready; /* names of statements that add many, by their text */
    guint nth;         /* on that connection */
};

/* What came for the statements that were sent. */
typedef struct {
    PGresult *failed; /* the first; NULL: none did */
    PGresult *last;   /* before that one, or of all; NULL: there is none */
    guint count;      /* so many did not fail */
} Answers;

static void take_answer(Answers *answers, PGresult *result, ExecStatusType status)
{
    if (answers->failed == NULL && (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE)) {
        answers->failed = result;
    } else if (answers->failed == NULL && result != NULL && status != PGRES_PIPELINE_SYNC) {
        LIB->PQclear(answers->last);
        answers->last = result;
        answers->count++;
    } else {
        LIB->PQclear(result);
    }
}

/* All that came, whatever was expected: a server that is gone answers nothing. */
static Answers read_answers(Db *db)
{
    const PGconn *connection = db->server->connection;
    Answers answers = {0};
    gboolean ended = FALSE, synced = FALSE;

    /* Between the answers to two statements stands one that is none. */
    while (!synced && LIB->PQstatus(connection) == CONNECTION_OK) {
        PGresult *result = server_answer(db);
        const ExecStatusType status =
            result != NULL ? LIB->PQresultStatus(result) : PGRES_EMPTY_QUERY;
        if (result == NULL && ended)
            break;
        ended = result == NULL;
        synced = status == PGRES_PIPELINE_SYNC;
        take_answer(&answers, result, status);
    }
    return answers;
}

/* `last` (may be NULL) gets the answer to what was sent last, also where it failed; else that is
 * the queue's failure. */
static gboolean read_queue(Db *db, PGresult **last, GError **error)
{
    PGconn *connection = db->server->connection;
    const guint queued = db->server->queued;

    db->server->queued = 0;
    const gboolean sent = LIB->PQpipelineSync(connection) == 1;
    Answers answers = sent ? read_answers(db) : (Answers){0};
    const gboolean left = LIB->PQexitPipelineMode(connection) == 1;
    if (last != NULL && answers.failed != NULL && answers.count == queued - 1) {
        LIB->PQclear(answers.last);
        answers.last = g_steal_pointer(&answers.failed);
    }
    const gboolean done =
        sent && left && answers.failed == NULL && LIB->PQstatus(connection) == CONNECTION_OK;

    if (!done)
        server_error(db, answers.failed, NULL, error);
    LIB->PQclear(answers.failed);
    if (done && last != NULL)
        *last = g_steal_pointer(&answers.last);
    LIB->PQclear(answers.last);
    return done;
}

static gboolean drain_queue(Db *db, GError **error)
{
    return db->server->queued == 0 || read_queue(db, NULL, error);
}

static gboolean make_room(Db *db, GError **error)
{
    return db->server->queued < QUEUED_MOST || read_queue(db, NULL, error);
}

static gboolean send_now(Db *db, const char *name, int count, const char *const *values,
                         const int *lengths, const int *formats, GError **error)
{
    struct Server *server = db->server;

    if (server->queued == 0 && LIB->PQenterPipelineMode(server->connection) != 1)
        return server_error(db, NULL, NULL, error);
    /* Also of one that could not be sent: whoever drains ends the mode. */
    server->queued++;
    return LIB->PQsendQueryPrepared(server->connection, name, count, values, lengths, formats, 0) ==
               1 ||
           server_error(db, NULL, NULL, error);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const char *after(const char *at, char sign)
{
    while (*at == ' ')
        at++;
    return *at == sign ? at + 1 : NULL;
}

/* Behind "($1, $2, …)" with all the `count` parameters; NULL: it is not that. */
static const char *after_row(const char *at, int count)
{
    at = after(at, '(');
    for (int i = 1; at != NULL && i <= count; i++) {
        char number[16];
        at = after(at, '$');
        const int length = g_snprintf(number, sizeof number, "%d", i);
        at = at != NULL && strncmp(at, number, (gsize)length) == 0
                 ? after(at + length, i < count ? ',' : ')')
                 : NULL;
    }
    return at;
}

gboolean server_adds_row(const char *text, int count)
{
    const char *row = strstr(text, " VALUES ");
    const char *rest = g_str_has_prefix(text, "INSERT INTO ") && row != NULL && count > 0
                           ? after_row(row + strlen(" VALUES "), count)
                           : NULL;

    return rest != NULL && (*rest == '\0' || g_str_has_suffix(rest, " DO NOTHING"));
}

static char *many_text(const struct Rows *rows)
{
    const char *row = strstr(rows->text, " VALUES ");
    GString *text = g_string_new_len(rows->text, row - rows->text);

    g_string_append(text, " SELECT * FROM ");
    for (guint i = 0; i < rows->columns->len; i++)
        g_string_append_printf(text, "%s$%u::%s[]", i > 0 ? ", " : "unnest(", i + 1,
                               rows->types[i] == TYPE_INT8     ? "bigint"
                               : rows->types[i] == TYPE_FLOAT8 ? "double precision"
                               : rows->types[i] == TYPE_BYTEA  ? "bytea"
                                                               : "text");
    g_string_append_printf(text, ")%s", strchr(row, ')') + 1);
    return g_string_free(text, FALSE);
}

/* Under which the server has it ready; NULL on an error. */
static const char *many_name(Db *db, struct Rows *rows, GError **error)
{
    g_autofree char *text = many_text(rows);

    if (rows->nth != db->server->nth)
        g_hash_table_remove_all(rows->ready);
    rows->nth = db->server->nth;
    const char *name = g_hash_table_lookup(rows->ready, text);
    if (name != NULL || !drain_queue(db, error))
        return name;
    g_autofree char *fresh = g_strdup_printf("s%u", ++db->server->prepared);
    PGresult *result = server_make_ready(db, fresh, text, 0, NULL);
    const gboolean ready =
        LIB->PQresultStatus(result) == PGRES_COMMAND_OK || server_error(db, result, text, error);
    LIB->PQclear(result);
    if (!ready)
        return NULL;
    name = fresh;
    g_hash_table_insert(rows->ready, g_steal_pointer(&text), g_steal_pointer(&fresh));
    return name;
}

static void forget_rows(struct Rows *rows)
{
    g_clear_pointer(&rows->text, g_free);
    g_clear_pointer(&rows->types, g_free);
    g_ptr_array_set_size(rows->columns, 0);
    rows->count = 0;
}

static gboolean send_rows(Db *db, GError **error)
{
    struct Rows *rows = db->server->rows;

    if (rows == NULL || rows->text == NULL)
        return TRUE;
    const char *name = many_name(db, rows, error);
    g_autofree const char **values = g_new0(const char *, rows->columns->len);
    for (guint i = 0; i < rows->columns->len; i++)
        values[i] = g_string_append_c(rows->columns->pdata[i], '}')->str;
    const gboolean sent =
        name != NULL && send_now(db, name, (int)rows->columns->len, values, NULL, NULL, error);
    forget_rows(rows);
    return sent;
}

static void free_column(gpointer column)
{
    g_string_free(column, TRUE);
}

static struct Rows *rows_of(struct Server *server)
{
    if (server->rows == NULL) {
        server->rows = g_new0(struct Rows, 1);
        server->rows->columns = g_ptr_array_new_with_free_func(free_column);
        server->rows->ready = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    }
    return server->rows;
}

void server_rows_clear(struct Server *server)
{
    if (server->rows == NULL)
        return;
    forget_rows(server->rows);
    g_ptr_array_unref(server->rows->columns);
    g_hash_table_unref(server->rows->ready);
    g_clear_pointer(&server->rows, g_free);
}

void server_array_add(GString *array, const char *bytes, int length)
{
    g_string_append_c(array, array->len > 0 ? ',' : '{');
    if (bytes == NULL) {
        g_string_append(array, "NULL");
        return;
    }
    g_string_append(array, length >= 0 ? "\"\\\\x" : "\"");
    for (int i = 0; i < length; i++)
        g_string_append_printf(array, "%02x", (guint8)bytes[i]);
    for (; length < 0 && *bytes != '\0'; bytes++) {
        if (*bytes == '"' || *bytes == '\\')
            g_string_append_c(array, '\\');
        g_string_append_c(array, *bytes);
    }
    g_string_append_c(array, '"');
}

gboolean server_gather(Db *db, const char *text, int count, const Oid *types,
                       const char *const *values, const int *lengths, GError **error)
{
    struct Rows *rows = rows_of(db->server);
    const gsize size = sizeof *types * (gsize)count;
    gsize bytes = 0;

    if (rows->text != NULL &&
        (strcmp(rows->text, text) != 0 || memcmp(rows->types, types, size) != 0) &&
        !send_rows(db, error))
        return FALSE;
    if (rows->text == NULL) {
        rows->text = g_strdup(text);
        rows->types = g_memdup2(types, size);
        for (int i = 0; i < count; i++)
            g_ptr_array_add(rows->columns, g_string_new(NULL));
    }
    for (int i = 0; i < count; i++) {
        server_array_add(rows->columns->pdata[i], values[i],
                         types[i] == TYPE_BYTEA ? lengths[i] : -1);
        bytes += ((GString *)rows->columns->pdata[i])->len;
    }
    rows->count++;
    return (rows->count < ROWS_MOST && bytes < BYTES_MOST) ||
           (send_rows(db, error) && make_room(db, error));
}

/* ---- in their turn --------------------------------------------------------------------------- */

gboolean server_drain(Db *db, GError **error)
{
    const gboolean sent = send_rows(db, error);

    return drain_queue(db, sent ? error : NULL) && sent;
}

gboolean server_queue(Db *db, const char *name, int count, const char *const *values,
                      const int *lengths, const int *formats, GError **error)
{
    return send_rows(db, error) && send_now(db, name, count, values, lengths, formats, error) &&
           make_room(db, error);
}

gboolean server_run_ready(Db *db, const char *name, int count, const char *const *values,
                          const int *lengths, const int *formats, PGresult **result, GError **error)
{
    struct Server *server = db->server;

    *result = NULL;
    if (!send_rows(db, error))
        return FALSE;
    if (server->queued > 0)
        return send_now(db, name, count, values, lengths, formats, error) &&
               read_queue(db, result, error);
    *result = server_exec_ready(db, name, count, values, lengths, formats);
    return TRUE;
}
