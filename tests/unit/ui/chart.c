/* chart.c: bars and a line, drawn into a grid of characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>

#include "tests/unit/ui/fake_screen.h"
#include "ui/widgets/chart.h"

static void bars_are_scaled_to_the_largest(void **unused)
{
    (void)unused;
    const Bar bars[] = {
        {"Mår dåligt", 96, "96  28 %", STYLE_BAR_1},
        {"Glömde", 48, "48  14 %", STYLE_BAR_1},
        {"Annat", 1, "1   0 %", STYLE_BAR_1},
        {"Okänd", 0, "0   0 %", STYLE_BAR_1},
    };
    Area area = fake_start(4, 40);
    chart_bars(area, bars, 4, 1, 10);
    assert_string_equal(fake_row(0), "Mår dåligt ████████████████████ 96  28 %");
    assert_string_equal(fake_row(1), "Glömde     ██████████           48  14 %");
    assert_string_equal(fake_row(2), "Annat      ▎                     1   0 %");
    assert_string_equal(fake_row(3), "Okänd                            0   0 %");
    assert_int_equal(fake.caret_row, 1);
    assert_int_equal(fake.styles[1][0], STYLE_SELECTED);
    assert_int_equal(fake.overdrawn, 0);
}

static void the_selected_bar_is_seen(void **unused)
{
    (void)unused;
    Bar bars[20];
    char labels[20][8];
    for (int i = 0; i < 20; i++) {
        g_snprintf(labels[i], sizeof labels[i], "orsak%d", i);
        bars[i] = (Bar){labels[i], 20 - i, "", STYLE_BAR_1};
    }
    Area area = fake_start(5, 40);
    chart_bars(area, bars, 20, 12, 8);
    assert_true(g_str_has_prefix(fake_row(4), "orsak12"));
    assert_int_equal(fake.caret_row, 4);
}

static void odd_bars_do_no_harm(void **unused)
{
    (void)unused;
    const Bar bars[] = {{"a", NAN, "", STYLE_BAR_1},
                        {"b", -3, NULL, STYLE_BAR_2},
                        {"c", INFINITY, "x", STYLE_BAR_1},
                        {NULL, 1e300, "y", STYLE_BAR_1}};
    for (int count = 0; count <= 4; count++)
        for (int rows = 0; rows < 6; rows++)
            for (int columns = 0; columns < 30; columns++)
                chart_bars(fake_start(rows, columns), bars, count, -1, 5);
    chart_bars(fake_start(3, 40), NULL, 0, -1, 5);
}

/* A chart of `count` points by `value_of`, the last one marked. */
static Area draw_line(int rows, int columns, int count, double (*value_of)(int), double median)
{
    static char labels[200][8];
    static LinePoint points[200];
    for (int i = 0; i < count; i++) {
        g_snprintf(labels[i], sizeof labels[i], "v%d", i % 52 + 1);
        points[i] = (LinePoint){value_of(i), labels[i], i == count - 1};
    }
    Area area = fake_start(rows, columns);
    chart_line(area, points, count, median, "median 30 %", "%.0f %%");
    return area;
}

static double zigzag(int i)
{
    return i % 2 == 0 ? 10 : 50;
}

static double level(int i)
{
    (void)i;
    return 30;
}

static double nought(int i)
{
    (void)i;
    return 0;
}

static double none(int i)
{
    (void)i;
    return NAN;
}

static double sometimes(int i)
{
    return i % 3 == 0 ? NAN : i * 1.5;
}

static int count_of(const char *text, int rows)
{
    int count = 0;
    for (int row = 0; row < rows; row++)
        for (const char *at = fake_row(row); (at = strstr(at, text)) != NULL; at += strlen(text))
            count++;
    return count;
}

