/* decision_correct.c: a decision entered on the card is corrected; what it said before is kept, and
 * visits and tasks follow. Issue 11, D13. */
#include "care/completion/decision_rows.h"

#include "care/client/closing.h"
#include "care/client/decision_gap.h"
#include "care/client/decision_version.h"
#include "care/visit/absence.h"
#include "care/visit/series.h"
#include "care/visit/visit_batch.h"
#include "tests/unit/care/fixture_completion.h"

static Decision *enter(const Desk *desk, const char *kind, const char *to)
{
    Decision *decision = decision_new();
    decision->client_id = desk->client;
    decision->kind = g_strdup(kind);
    decision->support = g_strdup("housing-support");
    decision->law = g_strdup("sol-2025");
    decision->section = g_strdup("11 kap. 1 §");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->reasons = g_strdup("Behovet är ett annat.");
    decision->decided_on = decision->valid_from = clock_today();
    decision->valid_to = date_parse(to);
    decision->month_minutes = 20 * 60;
    assert_ok(decision_enter(desk->officer, decision, NULL, &error));
    return decision;
}

static void correct_to(const Desk *desk, Decision *decision, const char *to, gint64 *after)
{
    decision->valid_to = date_parse(to);
    assert_ok(decision_change(desk->officer, decision, after, &error));
}

static Date last_day(const Desk *desk)
{
    Date last;
    assert_ok(decision_last_day(desk->lead, desk->client, &last, &error));
    return last;
}

static char *corrections(const Desk *desk, const Decision *decision)
{
    char *text = NULL;
    assert_ok(decision_corrected(desk->worker, decision, &text, &error));
    return text;
}

#define OPEN_TASKS "SELECT COUNT(*) FROM task WHERE kind = 'decision' AND done_ms IS NULL"
#define LOOK " AND note LIKE 'Beslutet gäller%'"
#define SETTLE " AND note LIKE 'Besök är planerade%'"

static void what_it_said_is_kept(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = enter(desk, "granted", "2027-11-30");
    g_autofree char *none = corrections(desk, decision);
    assert_null(none);
    assert_int_equal(decision->version, 1);
    assert_ok(decision_change(desk->officer, decision, NULL, &error)); /* the same: no correction */
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM decision_version"), 0);
    decision->month_minutes = 10 * 60 + 30;
    correct_to(desk, decision, "2027-12-31", NULL);
    g_free(decision->reasons);
    decision->reasons = g_strdup("Ett annat skäl.");
    correct_to(desk, decision, "2027-12-31", NULL);
    g_autoptr(Decision) now = NULL;
    g_autoptr(GPtrArray) before = NULL;
    assert_ok((now = decision_get(desk->worker, decision->id, &error)));
    assert_int_equal(now->version, 3);
    assert_int_equal(now->month_minutes, 630);
    assert_ok((before = decision_versions(desk->worker, desk->client, decision->id, &error)));
    assert_int_equal(before->len, 2);
    const DecisionVersion *second = before->pdata[0], *first = before->pdata[1];
    assert_string_equal(second->was->reasons, "Behovet är ett annat.");
    assert_int_equal(second->was->month_minutes, 630);
    assert_int_equal(first->was->month_minutes, 20 * 60);
    assert_int_equal(first->was->valid_to, date_parse("2027-11-30"));
    assert_string_equal(first->was->law, "sol-2025");
    g_autofree char *said = corrections(desk, now);
    g_autofree char *expected = g_strdup_printf(
        "Corrected 2026-11-22 by %s. Before: Reasons Behovet är ett annat."
        " Corrected 2026-11-22 by %s. Before: Last day 2027-11-30; Hours a month 20 h.",
        session_staff_name(desk->officer), session_staff_name(desk->officer));
    assert_string_equal(said, expected);
    assert_int_equal(logged(desk->lead, "correct", "decision"), 2);
}

