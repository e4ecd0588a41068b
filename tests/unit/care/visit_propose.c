/* visit_propose.c: free times for a new visit, and what a time clashes with. */
#include "care/visit/visit_propose.h"

#include "care/unit/cover.h"
#include "tests/unit/care/fixture_visit.h"

/* `wanted`: "2026-11-23 10:00" and so on. */
static void assert_times(const Visits *visits, const Visit *visit, const char *const *wanted)
{
    g_autoptr(GArray) times = NULL;
    char date[DATE_SIZE], start[TIME_SIZE];
    guint count = g_strv_length((char **)wanted);
    assert_ok((times = visit_propose(visits->session, visit, (int)count, &error)));
    assert_int_equal(times->len, count);
    for (guint i = 0; i < count; i++) {
        const NewTime *time = &g_array_index(times, NewTime, i);
        g_autofree char *text = g_strdup_printf("%s %s", date_format(time->date, date),
                                                time_format(time->start, start));
        assert_string_equal(text, wanted[i]);
        assert_int_equal(time->minutes, visit->minutes);
        assert_int_equal(time->staff_id, visit->staff_id);
    }
}

static void add_other(const Visits *visits, const char *date, const char *start, int minutes)
{
    g_autoptr(Visit) visit = planned_visit(visits, date, start);
    visit->client_id = visits->other;
    visit->minutes = minutes;
    assert_ok(visit_add(visits->session, visit, &error));
}

/* D3: the next free times of the one who has the visit, not the same clock time weeks ahead. */
static void test_d3_propose(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    assert_ok(visit_add(visits->session, visit, &error));
    assert_times(visits, visit,
                 (const char *[]){"2026-11-23 10:00", "2026-11-25 10:00", "2026-11-26 10:00",
                                  "2026-11-27 10:00", "2026-11-30 10:00", "2026-12-01 10:00",
                                  NULL});
    /* Busy: the client for the last minute, the staff for the first; not what will not be. */
    g_autoptr(Visit) client_busy = planned_visit(visits, "2026-11-23", "09:01");
    client_busy->staff_id = visits->colleague;
    assert_ok(visit_add(visits->session, client_busy, &error));
    add_other(visits, "2026-11-26", "10:59", 60);
    g_autoptr(Visit) just_before = planned_visit(visits, "2026-11-27", "09:00");
    assert_ok(visit_add(visits->session, just_before, &error));
    record(visits, plan(visits, "2026-11-25", "10:00"), came(OUTCOME_CANCELLED, NULL));
    assert_times(visits, visit,
                 (const char *[]){"2026-11-23 10:15", "2026-11-25 10:00", "2026-11-26 09:45",
                                  "2026-11-27 10:00", NULL});
}

/* On a day when somebody covers for the one who has the visit, it is to suit both; and so are the
 * visits of those for whom one covers. On other days their time is their own. */
static void test_propose_while_somebody_covers(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    assert_ok(visit_add(visits->session, visit, &error));
    for (int day = 25; day <= 26; day++) {
        g_autofree char *date = g_strdup_printf("2026-11-%d", day);
        g_autoptr(Visit) theirs = planned_visit(visits, date, "10:00");
        theirs->client_id = visits->other;
        theirs->staff_id = visits->colleague;
        assert_ok(visit_add(visits->session, theirs, &error));
    }
    for (int reversed = 0; reversed < 2; reversed++) {
        g_autoptr(Cover) cover = cover_new();
        cover->staff_id = reversed ? visits->colleague : visits->staff;
        cover->cover_id = reversed ? visits->staff : visits->colleague;
        cover->from = date_parse("2026-11-23");
        cover->to = date_parse("2026-11-25");
        assert_ok(cover_add(visits->session, cover, NULL, &error));
        assert_times(
            visits, visit,
            (const char *[]){"2026-11-23 10:00", "2026-11-25 11:00", "2026-11-26 10:00", NULL});
        const NewTime time = {.date = date_parse("2026-11-25"), .start = 600, .minutes = 60};
        g_autofree char *warning = visit_time_warning(visits->session, visit, &time, NULL);
        assert_non_null(strstr(warning, "10:00-"));
        assert_ok(cover_end(visits->session, cover->id, &error));
    }
}

