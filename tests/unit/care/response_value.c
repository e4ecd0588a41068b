/* response_value.c: which causes there can be for a form that is not gone on with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "care/response/response.h"

static const struct {
    const char *respondent;
    gboolean begun;
    const char *causes; /* their codes */
} CASES[] = {
    {NULL, TRUE, "declined not-reached no-interpreter mistake other"},
    {"client", TRUE, "declined not-reached no-interpreter mistake other"},
    {"client", FALSE, "declined not-reached no-interpreter other"},
    {"case-officer", FALSE, "not-reached not-asked other"},
    {"case-officer", TRUE, "not-reached not-asked mistake other"},
    {"parent", FALSE, "declined conflict discontent not-reached no-interpreter not-asked other"},
    {"child", TRUE,
     "declined conflict discontent not-reached no-interpreter under-7 not-asked mistake other"},
};

static void test_causes(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GString) causes = g_string_new(NULL);
        for (NotDone cause = NOT_DONE_NONE; cause < NOT_DONE_COUNT; cause++)
            if (not_done_fits(cause, CASES[i].respondent, CASES[i].begun))
                g_string_append_printf(causes, "%s%s", causes->len > 0 ? " " : "",
                                       not_done_code(cause));
        assert_string_equal(causes->str, CASES[i].causes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_causes)};
    return cmocka_run_group_tests_name("care/response_value", tests, NULL, NULL);
}
