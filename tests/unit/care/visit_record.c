/* visit_record.c: recording and correcting, twice and at once, and what comes of it. */
#include "care/unit/draft.h"
#include "care/visit/visit_history.h"
#include "tests/unit/care/fixture_visit.h"

/* --- rules ------------------------------------------------------------------------------------ */

typedef enum { NO_CAUSE, PERSONS, UNITS, UNKNOWN, CAUSE_KINDS } CauseKind;
static const char *const CAUSES[CAUSE_KINDS] = {
    [NO_CAUSE] = NULL, [PERSONS] = "sjuk", [UNITS] = "INS", [UNKNOWN] = "finns-inte"};

static void test_causes_of_outcomes(void **state)
{
    const Visits *visits = *state;
    static const gboolean allowed[OUTCOME_COUNT][CAUSE_KINDS] = {
        [OUTCOME_NONE] = {FALSE, FALSE, FALSE, FALSE},
        [OUTCOME_DONE] = {TRUE, FALSE, FALSE, FALSE},
        [OUTCOME_DONE_OTHERWISE] = {TRUE, TRUE, TRUE, FALSE},
        [OUTCOME_CANCELLED] = {TRUE, TRUE, FALSE, FALSE},
        [OUTCOME_DECLINED] = {TRUE, TRUE, FALSE, FALSE},
        [OUTCOME_NO_SHOW] = {TRUE, TRUE, FALSE, FALSE},
        [OUTCOME_UNIT_CANCELLED] = {TRUE, TRUE, TRUE, FALSE},
        [OUTCOME_REBOOKED] = {TRUE, TRUE, TRUE, FALSE},
    };
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++)
        for (CauseKind kind = NO_CAUSE; kind < CAUSE_KINDS; kind++) {
            gint64 id = plan(visits, "2026-11-20", "10:00");
            VisitOutcome what = came(outcome, CAUSES[kind]);
            if (!allowed[outcome][kind]) {
                assert_fails(visit_record(visits->session, id, 1, &what, NULL, NULL, &error),
                             ERROR_INPUT);
                assert_int_equal(ask(visits, "SELECT version FROM visit WHERE id = :id", id), 1);
                continue;
            }
            record(visits, id, what);
            g_autoptr(Visit) visit = get(visits, id);
            assert_int_equal(visit->outcome.outcome, outcome);
            assert_int_equal(g_strcmp0(visit->outcome.cause, CAUSES[kind]), 0);
            assert_int_equal(open_rebook(visits, id), outcome_is_missed(outcome));
        }
    assert_counts_true(visits);
}

/* In whatever words it came: what the unit called off is not the client's. */
static void test_called_off_by_the_unit(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "INS");
    what.by = BY_UNIT;
    record(visits, id, what);
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->outcome.outcome, OUTCOME_UNIT_CANCELLED);
    assert_int_equal(visit->outcome.by, BY_UNIT);
    assert_false(open_rebook(visits, id));
    assert_counts_true(visits);
}

static void test_further_cause(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    static const struct {
        const char *first, *further;
        gboolean allowed;
    } pairs[] = {{"sjuk", "sjuk", FALSE}, {NULL, "sjuk", FALSE}, {"sjuk", "finns-inte", FALSE},
                 {"sjuk", "INS", FALSE},  {"sjuk", "", TRUE},    {"sjuk", "ork", TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        VisitOutcome what = came(OUTCOME_CANCELLED, pairs[i].first);
        what.cause_further = (char *)pairs[i].further;
        if (pairs[i].allowed)
            record(visits, id, what);
        else
            assert_fails(visit_record(visits->session, id, 1, &what, NULL, NULL, &error),
                         ERROR_INPUT);
    }
    g_autoptr(Visit) visit = get(visits, id);
    assert_string_equal(visit->outcome.cause_further, "ork");
}

static void test_everything_is_kept(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = everything();
    g_autoptr(Visit) saved = NULL;
    assert_ok(visit_record(visits->session, id, 1, &what, NULL, &saved, &error));
    g_autoptr(Visit) visit = get(visits, id);
    assert_same(&visit->outcome, &what);
    assert_same(&saved->outcome, &what);
    assert_int_equal(saved->version, 2);
    assert_int_equal(visit->version, 2);
    assert_int_equal(visit->recorded_by, session_staff_id(visits->session));
    assert_int_equal(visit->recorded_ms, clock_now_ms());
}

/* Row E: "does not want to say" is nobody's word. */
static void test_e_what_is_not_said(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "VIL");
    what.source = SOURCE_CLIENT;
    record(visits, id, what);
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->outcome.source, SOURCE_NONE);
}

