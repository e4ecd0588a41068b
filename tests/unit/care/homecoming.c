/* homecoming.c: what was done on a laptop comes home once, whole, and loses nobody's words. */
#include "care/laptop/homecoming.h"

#include "care/client/client_event.h"
#include "care/client/client_merge.h"
#include "care/client/protection.h"
#include "care/laptop/laptop_proposal.h"
#include "care/response/response.h"
#include "care/visit/absence.h"
#include "tests/unit/care/fixture_laptop.h"

#define AT(day, time) g_setenv("DAGSFORM_NOW", day "T" time, TRUE)

static void laptop_record(const Away *away, gint64 id, VisitOutcome outcome)
{
    g_autoptr(Visit) visit = NULL;
    assert_ok((visit = visit_get(away->laptop, id, &error)));
    assert_ok(visit_record(away->laptop, id, visit->version, &outcome, NULL, NULL, &error));
}

static void note_on_laptop(const Away *away, const char *text, gint64 corrects)
{
    g_autoptr(ContactNote) note = contact_note_new(away->visits.client);
    note->note = g_strdup(text);
    note->corrects_id = corrects;
    assert_ok(contact_note_add(away->laptop, note, &error));
}

/* As the command does it, with a session of its own at either end. */
static gboolean try_home(const Away *away, const DbWatch *watch, Homecoming *coming, GError **error)
{
    g_autoptr(Session) home = fixture_open(&away->visits.unit, "berit");
    g_autoptr(Session) laptop = try_laptop(away, TRUE, error);
    return laptop != NULL && homecoming_run(home, laptop, watch, coming, error);
}

static Homecoming come_home(const Away *away)
{
    Homecoming coming;
    assert_ok(try_home(away, NULL, &coming, &error));
    return coming;
}

static gint64 at_home(const Away *away, const char *sql)
{
    return fixture_int(away->visits.session, sql);
}

static void assert_sound(const Away *away)
{
    assert_counts_true(&away->visits);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(away->visits.session), faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 0);
}

/* One of each deed; the visit is one of home's, two tasks are. */
typedef struct {
    gint64 visit, undone, removed, task, other;
} Work;

static Work lay_work(Away *away)
{
    Visits *visits = &away->visits;
    Work work = {.visit = plan(visits, "2026-11-23", "10:00"),
                 .undone = plan(visits, "2026-11-24", "10:00"),
                 .removed = plan(visits, "2026-11-25", "10:00")};
    for (int i = 0; i < 2; i++) {
        g_autoptr(Task) task = task_new();
        task->client_id = visits->client;
        task->due_date = date_parse("2026-11-25");
        assert_ok(task_add(visits->session, task, &error));
        *(i == 0 ? &work.task : &work.other) = task->id;
    }
    return work;
}

static void do_work(const Away *away, const Work *work)
{
    Session *laptop = away->laptop;
    const gint64 client = away->visits.client;
    VisitOutcome cancelled = everything();
    VisitTimes times = VISIT_TIMES_NONE;
    times.new_time = (NewTime){.date = date_parse("2026-11-27"), .start = 600, .minutes = 45};
    g_autoptr(Visit) visit = NULL;
    assert_ok((visit = visit_get(laptop, work->visit, &error)));
    assert_ok(visit_record(laptop, work->visit, visit->version, &cancelled, &times, NULL, &error));
    laptop_record(away, work->undone, came(OUTCOME_NO_SHOW, NULL));
    assert_ok(visit_undo(laptop, work->undone, NULL, &error));
    assert_ok(visit_redo(laptop, work->undone, NULL, &error));
    assert_ok(visit_undo(laptop, work->undone, NULL, &error));
    assert_ok(visit_remove(laptop, work->removed, &error));
    g_autoptr(Visit) planned = planned_visit(&away->visits, "2026-11-26", "13:00");
    planned->staff_id = away->berit;
    assert_ok(visit_add(laptop, planned, &error));
    laptop_record(away, planned->id, came(OUTCOME_DONE, NULL));
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->note = g_strdup("Ringde om å, ä och \"ö\"");
    assert_ok(contact_note_add(laptop, note, &error));
    g_autoptr(Task) task = task_new();
    task->client_id = client;
    task->due_date = date_parse("2026-12-01");
    task->note = g_strdup("Ring mamman");
    assert_ok(task_add(laptop, task, &error));
    assert_ok(task_finish(laptop, work->task, "Ringt", &error));
    assert_ok(task_reopen(laptop, work->task, &error));
    assert_ok(task_postpone(laptop, work->task, date_parse("2026-12-03"), &error));
    assert_ok(task_take(laptop, work->other, &error));
    g_autoptr(Absence) absence = absence_new(client);
    away_cause_parse("away-holiday", &absence->cause);
    absence->from = date_parse("2026-12-10");
    absence->to = date_parse("2026-12-12");
    assert_ok(absence_add(laptop, absence, NULL, &error));
}
#define WORK 15 /* deeds */

