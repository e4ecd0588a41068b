/* What is done to a whole file: checked, copied, given another key. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

static void fill(Db *db, int rows)
{
    assert_ok(db_begin(db, &error));
    for (int i = 0; i < rows; i++) {
        g_autofree char *name = g_strdup_printf("person %06d with a name of some length", i);
        fixture_add_inside(db, name);
    }
    assert_ok(db_commit(db, &error));
}

static void damage(const char *path, off_t at)
{
    int fd = open(path, O_RDWR);
    char byte = 0;

    assert_true(fd >= 0 && pread(fd, &byte, 1, at) == 1);
    byte ^= 0x10;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

static void note_share(double share, gpointer data)
{
    double *last = data;

    assert_true(share >= *last && share <= 1.0);
    *last = share;
}

/* Reads both the table and its index. */
#define READ_ALL                                                                                   \
    "SELECT count(*) FROM (SELECT name FROM person NOT INDEXED WHERE name > '' UNION ALL "         \
    "SELECT name FROM person INDEXED BY sqlite_autoindex_person_1 WHERE name > '')"

static void a_check_finds_one_changed_byte(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    double share = 0;

    fill(db, 500);
    assert_ok(db_check(db, faults, note_share, &share, &error));
    assert_int_equal(faults->len, 0);
    assert_true(share == 1.0);
    g_clear_pointer(&db, db_close);
    damage(f->path, 4096 * 7 + 1234);
    db = fixture_open(f, DB_READ_WRITE);
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "8"));
    /* The connection itself is still good for the pages that are. */
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM meta"), 2);
    assert_fails(db_run(db, READ_ALL, NULL, &error), ERROR_CORRUPT);
    assert_fails(db_run(db, READ_ALL, NULL, &error), ERROR_CORRUPT);
}

static void a_check_finds_what_refers_to_nothing(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_ok(engine_exec(db->handle, db->path, "PRAGMA foreign_keys = OFF", &error));
    for (gint64 i = 1; i <= 22; i++)
        assert_ok(db_run(db, "INSERT INTO note (id, person_id) VALUES (:id, 99)",
                         DB_PARAMS(DB_INT("id", i)), &error));
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 21);
    assert_non_null(strstr(faults->pdata[0], "note"));
    assert_non_null(strstr(faults->pdata[20], "2"));
}

static void a_file_cut_short_is_noticed(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);

    fill(db, 500);
    g_clear_pointer(&db, db_close);
    assert_int_equal(truncate(f->path, 4096 * 10 + 100), 0);
    assert_fails(db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error),
                 ERROR_CORRUPT);
    assert_int_equal(truncate(f->path, 0), 0);
    assert_fails(db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error),
                 ERROR_CORRUPT);
}

static void a_new_key_fits_and_the_old_one_does_not(void **state)
{
    Fixture *f = *state;
    g_autoptr(Secret) next = fixture_key(2);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Db) other = fixture_open(f, DB_READ_WRITE);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *before = NULL, *after = NULL;
    gsize length;

    fill(db, 300);
    assert_true(g_file_get_contents(f->path, &before, &length, NULL));
    assert_int_equal(fixture_int(other, COUNT), 300);
    g_clear_pointer(&other, db_close);
    other = fixture_open(f, DB_READ_WRITE);
    assert_ok(db_rekey(db, next, NULL, &error));
    /* It goes on, and whoever had it open is told. */
    fixture_add(db, "after the change");
    assert_int_equal(fixture_int(db, COUNT), 301);
    assert_fails(db_run(other, COUNT, NULL, &error), ERROR_KEY_CHANGED);
    assert_fails(db_begin(other, &error), ERROR_KEY_CHANGED);
    assert_fails(db_backup(other, "/nowhere/at/all", &error), ERROR_NOT_FOUND);
    assert_fails(db_check(other, faults, NULL, NULL, &error), ERROR_KEY_CHANGED);
    g_clear_pointer(&other, db_close);
    g_clear_pointer(&db, db_close);
    assert_fails(db_open_with(f->path, f->key, DB_READ_WRITE, &small_options, &error),
                 ERROR_PASSPHRASE);
    assert_true(g_file_get_contents(f->path, &after, &length, NULL));
    assert_memory_equal(before, after, 16); /* the salt */
    assert_memory_not_equal(before + 16, after + 16, 4096);
    secret_free(f->key);
    f->key = secret_copy(next->bytes, next->length);
    db = fixture_open(f, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, COUNT), 301);
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 0);
}

typedef struct {
    int times;
    double last;
    gboolean fell, half, proved;
} Told;

static gboolean keep_share(double share, gpointer data)
{
    Told *told = data;
    told->times++;
    told->fell = told->fell || share < told->last;
    told->half = told->half || (share > 0.3 && share < 0.6);
    told->proved = told->proved || (share > 0.7 && share < 0.95);
    told->last = share;
    return FALSE;
}

/* Each page that is read, written and read through counts, and no answer breaks it off. */
static void a_new_key_tells_how_far_it_is(void **state)
{
    Fixture *f = *state;
    g_autoptr(Secret) next = fixture_key(2);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    Told told = {0};
    const DbWatch watch = {keep_share, &told};

    fill(db, 3000);
    assert_ok(db_rekey(db, next, &watch, &error));
    assert_true(told.times > 30);
    assert_false(told.fell);
    assert_true(told.half && told.proved);
    assert_true(told.last > 0.99);
    assert_int_equal(fixture_int(db, COUNT), 3000);
    fixture_add(db, "after the change");
    secret_free(f->key);
    f->key = secret_copy(next->bytes, next->length);
}

