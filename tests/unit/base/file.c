/* file.c: a file that somebody names is read, or refused with one sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST ((gsize)1 << 20)

static char *folder;

static int make(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("dagsform-file-XXXXXX", NULL);
    return folder != NULL && i18n_init("en") ? 0 : -1;
}

static int clear(void **state)
{
    (void)state;
    const char *const names[] = {"whole", "empty", "large", "pipe"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_unlink(path);
    }
    const int left = g_rmdir(folder);
    g_clear_pointer(&folder, g_free);
    return left;
}

static void assert_refused(const char *path, int code, const char *said)
{
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = file_read(path, MOST, &length, &error);
    assert_null(bytes);
    assert_true(g_error_matches(error, DAGSFORM_ERROR, code));
    if (strstr(error->message, said) == NULL || strstr(error->message, path) == NULL)
        fail_msg("%s", error->message);
}

static void test_read(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(folder, "whole", NULL);
    g_autofree char *empty = g_build_filename(folder, "empty", NULL);
    g_autofree char *large = g_build_filename(folder, "large", NULL);
    gsize length = 99;
    assert_true(g_file_set_contents(path, "a\0b", 3, NULL));
    g_autofree char *bytes = file_read(path, MOST, &length, NULL);
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "a\0b", 4);

    assert_true(g_file_set_contents(empty, "", 0, NULL));
    g_autofree char *nothing = file_read(empty, MOST, &length, NULL);
    assert_non_null(nothing);
    assert_int_equal(length, 0);

    g_autofree char *much = g_strnfill(MOST + 1, 'x');
    assert_true(g_file_set_contents(large, much, MOST, NULL));
    g_autofree char *all = file_read(large, MOST, &length, NULL);
    assert_non_null(all);
    assert_int_equal(length, MOST);
    assert_true(g_file_set_contents(large, much, MOST + 1, NULL));
    assert_refused(large, ERROR_INPUT, "larger than 1 MB");
}

static void test_refused(void **state)
{
    (void)state;
    g_autofree char *none = g_build_filename(folder, "none", NULL);
    g_autofree char *pipe = g_build_filename(folder, "pipe", NULL);
    g_autofree char *within = g_build_filename(folder, "whole", "within", NULL);
    assert_refused(folder, ERROR_INPUT, "is a folder");
    assert_refused(none, ERROR_NOT_FOUND, "There is no file");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_refused(pipe, ERROR_INPUT, "is a device or a pipe");
    assert_refused(within, ERROR_NOT_FOUND, "There is no file");
    g_autofree char *name = g_strnfill(300, 'x');
    g_autofree char *long_name = g_build_filename(folder, name, NULL);
    assert_refused(long_name, ERROR_IO, "cannot be read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("base/file", tests, make, clear);
}
