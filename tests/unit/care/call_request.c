/* call_request.c: who rang is called back within 48 hours, and nobody counts by hand. */
#include "care/task/call_request.h"

#include "care/task/call_clock.h"
#include "care/unit/pick.h"
#include "tests/unit/care/fixture_visit.h"

#define HOUR G_GINT64_CONSTANT(3600000)

static void at(const char *now)
{
    g_setenv("DAGSFORM_NOW", now, TRUE);
}

static CallRequest *ring(const Visits *visits, const char *caller, gint64 client)
{
    CallRequest *request = call_request_new();
    request->caller = g_strdup(caller);
    request->client_id = client;
    assert_ok(call_request_add(visits->session, request, &error));
    return request;
}

static Task *read_task(const Visits *visits, gint64 id)
{
    Task *task = NULL;
    assert_ok((task = task_for_me(visits->session, id, &error)));
    return task;
}

/* As somebody looks for them. */
static gint64 overdue_ones(const Visits *visits)
{
    gint64 open = -1, due = -1;
    assert_ok(task_count(visits->session, (TaskFilter){.words = "overdue"}, clock_today(), &open, &due,
                         &error));
    return open;
}

static void hours_are_counted(void **state)
{
    (void)state;
    assert_int_equal(call_hours_left(0, 0), 48);
    assert_int_equal(call_hours_left(0, 1), 47);
    assert_int_equal(call_hours_left(0, 47 * HOUR), 1);
    assert_int_equal(call_hours_left(0, 48 * HOUR), 0);
    assert_int_equal(call_hours_left(0, 48 * HOUR + 1), -1);
    assert_int_equal(call_hours_left(0, 49 * HOUR), -1);
    assert_int_equal(call_hours_left(0, 49 * HOUR + 1), -2);
}

static void a_call_is_a_task_of_48_hours(void **state)
{
    const Visits *visits = *state;
    g_autoptr(CallRequest) request = ring(visits, "Lena Berg, syster", visits->client);
    assert_ok(call_request_add(visits->session, request, &error)); /* made again */
    g_autoptr(Task) task = read_task(visits, request->task_id);
    assert_int_equal(task->kind, TASK_CALL_BACK);
    assert_int_equal(task->due_date, date_parse("2026-11-24"));
    assert_int_equal(task->due_time, 10 * 60);
    assert_string_equal(task->contact, "Lena Berg, syster");
    assert_int_equal(task->reminders, 0);
    assert_false(task_is_overdue(task));
    g_autofree char *words = task_words(task);
    assert_string_equal(words, "Call back: Lena Berg, syster");
    assert_int_equal(fixture_int(visits->session, "SELECT count(*) FROM call_request"), 1);
    at("2026-11-24T10:00");
    assert_false(task_is_overdue(task));
    assert_int_equal(overdue_ones(visits), 0);
    at("2026-11-24T10:01");
    assert_int_equal(overdue_ones(visits), 1); /* although its day is not over */
    assert_true(task_is_overdue(task));
}

/* When summer time ends the day has 25 hours: 48 hours are 48, and the clock shows one less. */
static void hours_are_hours_when_the_clock_is_set_back(void **state)
{
    const Visits *visits = *state;
    at("2026-10-24T10:00");
    g_autoptr(CallRequest) request = ring(visits, "Lena", 0);
    g_autoptr(Task) task = read_task(visits, request->task_id);
    assert_int_equal(task->due_date, date_parse("2026-10-26"));
    assert_int_equal(task->due_time, 9 * 60);
}

static gint64 officer_of(const Visits *visits)
{
    const DbParam *params =
        DB_PARAMS(DB_INT("id", visits->client), DB_INT("officer", session_staff_id(visits->session)));
    assert_ok(db_run(session_db(visits->session),
                     "UPDATE client SET case_officer_id = :officer WHERE id = :id", params, &error));
    return session_staff_id(visits->session);
}

static void it_goes_to_the_case_officer(void **state)
{
    const Visits *visits = *state;
    const gint64 officer = officer_of(visits);
    g_autoptr(CallRequest) about = ring(visits, "Lena", visits->client);
    g_autoptr(CallRequest) nobody = ring(visits, "Lena", 0);
    g_autoptr(CallRequest) other = ring(visits, "Lena", visits->other);
    assert_int_equal(about->staff_id, officer);
    assert_int_equal(nobody->staff_id, 0);
    assert_int_equal(other->staff_id, 0);
}

