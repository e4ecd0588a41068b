/* decision.c: decisions and matters to be decided, from an intake, with the clocks that follow. */
#include "care/client/decision.h"
#include "care/client/decision_gap.h"
#include "care/visit/visit_propose.h"
#include "tests/unit/care/fixture_completion.h"

static GPtrArray *decisions(Session *session, gint64 client)
{
    GPtrArray *all = NULL;
    assert_ok((all = decision_of_client(session, client, &error)));
    return all;
}

static const Decision *only(const GPtrArray *all)
{
    assert_int_equal(all->len, 1);
    return g_ptr_array_index(all, 0);
}

/* Which law is asked for follows from the day the matter came in; the other's answer has fallen
 * away and counts for nothing. */
static void test_law_by_day(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *received, *law;
    } cases[] = {{"2025-06-30", "sol-2001"}, {"2025-07-01", "sol-2025"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 client = add_client(desk->lead, "Ny Person", PROTECTION_NONE);
        const Given given[] = {{"inkom-datum", "", cases[i].received},
                               {"vag", "", "application"},
                               {"ansokan-om", "", "Jag vill ha boendestöd"},
                               {"ansokan-lag", "", "sol-2025"},
                               {"ansokan-lag-aldre", "", "sol-2001"},
                               {"ansokan-klar", "", "2026-12-15"},
                               {0}};
        gint64 response = complete(desk->officer, "aktualisering", client, given);
        g_autoptr(GPtrArray) all = decisions(desk->officer, client);
        const Decision *decision = only(all);
        assert_string_equal(decision->kind, "application");
        assert_string_equal(decision->law, cases[i].law);
        assert_string_equal(decision->asked_for, "Jag vill ha boendestöd");
        assert_int_equal(decision->received_on, date_parse(cases[i].received));
        assert_int_equal(decision->due_on, date_parse("2026-12-15"));
        assert_int_equal(decision->decided_on, DATE_NONE);
        assert_null(decision->support);
        assert_int_equal(decision->response_id, response);
        g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
        assert_int_equal(clocks->len, 1);
        const Task *task = task_from(clocks, "ansokan-klar", "");
        assert_int_equal(task->kind, TASK_DECISION);
        assert_int_equal(task->due_date, date_parse("2026-12-15"));
    }
}

static const Given DECIDED[] = {
    {"inkom-datum", "", "2026-11-20"},
    {"vag", "", "decided"},
    {"beslut-dag", "", "2026-11-21"},
    {"beslut-lag", "", "lss"},
    {"beslut-insats", "", "=Ledsagning"},
    {"beslut-av", "", "Harriet Ek"},
    {"beslut-mal", "", "Komma ut"},
    {"beslut-fran", "", "2026-12-01"},
    {"beslut-till", "", "2027-11-30"},
    {"beslut-timmar", "", "7.5"},
    {0},
};

static void test_decided(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->officer, "aktualisering", desk->client, DECIDED);
    g_autoptr(GPtrArray) all = decisions(desk->worker, desk->client);
    const Decision *decision = only(all);
    assert_string_equal(decision->kind, "decided");
    assert_string_equal(decision->law, "lss");
    assert_string_equal(decision->support, "Ledsagning");
    assert_string_equal(decision->purpose, "Komma ut");
    assert_string_equal(decision->hours, "7.5");
    assert_string_equal(decision->decided_by, "Harriet Ek");
    assert_int_equal(decision->decided_on, date_parse("2026-11-21"));
    assert_int_equal(decision->valid_from, date_parse("2026-12-01"));
    assert_int_equal(decision->valid_to, date_parse("2027-11-30"));
    assert_int_equal(decision->due_on, DATE_NONE);
    g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
    assert_int_equal(clocks->len, 1);
    const Task *task = task_from(clocks, "beslut-till", "");
    assert_int_equal(task->kind, TASK_DECISION);
    assert_int_equal(task->due_date, date_parse("2027-11-30") - 6 * 7);
    assert_non_null(strstr(task->note, "2027-11-30"));
    assert_int_equal(logged(desk->lead, "create", "decision"), 1);
}

