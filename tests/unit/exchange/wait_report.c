/* wait_report.c: how long people waited in a quarter, counted, in lines and as JSON. Issue 11. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/wait_report.h"

#include <math.h>

static void waits_are_counted(void **state)
{
    (void)state;
    const double days[] = {22, 15, 40, 0};
    const WaitFigure figure = wait_figure(days, G_N_ELEMENTS(days), 15, 2);
    assert_int_equal(figure.count, 4);
    assert_true(figure.median == 18.5);
    assert_true(figure.longest == 40);
    assert_int_equal(figure.within, 2);
    assert_int_equal(figure.waiting, 2);
    const WaitFigure aimless = wait_figure(days, G_N_ELEMENTS(days), 0, 0);
    assert_int_equal(aimless.within, 0);
    const WaitFigure none = wait_figure(NULL, 0, 15, 0);
    assert_true(isnan(none.median));
    assert_true(isnan(none.longest));
}

static WaitFigures figures(void)
{
    const double days[] = {22, 15};
    WaitFigures of = {.year = 2026, .quarter = 4, .whole = TRUE};
    of.from = date_parse("2026-10-01");
    of.to = date_parse("2026-12-31");
    of.of[WAIT_FIRST_VISIT] = wait_figure(days, G_N_ELEMENTS(days), 20, 1);
    of.of[WAIT_SIP_CALL] = wait_figure(NULL, 0, 0, 0);
    of.of[WAIT_PLAN] = wait_figure(days, 1, 0, 0);
    return of;
}

static void they_are_said_in_lines(void **state)
{
    (void)state;
    const WaitFigures of = figures();
    g_autofree char *text = wait_report_text(&of);
    assert_string_equal(
        text, "Days of waiting that ended from 2026-10-01 to 2026-12-31.\n"
              "From contact to the first visit: 2, median 18,5 days, longest 22 days.\n"
              "Within the aim of 20 days: 1 of 2.\n"
              "Still waiting: 1.\n"
              "From the need of a SIP to its call: none in the quarter.\n"
              "The unit has set no aim for it.\n"
              "From decision to implementation plan: 1, median 22 days, longest 22 days.\n"
              "The unit has set no aim for it.\n");
}

static void they_are_said_as_json(void **state)
{
    (void)state;
    const WaitFigures of = figures();
    g_autofree char *json = wait_report_json(&of);
    const char *const members[] = {"\"quarter\" : \"2026-Q4\"",
                                   "\"wait\" : \"first-visit\"",
                                   "\"median_days\" : 18.5",
                                   "\"within\" : 1",
                                   "\"median_days\" : null",
                                   "\"aim_days\" : null",
                                   "\"waiting\" : 1"};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        if (strstr(json, members[i]) == NULL)
            fail_msg("%s is not in %s", members[i], json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_are_counted),
        cmocka_unit_test(they_are_said_in_lines),
        cmocka_unit_test(they_are_said_as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
