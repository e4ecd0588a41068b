/* words.c: what lists and details say, in words. */
#include "ui/common/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "care/unit/cause.h"

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

char *words_outcome(const VisitOutcome *outcome)
{
    if (outcome->outcome == OUTCOME_NONE)
        return g_strdup(_("nothing recorded"));
    g_autoptr(GString) facts = g_string_new(NULL);
    append_fact(facts, cancelled_by_name(outcome->by));
    append_fact(facts, told_by_name(outcome->told));
    if (outcome->notice >= 0 && outcome->outcome == OUTCOME_CANCELLED)
        append_fact(facts, notice_band_name(outcome->notice));
    if (facts->len == 0)
        return g_strdup(outcome_name(outcome->outcome));
    return g_strdup_printf("%s (%s)", outcome_name(outcome->outcome), facts->str);
}

char *words_cause(Session *session, const VisitOutcome *outcome)
{
    if (outcome->cause == NULL)
        return NULL;
    GString *text = g_string_new(cause_name(session, outcome->cause));
    if (outcome->cause_further != NULL)
        g_string_append_printf(text, ", %s", cause_name(session, outcome->cause_further));
    if (outcome->source != SOURCE_NONE && cause_says_why(outcome->cause))
        g_string_append_printf(text, " (%s)", cause_source_name(outcome->source));
    return g_string_free(text, FALSE);
}

/* Of one carried out on another day than the visit. New. */
static char *another_day_text(const Visit *visit)
{
    char time[TIME_SIZE];
    int year, month, day;
    date_to_ymd(visit->alternative_date, &year, &month, &day);
    if (visit->alternative_outcome == OUTCOME_NONE)
        /* TRANSLATORS: day, month, time */
        return g_strdup_printf(C_("alternative to a visit", "accepted, %d/%d %s"), day, month,
                               time_format(visit->alternative_start, time));
    return g_strdup_printf(outcome_took_place(visit->alternative_outcome)
                               /* TRANSLATORS: day, month */
                               ? C_("alternative to a visit", "accepted, took place %d/%d")
                               /* TRANSLATORS: day, month */
                               : C_("alternative to a visit", "accepted, did not take place %d/%d"),
                           day, month);
}

/* That it was accepted says nothing of whether it took place. New. */
static char *answer_text(const VisitOutcome *outcome, const Visit *visit)
{
    if (outcome->alternative_taken == 0)
        return g_strdup(C_("alternative to a visit", "declined"));
    if (visit == NULL || visit->alternative_date == DATE_NONE)
        return g_strdup(C_("alternative to a visit", "accepted"));
    if (visit->alternative_date != visit->date)
        return another_day_text(visit);
    if (visit->alternative_outcome == OUTCOME_NONE)
        return g_strdup(C_("alternative to a visit", "accepted"));
    return g_strdup(outcome_took_place(visit->alternative_outcome)
                        ? C_("alternative to a visit", "accepted, took place")
                        : C_("alternative to a visit", "accepted, did not take place"));
}

char *words_alternative(const VisitOutcome *outcome, const Visit *visit)
{
    const char *name = alternative_name(outcome->alternative);
    if (outcome->alternative == OFFER_NONE)
        return NULL;
    if (outcome->alternative == OFFER_NOTHING || outcome->alternative_taken < 0)
        return g_strdup(name);
    g_autofree char *answer = answer_text(outcome, visit);
    return g_strdup_printf("%s: %s", name, answer);
}

char *words_new_time(const Visit *visit)
{
    if (visit->new_date == DATE_NONE)
        return NULL;
    char date[DATE_SIZE], time[TIME_SIZE];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, _("%s %s, %s"), date_weekday_name(date_weekday(visit->new_date)),
                           date_format(visit->new_date, date), time_format(visit->new_start, time));
    if (visit->new_outcome != OUTCOME_NONE)
        g_string_append_printf(text, " (%s)", outcome_name(visit->new_outcome));
    return g_strdup(text->str);
}

char *words_planned(const Visit *visit)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, _("%d min"), visit->minutes);
    append_fact(text, visit_mode_name(visit->mode));
    append_fact(text, visit->staff_name);
    return g_strdup(text->str);
}
