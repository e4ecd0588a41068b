/* A decision is entered on the card, without an intake; extended; and taken away when it was a
 * mistake. Issue 11, D13. */
#include "tests/screen/fixture_forms.h"

#define CONSENTS FORMS_CARD "c"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS "b");
    fixture_goldens(harness, "decision-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
}

static void one_is_entered_extended_and_taken_away(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, CONSENTS "bb" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB
                                   "2027-03-31" PRESS_TAB "20" PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat: Bifall, till 2027-03-31.");
    fixture_sees(harness, "gäller till och med 2027-03-31");
    fixture_sees(harness, "20 h; i november 13 h 30 min hittills");
    fixture_sees(harness, "SoL (2025:400), 11 kap. 1 §");
    harness_golden(harness, "decision-entered-sv-80x24");
    g_autofree char *paper = g_build_filename(folder, "beslut.pdf", NULL);
    harness_keys(harness, "p");
    fixture_sees(harness, ".pdf");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, paper);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "beslut.pdf");
    assert_true(g_file_test(paper, G_FILE_TEST_EXISTS));
    harness_keys(harness, "bf" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2028-03-31" PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat: Förlängning, till 2028-03-31.");
    harness_keys(harness, PRESS_HOME PRESS_DELETE);
    fixture_sees(harness, "Var beslutet inlagt av misstag?");
    harness_keys(harness, "j");
    fixture_sees(harness, "Beslutet är borttaget.");
    assert_false(harness_text_contains(harness, "2028-03-31"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One that does not hold yet says both its days; by one that grants nothing nothing is ordered. */
static void all_that_it_says_is_seen(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, CONSENTS "bb" PRESS_TAB PRESS_TAB PRESS_TAB "2026-12-01" PRESS_TAB
                                   "2027-11-30" PRESS_CTRL_S);
    fixture_sees(harness, "gäller från och med 2026-12-01");
    fixture_sees(harness, "Gäller från       2026-12-01");
    fixture_sees(harness, "Gäller till       2027-11-30");
    fixture_sees(harness, "u Beställning");
    harness_keys(harness, "ba" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB
                          "Behovet tillgodoses." PRESS_CTRL_S);
    fixture_sees(harness, "avslag 2026-11-23");
    assert_false(harness_text_contains(harness, "u Beställning"));
    assert_false(harness_text_contains(harness, "g Plan"));
    harness_keys(harness, "u");
    fixture_sees(harness, "Beslutet beviljar inget som ska utföras.");
    harness_keys(harness, PRESS_DOWN PRESS_UP "g");
    fixture_sees(harness, "Beslutet beviljar inget som ska utföras.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void show_correction(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS "b");
    harness_keys(harness, strcmp(language, "sv") == 0 ? "b" : "g");
    harness_keys(harness, PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2027-03-31" PRESS_CTRL_S "e");
    fixture_goldens(harness, "decision-correct", language);
}

static void a_correction_at_every_size(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show_correction);
}

/* What it said before stands below it; what is typed outlives Esc. */
static void one_is_corrected(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness,
                 CONSENTS "bb" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2027-03-31" PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat: Bifall, till 2027-03-31.");
    harness_keys(harness, "e" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB
                          "2027-04-30" PRESS_ESCAPE "e");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "2027-04-30");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Rättat: Bifall, till 2027-04-30.");
    fixture_sees(harness, "Tidigare: Sista dag");
    fixture_sees(harness, "gäller till och med 2027-04-30");
    harness_golden(harness, "decision-corrected-sv-80x24");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The cursor is on what was entered, also below another; long reasons are read to their end, and
 * the key bar has what can be done with a decision. */
static void what_was_entered_is_read_whole(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness,
                 CONSENTS "bb" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2027-03-31" PRESS_CTRL_S);
    harness_keys(harness,
                 "ba" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB);
    for (int i = 0; i < 6; i++)
        harness_keys(harness, "Maria klarar det mesta själv och har sin syster till hjälp. ");
    harness_keys(harness, "Det räcker." PRESS_CTRL_S);
    fixture_sees(harness, "> Beslut      avslag 2026-11-23");
    fixture_sees(harness, "Det räcker.");
    fixture_sees(harness, "p På papper");
    assert_false(harness_text_contains(harness, "Enter Formulär"));
    harness_golden(harness, "decision-long-sv-80x24");
    harness_resize(harness, 20, 60);
    harness_golden(harness, "decision-long-sv-60x20");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void what_cannot_be_used_is_said(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, CONSENTS "b" PRESS_CTRL_S);
    fixture_sees(harness, "Välj vad som beslutades.");
    harness_keys(harness, "a" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv skälen");
    harness_keys(harness, "Behovet tillgodoses redan." PRESS_ESCAPE "b");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Behovet tillgodoses redan.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_it_says_is_seen),
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(one_is_entered_extended_and_taken_away),
        cmocka_unit_test(a_correction_at_every_size),
        cmocka_unit_test(one_is_corrected),
        cmocka_unit_test(what_was_entered_is_read_whole),
        cmocka_unit_test(what_cannot_be_used_is_said),
    };
    return cmocka_run_group_tests_name("decision", tests, fixture_make, fixture_remove);
}
