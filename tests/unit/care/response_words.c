/* response_words.c: where a response stands, as lists and lines say it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "care/response/response_words.h"

static int setup(void **state)
{
    (void)state;
    g_setenv("TZ", "UTC", TRUE);
    return 0;
}

/* 2026-11-20 10:42. */
#define MOMENT G_GINT64_CONSTANT(1795171320000)

static const struct {
    Response response;
    const char *state;
} STATES[] = {
    {{0}, "begun"},
    {{.at_number = 17, .at_item = (char *)"q17"}, "begun, at question 17"},
    {{.at_number = 3, .corrects_id = 9}, "correction begun, at question 3"},
    {{.at_item = (char *)"end"}, "all gone through, not completed"},
    {{.completed_ms = MOMENT, .at_number = 3}, "completed 2026-11-20"},
    {{.completed_ms = MOMENT, .corrected = TRUE}, "completed 2026-11-20, corrected later"},
    {{.not_done = NOT_DONE_DECLINED, .at_number = 3}, "not done: did not want to"},
};

static void where_it_stands_is_said(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(STATES); i++) {
        g_autofree char *said = response_words_state(&STATES[i].response);
        assert_string_equal(said, STATES[i].state);
    }
}

static void who_and_why_are_said_beside(void **state)
{
    (void)state;
    Response response = {.at_number = 17, .staff_name = (char *)"Anna Berg"};
    g_autofree char *begun = response_words_detail(&response);
    assert_string_equal(begun, "begun, at question 17. Begun by Anna Berg.");
    response.not_done = NOT_DONE_OTHER;
    response.not_done_words = (char *)"moved away";
    g_autofree char *not_done = response_words_detail(&response);
    assert_string_equal(not_done, "not done: another cause (moved away). Begun by Anna Berg.");
}

static void title_and_subject_are_never_nothing(void **state)
{
    (void)state;
    Response response = {.form = (char *)"aktualisering"};
    assert_string_equal(response_words_title(&response), "aktualisering");
    assert_string_equal(response_words_subject(&response), "nobody named yet");
    response.title = (char *)"Aktualisering";
    response.subject = (char *)"Emil";
    assert_string_equal(response_words_title(&response), "Aktualisering");
    assert_string_equal(response_words_subject(&response), "Emil");
}

/* Of a closed one only what may be seen, whatever else stands in it. */
static void a_closed_one_is_said_to_be_there(void **state)
{
    (void)state;
    Response response = {.closed = TRUE,
                         .begun_ms = MOMENT,
                         .at_number = 17,
                         .subject = (char *)"Emil",
                         .staff_name = (char *)"Anna Berg"};
    g_autofree char *said = response_words_state(&response);
    g_autofree char *beside = response_words_detail(&response);
    assert_string_equal(said, "begun by Anna Berg 2026-11-20");
    assert_string_equal(beside,
                        "begun by Anna Berg 2026-11-20. A team lead takes it over with a reason.");
    assert_string_equal(response_words_subject(&response), "protected identity");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_it_stands_is_said),
        cmocka_unit_test(who_and_why_are_said_beside),
        cmocka_unit_test(title_and_subject_are_never_nothing),
        cmocka_unit_test(a_closed_one_is_said_to_be_there),
    };
    return cmocka_run_group_tests_name("care/response_words", tests, setup, NULL);
}
