/* tries.c: B15: wrong passphrases are counted beside the key file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "vault/tries.h"

typedef struct {
    char *folder, *keys, *file;
} Fixture;

static int setup(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    f->folder = g_dir_make_tmp("tries-XXXXXX", NULL);
    f->keys = g_build_filename(f->folder, "unit.keys", NULL);
    f->file = tries_path_for(f->keys);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    i18n_init("en");
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    Fixture *f = *state;
    g_unlink(f->file);
    int left = g_rmdir(f->folder);
    g_free(f->folder);
    g_free(f->keys);
    g_free(f->file);
    g_free(f);
    return left;
}

static void wrong(const Fixture *f, const char *login, int times)
{
    for (int i = 0; i < times; i++)
        tries_wrong(f->keys, login);
}

/* As if the last try had been so many seconds earlier. */
static void let_pass(const Fixture *f, int seconds)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    gsize groups = 0;
    assert_true(g_key_file_load_from_file(file, f->file, G_KEY_FILE_NONE, NULL));
    g_auto(GStrv) names = g_key_file_get_groups(file, &groups);
    for (gsize i = 0; i < groups; i++) {
        gint64 at = g_key_file_get_int64(file, names[i], "machine", NULL);
        if (at != 0)
            g_key_file_set_int64(file, names[i], "machine", at - (gint64)seconds * 1000);
    }
    assert_true(g_key_file_save_to_file(file, f->file, NULL));
}

static void test_b15_pauses_grow(void **state)
{
    static const int seconds[] = {0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(seconds); i++)
        assert_int_equal(tries_pause_s((int)i), seconds[i]);
    assert_int_equal(tries_pause_s(G_MAXINT), 30);
    assert_int_equal(tries_pause_s(-1), 0);
}

static void test_b15_who_guesses_has_to_wait(void **state)
{
    const Fixture *f = *state;
    g_autoptr(GError) error = NULL;

    assert_true(tries_allow(f->keys, "eva", NULL));
    wrong(f, "eva", 2);
    assert_true(tries_allow(f->keys, "eva", NULL));
    wrong(f, "eva", 6);
    assert_false(tries_allow(f->keys, "eva", &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_BUSY));
    assert_non_null(strstr(error->message, "Try again in 30 seconds"));
    assert_true(tries_allow(f->keys, "bo", NULL));
    let_pass(f, 31);
    assert_true(tries_allow(f->keys, "eva", NULL));
    /* A clock put back to yesterday. */
    let_pass(f, -86400);
    g_clear_error(&error);
    assert_false(tries_allow(f->keys, "eva", &error));
    assert_non_null(strstr(error->message, "Try again in 30 seconds"));
    assert_int_equal(tries_right(f->keys, "eva"), 8);
    assert_true(tries_allow(f->keys, "eva", NULL));
    assert_int_equal(tries_right(f->keys, "eva"), 0);
}

static void test_b15_they_are_told_once(void **state)
{
    const Fixture *f = *state;

    assert_null(tries_tell(f->keys, "eva"));
    wrong(f, "eva", 2);
    wrong(f, "bo", 1);
    /* A timer signs in in between. */
    assert_int_equal(tries_right(f->keys, "eva"), 2);
    wrong(f, "eva", 1);
    g_autofree char *told = tries_tell(f->keys, "eva");
    assert_true(g_str_has_prefix(told, "3 wrong passphrases have been typed with your user name"));
    assert_non_null(strstr(told, "2026-11-22 10:00"));
    assert_null(tries_tell(f->keys, "eva"));
    g_autofree char *other = tries_tell(f->keys, "bo");
    assert_true(g_str_has_prefix(other, "1 wrong passphrase has"));
    /* Nothing is left of it. */
    assert_false(g_file_test(f->file, G_FILE_TEST_EXISTS));
}

static void test_b15_the_file_is_closed_and_names_nobody(void **state)
{
    const Fixture *f = *state;
    struct stat status;
    g_autofree char *text = NULL;

    assert_true(g_str_has_suffix(f->file, "/unit.tries"));
    wrong(f, "evaandersson", 1);
    assert_int_equal(stat(f->file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(g_file_get_contents(f->file, &text, NULL, NULL));
    assert_null(strstr(text, "eva"));
}

static void test_b15_names_at_random_fill_no_disk(void **state)
{
    const Fixture *f = *state;
    struct stat status;

    wrong(f, "eva", 3);
    let_pass(f, 10);
    for (int i = 0; i < 500; i++) {
        g_autofree char *login = g_strdup_printf("namn%d", i);
        wrong(f, login, 1);
    }
    assert_int_equal(stat(f->file, &status), 0);
    assert_true(status.st_size < 16384);
    assert_int_equal(tries_right(f->keys, "namn499"), 1);
}

/* What stands there is somebody's scribble, or is no file. */
static void test_b15_what_cannot_be_read_keeps_nobody_out(void **state)
{
    const Fixture *f = *state;

    assert_true(g_file_set_contents(f->file, "\x00\xff[nonsense\n=", 13, NULL));
    assert_true(tries_allow(f->keys, "eva", NULL));
    wrong(f, "eva", 1);
    assert_int_equal(tries_right(f->keys, "eva"), 1);
    g_unlink(f->file);
    assert_int_equal(symlink("/dev/null", f->file), 0);
    assert_true(tries_allow(f->keys, "eva", NULL));
    wrong(f, "eva", 5);
    assert_true(tries_allow(f->keys, "eva", NULL));
    assert_null(tries_tell(f->keys, "eva"));
}

/* Found by the fuzz target: the rest of a salt cut short was whatever lay in memory. */
static void test_b15_a_salt_cut_short_is_drawn_anew(void **state)
{
    const Fixture *f = *state;

    assert_true(g_file_set_contents(f->file, "[file]\nsalt=00010203\n", -1, NULL));
    wrong(f, "eva", 1);
    assert_int_equal(tries_right(f->keys, "eva"), 1);
    g_autoptr(GKeyFile) file = g_key_file_new();
    assert_true(g_key_file_load_from_file(file, f->file, G_KEY_FILE_NONE, NULL));
    g_autofree char *salt = g_key_file_get_string(file, "file", "salt", NULL);
    assert_int_equal(strlen(salt), 32);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_b15_pauses_grow),
        TEST(test_b15_who_guesses_has_to_wait),
        TEST(test_b15_they_are_told_once),
        TEST(test_b15_the_file_is_closed_and_names_nobody),
        TEST(test_b15_names_at_random_fill_no_disk),
        TEST(test_b15_what_cannot_be_read_keeps_nobody_out),
        TEST(test_b15_a_salt_cut_short_is_drawn_anew),
    };

    return cmocka_run_group_tests_name("vault/tries", tests, NULL, NULL);
}