static void test_done_has_nothing_beside(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    VisitOutcome what = everything();
    what.outcome = OUTCOME_DONE;
    what.cause = what.cause_further = NULL;
    record(visits, id, what);
    g_autoptr(Visit) visit = get(visits, id);
    VisitOutcome expected = came(OUTCOME_DONE, NULL);
    expected.words = what.words;
    expected.note = what.note;
    assert_same(&visit->outcome, &expected);
}

static void test_notice(void **state)
{
    const Visits *visits = *state;
    static const struct {
        Outcome outcome;
        const char *date, *start;
        int given, notice;
    } cases[] = {
        {OUTCOME_CANCELLED, "2026-11-23", "11:00", -1, 25},
        {OUTCOME_CANCELLED, "2026-11-22", "11:30", -1, 1},
        {OUTCOME_CANCELLED, "2026-11-22", "10:30", -1, 0},
        {OUTCOME_CANCELLED, "2026-11-22", "09:00", -1, -1},
        {OUTCOME_CANCELLED, "2026-11-23", "11:00", 3, 3},
        {OUTCOME_UNIT_CANCELLED, "2026-11-24", "10:00", -1, 48},
        {OUTCOME_REBOOKED, "2026-11-24", "10:00", -1, 48},
        {OUTCOME_DECLINED, "2026-11-22", "09:00", -1, 0},
        {OUTCOME_NO_SHOW, "2026-11-22", "09:00", -1, 0},
        {OUTCOME_DONE_OTHERWISE, "2026-11-23", "11:00", -1, -1},
        {OUTCOME_DONE, "2026-11-22", "09:00", 4, -1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 id = plan(visits, cases[i].date, cases[i].start);
        VisitOutcome what = came(cases[i].outcome, NULL);
        what.notice = cases[i].given;
        record(visits, id, what);
        g_autoptr(Visit) visit = get(visits, id);
        assert_int_equal(visit->outcome.notice, cases[i].notice);
    }
}

static void test_denied(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    fixture_user(&visits->unit, "admin", ROLE_ADMINISTRATOR);
    g_autoptr(Session) admin = fixture_open(&visits->unit, "admin");
    VisitOutcome what = came(OUTCOME_DONE, NULL);
    assert_fails(visit_record(admin, id, 1, &what, NULL, NULL, &error), ERROR_DENIED);
    assert_fails(visit_undo(admin, id, NULL, &error), ERROR_DENIED);
    assert_fails(visit_history(admin, id, &error), ERROR_DENIED);
    assert_fails(visit_get(admin, id, &error), ERROR_DENIED);
    assert_int_equal(ask(visits, "SELECT version FROM visit WHERE id = :id", id), 1);
}

/* --- twice, and at once ----------------------------------------------------------------------- */

static void test_saved_twice(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = everything();
    what.alternative_taken = 1;
    what.notice = -1;
    NewTime time = {.date = date_parse("2026-11-26"), .start = 600, .minutes = 45};
    gint64 visits_before = 0, entries = 0;
    /* The same key twice, once not knowing that it came through and once knowing. */
    for (int i = 0; i < 3; i++) {
        g_autoptr(Visit) saved = NULL;
        assert_ok(visit_record(visits->session, id, i < 2 ? 1 : 2, &what,
                               &(VisitTimes){time, {.date = DATE_NONE}}, &saved, &error));
        assert_int_equal(saved->version, 2);
        assert_int_equal(saved->outcome.notice, 48);
        assert_true(saved->new_visit_id != 0);
        gint64 visits_now = fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
        gint64 entries_now = fixture_int(visits->session, "SELECT COUNT(*) FROM audit");
        if (i > 0) {
            assert_int_equal(visits_now, visits_before);
            assert_int_equal(entries_now, entries);
        }
        visits_before = visits_now;
        entries = entries_now;
    }
    assert_int_equal(visits_before, 3);
    assert_counts_true(visits);
}

static void test_conflict(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) second = fixture_open(&visits->unit, "stod");
    make_own(visits->session, visits->client, second);
    VisitOutcome done = came(OUTCOME_DONE, NULL), absent = came(OUTCOME_NO_SHOW, NULL);
    assert_ok(visit_record(second, id, 1, &done, NULL, NULL, &error));
    g_autoptr(GError) told = NULL;
    assert_false(visit_record(visits->session, id, 1, &absent, NULL, NULL, &told));
    assert_true(g_error_matches(told, DAGSFORM_ERROR, ERROR_CONFLICT));
    assert_non_null(strstr(told->message, "stod"));
    /* The same is no conflict. */
    assert_ok(visit_record(visits->session, id, 1, &done, NULL, NULL, &error));
    /* Read again, it goes. */
    assert_ok(visit_record(visits->session, id, 2, &absent, NULL, NULL, &error));
    /* Who corrected last is named, not who recorded first. */
    g_autoptr(GError) named = NULL;
    assert_false(visit_record(second, id, 2, &done, NULL, NULL, &named));
    assert_non_null(strstr(named->message, "Grundare Ett"));
    assert_counts_true(visits);
}