/* One that runs out within six weeks, or has, is looked at today. */
static void test_runs_out(void **state)
{
    const Desk *desk = *state;
    static const char *const ENDS[] = {"2027-01-03", "2026-12-01", "2026-11-01"};
    for (gsize i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        const Given given[] = {{"vag", "", "decided"},
                               {"beslut-dag", "", "2026-01-21"},
                               {"beslut-insats", "", "housing-support"},
                               {"beslut-till", "", ENDS[i]},
                               {0}};
        gint64 response = complete(desk->officer, "aktualisering", desk->client, given);
        g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
        assert_int_equal(task_from(clocks, "beslut-till", "")->due_date, clock_today());
    }
}

static void test_pre_assessment(void **state)
{
    const struct {
        const char *child, *item, *due, *from, *at;
    } cases[] = {
        {"true", "forhands-klar-barn", "2026-12-03", "forhands-klar-barn", "2026-12-03"},
        {"false", "forhands-klar", "2026-12-10", "forhands-klar", "2026-12-10"},
        {"true", "forhands-klar", "2026-12-10", "vag", "2026-12-04"}, /* fallen away: 14 days */
        {"true", "forhands-klar-barn", DOES_NOT_KNOW, "vag", "2026-12-04"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Desk *desk = *state;
        const Given given[] = {{"inkom-datum", "", "2026-11-20"}, {"under-18", "", cases[i].child},
                               {"vag", "", "pre-assessment"},     {"forhands-om", "", "Oro"},
                               {cases[i].item, "", cases[i].due}, {0}};
        gint64 response = complete(desk->officer, "aktualisering", desk->client, given);
        g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
        const Task *task = task_from(clocks, cases[i].from, "");
        if (clocks->len != 1 || task == NULL || task->due_date != date_parse(cases[i].at))
            fail_msg("case %zu", i);
        assert_int_equal(task->kind, TASK_DECISION);
    }
}

static void test_without_assessment(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {
        {"vag", "", "no-assessment"}, {"vag-insats-utan", "", "Öppen träffpunkt"}, {0}};
    complete(desk->officer, "aktualisering", desk->client, given);
    g_autoptr(GPtrArray) all = decisions(desk->officer, desk->client);
    assert_string_equal(only(all)->support, "Öppen träffpunkt");

    const Given none[] = {{"tva-fragor-dag", "", "2026-12-01"}, {"vag", "", DOES_NOT_KNOW}, {0}};
    complete(desk->officer, "aktualisering", desk->visits.other, none);
    g_autoptr(GPtrArray) nothing = decisions(desk->officer, desk->visits.other);
    assert_int_equal(nothing->len, 0);
}

/* The application is decided: the same row, and one clock takes the place of the other. */
static void test_correction(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"inkom-datum", "", "2026-11-20"},
                           {"vag", "", "application"},
                           {"ansokan-om", "", "Boendestöd"},
                           {"ansokan-klar", "", "2026-12-15"},
                           {0}};
    gint64 response = complete(desk->officer, "aktualisering", desk->client, given);
    const Given later[] = {{"ansokan-klar", "", "2026-12-22"}, {0}};
    response = correct(desk->officer, response, later);
    gint64 id, task;
    {
        g_autoptr(GPtrArray) all = decisions(desk->officer, desk->client);
        assert_int_equal(only(all)->due_on, date_parse("2026-12-22"));
        id = only(all)->id;
        g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
        assert_int_equal(clocks->len, 1);
        const Task *clock = task_from(clocks, "ansokan-klar", "");
        assert_int_equal(clock->due_date, date_parse("2026-12-22"));
        task = clock->id;
    }
    const Given decided[] = {{"beslut-dag", "", "2026-11-22"},
                             {"beslut-insats", "", "housing-support"},
                             {"beslut-till", "", "2027-11-30"},
                             {0}};
    response = correct(desk->officer, response, decided);
    {
        g_autoptr(GPtrArray) all = decisions(desk->officer, desk->client);
        assert_int_equal(only(all)->id, id);
        assert_string_equal(only(all)->support, "housing-support");
        assert_int_equal(only(all)->response_id, response);
    }
    g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
    assert_int_equal(clocks->len, 2);
    assert_int_equal(task_from(clocks, "ansokan-klar", "")->id, task);
    assert_true(task_from(clocks, "ansokan-klar", "")->done_ms != 0);
    assert_int_equal(task_from(clocks, "beslut-till", "")->done_ms, 0);
    assert_int_equal(logged(desk->lead, "correct", "decision"), 2);

    const Given none[] = {{"inkom-datum", "", NULL}, {"vag", "", NULL}, {0}};
    correct(desk->officer, response, none);
    g_autoptr(GPtrArray) nothing = decisions(desk->officer, desk->client);
    assert_int_equal(nothing->len, 0);
    assert_int_equal(logged(desk->lead, "remove", "decision"), 1);
    assert_sound(desk->lead);
}

