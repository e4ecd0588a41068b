/* call.c: calls noted beside a response, and the task to call back. */
#include "tests/unit/care/fixture_response.h"

static void note(const Desk *desk, Response *response, CallResult result, const char *day,
                 const char *time, const char *words)
{
    Call call = {.result = result,
                 .back_date = day != NULL ? date_parse(day) : DATE_NONE,
                 .back_time = time != NULL ? time_parse(time) : -1,
                 .note = (char *)words};
    assert_ok(call_add(desk->officer, response, &call, &error));
}

/* "2026-11-24 14:30 bo-dar Ring": the open tasks to call back, one a line. */
static void assert_tasks(const Desk *desk, const Response *response, const char *wanted)
{
    g_autoptr(GPtrArray) tasks = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    assert_ok((tasks = task_of(desk->officer, response->id, 0, &error)));
    for (guint i = 0; i < tasks->len; i++) {
        const Task *task = g_ptr_array_index(tasks, i);
        char date[DATE_SIZE], hour[TIME_SIZE] = "-";
        assert_int_equal(task->kind, TASK_CALL_BACK);
        assert_int_equal(task->client_id, response->client_id);
        if (task->done_ms != 0)
            continue;
        if (task->due_time >= 0)
            time_format(task->due_time, hour);
        g_string_append_printf(
            text, "%s%s %s %s/%s %s", text->len > 0 ? "\n" : "", date_format(task->due_date, date),
            hour, task->item != NULL ? task->item : "-",
            task->instance != NULL ? task->instance : "-", task->note != NULL ? task->note : "-");
    }
    assert_string_equal(text->str, wanted);
}

static void test_results(void **state)
{
    (void)state;
    static const char *const CODES[CALL_COUNT] = {"reached", "no-answer", "busy", "wrong-number",
                                                  "later"};
    for (CallResult result = CALL_REACHED; result < CALL_COUNT; result++) {
        assert_string_equal(call_result_code(result), CODES[result]);
        assert_string_not_equal(call_result_name(result), "");
    }
}

static void test_list(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->officer, "ubu-ungdom", desk->client);
    note(desk, response, CALL_NO_ANSWER, NULL, NULL, NULL);
    note(desk, response, CALL_LATER, "2026-11-24", "14:30", "Efter skolan");
    set_clock("2026-11-22T10:20");
    note(desk, response, CALL_REACHED, NULL, NULL, "");
    g_autoptr(GPtrArray) calls = NULL;
    assert_ok((calls = call_list(desk->lead, response->id, &error)));
    assert_int_equal(calls->len, 3);
    const Call *last = g_ptr_array_index(calls, 0), *later = g_ptr_array_index(calls, 1);
    assert_int_equal(last->result, CALL_REACHED);
    assert_int_equal(last->at_ms, clock_now_ms());
    assert_string_equal(last->who, "harriet");
    assert_null(last->note);
    assert_int_equal(last->back_date, DATE_NONE);
    assert_int_equal(last->back_time, -1);
    assert_int_equal(later->result, CALL_LATER);
    assert_int_equal(later->back_date, date_parse("2026-11-24"));
    assert_int_equal(later->back_time, 14 * 60 + 30);
    assert_string_equal(later->note, "Efter skolan");
    assert_int_equal(((Call *)g_ptr_array_index(calls, 2))->result, CALL_NO_ANSWER);
    assert_int_equal(logged(desk->lead, "create", "call"), 3);
    assert_sound(desk->lead);
}

/* One task at a time, which follows what was agreed last and where one is. */
static void test_task_moves(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->officer, "ubu-ungdom", desk->client);
    g_autoptr(Answers) answers = answers_new();
    note(desk, response, CALL_BUSY, NULL, NULL, NULL);
    assert_tasks(desk, response, "");
    note(desk, response, CALL_NO_ANSWER, "2026-11-23", NULL, "Försök igen");
    assert_tasks(desk, response, "2026-11-23 - -/- Försök igen");
    answer(desk->officer, response, answers, "mat", "", "3");
    note(desk, response, CALL_LATER, "2026-11-24", "14:30", NULL);
    assert_tasks(desk, response, "2026-11-24 14:30 mat/ Försök igen");
    /* Not reached and nothing new agreed: it stays. */
    note(desk, response, CALL_NO_ANSWER, NULL, NULL, NULL);
    assert_tasks(desk, response, "2026-11-24 14:30 mat/ Försök igen");
    /* Reached, but not all the way through. */
    note(desk, response, CALL_REACHED, "2026-11-25", "09:00", "Hann till mat");
    assert_tasks(desk, response, "2026-11-25 09:00 mat/ Hann till mat");
    note(desk, response, CALL_REACHED, NULL, NULL, NULL);
    assert_tasks(desk, response, "");
    /* Another one after that is a new one; the finished one stays finished. */
    note(desk, response, CALL_LATER, "2026-11-26", NULL, NULL);
    assert_tasks(desk, response, "2026-11-26 - mat/ -");
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM task"), 2);
    assert_int_equal(fixture_int(desk->lead,
                                 "SELECT COUNT(*) FROM task WHERE kind = 'call-back' AND staff_id ="
                                 " (SELECT id FROM staff WHERE login = 'harriet')"),
                     2);
}

