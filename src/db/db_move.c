/* db_move.c: every row from one engine to another, through the doors that all else goes through, so
 * that what an engine does with a value (a server's is sealed) happens here too. */
#include "db/db_move.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"
#include "db/db_private.h"

#define DIGEST_BYTES 32
#define LANES (DIGEST_BYTES / 8)
#define FETCHED 2000       /* rows at a time, where all of a statement's rows come at once */
#define WATCHED_EVERY 1000 /* rows */

/* What is left: marks of a file, of a server, and of numbers, which each engine keeps in its own
 * way. */
gboolean db_meta_is_of_place(const char *key)
{
    static const char *const keys[] = {"schema",    "schema_version", "writer",
                                       "server_id", "server_laid",    DB_MOVED_TO,
                                       DB_MOVING_TO, NULL};

    return g_strv_contains(keys, key) || g_str_has_prefix(key, "last_id.");
}

/* Rows come in the order of the engine, which may have another for the same key: so each row's
 * keyed hash is added to a sum. */
typedef struct {
    gint64 rows;
    guint64 lanes[LANES];
} Sum;

typedef struct {
    Db *from, *to;
    GPtrArray *tables; /* DbTableShape *; as both have them */
    guint8 key[crypto_generichash_KEYBYTES];
    const DbWatch *watch;
    gint64 steps, all; /* rows read, of so many */
} Moving;

/* --- the texts -------------------------------------------------------------------------------- */

static char *joined(const DbTableShape *table, const char *before)
{
    GString *names = g_string_new(NULL);

    for (guint i = 0; i < table->columns->len; i++)
        g_string_append_printf(names, "%s%s%s", i > 0 ? ", " : "", before,
                               g_array_index(table->columns, DbColumn, i).name);
    return g_string_free(names, FALSE);
}

