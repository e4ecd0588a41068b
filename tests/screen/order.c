/* What was decided is ordered, the plan for how is awaited, comes and is followed up; and it is counted by
 * the quarter. Issue 11. */
#include "tests/screen/fixture_forms.h"

#define CONSENTS FORMS_CARD "c"

static void enter_decision(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS "b");
    harness_keys(harness, strcmp(language, "sv") == 0 ? "b" : "g");
    harness_keys(harness, PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2027-03-31" PRESS_CTRL_S);
}

static void show(Harness *harness, const char *language)
{
    enter_decision(harness, language);
    harness_keys(harness, "u");
    fixture_goldens(harness, "order-new", language);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_goldens(harness, "order-list", language);
    harness_keys(harness, PRESS_DOWN "e");
    fixture_goldens(harness, "implementation", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
}

static void show_quarter(Harness *harness, const char *language)
{
    harness_keys(harness, "3k");
    fixture_goldens(harness, "quarter-calls", language);
    harness_keys(harness, PRESS_TAB PRESS_TAB PRESS_TAB);
    fixture_goldens(harness, "quarter-plans", language);
    harness_keys(harness, PRESS_TAB);
    fixture_goldens(harness, "quarter-waits", language);
}

static void the_quarter_at_every_size(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show_quarter);
}

static void write_paper(Harness *harness, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    harness_keys(harness, "p");
    fixture_sees(harness, ".pdf");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, path);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, name);
    assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void it_is_ordered_sent_and_the_plan_comes(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    enter_decision(harness, "sv");
    harness_keys(harness, "u" "Boendestöd Norr" PRESS_TAB PRESS_TAB "Egen ekonomi." PRESS_CTRL_S);
    fixture_sees(harness, "Beställningen är antecknad. Planen ska ha kommit 2026-12-07.");
    fixture_sees(harness, "> Beställning inte skickad");
    fixture_sees(harness, "Egen ekonomi.");
    write_paper(harness, folder, "bestallning.pdf");
    harness_keys(harness, "k" PRESS_ENTER);
    fixture_sees(harness, "skickad 2026-11-23");
    harness_keys(harness, PRESS_DELETE "j");
    fixture_sees(harness, "Beställningen är skickad och finns kvar.");
    harness_keys(harness, "g" "20/11" PRESS_TAB "j" "p" "Vi skrev ihop." PRESS_TAB "2027-02-22"
                          PRESS_CTRL_S);
    fixture_sees(harness, "Planen kom 2026-11-20, och följs upp 2027-02-22.");
    fixture_sees(harness, "> Plan ");
    fixture_sees(harness, "Vi skrev ihop.");
    fixture_sees(harness, "personens ord");
    harness_golden(harness, "implementation-come-sv-80x24");
    harness_keys(harness, "p");
    fixture_sees(harness, "Den här är inte det.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What is typed of an order outlives Esc; what is late is told by a letter. */
static void what_is_typed_stays_and_what_is_late_is_told(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    enter_decision(harness, "sv");
    harness_keys(harness, "u" "Norr" PRESS_ESCAPE "u");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Norr");
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "g" "2026-11-20" PRESS_CTRL_S);
    fixture_sees(harness, "sen sedan 2026-11-20");
    write_paper(harness, folder, "avvikelse.pdf");
    fixture_sees(harness, "Avvikelse");
    fixture_sees(harness, "2026-11-23");
    harness_keys(harness, PRESS_DELETE "j");
    fixture_sees(harness, "Planen väntas inte längre.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(the_quarter_at_every_size),
        cmocka_unit_test(it_is_ordered_sent_and_the_plan_comes),
        cmocka_unit_test(what_is_typed_stays_and_what_is_late_is_told),
    };
    return cmocka_run_group_tests_name("order", tests, fixture_make, fixture_remove);
}
