/* A file whose tables and indexes are not as its version promises is brought up to it with all its
 * rows, or refused with nothing changed (C10); check names every part that differs. */
#include "base/i18n.h"
#include "tests/unit/db/fixture.h"

#define META "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) /*sqlite: STRICT*/;\n"

/* As the first step was, and as it was made afterwards under the same number. */
static const Migration before[] = {
    {1, "0001-house",
     META "CREATE TABLE client (id BIGINT PRIMARY KEY, name TEXT NOT NULL,\n"
          "    kind TEXT CHECK (kind IN ('a', 'b')), photo BYTEA) /*sqlite: STRICT*/;\n"
          "CREATE TABLE visit (id BIGINT PRIMARY KEY, client_id BIGINT NOT NULL\n"
          "    REFERENCES client (id), day TEXT) /*sqlite: STRICT*/;\n"
          "CREATE INDEX visit_of_client ON visit (client_id);\n"
          "CREATE INDEX visit_by_day ON visit (day);\n"
          "CREATE TABLE same (id BIGINT PRIMARY KEY) /*sqlite: STRICT*/;\n"},
};
#define HOUSE                                                                                      \
    META "-- Whom it is about.\n"                                                                  \
         "CREATE TABLE client (id BIGINT PRIMARY KEY, name TEXT NOT NULL,\n"                       \
         "    kind TEXT CHECK (kind = 'a' OR kind = 'b'), photo BYTEA,\n"                          \
         "    active BIGINT NOT NULL DEFAULT 1, note TEXT,\n"                                      \
         "    parent_id BIGINT REFERENCES client (id)) /*sqlite: STRICT*/;\n"                      \
         "CREATE TABLE visit (id BIGINT PRIMARY KEY, client_id BIGINT NOT NULL\n"                  \
         "    REFERENCES client (id), day TEXT) /*sqlite: STRICT*/;\n"                             \
         "CREATE INDEX visit_of_client ON visit (client_id);\n"                                    \
         "CREATE INDEX visit_by_day ON visit (day, id) WHERE day IS NOT NULL;\n"                   \
         "CREATE INDEX client_by_name ON client (name);\n"                                         \
         "CREATE TABLE draft (id BIGINT PRIMARY KEY) /*sqlite: STRICT*/;\n"                        \
         "CREATE TABLE same (id BIGINT PRIMARY KEY)\n /*sqlite: STRICT*/;\n"
static const Migration house[] = {
    {1, "0001-house", HOUSE},
    {2, "0002-more", "ALTER TABLE client ADD COLUMN phone TEXT;\n"},
};

static Db *open_list(const Fixture *f, DbFlags flags, const Migration *list, gsize count,
                     GError **error)
{
    DbOptions options = {.migrations = list, .migration_count = count};

    return db_open_with(f->path, f->key, flags, &options, error);
}

/* A file of before with rows. */
static void make_before(const Fixture *f)
{
    g_autoptr(Db) db = NULL;

    assert_ok(db = open_list(f, DB_CREATE, before, 1, &error));
    assert_ok(engine_exec(db->handle, db->path,
                          "INSERT INTO client (id, name, kind, photo) VALUES"
                          " (1, 'Alva', 'a', x'00ff'), (2, 'Bo', NULL, NULL);"
                          "INSERT INTO visit (id, client_id, day) VALUES"
                          " (11, 1, '2026-11-22'), (12, 2, NULL);"
                          "INSERT INTO same (id) VALUES (7)",
                          &error));
}

static void plain(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", ""},
        {"CREATE  TABLE\n a ( b\tTEXT )", "CREATE TABLE a(b TEXT)"},
        {"CREATE TABLE \"a\" (b TEXT)", "CREATE TABLE a(b TEXT)"},
        {"a -- note, it's\n b", "a b"},
        {"a /* note */ b", "a b"},
        {"a/* note */b", "a b"},
        {"x = ' two  blanks -- \"kept\" ' AND y", "x=' two  blanks -- \"kept\" 'AND y"},
        {"'it''s'  , b", "'it''s',b"},
        {"a - b / c", "a-b/c"},
        {"/* open", ""},
        {"-- open", ""},
        {"'open", "'open"},
        {"å ä", "å ä"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = schema_plain(cases[i].text);
        assert_string_equal(got, cases[i].wanted);
    }
}

static void look_mended(Db *db)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_int_equal(fixture_int(db, "SELECT count(*) FROM client"), 2);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM client WHERE id = 1 AND name = 'Alva'"
                                     " AND kind = 'a' AND photo = x'00ff' AND active = 1"
                                     " AND note IS NULL"),
                     1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM client WHERE id = 2 AND name = 'Bo'"
                                     " AND kind IS NULL AND photo IS NULL AND active = 1"),
                     1);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM visit v JOIN client c"
                                     " ON c.id = v.client_id"),
                     2);
    assert_int_equal(fixture_int(db, "SELECT id FROM same"), 7);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM draft"), 0);
    assert_int_equal(fixture_int(db, "PRAGMA foreign_keys"), 1);
    assert_fails(db_run(db, "INSERT INTO visit (id, client_id) VALUES (13, 99)", NULL, &error),
                 ERROR_CONFLICT);
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
}

