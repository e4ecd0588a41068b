/* retention.c: the year's proposal: who is in it, who may keep and who confirms. Issue 10. */
#include "care/completion/decision_entry.h"
#include "tests/unit/care/fixture_retention.h"

#include "care/task/task.h"

/* The names on the list, with what is said of each. New. */
static char *listed(Session *session)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(RetentionProposal) proposal = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((proposal = retention_read(session, &error)));
    assert_ok((rows = retention_rows(session, proposal->id, &error)));
    for (guint i = 0; i < rows->len; i++) {
        const RetentionRow *row = rows->pdata[i];
        g_autofree char *words = retention_row_words(row);
        g_string_append_printf(text, "%s%s: %s", i > 0 ? "\n" : "", row->name, words);
    }
    return g_strdup(text->str);
}

static void assert_listed(Session *session, const char *wanted)
{
    g_autofree char *said = listed(session);
    assert_string_equal(said, wanted);
}

static void nobody_before_the_municipality_is_known(void **state)
{
    const Gallring *unit = *state;
    int code = -1;
    retention_clock("2032-03-01T10:00");
    assert_ok(retention_municipality_read(unit->lead, &code, &error));
    assert_int_equal(code, 0);
    assert_fails(retention_propose(unit->lead, &error), ERROR_INPUT);
    assert_fails(retention_municipality_set(unit->lead, "126", &error), ERROR_INPUT);
    assert_fails(retention_municipality_set(unit->lead, "", &error), ERROR_INPUT);
    assert_ok(retention_municipality_set(unit->lead, " 0126 ", &error));
    assert_ok(retention_municipality_read(unit->lead, &code, &error));
    assert_int_equal(code, 126);
    assert_ok(retention_municipality_set(unit->lead, "0126", &error));
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM audit WHERE entity = 'meta'"
                                             " AND changes LIKE '%municipality%'"),
                     1);
}

static void each_has_what_the_rule_says(void **state)
{
    const Gallring *unit = *state;
    propose_in_2032(unit, unit->lead);
    assert_proposal(unit->officer, "due 3, confirmed 0, kept 1, open 0, closed 0");
    /* The team lead is not named on the protected card. */
    assert_proposal(unit->lead, "due 3, confirmed 0, kept 1, open 0, closed 1");
    assert_listed(unit->lead, "Emil Ärlig: to be deleted by 2032-12-31\n"
                              "Yusuf Essen: to be deleted by 2032-12-31\n"
                              "Karin Kvar: kept for good: born on the 5th, 15th or 25th: kept for "
                              "research");
    /* Made again in the same year it is the same. */
    propose(unit->officer);
    assert_proposal(unit->officer, "due 3, confirmed 0, kept 1, open 0, closed 0");
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM retention_proposal"), 1);
}

static void gothenburg_keeps_all(void **state)
{
    const Gallring *unit = *state;
    retention_clock("2032-03-01T10:00");
    assert_ok(retention_municipality_set(unit->lead, "1480", &error));
    propose(unit->lead);
    assert_proposal(unit->lead, "due 0, confirmed 0, kept 4, open 0, closed 1");
}

static void nobody_before_five_years_have_passed(void **state)
{
    const Gallring *unit = *state;
    retention_clock("2031-11-22T10:00");
    assert_ok(retention_municipality_set(unit->lead, "0126", &error));
    propose(unit->lead);
    assert_proposal(unit->lead, "due 0, confirmed 0, kept 0, open 0, closed 0");
    retention_clock("2031-11-23T10:01");
    propose(unit->lead);
    assert_proposal(unit->lead, "due 3, confirmed 0, kept 1, open 0, closed 1");
}