static char *insertion(const DbTableShape *table)
{
    g_autofree char *names = joined(table, ""), *values = joined(table, ":");

    return g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", table->name, names, values);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* All rows of a table. */
typedef struct {
    Db *db;
    const DbTableShape *table;
    char *next, *close; /* NULL: the statement gives one row after the other by itself */
    DbStatement *rows;
    gboolean met; /* the statement has given a row */
} Rows;

static void rows_end(Rows *rows)
{
    g_clear_pointer(&rows->rows, db_statement_release);
    if (rows->close != NULL && db_in_transaction(rows->db))
        db_run(rows->db, rows->close, NULL, NULL);
    g_clear_pointer(&rows->next, g_free);
    g_clear_pointer(&rows->close, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rows, rows_end)

static gboolean rows_begin(Rows *rows, Db *db, const DbTableShape *table, GError **error)
{
    g_autofree char *names = joined(table, "");
    g_autofree char *select = g_strdup_printf("SELECT %s FROM %s", names, table->name);

    *rows = (Rows){.db = db, .table = table};
    if (!db->engine->rows_at_once)
        return (rows->rows = db_query(db, select, NULL, error)) != NULL;
    g_autofree char *declare =
        g_strdup_printf("DECLARE all_of_%s NO SCROLL CURSOR FOR %s", table->name, select);
    if (!db_run(db, declare, NULL, error))
        return FALSE;
    rows->next = g_strdup_printf("FETCH %d FROM all_of_%s", FETCHED, table->name);
    rows->close = g_strdup_printf("CLOSE all_of_%s", table->name);
    return (rows->rows = db_query(db, rows->next, NULL, error)) != NULL;
}

static DbStep rows_step(Rows *rows, GError **error)
{
    DbStep step = db_step(rows->rows, error);

    if (step == DB_STEP_DONE && rows->next != NULL && rows->met) {
        g_clear_pointer(&rows->rows, db_statement_release);
        rows->rows = db_query(rows->db, rows->next, NULL, error);
        step = rows->rows != NULL ? db_step(rows->rows, error) : DB_STEP_ERROR;
        rows->met = FALSE;
    }
    rows->met = rows->met || step == DB_STEP_ROW;
    return step;
}

/* The row's value as a parameter; a blob or text without a byte is not none. */
static DbParam value_of(DbStatement *row, int column, const DbColumn *shape)
{
    DbParam param = {.name = shape->name, .type = shape->type, .null = db_is_null(row, column)};
    gsize length = 0;

    if (param.null)
        return param;
    if (shape->type == DB_TYPE_INT) {
        param.integer = db_int(row, column);
    } else if (shape->type == DB_TYPE_REAL) {
        param.real = db_real(row, column);
    } else if (shape->type == DB_TYPE_TEXT) {
        param.data = db_text(row, column);
        param.length = param.data != NULL ? (gssize)strlen(param.data) : 0;
    } else {
        param.data = db_blob(row, column, &length);
        param.length = (gssize)length;
    }
    if (param.data == NULL)
        param.data = "";
    return param;
}

static void take_row(DbStatement *row, const DbTableShape *table, GArray *params)
{
    const DbParam end = {.type = DB_TYPE_END};

    g_array_set_size(params, 0);
    for (guint i = 0; i < table->columns->len; i++) {
        const DbParam param = value_of(row, (int)i, &g_array_index(table->columns, DbColumn, i));
        g_array_append_val(params, param);
    }
    g_array_append_val(params, end);
}

/* A value's kind, then a number as 8 bytes, or the length and the bytes of all else; so no two rows
 * have the same bytes. */
static void hash_value(crypto_generichash_state *state, const DbParam *param)
{
    const guint8 kind = param->null ? 0 : (guint8)(1 + param->type);
    guint64 number = 0;

    if (param->type == DB_TYPE_REAL)
        memcpy(&number, &param->real, sizeof number);
    else if (!param->null)
        number = (guint64)(param->type == DB_TYPE_INT ? param->integer : param->length);
    number = GUINT64_TO_LE(number);
    crypto_generichash_update(state, &kind, 1);
    crypto_generichash_update(state, (const guint8 *)&number, sizeof number);
    if (!param->null && (param->type == DB_TYPE_TEXT || param->type == DB_TYPE_BLOB))
        crypto_generichash_update(state, param->data, (unsigned long long)param->length);
}

static void add_row(const Moving *moving, const GArray *params, Sum *sum)
{
    crypto_generichash_state state;
    guint8 hash[DIGEST_BYTES];

    crypto_generichash_init(&state, moving->key, sizeof moving->key, DIGEST_BYTES);
    for (guint i = 0; i + 1 < params->len; i++)
        hash_value(&state, &g_array_index(params, DbParam, i));
    crypto_generichash_final(&state, hash, DIGEST_BYTES);
    sum->rows++;
    for (gsize i = 0; i < LANES; i++) {
        guint64 lane;
        memcpy(&lane, hash + 8 * i, sizeof lane);
        sum->lanes[i] += GUINT64_FROM_LE(lane);
    }
}

static gboolean goes_on(Moving *moving, GError **error)
{
    if (moving->watch == NULL || ++moving->steps % WATCHED_EVERY != 0 ||
        moving->watch->go_on(MIN((double)moving->steps / (double)MAX(moving->all, 1), 1.0),
                             moving->watch->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("Broken off. Everything is where it was."));
    return FALSE;
}

static gboolean is_carried(const DbTableShape *table, const GArray *params)
{
    return strcmp(table->name, "meta") != 0 ||
           !db_meta_is_of_place(g_array_index(params, DbParam, 0).data);
}

/* Each row of `table` in `db` to `sum`, and, where `into` is given, into that by `insert`. */
static gboolean walk_table(Moving *moving, Db *db, const DbTableShape *table, Db *into,
                           const char *insert, Sum *sum, GError **error)
{
    g_autoptr(GArray) params = g_array_new(FALSE, FALSE, sizeof(DbParam));
    g_auto(Rows) rows = {0};
    DbStep step = DB_STEP_ERROR;

    *sum = (Sum){0};
    if (!rows_begin(&rows, db, table, error))
        return FALSE;
    while ((step = rows_step(&rows, error)) == DB_STEP_ROW) {
        take_row(rows.rows, table, params);
        if (!goes_on(moving, error))
            return FALSE;
        if (!is_carried(table, params))
            continue;
        if (into != NULL &&
            !db_run_later(into, insert, (const DbParam *)(gpointer)params->data, error))
            return FALSE;
        add_row(moving, params, sum);
    }
    return step == DB_STEP_DONE;
}

/* --- before ----------------------------------------------------------------------------------- */

static gboolean count_rows(Db *db, const DbTableShape *table, gint64 *rows, GError **error)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", table->name);

    return db_get_int(db, sql, NULL, 0, rows, error);
}

/* `twice`: each row is read in both. */
static gboolean begin(Moving *moving, GError **error)
{
    Db *file = moving->from->engine->tables != NULL ? moving->from : moving->to;

    if (file->engine->tables == NULL) {
        fault_set(error, "neither of two databases is a file");
        return FALSE;
    }
    randombytes_buf(moving->key, sizeof moving->key);
    moving->tables = file->engine->tables(file, error);
    for (guint i = 0; moving->tables != NULL && i < moving->tables->len; i++) {
        gint64 rows = 0;
        if (!count_rows(moving->from, moving->tables->pdata[i], &rows, error))
            return FALSE;
        moving->all += 2 * rows;
    }
    return moving->tables != NULL;
}

static void end(Moving *moving)
{
    g_clear_pointer(&moving->tables, g_ptr_array_unref);
    sodium_memzero(moving->key, sizeof moving->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Moving, end)

static gboolean is_empty(const Moving *moving, GError **error)
{
    for (guint i = 0; i < moving->tables->len; i++) {
        const DbTableShape *table = moving->tables->pdata[i];
        gint64 rows = 0;
        if (strcmp(table->name, "meta") == 0)
            continue;
        if (!count_rows(moving->to, table, &rows, error))
            return FALSE;
        if (rows > 0) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                        _("There is a unit in %s already, so nothing was carried there."),
                        db_path(moving->to));
            return FALSE;
        }
    }
    return TRUE;
}

/* --- the numbers ------------------------------------------------------------------------------ */

static gboolean carry_numbers(Moving *moving, GError **error)
{
    if (!node_read(moving->to, error))
        return FALSE;
    for (guint i = 0; i < moving->tables->len; i++) {
        const DbTableShape *table = moving->tables->pdata[i];
        gint64 last = 0;
        if (table->has_id &&
            (!moving->from->engine->last_id(moving->from, table->name, &last, error) ||
             !moving->to->engine->ids_past(moving->to, table->name, last, error)))
            return FALSE;
    }
    return TRUE;
}

/* --- all of it -------------------------------------------------------------------------------- */

static gboolean copy_tables(Moving *moving, Sum *sums, GError **error)
{
    for (guint i = 0; i < moving->tables->len; i++) {
        const DbTableShape *table = moving->tables->pdata[i];
        g_autofree char *insert = insertion(table);
        g_autoptr(DbIndexes) indexes = db_indexes_take_away(moving->to, table->name, "", error);
        if (indexes == NULL ||
            !walk_table(moving, moving->from, table, moving->to, insert, &sums[i], error) ||
            !db_indexes_lay_again(indexes, error))
            return FALSE;
    }
    return TRUE;
}

/* An engine that has let go of them outside the transaction gets them back whatever happens. */
static gboolean copy_all(Moving *moving, Sum *sums, GError **error)
{
    const DbEngine *engine = moving->to->engine;
    g_autoptr(GPtrArray) apart = engine->references_take_away(moving->to, error);

    if (apart == NULL)
        return FALSE;
    if (copy_tables(moving, sums, error))
        return engine->references_lay_again(moving->to, apart, error);
    engine->references_lay_again(moving->to, apart, NULL);
    return FALSE;
}

static gboolean set_other(const char *table, GError **error)
{
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("What was carried is not what was there (%s), so nothing was changed. Try again; if it "
          "happens again, ask for help with this message."),
        table);
    return FALSE;
}