static void visits_and_tasks_follow_its_days(void **state)
{
    const Desk *desk = *state;
    gint64 after = -1;
    g_autoptr(Decision) decision = enter(desk, "granted", "2027-11-30");
    plan(&desk->visits, "2026-12-01", "09:00");
    plan(&desk->visits, "2026-12-02", "09:00");
    correct_to(desk, decision, "2026-12-01", &after);
    assert_int_equal(after, 1);
    assert_int_equal(last_day(desk), date_parse("2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK " AND due_date = '2026-11-22'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    g_autoptr(Visit) late = planned_visit(&desk->visits, "2026-12-03", "11:00");
    assert_fails(visit_add(desk->lead, late, &error), ERROR_INPUT);
    correct_to(desk, decision, "2027-12-31", &after);
    assert_int_equal(after, 0);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK " AND due_date = '2027-11-19'"), 1);
    assert_ok(visit_add(desk->lead, late, &error));
}

/* What was left out for its end is laid out when it turns out to end later. */
static void recurring_visits_go_on(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = enter(desk, "granted", "2026-12-06");
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = desk->client;
    series->staff_id = desk->visits.staff;
    series->rrule = g_strdup("FREQ=WEEKLY");
    series->starts_on = date_parse("2026-11-25");
    series->ends_on = DATE_NONE;
    series->start = 15 * 60;
    series->minutes = 60;
    assert_ok(series_add(desk->lead, series, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 2);
    correct_to(desk, decision, "2026-12-20", NULL);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 4);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-20'"), 0);
}

/* One that turns out to refuse gives its place back to the one before, with what is to be seen to.
 */
