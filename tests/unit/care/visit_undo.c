/* visit_undo.c: what was recorded taken back, and what went with it. */
#include "tests/unit/care/fixture_visit.h"

#include "care/visit/visit_history.h"

static void test_undo(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    assert_fails(visit_undo(visits->session, id, NULL, &error), ERROR_INPUT);
    VisitOutcome first = everything(), second = came(OUTCOME_DONE, NULL);
    record(visits, id, first);
    record(visits, id, second);
    g_autoptr(Visit) back = NULL;
    assert_ok(visit_undo(visits->session, id, &back, &error));
    assert_same(&back->outcome, &first);
    assert_int_equal(back->version, 4);
    g_autoptr(Visit) planned = NULL;
    assert_ok(visit_undo(visits->session, id, &planned, &error));
    VisitOutcome none = came(OUTCOME_NONE, NULL);
    assert_same(&planned->outcome, &none);
    assert_int_equal(planned->recorded_ms, 0);
    assert_int_equal(planned->recorded_by, 0);
    assert_fails(visit_undo(visits->session, id, NULL, &error), ERROR_INPUT);
    /* Recorded anew after an undo, undone again. */
    record(visits, id, second);
    record(visits, id, first);
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_fails(visit_undo(visits->session, id, NULL, &error), ERROR_INPUT);

    /* Nothing has vanished: each state that was left is kept, newest first. */
    static const Outcome kept[] = {OUTCOME_DONE,      OUTCOME_CANCELLED, OUTCOME_DONE,
                                   OUTCOME_CANCELLED, OUTCOME_DONE,      OUTCOME_CANCELLED};
    g_autoptr(GPtrArray) history = NULL;
    assert_ok((history = visit_history(visits->session, id, &error)));
    assert_int_equal(history->len, G_N_ELEMENTS(kept));
    for (guint i = 0; i < history->len; i++) {
        const VisitVersion *version = g_ptr_array_index(history, i);
        assert_int_equal(version->outcome.outcome, kept[i]);
        assert_string_equal(version->replaced_by, "Grundare Ett");
        assert_int_equal(version->replaced_ms, clock_now_ms());
        if (i > 0)
            assert_true(version->version <
                        ((VisitVersion *)g_ptr_array_index(history, i - 1))->version);
    }
    assert_same(&((VisitVersion *)g_ptr_array_index(history, 5))->outcome, &first);
    static const struct {
        const char *sql;
        int entries;
    } logged[] = {
        {"SELECT COUNT(*) FROM audit WHERE entity_id = :id AND action = 'record'", 2},
        {"SELECT COUNT(*) FROM audit WHERE entity_id = :id AND action = 'correct'", 2},
        {"SELECT COUNT(*) FROM audit WHERE entity_id = :id AND action = 'undo'", 4},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(logged); i++)
        assert_int_equal(ask(visits, logged[i].sql, id), logged[i].entries);
    assert_counts_true(visits);
}

static void test_undo_rebooking(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "ork");
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    record_with_time(visits, id, what, "2026-11-26", "13:00");
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 3);
    g_autoptr(Visit) back = NULL;
    assert_ok(visit_undo(visits->session, id, &back, &error));
    assert_int_equal(back->new_visit_id, 0);
    assert_int_equal(back->kept, 0);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
    assert_counts_true(visits);
}

static void test_undo_keeps_what_came(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-19", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "ork");
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    record_with_time(visits, id, what, "2026-11-20", "13:00");
    g_autoptr(Visit) visit = get(visits, id);
    record(visits, visit->new_visit_id, came(OUTCOME_DONE, NULL));
    g_autoptr(Visit) back = NULL;
    assert_ok(visit_undo(visits->session, id, &back, &error));
    assert_int_equal(back->new_visit_id, 0);
    assert_int_equal(back->kept, 1);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 2);
    g_autoptr(Visit) kept = get(visits, visit->new_visit_id);
    assert_int_equal(kept->outcome.outcome, OUTCOME_DONE);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity_id = :id"
                         " AND action = 'undo' AND changes LIKE '%\"visits_kept\":[0,1]%'",
                         id),
                     1);
    assert_counts_true(visits);
}