static void a_small_line_is_as_drawn_by_hand(void **unused)
{
    (void)unused;
    static const char *const ROWS[] = {
        "60 % ┤",
        "     │     ○          ○",
        "40 % ┤    · ··       · ·",
        "     │┄┄··┄┄┄┄·┄┄┄┄··┄┄┄··┄┄ median 30 %",
        "20 % ┤ ·       ·· ·       ·",
        "     │○          ○         ●",
        " 0 % ┤",
        "     └┴────┴─────┴────┴────┴",
        "      v1  v2    v3   v4   v5",
    };
    draw_line(9, 40, 5, zigzag, 30);
    for (int row = 0; row < (int)G_N_ELEMENTS(ROWS); row++)
        assert_string_equal(fake_row(row), ROWS[row]);
}

static void every_number_of_points_will_do(void **unused)
{
    (void)unused;
    static double (*const SHAPES[])(int) = {zigzag, level, nought, none, sometimes};
    static const int COUNTS[] = {0, 1, 2, 12, 26, 52, 104};
    static const int WIDTHS[] = {60, 80, 120};
    for (gsize s = 0; s < G_N_ELEMENTS(SHAPES); s++) {
        for (gsize c = 0; c < G_N_ELEMENTS(COUNTS); c++) {
            for (gsize w = 0; w < G_N_ELEMENTS(WIDTHS); w++) {
                draw_line(14, WIDTHS[w], COUNTS[c], SHAPES[s], 30);
                int expected = 0, room = WIDTHS[w] - 18;
                for (int i = MAX(COUNTS[c] - room, 0); i < COUNTS[c]; i++)
                    expected += isfinite(SHAPES[s](i));
                if (COUNTS[c] <= 40)
                    assert_int_equal(count_of("○", 14) + count_of("●", 14), expected);
                assert_non_null(strstr(fake_row(11), " 0 % ┤"));
                assert_non_null(strstr(fake_row(12), "└"));
                /* Labels never run together. */
                assert_null(g_strstr_len(fake_row(13), -1, "vv"));
                for (const char *at = fake_row(13); (at = strchr(at, 'v')) != NULL; at++)
                    assert_true(at == fake_row(13) || at[-1] == ' ');
            }
        }
    }
}

static void the_scale_is_round_and_tells_its_steps_apart(void **unused)
{
    (void)unused;
    static const struct {
        double value;
        const char *format, *top;
    } CASES[] = {
        {0, "%.0f", "1 ┤"},          {0.2, "%.0f", "1 ┤"},        {1, "%.0f", "1 ┤"},
        {7, "%.0f", "8 ┤"},          {14.2, "%.0f %%", "15 % ┤"}, {100, "%.0f %%", "100 % ┤"},
        {99999, "%.0f", "100000 ┤"}, {0.07, "%.2f", "0.08 ┤"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const LinePoint point = {CASES[i].value, "v1", TRUE};
        chart_line(fake_start(12, 60), &point, 1, NAN, "median", CASES[i].format);
        assert_true(g_str_has_prefix(fake_row(0), CASES[i].top));
        assert_int_equal(count_of("●", 12), 1);
        assert_int_equal(count_of("┄", 12), 0);
        for (int row = 0; row < 9; row++) {
            g_autofree char *this = g_strdup(fake_row(row));
            if (strstr(this, "┤") == NULL)
                continue;
            for (int other = row + 1; other < 10; other++)
                if (strstr(fake_row(other), "┤") != NULL)
                    assert_int_not_equal(strncmp(this, fake_row(other), strcspn(this, "┤")), 0);
        }
    }
}

static void a_window_of_any_size_will_do(void **unused)
{
    (void)unused;
    for (int rows = 0; rows < 20; rows++)
        for (int columns = 0; columns < 60; columns++) {
            draw_line(rows, columns, 26, sometimes, 12);
            assert_int_equal(fake.outside, 0);
        }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_scaled_to_the_largest),
        cmocka_unit_test(the_selected_bar_is_seen),
        cmocka_unit_test(odd_bars_do_no_harm),
        cmocka_unit_test(a_small_line_is_as_drawn_by_hand),
        cmocka_unit_test(every_number_of_points_will_do),
        cmocka_unit_test(the_scale_is_round_and_tells_its_steps_apart),
        cmocka_unit_test(a_window_of_any_size_will_do),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
