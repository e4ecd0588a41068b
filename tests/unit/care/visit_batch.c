/* visit_batch.c: many visits read in: each new, completing, known already or contradicting. */
#include "tests/unit/care/fixture_visit.h"

#include "care/visit/visit_batch.h"

/* What comes of a row where what is there was read before, and of the same once more; nothing of it
 * stays. */
static BatchResult read_in_ahead(const Visits *visits, const Visit *row)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    BatchResult result;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok((batch = visit_batch_new(visits->session, 7, &error)));
    assert_ok(visit_batch_look_ahead(batch, &row->client_id, 1, row->date, row->date, &error));
    assert_ok((result = visit_batch_add(batch, row, &error)) != BATCH_ERROR);
    if (result == BATCH_ADDED || result == BATCH_COMPLETED)
        assert_int_equal(visit_batch_add(batch, row, NULL), BATCH_DUPLICATE);
    return result;
}

/* Reads in one row in a batch of its own. */
static BatchResult read_in(const Visits *visits, const Visit *row)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    BatchResult result;
    const BatchResult ahead = read_in_ahead(visits, row);
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok((batch = visit_batch_new(visits->session, 7, &error)));
    assert_ok((result = visit_batch_add(batch, row, &error)) != BATCH_ERROR);
    assert_int_equal(result, ahead);
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
    return result;
}

static Visit *row_of(const Visits *visits, VisitOutcome outcome)
{
    Visit *row = planned_visit(visits, "2026-11-16", "10:00");
    visit_outcome_copy(&row->outcome, &outcome);
    return row;
}

static gint64 count_visits(const Visits *visits)
{
    return fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
}

static void test_added(void **state)
{
    const Visits *visits = *state;
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    what.by = BY_RELATIVE;
    what.told = TOLD_PHONE;
    what.notice = 26;
    what.note = (char *)"=SUM(A1)";
    g_autoptr(Visit) row = row_of(visits, what);
    assert_int_equal(read_in(visits, row), BATCH_ADDED);
    gint64 id = fixture_int(visits->session, "SELECT id FROM visit");
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->outcome.outcome, OUTCOME_CANCELLED);
    assert_string_equal(visit->outcome.cause, "sjuk");
    assert_int_equal(visit->outcome.by, BY_RELATIVE);
    assert_int_equal(visit->outcome.told, TOLD_PHONE);
    assert_int_equal(visit->outcome.notice, 26);
    assert_string_equal(visit->outcome.note, "=SUM(A1)");
    assert_int_equal(visit->recorded_by, session_staff_id(visits->session));
    assert_int_equal(visit->version, 1);
    assert_int_equal(ask(visits, "SELECT import_id FROM visit WHERE id = :id", id), 7);
    /* What was read in is past: nobody is asked to rebook half a year. */
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM task"), 0);
    assert_counts_true(visits);
}

/* What came in the place of a row counts as that meeting, not as one more. */
static void test_added_instead(void **state)
{
    const Visits *visits = *state;
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    g_autoptr(Visit) row = row_of(visits, what);
    g_autoptr(Visit) call = row_of(visits, came(OUTCOME_DONE, NULL));
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok((batch = visit_batch_new(visits->session, 0, &error)));
    assert_int_equal(visit_batch_add(batch, row, NULL), BATCH_ADDED);
    assert_int_equal(visit_batch_add_instead(batch, call, NULL), BATCH_ADDED);
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
    assert_int_equal(fixture_int(visits->session,
                                 "SELECT COUNT(*) FROM visit a JOIN visit v ON v.id = a.origin_id"
                                 " WHERE v.outcome = 'cancelled' AND a.outcome = 'done'"
                                 " AND v.stand_in = 0 AND a.stand_in = 1"),
                     1);
    assert_counts_true(visits);
}

