/* server_unseal.c: what goes to the server sealed and comes back opened. A value opens only as what
 * it was written as: the column says which, by the server's own account of where it read it, and
 * the row's key, which stands beside it or is what was asked for. A server that gives another row's
 * value, or another column's, is found out. */
#include "db/server/server_unseal.h"

#include <string.h>

#include "base/fault.h"
#include "base/i18n.h"

/* A column of the result, or a parameter. */
typedef struct {
    gboolean is_param;
    int index;
} Source;

typedef struct {
    int column;
    const SealedTable *table;
    const char *sealed;
    GArray *sources[SEALED_KEYS]; /* Source: whatever may have the row's key */
    char *value;
} Opening;

struct Unsealing {
    Db *db;
    int columns;
    GArray *openings;    /* Opening */
    GArray *expressions; /* int: columns that are of no table, where nothing sealed may stand */
    const char *sql;
};

/* ---- there ----------------------------------------------------------------------------------- */

/* Where a value belongs. New. */
static char *seal_place(const SealedTable *table, const char *column, const char *const *values)
{
    GString *place = g_string_new(NULL);

    g_string_printf(place, "%s.%s", table->name, column);
    for (guint i = 0; i < sealed_key_count(table); i++)
        g_string_append_printf(place, " %" G_GSIZE_FORMAT ":%s", strlen(values[i]), values[i]);
    return g_string_free(place, FALSE);
}

/* New; NULL: equal values have no beginning in common. */
static char *mark_of(const SealedTable *table, const char *column)
{
    return sealed_is_keyed(table, column) ? g_strconcat(table->name, ".", column, NULL) : NULL;
}

char *server_seal_with(const SealKeys *keys, const SealedTable *table, const char *column,
                       const char *const *values, const char *value)
{
    if (*value == '\0')
        return g_strdup("");
    g_autofree char *place = seal_place(table, column, values);
    g_autofree char *mark = mark_of(table, column);
    return seal_value(keys, place, mark, value);
}

char *server_open_with(const SealKeys *keys, const SealedTable *table, const char *column,
                       const char *const *values, const char *sealed)
{
    g_autofree char *place = seal_place(table, column, values);
    g_autofree char *mark = mark_of(table, column);
    return seal_open(keys, place, mark, sealed);
}

/* ---- which columns --------------------------------------------------------------------------- */

static void opening_clear(gpointer data)
{
    Opening *opening = data;

    for (int i = 0; i < SEALED_KEYS; i++)
        g_clear_pointer(&opening->sources[i], g_array_unref);
    g_free(opening->value);
}

static void add_source(GArray *sources, gboolean is_param, int index)
{
    const Source source = {is_param, index};

    g_array_append_val(sources, source);
}

/* Whether one column names what the other is: visit.client_id and client.id. */
static gboolean are_one(Db *db, const Origin *one, const Origin *other)
{
    return one == other || server_origin_root(db, one) == server_origin_root(db, other);
}

/* The key itself, or "client_id" for the id of a client. */
static gboolean asks_for(const EqualParam *equal, const SealedTable *table, const char *key)
{
    const gsize length = strlen(table->name);

    return (g_str_equal(equal->word, key) &&
            (equal->table == NULL || g_str_equal(equal->table, table->name))) ||
           (g_str_equal(key, "id") && strncmp(equal->word, table->name, length) == 0 &&
            g_str_equal(equal->word + length, "_id"));
}

static const Origin *key_origin(Unsealing *unsealing, const PGresult *result,
                                const Opening *opening, guint key)
{
    return server_origin_named(unsealing->db, LIB->PQftable(result, opening->column),
                               opening->table->keys[key]);
}

static gboolean find_sources(Unsealing *unsealing, const PGresult *result, const SealedPlan *plan,
                             Opening *opening, guint key, GError **error)
{
    const char *name = opening->table->keys[key];
    const Origin *wanted = key_origin(unsealing, result, opening, key);
    GArray *sources = opening->sources[key] = g_array_new(FALSE, FALSE, sizeof(Source));

    for (int i = 0; wanted != NULL && i < unsealing->columns; i++) {
        const Origin *origin = server_origin(unsealing->db, result, i);
        if (origin != NULL && are_one(unsealing->db, origin, wanted))
            add_source(sources, FALSE, i);
    }
    for (guint i = 0; i < plan->equal->len; i++) {
        const EqualParam *equal = &g_array_index(plan->equal, EqualParam, i);
        if (asks_for(equal, opening->table, name))
            add_source(sources, TRUE, equal->param);
    }
    if (sources->len > 0)
        return TRUE;
    fault_set(error, "%s.%s is sealed, and read without its row's %s: %s", opening->table->name,
              opening->sealed, name, unsealing->sql);
    return FALSE;
}

static gboolean add_opening(Unsealing *unsealing, const PGresult *result, const SealedPlan *plan,
                            int column, const Origin *origin, GError **error)
{
    const SealedTable *table = sealed_table(origin->table);
    const char *sealed = table ? sealed_column(table, origin->column) : NULL;

    if (sealed == NULL)
        return TRUE;
    g_array_append_val(unsealing->openings,
                       ((Opening){.column = column, .table = table, .sealed = sealed}));
    Opening *opening = &g_array_index(unsealing->openings, Opening, unsealing->openings->len - 1);
    for (guint key = 0; key < sealed_key_count(table); key++)
        if (!find_sources(unsealing, result, plan, opening, key, error))
            return FALSE;
    return TRUE;
}

