/* implementation_report.c: a quarter's implementation plans in lines and as JSON. Issue 11. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/implementation_report.h"

static const ImplementationFigures FIGURES = {
    .year = 2026,
    .whole = TRUE,
    .quarter = 4,
    .days = 14,
    .due = 8,
    .in_time = 3,
    .late = 2,
    .missing = 1,
    .waiting = 2,
    .part = {[HAD_PART_YES] = 2, [HAD_PART_PARTLY] = 1, [HAD_PART_NO] = 1, [HAD_PART_UNKNOWN] = 1},
    .told = 1,
    .bare = 4,
};

static ImplementationFigures figures(void)
{
    ImplementationFigures of = FIGURES;
    of.from = date_parse("2026-10-01");
    of.to = date_parse("2026-12-31");
    return of;
}

static void it_is_said_in_lines(void **state)
{
    (void)state;
    const ImplementationFigures of = figures();
    g_autofree char *text = implementation_report_text(&of);
    assert_string_equal(text, "Implementation plans due from 2026-10-01 to 2026-12-31: 8.\n"
                              "Came in time: 3; late: 2; have not come: 1; not due yet: 2.\n"
                              "The person had part in it: yes 2, partly 1, no 1, not known 1.\n"
                              "Of how many the provider was told that the plan is late: 1.\n"
                              "Decisions of the quarter that await no plan: 4.\n"
                              "The unit gives 14 days from the order.\n");
}

static void it_is_said_as_json(void **state)
{
    (void)state;
    const ImplementationFigures of = figures();
    g_autofree char *json = implementation_report_json(&of);
    const char *const members[] = {"\"quarter\" : \"2026-Q4\"",
                                   "\"from\" : \"2026-10-01\"",
                                   "\"days\" : 14",
                                   "\"due\" : 8",
                                   "\"in_time\" : 3",
                                   "\"late\" : 2",
                                   "\"missing\" : 1",
                                   "\"waiting\" : 2",
                                   "\"yes\" : 2",
                                   "\"unknown\" : 1",
                                   "\"told_late\" : 1",
                                   "\"without_plan\" : 4",
                                   "\"whole_unit\" : true"};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        if (strstr(json, members[i]) == NULL)
            fail_msg("%s is not in %s", members[i], json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_said_in_lines),
        cmocka_unit_test(it_is_said_as_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