/* --- new times and alternatives --------------------------------------------------------------- */

static gint64 drafts(const Visits *visits)
{
    return fixture_int(visits->session, "SELECT COUNT(*) FROM draft");
}

/* What was being typed goes with the save that ends it, and with no other. */
static void test_draft(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00"), other = plan(visits, "2026-11-20", "12:00");
    VisitOutcome done = came(OUTCOME_DONE, NULL), wrong = came(OUTCOME_CANCELLED, "finns inte");
    assert_ok(draft_save(visits->session, DRAFT_CANCELLATION, id, "{}", &error));
    assert_ok(draft_save(visits->session, DRAFT_CANCELLATION, other, "{}", &error));
    assert_false(visit_record(visits->session, id, 1, &wrong, NULL, NULL, NULL));
    assert_int_equal(drafts(visits), 2);
    assert_ok(visit_record(visits->session, id, 1, &done, NULL, NULL, &error));
    assert_int_equal(drafts(visits), 1);
    /* Also when it says what stands already. */
    assert_ok(draft_save(visits->session, DRAFT_CANCELLATION, id, "{}", &error));
    assert_ok(visit_record(visits->session, id, 2, &done, NULL, NULL, &error));
    assert_int_equal(drafts(visits), 1);
}

static void test_new_time(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "sjuk"), "2026-11-26", "13:00");
    g_autoptr(Visit) visit = get(visits, id);
    g_autoptr(Visit) next = get(visits, visit->new_visit_id);
    assert_int_equal(next->origin_id, id);
    assert_int_equal(next->client_id, visits->client);
    assert_int_equal(next->staff_id, visits->staff);
    assert_int_equal(next->date, date_parse("2026-11-26"));
    assert_int_equal(next->start, 13 * 60);
    assert_int_equal(next->outcome.outcome, OUTCOME_NONE);
    assert_int_equal(open_rebook(visits, id), 0);
    /* Another cause: the new time stays. Another time: it moves. */
    record(visits, id, came(OUTCOME_CANCELLED, "ork"));
    g_autoptr(Visit) corrected = get(visits, id);
    assert_int_equal(corrected->new_visit_id, next->id);
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "ork"), "2026-11-27", "13:00");
    g_autoptr(Visit) moved = get(visits, id);
    assert_int_equal(moved->new_date, date_parse("2026-11-27"));
    assert_fails(visit_get(visits->session, next->id, &error), ERROR_NOT_FOUND);
    /* It took place after all: no new time is needed. */
    record(visits, id, came(OUTCOME_DONE, NULL));
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
    assert_counts_true(visits);
}

