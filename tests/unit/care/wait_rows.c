/* wait_rows.c: how long people wait: to the first visit, to the call to a SIP, to the plan.
 * Issue 11. */
#include "care/completion/wait_rows.h"

#include "care/client/implementation.h"
#include "care/completion/decision_entry.h"
#include "care/response/response_answers_private.h"
#include "tests/unit/care/fixture_completion.h"

static gint64 decide(const Desk *desk, gint64 client, const char *received, const char *decided)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client;
    decision->kind = g_strdup("granted");
    decision->support = g_strdup("housing-support");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->received_on = date_parse(received);
    decision->decided_on = date_parse(decided);
    assert_ok(decision_enter(desk->officer, decision, NULL, &error));
    return decision->id;
}

static void visit(const Desk *desk, const char *day, Outcome outcome)
{
    const VisitOutcome what = came(outcome, outcome == OUTCOME_CANCELLED ? "ork" : NULL);
    const gint64 id = plan(&desk->visits, day, "09:00");
    assert_ok(visit_record(desk->lead, id, 1, &what, NULL, NULL, &error));
}

/* The days that ended in the fourth quarter of 2026, as "15 22"; how many wait still. */
static void assert_waits(const Desk *desk, WaitKind kind, const char *days, int waiting)
{
    WaitRows rows = {0};
    assert_ok(wait_rows_read(desk->lead, kind, date_parse("2026-10-01"), date_parse("2026-12-31"),
                             &rows, &error));
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < rows.days->len; i++)
        g_string_append_printf(found, "%s%d", i > 0 ? " " : "",
                               (int)g_array_index(rows.days, double, i));
    assert_string_equal(found->str, days);
    assert_int_equal(rows.waiting, waiting);
    wait_rows_clear(&rows);
}

static void the_first_visit_that_took_place_ends_the_wait(void **state)
{
    const Desk *desk = *state;
    assert_waits(desk, WAIT_FIRST_VISIT, "", 0);
    decide(desk, desk->client, "2026-10-01", "2026-10-05");
    assert_waits(desk, WAIT_FIRST_VISIT, "", 1);
    visit(desk, "2026-10-08", OUTCOME_CANCELLED);
    assert_waits(desk, WAIT_FIRST_VISIT, "", 1);
    visit(desk, "2026-10-16", OUTCOME_DONE_OTHERWISE);
    visit(desk, "2026-10-23", OUTCOME_DONE);
    assert_waits(desk, WAIT_FIRST_VISIT, "15", 0);
    decide(desk, desk->client, "2026-11-01", "2026-11-05"); /* goes on: no other first visit */
    assert_waits(desk, WAIT_FIRST_VISIT, "15", 0);
}

/* Of somebody who came before there was a day of contact, and who has been granted nothing. */
static void what_has_no_beginning_is_not_counted(void **state)
{
    const Desk *desk = *state;
    visit(desk, "2026-10-16", OUTCOME_DONE);
    decide(desk, desk->client, "", "2026-10-20");
    assert_waits(desk, WAIT_FIRST_VISIT, "", 0);
    decide(desk, desk->client, "2026-11-01", "2026-11-05");
    assert_waits(desk, WAIT_FIRST_VISIT, "", 0);
    g_autoptr(Decision) refused = decision_new();
    refused->client_id = desk->visits.other;
    refused->kind = g_strdup("refused");
    refused->reasons = g_strdup("Behovet tillgodoses.");
    refused->decided_by = g_strdup("Harriet Ek");
    refused->received_on = date_parse("2026-10-01");
    refused->decided_on = date_parse("2026-10-20");
    assert_ok(decision_enter(desk->officer, refused, NULL, &error));
    assert_waits(desk, WAIT_FIRST_VISIT, "", 0);
}

static gint64 begin_sip(const Desk *desk, gint64 client, const Given *given)
{
    g_autoptr(Response) response = begin(desk->officer, "sip", client);
    g_autoptr(Answers) answers = answers_new();
    give(answers, given);
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(desk->officer), &error)));
    assert_ok(response_write_answers(desk->officer, response->id, answers, 1, &error));
    assert_ok(db_transaction_commit(tx, &error));
    return response->id;
}

