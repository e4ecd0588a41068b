/* visit_random.c: five hundred operations at random, and the same undone: all is sound after each.
 */
#include "tests/unit/care/fixture_random.h"

#define OPERATIONS 500
#define PLANNED 12

static void assert_sound(const Visits *visits)
{
    static const char *const never[] = {
        /* A server lets no such row be. */
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
        " WHERE n.origin_id IS DISTINCT FROM v.id",
        /* Every state but the empty one and the one that stands is kept. */
        "SELECT COUNT(*) FROM visit v WHERE (v.outcome IS NULL) <> (v.recorded_ms IS NULL)",
    };
    for (gsize i = g_getenv("DAGSFORM_TEST_SERVER") ? 1 : 0; i < G_N_ELEMENTS(never); i++) {
        gint64 found = 0;
        assert_ok(opened_get_int(session_db(visits->session), never[i], NULL, 0, &found, &error));
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
