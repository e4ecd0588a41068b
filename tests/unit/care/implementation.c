/* implementation.c: the plan for how what was decided is carried out: awaited, late, come, followed
 * up, counted. Issue 11. */
#include "care/client/implementation_rows.h"

#include "care/client/closing.h"
#include "care/client/implementation_count.h"
#include "care/completion/decision_entry.h"
#include "tests/unit/care/fixture_completion.h"

static gint64 decide(const Desk *desk, const char *day)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = desk->client;
    decision->kind = g_strdup("granted");
    decision->support = g_strdup("housing-support");
    decision->law = g_strdup("sol-2025");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->decided_on = decision->valid_from = date_parse(day);
    assert_ok(decision_enter(desk->officer, decision, NULL, &error));
    return decision->id;
}

/* Due on that day, of a decision of its own; `came` "": not yet. */
static Implementation *awaited(const Desk *desk, const char *due, const char *came)
{
    Implementation *plan = implementation_new(desk->client, decide(desk, "2026-10-01"));
    plan->due = date_parse(due);
    plan->arrived = date_parse(came);
    assert_ok(implementation_add(desk->officer, plan, &error));
    return plan;
}

#define TASKS "SELECT COUNT(*) FROM task WHERE kind = 'implementation'"
#define OPEN_TASKS TASKS " AND done_ms IS NULL"

static void it_comes_and_is_followed_up(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-12-06", "");
    assert_ok(implementation_add(desk->officer, plan, &error)); /* made again */
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-12-06'"), 1);
    plan->arrived = clock_today();
    plan->part = HAD_PART_PARTLY;
    plan->source = SOURCE_CLIENT;
    plan->words = g_strdup("Vi pratade vid bordet.");
    plan->follow_up = date_parse("2027-02-22");
    assert_ok(implementation_change(desk->officer, plan, &error));
    g_autoptr(Implementation) kept = NULL;
    assert_ok((kept = implementation_get(desk->worker, plan->id, &error)));
    assert_int_equal(kept->part, HAD_PART_PARTLY);
    assert_int_equal(kept->source, SOURCE_CLIENT);
    assert_string_equal(kept->words, "Vi pratade vid bordet.");
    assert_int_equal(kept->version, 2);
    assert_int_equal(fixture_int(desk->lead, TASKS " AND done_how = 'Planen har kommit.'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2027-02-22'"), 1);
    assert_ok(implementation_change(desk->officer, kept, &error)); /* nothing */
    assert_int_equal(logged(desk->lead, "change", "implementation"), 1);
    /* The words are not in the log. */
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE changes LIKE '%bordet%'"), 0);
}