/* It is no way to a card: neither for oneself nor for a colleague. */
static void it_opens_no_card(void **state)
{
    const Visits *visits = *state;
    g_autoptr(CallRequest) request = call_request_new();
    request->caller = g_strdup("Lena");
    request->client_id = visits->hidden;
    request->staff_id = visits->colleague;
    assert_fails(call_request_add(visits->session, request, &error), ERROR_INPUT);
    request->client_id = visits->client;
    assert_fails(call_request_add(visits->session, request, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(visits->session, "SELECT count(*) FROM call_request"), 0);
    assert_int_equal(fixture_int(visits->session, "SELECT count(*) FROM task"), 0);
    g_autoptr(CallRequest) own = ring(visits, "Lena", visits->client);
    assert_fails(task_give(visits->session, own->task_id, visits->colleague, NULL, &error),
                 ERROR_INPUT);
}

static void what_is_no_call_is_refused(void **state)
{
    const Visits *visits = *state;
    g_autoptr(CallRequest) request = call_request_new();
    assert_fails(call_request_add(visits->session, request, &error), ERROR_INPUT);
    request->phone = g_strdup("070-123 45 67");
    request->came_ms = clock_now_ms() + 1;
    assert_fails(call_request_add(visits->session, request, &error), ERROR_INPUT);
    request->came_ms = clock_now_ms();
    assert_ok(call_request_add(visits->session, request, &error));
    g_autoptr(Task) task = read_task(visits, request->task_id);
    g_autofree char *words = task_words(task);
    assert_string_equal(words, "Call back: 070-123 45 67");
}

static void reminders_are_counted_by_one_key(void **state)
{
    const Visits *visits = *state;
    g_autoptr(CallRequest) request = ring(visits, "Lena", 0);
    assert_ok(call_request_remind(visits->session, request->task_id, &error));
    assert_ok(call_request_remind(visits->session, request->task_id, &error));
    g_autoptr(Task) task = read_task(visits, request->task_id);
    assert_int_equal(task->reminders, 2);
    assert_ok(task_take(visits->session, request->task_id, &error));
    g_autoptr(Task) taken = read_task(visits, request->task_id);
    assert_int_equal(taken->staff_id, session_staff_id(visits->session));
    assert_ok(task_give(visits->session, request->task_id, visits->colleague, "Ring före tio.", &error));
    g_autoptr(Task) given = read_task(visits, request->task_id);
    assert_int_equal(given->staff_id, visits->colleague);
    assert_non_null(strstr(given->note, "Ring före tio."));
    assert_ok(task_finish(visits->session, request->task_id, NULL, &error));
    assert_fails(task_give(visits->session, request->task_id, visits->staff, NULL, &error),
                 ERROR_CONFLICT);
    assert_fails(call_request_remind(visits->session, request->task_id, &error), ERROR_CONFLICT);
    g_autoptr(Task) own = task_new();
    own->note = g_strdup("Köp kaffe");
    own->due_date = clock_today();
    assert_ok(task_add(visits->session, own, &error));
    assert_fails(call_request_remind(visits->session, own->id, &error), ERROR_INPUT);
    assert_fails(call_request_remind(visits->session, 123, &error), ERROR_NOT_FOUND);
}

/* A scripted quarter, with what is true of it. */
static void the_quarter_is_counted(void **state)
{
    const Visits *visits = *state;
    const struct {
        const char *came, *done; /* NULL: not yet */
        const char *reminders[3];
    } calls[] = {
        {"2026-09-30T23:59", "2026-10-01T08:00", {NULL}},                    /* the quarter before */
        {"2026-10-01T00:00", "2026-10-03T00:00", {NULL}},                    /* 48 hours to the minute */
        {"2026-10-05T09:00", "2026-10-07T09:01", {"2026-10-07T08:00"}},      /* a minute late */
        {"2026-10-23T15:00", "2026-10-25T14:00", {NULL}},                    /* the clock was set back */
        {"2026-10-23T15:00", "2026-10-25T15:00", {"2026-10-24T09:00"}},      /* 49 hours by the clock */
        {"2026-11-02T10:00", NULL, {"2026-11-10T10:00", "2026-11-20T10:00"}}, /* forgotten */
        {"2026-11-21T10:00", NULL, {NULL}},
    };
    CallFigures figures;
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        at(calls[i].came);
        g_autoptr(CallRequest) request = ring(visits, "Lena", 0);
        for (int j = 0; calls[i].reminders[j] != NULL; j++) {
            at(calls[i].reminders[j]);
            assert_ok(call_request_remind(visits->session, request->task_id, &error));
        }
        if (calls[i].done != NULL) {
            at(calls[i].done);
            assert_ok(task_finish(visits->session, request->task_id, NULL, &error));
        }
    }
    at("2026-11-22T10:00");
    assert_ok(call_figures(visits->session, 2026, 4, &figures, &error));
    assert_int_equal(figures.from, date_parse("2026-10-01"));
    assert_int_equal(figures.to, date_parse("2026-12-31"));
    assert_int_equal(figures.came, 6);
    assert_int_equal(figures.in_time, 2);
    assert_int_equal(figures.late, 3);
    assert_int_equal(figures.waiting, 1);
    assert_int_equal(figures.reminders, 4);
    assert_int_equal(figures.reminders_year, 4);
    assert_int_equal(figures.reminders_most, -1);
    assert_ok(call_reminders_limit(visits->session, 90, &error));
    assert_ok(call_figures(visits->session, 2026, 3, &figures, &error));
    assert_int_equal(figures.came, 1);
    assert_int_equal(figures.in_time, 1);
    assert_int_equal(figures.reminders_year, 0);
    assert_int_equal(figures.reminders_most, 90);
    assert_fails(call_reminders_limit(visits->session, -2, &error), ERROR_INPUT);
}

