/* A client is away: noted in few keys from the card and from Today; seen there; changed, and taken away. */
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD "r");
    fixture_goldens(harness, "absence-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show);
}

/* D1: r, the cause, the last day and Ctrl-S: eight keys, three weeks. */
static void d1_from_the_card_in_eight_keys(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS_CARD);
    fixture_keys_at_most(harness, 8, "r" "s" "14/12" PRESS_CTRL_S, NULL);
    fixture_sees(harness, "Maria Bäckman är borta.");
    fixture_sees(harness, "2026-11-23 till 2026-12-14, på sjukhus");
    harness_golden(harness, "absence-card-sv-80x24");
    harness_keys(harness, "r");
    fixture_sees(harness, "Brukaren är redan borta. Vad gäller det?");
    harness_golden(harness, "absence-which-sv-80x24");
    harness_keys(harness, "1" "+2" PRESS_CTRL_S);
    fixture_sees(harness, "Frånvaron är ändrad.");
    fixture_sees(harness, "2026-11-23 till 2026-11-25, på sjukhus");
    harness_keys(harness, "r3" "r" "24/12" PRESS_TAB "20/12" PRESS_CTRL_S);
    fixture_sees(harness, "Inget besök ändras av det.");
    harness_keys(harness, "r2");
    fixture_sees(harness, "var det ett misstag?");
    harness_keys(harness, "j");
    fixture_sees(harness, "Frånvaron är borttagen.");
    fixture_sees(harness, "2026-12-20 till 2026-12-24, semester eller resa");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* From Today: the day shown is the first one, and the visit says why at once. */
static void from_today(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "r" "p" PRESS_CTRL_S);
    fixture_sees(harness, "är borta.");
    fixture_sees(harness, "Borta");
    harness_golden(harness, "absence-today-sv-80x24");
    harness_keys(harness, "4");
    fixture_sees(harness, "Ring vid återkomsten: vill pausa");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void what_cannot_be_used_is_said(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS_CARD "r" PRESS_CTRL_S);
    fixture_sees(harness, "Välj varför.");
    harness_keys(harness, "s" "sen" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv sista dagen borta som 21/11");
    harness_keys(harness, PRESS_CTRL_U "1/11" PRESS_CTRL_S);
    fixture_sees(harness, "Sista dagen borta är före den första.");
    harness_keys(harness, PRESS_ESCAPE "r");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "1/11");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A series to another worker: y, the day, and the beginning of a name. */
static void a_series_gets_another_worker(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "y" PRESS_ENTER "ingen alls" PRESS_ENTER);
    fixture_sees(harness, "Inget är ändrat");
    harness_keys(harness, PRESS_CTRL_U "daniel" PRESS_ENTER);
    fixture_sees(harness, "Daniel Pettersson har serien från och med då;");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(d1_from_the_card_in_eight_keys),
        cmocka_unit_test(from_today),
        cmocka_unit_test(what_cannot_be_used_is_said),
        cmocka_unit_test(a_series_gets_another_worker),
    };
    return cmocka_run_group_tests_name("absence", tests, fixture_make, fixture_remove);
}
