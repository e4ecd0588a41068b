/* client_tables.c: every table and column that points at a client is in the list, and what hangs on
 * a row is taken before it. Issue 10. */
#include "care/client/client_drafts.h"
#include "care/client/client_tables.h"

#include "care/unit/draft_rows.h"

#include "tests/unit/care/fixture_visit.h"
#include "tests/units/rows.h"

/* What points at a row by its name alone, without a reference. */
static const char *const names[] = {"client_id", "visit_id",    "response_id", "placement_id",
                                    "series_id", "decision_id", "task_id",     NULL};

typedef struct {
    char *table, *column, *to; /* `to`: NULL where there is no reference */
} Arrow;

static void arrow_free(gpointer data)
{
    Arrow *arrow = data;
    g_free(arrow->table);
    g_free(arrow->column);
    g_free(arrow->to);
    g_free(arrow);
}

static sqlite3 *open_schema(const Visits *visits)
{
    sqlite3 *handle = NULL;
    const Secret *key = vault_data_key(session_vault(visits->session));
    assert_ok((handle = engine_open(visits->unit.database, NULL, key, FALSE, &error)));
    return handle;
}

static GPtrArray *arrows(sqlite3 *handle)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(arrow_free);
    sqlite3_stmt *row = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(handle,
                           "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_schema m,"
                           " pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
                           " UNION SELECT m.name, p.name, NULL FROM sqlite_schema m,"
                           " pragma_table_info(m.name) p WHERE m.type = 'table'",
                           -1, &row, NULL),
        SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        Arrow *arrow = g_new0(Arrow, 1);
        arrow->table = g_strdup((const char *)sqlite3_column_text(row, 0));
        arrow->column = g_strdup((const char *)sqlite3_column_text(row, 1));
        arrow->to = g_strdup((const char *)sqlite3_column_text(row, 2));
        g_ptr_array_add(all, arrow);
    }
    sqlite3_finalize(row);
    return all;
}

static const ClientTable *find(const char *name)
{
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < count; i++)
        if (g_str_equal(tables[i].name, name))
            return &tables[i];
    return NULL;
}

static gboolean points(const Arrow *arrow, GHashTable *reached)
{
    return arrow->to != NULL ? g_hash_table_contains(reached, arrow->to)
                             : g_strv_contains(names, arrow->column);
}

/* The tables that have rows of a client, by way of whatever else. */
static GHashTable *reached_from_client(const GPtrArray *all)
{
    GHashTable *reached = g_hash_table_new(g_str_hash, g_str_equal);
    guint before = 0;
    g_hash_table_add(reached, (gpointer) "client");
    while (g_hash_table_size(reached) > before) {
        before = g_hash_table_size(reached);
        for (guint i = 0; i < all->len; i++)
            if (points(all->pdata[i], reached))
                g_hash_table_add(reached, ((Arrow *)all->pdata[i])->table);
    }
    return reached;
}

static void nothing_that_points_at_a_client_is_left_out(void **state)
{
    const Visits *visits = *state;
    sqlite3 *handle = open_schema(visits);
    g_autoptr(GPtrArray) all = arrows(handle);
    g_autoptr(GHashTable) reached = reached_from_client(all);
    int missing = 0;
    for (guint i = 0; i < all->len; i++) {
        const Arrow *arrow = all->pdata[i];
        const ClientTable *table = find(arrow->table);
        g_auto(GStrv) known = g_strsplit(table != NULL ? table->points : "", " ", -1);
        if (points(arrow, reached) && !g_strv_contains((const char *const *)known, arrow->column))
            print_error("%s.%s points at a client: name it in client_tables.c\n", arrow->table,
                        arrow->column),
                missing++;
    }
    assert_int_equal(missing, 0);
    sqlite3_close(handle);
}

/* Nor is there a line of a table or a column that is no more. */
static void nothing_is_listed_that_is_not_there(void **state)
{
    const Visits *visits = *state;
    sqlite3 *handle = open_schema(visits);
    g_autoptr(GPtrArray) all = arrows(handle);
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < count; i++) {
        g_auto(GStrv) columns = g_strsplit(tables[i].points, " ", -1);
        for (char **column = columns; *column != NULL; column++) {
            gboolean found = FALSE;
            for (guint j = 0; j < all->len && !found; j++) {
                const Arrow *arrow = all->pdata[j];
                found = g_str_equal(arrow->table, tables[i].name) &&
                        g_str_equal(arrow->column, *column);
            }
            if (!found)
                fail_msg("%s.%s", tables[i].name, *column);
        }
    }
    sqlite3_close(handle);
}

static void what_hangs_on_a_row_stands_before_it(void **state)
{
    const Visits *visits = *state;
    sqlite3 *handle = open_schema(visits);
    g_autoptr(GPtrArray) all = arrows(handle);
    for (guint i = 0; i < all->len; i++) {
        const Arrow *arrow = all->pdata[i];
        const ClientTable *table = find(arrow->table),
                          *to = arrow->to != NULL ? find(arrow->to) : NULL;
        if (table != NULL && to != NULL && table > to)
            fail_msg("%s stands behind %s", table->name, to->name);
    }
    sqlite3_close(handle);
}

