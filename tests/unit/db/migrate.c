/* From any schema to the newest, or not at all. */
#include "tests/unit/db/fixture.h"

static const Migration steps[] = {
    {1, "0001-first",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);\n"
     "CREATE TABLE client (id BIGINT PRIMARY KEY, name TEXT) /*sqlite: STRICT*/;\n"},
    {2, "0002-visit",
     "CREATE TABLE visit (id BIGINT PRIMARY KEY, client_id BIGINT NOT NULL "
     "REFERENCES client (id));\n"},
    {2, "0002-visit.sqlite", "INSERT INTO meta (key, value) VALUES ('both', 'files');\n"},
    {3, "0003-rebuilt",
     "CREATE TABLE client_new (id BIGINT PRIMARY KEY, name TEXT NOT NULL DEFAULT '');\n"
     "INSERT INTO client_new SELECT id, name FROM client;\n"
     "DROP TABLE client;\n"
     "ALTER TABLE client_new RENAME TO client;\n"},
};

static Db *open_steps(const Fixture *f, DbFlags flags, gsize count, GError **error)
{
    DbOptions options = {.migrations = steps, .migration_count = count};

    return db_open_with(f->path, f->key, flags, &options, error);
}

static void dialect(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", ""},
        {"id BIGINT PRIMARY KEY", "id INTEGER PRIMARY KEY"},
        {"BIGINT,BYTEA", "INTEGER,BLOB"},
        {"a BYTEA NOT NULL", "a BLOB NOT NULL"},
        {"BIGINTS MYBIGINT BIG_INT BIGINT_ xBYTEA", "BIGINTS MYBIGINT BIG_INT BIGINT_ xBYTEA"},
        {"'BIGINT' \"BYTEA\" BIGINT", "'BIGINT' \"BYTEA\" INTEGER"},
        {"'it''s BIGINT' BIGINT", "'it''s BIGINT' INTEGER"},
        {"-- BIGINT's\nBIGINT", "-- BIGINT's\nINTEGER"},
        {"/* BIGINT */ BIGINT", "/* BIGINT */ INTEGER"},
        {") /*sqlite: STRICT*/;", ")  STRICT;"},
        {") /*sqlite: STRICT, WITHOUT ROWID*/;", ")  STRICT, WITHOUT ROWID;"},
        {"/*postgres: x*/ y", "/*postgres: x*/ y"},
        {"'open", "'open"},
        {"/* open", "/* open"},
        {"/*sqlite:*/.", "."},
        {"a - b / c", "a - b / c"},
        {"'åäö' å BIGINT", "'åäö' å INTEGER"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = migrate_dialect(cases[i].text);
        assert_string_equal(got, cases[i].wanted);
    }
}

static void the_house_is_built_of_the_compiled_in_steps(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open(f->path, f->key, DB_CREATE, &error);
    gsize count;
    const Migration *list = migrate_embedded(&count);

    if (!db)
        fail_msg("%s", error->message);
    assert_true(count > 0);
    for (gsize i = 1; i < count; i++)
        assert_true(list[i].number >= list[i - 1].number);
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), list[count - 1].number);
    /* Loose types would become errors on the other engine. */
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM pragma_table_list "
                                     "WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                                     "AND NOT strict"),
                     0);
    /* The row number is the key of the table itself, not of an index beside it. */
    assert_int_equal(fixture_int(db,
                                 "SELECT count(*) FROM pragma_table_list AS t, "
                                 "pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c "
                                 "WHERE i.origin = 'pk' AND c.name = 'id'"),
                     0);
    g_clear_pointer(&db, db_close);
    db = db_open(f->path, f->key, DB_READ_WRITE, NULL);
    assert_non_null(db);
    assert_int_equal(fixture_count(f, "before"), 0);
}

