/* series_words.c: visits that recur, in words. */
#include "care/visit/series_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/series_rule.h"
#include "care/visit/visit_words.h"

enum { DAYS_SHOWN = 4, DAYS_AHEAD = 120 };

static void append_fact(GString *text, const char *fact)
{
    if (fact != NULL && fact[0] != '\0')
        g_string_append_printf(text, ", %s", fact);
}

char *series_words(const Series *series, const char *staff)
{
    g_autofree char *rule = series_rule_text(series->rrule);
    g_autofree char *hours = visit_words_hours(series->start, series->minutes);
    GString *text = g_string_new(NULL);
    char date[DATE_SIZE];
    g_string_append_printf(text, "%s %s", hours, rule);
    if (series->mode != VISIT_MODE_HOME)
        append_fact(text, visit_mode_name(series->mode));
    append_fact(text, staff);
    if (series->starts_on > clock_today()) {
        g_autofree char *from = g_strdup_printf(_("from %s"), date_format(series->starts_on, date));
        append_fact(text, from);
    }
    if (series->ends_on != DATE_NONE) {
        g_autofree char *until = g_strdup_printf(_("until %s"), date_format(series->ends_on, date));
        append_fact(text, until);
    }
    return g_string_free(text, FALSE);
}

static void append_days(GString *text, const GArray *days)
{
    for (guint i = 0; i < MIN(days->len, DAYS_SHOWN); i++) {
        char date[DATE_SIZE];
        Date day = g_array_index(days, Date, i);
        g_string_append_printf(text, "%s%s %s", i > 0 ? ", " : "",
                               date_weekday_short(date_weekday(day)), date_format(day, date));
    }
    if (days->len > DAYS_SHOWN)
        g_string_append(text, " …");
}

char *series_words_first_days(const char *rule, Date from, Date until)
{
    Date today = clock_today(), first = MAX(from, today);
    Date last = until != DATE_NONE ? MIN(until, first + DAYS_AHEAD) : first + DAYS_AHEAD;
    g_autoptr(GArray) days = series_days(rule, from, first, last, NULL);
    if (days == NULL || days->len == 0)
        return g_strdup(_("There is no such day between the two dates."));
    GString *text = g_string_new(_("The first days: "));
    append_days(text, days);
    return g_string_free(text, FALSE);
}
