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
    g_autofree char *journal = g_strconcat(f->path, "-journal", NULL);
    assert_int_equal(guard->xAccess(guard, journal, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 0);
    assert_true(g_file_set_contents(journal, "", 0, NULL));
    assert_int_equal(guard->xAccess(guard, journal, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 0); /* an empty one is none */
    assert_true(g_file_set_contents(journal, "x", 1, NULL));
    assert_int_equal(guard->xAccess(guard, journal, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 1);
    assert_int_equal(guard->xDelete(guard, journal, 0), SQLITE_OK);
    g_autofree char *ahead = g_strconcat(f->path, "-wal", NULL);
    assert_true(g_file_set_contents(ahead, "x", 1, NULL));
    assert_int_equal(guard->xAccess(guard, ahead, SQLITE_ACCESS_EXISTS, &there), SQLITE_OK);
    assert_int_equal(there, 0);
    assert_int_equal(guard->xDelete(guard, ahead, 0), SQLITE_IOERR_DELETE);
    g_unlink(ahead);
    assert_false(g_file_test(journal, G_FILE_TEST_EXISTS));
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

static void add_number(GByteArray *bytes, guint32 number)
{
    const guint32 big = GUINT32_TO_BE(number);
    g_byte_array_append(bytes, (const guint8 *)&big, sizeof big);
}

/* A journal without a page, which names `victim` as the journal of several databases that it belongs to
 * (sqlite.org/fileformat2.html#the_rollback_journal, pager.c). New. */
static GByteArray *journal_that_names(const char *victim, guint32 pages)
{
    static const guint8 magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    enum { SECTOR = 512, PAGE = 4096, LOCKED_PAGE = 0x40000000 / PAGE + 1 };
    GByteArray *bytes = g_byte_array_new();
    guint32 sum = 0;
    g_byte_array_append(bytes, magic, sizeof magic);
    add_number(bytes, 0);
    add_number(bytes, 0x12345678);
    add_number(bytes, pages);
    add_number(bytes, SECTOR);
    add_number(bytes, PAGE);
    while (bytes->len < SECTOR)
        g_byte_array_append(bytes, (const guint8 *)"", 1);
    add_number(bytes, LOCKED_PAGE);
    g_byte_array_append(bytes, (const guint8 *)victim, (guint)strlen(victim));
    for (const char *c = victim; *c != '\0'; c++)
        sum += (guint32)(guchar)*c;
    add_number(bytes, (guint32)strlen(victim));
    add_number(bytes, sum);
    g_byte_array_append(bytes, magic, sizeof magic);
    return bytes;
}

/* Whoever can write beside the database has nothing of another's taken away. */
static void a_journal_takes_no_other_file_away(void **state)
{
    Fixture *f = *state;
    g_autofree char *journal = g_strconcat(f->path, "-journal", NULL);
    g_autofree char *victim = g_build_filename(f->folder, "private.txt", NULL);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    Db *db = fixture_open(f, DB_CREATE);
    fixture_add(db, "Alva");
    db_close(db);
    assert_true(g_file_get_contents(f->path, &bytes, &length, NULL));
    assert_true(g_file_set_contents(victim, "nobody else's", -1, NULL));
    g_autoptr(GByteArray) crafted = journal_that_names(victim, (guint32)(length / 4096));
    assert_true(
        g_file_set_contents(journal, (const char *)crafted->data, (gssize)crafted->len, NULL));
    db = fixture_open(f, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), 1);
    fixture_add(db, "Beda");
    db_close(db);
    assert_true(g_file_test(victim, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nameless_files_are_refused),
        T(everything_else_is_the_default_ones),
        T(a_sort_that_would_leak_fails),
        T(locks_pass_through),
        T(a_journal_takes_no_other_file_away),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
