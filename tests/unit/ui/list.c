/* list.c: a list that is a window, over rows that are counted while they live. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "base/error.h"
#include "tests/unit/ui/fake_screen.h"
#include "ui/widgets/list.h"

/* A row is a number; rows below `size` exist, without those in [gap, gap_end). */
typedef struct {
    int size, gap, gap_end;
    int fetches;
    gboolean broken;
} Source;
static int rows_alive;

static void free_row(gpointer row)
{
    rows_alive--;
    g_free(row);
}

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    Source *source = data;
    source->fetches++;
    if (source->broken) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_IO, "broken");
        return NULL;
    }
    GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
    int next = after != NULL ? *(const int *)after + 1 : 0;
    for (; next < source->size && (int)rows->len < limit; next++) {
        if (next >= source->gap && next < source->gap_end)
            continue;
        g_ptr_array_add(rows, g_memdup2(&next, sizeof next));
        rows_alive++;
    }
    return rows;
}

static void draw(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    draw_format(line, 0, 0, selected ? STYLE_SELECTED : STYLE_NORMAL, "rad %d", *(const int *)row);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return *(const int *)a == *(const int *)b;
}

static const ListClass CLASS = {.fetch = fetch, .draw = draw, .same = same};

static int eight(void *data, int columns)
{
    (void)data;
    return MIN(columns, 8);
}

static const ListClass PARTLY = {.fetch = fetch, .draw = draw, .same = same, .highlit = eight};

static void press(List *list, Key key)
{
    g_autoptr(GError) error = NULL;
    assert_true(list_event(list, &(Event){.type = EVENT_KEY, .key = key}, &error));
    assert_null(error);
}

static int selected(const List *list)
{
    const int *row = list_selected(list);
    return row != NULL ? *row : -1;
}

static void an_empty_list_says_so(void **unused)
{
    (void)unused;
    Source source = {0};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    assert_true(list_is_empty(list));
    press(list, K_DOWN);
    press(list, K_END);
    press(list, K_HOME);
    assert_null(list_selected(list));
    Area area = fake_start(5, 30);
    list_draw(list, area, TRUE, "Här finns inget.");
    assert_string_equal(fake_row(0), "  Här finns inget.");
    assert_int_equal(fake.caret_row, 0);
    list_free(list);
}

static void keys_move_the_cursor(void **unused)
{
    (void)unused;
    Source source = {.size = 450};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    Area area = fake_start(11, 30);
    list_draw(list, area, TRUE, "");
    assert_int_equal(source.fetches, 1);
    press(list, K_UP);
    assert_int_equal(selected(list), 0);
    press(list, K_DOWN);
    press(list, K_PAGE_DOWN);
    assert_int_equal(selected(list), 11);
    press(list, K_PAGE_UP);
    assert_int_equal(selected(list), 1);
    press(list, K_END);
    assert_int_equal(selected(list), 449);
    assert_int_equal(list_loaded(list), 450);
    press(list, K_DOWN);
    assert_int_equal(selected(list), 449);
    area = fake_start(11, 30);
    list_draw(list, area, TRUE, "");
    assert_string_equal(fake_row(0), "  rad 439");
    assert_string_equal(fake_row(10), "> rad 449");
    assert_int_equal(fake.styles[10][3], STYLE_SELECTED);
    assert_int_equal(fake.caret_row, 10);
    assert_int_equal(fake.caret_column, 0);
    press(list, K_HOME);
    assert_int_equal(selected(list), 0);
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

/* What is not highlit need not be written anew at each step of the cursor. */
static void a_row_may_be_highlit_in_part(void **unused)
{
    (void)unused;
    Source source = {.size = 3};
    const ListClass *classes[] = {&CLASS, &PARTLY};
    const Style after[] = {STYLE_SELECTED, STYLE_NORMAL};
    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++) {
        List *list = list_new(classes[i], &source);
        assert_true(list_restart(list, NULL));
        list_draw(list, fake_start(3, 30), TRUE, "");
        assert_int_equal(fake.styles[0][0], STYLE_SELECTED);
        assert_int_equal(fake.styles[0][9], STYLE_SELECTED);
        assert_int_equal(fake.styles[0][10], after[i]);
        list_free(list);
    }
}

