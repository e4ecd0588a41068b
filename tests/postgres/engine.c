/* src/db/server: what a database on a server promises, as one in a file does. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "db/server/server.h"
#include "tests/postgres/asserts.h"

#define WHERE "dbname=engine"

static const Migration schema[] = {
    {1, "0001-small",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) /*sqlite: STRICT*/;\n"
     "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight DOUBLE "
     "PRECISION,"
     " picture BYTEA);\n"},
};

static Db *open_with(DbFlags flags)
{
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    Db *db = NULL;

    assert_ok((db = server_open(WHERE, "prov.unit", key, flags, schema, 1, &error)));
    return db;
}

static int setup(void **state)
{
    i18n_init("en");
    assert_ok(secret_init(&error));
    assert_ok(server_library(&error) != NULL);
    tell_server("DROP DATABASE IF EXISTS engine WITH (FORCE)");
    tell_server("CREATE DATABASE engine");
    *state = open_with(DB_CREATE);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    return 0;
}

static gboolean add(Db *db, const char *name, GError **error)
{
    const gint64 id = db_new_id(db, "person", error);

    return id != 0 && db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                             DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), error);
}

static int persons(Db *db)
{
    gint64 count = -1;

    assert_ok(db_get_int(db, "SELECT count(*) FROM person", NULL, -1, &count, &error));
    return (int)count;
}

/* ---- opened ---------------------------------------------------------------------------------- */

static void it_is_made_once_and_opened(void **state)
{
    Db *first = *state;
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    g_autoptr(Db) second = open_with(DB_READ_WRITE);

    assert_true(first->node > 0);
    assert_int_equal(second->node, first->node);
    assert_fails(server_open(WHERE, "prov.unit", key, DB_CREATE, schema, 1, &error), ERROR_EXISTS);
    assert_ok(db_meta_set(first, SERVER_VERSION, "2", &error));
    assert_fails(server_open(WHERE, "prov.unit", key, DB_READ_WRITE, schema, 1, &error),
                 ERROR_VERSION);
}

static void what_is_not_there_is_said(void **state)
{
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);

    (void)state;
    tell_server("DROP DATABASE IF EXISTS nothing");
    tell_server("CREATE DATABASE nothing");
    assert_fails(server_open("dbname=nothing", "x.unit", key, DB_READ_WRITE, schema, 1, &error),
                 ERROR_NOT_FOUND);
    assert_fails(server_open("host=/nowhere", "x.unit", key, DB_READ_WRITE, schema, 1, &error),
                 ERROR_IO);
    tell_server("DROP DATABASE nothing");
    tell_server("CREATE DATABASE nothing LC_COLLATE 'C.UTF-8' TEMPLATE template0");
    assert_fails(server_open("dbname=nothing", "x.unit", key, DB_CREATE, schema, 1, &error),
                 ERROR_VERSION);
}

/* ---- values ---------------------------------------------------------------------------------- */

static void values_come_back_as_they_went(void **state)
{
    static const guint8 picture[] = {0, 1, 255, '\\', '\'', 0};
    Db *db = *state;

    assert_ok(db_run(db,
                     "INSERT INTO person (id, name, weight, picture) VALUES (:id, :name, :weight,"
                     " :picture)",
                     DB_PARAMS(DB_INT("id", G_MININT64), DB_TEXT("name", "Åsa ':b' \\ 女"),
                               DB_REAL("weight", 0.1), DB_BLOB("picture", picture, 6)),
                     &error));
    assert_int_equal(db_changes(db), 1);
    g_autoptr(DbStatement) row = NULL;
    assert_ok(
        (row = db_query(db,
                        "SELECT id, name, weight, picture, weight > 0, picture IS NULL,"
                        " CAST(NULL AS TEXT), :none FROM person WHERE name = :name",
                        DB_PARAMS(DB_TEXT("name", "Åsa ':b' \\ 女"), DB_NULL("none")), &error)));
    assert_int_equal(db_step(row, NULL), DB_STEP_ROW);
    gsize length;
    assert_true(db_int(row, 0) == G_MININT64);
    assert_string_equal(db_text(row, 1), "Åsa ':b' \\ 女");
    assert_true(db_real(row, 2) == 0.1);
    const guint8 *bytes = db_blob(row, 3, &length);
    assert_int_equal(length, sizeof picture);
    assert_memory_equal(bytes, picture, sizeof picture);
    assert_int_equal(db_int(row, 4), 1);
    assert_int_equal(db_int(row, 5), 0);
    assert_true(db_is_null(row, 6) && db_is_null(row, 7));
    assert_null(db_text(row, 6));
    assert_int_equal(db_step(row, NULL), DB_STEP_DONE);
}

