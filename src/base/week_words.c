/* week_words.c: weeks as people type them. */
#include "base/week_words.h"

#include <stdlib.h>
#include <string.h>

#define LAST_WEEK 53

/* The number of "45", "v45", "v. 45" or "w45"; 0 when it is none. */
static int parse_week_number(const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    if (*text != '\0' && strchr("vVwW", *text) != NULL) {
        text++;
        text += *text == '.' ? 1 : 0;
    }
    while (g_ascii_isspace(*text))
        text++;
    char *end;
    if (!g_ascii_isdigit(*text))
        return 0;
    long number = strtol(text, &end, 10);
    while (g_ascii_isspace(*end))
        end++;
    return *end == '\0' && number <= LAST_WEEK ? (int)number : 0;
}

/* Week `number` of the year in which it lies nearest to `now`. */
static Week nearest_week(int number, Week now)
{
    Week nearest = 0;
    for (int year = now / 100 - 1; year <= now / 100 + 1; year++) {
        Week week = year * 100 + number;
        if (number <= weeks_in_year(year) &&
            (nearest == 0 || ABS(week_between(now, week)) < ABS(week_between(now, nearest))))
            nearest = week;
    }
    return nearest;
}

Week week_parse_words(const char *text, Date today)
{
    Week week = week_parse(text);
    if (week != 0)
        return week;
    int number = parse_week_number(text);
    if (number > 0)
        return nearest_week(number, week_of(today));
    Date date = date_parse_words(text, today);
    return date != DATE_NONE ? week_of(date) : 0;
}

/* Where a first week may end and what may stand between it and the last. */
static gboolean is_between(gunichar character)
{
    return character == '-' || character == 0x2013 || character == '.' ||
           g_unichar_isspace(character);
}

gboolean weeks_parse_words(const char *text, Date today, Week *from, Week *to)
{
    *from = *to = week_parse_words(text, today);
    for (const char *at = text; *from == 0 && *at != '\0'; at = g_utf8_next_char(at)) {
        const char *rest = at;
        while (is_between(g_utf8_get_char(rest)))
            rest = g_utf8_next_char(rest);
        if (rest == at)
            continue;
        g_autofree char *first = g_strndup(text, (gsize)(at - text));
        *from = week_parse_words(first, today);
        *to = week_parse_words(rest, today);
        if (*to == 0)
            *from = 0;
    }
    return *from != 0 && *from <= *to;
}

gboolean week_can_be_typed(Week week)
{
    char text[WEEK_SIZE];
    return week_parse(week_format(week, text)) == week;
}
