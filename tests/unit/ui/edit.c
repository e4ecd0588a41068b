/* edit*.c: a text while it is edited, against a naive model of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "tests/unit/ui/edit_model.h"

static void type_all(Edit *edit, const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        assert_true(edit_key(edit, *at == '\n' ? (Key)K_ENTER : g_utf8_get_char(at), 40));
}

static void press(Edit *edit, Key key, int times)
{
    while (times-- > 0)
        edit_key(edit, key, 40);
}

static void typing_is_undone_by_words(void **unused)
{
    (void)unused;
    g_autoptr(Edit) edit = edit_new("", FALSE);
    type_all(edit, "jag orkar inte");
    press(edit, K_CTRL('Z'), 1);
    assert_string_equal(edit_text(edit), "jag orkar ");
    press(edit, K_CTRL('Z'), 2);
    assert_string_equal(edit_text(edit), "");
    press(edit, K_CTRL('Z'), 3);
    press(edit, K_CTRL('Y'), 2);
    assert_string_equal(edit_text(edit), "jag orkar ");
    assert_int_equal(edit_caret(edit), 10);
    type_all(edit, "nu");
    press(edit, K_CTRL('Y'), 1);
    assert_string_equal(edit_text(edit), "jag orkar nu");
}

static void a_paste_is_one_step(void **unused)
{
    (void)unused;
    g_autoptr(Edit) edit = edit_new("före ", FALSE);
    edit_insert(edit, "en rad\noch en till");
    assert_string_equal(edit_text(edit), "före en rad och en till");
    type_all(edit, "!");
    press(edit, K_CTRL('Z'), 2);
    assert_string_equal(edit_text(edit), "före ");
}

static void a_run_of_backspace_is_one_step(void **unused)
{
    (void)unused;
    g_autoptr(Edit) edit = edit_new("åäö abc", FALSE);
    press(edit, K_BACKSPACE, 5);
    assert_string_equal(edit_text(edit), "åä");
    press(edit, K_CTRL('Z'), 1);
    assert_string_equal(edit_text(edit), "åäö abc");
}

static void marks_join_the_letter_before(void **unused)
{
    (void)unused;
    g_autoptr(Edit) edit = edit_new("", FALSE);
    type_all(edit, "O\xcc\x88stberg");
    assert_string_equal(edit_text(edit), "Östberg");
    press(edit, K_CTRL('Z'), 1);
    assert_string_equal(edit_text(edit), "");

    /* A letter typed before a mark that stood alone. */
    g_autoptr(Edit) alone = edit_new("\xcc\x81"
                                     "b",
                                     FALSE);
    edit_set_caret(alone, 0);
    type_all(alone, "e");
    assert_string_equal(edit_text(alone), "éb");
    assert_int_equal(edit_caret(alone), 2);

    /* What stood between them is taken away. */
    g_autoptr(Edit) between = edit_new("ax\xcc\x8a", FALSE);
    edit_set_caret(between, 1);
    edit_insert(between, "e");
    edit_set_caret(between, 0);
    press(between, K_DELETE, 3);
    assert_string_equal(edit_text(between), "");
}

/* A Hangul syllable with more vowels: the words part between them, the letter on the screen does
 * not. */
static void no_word_begins_within_a_letter(void **unused)
{
    (void)unused;
    static const char TEXT[] = "a 가\u1161\u1161b";
    static const struct {
        Key key;
        gsize from, to;
        const char *text;
    } CASES[] = {
        {K_WORD_LEFT, 11, 2, TEXT},
        {K_WORD_RIGHT, 2, 11, TEXT},
        {K_CTRL('W'), 11, 2, "a b"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Edit) edit = edit_new(TEXT, FALSE);
        edit_set_caret(edit, CASES[i].from);
        assert_true(edit_key(edit, CASES[i].key, 80));
        assert_int_equal(edit_caret(edit), CASES[i].to);
        assert_string_equal(edit_text(edit), CASES[i].text);
    }
}

static void words_and_lines(void **unused)
{
    (void)unused;
    static const struct {
        Key key;
        const char *text;
        gsize caret;
    } CASES[] = {
        {K_CTRL('W'), "ett två \nfem", 9},     {K_CTRL('U'), "\nfem", 0},
        {K_CTRL('K'), "ett två tre\nfem", 13}, {K_WORD_LEFT, "ett två tre\nfem", 9},
        {K_HOME, "ett två tre\nfem", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Edit) edit = edit_new("ett två tre\nfem", TRUE);
        edit_set_caret(edit, 12);
        press(edit, CASES[i].key, 1);
        if (CASES[i].key == K_CTRL('K'))
            edit_set_caret(edit, 13);
        assert_string_equal(edit_text(edit), CASES[i].text);
        assert_int_equal(edit_caret(edit), CASES[i].caret);
    }
}

static void up_and_down_keep_the_column(void **unused)
{
    (void)unused;
    g_autoptr(Edit) edit = edit_new("abcdefgh\nå\nabcdefgh", TRUE);
    edit_set_caret(edit, 6);
    assert_true(edit_key(edit, K_DOWN, 40));
    assert_int_equal(edit_caret(edit), 11); /* the end of "å" */
    assert_true(edit_key(edit, K_DOWN, 40));
    assert_int_equal(edit_caret(edit), 18);
    assert_false(edit_key(edit, K_DOWN, 40));
    assert_true(edit_key(edit, K_UP, 40));
    assert_true(edit_key(edit, K_UP, 40));
    assert_int_equal(edit_caret(edit), 6);
    assert_false(edit_key(edit, K_UP, 40));
    g_autoptr(Edit) line = edit_new("abc", FALSE);
    assert_false(edit_key(line, K_UP, 40));
    assert_false(edit_key(line, K_ENTER, 40));
    assert_false(edit_key(line, K_TAB, 40));
    assert_false(edit_key(line, K_F(1), 40));
}

