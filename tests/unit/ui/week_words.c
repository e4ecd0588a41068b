/* week_words.c: the week's review in sentences. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "ui/week/week_words.h"

static int english(void **state)
{
    (void)state;
    return i18n_init("en") ? 0 : -1;
}

static void assert_text(char *text, const char *expected)
{
    assert_string_equal(text, expected);
    g_free(text);
}

static void counts_are_said(void **state)
{
    (void)state;
    ReviewWeek week = {
        .planned = 9, .missed = 2, .visits = {[OUTCOME_DONE] = 5, [OUTCOME_DONE_OTHERWISE] = 1}};
    assert_text(week_words_counts(&week),
                "9 visits were planned, 6 took place and 2 were not taken.");
    week.unknown = 1;
    assert_text(week_words_counts(&week), "9 visits were planned, 6 took place and 2 were not "
                                          "taken. 1 has no outcome yet.");
    ReviewWeek one = {.planned = 1, .missed = 1};
    assert_text(week_words_counts(&one), "1 visit was planned, 0 took place and 1 was not taken.");
}

static void rate_is_compared(void **state)
{
    (void)state;
    static const struct {
        double rate, before, median;
        int weeks;
        const char *text;
    } CASES[] = {
        {0.142, 0.121, 0.13, 26,
         "Share not taken: 14.2 %. That is more than the week before (12.1 %). It is above the "
         "median of 26 weeks (13.0 %)."},
        {0.10, 0.121, 0.13, 12,
         "Share not taken: 10.0 %. That is less than the week before (12.1 %). It is below the "
         "median of 12 weeks (13.0 %)."},
        /* what is shown alike is called alike */
        {0.1301, 0.1304, 0.1299, 26,
         "Share not taken: 13.0 %. That is the same as the week before (13.0 %). It is on the "
         "median of 26 weeks (13.0 %)."},
        {0.2, NAN, 0.2, 1, "Share not taken: 20.0 %."},
        {0, 0.5, NAN, 0, "Share not taken: 0.0 %. That is less than the week before (50.0 %)."},
        {NAN, 0.1, 0.1, 26, "The unit itself called off every visit, so there is no share."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_text(
            week_words_rate(CASES[i].rate, CASES[i].before, CASES[i].median, CASES[i].weeks),
            CASES[i].text);
}

static void causes_say_what_they_are_of(void **state)
{
    (void)state;
    static const struct {
        gint64 missed, count;
        int columns;
        const char *text;
    } CASES[] = {
        {67, 79, 100,
         "Causes, 79 visits: 67 not taken, 12 called off by the unit, done otherwise or rebooked"},
        {67, 79, 39, "Causes, 79 visits (67 not taken)"},
        {67, 79, 20, "Causes, 79 visits"},
        {67, 79, 5, "Causes, 79 visits"},
        {79, 79, 100, "Causes, 79 visits"},
        {0, 1, 39, "Causes, 1 visit (0 not taken)"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const ReviewWeek week = {.missed = CASES[i].missed};
        assert_text(week_words_causes(&week, CASES[i].count, CASES[i].columns), CASES[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_said),
        cmocka_unit_test(rate_is_compared),
        cmocka_unit_test(causes_say_what_they_are_of),
    };
    return cmocka_run_group_tests_name("ui/week_words", tests, english, NULL);
}
