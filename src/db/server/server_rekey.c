/* server_rekey.c: all that is sealed, sealed anew under another key, and read again under that: in
 * one transaction, table by table, so many rows at a time. Others read meanwhile what was there
 * before. Whoever is to save waits, and is then told to unlock again. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "db/server/server_unseal.h"

#define ROWS 1000
#define PROOF (2.0 / 3) /* the share from which it is read again */

typedef struct {
    Db *db;
    SealKeys *fresh;
    const SealedTable *table;
    guint keys, columns;
    const DbWatch *watch;
    gint64 rows, done; /* of all rows those that are done */
    gboolean proving;
} Resealing;

static void tell(const Resealing *of)
{
    const double share = (double)of->done / (double)MAX(of->rows, 1);

    if (of->watch != NULL)
        of->watch->go_on(of->proving ? PROOF + share * (1 - PROOF) : share * PROOF,
                         of->watch->data);
}

/* ---- texts of SQL ---------------------------------------------------------------------------- */

static void append_names(GString *sql, const SealedTable *table)
{
    for (guint i = 0; table->keys[i] != NULL; i++)
        g_string_append_printf(sql, "%s, ", table->keys[i]);
    for (guint i = 0; table->columns[i] != NULL; i++)
        g_string_append_printf(sql, "%s%s", i > 0 ? ", " : "", table->columns[i]);
}

static void append_which(GString *sql, const SealedTable *table)
{
    g_string_append_printf(sql, " FROM %s WHERE ", table->name);
    for (guint i = 0; table->columns[i] != NULL; i++)
        g_string_append_printf(sql, "%s%s <> ''", i > 0 ? " OR " : "", table->columns[i]);
}

/* Where the server has the row: a key that can change is none to find it by. It stays where it is
 * as long as nothing is written, and the cursor sees what was there when it was opened. */
static char *cursor_sql(const SealedTable *table)
{
    GString *sql = g_string_new("DECLARE sealed NO SCROLL CURSOR FOR SELECT ctid::text, ");

    append_names(sql, table);
    append_which(sql, table);
    return g_string_free(sql, FALSE);
}

static char *count_sql(void)
{
    GString *sql = g_string_new("SELECT 0");
    gsize count;
    const SealedTable *tables = sealed_tables(&count);

    for (gsize i = 0; i < count; i++) {
        g_string_append(sql, " + (SELECT count(*)");
        append_which(sql, &tables[i]);
        g_string_append_c(sql, ')');
    }
    return g_string_free(sql, FALSE);
}

