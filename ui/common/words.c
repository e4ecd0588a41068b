/* words.c: what lists and details say, in words. */
#include "ui/common/words.h"

#include "base/i18n.h"
#include "care/visit/visit_words.h"

enum { NEAR_DAYS = 6 }; /* a weekday's name alone says which day it is */

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
    g_autofree char *staff = visit_words_staff(visit);
    append_fact(text, staff);
    return g_strdup(text->str);
}