static void c10_a_file_of_before_is_mended(void **state)
{
    Fixture *f = *state;
    g_autofree char *kept = g_strconcat(f->path, ".before-0001", NULL);
    g_autoptr(Db) db = NULL;

    make_before(f);
    assert_fails(open_list(f, DB_READ_ONLY, house, 1, &error), ERROR_VERSION);
    assert_ok(db = open_list(f, DB_READ_WRITE, house, 1, &error));
    look_mended(db);
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), 1);
    g_clear_pointer(&db, db_close);
    /* Once: opened again there is nothing to mend and nothing to keep. */
    assert_ok(db = open_list(f, DB_READ_ONLY, house, 1, &error));
    g_clear_pointer(&db, db_close);
    assert_ok(db = open_list(f, DB_READ_WRITE, house, 1, &error));
    g_clear_pointer(&db, db_close);
    assert_int_equal(fixture_count(f, "before"), 1);
    g_free(f->path);
    f->path = g_steal_pointer(&kept);
    assert_ok(db = open_list(f, DB_READ_WRITE, before, 1, &error));
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM visit"), 2);
}

static void c10_the_next_steps_follow(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;

    make_before(f);
    assert_ok(db = open_list(f, DB_READ_WRITE, house, 2, &error));
    look_mended(db);
    assert_int_equal(fixture_int(db, "PRAGMA user_version"), 2);
    assert_int_equal(fixture_int(db, "SELECT count(phone) FROM client"), 0);
    assert_int_equal(fixture_count(f, ".before-0002"), 1);
}

static void c10_what_would_be_lost_is_refused(void **state)
{
    static const struct {
        const char *change; /* of the file */
        const char *house, *named;
    } cases[] = {
        {"ALTER TABLE client ADD COLUMN shoe TEXT", HOUSE, "shoe"},
        {"SELECT 1",
         META "CREATE TABLE client (id BIGINT PRIMARY KEY, name TEXT NOT NULL,\n"
              "    kind TEXT, photo BYTEA, age BIGINT NOT NULL) /*sqlite: STRICT*/;\n",
         "age"},
        {"DELETE FROM visit; DELETE FROM client WHERE id = 2",
         META "CREATE TABLE client (id BIGINT PRIMARY KEY, name TEXT NOT NULL,\n"
              "    kind TEXT CHECK (kind = 'b'), photo BYTEA) /*sqlite: STRICT*/;\n",
         NULL},
    };
    Fixture *f = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Migration list[] = {{1, "0001-house", cases[i].house}};
        g_autoptr(GError) refused = NULL;
        g_autoptr(Db) db = NULL;
        make_before(f);
        assert_ok(db = open_list(f, DB_READ_WRITE, before, 1, &error));
        assert_ok(engine_exec(db->handle, db->path, cases[i].change, &error));
        g_clear_pointer(&db, db_close);
        db = open_list(f, DB_READ_WRITE, list, 1, &refused);
        assert_null(db);
        assert_non_null(refused);
        if (cases[i].named &&
            !(strstr(refused->message, cases[i].named) && refused->code == ERROR_CORRUPT &&
              strstr(refused->message, "client")))
            fail_msg("%s", refused->message);
        if (!cases[i].named) { /* the file as it is opens, with all its rows */
            assert_ok(db = open_list(f, DB_READ_WRITE, before, 1, &error));
            assert_int_equal(fixture_int(db, "SELECT count(*) FROM client WHERE name = 'Alva'"), 1);
        }
        g_clear_pointer(&db, db_close);
        g_unlink(f->path);
    }
}

/* The sum that the file keeps; "" when it keeps none. New. */
static char *kept_sum(const Fixture *f)
{
    g_autoptr(Db) db = NULL;
    char *sum;

    assert_ok(db = open_list(f, DB_READ_ONLY, house, 2, &error));
    sum = db_meta_get(db, "schema", NULL);
    return sum ? sum : g_strdup("");
}