static void quarters_are_read(void **state)
{
    (void)state;
    int year = 0, quarter = 0;
    const Date today = date_parse("2026-11-22");
    assert_true(call_quarter_parse("2025-Q1", today, &year, &quarter));
    assert_int_equal(year * 10 + quarter, 20251);
    assert_true(call_quarter_parse("k4", today, &year, &quarter));
    assert_int_equal(year * 10 + quarter, 20264);
    const char *const wrong[] = {"", "2026", "2026-Q5", "2026-Q0", "Q12", "2026-", "26-Q1", "Q"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        if (call_quarter_parse(wrong[i], today, &year, &quarter))
            fail_msg("%s is a quarter", wrong[i]);
}

static void rows_are_taken(void **state)
{
    const Visits *visits = *state;
    const char *faults[CALL_ROW_COUNT];
    g_autoptr(GPtrArray) staff = NULL;
    g_autoptr(CallRequest) request = call_request_new();
    assert_ok((staff = pick_staff(visits->session, &error)));
    g_auto(GStrv) values = call_rows_values(visits->session, visits->client);
    g_free(values[CALL_ROW_PHONE]);
    values[CALL_ROW_PHONE] = g_strdup(" 070-1 ");
    g_free(values[CALL_ROW_CAME]);
    values[CALL_ROW_CAME] = g_strdup("yesterday 16.30");
    assert_true(call_rows_take(visits->session, staff, values, request, faults));
    assert_string_equal(request->phone, "070-1");
    assert_null(request->caller);
    assert_int_equal(request->client_id, visits->client);
    g_autofree char *came = clock_text(request->came_ms);
    assert_string_equal(came, "2026-11-21 16:30");
    const char *const wrong[CALL_ROW_COUNT] = {"", "", "Ingen Alls", "", "Ingen", "11:00"};
    for (int row = 0; row < CALL_ROW_COUNT; row++) {
        g_free(values[row]);
        values[row] = g_strdup(wrong[row]);
    }
    assert_false(call_rows_take(visits->session, staff, values, request, faults));
    for (int row = 0; row < CALL_ROW_COUNT; row++)
        assert_true((faults[row] != NULL) == (row != CALL_ROW_PHONE && row != CALL_ROW_NOTE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_counted),
        VISIT_TEST(a_call_is_a_task_of_48_hours),
        VISIT_TEST(hours_are_hours_when_the_clock_is_set_back),
        VISIT_TEST(it_goes_to_the_case_officer),
        VISIT_TEST(it_opens_no_card),
        VISIT_TEST(what_is_no_call_is_refused),
        VISIT_TEST(reminders_are_counted_by_one_key),
        VISIT_TEST(the_quarter_is_counted),
        cmocka_unit_test(quarters_are_read),
        VISIT_TEST(rows_are_taken),
    };
    return cmocka_run_group_tests_name("care/call_request", tests, NULL, NULL);
}
