/* Opening, statements and row numbers. */
#include <sys/stat.h>

#include "tests/unit/db/fixture.h"

static void engine_versions(void **state)
{
    static const struct {
        const char *cipher;
        int sqlite;
        gboolean good;
    } cases[] = {
        {"4.6.1 community", 3046001, TRUE},
        {"4.6.0", 3046000, TRUE},
        {"5.0.0 community", 4000000, TRUE},
        {"4.14.0 community", 3051003, TRUE},
        {"4.5.7 community", 3046001, FALSE},
        {"3.4.1", 3015002, FALSE},
        {"4.6.1 community", 3045003, FALSE},
        {NULL, 3046001, FALSE},
        {"", 3046001, FALSE},
        {"four", 3046001, FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (cases[i].good)
            assert_ok(engine_version_check(cases[i].cipher, cases[i].sqlite, &error));
        else
            assert_fails(engine_version_check(cases[i].cipher, cases[i].sqlite, &error),
                         ERROR_VERSION);
    }
    assert_ok(db_engine_check(&error));
    assert_true(g_str_has_prefix(db_engine_version(), "SQLCipher 4."));
    assert_non_null(strstr(db_engine_version(), "(SQLite 3."));
    assert_ptr_equal(db_engine_version(), db_engine_version());
}

/* ---- opening --------------------------------------------------------------------------------- */

static void a_new_file_is_encrypted_and_private(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *bytes = NULL;
    gsize length;
    struct stat about;

    fixture_add(db, "Marker-Malva");
    assert_int_equal(stat(f->path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_string_equal(db_path(db), f->path);
    assert_false(db_is_read_only(db));
    g_clear_pointer(&db, db_close);
    assert_true(g_file_get_contents(f->path, &bytes, &length, NULL));
    assert_null(memmem(bytes, length, "Marker", 6));
    assert_null(memmem(bytes, length, "CREATE", 6));
    assert_null(memmem(bytes, length, "SQLite", 6));
    db = fixture_open(f, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, COUNT), 1);
}

static void every_setting_is_as_set(void **state)
{
    static const struct {
        const char *pragma, *wanted;
    } cases[] = {
        {"PRAGMA journal_mode", "truncate"}, {"PRAGMA synchronous", "3"},
        {"PRAGMA foreign_keys", "1"},        {"PRAGMA temp_store", "2"},
        {"PRAGMA trusted_schema", "0"},      {"PRAGMA cell_size_check", "1"},
        {"PRAGMA mmap_size", "0"},           {"PRAGMA cache_size", "-16384"},
        {"PRAGMA secure_delete", "1"},       {"PRAGMA cipher_log_level", "NONE"},
        {"PRAGMA cipher_use_hmac", "1"},     {"PRAGMA application_id", "1147618925"},
        {"PRAGMA user_version", "1"},
    };
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *value = NULL;
        assert_ok(db_get_text(db, cases[i].pragma, NULL, &value, &error));
        assert_string_equal(value, cases[i].wanted);
    }
    /* A text in double quotes is a mistake, not a text. */
    assert_fails(db_run(db, "SELECT \"nothing\" FROM person", NULL, &error), ERROR_INTERNAL);
}

static void opening_says_what_is_wrong(void **state)
{
    Fixture *f = *state;
    g_autoptr(Secret) other = fixture_key(2);
    g_autofree char *nowhere = g_build_filename(f->folder, "none", "unit.db", NULL);
    g_autofree char *empty = g_build_filename(f->folder, "empty.db", NULL);
    g_autofree char *text = g_build_filename(f->folder, "text.db", NULL);
    g_autofree char *lines = g_strnfill(8192, 'x');

    assert_fails(db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error),
                 ERROR_NOT_FOUND);
    assert_int_equal(fixture_count(f, "unit.db"), 0);
    assert_fails(db_open_with(nowhere, f->key, DB_CREATE, &small_options, &error), ERROR_NOT_FOUND);
    db_close(fixture_open(f, DB_CREATE));
    assert_fails(db_open_with(f->path, f->key, DB_CREATE, &small_options, &error), ERROR_EXISTS);
    assert_fails(db_open_with(f->path, other, DB_READ_WRITE, &small_options, &error),
                 ERROR_PASSPHRASE);
    assert_true(g_file_set_contents(empty, "", 0, NULL));
    assert_fails(db_open_with(empty, f->key, DB_READ_WRITE, &small_options, &error), ERROR_CORRUPT);
    assert_true(g_file_set_contents(text, lines, -1, NULL));
    assert_fails(db_open_with(text, f->key, DB_READ_WRITE, &small_options, &error),
                 ERROR_PASSPHRASE);
    assert_fails(db_open_with(f->folder, f->key, DB_READ_WRITE, &small_options, &error), ERROR_IO);
    db_close(fixture_open(f, DB_READ_WRITE));
}

