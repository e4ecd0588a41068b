/* line_chart.c: a line of points, drawn into a grid of characters. */
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
#include "ui/widgets/line_chart.h"

/* A chart of `count` points by `value_of`, the last one marked. */
static Area draw_line(int rows, int columns, int count, double (*value_of)(int), double median)
{
    static char labels[200][8];
    static LinePoint points[200];
    for (int i = 0; i < count; i++) {
        g_snprintf(labels[i], sizeof labels[i], "v%d", i % 52 + 1);
        points[i] = (LinePoint){
            .value = value_of(i), .label = labels[i], .marked = i == count - 1, .centre = median};
    }
    Area area = fake_start(rows, columns);
    line_chart_draw(area, &(LineChart){.points = points,
                                       .count = count,
                                       .selected = -1,
                                       .centre_label = "median 30 %",
                                       .format = "%.0f %%"});
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
                assert_non_null(strstr(fake_row(11), "0 % ┤"));
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
        const LinePoint point = {
            .value = CASES[i].value, .label = "v1", .marked = TRUE, .centre = NAN};
        line_chart_draw(fake_start(12, 60), &(LineChart){.points = &point,
                                                         .count = 1,
                                                         .selected = -1,
                                                         .centre_label = "median",
                                                         .format = CASES[i].format});
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

/* A p chart with everything: limits that step, a new part at a change, a target, a week beyond its
 * limit, a note, a selected point. */
static Area draw_all(int rows, int columns, int selected)
{
    static const char *const LABELS[] = {"v1", "v2", "v3", "v4", "v5", "v6"};
    static const double VALUES[] = {40, 50, 95, 20, NAN, 10};
    static LinePoint points[6];
    for (int i = 0; i < 6; i++)
        points[i] = (LinePoint){.value = VALUES[i],
                                .label = LABELS[i],
                                .marked = i == 5,
                                .outside = i == 2,
                                .noted = i == 1,
                                .centre = i < 3 ? 50 : 15,
                                .limited = i != 4,
                                .lower = i < 3 ? 25 : 0,
                                .upper = i < 3    ? 75
                                         : i == 3 ? 35
                                                  : 30};
    points[3].change = "Påminnelse dagen innan";
    Area area = fake_start(rows, columns);
    line_chart_draw(area, &(LineChart){.points = points,
                                       .count = 6,
                                       .selected = selected,
                                       .has_target = TRUE,
                                       .target = 12,
                                       .centre_label = "mitt 15 %",
                                       .target_label = "mål 12 %",
                                       .upper_label = "gräns 30 %",
                                       .lower_label = "gräns 0 %",
                                       .format = "%.0f %%"});
    return area;
}

static void limits_target_and_changes_are_as_drawn_by_hand(void **unused)
{
    (void)unused;
    static const char *const ROWS[] = {
        "100 % ┤                     ╎",
        "      │                ◆    ╎",
        " 80 % ┤              ·· ·   ╎",
        "      │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉··⠉⠉⠉⠉··⠉╎",
        " 60 % ┤          ··        ·╎",
        "      │┄┄┄┄┄···○·┄┄┄┄┄┄┄┄┄┄┄·",
        " 40 % ┤○····                ╎··",
        "      │                     ╎⠉⠉·⠉⠉⠉⠉        ⠤⠤⠤⠤⠤ gräns 30 %",
        " 20 % ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉╎   ○                 mål 12 %",
        "      │═════════════════════╎┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄● mitt 15 %",
        "  0 % ┤                     ╎⠤⠤⠤⠤⠤⠤⠤        ⠤⠤⠤⠤⠤ gräns 0 %",
        "      └┴───────*───────┴────────┴───────┴───────┴",
        "       v1     v2      v3       v4      v5      v6",
        "       Påminnelse dagen in… ▲",
    };
    draw_all(14, 60, 2);
    for (int row = 0; row < (int)G_N_ELEMENTS(ROWS); row++)
        assert_string_equal(fake_row(row), ROWS[row]);
    assert_int_equal(fake.caret_row, 1);
}

/* Wherever the cursor is and however few columns there are, the caret stands on its point. */
static void the_selected_point_is_always_seen(void **unused)
{
    (void)unused;
    static LinePoint points[104];
    for (int i = 0; i < 104; i++)
        points[i] = (LinePoint){.value = i % 7 == 0 ? NAN : i % 30, .label = "v1", .centre = 15};
    for (int columns = 40; columns < 140; columns += 7) {
        for (int selected = 0; selected < 104; selected++) {
            line_chart_draw(fake_start(12, columns), &(LineChart){.points = points,
                                                                  .count = 104,
                                                                  .selected = selected,
                                                                  .format = "%.0f"});
            assert_true(fake.caret_row >= 0);
            assert_int_equal(fake.outside, 0);
            const char *under = fake.cells[fake.caret_row][fake.caret_column];
            if (selected % 7 != 0)
                assert_string_equal(under, "○");
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
            draw_all(rows, columns, rows % 6);
            assert_int_equal(fake.outside, 0);
        }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_line_is_as_drawn_by_hand),
        cmocka_unit_test(limits_target_and_changes_are_as_drawn_by_hand),
        cmocka_unit_test(every_number_of_points_will_do),
        cmocka_unit_test(the_scale_is_round_and_tells_its_steps_apart),
        cmocka_unit_test(the_selected_point_is_always_seen),
        cmocka_unit_test(a_window_of_any_size_will_do),
    };
    return cmocka_run_group_tests_name("line_chart", tests, NULL, NULL);
}
