/* homecoming_hidden.c: what comes home about somebody whose card has closed to whoever was away is
 * lost to nobody who may open it, also where a server shows the one who brings it nothing. */
#include "care/laptop/laptop_proposal.h"
#include "tests/unit/care/fixture_laptop.h"

static void protect(Away *away)
{
    home_as(away, "grundare");
    assert_ok(db_run(session_db(away->visits.session),
                     "UPDATE client SET protection = 'marked', support_worker_id = NULL,"
                     " case_officer_id = :me WHERE id = :id",
                     DB_PARAMS(DB_INT("me", session_staff_id(away->visits.session)),
                               DB_INT("id", away->visits.client)),
                     &error));
}

/* The oldest that is open, to which its task leads. */
static gint64 next_proposal(const Away *away)
{
    gint64 id = 0;
    const gint64 task =
        at_home(away, "SELECT MIN(id) FROM task WHERE kind = 'proposal' AND done_ms IS NULL");
    assert_ok(proposal_of_task(away->visits.session, task, &id, &error));
    assert_true(id != 0);
    return id;
}

static void a_note_is_kept_for_whoever_may_open_the_card(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    protect(away);
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.gone, 0);
    assert_int_equal(coming.proposed, 1);
    const gint64 id = next_proposal(away);
    g_autoptr(Proposal) proposal = NULL;
    assert_ok((proposal = proposal_get(away->visits.session, id, &error)));
    assert_int_equal(proposal->why, PROPOSAL_DENIED);
    assert_int_equal(proposal->client_id, away->visits.client);
    g_autoptr(Session) berit = fixture_open(&away->visits.unit, "berit");
    g_autoptr(GError) refused = NULL;
    assert_null(proposal_get(berit, id, &refused));
    assert_ok(proposal_settle(away->visits.session, id, TRUE, &error));
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 1);
}

static void a_visit_added_there_is_taken_with_what_came_of_it(void **state)
{
    Away *away = *state;
    leave(away);
    g_autoptr(Visit) planned = planned_visit(&away->visits, "2026-11-26", "13:00");
    planned->staff_id = away->berit;
    assert_ok(visit_add(away->laptop, planned, &error));
    laptop_record(away, planned->id, everything());
    protect(away);
    assert_int_equal(come_home(away).proposed, 2);
    for (int i = 0; i < 2; i++)
        assert_ok(proposal_settle(away->visits.session, next_proposal(away), TRUE, &error));
    g_autoptr(Visit) visit = get(&away->visits, planned->id);
    const VisitOutcome wanted = everything();
    assert_same(&visit->outcome, &wanted);
}

/* With what was written when it was done, or given to somebody else. */
static void a_task_that_was_done_there_is_done_by_whoever_may(void **state)
{
    Away *away = *state;
    const gint64 done = task_at_home(away), given = task_at_home(away);
    leave(away);
    assert_ok(task_finish(away->laptop, done, "Ringt", &error));
    assert_ok(task_give(away->laptop, given, 0, "Hon vill byta dag", &error));
    protect(away);
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.left, 0);
    assert_int_equal(coming.proposed, 2);
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(Proposal) proposal = NULL;
    assert_ok((proposal = proposal_get(away->visits.session, next_proposal(away), &error)));
    assert_ok((rows = proposal_rows(away->visits.session, proposal, &error)));
    assert_int_equal(rows->len, 1);
    assert_string_equal(((const ProposalRow *)rows->pdata[0])->laptop, "Ringt");
    for (int i = 0; i < 2; i++)
        assert_ok(proposal_settle(away->visits.session, next_proposal(away), TRUE, &error));
    g_autofree char *how = NULL;
    g_autofree char *note = NULL;
    assert_ok(db_get_text(session_db(away->visits.session),
                          "SELECT done_how, id FROM task WHERE id = :id",
                          DB_PARAMS(DB_INT("id", done)), &how, &error));
    assert_string_equal(how, "Ringt");
    assert_ok(db_get_text(session_db(away->visits.session),
                          "SELECT note, id FROM task WHERE id = :id",
                          DB_PARAMS(DB_INT("id", given)), &note, &error));
    assert_non_null(strstr(note, "Hon vill byta dag"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        AWAY_TEST(a_note_is_kept_for_whoever_may_open_the_card),
        AWAY_TEST(a_visit_added_there_is_taken_with_what_came_of_it),
        AWAY_TEST(a_task_that_was_done_there_is_done_by_whoever_may),
    };
    return cmocka_run_group_tests_name("homecoming_hidden", tests, NULL, NULL);
}