static char *update_sql(const SealedTable *table)
{
    GString *sql = g_string_new(NULL), *names = g_string_new("place");

    g_string_printf(sql, "UPDATE %s AS t SET ", table->name);
    for (guint i = 0; table->columns[i] != NULL; i++) {
        g_string_append_printf(sql, "%s%s = d.c%u", i > 0 ? ", " : "", table->columns[i], i);
        g_string_append_printf(names, ", c%u", i);
    }
    g_string_append(sql, " FROM unnest($1::text[]");
    for (guint i = 0; table->columns[i] != NULL; i++)
        g_string_append_printf(sql, ", $%u::text[]", i + 2);
    g_string_append_printf(sql, ") AS d (%s) WHERE t.ctid = d.place::tid", names->str);
    g_string_free(names, TRUE);
    return g_string_free(sql, FALSE);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* The value of column `nth`, sealed anew, or as it lies there where that is to be proved; NULL
 * where it has none. */
static gboolean reseal_one(const Resealing *of, const PGresult *rows, int row, guint nth,
                           char **sealed, GError **error)
{
    const char *values[SEALED_KEYS];
    const int column = (int)(1 + of->keys + nth);
    const char *name = of->table->columns[nth], *value = LIB->PQgetvalue(rows, row, column);
    const SealKeys *under = of->proving ? of->fresh : of->db->server->seal;

    *sealed = NULL;
    if (LIB->PQgetisnull(rows, row, column) || *value == '\0') {
        *sealed = LIB->PQgetisnull(rows, row, column) ? NULL : g_strdup("");
        return TRUE;
    }
    for (guint i = 0; i < of->keys; i++)
        values[i] = LIB->PQgetvalue(rows, row, (int)(1 + i));
    g_autofree char *open = server_open_with(under, of->table, name, values, value);
    if (open == NULL)
        return server_not_as_written(of->db, of->table, name, error);
    *sealed =
        of->proving ? g_strdup(value) : server_seal_with(of->fresh, of->table, name, values, open);
    return TRUE;
}

/* All of the `count` rows, or the ones that are left out could never be opened again. */
static gboolean update(const Resealing *of, const char *sql, GString **arrays, int count,
                       GError **error)
{
    const char *values[SEALED_COLUMNS + 1];

    for (guint i = 0; i <= of->columns; i++)
        values[i] = g_string_append_c(arrays[i], '}')->str;
    PGresult *result =
        server_exec_params(of->db, sql, (int)of->columns + 1, NULL, values, NULL, NULL);
    gboolean done =
        LIB->PQresultStatus(result) == PGRES_COMMAND_OK || server_error(of->db, result, sql, error);
    if (done && atoi(LIB->PQcmdTuples(result)) != count) {
        fault_set(error, "%s of %d rows of %s sealed anew", LIB->PQcmdTuples(result), count,
                  of->table->name);
        done = FALSE;
    }
    LIB->PQclear(result);
    return done;
}

static gboolean reseal_rows(const Resealing *of, const PGresult *rows, const char *sql,
                            GError **error)
{
    GString *arrays[SEALED_COLUMNS + 1];
    gboolean done = TRUE;

    for (guint i = 0; i <= of->columns; i++)
        arrays[i] = g_string_new(NULL);
    for (int row = 0; done && row < LIB->PQntuples(rows); row++) {
        server_array_add(arrays[0], LIB->PQgetvalue(rows, row, 0), -1);
        for (guint i = 0; done && i < of->columns; i++) {
            g_autofree char *sealed = NULL;
            done = reseal_one(of, rows, row, i, &sealed, error);
            server_array_add(arrays[i + 1], sealed, -1);
        }
    }
    done = done && (of->proving || update(of, sql, arrays, LIB->PQntuples(rows), error));
    for (guint i = 0; i <= of->columns; i++)
        g_string_free(arrays[i], TRUE);
    return done;
}

/* `*more`: whether there may be. */
static gboolean reseal_some(Resealing *of, const char *sql, gboolean *more, GError **error)
{
    PGresult *rows = server_exec(of->db, "FETCH " G_STRINGIFY(ROWS) " FROM sealed");
    gboolean done =
        LIB->PQresultStatus(rows) == PGRES_TUPLES_OK || server_error(of->db, rows, "FETCH", error);
    const int count = done ? LIB->PQntuples(rows) : 0;

    *more = count == ROWS;
    if (count > 0) {
        done = reseal_rows(of, rows, sql, error);
        of->done += count;
        tell(of);
    }
    LIB->PQclear(rows);
    return done;
}

static gboolean reseal_table(Resealing *of, GError **error)
{
    g_autofree char *cursor = cursor_sql(of->table), *sql = update_sql(of->table);
    gboolean more = TRUE;

    of->keys = sealed_key_count(of->table);
    of->columns = g_strv_length((char **)of->table->columns);
    if (!server_run(of->db, cursor, error))
        return FALSE;
    while (more)
        if (!reseal_some(of, sql, &more, error))
            return FALSE;
    return server_run(of->db, "CLOSE sealed", error);
}

static gboolean reseal_all(Resealing *of, gboolean proving, GError **error)
{
    gsize count;
    const SealedTable *tables = sealed_tables(&count);

    of->proving = proving;
    of->done = 0;
    for (gsize i = 0; i < count; i++) {
        of->table = &tables[i];
        if (!reseal_table(of, error))
            return FALSE;
    }
    return TRUE;
}

/* Whom the policies bind is not shown all rows, and those left out could never be opened again. */
gboolean server_may_rekey(Db *db, GError **error)
{
    g_autofree char *owns = server_ask(db, "SELECT pg_has_role(relowner, 'member') FROM pg_class"
                                           " WHERE oid = 'meta'::regclass");

    if (g_strcmp0(owns, "t") == 0)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("The unit is kept by a server: whoever runs the database there draws a "
                          "new data key with: "
                          "dagsform server rekey"));
    return FALSE;
}

gboolean server_rekey(Db *db, const Secret *key, const DbWatch *watch, GError **error)
{
    Resealing of = {.db = db, .watch = watch};
    g_autofree char *count = count_sql();
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);

    if (transaction == NULL || !server_may_rekey(db, error))
        return FALSE;
    of.fresh = seal_keys_new(key);
    g_autofree char *mark = seal_mark(of.fresh), *rows = server_ask(db, count);
    of.rows = rows != NULL ? g_ascii_strtoll(rows, NULL, 10) : 0;
    const gboolean done = reseal_all(&of, FALSE, error) && reseal_all(&of, TRUE, error) &&
                          db_meta_set(db, SERVER_WRITER, mark, error) &&
                          db_transaction_commit(transaction, error);
    seal_keys_free(of.fresh);
    if (done) {
        secret_free(db->key);
        db->key = secret_copy(key->bytes, key->length);
        server_take_key(db, key);
    }
    return done;
}
