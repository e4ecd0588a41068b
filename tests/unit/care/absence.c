/* absence.c, absence_visits.c, absence_days.c, absence_count.c: a client is away (D1): one step
 * calls the visits off, out of the rate; they come back by themselves; one task to call on return.
 */
#include "care/visit/absence.h"

#include "care/unit/cause.h"
#include "care/visit/absence_count.h"
#include "care/visit/absence_rows.h"
#include "care/visit/outcome_words.h"
#include "care/visit/series.h"
#include "tests/unit/care/fixture_visit.h"

/* Mondays and Thursdays at ten, from the day on. The clock stands at Sunday 22 November 2026. */
static void plan_series(const Visits *visits, const char *from)
{
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = visits->client;
    series->staff_id = visits->staff;
    series->rrule = g_strdup("FREQ=WEEKLY;BYDAY=MO,TH");
    series->starts_on = date_parse(from);
    series->ends_on = DATE_NONE;
    series->start = 10 * 60;
    series->minutes = 60;
    assert_ok(series_add(visits->session, series, &error));
}

static Absence *make(const Visits *visits, AwayCause cause, const char *from, const char *to)
{
    Absence *absence = absence_new(visits->client);
    absence->cause = cause;
    absence->from = date_parse(from);
    absence->to = date_parse(to);
    return absence;
}

static Absence *be_away(const Visits *visits, AwayCause cause, const char *from, const char *to,
                        AbsenceDone *done)
{
    Absence *absence = make(visits, cause, from, to);
    assert_ok(absence_add(visits->session, absence, done, &error));
    return absence;
}

static void last_day(const Visits *visits, gint64 id, const char *to, AbsenceDone *done)
{
    g_autoptr(Absence) absence = NULL;
    assert_ok((absence = absence_get(visits->session, id, &error)));
    absence->to = date_parse(to);
    assert_ok(absence_change(visits->session, absence, done, &error));
}

