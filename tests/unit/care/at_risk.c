/* at_risk.c: who has not taken the visits for a while, and the task that is made of it once. */
#include "care/visit/at_risk.h"

#include "tests/unit/care/fixture_random.h"

/* Days before Sunday 22 November 2026. */
static gint64 visit_ago(const Visits *visits, gint64 client, int days, Outcome outcome)
{
    char date[DATE_SIZE];
    g_autoptr(Visit) visit =
        planned_visit(visits, date_format(clock_today() - days, date), "10:00");
    visit->client_id = client;
    assert_ok(visit_add(visits->session, visit, &error));
    if (outcome != OUTCOME_NONE)
        record(visits, visit->id, came(outcome, NULL));
    return visit->id;
}

static GPtrArray *all(const Visits *visits, gboolean mine)
{
    GPtrArray *rows = NULL;
    assert_ok((rows = at_risk_list(visits->session, mine, NULL, &error)));
    return rows;
}

static guint count(const Visits *visits)
{
    g_autoptr(GPtrArray) rows = all(visits, FALSE);
    return rows->len;
}

/* The visits of one client, newest last: days ago and what came of them. */
static void test_rules(void **state)
{
    const Visits *visits = *state;
    static const struct {
        struct {
            int days;
            Outcome outcome;
        } came[4];
        int missed; /* 0: not at risk */
    } rows[] = {
        {{{9, OUTCOME_CANCELLED}, {6, OUTCOME_DECLINED}, {3, OUTCOME_NO_SHOW}}, 3},
        {{{9, OUTCOME_CANCELLED}, {6, OUTCOME_DECLINED}}, 0},
        /* Two weeks. */
        {{{14, OUTCOME_CANCELLED}, {7, OUTCOME_CANCELLED}}, 2},
        {{{13, OUTCOME_CANCELLED}, {6, OUTCOME_CANCELLED}}, 0},
        {{{20, OUTCOME_CANCELLED}}, 0},
        /* What took place begins anew, in whatever form. */
        {{{9, OUTCOME_CANCELLED}, {6, OUTCOME_DECLINED}, {3, OUTCOME_NO_SHOW}, {1, OUTCOME_DONE}},
         0},
        {{{20, OUTCOME_CANCELLED},
          {17, OUTCOME_CANCELLED},
          {15, OUTCOME_DONE_OTHERWISE},
          {3, OUTCOME_NO_SHOW}},
         0},
        {{{20, OUTCOME_DONE}, {9, OUTCOME_CANCELLED}, {6, OUTCOME_DECLINED}, {3, OUTCOME_NO_SHOW}},
         3},
        /* The unit's own, what was moved and what is not recorded say nothing. */
        {{{16, OUTCOME_CANCELLED},
          {9, OUTCOME_UNIT_CANCELLED},
          {6, OUTCOME_REBOOKED},
          {3, OUTCOME_NONE}},
         0},
        {{{16, OUTCOME_CANCELLED},
          {9, OUTCOME_UNIT_CANCELLED},
          {6, OUTCOME_NONE},
          {3, OUTCOME_NO_SHOW}},
         2},
        {{{100, OUTCOME_CANCELLED}, {97, OUTCOME_CANCELLED}, {94, OUTCOME_CANCELLED}}, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *name = g_strdup_printf("Person %d", (int)i);
        const gint64 client = add_client(visits->session, name, PROTECTION_NONE);
        for (gsize k = 0; k < 4 && rows[i].came[k].days > 0; k++)
            visit_ago(visits, client, rows[i].came[k].days, rows[i].came[k].outcome);
        g_autoptr(GPtrArray) found = all(visits, FALSE);
        const AtRisk *row = NULL;
        for (guint k = 0; k < found->len; k++)
            if (((const AtRisk *)found->pdata[k])->client_id == client)
                row = found->pdata[k];
        if ((row != NULL ? row->missed : 0) != rows[i].missed)
            fail_msg("row %d: %d instead of %d", (int)i, row != NULL ? row->missed : 0,
                     rows[i].missed);
    }
}

static void test_once(void **state)
{
    const Visits *visits = *state;
    gint64 task = 0, again = 0;
    assert_fails(at_risk_make_task(visits->session, visits->client, &task, &error),
                 ERROR_NOT_FOUND);
    for (int days = 3; days <= 9; days += 3)
        visit_ago(visits, visits->client, days, OUTCOME_CANCELLED);
    g_autoptr(GPtrArray) before = all(visits, FALSE);
    assert_int_equal(before->len, 1);
    const AtRisk *row = before->pdata[0];
    assert_string_equal(row->client_name, "Emil Ärlig");
    assert_int_equal(row->since, clock_today() - 9);
    assert_int_equal(row->latest, clock_today() - 3);
    assert_int_equal(row->task_id, 0);
    assert_ok(at_risk_make_task(visits->session, visits->client, &task, &error));
    assert_ok(at_risk_make_task(visits->session, visits->client, &again, &error));
    assert_int_equal(task, again);
    /* Done, and the same visits make no other. */
    assert_ok(task_finish(visits->session, task, NULL, &error));
    assert_ok(at_risk_make_task(visits->session, visits->client, &again, &error));
    assert_int_equal(task, again);
    g_autoptr(GPtrArray) after = all(visits, FALSE);
    assert_int_equal(((const AtRisk *)after->pdata[0])->task_id, task);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM task WHERE client_id = :id"
                         " AND item = 'at-risk'",
                         visits->client),
                     1);
    /* A visit taken, and new ones that are not: another one. */
    visit_ago(visits, visits->client, 2, OUTCOME_DONE);
    assert_int_equal(count(visits), 0);
}