static void a_new_key_is_refused_where_it_would_do_harm(void **state)
{
    g_autoptr(Db) db = fixture_open(*state, DB_CREATE);
    g_autoptr(Db) other = fixture_open(*state, DB_READ_WRITE);
    g_autoptr(Secret) next = fixture_key(2);
    g_autoptr(Secret) salted = fixture_key(3);
    g_autoptr(DbStatement) list = NULL;

    salted->bytes[40] ^= 1;
    fixture_add(db, "Alva");
    assert_fails(db_rekey(db, salted, NULL, &error), ERROR_INTERNAL);
    assert_ok(db_begin(db, &error));
    assert_fails(db_rekey(db, next, NULL, &error), ERROR_INTERNAL);
    db_rollback(db);
    assert_ok(list = db_query(db, COUNT, NULL, &error));
    assert_fails(db_rekey(db, next, NULL, &error), ERROR_INTERNAL);
    g_clear_pointer(&list, db_statement_release);
    assert_int_equal(fixture_int(other, COUNT), 1);
    assert_ok(db_rekey(db, next, NULL, &error));
}

static void a_backup_is_whole_and_private(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Db) copy = NULL;
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    struct stat about;

    fill(db, 300);
    assert_ok(db_backup(db, path, &error));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(fixture_count(f, ".part"), 0);
    fixture_add(db, "later");
    assert_fails(db_backup(db, path, &error), ERROR_EXISTS);
    assert_ok(copy = db_open_with(path, f->key, DB_READ_WRITE, &small_options, &error));
    assert_int_equal(fixture_int(copy, COUNT), 300);
    /* In the midst of a change the copy holds what is committed. */
    assert_int_equal(g_unlink(path), 0);
    g_clear_pointer(&copy, db_close);
    assert_ok(db_begin(db, &error));
    fixture_add_inside(db, "not yet");
    assert_ok(db_backup(db, path, &error));
    assert_ok(db_commit(db, &error));
    assert_ok(copy = db_open_with(path, f->key, DB_READ_WRITE, &small_options, &error));
    assert_int_equal(fixture_int(copy, COUNT), 301);
}

/* The engine itself has no use for the salt when it is given a raw key. */
static void assert_salt_fault(Db *db)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_true(db_salt_was_changed(db));
    assert_ok(db_check(db, faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "first bytes"));
}

static void a_check_finds_a_changed_salt(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    fill(db, 10);
    g_clear_pointer(&db, db_close);
    for (off_t at = 0; at < 16; at++) {
        damage(f->path, at);
        db = fixture_open(f, DB_READ_ONLY);
        assert_salt_fault(db);
        g_clear_pointer(&db, db_close);
        db = fixture_open(f, DB_READ_WRITE);
        assert_salt_fault(db);
        /* This write puts it right; what was seen is told nonetheless. */
        assert_ok(db_run(db, "DELETE FROM person WHERE id = 1", NULL, &error));
        assert_ok(db_meta_set(db, "a", at % 2 ? "b" : "c", &error));
        assert_salt_fault(db);
        g_clear_pointer(&db, db_close);
        db = fixture_open(f, DB_READ_WRITE);
        assert_false(db_salt_was_changed(db));
        assert_ok(db_check(db, faults, NULL, NULL, &error));
        assert_int_equal(faults->len, 0);
        g_clear_pointer(&db, db_close);
    }
}

/* What a crash left half done is rolled back when the file is opened, first page and all. */
static void a_changed_salt_is_seen_behind_a_journal(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *journal = g_strconcat(f->path, "-journal", NULL);
    g_autofree char *before = NULL, *after = NULL, *hot = NULL;
    gsize length, hot_length;

    fill(db, 300);
    assert_true(g_file_get_contents(f->path, &before, &length, NULL));
    assert_ok(db_begin(db, &error));
    /* The first page, and enough besides that the engine writes before the end. */
    assert_ok(
        engine_exec(db->handle, db->path, "PRAGMA cache_size = 1; CREATE TABLE more (id)", &error));
    for (int i = 300; i < 600; i++) {
        g_autofree char *name = g_strdup_printf("person %06d with a name of some length", i);
        fixture_add_inside(db, name);
    }
    assert_true(g_file_get_contents(journal, &hot, &hot_length, NULL));
    db_rollback(db);
    g_clear_pointer(&db, db_close);
    assert_true(g_file_set_contents(journal, hot, (gssize)hot_length, NULL));
    damage(f->path, 3);
    db = fixture_open(f, DB_READ_WRITE);
    assert_int_equal(fixture_int(db, COUNT), 300);
    assert_true(g_file_get_contents(f->path, &after, &length, NULL));
    assert_memory_equal(before, after, 16);
    assert_salt_fault(db);
}

static void a_damaged_file_is_not_backed_up(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);

    fill(db, 500);
    g_clear_pointer(&db, db_close);
    damage(f->path, 4096 * 7 + 1234);
    db = fixture_open(f, DB_READ_WRITE);
    /* It is found when the copy is read through. */
    assert_fails(db_backup(db, path, &error), ERROR_IO);
    assert_int_equal(fixture_count(f, "copy"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_check_finds_one_changed_byte),
        T(a_check_finds_a_changed_salt),
        T(a_changed_salt_is_seen_behind_a_journal),
        T(a_check_finds_what_refers_to_nothing),
        T(a_file_cut_short_is_noticed),
        T(a_new_key_fits_and_the_old_one_does_not),
        T(a_new_key_tells_how_far_it_is),
        T(a_new_key_is_refused_where_it_would_do_harm),
        T(a_backup_is_whole_and_private),
        T(a_damaged_file_is_not_backed_up),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("upkeep", tests, NULL, NULL);
}
