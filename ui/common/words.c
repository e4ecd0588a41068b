/* words.c: what lists and details say, in words. */
#include "ui/common/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

enum {
    NEAR_DAYS = 6, /* a weekday's name alone says which day it is */
    LAST_WEEK = 53,
};

char *words_day(Date date)
{
    char text[DATE_SIZE];
    return g_strdup_printf(_("%s %s, week %d"), date_weekday_name(date_weekday(date)),
                           date_format(date, text), week_of(date) % 100);
}

char *words_week(Week week)
{
    char monday[DATE_SIZE], sunday[DATE_SIZE];
    date_format(week_monday(week), monday);
    date_format(week_monday(week) + 6, sunday);
    return g_strdup_printf(_("Week %d, %s to %s"), week % 100, monday, sunday);
}

char *words_distance(Date date, Date today)
{
    int days = date - today;
    if (days == 0)
        return g_strdup(_("today"));
    if (days == 1)
        return g_strdup(_("tomorrow"));
    if (days == -1)
        return g_strdup(_("yesterday"));
    if (days > 0)
        return g_strdup_printf(ngettext("in %d day", "in %d days", (gulong)days), days);
    return g_strdup_printf(ngettext("%d day ago", "%d days ago", (gulong)-days), -days);
}

char *words_due(Date due, Date today)
{
    int days = due - today;
    char text[DATE_SIZE];
    if (days < 0)
        return g_strdup_printf(ngettext("overdue by %d day", "overdue by %d days", (gulong)-days),
                               -days);
    if (days <= 1)
        return words_distance(due, today);
    if (days <= NEAR_DAYS)
        return g_strdup(date_weekday_name(date_weekday(due)));
    return g_strdup(date_format(due, text));
}

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

Week words_parse_week(const char *text, Date today)
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

gboolean words_parse_weeks(const char *text, Date today, Week *from, Week *to)
{
    *from = *to = words_parse_week(text, today);
    for (const char *at = text; *from == 0 && *at != '\0'; at = g_utf8_next_char(at)) {
        const char *rest = at;
        while (is_between(g_utf8_get_char(rest)))
            rest = g_utf8_next_char(rest);
        if (rest == at)
            continue;
        g_autofree char *first = g_strndup(text, (gsize)(at - text));
        *from = words_parse_week(first, today);
        *to = words_parse_week(rest, today);
        if (*to == 0)
            *from = 0;
    }
    return *from != 0 && *from <= *to;
}

gboolean words_has_week(Week week)
{
    char text[WEEK_SIZE];
    return week_parse(week_format(week, text)) == week;
}

char *words_day_summary(gint64 visits, gint64 missed, gint64 unknown)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, ngettext("%d visit", "%d visits", (gulong)visits), (int)visits);
    if (missed > 0)
        g_string_append_printf(text, ngettext(", %d not taken", ", %d not taken", (gulong)missed),
                               (int)missed);
    if (unknown > 0)
        g_string_append_printf(
            text, ngettext(", nothing recorded on %d", ", nothing recorded on %d", (gulong)unknown),
            (int)unknown);
    return g_string_free(text, FALSE);
}

char *words_name(const Visit *visit)
{
    if (visit->client_protection == PROTECTION_NONE)
        return g_strdup(visit->client_name);
    return g_strdup_printf(_("%s (protected)"), visit->client_name);
}

const char *words_outcome_short(Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_NONE:
        return "–";
    case OUTCOME_DONE_OTHERWISE:
        return C_("visit outcome in a list", "Another form");
    case OUTCOME_UNIT_CANCELLED:
        return C_("visit outcome in a list", "By the unit");
    case OUTCOME_DECLINED:
        return C_("visit outcome in a list", "Declined");
    default:
        return outcome_name(outcome);
    }
}

static void append_fact(GString *text, const char *fact)
{
    if (fact == NULL || fact[0] == '\0')
        return;
    if (text->len > 0)
        g_string_append(text, ", ");
    g_string_append(text, fact);
}

char *words_planned(const Visit *visit)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, _("%d min"), visit->minutes);
    append_fact(text, visit_mode_name(visit->mode));
    append_fact(text, visit->staff_name);
    return g_strdup(text->str);
}
