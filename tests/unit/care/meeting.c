/* meeting.c: one planned meeting counts once, whatever became of it (A4). */
#include "care/visit/meeting.h"

#include "care/visit/visit_batch.h"

#include "db/migration.h"
#include "tests/slow_review.h"
#include "tests/unit/care/fixture_visit.h"

static void test_the_rule(void **state)
{
    (void)state;
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        gboolean passes_on = outcome == OUTCOME_REBOOKED || outcome == OUTCOME_UNIT_CANCELLED;
        assert_int_equal(outcome_counts(outcome), !passes_on);
        assert_int_equal(meeting_stands_in(FALSE, outcome, TRUE), !passes_on);
        assert_true(meeting_stands_in(FALSE, outcome, FALSE));
        assert_true(meeting_stands_in(TRUE, outcome, TRUE));
        assert_true(meeting_stands_in(TRUE, outcome, FALSE));
    }
}

/* How many visits of weeks 47 to 50 count, and are missed, by what is stored. */
static void assert_meetings(const Visits *visits, int planned, int missed)
{
    int all = 0, not_taken = 0;
    g_autoptr(GArray) weeks = NULL;
    assert_counts_true(visits);
    assert_ok((weeks = summary_outcomes(visits->session, 202647, 202650, &error)));
    for (guint i = 0; i < weeks->len; i++)
        for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
            const WeekOutcomes *week = &g_array_index(weeks, WeekOutcomes, i);
            int counted = (int)(week->visits[outcome] - week->stand_in[outcome]);
            all += outcome_counts(outcome) ? counted : 0;
            not_taken += outcome_is_missed(outcome) ? counted : 0;
        }
    assert_int_equal(all, planned);
    assert_int_equal(not_taken, missed);
    SlowUnit unit = slow_read(visits->session);
    for (Week week = 202647; week <= 202650; week++) {
        SlowWeek slow = slow_week(&unit, week);
        planned -= slow.planned;
        missed -= slow.missed;
    }
    slow_free(&unit);
    assert_int_equal(planned, 0);
    assert_int_equal(missed, 0);
}

static gint64 new_time_of(const Visits *visits, gint64 id)
{
    return ask(visits, "SELECT COALESCE(new_visit_id, 0) FROM visit WHERE id = :id", id);
}

/* The one that was made beside it and is not its new time. */
static gint64 alternative_of(const Visits *visits, gint64 id)
{
    return ask(visits,
               "SELECT v.id FROM visit v JOIN visit o ON o.id = v.origin_id WHERE o.id = :id"
               " AND v.id IS DISTINCT FROM o.new_visit_id",
               id);
}

static VisitOutcome with_call(Outcome outcome)
{
    VisitOutcome what = came(outcome, NULL);
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    return what;
}

/* A4: a cancelled visit with a call instead and a new time is one meeting, not three. */
static void test_a4_a_new_time_adds_no_meeting(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    assert_meetings(visits, 1, 0);
    record_with_time(visits, id, with_call(OUTCOME_CANCELLED), "2026-11-24", "10:00");
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 3);
    assert_meetings(visits, 1, 1);
    /* whatever came of those */
    record(visits, alternative_of(visits, id), came(OUTCOME_DONE, NULL));
    record(visits, new_time_of(visits, id), came(OUTCOME_NO_SHOW, NULL));
    assert_meetings(visits, 1, 1);
    record_with_time(visits, new_time_of(visits, id), came(OUTCOME_REBOOKED, NULL), "2026-12-01",
                     "10:00");
    assert_meetings(visits, 1, 1);
}

/* A4: what was rebooked, or called off by the unit, is counted where its new time is. */
static void test_a4_the_new_time_counts_in_its_place(void **state)
{
    const Visits *visits = *state;
    static const Outcome passes_on[] = {OUTCOME_REBOOKED, OUTCOME_UNIT_CANCELLED};
    for (gsize i = 0; i < G_N_ELEMENTS(passes_on); i++) {
        gint64 id = plan(visits, i == 0 ? "2026-11-19" : "2026-11-20", "10:00");
        const int before = (int)i;
        record(visits, id, came(passes_on[i], NULL));
        assert_meetings(visits, before, before);
        record_with_time(visits, id, with_call(passes_on[i]), "2026-11-25", "10:00");
        assert_meetings(visits, before + 1, before);
        /* also along a chain of them, and not in two places at once */
        gint64 second = new_time_of(visits, id);
        record_with_time(visits, second, came(OUTCOME_REBOOKED, NULL), "2026-12-01", "10:00");
        assert_meetings(visits, before + 1, before);
        gint64 third = new_time_of(visits, second);
        record_with_time(visits, third, came(OUTCOME_DECLINED, NULL), "2026-12-03", "10:00");
        assert_meetings(visits, before + 1, before + 1);
    }
}

