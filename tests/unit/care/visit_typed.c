/* D15: the rows in which visits are planned mean the same, and are refused with the same sentence, on
 * the full screen and in --plain. */
#include "care/visit/visit_typed.h"

#include "care/visit/series_rule.h"
#include "care/visit/series_words.h"
#include "care/visit/visit_propose.h"
#include "tests/unit/care/fixture_visit.h"

static GPtrArray *staff_of(const Visits *visits)
{
    GPtrArray *staff = NULL;
    assert_ok(staff = pick_staff(visits->session, &error));
    return staff;
}

static void test_d15_weekdays(void **state)
{
    (void)state;
    assert_int_equal(weekdays_parse("mon thu"), 1 | 8);
    assert_int_equal(weekdays_parse("4, 1"), 1 | 8);
    assert_int_equal(weekdays_parse("Tu we"), 2 | 4);
    assert_int_equal(weekdays_parse("7"), 64);
    assert_int_equal(weekdays_parse(""), 0);
    assert_int_equal(weekdays_parse("t"), 0); /* Tuesday, Thursday */
    assert_int_equal(weekdays_parse("mon 8"), 0);
    assert_int_equal(weekdays_parse("mon someday"), 0);
    g_autofree char *both = weekdays_short(1 | 8), *none = weekdays_short(0);
    assert_string_equal(both, "Mon Thu");
    assert_string_equal(none, "");
    g_autofree char *every = series_weekly_rule(1 | 8, 1), *other = series_weekly_rule(64, 2);
    assert_string_equal(every, "FREQ=WEEKLY;BYDAY=MO,TH");
    assert_string_equal(other, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU");
    assert_null(series_weekly_rule(0, 1));
}

static void test_d15_a_new_visit(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) staff = staff_of(visits);
    g_auto(GStrv) rows = NULL;
    assert_ok(rows = visit_typed_rows(visits->session, staff, "Berit Stöd", NULL, &error));
    const char *const wanted[] = {"", "", "60", "0", "Berit Stöd", NULL};
    assert_true(g_strv_equal((const char *const *)rows, wanted));
    assert_string_equal(visit_typed_first_staff(visits->session, staff, visits->staff),
                        "Berit Stöd");
    assert_string_equal(visit_typed_first_staff(visits->session, staff, 0), "");
}

static void test_d15_instead_of_one(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) staff = staff_of(visits);
    g_autoptr(Visit) missed = visit_get(visits->session, plan(visits, "2026-11-23", "09:00"), NULL);
    missed->minutes = 45;
    missed->mode = VISIT_MODE_PHONE;
    g_auto(GStrv) rows = NULL;
    assert_ok(rows = visit_typed_rows(visits->session, staff, "", missed, &error));
    NewTime time = visit_typed_time(rows + VISIT_ROW_TIME, staff, visit_typed_day(rows[0]));
    assert_int_equal(time.minutes, 45);
    assert_int_equal(time.mode, VISIT_MODE_PHONE);
    assert_true(time.staff_id == visits->staff);
    assert_true(time.date > missed->date);
    assert_int_equal(time.start, missed->start);
}

static void test_d15_a_series(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) staff = staff_of(visits);
    g_auto(GStrv) begun = visit_typed_series_rows("");
    assert_string_equal(begun[SERIES_ROW_FROM], "2026-11-22");
    g_auto(GStrv) rows = g_strsplit("mon thu|2|8:30|1:30|1|carl|mon|24/12", "|", -1);
    g_autoptr(Series) series = visit_typed_series(rows, staff);
    assert_string_equal(series->rrule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH");
    assert_int_equal(series->start, 8 * 60 + 30);
    assert_int_equal(series->minutes, 90);
    assert_int_equal(series->mode, VISIT_MODE_PHONE);
    assert_true(series->staff_id == visits->colleague);
    assert_true(series->starts_on == date_parse("2026-11-23"));
    assert_true(series->ends_on == date_parse("2026-12-24"));
    g_autofree char *words = series_words(series, "Carl Stöd");
    assert_string_equal(words, "08:30-10:00 Monday and Thursday every other week, phone call, "
                               "Carl Stöd, from 2026-11-23, until 2026-12-24");
    g_autofree char *first =
        series_words_first_days(series->rrule, series->starts_on, series->ends_on);
    assert_string_equal(first, "The first days: Mon 2026-11-23, Thu 2026-11-26, Mon 2026-12-07, "
                               "Thu 2026-12-10 …");
    g_autofree char *none =
        series_words_first_days(series->rrule, series->starts_on, series->starts_on - 1);
    assert_string_equal(none, "There is no such day between the two dates.");
}

