/* layout.c, loop.c, theme.c: areas, when the program wakes up, how styles look. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/draw.h"
#include "ui/loop.h"
#include "ui/theme.h"

static void assert_area(Area area, int top, int left, int rows, int columns)
{
    assert_int_equal(area.top, top);
    assert_int_equal(area.left, left);
    assert_int_equal(area.rows, rows);
    assert_int_equal(area.columns, columns);
}

static void parts_lie_inside(void **unused)
{
    (void)unused;
    const Area whole = {2, 3, 10, 20};
    assert_area(area_rows(whole, 0, 1), 2, 3, 1, 20);
    assert_area(area_rows(whole, 4, -1), 6, 3, 6, 20);
    assert_area(area_rows(whole, 8, 9), 10, 3, 2, 20);
    assert_area(area_rows(whole, 12, 1), 12, 3, 0, 20);
    assert_area(area_rows(whole, -1, 2), 2, 3, 2, 20);
    assert_area(area_columns(whole, 5, 5), 2, 8, 10, 5);
    assert_area(area_columns(whole, 20, -1), 2, 23, 10, 0);
    assert_area(area_inset(whole, 1, 2), 3, 5, 8, 16);
    assert_area(area_inset(whole, 6, 11), 8, 14, 0, 0);
    assert_area(area_centre(whole, 4, 10), 5, 8, 4, 10);
    assert_area(area_centre(whole, 40, 10), 2, 8, 10, 10);
    assert_area(area_rows((Area){0, 0, -2, 5}, 0, 1), 0, 0, 0, 5);
}

static void nothing_grows_past_its_whole(void **unused)
{
    (void)unused;
    for (int size = 0; size < 6; size++) {
        const Area whole = {0, 0, size, size};
        for (int first = -1; first < 8; first++) {
            for (int count = -1; count < 8; count++) {
                Area part = area_columns(area_rows(whole, first, count), first, count);
                assert_true(part.rows >= 0 && part.columns >= 0);
                assert_true(part.top + part.rows <= size && part.left + part.columns <= size);
                Area inner = area_inset(whole, MAX(first, 0), MAX(count, 0));
                assert_true(inner.rows >= 0 && inner.top + inner.rows <= size);
            }
        }
    }
}

/* Each minute where a screen shows what others may change, and only there. */
static void what_others_change_is_looked_at_each_minute(void **unused)
{
    (void)unused;
    LoopState state = {.unlocked = TRUE, .watches = TRUE};
    assert_int_equal(loop_wait_ms(&state, 1000), LOOP_WATCH_MS - 1000);
    assert_false(loop_watch_due(&state, LOOP_WATCH_MS - 1));
    assert_true(loop_watch_due(&state, LOOP_WATCH_MS));
    loop_watched(&state, LOOP_WATCH_MS);
    assert_false(loop_watch_due(&state, LOOP_WATCH_MS + 1));
    state.watches = FALSE;
    assert_int_equal(loop_wait_ms(&state, 1000), -1);
    state = (LoopState){.watches = TRUE};
    assert_false(loop_watch_due(&state, 9000000)); /* locked */
}

/* The last key came at 0. */
static void the_program_wakes_only_for_a_reason(void **unused)
{
    (void)unused;
    static const struct {
        LoopState state;
        gint64 now;
        int wait;
        gboolean save, lock;
    } CASES[] = {
        {{0, FALSE, 0, FALSE, 10, 0, 0, FALSE, FALSE, 0}, 0, -1, FALSE, FALSE},
        {{0, TRUE, 0, FALSE, 10, 0, 0, FALSE, FALSE, 0},
         9000000,
         -1,
         FALSE,
         FALSE}, /* locked: nothing to save */
        {{0, FALSE, 0, TRUE, 0, 0, 0, FALSE, FALSE, 0}, 9000000, -1, FALSE, FALSE},
        {{0, TRUE, 0, TRUE, 0, 0, 0, FALSE, FALSE, 0}, 150, 50, FALSE, FALSE},
        {{400, TRUE, 0, TRUE, 0, 0, 0, FALSE, FALSE, 0},
         500,
         100,
         FALSE,
         FALSE}, /* the last key counts */
        {{900, TRUE, 0, TRUE, 0, 0, 0, FALSE, FALSE, 0},
         950,
         50,
         FALSE,
         FALSE}, /* ... until the first is old */
        {{900, TRUE, 0, TRUE, 10, 0, 0, FALSE, FALSE, 0}, 1000, 0, TRUE, FALSE},
        {{0, TRUE, 0, TRUE, 10, 0, 0, FALSE, FALSE, 0}, 200, 0, TRUE, FALSE},
        {{0, TRUE, 0, TRUE, 0, 100, 0, FALSE, FALSE, 0}, 300, 100, FALSE, FALSE}, /* a slow disk */
        {{0, TRUE, 0, TRUE, 0, 0, 700, FALSE, FALSE, 0},
         900,
         LOOP_RETRY_MS - 200,
         FALSE,
         FALSE}, /* in vain */
        {{0, FALSE, 0, TRUE, 10, 0, 0, FALSE, FALSE, 0}, 2000, 598000, FALSE, FALSE},
        {{0, FALSE, 0, TRUE, 10, 0, 0, FALSE, FALSE, 0}, 600000, 0, FALSE, TRUE},
        {{0, TRUE, 0, TRUE, 1, 0, 0, FALSE, FALSE, 0},
         3600000,
         0,
         TRUE,
         TRUE}, /* after a night with the lid closed */
        {{0, FALSE, 0, TRUE, 1440, 0, 0, FALSE, FALSE, 0}, 0, 86400000, FALSE, FALSE},
        /* Nothing was done ahead since the last key: only while unlocked. */
        {{100, FALSE, 0, TRUE, 0, 0, 0, TRUE, FALSE, 0}, 200, LOOP_REST_MS - 100, FALSE, FALSE},
        {{100, FALSE, 0, TRUE, 0, 0, 0, TRUE, FALSE, 0}, 100 + LOOP_REST_MS, 0, FALSE, FALSE},
        {{100, FALSE, 0, FALSE, 0, 0, 0, TRUE, FALSE, 0}, 9000, -1, FALSE, FALSE},
        {{0, TRUE, 0, TRUE, 10, 0, 0, TRUE, FALSE, 0},
         150,
         50,
         FALSE,
         FALSE}, /* saving goes first */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        assert_int_equal(loop_wait_ms(&CASES[i].state, CASES[i].now), CASES[i].wait);
        assert_int_equal(loop_save_due(&CASES[i].state, CASES[i].now), CASES[i].save);
        assert_int_equal(loop_lock_due(&CASES[i].state, CASES[i].now), CASES[i].lock);
        /* No case is due for nothing. */
        assert_int_equal(loop_rest_due(&CASES[i].state, CASES[i].now),
                         CASES[i].wait == 0 && !CASES[i].save && !CASES[i].lock);
    }
}

