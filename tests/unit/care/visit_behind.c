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

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_d15_without_a_cause),
        VISIT_TEST(test_d15_in_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
