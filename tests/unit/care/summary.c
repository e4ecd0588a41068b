/* summary.c: counts move with visits, and a count that is wrong is found. */
#include "tests/unit/care/fixture_visit.h"

static void move(const Visits *visits, SummaryState from, SummaryState to, gint64 count)
{
    assert_ok(summary_move(visits->session, (SummaryOf){0}, from, to, count, &error));
}

static gint64 outcomes_of(const Visits *visits, Week week, Outcome outcome)
{
    g_autoptr(GArray) weeks = NULL;
    assert_ok((weeks = summary_outcomes(visits->session, week, week, &error)));
    assert_int_equal(weeks->len, 1);
    assert_int_equal(g_array_index(weeks, WeekOutcomes, 0).week, week);
    return g_array_index(weeks, WeekOutcomes, 0).visits[outcome];
}

static gint64 causes_of(const Visits *visits, Week week, Outcome outcome, const char *cause)
{
    g_autoptr(GPtrArray) causes = NULL;
    gint64 count = 0;
    assert_ok((causes = summary_causes(visits->session, week, week, &error)));
    for (guint i = 0; i < causes->len; i++) {
        const WeekCause *row = g_ptr_array_index(causes, i);
        assert_int_equal(row->week, week);
        if (row->outcome == outcome && g_strcmp0(row->cause, cause) == 0)
            count += row->visits;
    }
    return count;
}

