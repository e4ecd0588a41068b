/* server_id.c: row numbers from the sequences of the server. One is a round trip; whoever wants
 * many in a transaction, such as a file read in, gets more at a time, and what is left of them at
 * its end is nobody's. */
#include "db/server/server_private.h"

#define AT_A_TIME 2048 /* at the most */

typedef struct {
    guint64 transaction; /* in which they were drawn */
    GArray *numbers;     /* gint64, the next one last */
    gint64 drawn;        /* so many in it */
} Store;

static void store_free(gpointer data)
{
    Store *store = data;

    g_array_unref(store->numbers);
    g_free(store);
}

void server_ids_clear(struct Server *server)
{
    g_clear_pointer(&server->ids, g_hash_table_unref);
}

static Store *store_of(Db *db, const char *table)
{
    struct Server *server = db->server;

    if (server->ids == NULL)
        server->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, store_free);
    Store *store = g_hash_table_lookup(server->ids, table);
    if (store == NULL) {
        store = g_new0(Store, 1);
        store->numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
        g_hash_table_insert(server->ids, g_strdup(table), store);
    }
    if (store->transaction != db->transaction) {
        g_array_set_size(store->numbers, 0);
        store->drawn = 0;
        store->transaction = db->transaction;
    }
    return store;
}

/* As many as there were; the lowest is given first. A save draws few that it does not need. */
static gboolean draw(Db *db, const char *table, Store *store, GError **error)
{
    const gint64 many = CLAMP(store->drawn, 1, AT_A_TIME);
    g_autofree char *sequence = g_strconcat("id_", table, NULL);
    g_autoptr(DbStatement) rows =
        db_query(db,
                 "SELECT n FROM (SELECT nextval(CAST(:sequence AS regclass)) AS n FROM "
                 "generate_series(1, :many)) s"
                 " ORDER BY n DESC",
                 DB_PARAMS(DB_TEXT("sequence", sequence), DB_INT("many", many)), error);
    DbStep step = DB_STEP_ERROR;

    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 number = db_int(rows, 0);
        g_array_append_val(store->numbers, number);
    }
    store->drawn += many;
    return step == DB_STEP_DONE;
}

gint64 server_new_id(Db *db, const char *table, GError **error)
{
    Store *store = store_of(db, table);

    if (store->numbers->len == 0 && !draw(db, table, store, error))
        return 0;
    const gint64 next = g_array_index(store->numbers, gint64, store->numbers->len - 1);
    g_array_set_size(store->numbers, store->numbers->len - 1);
    return db->node << 32 | next;
}