static void a_file_that_cannot_be_finished_is_removed(void **state)
{
    static const Migration broken[] = {{1, "0001-broken", "CREATE TABLE a (b TEXT); CREATE"}};
    static const DbOptions options = {.migrations = broken, .migration_count = 1};
    Fixture *f = *state;

    assert_fails(db_open_with(f->path, f->key, DB_CREATE, &options, &error), ERROR_INTERNAL);
    assert_int_equal(fixture_count(f, "unit.db"), 0);
}

static void read_only_is_read_only(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);

    fixture_add(db, "Alva");
    g_clear_pointer(&db, db_close);
    db = fixture_open(f, DB_READ_ONLY);
    assert_true(db_is_read_only(db));
    assert_int_equal(fixture_int(db, COUNT), 1);
    assert_fails(db_meta_set(db, "a", "b", &error), ERROR_READONLY);
    /* Several reads that belong together are one transaction here too. */
    assert_ok(db_begin(db, &error));
    assert_int_equal(fixture_int(db, COUNT), 1);
    assert_fails(db_meta_set(db, "a", "b", &error), ERROR_READONLY);
    assert_ok(db_commit(db, &error));
}

/* ---- statements ------------------------------------------------------------------------------ */

static void values_come_back_as_they_went_in(void **state)
{
    static const char bytes[] = {0, 1, 0, (char)0xff};
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autoptr(DbStatement) row = NULL;
    const void *blob;
    gsize length;

    /* Named in another order than they stand in the text; one of them twice. */
    assert_ok(db_run(db,
                     "INSERT INTO note (id, person_id, body, weight, picture) "
                     "VALUES (:id, :none, :body || :body, :weight, :picture)",
                     DB_PARAMS(DB_BLOB("picture", bytes, sizeof bytes), DB_REAL("weight", 1.5),
                               DB_TEXT("body", "å𝄞"), DB_INT_OR_NULL("none", 0),
                               DB_INT("id", G_MAXINT64)),
                     &error));
    assert_int_equal(db_changes(db), 1);
    assert_ok(
        row = db_query(db, "SELECT id, person_id, body, weight, picture FROM note", NULL, &error));
    assert_int_equal(db_step(row, NULL), DB_STEP_ROW);
    assert_true(db_int(row, 0) == G_MAXINT64);
    assert_true(db_is_null(row, 1));
    assert_int_equal(db_int(row, 1), 0);
    assert_null(db_text(row, 1));
    assert_string_equal(db_text(row, 2), "å𝄞å𝄞");
    assert_true(db_real(row, 3) == 1.5);
    blob = db_blob(row, 4, &length);
    assert_int_equal(length, sizeof bytes);
    assert_memory_equal(blob, bytes, length);
    assert_int_equal(db_step(row, NULL), DB_STEP_DONE);
    assert_int_equal(db_step(row, NULL), DB_STEP_DONE);
}

