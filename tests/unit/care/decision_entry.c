/* decision_entry.c: decisions entered on the card, with what follows of them. Issue 11, D13. */
#include "care/completion/decision_rows.h"

#include "care/client/client_words.h"
#include "care/client/decision_gap.h"
#include "care/visit/series.h"
#include "tests/unit/care/fixture_completion.h"

static Decision *of_kind(const Desk *desk, const char *kind, const char *to)
{
    Decision *decision = decision_new();
    decision->client_id = desk->client;
    decision->kind = g_strdup(kind);
    decision->support = g_strdup("housing-support");
    decision->law = g_strdup("sol-2025");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->decided_on = decision->valid_from = clock_today();
    decision->valid_to = date_parse(to);
    return decision;
}

static gint64 enter(const Desk *desk, const char *kind, const char *to, gint64 *after)
{
    g_autoptr(Decision) decision = of_kind(desk, kind, to);
    decision->reasons = g_strdup("Behovet är ett annat.");
    assert_ok(decision_enter(desk->officer, decision, after, &error));
    return decision->id;
}

static void make_officer_s(const Desk *desk)
{
    const DbParam *params =
        DB_PARAMS(DB_INT("officer", session_staff_id(desk->officer)), DB_INT("id", desk->client));
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE client SET case_officer_id = :officer WHERE id = :id", params,
                     &error));
}

static Date last_day(const Desk *desk)
{
    Date last;
    assert_ok(decision_last_day(desk->lead, desk->client, &last, &error));
    return last;
}

#define OPEN_TASKS "SELECT COUNT(*) FROM task WHERE kind = 'decision' AND done_ms IS NULL"

static void law_and_section_follow_the_day(void **state)
{
    (void)state;
    const Date before = date_parse("2025-06-30"), after = date_parse("2025-07-01");
    assert_string_equal(decision_law_on(before, FALSE), "sol-2001");
    assert_string_equal(decision_law_on(after, FALSE), "sol-2025");
    assert_string_equal(decision_law_on(before, TRUE), "lss");
    assert_string_equal(decision_law_on(after, TRUE), "lss");
    assert_string_equal(decision_section_of("sol-2001"), "4 kap. 1 §");
    assert_string_equal(decision_section_of("sol-2025"), "11 kap. 1 §");
    assert_string_equal(decision_section_of("lss"), "9 §");
}

static void one_is_made_without_an_intake(void **state)
{
    const Desk *desk = *state;
    make_officer_s(desk);
    g_autoptr(Decision) decision = of_kind(desk, "granted", "2027-11-30");
    decision->month_minutes = 20 * 60;
    decision->section = g_strdup("11 kap. 1 §");
    decision->delegation = g_strdup("4.2");
    assert_ok(decision_enter(desk->officer, decision, NULL, &error));
    assert_ok(decision_enter(desk->officer, decision, NULL, &error)); /* made again */
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = decision_of_client(desk->worker, desk->client, &error)));
    assert_int_equal(all->len, 1);
    const Decision *kept = all->pdata[0];
    assert_string_equal(kept->section, "11 kap. 1 §");
    assert_string_equal(kept->delegation, "4.2");
    assert_int_equal(kept->month_minutes, 20 * 60);
    assert_int_equal(kept->response_id, 0);
    assert_int_equal(last_day(desk), date_parse("2027-11-30"));
    assert_int_equal(logged(desk->lead, "create", "decision"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2027-10-19'"), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT staff_id FROM task"),
                     session_staff_id(desk->officer));
}

static void one_that_ends_soon_is_looked_at_today(void **state)
{
    const Desk *desk = *state;
    enter(desk, "granted", "2026-12-01", NULL);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-22'"), 1);
}

