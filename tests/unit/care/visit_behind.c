/* D15: the visits behind a figure of the week's review are the same on the full screen and in
 * --plain. */
#include "care/visit/visit_behind.h"

#include "tests/unit/care/fixture_visit.h"

static gint64 recorded(const Visits *visits, const char *date, Outcome what, const char *cause)
{
    gint64 id = plan(visits, date, "09:00");
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    outcome.outcome = what;
    outcome.cause = g_strdup(cause);
    assert_ok(visit_record(visits->session, id, 1, &outcome, NULL, NULL, &error));
    visit_outcome_clear(&outcome);
    return id;
}

static void assert_behind(Session *session, const VisitQuery *query, const gint64 *ids, guint count)
{
    gint64 counted = -1, closed = -1;
    g_autoptr(GPtrArray) found = NULL;
    assert_ok(found = visit_behind(session, query, NULL, 10, &error));
    assert_ok(visit_behind_count(session, query, &counted, &closed, &error));
    assert_int_equal(found->len, count);
    assert_int_equal(counted, count);
    assert_int_equal(closed, 0);
    for (guint i = 0; i < count; i++)
        assert_true(((const Visit *)found->pdata[i])->id == ids[i]);
}

/* The visits that took place have no cause to give, and are not behind "no cause given". */
static void test_d15_without_a_cause(void **state)
{
    const Visits *visits = *state;
    gint64 missing = recorded(visits, "2026-11-18", OUTCOME_NO_SHOW, NULL);
    gint64 cancelled = recorded(visits, "2026-11-17", OUTCOME_CANCELLED, NULL);
    gint64 ill = recorded(visits, "2026-11-16", OUTCOME_CANCELLED, "sjuk");
    recorded(visits, "2026-11-19", OUTCOME_DONE, NULL);
    plan(visits, "2026-11-20", "09:00");
    VisitQuery query = {.from = date_parse("2026-11-16"),
                        .to = date_parse("2026-11-22"),
                        .outcome = -1,
                        .cause = ""};
    assert_true(visit_behind_lacks_cause(&query));
    assert_behind(visits->session, &query, (const gint64[]){cancelled, missing}, 2);
    query.cause = "sjuk";
    assert_false(visit_behind_lacks_cause(&query));
    assert_behind(visits->session, &query, (const gint64[]){ill}, 1);
    query.cause = "";
    query.outcome = OUTCOME_CANCELLED;
    assert_false(visit_behind_lacks_cause(&query));
    assert_behind(visits->session, &query, (const gint64[]){cancelled}, 1);
}

static void test_d15_in_windows(void **state)
{
    const Visits *visits = *state;
    gint64 first = recorded(visits, "2026-11-17", OUTCOME_DECLINED, NULL);
    gint64 second = recorded(visits, "2026-11-18", OUTCOME_CANCELLED, NULL);
    const VisitQuery query = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1, .cause = ""};
    g_autoptr(GPtrArray) one = NULL, rest = NULL;
    assert_ok(one = visit_behind(visits->session, &query, NULL, 1, &error));
    assert_int_equal(one->len, 1);
    assert_true(((const Visit *)one->pdata[0])->id == first);
    assert_ok(rest = visit_behind(visits->session, &query, one->pdata[0], 5, &error));
    assert_int_equal(rest->len, 1);
    assert_true(((const Visit *)rest->pdata[0])->id == second);
}

/* By what the client is, which is told where a visit is read: in windows too, and of a card that is closed to
 * whoever asks as many as are left out. */
static void by_the_clients_age(void **state)
{
    const Visits *visits = *state;
    const gint64 first = recorded(visits, "2026-11-17", OUTCOME_DECLINED, NULL);
    recorded(visits, "2026-11-18", OUTCOME_CANCELLED, NULL);
    const gint64 last = recorded(visits, "2026-11-19", OUTCOME_DONE, NULL);
    g_autoptr(Visit) hidden = planned_visit(visits, "2026-11-20", "09:00");
    hidden->client_id = visits->hidden;
    assert_ok(visit_add(visits->session, hidden, &error));
    VisitQuery query = {.from = date_parse("2026-11-16"),
                        .to = date_parse("2026-11-22"),
                        .outcome = -1,
                        .split = SPLIT_AGE,
                        .value = "26-40"};
    gint64 count = 0;
    g_autoptr(GPtrArray) one = NULL, rest = NULL, none = NULL;
    assert_ok((one = visit_list(visits->session, &query, NULL, 1, &error)));
    assert_int_equal(one->len, 1);
    assert_true(((const Visit *)one->pdata[0])->id == first);
    assert_ok((rest = visit_list(visits->session, &query, one->pdata[0], 5, &error)));
    assert_int_equal(rest->len, 3);
    assert_true(((const Visit *)rest->pdata[1])->id == last);
    fixture_user(&visits->unit, "hand", ROLE_CASE_OFFICER);
    g_autoptr(Session) officer = fixture_open(&visits->unit, "hand");
    assert_ok(visit_count(officer, &query, &count, &error));
    assert_int_equal(count, 3);
    assert_ok(visit_count_closed(officer, &query, &count, &error));
    assert_int_equal(count, 1);
    query.value = "65-";
    assert_ok((none = visit_list(officer, &query, NULL, 5, &error)));
    assert_int_equal(none->len, 0);
    assert_ok(visit_count_closed(officer, &query, &count, &error));
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_d15_without_a_cause),
        VISIT_TEST(test_d15_in_windows),
        VISIT_TEST(by_the_clients_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
