/* Locking: nothing personal is left on the screen, and who unlocks goes on where they were. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/demo.h"
#include "tests/screen/harness.h"

static char *folder, *database;

static int make_demo(void **unused)
{
    (void)unused;
    folder = harness_folder_new();
    database = g_build_filename(folder, "demo.db", NULL);
    g_free(harness_command(folder, "demo", "--db", database, NULL));
    return 0;
}

static int remove_demo(void **unused)
{
    (void)unused;
    g_free(database);
    harness_folder_remove(folder);
    return 0;
}

static Harness *start(const char *login)
{
    const char *const arguments[] = {"--db", database, "--user", login, NULL};
    return harness_start(
        &(HarnessOptions){.folder = folder, .language = "en", .arguments = arguments});
}

static void unlock(Harness *harness)
{
    harness_keys(harness, DEMO_PASSPHRASE PRESS_ENTER);
}

/* The same person: the search that was under way is still there, and so are its rows. */
static void the_same_person_goes_on(void **unused)
{
    (void)unused;
    Harness *harness = start("stod");
    unlock(harness);
    harness_keys(harness, PRESS_F3 "an" PRESS_DOWN);
    assert_true(harness_text_contains(harness, "Anders"));
    g_autofree char *before = harness_dump(harness);
    harness_keys(harness, PRESS_F9);
    assert_true(harness_text_contains(harness, "Unlock"));
    assert_false(harness_text_contains(harness, "Anders"));
    harness_keys(harness, PRESS_ESCAPE); /* is no way past it */
    assert_false(harness_text_contains(harness, "Anders"));
    harness_resize(harness, 10, 40);
    harness_resize(harness, 24, 80);
    assert_false(harness_text_contains(harness, "Anders"));
    unlock(harness);
    g_autofree char *after = harness_dump(harness);
    assert_string_equal(before, after);
    harness_keys(harness, PRESS_F10);
    assert_int_equal(harness_wait_exit(harness), 0);
    assert_true(harness_is_blank(harness));
    harness_stop(harness);
}

/* The questions are the session's, and it is another one after unlocking. */
static void a_cancellation_goes_on(void **unused)
{
    (void)unused;
    Harness *harness = start("stod");
    unlock(harness);
    harness_keys(harness, "aap");
    g_autofree char *before = harness_dump(harness);
    assert_true(harness_text_contains(harness, "How were you told?"));
    harness_keys(harness, PRESS_F9);
    unlock(harness);
    g_autofree char *after = harness_dump(harness);
    assert_string_equal(before, after);
    harness_keys(harness, "tk" PRESS_F9);
    unlock(harness);
    harness_keys(harness, "k" PRESS_F8);
    assert_true(harness_text_contains(harness, "Saved"));
    harness_stop(harness);
}

static void another_person_begins_with_today(void **unused)
{
    (void)unused;
    Harness *harness = start("stod");
    unlock(harness);
    harness_keys(harness, PRESS_F3 "an" PRESS_F9);
    harness_keys(harness, PRESS_BACK_TAB PRESS_CTRL_U "hand" PRESS_TAB);
    unlock(harness);
    assert_true(harness_text_contains(harness, "· Today"));
    assert_false(harness_text_contains(harness, "Search"));
    harness_stop(harness);
}

static void a_wrong_passphrase_opens_nothing(void **unused)
{
    (void)unused;
    Harness *harness = start("stod");
    harness_keys(harness, "fel" PRESS_ENTER);
    assert_true(harness_text_contains(harness, "Unlock"));
    assert_null(strstr(harness_written(harness)->str, "fel"));
    unlock(harness);
    assert_true(harness_text_contains(harness, "· Today"));
    harness_stop(harness);
}

/* Draws a new data key, as when somebody is closed out, while others are at work. */
static void change_the_data_key(void)
{
    harness_folder_write(folder, "passphrase", DEMO_PASSPHRASE "\n");
    g_autofree char *file = g_build_filename(folder, "passphrase", NULL);
    g_free(harness_command(folder, "user", "revoke", "hand", "--db", database, "--user", "admin",
                           "--passphrase-file", file, NULL));
}

/* What was typed ahead was meant for the screen that is gone, not for the passphrase. */
static void keys_typed_ahead_are_no_passphrase(void **unused)
{
    (void)unused;
    Harness *harness = start("stod");
    unlock(harness);
    change_the_data_key();
    harness_keys(harness, "guåg" PRESS_ENTER "ua" PRESS_F3);
    assert_true(harness_text_contains(harness, "Unlock"));
    assert_true(harness_text_contains(harness, "changed the key of the database"));
    assert_false(harness_text_contains(harness, "•"));
    unlock(harness);
    assert_true(harness_text_contains(harness, "· Today"));
    harness_stop(harness);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_person_goes_on),
        cmocka_unit_test(a_cancellation_goes_on),
        cmocka_unit_test(another_person_begins_with_today),
        cmocka_unit_test(a_wrong_passphrase_opens_nothing),
        cmocka_unit_test(keys_typed_ahead_are_no_passphrase),
    };
    return cmocka_run_group_tests_name("locking", tests, make_demo, remove_demo);
}
