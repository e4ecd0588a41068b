/* series.c, series_rule.c: rules, their days and words, and the visits laid out. */
#include "tests/unit/care/fixture_visit.h"

#include "care/visit/series.h"
#include "care/visit/series_rule.h"

/* --- rules ------------------------------------------------------------------------------------ */

static const struct {
    const char *rule, *starts, *from, *to, *days;
} RULES[] = {
    {"FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-22", "2026-11-22", "2026-12-04",
     "2026-11-23 2026-11-26 2026-11-30 2026-12-03"},
    /* Over new year: 2026 has a week 53, and every other week goes on over it. */
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-12-07", "2026-12-07", "2027-02-01",
     "2026-12-07 2026-12-21 2027-01-04 2027-01-18 2027-02-01"},
    {"FREQ=WEEKLY;BYDAY=FR", "2026-12-20", "2026-12-25", "2027-01-08",
     "2026-12-25 2027-01-01 2027-01-08"},
    /* The nights when the clocks go forward and back are days as others. */
    {"FREQ=DAILY", "2026-03-01", "2026-03-28", "2026-03-30", "2026-03-28 2026-03-29 2026-03-30"},
    {"FREQ=DAILY", "2026-10-01", "2026-10-24", "2026-10-26", "2026-10-24 2026-10-25 2026-10-26"},
    {"FREQ=WEEKLY;BYDAY=SU", "2026-03-22", "2026-03-22", "2026-04-05",
     "2026-03-22 2026-03-29 2026-04-05"},
    {"FREQ=DAILY;INTERVAL=3", "2026-11-22", "2026-11-24", "2026-12-01",
     "2026-11-25 2026-11-28 2026-12-01"},
    {"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20", "2026-11-20", "2026-11-24",
     "2026-11-20 2026-11-23 2026-11-24"},
    {"FREQ=WEEKLY", "2026-11-25", "2026-11-22", "2026-12-10", "2026-11-25 2026-12-02 2026-12-09"},
    {"FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-01", "2026-11-01", "2027-03-31",
     "2026-12-31 2027-01-31 2027-03-31"},
    {"FREQ=MONTHLY;BYDAY=1MO", "2026-11-01", "2026-11-01", "2027-01-31",
     "2026-11-02 2026-12-07 2027-01-04"},
    {"FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01", "2026-11-01", "2026-12-31", "2026-11-27 2026-12-25"},
    {"FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-11-01", "2026-11-09", "2027-01-01",
     "2026-11-09 2026-11-16"},
    {"FREQ=WEEKLY;BYDAY=MO;UNTIL=20261123", "2026-11-09", "2026-11-09", "2027-01-01",
     "2026-11-09 2026-11-16 2026-11-23"},
    {"FREQ=WEEKLY;BYDAY=MO;UNTIL=20261123T080000Z", "2026-11-09", "2026-11-09", "2027-01-01",
     "2026-11-09 2026-11-16 2026-11-23"},
    {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01", "2026-01-01", "2032-12-31",
     "2028-02-29 2032-02-29"},
    {"FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-11-24", "2026-11-29", ""},
    {"FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-12-01", "2026-11-01", ""},
};

static void test_days(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(RULES); i++) {
        g_autoptr(GArray) days = NULL;
        g_autoptr(GString) text = g_string_new(NULL);
        char date[DATE_SIZE];
        assert_ok((days = series_days(RULES[i].rule, date_parse(RULES[i].starts),
                                      date_parse(RULES[i].from), date_parse(RULES[i].to), &error)));
        for (guint d = 0; d < days->len; d++)
            g_string_append_printf(text, "%s%s", d > 0 ? " " : "",
                                   date_format(g_array_index(days, Date, d), date));
        assert_string_equal(text->str, RULES[i].days);
    }
}

