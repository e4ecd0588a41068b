/* date.c: the calendar, ISO weeks, clock times, and dates as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static Date day(const char *text)
{
    Date date = date_parse(text);
    assert_int_not_equal(date, DATE_NONE);
    return date;
}

static void days_are_counted(void **state)
{
    (void)state;
    assert_int_equal(date_from_ymd(1970, 1, 1), 0);
    assert_int_equal(date_from_ymd(1969, 12, 31), -1);
    assert_int_equal(date_from_ymd(2000, 3, 1), 11017);
    /* Every day of the range, one after the other. */
    Date expected = date_from_ymd(1800, 1, 1);
    int count = 0;
    for (int year = 1800; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int mday = 1; mday <= 31; mday++) {
                Date date = date_from_ymd(year, month, mday);
                if (date == DATE_NONE)
                    continue;
                assert_int_equal(date, expected++);
                int y = 0, m = 0, d = 0;
                date_to_ymd(date, &y, &m, &d);
                assert_true(y == year && m == month && d == mday);
                count++;
            }
    assert_int_equal(count, 146097);
}

static void days_that_are_none(void **state)
{
    (void)state;
    static const int WRONG[][3] = {{2026, 2, 29}, {2026, 2, 30},  {1900, 2, 29}, {2100, 2, 29},
                                   {2026, 4, 31}, {2026, 13, 1},  {2026, 0, 1},  {2026, 1, 0},
                                   {2026, 1, 32}, {1799, 12, 31}, {2200, 1, 1},  {2026, -1, 1}};
    for (guint i = 0; i < G_N_ELEMENTS(WRONG); i++)
        assert_int_equal(date_from_ymd(WRONG[i][0], WRONG[i][1], WRONG[i][2]), DATE_NONE);
    assert_int_not_equal(date_from_ymd(2000, 2, 29), DATE_NONE);
    assert_int_not_equal(date_from_ymd(2024, 2, 29), DATE_NONE);

    static const char *const TEXTS[] = {"",           "2026-2-28",   "2026-02-30",  "2026/02/28",
                                        "26-02-28",   " 2026-02-28", "2026-02-28 ", "2026-0a-28",
                                        "+026-02-28", "2026-02-2",   "20260228",    "2026-02-288"};
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        assert_int_equal(date_parse(TEXTS[i]), DATE_NONE);
}

static void format_and_parse_agree(void **state)
{
    (void)state;
    static const char *const DAYS[] = {"1800-01-01", "1899-12-31", "1969-12-31", "1970-01-01",
                                       "2024-02-29", "2026-11-22", "2199-12-31"};
    char buffer[DATE_SIZE];
    for (guint i = 0; i < G_N_ELEMENTS(DAYS); i++)
        assert_string_equal(date_format(day(DAYS[i]), buffer), DAYS[i]);
    assert_string_equal(date_format(DATE_NONE, buffer), "");
}

static void weekdays(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(day("1970-01-01")), 4);
    assert_int_equal(date_weekday(day("2026-11-22")), 7);
    assert_int_equal(date_weekday(day("2026-11-23")), 1);
    assert_int_equal(date_weekday(day("1969-12-28")), 7);
    assert_int_equal(date_weekday(day("1800-01-01")), 3);
    assert_string_equal(date_weekday_name(1), "Monday");
    assert_string_equal(date_weekday_name(7), "Sunday");
    assert_string_equal(date_weekday_name(0), "");
    assert_string_equal(date_weekday_name(8), "");
    assert_string_equal(date_weekday_short(3), "Wed");
    assert_string_equal(date_weekday_short(8), "");
    assert_string_equal(date_month_name(1), "January");
    assert_string_equal(date_month_name(12), "December");
    assert_string_equal(date_month_name(13), "");
}