static void test_undo_brings_back(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    VisitOutcome what = came(OUTCOME_CANCELLED, "ork");
    what.alternative = OFFER_WALK;
    what.alternative_taken = 1;
    record_with_time(visits, id, what, "2026-11-26", "13:00");
    g_autoptr(Visit) before = get(visits, id);
    gint64 walk = ask(visits, "SELECT id FROM visit WHERE origin_id = :id AND form = 'walk'", id);
    record(visits, id, came(OUTCOME_DONE, NULL));
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
    g_autoptr(Visit) back = NULL;
    assert_ok(visit_undo(visits->session, id, &back, &error));
    assert_int_equal(back->new_visit_id, before->new_visit_id);
    g_autoptr(Visit) next = get(visits, before->new_visit_id);
    assert_int_equal(next->start, 13 * 60);
    assert_int_equal(next->client_id, visits->client);
    assert_int_equal(next->staff_id, visits->staff);
    g_autoptr(Visit) walked = get(visits, walk);
    assert_int_equal(walked->mode, VISIT_MODE_WALK);
    assert_int_equal(walked->origin_id, id);
    assert_counts_true(visits);
}

/* A2: what undo removes can be redone, with the visits that it took away. */
static void test_a2_redo(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    assert_fails(visit_redo(visits->session, id, NULL, &error), ERROR_INPUT);
    VisitOutcome first = everything(), second = came(OUTCOME_NO_SHOW, "sjuk");
    first.alternative_taken = 1;
    record_with_time(visits, id, first, "2026-11-26", "13:00");
    g_autoptr(Visit) before = get(visits, id);
    assert_fails(visit_redo(visits->session, id, NULL, &error), ERROR_INPUT);
    record(visits, id, second);
    second.notice = 0; /* nobody was told */
    /* Both undone, both redone, in the order they were recorded. */
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
    g_autoptr(Visit) once = NULL, twice = NULL;
    assert_ok(visit_redo(visits->session, id, &once, &error));
    assert_same(&once->outcome, &first);
    assert_int_equal(once->new_visit_id, before->new_visit_id);
    assert_int_equal(once->recorded_ms, before->recorded_ms);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 3);
    assert_ok(visit_redo(visits->session, id, &twice, &error));
    assert_same(&twice->outcome, &second);
    assert_fails(visit_redo(visits->session, id, NULL, &error), ERROR_INPUT);
    assert_counts_true(visits);
    /* What was redone can be undone again, and redone. */
    for (int i = 0; i < 2; i++)
        assert_ok(visit_undo(visits->session, id, NULL, &error));
    assert_fails(visit_undo(visits->session, id, NULL, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 1);
    assert_ok(visit_redo(visits->session, id, NULL, &error));
    /* What is recorded anew stands: nothing of before is redone over it. */
    record(visits, id, came(OUTCOME_DONE, NULL));
    assert_fails(visit_redo(visits->session, id, NULL, &error), ERROR_INPUT);
    assert_int_equal(
        ask(visits, "SELECT COUNT(*) FROM audit WHERE entity_id = :id AND action = 'redo'", id), 3);
    assert_counts_true(visits);
    /* The history tells of no state that was empty. */
    g_autoptr(GPtrArray) history = NULL;
    assert_ok((history = visit_history(visits->session, id, &error)));
    for (guint i = 0; i < history->len; i++)
        assert_int_not_equal(((VisitVersion *)history->pdata[i])->outcome.outcome, OUTCOME_NONE);
}

static void test_cause_that_left_the_list(void **state)
{
    Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-20", "10:00");
    gint64 new_id = plan(visits, "2026-11-20", "11:00");
    record(visits, id, came(OUTCOME_CANCELLED, "ork"));
    fixture_write(visits->unit.form, FORM_TEXT("2", CAUSE("sjuk", "Sjuk")));
    fixture_reopen(&visits->unit, "grundare");
    visits->session = visits->unit.session;
    VisitOutcome what = came(OUTCOME_NO_SHOW, "ork");
    assert_fails(visit_record(visits->session, new_id, 1, &what, NULL, NULL, &error), ERROR_INPUT);
    record(visits, id, what);
    assert_counts_true(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_undo),
        VISIT_TEST(test_undo_rebooking),
        VISIT_TEST(test_undo_keeps_what_came),
        VISIT_TEST(test_undo_brings_back),
        VISIT_TEST(test_a2_redo),
        VISIT_TEST(test_cause_that_left_the_list),
    };
    return cmocka_run_group_tests_name("care/visit_undo", tests, NULL, NULL);
}
