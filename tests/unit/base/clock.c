/* clock.c: the pinned clock, and moments as local time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "base/clock.h"
#include "base/error.h"

/* Central European time by its rule, so that no time-zone files are needed. */
static int setup(void **state)
{
    (void)state;
    g_setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
    tzset();
    return 0;
}

static void a_pin_stands_still(void **state)
{
    (void)state;
    g_setenv("DAGSFORM_NOW", "2026-11-09T08:30", TRUE);
    assert_true(clock_init(NULL));
    assert_true(clock_is_pinned());
    assert_int_equal(clock_today(), date_parse("2026-11-09"));
    assert_int_equal(clock_minute(), 8 * 60 + 30);
    assert_true(clock_now_ms() == G_GINT64_CONSTANT(1794209400000));

    g_setenv("DAGSFORM_NOW", "2026-07-01T23:59:59", TRUE);
    assert_int_equal(clock_today(), date_parse("2026-07-01"));
    assert_int_equal(clock_minute(), 1439);
    char time_of_day[9];
    assert_int_equal(clock_local(clock_now_ms(), time_of_day), date_parse("2026-07-01"));
    assert_string_equal(time_of_day, "23:59:59");
}

static void a_wrong_pin_is_told(void **state)
{
    (void)state;
    static const char *const WRONG[] = {
        "2026-11-09",         "2026-02-30T08:30", "2026-11-09T24:00",
        "2026-11-09T08:60",   "2026-11-09 08:30", "2026-11-09T08:30:60",
        "2026-11-09T08:30:1", "2026-11-09T8:30",  "idag",
        "2026-11-09T08:30Z",  "2026-11-09Taa:30", "2026-11-09T08-30"};
    for (guint i = 0; i < G_N_ELEMENTS(WRONG); i++) {
        g_autoptr(GError) error = NULL;
        g_setenv("DAGSFORM_NOW", WRONG[i], TRUE);
        assert_false(clock_init(&error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_non_null(strstr(error->message, WRONG[i]));
        assert_false(clock_is_pinned());
    }
}

static void without_a_pin_time_goes_on(void **state)
{
    (void)state;
    g_unsetenv("DAGSFORM_NOW");
    assert_true(clock_init(NULL));
    assert_false(clock_is_pinned());
    assert_true(clock_now_ms() > G_GINT64_CONSTANT(1700000000000));
    g_setenv("DAGSFORM_NOW", "", TRUE);
    assert_true(clock_init(NULL));
    assert_false(clock_is_pinned());
    gint64 before = clock_monotonic_ms();
    assert_true(clock_monotonic_ms() >= before);
}

static void moments_are_shown_in_local_time(void **state)
{
    (void)state;
    static const struct {
        gint64 ms;
        const char *date, *time;
    } CASES[] = {
        {0, "1970-01-01", "01:00:00"},
        {999, "1970-01-01", "01:00:00"},
        {-1, "1970-01-01", "00:59:59"},
        {-1000, "1970-01-01", "00:59:59"},
        {-1001, "1970-01-01", "00:59:58"},
        {G_GINT64_CONSTANT(1774745999000), "2026-03-29", "01:59:59"}, /* the clocks go forward */
        {G_GINT64_CONSTANT(1774746000000), "2026-03-29", "03:00:00"},
        {G_GINT64_CONSTANT(1792889999000), "2026-10-25", "02:59:59"}, /* and back */
        {G_GINT64_CONSTANT(1792890000000), "2026-10-25", "02:00:00"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char time_of_day[9];
        assert_int_equal(clock_local(CASES[i].ms, time_of_day), date_parse(CASES[i].date));
        assert_string_equal(time_of_day, CASES[i].time);
    }
}

static void moments_are_told_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *now, *text, *words;
    } CASES[] = {
        {"2026-11-20T10:42:59", "2026-11-20 10:42", "today 10:42"},
        {"2026-11-20T00:00:00", "2026-11-20 00:00", "today 00:00"},
        {"2026-11-19T23:59:59", "2026-11-19 23:59", "2026-11-19 23:59"},
        {"2026-11-21T08:05:00", "2026-11-21 08:05", "2026-11-21 08:05"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_setenv("DAGSFORM_NOW", CASES[i].now, TRUE);
        gint64 moment = clock_now_ms();
        g_setenv("DAGSFORM_NOW", "2026-11-20T12:00", TRUE);
        g_autofree char *text = clock_text(moment), *words = clock_words(moment);
        assert_string_equal(text, CASES[i].text);
        assert_string_equal(words, CASES[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pin_stands_still),
        cmocka_unit_test(a_wrong_pin_is_told),
        cmocka_unit_test(without_a_pin_time_goes_on),
        cmocka_unit_test(moments_are_shown_in_local_time),
        cmocka_unit_test(moments_are_told_in_words),
    };
    return cmocka_run_group_tests_name("base/clock", tests, setup, NULL);
}