static void test_latest_first(void **state)
{
    const Desk *desk = *state;
    complete(desk->officer, "aktualisering", desk->client, DECIDED);
    set_clock("2026-11-23T10:00");
    const Given given[] = {{"vag", "", "advice"}, {0}};
    complete(desk->officer, "aktualisering", desk->client, given);
    g_autoptr(GPtrArray) all = decisions(desk->officer, desk->client);
    assert_int_equal(all->len, 2);
    assert_string_equal(((Decision *)g_ptr_array_index(all, 0))->kind, "advice");
    assert_fails(decision_of_client(desk->officer, desk->hidden, &error), ERROR_DENIED);
}

static gint64 decide(const Desk *desk, gint64 client, const char *until)
{
    const Given given[] = {{"vag", "", "decided"},
                           {"beslut-dag", "", "2026-11-21"},
                           {"beslut-insats", "", "housing-support"},
                           {"beslut-till", "", until},
                           {0}};
    return complete(desk->officer, "aktualisering", client, given);
}

static gint64 planned_from(const Desk *desk, const char *from)
{
    VisitQuery query = {.from = date_parse(from),
                        .to = DATE_NONE,
                        .client_id = desk->client,
                        .outcome = OUTCOME_NONE};
    gint64 count = -1;
    assert_ok(visit_count(desk->officer, &query, &count, &error));
    return count;
}

static void add_weekly(const Desk *desk)
{
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = desk->client;
    series->staff_id = desk->visits.staff;
    series->rrule = g_strdup("FREQ=WEEKLY;BYDAY=TU");
    series->starts_on = date_parse("2026-11-24");
    series->ends_on = DATE_NONE;
    series->start = 9 * 60;
    series->minutes = 60;
    assert_ok(series_add(desk->officer, series, &error));
}

/* A11: no visit is laid past the decision's end, planned by hand or proposed; what was laid before
 * is somebody's to settle, and when the decision goes on the visits do, each day once. */