static void texts_may_be_null_cut_and_empty(void **state)
{
    static const char sql[] = "INSERT INTO note (id, body) VALUES (:id, :body)";
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_ok(db_run(db, sql, DB_PARAMS(DB_INT("id", 1), DB_TEXT("body", NULL)), &error));
    assert_ok(db_run(db, sql, DB_PARAMS(DB_INT("id", 2), DB_NULL("body")), &error));
    assert_ok(db_run(db, sql, DB_PARAMS(DB_INT("id", 3), DB_TEXT("body", "")), &error));
    assert_ok(
        db_run(db, sql,
               DB_PARAMS(DB_INT("id", 4),
                         {.name = "body", .type = DB_TYPE_TEXT, .data = "abcdef", .length = 3}),
               &error));
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM note WHERE body IS NULL"), 2);
    assert_int_equal(fixture_int(db, "SELECT id FROM note WHERE body = ''"), 3);
    assert_int_equal(fixture_int(db, "SELECT id FROM note WHERE body = 'abc'"), 4);
}

static void parameters_are_all_given_and_known(void **state)
{
    static const char sql[] = "INSERT INTO person (id, name) VALUES (:id, :name)";
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_fails(db_run(db, sql, NULL, &error), ERROR_INTERNAL);
    assert_fails(db_run(db, sql, DB_PARAMS(DB_INT("id", 1)), &error), ERROR_INTERNAL);
    assert_fails(db_run(db, sql, DB_PARAMS(DB_INT("id", 1), DB_INT("id", 2)), &error),
                 ERROR_INTERNAL);
    assert_fails(db_run(db, sql,
                        DB_PARAMS(DB_INT("id", 1), DB_TEXT("name", "a"), DB_TEXT("surname", "b")),
                        &error),
                 ERROR_INTERNAL);
    assert_fails(db_run(db, sql, DB_PARAMS(DB_INT("id", 1), DB_TEXT("nmae", "a")), &error),
                 ERROR_INTERNAL);
    assert_fails(db_run(db, "SELECT ?", NULL, &error), ERROR_INTERNAL);
    assert_fails(db_run(db, "SELECT 1; SELECT 2", NULL, &error), ERROR_INTERNAL);
    assert_fails(db_run(db, "  ", NULL, &error), ERROR_INTERNAL);
    assert_fails(db_run(db, "SELEKT 1", NULL, &error), ERROR_INTERNAL);
    assert_int_equal(fixture_int(db, COUNT), 0);
    assert_ok(db_run(db, sql, DB_PARAMS(DB_INT("id", 1), DB_TEXT("name", "a")), &error));
    assert_ok(db_run(db, sql, DB_PARAMS(DB_TEXT("name", "b"), DB_INT("id", 2)), &error));
    assert_int_equal(fixture_int(db, COUNT), 2);
}

static void a_statement_in_use_can_be_used_again(void **state)
{
    static const char sql[] = "SELECT id FROM person WHERE id > :after ORDER BY id";
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autoptr(DbStatement) outer = NULL;
    int pairs = 0;

    for (int i = 0; i < 4; i++) {
        g_autofree char *name = g_strdup_printf("person %d", i);
        fixture_add(db, name);
    }
    assert_ok(outer = db_query(db, sql, DB_PARAMS(DB_INT("after", 0)), &error));
    while (db_step(outer, NULL) == DB_STEP_ROW) {
        g_autoptr(DbStatement) inner = NULL;
        assert_ok(inner = db_query(db, sql, DB_PARAMS(DB_INT("after", db_int(outer, 0))), &error));
        while (db_step(inner, NULL) == DB_STEP_ROW)
            pairs++;
    }
    assert_int_equal(pairs, 6);
}

static void statements_live_through_a_changed_schema(void **state)
{
    static const char sql[] = "INSERT INTO person (id, name) VALUES (:id, :name)";
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    for (gint64 i = 1; i <= 3; i++) {
        g_autofree char *name = g_strdup_printf("person %d", (int)i);
        assert_ok(db_run(db, sql, DB_PARAMS(DB_INT("id", i), DB_TEXT("name", name)), &error));
        assert_ok(
            engine_exec(db->handle, db->path, "ALTER TABLE person ADD COLUMN x TEXT", &error));
        assert_ok(engine_exec(db->handle, db->path, "ALTER TABLE person DROP COLUMN x", &error));
    }
    assert_int_equal(fixture_int(db, COUNT), 3);
}