/* The same text, with a parameter of another type, and twice at the same time. */
static void one_text_is_run_in_every_way(void **state)
{
    static const char TEXT[] = "SELECT :value";
    Db *db = *state;
    g_autoptr(DbStatement) first = NULL, second = NULL;

    assert_ok((first = db_query(db, TEXT, DB_PARAMS(DB_INT("value", 7)), &error)));
    assert_int_equal(db_step(first, NULL), DB_STEP_ROW);
    assert_ok((second = db_query(db, TEXT, DB_PARAMS(DB_TEXT("value", "åtta")), &error)));
    assert_int_equal(db_step(second, NULL), DB_STEP_ROW);
    assert_int_equal(db_int(first, 0), 7);
    assert_string_equal(db_text(second, 0), "åtta");
    g_clear_pointer(&first, db_statement_release);
    assert_ok((first = db_query(db, TEXT, DB_PARAMS(DB_TEXT("value", "nio")), &error)));
    assert_int_equal(db_step(first, NULL), DB_STEP_ROW);
    assert_string_equal(db_text(first, 0), "nio");
}

/* ---- transactions ---------------------------------------------------------------------------- */

static void what_failed_is_not_committed(void **state)
{
    Db *db = *state;

    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    assert_fails(add(db, "Åsa", &error), ERROR_EXISTS);
    /* And says so again, instead of the server's own sentence. */
    assert_fails(add(db, "Bo", &error), ERROR_EXISTS);
    assert_fails(db_commit(db, &error), ERROR_EXISTS);
    assert_false(db_in_transaction(db));
    assert_int_equal(persons(db), 0);
}

static void going_back_to_a_savepoint_mends(void **state)
{
    Db *db = *state;

    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Bo", &error));
    assert_fails(add(db, "Åsa", &error), ERROR_EXISTS);
    db_rollback(db);
    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Cia", &error));
    assert_ok(db_commit(db, &error));
    assert_ok(db_commit(db, &error));
    assert_int_equal(persons(db), 2);
}

static void one_reads_and_does_not_write(void **state)
{
    (void)state;
    g_autoptr(Db) db = open_with(DB_READ_ONLY);
    assert_ok(db_begin(db, &error));
    assert_int_equal(persons(db), 0);
    assert_fails(add(db, "Åsa", &error), ERROR_READONLY);
    db_rollback(db);
}

static gint64 waiting(Db *db)
{
    gint64 count = 0;

    assert_ok(
        db_get_int(db, "SELECT count(*) FROM pg_locks WHERE NOT granted", NULL, 0, &count, &error));
    return count;
}

/* Two who write at the same time: the second waits for the first, no number is given twice, nothing
 * is lost. */
static void the_second_writer_waits(void **state)
{
    Db *db = *state;
    const gint64 version = db_data_version(db);

    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    const pid_t child = fork();
    if (child == 0) {
        g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
        Db *other = server_open(WHERE, "prov.unit", key, DB_READ_WRITE, schema, 1, NULL);
        _exit(other && db_begin(other, NULL) && add(other, "Bo", NULL) && db_commit(other, NULL)
                  ? 0
                  : 1);
    }
    while (waiting(db) == 0)
        g_usleep(1000);
    assert_ok(add(db, "Cia", &error));
    assert_ok(db_commit(db, &error));
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(persons(db), 3);
    assert_true(db_data_version(db) != version);
    gint64 numbers = 0;
    assert_ok(db_get_int(db, "SELECT max(id) - min(id) FROM person", NULL, 0, &numbers, &error));
    assert_int_equal(numbers, 2);
}

/* ---- told later ------------------------------------------------------------------------------ */

static gboolean add_later(Db *db, const char *name, GError **error)
{
    const gint64 id = g_str_hash(name);

    return db_run_later(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                        DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), error);
}

/* More than wait at a time, and of two kinds; whoever reads in between finds all of them. */
static void many_are_told_at_a_time(void **state)
{
    enum { MANY = 1000 };
    Db *db = *state;

    assert_ok(db_begin(db, &error));
    for (int i = 0; i < MANY; i++) {
        g_autofree char *name = g_strdup_printf("Åsa %d", i);
        assert_ok(add_later(db, name, &error));
        name[0] = 'x'; /* it was sent */
        if (i % 100 == 0) {
            assert_ok(db_run_later(db, "UPDATE person SET weight = :weight WHERE weight IS NULL",
                                   DB_PARAMS(DB_REAL("weight", i)), &error));
            assert_true(db->server->queued > 0);
        }
    }
    assert_int_equal(persons(db), MANY);
    assert_int_equal(db->server->queued, 0);
    assert_ok(add_later(db, "Bo", &error));
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Cia", &error));
    assert_ok(db_commit(db, &error));
    assert_ok(add_later(db, "Dan", &error));
    assert_ok(db_commit(db, &error));
    assert_int_equal(persons(db), MANY + 3);
    gint64 named = 0;
    assert_ok(db_get_int(db, "SELECT count(*) FROM person WHERE name LIKE 'Åsa %'", NULL, 0, &named,
                         &error));
    assert_int_equal(named, MANY);
    /* Outside a transaction it is done at once. */
    assert_ok(add_later(db, "Eva", &error));
    assert_int_equal(persons(db), MANY + 4);
}

