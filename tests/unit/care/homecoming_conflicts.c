/* homecoming_conflicts.c: what was changed at home while a laptop was away: the first stands, and
 * whatever came after it is kept whole for whoever is to choose. */
#include "care/client/client_event.h"
#include "care/client/client_merge.h"
#include "care/laptop/laptop_proposal.h"
#include "tests/unit/care/fixture_laptop.h"

/* --- two have done it ------------------------------------------------------------------------- */

static gint64 recorded_on_both(Away *away, VisitOutcome home, VisitOutcome laptop)
{
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    leave(away);
    home_as(away, "grundare");
    record(&away->visits, visit, home);
    laptop_record(away, visit, laptop);
    return visit;
}

static void the_same_on_both_is_nothing(void **state)
{
    Away *away = *state;
    const gint64 visit = recorded_on_both(away, came(OUTCOME_DONE, NULL), came(OUTCOME_DONE, NULL));
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.done, 1);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away_proposal"), 0);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->version, 2);
    assert_int_equal(now->recorded_by, session_staff_id(away->visits.session));
}

static gint64 only_proposal(const Away *away)
{
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away_proposal WHERE settled IS NULL"), 1);
    return at_home(away, "SELECT id FROM away_proposal WHERE settled IS NULL");
}

static void the_first_stands_and_the_other_is_kept_whole(void **state)
{
    Away *away = *state;
    const gint64 visit = recorded_on_both(away, came(OUTCOME_DONE, NULL), everything());
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.proposed, 1);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    const gint64 id = only_proposal(away);
    assert_int_equal(at_home(away,
                             "SELECT COUNT(*) FROM task t JOIN away_proposal p ON p.task_id = t.id"
                             " WHERE t.kind = 'proposal' AND t.done_ms IS NULL"),
                     1);
    /* Chosen: recorded by whoever chose, all of it. */
    assert_ok(proposal_settle(away->visits.session, id, TRUE, &error));
    g_autoptr(Visit) chosen = get(&away->visits, visit);
    const VisitOutcome wanted = everything();
    assert_same(&chosen->outcome, &wanted);
    assert_int_equal(chosen->version, 3);
    assert_fails(proposal_settle(away->visits.session, id, FALSE, &error), ERROR_CONFLICT);
    assert_int_equal(
        at_home(away, "SELECT COUNT(*) FROM task WHERE kind = 'proposal' AND done_ms IS NULL"), 0);
    assert_sound(away);
}

static const ProposalRow *row_of(const GPtrArray *rows, const char *code)
{
    for (guint i = 0; i < rows->len; i++)
        if (strcmp(((const ProposalRow *)rows->pdata[i])->code, code) == 0)
            return rows->pdata[i];
    fail_msg("no row %s", code);
    return NULL;
}

static void the_two_stand_side_by_side(void **state)
{
    Away *away = *state;
    recorded_on_both(away, came(OUTCOME_DONE, NULL), everything());
    note_on_laptop(away, "Ringde", 0);
    come_home(away);
    Session *session = away->visits.session;
    g_autoptr(Proposal) proposal = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((proposal = proposal_get(session, only_proposal(away), &error)));
    assert_string_equal(proposal->staff_name, "berit");
    assert_ok((rows = proposal_rows(session, proposal, &error)));
    assert_string_equal(row_of(rows, "outcome")->home, "Done");
    assert_string_equal(row_of(rows, "words")->home, "");
    assert_string_equal(row_of(rows, "words")->laptop, "Jag \"orkar\" inte,\nsäger hon.");
    assert_true(row_of(rows, "words")->differs);
    g_autofree char *words = proposal_words(session, proposal);
    assert_string_equal(words, "What came of a visit: Mon 2026-11-23 10:00");
}