static void ages(void **state)
{
    (void)state;
    static const struct {
        const char *birth, *on;
        int age;
    } CASES[] = {
        {"2000-06-15", "2026-06-14", 25}, {"2000-06-15", "2026-06-15", 26},
        {"2000-02-29", "2026-02-28", 25}, {"2000-02-29", "2026-03-01", 26},
        {"2000-02-29", "2024-02-29", 24}, {"2026-11-22", "2026-11-22", 0},
        {"1926-12-31", "2026-12-30", 99}, {"2000-12-31", "2001-01-01", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(date_age(day(CASES[i].birth), day(CASES[i].on)), CASES[i].age);
}

static void months_are_added(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } CASES[] = {
        {"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},
        {"2026-01-31", -2, "2025-11-30"},  {"2026-11-22", 12, "2027-11-22"},
        {"2024-02-29", 12, "2025-02-28"},  {"2026-12-15", 1, "2027-01-15"},
        {"2026-01-15", -1, "2025-12-15"},  {"2026-05-31", 0, "2026-05-31"},
        {"2026-01-15", -13, "2024-12-15"},
    };
    char buffer[DATE_SIZE];
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_string_equal(
            date_format(date_add_months(day(CASES[i].from), CASES[i].months), buffer), CASES[i].to);
    assert_int_equal(date_add_months(day("2199-12-01"), 1), DATE_NONE);
    assert_int_equal(date_add_months(day("1800-01-01"), -1), DATE_NONE);
    assert_int_equal(date_add_months(day("1800-01-01"), -30000), DATE_NONE);
}

static void weeks_belong_to_their_thursday(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        Week week;
    } CASES[] = {
        {"2024-12-29", 202452}, {"2024-12-30", 202501}, {"2025-01-01", 202501},
        {"2026-01-01", 202601}, {"2025-12-28", 202552}, {"2025-12-29", 202601},
        {"2026-12-27", 202652}, {"2026-12-28", 202653}, {"2026-12-31", 202653},
        {"2027-01-01", 202653}, {"2027-01-03", 202653}, {"2027-01-04", 202701},
        {"2020-12-31", 202053}, {"2021-01-03", 202053}, {"2021-01-04", 202101},
        {"2016-01-03", 201553}, {"2005-01-01", 200453}, {"2008-12-29", 200901},
        {"2010-01-03", 200953}, {"2026-11-09", 202646}, {"1970-01-01", 197001},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(week_of(day(CASES[i].date)), CASES[i].week);
    assert_int_equal(week_of(DATE_NONE), 0);
    /* Every Monday starts the week after the last one, and is its week's Monday. */
    Week before = week_of(day("1850-01-07"));
    for (Date monday = day("1850-01-14"); monday < day("2150-01-01"); monday += 7) {
        Week week = week_of(monday);
        assert_true(week == before + 1 || (week % 100 == 1 && before % 100 >= 52));
        assert_int_equal(week_of(monday + 6), week);
        assert_int_equal(week_monday(week), monday);
        before = week;
    }
}

static void years_have_52_or_53_weeks(void **state)
{
    (void)state;
    static const int LONG[] = {2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043};
    guint next = 0;
    for (int year = 2000; year <= 2047; year++) {
        gboolean is_long = next < G_N_ELEMENTS(LONG) && LONG[next] == year;
        assert_int_equal(weeks_in_year(year), is_long ? 53 : 52);
        next += is_long ? 1 : 0;
    }
    assert_int_equal(week_add(202653, 1), 202701);
    assert_int_equal(week_add(202701, -1), 202653);
    assert_int_equal(week_add(202601, -1), 202552);
    assert_int_equal(week_add(202620, 26), 202646);
    assert_int_equal(week_between(202646, 202701), 8);
    assert_int_equal(week_between(202701, 202646), -8);
    assert_int_equal(week_between(202646, 202646), 0);
}

static void weeks_as_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Week week;
    } CASES[] = {
        {"2026-W45", 202645},
        {"2026W45", 202645},
        {"2026-v45", 202645},
        {"2026v45", 202645},
        {"v45 2026", 202645},
        {"V45 2026", 202645},
        {"v. 45 2026", 202645},
        {"w5 2026", 202605},
        {"2026-W05", 202605},
        {"2026-w5", 202605},
        {" 2026-W53 ", 202653},
        {"2025-W53", 0},
        {"2026-W54", 0},
        {"2026-W00", 0},
        {"2026-45", 0},
        {"v45", 0},
        {"", 0},
        {"2026", 0},
        {"2026-W", 0},
        {"2026-W045", 0},
        {"v45 26", 0},
        {"v45 20266", 0},
        {"2026-W45x", 0},
        {"1799-W10", 0},
        {"v452026", 0},
        {"2026-W4 5", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(week_parse(CASES[i].text), CASES[i].week);
    char buffer[WEEK_SIZE];
    assert_string_equal(week_format(202605, buffer), "2026-W05");
    assert_string_equal(week_format(0, buffer), "");
}

static void times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int minutes;
    } CASES[] = {
        {"8", 480},     {"08", 480},      {"8:30", 510}, {"08.30", 510},  {"830", 510},
        {"0830", 510},  {"0", 0},         {"00:00", 0},  {"23:59", 1439}, {" 14:05 ", 845},
        {"24:00", -1},  {"25:00", -1},    {"24", -1},    {"2400", -1},    {"8:60", -1},
        {"8:5", -1},    {"8:", -1},       {":30", -1},   {"", -1},        {"a", -1},
        {"-8", -1},     {"08:30:00", -1}, {"08300", -1}, {"8 30", -1},    {"12:3a", -1},
        {"008:30", -1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(time_parse(CASES[i].text), CASES[i].minutes);
    char buffer[TIME_SIZE];
    assert_string_equal(time_format(845, buffer), "14:05");
    assert_string_equal(time_format(0, buffer), "00:00");
    assert_string_equal(time_format(-1, buffer), "");
    assert_string_equal(time_format(1440, buffer), "");
    g_autofree char *at = time_after_day("i dag", 845), *any = time_after_day("i dag", -1);
    assert_string_equal(at, "i dag 14:05");
    assert_string_equal(any, "i dag");
    assert_null(time_or_null(-1, buffer));
    assert_string_equal(time_or_null(0, buffer), "00:00");
}

/* Seen from Sunday 2026-11-22, week 47. */
static void dates_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date; /* NULL: not understood */
    } CASES[] = {
        {"2026-11-21", "2026-11-21"},
        {"20261121", "2026-11-21"},
        {"261121", "2026-11-21"},
        {"2026-1-5", "2026-01-05"},
        {"2026/11/21", "2026-11-21"},
        {"990101", "1999-01-01"},
        {"21/11", "2026-11-21"},
        {"21/11 2026", "2026-11-21"},
        {"21/11-26", "2026-11-21"},
        {"21/11/2025", "2025-11-21"},
        {"21.11", "2026-11-21"},
        {"21.11.", "2026-11-21"},
        {"21.11.2026", "2026-11-21"},
        {" 21 / 11 ", "2026-11-21"},
        {"5/1", "2027-01-05"},
        {"30/5", "2026-05-30"},
        {"21/5", "2027-05-21"},
        {"31/12", "2026-12-31"},
        {"21 nov", "2026-11-21"},
        {"21 NOV", "2026-11-21"},
        {"21 november 2025", "2025-11-21"},
        {"den 21 nov", "2026-11-21"},
        {"21nov", "2026-11-21"},
        {"3 mar", "2027-03-03"},
        {"5 juni", "2026-06-05"},
        {"21. marraskuuta", "2026-11-21"},
        {"21. marraskuuta 2025", "2025-11-21"},
        {"6. joulukuuta", "2026-12-06"},
        {"Nov 21", "2026-11-21"},
        {"November 21, 2025", "2025-11-21"},
        {"nov 21 25", "2025-11-21"},
        {"the 21 nov", "2026-11-21"},
        {"21 nov. 2026", "2026-11-21"},
        {"21 okt.", "2026-10-21"},
        {"idag", "2026-11-22"},
        {"i dag", "2026-11-22"},
        {"IDAG", "2026-11-22"},
        {"imorgon", "2026-11-23"},
        {"i morgon", "2026-11-23"},
        {"igår", "2026-11-21"},
        {"i går", "2026-11-21"},
        {"iga\u030Ar", "2026-11-21"},
        {"I GÅR", "2026-11-21"},
        {"i förrgår", "2026-11-20"},
        {"iförrgår", "2026-11-20"},
        {"i övermorgon", "2026-11-24"},
        {"today", "2026-11-22"},
        {"tomorrow", "2026-11-23"},
        {"yesterday", "2026-11-21"},
        {"tänään", "2026-11-22"},
        {"huomenna", "2026-11-23"},
        {"eilen", "2026-11-21"},
        {"sön", "2026-11-22"},
        {"söndag", "2026-11-22"},
        {"mån", "2026-11-23"},
        {"fre", "2026-11-27"},
        {"fredag", "2026-11-27"},
        {"Fredag ", "2026-11-27"},
        {"lör", "2026-11-28"},
        {"på tors", "2026-11-26"},
        {"friday", "2026-11-27"},
        {"on fri", "2026-11-27"},
        {"wed", "2026-11-25"},
        {"ma", "2026-11-23"},
        {"ke", "2026-11-25"},
        {"perjantai", "2026-11-27"},
        {"la", "2026-11-28"},
        {"v47 fre", "2026-11-20"},
        {"v. 47 fredag", "2026-11-20"},
        {"v 47 fre", "2026-11-20"},
        {"fre v48", "2026-11-27"},
        {"fre v. 48", "2026-11-27"},
        {"w48 mon", "2026-11-23"},
        {"vko 48 pe", "2026-11-27"},
        {"vecka 2 mån", "2027-01-11"},
        {"v53 fre", "2027-01-01"},
        {"2027-W01 mån", "2027-01-04"},
        {"+3", "2026-11-25"},
        {"om 3 dagar", "2026-11-25"},
        {"Om en vecka", "2026-11-29"},
        {"om 2 veckor", "2026-12-06"},
        {"in 2 weeks", "2026-12-06"},
        {"in a day", "2026-11-23"},
        {"övermorgon", "2026-11-24"},
        {"-2", "2026-11-20"},
        {"+0", "2026-11-22"},
        {"+2v", "2026-12-06"},
        {"+2 veckor", "2026-12-06"},
        {"-1v", "2026-11-15"},
        {"+1w", "2026-11-29"},
        {"+3 dagar", "2026-11-25"},
        {"", NULL},
        {"  ", NULL},
        {"30/2", NULL},
        {"32/1", NULL},
        {"21/13", NULL},
        {"2/29", NULL},
        {"20260230", NULL},
        {"2026", NULL},
        {"21", NULL},
        {"26-11-21", NULL},
        {"21-11", NULL},
        {"v47", NULL},
        {"v54 fre", NULL},
        {"v0 fre", NULL},
        {"2025-W53 fre", NULL},
        {"f", NULL},
        {"fredagen", NULL},
        {"nästa fredag", NULL},
        {"21 x", NULL},
        {"21 no", NULL},
        {"+", NULL},
        {"+3x", NULL},
        {"+999999999", NULL},
        {"+99999v", NULL},
        {"123456789", NULL},
        {"21/11 026", NULL},
        {"29/2", NULL},
        {"i", NULL},
        {"på", NULL},
        {"idag idag", NULL},
        {"1 2 3 4 5 6 7 8 9", NULL},
        {"\xC3", NULL},
        {"21#11", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char buffer[DATE_SIZE];
        date_format(date_parse_words(CASES[i].text, day("2026-11-22")), buffer);
        const char *expected = CASES[i].date != NULL ? CASES[i].date : "";
        if (strcmp(buffer, expected) != 0)
            fail_msg("“%s” is “%s”, not “%s”", CASES[i].text, buffer, expected);
    }
}

static void the_nearest_year_is_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text, *today, *date;
    } CASES[] = {
        {"30/12", "2027-01-05", "2026-12-30"},  {"5/1", "2026-12-30", "2027-01-05"},
        {"29/2", "2027-11-01", "2028-02-29"},   {"29 feb", "2025-03-01", "2024-02-29"},
        {"v1 mån", "2026-12-30", "2027-01-04"}, {"v52 fre", "2027-01-10", "2026-12-25"},
        {"fre", "2026-11-27", "2026-11-27"},    {"tor", "2026-11-27", "2026-12-03"},
        {"000101", "2026-11-22", "2000-01-01"}, {"751231", "2026-11-22", "2075-12-31"},
        {"770101", "2026-11-22", "1977-01-01"}, {"+1", "2026-12-31", "2027-01-01"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char buffer[DATE_SIZE];
        date_format(date_parse_words(CASES[i].text, day(CASES[i].today)), buffer);
        if (strcmp(buffer, CASES[i].date) != 0)
            fail_msg("“%s” on %s is “%s”, not “%s”", CASES[i].text, CASES[i].today, buffer,
                     CASES[i].date);
    }
}