static void the_one_before_rules_again(void **state)
{
    const Desk *desk = *state;
    gint64 after = -1;
    decision_free(enter(desk, "granted", "2026-12-06"));
    g_autoptr(Decision) second = enter(desk, "extended", "2027-11-30");
    plan(&desk->visits, "2027-01-07", "09:00");
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK " AND note LIKE '%2026-12-06%'"), 0);
    g_free(second->kind);
    second->kind = g_strdup("refused");
    correct_to(desk, second, "", &after);
    assert_int_equal(after, 1);
    assert_int_equal(last_day(desk), date_parse("2026-12-06"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK " AND note LIKE '%2026-12-06%'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 2);
    assert_ok(decision_take_away(desk->officer, desk->client, second->id, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM decision_version"), 0);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 2);
}

/* A correction of one that has been followed by another moves nothing. */
static void an_earlier_one_moves_nothing(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) first = enter(desk, "granted", "2026-12-06");
    decision_free(enter(desk, "extended", "2027-11-30"));
    correct_to(desk, first, "2026-11-30", NULL);
    assert_int_equal(last_day(desk), date_parse("2027-11-30"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK " AND note LIKE '%2027-11-30%'"), 1);
}

/* The visits after the end are still to be settled when a later decision ends on the same day. */
static void what_is_to_be_settled_stays(void **state)
{
    const Desk *desk = *state;
    decision_free(enter(desk, "granted", ""));
    plan(&desk->visits, "2026-12-02", "09:00");
    decision_free(enter(desk, "changed", "2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    decision_free(enter(desk, "changed", "2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    decision_free(enter(desk, "refused", ""));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS LOOK), 1);
}

/* A visit that had been called off when the decision came to end is planned again past its end. */
static void what_is_planned_again_is_to_be_settled(void **state)
{
    const Desk *desk = *state;
    const VisitOutcome cancelled = came(OUTCOME_CANCELLED, "ork");
    const gint64 visit = plan(&desk->visits, "2026-12-02", "09:00");
    assert_ok(visit_record(desk->lead, visit, 1, &cancelled, NULL, NULL, &error));
    decision_free(enter(desk, "granted", "2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 0);
    assert_ok(visit_undo(desk->worker, visit, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    assert_ok(visit_redo(desk->worker, visit, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 0); /* there is nothing left to settle */
    assert_ok(visit_undo(desk->worker, visit, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1); /* asked once */
}

/* So is one that an absence had called off, and one that comes back when the help goes on. */
static void what_an_absence_gives_back_is_to_be_settled(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-12-02", "09:00");
    g_autoptr(Absence) absence = absence_new(desk->client);
    absence->from = date_parse("2026-11-30");
    absence->to = date_parse("2026-12-06");
    assert_ok(absence_add(desk->worker, absence, NULL, &error));
    decision_free(enter(desk, "granted", "2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 0);
    assert_ok(absence_withdraw(desk->worker, absence->id, absence->version, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
    assert_ok(task_finish(desk->officer,
                          fixture_int(desk->lead, "SELECT id FROM task WHERE kind = 'decision'"
                                                  " AND done_ms IS NULL" SETTLE),
                          NULL, &error));
    g_autoptr(Closing) closing = closing_new(desk->client);
    assert_ok(closing_add(desk->officer, closing, NULL, &error));
    assert_ok(closing_reopen(desk->officer, desk->client, DATE_NONE, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), 1);
}

/* A file knows of no decision. */
static void what_is_read_in_is_to_be_settled(void **state)
{
    const Desk *desk = *state;
    decision_free(enter(desk, "granted", "2026-12-01"));
    const char *const days[] = {"2026-12-01", "2026-12-02", "2026-12-03"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(DbTransaction) tx = NULL;
        g_autoptr(VisitBatch) batch = NULL;
        g_autoptr(Visit) visit = planned_visit(&desk->visits, days[i], "09:00");
        assert_ok((tx = db_transaction(session_db(desk->lead), &error)));
        assert_ok((batch = visit_batch_new(desk->lead, 0, &error)));
        assert_int_equal(visit_batch_add(batch, visit, NULL), BATCH_ADDED);
        assert_ok(visit_batch_finish(batch, &error));
        assert_ok(db_transaction_commit(tx, &error));
        assert_int_equal(fixture_int(desk->lead, OPEN_TASKS SETTLE), i > 0 ? 1 : 0);
    }
}

static void two_at_once_are_told(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) mine = enter(desk, "granted", "2027-11-30");
    g_autoptr(Decision) theirs = NULL;
    assert_ok((theirs = decision_get(desk->lead, mine->id, &error)));
    correct_to(desk, mine, "2027-10-31", NULL);
    theirs->valid_to = date_parse("2027-09-30");
    assert_fails(decision_change(desk->lead, theirs, NULL, &error), ERROR_CONFLICT);
    assert_int_equal(last_day(desk), date_parse("2027-10-31"));
    theirs->version = mine->version;
    assert_ok(decision_change(desk->lead, theirs, NULL, &error));
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = enter(desk, "granted", "2027-11-30");
    decision->valid_to = decision->valid_from - 1;
    assert_fails(decision_change(desk->officer, decision, NULL, &error), ERROR_INPUT);
    decision->valid_to = DATE_NONE;
    assert_fails(decision_change(desk->worker, decision, NULL, &error), ERROR_DENIED);
    decision->id++;
    assert_fails(decision_change(desk->officer, decision, NULL, &error), ERROR_NOT_FOUND);
    const Given given[] = {{"vag", "", "decided"},
                           {"beslut-dag", "", "2026-01-21"},
                           {"beslut-insats", "", "housing-support"},
                           {0}};
    complete(desk->officer, "aktualisering", desk->client, given);
    decision->id = fixture_int(desk->lead, "SELECT id FROM decision WHERE response_id IS NOT NULL");
    assert_fails(decision_change(desk->officer, decision, NULL, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM decision_version"), 0);
}

static void rows_say_what_stands(void **state)
{
    const Desk *desk = *state;
    const char *faults[DECISION_ROW_COUNT];
    g_autoptr(Decision) decision = enter(desk, "partly-refused", "2027-11-30");
    g_autoptr(Decision) read = decision_new();
    g_auto(GStrv) values = decision_rows_of(decision);
    assert_true(decision_rows_take(values, read, faults));
    read->id = decision->id;
    read->client_id = decision->client_id;
    read->version = decision->version;
    assert_ok(decision_change(desk->officer, read, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM decision_version"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(what_it_said_is_kept),
        COMPLETION_TEST(visits_and_tasks_follow_its_days),
        COMPLETION_TEST(recurring_visits_go_on),
        COMPLETION_TEST(the_one_before_rules_again),
        COMPLETION_TEST(an_earlier_one_moves_nothing),
        COMPLETION_TEST(what_is_to_be_settled_stays),
        COMPLETION_TEST(what_is_planned_again_is_to_be_settled),
        COMPLETION_TEST(what_an_absence_gives_back_is_to_be_settled),
        COMPLETION_TEST(what_is_read_in_is_to_be_settled),
        COMPLETION_TEST(two_at_once_are_told),
        COMPLETION_TEST(what_cannot_be_is_refused),
        COMPLETION_TEST(rows_say_what_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