/* Whose card is closed is not named; a worker has a list of their own. */
static void test_who_sees(void **state)
{
    Visits *visits = *state;
    gint64 closed = 0, task = 0;
    for (int days = 3; days <= 9; days += 3) {
        visit_ago(visits, visits->client, days, OUTCOME_NO_SHOW);
        visit_ago(visits, visits->hidden, days, OUTCOME_NO_SHOW);
    }
    assert_int_equal(count(visits), 2);
    g_autoptr(GPtrArray) own = all(visits, TRUE);
    assert_int_equal(own->len, 0);
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    client->case_officer_id = session_staff_id(visits->session);
    assert_ok(client_change(visits->session, client, &error));
    g_autoptr(GPtrArray) assigned = all(visits, TRUE);
    assert_int_equal(assigned->len, 1);
    assert_string_equal(((const AtRisk *)assigned->pdata[0])->case_officer, "Grundare Ett");
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(&visits->unit, "stod");
    visits->session = visits->unit.session;
    g_autoptr(GPtrArray) colleagues = NULL, rows = NULL;
    assert_ok((colleagues = at_risk_list(visits->session, FALSE, &closed, &error)));
    assert_int_equal(colleagues->len, 0);
    assert_int_equal(closed, 2);
    assert_fails(at_risk_make_task(visits->session, visits->client, &task, &error), ERROR_DENIED);
    make_own(visits->session, visits->client, visits->session);
    assert_ok((rows = at_risk_list(visits->session, FALSE, &closed, &error)));
    assert_int_equal(rows->len, 1);
    assert_int_equal(closed, 1);
    assert_fails(at_risk_make_task(visits->session, visits->hidden, &task, &error), ERROR_DENIED);
    assert_ok(at_risk_make_task(visits->session, visits->client, &task, &error));
    assert_int_equal(ask(visits, "SELECT staff_id FROM task WHERE id = :id", task),
                     client->case_officer_id);
}

/* What the list should say of the fixture's client, by looking at every visit: how many are not taken
 * in a row, 0: not at risk. */
static int missed_by_hand(const Visits *visits)
{
    g_autoptr(GPtrArray) all = NULL;
    const VisitQuery query = {.from = clock_today() - AT_RISK_DAYS_BACK,
                              .to = clock_today(),
                              .client_id = visits->client,
                              .outcome = -1};
    Date since = DATE_NONE;
    int missed = 0;
    assert_ok((all = visit_list(visits->session, &query, NULL, 1000, &error)));
    for (guint i = 0; i < all->len; i++) {
        const Visit *visit = all->pdata[i];
        if (outcome_took_place(visit->outcome.outcome)) {
            missed = 0;
        } else if (outcome_is_missed(visit->outcome.outcome) && !visit->stand_in) {
            since = missed++ == 0 ? visit->date : since;
        }
    }
    return missed >= AT_RISK_ROW || (missed >= 2 && since <= clock_today() - AT_RISK_DAYS) ? missed
                                                                                           : 0;
}

/* Recorded, corrected, undone, removed and recorded of days to come, in any order. */
static void test_as_by_hand(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(9);
    int at_risk = 0;
    for (int days = 20; days >= 12; days--)
        visit_ago(visits, visits->client, days, OUTCOME_NONE);
    for (int i = 0; i < 400; i++) {
        operate(visits, rand);
        g_autoptr(GPtrArray) found = all(visits, FALSE);
        const int missed = found->len > 0 ? ((const AtRisk *)found->pdata[0])->missed : 0;
        if (missed != missed_by_hand(visits))
            fail_msg("after %d: %d instead of %d", i, missed, missed_by_hand(visits));
        at_risk += missed > 0;
    }
    assert_true(at_risk > 20 && at_risk < 380);
}

/* A city has thousands of visits not taken: each that had to be looked up would be a page to decrypt. */
static void test_looks_no_visit_up(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", at_risk_sql(), NULL);
    g_autoptr(DbStatement) rows = NULL;
    gboolean covered = FALSE;
    assert_ok((rows = db_query(session_db(visits->session), explain,
                               DB_PARAMS(DB_INT("unit", 1), DB_INT("me", 1), DB_INT("mine", 0),
                                         DB_INT("client", 0), DB_INT("row", 3), DB_TEXT("from", ""),
                                         DB_TEXT("today", ""), DB_TEXT("long_ago", ""), DB_TEXT("own_day", ""), DB_TEXT("own_since", "")),
                               &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW)
        covered = covered || strstr(db_text(rows, 3), "COVERING INDEX visit_by_outcome") != NULL;
    assert_true(covered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_rules),
        VISIT_TEST(test_once),
        VISIT_TEST(test_who_sees),
        VISIT_TEST(test_as_by_hand),
        VISIT_TEST(test_looks_no_visit_up),
    };
    return cmocka_run_group_tests_name("care/at_risk", tests, NULL, NULL);
}