/* Who recorded it, and when, stays where the row says it; nobody has recorded what is planned. */
static void test_recorded(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) known = row_of(visits, came(OUTCOME_DONE, NULL));
    known->recorded_ms = 12345;
    known->recorded_by = visits->colleague;
    assert_int_equal(read_in(visits, known), BATCH_ADDED);
    gint64 id = fixture_int(visits->session, "SELECT id FROM visit");
    g_autoptr(Visit) kept = get(visits, id);
    assert_int_equal(kept->recorded_ms, 12345);
    assert_int_equal(kept->recorded_by, visits->colleague);
    g_autoptr(Visit) planned = row_of(visits, came(OUTCOME_NONE, NULL));
    planned->date++;
    assert_int_equal(read_in(visits, planned), BATCH_ADDED);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit WHERE outcome IS NULL"
                                                  " AND recorded_ms IS NULL"
                                                  " AND recorded_by IS NULL"),
                     1);
}

/* What stands, what the file says, and what becomes of it. */
static const struct {
    const char *name;
    struct {
        Outcome outcome;
        const char *cause;
        CancelledBy by;
        int notice, minutes;
        const char *note;
        char staff; /* 's': the staff, 'c': the colleague, '0': nobody */
    } there, row;
    BatchResult result;
    int visits;
} MEETINGS[] = {
    {"the same",
     {OUTCOME_CANCELLED, "sjuk", BY_CLIENT, 5, 60, "x", 's'},
     {OUTCOME_CANCELLED, "sjuk", BY_CLIENT, 5, 60, "x", 's'},
     BATCH_DUPLICATE,
     1},
    {"less is said",
     {OUTCOME_CANCELLED, "sjuk", BY_CLIENT, 5, 60, "x", 's'},
     {OUTCOME_CANCELLED, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_DUPLICATE,
     1},
    {"more is said",
     {OUTCOME_CANCELLED, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_CANCELLED, "sjuk", BY_CLIENT, 5, 60, "x", 's'},
     BATCH_DIFFERS,
     1},
    {"another cause",
     {OUTCOME_CANCELLED, "sjuk", BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_CANCELLED, "ork", BY_NONE, -1, 60, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"another outcome",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_NO_SHOW, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"another length",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 45, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"another who",
     {OUTCOME_CANCELLED, NULL, BY_CLIENT, -1, 60, NULL, 's'},
     {OUTCOME_CANCELLED, NULL, BY_RELATIVE, -1, 60, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"another notice",
     {OUTCOME_CANCELLED, NULL, BY_CLIENT, 26, 60, NULL, 's'},
     {OUTCOME_CANCELLED, NULL, BY_CLIENT, 0, 60, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"no notice is not none",
     {OUTCOME_CANCELLED, NULL, BY_CLIENT, -1, 60, NULL, 's'},
     {OUTCOME_CANCELLED, NULL, BY_CLIENT, 0, 60, NULL, 's'},
     BATCH_DIFFERS,
     1},
    {"the notice alone",
     {OUTCOME_CANCELLED, NULL, BY_NONE, 5, 60, NULL, 's'},
     {OUTCOME_CANCELLED, NULL, BY_NONE, 5, 60, NULL, 's'},
     BATCH_DUPLICATE,
     1},
    {"another note",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, "x", 's'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, "y", 's'},
     BATCH_DIFFERS,
     1},
    {"two of the staff",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 'c'},
     BATCH_ADDED,
     2},
    {"planned",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_DECLINED, "ork", BY_NONE, -1, 60, NULL, 's'},
     BATCH_COMPLETED,
     1},
    {"planned, longer",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 90, NULL, 's'},
     BATCH_COMPLETED,
     1},
    {"planned for nobody",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, '0'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_COMPLETED,
     1},
    {"planned for another",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 'c'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_COMPLETED,
     1},
    {"planned twice",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_DUPLICATE,
     1},
    {"planned for two",
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 'c'},
     BATCH_ADDED,
     2},
    {"an older export",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_NONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     BATCH_DUPLICATE,
     1},
    {"the file names nobody",
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, 's'},
     {OUTCOME_DONE, NULL, BY_NONE, -1, 60, NULL, '0'},
     BATCH_DUPLICATE,
     1},
};

