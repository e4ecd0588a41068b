/* A unit carried from a file to a server and back. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/i18n.h"
#include "db/server/server.h"
#include "tests/moving.h"
#include "tests/postgres/asserts.h"
#include "tests/units/rows.h"

#define WHERE "dbname=move"
#define UNIT "tests/data/units/0046"
#define PASSPHRASE_FILE "tests/data/units/passphrase"

typedef struct {
    char *folder;
    Secret *key;
    const Migration *list;
    gsize count;
} Place;

static int setup(void **state)
{
    Place *place = g_new0(Place, 1);

    i18n_init("en");
    assert_ok(secret_init(&error));
    assert_ok(server_library(&error) != NULL);
    place->folder = g_dir_make_tmp("dagsform-move-XXXXXX", NULL);
    place->list = moving_schema;
    place->count = 1;
    place->key = secret_new(DB_KEY_BYTES);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    Place *place = *state;
    g_autoptr(GDir) folder = g_dir_open(place->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(place->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(place->folder);
    g_free(place->folder);
    secret_free(place->key);
    g_free(place);
    return 0;
}

static char *path_of(const Place *place, const char *name)
{
    return g_build_filename(place->folder, name, NULL);
}

static Db *file(const Place *place, const char *name, DbFlags flags)
{
    const DbOptions options = {.migrations = place->list, .migration_count = place->count};
    g_autofree char *path = path_of(place, name);
    Db *db = NULL;

    assert_ok(db = db_open_with(path, place->key, flags, &options, &error));
    return db;
}

static Db *server(const Place *place, DbFlags flags)
{
    Db *db = NULL;

    if (flags == DB_CREATE) {
        tell_server("DROP DATABASE IF EXISTS move WITH (FORCE)");
        tell_server("CREATE DATABASE move");
    }
    assert_ok(
        db = server_open(WHERE, "prov.unit", place->key, flags, place->list, place->count, &error));
    return db;
}

static gint64 number(Db *db, const char *sql)
{
    gint64 value = -1;

    assert_ok(db_get_int(db, sql, NULL, -1, &value, &error));
    return value;
}

static void there_and_back(void **state)
{
    g_autoptr(Db) from = file(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = server(*state, DB_CREATE);
    g_autoptr(Db) back = file(*state, "hem.db", DB_CREATE);

    assert_ok(moving_fill(from, 5000, &error));
    assert_ok(moving_do(from, to, NULL, &error));
    g_autofree char *there = moving_differ(from, to);
    assert_null(there);
    assert_ok(moving_do(to, back, NULL, &error));
    g_autofree char *home = moving_differ(from, back);
    assert_null(home);
    assert_int_equal(db_node(back), db_node(from));
    /* The server's marks are its own, and the file's. */
    assert_int_equal(number(to, "SELECT count(*) FROM meta WHERE key = 'writer'"), 1);
    assert_int_equal(number(back, "SELECT count(*) FROM meta WHERE key = 'writer'"), 0);
    assert_int_equal(number(to, "SELECT count(*) FROM meta WHERE key = 'schema'"), 0);
    assert_int_equal(number(back, "SELECT count(*) FROM meta WHERE key = 'schema'"), 1);
    /* References are looked at again. */
    assert_fails(db_run(to, "INSERT INTO word (person_id, word) VALUES (1, 'ingen')", NULL, &error),
                 ERROR_CONFLICT);
}

static gint64 next_number(Db *db)
{
    gint64 id = 0;

    assert_ok(db_begin(db, &error));
    assert_ok((id = db_new_id(db, "person", &error)) != 0);
    db_rollback(db);
    return id;
}