static void monochrome_has_no_colour(void **unused)
{
    (void)unused;
    for (int style = 0; style < STYLE_COUNT; style++) {
        const StyleLook *look = theme_look(THEME_MONOCHROME, (Style)style);
        assert_int_equal(look->foreground, -1);
    }
    /* What a person must tell apart without colour. */
    static const Style APART[] = {STYLE_NORMAL, STYLE_SELECTED, STYLE_CHOSEN, STYLE_FIELD,
                                  STYLE_FAULT};
    for (gsize i = 0; i < G_N_ELEMENTS(APART); i++) {
        for (gsize k = i + 1; k < G_N_ELEMENTS(APART); k++) {
            const StyleLook *a = theme_look(THEME_MONOCHROME, APART[i]);
            const StyleLook *b = theme_look(THEME_MONOCHROME, APART[k]);
            assert_true(a->bold != b->bold || a->underline != b->underline ||
                        a->reverse != b->reverse);
        }
    }
    assert_true(theme_look(THEME_COLOUR, STYLE_SELECTED)->reverse);
}

/* --- D17: contrast, from the themes' own colours --- */

/* Relative luminance (WCAG 2.2) of a colour that xterm numbers from 16 on. */
static double luminance(int colour)
{
    static const int LEVELS[] = {0, 95, 135, 175, 215, 255};
    static const double WEIGHTS[] = {0.2126, 0.7152, 0.0722};
    int rgb[3];
    assert_in_range(colour, 16, 255);
    for (int i = 0, part = 36; i < 3; i++, part /= 6)
        rgb[i] = colour < 232 ? LEVELS[(colour - 16) / part % 6] : 8 + 10 * (colour - 232);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double share = rgb[i] / 255.0;
        sum += WEIGHTS[i] * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(int a, int b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

static void test_d17_every_theme_is_legible(void **unused)
{
    (void)unused;
    enum { BLACK = 16, WHITE = 231 };
    assert_true(contrast(BLACK, WHITE) > 20.9 && contrast(BLACK, WHITE) < 21.1);
    assert_true(contrast(37, WHITE) < 4.5); /* a cyan that is not */
    for (ThemeName theme = 0; theme < THEME_COUNT; theme++) {
        double least = theme == THEME_HIGH_CONTRAST ? 7 : 4.5;
        int ground = theme_ground(theme);
        for (int style = 0; style < STYLE_COUNT; style++) {
            const StyleLook *look = theme_look(theme, (Style)style);
            if (look->foreground < 0) {
                assert_int_equal(ground, -1);
                continue;
            }
            double enough = style == STYLE_BAR_1 || style == STYLE_BAR_2 ? 3 : least;
            double on_dark = contrast(look->foreground, ground < 0 ? BLACK : ground);
            double on_light = contrast(look->foreground, ground < 0 ? WHITE : ground);
            if (on_dark < enough || on_light < enough)
                fail_msg("theme %d, style %d: %.2f and %.2f, not %.1f", theme, style, on_dark,
                         on_light, enough);
        }
    }
}

/* D17: each name that the settings take is a theme of its own. */
static void test_d17_every_name_is_a_theme(void **unused)
{
    (void)unused;
    g_unsetenv("NO_COLOR");
    const char *const *names = theme_names();
    for (ThemeName theme = 0; theme < THEME_COUNT; theme++)
        assert_int_equal(theme_choose(names[theme]), theme);
    assert_null(names[THEME_COUNT]);
}

static void no_color_goes_first(void **unused)
{
    (void)unused;
    g_setenv("NO_COLOR", "1", TRUE);
    assert_int_equal(theme_choose("colour"), THEME_MONOCHROME);
    g_setenv("NO_COLOR", "", TRUE);
    assert_int_equal(theme_choose("colour"), THEME_COLOUR);
    g_unsetenv("NO_COLOR");
    assert_int_equal(theme_choose(NULL), THEME_COLOUR);
    assert_int_equal(theme_choose("monochrome"), THEME_MONOCHROME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_lie_inside),
        cmocka_unit_test(nothing_grows_past_its_whole),
        cmocka_unit_test(the_program_wakes_only_for_a_reason),
        cmocka_unit_test(what_others_change_is_looked_at_each_minute),
        cmocka_unit_test(monochrome_has_no_colour),
        cmocka_unit_test(test_d17_every_theme_is_legible),
        cmocka_unit_test(test_d17_every_name_is_a_theme),
        cmocka_unit_test(no_color_goes_first),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
