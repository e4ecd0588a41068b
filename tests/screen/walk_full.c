/* While the disk is full nothing can be saved: what is typed stays on the screen, over a lock too,
 * and nobody throws it away without having been asked. */
#include "tests/screen/fixture_walk.h"

#define ANOTHER PRESS_BACK_TAB PRESS_CTRL_U "led" PRESS_TAB

/* A text that could not be saved. */
static WalkTest typed_in_vain(void)
{
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB);
    fixture_fill_disk(test.harness, TRUE);
    harness_keys(test.harness, "Ring mig");
    return test;
}

static void a_lock_keeps_the_text(void **unused)
{
    (void)unused;
    WalkTest test = typed_in_vain();
    harness_keys(test.harness, PRESS_F9);
    assert_false(harness_text_contains(test.harness, "Ring mig"));
    harness_keys(test.harness, FIXTURE_UNLOCK);
    fixture_caret_on(test.harness, "Ring mig");
    fixture_sees(test.harness, "inte sparat än");
    fixture_fill_disk(test.harness, FALSE);
    harness_keys(test.harness, PRESS_F9 FIXTURE_UNLOCK " efter tolv." PRESS_TAB);
    walk_is_stored(&test, "da", "Ring mig efter tolv.");
    walk_stop(&test);
}

static void nobody_else_unlocks_over_it(void **unused)
{
    (void)unused;
    WalkTest test = typed_in_vain();
    harness_keys(test.harness, PRESS_F9 ANOTHER FIXTURE_UNLOCK);
    fixture_sees(test.harness, "Det som hand skrev här har inte kunnat sparas än");
    harness_keys(test.harness, PRESS_BACK_TAB PRESS_CTRL_U "hand" PRESS_TAB PRESS_CTRL_U);
    harness_keys(test.harness, FIXTURE_UNLOCK);
    fixture_caret_on(test.harness, "Ring mig");
    fixture_fill_disk(test.harness, FALSE);
    harness_keys(test.harness, PRESS_F9 FIXTURE_UNLOCK PRESS_F9 ANOTHER FIXTURE_UNLOCK);
    fixture_sees(test.harness, "Idag");
    walk_stop(&test);
}

static void leaving_the_program_asks_first(void **unused)
{
    (void)unused;
    WalkTest test = typed_in_vain();
    harness_keys(test.harness, PRESS_F9 PRESS_F10);
    fixture_sees(test.harness, "Det som skrevs sist har inte kunnat sparas");
    harness_keys(test.harness, "n" FIXTURE_UNLOCK);
    fixture_caret_on(test.harness, "Ring mig");
    harness_keys(test.harness, PRESS_F9 PRESS_F10 "j");
    assert_int_equal(harness_wait_exit(test.harness), 0);
    walk_stop(&test);
}

/* Hanging up does not say that it is saved, and does not leave the text. */
static void hanging_up_keeps_the_text(void **unused)
{
    (void)unused;
    WalkTest test = typed_in_vain();
    harness_keys(test.harness, PRESS_F10);
    fixture_sees(test.harness, "Det du skrev sist är inte sparat än.");
    harness_keys(test.harness, "n" PRESS_ENTER PRESS_ENTER PRESS_ESCAPE);
    fixture_caret_on(test.harness, "Ring mig");
    harness_keys(test.harness, PRESS_ESCAPE);
    fixture_sees(test.harness, "Vill du lämna ändå?");
    harness_keys(test.harness, "n");
    fixture_fill_disk(test.harness, FALSE);
    harness_keys(test.harness, PRESS_F10 "n" PRESS_ENTER PRESS_ENTER PRESS_ENTER);
    fixture_caret_on(test.harness, "Ring mig");
    fixture_sees(test.harness, "sparat 08:30");
    walk_stop(&test);
}

/* Whoever listens at the telephone presses no key: as soon as there is room it is saved. */
static void what_could_not_be_saved_is_tried_again(void **unused)
{
    (void)unused;
    WalkTest test = typed_in_vain();
    harness_wait_text(test.harness, "Disken är full");
    fixture_sees(test.harness, "inte sparat än");
    fixture_fill_disk(test.harness, FALSE);
    harness_wait_text(test.harness, "Nu är det du skrev sparat.");
    fixture_sees(test.harness, "sparat 08:30");
    walk_stop(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_keeps_the_text),
        cmocka_unit_test(nobody_else_unlocks_over_it),
        cmocka_unit_test(leaving_the_program_asks_first),
        cmocka_unit_test(hanging_up_keeps_the_text),
        cmocka_unit_test(what_could_not_be_saved_is_tried_again),
    };
    return cmocka_run_group_tests_name("walk_full", tests, fixture_make, fixture_remove);
}