static void test_refused_rules(void **state)
{
    (void)state;
    g_autofree char *endless = g_strnfill(600, 'A');
    const char *const rules[] = {NULL,
                                 "",
                                 "MO,TH",
                                 "FREQ=FORTNIGHTLY",
                                 "FREQ=WEEKLY;BYDAY=XX",
                                 "FREQ=WEEKLY;INTERVAL=0",
                                 "FREQ=WEEKLY;INTERVAL=-1",
                                 "FREQ=HOURLY",
                                 "FREQ=MINUTELY;INTERVAL=30",
                                 "FREQ=SECONDLY",
                                 "FREQ=DAILY;BYHOUR=8,16",
                                 "FREQ=DAILY;BYMINUTE=0,30",
                                 "FREQ=WEEKLY;BYDAY=2MO",
                                 "FREQ=WEEKLY;BYDAY=MO,2TU",
                                 "RSCALE=GREGORIAN;FREQ=WEEKLY;BYDAY=MO",
                                 "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                                 "BYDAY=MO",
                                 endless};
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        assert_fails(series_days(rules[i], 20000, 20000, 20100, &error), ERROR_INPUT);
}

/* A rule may be as long as 500 bytes, and no longer. */
static void test_longest_rule(void **state)
{
    (void)state;
    static const char *const beginnings[] = {"FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO"};
    for (gsize i = 0; i < G_N_ELEMENTS(beginnings); i++) {
        g_autoptr(GString) rule = g_string_new(beginnings[i]);
        for (int more = 0; more < 160; more++)
            g_string_append(rule, ",MO");
        assert_int_equal(rule->len, 500 + i);
        g_autoptr(GArray) days = NULL;
        if (i == 0)
            assert_ok((days = series_days(rule->str, 20000, 20000, 20100, &error)));
        else
            assert_fails(series_days(rule->str, 20000, 20000, 20100, &error), ERROR_INPUT);
    }
}

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *text;
    } words[] = {
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO", "Monday and Thursday every other week"},
        {"FREQ=WEEKLY;BYDAY=MO,WE,FR", "Monday, Wednesday and Friday every week"},
        {"FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", "Sunday every 3 weeks"},
        {"FREQ=WEEKLY", "every week"},
        {"FREQ=DAILY", "every day"},
        {"FREQ=DAILY;INTERVAL=2", "every other day"},
        {"FREQ=DAILY;INTERVAL=5", "every 5 days"},
        {"FREQ=DAILY;BYDAY=MO,TU", "Monday and Tuesday every week"},
        {"FREQ=MONTHLY;BYMONTHDAY=15", "day 15 every month"},
        {"FREQ=MONTHLY;BYMONTHDAY=1", "day 1 every month"},
        {"FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "the first Monday every 2 months"},
        {"FREQ=MONTHLY;BYDAY=-1FR", "the last Friday every month"},
        {"FREQ=WEEKLY;BYDAY=MO;COUNT=8", "Monday every week, 8 times"},
        {"FREQ=WEEKLY;BYDAY=MO;COUNT=1", "Monday every week, 1 time"},
        {"FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131", "Monday every week, until 2027-01-31"},
        {"FREQ=YEARLY;BYMONTH=2", "by the rule FREQ=YEARLY;BYMONTH=2"},
        {"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "by the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"},
        {"FREQ=MONTHLY;BYDAY=2TU", "the second Tuesday every month"},
        {"FREQ=MONTHLY;BYDAY=3WE", "the third Wednesday every month"},
        {"FREQ=MONTHLY;BYDAY=4SA", "the fourth Saturday every month"},
        {"FREQ=MONTHLY;BYDAY=5SA", "by the rule FREQ=MONTHLY;BYDAY=5SA"},
        {"FREQ=MONTHLY;BYMONTHDAY=-1", "by the rule FREQ=MONTHLY;BYMONTHDAY=-1"},
        {"FREQ=MONTHLY;BYMONTHDAY=1,2", "by the rule FREQ=MONTHLY;BYMONTHDAY=1,2"},
        {"FREQ=DAILY;INTERVAL=2;BYDAY=MO", "by the rule FREQ=DAILY;INTERVAL=2;BYDAY=MO"},
        {"FREQ=MONTHLY;BYDAY=1MO,3MO", "by the rule FREQ=MONTHLY;BYDAY=1MO,3MO"},
        {"FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1", "by the rule FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1"},
        {"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=3", "by the rule FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=3"},
        {"FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1", "by the rule FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1"},
        {"FREQ=DAILY;BYMONTHDAY=15", "by the rule FREQ=DAILY;BYMONTHDAY=15"},
        {"FREQ=YEARLY", "by the rule FREQ=YEARLY"},
        {"FREQ=MONTHLY", "by the rule FREQ=MONTHLY"},
        {"nonsense", "by the rule nonsense"},
    };
    i18n_init("en");
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *text = series_rule_text(words[i].rule);
        g_autofree char *lower = g_utf8_strdown(text, -1);
        g_autofree char *expected = g_utf8_strdown(words[i].text, -1);
        assert_string_equal(lower, expected);
    }
}

