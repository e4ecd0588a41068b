/* A cancellation that was begun: its line above the day's visits, and whose visit a key acts on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static Harness *start(void)
{
    const char *const arguments[] = {"--db", database, "--user", "stod", NULL};
    Harness *harness = harness_start(
        &(HarnessOptions){.folder = folder, .language = "en", .arguments = arguments});
    harness_keys(harness, DEMO_PASSPHRASE PRESS_ENTER);
    return harness;
}

static guint marks(Harness *harness)
{
    g_autofree char *screen = harness_dump(harness);
    guint count = 0;
    for (const char *at = screen; (at = strstr(at, " > ")) != NULL; at++)
        count++;
    return count;
}

static gboolean on_draft(Harness *harness)
{
    return harness_text_contains(harness, "> Cancellation begun");
}

/* Wherever one goes, one line is marked, and the draft's only when the cursor was put on it. */
static void one_visit_is_marked(void **unused)
{
    (void)unused;
    Harness *harness = start();
    harness_keys(harness, "aap" PRESS_ESCAPE);
    assert_true(harness_text_contains(harness, "Cancellation begun"));
    assert_false(on_draft(harness));
    assert_int_equal(marks(harness), 1);
    harness_keys(harness, PRESS_HOME PRESS_UP);
    assert_true(on_draft(harness));
    assert_int_equal(marks(harness), 1);
    const char *const ways[] = {PRESS_RIGHT, "i", "m", "v"};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        harness_keys(harness, PRESS_HOME PRESS_UP);
        harness_keys(harness, ways[i]);
        assert_true(harness_text_contains(harness, "Cancellation begun"));
        assert_false(on_draft(harness));
        assert_int_equal(marks(harness), 1);
    }
    harness_keys(harness, "vm");
    harness_stop(harness);
}

/* With one finished the next stands on the line; the cursor does not go on to it. */
static void the_cursor_stays_with_the_visits(void **unused)
{
    (void)unused;
    Harness *harness = start();
    assert_true(on_draft(harness));
    harness_keys(harness, PRESS_END "aap" PRESS_ESCAPE PRESS_HOME PRESS_UP);
    assert_true(on_draft(harness));
    harness_keys(harness, PRESS_ENTER PRESS_F8);
    assert_true(harness_text_contains(harness, "Saved"));
    assert_true(harness_text_contains(harness, "Cancellation begun"));
    assert_false(on_draft(harness));
    harness_stop(harness);
}

/* The keys that act at once on other lines ask here, whoever typed them ahead of the screen. */
static void nothing_is_recorded_over_one_begun(void **unused)
{
    (void)unused;
    Harness *harness = start();
    harness_keys(harness, PRESS_END "aap" PRESS_ESCAPE);
    harness_stop(harness);
    harness = start();
    assert_true(on_draft(harness));
    harness_keys(harness, "g");
    assert_true(harness_text_contains(harness, "A cancellation has been begun"));
    harness_keys(harness, "n");
    assert_true(on_draft(harness));
    harness_keys(harness, "u");
    assert_true(harness_text_contains(harness, "A cancellation has been begun"));
    harness_keys(harness, "n");
    assert_true(on_draft(harness));
    harness_keys(harness, "gy");
    assert_true(harness_text_contains(harness, "took place."));
    assert_false(on_draft(harness));
    harness_keys(harness, "u");
    harness_stop(harness);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_visit_is_marked),
        cmocka_unit_test(the_cursor_stays_with_the_visits),
        cmocka_unit_test(nothing_is_recorded_over_one_begun),
    };
    return cmocka_run_group_tests_name("draft", tests, make_demo, remove_demo);
}
