/* table_import_time.c: days and times as programs write them. Nothing is guessed, and nothing that
 * stands there is passed over. */
#include "exchange/table_import_private.h"

#include <string.h>

static gboolean two_digits(const char *text, int most)
{
    return g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[1]) &&
           (text[0] - '0') * 10 + text[1] - '0' <= most;
}

/* What time_parse() takes, also with seconds and parts of them, which a visit has not. -1: none. */
static int read_time(const char *text)
{
    char minutes[TIME_SIZE];
    const char *colon = strpbrk(text, ":.");
    const char *seconds = colon ? strchr(colon + 1, *colon) : NULL;
    if (!seconds)
        return time_parse(text);
    if ((gsize)(seconds - text) >= sizeof minutes || !two_digits(seconds + 1, 59))
        return -1;
    const char *rest = seconds + 3;
    if (*rest == '.' || *rest == ',')
        rest += 1 + strspn(rest + 1, "0123456789");
    if (*rest)
        return -1;
    g_snprintf(minutes, sizeof minutes, "%.*s", (int)(seconds - text), text);
    return time_parse(minutes);
}

/* "Z", "+01", "+0100" or "-01:00", as seconds east of Greenwich. */
static gboolean read_zone(const char *text, gint32 *seconds)
{
    *seconds = 0;
    if (g_ascii_strcasecmp(text, "z") == 0)
        return TRUE;
    const gboolean west = *text++ == '-';
    if (!two_digits(text, 14))
        return FALSE;
    *seconds = ((text[0] - '0') * 10 + text[1] - '0') * 3600;
    text += 2;
    if (*text == ':')
        text++;
    if (two_digits(text, 59) && text[2] == '\0') {
        *seconds += ((text[0] - '0') * 10 + text[1] - '0') * 60;
        text += 2;
    }
    *seconds = west ? -*seconds : *seconds;
    return *text == '\0';
}

/* From a time zone named in the file to that of the unit. */
static gboolean to_local(ImportMoment *moment, gint32 seconds_east)
{
    int year, month, day;
    date_to_ymd(moment->date, &year, &month, &day);
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(seconds_east);
    g_autoptr(GDateTime) there =
        g_date_time_new(zone, year, month, day, moment->minute / 60, moment->minute % 60, 0);
    g_autoptr(GDateTime) here = there ? g_date_time_to_local(there) : NULL;
    if (!here)
        return FALSE;
    moment->date = date_from_ymd(g_date_time_get_year(here), g_date_time_get_month(here),
                                 g_date_time_get_day_of_month(here));
    moment->minute = g_date_time_get_hour(here) * 60 + g_date_time_get_minute(here);
    return moment->date != DATE_NONE;
}

/* The day that `text` begins with, "2026-05-11" or "20260511", and where it ends. */
static Date read_date(const char *text, const char **end)
{
    char iso[DATE_SIZE];
    const gboolean plain = strspn(text, "0123456789") == 8;
    if (plain)
        g_snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    else
        g_strlcpy(iso, text, sizeof iso);
    const Date date = date_parse(iso);
    *end = date != DATE_NONE ? text + (plain ? 8 : DATE_SIZE - 1) : text;
    return date;
}

/* Blanks of every kind as ' '. */
static void plain_blanks(char *text)
{
    char *to = text;
    for (const char *at = text; *at;) {
        const gunichar c = g_utf8_get_char(at);
        at = g_utf8_next_char(at);
        to += g_unichar_to_utf8(g_unichar_isspace(c) ? ' ' : c, to);
    }
    *to = '\0';
}

gboolean table_import_moment(const char *text, ImportMoment *moment)
{
    const char *rest;
    gint32 east;
    *moment = (ImportMoment){.date = read_date(text, &rest), .minute = -1};
    if (moment->date == DATE_NONE)
        return (moment->minute = read_time(text)) >= 0;
    if (!*rest)
        return TRUE;
    g_autofree char *time = g_strdup(rest);
    plain_blanks(time);
    if (*time != 'T' && *time != 't' && *time != ' ')
        return FALSE;
    char *clock = g_strchug(time + 1);
    char *zone = strpbrk(clock, "Zz+-");
    const gboolean zoned = zone != NULL && read_zone(zone, &east);
    if (zone) {
        if (!zoned)
            return FALSE;
        *zone = '\0';
    }
    moment->minute = read_time(g_strchomp(clock));
    return moment->minute >= 0 && (!zoned || to_local(moment, east));
}
