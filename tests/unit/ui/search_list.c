/* search_list.c: a list below a field that searches in it: what goes to which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "tests/unit/ui/fake_screen.h"
#include "ui/widgets/search_list.h"

/* As many rows as there are letters to search for left: four without any. */
static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    const SearchList *search = data;
    GPtrArray *rows = g_ptr_array_new();
    int rest = 4 - (int)strlen(search_list_text(search));
    for (int i = GPOINTER_TO_INT(after) + 1; i <= rest && (int)rows->len < limit; i++)
        g_ptr_array_add(rows, GINT_TO_POINTER(i));
    return rows;
}

static void draw(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data, (void)selected;
    draw_format(line, 0, 0, STYLE_NORMAL, "row %d", GPOINTER_TO_INT(row));
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return a == b;
}

static const ListClass CLASS = {.fetch = fetch, .draw = draw, .same = same};

static void draw_all(SearchList *search)
{
    Area whole = fake_start(8, 20);
    search_list_draw(search, area_rows(whole, 2, -1), "none", area_rows(whole, 0, 1));
}

static void start(SearchList *search)
{
    *search = (SearchList){0};
    search_list_init(search, &CLASS, search);
    assert_true(list_restart(search->list, NULL));
    draw_all(search);
}

/* '-': not its own; '.': its own; '!': its own, and another text is searched for. */
static char press(SearchList *search, Key key)
{
    gboolean again;
    const Event event = {.type = EVENT_KEY, .key = key};
    gboolean taken = search_list_event(search, &event, &again, NULL);
    if (again)
        assert_true(list_restart(search->list, NULL));
    draw_all(search);
    return !taken ? '-' : again ? '!' : '.';
}

static void letters_search_and_arrows_move(void **unused)
{
    (void)unused;
    SearchList search;
    start(&search);
    assert_int_equal(fake.caret_row, 0);
    assert_int_equal(press(&search, 'a'), '!');
    assert_string_equal(search_list_text(&search), "a");
    assert_string_equal(fake_row(4), "  row 3");
    assert_string_equal(fake_row(5), "");
    assert_int_equal(press(&search, K_DOWN), '.');
    assert_int_equal(fake.caret_row, 3);
    assert_int_equal(press(&search, 'b'), '!');
    assert_int_equal(fake.caret_row, 0);
    search_list_clear(&search);
}

static void the_ends_are_those_of_where_the_caret_is(void **unused)
{
    (void)unused;
    SearchList search;
    start(&search);
    assert_int_equal(press(&search, 'a'), '!');
    assert_int_equal(press(&search, K_HOME), '.');
    assert_int_equal(fake.caret_row, 0);
    assert_int_equal(fake.caret_column, 0);
    assert_int_equal(press(&search, K_DOWN), '.');
    assert_int_equal(press(&search, K_END), '.');
    assert_int_equal(fake.caret_row, 4);
    search_list_clear(&search);
}

static void escape_empties_and_then_leaves(void **unused)
{
    (void)unused;
    SearchList search;
    start(&search);
    assert_int_equal(press(&search, 'a'), '!');
    assert_int_equal(press(&search, '?'), '-');
    assert_int_equal(press(&search, K_ESCAPE), '!');
    assert_string_equal(search_list_text(&search), "");
    assert_int_equal(press(&search, K_ESCAPE), '-');
    search_list_clear(&search);
}

static void an_empty_list_leaves_the_caret_in_the_field(void **unused)
{
    (void)unused;
    SearchList search;
    start(&search);
    for (int i = 0; i < 4; i++)
        press(&search, 'a');
    assert_string_equal(fake_row(2), "  none");
    assert_int_equal(press(&search, K_DOWN), '.');
    assert_int_equal(fake.caret_row, 0);
    search_list_clear(&search);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_search_and_arrows_move),
        cmocka_unit_test(the_ends_are_those_of_where_the_caret_is),
        cmocka_unit_test(escape_empties_and_then_leaves),
        cmocka_unit_test(an_empty_list_leaves_the_caret_in_the_field),
    };
    return cmocka_run_group_tests_name("search_list", tests, NULL, NULL);
}
