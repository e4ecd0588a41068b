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

/* Of a question with several answers. */
static void several_are_marked(void **unused)
{
    (void)unused;
    static const gboolean ON[COUNT] = {TRUE, FALSE, TRUE};
    Choice choice;
    choice_init(&choice, OPTIONS, COUNT, -1);
    choice.on = ON;
    choice.one_column = TRUE;
    choice_draw(&choice, fake_start(10, 80), TRUE);
    assert_string_equal(fake_row(0), "■ [m] Mår dåligt");
    assert_string_equal(fake_row(1), "□ [g] Glömde");
    assert_string_equal(fake_row(2), "■ [s] Sjuk");
    assert_int_equal(fake.styles[2][0], STYLE_CHOSEN);
    assert_int_equal(choice_rows(&choice, 80), COUNT);
}

static void a_scale_lies_in_a_row_where_it_has_room(void **unused)
{
    (void)unused;
    static const ChoiceOption SCALE[] = {{'1', "Aldrig", 1}, {'2', "Ibland", 2}, {'3', "Jämt", 3}};
    Choice choice;
    gboolean taken;
    choice_init(&choice, SCALE, 3, 1);
    choice.in_a_row = choice.one_column = TRUE;
    assert_int_equal(choice_rows(&choice, 38), 1);
    choice_draw(&choice, fake_start(4, 38), TRUE);
    assert_string_equal(fake_row(0), "  [1] Aldrig  ● [2] Ibland    [3] Jämt");
    press(&choice, K_DOWN, &taken);
    assert_false(taken);
    press(&choice, K_RIGHT, &taken);
    assert_true(taken);
    assert_int_equal(choice.cursor, 2);
    assert_int_equal(choice_rows(&choice, 37), 3);
}

static void a_long_label_is_wrapped_and_the_cursor_seen(void **unused)
{
    (void)unused;
    static const ChoiceOption LONG[] = {
        {'a', "Ett", 1}, {'b', "Ett svar som är längre än raden", 2}, {'c', "Tre", 3}};
    Choice choice;
    choice_init(&choice, LONG, 3, -1);
    assert_int_equal(choice_rows(&choice, 20), 5);
    choice_draw(&choice, fake_start(5, 20), TRUE);
    assert_string_equal(fake_row(1), "  [b] Ett svar som");
    assert_string_equal(fake_row(2), "      är längre än");
    assert_string_equal(fake_row(4), "  [c] Tre");
    choice.cursor = 2;
    choice_draw(&choice, fake_start(3, 20), TRUE);
    assert_int_equal(choice.top, 2);
    assert_string_equal(fake_row(2), "  [c] Tre");
    assert_int_equal(fake.caret_row, 2);
    choice.cursor = 0;
    choice_draw(&choice, fake_start(3, 20), TRUE);
    assert_int_equal(choice.top, 0);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_answers),
        cmocka_unit_test(arrows_move_and_leave_at_the_ends),
        cmocka_unit_test(marks_keys_and_columns),
        cmocka_unit_test(rows_follow_the_width),
        cmocka_unit_test(several_are_marked),
        cmocka_unit_test(a_scale_lies_in_a_row_where_it_has_room),
        cmocka_unit_test(a_long_label_is_wrapped_and_the_cursor_seen),
    };
    return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
