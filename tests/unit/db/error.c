/* What goes wrong in the engine is told in words, and never in the engine's or in SQL (C10). */
#include "base/i18n.h"
#include "tests/unit/db/fixture.h"

#define FAULTY "SELECT no_such_column FROM person WHERE id = :id"

/* Words that only the program and its engine use. */
static const char *const never[] = {
    "SELECT", "INSERT", "UPDATE",      "DELETE", "WHERE",  "FROM ",     "CREATE", "PRAGMA",
    "column", "SQL",    "constraint",  "syntax", "VALUES", ":id",       "sqlite", "rowid",
    "BEGIN",  "COMMIT", "quick_check", "index",  "HMAC",   "savepoint",
};

static void look_plain(const char *what, const char *message)
{
    gsize length = strlen(message);

    if (length < 20 || message[length - 1] != '.')
        fail_msg("%s: no sentence: %s", what, message);
    for (gsize i = 0; i < G_N_ELEMENTS(never); i++)
        if (strstr(message, never[i]))
            fail_msg("%s: %s", what, message);
}

/* The message of `code` as `handle` has it, in the language in use. New. */
static char *message_of(sqlite3 *handle, int code, const char *sql)
{
    g_autoptr(GError) error = NULL;

    engine_error(handle, "/a/unit.db", code, sql, &error);
    assert_non_null(error);
    return g_strdup(error->message);
}

static void c10_every_code_is_a_sentence(void **state)
{
    static const int further[] = {
        SQLITE_CONSTRAINT_CHECK,      SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_FOREIGNKEY,
        SQLITE_CONSTRAINT_NOTNULL,    SQLITE_CONSTRAINT_ROWID,  SQLITE_CONSTRAINT_PRIMARYKEY,
        SQLITE_CONSTRAINT_DATATYPE,   SQLITE_IOERR_NOMEM,       SQLITE_IOERR_WRITE,
        SQLITE_BUSY_SNAPSHOT,         SQLITE_READONLY_DBMOVED,  SQLITE_CANTOPEN_ISDIR,
        SQLITE_ERROR_MISSING_COLLSEQ, SQLITE_CORRUPT_INDEX,     SQLITE_AUTH_USER,
    };
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    sqlite3_stmt *statement = NULL;

    for (int i = 1; i <= SQLITE_NOTADB + (int)G_N_ELEMENTS(further); i++) {
        int code = i <= SQLITE_NOTADB ? i : further[i - SQLITE_NOTADB - 1];
        g_autofree char *what = g_strdup_printf("code %d", code);
        g_autofree char *english = NULL, *swedish = NULL;
        assert_int_equal(sqlite3_prepare_v2(db->handle, FAULTY, -1, &statement, NULL),
                         SQLITE_ERROR);
        i18n_init("en");
        english = message_of(db->handle, code, FAULTY);
        look_plain(what, english);
        if (strstr(english, sqlite3_errmsg(db->handle)) || strstr(english, sqlite3_errstr(code)))
            fail_msg("%s: %s", what, english);
        i18n_init("sv");
        swedish = message_of(NULL, code, NULL);
        look_plain(what, swedish);
        assert_string_not_equal(english, swedish);
        i18n_init("en");
    }
}

/* Two statements that go wrong have two codes; the same one always has the same. */
static void c10_the_code_finds_the_statement(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *first = message_of(db->handle, SQLITE_ERROR, "SELECT a");
    g_autofree char *again = message_of(db->handle, SQLITE_ERROR, "SELECT a");
    g_autofree char *other = message_of(db->handle, SQLITE_ERROR, "SELECT b");

    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
}