/* Nothing of it stands in the log without a word for it. */
static void the_log_has_words_for_it(void **state)
{
    Away *away = *state;
    recorded_on_both(away, came(OUTCOME_DONE, NULL), everything());
    come_home(away);
    assert_ok(proposal_settle(away->visits.session, only_proposal(away), FALSE, &error));
    g_autoptr(DbStatement) rows = NULL;
    assert_ok(
        (rows = db_query(session_db(away->visits.session),
                         "SELECT DISTINCT entity, action FROM audit WHERE client_id IS NOT NULL",
                         NULL, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW)
        if (strcmp(client_event_name(db_text(rows, 0), db_text(rows, 1)), db_text(rows, 1)) == 0)
            fail_msg("%s %s", db_text(rows, 0), db_text(rows, 1));
}

static gboolean opens(const Away *away, const char *login, gint64 id)
{
    g_autoptr(Session) session = fixture_open(&away->visits.unit, login);
    g_autoptr(GError) error = NULL;
    g_autoptr(Proposal) proposal = proposal_get(session, id, &error);
    assert_true(proposal != NULL || g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED));
    return proposal != NULL;
}

/* Whoever may open the card and nobody else; and from its task, until it is settled. */
static void those_who_may_open_the_card_have_it(void **state)
{
    Away *away = *state;
    gint64 of_task = 0;
    recorded_on_both(away, came(OUTCOME_DONE, NULL), everything());
    come_home(away);
    Session *home = away->visits.session;
    const gint64 id = only_proposal(away);
    const gint64 task = at_home(away, "SELECT task_id FROM away_proposal");
    static const char *const may[] = {"berit", "grundare"};
    for (gsize i = 0; i < G_N_ELEMENTS(may); i++)
        assert_true(opens(away, may[i], id));
    assert_false(opens(away, "carl", id));
    /* An administrator records no visits. */
    assert_false(opens(away, "chef", id));
    assert_ok(db_run(session_db(home), "UPDATE client SET protection = 'marked' WHERE id = :id",
                     DB_PARAMS(DB_INT("id", away->visits.client)), &error));
    assert_true(opens(away, "berit", id));
    assert_false(opens(away, "grundare", id));
    assert_ok(proposal_of_task(home, task, &of_task, &error));
    assert_int_equal(of_task, id);
    g_autoptr(Session) berit = fixture_open(&away->visits.unit, "berit");
    assert_ok(proposal_settle(berit, id, FALSE, &error));
    assert_ok(proposal_of_task(home, task, &of_task, &error));
    assert_int_equal(of_task, 0);
}

static void what_stands_may_be_left(void **state)
{
    Away *away = *state;
    const gint64 visit = recorded_on_both(away, came(OUTCOME_DONE, NULL), everything());
    come_home(away);
    /* Not by doing its task without a look. */
    const gint64 task = at_home(away, "SELECT task_id FROM away_proposal");
    assert_fails(task_finish(away->visits.session, task, NULL, &error), ERROR_INPUT);
    assert_ok(proposal_settle(away->visits.session, only_proposal(away), FALSE, &error));
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away_proposal WHERE settled = 'left'"), 1);
}

/* A version of home's that happens to have the laptop's number is not what the laptop saw. */
static void what_comes_after_it_on_the_laptop_goes_to_it(void **state)
{
    Away *away = *state;
    const gint64 visit =
        recorded_on_both(away, came(OUTCOME_DONE, NULL), came(OUTCOME_NO_SHOW, NULL));
    laptop_record(away, visit, everything());
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.proposed, 2);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(now->version, 2);
    assert_ok(proposal_settle(away->visits.session, only_proposal(away), TRUE, &error));
    g_autoptr(Visit) chosen = get(&away->visits, visit);
    assert_int_equal(chosen->outcome.outcome, OUTCOME_CANCELLED);
}

static void taken_back_on_the_laptop_it_is_withdrawn(void **state)
{
    Away *away = *state;
    const gint64 visit =
        recorded_on_both(away, came(OUTCOME_DONE, NULL), came(OUTCOME_NO_SHOW, NULL));
    assert_ok(visit_undo(away->laptop, visit, NULL, &error));
    come_home(away);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(
        at_home(away, "SELECT COUNT(*) FROM away_proposal WHERE settled = 'withdrawn'"), 1);
    assert_int_equal(
        at_home(away, "SELECT COUNT(*) FROM task WHERE kind = 'proposal' AND done_ms IS NULL"), 0);
}

static void an_undo_takes_back_only_what_the_laptop_saw(void **state)
{
    Away *away = *state;
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    record(&away->visits, visit, came(OUTCOME_NO_SHOW, NULL));
    leave(away);
    home_as(away, "grundare");
    record(&away->visits, visit, came(OUTCOME_DONE, NULL));
    assert_ok(visit_undo(away->laptop, visit, NULL, &error));
    assert_int_equal(come_home(away).proposed, 1);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_ok(proposal_settle(away->visits.session, only_proposal(away), TRUE, &error));
    g_autoptr(Visit) undone = get(&away->visits, visit);
    assert_int_equal(undone->outcome.outcome, OUTCOME_NO_SHOW);
}

static void of_a_task_the_first_is_right(void **state)
{
    Away *away = *state;
    const gint64 done = task_at_home(away), later = task_at_home(away);
    leave(away);
    home_as(away, "grundare");
    assert_ok(task_finish(away->visits.session, done, "Hemma", &error));
    assert_ok(task_finish(away->laptop, done, "Borta", &error));
    assert_ok(task_finish(away->visits.session, later, NULL, &error));
    assert_ok(task_postpone(away->laptop, later, date_parse("2026-12-09"), &error));
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.done, 1);
    assert_int_equal(coming.left, 1);
    g_autofree char *how = NULL;
    assert_ok(db_get_text(session_db(away->visits.session),
                          "SELECT done_how FROM task WHERE id = :id", DB_PARAMS(DB_INT("id", done)),
                          &how, &error));
    assert_string_equal(how, "Hemma");
}