static void the_first_call_ends_the_wait_for_a_sip(void **state)
{
    const Desk *desk = *state;
    const Given called[] = {{"behov-dag", "", "2026-10-10"},
                            {"sip-blir", "", "yes-sip"},
                            {"kallad-skickad", "1", "2026-10-15"},
                            {"kallad-skickad", "2", "2026-10-13"},
                            {0}};
    const Given waits[] = {{"behov-dag", "", "2026-11-10"}, {"sip-blir", "", "yes-sip"}, {0}};
    const Given later[] = {{"behov-dag", "", "2026-12-01"}, {0}};
    begin_sip(desk, desk->client, called);
    assert_waits(desk, WAIT_SIP_CALL, "3", 0);
    const gint64 given_up = begin_sip(desk, desk->visits.other, waits);
    begin_sip(desk, desk->visits.other, later); /* still to come */
    assert_waits(desk, WAIT_SIP_CALL, "3", 1);
    const DbParam *params = DB_PARAMS(DB_INT("id", given_up));
    assert_ok(db_run(session_db(desk->lead), "UPDATE response SET not_done = 'x' WHERE id = :id",
                     params, &error));
    assert_waits(desk, WAIT_SIP_CALL, "3", 0);
}

static void the_first_plan_ends_the_wait_for_one(void **state)
{
    const Desk *desk = *state;
    const gint64 decision = decide(desk, desk->client, "", "2026-10-01");
    const char *const days[] = {"2026-10-14", "2026-11-01"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(Implementation) plan = implementation_new(desk->client, decision);
        plan->due = plan->arrived = date_parse(days[i]);
        assert_ok(implementation_add(desk->officer, plan, &error));
    }
    g_autoptr(Implementation) waits =
        implementation_new(desk->client, decide(desk, desk->client, "", "2026-11-20"));
    waits->due = date_parse("2026-12-04");
    assert_ok(implementation_add(desk->officer, waits, &error));
    assert_waits(desk, WAIT_PLAN, "13", 1);
}

/* Whoever no longer comes here waits for nothing. */
static void who_no_longer_comes_waits_for_nothing(void **state)
{
    const Desk *desk = *state;
    const Given called_for[] = {{"behov-dag", "", "2026-11-10"}, {"sip-blir", "", "yes-sip"}, {0}};
    g_autoptr(Implementation) plan =
        implementation_new(desk->client, decide(desk, desk->client, "2026-10-01", "2026-11-01"));
    plan->due = date_parse("2026-11-15");
    assert_ok(implementation_add(desk->officer, plan, &error));
    begin_sip(desk, desk->client, called_for);
    for (WaitKind kind = 0; kind < WAIT_COUNT; kind++)
        assert_waits(desk, kind, "", 1);
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(desk->lead, desk->client, &error)));
    client->active = FALSE;
    assert_ok(client_change(desk->lead, client, &error));
    for (WaitKind kind = 0; kind < WAIT_COUNT; kind++)
        assert_waits(desk, kind, "", 0);
}

static gint64 aim_of(const Desk *desk, WaitKind kind)
{
    WaitRows rows = {0};
    assert_ok(wait_rows_read(desk->lead, kind, date_parse("2026-10-01"), date_parse("2026-12-31"),
                             &rows, &error));
    wait_rows_clear(&rows);
    return rows.aim;
}

static void the_unit_sets_its_aims(void **state)
{
    const Desk *desk = *state;
    assert_int_equal(aim_of(desk, WAIT_FIRST_VISIT), 0);
    assert_int_equal(aim_of(desk, WAIT_SIP_CALL), 0);
    assert_int_equal(aim_of(desk, WAIT_PLAN), 14);
    assert_fails(wait_set_aim(desk->worker, WAIT_SIP_CALL, 5, &error), ERROR_DENIED);
    assert_fails(wait_set_aim(desk->lead, WAIT_SIP_CALL, 0, &error), ERROR_INPUT);
    assert_fails(wait_set_aim(desk->lead, WAIT_SIP_CALL, 366, &error), ERROR_INPUT);
    assert_ok(wait_set_aim(desk->lead, WAIT_SIP_CALL, 5, &error));
    assert_ok(wait_set_aim(desk->lead, WAIT_FIRST_VISIT, 30, &error));
    assert_ok(wait_set_aim(desk->lead, WAIT_PLAN, 21, &error));
    assert_int_equal(aim_of(desk, WAIT_SIP_CALL), 5);
    assert_int_equal(aim_of(desk, WAIT_FIRST_VISIT), 30);
    assert_int_equal(aim_of(desk, WAIT_PLAN), 21);
    assert_ok(wait_set_aim(desk->lead, WAIT_FIRST_VISIT, -1, &error));
    assert_int_equal(aim_of(desk, WAIT_FIRST_VISIT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(the_first_visit_that_took_place_ends_the_wait),
        COMPLETION_TEST(what_has_no_beginning_is_not_counted),
        COMPLETION_TEST(the_first_call_ends_the_wait_for_a_sip),
        COMPLETION_TEST(the_first_plan_ends_the_wait_for_one),
        COMPLETION_TEST(who_no_longer_comes_waits_for_nothing),
        COMPLETION_TEST(the_unit_sets_its_aims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
