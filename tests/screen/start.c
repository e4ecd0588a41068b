/* The first start: a unit of one's own, or the demo. */
#include "tests/screen/fixture.h"

/* Where nothing is. */
#define NOWHERE "/srv/boendestod/enheten.db"
#define PASSPHRASE "en lagom lång fras"

static void show(const char *language)
{
    const char *const arguments[] = {"--db", NOWHERE, NULL};
    Harness *harness =
        harness_start(&(HarnessOptions){.language = language, .arguments = arguments});
    fixture_caret_on(harness, strcmp(language, "sv") == 0 ? "[e]" : "[u]");
    fixture_goldens(harness, "start", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "start-unit", language);
    harness_keys(harness, "Boendestöd Söder" PRESS_F8);
    fixture_goldens(harness, "start-fault", language);
    harness_stop(harness);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    show("sv");
    show("en");
}

/* The last group of the code, which stands above the sentence that asks for it. */
static char *last_group(Harness *harness)
{
    int row = harness_find(harness, "skriv dess sista grupp");
    assert_true(row >= 2);
    const char *line = harness_row(harness, row - 2), *blank = strrchr(line, ' ');
    return g_strdup(blank != NULL ? blank + 1 : line);
}

static void a_unit_is_made_and_its_code_confirmed(void **unused)
{
    (void)unused;
    char *folder = harness_folder_new();
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    const char *const arguments[] = {"--db", database, NULL};
    Harness *harness = harness_start(&(HarnessOptions){.folder = folder, .arguments = arguments});
    harness_keys(harness,
                 PRESS_ENTER "Boendestöd Söder" PRESS_TAB "Åsa Öberg" PRESS_TAB
                             "asa" PRESS_TAB PRESS_TAB PASSPHRASE PRESS_TAB PASSPHRASE PRESS_F8);
    fixture_sees(harness, "Återställningskoden");
    g_autofree char *group = last_group(harness);
    harness_keys(harness, "fel" PRESS_ENTER);
    fixture_sees(harness, "Det är inte den sista gruppen.");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, group);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Boendestöd Söder · Idag");
    fixture_sees(harness, "Åsa Öberg");
    harness_keys(harness, PRESS_F10);
    assert_int_equal(harness_wait_exit(harness), 0);
    harness_stop(harness);

    /* The next start asks for the passphrase. */
    harness = harness_start(&(HarnessOptions){.folder = folder, .arguments = arguments});
    harness_keys(harness, "asa" PRESS_TAB PASSPHRASE PRESS_ENTER);
    fixture_sees(harness, "Boendestöd Söder · Idag");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void the_demo_is_one_key_away(void **unused)
{
    (void)unused;
    fixture_wants_file();
    Harness *harness = harness_start(&(HarnessOptions){0});
    harness_keys(harness, "d");
    fixture_sees(harness, "(demo) · Idag");
    fixture_sees(harness, "Alla här är påhittade.");
    harness_stop(harness);
}

/* Nothing is written to a terminal that could not show it; it is said instead. */
static void a_terminal_without_a_place_for_the_cursor_is_refused(void **unused)
{
    (void)unused;
    static const char *const KINDS[] = {"TERM=dumb", "TERM=no-such-kind"};
    for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++) {
        char *folder = harness_folder_new();
        g_autofree char *path = g_build_filename(folder, "stderr", NULL), *said = NULL;
        const char *const environment[] = {KINDS[i], NULL};
        Harness *harness =
            harness_start(&(HarnessOptions){.folder = folder, .environment = environment});
        assert_int_equal(harness_wait_exit(harness), 1);
        assert_string_equal(harness_written(harness)->str, "");
        assert_true(g_file_get_contents(path, &said, NULL, NULL));
        assert_non_null(strstr(said, "xterm-256color"));
        assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
        harness_folder_write(folder, "stderr", "");
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_unit_is_made_and_its_code_confirmed),
        cmocka_unit_test(the_demo_is_one_key_away),
        cmocka_unit_test(a_terminal_without_a_place_for_the_cursor_is_refused),
    };
    return cmocka_run_group_tests_name("start", tests, NULL, NULL);
}
