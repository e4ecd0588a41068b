/* A client's card, and the pages from it. */
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER);
    fixture_caret_on(harness, "2026-11-23");
    fixture_goldens(harness, "client", language);
    harness_keys(harness, PRESS_END);
    fixture_goldens(harness, "client-end", language);
    harness_keys(harness, "l");
    fixture_goldens(harness, "client-log", language);
    harness_keys(harness, PRESS_ESCAPE "x");
    fixture_goldens(harness, "series-end", language);
    harness_keys(harness, PRESS_ESCAPE "e");
    fixture_caret_on(harness, "Maria Bäckman");
    fixture_goldens(harness, "client-edit", language);
    harness_keys(harness, PRESS_CTRL_U PRESS_CTRL_S);
    fixture_goldens(harness, "client-edit-fault", language);
    harness_keys(harness, PRESS_ESCAPE);
    fixture_goldens(harness, "client-edit-left", language);
}

static void show_planning(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER "n");
    fixture_goldens(harness, "visit-edit", language);
    harness_keys(harness, "27/11" PRESS_TAB "14:15");
    fixture_caret_on(harness, "14:15");
    fixture_goldens(harness, "visit-edit-typed", language);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_goldens(harness, "visit-edit-saved", language);
    harness_keys(harness, "s");
    fixture_goldens(harness, "series-edit", language);
    harness_keys(harness, swedish ? "fre" : "fri");
    harness_keys(harness, PRESS_TAB PRESS_TAB "10:00");
    fixture_caret_on(harness, "10:00");
    fixture_goldens(harness, "series-edit-typed", language);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_goldens(harness, "series-edit-clash", language); /* D3 */
    harness_keys(harness, swedish ? "j" : "y");
    fixture_goldens(harness, "series-edit-saved", language);
    harness_keys(harness, "x");
    fixture_sees(harness, "[1]"); /* which of the two */
    harness_keys(harness, PRESS_ESCAPE PRESS_F3 PRESS_F8);
    fixture_goldens(harness, "client-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
    fixture_in_both("hand", NULL, show_planning);
}

static void a_new_client_has_no_series(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, PRESS_F3 PRESS_F8 "Ny Person" PRESS_CTRL_S);
    harness_keys(harness, "x");
    fixture_sees(harness, "Det finns ingen serie att avsluta.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Who it is and that they do not come is said whatever the name takes. */
static void a_long_name_hides_no_number(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness,
                 PRESS_F3 "bäckman" PRESS_ENTER "e" PRESS_CTRL_U
                          "Maria-Magdalena Wilhelmina von Bäckman-Hohenzollern" PRESS_CTRL_S);
    fixture_sees(harness, "Maria-Magdalena Wilhelmina von Bäckman-Hohenzollern");
    fixture_sees(harness, "39 år · kvinna");
    harness_resize(harness, 20, 60);
    fixture_sees(harness, "Maria-Magdalena Wilhelmina von Bäckman-Hohenzollern");
    fixture_sees(harness, "39 år · kvinna");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_new_client_has_no_series),
        cmocka_unit_test(a_long_name_hides_no_number),
    };
    return cmocka_run_group_tests_name("client", tests, fixture_make, fixture_remove);
}
