/* The help to a client ends: noted in few keys from the card, seen there and in To do; the way back. */
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD "z");
    fixture_goldens(harness, "closing-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
}

/* z, the reason, Ctrl-S. */
static void from_the_card_in_three_keys(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "z" "f" PRESS_CTRL_S);
    fixture_sees(harness, "Insatsen avslutades 2026-11-23.");
    fixture_sees(harness, "2026-11-23, har flyttat. Frågas hur det gått: 2027-02-23.");
    harness_golden(harness, "closing-card-sv-80x24");
    harness_keys(harness, "4" PRESS_END);
    fixture_sees(harness, "Följ upp: hur det gått sedan insatsen avslutades");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void the_same_key_is_the_way_back(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "z" "v" PRESS_CTRL_S);
    fixture_sees(harness, "vill inte längre");
    harness_keys(harness, "z");
    harness_golden(harness, "closing-which-sv-80x24");
    harness_keys(harness, "3");
    fixture_sees(harness, "Sista dag");
    harness_keys(harness, PRESS_TAB "27/11" PRESS_CTRL_S);
    fixture_sees(harness, "Insatsen avslutades 2026-11-27.");
    harness_keys(harness, "z1" PRESS_CTRL_U "sen" PRESS_ENTER);
    fixture_sees(harness, "Inget ändrades");
    harness_keys(harness, "z1" PRESS_CTRL_U "27/11" PRESS_ENTER);
    fixture_sees(harness, "Välj en dag efter den sista");
    harness_keys(harness, "z2");
    fixture_sees(harness, "Brukaren är tillbaka.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Nothing typed is lost, and what cannot be used is said. */
static void what_is_half_typed_is_offered_again(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "z" PRESS_CTRL_S);
    fixture_sees(harness, "Välj varför.");
    harness_keys(harness, "f" "sen" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv sista dagen som 21/11");
    harness_keys(harness, PRESS_ESCAPE "z");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "sen");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(from_the_card_in_three_keys),
        cmocka_unit_test(the_same_key_is_the_way_back),
        cmocka_unit_test(what_is_half_typed_is_offered_again),
    };
    return cmocka_run_group_tests_name("closing", tests, fixture_make, fixture_remove);
}