static void test_moves(void **state)
{
    const Visits *visits = *state;
    const SummaryState none = {0}, planned = {.week = 202647},
                       done = {.week = 202647, .outcome = OUTCOME_DONE},
                       ill = {202647, OUTCOME_CANCELLED, "sjuk", FALSE},
                       tired = {202647, OUTCOME_CANCELLED, "ork", FALSE},
                       silent = {202647, OUTCOME_CANCELLED, NULL, FALSE},
                       absent = {202647, OUTCOME_NO_SHOW, NULL, FALSE};
    static const struct {
        int planned, done, cancelled, absent, ill, tired, silent, absent_silent;
    } after[] = {
        {3, 0, 0, 0, 0, 0, 0, 0}, {2, 1, 0, 0, 0, 0, 0, 0}, {1, 1, 1, 0, 1, 0, 0, 0},
        {1, 1, 1, 0, 0, 1, 0, 0}, {1, 1, 1, 0, 0, 0, 1, 0}, {1, 1, 0, 1, 0, 0, 0, 1},
        {2, 1, 0, 0, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0, 0, 0},
    };
    const struct {
        SummaryState from, to;
        gint64 count;
    } moves[] = {{none, planned, 3}, {planned, done, 1},  {planned, ill, 1},    {ill, tired, 1},
                 {tired, silent, 1}, {silent, absent, 1}, {absent, planned, 1}, {planned, none, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
        move(visits, moves[i].from, moves[i].to, moves[i].count);
        move(visits, moves[i].to, moves[i].to, 5);
        move(visits, moves[i].from, moves[i].to, 0);
        assert_int_equal(outcomes_of(visits, 202647, OUTCOME_NONE), after[i].planned);
        assert_int_equal(outcomes_of(visits, 202647, OUTCOME_DONE), after[i].done);
        assert_int_equal(outcomes_of(visits, 202647, OUTCOME_CANCELLED), after[i].cancelled);
        assert_int_equal(outcomes_of(visits, 202647, OUTCOME_NO_SHOW), after[i].absent);
        assert_int_equal(causes_of(visits, 202647, OUTCOME_CANCELLED, "sjuk"), after[i].ill);
        assert_int_equal(causes_of(visits, 202647, OUTCOME_CANCELLED, "ork"), after[i].tired);
        assert_int_equal(causes_of(visits, 202647, OUTCOME_CANCELLED, NULL), after[i].silent);
        assert_int_equal(causes_of(visits, 202647, OUTCOME_NO_SHOW, NULL), after[i].absent_silent);
    }
}

static void test_those_that_stand_in_are_told_apart(void **state)
{
    const Visits *visits = *state;
    const SummaryState ill = {202647, OUTCOME_CANCELLED, "sjuk", FALSE},
                       beside = {202647, OUTCOME_CANCELLED, "sjuk", TRUE};
    static const int after[] = {0, 2, 1};
    const struct {
        SummaryState from, to;
        gint64 count;
    } moves[] = {{(SummaryState){0}, ill, 3}, {ill, beside, 2}, {beside, ill, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
        g_autoptr(GArray) weeks = NULL;
        g_autoptr(GPtrArray) causes = NULL;
        move(visits, moves[i].from, moves[i].to, moves[i].count);
        move(visits, moves[i].to, moves[i].to, 5);
        assert_ok((weeks = summary_outcomes(visits->session, 202647, 202647, &error)));
        assert_ok((causes = summary_causes(visits->session, 202647, 202647, &error)));
        const WeekOutcomes *week = &g_array_index(weeks, WeekOutcomes, 0);
        const WeekCause *cause = g_ptr_array_index(causes, 0);
        assert_int_equal(week->visits[OUTCOME_CANCELLED], 3);
        assert_int_equal(week->stand_in[OUTCOME_CANCELLED], after[i]);
        assert_int_equal(cause->visits, 3);
        assert_int_equal(cause->stand_in, after[i]);
    }
}

/* Of those that count and have no outcome: whose they are (A3). */
static void test_a3_whose_are_not_recorded(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) rows = NULL;
    for (int i = 0; i < 3; i++) {
        g_autoptr(Visit) visit = planned_visit(visits, "2026-11-17", "10:00");
        visit->date = date_parse(i == 2 ? "2026-11-22" : "2026-11-17"); /* a Sunday */
        visit->start += i;
        visit->staff_id = i == 0 ? visits->staff : visits->colleague;
        assert_ok(visit_add(visits->session, visit, &error));
    }
    g_autoptr(Visit) nobodys = planned_visit(visits, "2026-11-10", "10:00");
    nobodys->staff_id = 0;
    assert_ok(visit_add(visits->session, nobodys, &error));
    for (int i = 0; i < 2; i++) { /* ties by name */
        g_autoptr(Visit) theirs = planned_visit(visits, "2026-11-11", "10:00");
        theirs->staff_id = i == 0 ? visits->staff : visits->colleague;
        assert_ok(visit_add(visits->session, theirs, &error));
    }
    plan(visits, "2026-11-23", "10:00"); /* the week after */
    record(visits, plan(visits, "2026-11-18", "10:00"), came(OUTCOME_DONE, NULL));
    record_with_time(visits, plan(visits, "2026-11-18", "12:00"), came(OUTCOME_CANCELLED, NULL),
                     "2026-11-19", "10:00");
    assert_ok((rows = summary_unrecorded(visits->session, 202646, 202647, &error)));
    static const struct {
        Week week;
        const char *staff;
        int visits;
    } expected[] = {{202646, NULL, 1},
                    {202646, "Berit Stöd", 1},
                    {202646, "Carl Stöd", 1},
                    {202647, "Carl Stöd", 2},
                    {202647, "Berit Stöd", 1}};
    assert_int_equal(rows->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < rows->len; i++) {
        const WeekUnrecorded *row = g_ptr_array_index(rows, i);
        assert_int_equal(row->week, expected[i].week);
        assert_int_equal(g_strcmp0(row->staff, expected[i].staff), 0);
        assert_int_equal(row->visits, expected[i].visits);
    }
}

static void test_weeks_without_gaps(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GArray) weeks = NULL;
    plan(visits, "2026-12-31", "10:00"); /* week 53 */
    plan(visits, "2027-01-04", "10:00"); /* week 1 */
    assert_ok((weeks = summary_outcomes(visits->session, 202651, 202702, &error)));
    assert_int_equal(weeks->len, 5);
    static const struct {
        Week week;
        int planned;
    } expected[] = {{202651, 0}, {202652, 0}, {202653, 1}, {202701, 1}, {202702, 0}};
    for (guint i = 0; i < weeks->len; i++) {
        assert_int_equal(g_array_index(weeks, WeekOutcomes, i).week, expected[i].week);
        assert_int_equal(g_array_index(weeks, WeekOutcomes, i).visits[OUTCOME_NONE],
                         expected[i].planned);
    }
    g_autoptr(GArray) backwards = NULL;
    assert_ok((backwards = summary_outcomes(visits->session, 202702, 202651, &error)));
    assert_int_equal(backwards->len, 0);
}