static void what_is_done_by_hand_is_not_asked_for_again(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-12-06", "");
    assert_ok(task_finish(desk->officer,
                          fixture_int(desk->lead, "SELECT id FROM task WHERE kind ="
                                                  " 'implementation'"),
                          "Har ringt.", &error));
    plan->words = g_strdup("De hör av sig.");
    assert_ok(implementation_change(desk->officer, plan, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 0);
}

static void a_mistaken_arrival_is_awaited_again(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-12-06", "2026-11-20");
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 0);
    plan->arrived = DATE_NONE;
    assert_ok(implementation_change(desk->officer, plan, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-12-06'"), 1);
}

static void the_provider_is_told_that_it_is_late(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-11-21", "");
    g_autoptr(Implementation) today = awaited(desk, "2026-11-22", "");
    g_autoptr(Implementation) come = awaited(desk, "2026-11-01", "2026-11-05");
    assert_true(implementation_is_late(plan, clock_today()));
    assert_false(implementation_is_late(today, clock_today()));
    assert_false(implementation_is_late(come, clock_today()));
    assert_fails(implementation_tell_late(desk->officer, today->id, &error), ERROR_INPUT);
    assert_fails(implementation_tell_late(desk->officer, come->id, &error), ERROR_INPUT);
    assert_fails(implementation_tell_late(desk->worker, plan->id, &error), ERROR_DENIED);
    assert_ok(implementation_tell_late(desk->officer, plan->id, &error));
    assert_ok(implementation_tell_late(desk->officer, plan->id, &error)); /* the same day */
    assert_int_equal(fixture_int(desk->lead, "SELECT version FROM implementation WHERE letter_on ="
                                             " '2026-11-22'"),
                     2);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-29'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 2);
}

/* Told that it is late, the provider may get more time: it is asked for on that day, not before. */
static void a_later_day_after_the_letter_holds(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-11-21", "");
    assert_ok(implementation_tell_late(desk->officer, plan->id, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-29'"), 1);
    g_autoptr(Implementation) told = NULL;
    assert_ok((told = implementation_get(desk->officer, plan->id, &error)));
    told->due = date_parse("2027-01-11");
    assert_ok(implementation_change(desk->officer, told, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2027-01-11'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
}

static void one_awaited_by_mistake_goes(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = awaited(desk, "2026-12-06", "");
    g_autoptr(Implementation) come = awaited(desk, "2026-11-01", "2026-11-05");
    assert_fails(implementation_remove(desk->officer, come->id, &error), ERROR_INPUT);
    assert_fails(decision_take_away(desk->officer, desk->client, come->decision_id, &error),
                 ERROR_INPUT);
    assert_fails(implementation_remove(desk->worker, plan->id, &error), ERROR_DENIED);
    assert_ok(implementation_remove(desk->officer, plan->id, &error));
    assert_ok(implementation_remove(desk->officer, plan->id, &error)); /* gone already */
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 0);
    assert_int_equal(logged(desk->lead, "remove", "implementation"), 1);
}

static void whose_help_has_ended_gets_no_task(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Closing) closing = closing_new(desk->client);
    const gint64 decision = decide(desk, "2026-10-01");
    assert_ok(closing_add(desk->officer, closing, NULL, &error));
    g_autoptr(Implementation) plan = implementation_new(desk->client, decision);
    plan->due = date_parse("2026-12-06");
    assert_ok(implementation_add(desk->officer, plan, &error));
    assert_int_equal(fixture_int(desk->lead, TASKS), 0);
    /* Who comes here again is waited for anew. */
    set_clock("2026-11-24T10:00");
    assert_ok(closing_reopen(desk->officer, desk->client, clock_today(), NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-12-06'"), 1);
    assert_int_equal(fixture_int(desk->lead, TASKS), 1);
}

/* What stood there, and what was done by hand, is not asked for twice. */
static void what_was_asked_before_the_help_ended_is_not_asked_twice(void **state)
{
    const Desk *desk = *state;
    implementation_free(awaited(desk, "2026-12-06", ""));
    implementation_free(awaited(desk, "2026-12-07", ""));
    implementation_free(awaited(desk, "2026-11-01", "2026-11-05"));
    g_autoptr(Closing) closing = closing_new(desk->client);
    assert_ok(
        task_finish(desk->officer,
                    fixture_int(desk->lead, "SELECT id FROM task WHERE kind = 'implementation'"
                                            " AND due_date = '2026-12-07'"),
                    "Har ringt.", &error));
    assert_ok(closing_add(desk->officer, closing, NULL, &error));
    set_clock("2026-11-24T10:00");
    assert_ok(closing_reopen(desk->officer, desk->client, clock_today(), NULL, &error));
    assert_int_equal(fixture_int(desk->lead, TASKS), 2);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
}

static void two_at_once_are_told(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) mine = awaited(desk, "2026-12-06", "");
    g_autoptr(Implementation) theirs = NULL;
    assert_ok((theirs = implementation_get(desk->lead, mine->id, &error)));
    mine->arrived = clock_today();
    assert_ok(implementation_change(desk->officer, mine, &error));
    theirs->due = date_parse("2026-12-24");
    assert_fails(implementation_change(desk->lead, theirs, &error), ERROR_CONFLICT);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Implementation) plan = implementation_new(desk->client, decide(desk, "2026-10-01"));
    assert_fails(implementation_add(desk->officer, plan, &error), ERROR_INPUT); /* no day */
    plan->due = clock_today();
    assert_fails(implementation_add(desk->worker, plan, &error), ERROR_DENIED);
    plan->arrived = clock_today() + 1;
    assert_fails(implementation_add(desk->officer, plan, &error), ERROR_INPUT);
    plan->arrived = DATE_NONE;
    plan->follow_up = clock_today() + 60;
    assert_fails(implementation_add(desk->officer, plan, &error), ERROR_INPUT);
    plan->arrived = clock_today();
    plan->follow_up = clock_today() - 1;
    assert_fails(implementation_add(desk->officer, plan, &error), ERROR_INPUT);
    plan->follow_up = DATE_NONE;
    plan->id = 7;
    assert_fails(implementation_change(desk->officer, plan, &error), ERROR_NOT_FOUND);
}

static void put(char **values, int row, const char *text)
{
    g_free(values[row]);
    values[row] = g_strdup(text);
}

static void rows_are_read(void **state)
{
    const Desk *desk = *state;
    const char *faults[IMPLEMENTATION_ROW_COUNT];
    g_autoptr(Implementation) plan = awaited(desk, "2026-12-06", "");
    g_auto(GStrv) values = implementation_rows_values(plan);
    put(values, IMPLEMENTATION_ROW_ARRIVED, "20/11");
    put(values, IMPLEMENTATION_ROW_PART, "3");
    put(values, IMPLEMENTATION_ROW_SOURCE, "2");
    put(values, IMPLEMENTATION_ROW_FOLLOW, "2027-02-22");
    assert_true(implementation_rows_take(values, plan, faults));
    assert_int_equal(plan->part, HAD_PART_NO);
    assert_int_equal(plan->source, SOURCE_STAFF);
    g_autofree char *done = implementation_words_done(plan);
    assert_string_equal(done, "The plan came on 2026-11-20, and is followed up on 2027-02-22.");
    const struct {
        int row;
        const char *typed;
    } wrong[] = {{IMPLEMENTATION_ROW_DUE, ""},
                 {IMPLEMENTATION_ROW_DUE, "sedan"},
                 {IMPLEMENTATION_ROW_ARRIVED, "2026-11-23"},
                 {IMPLEMENTATION_ROW_FOLLOW, "2026-11-01"},
                 {IMPLEMENTATION_ROW_LETTER, "2026-11-23"}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *before = g_strdup(values[wrong[i].row]);
        put(values, wrong[i].row, wrong[i].typed);
        assert_false(implementation_rows_take(values, plan, faults));
        assert_non_null(faults[wrong[i].row]);
        put(values, wrong[i].row, before);
    }
    put(values, IMPLEMENTATION_ROW_ARRIVED, "");
    assert_false(implementation_rows_take(values, plan, faults));
    assert_non_null(faults[IMPLEMENTATION_ROW_FOLLOW]);
}

/* Of each kind, on either side of the quarter's ends. */
static void a_quarter_is_counted(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *due, *came;
        ImplementationPart part;
    } plans[] = {
        {"2026-09-30", "2026-09-30", HAD_PART_YES}, /* of the quarter before */
        {"2026-10-01", "2026-10-01", HAD_PART_YES},     {"2026-10-20", "2026-10-05", HAD_PART_YES},
        {"2026-11-01", "2026-11-02", HAD_PART_PARTLY},  {"2026-11-02", "2026-11-20", HAD_PART_NO},
        {"2026-11-03", "2026-11-03", HAD_PART_UNKNOWN}, {"2026-11-21", "", HAD_PART_UNKNOWN},
        {"2026-11-22", "", HAD_PART_UNKNOWN},           {"2026-12-31", "", HAD_PART_UNKNOWN},
        {"2027-01-01", "", HAD_PART_UNKNOWN}, /* of the one after */
    };
    ImplementationFigures figures;
    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++) {
        g_autoptr(Implementation) plan = awaited(desk, plans[i].due, plans[i].came);
        plan->part = plans[i].part;
        assert_ok(implementation_change(desk->officer, plan, &error));
        if (i == 6)
            assert_ok(implementation_tell_late(desk->officer, plan->id, &error));
    }
    decide(desk, "2026-10-01");
    decide(desk, "2026-09-30");
    assert_ok(implementation_figures(desk->lead, 2026, 4, &figures, &error));
    assert_int_equal(figures.due, 8);
    assert_int_equal(figures.in_time, 3);
    assert_int_equal(figures.late, 2);
    assert_int_equal(figures.missing, 1);
    assert_int_equal(figures.waiting, 2);
    assert_int_equal(figures.part[HAD_PART_YES], 2);
    assert_int_equal(figures.part[HAD_PART_PARTLY], 1);
    assert_int_equal(figures.part[HAD_PART_NO], 1);
    assert_int_equal(figures.part[HAD_PART_UNKNOWN], 1);
    assert_int_equal(figures.told, 1);
    assert_int_equal(figures.bare, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(it_comes_and_is_followed_up),
        COMPLETION_TEST(what_is_done_by_hand_is_not_asked_for_again),
        COMPLETION_TEST(a_mistaken_arrival_is_awaited_again),
        COMPLETION_TEST(the_provider_is_told_that_it_is_late),
        COMPLETION_TEST(a_later_day_after_the_letter_holds),
        COMPLETION_TEST(one_awaited_by_mistake_goes),
        COMPLETION_TEST(whose_help_has_ended_gets_no_task),
        COMPLETION_TEST(what_was_asked_before_the_help_ended_is_not_asked_twice),
        COMPLETION_TEST(two_at_once_are_told),
        COMPLETION_TEST(what_cannot_be_is_refused),
        COMPLETION_TEST(rows_are_read),
        COMPLETION_TEST(a_quarter_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