static void test_refusals(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->officer, "ubu-ungdom", desk->client);
    g_autofree char *much = g_strnfill(4001, 'x');
    const Call wrong[] = {
        {.result = CALL_LATER, .back_date = date_parse("2026-11-21"), .back_time = -1},
        {.result = CALL_LATER, .back_date = DATE_NONE, .back_time = 600},
        {.result = CALL_LATER, .back_date = date_parse("2026-11-23"), .back_time = 1440},
        {.result = CALL_BUSY, .back_date = DATE_NONE, .back_time = -1, .note = much},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_fails(call_add(desk->officer, response, &wrong[i], &error), ERROR_INPUT);
    const Call busy = {.result = CALL_BUSY, .back_date = DATE_NONE, .back_time = -1};
    assert_fails(call_add(desk->worker, response, &busy, &error), ERROR_DENIED);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM call"), 0);
    assert_int_equal(logged(desk->lead, "denied", "response"), 1);
}

/* Whoever made the call notes it, though somebody else answers in the form just now. */
static void test_from_beside(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->officer, "ubu-ungdom", desk->client);
    g_auto(Opened) beside = open_it(desk->lead, response->id, FALSE);
    const Call call = {.result = CALL_LATER, .back_date = date_parse("2026-11-22"), .back_time = 0};
    assert_ok(call_add(desk->lead, beside.response, &call, &error));
    assert_tasks(desk, response, "2026-11-22 00:00 -/- -");
    g_autoptr(Answers) answers = answers_new();
    answer(desk->officer, response, answers, "mat", "", "3");
}

/* Of the one task there is. */
static void assert_about(Session *session, const Response *response, const char *name)
{
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_of(session, response->id, 0, &error)));
    assert_int_equal(tasks->len, 1);
    const char *about = task_about(tasks->pdata[0]);
    assert_string_equal(about != NULL ? about : "-", name);
}

static void assert_found(Session *session, const char *words, guint count)
{
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_list(session, (TaskFilter){.words = words}, NULL, 20, &error)));
    assert_int_equal(tasks->len, count);
}

/* An intake has no client yet: the name that was given says whom to call, until it is said that the
 * person is protected. */
static void test_of_an_intake(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    const Call call = {
        .result = CALL_LATER, .back_date = date_parse("2026-11-24"), .back_time = -1};
    assert_ok(call_add(desk->officer, intake, &call, &error));
    assert_about(desk->officer, intake, "-");
    intake->subject = g_strdup("Nils Ny");
    answer(desk->officer, intake, answers, "namn", "", "Nils Ny");
    assert_about(desk->officer, intake, "Nils Ny");
    assert_found(desk->officer, "ny", 1);
    assert_found(desk->officer, "ils", 0);
    answer(desk->officer, intake, answers, "skydd-slag", "", "marked");
    assert_about(desk->officer, intake, "-");
    assert_found(desk->officer, "nils", 0);
    g_autoptr(Response) interview = begin(desk->officer, "ubu-ungdom", desk->client);
    assert_ok(call_add(desk->officer, interview, &call, &error));
    assert_about(desk->officer, interview, "Emil Ärlig");
}

static void test_failure_leaves_all_as_it_was(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->officer, "ubu-ungdom", desk->client);
    const Call call = {
        .result = CALL_LATER, .back_date = date_parse("2026-11-24"), .back_time = -1};
    fixture_refuse(desk->officer, "task", "TRUE");
    g_autoptr(GError) failed = NULL;
    assert_false(call_add(desk->officer, response, &call, &failed));
    assert_non_null(failed);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM call"), 0);
    assert_int_equal(logged(desk->lead, "create", "call"), 0);
    fixture_take(desk->officer, "task");
    assert_ok(call_add(desk->officer, response, &call, &error));
    assert_tasks(desk, response, "2026-11-24 - -/- -");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),
        DESK_TEST(test_list),
        DESK_TEST(test_task_moves),
        DESK_TEST(test_refusals),
        DESK_TEST(test_from_beside),
        DESK_TEST(test_of_an_intake),
        DESK_TEST(test_failure_leaves_all_as_it_was),
    };
    return cmocka_run_group_tests_name("care/call", tests, NULL, NULL);
}