/* Opened once for writing, a file of before the sum is not compared in full again. */
static void the_sum_is_kept_where_all_is_found_right(void **state)
{
    static const char *const befores[] = {"DELETE FROM meta WHERE key = 'schema'",
                                          "UPDATE meta SET value = 'x' WHERE key = 'schema'"};
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;
    g_autofree char *first = NULL;

    assert_ok(db = open_list(f, DB_CREATE, house, 2, &error));
    g_clear_pointer(&db, db_close);
    first = kept_sum(f);
    assert_int_equal(strlen(first), 64);
    for (gsize i = 0; i < G_N_ELEMENTS(befores); i++) {
        g_autofree char *reader = NULL, *again = NULL;
        assert_ok(db = open_list(f, DB_READ_WRITE, house, 2, &error));
        assert_ok(engine_exec(db->handle, db->path, befores[i], &error));
        g_clear_pointer(&db, db_close);
        reader = kept_sum(f);
        assert_string_not_equal(reader, first);
        assert_ok(db = open_list(f, DB_READ_WRITE, house, 2, &error));
        assert_int_equal(fixture_int(db, "PRAGMA foreign_keys"), 1);
        g_clear_pointer(&db, db_close);
        again = kept_sum(f);
        assert_string_equal(again, first);
    }
    assert_int_equal(fixture_count(f, "before"), 0);
}

static void the_sum_is_not_needed_to_open(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;
    g_autofree char *sum = NULL;

    assert_ok(db = open_list(f, DB_CREATE, house, 2, &error));
    assert_ok(engine_exec(db->handle, db->path,
                          "DELETE FROM meta WHERE key = 'schema';"
                          "CREATE TRIGGER refusing BEFORE INSERT ON meta WHEN NEW.key = 'schema'"
                          " BEGIN SELECT RAISE(ABORT, 'not now'); END",
                          &error));
    g_clear_pointer(&db, db_close);
    assert_ok(db = open_list(f, DB_READ_WRITE, house, 2, &error));
    assert_int_equal(fixture_int(db, "PRAGMA foreign_keys"), 1);
    assert_ok(db_begin(db, &error)); /* the attempt has left nothing open */
    assert_ok(db_commit(db, &error));
    g_clear_pointer(&db, db_close);
    sum = kept_sum(f);
    assert_string_equal(sum, "");
}

/* The sentences of db_check(), joined. New. */
static char *said(Db *db)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_ok(db_check(db, faults, NULL, NULL, &error));
    g_ptr_array_add(faults, NULL);
    return g_strjoinv("\n", (char **)faults->pdata);
}

static void c10_check_names_what_differs(void **state)
{
    static const struct {
        const char *change, *wanted;
    } cases[] = {
        {"DROP INDEX visit_by_day", "The part visit_by_day of the database is missing."},
        {"DROP INDEX client_by_name; CREATE INDEX client_by_name ON client (kind)",
         "The part client_by_name of the database is not built"},
        {"ALTER TABLE draft ADD COLUMN more TEXT", "The part draft of the database is not built"},
        {"DROP TABLE same", "The part same of the database is missing."},
        {"CREATE TRIGGER gone AFTER INSERT ON visit BEGIN DELETE FROM client; END",
         "The database has a part gone "},
        {"CREATE TABLE extra (id INTEGER PRIMARY KEY)", "The database has a part extra "},
    };
    Fixture *f = *state;
    g_autoptr(Db) db = NULL;
    g_autofree char *all = NULL;

    assert_ok(db = open_list(f, DB_CREATE, house, 2, &error));
    all = said(db);
    assert_string_equal(all, "");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *now = NULL;
        assert_ok(engine_exec(db->handle, db->path, cases[i].change, &error));
        now = said(db);
        if (!strstr(now, cases[i].wanted))
            fail_msg("%s\nis not in\n%s", cases[i].wanted, now);
    }
    g_free(all);
    all = said(db); /* each by itself, and nothing twice */
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    assert_int_equal(g_strv_length(lines), G_N_ELEMENTS(cases));
}

/* Whoever has the key can put a trigger there that takes out what was just written: it does not act in the
 * program that is shipped, and the keys between tables still hold. */
static void what_somebody_has_put_there_does_not_act(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);

    assert_ok(engine_exec(db->handle, db->path,
                          "CREATE TRIGGER hide AFTER INSERT ON person BEGIN"
                          " DELETE FROM person WHERE id = NEW.id; END;"
                          "CREATE VIEW seen AS SELECT 1 AS one",
                          &error));
    fixture_add(db, "Alva");
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), 0);
    assert_true(engine_let_schema_act(db->handle, FALSE));
    fixture_add(db, "Beda");
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), 1);
    g_autoptr(GError) refused = NULL;
    assert_false(engine_exec(db->handle, db->path, "SELECT one FROM seen", &refused));
    g_clear_error(&refused);
    assert_false(db_run(db, "INSERT INTO note (id, person_id) VALUES (9, 12345)", NULL, &refused));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),          T(c10_a_file_of_before_is_mended),
        T(c10_the_next_steps_follow),     T(c10_what_would_be_lost_is_refused),
        T(c10_check_names_what_differs),  T(the_sum_is_kept_where_all_is_found_right),
        T(the_sum_is_not_needed_to_open),
        T(what_somebody_has_put_there_does_not_act),
    };

    if (!secret_init(NULL))
        return 1;
    i18n_init("en");
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