static void test_a11_visits_end_with_the_decision(void **state)
{
    const Desk *desk = *state;
    add_weekly(desk); /* to Sunday 2027-01-03: 24 November to 29 December */
    assert_int_equal(planned_from(desk, "2026-11-24"), 6);
    gint64 response = decide(desk, desk->client, "2026-12-16");
    assert_int_equal(planned_from(desk, "2026-12-17"), 2);
    {
        g_autoptr(GPtrArray) clocks = tasks(desk->officer, response);
        assert_int_equal(clocks->len, 2);
        const Task *settle = task_from(clocks, NULL, NULL);
        assert_non_null(settle);
        assert_non_null(strstr(settle->note, "2026-12-16"));
        assert_int_equal(settle->due_date, clock_today());
    }
    set_clock("2026-12-14T10:00");
    int added = -1;
    assert_ok(series_lay_out(desk->officer, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    g_autoptr(Visit) late = planned_visit(&desk->visits, "2026-12-18", "10:00");
    assert_fails(visit_add(desk->officer, late, &error), ERROR_INPUT);
    g_autoptr(Visit) in_time = planned_visit(&desk->visits, "2026-12-16", "10:00");
    assert_ok(visit_add(desk->officer, in_time, &error));
    g_autoptr(GArray) times = NULL;
    assert_ok((times = visit_propose(desk->officer, in_time, 10, &error)));
    assert_int_equal(times->len, 1);
    assert_int_equal(g_array_index(times, NewTime, 0).date, date_parse("2026-12-15"));
    const VisitOutcome unwell = came(OUTCOME_CANCELLED, "ork");
    NewTime after = {.date = date_parse("2026-12-17"), .start = 600, .minutes = 60};
    assert_fails(visit_record(desk->lead, in_time->id, 1, &unwell,
                              &(VisitTimes){after, {.date = DATE_NONE}}, NULL, &error),
                 ERROR_INPUT);
    /* Two Tuesdays lie there already: four more to 31 January, as far as it is laid out now. */
    set_clock("2026-12-14T11:00");
    decide(desk, desk->client, "2027-12-16");
    assert_int_equal(planned_from(desk, "2026-12-17"), 6);
    assert_int_equal(planned_from(desk, "2027-01-01"), 4);
    assert_sound(desk->lead);
}

/* A11: which decision visits rest on. */
static void test_a11_last_day(void **state)
{
    const Desk *desk = *state;
    static const struct {
        const char *day, *support, *until, *last;
    } cases[] = {
        {"2026-01-10", "occupation", "2026-12-31", "2026-12-31"}, /* the only one there is */
        {"2026-01-11", "rejected", NULL, "2026-12-31"},
        {"2026-02-10", "housing-support", "2027-01-10", "2027-01-10"},
        {"2026-03-10", "contact-person", "2028-01-10", "2027-01-10"},
        {"2026-11-10", "housing-support", "2027-06-30", "2027-06-30"},
        {"2026-11-12", "housing-support", NULL, NULL},
        {"2026-11-20", "housing-support", "2026-12-01", "2026-12-01"}, /* changed to end sooner */
    };
    Date last = 0;
    assert_ok(decision_last_day(desk->worker, desk->client, &last, &error));
    assert_int_equal(last, DATE_NONE);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Given given[] = {{"vag", "", "decided"},
                               {"beslut-dag", "", cases[i].day},
                               {"beslut-insats", "", cases[i].support},
                               {"beslut-till", "", cases[i].until},
                               {0}};
        complete(desk->officer, "aktualisering", desk->client, given);
        assert_ok(decision_last_day(desk->worker, desk->client, &last, &error));
        assert_int_equal(last, cases[i].last != NULL ? date_parse(cases[i].last) : DATE_NONE);
    }
    assert_ok(decision_covers(desk->worker, desk->client, date_parse("2026-12-01"), &error));
    assert_fails(decision_covers(desk->worker, desk->client, date_parse("2026-12-02"), &error),
                 ERROR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_law_by_day),
        COMPLETION_TEST(test_decided),
        COMPLETION_TEST(test_runs_out),
        COMPLETION_TEST(test_pre_assessment),
        COMPLETION_TEST(test_without_assessment),
        COMPLETION_TEST(test_correction),
        COMPLETION_TEST(test_latest_first),
        COMPLETION_TEST(test_a11_last_day),
        COMPLETION_TEST(test_a11_visits_end_with_the_decision),
    };
    return cmocka_run_group_tests_name("care/decision", tests, NULL, NULL);
}