/* --- laying out ------------------------------------------------------------------------------- */

static Series *weekly(const Visits *visits, const char *rule, const char *starts)
{
    Series *series = g_new0(Series, 1);
    series->client_id = visits->client;
    series->staff_id = visits->staff;
    series->rrule = g_strdup(rule);
    series->starts_on = date_parse(starts);
    series->ends_on = series->laid_out_to = DATE_NONE;
    series->start = 23 * 60 + 30;
    series->minutes = 45;
    series->mode = VISIT_MODE_WALK;
    return series;
}

/* The dates of a series' visits, in order. */
static char *days_of(const Visits *visits, gint64 series)
{
    char *days = NULL;
    assert_ok(
        db_get_text(session_db(visits->session),
                    "SELECT string_agg(date, ' ' ORDER BY date) FROM visit WHERE series_id = :id",
                    DB_PARAMS(DB_INT("id", series)), &days, &error));
    return days != NULL ? days : g_strdup("");
}

static void set_now(const char *now)
{
    g_setenv("DAGSFORM_NOW", now, TRUE);
    assert_ok(clock_init(&error));
}

static void test_add(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Series) series = weekly(visits, "FREQ=WEEKLY;BYDAY=MO", "2026-11-02");
    for (int twice = 0; twice < 2; twice++)
        assert_ok(series_add(visits->session, series, &error));
    /* From today, through week 53 to the Sunday six weeks on (3 January). */
    g_autofree char *days = days_of(visits, series->id);
    assert_string_equal(days, "2026-11-23 2026-11-30 2026-12-07 2026-12-14 2026-12-21 2026-12-28");
    gint64 first = ask(visits, "SELECT MIN(id) FROM visit WHERE series_id = :id", series->id);
    g_autoptr(Visit) visit = get(visits, first);
    assert_int_equal(visit->client_id, visits->client);
    assert_int_equal(visit->staff_id, visits->staff);
    assert_int_equal(visit->start, 23 * 60 + 30);
    assert_int_equal(visit->minutes, 45);
    assert_int_equal(visit->mode, VISIT_MODE_WALK);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(visits->session, visits->client, &error)));
    assert_int_equal(all->len, 1);
    const Series *read = g_ptr_array_index(all, 0);
    assert_string_equal(read->rrule, "FREQ=WEEKLY;BYDAY=MO");
    assert_int_equal(read->starts_on, date_parse("2026-11-02"));
    assert_int_equal(read->ends_on, DATE_NONE);
    assert_int_equal(read->laid_out_to, date_parse("2027-01-03"));
    assert_counts_true(visits);
}

static void test_refused(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Series) series = weekly(visits, "FREQ=HOURLY", "2026-11-23");
    assert_fails(series_add(visits->session, series, &error), ERROR_INPUT);
    g_free(series->rrule);
    series->rrule = g_strdup("FREQ=DAILY");
    series->ends_on = series->starts_on - 1;
    assert_fails(series_add(visits->session, series, &error), ERROR_INPUT);
    series->ends_on = DATE_NONE;
    series->minutes = 0;
    assert_fails(series_add(visits->session, series, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM series"), 0);
    assert_fails(series_end(visits->session, 17, clock_today(), &error), ERROR_NOT_FOUND);
    assert_fails(series_end(visits->session, 17, DATE_NONE, &error), ERROR_INPUT);
}

static void test_lay_out_on(void **state)
{
    const Visits *visits = *state;
    int added = -1;
    g_autoptr(Series) series = weekly(visits, "FREQ=WEEKLY;BYDAY=MO,FR", "2026-12-01");
    series->ends_on = date_parse("2027-01-08");
    assert_ok(series_add(visits->session, series, &error));
    /* The same week: nothing more, and nothing written. */
    gint64 entries = fixture_int(visits->session, "SELECT COUNT(*) FROM audit");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM audit"), entries);
    /* A visit taken away stays away. */
    gint64 gone = ask(visits, "SELECT id FROM visit WHERE series_id = :id AND date = '2026-12-04'",
                      series->id);
    assert_ok(visit_remove(visits->session, gone, &error));
    /* A week on: up to the end of the series. */
    set_now("2026-11-30T08:00");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 2);
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    set_now("2027-03-01T08:00");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    g_autofree char *days = days_of(visits, series->id);
    assert_string_equal(days, "2026-12-07 2026-12-11 2026-12-14 2026-12-18 2026-12-21 2026-12-25"
                              " 2026-12-28 2027-01-01 2027-01-04 2027-01-08");
    assert_counts_true(visits);
    set_now("2026-11-22T10:00");
}