/* The rows of either, without what each counts for itself: which version, when and who. */
static char *rows_of(Session *session, const char *sql)
{
    GString *all = g_string_new(NULL);
    g_autoptr(DbStatement) rows = NULL;
    assert_ok((rows = db_query(session_db(session), sql, NULL, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW) {
        for (int i = 0; i < 8; i++)
            g_string_append_printf(all, "%s|", db_text(rows, i) != NULL ? db_text(rows, i) : "");
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}

static void assert_same_as_away(const Away *away)
{
    static const char *const sql[] = {
        "SELECT id, date, start, minutes, outcome, words, new_visit_id, version FROM visit ORDER "
        "BY id",
        "SELECT visit_id, version, replaced_ms, replaced_by, 0, 0, 0, 0 FROM visit_version"
        " ORDER BY visit_id, version",
        "SELECT id, day, note, words, staff_id, created_ms, 0, 0 FROM contact_note ORDER BY id",
        "SELECT id, kind, due_date, note, staff_id, done_ms, done_how, created_ms FROM task ORDER "
        "BY id",
        "SELECT id, cause, from_on, to_on, created_ms, created_by, 0, 0 FROM absence ORDER BY id",
    };
    g_autoptr(Session) laptop = NULL;
    assert_ok((laptop = try_laptop(away, TRUE, &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(sql); i++) {
        g_autofree char *there = rows_of(laptop, sql[i]),
                        *here = rows_of(away->visits.session, sql[i]);
        assert_string_equal(here, there);
    }
}

static void each_deed_comes_home_as_it_was_done(void **state)
{
    Away *away = *state;
    const Work work = lay_work(away);
    leave(away);
    AT("2026-11-25", "14:30");
    do_work(away, &work);
    g_clear_pointer(&away->laptop, session_close);
    AT("2026-11-28", "09:00");
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.deeds, WORK);
    assert_int_equal(coming.done, WORK);
    assert_int_equal(coming.proposed + coming.left + coming.gone, 0);
    assert_false(coming.log_broken);
    assert_same_as_away(away);
    assert_sound(away);
    /* With its own time and person, and the laptop named. */
    g_autoptr(Visit) visit = get(&away->visits, work.visit);
    assert_int_equal(visit->recorded_by, away->berit);
    assert_int_equal(visit->recorded_ms, clock_moment(date_parse("2026-11-25"), 14 * 60 + 30));
    g_autofree char *changes = NULL;
    assert_ok(db_get_text(
        session_db(away->visits.session),
        "SELECT changes, node, seq FROM audit WHERE action = 'record' AND entity_id = :id"
        " AND node <> :node",
        DB_PARAMS(DB_INT("id", work.visit), DB_INT("node", away->node)), &changes, &error));
    g_autofree char *named = g_strdup_printf("\"laptop\":[null,%" G_GINT64_FORMAT "]", away->node);
    assert_non_null(strstr(changes, named));
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM sync_op"), WORK);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away WHERE state = 'home'"), 1);
}

static void it_comes_home_once(void **state)
{
    Away *away = *state;
    const Work work = lay_work(away);
    leave(away);
    do_work(away, &work);
    /* Whoever still has it open there can do nothing more. */
    come_home(away);
    g_autoptr(ContactNote) note = contact_note_new(away->visits.client);
    note->note = g_strdup("Efteråt");
    assert_fails(contact_note_add(away->laptop, note, &error), ERROR_DENIED);
    g_clear_pointer(&away->laptop, session_close);
    assert_fails(try_laptop(away, FALSE, &error), ERROR_DENIED);
    const Homecoming again = come_home(away);
    assert_int_equal(again.before, WORK);
    assert_int_equal(again.done, 0);
    assert_same_as_away(away);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM audit WHERE action = 'come-home'"), 1);
}

typedef struct {
    int left;
} Patience;

static gboolean wait_for(double share, gpointer data)
{
    (void)share;
    return ((Patience *)data)->left-- > 0;
}

/* Broken off before each deed in turn, and refused at each by the unit, it goes on from there. */
static void cut_at_every_deed_it_goes_on(void **state)
{
    Away *away = *state;
    const Work work = lay_work(away);
    leave(away);
    do_work(away, &work);
    g_clear_pointer(&away->laptop, session_close);
    for (int i = 0; i < WORK; i++) {
        Patience patience = {1};
        const DbWatch watch = {wait_for, &patience};
        Homecoming coming;
        g_autofree char *when = g_strdup_printf("NEW.seq = %d", i + 1);
        fixture_refuse(away->visits.session, "sync_op", when);
        g_autoptr(GError) refused = NULL;
        assert_false(try_home(away, NULL, &coming, &refused));
        assert_non_null(refused);
        fixture_take(away->visits.session, "sync_op");
        assert_int_equal(at_home(away, "SELECT COUNT(*) FROM sync_op"), i);
        assert_fails(try_home(away, &watch, &coming, &error), ERROR_CANCELLED);
        assert_int_equal(at_home(away, "SELECT COUNT(*) FROM sync_op"), i + 1);
        assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away WHERE state = 'out'"), 1);
    }
    /* And at the end, when the laptop is closed and home has not said so yet. */
    fixture_refuse(away->visits.session, "audit", "NEW.action = 'come-home'");
    g_autoptr(GError) refused = NULL;
    Homecoming coming;
    assert_false(try_home(away, NULL, &coming, &refused));
    fixture_take(away->visits.session, "audit");
    assert_int_equal(come_home(away).before, WORK);
    assert_same_as_away(away);
    assert_sound(away);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away WHERE state = 'home'"), 1);
}

static void a_gap_in_the_outbox_is_told(void **state)
{
    Away *away = *state;
    const Work work = lay_work(away);
    Homecoming coming;
    leave(away);
    do_work(away, &work);
    assert_ok(db_run(session_db(away->laptop), "DELETE FROM outbox WHERE seq = 3", NULL, &error));
    assert_fails(try_home(away, NULL, &coming, &error), ERROR_CORRUPT);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM sync_op"), 2);
}

static void what_nobody_began_a_deed_for_is_refused_there(void **state)
{
    Away *away = *state;
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    leave(away);
    g_autoptr(Absence) absence = absence_new(away->visits.client);
    away_cause_parse("away-holiday", &absence->cause);
    assert_ok(absence_add(away->laptop, absence, NULL, &error));
    assert_fails(absence_withdraw(away->laptop, absence->id, absence->version, NULL, &error),
                 ERROR_DENIED);
    (void)visit;
    assert_int_equal(fixture_int(away->laptop, "SELECT COUNT(*) FROM outbox"), 1);
    assert_int_equal(
        fixture_int(away->laptop, "SELECT COUNT(*) FROM absence WHERE withdrawn_ms IS NULL"), 1);
}

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
    const Work work = lay_work(away);
    leave(away);
    home_as(away, "grundare");
    assert_ok(task_finish(away->visits.session, work.task, "Hemma", &error));
    assert_ok(task_finish(away->laptop, work.task, "Borta", &error));
    assert_ok(task_finish(away->visits.session, work.other, NULL, &error));
    assert_ok(task_postpone(away->laptop, work.other, date_parse("2026-12-09"), &error));
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.done, 1);
    assert_int_equal(coming.left, 1);
    g_autofree char *how = NULL;
    assert_ok(db_get_text(session_db(away->visits.session),
                          "SELECT done_how FROM task WHERE id = :id",
                          DB_PARAMS(DB_INT("id", work.task)), &how, &error));
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

/* Its answers are given there, and are home when it is. */
static void a_form_that_went_along_comes_home_with_its_answers(void **state)
{
    Away *away = *state;
    home_as(away, "berit");
    g_autoptr(Form) form = NULL;
    g_autoptr(Form) asked = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Answers) mine = answers_new();
    g_autoptr(Answers) home = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Response) there = NULL;
    g_autoptr(Response) here = NULL;
    assert_ok((form = form_load("forms/handlingsplan.yaml", NULL, &error)));
    assert_ok((response = response_begin(away->visits.session, form, away->visits.client, "client",
                                         0, NULL, &error)));
    leave(away);
    assert_ok(
        (there = response_open(away->laptop, response->id, TRUE, FALSE, &asked, &answers, &error)));
    answers_set(mine, "ett", "", ANSWER_VALUE, "å, ä och ö");
    assert_ok(response_save_all(away->laptop, there, asked, mine, &error) != 0);
    g_clear_pointer(&away->laptop, session_close);
    assert_int_equal(come_home(away).responses, 1);
    g_clear_pointer(&asked, form_free);
    assert_ok((here = response_open(away->visits.session, response->id, TRUE, FALSE, &asked, &home,
                                    &error)));
    assert_non_null(answers_get(home, "ett", ""));
    assert_string_equal(answers_get(home, "ett", "")->value, "å, ä och ö");
}

