/* choice.c: a question with one key per answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "tests/unit/ui/fake_screen.h"
#include "ui/widgets/choice.h"

static const ChoiceOption OPTIONS[] = {
    {'m', "Mår dåligt", 1}, {'g', "Glömde", 2},   {'s', "Sjuk", 3},
    {'a', "Annat", 4},      {0xe5, "Ångrade", 5}, {0, "Vill inte uppge", 6},
};
enum { COUNT = G_N_ELEMENTS(OPTIONS) };

static int press(Choice *choice, Key key, gboolean *taken)
{
    return choice_event(choice, &(Event){.type = EVENT_KEY, .key = key}, taken);
}

static void one_key_answers(void **unused)
{
    (void)unused;
    static const struct {
        Key key;
        int answer;
    } CASES[] = {{'m', 0}, {'G', 1}, {0xe5, 4}, {0xc5, 4}, {'x', -1}, {K_F(1), -1}, {K_TAB, -1}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Choice choice;
        gboolean taken;
        choice_init(&choice, OPTIONS, COUNT, -1);
        assert_int_equal(press(&choice, CASES[i].key, &taken), CASES[i].answer);
        assert_int_equal(taken, CASES[i].answer >= 0);
        assert_int_equal(choice.chosen, CASES[i].answer);
    }
}

static void arrows_move_and_leave_at_the_ends(void **unused)
{
    (void)unused;
    Choice choice;
    gboolean taken;
    choice_init(&choice, OPTIONS, COUNT, -1);
    choice_draw(&choice, fake_start(10, 50), TRUE); /* two columns of three */
    assert_int_equal(choice.rows, 3);
    press(&choice, K_UP, &taken);
    assert_false(taken);
    press(&choice, K_DOWN, &taken);
    assert_true(taken);
    press(&choice, K_RIGHT, &taken);
    assert_int_equal(choice.cursor, 4);
    press(&choice, K_DOWN, &taken);
    press(&choice, K_DOWN, &taken);
    assert_false(taken);
    press(&choice, K_RIGHT, &taken);
    assert_false(taken);
    assert_int_equal(choice.chosen, -1);
    assert_int_equal(press(&choice, K_SPACE, &taken), 5);
    press(&choice, K_LEFT, &taken);
    assert_int_equal(press(&choice, K_ENTER, &taken), 2);
}

static void marks_keys_and_columns(void **unused)
{
    (void)unused;
    Choice choice;
    choice_init(&choice, OPTIONS, COUNT, 1);
    choice.cursor = 3;
    choice_draw(&choice, fake_start(10, 50), TRUE);
    assert_string_equal(fake_row(0), "  [m] Mår dåligt         [a] Annat");
    assert_string_equal(fake_row(1), "● [g] Glömde             [å] Ångrade");
    assert_string_equal(fake_row(2), "  [s] Sjuk                   Vill inte uppge");
    assert_int_equal(fake.styles[1][0], STYLE_CHOSEN);
    assert_int_equal(fake.styles[0][25], STYLE_SELECTED);
    assert_int_equal(fake.caret_row, 0);
    assert_int_equal(fake.caret_column, 23);
    choice_draw(&choice, fake_start(10, 50), FALSE);
    assert_int_equal(fake.caret_row, -1);
}

static void rows_follow_the_width(void **unused)
{
    (void)unused;
    Choice choice;
    choice_init(&choice, OPTIONS, COUNT, -1);
    assert_int_equal(choice_rows(&choice, 200), 1);
    assert_int_equal(choice_rows(&choice, 50), 3);
    assert_int_equal(choice_rows(&choice, 30), 6);
    assert_int_equal(choice_rows(&choice, 0), 6);
    for (int columns = 0; columns < 40; columns++)
        for (int rows = 0; rows < 4; rows++)
            choice_draw(&choice, fake_start(rows, columns), FALSE);
    Choice empty;
    gboolean taken;
    choice_init(&empty, NULL, 0, -1);
    assert_int_equal(press(&empty, K_ENTER, &taken), -1);
    choice_draw(&empty, fake_start(2, 20), TRUE);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_answers),
        cmocka_unit_test(arrows_move_and_leave_at_the_ends),
        cmocka_unit_test(marks_keys_and_columns),
        cmocka_unit_test(rows_follow_the_width),
    };
    return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
