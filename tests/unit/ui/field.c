/* field.c, form.c: fields as they are drawn, passphrases, and a page of fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "tests/unit/ui/fake_screen.h"
#include "ui/widgets/page.h"

static gboolean press(Field *field, Key key, int columns)
{
    return field_event(field, &(Event){.type = EVENT_KEY, .key = key}, columns);
}

static void type_all(Field *field, const char *text, int columns)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        assert_true(press(field, g_utf8_get_char(at), columns));
}

static void a_long_line_scrolls_with_the_caret(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "", FALSE);
    for (int i = 0; i < 60; i++) {
        char digit[2] = {(char)('0' + i % 10), '\0'};
        type_all(&field, digit, 20);
        field_draw(&field, fake_start(1, 20), TRUE);
        assert_int_equal(fake.outside, 0);
        assert_string_equal(fake.cells[0][fake.caret_column - 1], digit);
    }
    assert_string_equal(fake.cells[0][0], "…"); /* it begins further to the left */
    press(&field, K_HOME, 20);
    field_draw(&field, fake_start(1, 20), TRUE);
    assert_int_equal(fake.caret_column, 0);
    assert_string_equal(fake_row(0), "0123456789012345678…");
    field_clear(&field);
}

static void wide_characters_never_lie_across_the_edge(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "日本語日本語日本語a日本語", FALSE);
    for (int columns = 1; columns < 14; columns++) {
        press(&field, K_END, columns);
        for (int i = 0; i < 16; i++) {
            field_draw(&field, fake_start(1, columns), TRUE);
            assert_int_equal(fake.outside, 0);
            press(&field, K_LEFT, columns);
        }
    }
    field_clear(&field);
}

static void many_lines_wrap_and_scroll(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "ett två tre fyra fem sex sju\nåtta", TRUE);
    field_draw(&field, fake_start(3, 13), TRUE);
    assert_string_equal(fake_row(0), "fyra fem sex↑");
    assert_string_equal(fake_row(1), "sju");
    assert_string_equal(fake_row(2), "åtta");
    assert_int_equal(fake.caret_row, 2);
    assert_int_equal(fake.caret_column, 4);
    while (press(&field, K_UP, 13))
        continue;
    field_draw(&field, fake_start(3, 13), TRUE);
    assert_string_equal(fake_row(0), "ett två tre");
    assert_string_equal(fake_row(2), "sju         ↓");
    assert_int_equal(fake.caret_row, 0);
    assert_true(press(&field, K_ENTER, 13));
    assert_false(press(&field, K_TAB, 13));
    assert_false(press(&field, K_ESCAPE, 13));
    field_clear(&field);
}

/* A text of one line that may lie on several rows, where there are more than one. */
static void a_line_wraps_where_it_may(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "ett två tre fyra", FALSE);
    field.wraps = TRUE;
    assert_int_equal(field_rows(&field, 10, 5), 2);
    assert_int_equal(field_rows(&field, 10, 1), 1);
    assert_int_equal(field_rows(&field, 20, 5), 1);
    field_draw(&field, fake_start(2, 10), TRUE);
    assert_string_equal(fake_row(0), "ett två");
    assert_string_equal(fake_row(1), "tre fyra");
    assert_int_equal(fake.caret_row, 1);
    assert_false(press(&field, K_ENTER, 10));
    assert_false(press(&field, K_UP, 10));
    field_draw(&field, fake_start(1, 10), TRUE);
    assert_string_equal(fake.cells[0][0], "…");
    field_clear(&field);
}

static gboolean press_shift(Field *field, Key key, int columns)
{
    return field_event(field, &(Event){.type = EVENT_KEY, .key = key, .shift = TRUE}, columns);
}

static void pages_go_by_what_is_seen(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "a\nb\nc\nd\ne\nf\ng", TRUE);
    field_draw(&field, fake_start(3, 10), TRUE);
    assert_string_equal(fake_row(2), "g");
    assert_true(press(&field, K_PAGE_UP, 10));
    assert_true(press(&field, K_PAGE_UP, 10));
    field_draw(&field, fake_start(3, 10), TRUE);
    assert_string_equal(fake_row(0), "c        ↑");
    assert_string_equal(fake_row(2), "e        ↓");
    assert_int_equal(fake.caret_row, 0);
    assert_true(press(&field, K_PAGE_UP, 10));
    assert_false(press(&field, K_PAGE_UP, 10));
    assert_true(press(&field, K_BOTTOM, 10));
    assert_false(press(&field, K_PAGE_DOWN, 10));
    assert_true(press(&field, K_CTRL('U'), 10));
    for (int i = 0; i < 5; i++)
        assert_true(press(&field, K_BACKSPACE, 10));
    field_draw(&field, fake_start(3, 10), TRUE); /* no room is left empty below */
    assert_string_equal(fake_row(0), "b        ↑");
    assert_string_equal(fake_row(2), "d");
    field_clear(&field);
}

