/* clock.c: the clock of the machine, or the one that DAGSFORM_NOW pins.
 *
 * The variable is read at each call, so there is no state that could differ from it. */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/i18n.h"

#define PIN_VARIABLE "DAGSFORM_NOW"

/* Two ASCII digits at `text`; -1 when they are none. */
static int two_digits(const char *text)
{
    if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1]))
        return -1;
    return (text[0] - '0') * 10 + text[1] - '0';
}

static gint64 moment(Date date, int minute, int second)
{
    int year = 0, month = 0, mday = 0;
    date_to_ymd(date, &year, &month, &mday);
    struct tm local = {.tm_year = year - 1900,
                       .tm_mon = month - 1,
                       .tm_mday = mday,
                       .tm_hour = minute / 60,
                       .tm_min = minute % 60,
                       .tm_sec = second,
                       .tm_isdst = -1};
    return (gint64)mktime(&local) * 1000;
}

/* The local time "YYYY-MM-DDTHH:MM[:SS]" as milliseconds. */
static gboolean parse_pin(const char *text, gint64 *ms)
{
    size_t length = strlen(text);
    if ((length != 16 && length != 19) || text[10] != 'T' || text[13] != ':')
        return FALSE;
    if (length == 19 && text[16] != ':')
        return FALSE;

    char day[DATE_SIZE];
    g_strlcpy(day, text, sizeof day);
    Date date = date_parse(day);
    int hour = two_digits(text + 11);
    int minute = two_digits(text + 14);
    int second = length == 19 ? two_digits(text + 17) : 0;
    if (date == DATE_NONE || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return FALSE;

    *ms = moment(date, hour * 60 + minute, second);
    return TRUE;
}

static gboolean pinned(gint64 *ms)
{
    const char *text = g_getenv(PIN_VARIABLE);
    return text != NULL && *text != '\0' && parse_pin(text, ms);
}

static _Thread_local gint64 held_ms;

void clock_hold(gint64 ms)
{
    held_ms = ms;
}

gint64 clock_now_ms(void)
{
    gint64 ms = 0;
    if (held_ms != 0)
        return held_ms;
    return pinned(&ms) ? ms : g_get_real_time() / 1000;
}

static Date split_local(gint64 ms, struct tm *local)
{
    gint64 rest = ms % 1000;
    time_t seconds = (time_t)((ms - rest) / 1000 - (rest < 0 ? 1 : 0));
    localtime_r(&seconds, local);
    return date_from_ymd(local->tm_year + 1900, local->tm_mon + 1, local->tm_mday);
}

Date clock_today(void)
{
    struct tm local;
    return split_local(clock_now_ms(), &local);
}

int clock_minute(void)
{
    struct tm local;
    split_local(clock_now_ms(), &local);
    return local.tm_hour * 60 + local.tm_min;
}

gboolean clock_is_pinned(void)
{
    gint64 ms = 0;
    return pinned(&ms);
}

gboolean clock_init(GError **error)
{
    const char *text = g_getenv(PIN_VARIABLE);
    gint64 ms = 0;
    if (text == NULL || *text == '\0' || parse_pin(text, &ms))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("“%s” in DAGSFORM_NOW is not a time. Write it as 2026-11-09T08:30, or take "
                  "DAGSFORM_NOW away."),
                text);
    return FALSE;
}

Date clock_local(gint64 ms, char *time)
{
    struct tm local;
    Date date = split_local(ms, &local);
    if (time != NULL)
        g_snprintf(time, 9, "%02d:%02d:%02d", local.tm_hour, local.tm_min, local.tm_sec);
    return date;
}

gint64 clock_moment(Date date, int minute)
{
    return moment(date, minute, 0);
}

char *clock_text(gint64 ms)
{
    char time[9], date[DATE_SIZE];
    date_format(clock_local(ms, time), date);
    return g_strdup_printf("%s %.5s", date, time);
}

char *clock_words(gint64 ms)
{
    char time[9];
    return clock_local(ms, time) == clock_today() ? g_strdup_printf(_("today %.5s"), time)
                                                  : clock_text(ms);
}

gint64 clock_monotonic_ms(void)
{
    return g_get_monotonic_time() / 1000;
}