static Response *begin_there(const Away *away, Form **form)
{
    Response *response = NULL;
    assert_ok((*form = form_load("forms/handlingsplan.yaml", NULL, &error)));
    assert_ok((response = response_begin(away->laptop, *form, away->visits.client, "client", 0,
                                         "fi", &error)));
    return response;
}

static void a_form_begun_there_comes_home_with_its_answers(void **state)
{
    Away *away = *state;
    leave(away);
    g_autoptr(Form) form = NULL;
    g_autoptr(Form) looked = NULL;
    g_autoptr(Form) asked = NULL;
    g_autoptr(Response) response = begin_there(away, &form);
    g_autoptr(Response) empty = begin_there(away, &looked);
    g_autoptr(Response) here = NULL;
    g_autoptr(Answers) mine = answers_new();
    g_autoptr(Answers) home = NULL;
    answers_set(mine, "ett", "", ANSWER_VALUE, "å, ä och ö");
    assert_ok(response_save_all(away->laptop, response, form, mine, &error) != 0);
    assert_ok(response_release(away->laptop, empty, &error));
    /* It is completed at home. */
    assert_fails(response_complete(away->laptop, response, form, mine, &error), ERROR_DENIED);
    g_clear_pointer(&away->laptop, session_close);
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.done, 2);
    assert_int_equal(coming.responses, 1);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM response"), 1);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM away_response"), 0);
    assert_ok((here = response_open(away->visits.session, response->id, TRUE, FALSE, &asked, &home,
                                    &error)));
    assert_string_equal(here->language, "fi");
    assert_non_null(answers_get(home, "ett", ""));
    assert_string_equal(answers_get(home, "ett", "")->value, "å, ä och ö");
}