/* --- the client meanwhile --------------------------------------------------------------------- */

static void a_deleted_client_is_never_revived(void **state)
{
    Away *away = *state;
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    leave(away);
    laptop_record(away, visit, everything());
    note_on_laptop(away, "Ringde", 0);
    static const char *const sql[] = {"DELETE FROM visit", "DELETE FROM client_named_staff",
                                      "DELETE FROM first_visit", "DELETE FROM latest_visit",
                                      "DELETE FROM client"};
    for (gsize i = 0; i < G_N_ELEMENTS(sql); i++)
        assert_ok(db_run(session_db(away->visits.session), sql[i], NULL, &error));
    assert_int_equal(come_home(away).gone, 2);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM client"), 0);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away_proposal"), 0);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 0);
}

static void it_goes_to_the_card_that_is_kept(void **state)
{
    Away *away = *state;
    gint64 merge = 0;
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    leave(away);
    laptop_record(away, visit, came(OUTCOME_DONE, NULL));
    note_on_laptop(away, "Ringde", 0);
    home_as(away, "grundare");
    assert_ok(client_merge(away->visits.session, away->visits.other, away->visits.client, 0, &merge,
                           &error));
    make_own(away->visits.session, away->visits.other, away->laptop);
    assert_int_equal(come_home(away).done, 2);
    assert_int_equal(ask(&away->visits, "SELECT COUNT(*) FROM contact_note WHERE client_id = :id",
                         away->visits.other),
                     1);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(now->client_id, away->visits.other);
}

/* Whose card closes to whoever was away: it comes to somebody who may open it. */
static void of_somebody_protected_meanwhile_it_comes_to_whoever_may(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    home_as(away, "grundare");
    assert_ok(db_run(session_db(away->visits.session),
                     "UPDATE client SET protection = 'marked', support_worker_id = NULL,"
                     " case_officer_id = :me WHERE id = :id",
                     DB_PARAMS(DB_INT("me", session_staff_id(away->visits.session)),
                               DB_INT("id", away->visits.client)),
                     &error));
    assert_int_equal(come_home(away).proposed, 1);
    const gint64 id = only_proposal(away);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 0);
    assert_int_equal(ask(&away->visits,
                         "SELECT staff_id FROM task WHERE kind = 'proposal' AND client_id = :id",
                         away->visits.client),
                     session_staff_id(away->visits.session));
    g_autoptr(Session) berit = fixture_open(&away->visits.unit, "berit");
    assert_fails(proposal_get(berit, id, &error), ERROR_DENIED);
    assert_fails(proposal_settle(berit, id, TRUE, &error), ERROR_DENIED);
    assert_ok(proposal_settle(away->visits.session, id, TRUE, &error));
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 1);
}

static void a_note_corrected_on_both_is_kept(void **state)
{
    Away *away = *state;
    g_autoptr(ContactNote) note = contact_note_new(away->visits.client);
    note->note = g_strdup("Ringde");
    assert_ok(contact_note_add(away->visits.session, note, &error));
    leave(away);
    note_on_laptop(away, "Ringde om borta", note->id);
    home_as(away, "grundare");
    g_autoptr(ContactNote) better = contact_note_new(away->visits.client);
    better->note = g_strdup("Ringde om hemma");
    better->corrects_id = note->id;
    assert_ok(contact_note_add(away->visits.session, better, &error));
    assert_int_equal(come_home(away).proposed, 1);
    assert_ok(proposal_settle(away->visits.session, only_proposal(away), TRUE, &error));
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note WHERE replaced_id IS NULL"),
                     1);
    assert_int_equal(
        at_home(away, "SELECT COUNT(*) FROM contact_note WHERE note = 'Ringde om borta'"), 1);
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        AWAY_TEST(the_same_on_both_is_nothing),
        AWAY_TEST(the_first_stands_and_the_other_is_kept_whole),
        AWAY_TEST(the_two_stand_side_by_side),
        AWAY_TEST(the_log_has_words_for_it),
        AWAY_TEST(those_who_may_open_the_card_have_it),
        AWAY_TEST(what_stands_may_be_left),
        AWAY_TEST(what_comes_after_it_on_the_laptop_goes_to_it),
        AWAY_TEST(taken_back_on_the_laptop_it_is_withdrawn),
        AWAY_TEST(an_undo_takes_back_only_what_the_laptop_saw),
        AWAY_TEST(of_a_task_the_first_is_right),
        AWAY_TEST(a_deleted_client_is_never_revived),
        AWAY_TEST(it_goes_to_the_card_that_is_kept),
        AWAY_TEST(of_somebody_protected_meanwhile_it_comes_to_whoever_may),
        AWAY_TEST(a_note_corrected_on_both_is_kept),
    };
    return cmocka_run_group_tests_name("homecoming_conflicts", tests, NULL, NULL);
}
