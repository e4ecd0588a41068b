/* client_own: a support worker opens the cards of their own clients; another's for a reason, which
 * stands in the log and is looked through (issue 10, access by need). */
#include "care/client/client_guard.h"
#include "care/client/client_reason.h"
#include "care/visit/second.h"
#include "care/visit/series.h"
#include "tests/unit/care/fixture_response.h"

/* A desk where the client is nobody's own. */
static int own_setup(void **state)
{
    desk_setup(state);
    const Desk *desk = *state;
    assert_ok(
        db_run(session_db(desk->lead), "UPDATE client SET support_worker_id = NULL", NULL, &error));
    return 0;
}
#define OWN_TEST(f) cmocka_unit_test_setup_teardown(f, own_setup, desk_teardown)

static gboolean opens(Session *session, gint64 client)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Client) card = client_open(session, client, &error);
    assert_true(card != NULL || g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED));
    assert_int_equal(client_may_open(session, client), card != NULL);
    return card != NULL;
}

/* --- what makes a client one's own ------------------------------------------------------------ */

static gint64 give_visit(const Desk *desk, const char *date)
{
    g_autoptr(Visit) visit = planned_visit(&desk->visits, date, "09:00");
    visit->staff_id = session_staff_id(desk->worker);
    assert_ok(visit_add(desk->lead, visit, &error));
    return visit->id;
}
static void planned_today(const Desk *desk)
{
    give_visit(desk, "2026-11-22");
}
static void thirty_days_ago(const Desk *desk)
{
    give_visit(desk, "2026-10-23");
}
static void longer_ago(const Desk *desk)
{
    give_visit(desk, "2026-10-22");
}
static void along(const Desk *desk, const char *date)
{
    g_autoptr(Visit) visit = planned_visit(&desk->visits, date, "09:00");
    visit->staff_id = session_staff_id(desk->officer);
    assert_ok(visit_add(desk->lead, visit, &error));
    assert_ok(second_set(desk->lead, visit->id, session_staff_id(desk->worker), FALSE, &error));
}
static void goes_along_today(const Desk *desk)
{
    along(desk, "2026-11-22");
}
static void went_along_longer_ago(const Desk *desk)
{
    along(desk, "2026-10-22");
}
static void assigned(const Desk *desk)
{
    g_autoptr(Client) client = client_open(desk->lead, desk->client, NULL);
    client->support_worker_id = session_staff_id(desk->worker);
    assert_ok(client_change(desk->lead, client, &error));
}
static void series_to(const Desk *desk, const char *end)
{
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = desk->client;
    series->staff_id = session_staff_id(desk->worker);
    series->rrule = g_strdup("FREQ=WEEKLY");
    series->starts_on = date_parse("2026-06-01");
    series->ends_on = end != NULL ? date_parse(end) : DATE_NONE;
    series->start = 15 * 60;
    series->minutes = 60;
    assert_ok(series_add(desk->lead, series, &error));
    assert_ok(db_run(session_db(desk->lead), "DELETE FROM visit", NULL, &error));
}
static void series_that_goes_on(const Desk *desk)
{
    series_to(desk, NULL);
}
static void series_over(const Desk *desk)
{
    series_to(desk, "2026-11-20");
}
static gint64 give_task(const Desk *desk)
{
    g_autoptr(Task) task = task_new();
    task->client_id = desk->client;
    task->staff_id = session_staff_id(desk->worker);
    task->due_date = clock_today();
    assert_ok(task_add(desk->lead, task, &error));
    return task->id;
}
static void open_task(const Desk *desk)
{
    give_task(desk);
}
static void task_that_is_done(const Desk *desk)
{
    assert_ok(task_finish(desk->lead, give_task(desk), NULL, &error));
}
static void reason_today(const Desk *desk)
{
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_STAND_IN, NULL, &error));
}
static void reason_yesterday(const Desk *desk)
{
    reason_today(desk);
    set_clock("2026-11-23T08:00");
    assert_ok(clock_init(&error));
}
static void form_begun(const Desk *desk)
{
    reason_today(desk);
    response_free(begin(desk->worker, "liten", desk->client));
    set_clock("2026-11-23T08:00");
    assert_ok(clock_init(&error));
}
/* A reason lasts the day, but what was taken on that day goes on. */
static void planned_for_oneself(const Desk *desk)
{
    reason_today(desk);
    g_autoptr(Visit) visit = planned_visit(&desk->visits, "2026-11-24", "09:00");
    visit->staff_id = session_staff_id(desk->worker);
    assert_ok(visit_add(desk->worker, visit, &error));
    set_clock("2026-11-23T08:00");
    assert_ok(clock_init(&error));
}
static void colleague_s_visit(const Desk *desk)
{
    plan(&desk->visits, "2026-11-22", "09:00");
}