/* --- who comes home --------------------------------------------------------------------------- */

static void somebody_closed_meanwhile_does_not_come_home(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    g_clear_pointer(&away->laptop, session_close);
    home_as(away, "chef");
    assert_ok(staff_revoke(away->visits.session, "berit", NULL, &error));
    assert_fails(fixture_try(&away->visits.unit, "berit", PASSPHRASE, &error), ERROR_PASSPHRASE);
    /* Nor by way of a colleague. */
    home_as(away, "carl");
    g_autoptr(Session) laptop = NULL;
    Homecoming coming;
    assert_ok((laptop = try_laptop(away, TRUE, &error)));
    assert_fails(homecoming_run(away->visits.session, laptop, NULL, &coming, &error), ERROR_DENIED);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 0);
    assert_int_equal(fixture_int(laptop, "SELECT COUNT(*) FROM outbox"), 1);
}

static void a_lost_one_does_not_come_home(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    home_as(away, "chef");
    assert_ok(laptop_lost(away->visits.session, away->node, &error));
    Homecoming coming;
    assert_fails(try_home(away, NULL, &coming, &error), ERROR_DENIED);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 0);
}

static void another_unit_s_does_not_come_home_here(void **state)
{
    Away *away = *state;
    Homecoming coming;
    leave(away);
    g_autoptr(Session) laptop = NULL;
    assert_ok((laptop = try_laptop(away, TRUE, &error)));
    assert_fails(homecoming_run(laptop, laptop, NULL, &coming, &error), ERROR_INPUT);
    assert_ok(db_run(session_db(laptop), "UPDATE meta SET value = 'other' WHERE key = 'laptop_of'",
                     NULL, &error));
    assert_fails(homecoming_run(away->visits.session, laptop, NULL, &coming, &error), ERROR_INPUT);
    assert_fails(homecoming_run(away->visits.session, away->visits.session, NULL, &coming, &error),
                 ERROR_INPUT);
}