static void test_new_time_refused(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    static const struct {
        Outcome outcome;
        const char *date;
        int start, minutes;
    } wrong[] = {{OUTCOME_DONE, "2026-11-26", 600, 60},
                 {OUTCOME_CANCELLED, "2026-11-24", 600, 60},
                 {OUTCOME_CANCELLED, "2026-11-26", 1440, 60},
                 {OUTCOME_CANCELLED, "2026-11-26", 600, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        VisitOutcome what = came(wrong[i].outcome, NULL);
        NewTime time = {.date = date_parse(wrong[i].date),
                        .start = wrong[i].start,
                        .minutes = wrong[i].minutes};
        assert_fails(visit_record(visits->session, id, 1, &what,
                                  &(VisitTimes){time, {.date = DATE_NONE}}, NULL, &error),
                     ERROR_INPUT);
    }
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
}

static void test_alternatives(void **state)
{
    const Visits *visits = *state;
    static const struct {
        Outcome outcome;
        Alternative alternative;
        int taken;
        gboolean makes;
        VisitMode mode;
        int minutes;
        gboolean anybody;
    } cases[] = {
        {OUTCOME_CANCELLED, OFFER_PHONE, 1, TRUE, VISIT_MODE_PHONE, 30, FALSE},
        {OUTCOME_CANCELLED, OFFER_PHONE, 0, FALSE, 0, 0, FALSE},
        {OUTCOME_CANCELLED, OFFER_PHONE, -1, FALSE, 0, 0, FALSE},
        {OUTCOME_CANCELLED, OFFER_NOTHING, 1, FALSE, 0, 0, FALSE},
        {OUTCOME_DECLINED, OFFER_WALK, 1, TRUE, VISIT_MODE_WALK, 60, FALSE},
        {OUTCOME_NO_SHOW, OFFER_SHORTER, 1, TRUE, VISIT_MODE_HOME, 30, FALSE},
        {OUTCOME_UNIT_CANCELLED, OFFER_VIDEO, 1, TRUE, VISIT_MODE_VIDEO, 30, FALSE},
        {OUTCOME_CANCELLED, OFFER_OTHER_PLACE, 1, TRUE, VISIT_MODE_ELSEWHERE, 60, FALSE},
        {OUTCOME_CANCELLED, OFFER_OTHER_PERSON, 1, TRUE, VISIT_MODE_HOME, 60, TRUE},
        {OUTCOME_DONE_OTHERWISE, OFFER_PHONE, 1, FALSE, 0, 0, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 id = plan(visits, "2026-11-24", "23:30");
        VisitOutcome what = came(cases[i].outcome, NULL);
        what.alternative = cases[i].alternative;
        what.alternative_taken = cases[i].taken;
        record(visits, id, what);
        gint64 made = ask(visits, "SELECT id FROM visit WHERE origin_id = :id", id);
        assert_int_equal(made > 0, cases[i].makes);
        if (!cases[i].makes)
            continue;
        g_autoptr(Visit) visit = get(visits, made);
        assert_int_equal(visit->mode, cases[i].mode);
        assert_int_equal(visit->minutes, cases[i].minutes);
        assert_int_equal(visit->date, date_parse("2026-11-24"));
        assert_int_equal(visit->start, 23 * 60 + 30);
        assert_int_equal(visit->staff_id, cases[i].anybody ? 0 : visits->staff);
        assert_int_equal(visit->outcome.outcome, OUTCOME_NONE);
        /* It was not taken after all. */
        what.alternative_taken = 0;
        record(visits, id, what);
        assert_fails(visit_get(visits->session, made, &error), ERROR_NOT_FOUND);
    }
    assert_counts_true(visits);
}

/* That it was accepted says nothing of whether it took place: that, the visit made for it says. */
/* D2: the alternative is planned when and for as long as was said; a correction that does not say
 * leaves it there. */
static void test_d2_alternative_time(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    VisitTimes times = VISIT_TIMES_NONE;
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    times.instead = (NewTime){.date = date_parse("2026-11-24"), .start = 14 * 60, .minutes = 20};
    assert_ok(visit_record(visits->session, id, 1, &what, &times, NULL, &error));
    for (int corrected = 0; corrected < 2; corrected++) {
        assert_int_equal(ask(visits,
                             "SELECT COUNT(*) FROM visit WHERE origin_id = :id"
                             " AND date = '2026-11-24' AND start = '14:00' AND minutes = 20"
                             " AND form = 'phone'",
                             id),
                         1);
        assert_int_equal(ask(visits, "SELECT COUNT(*) FROM visit WHERE origin_id = :id", id), 1);
        what.cause = (char *)"ork";
        record(visits, id, what);
    }
    times.instead.minutes = 0;
    gint64 other = plan(visits, "2026-11-25", "10:00");
    assert_fails(visit_record(visits->session, other, 1, &what, &times, NULL, &error), ERROR_INPUT);
    assert_counts_true(visits);
}

static void test_what_came_of_the_alternative(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-23", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, NULL);
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    record_with_time(visits, id, what, "2026-11-23", "15:00");
    g_autoptr(Visit) accepted = get(visits, id);
    assert_int_equal(accepted->alternative_outcome, OUTCOME_NONE);
    record(visits, accepted->new_visit_id, came(OUTCOME_NO_SHOW, NULL));
    g_autoptr(Visit) other = get(visits, id);
    assert_int_equal(other->alternative_outcome, OUTCOME_NONE);
    gint64 made = ask(visits, "SELECT id FROM visit WHERE origin_id = :id AND form = 'phone'", id);
    record(visits, made, came(OUTCOME_DONE, NULL));
    g_autoptr(Visit) taken = get(visits, id);
    assert_int_equal(taken->alternative_outcome, OUTCOME_DONE);
    assert_int_equal(taken->new_outcome, OUTCOME_NO_SHOW);
}

/* D8: it is found on whichever day it was planned, and the newest of several. */
static void test_d8_alternative_on_another_day(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, NULL);
    VisitTimes times = VISIT_TIMES_NONE;
    what.alternative = OFFER_WALK;
    what.alternative_taken = 1;
    times.instead = (NewTime){.date = date_parse("2026-11-27"), .start = 14 * 60, .minutes = 20};
    assert_ok(visit_record(visits->session, id, 1, &what, &times, NULL, &error));
    g_autoptr(Visit) planned = get(visits, id);
    assert_int_equal(planned->alternative_date, date_parse("2026-11-27"));
    assert_int_equal(planned->alternative_start, 14 * 60);
    assert_int_equal(planned->alternative_outcome, OUTCOME_NONE);
    record(visits, ask(visits, "SELECT id FROM visit WHERE origin_id = :id", id),
           came(OUTCOME_DONE, NULL));
    g_autoptr(Visit) done = get(visits, id);
    assert_int_equal(done->alternative_outcome, OUTCOME_DONE);
    what.alternative_taken = 0;
    record(visits, id, what);
    g_autoptr(Visit) refused = get(visits, id);
    assert_int_equal(refused->alternative_date, DATE_NONE);
    assert_int_equal(refused->alternative_outcome, OUTCOME_NONE);
}

/* --- tasks ------------------------------------------------------------------------------------ */

/* D4: one task says to book a new time, and a time that is booked settles it, however it came about. */
static void test_d4_rebook_task(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    record(visits, id, came(OUTCOME_NO_SHOW, NULL));
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_list(visits->session, (TaskFilter){0}, NULL, 10, &error)));
    assert_int_equal(tasks->len, 1);
    const Task *task = g_ptr_array_index(tasks, 0);
    assert_int_equal(task->kind, TASK_REBOOK);
    assert_int_equal(task->visit_id, id);
    assert_int_equal(task->client_id, visits->client);
    assert_int_equal(task->staff_id, visits->staff);
    assert_int_equal(task->due_date, clock_today() + 2);
    /* Still missed: still one task. */
    record(visits, id, came(OUTCOME_CANCELLED, "sjuk"));
    assert_int_equal(open_rebook(visits, id), 1);
    /* Booked in a correction: done. */
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "sjuk"), "2026-11-26", "10:00");
    assert_int_equal(open_rebook(visits, id), 0);
    /* Undone: open again. */
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(open_rebook(visits, id), 1);
    /* It took place: done. Undone: open again. */
    record(visits, id, came(OUTCOME_DONE, NULL));
    assert_int_equal(open_rebook(visits, id), 0);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(open_rebook(visits, id), 1);
    /* All undone: it was never meant to be. */
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(open_rebook(visits, id), 1);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM task WHERE visit_id = :id", id), 0);
}