static void the_caret_is_seen_at_any_width(void **unused)
{
    (void)unused;
    Field field;
    field_init(&field, "ett  två   tre    日本語 fyrafemsexsju\n\n åtta  ", TRUE);
    for (int columns = 1; columns < 24; columns++) {
        press(&field, K_TOP, columns);
        for (int i = 0; i < 50; i++) {
            field_draw(&field, fake_start(2, columns), TRUE);
            assert_int_equal(fake.outside, 0);
            press(&field, K_RIGHT, columns);
        }
    }
    field_clear(&field);
}

/* The columns of `row` that are drawn as marked, "##" for the first two. */
static const char *marked_row(int row)
{
    static char text[FAKE_COLUMNS + 1];
    for (int column = 0; column < FAKE_COLUMNS; column++)
        text[column] = fake.styles[row][column] == STYLE_SELECTED ? '#' : ' ';
    return g_strchomp(text);
}

static void what_is_marked_is_seen_and_copied(void **unused)
{
    (void)unused;
    char *clipboard = NULL;
    Field field, line;
    field_init(&field, "ett två tre\n\nåtta", TRUE);
    field_init(&line, "", FALSE);
    field_share(&field, &clipboard);
    field_share(&line, &clipboard);
    press(&field, K_TOP, 9);
    press(&field, K_RIGHT, 9);
    for (int i = 0; i < 3; i++)
        assert_true(press_shift(&field, K_DOWN, 9));
    field_draw(&field, fake_start(5, 9), TRUE);
    assert_string_equal(marked_row(0), " #######"); /* and the blank where it broke */
    assert_string_equal(marked_row(1), "####");
    assert_string_equal(marked_row(2), "#");
    assert_string_equal(marked_row(3), "#");
    assert_true(press(&field, K_CTRL('C'), 9));
    assert_string_equal(clipboard, "tt två tre\n\nå");
    field_draw(&field, fake_start(5, 9), TRUE);
    assert_string_equal(marked_row(0), "");
    assert_false(press(&field, K_CTRL('C'), 9));
    assert_true(press(&line, K_CTRL('V'), 30));
    assert_string_equal(field_text(&line), "tt två tre å");

    press(&line, K_CTRL_SPACE, 30);
    press(&line, K_WORD_LEFT, 30);
    press(&line, K_WORD_LEFT, 30);
    field_draw(&line, fake_start(1, 30), TRUE);
    assert_string_equal(marked_row(0), "       #####");
    press(&line, K_CTRL('K'), 30);
    assert_string_equal(field_text(&line), "tt två ");
    assert_string_equal(clipboard, "tre å");
    field_clear(&field);
    field_clear(&line);
    g_free(clipboard);
}

static void a_passphrase_is_never_copied(void **unused)
{
    (void)unused;
    char *clipboard = NULL;
    Field field;
    field_init_secret(&field);
    field_share(&field, &clipboard);
    type_all(&field, "hemligt", 20);
    assert_false(press_shift(&field, K_HOME, 20));
    assert_false(press(&field, K_CTRL_SPACE, 20));
    assert_false(press(&field, K_CTRL('C'), 20));
    assert_false(press(&field, K_CTRL('K'), 20));
    assert_null(clipboard);
    field_clear(&field);
}

static void a_line_leaves_the_walking_keys(void **unused)
{
    (void)unused;
    static const Key KEYS[] = {K_ENTER, K_TAB, K_BACK_TAB, K_ESCAPE, K_UP, K_DOWN, K_F(1)};
    Field line, secret;
    field_init(&line, "text", FALSE);
    field_init_secret(&secret);
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        assert_false(press(&line, KEYS[i], 20));
        assert_false(press(&secret, KEYS[i], 20));
    }
    field_clear(&line);
    field_clear(&secret);
}

static void assert_secret(Field *field, const char *expected)
{
    const Secret *secret = field_secret(field);
    if (expected == NULL) {
        assert_null(secret);
        return;
    }
    assert_int_equal(secret->length, strlen(expected));
    assert_memory_equal(secret->bytes, expected, secret->length);
}

static void a_passphrase_is_dots_and_locked_bytes(void **unused)
{
    (void)unused;
    Field field;
    field_init_secret(&field);
    assert_secret(&field, NULL);
    type_all(&field, "pa\xcc\x8a", 20); /* å as two characters */
    assert_secret(&field, "p\xc3\xa5");
    field_draw(&field, fake_start(1, 20), TRUE);
    assert_string_equal(fake_row(0), "•••");
    assert_int_equal(fake.caret_column, 3);
    assert_string_equal(field_text(&field), "");
    assert_true(press(&field, K_BACKSPACE, 20));
    assert_secret(&field, "pa");
    Event paste = {.type = EVENT_PASTE, .text = (char[]){"ö ro\nnext"}};
    assert_true(field_event(&field, &paste, 20));
    assert_secret(&field, "paö ro");
    assert_true(press(&field, K_CTRL('U'), 20));
    assert_secret(&field, NULL);
    assert_true(press(&field, K_BACKSPACE, 20));
    for (int i = 0; i < 3000; i++)
        press(&field, 'x', 20);
    field_draw(&field, fake_start(1, 20), TRUE);
    assert_int_equal(fake.outside, 0);
    assert_true(field_secret(&field)->length < 1024);
    field_clear(&field);
}