/* D3: a full day is passed over; one with a gap is not, and the working day is kept to. */
static void test_d3_propose_on_busy_days(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    assert_ok(visit_add(visits->session, visit, &error));
    add_other(visits, "2026-11-23", "08:00", 8 * 60 + 1); /* to 16:01: no hour is left */
    add_other(visits, "2026-11-25", "08:00", 8 * 60);     /* to 16:00: one is */
    add_other(visits, "2026-11-26", "09:00", 8 * 60);     /* from 9 */
    assert_times(
        visits, visit,
        (const char *[]){"2026-11-25 16:00", "2026-11-26 08:00", "2026-11-27 10:00", NULL});
}

static void test_propose_past_and_night(void **state)
{
    const Visits *visits = *state;
    /* A Saturday three weeks ago, over midnight: weekends too. */
    g_autoptr(Visit) night = planned_visit(visits, "2026-10-31", "23:30");
    assert_ok(visit_add(visits->session, night, &error));
    g_autoptr(Visit) early = planned_visit(visits, "2026-11-24", "00:15");
    assert_ok(visit_add(visits->session, early, &error));
    assert_times(visits, night,
                 (const char *[]){"2026-11-23 23:15", "2026-11-24 23:30", "2026-11-25 23:30",
                                  "2026-11-26 23:30", "2026-11-27 23:30", "2026-11-28 23:30",
                                  NULL});
}

static void assert_warning(const Visits *visits, const Visit *planned, gint64 except,
                           const char *expected)
{
    g_autofree char *text = NULL;
    Visit visit = {.id = except, .client_id = planned->client_id, .staff_id = planned->staff_id};
    NewTime time = {.date = planned->date, .start = planned->start, .minutes = planned->minutes};
    assert_ok((text = visit_time_warning(visits->session, &visit, &time, &error)));
    assert_string_equal(text, expected);
}

/* D3: a time that has passed, or at which client or staff has something else, is told. */
static void test_d3_clashes(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    g_autoptr(Visit) planned = planned_visit(visits, "2026-11-24", "09:30");
    assert_warning(visits, planned, 0, "At the same time: 10:00-11:00 Emil Ärlig, Berit Stöd.");
    assert_warning(visits, planned, id, "");
    planned->start = 9 * 60;
    assert_warning(visits, planned, 0, "");
    planned->start = 11 * 60;
    assert_warning(visits, planned, 0, "");
    /* Of the client alone, of the staff alone, of neither. */
    planned->start = 10 * 60;
    planned->staff_id = visits->colleague;
    assert_warning(visits, planned, 0, "At the same time: 10:00-11:00 Emil Ärlig, Berit Stöd.");
    planned->client_id = visits->other;
    assert_warning(visits, planned, 0, "");
    planned->staff_id = visits->staff;
    assert_warning(visits, planned, 0, "At the same time: 10:00-11:00 Emil Ärlig, Berit Stöd.");
    /* What will not be takes no time; what has passed is told, today to the minute. */
    record(visits, id, came(OUTCOME_CANCELLED, NULL));
    assert_warning(visits, planned, 0, "");
    planned->date = date_parse("2026-11-21");
    assert_warning(visits, planned, 0, "That time has passed.");
    planned->date = date_parse("2026-11-22");
    planned->start = 10 * 60 - 1;
    assert_warning(visits, planned, 0, "That time has passed.");
    planned->start = 10 * 60;
    assert_warning(visits, planned, 0, "");
}

/* D3: of a series how many of the first visits clash, and the first of them. */
static void test_d3_days_that_clash(void **state)
{
    const Visits *visits = *state;
    static const char *const DAYS[] = {"2026-11-24", "2026-12-01", "2026-12-08"};
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Date));
    g_autoptr(Visit) planned = planned_visit(visits, DAYS[0], "10:00");
    for (gsize i = 0; i < G_N_ELEMENTS(DAYS); i++) {
        Date day = date_parse(DAYS[i]);
        g_array_append_val(days, day);
    }
    for (int taken = 0; taken < 3; taken++) {
        static const char *const TEXTS[] = {
            "", "1 of the 3 first visits is at the same time as another visit: Tuesday 2026-12-08.",
            ("2 of the 3 first visits are at the same time as other visits, the first Tuesday "
             "2026-12-01.")};
        g_autofree char *text = NULL;
        if (taken > 0)
            add_other(visits, DAYS[3 - taken], "10:30", 60);
        assert_ok((text = visit_days_warning(visits->session, planned, days, &error)));
        assert_string_equal(text, TEXTS[taken]);
    }
}