static void test_meetings(void **state)
{
    const Visits *visits = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(MEETINGS); i++) {
        for (int second = 0; second < 2; second++) {
            VisitOutcome what = second ? came(MEETINGS[i].row.outcome, MEETINGS[i].row.cause)
                                       : came(MEETINGS[i].there.outcome, MEETINGS[i].there.cause);
            char staff = second ? MEETINGS[i].row.staff : MEETINGS[i].there.staff;
            what.by = second ? MEETINGS[i].row.by : MEETINGS[i].there.by;
            what.notice = second ? MEETINGS[i].row.notice : MEETINGS[i].there.notice;
            what.note = (char *)(second ? MEETINGS[i].row.note : MEETINGS[i].there.note);
            g_autoptr(Visit) row = row_of(visits, what);
            row->date += (Date)i;
            row->minutes = second ? MEETINGS[i].row.minutes : MEETINGS[i].there.minutes;
            row->staff_id = staff == 's' ? visits->staff : staff == 'c' ? visits->colleague : 0;
            gint64 before = count_visits(visits);
            BatchResult result = read_in(visits, row);
            if (second && (result != MEETINGS[i].result ||
                           count_visits(visits) - before != MEETINGS[i].visits - 1))
                fail_msg("%s: %d", MEETINGS[i].name, result);
            assert_true(second || result == BATCH_ADDED);
        }
        assert_counts_true(visits);
    }
}

static void test_completed(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-16", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    what.notice = 3;
    g_autoptr(Visit) row = row_of(visits, what);
    row->staff_id = visits->colleague;
    row->minutes = 30;
    assert_int_equal(read_in(visits, row), BATCH_COMPLETED);
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->outcome.outcome, OUTCOME_CANCELLED);
    assert_int_equal(visit->outcome.notice, 3);
    assert_int_equal(visit->staff_id, visits->colleague);
    assert_int_equal(visit->minutes, 30);
    assert_int_equal(visit->version, 2);
    /* Whoever read it before is told; and it can be undone. */
    VisitOutcome done = came(OUTCOME_DONE, NULL);
    assert_fails(visit_record(visits->session, id, 1, &done, NULL, NULL, &error), ERROR_CONFLICT);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_counts_true(visits);
}