/* A column of the database that is empty is no day, both ways. */
static void no_day_is_no_text(void **state)
{
    (void)state;
    char text[DATE_SIZE];
    assert_int_equal(date_parse(NULL), DATE_NONE);
    assert_null(date_or_null(DATE_NONE, text));
    assert_string_equal(date_or_null(date_parse("2026-11-22"), text), "2026-11-22");
}

static void moments_are_understood(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *date; /* NULL: not understood */
        int minute;               /* -1: as it was */
    } CASES[] = {
        {"30/11 14:15", "2026-11-30", 14 * 60 + 15},
        {"30/11 14", "2026-11-30", 14 * 60},
        {"30/11 1415", "2026-11-30", 14 * 60 + 15},
        {"fre 10", "2026-11-27", 10 * 60},
        {"i morgon 9.30", "2026-11-23", 9 * 60 + 30},
        {"imorgon kl 9", "2026-11-23", 9 * 60},
        {"kl 9", "2026-11-22", 9 * 60},
        {"v48 fre 8:30", "2026-11-27", 8 * 60 + 30},
        {"30/11", "2026-11-30", -1},
        {"30/11 2026", "2026-11-30", -1},
        {"v48 fre", "2026-11-27", -1},
        {"21.11", "2026-11-21", -1},
        {"21 nov 2026", "2026-11-21", -1},
        {"14.30", "2026-11-22", 14 * 60 + 30},
        {"14:30", "2026-11-22", 14 * 60 + 30},
        {"", NULL, 0},
        {"kanske 14", NULL, 0},
        {"30/11 25:00", NULL, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Date date = DATE_NONE;
        int minute = -1;
        char text[DATE_SIZE];
        gboolean understood =
            date_parse_moment(CASES[i].typed, date_parse("2026-11-22"), &date, &minute);
        if (understood != (CASES[i].date != NULL))
            fail_msg("\"%s\" was %s", CASES[i].typed, understood ? "understood" : "not understood");
        if (!understood)
            continue;
        if (strcmp(date_format(date, text), CASES[i].date) != 0 || minute != CASES[i].minute)
            fail_msg("\"%s\": %s, minute %d", CASES[i].typed, text, minute);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_understood),
        cmocka_unit_test(no_day_is_no_text),
        cmocka_unit_test(days_are_counted),
        cmocka_unit_test(days_that_are_none),
        cmocka_unit_test(format_and_parse_agree),
        cmocka_unit_test(weekdays),
        cmocka_unit_test(ages),
        cmocka_unit_test(months_are_added),
        cmocka_unit_test(weeks_belong_to_their_thursday),
        cmocka_unit_test(years_have_52_or_53_weeks),
        cmocka_unit_test(weeks_as_text),
        cmocka_unit_test(times),
        cmocka_unit_test(dates_in_words),
        cmocka_unit_test(the_nearest_year_is_meant),
    };
    return cmocka_run_group_tests_name("base/date", tests, NULL, NULL);
}