static void texts_made_at_run_time_do_not_fill_the_cache(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    for (int i = 0; i < 2000; i++) {
        g_autofree char *sql = g_strdup_printf("SELECT %d", i);
        assert_int_equal(fixture_int(db, sql), i);
    }
    assert_true(g_hash_table_size(db->cache) <= 512);
}

static void faults_have_their_codes(void **state)
{
    static const char add_note[] = "INSERT INTO note (id, person_id) VALUES (:id, :person)";
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    gint64 id = fixture_add(db, "Alva");

    assert_fails(db_run(db, "INSERT INTO person (id, name) VALUES (:id, 'Alva')",
                        DB_PARAMS(DB_INT("id", id + 1)), &error),
                 ERROR_EXISTS);
    assert_fails(db_run(db, "INSERT INTO person (id, name) VALUES (:id, 'Bo')",
                        DB_PARAMS(DB_INT("id", id)), &error),
                 ERROR_EXISTS);
    assert_fails(db_run(db, add_note, DB_PARAMS(DB_INT("id", 1), DB_INT("person", 99)), &error),
                 ERROR_CONFLICT);
    assert_ok(db_run(db, add_note, DB_PARAMS(DB_INT("id", 1), DB_INT("person", id)), &error));
    assert_fails(
        db_run(db, "DELETE FROM person WHERE id = :id", DB_PARAMS(DB_INT("id", id)), &error),
        ERROR_CONFLICT);
    assert_fails(db_run(db, "INSERT INTO person (id) VALUES (7)", NULL, &error), ERROR_INTERNAL);
    assert_int_equal(fixture_int(db, COUNT), 1);
}

static void changes_are_those_of_the_last_run(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    fixture_add(db, "Alva");
    fixture_add(db, "Bo");
    assert_ok(db_run(db, "UPDATE person SET name = name || '!'", NULL, &error));
    assert_int_equal(db_changes(db), 2);
    assert_ok(db_run(db, "UPDATE person SET name = '' WHERE id = 0", NULL, &error));
    assert_int_equal(db_changes(db), 0);
    assert_ok(db_run(db, "UPDATE person SET name = name", NULL, &error));
    assert_ok(db_run(db, COUNT, NULL, &error));
    assert_int_equal(db_changes(db), 0);
}

static void getting_one_value(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autofree char *name = NULL;
    gint64 value = 5;

    assert_ok(db_get_int(db, "SELECT id FROM person", NULL, -7, &value, &error));
    assert_int_equal(value, -7);
    assert_ok(db_get_text(db, "SELECT name FROM person", NULL, &name, &error));
    assert_null(name);
    fixture_add(db, "Örjan");
    assert_ok(db_get_text(db, "SELECT name FROM person", NULL, &name, &error));
    assert_string_equal(name, "Örjan");
    assert_fails(db_get_int(db, "SELECT x FROM person", NULL, 0, &value, &error), ERROR_INTERNAL);
}

/* Two texts at one place in memory, one after the other. */
static void a_text_is_told_from_what_lay_there_before(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    char sql[32];

    for (int i = 0; i < 4; i++) {
        g_snprintf(sql, sizeof sql, "SELECT %d", i % 3);
        assert_int_equal(fixture_int(db, sql), i % 3);
    }
}

/* ---- row numbers and settings ---------------------------------------------------------------- */

