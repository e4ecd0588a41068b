/* To do: what has a date that somebody must keep. */
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "4");
    fixture_caret_on(harness, "Yusuf Olsson");
    fixture_goldens(harness, "tasks", language);
    harness_keys(harness, "m");
    fixture_goldens(harness, "tasks-own", language);
    harness_keys(harness, "mg");
    fixture_goldens(harness, "tasks-done", language);
    harness_keys(harness, "f");
    fixture_goldens(harness, "tasks-move", language);
    harness_keys(harness, PRESS_ESCAPE "n");
    fixture_goldens(harness, "tasks-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

static void done_and_open_again_moved_and_added(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4");
    fixture_sees(harness, "Hela enheten: 16 uppgifter");
    harness_keys(harness, "g");
    fixture_sees(harness, "Hela enheten: 15 uppgifter");
    assert_false(harness_text_contains(harness, "Yusuf Olsson"));
    harness_keys(harness, "u");
    fixture_caret_on(harness, "Yusuf Olsson");
    harness_keys(harness, "f"
                          "i morgon" PRESS_ENTER);
    fixture_caret_on(harness, "Yusuf Olsson");
    fixture_caret_on(harness, "i morgon");
    harness_keys(harness, "n"
                          "Beställ nycklar" PRESS_ENTER "fre" PRESS_ENTER);
    fixture_caret_on(harness, "Beställ nycklar");
    fixture_caret_on(harness, "fredag");
    fixture_sees(harness, "Hela enheten: 17 uppgifter");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D4: the new time that is booked from a task is the visit's, and the task is done. */
static void d4_booking_settles_the_task(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4" PRESS_DOWN);
    fixture_caret_on(harness, "Axel Johansson");
    fixture_caret_on(harness, "Ny tid för");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "En ny tid för Axel Johansson, i stället för fre 2026-11-20 14:30");
    harness_golden(harness, "tasks-new-time-sv-80x24");
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness, "Uppgiften är klar.");
    fixture_sees(harness, "Hela enheten: 15 uppgifter");
    assert_false(harness_text_contains(harness, "> försenad 1 dag"));
    harness_keys(harness, PRESS_HOME "k");
    fixture_sees(harness, "Yusuf Olsson");
    fixture_sees(harness, "Telefon");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D4: whom an interview is with is never cut, at any width. */
static void d4_interviews_are_told_apart(void **unused)
{
    (void)unused;
    static const int SIZES[][2] = {{20, 60}, {24, 80}, {43, 132}};
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4" PRESS_END);
    for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        harness_resize(harness, SIZES[i][0], SIZES[i][1]);
        fixture_sees(harness, "Intervju: Handläggare");
        fixture_sees(harness, "Intervju: Förälder");
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A call that a completed form left is opened to be read: nothing in it can be typed over. */
static void a_call_of_a_completed_form_is_read(void **unused)
{
    (void)unused;
    static const FormsGiven INTAKE[] = {
        {"inkom-datum", "", "2026-11-20"},
        {"inkom-vem", "", "health"},
        {"inkom-namn", "", "Stina Ek, Psykiatrin söder"},
        {"aterkoppling-vill", "", "true"},
        {"aterkoppling-dag", "", "2026-11-20"},
        {NULL, NULL, NULL},
    };
    char *folder = fixture_folder();
    forms_complete(folder, "hand", "aktualisering", INTAKE);
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "4");
    fixture_caret_on(harness, "försenad 3 dagar");
    fixture_sees(harness, "Stina Ek, Psykiatrin söder");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Klart 2026-11-23");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Those of a client, of a colleague, of a kind, of a day, the overdue ones; and all again. */
static void some_of_them_are_found(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4/axel ny" PRESS_ENTER);
    fixture_sees(harness, "Bara de med ”axel ny”");
    fixture_caret_on(harness, "Axel Johansson");
    assert_false(harness_text_contains(harness, "Yusuf Olsson"));
    harness_golden(harness, "tasks-some-sv-80x24");
    harness_keys(harness, PRESS_ESCAPE "/ingen sådan" PRESS_ENTER);
    fixture_sees(harness, "Ingen uppgift har orden ”ingen sådan”");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Hela enheten: 16 uppgifter");
    fixture_sees(harness, "Yusuf Olsson");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_step_of_the_cursor_is_cheap(void **unused)
{
    (void)unused;
    fixture_cheap_steps("led", "4", FIXTURE_STEP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(done_and_open_again_moved_and_added),
        cmocka_unit_test(d4_booking_settles_the_task),
        cmocka_unit_test(d4_interviews_are_told_apart),
        cmocka_unit_test(a_call_of_a_completed_form_is_read),
        cmocka_unit_test(some_of_them_are_found),
        cmocka_unit_test(a_step_of_the_cursor_is_cheap),
    };
    return cmocka_run_group_tests_name("tasks", tests, fixture_make, fixture_remove);
}
