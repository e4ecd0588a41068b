/* Somebody rings: noted from wherever one is, in few keys; seen with its hours in To do; counted. */
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_F12);
    fixture_goldens(harness, "call-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
}

/* From the card: whom it is about stands there. Six keys beside what is typed. */
static void from_a_card_to_who_calls_back(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD);
    fixture_keys_at_most(harness, 6, PRESS_F12 "Lena Bäckman, syster" PRESS_TAB "070-1" PRESS_CTRL_S,
                         "Lena Bäckman, syster" "070-1");
    fixture_sees(harness, "ringer tillbaka senast 2026-11-25 08:30");
    harness_keys(harness, "4");
    fixture_sees(harness, "48 timmar kvar");
    fixture_sees(harness, "Ring tillbaka: Lena Bäckman, syster");
    harness_keys(harness, PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_DOWN "r");
    fixture_sees(harness, "Räknat: de har ringt igen.");
    harness_golden(harness, "call-reminded-sv-80x24");
    harness_keys(harness, "t");
    fixture_sees(harness, "Uppgiften är din.");
    harness_keys(harness, "v" "daniel" PRESS_TAB "Hon svarar efter tre." PRESS_CTRL_S);
    fixture_sees(harness, "Lämnad till: Daniel Pettersson.");
    fixture_sees(harness, "Senast onsdag 2026-11-25 08:30, Daniel Pettersson");
    harness_keys(harness, "s");
    fixture_sees(harness, "Kom in: 1.");
    harness_golden(harness, "call-figures-sv-80x24");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* In the midst of another page, in a form, and twice: nothing of either is lost. */
static void in_the_midst_of_something_else(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "jnSystern säger att" PRESS_F12 "Avdelning 4" PRESS_F12);
    fixture_sees(harness, "Avdelning 4");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat:");
    fixture_sees(harness, "Systern säger att");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void what_cannot_be_used_is_said(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "8" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv vem som ringde, eller numret.");
    harness_keys(harness, "Lena" PRESS_TAB PRESS_TAB "Ingen Alls" PRESS_CTRL_S);
    fixture_sees(harness, "Det stämmer inte på någon");
    harness_keys(harness, PRESS_CTRL_U "bäckman maria");
    fixture_sees(harness, "→ Maria Bäckman");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat:");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(from_a_card_to_who_calls_back),
        cmocka_unit_test(in_the_midst_of_something_else),
        cmocka_unit_test(what_cannot_be_used_is_said),
    };
    return cmocka_run_group_tests_name("calls", tests, fixture_make, fixture_remove);
}
