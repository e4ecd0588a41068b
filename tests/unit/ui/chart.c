/* chart.c: bars, drawn into a grid of characters. */
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

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_scaled_to_the_largest),
        cmocka_unit_test(the_selected_bar_is_seen),
        cmocka_unit_test(odd_bars_do_no_harm),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