/* Also of a row that is gone, there and back. */
static void numbers_go_on_where_they_were(void **state)
{
    g_autoptr(Db) from = file(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = server(*state, DB_CREATE);
    g_autoptr(Db) back = file(*state, "hem.db", DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(db_begin(from, &error));
    assert_ok(db_run(from, "DELETE FROM person WHERE name = 'Åsa 1'", NULL, &error));
    assert_ok(db_commit(from, &error));
    const gint64 next = next_number(from);
    assert_ok(moving_do(from, to, NULL, &error));
    assert_int_equal(next_number(to), next);
    assert_ok(moving_do(to, back, NULL, &error));
    /* The server does not give it again either. */
    assert_int_equal(next_number(back), next + 1);
}

static void what_is_there_is_not_written_over(void **state)
{
    g_autoptr(Db) from = file(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = server(*state, DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(moving_fill(to, 1, &error));
    assert_fails(moving_do(from, to, NULL, &error), ERROR_EXISTS);
    assert_int_equal(number(to, "SELECT count(*) FROM person"), 1);
}

static gboolean stop_at(double share, gpointer data)
{
    if (share >= *(double *)data)
        kill(getpid(), SIGKILL);
    return TRUE;
}

/* Killed at moments all over: nothing is at the server, and all of it at home. */
static void nothing_is_there_when_it_is_killed(void **state)
{
    double until[] = {0.01, 0.3, 0.49, 0.51, 0.9};
    g_autoptr(Db) made = server(*state, DB_CREATE);
    g_autoptr(Db) from = file(*state, "fran.db", DB_CREATE);
    const gint64 node = db_node(made);

    assert_ok(moving_fill(from, 5000, &error));
    g_clear_pointer(&from, db_close);
    for (gsize i = 0; i < G_N_ELEMENTS(until); i++) {
        const pid_t child = fork();
        if (child == 0) {
            const DbWatch watch = {.go_on = stop_at, .data = &until[i]};
            Db *source = file(*state, "fran.db", DB_READ_WRITE);
            Db *target = server(*state, DB_READ_WRITE);
            moving_do(source, target, &watch, NULL);
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        /* The lock of whoever is gone goes too. */
        assert_ok(db_begin(made, &error));
        assert_int_equal(number(made, "SELECT count(*) FROM person"), 0);
        assert_int_equal(number(made, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'node'"),
                         node);
        assert_int_equal(number(made, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"), 3);
        db_rollback(made);
    }
    assert_ok(from = file(*state, "fran.db", DB_READ_WRITE));
    assert_int_equal(number(from, "SELECT count(*) FROM person"), 5000);
    assert_ok(moving_do(from, made, NULL, &error));
    g_autofree char *differs = moving_differ(from, made);
    assert_null(differs);
}

/* A value that the server could not keep as it is, noticed when all is read again. */
static void what_arrives_otherwise_is_not_kept(void **state)
{
    g_autoptr(Db) from = file(*state, "fran.db", DB_CREATE);
    g_autoptr(Db) to = server(*state, DB_CREATE);

    assert_ok(moving_fill(from, 3, &error));
    assert_ok(db_run(to,
                     "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS"
                     " $$ BEGIN NEW.word := NEW.word || ' '; RETURN NEW; END $$",
                     NULL, &error));
    assert_ok(db_run(to,
                     "CREATE TRIGGER other BEFORE INSERT ON word FOR EACH ROW"
                     " WHEN (NEW.word = 'Z') EXECUTE FUNCTION other()",
                     NULL, &error));
    assert_fails(moving_do(from, to, NULL, &error), ERROR_CORRUPT);
    assert_int_equal(number(to, "SELECT count(*) FROM person"), 0);
}

static void copy_file(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    gsize length;

    assert_true(g_file_get_contents(from, &bytes, &length, NULL));
    assert_true(g_file_set_contents(to, bytes, (gssize)length, NULL));
}

/* A unit with rows in nearly every table, of the real schema. */
static void a_whole_unit(void **state)
{
    Place *place = *state;
    g_autofree char *path = path_of(place, "enhet.db"), *keys = path_of(place, "enhet.keys");

    copy_file(UNIT ".db", path);
    copy_file(UNIT ".keys", keys);
    secret_free(place->key);
    assert_ok(place->key = unit_key(path, PASSPHRASE_FILE, &error));
    place->list = migrate_embedded(&place->count);
    g_autoptr(Db) from = file(place, "enhet.db", DB_READ_WRITE);
    g_autoptr(Db) to = server(place, DB_CREATE);
    g_autoptr(Db) back = file(place, "hem.db", DB_CREATE);
    assert_ok(moving_do(from, to, NULL, &error));
    assert_ok(moving_do(to, back, NULL, &error));
    g_autoptr(GPtrArray) before = unit_rows(from->handle), after = unit_rows(back->handle);
    for (guint i = 0, j = 0; i < before->len || j < after->len;) {
        const char *one = i < before->len ? before->pdata[i] : "~";
        const char *other = j < after->len ? after->pdata[j] : "~";
        const gboolean marks = g_str_has_prefix(one, "meta\tkey=last_id.");
        if (strcmp(one, other) != 0 && !marks && !g_str_has_prefix(other, "meta\tkey=last_id."))
            fail_msg("%s\n%s", one, other);
        i += strcmp(one, other) == 0 || marks;
        j += strcmp(one, other) == 0 || !marks;
    }
    /* Every table of the one is a table of the other. */
    assert_int_equal(number(to, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                                " AND tablename <> 'server_saved'"),
                     number(from, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                  " AND substr(name, 1, 7) <> 'sqlite_'"));
}

#define MOVE_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MOVE_TEST(there_and_back),
        MOVE_TEST(numbers_go_on_where_they_were),
        MOVE_TEST(what_is_there_is_not_written_over),
        MOVE_TEST(nothing_is_there_when_it_is_killed),
        MOVE_TEST(what_arrives_otherwise_is_not_kept),
        MOVE_TEST(a_whole_unit),
    };

    return cmocka_run_group_tests_name("postgres/move", tests, NULL, NULL);
}
