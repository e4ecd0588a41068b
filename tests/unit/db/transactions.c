/* Transactions: within one another, lost, waited for, and on a full disk. */
#include <sys/resource.h>

#include "tests/unit/db/fixture.h"

static void transactions_nest(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_false(db_in_transaction(db));
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "outer");
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "inner, undone");
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "innermost, kept for a moment");
    assert_ok(db_commit(db, &error));
    db_rollback(db);
    assert_true(db_in_transaction(db));
    assert_int_equal(fixture_int(db, COUNT), 1);
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "inner, kept");
    assert_ok(db_commit(db, &error));
    assert_ok(db_commit(db, &error));
    assert_false(db_in_transaction(db));
    assert_int_equal(fixture_int(db, COUNT), 2);
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "undone");
    db_rollback(db);
    assert_int_equal(fixture_int(db, COUNT), 2);
}

/* What is remembered of one turn is never taken for what holds in another. */
static void a_turn_lasts_until_something_is_taken_back(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_int_equal(db_turn(db), 0);
    assert_ok(db_begin(db, &error));
    const gsize first = db_turn(db);
    assert_int_not_equal(first, 0);
    assert_ok(db_begin(db, &error));
    assert_int_equal(db_turn(db), first);
    assert_ok(db_commit(db, &error));
    assert_int_equal(db_turn(db), first);
    assert_ok(db_begin(db, &error));
    db_rollback(db);
    const gsize second = db_turn(db);
    assert_int_not_equal(second, 0);
    assert_int_not_equal(second, first);
    assert_ok(db_commit(db, &error));
    assert_int_equal(db_turn(db), 0);
    assert_ok(db_begin(db, &error));
    assert_int_not_equal(db_turn(db), first);
    assert_int_not_equal(db_turn(db), second);
    db_rollback(db);
    assert_int_equal(db_turn(db), 0);
}

static gboolean add_in_scope(Db *db, const char *name, gboolean commit, GError **error)
{
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);

    if (transaction == NULL)
        return FALSE;
    fixture_add_inside(db, name);
    return commit && db_transaction_commit(transaction, error);
}

static void a_transaction_ends_with_its_scope(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_false(add_in_scope(db, "undone", FALSE, NULL));
    assert_false(db_in_transaction(db));
    assert_ok(add_in_scope(db, "kept", TRUE, &error));
    assert_false(db_in_transaction(db));
    assert_int_equal(fixture_int(db, COUNT), 1);
}

static void a_large_transaction_gives_its_cache_back(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    const gint64 usual = fixture_int(db, "PRAGMA cache_size");

    for (int commit = 0; commit < 2; commit++) {
        g_autoptr(DbTransaction) transaction = NULL;
        assert_ok(transaction = db_transaction_large(db, &error));
        assert_true(fixture_int(db, "PRAGMA cache_size") < usual);
        fixture_add_inside(db, commit ? "kept" : "undone");
        if (commit)
            assert_ok(db_transaction_commit(transaction, &error));
        g_clear_pointer(&transaction, db_transaction_end);
        assert_int_equal(fixture_int(db, "PRAGMA cache_size"), usual);
        assert_int_equal(fixture_int(db, COUNT), commit);
    }
}

static void closing_rolls_back(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "undone");
    assert_ok(db_begin(db, &error));
    g_clear_pointer(&db, db_close);
    db = fixture_open(*state, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, COUNT), 0);
}

/* A full disk makes the engine roll back by itself; OR ROLLBACK does the same. What comes after
 * must not be committed on its own. */
static void a_transaction_lost_below_stays_lost(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "Alva");
    assert_ok(db_begin(db, &error));
    assert_fails(
        db_run(db, "INSERT OR ROLLBACK INTO person (id, name) VALUES (1, 'Alva')", NULL, &error),
        ERROR_EXISTS);
    assert_fails(db_run(db, "INSERT INTO person (id, name) VALUES (2, 'Bo')", NULL, &error),
                 ERROR_EXISTS);
    assert_fails(db_begin(db, &error), ERROR_EXISTS);
    assert_fails(db_commit(db, &error), ERROR_EXISTS);
    assert_true(db_in_transaction(db));
    assert_fails(db_run(db, "INSERT INTO person (id, name) VALUES (3, 'Cia')", NULL, &error),
                 ERROR_EXISTS);
    assert_fails(db_commit(db, &error), ERROR_EXISTS);
    assert_false(db_in_transaction(db));
    assert_int_equal(fixture_int(db, COUNT), 0);
    fixture_add(db, "Disa");
    assert_int_equal(fixture_int(db, COUNT), 1);
}