static void what_is_marked_is_replaced(void **unused)
{
    (void)unused;
    char *clipboard = NULL;
    gsize start, end;
    g_autoptr(Edit) edit = edit_new("jag orkar inte idag", TRUE);
    edit_set_clipboard(edit, &clipboard);
    edit_set_caret(edit, 4);
    assert_true(edit_mark_key(edit, K_WORD_RIGHT, 40));
    assert_true(edit_mark_key(edit, K_WORD_RIGHT, 40));
    assert_true(edit_marked(edit, &start, &end));
    assert_int_equal(start, 4);
    assert_int_equal(end, 15);
    type_all(edit, "vilar ");
    assert_string_equal(edit_text(edit), "jag vilar idag");
    press(edit, K_CTRL('Z'), 1);
    assert_string_equal(edit_text(edit), "jag orkar inte idag");
    assert_false(edit_marked(edit, &start, &end));

    press(edit, K_TOP, 1);
    press(edit, K_CTRL_SPACE, 1);
    press(edit, K_RIGHT, 4);
    press(edit, K_CTRL('K'), 1);
    assert_string_equal(edit_text(edit), "orkar inte idag");
    press(edit, K_BOTTOM, 1);
    press(edit, K_CTRL('V'), 2);
    assert_string_equal(edit_text(edit), "orkar inte idagjag jag ");
    press(edit, K_CTRL('Z'), 3);
    assert_string_equal(edit_text(edit), "jag orkar inte idag");
    g_free(clipboard);
}

static void marking_stays_in_the_text(void **unused)
{
    (void)unused;
    gsize start, end;
    g_autoptr(Edit) edit = edit_new("ett\ntvå", TRUE);
    edit_set_caret(edit, 5);
    assert_true(edit_mark_key(edit, K_DOWN, 40));
    assert_true(edit_marked(edit, &start, &end));
    assert_int_equal(end, 8);
    assert_true(edit_key(edit, K_LEFT, 40)); /* ends the marking at its beginning */
    assert_int_equal(edit_caret(edit), 5);
    assert_false(edit_marked(edit, &start, &end));
    assert_false(edit_key(edit, K_DOWN, 40));
    press(edit, K_CTRL_SPACE, 1);
    assert_true(edit_key(edit, K_DOWN, 40));
    press(edit, K_CTRL_SPACE, 1);
    assert_false(edit_marked(edit, &start, &end));
}

static void random_bytes(GRand *random, guint8 *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)g_rand_int_range(random, 0, 256);
}

/* Keys, pastes, marks and widths from a seed; edit_model.h ends the program where they part. */
static void random_editing_follows_the_model(void **unused)
{
    (void)unused;
    GRand *random = g_rand_new_with_seed(20261123);
    guint8 bytes[601];
    for (int round = 0; round < 100; round++) {
        random_bytes(random, bytes, sizeof bytes);
        edit_model_run(bytes, sizeof bytes);
    }
    g_rand_free(random);
}

/* Any keys in any order: always valid, composed, the caret on a boundary, and undone to nothing. */
static void random_keys_do_no_harm(void **unused)
{
    (void)unused;
    static const Key KEYS[] = {
        'a',         ' ',      0xe5,        0x308,       0x65e5,      K_ENTER,     K_LEFT,
        K_RIGHT,     K_UP,     K_DOWN,      K_HOME,      K_END,       K_WORD_LEFT, K_WORD_RIGHT,
        K_BACKSPACE, K_DELETE, K_CTRL('W'), K_CTRL('U'), K_CTRL('K'), K_CTRL('Z'), K_CTRL('Y'),
        'b',         'c',      'd',         'e',         ' '};
    GRand *random = g_rand_new_with_seed(7);
    for (int round = 0; round < 100; round++) {
        g_autoptr(Edit) edit = edit_new("", TRUE);
        for (int i = 0; i < 300; i++) {
            edit_key(edit, KEYS[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(KEYS))],
                     g_rand_int_range(random, 0, 12));
            const char *text = edit_text(edit);
            assert_true(g_utf8_validate(text, -1, NULL));
            g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
            assert_string_equal(text, composed);
            gsize caret = edit_caret(edit);
            assert_true(caret <= strlen(text));
            assert_true(caret == 0 || text_next(text, text_previous(text, caret)) == caret);
        }
        press(edit, K_CTRL('Z'), 400);
        assert_string_equal(edit_text(edit), "");
    }
    g_rand_free(random);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_is_undone_by_words),
        cmocka_unit_test(a_paste_is_one_step),
        cmocka_unit_test(a_run_of_backspace_is_one_step),
        cmocka_unit_test(marks_join_the_letter_before),
        cmocka_unit_test(words_and_lines),
        cmocka_unit_test(no_word_begins_within_a_letter),
        cmocka_unit_test(up_and_down_keep_the_column),
        cmocka_unit_test(what_is_marked_is_replaced),
        cmocka_unit_test(marking_stays_in_the_text),
        cmocka_unit_test(random_editing_follows_the_model),
        cmocka_unit_test(random_keys_do_no_harm),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