/* --- two laptops, and their clocks ------------------------------------------------------------ */

static void of_two_laptops_the_first_home_stands(void **state)
{
    Away *away = *state;
    const gint64 visit = plan(&away->visits, "2026-11-23", "10:00");
    leave(away);
    laptop_record(away, visit, came(OUTCOME_NO_SHOW, NULL));
    note_on_laptop(away, "Från den första", 0);
    g_clear_pointer(&away->laptop, session_close);
    Away second = *away;
    second.path = g_strconcat(away->path, ".2.db", NULL);
    leave(&second);
    laptop_record(&second, visit, came(OUTCOME_DONE, NULL));
    note_on_laptop(&second, "Från den andra", 0);
    g_clear_pointer(&second.laptop, session_close);
    assert_int_not_equal(second.node, away->node);
    away->visits.session = away->visits.unit.session = second.visits.unit.session;
    assert_int_equal(come_home(&second).done, 2);
    const Homecoming coming = come_home(away);
    assert_int_equal(coming.done, 1);
    assert_int_equal(coming.proposed, 1);
    g_autoptr(Visit) now = get(&away->visits, visit);
    assert_int_equal(now->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(at_home(away, "SELECT COUNT(*) FROM contact_note"), 2);
    assert_sound(away);
    g_free(second.path);
}

static void a_clock_that_is_wrong_tells_no_time_that_cannot_be(void **state)
{
    Away *away = *state;
    const gint64 early = plan(&away->visits, "2026-11-23", "10:00");
    const gint64 late = plan(&away->visits, "2026-11-23", "13:00");
    leave(away);
    AT("2026-12-05", "10:00"); /* days ahead of home */
    laptop_record(away, late, came(OUTCOME_DONE, NULL));
    AT("2020-01-01", "10:00"); /* years behind */
    laptop_record(away, early, came(OUTCOME_DONE, NULL));
    AT("2026-11-24", "09:00");
    come_home(away);
    g_autoptr(Visit) first = get(&away->visits, early);
    g_autoptr(Visit) second = get(&away->visits, late);
    assert_int_equal(first->recorded_ms, clock_moment(date_parse("2026-11-22"), 600));
    assert_int_equal(second->recorded_ms, clock_now_ms());
}

/* --- the laptop's own log ------------------------------------------------------------------- */

static gint64 of_laptop(const Away *away, Session *where, const char *sql)
{
    gint64 found = -1;
    assert_ok(db_get_int(session_db(where), sql, DB_PARAMS(DB_INT("node", away->node)), -1, &found,
                         &error));
    return found;
}
#define ENTRIES "SELECT COUNT(*) FROM audit WHERE node = :node"
#define TELLING "SELECT COUNT(*) FROM audit WHERE action = 'carry' AND entity_id = :node"

/* Its own log, changed behind the program's back. */
static void a_broken_log_of_the_laptop_is_told(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    assert_ok(db_run(session_db(away->laptop), "UPDATE audit SET staff_id = 1 WHERE seq = 2", NULL,
                     &error));
    const Homecoming coming = come_home(away);
    assert_true(coming.log_broken);
    assert_int_equal(coming.done, 1);
    /* None of it is taken in. */
    assert_int_equal(of_laptop(away, away->visits.session, ENTRIES), 0);
    assert_int_equal(fixture_faults(away->visits.session, NULL), 0);
    g_autofree char *words = homecoming_words(&coming);
    assert_non_null(strstr(words, "own log is not as it was written"));
}

static void read_card_there(const Away *away)
{
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(away->laptop, away->visits.client, &error)));
}

/* What was only read there too, in the card's log and among its readings, in order of time; and
 * the check at home proves it. */