static void test_best_match(void **state)
{
    const Visits *visits = *state;
    /* Cancelled here, with a call at the same time instead: the file's row is the visit's. */
    gint64 id = plan(visits, "2026-11-16", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    record(visits, id, what);
    g_autoptr(Visit) cancelled = row_of(visits, came(OUTCOME_CANCELLED, "sjuk"));
    assert_int_equal(read_in(visits, cancelled), BATCH_DUPLICATE);
    g_autoptr(Visit) done = row_of(visits, came(OUTCOME_DONE, NULL));
    assert_int_equal(read_in(visits, done), BATCH_DIFFERS);
    /* Two planned, one of each: each row finds its own. */
    g_autoptr(Visit) mine = planned_visit(visits, "2026-11-17", "10:00");
    assert_ok(visit_add(visits->session, mine, &error));
    g_autoptr(Visit) hers = planned_visit(visits, "2026-11-17", "10:00");
    hers->staff_id = visits->colleague;
    assert_ok(visit_add(visits->session, hers, &error));
    hers->outcome.outcome = OUTCOME_DONE;
    assert_int_equal(read_in(visits, hers), BATCH_COMPLETED);
    g_autoptr(Visit) untouched = get(visits, mine->id);
    assert_int_equal(untouched->outcome.outcome, OUTCOME_NONE);
    assert_counts_true(visits);
}

/* Several at the same time: a row is of its own staff's, then of nobody's, then of another's; and
 * of two that are the same staff's of the one that nothing has come of. */
static void test_whose_it_is(void **state)
{
    const Visits *visits = *state;
    const gint64 staff[] = {visits->colleague, 0, visits->staff};
    for (gsize several = 1; several <= G_N_ELEMENTS(staff); several++) {
        gint64 last = 0;
        g_autoptr(Visit) row = row_of(visits, came(OUTCOME_DONE, NULL));
        row->start += (int)several;
        for (gsize i = 0; i < several; i++) {
            g_autoptr(Visit) visit = planned_visit(visits, "2026-11-16", "10:00");
            visit->start = row->start;
            visit->staff_id = staff[i];
            assert_ok(visit_add(visits->session, visit, &error));
            last = visit->id;
        }
        assert_int_equal(read_in(visits, row), BATCH_COMPLETED);
        g_autoptr(Visit) taken = get(visits, last);
        assert_int_equal(taken->outcome.outcome, OUTCOME_DONE);
    }
    record(visits, plan(visits, "2026-11-17", "10:00"), came(OUTCOME_DONE, NULL));
    gint64 open = plan(visits, "2026-11-17", "10:00");
    g_autoptr(Visit) declined = row_of(visits, came(OUTCOME_DECLINED, NULL));
    declined->date++;
    assert_int_equal(read_in(visits, declined), BATCH_COMPLETED);
    g_autoptr(Visit) taken = get(visits, open);
    assert_int_equal(taken->outcome.outcome, OUTCOME_DECLINED);
    assert_counts_true(visits);
}

static void test_words_and_whose_they_are(void **state)
{
    const Visits *visits = *state;
    VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
    what.words = (char *)"Orkar inte";
    what.source = SOURCE_CLIENT;
    g_autoptr(Visit) row = row_of(visits, what);
    assert_int_equal(read_in(visits, row), BATCH_ADDED);
    assert_int_equal(read_in(visits, row), BATCH_DUPLICATE);
    row->outcome.source = SOURCE_STAFF;
    assert_int_equal(read_in(visits, row), BATCH_DIFFERS);
    row->outcome.source = SOURCE_CLIENT;
    g_free(row->outcome.words);
    row->outcome.words = g_strdup("Kan inte");
    assert_int_equal(read_in(visits, row), BATCH_DIFFERS);
}

/* No hours are a number of hours; none said are none. */
static void test_completed_notice(void **state)
{
    const Visits *visits = *state;
    for (int notice = -1; notice < 2; notice++) {
        gint64 id = plan(visits, "2026-11-16", "10:00");
        VisitOutcome what = came(OUTCOME_CANCELLED, "sjuk");
        what.notice = notice;
        g_autoptr(Visit) row = row_of(visits, what);
        assert_int_equal(read_in(visits, row), BATCH_COMPLETED);
        assert_int_equal(
            ask(visits, "SELECT COALESCE(notice_hours, 99) FROM visit WHERE id = :id", id),
            notice < 0 ? 99 : notice);
    }
}

/* A new time for what the unit called off counts itself, and goes on doing so. */
static void test_new_time_of_the_units_own_completed(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-13", "10:00");
    record_with_time(visits, id, came(OUTCOME_UNIT_CANCELLED, NULL), "2026-11-16", "10:00");
    g_autoptr(Visit) row = row_of(visits, came(OUTCOME_DONE, NULL));
    assert_int_equal(read_in(visits, row), BATCH_COMPLETED);
    assert_counts_true(visits);
}

static void test_new_time_completed(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-13", "10:00");
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "sjuk"), "2026-11-16", "10:00");
    g_autoptr(Visit) row = row_of(visits, came(OUTCOME_DONE, NULL));
    assert_int_equal(read_in(visits, row), BATCH_COMPLETED);
    g_autoptr(Visit) visit = get(visits, id);
    assert_int_equal(visit->new_outcome, OUTCOME_DONE);
    assert_counts_true(visits);
}

