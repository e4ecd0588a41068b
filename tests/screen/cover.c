/* A colleague is away, and who covers: said in few keys from Today; seen by whoever covers;
 * changed, and over. Issue 11. In the demo Nils Korhonen leads, and Theo Ek signs in as a support
 * worker. */
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "9");
    fixture_goldens(harness, "cover-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

/* From the visit that the cursor is on: 9, two letters, Ctrl-S. */
static void from_today_in_four_keys(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    fixture_keys_at_most(harness, 4,
                         "9"
                         "th" PRESS_CTRL_S,
                         NULL);
    fixture_sees(harness, "Theo Ek går in för Ängla Zetterqvist, 2026-11-23:");
    fixture_sees(harness, "Theo Ek för Ängl");
    harness_golden(harness, "cover-unit-sv-80x24");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Du går in för Ängla Zetterqvist till och med mån 2026-11-23.");
    fixture_sees(harness, "Annika Hägg");
    harness_golden(harness, "cover-today-sv-80x24");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Annika Hägg");
    harness_keys(harness, "4");
    fixture_sees(harness, "Du går in för Ängla Zetterqvist");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* With the days and a word: seen by whoever covers; and the colleague is back. */
static void with_days_and_a_word_and_back(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness,
                 "9"
                 "theo" PRESS_TAB "fre" PRESS_TAB PRESS_TAB "Nyckeln i skåpet." PRESS_CTRL_S);
    fixture_sees(harness, "2026-11-23 till 2026-11-27:");
    harness_keys(harness, "9");
    fixture_sees(harness, "Vem är borta?");
    harness_golden(harness, "cover-which-sv-80x24");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "”Nyckeln i");
    harness_stop(harness);
    harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "9"
                          "3");
    fixture_sees(harness, "Ingen går in från och med i dag");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", NULL);
    assert_false(harness_text_contains(harness, "Du går in för"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A Monday with two ill, the second of whom was to cover for the first: in eighteen keys the third
 * has the visits of both, without a look at who covers for whom. */
static void a_monday_with_two_ill(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    fixture_keys_at_most(harness, 4,
                         "9"
                         "th" PRESS_CTRL_S,
                         NULL);
    fixture_sees(harness, "Theo Ek går in för Ängla Zetterqvist, 2026-11-23:");
    fixture_keys_at_most(harness, 14,
                         "9"
                         "1" PRESS_UP PRESS_CTRL_U "th" PRESS_TAB "nils k" PRESS_CTRL_S,
                         NULL);
    fixture_sees(harness, "Nils Korhonen går in för Theo Ek, 2026-11-23:");
    fixture_sees(harness, "Du går in för Theo Ek till och med mån 2026-11-23. Du går in för Ängla");
    harness_keys(harness, "9");
    fixture_sees(harness, "Nils Korhonen går in för Ängla Zetterqvist");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void what_cannot_be_used_is_said(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "9");
    fixture_sees(harness, "Theo Ek"); /* a support worker speaks of themselves */
    harness_keys(harness, "ingen alls" PRESS_CTRL_S);
    fixture_sees(harness, "Det stämmer inte på någon kollega");
    harness_keys(harness, PRESS_CTRL_U "theo" PRESS_CTRL_S);
    fixture_sees(harness, "Ingen går in för sig själv");
    harness_keys(harness, PRESS_ESCAPE "9");
    fixture_sees(harness, "hade inte sparat");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(from_today_in_four_keys),
        cmocka_unit_test(with_days_and_a_word_and_back),
        cmocka_unit_test(a_monday_with_two_ill),
        cmocka_unit_test(what_cannot_be_used_is_said),
    };
    return cmocka_run_group_tests_name("cover", tests, fixture_make, fixture_remove);
}
