/* visit_random.c: five hundred operations at random, and the same undone: all is sound after each.
 */
#include "tests/unit/care/fixture_visit.h"

#define OPERATIONS 500
#define PLANNED 12

static VisitOutcome any_outcome(GRand *rand)
{
    static const char *const causes[] = {NULL, "sjuk", "ork", "INS"};
    VisitOutcome what = came((Outcome)g_rand_int_range(rand, 1, OUTCOME_COUNT), NULL);
    if (outcome_has_cause(what.outcome))
        what.cause =
            (char *)causes[g_rand_int_range(rand, 0, outcome_is_missed(what.outcome) ? 3 : 4)];
    what.alternative = (Alternative)g_rand_int_range(rand, 0, OFFER_COUNT);
    what.alternative_taken = g_rand_int_range(rand, -1, 2);
    return what;
}

static gint64 any_visit(const Visits *visits, GRand *rand)
{
    gint64 count = fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
    return count == 0 ? 0
                      : ask(visits, "SELECT id FROM visit ORDER BY id LIMIT 1 OFFSET :id",
                            g_rand_int_range(rand, 0, (gint32)count));
}

/* One operation; those that must be refused say so and change nothing. */
static void operate(const Visits *visits, GRand *rand)
{
    gint64 id = any_visit(visits, rand);
    int kind = g_rand_int_range(rand, 0, 10);
    if (id == 0 || (kind == 0 && fixture_int(visits->session, "SELECT COUNT(*) FROM visit") < 60)) {
        char date[DATE_SIZE];
        plan(visits, date_format(clock_today() + g_rand_int_range(rand, -9, 9), date), "10:00");
        return;
    }
    g_autoptr(Visit) visit = get(visits, id);
    g_autoptr(GError) error = NULL;
    if (kind == 1) {
        gboolean removed = visit_remove(visits->session, id, &error);
        assert_int_equal(removed, visit->outcome.outcome == OUTCOME_NONE);
    } else if (kind < 5) {
        gboolean undone = visit_undo(visits->session, id, NULL, &error);
        assert_int_equal(undone, visit->outcome.outcome != OUTCOME_NONE);
        /* Redone, at once or later: A2. */
        if (undone && kind == 4) {
            if (!visit_redo(visits->session, id, NULL, &error))
                fail_msg("%s", error->message);
            g_autoptr(Visit) redone = get(visits, id);
            assert_same(&redone->outcome, &visit->outcome);
            assert_int_equal(redone->new_visit_id, visit->new_visit_id);
        }
    } else {
        VisitOutcome what = any_outcome(rand);
        NewTime time = {.date = visit->date + g_rand_int_range(rand, 1, 9),
                        .start = 600,
                        .minutes = 45,
                        .mode = (VisitMode)g_rand_int_range(rand, 0, VISIT_MODE_COUNT)};
        gboolean with_time = kind < 8 && what.outcome != OUTCOME_DONE;
        if (!visit_record(visits->session, id, visit->version, &what,
                          with_time ? &(VisitTimes){time, {.date = DATE_NONE}} : NULL, NULL,
                          &error))
            fail_msg("%s", error->message);
    }
}

static void assert_sound(const Visits *visits)
{
    static const char *const never[] = {
        "SELECT COUNT(*) FROM pragma_foreign_key_check",
        /* Not taken and without a new time: somebody is to book one, or has said why not. */
        "SELECT COUNT(*) FROM visit v WHERE outcome IN ('cancelled', 'declined', 'no-show')"
        " AND new_visit_id IS NULL AND NOT EXISTS (SELECT 1 FROM task t WHERE t.visit_id = v.id"
        " AND t.kind = 'rebook' AND t.done_ms IS NULL)",
        /* And else nobody is. */
        "SELECT COUNT(*) FROM task t LEFT JOIN visit v ON v.id = t.visit_id"
        " WHERE t.done_ms IS NULL AND (v.id IS NULL OR v.outcome IS NULL OR v.outcome NOT IN"
        " ('cancelled', 'declined', 'no-show') OR v.new_visit_id IS NOT NULL)",
        "SELECT COUNT(*) FROM task t WHERE t.done_ms IS NULL GROUP BY t.visit_id"
        " HAVING COUNT(*) > 1",
        /* A new time knows what it stands for. */
        "SELECT COUNT(*) FROM visit v JOIN visit n ON n.id = v.new_visit_id"
        " WHERE n.origin_id IS NOT v.id",
        /* Every state but the empty one and the one that stands is kept. */
        "SELECT COUNT(*) FROM visit v WHERE (v.outcome IS NULL) <> (v.recorded_ms IS NULL)",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(never); i++) {
        gint64 found = 0;
        assert_ok(db_get_int(session_db(visits->session), never[i], NULL, 0, &found, &error));
        if (found != 0)
            fail_msg("%d: %s", (int)found, never[i]);
    }
    assert_counts_true(visits);
}

static void test_five_hundred_operations(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
    for (int i = 0; i < PLANNED; i++)
        plan(visits, "2026-11-23", "10:00");
    for (int i = 0; i < OPERATIONS; i++) {
        operate(visits, rand);
        if (i % 25 == 24)
            assert_sound(visits);
    }
}

/* Whatever was recorded, undoing it all leads back to the plan. */
static void test_undo_to_the_start(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    gint64 id = plan(visits, "2026-11-24", "09:00");
    for (int round = 0; round < 20; round++) {
        int steps = g_rand_int_range(rand, 1, 6), taken = 0;
        VisitOutcome last = came(OUTCOME_NONE, NULL);
        for (int i = 0; i < steps; i++) {
            g_autoptr(Visit) before = get(visits, id);
            record(visits, id, any_outcome(rand));
            g_autoptr(Visit) after = get(visits, id);
            taken += after->version > before->version;
            last = after->outcome;
            last.cause = (char *)g_intern_string(last.cause);
        }
        for (int i = 0; i < taken; i++)
            assert_ok(visit_undo(visits->session, id, NULL, &error));
        assert_fails(visit_undo(visits->session, id, NULL, &error), ERROR_INPUT);
        /* And redoing it all leads to where it was: A2. */
        for (int i = 0; i < taken; i++)
            assert_ok(visit_redo(visits->session, id, NULL, &error));
        assert_fails(visit_redo(visits->session, id, NULL, &error), ERROR_INPUT);
        g_autoptr(Visit) again = get(visits, id);
        assert_same(&again->outcome, &last);
        for (int i = 0; i < taken; i++)
            assert_ok(visit_undo(visits->session, id, NULL, &error));
        assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
        assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM task"), 0);
    }
    assert_sound(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_five_hundred_operations),
        VISIT_TEST(test_undo_to_the_start),
    };
    return cmocka_run_group_tests_name("care/visit_random", tests, NULL, NULL);
}
