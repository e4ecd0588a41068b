/* file_draft.c: a file has its name only when it is whole. */
#include "base/file_draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "base/error.h"

static int setup(void **state)
{
    *state = g_dir_make_tmp("dagsform-draft-XXXXXX", NULL);
    return *state == NULL;
}

static int teardown(void **state)
{
    g_autoptr(GDir) folder = g_dir_open(*state, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *path = g_build_filename(*state, name, NULL);
        g_remove(path);
    }
    g_rmdir(*state);
    g_free(*state);
    return 0;
}

static int files_in(const char *folder)
{
    g_autoptr(GDir) open = g_dir_open(folder, 0, NULL);
    int count = 0;
    while (g_dir_read_name(open) != NULL)
        count++;
    return count;
}

static void assert_holds(const char *path, const char *wanted)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_string_equal(text, wanted);
}

static void it_has_its_name_when_it_is_whole(void **state)
{
    g_autofree char *path = g_build_filename(*state, "a.csv", NULL);
    g_autoptr(FileDraft) draft = file_draft_new(path, FALSE, NULL);
    assert_non_null(draft);
    assert_true(file_draft_write(draft, "half", 4, NULL));
    assert_true(file_draft_sync(draft, NULL));
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_int_equal(files_in(*state), 1);
    assert_true(file_draft_finish(draft, NULL));
    assert_holds(path, "half");
    assert_int_equal(files_in(*state), 1);
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void what_is_given_up_leaves_nothing(void **state)
{
    g_autofree char *path = g_build_filename(*state, "a.csv", NULL);
    FileDraft *draft = file_draft_new(path, FALSE, NULL);
    assert_true(file_draft_write(draft, "half", 4, NULL));
    file_draft_free(draft);
    assert_int_equal(files_in(*state), 0);
}

static void a_file_that_is_there_stays(void **state)
{
    g_autofree char *path = g_build_filename(*state, "a.csv", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(file_write(path, FALSE, "first", 5, NULL));
    assert_false(file_write(path, FALSE, "second", 6, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_holds(path, "first");
    assert_true(file_write(path, TRUE, "third", 5, NULL));
    assert_holds(path, "third");
    g_clear_error(&error);
    assert_false(file_write(*state, TRUE, "over a folder", 13, &error));
    assert_int_equal(files_in(*state), 1);
}

/* Somebody else's file that comes while it is written. */
static void a_file_that_comes_meanwhile_stays(void **state)
{
    g_autofree char *path = g_build_filename(*state, "a.csv", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(FileDraft) draft = file_draft_new(path, FALSE, NULL);
    assert_true(file_draft_write(draft, "mine", 4, NULL));
    assert_true(g_file_set_contents(path, "theirs", -1, NULL));
    assert_false(file_draft_finish(draft, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_holds(path, "theirs");
    g_clear_pointer(&draft, file_draft_free);
    assert_int_equal(files_in(*state), 1);
}

static void no_folder_and_no_room_are_told(void **state)
{
    g_autofree char *nowhere = g_build_filename(*state, "none", "a.csv", NULL);
    g_autofree char *path = g_build_filename(*state, "a.csv", NULL);
    g_autofree char *bytes = g_strnfill(100000, 'x');
    g_autoptr(GError) error = NULL;
    assert_false(file_write(nowhere, FALSE, "x", 1, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    g_clear_error(&error);
    struct rlimit before, small = {5000, 5000};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const gboolean written = file_write(path, FALSE, bytes, 100000, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(written);
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_FULL));
    assert_int_equal(files_in(*state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_has_its_name_when_it_is_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_given_up_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_there_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_comes_meanwhile_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(no_folder_and_no_room_are_told, setup, teardown),
    };

    return cmocka_run_group_tests_name("base/file_draft", tests, NULL, NULL);
}