static void test_whole_file_twice(void **state)
{
    const Visits *visits = *state;
    static const Outcome outcomes[] = {OUTCOME_DONE, OUTCOME_CANCELLED, OUTCOME_NONE};
    static const char *const causes[] = {"sjuk", "ork", NULL};
    for (int time = 0; time < 2; time++) {
        g_autoptr(DbTransaction) tx = NULL;
        g_autoptr(VisitBatch) batch = NULL;
        assert_ok((tx = db_transaction(session_db(visits->session), &error)));
        assert_ok((batch = visit_batch_new(visits->session, 1, &error)));
        for (int i = 0; i < 300; i++) {
            Outcome outcome = outcomes[i % 3];
            g_autoptr(Visit) row = row_of(
                visits, came(outcome, outcome_has_cause(outcome) ? causes[i / 3 % 3] : NULL));
            row->date += i / 10;
            row->start += 60 * (i % 10);
            BatchResult result;
            assert_ok((result = visit_batch_add(batch, row, &error)) != BATCH_ERROR);
            assert_int_equal(result, time == 0 ? BATCH_ADDED : BATCH_DUPLICATE);
        }
        assert_ok(visit_batch_finish(batch, &error));
        assert_ok(db_transaction_commit(tx, &error));
        assert_int_equal(count_visits(visits), 300);
        assert_counts_true(visits);
    }
}

/* Rows of new clients are compared with the rows before them, in whatever order they come. */
static void test_rows_of_new_clients(void **state)
{
    const Visits *visits = *state;
    static const struct {
        gboolean other;
        Outcome outcome;
        BatchResult result;
    } ROWS[] = {
        {FALSE, OUTCOME_DONE, BATCH_ADDED},       {FALSE, OUTCOME_DONE, BATCH_DUPLICATE},
        {FALSE, OUTCOME_DECLINED, BATCH_DIFFERS}, {TRUE, OUTCOME_NONE, BATCH_ADDED},
        {FALSE, OUTCOME_DONE, BATCH_DUPLICATE},   {TRUE, OUTCOME_DONE, BATCH_COMPLETED},
        {TRUE, OUTCOME_DECLINED, BATCH_DIFFERS},
    };
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok((batch = visit_batch_new(visits->session, 1, &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autoptr(Visit) row = row_of(visits, came(ROWS[i].outcome, NULL));
        row->client_id = ROWS[i].other ? visits->other : visits->client;
        BatchResult result;
        assert_ok((result = visit_batch_add(batch, row, &error)) != BATCH_ERROR);
        assert_int_equal(result, ROWS[i].result);
    }
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
    assert_int_equal(count_visits(visits), 2);
    assert_counts_true(visits);
}

static void test_broken_off(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) row = row_of(visits, came(OUTCOME_DONE, NULL));
    {
        g_autoptr(DbTransaction) tx = NULL;
        g_autoptr(VisitBatch) batch = NULL;
        assert_ok((tx = db_transaction(session_db(visits->session), &error)));
        assert_ok((batch = visit_batch_new(visits->session, 1, &error)));
        assert_int_equal(visit_batch_add(batch, row, NULL), BATCH_ADDED);
        assert_ok(visit_batch_finish(batch, &error));
    }
    assert_int_equal(count_visits(visits), 0);
    assert_counts_true(visits);
}

static void test_denied(void **state)
{
    const Visits *visits = *state;
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) worker = fixture_open(&visits->unit, "stod");
    assert_fails(visit_batch_new(worker, 1, &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_added),
        VISIT_TEST(test_added_instead),
        VISIT_TEST(test_recorded),
        VISIT_TEST(test_meetings),
        VISIT_TEST(test_completed),
        VISIT_TEST(test_best_match),
        VISIT_TEST(test_whose_it_is),
        VISIT_TEST(test_words_and_whose_they_are),
        VISIT_TEST(test_completed_notice),
        VISIT_TEST(test_new_time_of_the_units_own_completed),
        VISIT_TEST(test_new_time_completed),
        VISIT_TEST(test_whole_file_twice),
        VISIT_TEST(test_rows_of_new_clients),
        VISIT_TEST(test_broken_off),
        VISIT_TEST(test_denied),
    };
    return cmocka_run_group_tests_name("care/visit_batch", tests, NULL, NULL);
}