static void test_two_programs(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Series) series = weekly(visits, "FREQ=WEEKLY;BYDAY=TU", "2026-11-23");
    assert_ok(series_add(visits->session, series, &error));
    g_autoptr(Session) second = fixture_open(&visits->unit, "grundare");
    int first_added = 0, second_added = 0;
    set_now("2026-12-07T08:00");
    assert_ok(series_lay_out(second, clock_today(), &second_added, &error));
    assert_ok(series_lay_out(visits->session, clock_today(), &first_added, &error));
    assert_int_equal(second_added, 3);
    assert_int_equal(first_added, 0);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) - COUNT(DISTINCT date) FROM visit"
                         " WHERE series_id = :id",
                         series->id),
                     0);
    assert_counts_true(visits);
    set_now("2026-11-22T10:00");
}

static void test_client_who_left(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Series) series = weekly(visits, "FREQ=WEEKLY;BYDAY=TU", "2026-11-23");
    assert_ok(series_add(visits->session, series, &error));
    assert_ok(db_run(session_db(visits->session), "UPDATE client SET active = 0", NULL, &error));
    int added = -1;
    set_now("2026-12-07T08:00");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    /* Back after half a year: what has passed is not laid out. */
    assert_ok(db_run(session_db(visits->session), "UPDATE client SET active = 1", NULL, &error));
    set_now("2027-06-02T08:00");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 6);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"
                                                  " WHERE date BETWEEN '2027-01-05' AND"
                                                  " '2027-06-02'"),
                     0);
    set_now("2026-11-22T10:00");
}

static void test_end(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Series) series = weekly(visits, "FREQ=WEEKLY;BYDAY=MO", "2026-11-23");
    assert_ok(series_add(visits->session, series, &error));
    static const char later[] =
        "SELECT id FROM visit WHERE series_id = :id AND date = '2026-12-14'";
    static const char undone[] =
        "SELECT id FROM visit WHERE series_id = :id AND date = '2026-12-21'";
    /* One that was cancelled ahead stays; one whose recording was undone goes with the rest. */
    record(visits, ask(visits, later, series->id), came(OUTCOME_CANCELLED, "sjuk"));
    gint64 mistake = ask(visits, undone, series->id);
    record(visits, mistake, came(OUTCOME_CANCELLED, "sjuk"));
    assert_ok(visit_undo(visits->session, mistake, NULL, &error));
    for (int twice = 0; twice < 2; twice++)
        assert_ok(series_end(visits->session, series->id, date_parse("2026-12-07"), &error));
    g_autofree char *days = days_of(visits, series->id);
    assert_string_equal(days, "2026-11-23 2026-11-30 2026-12-14");
    /* It does not grow again, neither by a later end nor with time. */
    assert_ok(series_end(visits->session, series->id, date_parse("2027-02-01"), &error));
    int added = -1;
    set_now("2026-12-14T08:00");
    assert_ok(series_lay_out(visits->session, clock_today(), &added, &error));
    assert_int_equal(added, 0);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(visits->session, visits->client, &error)));
    assert_int_equal(((Series *)g_ptr_array_index(all, 0))->ends_on, date_parse("2026-12-06"));
    assert_counts_true(visits);
    set_now("2026-11-22T10:00");
}