static void test_last_week(void **state)
{
    const Visits *visits = *state;
    Week week = 1;
    assert_ok(summary_last_week(visits->session, 202653, &week, &error));
    assert_int_equal(week, 0);
    gint64 early = plan(visits, "2026-11-09", "10:00");
    gint64 late = plan(visits, "2026-11-18", "10:00");
    plan(visits, "2026-11-25", "10:00");
    record(visits, early, came(OUTCOME_DONE, NULL));
    assert_ok(summary_last_week(visits->session, 202653, &week, &error));
    assert_int_equal(week, 202646);
    record(visits, late, came(OUTCOME_CANCELLED, NULL));
    assert_ok(summary_last_week(visits->session, 202653, &week, &error));
    assert_int_equal(week, 202647);
    assert_ok(summary_last_week(visits->session, 202646, &week, &error));
    assert_int_equal(week, 202646);
    assert_ok(summary_last_week(visits->session, 202645, &week, &error));
    assert_int_equal(week, 0);
    assert_ok(visit_undo(visits->session, late, NULL, &error));
    assert_ok(summary_last_week(visits->session, 202653, &week, &error));
    assert_int_equal(week, 202646);
}

static void test_verify_finds(void **state)
{
    const Visits *visits = *state;
    static const char *const tampering[] = {
        "UPDATE week_outcome SET visits = visits + 1 WHERE outcome = ''",
        "DELETE FROM week_outcome WHERE outcome = 'cancelled'",
        "UPDATE week_cause SET visits = 7",
        "INSERT INTO week_cause SELECT id, 202601, 'no-show', 'sjuk', 1, 0 FROM unit",
        "UPDATE week_outcome SET stand_in = stand_in + 1 WHERE outcome = 'cancelled'",
        "UPDATE week_cause SET stand_in = 1",
        "UPDATE visit SET stand_in = 1 WHERE cause = 'sjuk'",
        "UPDATE visit SET cause = 'ork' WHERE cause = 'sjuk'",
    };
    plan(visits, "2026-11-24", "10:00");
    record(visits, plan(visits, "2026-11-25", "10:00"), came(OUTCOME_CANCELLED, "sjuk"));
    assert_counts_true(visits);
    for (gsize i = 0; i < G_N_ELEMENTS(tampering); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(DbTransaction) tx = NULL;
        assert_ok((tx = db_transaction(session_db(visits->session), &error)));
        assert_ok(db_run(session_db(visits->session), tampering[i], NULL, &error));
        assert_ok(meeting_verify(visits->session, faults, &error));
        assert_true(faults->len > 0);
        assert_non_null(strstr(g_ptr_array_index(faults, 0), "2026-W"));
    }
    assert_counts_true(visits);
}

/* That the counts agree with the visits does not make them right: the rule is asked too. */
static void test_verify_asks_the_rule(void **state)
{
    const Visits *visits = *state;
    static const char *const turned[] = {
        "UPDATE visit SET stand_in = 1 - stand_in WHERE outcome IS NULL",
        "UPDATE week_outcome SET stand_in = visits - stand_in WHERE outcome = ''",
    };
    static const char *const said[] = {
        "Week 2026-W48: a visit is left out of the counts",
        "Week 2026-W49: a visit counts although it came in place of one that counts.",
        "Of 1 client another visit than the first is kept as the first.",
        "Week 2026-W48: the counts by cause, weekday, age",
        "Week 2026-W49: the counts by cause, weekday, age",
    };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    plan(visits, "2026-11-24", "10:00");
    record_with_time(visits, plan(visits, "2026-11-25", "10:00"), came(OUTCOME_CANCELLED, "sjuk"),
                     "2026-12-01", "10:00");
    assert_counts_true(visits);
    for (gsize i = 0; i < G_N_ELEMENTS(turned); i++)
        assert_ok(db_run(session_db(visits->session), turned[i], NULL, &error));
    assert_ok(meeting_verify(visits->session, faults, &error));
    assert_int_equal(faults->len, G_N_ELEMENTS(said));
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        assert_true(g_str_has_prefix(g_ptr_array_index(faults, i), said[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_moves),
        VISIT_TEST(test_those_that_stand_in_are_told_apart),
        VISIT_TEST(test_a3_whose_are_not_recorded),
        VISIT_TEST(test_weeks_without_gaps),
        VISIT_TEST(test_last_week),
        VISIT_TEST(test_verify_finds),
        VISIT_TEST(test_verify_asks_the_rule),
    };
    return cmocka_run_group_tests_name("care/summary", tests, NULL, NULL);
}
