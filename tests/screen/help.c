/* Help: every key of the screen one came from. */
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    static const char *const SCREENS[][2] = {
        {"?", "help-today"},
        {PRESS_ESCAPE "2" PRESS_F1, "help-clients"},
        {PRESS_ESCAPE PRESS_F2 "a" PRESS_F1, "help-cancel"},
        {PRESS_ESCAPE PRESS_ESCAPE PRESS_ENTER "?", "help-client"},
        {PRESS_END, "help-client-end"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(SCREENS); i++) {
        harness_keys(harness, SCREENS[i][0]);
        fixture_goldens(harness, SCREENS[i][1], language);
    }
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show);
}

static void it_leads_back_to_where_one_was(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, PRESS_DOWN PRESS_DOWN);
    g_autofree char *before = harness_dump(harness);
    harness_keys(harness, "?");
    harness_keys(harness, PRESS_END PRESS_ESCAPE);
    g_autofree char *after = harness_dump(harness);
    assert_string_equal(before, after);
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(it_leads_back_to_where_one_was),
    };
    return cmocka_run_group_tests_name("help", tests, fixture_make, fixture_remove);
}