static const struct {
    const char *what;
    void (*lay)(const Desk *desk);
    gboolean own;
} grounds[] = {
    {"assigned", assigned, TRUE},
    {"a visit today", planned_today, TRUE},
    {"a visit thirty days ago", thirty_days_ago, TRUE},
    {"a visit longer ago", longer_ago, FALSE},
    {"a visit on which one goes along", goes_along_today, TRUE},
    {"one on which one went along longer ago", went_along_longer_ago, FALSE},
    {"a colleague's visit", colleague_s_visit, FALSE},
    {"a series that goes on", series_that_goes_on, TRUE},
    {"a series that is over", series_over, FALSE},
    {"an open task", open_task, TRUE},
    {"a task that is done", task_that_is_done, FALSE},
    {"a reason today", reason_today, TRUE},
    {"a reason yesterday", reason_yesterday, FALSE},
    {"a form that one is filling in", form_begun, TRUE},
    {"a visit that one has planned after a reason", planned_for_oneself, TRUE},
};

static void test_what_makes_a_client_ones_own(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(grounds); i++) {
        void *each = NULL;
        own_setup(&each);
        const Desk *fresh = each;
        assert_false(opens(fresh->worker, fresh->client));
        grounds[i].lay(fresh);
        if (opens(fresh->worker, fresh->client) != grounds[i].own)
            fail_msg("%s", grounds[i].what);
        assert_true(opens(fresh->officer, fresh->client));
        assert_false(opens(fresh->worker, fresh->hidden));
        set_clock("2026-11-22T10:00");
        assert_ok(clock_init(&error));
        desk_teardown(&each);
    }
}

/* --- the reason ------------------------------------------------------------------------------- */

static void test_reason_is_logged_and_looked_through(void **state)
{
    const Desk *desk = *state;
    gint64 count = -1;
    assert_fails(client_give_reason(desk->worker, desk->client, REASON_OTHER, "  ", &error),
                 ERROR_INPUT);
    g_autofree char *tale = g_strnfill(REASON_WORDS_MOST + 1, 'x');
    assert_fails(client_give_reason(desk->worker, desk->client, REASON_OTHER, tale, &error),
                 ERROR_INPUT);
    assert_fails(client_give_reason(desk->worker, desk->hidden, REASON_URGENT, NULL, &error),
                 ERROR_DENIED);
    assert_true(client_by_reason(desk->worker, desk->client));
    assert_false(client_by_reason(desk->worker, desk->hidden));
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_OTHER, " Brand \n i huset ",
                                 &error));
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_URGENT, NULL, &error));
    assert_false(client_by_reason(desk->worker, desk->client));
    assert_int_equal(fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'reason'"),
                     1);
    assert_fails(reason_count(desk->worker, &count, &error), ERROR_DENIED);
    assert_fails(reason_count(desk->officer, &count, &error), ERROR_DENIED);
    assert_ok(reason_count(desk->lead, &count, &error));
    assert_int_equal(count, 1);
    g_autoptr(GPtrArray) list = NULL;
    assert_ok((list = reason_list(desk->lead, FALSE, 9, &error)));
    const GivenReason *given = list->pdata[0];
    assert_string_equal(given->client_name, "Emil Ärlig");
    assert_string_equal(given->staff_name, "bertil");
    assert_string_equal(given->words, "Brand i huset");
    assert_int_equal(given->reason, REASON_OTHER);
    assert_ok(reason_see(desk->lead, given->id, &error));
    assert_ok(reason_see(desk->lead, given->id, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'see'"), 1);
    assert_ok(reason_count(desk->lead, &count, &error));
    assert_int_equal(count, 0);
    g_autoptr(GPtrArray) all = reason_list(desk->lead, TRUE, 9, NULL);
    assert_int_equal(all->len, 1);
    assert_non_null(((const GivenReason *)all->pdata[0])->seen_name);
    assert_int_equal(fixture_faults(desk->lead, NULL), 0);
}

/* Nobody looks through their own, and a client who has since got protected identity is not named. */
static void test_reason_of_ones_own(void **state)
{
    const Desk *desk = *state;
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_ASKED, NULL, &error));
    g_autoptr(Client) client = client_open(desk->lead, desk->client, NULL);
    client->protection = PROTECTION_MARKED;
    client->case_officer_id = session_staff_id(desk->officer);
    assert_ok(client_change(desk->lead, client, &error));
    assert_false(opens(desk->worker, desk->client));
    fixture_user(&desk->visits.unit, "lena", ROLE_TEAM_LEAD);
    g_autoptr(Session) lena = fixture_open(&desk->visits.unit, "lena");
    g_autoptr(GPtrArray) list = reason_list(lena, FALSE, 9, NULL);
    const GivenReason *given = list->pdata[0];
    assert_true(given->closed);
    assert_null(given->client_name);
    const DbParam *me = DB_PARAMS(DB_INT("me", session_staff_id(desk->lead)));
    assert_ok(db_run(session_db(desk->lead), "UPDATE client_reason SET staff_id = :me", me, &error));
    assert_fails(reason_see(desk->lead, given->id, &error), ERROR_DENIED);
}

/* --- lists ------------------------------------------------------------------------------------ */

/* Colleagues' visits and tasks about clients who are not one's own are left out of every list and
 * count, and there after a reason; counted as left out before. */