Unsealing *unsealing_new(Db *db, const PGresult *result, const SealedPlan *plan, const char *sql,
                         GError **error)
{
    if (!server_origins_of(db, result, error))
        return NULL;
    Unsealing *unsealing = g_new0(Unsealing, 1);

    unsealing->db = db;
    unsealing->sql = sql;
    unsealing->columns = LIB->PQnfields(result);
    unsealing->openings = g_array_new(FALSE, FALSE, sizeof(Opening));
    g_array_set_clear_func(unsealing->openings, opening_clear);
    unsealing->expressions = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < unsealing->columns; i++) {
        const Origin *origin = server_origin(db, result, i);
        if (origin == NULL) {
            g_array_append_val(unsealing->expressions, i);
        } else if (!add_opening(unsealing, result, plan, i, origin, error)) {
            unsealing_free(unsealing);
            return NULL;
        }
    }
    return unsealing;
}

void unsealing_free(Unsealing *unsealing)
{
    if (unsealing == NULL)
        return;
    g_array_unref(unsealing->openings);
    g_array_unref(unsealing->expressions);
    g_free(unsealing);
}

void unsealing_forget(Unsealing *unsealing)
{
    for (guint i = 0; unsealing != NULL && i < unsealing->openings->len; i++)
        g_clear_pointer(&g_array_index(unsealing->openings, Opening, i).value, g_free);
}

/* ---- and back -------------------------------------------------------------------------------- */

typedef struct {
    const Unsealing *unsealing;
    const PGresult *result;
    int row;
    const char *const *params;
} Row;

static const char *key_value(const Row *row, const Source *source)
{
    if (source->is_param)
        return row->params[source->index];
    return LIB->PQgetisnull(row->result, row->row, source->index)
               ? NULL
               : LIB->PQgetvalue(row->result, row->row, source->index);
}

/* Where several columns may tell the row, as of two clients side by side, each is tried. */
static char *try_keys(const Row *row, const Opening *opening, const char *sealed, guint key,
                      const char **values)
{
    if (key == sealed_key_count(opening->table))
        return server_open_with(row->unsealing->db->server->seal, opening->table, opening->sealed,
                                values, sealed);
    for (guint i = 0; i < opening->sources[key]->len; i++) {
        values[key] = key_value(row, &g_array_index(opening->sources[key], Source, i));
        char *value = values[key] ? try_keys(row, opening, sealed, key + 1, values) : NULL;
        if (value != NULL)
            return value;
    }
    return NULL;
}

gboolean server_not_as_written(Db *db, const SealedTable *table, const char *column, GError **error)
{
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("Something in the database of the unit %s is not what was written there (%s, %s). "
          "It has been changed or put in another's place on the server. Tell whoever is "
          "responsible for the program."),
        db->path, table->name, column);
    return FALSE;
}

static gboolean is_under_our_key(Db *db)
{
    g_autofree char *mark =
        server_ask(db, "SELECT value FROM meta WHERE key = '" SERVER_WRITER "'");

    return mark == NULL || server_key_fits(db, mark);
}

static gboolean open_one(const Row *row, Opening *opening, GError **error)
{
    const char *values[SEALED_KEYS] = {NULL};
    const char *sealed = LIB->PQgetvalue(row->result, row->row, opening->column);

    if (LIB->PQgetisnull(row->result, row->row, opening->column))
        return TRUE;
    opening->value = *sealed ? try_keys(row, opening, sealed, 0, values) : g_strdup("");
    if (opening->value != NULL)
        return TRUE;
    if (!is_under_our_key(row->unsealing->db))
        return server_key_changed(error);
    return server_not_as_written(row->unsealing->db, opening->table, opening->sealed, error);
}

/* A sealed value is never part of something that the server has made. */
static gboolean has_none_sealed(const Row *row, GError **error)
{
    const GArray *expressions = row->unsealing->expressions;

    for (guint i = 0; i < expressions->len; i++) {
        const int column = g_array_index(expressions, int, i);
        const char *value = LIB->PQgetvalue(row->result, row->row, column);
        if (*value == SEAL_SIGN && strlen(value) > SEAL_BLOCK * 2) {
            fault_set(error, "something sealed goes through an expression: %s",
                      row->unsealing->sql);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean unsealing_row(Unsealing *unsealing, const PGresult *result, int row,
                       const char *const *params, GError **error)
{
    const Row this = {unsealing, result, row, params};

    unsealing_forget(unsealing);
    for (guint i = 0; i < unsealing->openings->len; i++)
        if (!open_one(&this, &g_array_index(unsealing->openings, Opening, i), error))
            return FALSE;
    return has_none_sealed(&this, error);
}

const char *unsealing_value(const Unsealing *unsealing, int column)
{
    for (guint i = 0; unsealing != NULL && i < unsealing->openings->len; i++) {
        const Opening *opening = &g_array_index(unsealing->openings, Opening, i);
        if (opening->column == column)
            return opening->value;
    }
    return NULL;
}