/* A task opened and done in 2030 is a note; reading a card is none. */
static void a_note_counts_and_a_reading_does_not(void **state)
{
    const Gallring *unit = *state;
    retention_clock("2030-01-15T10:00");
    g_autoptr(Client) read = NULL;
    assert_ok((read = client_open(unit->officer, unit->due, &error)));
    g_autoptr(Task) task = task_new();
    task->kind = TASK_OTHER;
    task->note = g_strdup("Ring.");
    task->client_id = unit->other;
    task->due_date = clock_today();
    assert_ok(task_add(unit->officer, task, &error));
    assert_ok(task_finish(unit->officer, task->id, NULL, &error));
    propose_in_2032(unit, unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 0, kept 1, open 0, closed 0");
}

static void what_goes_on_is_told_and_left(void **state)
{
    const Gallring *unit = *state;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_OTHER;
    task->note = g_strdup("Ring.");
    task->client_id = unit->other;
    task->due_date = clock_today();
    assert_ok(task_add(unit->officer, task, &error));
    propose_in_2032(unit, unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 0, kept 1, open 1, closed 0");
    assert_int_equal(confirm(unit->lead), 1);
}

static void decide(const Gallring *unit, const char *kind, const char *to)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = unit->other;
    decision->kind = g_strdup(kind);
    decision->support = g_strdup("housing-support");
    decision->reasons = g_strdup("Behovet är ett annat.");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->decided_on = clock_today();
    decision->valid_to = date_parse(to);
    assert_ok(decision_enter(unit->officer, decision, NULL, &error));
}

/* What was granted until further notice ends with a later decision; what is refused holds nobody. */
static void a_decision_that_another_ended_does_not_go_on(void **state)
{
    const Gallring *unit = *state;
    decide(unit, "granted", "");
    propose_in_2032(unit, unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 0, kept 1, open 1, closed 0");
    retention_clock("2026-11-22T10:00");
    decide(unit, "ended", "2026-12-01");
    decide(unit, "refused", "");
    propose_in_2032(unit, unit->officer);
    assert_proposal(unit->officer, "due 3, confirmed 0, kept 1, open 0, closed 0");
}

static void somebody_else_confirms(void **state)
{
    const Gallring *unit = *state;
    gint64 count = 0;
    propose_in_2032(unit, unit->officer);
    g_autoptr(RetentionProposal) seen = NULL;
    assert_ok((seen = retention_read(unit->officer, &error)));
    assert_fails(retention_confirm(unit->officer, seen, &count, &error), ERROR_DENIED);
    /* The protected one is left for somebody who is named and has not made the proposal. */
    assert_int_equal(confirm(unit->lead), 2);
    assert_proposal(unit->officer, "due 3, confirmed 2, kept 1, open 0, closed 0");
    assert_ok(
        client_name_staff(unit->officer, unit->hidden, session_staff_id(unit->lead), TRUE, &error));
    assert_int_equal(confirm(unit->lead), 1);
    g_autoptr(RetentionProposal) all = NULL;
    assert_ok((all = retention_read(unit->lead, &error)));
    assert_fails(retention_confirm(unit->lead, all, &count, &error), ERROR_INPUT);
    /* Made anew by whoever confirmed, it is still two people's. */
    propose(unit->lead);
    assert_proposal(unit->officer, "due 3, confirmed 3, kept 1, open 0, closed 0");
}

static void what_was_seen_is_what_is_confirmed(void **state)
{
    const Gallring *unit = *state;
    gint64 count = 0;
    propose_in_2032(unit, unit->officer);
    g_autoptr(RetentionProposal) seen = NULL;
    assert_ok((seen = retention_read(unit->lead, &error)));
    propose(unit->officer);
    assert_fails(retention_confirm(unit->lead, seen, &count, &error), ERROR_CONFLICT);
    assert_proposal(unit->officer, "due 3, confirmed 0, kept 1, open 0, closed 0");
}

static void one_is_kept_by_a_reason_for_a_time(void **state)
{
    const Gallring *unit = *state;
    const Date later = date_parse("2033-02-01");
    assert_fails(retention_keep(unit->lead, unit->due, "Mål i domstol.", later, &error),
                 ERROR_NOT_FOUND);
    propose_in_2032(unit, unit->officer);
    assert_fails(retention_keep(unit->lead, unit->due, "  ", later, &error), ERROR_INPUT);
    assert_fails(retention_keep(unit->lead, unit->due, "Mål.", clock_today(), &error), ERROR_INPUT);
    assert_fails(retention_keep(unit->lead, unit->kept, "Mål.", later, &error), ERROR_NOT_FOUND);
    assert_fails(retention_keep(unit->lead, unit->hidden, "Mål.", later, &error), ERROR_DENIED);
    assert_int_equal(confirm(unit->lead), 2);
    assert_ok(retention_keep(unit->lead, unit->due, "Mål i domstol.", later, &error));
    assert_proposal(unit->officer, "due 2, confirmed 1, kept 2, open 0, closed 0");
    propose(unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 1, kept 2, open 0, closed 0");
    /* In the next year until that day, and then not. */
    retention_clock("2033-01-31T10:00");
    propose(unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 0, kept 2, open 0, closed 0");
    retention_clock("2033-02-01T10:00");
    propose(unit->officer);
    assert_proposal(unit->officer, "due 3, confirmed 0, kept 1, open 0, closed 0");
}

static void a_support_worker_has_no_part_in_it(void **state)
{
    const Gallring *unit = *state;
    propose_in_2032(unit, unit->officer);
    g_autoptr(Session) worker = fixture_open(&unit->unit, "stod");
    const RetentionProposal none = {.id = 1};
    gint64 count = 0;
    assert_fails(retention_propose(worker, &error), ERROR_DENIED);
    assert_fails(retention_read(worker, &error), ERROR_DENIED);
    assert_fails(retention_rows(worker, 1, &error), ERROR_DENIED);
    assert_fails(retention_confirm(worker, &none, &count, &error), ERROR_DENIED);
    assert_fails(retention_municipality_set(worker, "1480", &error), ERROR_DENIED);
    assert_fails(retention_keep(worker, unit->due, "Nej.", clock_today() + 1, &error),
                 ERROR_DENIED);
    g_autofree char *waits = retention_waits(worker);
    assert_null(waits);
}

static void assert_waits(Session *session, const char *wanted)
{
    g_autofree char *waits = retention_waits(session);
    if (g_strcmp0(waits, wanted) != 0)
        fail_msg("%s", waits);
}

static void what_waits_is_told(void **state)
{
    const Gallring *unit = *state;
    assert_waits(unit->lead, NULL);
    retention_clock("2032-03-01T10:00");
    assert_waits(unit->lead, "Retention: 3 clients are due. Make the year's proposal.");
    propose_in_2032(unit, unit->officer);
    assert_waits(unit->lead, "Retention: 3 clients are to be looked through and confirmed.");
    confirm(unit->lead);
    assert_waits(unit->lead, "Retention: 2 clients are confirmed and to be deleted.");
}

static void the_log_says_how_many_and_names_nobody(void **state)
{
    const Gallring *unit = *state;
    propose_in_2032(unit, unit->officer);
    confirm(unit->lead);
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM audit WHERE action = 'propose'"
                                             " AND changes = '{\"due\":[0,3]}'"),
                     1);
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM audit WHERE action = 'confirm'"
                                             " AND changes = '{\"clients\":[0,2]}'"
                                             " AND client_id IS NULL"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RETENTION_TEST(nobody_before_the_municipality_is_known),
        RETENTION_TEST(each_has_what_the_rule_says),
        RETENTION_TEST(gothenburg_keeps_all),
        RETENTION_TEST(nobody_before_five_years_have_passed),
        RETENTION_TEST(a_note_counts_and_a_reading_does_not),
        RETENTION_TEST(what_goes_on_is_told_and_left),
        RETENTION_TEST(a_decision_that_another_ended_does_not_go_on),
        RETENTION_TEST(somebody_else_confirms),
        RETENTION_TEST(what_was_seen_is_what_is_confirmed),
        RETENTION_TEST(one_is_kept_by_a_reason_for_a_time),
        RETENTION_TEST(a_support_worker_has_no_part_in_it),
        RETENTION_TEST(what_waits_is_told),
        RETENTION_TEST(the_log_says_how_many_and_names_nobody),
    };
    return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