static gboolean page_press(Page *page, Key key)
{
    gboolean done;
    assert_true(page_event(page, &(Event){.type = EVENT_KEY, .key = key}, &done));
    return done;
}

static const ChoiceOption SEXES[] = {{'k', "kvinna", 1}, {'m', "man", 2}, {'a', "annat", 3}};

static void a_page_is_gone_through(void **unused)
{
    (void)unused;
    Page page;
    page_init(&page);
    int name = page_field(&page, "Namn", "Som personen vill kallas.", "", FALSE);
    int sex = page_choice(&page, "Kön", NULL, SEXES, 3, -1);
    int phone = page_field(&page, "Telefon", NULL, "070", FALSE);
    page_press(&page, 'E');
    page_press(&page, 'k');
    assert_false(page_press(&page, K_ENTER));
    assert_int_equal(page.focus, sex);
    assert_false(page_press(&page, 'm'));
    assert_int_equal(page.focus, phone);
    assert_int_equal(page_chosen(&page, sex), 1);
    assert_string_equal(page_text(&page, name), "Ek");
    assert_true(page_press(&page, K_ENTER));
    page_press(&page, K_TAB);
    assert_int_equal(page.focus, name);
    page_press(&page, K_BACK_TAB);
    assert_int_equal(page.focus, phone);
    page_press(&page, K_UP);
    assert_int_equal(page.focus, sex);
    gboolean done;
    assert_false(page_event(&page, &(Event){.type = EVENT_KEY, .key = K_ESCAPE}, &done));
    page_clear(&page);
}

/* A long line goes on below, as long as every row of the page is seen. */
static void a_page_has_room_for_a_long_line(void **unused)
{
    (void)unused;
    Page page;
    page_init(&page);
    page_field(&page, "Vad", NULL, "Beställ tid hos läkaren och följ med", FALSE);
    page_field(&page, "Dag", NULL, "", FALSE);
    page_draw(&page, fake_start(4, 30));
    assert_string_equal(fake_row(0), "Vad  Beställ tid hos läkaren");
    assert_string_equal(fake_row(1), "     och följ med");
    assert_string_equal(fake_row(2), "Dag");
    page_draw(&page, fake_start(2, 30));
    assert_true(g_str_has_prefix(fake_row(0), "Vad  …"));
    assert_string_equal(fake_row(1), "Dag");
    page_clear(&page);
}

static void a_page_shows_hints_and_faults(void **unused)
{
    (void)unused;
    Page page;
    page_init(&page);
    page_field(&page, "Namn", "Som personen vill kallas.", "Ek", FALSE);
    int phone = page_field(&page, "Telefon", "Med riktnummer.", "", FALSE);
    page_draw(&page, fake_start(6, 60));
    assert_string_equal(fake_row(0), "Namn     Ek");
    assert_string_equal(fake_row(1), "         Som personen vill kallas.");
    assert_string_equal(fake_row(2), "Telefon");
    assert_string_equal(fake_row(3), "");
    assert_int_equal(fake.caret_row, 0);
    page_fault(&page, phone, "Skriv bara siffror.");
    page_draw(&page, fake_start(6, 60));
    assert_string_equal(fake_row(3), "         Skriv bara siffror.");
    assert_int_equal(fake.styles[3][9], STYLE_FAULT);
    page_fault(&page, phone, NULL);
    page_clear(&page);
}

static void the_focus_is_always_seen(void **unused)
{
    (void)unused;
    Page page;
    page_init(&page);
    for (int i = 0; i < 12; i++)
        page_field(&page, "Rad", "En ledtråd.", "", i % 4 == 3);
    for (int rows = 0; rows < 14; rows++) {
        for (int columns = 0; columns < 50; columns += 7) {
            for (int i = 0; i < 12; i++) {
                page_draw(&page, fake_start(rows, columns));
                if (rows > 0 && columns > 10)
                    assert_true(fake.caret_row >= 0 && fake.caret_row < rows);
                assert_int_equal(fake.outside, 0);
                page_press(&page, K_TAB);
            }
        }
    }
    page_clear(&page);
}

static int start(void **unused)
{
    (void)unused;
    return !secret_init(NULL);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_line_scrolls_with_the_caret),
        cmocka_unit_test(wide_characters_never_lie_across_the_edge),
        cmocka_unit_test(many_lines_wrap_and_scroll),
        cmocka_unit_test(a_line_wraps_where_it_may),
        cmocka_unit_test(pages_go_by_what_is_seen),
        cmocka_unit_test(the_caret_is_seen_at_any_width),
        cmocka_unit_test(what_is_marked_is_seen_and_copied),
        cmocka_unit_test(a_passphrase_is_never_copied),
        cmocka_unit_test(a_line_leaves_the_walking_keys),
        cmocka_unit_test(a_passphrase_is_dots_and_locked_bytes),
        cmocka_unit_test(a_page_is_gone_through),
        cmocka_unit_test(a_page_has_room_for_a_long_line),
        cmocka_unit_test(a_page_shows_hints_and_faults),
        cmocka_unit_test(the_focus_is_always_seen),
    };
    return cmocka_run_group_tests_name("field", tests, start, NULL);
}