/* D4, issue 11: another worker from a day on; every other week stays the same weeks. */
static void test_handed_over_from_a_day(void **state)
{
    const Visits *visits = *state;
    gint64 given = 0;
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = visits->client;
    series->staff_id = visits->staff;
    series->rrule = g_strdup("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO");
    series->starts_on = date_parse("2026-11-23");
    series->ends_on = DATE_NONE;
    series->start = 10 * 60;
    series->minutes = 60;
    assert_ok(series_add(visits->session, series, &error)); /* 23/11, 7/12, 21/12 */
    assert_ok(series_hand_over(visits->session, series->id, visits->colleague,
                               date_parse("2026-11-30"), &given, &error));
    assert_int_equal(given, 2);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM visit WHERE staff_id = :id", visits->staff),
                     1);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(visits->session, visits->client, &error)));
    assert_int_equal(all->len, 2);
    const Series *first = all->pdata[0], *rest = all->pdata[1];
    assert_int_equal(first->ends_on, date_parse("2026-11-29"));
    assert_int_equal(rest->starts_on, date_parse("2026-12-07"));
    assert_int_equal(rest->staff_id, visits->colleague);
    int added = 0;
    g_setenv("DAGSFORM_NOW", "2026-12-28T08:00", TRUE);
    assert_ok(series_lay_out(visits->session, date_parse("2026-12-28"), &added, &error));
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM visit WHERE series_id = :id AND date IN"
                         " ('2026-12-07', '2026-12-21', '2027-01-04', '2027-01-18', '2027-02-01')",
                         rest->id),
                     5);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM visit WHERE series_id = :id", rest->id), 5);
    assert_counts_true(visits);
    assert_fails(series_hand_over(visits->session, rest->id, visits->colleague,
                                  date_parse("2027-01-01"), NULL, &error),
                 ERROR_INPUT);
    assert_fails(series_hand_over(visits->session, first->id, visits->colleague,
                                  date_parse("2027-01-01"), NULL, &error),
                 ERROR_INPUT);
}

/* What is recorded stays, and so does a visit that somebody else has; one that counts its times
 * ends when it would have. */
static void test_handed_over_keeps_what_is_known(void **state)
{
    const Visits *visits = *state;
    gint64 given = 0;
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = visits->client;
    series->staff_id = visits->staff;
    series->rrule = g_strdup("FREQ=DAILY;COUNT=4");
    series->starts_on = date_parse("2026-11-23");
    series->ends_on = DATE_NONE;
    series->start = 10 * 60;
    series->minutes = 60;
    assert_ok(series_add(visits->session, series, &error));
    const gint64 told = ask(
        visits, "SELECT id FROM visit WHERE series_id = :id AND date = '2026-11-24'", series->id);
    record(visits, told, came(OUTCOME_CANCELLED, "ork"));
    assert_ok(db_run(session_db(visits->session),
                     "UPDATE visit SET staff_id = :colleague WHERE date = '2026-11-26'",
                     DB_PARAMS(DB_INT("colleague", visits->colleague)), &error));
    assert_ok(
        series_hand_over(visits->session, series->id, 0, date_parse("2026-11-24"), &given, &error));
    assert_int_equal(given, 1);
    assert_int_equal(
        ask(visits, "SELECT COUNT(*) FROM visit WHERE staff_id = :id", visits->colleague), 1);
    g_autoptr(Visit) cancelled = get(visits, told);
    assert_int_equal(cancelled->staff_id, visits->staff);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(visits->session, visits->client, &error)));
    assert_int_equal(((const Series *)all->pdata[1])->ends_on, date_parse("2026-11-26"));
    assert_counts_true(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_refused_rules),
        cmocka_unit_test(test_longest_rule),
        cmocka_unit_test(test_words),
        VISIT_TEST(test_add),
        VISIT_TEST(test_refused),
        VISIT_TEST(test_lay_out_on),
        VISIT_TEST(test_two_programs),
        VISIT_TEST(test_client_who_left),
        VISIT_TEST(test_end),
        VISIT_TEST(test_handed_over_from_a_day),
        VISIT_TEST(test_handed_over_keeps_what_is_known),
    };
    return cmocka_run_group_tests_name("care/series", tests, NULL, NULL);
}
