/* series_rule.c: recurrence rules (RFC 5545, 3.3.10) by libical: their days, and in words. */
#include "care/visit/series_rule.h"

#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#define RULE_LENGTH_MAX 500
#define WEEKDAYS 7

static gboolean is_given(const short *part)
{
    return part[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* "The second Monday" is one of a month or a year (RFC 5545, 3.3.10). */
static gboolean is_day_of_nothing(const struct icalrecurrencetype *rule)
{
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        if (rule->freq < ICAL_MONTHLY_RECURRENCE &&
            icalrecurrencetype_day_position(rule->by_day[i]) != 0)
            return TRUE;
    return FALSE;
}

static gboolean parse(const char *rrule, struct icalrecurrencetype *rule, GError **error)
{
    const char *fault = NULL;
    if (rrule == NULL || strlen(rrule) > RULE_LENGTH_MAX) {
        fault = _("The rule for recurring visits is missing or too long. Choose the days again.");
    } else {
        *rule = icalrecurrencetype_from_string(rrule);
        if (rule->freq == ICAL_NO_RECURRENCE || rule->interval < 1 || rule->rscale != NULL ||
            is_day_of_nothing(rule))
            fault = _("The rule for recurring visits is not understood. Choose the days again.");
        else if (rule->freq < ICAL_DAILY_RECURRENCE || is_given(rule->by_hour) ||
                 is_given(rule->by_minute) || is_given(rule->by_second))
            fault = _("Visits recur at most once a day. Make a second series for the other time.");
        /* Of another calendar than the usual: the library leaves it to its caller. */
        free(rule->rscale);
        rule->rscale = NULL;
    }
    if (fault == NULL)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
    return FALSE;
}

/* --- days ------------------------------------------------------------------------------------- */

static struct icaltimetype to_ical(Date date)
{
    struct icaltimetype day = icaltime_null_time();
    day.is_date = 1;
    date_to_ymd(date, &day.year, &day.month, &day.day);
    return day;
}

static Date from_ical(struct icaltimetype day)
{
    return date_from_ymd(day.year, day.month, day.day);
}

GArray *series_days(const char *rrule, Date starts_on, Date from, Date to, GError **error)
{
    struct icalrecurrencetype rule;
    if (!parse(rrule, &rule, error))
        return NULL;
    /* A last moment counts as its day: visits have no time zone. */
    if (!icaltime_is_null_time(rule.until))
        rule.until = to_ical(from_ical(rule.until));
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, to_ical(starts_on));
    if (iterator == NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The rule for recurring visits has no days. Choose the days again."));
        return NULL;
    }
    GArray *days = g_array_new(FALSE, FALSE, sizeof(Date));
    for (;;) {
        struct icaltimetype next = icalrecur_iterator_next(iterator);
        Date day = icaltime_is_null_time(next) ? DATE_NONE : from_ical(next);
        if (day == DATE_NONE || day > to)
            break;
        if (day >= from && day >= starts_on)
            g_array_append_val(days, day);
    }
    icalrecur_iterator_free(iterator);
    return days;
}

/* --- words ------------------------------------------------------------------------------------ */

/* libical counts from Sunday, 1. */
static int iso_weekday(short day)
{
    return ((int)icalrecurrencetype_day_day_of_week(day) + 5) % 7 + 1;
}

/* "Monday, Wednesday and Friday", of a rule that has days, by week or by day. */
static void weekdays_text(const struct icalrecurrencetype *rule, GString *text)
{
    gboolean named[8] = {FALSE};
    int count = 0, written = 0;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        int weekday = iso_weekday(rule->by_day[i]);
        count += !named[weekday];
        named[weekday] = TRUE;
    }
    for (int weekday = 1; weekday <= 7; weekday++) {
        if (!named[weekday])
            continue;
        if (written > 0)
            g_string_append(text, written == count - 1 ? C_("list of weekdays", " and ") : ", ");
        g_string_append(text, date_weekday_name(weekday));
        written++;
    }
}

static char *weeks_text(int interval)
{
    if (interval == 1)
        return g_strdup(_("every week"));
    if (interval == 2)
        return g_strdup(_("every other week"));
    return g_strdup_printf(ngettext("every %d week", "every %d weeks", (gulong)interval), interval);
}

static char *daily_text(const struct icalrecurrencetype *rule)
{
    if (rule->interval == 1)
        return g_strdup(_("every day"));
    if (rule->interval == 2)
        return g_strdup(_("every other day"));
    return g_strdup_printf(ngettext("every %d day", "every %d days", (gulong)rule->interval),
                           rule->interval);
}

static char *months_text(int interval)
{
    if (interval == 1)
        return g_strdup(_("every month"));
    return g_strdup_printf(ngettext("every %d month", "every %d months", (gulong)interval),
                           interval);
}