static void an_older_file_is_copied_and_brought_up(void **state)
{
    Fixture *f = *state;
    g_autofree char *before = g_strconcat(f->path, ".before-0002", NULL);
    DbOptions first = {.migrations = steps, .migration_count = 1};
    g_autoptr(Db) db = NULL;
    g_autofree char *node = NULL, *node_after = NULL;

    assert_ok(db = open_steps(f, DB_CREATE, 1, &error));
    node = db_meta_get(db, "node", NULL);
    assert_ok(db_run(db, "INSERT INTO client (id, name) VALUES (1, 'Alva')", NULL, &error));
    g_clear_pointer(&db, db_close);
    assert_int_equal(fixture_count(f, "before"), 0);

    assert_ok(db = open_steps(f, DB_READ_WRITE, 4, &error));
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), 3);
    assert_int_equal(fixture_int(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM client WHERE name = 'Alva'"), 1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM meta WHERE key = 'both'"), 1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM visit"), 0);
    node_after = db_meta_get(db, "node", NULL);
    assert_string_equal(node, node_after);
    g_clear_pointer(&db, db_close);

    assert_ok(db = db_open_with(before, f->key, DB_READ_WRITE, &first, &error));
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), 1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM client"), 1);
}

static void a_step_that_fails_changes_nothing(void **state)
{
    static const struct {
        const char *text;
        int code;
    } cases[] = {
        {"CREATE TABLE half (id BIGINT); SELEKT", ERROR_INTERNAL},
        {"CREATE TABLE half (id BIGINT); COMMIT", ERROR_INTERNAL},
        {"CREATE TABLE half (id BIGINT REFERENCES client (id)); INSERT INTO half VALUES (77)",
         ERROR_CORRUPT},
    };
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;

    assert_ok(db = open_steps(f, DB_CREATE, 1, &error));
    g_clear_pointer(&db, db_close);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Migration list[] = {steps[0], {2, "0002-faulty", cases[i].text}};
        DbOptions options = {.migrations = list, .migration_count = 2};
        assert_fails(db_open_with(f->path, f->key, DB_READ_WRITE, &options, &error),
                     (int)cases[i].code);
        assert_ok(db = open_steps(f, DB_READ_WRITE, 1, &error));
        assert_int_equal(fixture_int(db, "PRAGMA user_version"), 1);
        if (cases[i].code != ERROR_INTERNAL || !strstr(cases[i].text, "COMMIT"))
            assert_int_equal(
                fixture_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
        else
            assert_ok(engine_exec(db->handle, db->path, "DROP TABLE half", &error));
        g_clear_pointer(&db, db_close);
    }
    /* Each attempt kept a copy; none wrote over another's. */
    assert_int_equal(fixture_count(f, ".before-0002"), 3);
    assert_int_equal(fixture_count(f, ".before-0002-3"), 1);
}

static void a_newer_file_is_refused_and_left_alone(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;
    g_autofree char *before = NULL, *after = NULL;
    gsize length, length_after;

    assert_ok(db = open_steps(f, DB_CREATE, 4, &error));
    g_clear_pointer(&db, db_close);
    assert_true(g_file_get_contents(f->path, &before, &length, NULL));
    assert_fails(open_steps(f, DB_READ_WRITE, 1, &error), ERROR_VERSION);
    assert_true(g_file_get_contents(f->path, &after, &length_after, NULL));
    assert_int_equal(length, length_after);
    assert_memory_equal(before, after, length);
    assert_int_equal(fixture_count(f, "before"), 0);
    assert_ok(db = open_steps(f, DB_READ_WRITE, 4, &error));
}

static void an_older_file_cannot_be_only_read(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;

    assert_ok(db = open_steps(f, DB_CREATE, 1, &error));
    g_clear_pointer(&db, db_close);
    assert_fails(open_steps(f, DB_READ_ONLY, 4, &error), ERROR_VERSION);
    assert_int_equal(fixture_count(f, "before"), 0);
    assert_ok(db = open_steps(f, DB_READ_ONLY, 1, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dialect),
        T(the_house_is_built_of_the_compiled_in_steps),
        T(an_older_file_is_copied_and_brought_up),
        T(a_step_that_fails_changes_nothing),
        T(a_newer_file_is_refused_and_left_alone),
        T(an_older_file_cannot_be_only_read),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
