/* homecoming.c: what was done on a laptop comes home once and whole, from whoever took it along. */
#include "care/laptop/homecoming.h"

#include "care/client/client_event.h"
#include "care/response/response.h"
#include "care/visit/absence.h"
#include "tests/unit/care/fixture_laptop.h"

#define AT(day, time) g_setenv("DAGSFORM_NOW", day "T" time, TRUE)

/* One of each deed; the visit is one of home's, two tasks are. */
typedef struct {
    gint64 visit, undone, removed, task, other;
} Work;

static Work lay_work(Away *away)
{
    Visits *visits = &away->visits;
    Work work = {.visit = plan(visits, "2026-11-23", "10:00"),
                 .undone = plan(visits, "2026-11-24", "10:00"),
                 .removed = plan(visits, "2026-11-25", "10:00"),
                 .task = task_at_home(away),
                 .other = task_at_home(away)};
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