/* Whatever stands in them arrives as it is, and none goes past one that is told in between. */
static void rows_that_are_sent_as_one_are_as_they_were(void **state)
{
    static const char *const NAMES[] = {"",     "{}",       "\"a\", 'b'", "C:\\mapp\\",
                                        "NULL", "rad\nrad", "å,ä;ö"};
    Db *db = *state;

    assert_ok(db_begin(db, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        assert_ok(
            db_run_later(db,
                         "INSERT INTO person (id, name, weight, picture)"
                         " VALUES (:id, :name, :weight, :picture) ON CONFLICT (id) DO NOTHING",
                         DB_PARAMS(DB_INT("id", (gint64)i / 2 * 2), DB_TEXT("name", NAMES[i]),
                                   DB_REAL("weight", 0.1 * (double)i),
                                   DB_BLOB("picture", i == 2 ? NULL : "\0\\\"", i == 2 ? 0 : 3)),
                         &error));
    assert_int_equal(db->server->queued, 0);
    assert_ok(db_run_later(db, "UPDATE person SET name = :name WHERE id = 4",
                           DB_PARAMS(DB_TEXT("name", "annat")), &error));
    assert_ok(db_commit(db, &error));
    g_autoptr(DbStatement) rows = NULL;
    assert_ok((rows = db_query(db, "SELECT id, name, weight, picture FROM person ORDER BY id", NULL,
                               &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i += 2) {
        gsize length = 0;
        assert_int_equal(db_step(rows, NULL), DB_STEP_ROW);
        assert_int_equal(db_int(rows, 0), i);
        assert_string_equal(db_text(rows, 1), i == 4 ? "annat" : NAMES[i]);
        assert_true(db_real(rows, 2) == 0.1 * (double)i);
        const void *picture = db_blob(rows, 3, &length);
        if (i == 2)
            assert_null(picture);
        else
            assert_memory_equal(picture, "\0\\\"", 3);
        assert_int_equal(length, i == 2 ? 0 : 3);
    }
    assert_int_equal(db_step(rows, NULL), DB_STEP_DONE);
}

static void what_adds_one_row_is_known(void **state)
{
    (void)state;
    assert_true(server_adds_row("INSERT INTO a (b, c) VALUES ($1, $2)", 2));
    assert_true(
        server_adds_row("INSERT INTO a (b, c) VALUES ($1,$2) ON CONFLICT (b) DO NOTHING", 2));
    assert_false(server_adds_row(
        "INSERT INTO a (b, c) VALUES ($1, $2) ON CONFLICT (b) DO UPDATE SET c = $2", 2));
    assert_false(server_adds_row("INSERT INTO a (b, c) VALUES ($2, $1)", 2));
    assert_false(server_adds_row("INSERT INTO a (b, c) VALUES ($1, $1)", 1));
    assert_false(server_adds_row("INSERT INTO a (b, c) VALUES ($1, 7)", 1));
    assert_false(server_adds_row("INSERT INTO a (b) VALUES ($1) RETURNING b", 1));
    assert_false(server_adds_row("INSERT INTO a (b) SELECT $1", 1));
    assert_false(server_adds_row("DELETE FROM a WHERE b = $1", 1));
}

/* One number is a round trip, so many come at a time; none is given twice. */
static void numbers_come_many_at_a_time(void **state)
{
    enum { MANY = 2000 };
    Db *db = *state;
    gint64 before = 0, drawn = 0;

    assert_ok(db_begin(db, &error));
    for (int i = 0; i < MANY; i++) {
        const gint64 id = db_new_id(db, "person", NULL);
        assert_true(id > before);
        before = id;
    }
    assert_ok(db_get_int(db, "SELECT last_value FROM id_person", NULL, 0, &drawn, &error));
    assert_true(drawn >= MANY && drawn < 2 * MANY);
    db_rollback(db);
    assert_ok(db_begin(db, &error));
    assert_true(db_new_id(db, "person", NULL) > before);
    db_rollback(db);
}

static void what_failed_later_is_told_by_the_commit(void **state)
{
    Db *db = *state;

    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Åsa", &error));
    assert_ok(db_run_later(db, "INSERT INTO person (id, name) VALUES (1, :name)",
                           DB_PARAMS(DB_TEXT("name", "Åsa")), &error));
    assert_ok(add_later(db, "Bo", &error));
    assert_fails(db_commit(db, &error), ERROR_EXISTS);
    assert_false(db_in_transaction(db));
    assert_int_equal(persons(db), 0);
    /* Or by the next that asks; */
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Åsa", &error));
    assert_ok(db_run_later(db, "INSERT INTO person (id, name) VALUES (1, :name)",
                           DB_PARAMS(DB_TEXT("name", "Åsa")), &error));
    assert_fails(add(db, "Cia", &error), ERROR_EXISTS);
    assert_fails(db_commit(db, &error), ERROR_EXISTS);
    /* What fails itself behind others is no fault of theirs; */
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Åsa", &error));
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Bo", &error));
    assert_fails(add(db, "Bo", &error), ERROR_EXISTS);
    db_rollback(db);
    assert_ok(add_later(db, "Bo", &error));
    assert_int_equal(persons(db), 2);
    db_rollback(db);
    /* and going back to a savepoint mends it, and what was queued is forgotten with a rollback. */
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Åsa", &error));
    assert_ok(db_begin(db, &error));
    assert_ok(db_run_later(db, "INSERT INTO person (id, name) VALUES (1, :name)",
                           DB_PARAMS(DB_TEXT("name", "Åsa")), &error));
    db_rollback(db);
    assert_ok(add_later(db, "Bo", &error));
    assert_ok(db_commit(db, &error));
    assert_int_equal(persons(db), 2);
    assert_ok(db_begin(db, &error));
    assert_ok(add_later(db, "Cia", &error));
    db_rollback(db);
    assert_int_equal(persons(db), 2);
}

/* ---- the connection is lost ------------------------------------------------------------------ */

static void cut_off(Db *db)
{
    gint64 number = 0;

    assert_ok(db_get_int(db, "SELECT pg_backend_pid()", NULL, 0, &number, &error));
    g_autofree char *sql = g_strdup_printf("SELECT pg_terminate_backend(%d, 10000)", (int)number);
    tell_server(sql);
}

static void a_lost_connection_is_made_anew(void **state)
{
    Db *db = *state;

    /* Nobody notices: what only reads, and what begins, is tried once more. */
    cut_off(db);
    assert_int_equal(persons(db), 0);
    cut_off(db);
    assert_ok(db_begin(db, &error));
    db_rollback(db);
    /* In the midst of saving: nothing of it is there, and the next save is whole. */
    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    cut_off(db);
    assert_fails(add(db, "Bo", &error), ERROR_IO);
    assert_fails(db_commit(db, &error), ERROR_IO);
    assert_int_equal(persons(db), 0);
    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    cut_off(db);
    assert_fails(db_commit(db, &error), ERROR_IO);
    assert_ok(db_begin(db, &error));
    assert_ok(add(db, "Åsa", &error));
    assert_ok(db_commit(db, &error));
    assert_int_equal(persons(db), 1);
    /* With some queued. */
    assert_ok(db_begin(db, &error));
    cut_off(db);
    for (int i = 0; i < 3; i++) {
        g_autofree char *name = g_strdup_printf("Bo %d", i);
        add_later(db, name, NULL);
    }
    assert_fails(db_commit(db, &error), ERROR_IO);
    assert_int_equal(persons(db), 1);
}

#define SERVER_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVER_TEST(it_is_made_once_and_opened),
        SERVER_TEST(what_is_not_there_is_said),
        SERVER_TEST(values_come_back_as_they_went),
        SERVER_TEST(one_text_is_run_in_every_way),
        SERVER_TEST(what_failed_is_not_committed),
        SERVER_TEST(going_back_to_a_savepoint_mends),
        SERVER_TEST(one_reads_and_does_not_write),
        SERVER_TEST(the_second_writer_waits),
        SERVER_TEST(numbers_come_many_at_a_time),
        SERVER_TEST(many_are_told_at_a_time),
        SERVER_TEST(rows_that_are_sent_as_one_are_as_they_were),
        cmocka_unit_test(what_adds_one_row_is_known),
        SERVER_TEST(what_failed_later_is_told_by_the_commit),
        SERVER_TEST(a_lost_connection_is_made_anew),
    };

    return cmocka_run_group_tests_name("postgres/engine", tests, NULL, NULL);
}
