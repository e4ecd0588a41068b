/* The VFS that lets no row out into a temporary file. */
#include "tests/unit/db/fixture.h"

static void nameless_files_are_refused(void **state)
{
    sqlite3_vfs *guard, *base;
    sqlite3_file *file;
    int out = 0;

    (void)state;
    assert_string_equal(guard_register(), DB_GUARD_VFS);
    assert_string_equal(guard_register(), DB_GUARD_VFS);
    guard = sqlite3_vfs_find(DB_GUARD_VFS);
    base = sqlite3_vfs_find(NULL);
    assert_non_null(guard);
    assert_ptr_not_equal(guard, base);
    file = g_malloc0((gsize)guard->szOsFile);
    assert_int_equal(guard->xOpen(guard, NULL, file,
                                  SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                                      SQLITE_OPEN_DELETEONCLOSE,
                                  &out),
                     SQLITE_CANTOPEN);
    assert_null(file->pMethods);
    g_free(file);
}

static void everything_else_is_the_default_ones(void **state)
{
    sqlite3_vfs *guard, *base = sqlite3_vfs_find(NULL);
    Fixture *f = *state;
    char mine[1024], its[1024];
    double day = 0;
    sqlite3_int64 moment = 0;
    int there = -1;

    guard_register();
    guard = sqlite3_vfs_find(DB_GUARD_VFS);
    assert_int_equal(guard->szOsFile, base->szOsFile);
    assert_int_equal(guard->xFullPathname(guard, f->path, sizeof mine, mine), SQLITE_OK);
    assert_int_equal(base->xFullPathname(base, f->path, sizeof its, its), SQLITE_OK);
    assert_string_equal(mine, its);
    assert_int_equal(guard->xAccess(guard, f->path, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 0);
    db_close(fixture_open(f, DB_CREATE));
    assert_int_equal(guard->xAccess(guard, f->path, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 1);
    assert_int_equal(guard->xDelete(guard, f->path, 0), SQLITE_OK);
    assert_int_equal(fixture_count(f, "unit.db-journal") + fixture_count(f, "unit.db"),
                     2 * fixture_count(f, "unit.db-journal"));
    assert_int_equal(guard->xCurrentTime(guard, &day), SQLITE_OK);
    assert_int_equal(guard->xCurrentTimeInt64(guard, &moment), SQLITE_OK);
    assert_true(day > 2400000 && moment > 0);
    assert_int_equal(guard->xRandomness(guard, 8, mine), 8);
}

/* A sort far larger than the cache. */
static int big_sort(Db *db)
{
    static const char sql[] =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
        "SELECT i || 'Marker-Malva and more of a name' AS t FROM n ORDER BY t || i";

    sqlite3_exec(db->handle, "PRAGMA cache_size = 10", NULL, NULL, NULL);
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
}

static void a_sort_that_would_leak_fails(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);

    assert_int_equal(big_sort(db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db->handle, "PRAGMA temp_store = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(big_sort(db) & 0xff, SQLITE_CANTOPEN);
    assert_int_equal(sqlite3_exec(db->handle, "PRAGMA temp_store = 2", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(big_sort(db), SQLITE_OK);
}

static void locks_pass_through(void **state)
{
    g_autoptr(Db) first = fixture_open(*state, DB_CREATE);
    g_autoptr(Db) second = fixture_open(*state, DB_READ_WRITE);

    sqlite3_busy_handler(second->handle, NULL, NULL);
    assert_ok(db_begin(first, &error));
    assert_int_equal(sqlite3_exec(second->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_BUSY);
    db_rollback(first);
    assert_int_equal(sqlite3_exec(second->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_exec(second->handle, "ROLLBACK", NULL, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nameless_files_are_refused),
        T(everything_else_is_the_default_ones),
        T(a_sort_that_would_leak_fails),
        T(locks_pass_through),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