#define assert_plain(call)                                                                         \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        if (call)                                                                                  \
            fail_msg("%s did not fail", #call);                                                    \
        assert_non_null(error);                                                                    \
        look_plain(#call, error->message);                                                         \
    } while (0)

static void c10_no_path_shows_sql(void **state)
{
    static const Migration faulty[] = {{1, "0001-small", ""},
                                       {2, "0002-faulty", "ALTER TABLE nobody ADD COLUMN a TEXT"}};
    static const DbOptions options = {.migrations = faulty, .migration_count = 2};
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *text = NULL;
    gint64 value;

    assert_plain(db_run(db, FAULTY, NULL, &error));
    assert_plain(db_query(db, FAULTY, NULL, &error));
    assert_plain(db_get_int(db, FAULTY, NULL, 0, &value, &error));
    assert_plain(db_get_text(db, FAULTY, NULL, &text, &error));
    assert_plain(db_run(db, "SELECT name FROM person WHERE id = :id", NULL, &error));
    assert_plain(db_run(db, "SELECT name FROM person WHERE id = :id", DB_PARAMS(DB_INT("other", 1)),
                        &error));
    assert_plain(db_run(db, "SELECT 1; SELECT 2", NULL, &error));
    assert_plain(db_run(db, "INSERT INTO person (id) VALUES (7)", NULL, &error));
    assert_plain(db_new_id(db, "person", &error) != 0);
    assert_plain(engine_exec(db->handle, db->path, "SELEKT", &error));
    assert_plain(engine_get(db->handle, db->path, "SELEKT", &error));
    {
        g_autoptr(DbStatement) reading = db_query(db, "SELECT key FROM meta", NULL, NULL);
        assert_int_equal(db_step(reading, NULL), DB_STEP_ROW);
        assert_plain(db_begin(db, &error));
        assert_plain(db_meta_set(db, "a", "b", &error));
    }
    g_clear_pointer(&db, db_close);
    assert_plain(db_open_with(f->path, f->key, DB_READ_WRITE, &options, &error));
}

/* After want of memory the encryption of a connection may answer nothing any more: another takes its
 * place, as soon as nothing is open on it. */
static void a_worn_connection_is_exchanged(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);

    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "Emil");
    assert_false(db_error(db, SQLITE_NOMEM, "SELECT 1", NULL));
    assert_int_equal(fixture_int(db, COUNT), 1);
    assert_true(db->worn);
    assert_ok(db_commit(db, &error));
    {
        g_autoptr(DbStatement) reading = db_query(db, "SELECT name FROM person", NULL, NULL);
        assert_false(db->worn);
        assert_int_equal(db_step(reading, NULL), DB_STEP_ROW);
        assert_false(db_error(db, SQLITE_IOERR_NOMEM, "SELECT 1", NULL));
        assert_int_equal(fixture_int(db, COUNT), 1);
        assert_true(db->worn);
        assert_string_equal(db_text(reading, 0), "Emil");
    }
    fixture_add(db, "Siv");
    assert_false(db->worn);
    assert_int_equal(fixture_int(db, COUNT), 2);
}

/* What the engine says of a damaged structure is told as one sentence, however often. */
static void c10_check_speaks_plainly(void **state)
{
    static const Migration list[] = {
        {1, "0001-checked",
         "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);\n"
         "CREATE TABLE person (id BIGINT PRIMARY KEY, age BIGINT CHECK (age >= 0));\n"},
    };
    static const DbOptions options = {.migrations = list, .migration_count = 1};
    Fixture *f = *state;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Db) db = NULL;

    assert_ok(db = db_open_with(f->path, f->key, DB_CREATE, &options, &error));
    assert_ok(engine_exec(db->handle, db->path,
                          "PRAGMA ignore_check_constraints = ON;"
                          "INSERT INTO person (id, age) VALUES (1, -1), (2, -2)",
                          &error));
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 1);
    look_plain("check", faults->pdata[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(c10_every_code_is_a_sentence),
        T(c10_the_code_finds_the_statement),
        T(c10_no_path_shows_sql),
        T(c10_check_speaks_plainly),
        T(a_worn_connection_is_exchanged),
    };

    if (!secret_init(NULL))
        return 1;
    i18n_init("en");
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