static void test_finished_task_stays(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    record(visits, id, came(OUTCOME_NO_SHOW, NULL));
    gint64 task = ask(visits, "SELECT id FROM task WHERE visit_id = :id", id);
    assert_ok(task_finish(visits->session, task, "Ville inte boka nu", &error));
    record(visits, id, came(OUTCOME_CANCELLED, "sjuk"));
    assert_int_equal(open_rebook(visits, id), 0);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(ask(visits, "SELECT done_ms > 0 FROM task WHERE id = :id", task), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_causes_of_outcomes),
        VISIT_TEST(test_called_off_by_the_unit),
        VISIT_TEST(test_further_cause),
        VISIT_TEST(test_everything_is_kept),
        VISIT_TEST(test_e_what_is_not_said),
        VISIT_TEST(test_done_has_nothing_beside),
        VISIT_TEST(test_notice),
        VISIT_TEST(test_denied),
        VISIT_TEST(test_saved_twice),
        VISIT_TEST(test_conflict),
        VISIT_TEST(test_draft),
        VISIT_TEST(test_new_time),
        VISIT_TEST(test_new_time_refused),
        VISIT_TEST(test_alternatives),
        VISIT_TEST(test_d2_alternative_time),
        VISIT_TEST(test_what_came_of_the_alternative),
        VISIT_TEST(test_d8_alternative_on_another_day),
        VISIT_TEST(test_d4_rebook_task),
        VISIT_TEST(test_finished_task_stays),
    };
    return cmocka_run_group_tests_name("care/visit_record", tests, NULL, NULL);
}
