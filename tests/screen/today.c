/* Today: the visits of a day or its week, and what is done to them with one key. */
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    fixture_caret_on(harness, "> 08:30");
    fixture_goldens(harness, "today", language);
    harness_keys(harness, "h");
    fixture_goldens(harness, "today-history-none", language);
    harness_keys(harness, PRESS_ESCAPE "v");
    fixture_goldens(harness, "today-week", language);
    harness_keys(harness, "vm");
    fixture_goldens(harness, "today-clients", language);
    harness_keys(harness, "m"
                          "d"
                          "21/11" PRESS_ENTER);
    fixture_goldens(harness, "today-empty", language);
}

/* A team lead sees the whole unit's; a support worker those of their own clients. */
static void show_unit(Harness *harness, const char *language)
{
    fixture_goldens(harness, "today-unit", language);
    harness_keys(harness, "v");
    fixture_goldens(harness, "today-unit-week", language);
    harness_keys(harness, "v"
                          "d"
                          "21/11" PRESS_ENTER);
    fixture_goldens(harness, "today-unit-empty", language);
    harness_keys(harness, "d"
                          "blomma" PRESS_ENTER);
    fixture_caret_on(harness, "blomma");
    fixture_goldens(harness, "today-date", language);
    harness_keys(harness, PRESS_ESCAPE PRESS_LEFT PRESS_PAGE_DOWN);
    fixture_goldens(harness, "today-friday", language);
    harness_keys(harness, "h");
    fixture_goldens(harness, "today-history", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show);
    fixture_in_both("led", NULL, show_unit);
}

/* The same without colours: nothing is said by colour alone. */
static void show_plain(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_LEFT PRESS_LEFT PRESS_LEFT PRESS_PAGE_DOWN);
    fixture_goldens(harness, "today-no-color", language);
}

static void without_colours(void **unused)
{
    (void)unused;
    fixture_in_both("led", &(HarnessOptions){.no_color = TRUE}, show_plain);
}

/* D9: what was forgotten before the present day is one key away, to its day and its row. */
static void d9_what_was_forgotten_is_a_key(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    fixture_sees(harness, "tidigare besök");
    harness_keys(harness, "e");
    fixture_sees(harness, "för 3 dagar sedan");
    fixture_sees(harness, "inget registrerat på");
    fixture_caret_on(harness, "–");
    harness_keys(harness, "g");
    fixture_sees(harness, "blev av.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* An administrator has no access to visits, and no keys for them. */
static void show_denied(Harness *harness, const char *language)
{
    fixture_goldens(harness, "today-denied", language);
    harness_keys(harness, "?");
    fixture_goldens(harness, "help-today-denied", language);
}

static void who_may_not_see_visits_is_told_so(void **unused)
{
    (void)unused;
    fixture_in_both("admin", NULL, show_denied);
}

static void one_key_records_and_one_takes_it_back(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "g");
    fixture_sees(harness, "6 besök, inget registrerat på 5");
    fixture_sees(harness, "Maria Bäckman: blev av.");
    harness_keys(harness, "u");
    fixture_sees(harness, "6 besök, inget registrerat på 6");
    harness_keys(harness, "h");
    fixture_sees(harness, "Genomfört");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What stands on a day that is begun wraps in a narrow window: how much is left was cut off. */
static void a_narrow_window_cuts_no_number_off(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "aakpi" PRESS_CTRL_S);
    fixture_sees(harness, "1 blev inte av, inget registrerat på ");
    harness_resize(harness, 20, 60);
    int row = harness_find(harness, "1 blev inte av");
    assert_true(row >= 0);
    assert_true(g_str_has_prefix(harness_row(harness, row + 1), " på "));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* C1: the g of rgb recorded a visit as done, as did Alt with g. */
static void what_a_terminal_answers_records_nothing(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_burst(harness, "\033]11;rgb:1e1e/1e1e/1e1e\033\\");
    harness_burst(harness, "\033g");
    fixture_sees(harness, "6 besök, inget registrerat på 6");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_step_of_the_cursor_is_cheap(void **unused)
{
    (void)unused;
    fixture_cheap_steps("led", "1", FIXTURE_STEP);
    fixture_cheap_steps("led", "1v", FIXTURE_STEP);
    /* Full of outcomes. */
    fixture_cheap_steps("led", "1" PRESS_LEFT PRESS_LEFT PRESS_LEFT, FIXTURE_STEP_ABOVE);
    fixture_cheap_steps("stod", "v", FIXTURE_STEP);
}

/* On four screens at once, so that it takes no longer than on one. */
static void nothing_is_written_while_nothing_happens(void **unused)
{
    (void)unused;
    static const char *const KEYS[] = {"1", "2", "3", "4"};
    char *folders[G_N_ELEMENTS(KEYS)];
    Harness *harnesses[G_N_ELEMENTS(KEYS)];
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        folders[i] = fixture_folder();
        harnesses[i] = fixture_open(folders[i], "led", NULL);
        harness_keys(harnesses[i], KEYS[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        assert_int_equal(harness_rest(harnesses[i], i == 0 ? 3000 : 1), 0);
        harness_stop(harnesses[i]);
        harness_folder_remove(folders[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(d9_what_was_forgotten_is_a_key),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(who_may_not_see_visits_is_told_so),
        cmocka_unit_test(one_key_records_and_one_takes_it_back),
        cmocka_unit_test(a_narrow_window_cuts_no_number_off),
        cmocka_unit_test(what_a_terminal_answers_records_nothing),
        cmocka_unit_test(a_step_of_the_cursor_is_cheap),
        cmocka_unit_test(nothing_is_written_while_nothing_happens),
    };
    return cmocka_run_group_tests_name("today", tests, fixture_make, fixture_remove);
}
