/* date.c: the calendar. Day numbers are counted from 1 March so that the leap day is the last
 * day of its counting year; 400 years are 146,097 days. */
#include "base/date.h"

#include <string.h>

#include "base/i18n.h"

#define YEAR_FIRST 1800
#define YEAR_LAST 2199
#define DAYS_OF_400_YEARS 146097
/* From 0000-03-01 to 1970-01-01. */
#define DAYS_TO_EPOCH 719468

static gboolean is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

/* Years before year 0 do not occur, so plain division is enough. */
static Date day_number(int year, int month, int day)
{
    int shifted_year = month <= 2 ? year - 1 : year;
    int shifted_month = month <= 2 ? month + 9 : month - 3;
    int era = shifted_year / 400;
    int year_of_era = shifted_year % 400;
    int day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_400_YEARS + day_of_era - DAYS_TO_EPOCH;
}

Date date_from_ymd(int year, int month, int day)
{
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return DATE_NONE;
    return day_number(year, month, day);
}

void date_to_ymd(Date date, int *year, int *month, int *day)
{
    int shifted = date + DAYS_TO_EPOCH;
    int era = shifted / DAYS_OF_400_YEARS;
    int day_of_era = shifted % DAYS_OF_400_YEARS;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = era * 400 + year_of_era + (*month <= 2 ? 1 : 0);
}

/* `count` ASCII digits at `text` as a number; -1 when one is none. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        value = value * 10 + text[i] - '0';
    }
    return value;
}

Date date_parse(const char *text)
{
    if (text == NULL || strlen(text) != DATE_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return DATE_NONE;
    return date_from_ymd(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
}

char *date_format(Date date, char *buffer)
{
    buffer[0] = '\0';
    if (date == DATE_NONE)
        return buffer;
    int year = 0, month = 0, day = 0;
    date_to_ymd(date, &year, &month, &day);
    /* Called for each row of a list and of an import; printf would be most of its cost. */
    for (int i = 3; i >= 0; i--, year /= 10)
        buffer[i] = (char)('0' + year % 10);
    buffer[4] = buffer[7] = '-';
    buffer[5] = (char)('0' + month / 10);
    buffer[6] = (char)('0' + month % 10);
    buffer[8] = (char)('0' + day / 10);
    buffer[9] = (char)('0' + day % 10);
    buffer[10] = '\0';
    return buffer;
}

const char *date_or_null(Date date, char *buffer)
{
    return date != DATE_NONE ? date_format(date, buffer) : NULL;
}

