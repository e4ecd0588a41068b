/* fixture_random.h: operations on visits at random, for tests that look whether all is sound after.
 */
#pragma once

#include "tests/unit/care/fixture_visit.h"

static inline VisitOutcome any_outcome(GRand *rand)
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

static inline gint64 any_visit(const Visits *visits, GRand *rand)
{
    gint64 count = fixture_int(visits->session, "SELECT COUNT(*) FROM visit");
    return count == 0 ? 0
                      : ask(visits, "SELECT id FROM visit ORDER BY id LIMIT 1 OFFSET :id",
                            g_rand_int_range(rand, 0, (gint32)count));
}

/* One operation; those that must be refused say so and change nothing. */
static inline void operate(const Visits *visits, GRand *rand)
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
        /* What was read in with its outcome may have no state before. */
        if (ask(visits, "SELECT COUNT(import_id) FROM visit WHERE id = :id", id) == 0)
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
