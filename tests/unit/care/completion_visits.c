/* completion_visits.c: the visits that an intake ends in, and what a correction makes of them. */
#include "tests/unit/care/fixture_completion.h"

static const Given SERIES[] = {
    {"serie-bokas", "", "true"},    {"serie-start", "", "2026-11-24"},
    {"serie-tid", "", "09:30"},     {"serie-langd", "", "45"},
    {"serie-ofta", "", "weekly"},   {"serie-var", "", "walk"},
    {"boendestodjare", "", "bs16"}, {NULL, NULL, NULL},
};

static Series *only_series(const Desk *desk, gint64 client)
{
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(desk->officer, client, &error)));
    assert_int_equal(all->len, 1);
    return g_ptr_array_steal_index(all, 0);
}

static void test_series(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    gint64 response = intake(desk, SERIES, &id);
    g_autoptr(Series) series = only_series(desk, id);
    assert_string_equal(series->rrule, "FREQ=WEEKLY;BYDAY=TU");
    assert_int_equal(series->starts_on, date_parse("2026-11-24"));
    assert_int_equal(series->ends_on, DATE_NONE);
    assert_int_equal(series->start, 9 * 60 + 30);
    assert_int_equal(series->minutes, 45);
    assert_int_equal(series->mode, VISIT_MODE_WALK);
    assert_int_equal(series->staff_id, desk->visits.staff);
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM visit WHERE client_id = :id", id),
                     SERIES_WEEKS_AHEAD);
    assert_int_equal(
        count_of(desk->lead, "SELECT COUNT(*) FROM series WHERE response_id = :id", response), 1);
    assert_counts_true(&desk->visits);
}

static void test_how_often(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *code, *rule;
    } cases[] = {{"every-other-week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
                 {"monthly", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Given more[] = {{"id-slag", "", "none"}, {"serie-ofta", "", cases[i].code}, {0}};
        gint64 id = 0;
        g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
        g_array_append_vals(given, SERIES, G_N_ELEMENTS(SERIES) - 1);
        g_array_append_vals(given, more, G_N_ELEMENTS(more));
        intake(desk, (const Given *)(void *)given->data, &id);
        g_autoptr(Series) series = only_series(desk, id);
        assert_string_equal(series->rrule, cases[i].rule);
    }
}

/* D13: the first series may have several weekdays; the first visit is on one of them. */
static void test_d13_several_weekdays(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"serie-dagar", "", "TU TH"}, {0}};
    gint64 id = 0;
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
    g_array_append_vals(given, SERIES, G_N_ELEMENTS(SERIES) - 1);
    g_array_append_vals(given, more, G_N_ELEMENTS(more));
    intake(desk, (const Given *)(void *)given->data, &id);
    g_autoptr(Series) series = only_series(desk, id);
    assert_string_equal(series->rrule, "FREQ=WEEKLY;BYDAY=TU,TH");
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM visit WHERE client_id = :id", id),
                     2 * SERIES_WEEKS_AHEAD);
    ((Given *)(void *)given->data)[given->len - 2].value = "MO TH";
    g_autofree char *said = refused(desk->officer, "aktualisering", 0, INTAKE,
                                    (const Given *)(void *)given->data, ERROR_INPUT);
    assert_non_null(strstr(said, "Tisdag"));
}

static void test_single_visit(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
    const Given once[] = {{"serie-ofta", "", "once"}, {0}};
    g_array_append_vals(given, SERIES, G_N_ELEMENTS(SERIES) - 1);
    g_array_append_vals(given, once, G_N_ELEMENTS(once));
    gint64 response = intake(desk, (const Given *)(void *)given->data, &id);
    const char *there = "SELECT COUNT(*) FROM visit WHERE response_id = :id AND series_id IS NULL"
                        " AND date = '2026-11-24' AND start = '09:30' AND minutes = 45"
                        " AND form = 'walk' AND outcome IS NULL";
    assert_int_equal(count_of(desk->lead, there, response), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 1);

    const Given moved[] = {{"serie-start", "", "2026-11-25"}, {0}};
    response = correct(desk->officer, response, moved);
    assert_int_equal(count_of(desk->lead, there, response), 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 1);
    assert_int_equal(
        count_of(desk->lead,
                 "SELECT COUNT(*) FROM visit WHERE response_id = :id AND date = '2026-11-25'",
                 response),
        1);

    /* Taken away by hand, it stays away. */
    gint64 visit = fixture_int(desk->lead, "SELECT id FROM visit");
    assert_ok(visit_remove(desk->lead, visit, &error));
    const Given again[] = {{"serie-start", "", "2026-11-26"}, {0}};
    correct(desk->officer, response, again);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 0);
    assert_counts_true(&desk->visits);
}

static void test_series_incomplete(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"serie-bokas", "", "true"},      {"serie-start", "", "2026-11-24"},
                          {"serie-tid", "", DOES_NOT_KNOW}, {"serie-langd", "", "60"},
                          {"serie-ofta", "", "weekly"},     {0}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    const Task *task = task_from(all, "serie-start", "");
    assert_non_null(task);
    assert_int_equal(task->kind, TASK_OTHER);
    assert_int_equal(task->due_date, date_parse("2026-11-24"));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series"), 0);

    /* The correction says when: laid out, and nothing is left to do. */
    const Given when[] = {{"serie-tid", "", "10:00"}, {0}};
    gint64 correction = correct(desk->officer, response, when);
    g_autoptr(GPtrArray) after = tasks(desk->officer, correction);
    assert_int_equal(after->len, 1);
    assert_true(task_from(after, "serie-start", "")->done_ms != 0);
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM visit WHERE client_id = :id", id),
                     SERIES_WEEKS_AHEAD);
}

static void test_series_corrected(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    gint64 response = intake(desk, SERIES, &id);
    set_clock("2026-12-02T10:00"); /* two visits have been, one of them recorded */
    record(&desk->visits, fixture_int(desk->lead, "SELECT id FROM visit WHERE date = '2026-11-24'"),
           came(OUTCOME_DONE, NULL));
    const Given same[] = {{"sammanfattning", "", "Bra så"}, {0}};
    response = correct(desk->officer, response, same);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series"), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), SERIES_WEEKS_AHEAD);

    const Given later[] = {{"serie-tid", "", "13:00"}, {0}};
    response = correct(desk->officer, response, later);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"
                                             " AND start = '09:30'"),
                     0);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date < '2026-12-02'"), 2);
    assert_true(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"
                                        " AND start = '13:00'") > 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series WHERE ends_on IS NULL"),
                     1);

    /* Ended by hand, it stays ended. */
    gint64 series = fixture_int(desk->lead, "SELECT id FROM series WHERE ends_on IS NULL");
    assert_ok(series_end(desk->officer, series, clock_today(), &error));
    const Given again[] = {{"serie-tid", "", "15:00"}, {0}};
    correct(desk->officer, response, again);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"), 0);
    assert_counts_true(&desk->visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_series),
        COMPLETION_TEST(test_how_often),
        COMPLETION_TEST(test_d13_several_weekdays),
        COMPLETION_TEST(test_single_visit),
        COMPLETION_TEST(test_series_incomplete),
        COMPLETION_TEST(test_series_corrected),
    };
    return cmocka_run_group_tests_name("care/completion_visits", tests, NULL, NULL);
}