/* D2: an alternative has the time nearest to the visit's at which nobody else is there, and a call
 * is short. */
static void test_d2_propose_instead(void **state)
{
    const Visits *visits = *state;
    NewTime time;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    assert_ok(visit_add(visits->session, visit, &error));
    assert_ok(visit_propose_instead(visits->session, visit, OFFER_PHONE, &time, &error));
    assert_int_equal(time.date, visit->date);
    assert_int_equal(time.start, 10 * 60);
    assert_int_equal(time.minutes, 30);
    assert_int_equal(time.mode, VISIT_MODE_PHONE);
    add_other(visits, "2026-11-24", "10:00", 60);
    assert_ok(visit_propose_instead(visits->session, visit, OFFER_PHONE, &time, &error));
    assert_int_equal(time.start, 9 * 60 + 30);
    /* Somebody else need not wait for that; a day that has passed is today, from now on. */
    assert_ok(visit_propose_instead(visits->session, visit, OFFER_OTHER_PERSON, &time, &error));
    assert_int_equal(time.start, 10 * 60);
    assert_int_equal(time.minutes, 60);
    g_autoptr(Visit) before = planned_visit(visits, "2026-11-20", "09:00");
    assert_ok(visit_add(visits->session, before, &error));
    assert_ok(visit_propose_instead(visits->session, before, OFFER_VIDEO, &time, &error));
    assert_int_equal(time.date, date_parse("2026-11-22"));
    assert_int_equal(time.start, 10 * 60);
}

/* What passes midnight takes the time of both days, also for the one that is asked about. */
static void test_d3_clashes_over_midnight(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) planned = planned_visit(visits, "2026-11-24", "00:15");
    add_other(visits, "2026-11-23", "23:30", 60);
    assert_warning(visits, planned, 0, "At the same time: 23:30-00:30 Yusuf Essen, Berit Stöd.");
    planned->start = 30;
    assert_warning(visits, planned, 0, "");
    add_other(visits, "2026-11-26", "00:15", 60);
    planned->date = date_parse("2026-11-25");
    planned->start = 23 * 60 + 30;
    assert_warning(visits, planned, 0, "At the same time: 00:15-01:15 Yusuf Essen, Berit Stöd.");
    planned->minutes = 45;
    assert_warning(visits, planned, 0, "");
}

/* Times are proposed for four weeks, the last day among them. */
static void test_d3_propose_to_the_last_day(void **state)
{
    const Visits *visits = *state;
    enum { WEEKS = 4 * 7 };
    Date first = date_parse("2026-11-24");
    NewTime time;
    g_autoptr(GArray) times = NULL;
    g_autoptr(Visit) saturday = planned_visit(visits, "2026-11-28", "10:00");
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    assert_ok(visit_add(visits->session, saturday, &error));
    assert_ok(visit_add(visits->session, visit, &error));
    assert_ok((times = visit_propose(visits->session, saturday, 2 * WEEKS, &error)));
    assert_int_equal(times->len, WEEKS - 1); /* not on its own day */
    assert_int_equal(g_array_index(times, NewTime, times->len - 1).date, date_parse("2026-12-20"));
    for (Date day = first; day < first + WEEKS; day++) {
        char date[DATE_SIZE];
        add_other(visits, date_format(day, date), "07:00", 15 * 60);
    }
    assert_ok(visit_propose_instead(visits->session, visit, OFFER_PHONE, &time, &error));
    assert_int_equal(time.date, first + WEEKS);
    assert_int_equal(time.start, 10 * 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_d3_propose),
        VISIT_TEST(test_d3_propose_on_busy_days),
        VISIT_TEST(test_propose_while_somebody_covers),
        VISIT_TEST(test_propose_past_and_night),
        VISIT_TEST(test_d3_clashes),
        VISIT_TEST(test_d2_propose_instead),
        VISIT_TEST(test_d3_days_that_clash),
        VISIT_TEST(test_d3_clashes_over_midnight),
        VISIT_TEST(test_d3_propose_to_the_last_day),
    };
    return cmocka_run_group_tests_name("care/visit_propose", tests, NULL, NULL);
}