/* "day 15 every month", "the first Monday every month"; NULL for anything more. */
static char *monthly_text(const struct icalrecurrencetype *rule)
{
    g_autofree char *months = months_text(rule->interval);
    gboolean one_day = is_given(rule->by_month_day) &&
                       rule->by_month_day[1] == ICAL_RECURRENCE_ARRAY_MAX &&
                       rule->by_month_day[0] > 0;
    gboolean one_weekday = is_given(rule->by_day) && rule->by_day[1] == ICAL_RECURRENCE_ARRAY_MAX;
    if (one_day && !is_given(rule->by_day))
        /* Translators: day of the month, then "every month". */
        return g_strdup_printf(_("day %d %s"), rule->by_month_day[0], months);
    if (!one_weekday || is_given(rule->by_month_day))
        return NULL;
    const char *name = date_weekday_name(iso_weekday(rule->by_day[0]));
    switch (icalrecurrencetype_day_position(rule->by_day[0])) {
    case 1:
        /* Translators: weekday, then "every month". */
        return g_strdup_printf(_("the first %s %s"), name, months);
    case 2:
        return g_strdup_printf(_("the second %s %s"), name, months);
    case 3:
        return g_strdup_printf(_("the third %s %s"), name, months);
    case 4:
        return g_strdup_printf(_("the fourth %s %s"), name, months);
    case -1:
        return g_strdup_printf(_("the last %s %s"), name, months);
    default:
        return NULL;
    }
}

static char *rule_text(const struct icalrecurrencetype *rule)
{
    g_autoptr(GString) days = g_string_new(NULL);
    if (is_given(rule->by_month) || is_given(rule->by_set_pos) || is_given(rule->by_week_no) ||
        is_given(rule->by_year_day))
        return NULL;
    if (rule->freq == ICAL_MONTHLY_RECURRENCE)
        return monthly_text(rule);
    if (is_given(rule->by_month_day) || rule->freq == ICAL_YEARLY_RECURRENCE)
        return NULL;
    if (!is_given(rule->by_day))
        return rule->freq == ICAL_DAILY_RECURRENCE ? daily_text(rule) : weeks_text(rule->interval);
    if (rule->freq == ICAL_DAILY_RECURRENCE && rule->interval != 1)
        return NULL;
    weekdays_text(rule, days);
    g_autofree char *weeks = weeks_text(rule->interval);
    /* Translators: weekdays, then "every week". */
    return g_strdup_printf(C_("recurrence", "%s %s"), days->str, weeks);
}

char *series_rule_text(const char *rrule)
{
    struct icalrecurrencetype rule;
    g_autofree char *text = parse(rrule, &rule, NULL) ? rule_text(&rule) : NULL;
    char date[DATE_SIZE];
    if (text == NULL)
        return g_strdup_printf(_("by the rule %s"), rrule != NULL ? rrule : "");
    if (rule.count > 0)
        return g_strdup_printf(ngettext("%s, %d time", "%s, %d times", (gulong)rule.count), text,
                               rule.count);
    if (!icaltime_is_null_time(rule.until))
        return g_strdup_printf(_("%s, until %s"), text, date_format(from_ical(rule.until), date));
    return g_steal_pointer(&text);
}

/* --- weekdays --------------------------------------------------------------------------------- */

/* 1 to 7 for "mon", "to" (two letters tell them apart) or "4"; 0 when it is none. */
static int parse_day(const char *word)
{
    if (g_ascii_isdigit(word[0]))
        return word[1] == '\0' && word[0] >= '1' && word[0] <= '0' + WEEKDAYS ? word[0] - '0' : 0;
    for (int day = 1; day <= WEEKDAYS && g_utf8_strlen(word, -1) >= 2; day++) {
        g_autofree char *name = text_fold(date_weekday_name(day));
        if (g_str_has_prefix(name, word))
            return day;
    }
    return 0;
}

guint weekdays_parse(const char *text)
{
    guint days = 0;
    g_auto(GStrv) words = text_fold_words(text);
    for (char **word = words; *word != NULL; word++) {
        int day = parse_day(*word);
        if (day == 0)
            return 0;
        days |= 1u << (day - 1);
    }
    return days;
}

char *weekdays_short(guint days)
{
    GString *text = g_string_new(NULL);
    for (int day = 1; day <= WEEKDAYS; day++)
        if (days & 1u << (day - 1))
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", date_weekday_short(day));
    return g_string_free(text, FALSE);
}

char *series_weekly_rule(guint days, int interval)
{
    static const char *const CODES[WEEKDAYS] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    GString *rule = g_string_new("FREQ=WEEKLY");
    if (interval > 1)
        g_string_append_printf(rule, ";INTERVAL=%d", interval);
    const char *before = ";BYDAY=";
    for (int day = 0; day < WEEKDAYS; day++) {
        if ((days & 1u << day) == 0)
            continue;
        g_string_append_printf(rule, "%s%s", before, CODES[day]);
        before = ",";
    }
    return g_string_free(rule, days == 0);
}