gboolean db_move(Db *from, Db *to, const DbWatch *watch, GError **error)
{
    g_auto(Moving) moving = {.from = from, .to = to, .watch = watch};

    if (!db_in_transaction(from) || !db_in_transaction(to)) {
        fault_set(error, "a move outside transactions");
        return FALSE;
    }
    if (!begin(&moving, error) || !is_empty(&moving, error) ||
        !db_run(to, "DELETE FROM meta WHERE key = 'node'", NULL, error))
        return FALSE;
    g_autofree Sum *sums = g_new0(Sum, moving.tables->len);
    if (!copy_all(&moving, sums, error) || !carry_numbers(&moving, error))
        return FALSE;
    for (guint i = 0; i < moving.tables->len; i++) {
        const DbTableShape *table = moving.tables->pdata[i];
        Sum sum;
        if (!walk_table(&moving, to, table, NULL, NULL, &sum, error))
            return FALSE;
        if (memcmp(&sum, &sums[i], sizeof sum) != 0)
            return set_other(table->name, error);
    }
    return TRUE;
}

gboolean db_move_compare(Db *one, Db *other, const DbWatch *watch, char **differs, GError **error)
{
    g_auto(Moving) moving = {.from = one, .to = other, .watch = watch};

    *differs = NULL;
    if (!begin(&moving, error))
        return FALSE;
    for (guint i = 0; i < moving.tables->len && *differs == NULL; i++) {
        const DbTableShape *table = moving.tables->pdata[i];
        Sum first, second;
        if (!walk_table(&moving, one, table, NULL, NULL, &first, error) ||
            !walk_table(&moving, other, table, NULL, NULL, &second, error))
            return FALSE;
        if (memcmp(&first, &second, sizeof first) != 0)
            *differs = g_strdup(table->name);
    }
    return TRUE;
}