/* Without a new time it is the call instead that counts. */
static void test_the_call_counts_where_there_is_no_new_time(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    record(visits, id, with_call(OUTCOME_UNIT_CANCELLED));
    assert_meetings(visits, 1, 0);
    record(visits, alternative_of(visits, id), came(OUTCOME_NO_SHOW, NULL));
    assert_meetings(visits, 1, 1);
    record_with_time(visits, id, with_call(OUTCOME_UNIT_CANCELLED), "2026-11-25", "10:00");
    assert_meetings(visits, 1, 0);
    assert_ok(visit_remove(visits->session, new_time_of(visits, id), &error));
    assert_meetings(visits, 1, 1);
}

/* What is corrected or undone takes all that follows from it along. */
static void test_corrections_are_followed(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    record_with_time(visits, id, came(OUTCOME_REBOOKED, NULL), "2026-11-25", "10:00");
    gint64 second = new_time_of(visits, id);
    record_with_time(visits, second, came(OUTCOME_UNIT_CANCELLED, NULL), "2026-12-02", "10:00");
    gint64 third = new_time_of(visits, second);
    record(visits, third, came(OUTCOME_CANCELLED, "ork"));
    assert_meetings(visits, 1, 1);
    record(visits, id, came(OUTCOME_CANCELLED, "sjuk")); /* keeps its new time */
    assert_meetings(visits, 1, 1);
    assert_int_equal(fixture_int(visits->session, "SELECT SUM(stand_in) FROM visit"), 2);
    record(visits, id, came(OUTCOME_DONE, NULL)); /* and so do those that something came of */
    assert_meetings(visits, 1, 0);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_meetings(visits, 1, 1);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_meetings(visits, 1, 1);
    assert_int_equal(fixture_int(visits->session, "SELECT SUM(stand_in) FROM visit"), 0);
    assert_ok(visit_undo(visits->session, second, NULL, &error));
    assert_meetings(visits, 1, 0);
    assert_ok(visit_undo(visits->session, id, NULL, &error)); /* the new time has a version more */
    assert_meetings(visits, 1, 0);
    assert_ok(visit_remove(visits->session, id, &error));
    assert_meetings(visits, 1, 0);
    assert_int_equal(fixture_int(visits->session, "SELECT SUM(stand_in) FROM visit"), 1);
}

/* A file may complete a visit that was undone, and one that stands in. */
static void test_a_file_completes_what_was_undone(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    record_with_time(visits, id, came(OUTCOME_CANCELLED, NULL), "2026-11-25", "10:00");
    gint64 second = new_time_of(visits, id);
    record(visits, second, came(OUTCOME_DONE, NULL));
    assert_ok(visit_undo(visits->session, second, NULL, &error));
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_meetings(visits, 1, 0);
    static const struct {
        const char *date;
        Outcome outcome;
        int planned, missed;
    } rows[] = {{"2026-11-25", OUTCOME_NO_SHOW, 1, 0}, {"2026-11-20", OUTCOME_REBOOKED, 1, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Visit) row = planned_visit(visits, rows[i].date, "10:00");
        g_autoptr(VisitBatch) batch = NULL;
        g_autoptr(DbTransaction) tx = NULL;
        row->outcome.outcome = rows[i].outcome;
        assert_ok((tx = db_transaction(session_db(visits->session), &error)));
        assert_ok((batch = visit_batch_new(visits->session, 0, &error)));
        assert_ok(visit_batch_add(batch, row, &error) == BATCH_COMPLETED);
        assert_ok(visit_batch_finish(batch, &error));
        assert_ok(db_transaction_commit(tx, &error));
        assert_meetings(visits, rows[i].planned, rows[i].missed);
    }
}