static void test_lists_of_own(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-11-24", "09:00");
    plan(&desk->visits, "2026-11-25", "09:00");
    give_visit(desk, "2026-10-01"); /* one's own, of long ago: seen, and no key to the card */
    g_autoptr(Task) task = task_new();
    task->client_id = desk->client;
    task->staff_id = desk->visits.staff;
    task->due_date = clock_today();
    assert_ok(task_add(desk->lead, task, &error));
    const VisitQuery query = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
    for (int opened = 0; opened < 2; opened++) {
        gint64 seen = 0, closed = 0, tasks = 0, due = 0;
        g_autoptr(GPtrArray) visits = visit_list(desk->worker, &query, NULL, 9, NULL);
        assert_ok(visit_count(desk->worker, &query, &seen, &error));
        assert_ok(visit_count_closed(desk->worker, &query, &closed, &error));
        assert_ok(task_count(desk->worker, (TaskFilter){0}, clock_today(), &tasks, &due, &error));
        assert_int_equal(visits->len, opened ? 3 : 1);
        assert_int_equal(seen, visits->len);
        assert_int_equal(closed, 3 - seen);
        assert_int_equal(tasks, opened);
        assert_int_equal(client_may_open(desk->worker, desk->client), opened);
        assert_ok(client_give_reason(desk->worker, desk->client, REASON_CALLED, NULL, &error));
    }
}

/* Who rings is found by name, with who goes there, and neither age nor number. */
static void test_search_says_who_goes_there(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Client) client = client_open(desk->lead, desk->client, NULL);
    client->support_worker_id = desk->visits.staff;
    assert_ok(client_change(desk->lead, client, &error));
    g_autoptr(GPtrArray) found = client_list(desk->worker, "emil", FALSE, NULL, 9, NULL);
    assert_int_equal(found->len, 1);
    const ClientRow *row = found->pdata[0];
    assert_string_equal(row->name, "Emil Ärlig");
    assert_string_equal(row->support_worker, "Berit Stöd");
    assert_int_equal(row->birth_date, DATE_NONE);
    assert_null(row->id_number);
}

/* Without a search a support worker is shown the own ones alone; whoever sees the unit all of them. */
static void test_without_a_search_only_own(void **state)
{
    const Desk *desk = *state;
    gint64 count = -1;
    g_autoptr(GPtrArray) none = client_list(desk->worker, "", FALSE, NULL, 9, NULL);
    assert_int_equal(none->len, 0);
    assert_ok(client_count(desk->worker, NULL, FALSE, &count, &error));
    assert_int_equal(count, 0);
    give_visit(desk, "2026-11-22");
    g_autoptr(GPtrArray) own = client_list_own_first(desk->worker, "", NULL, 9, NULL);
    assert_int_equal(own->len, 1);
    assert_int_equal(((const ClientRow *)own->pdata[0])->id, desk->client);
    assert_ok(client_count(desk->worker, "", FALSE, &count, &error));
    assert_int_equal(count, 1);
    g_autoptr(GPtrArray) found = client_list(desk->worker, "yusuf", FALSE, NULL, 9, NULL);
    assert_int_equal(found->len, 1);
    g_autoptr(GPtrArray) unit = client_list(desk->officer, "", FALSE, NULL, 9, NULL);
    assert_int_equal(unit->len, 3);
}

/* Nobody gives a client to themselves. */
static void test_nothing_makes_it_ones_own(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Visit) visit = planned_visit(&desk->visits, "2026-11-24", "09:00");
    visit->staff_id = session_staff_id(desk->worker);
    assert_fails(visit_add(desk->worker, visit, &error), ERROR_DENIED);
    g_autoptr(Visit) other = planned_visit(&desk->visits, "2026-11-25", "09:00");
    other->staff_id = session_staff_id(desk->officer);
    assert_ok(visit_add(desk->lead, other, &error));
    assert_fails(second_set(desk->worker, other->id, session_staff_id(desk->worker), FALSE, &error),
                 ERROR_DENIED);
    g_autoptr(Task) task = task_new();
    task->client_id = desk->client;
    task->staff_id = session_staff_id(desk->worker);
    task->due_date = clock_today();
    assert_fails(task_add(desk->worker, task, &error), ERROR_DENIED);
    g_autoptr(Form) form = response_form(desk->worker, "liten", NULL);
    assert_fails(response_begin(desk->worker, form, desk->client, form->respondent, 0, NULL, &error),
                 ERROR_DENIED);
    assert_false(opens(desk->worker, desk->client));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_makes_a_client_ones_own),
        OWN_TEST(test_reason_is_logged_and_looked_through),
        OWN_TEST(test_reason_of_ones_own),
        OWN_TEST(test_lists_of_own),
        OWN_TEST(test_search_says_who_goes_there),
        OWN_TEST(test_without_a_search_only_own),
        OWN_TEST(test_nothing_makes_it_ones_own),
    };
    return cmocka_run_group_tests_name("care/client_own", tests, NULL, NULL);
}
