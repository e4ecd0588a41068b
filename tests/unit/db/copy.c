/* A copy is what was copied: by its rows, and by every value where that is asked for. */
#include <sys/stat.h>

#include "tests/unit/db/fixture.h"

static DbContents *look(const Fixture *f, const char *path, guint faulty)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Secret) digest_key = secret_new(32);
    DbContents *found = NULL;

    assert_ok(db_copy_check(path, f->key, digest_key, faults, &found, &error));
    assert_int_equal(faults->len, faulty);
    return found;
}

static void a_copy_holds_every_value(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Secret) digest_key = secret_new(32);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autoptr(DbContents) held = NULL;
    struct stat about;

    fixture_add(db, "Alva");
    assert_ok(db_run(db,
                     "INSERT INTO note (id, body, weight, picture) VALUES (1, NULL, 2.5, x'00ff')",
                     NULL, &error));
    assert_ok(db_copy(db, path, digest_key, NULL, &held, &error));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(held->version, 1);
    assert_int_equal(held->tables->len, 3);
    assert_non_null(g_hash_table_lookup(held->meta, "node"));
    g_autoptr(DbContents) found = look(f, path, 0);
    g_autofree char *same = db_contents_differ(held, found);
    assert_null(same);
    assert_fails(db_copy(db, path, NULL, NULL, NULL, &error), ERROR_EXISTS);
    assert_fails(db_copy(db, "/nowhere/at/all", NULL, NULL, NULL, &error), ERROR_NOT_FOUND);
}

/* Byte for byte: nothing is decrypted while others wait with saving. A changed salt is put right. */
static void a_copy_is_the_bytes_of_the_file(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autofree char *bytes = NULL, *copied = NULL, *mended = NULL;
    gsize length, copied_length;

    fixture_add(db, "Alva");
    assert_ok(db_copy(db, path, NULL, NULL, NULL, &error));
    assert_true(g_file_get_contents(f->path, &bytes, &length, NULL));
    assert_true(g_file_get_contents(path, &copied, &copied_length, NULL));
    assert_int_equal(copied_length, length);
    assert_memory_equal(copied, bytes, length);
    assert_int_equal(g_unlink(path), 0);
    g_clear_pointer(&db, db_close);
    bytes[5] ^= 1;
    assert_true(g_file_set_contents(f->path, bytes, (gssize)length, NULL));
    db = fixture_open(f, DB_READ_WRITE);
    assert_ok(db_copy(db, path, NULL, NULL, NULL, &error));
    assert_true(g_file_get_contents(path, &mended, &copied_length, NULL));
    assert_int_equal(copied_length, length);
    assert_memory_equal(mended, copied, length);
}

/* As many rows and another value, another type, another setting, a row more, a table more: each is
 * found, and by its table. */
static void any_other_value_is_found(void **state)
{
    static const struct {
        const char *sql, *table;
    } changes[] = {
        {"UPDATE note SET body = 'b' WHERE id = 1", "note"},
        {"UPDATE note SET body = NULL WHERE id = 1", "note"},
        {"UPDATE note SET picture = x'00fe' WHERE id = 1", "note"},
        {"UPDATE note SET weight = 2.75 WHERE id = 1", "note"},
        {"UPDATE meta SET value = '1' WHERE key = 'node'", "meta"},
        {"DELETE FROM note WHERE id = 1", "note"},
        {"CREATE TABLE added (id BIGINT PRIMARY KEY)", "added"},
    };
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Secret) digest_key = secret_new(32);
    g_autofree char *first = g_build_filename(f->folder, "first.db", NULL);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autoptr(DbContents) held = NULL;

    assert_ok(db_run(db,
                     "INSERT INTO note (id, body, weight, picture) VALUES (1, 'a', 2.5, x'00ff')",
                     NULL, &error));
    assert_ok(db_copy(db, first, digest_key, NULL, &held, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        assert_ok(db_begin(db, &error));
        assert_ok(db_run(db, changes[i].sql, NULL, &error));
        assert_ok(db_commit(db, &error));
        assert_ok(db_copy(db, path, NULL, NULL, NULL, &error));
        g_autoptr(DbContents) found = look(f, path, 0);
        g_autofree char *differs = db_contents_differ(held, found);
        assert_string_equal(differs ? differs : "nothing", changes[i].table);
        assert_int_equal(g_unlink(path), 0);
        g_clear_pointer(&db, db_close);
        /* As it was. */
        g_autofree char *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(first, &bytes, &length, NULL));
        assert_true(g_file_set_contents(f->path, bytes, (gssize)length, NULL));
        db = fixture_open(f, DB_READ_WRITE);
    }
}

static void a_damaged_copy_and_a_wrong_key_are_told(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Secret) other = fixture_key(9);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autofree char *bytes = NULL;
    DbContents *none = NULL;
    gsize length;

    fixture_add(db, "Alva");
    assert_ok(db_copy(db, path, NULL, NULL, NULL, &error));
    assert_fails(db_copy_check(path, other, NULL, faults, &none, &error), ERROR_PASSPHRASE);
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    bytes[4096 * 3 + 77] ^= 1;
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    none = look(f, path, 1);
    assert_null(none);
}

typedef struct {
    Db *other;
    int saved, whole; /* in all, and when all was copied */
} Beside;

static gboolean save_beside(double share, gpointer data)
{
    Beside *beside = data;
    g_autofree char *name = g_strdup_printf("Beside %d", beside->saved);

    fixture_add(beside->other, name);
    beside->saved++;
    beside->whole += share >= 1;
    return TRUE;
}

static gboolean give_up_at_the_end(double share, gpointer data)
{
    (void)data;
    return share < 1;
}

/* Nobody waits for the values to be read, which can be broken off too. */
static void others_save_while_values_are_read(void **state)
{
    Fixture *f = *state;
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(Db) other = fixture_open(f, DB_READ_WRITE);
    g_autoptr(Secret) digest_key = secret_new(32);
    g_autofree char *path = g_build_filename(f->folder, "copy.db", NULL);
    g_autoptr(DbContents) held = NULL;
    Beside beside = {.other = other};
    const DbWatch watch = {save_beside, &beside}, no_more = {give_up_at_the_end, NULL};

    fixture_add(db, "Alva");
    assert_ok(db_copy(db, path, digest_key, &watch, &held, &error));
    assert_int_equal(beside.whole, held->tables->len);
    assert_int_equal(fixture_int(db, "SELECT count(*) FROM person"), 1 + beside.saved);
    g_autoptr(DbContents) found = look(f, path, 0);
    g_autofree char *differs = db_contents_differ(held, found);
    assert_null(differs);
    assert_int_equal(g_unlink(path), 0);
    g_clear_pointer(&held, db_contents_free);
    assert_fails(db_copy(db, path, digest_key, &no_more, &held, &error), ERROR_CANCELLED);
    assert_null(held);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_copy_holds_every_value),
        T(a_copy_is_the_bytes_of_the_file),
        T(any_other_value_is_found),
        T(a_damaged_copy_and_a_wrong_key_are_told),
        T(others_save_while_values_are_read),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("copy", tests, NULL, NULL);
}