/* The rows behind a figure are as many as the figure says. */
static void test_lists_tell_them_apart(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00"), other = plan(visits, "2026-11-20", "12:00");
    record_with_time(visits, id, with_call(OUTCOME_CANCELLED), "2026-11-21", "10:00");
    record(visits, new_time_of(visits, id), came(OUTCOME_CANCELLED, NULL));
    record(visits, other, came(OUTCOME_DONE, NULL));
    static const struct {
        int outcome, stand_in, count;
    } cases[] = {{-1, STAND_IN_ANY, 4},
                 {-1, STAND_IN_ONLY, 2},
                 {-1, STAND_IN_NOT, 2},
                 {OUTCOME_CANCELLED, STAND_IN_ANY, 2},
                 {OUTCOME_CANCELLED, STAND_IN_NOT, 1},
                 {OUTCOME_NONE, STAND_IN_ONLY, 1},
                 {OUTCOME_DONE, STAND_IN_ONLY, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        VisitQuery query = {.from = DATE_NONE,
                            .to = DATE_NONE,
                            .outcome = cases[i].outcome,
                            .stand_in = cases[i].stand_in};
        g_autoptr(GPtrArray) list = NULL;
        gint64 count;
        assert_ok(visit_count(visits->session, &query, &count, &error));
        assert_ok((list = visit_list(visits->session, &query, NULL, 9, &error)));
        assert_int_equal(count, cases[i].count);
        assert_int_equal(list->len, cases[i].count);
    }
}

/* Of every visit, which stand in: "0110…". New. */
static char *who_stand_in(const Visits *visits)
{
    char *all = NULL;
    assert_ok(db_get_text(session_db(visits->session),
                          "SELECT string_agg(CAST(stand_in AS TEXT), '' ORDER BY id) FROM visit", NULL, &all,
                          &error));
    return all;
}

/* A database from before the rule: what it has is counted by the step that brings it up. */
static void test_older_databases_are_counted(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    Db *db = session_db(visits->session);
    g_autofree char *step = NULL;
    gsize count;
    const Migration *list = migrate_embedded(&count);
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    for (int i = 0; i < 120; i++) {
        gint64 stored = fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
        gint64 id = i < 6 ? plan(visits, "2026-11-18", "10:00")
                          : ask(visits, "SELECT id FROM visit ORDER BY id LIMIT 1 OFFSET :id",
                                g_rand_int_range(rand, 0, (gint32)stored));
        Outcome outcome = (Outcome)g_rand_int_range(rand, 1, OUTCOME_COUNT);
        VisitOutcome what = with_call(outcome);
        char date[DATE_SIZE], start[TIME_SIZE];
        date_format(date_parse("2026-11-19") + i % 9, date);
        time_format(660 + i, start);
        if (outcome == OUTCOME_DONE || i % 3 == 0)
            record(visits, id, what);
        else
            record_with_time(visits, id, what, date, start);
    }
    assert_counts_true(visits);
    g_autofree char *before = who_stand_in(visits);
    assert_non_null(strstr(before, "1"));
    for (gsize i = 0; i < count; i++)
        if (g_str_has_suffix(list[i].name, "-meetings"))
            step = migrate_dialect(list[i].text);
    assert_non_null(step);
    assert_ok(db_run(db, "DROP INDEX visit_by_outcome", NULL, &error));
    assert_ok(db_run(db, "ALTER TABLE visit DROP COLUMN stand_in", NULL, &error));
    assert_ok(db_run(db, "ALTER TABLE week_outcome DROP COLUMN stand_in", NULL, &error));
    assert_ok(db_run(db, "ALTER TABLE week_cause DROP COLUMN stand_in", NULL, &error));
    g_auto(GStrv) statements = g_strsplit(step, ";\n", -1);
    for (char **statement = statements; *statement != NULL; statement++)
        if (strpbrk(*statement, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL)
            assert_ok(db_run(db, *statement, NULL, &error));
    g_autofree char *after = who_stand_in(visits);
    assert_string_equal(after, before);
    assert_counts_true(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_rule),
        VISIT_TEST(test_a4_a_new_time_adds_no_meeting),
        VISIT_TEST(test_a4_the_new_time_counts_in_its_place),
        VISIT_TEST(test_the_call_counts_where_there_is_no_new_time),
        VISIT_TEST(test_corrections_are_followed),
        VISIT_TEST(test_a_file_completes_what_was_undone),
        VISIT_TEST(test_lists_tell_them_apart),
        VISIT_TEST(test_older_databases_are_counted),
    };
    return cmocka_run_group_tests_name("care/meeting", tests, NULL, NULL);
}
