/* All rows carried from one place to another: here from a file to a file, on a server in
 * tests/postgres/move.c. */
#include "tests/moving.h"
#include "tests/unit/db/fixture.h"

static const DbOptions options = {.migrations = moving_schema, .migration_count = 1};

static Db *open_as(const Fixture *fixture, const char *name, DbFlags flags)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    Db *db = NULL;

    assert_ok(db = db_open_with(path, fixture->key, flags, &options, &error));
    return db;
}

static void every_value_comes_along(void **state)
{
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = open_as(*state, "till.db", DB_CREATE);

    assert_ok(moving_fill(from, 5000, &error));
    g_autofree char *before = moving_differ(from, to);
    assert_string_equal(before, "meta");
    assert_ok(moving_do(from, to, NULL, &error));
    g_autofree char *after = moving_differ(from, to);
    assert_null(after);
    assert_int_equal(db_node(to), db_node(from));
    /* References are looked at again. */
    assert_fails(db_run(to, "INSERT INTO word VALUES (1, 'ingen')", NULL, &error), ERROR_CONFLICT);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM person"), 5000);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM call WHERE body = '' AND weight = 0.1"),
                     1);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM call WHERE body IS NULL"
                                     " AND picture IS NOT NULL AND length(picture) = 0"),
                     1);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"
                                     " AND name = 'call_of_person'"),
                     1);
}

/* Of another kind, though it looks the same; a row less; a row that another stands for. */
static void whatever_differs_is_seen(void **state)
{
    static const struct {
        const char *sql, *table;
    } acts[] = {
        {"UPDATE call SET body = NULL WHERE body = ''", "call"},
        {"UPDATE call SET picture = NULL WHERE length(picture) = 0", "call"},
        {"UPDATE call SET picture = x'00' WHERE length(picture) = 6", "call"},
        {"UPDATE call SET weight = weight + 1 WHERE weight < 1", "call"},
        {"DELETE FROM word WHERE word = ''", "word"},
        {"UPDATE person SET merged_into = NULL WHERE merged_into IS NOT NULL", "person"},
        {"UPDATE meta SET value = '17:ac' WHERE key = 'audit_mac'", "meta"},
    };
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = open_as(*state, "till.db", DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(moving_do(from, to, NULL, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
        assert_ok(db_begin(to, &error));
        assert_ok(db_run(to, acts[i].sql, NULL, &error));
        g_autofree char *differs = moving_differ(from, to);
        assert_string_equal(differs, acts[i].table);
        db_rollback(to);
    }
    /* What belongs to the place is no difference. */
    assert_ok(db_meta_set(to, "moved_to", "x", &error));
    assert_ok(db_meta_set(to, "last_id.person", "5", &error));
    g_autofree char *differs = moving_differ(from, to);
    assert_null(differs);
}

static void numbers_go_on_where_they_were(void **state)
{
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = open_as(*state, "till.db", DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(db_begin(from, &error));
    const gint64 gone = fixture_add_inside(from, "Bo");
    assert_ok(db_commit(from, &error));
    assert_ok(db_begin(from, &error));
    assert_ok(db_run(from, "DELETE FROM person WHERE name = 'Bo'", NULL, &error));
    assert_ok(db_commit(from, &error));
    assert_ok(moving_do(from, to, NULL, &error));
    assert_ok(db_begin(to, &error));
    assert_int_equal(db_new_id(to, "person", NULL), gone + 1);
    db_rollback(to);
}

static gboolean stop_at(double share, gpointer data)
{
    return share < *(double *)data;
}

static void nothing_is_there_when_it_is_broken_off(void **state)
{
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    double until[] = {0.2, 0.8};

    assert_ok(moving_fill(from, 5000, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(until); i++) {
        g_autofree char *name = g_strdup_printf("till-%d.db", (int)i);
        g_autoptr(Db) to = open_as(*state, name, DB_CREATE);
        const gint64 node = db_node(to);
        const DbWatch watch = {.go_on = stop_at, .data = &until[i]};
        assert_fails(moving_do(from, to, &watch, &error), ERROR_CANCELLED);
        assert_int_equal(fixture_int(to, "SELECT count(*) FROM person"), 0);
        assert_int_equal(fixture_int(to, "SELECT CAST(value AS INTEGER) FROM meta"
                                         " WHERE key = 'node'"),
                         node);
        assert_int_equal(
            fixture_int(to, "SELECT count(*) FROM sqlite_schema WHERE name = 'call_of_person'"), 1);
    }
}

static void what_is_there_is_not_written_over(void **state)
{
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = open_as(*state, "till.db", DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(moving_fill(to, 1, &error));
    assert_fails(moving_do(from, to, NULL, &error), ERROR_EXISTS);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM person"), 1);
    assert_fails(db_move(from, to, NULL, &error), ERROR_INTERNAL);
}

static void a_reference_to_nothing_is_not_carried(void **state)
{
    g_autoptr(Db) from = open_as(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = open_as(*state, "till.db", DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(db_run(from, "PRAGMA foreign_keys = OFF", NULL, &error));
    assert_ok(db_run(from, "INSERT INTO word VALUES (1, 'ingen')", NULL, &error));
    assert_fails(moving_do(from, to, NULL, &error), ERROR_CORRUPT);
    assert_int_equal(fixture_int(to, "SELECT count(*) FROM person"), 0);
}

/* A file gains nothing by it, so it is done at once. */
static void a_file_does_at_once_what_is_told_it_for_later(void **state)
{
    g_autoptr(Db) db = open_as(*state, "fran.db", DB_CREATE);
    const char *sql = "INSERT INTO person (id, name) VALUES (1, 'Bo')";

    assert_ok(db_run_later(db, sql, NULL, &error));
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), 1);
    assert_ok(db_begin(db, &error));
    assert_fails(db_run_later(db, sql, NULL, &error), ERROR_EXISTS);
    db_rollback(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_value_comes_along),
        T(whatever_differs_is_seen),
        T(numbers_go_on_where_they_were),
        T(nothing_is_there_when_it_is_broken_off),
        T(what_is_there_is_not_written_over),
        T(a_reference_to_nothing_is_not_carried),
        T(a_file_does_at_once_what_is_told_it_for_later),
    };
    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("db/move", tests, NULL, NULL);
}
