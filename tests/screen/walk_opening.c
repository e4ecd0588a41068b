/* The text that is read aloud first, and what the form itself proposes. */
#include "tests/screen/fixture_walk.h"

/* A key that answers is for the question that comes then: it is not lost, and not unseen either. */
static void a_key_typed_ahead_answers_the_first_question(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    fixture_sees(test.harness, "Läs upp först");
    harness_keys(test.harness, "4");
    fixture_sees(test.harness, "Fråga 2 av 24");
    fixture_sees(test.harness,
                 "Det besvarade den första frågan. Skift-Tabb går tillbaka till den.");
    walk_is_stored(&test, "bo-dar", "4");
    harness_keys(test.harness, PRESS_BACK_TAB);
    fixture_caret_on(test.harness, "● [4]");
    harness_keys(test.harness, PRESS_BACKSPACE PRESS_BACK_TAB);
    fixture_sees(test.harness, "Läs upp först");
    harness_keys(test.harness, PRESS_F2);
    fixture_sees(test.harness, "Det besvarade den första frågan.");
    walk_is_stored(&test, "bo-dar", "(unknown)");
    walk_stop(&test);
}

/* One that answers nothing shows the question all the same, and the space bar is no answer. */
static void other_keys_show_the_first_question(void **unused)
{
    (void)unused;
    static const char *const KEYS[] = {" ", "j", PRESS_TAB, PRESS_ENTER};
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        WalkTest test = walk_start("ubu-ungdom", NULL);
        harness_keys(test.harness, KEYS[i]);
        fixture_sees(test.harness, "Fråga 1 av 24");
        walk_is_stored(&test, "bo-dar", NULL);
        walk_stop(&test);
    }
}

static void a_text_begins_with_its_first_letter(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, "Att åka buss");
    fixture_caret_on(test.harness, "Att åka buss");
    harness_keys(test.harness, PRESS_TAB);
    walk_is_stored(&test, "svart", "Att åka buss");
    harness_keys(test.harness, PRESS_BACK_TAB PRESS_BACK_TAB);
    fixture_sees(test.harness, "Läs upp först");
    harness_paste(test.harness, " i rusningen");
    fixture_caret_on(test.harness, "Att åka buss i rusningen");
    walk_stop(&test);
}

/* A proposal is nobody's answer until Enter takes it. */
static void a_proposal_is_no_answer(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    fixture_caret_on(test.harness, "60");
    assert_false(harness_text_contains(test.harness, "inte sparat än"));
    harness_keys(test.harness, PRESS_TAB);
    fixture_sees(test.harness, "Fråga 2 av");
    walk_is_stored(&test, "langd", NULL);
    harness_keys(test.harness, PRESS_BACK_TAB PRESS_ENTER);
    fixture_sees(test.harness, "Fråga 2 av");
    walk_is_stored(&test, "langd", "60");
    harness_keys(test.harness, PRESS_BACK_TAB "45" PRESS_TAB);
    walk_is_stored(&test, "langd", "45");
    walk_stop(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_typed_ahead_answers_the_first_question),
        cmocka_unit_test(other_keys_show_the_first_question),
        cmocka_unit_test(a_text_begins_with_its_first_letter),
        cmocka_unit_test(a_proposal_is_no_answer),
    };
    return cmocka_run_group_tests_name("walk_opening", tests, fixture_make, fixture_remove);
}