static void what_lies_ahead_is_there_before_its_key(void **unused)
{
    (void)unused;
    Source source = {.size = 1000};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    list_draw(list, fake_start(20, 30), TRUE, "");
    for (int i = 0; i < 400; i++) {
        list_look_ahead(list);
        int fetches = source.fetches;
        press(list, i % 40 == 39 ? K_PAGE_DOWN : K_DOWN);
        list_draw(list, fake_start(20, 30), TRUE, "");
        assert_int_equal(source.fetches, fetches);
    }
    /* No more than is near: the rest of the list is not read. */
    assert_true(list_loaded(list) < selected(list) + 150);
    source.broken = TRUE;
    press(list, K_DOWN);
    list_look_ahead(list);
    int before = selected(list);
    press(list, K_UP);
    assert_int_equal(selected(list), before - 1);
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

static void a_long_list_takes_little_memory(void **unused)
{
    (void)unused;
    Source source = {.size = 100000};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    press(list, K_END);
    assert_int_equal(selected(list), 99999);
    assert_true(rows_alive < 3000);
    press(list, K_HOME);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(selected(list), i);
        press(list, K_DOWN);
    }
    assert_true(rows_alive < 3000);
    for (int i = 5000; i > 0; i--)
        press(list, K_UP);
    assert_int_equal(selected(list), 0);
    int row = 77777;
    assert_true(list_select(list, &row, NULL));
    assert_int_equal(list_position(list), 77777);
    row = 100001;
    assert_false(list_select(list, &row, NULL));
    assert_int_equal(selected(list), 77777);
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

static void reloading_keeps_the_row(void **unused)
{
    (void)unused;
    Source source = {.size = 1000};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    int row = 500;
    assert_true(list_select(list, &row, NULL));
    source.gap = 100; /* others have taken some away above */
    source.gap_end = 150;
    assert_true(list_reload(list, NULL));
    assert_int_equal(selected(list), 500);
    assert_int_equal(list_position(list), 450);
    source.gap_end = 501; /* now the row itself: the same place */
    assert_true(list_reload(list, NULL));
    assert_int_equal(list_position(list), 450);
    source.size = 50;
    assert_true(list_reload(list, NULL));
    assert_int_equal(selected(list), 49);
    source.size = 0;
    assert_true(list_reload(list, NULL));
    assert_true(list_is_empty(list));
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

static void a_failure_leaves_the_old_rows(void **unused)
{
    (void)unused;
    Source source = {.size = 1000};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    press(list, K_PAGE_DOWN);
    int before = selected(list);
    source.broken = TRUE;
    g_autoptr(GError) error = NULL;
    assert_false(list_reload(list, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
    g_clear_error(&error);
    assert_false(list_restart(list, &error));
    g_clear_error(&error);
    assert_int_equal(selected(list), before);
    assert_true(list_event(list, &(Event){.type = EVENT_KEY, .key = K_END}, &error));
    assert_non_null(error);
    assert_int_equal(selected(list), before);
    source.broken = FALSE;
    press(list, K_END);
    assert_int_equal(selected(list), 999);
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

static void rows_gone_from_a_page_let_go(void **unused)
{
    (void)unused;
    Source source = {.size = 5000};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    press(list, K_END);
    source.gap = 100;
    source.gap_end = 300;
    press(list, K_HOME);
    for (int i = 0; i < 400; i++)
        press(list, K_DOWN);
    assert_int_equal(selected(list), 600);
    press(list, K_END);
    assert_int_equal(selected(list), 4999);
    list_free(list);
    assert_int_equal(rows_alive, 0);
}

static void a_click_selects(void **unused)
{
    (void)unused;
    Source source = {.size = 5};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    Area area = area_rows(fake_start(12, 30), 2, 8);
    list_draw(list, area, TRUE, "");
    assert_true(list_event(list, &(Event){.type = EVENT_CLICK, .row = 5, .column = 3}, NULL));
    assert_int_equal(selected(list), 3);
    assert_false(list_event(list, &(Event){.type = EVENT_CLICK, .row = 9, .column = 3}, NULL));
    assert_false(list_event(list, &(Event){.type = EVENT_CLICK, .row = 1, .column = 3}, NULL));
    list_free(list);
}

static void any_size_will_do(void **unused)
{
    (void)unused;
    Source source = {.size = 300};
    List *list = list_new(&CLASS, &source);
    assert_true(list_restart(list, NULL));
    for (int rows = 0; rows < 12; rows++) {
        for (int columns = 0; columns < 12; columns++) {
            list_draw(list, fake_start(rows, columns), TRUE, "inget");
            press(list, rows % 2 == 0 ? K_PAGE_DOWN : K_UP);
            list_draw(list, fake_start(rows, columns), TRUE, "inget");
            if (rows > 0 && columns > 0)
                assert_true(fake.caret_row >= 0 && fake.caret_row < rows);
            assert_int_equal(fake.outside, 0);
        }
    }
    list_free(list);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_list_says_so),
        cmocka_unit_test(keys_move_the_cursor),
        cmocka_unit_test(a_row_may_be_highlit_in_part),
        cmocka_unit_test(what_lies_ahead_is_there_before_its_key),
        cmocka_unit_test(a_long_list_takes_little_memory),
        cmocka_unit_test(reloading_keeps_the_row),
        cmocka_unit_test(a_failure_leaves_the_old_rows),
        cmocka_unit_test(rows_gone_from_a_page_let_go),
        cmocka_unit_test(a_click_selects),
        cmocka_unit_test(any_size_will_do),
    };
    return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
