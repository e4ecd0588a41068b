/* client_names.c: the searched words and the sort key of clients' names. */
#include "care/client/client_names.h"

#include "base/text.h"

#define META_RULES "client_names" /* text_name_rules() of when the rows were made */

typedef struct {
    Db *db;
    gint64 unit_id, client_id;
    GBytes *key;
} Writing;

static gboolean write_word(const Writing *writing, const char *word, GError **error)
{
    gsize length;
    const void *key = g_bytes_get_data(writing->key, &length);

    return db_run(writing->db,
                  "INSERT INTO client_word (unit_id, word, name_key, client_id)"
                  " VALUES (:unit, :word, :name_key, :id)"
                  " ON CONFLICT (unit_id, word, name_key, client_id) DO NOTHING",
                  DB_PARAMS(DB_INT("unit", writing->unit_id), DB_TEXT("word", word),
                            DB_BLOB("name_key", key, (gssize)length),
                            DB_INT("id", writing->client_id)),
                  error);
}

/* A beginning and its first letter, as client_search.c looks for them. */
static gboolean write_word_and_letter(const Writing *writing, const char *word, GError **error)
{
    g_autofree char *letter = g_utf8_substring(word, 0, 1);

    return write_word(writing, word, error) && write_word(writing, letter, error);
}

static gboolean write_words(const Writing *writing, const char *name, GError **error)
{
    g_auto(GStrv) words = text_name_beginnings(name);
    for (char **word = words; *word; word++)
        if (!write_word_and_letter(writing, *word, error))
            return FALSE;
    return TRUE;
}

GPtrArray *client_names_former(Db *db, gint64 client_id, const char *kind, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows =
        db_query(db, "SELECT value FROM client_former WHERE client_id = :id AND kind = :kind",
                 DB_PARAMS(DB_INT("id", client_id), DB_TEXT("kind", kind)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(names, g_strdup(db_text(rows, 0)));
    return step == DB_STEP_DONE ? g_steal_pointer(&names) : NULL;
}

gboolean client_names_write(Db *db, gint64 unit_id, gint64 client_id, const char *name,
                            GError **error)
{
    gint64 merged = 0;
    g_autoptr(GBytes) key = text_sort_key(name);
    const Writing writing = {.db = db, .unit_id = unit_id, .client_id = client_id, .key = key};

    if (!db_run(db, "DELETE FROM client_word WHERE client_id = :id",
                DB_PARAMS(DB_INT("id", client_id)), error) ||
        !db_get_int(db, "SELECT COUNT(*) FROM client WHERE id = :id AND merged_into IS NOT NULL",
                    DB_PARAMS(DB_INT("id", client_id)), 0, &merged, error))
        return FALSE;
    if (merged != 0)
        return TRUE;
    g_autoptr(GPtrArray) former = client_names_former(db, client_id, "name", error);
    if (former == NULL || !write_words(&writing, name, error))
        return FALSE;
    for (guint i = 0; i < former->len; i++)
        if (!write_words(&writing, former->pdata[i], error))
            return FALSE;
    return TRUE;
}

typedef struct {
    gint64 id;
    char *name;
} Named;

static void named_clear(gpointer data)
{
    g_free(((Named *)data)->name);
}

/* Every client of the unit with the name (Named); new. */
static GArray *read_all(Db *db, gint64 unit_id, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Named));
    g_autoptr(DbStatement) rows =
        db_query(db, "SELECT id, name FROM client WHERE unit_id = :unit ORDER BY id",
                 DB_PARAMS(DB_INT("unit", unit_id)), error);
    DbStep step = DB_STEP_ERROR;

    g_array_set_clear_func(all, named_clear);
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Named named = {.id = db_int(rows, 0), .name = g_strdup(db_text(rows, 1))};
        g_array_append_val(all, named);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static gboolean renew(Db *db, gint64 unit_id, const Named *named, GError **error)
{
    g_autoptr(GBytes) key = text_sort_key(named->name);
    gsize length;
    const void *bytes = g_bytes_get_data(key, &length);

    return db_run(db, "UPDATE client SET name_key = :name_key WHERE id = :id",
                  DB_PARAMS(DB_BLOB("name_key", bytes, (gssize)length), DB_INT("id", named->id)),
                  error) &&
           client_names_write(db, unit_id, named->id, named->name, error);
}

gboolean client_names_renew(Db *db, gint64 unit_id, GError **error)
{
    g_autofree char *rules = text_name_rules(), *made_by = NULL;
    g_autoptr(GArray) all = NULL;

    if (!db_get_text(db, "SELECT value FROM meta WHERE key = :key",
                     DB_PARAMS(DB_TEXT("key", META_RULES)), &made_by, error))
        return FALSE;
    if (g_strcmp0(rules, made_by) == 0)
        return TRUE;
    if (!(all = read_all(db, unit_id, error)))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (!renew(db, unit_id, &g_array_index(all, Named, i), error))
            return FALSE;
    return db_meta_set(db, META_RULES, rules, error);
}