/* A reference that is checked only at the end makes the COMMIT itself fail. */
static void a_failed_commit_leaves_nothing_open(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_ok(db_begin(db, &error));
    assert_ok(db_run(db, "PRAGMA defer_foreign_keys = ON", NULL, &error));
    assert_ok(db_run(db, "INSERT INTO note (id, person_id) VALUES (1, 99)", NULL, &error));
    assert_fails(db_commit(db, &error), ERROR_CONFLICT);
    assert_false(db_in_transaction(db));
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM note"), 0);
    fixture_add(db, "Alva");
}

static void an_open_list_may_not_hold_up_a_save(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autoptr(DbStatement) list = NULL;

    fixture_add(db, "Alva");
    fixture_add(db, "Bo");
    assert_ok(list = db_query(db, "SELECT name FROM person", NULL, &error));
    assert_int_equal(db_step(list, NULL), DB_STEP_ROW);
    assert_fails(db_begin(db, &error), ERROR_INTERNAL);
    assert_fails(db_meta_set(db, "a", "b", &error), ERROR_INTERNAL);
    g_clear_pointer(&list, db_statement_release);
    assert_ok(db_meta_set(db, "a", "b", &error));
    assert_ok(db_begin(db, &error));
    assert_ok(list = db_query(db, "SELECT name FROM person", NULL, &error));
    assert_int_equal(db_step(list, NULL), DB_STEP_ROW);
    assert_ok(db_meta_set(db, "a", "c", &error));
    g_clear_pointer(&list, db_statement_release);
    assert_ok(db_commit(db, &error));
}

static void busy_is_said_when_waiting_did_not_help(void **state)
{
    g_autoptr(Db) first = fixture_open(*state, DB_CREATE);
    g_autoptr(Db) second = fixture_open(*state, DB_READ_WRITE);

    sqlite3_busy_handler(second->handle, NULL, NULL);
    assert_ok(db_begin(first, &error));
    assert_fails(db_begin(second, &error), ERROR_BUSY);
    assert_false(db_in_transaction(second));
    assert_int_equal(fixture_int(second, COUNT), 0);
    assert_ok(db_commit(first, &error));
    assert_ok(db_begin(second, &error));
    db_rollback(second);
}

static void the_data_version_shows_others_commits(void **state)
{
    g_autoptr(Db) first = fixture_open(*state, DB_CREATE);
    g_autoptr(Db) second = fixture_open(*state, DB_READ_WRITE);
    gint64 version = db_data_version(first);

    fixture_add(first, "own");
    assert_int_equal(db_data_version(first), version);
    fixture_add(second, "another's");
    assert_int_not_equal(db_data_version(first), version);
}

/* A file-size limit stands for a full disk and a quota: the engine knows only the first. */
static void a_limit_is_told_as_a_full_disk(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autofree char *body = g_strnfill(200000, 'n');
    struct rlimit before, small;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100000;
    fixture_add(db, "Alva");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_fails(db_run(db, "INSERT INTO note (id, body) VALUES (1, :body)",
                        DB_PARAMS(DB_TEXT("body", body)), &error),
                 ERROR_FULL);
    assert_int_equal(fixture_int(db, COUNT), 1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_ok(db_run(db, "INSERT INTO note (id, body) VALUES (1, :body)",
                     DB_PARAMS(DB_TEXT("body", body)), &error));
}

/* Whoever saves without a pause lets others go first now and then; whoever pauses need not. */
static void without_a_pause_others_go_first(void **state)
{
    enum { SAVES_MOST = 10 * 1000 * 1000 };
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    for (int i = 0; i < 20; i++) {
        assert_ok(db_begin(db, &error));
        assert_ok(db_commit(db, &error));
        g_usleep(3000);
    }
    assert_int_equal(db->gave_way, 0);
    for (int i = 0; i < SAVES_MOST && db->gave_way == 0; i++) {
        assert_ok(db_begin(db, &error));
        assert_ok(db_commit(db, &error));
    }
    assert_int_equal(db->gave_way, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(transactions_nest),
        T(a_turn_lasts_until_something_is_taken_back),
        T(a_transaction_ends_with_its_scope),
        T(a_large_transaction_gives_its_cache_back),
        T(closing_rolls_back),
        T(a_transaction_lost_below_stays_lost),
        T(a_failed_commit_leaves_nothing_open),
        T(an_open_list_may_not_hold_up_a_save),
        T(busy_is_said_when_waiting_did_not_help),
        T(the_data_version_shows_others_commits),
        T(a_limit_is_told_as_a_full_disk),
        T(without_a_pause_others_go_first),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("transactions", tests, NULL, NULL);
}