static void only_the_clients_own_rows_are_taken(void **state)
{
    const Visits *visits = *state;
    Db *db = session_db(visits->session);
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    {
        g_autoptr(DbTransaction) tx = NULL;
        assert_ok((tx = db_transaction(db, &error)));
        for (gsize i = 0; i < count; i++)
            if (tables[i].move != NULL)
                assert_ok(
                    db_run(db, tables[i].move,
                           DB_PARAMS(DB_INT("client", visits->client), DB_INT("to", visits->other)),
                           &error));
        assert_ok(client_tables_take(visits->session, visits->client, &error));
        assert_ok(db_transaction_commit(tx, &error));
    }
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM client"), 2);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 0);
}

/* B14: every kind of draft there is: whose it is stands in the list, or it is about no client. */
static void b14_no_draft_is_left_out(void **state)
{
    (void)state;
    static const char *const NOBODY[] = {"improvement", "cycle",     "new-cycle", "week-note",
                                         "institution", "log-found", "cover",     "cover-change",
                                         "group",       "out",       NULL};
    static const char *const FILES[] = {"src/care/unit/draft_rows.h", "src/care/unit/draft.h",
                                        "src/care/client/dispute.h"};
    g_autoptr(GRegex) define = g_regex_new("#define DRAFT_\\w+\\s+\"([^\"]+)\"", 0, 0, NULL);
    const ClientTable *drafts = find("draft");
    int count = 0;
    g_autofree char *typed = NULL; /* those told by what is typed */
    assert_ok(g_file_get_contents("src/care/client/client_drafts.c", &typed, NULL, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *text = NULL;
        g_autoptr(GMatchInfo) match = NULL;
        assert_ok(g_file_get_contents(FILES[i], &text, NULL, &error));
        for (g_regex_match(define, text, 0, &match); g_match_info_matches(match);
             g_match_info_next(match, NULL), count++) {
            g_autofree char *kind = g_match_info_fetch(match, 1);
            g_autofree char *quoted = g_strdup_printf("'%s'", kind);
            if (!g_strv_contains(NOBODY, kind) && strstr(drafts->whose, quoted) == NULL &&
                strstr(typed, quoted) == NULL)
                fail_msg("Drafts of kind %s: whose they are stands nowhere.", kind);
        }
    }
    assert_true(count > 20);
}

/* How many would go with the client. */
static gint64 drafts_of(const Visits *visits, gint64 client)
{
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    const gint64 before = fixture_int(visits->session, "SELECT COUNT(*) FROM draft");
    assert_ok(client_drafts_take(visits->session, client, &error));
    return before - fixture_int(visits->session, "SELECT COUNT(*) FROM draft");
}

static void keep_call(Session *session, const char *about)
{
    char *values[] = {(char *)"Modern", (char *)"", (char *)about, (char *)"Ring.", (char *)"",
                      (char *)"",       NULL};
    g_autofree char *body = draft_rows_write(values, NULL, 0);
    assert_ok(draft_save(session, DRAFT_CALL_REQUEST, 0, body, &error));
}

/* B14: a call half noted names somebody in what is typed alone. */
static void b14_a_call_half_noted_is_of_whom_it_names(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    keep_call(visits->session, client->name);
    assert_int_equal(drafts_of(visits, visits->client), 1);
    assert_int_equal(drafts_of(visits, visits->other), 0);
    keep_call(visits->session, "Någon helt annan");
    assert_int_equal(drafts_of(visits, visits->client), 0);
    keep_call(visits->session, client->name);
    g_autoptr(Client) namesake = client_new();
    namesake->name = g_strdup(client->name);
    namesake->number = g_strdup("B77");
    assert_ok(client_add(visits->session, namesake, &error));
    assert_int_equal(drafts_of(visits, visits->client), 0);
    keep_call(visits->session, "B77");
    assert_int_equal(drafts_of(visits, namesake->id), 1);
    assert_int_equal(drafts_of(visits, visits->client), 0);
    g_autofree char *id = g_strdup_printf("{\"values\":[\"%" G_GINT64_FORMAT "\"]}", visits->other);
    assert_ok(draft_save(visits->session, "task", 0, id, &error));
    assert_int_equal(drafts_of(visits, visits->other), 1);
    assert_int_equal(drafts_of(visits, visits->client), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(nothing_that_points_at_a_client_is_left_out),
        VISIT_TEST(nothing_is_listed_that_is_not_there),
        VISIT_TEST(what_hangs_on_a_row_stands_before_it),
        VISIT_TEST(only_the_clients_own_rows_are_taken),
        VISIT_TEST(b14_no_draft_is_left_out),
        VISIT_TEST(b14_a_call_half_noted_is_of_whom_it_names),
    };
    return cmocka_run_group_tests_name("client tables", tests, NULL, NULL);
}