/* A later one stands in the stead of the earlier: its tasks are done, also those of an intake. */
static void an_extension_goes_on(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"vag", "", "decided"},
                           {"beslut-dag", "", "2026-01-21"},
                           {"beslut-insats", "", "housing-support"},
                           {"beslut-till", "", "2026-12-06"},
                           {0}};
    complete(desk->officer, "aktualisering", desk->client, given);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
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
    enter(desk, "extended", "2026-12-20", NULL);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 4);
    assert_int_equal(last_day(desk), date_parse("2026-12-20"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND note LIKE '%2026-12-20%'"), 1);
}

static void visits_after_the_end_are_to_be_settled(void **state)
{
    const Desk *desk = *state;
    gint64 after = -1;
    enter(desk, "granted", "2027-11-30", &after);
    assert_int_equal(after, 0);
    plan(&desk->visits, "2026-12-01", "09:00");
    plan(&desk->visits, "2026-12-02", "09:00");
    plan(&desk->visits, "2026-12-03", "09:00");
    enter(desk, "ended", "2026-12-01", &after);
    assert_int_equal(after, 2);
    assert_int_equal(last_day(desk), date_parse("2026-12-01"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-22'"), 1);
    g_autoptr(Visit) late = planned_visit(&desk->visits, "2026-12-02", "11:00");
    assert_fails(visit_add(desk->lead, late, &error), ERROR_INPUT);
}

static Decision *next_one(const Desk *desk, const char *from)
{
    Decision *next = of_kind(desk, "granted", "2027-06-30");
    next->valid_from = date_parse(from);
    return next;
}

static void lay_wednesdays(const Desk *desk)
{
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = desk->client;
    series->staff_id = desk->visits.staff;
    series->rrule = g_strdup("FREQ=WEEKLY");
    series->starts_on = date_parse("2026-11-25");
    series->ends_on = DATE_NONE;
    series->start = 15 * 60;
    series->minutes = 60;
    assert_ok(series_add(desk->lead, series, &error));
}

#define IN_GAP "SELECT COUNT(*) FROM visit WHERE date >= '2026-12-07' AND date <= '2026-12-20'"

/* Issue 11: where the next decision begins later than the one before it ended, no visit is planned
 * in between; what was left out is laid out when the days come to be reached. */
static void nothing_is_planned_between_two(void **state)
{
    const Desk *desk = *state;
    gint64 after = -1;
    enter(desk, "granted", "2026-12-06", NULL);
    lay_wednesdays(desk);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 2);
    g_autoptr(Decision) next = next_one(desk, "2026-12-21");
    assert_ok(decision_enter(desk->officer, next, &after, &error));
    assert_int_equal(after, 0);
    assert_int_equal(last_day(desk), date_parse("2027-06-30"));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 4);
    assert_int_equal(fixture_int(desk->lead, IN_GAP), 0);
    const struct {
        const char *day;
        gboolean covered;
    } days[] = {{"2026-11-01", TRUE},  {"2026-12-06", TRUE}, {"2026-12-07", FALSE},
                {"2026-12-20", FALSE}, {"2026-12-21", TRUE}, {"2027-06-30", TRUE},
                {"2027-07-01", FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(GError) wrong = NULL;
        if (decision_covers(desk->worker, desk->client, date_parse(days[i].day), &wrong) !=
            days[i].covered)
            fail_msg("%s", days[i].day);
    }
    g_autoptr(Visit) between = planned_visit(&desk->visits, "2026-12-10", "11:00");
    assert_fails(visit_add(desk->lead, between, &error), ERROR_INPUT);
    g_autoptr(Decision) earlier = NULL;
    assert_ok((earlier = decision_get(desk->officer, next->id, &error)));
    earlier->valid_from = date_parse("2026-12-14");
    assert_ok(decision_change(desk->officer, earlier, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, IN_GAP), 1);
    assert_int_equal(fixture_int(desk->lead, IN_GAP " AND date = '2026-12-16'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND note LIKE '%innan%'"), 0);
}

/* What was planned there already waits to be settled, and is said on the card. */
static void visits_between_two_are_to_be_settled(void **state)
{
    const Desk *desk = *state;
    gint64 after = -1;
    enter(desk, "granted", "", NULL);
    lay_wednesdays(desk);
    enter(desk, "ended", "2026-12-06", &after);
    assert_int_equal(after, 4);
    g_autoptr(Decision) next = next_one(desk, "2026-12-21");
    assert_ok(decision_enter(desk->officer, next, &after, &error));
    assert_int_equal(after, 2);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-22'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND note LIKE '%2026-12-06%'"), 1);
    g_autofree char *words = NULL;
    assert_ok(client_words_grounds(desk->worker, desk->client, &words, &error));
    assert_non_null(strstr(words, "2 visits that no decision reaches"));
    g_autoptr(Decision) earlier = NULL;
    assert_ok((earlier = decision_get(desk->officer, next->id, &error)));
    earlier->valid_from = date_parse("2026-12-07");
    assert_ok(decision_change(desk->officer, earlier, &after, &error));
    assert_int_equal(after, 0);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND note LIKE '%2026-12-06%'"), 0);
    assert_int_equal(fixture_int(desk->lead, IN_GAP), 2);
}

static char *grounds(const Desk *desk)
{
    char *text = NULL;
    assert_ok(client_words_grounds(desk->worker, desk->client, &text, &error));
    return text;
}

/* What was granted until further notice no longer holds when a later decision has ended it, and one
 * that begins later does not hold yet. */
static void what_a_later_one_ended_is_not_in_force(void **state)
{
    const Desk *desk = *state;
    enter(desk, "granted", "", NULL);
    g_autofree char *first = grounds(desk);
    assert_non_null(strstr(first, "Housing support, "));
    g_autoptr(Decision) later = of_kind(desk, "changed", "2027-11-30");
    later->reasons = g_strdup("Behovet är ett annat.");
    later->valid_from = date_parse("2026-12-24");
    assert_ok(decision_enter(desk->officer, later, NULL, &error));
    g_autofree char *still = grounds(desk);
    assert_string_equal(still, first);
    assert_ok(decision_take_away(desk->officer, desk->client, later->id, &error));
    enter(desk, "ended", "2026-12-01", NULL);
    set_clock("2026-12-02T10:00");
    g_autofree char *ended = grounds(desk);
    assert_string_equal(ended, "the decision ended on 2026-12-01");
    enter(desk, "refused", "", NULL);
    g_autofree char *refused = grounds(desk);
    assert_string_equal(refused, ended);
}

static void what_is_refused_changes_no_support(void **state)
{
    const Desk *desk = *state;
    enter(desk, "granted", "2027-11-30", NULL);
    enter(desk, "refused", "2029-11-30", NULL);
    assert_int_equal(last_day(desk), date_parse("2027-11-30"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    g_autoptr(Decision) refused = of_kind(desk, "refused", "2029-11-30");
    assert_false(decision_grants(refused));
    assert_false(decision_holds(refused, clock_today()));
    char day[DATE_SIZE];
    g_autofree char *said = client_words_decision(refused);
    g_autofree char *expected = g_strdup_printf("refused %s", date_format(refused->decided_on, day));
    assert_string_equal(said, expected);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    const char *const with_reasons[] = {"changed", "partly-refused", "refused", "ended"};
    for (gsize i = 0; i < G_N_ELEMENTS(with_reasons); i++) {
        g_autoptr(Decision) bare = of_kind(desk, with_reasons[i], "2027-11-30");
        assert_fails(decision_enter(desk->officer, bare, NULL, &error), ERROR_INPUT);
    }
    g_autoptr(Decision) by_nobody = of_kind(desk, "granted", "2027-11-30");
    g_clear_pointer(&by_nobody->decided_by, g_free);
    assert_fails(decision_enter(desk->officer, by_nobody, NULL, &error), ERROR_INPUT);
    g_autoptr(Decision) tomorrow = of_kind(desk, "granted", "2027-11-30");
    tomorrow->decided_on++;
    assert_fails(decision_enter(desk->officer, tomorrow, NULL, &error), ERROR_INPUT);
    g_autoptr(Decision) backwards = of_kind(desk, "granted", "2026-11-21");
    assert_fails(decision_enter(desk->officer, backwards, NULL, &error), ERROR_INPUT);
    g_autoptr(Decision) endless = of_kind(desk, "ended", "");
    endless->reasons = g_strdup("Flyttar.");
    assert_fails(decision_enter(desk->officer, endless, NULL, &error), ERROR_INPUT);
    g_autoptr(Decision) what = of_kind(desk, "vad", "2027-11-30");
    assert_fails(decision_enter(desk->officer, what, NULL, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM decision"), 0);
    g_autoptr(Decision) by_worker = of_kind(desk, "granted", "2027-11-30");
    assert_fails(decision_enter(desk->worker, by_worker, NULL, &error), ERROR_DENIED);
}

static void a_mistake_is_taken_away(void **state)
{
    const Desk *desk = *state;
    enter(desk, "granted", "2027-11-30", NULL);
    plan(&desk->visits, "2026-12-02", "09:00");
    const gint64 mistake = enter(desk, "ended", "2026-12-01", NULL);
    assert_fails(decision_take_away(desk->worker, desk->client, mistake, &error), ERROR_DENIED);
    assert_ok(decision_take_away(desk->officer, desk->client, mistake, &error));
    assert_ok(decision_take_away(desk->officer, desk->client, mistake, &error));
    assert_int_equal(last_day(desk), date_parse("2027-11-30"));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-11-22'"), 0);
    assert_int_equal(logged(desk->lead, "remove", "decision"), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'remove'"
                                             " AND changes LIKE '%Behovet%'"),
                     1);
}

static void one_of_a_form_is_corrected_there(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"vag", "", "decided"},
                           {"beslut-dag", "", "2026-01-21"},
                           {"beslut-insats", "", "housing-support"},
                           {0}};
    complete(desk->officer, "aktualisering", desk->client, given);
    const gint64 id = fixture_int(desk->lead, "SELECT id FROM decision");
    assert_fails(decision_take_away(desk->officer, desk->client, id, &error), ERROR_INPUT);
}

/* Granted a month, and given in this one: what took place, also otherwise; no other month's. */
static void hours_given_are_counted_by_month(void **state)
{
    const Desk *desk = *state;
    const char *const days[] = {"2026-10-31", "2026-11-01", "2026-11-21", "2026-11-20"};
    g_autoptr(Decision) decision = of_kind(desk, "granted", "");
    g_autofree char *text = NULL, *none = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        const VisitOutcome what = came(i == 2   ? OUTCOME_DONE_OTHERWISE
                                       : i == 3 ? OUTCOME_CANCELLED
                                                : OUTCOME_DONE,
                                       i == 3 ? "ork" : NULL);
        const gint64 visit = plan(&desk->visits, days[i], "09:00");
        assert_ok(visit_record(desk->lead, visit, 1, &what, NULL, NULL, &error));
    }
    assert_ok(client_words_month(desk->lead, decision, &none, &error));
    assert_null(none);
    decision->month_minutes = 20 * 60 + 30;
    assert_ok(client_words_month(desk->lead, decision, &text, &error));
    assert_string_equal(text, "20 h 30 min; in November 2 h so far");
}

static void take_row(char **values, int row, const char *text)
{
    g_free(values[row]);
    values[row] = g_strdup(text);
}

static void rows_are_read(void **state)
{
    const Desk *desk = *state;
    const char *faults[DECISION_ROW_COUNT];
    g_autoptr(Decision) decision = decision_new();
    g_auto(GStrv) values = decision_rows_values(desk->officer, NULL);
    assert_false(decision_rows_take(values, decision, faults));
    assert_non_null(faults[DECISION_ROW_KIND]);
    take_row(values, DECISION_ROW_KIND, "0");
    assert_true(decision_rows_take(values, decision, faults));
    assert_string_equal(decision->kind, "granted");
    assert_string_equal(decision->support, "housing-support");
    assert_string_equal(decision->law, "sol-2025");
    assert_string_equal(decision->section, "11 kap. 1 §");
    assert_int_equal(decision->valid_from, clock_today());
    assert_int_equal(decision->valid_to, DATE_NONE);
    assert_string_equal(decision->decided_by, session_staff_name(desk->officer));
    take_row(values, DECISION_ROW_DECIDED, "2025-06-30");
    take_row(values, DECISION_ROW_SUPPORT, "Ledsagning");
    const struct {
        const char *typed;
        int minutes;
    } hours[] = {{"20", 1200}, {"20:30", 1230}, {"20,5", 1230}, {"0.25", 15}};
    for (gsize i = 0; i < G_N_ELEMENTS(hours); i++) {
        take_row(values, DECISION_ROW_MONTH, hours[i].typed);
        assert_true(decision_rows_take(values, decision, faults));
        assert_int_equal(decision->month_minutes, hours[i].minutes);
    }
    assert_string_equal(decision->law, "sol-2001");
    assert_string_equal(decision->section, "4 kap. 1 §");
    assert_string_equal(decision->support, "Ledsagning");
    take_row(values, DECISION_ROW_LAW, "1");
    assert_string_equal(decision_rows_section(values), "9 §");
    const char *const wrong[] = {"some", "20:3", "20:60", "-1", "745", "1:2:3"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        take_row(values, DECISION_ROW_MONTH, wrong[i]);
        assert_false(decision_rows_take(values, decision, faults));
        assert_non_null(faults[DECISION_ROW_MONTH]);
    }
    take_row(values, DECISION_ROW_MONTH, "");
    take_row(values, DECISION_ROW_KIND, "5"); /* ended */
    assert_false(decision_rows_take(values, decision, faults));
    assert_non_null(faults[DECISION_ROW_TO]);
    assert_non_null(faults[DECISION_ROW_REASONS]);
    take_row(values, DECISION_ROW_TO, "2025-12-31");
    take_row(values, DECISION_ROW_REASONS, "Flyttar.");
    assert_true(decision_rows_take(values, decision, faults));
    assert_int_equal(decision->valid_from, DATE_NONE);
}

/* A later decision begins with what the latest said. */
static void a_later_one_goes_on_from_the_latest(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) latest = of_kind(desk, "granted", "2027-11-30");
    g_free(latest->law);
    latest->law = g_strdup("lss");
    latest->month_minutes = 90;
    g_auto(GStrv) values = decision_rows_values(desk->officer, latest);
    assert_string_equal(values[DECISION_ROW_LAW], "1");
    assert_string_equal(values[DECISION_ROW_MONTH], "1:30");
    assert_string_equal(values[DECISION_ROW_TO], "");
    assert_string_equal(values[DECISION_ROW_KIND], "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(law_and_section_follow_the_day),
        COMPLETION_TEST(one_is_made_without_an_intake),
        COMPLETION_TEST(one_that_ends_soon_is_looked_at_today),
        COMPLETION_TEST(an_extension_goes_on),
        COMPLETION_TEST(visits_after_the_end_are_to_be_settled),
        COMPLETION_TEST(nothing_is_planned_between_two),
        COMPLETION_TEST(visits_between_two_are_to_be_settled),
        COMPLETION_TEST(what_a_later_one_ended_is_not_in_force),
        COMPLETION_TEST(what_is_refused_changes_no_support),
        COMPLETION_TEST(what_cannot_be_is_refused),
        COMPLETION_TEST(a_mistake_is_taken_away),
        COMPLETION_TEST(one_of_a_form_is_corrected_there),
        COMPLETION_TEST(hours_given_are_counted_by_month),
        COMPLETION_TEST(rows_are_read),
        COMPLETION_TEST(a_later_one_goes_on_from_the_latest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