static void test_d15_what_cannot_be_used(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) staff = staff_of(visits);
    const struct {
        int row;
        const char *text;
        gboolean fault;
    } rows[] = {
        {SERIES_ROW_DAYS, "", TRUE},        {SERIES_ROW_DAYS, "mon", FALSE},
        {SERIES_ROW_EVERY, "", FALSE},      {SERIES_ROW_TIME, "", TRUE},
        {SERIES_ROW_TIME, "25", TRUE},      {SERIES_ROW_TIME, "10", FALSE},
        {SERIES_ROW_TIME + 1, "", TRUE},    {SERIES_ROW_TIME + 1, "1:30", FALSE},
        {SERIES_ROW_TIME + 2, "", FALSE},   {SERIES_ROW_TIME + 3, "", FALSE},
        {SERIES_ROW_TIME + 3, "stöd", TRUE}, {SERIES_ROW_TIME + 3, "carl", FALSE},
        {SERIES_ROW_FROM, "", TRUE},        {SERIES_ROW_FROM, "fri", FALSE},
        {SERIES_ROW_UNTIL, "", FALSE},      {SERIES_ROW_UNTIL, "once", TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(visit_typed_series_fault(rows[i].row, rows[i].text, staff) != NULL,
                         rows[i].fault);
    assert_non_null(visit_typed_day_fault(" "));
    assert_null(visit_typed_day_fault(" tomorrow "));
}

/* A series is warned of as the screen warns: what it clashes with as far as it is laid out at once. */
static void test_d15_a_series_that_clashes(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GPtrArray) staff = staff_of(visits);
    plan(visits, "2026-11-30", "09:00");
    g_auto(GStrv) rows = g_strsplit("mon|1|9:30|60|0|berit|mon|", "|", -1);
    g_autoptr(Series) series = visit_typed_series(rows, staff);
    series->client_id = visits->other;
    g_autofree char *warning = NULL, *free_of = NULL;
    assert_ok(warning = visit_series_warning(visits->session, series, &error));
    assert_non_null(strstr(warning, "2026-11-30"));
    series->start = 15 * 60;
    assert_ok(free_of = visit_series_warning(visits->session, series, &error));
    assert_string_equal(free_of, "");
}

/* The new time of a visit that was not taken settles the task to book one. */
static void test_d15_rebooked(void **state)
{
    const Visits *visits = *state;
    gint64 open = 0, due = 0, id = plan(visits, "2026-11-20", "09:00");
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_NO_SHOW;
    assert_ok(visit_record(visits->session, id, 1, &outcome, NULL, NULL, &error));
    visit_outcome_clear(&outcome);
    assert_ok(task_count(visits->session, (TaskFilter){0}, clock_today(), &open, &due, &error));
    assert_int_equal(open, 1);
    g_autoptr(Visit) missed = visit_get(visits->session, id, NULL);
    const NewTime time = {.date = date_parse("2026-11-24"), .start = 600, .minutes = 60};
    assert_ok(visit_rebook(visits->session, missed, &time, &error));
    assert_ok(task_count(visits->session, (TaskFilter){0}, clock_today(), &open, &due, &error));
    assert_int_equal(open, 0);
    g_autoptr(Visit) after = visit_get(visits->session, id, NULL);
    assert_true(after->new_date == time.date);
    assert_int_equal(after->outcome.outcome, OUTCOME_NO_SHOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_d15_weekdays),
        VISIT_TEST(test_d15_a_new_visit),
        VISIT_TEST(test_d15_instead_of_one),
        VISIT_TEST(test_d15_a_series),
        VISIT_TEST(test_d15_what_cannot_be_used),
        VISIT_TEST(test_d15_a_series_that_clashes),
        VISIT_TEST(test_d15_rebooked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