static void the_laptop_s_log_comes_home_whole(void **state)
{
    Away *away = *state;
    leave(away);
    AT("2026-11-25", "14:30");
    read_card_there(away);
    AT("2026-11-26", "08:00");
    note_on_laptop(away, "Ringde", 0);
    g_clear_pointer(&away->laptop, session_close);
    home_as(away, "grundare");
    AT("2026-11-27", "08:00");
    Session *home = away->visits.session;
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(home, away->visits.client, &error)));
    AT("2026-11-28", "09:00");
    come_home(away);
    assert_true(of_laptop(away, home, ENTRIES) > 2);
    assert_int_equal(of_laptop(away, home, TELLING), 1);
    assert_int_equal(fixture_faults(home, NULL), 0);
    const gint64 there = clock_moment(date_parse("2026-11-25"), 14 * 60 + 30);
    const gint64 noted = clock_moment(date_parse("2026-11-26"), 8 * 60);
    g_autoptr(GPtrArray) events = NULL;
    assert_ok((events = client_history(home, away->visits.client, 100, &error)));
    gboolean shown = FALSE;
    int notes = 0;
    for (guint i = 0; i < events->len; i++) {
        const ClientEvent *event = g_ptr_array_index(events, i);
        const ClientEvent *newer = i > 0 ? g_ptr_array_index(events, i - 1) : event;
        assert_true(newer->at_ms >= event->at_ms);
        notes += event->at_ms == noted;
        shown |= event->at_ms == there && g_str_has_prefix(event->who, "berit");
    }
    assert_true(shown);
    /* Done there and again at home is one thing done. */
    assert_int_equal(notes, 1);
    assert_ok(db_run(session_db(home),
                     "UPDATE audit SET staff_id = 1 WHERE node = :node AND action = 'read'",
                     DB_PARAMS(DB_INT("node", away->node)), &error));
    assert_int_equal(fixture_faults(home, NULL), 1);
}

/* Broken off before it was said that it is home, and read by whoever had it open still, it goes on
 * from where it was. */
static void the_laptop_s_log_comes_home_once(void **state)
{
    Away *away = *state;
    leave(away);
    note_on_laptop(away, "Ringde", 0);
    Session *home = away->visits.session;
    /* The last that is written. */
    fixture_refuse(home, "audit", "NEW.action = 'change' AND NEW.entity = 'away'");
    Homecoming coming;
    GError *failed = NULL;
    assert_false(try_home(away, NULL, &coming, &failed));
    g_clear_error(&failed);
    assert_int_equal(of_laptop(away, home, ENTRIES), 0);
    fixture_take(home, "audit");
    come_home(away);
    read_card_there(away);
    g_clear_pointer(&away->laptop, session_close);
    come_home(away);
    g_autoptr(Session) laptop = NULL;
    assert_ok((laptop = try_laptop(away, TRUE, &error)));
    assert_int_equal(of_laptop(away, home, ENTRIES " AND action = 'read'"),
                     of_laptop(away, laptop, ENTRIES " AND action = 'read'"));
    assert_true(of_laptop(away, home, ENTRIES " AND action = 'read'") > 0);
    assert_int_equal(fixture_faults(home, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        AWAY_TEST(each_deed_comes_home_as_it_was_done),
        AWAY_TEST(it_comes_home_once),
        AWAY_TEST(cut_at_every_deed_it_goes_on),
        AWAY_TEST(a_gap_in_the_outbox_is_told),
        AWAY_TEST(what_nobody_began_a_deed_for_is_refused_there),
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
        AWAY_TEST(a_form_that_went_along_comes_home_with_its_answers),
        AWAY_TEST(a_form_begun_there_comes_home_with_its_answers),
        AWAY_TEST(somebody_closed_meanwhile_does_not_come_home),
        AWAY_TEST(a_lost_one_does_not_come_home),
        AWAY_TEST(another_unit_s_does_not_come_home_here),
        AWAY_TEST(of_two_laptops_the_first_home_stands),
        AWAY_TEST(a_clock_that_is_wrong_tells_no_time_that_cannot_be),
        AWAY_TEST(a_broken_log_of_the_laptop_is_told),
        AWAY_TEST(the_laptop_s_log_comes_home_whole),
        AWAY_TEST(the_laptop_s_log_comes_home_once),
    };
    return cmocka_run_group_tests_name("homecoming", tests, NULL, NULL);
}