int date_weekday(Date date)
{
    /* 1970-01-01 was a Thursday. */
    int since_monday = (date + 3) % 7;
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int date_age(Date birth, Date on)
{
    int birth_year = 0, birth_month = 0, birth_day = 0, year = 0, month = 0, day = 0;
    date_to_ymd(birth, &birth_year, &birth_month, &birth_day);
    date_to_ymd(on, &year, &month, &day);
    gboolean had_birthday = month > birth_month || (month == birth_month && day >= birth_day);
    return year - birth_year - (had_birthday ? 0 : 1);
}

Date date_add_months(Date date, int months)
{
    int year = 0, month = 0, day = 0;
    date_to_ymd(date, &year, &month, &day);
    int count = year * 12 + month - 1 + months;
    if (count < 0)
        return DATE_NONE;
    year = count / 12;
    month = count % 12 + 1;
    return date_from_ymd(year, month, MIN(day, days_in_month(year, month)));
}

const char *date_weekday_name(int weekday)
{
    static const char *const NAMES[] = {N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
                                        N_("Thursday"), N_("Friday"),  N_("Saturday"),
                                        N_("Sunday")};
    return weekday >= 1 && weekday <= 7 ? _(NAMES[weekday - 1]) : "";
}

const char *date_weekday_short(int weekday)
{
    switch (weekday) {
    case 1:
        return C_("weekday, short", "Mon");
    case 2:
        return C_("weekday, short", "Tue");
    case 3:
        return C_("weekday, short", "Wed");
    case 4:
        return C_("weekday, short", "Thu");
    case 5:
        return C_("weekday, short", "Fri");
    case 6:
        return C_("weekday, short", "Sat");
    case 7:
        return C_("weekday, short", "Sun");
    default:
        return "";
    }
}

const char *date_month_name(int month)
{
    static const char *const NAMES[] = {N_("January"), N_("February"), N_("March"),
                                        N_("April"),   N_("May"),      N_("June"),
                                        N_("July"),    N_("August"),   N_("September"),
                                        N_("October"), N_("November"), N_("December")};
    return month >= 1 && month <= 12 ? _(NAMES[month - 1]) : "";
}

int time_parse(const char *text)
{
    g_autofree char *copy = g_strstrip(g_strdup(text));
    size_t length = strlen(copy);
    char *separator = strpbrk(copy, ":.");
    int hour = -1, minute = 0;
    if (separator != NULL) {
        size_t hours = (size_t)(separator - copy);
        if (hours < 1 || hours > 2 || length - hours != 3)
            return -1;
        hour = digits(copy, (int)hours);
        minute = digits(separator + 1, 2);
    } else if (length == 1 || length == 2) {
        hour = digits(copy, (int)length);
    } else if (length == 3 || length == 4) {
        hour = digits(copy, (int)length - 2);
        minute = digits(copy + length - 2, 2);
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return -1;
    return hour * 60 + minute;
}

char *time_format(int minutes, char *buffer)
{
    buffer[0] = '\0';
    if (minutes < 0 || minutes > 24 * 60 - 1)
        return buffer;
    buffer[0] = (char)('0' + minutes / 600);
    buffer[1] = (char)('0' + minutes / 60 % 10);
    buffer[2] = ':';
    buffer[3] = (char)('0' + minutes % 60 / 10);
    buffer[4] = (char)('0' + minutes % 10);
    buffer[5] = '\0';
    return buffer;
}

char *time_after_day(const char *day, int minutes)
{
    char time[TIME_SIZE];
    return minutes >= 0 ? g_strdup_printf("%s %s", day, time_format(minutes, time)) : g_strdup(day);
}

const char *time_or_null(int minutes, char *buffer)
{
    return minutes >= 0 ? time_format(minutes, buffer) : NULL;
}

Week week_of(Date date)
{
    if (date == DATE_NONE)
        return 0;
    /* A week belongs to the year of its Thursday. */
    Date thursday = date - date_weekday(date) + 4;
    int year = 0, month = 0, day = 0;
    date_to_ymd(thursday, &year, &month, &day);
    return year * 100 + (thursday - day_number(year, 1, 1)) / 7 + 1;
}

/* `*text` moved past one or two digits, as a number; -1 when there are none or more. */
static int week_number(const char **text)
{
    int count = 0;
    while (g_ascii_isdigit((*text)[count]))
        count++;
    int value = count == 1 || count == 2 ? digits(*text, count) : -1;
    *text += count;
    return value;
}

static const char *skip_week_mark(const char *text)
{
    if (g_ascii_tolower(*text) != 'v' && g_ascii_tolower(*text) != 'w')
        return NULL;
    text++;
    while (*text == '.' || *text == ' ')
        text++;
    return text;
}

Week week_parse(const char *text)
{
    g_autofree char *copy = g_strstrip(g_strdup(text));
    const char *at = copy;
    int year = -1, week = -1;
    const char *after_mark = skip_week_mark(at);
    if (after_mark != NULL) {
        at = after_mark;
        week = week_number(&at);
        if (week < 0 || *at != ' ')
            return 0;
        while (*at == ' ')
            at++;
        year = digits(at, 4);
        at += year < 0 ? 0 : 4;
    } else {
        year = digits(at, 4);
        if (year < 0)
            return 0;
        at += 4;
        while (*at == ' ' || *at == '-')
            at++;
        at = skip_week_mark(at);
        if (at == NULL)
            return 0;
        week = week_number(&at);
    }
    if (*at != '\0' || year < YEAR_FIRST || year > YEAR_LAST || week < 1 ||
        week > weeks_in_year(year))
        return 0;
    return year * 100 + week;
}

char *week_format(Week week, char *buffer)
{
    if (week < YEAR_FIRST * 100 || week > (YEAR_LAST + 1) * 100 + 99)
        buffer[0] = '\0';
    else
        g_snprintf(buffer, WEEK_SIZE, "%04d-W%02d", week / 100, week % 100);
    return buffer;
}

Date week_monday(Week week)
{
    /* 4 January always lies in week 1. */
    Date fourth = day_number(week / 100, 1, 4);
    return fourth - date_weekday(fourth) + 1 + (week % 100 - 1) * 7;
}

Week week_add(Week week, int weeks)
{
    return week_of(week_monday(week) + weeks * 7);
}

int week_between(Week from, Week to)
{
    return (week_monday(to) - week_monday(from)) / 7;
}

int weeks_in_year(int year)
{
    /* 28 December always lies in the last week. */
    return week_of(day_number(year, 12, 28)) % 100;
}