static void numbers_are_of_this_node_and_in_order(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autofree char *node = db_meta_get(db, "node", NULL);
    gint64 high, first;

    assert_non_null(node);
    high = g_ascii_strtoll(node, NULL, 10);
    assert_in_range(high, 1, G_MAXINT32);
    assert_ok(db_begin(db, &error));
    assert_true((first = db_new_id(db, "person", NULL)) == ((high << 32) | 1));
    assert_true(db_new_id(db, "person", NULL) == first + 1);
    assert_true(db_new_id(db, "note", NULL) == first);
    db_rollback(db);
    assert_true(fixture_add(db, "Alva") == first);
    /* A row from another machine does not move this one's numbers. */
    assert_ok(db_run(db, "INSERT INTO person (id, name) VALUES (:id, 'from elsewhere')",
                     DB_PARAMS(DB_INT("id", high == 1 ? 2 : G_MAXINT64)), &error));
    assert_true(fixture_add(db, "Bo") == first + 1);
    assert_fails(db_new_id(db, "person", &error), ERROR_INTERNAL);
    assert_ok(db_begin(db, &error));
    assert_fails(db_new_id(db, "person; --", &error), ERROR_INTERNAL);
    assert_fails(db_new_id(db, "nothing", &error), ERROR_INTERNAL);
    db_rollback(db);
}

static void numbers_given_by_others_are_seen(void **state)
{
    g_autoptr(Db) first = fixture_open(*state, DB_CREATE);
    g_autoptr(Db) second = fixture_open(*state, DB_READ_WRITE);
    gint64 a = fixture_add(first, "a"), b = fixture_add(second, "b"), c = fixture_add(first, "c");

    assert_true(b == a + 1);
    assert_true(c == a + 2);
}

static void a_number_is_never_given_twice(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    gint64 a = fixture_add(db, "a"), b = fixture_add(db, "b"), c;

    assert_ok(db_begin(db, &error));
    assert_ok(db_run(db, "DELETE FROM person WHERE id = :id", DB_PARAMS(DB_INT("id", b)), &error));
    assert_true(db_new_id(db, "person", NULL) == b + 1);
    assert_ok(db_commit(db, &error));
    g_clear_pointer(&db, db_close);
    db = fixture_open(*state, DB_READ_WRITE);
    c = fixture_add(db, "c");
    assert_true(c == b + 1);
    /* A deletion undone, and one below the highest, leave no mark behind. */
    assert_ok(db_begin(db, &error));
    assert_ok(db_run(db, "DELETE FROM person WHERE id = :id", DB_PARAMS(DB_INT("id", c)), &error));
    db_rollback(db);
    assert_ok(db_begin(db, &error));
    assert_ok(db_run(db, "DELETE FROM person WHERE id = :id", DB_PARAMS(DB_INT("id", a)), &error));
    assert_ok(db_commit(db, &error));
    assert_int_equal(
        fixture_int(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'last_id.person'"), b);
    assert_true(fixture_add(db, "d") == c + 1);
}

static void settings_of_the_house(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autofree char *none = db_meta_get(db, "nothing", NULL);
    g_autofree char *value = NULL;

    assert_null(none);
    assert_ok(db_meta_set(db, "unit", "Norr", &error));
    assert_ok(db_meta_set(db, "unit", "Söder", &error));
    assert_ok(value = db_meta_get(db, "unit", &error));
    assert_string_equal(value, "Söder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engine_versions),
        T(a_new_file_is_encrypted_and_private),
        T(every_setting_is_as_set),
        T(opening_says_what_is_wrong),
        T(a_file_that_cannot_be_finished_is_removed),
        T(read_only_is_read_only),
        T(values_come_back_as_they_went_in),
        T(texts_may_be_null_cut_and_empty),
        T(parameters_are_all_given_and_known),
        T(a_statement_in_use_can_be_used_again),
        T(statements_live_through_a_changed_schema),
        T(texts_made_at_run_time_do_not_fill_the_cache),
        T(faults_have_their_codes),
        T(changes_are_those_of_the_last_run),
        T(getting_one_value),
        T(a_text_is_told_from_what_lay_there_before),
        T(numbers_are_of_this_node_and_in_order),
        T(numbers_given_by_others_are_seen),
        T(a_number_is_never_given_twice),
        T(settings_of_the_house),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