/* The days of the client's visits that stand so, in order: "23/11 26/11". */
static void assert_days(const Visits *visits, const char *where, const char *days)
{
    g_autoptr(GString) found = g_string_new(NULL);
    g_autofree char *sql = g_strdup_printf(
        "SELECT date FROM visit WHERE client_id = %" G_GINT64_FORMAT " AND %s ORDER BY date, id",
        visits->client, where);
    /* Of the engine's own cache, which is by the text: one statement a test. */
    g_autoptr(DbStatement) rows = NULL;
    assert_ok((rows = db_query(session_db(visits->session), g_intern_string(sql), NULL, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW) {
        int year, month, day;
        date_to_ymd(date_parse(db_text(rows, 0)), &year, &month, &day);
        g_string_append_printf(found, "%s%d/%d", found->len > 0 ? " " : "", day, month);
    }
    assert_string_equal(found->str, days);
}
#define AWAY "outcome = 'unit-cancelled' AND cause = 'away-hospital'"
#define OPEN "outcome IS NULL"

static Task *return_task(const Visits *visits)
{
    gint64 id = 0;
    Task *task = NULL;
    assert_ok(opened_get_int(session_db(visits->session),
                         "SELECT id FROM task WHERE kind = 'return' AND done_ms IS NULL", NULL, 0,
                         &id, &error));
    if (id != 0)
        assert_ok((task = task_for_me(visits->session, id, &error)));
    return task;
}

static gint64 returns(const Visits *visits)
{
    return fixture_int(visits->session, "SELECT COUNT(*) FROM task WHERE kind = 'return'");
}

/* D1: three weeks were 48 keys and six tasks alike. */
static void d1_one_step_calls_off_three_weeks(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    plan_series(visits, "2026-11-23");
    absence_free(be_away(visits, AWAY_HOSPITAL, "2026-11-23", "2026-12-13", &done));
    assert_days(visits, AWAY, "23/11 26/11 30/11 3/12 7/12 10/12");
    assert_days(visits, OPEN, "14/12 17/12 21/12 24/12 28/12 31/12");
    assert_int_equal(done.called_off, 6);
    assert_int_equal(done.kept, 0);
    assert_counts_true(visits);
    g_autoptr(GArray) weeks = NULL;
    assert_ok((weeks = summary_outcomes(visits->session, 202648, 202650, &error)));
    for (guint i = 0; i < 3; i++) {
        const WeekOutcomes *week = &g_array_index(weeks, WeekOutcomes, i);
        assert_int_equal(week->visits[OUTCOME_UNIT_CANCELLED], 2);
        assert_int_equal(week->visits[OUTCOME_NONE], 0);
    }
    assert_int_equal(returns(visits), 1);
    g_autoptr(Task) task = return_task(visits);
    assert_int_equal(task->due_date, date_parse("2026-12-14"));
    g_autofree char *words = task_words(task);
    assert_string_equal(words, "Call on return: in hospital");
    assert_int_equal(fixture_int(visits->session,
                                 "SELECT COUNT(*) FROM audit WHERE entity = 'absence'"
                                 " AND action = 'create'"),
                     1);
    assert_int_equal(
        fixture_int(visits->session, "SELECT COUNT(*) FROM audit WHERE action = 'record'"), 0);
}

static void the_support_worker_calls_on_return(void **state)
{
    const Visits *visits = *state;
    assert_ok(db_run(
        session_db(visits->session), "UPDATE client SET support_worker_id = :worker WHERE id = :id",
        DB_PARAMS(DB_INT("id", visits->client), DB_INT("worker", visits->staff)), &error));
    absence_free(be_away(visits, AWAY_HOLIDAY, "2026-11-23", "2026-11-27", NULL));
    g_autoptr(Task) task = return_task(visits);
    assert_int_equal(task->staff_id, visits->staff);
    assert_int_equal(task->due_date, date_parse("2026-11-28"));
    assert_int_equal(task->client_id, visits->client);
}

static void made_again_it_is_there_once(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    plan_series(visits, "2026-11-23");
    g_autoptr(Absence) absence = be_away(visits, AWAY_PAUSE, "2026-11-23", "2026-11-29", NULL);
    assert_ok(absence_add(visits->session, absence, &done, &error));
    assert_int_equal(done.called_off, 0);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM absence"), 1);
    assert_int_equal(returns(visits), 1);
}

/* What lies beyond the weeks laid out is left out when they are. */
static void no_series_is_laid_out_inside(void **state)
{
    const Visits *visits = *state;
    int added = 0;
    plan_series(visits, "2026-11-23");
    absence_free(be_away(visits, AWAY_HOSPITAL, "2026-12-28", "2027-01-24", NULL));
    assert_days(visits, AWAY, "28/12 31/12");
    g_setenv("DAGSFORM_NOW", "2026-12-21T08:00", TRUE);
    assert_ok(series_lay_out(visits->session, date_parse("2026-12-21"), &added, &error));
    assert_int_equal(added, 4);
    assert_days(visits, "date > '2026-12-31'", "25/1 28/1 1/2 4/2");
    assert_counts_true(visits);
}

/* Over the turn of the year, of week 53, and back: what was called off and what was left out. */
static void ended_early_they_come_back(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    int added = 0;
    plan_series(visits, "2026-11-23");
    g_autoptr(Absence) absence = be_away(visits, AWAY_HOSPITAL, "2026-12-28", "2027-01-24", NULL);
    g_setenv("DAGSFORM_NOW", "2026-12-30T08:00", TRUE);
    assert_ok(series_lay_out(visits->session, date_parse("2026-12-30"), &added, &error));
    last_day(visits, absence->id, "2026-12-30", &done);
    assert_int_equal(done.back, 1);
    assert_int_equal(done.laid_out, 6);
    assert_days(visits, AWAY, "28/12");
    assert_days(visits,
                "date > '2026-12-28'"
                " AND outcome IS NULL",
                "31/12 4/1 7/1 11/1 14/1 18/1 21/1 25/1 28/1 1/2 4/2 8/2 11/2");
    g_autoptr(Task) task = return_task(visits);
    assert_int_equal(task->due_date, date_parse("2026-12-31"));
    assert_int_equal(returns(visits), 1);
    assert_counts_true(visits);
}

/* The night when summer time begins is a day as others. */
static void over_summer_time(void **state)
{
    const Visits *visits = *state;
    g_setenv("DAGSFORM_NOW", "2027-03-20T08:00", TRUE);
    const gint64 before = plan(visits, "2027-03-27", "23:30"),
                 on = plan(visits, "2027-03-28", "02:30"),
                 after = plan(visits, "2027-03-29", "00:15");
    absence_free(be_away(visits, AWAY_HOLIDAY, "2027-03-28", "2027-03-28", NULL));
    g_autoptr(Visit) first = get(visits, before);
    g_autoptr(Visit) away = get(visits, on);
    g_autoptr(Visit) last = get(visits, after);
    assert_int_equal(first->outcome.outcome, OUTCOME_NONE);
    assert_int_equal(away->outcome.outcome, OUTCOME_UNIT_CANCELLED);
    assert_int_equal(last->outcome.outcome, OUTCOME_NONE);
    g_autoptr(Task) task = return_task(visits);
    assert_int_equal(task->due_date, date_parse("2027-03-29"));
}

static void what_is_recorded_otherwise_stays(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    const gint64 mended = plan(visits, "2026-11-23", "10:00");
    const gint64 away = plan(visits, "2026-11-24", "10:00");
    const gint64 already = plan(visits, "2026-11-20", "10:00");
    record(visits, already, came(OUTCOME_NO_SHOW, NULL));
    g_autoptr(Absence) absence = be_away(visits, AWAY_HOSPITAL, "2026-11-20", "2026-11-29", &done);
    assert_int_equal(done.called_off, 2);
    assert_int_equal(done.kept, 1);
    g_autofree char *words = absence_words_done(&done);
    assert_string_equal(words, "2 visits are called off. 1 visit of those days is recorded already "
                               "and stays as it is.");
    record(visits, mended, came(OUTCOME_DONE, NULL)); /* was met on the ward after all */
    assert_ok(absence_withdraw(visits->session, absence->id, 1, &done, &error));
    assert_int_equal(done.back, 1);
    g_autoptr(Visit) met = get(visits, mended);
    g_autoptr(Visit) back = get(visits, away);
    g_autoptr(Visit) missed = get(visits, already);
    assert_int_equal(met->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(back->outcome.outcome, OUTCOME_NONE);
    assert_int_equal(missed->outcome.outcome, OUTCOME_NO_SHOW);
    assert_int_equal(returns(visits), 0);
    assert_counts_true(visits);
}

/* A correction that is taken back is the absence's again; what was undone by hand stays so. */
static void undo_and_redo_go_along(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    const gint64 mended = plan(visits, "2026-11-23", "10:00");
    const gint64 undone = plan(visits, "2026-11-24", "10:00");
    g_autoptr(Absence) absence = be_away(visits, AWAY_HOSPITAL, "2026-11-22", "2026-11-29", NULL);
    record(visits, mended, came(OUTCOME_DONE, NULL));
    assert_ok(visit_undo(visits->session, mended, NULL, &error));
    assert_ok(visit_undo(visits->session, undone, NULL, &error));
    assert_days(visits, AWAY, "23/11");
    last_day(visits, absence->id, "2026-12-06", &done); /* longer */
    assert_days(visits, AWAY, "23/11");
    assert_ok(visit_redo(visits->session, undone, NULL, &error));
    assert_days(visits, AWAY, "23/11 24/11");
    last_day(visits, absence->id, "2026-11-22", &done); /* back already */
    assert_int_equal(done.back, 2);
    assert_days(visits, OPEN, "23/11 24/11");
    assert_ok(visit_redo(visits->session, undone, NULL, &error));
    assert_days(visits, AWAY, "24/11");
    assert_counts_true(visits);
}

/* A new time that fell on the days: the meeting it came for is counted nowhere twice. */
static void a_new_time_is_called_off_too(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    const gint64 rebooked = plan(visits, "2026-11-20", "10:00");
    record_with_time(visits, rebooked, came(OUTCOME_REBOOKED, NULL), "2026-11-25", "10:00");
    assert_counts_true(visits);
    g_autoptr(Absence) absence = be_away(visits, AWAY_HOSPITAL, "2026-11-23", "2026-11-29", &done);
    assert_int_equal(done.called_off, 1);
    assert_counts_true(visits);
    assert_ok(absence_withdraw(visits->session, absence->id, 1, NULL, &error));
    assert_counts_true(visits);
}

static void another_cause_is_on_its_visits(void **state)
{
    const Visits *visits = *state;
    const gint64 id = plan(visits, "2026-11-23", "10:00");
    g_autoptr(Absence) absence = be_away(visits, AWAY_HOLIDAY, "2026-11-23", "2026-11-29", NULL);
    absence->cause = AWAY_HOSPITAL;
    assert_ok(absence_change(visits->session, absence, NULL, &error));
    g_autoptr(Visit) visit = get(visits, id);
    assert_string_equal(visit->outcome.cause, "away-hospital");
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM visit_version WHERE visit_id = :id", id), 1);
    assert_counts_true(visits);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_counts_true(visits);
}

static void until_further_notice_somebody_asks(void **state)
{
    const Visits *visits = *state;
    plan_series(visits, "2026-11-23");
    g_autoptr(Absence) absence = make(visits, AWAY_PAUSE, "2026-11-23", "2026-11-23");
    absence->to = DATE_NONE;
    assert_ok(absence_add(visits->session, absence, NULL, &error));
    assert_days(visits, OPEN, "");
    g_autoptr(Task) task = return_task(visits);
    assert_int_equal(task->due_date, date_parse("2026-12-07"));
    g_autofree char *now = NULL;
    assert_ok(absence_words_now(visits->session, visits->client, &now, &error));
    assert_string_equal(now, "from 2026-11-23 until further notice, wants a pause");
    assert_ok(task_finish(visits->session, task->id, NULL, &error));
    last_day(visits, absence->id, "2026-12-13", NULL);
    g_autoptr(Task) again = return_task(visits);
    assert_int_equal(again->due_date, date_parse("2026-12-14"));
    assert_int_equal(returns(visits), 2);
}

/* Entered afterwards: nobody is called who has long been back. */
static void one_that_is_over_has_no_task(void **state)
{
    const Visits *visits = *state;
    AbsenceDone done = {0};
    plan(visits, "2026-11-12", "10:00");
    absence_free(be_away(visits, AWAY_HOSPITAL, "2026-11-09", "2026-11-15", &done));
    assert_int_equal(done.called_off, 1);
    assert_int_equal(returns(visits), 0);
    g_autofree char *now = NULL;
    assert_ok(absence_words_now(visits->session, visits->client, &now, &error));
    assert_null(now);
}

static void twice_on_one_day_is_refused(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Absence) first = be_away(visits, AWAY_HOLIDAY, "2026-11-23", "2026-11-29", NULL);
    g_autoptr(Absence) over = make(visits, AWAY_PAUSE, "2026-11-29", "2026-12-06");
    assert_fails(absence_add(visits->session, over, NULL, &error), ERROR_INPUT);
    g_autoptr(Absence) beside = be_away(visits, AWAY_PAUSE, "2026-11-30", "2026-12-06", NULL);
    first->to = DATE_NONE;
    assert_fails(absence_change(visits->session, first, NULL, &error), ERROR_INPUT);
    g_autoptr(Absence) backwards = make(visits, AWAY_PAUSE, "2026-12-20", "2026-12-19");
    assert_fails(absence_add(visits->session, backwards, NULL, &error), ERROR_INPUT);
    assert_ok(absence_withdraw(visits->session, beside->id, 1, NULL, &error));
    g_autoptr(Absence) anew = be_away(visits, AWAY_PAUSE, "2026-12-01", "2026-12-02", NULL);
    assert_true(anew->id != 0);
}

static void two_at_once_are_told(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Absence) mine = be_away(visits, AWAY_HOLIDAY, "2026-11-23", "2026-11-29", NULL);
    last_day(visits, mine->id, "2026-11-25", NULL);
    mine->to = date_parse("2026-12-01");
    assert_fails(absence_change(visits->session, mine, NULL, &error), ERROR_CONFLICT);
    assert_fails(absence_withdraw(visits->session, mine->id, 1, NULL, &error), ERROR_CONFLICT);
    assert_ok(absence_withdraw(visits->session, mine->id, 2, NULL, &error));
    assert_fails(absence_withdraw(visits->session, mine->id + 1, 1, NULL, &error), ERROR_NOT_FOUND);
}

/* On the visit it is not the unit's doing, in the list of causes it has a name. */
static void it_is_said_as_it_is(void **state)
{
    const Visits *visits = *state;
    const gint64 id = plan(visits, "2026-11-23", "10:00");
    absence_free(be_away(visits, AWAY_HOSPITAL, "2026-11-23", "2026-11-29", NULL));
    g_autoptr(Visit) visit = get(visits, id);
    g_autofree char *words = outcome_words(&visit->outcome);
    assert_string_equal(words, "Away");
    assert_string_equal(cause_name(visits->session, visit->outcome.cause), "Away: in hospital");
    AwayCause cause = AWAY_OTHER;
    assert_true(away_cause_said("AWAY: in hospital", &cause));
    assert_int_equal(cause, AWAY_HOSPITAL);
}

static void a_quarter_is_counted(void **state)
{
    const Visits *visits = *state;
    AbsenceFigures figures;
    plan_series(visits, "2026-11-23");
    absence_free(be_away(visits, AWAY_HOLIDAY, "2026-09-28", "2026-10-04", NULL));
    absence_free(be_away(visits, AWAY_HOSPITAL, "2026-11-16", "2026-12-06", NULL));
    g_autoptr(Absence) mistake = be_away(visits, AWAY_PAUSE, "2026-12-10", "2026-12-20", NULL);
    assert_ok(absence_withdraw(visits->session, mistake->id, 1, NULL, &error));
    assert_ok(absence_figures(visits->session, 2026, 4, &figures, &error));
    assert_int_equal(figures.of[AWAY_HOLIDAY].absences, 1);
    assert_int_equal(figures.of[AWAY_HOLIDAY].days, 4);
    assert_int_equal(figures.of[AWAY_HOSPITAL].absences, 1);
    assert_int_equal(figures.of[AWAY_HOSPITAL].days, 7); /* until today */
    assert_int_equal(figures.of[AWAY_HOSPITAL].called_off, 4);
    assert_int_equal(figures.of[AWAY_PAUSE].absences, 0);
    assert_ok(absence_figures(visits->session, 2026, 3, &figures, &error));
    assert_int_equal(figures.of[AWAY_HOLIDAY].days, 3);
}

static void rows_and_back(void **state)
{
    (void)state;
    const char *faults[ABSENCE_ROW_COUNT];
    g_autoptr(Absence) absence = absence_new(1);
    g_auto(GStrv) fresh = absence_rows_values(absence);
    assert_string_equal(fresh[ABSENCE_ROW_CAUSE], "");
    assert_string_equal(fresh[ABSENCE_ROW_FROM], "2026-11-22");
    assert_false(absence_rows_take(fresh, absence, faults));
    assert_non_null(faults[ABSENCE_ROW_CAUSE]);
    const char *typed[] = {"1", "+2w", "imorgon", " Ring systern. ", NULL};
    assert_true(absence_rows_take((char **)typed, absence, faults));
    assert_int_equal(absence->to, date_parse("2026-12-06"));
    assert_int_equal(absence->from, date_parse("2026-11-23"));
    assert_string_equal(absence->words, "Ring systern.");
    const char *backwards[] = {"1", "2026-11-01", "imorgon", "", NULL};
    assert_false(absence_rows_take((char **)backwards, absence, faults));
    assert_non_null(faults[ABSENCE_ROW_TO]);
    const char *unclear[] = {"1", "sen", "", "", NULL};
    assert_false(absence_rows_take((char **)unclear, absence, faults));
    assert_non_null(faults[ABSENCE_ROW_TO]);
    assert_non_null(faults[ABSENCE_ROW_FROM]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(d1_one_step_calls_off_three_weeks),
        VISIT_TEST(the_support_worker_calls_on_return),
        VISIT_TEST(made_again_it_is_there_once),
        VISIT_TEST(no_series_is_laid_out_inside),
        VISIT_TEST(ended_early_they_come_back),
        VISIT_TEST(over_summer_time),
        VISIT_TEST(what_is_recorded_otherwise_stays),
        VISIT_TEST(undo_and_redo_go_along),
        VISIT_TEST(a_new_time_is_called_off_too),
        VISIT_TEST(another_cause_is_on_its_visits),
        VISIT_TEST(until_further_notice_somebody_asks),
        VISIT_TEST(one_that_is_over_has_no_task),
        VISIT_TEST(twice_on_one_day_is_refused),
        VISIT_TEST(two_at_once_are_told),
        VISIT_TEST(it_is_said_as_it_is),
        VISIT_TEST(a_quarter_is_counted),
        VISIT_TEST(rows_and_back),
    };
    return cmocka_run_group_tests_name("absence", tests, NULL, NULL);
}
