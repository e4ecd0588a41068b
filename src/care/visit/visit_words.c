/* visit_words.c: a visit in the sentences that tell what was done to it. */
#include "care/visit/visit_words.h"

#include "base/i18n.h"
#include "care/visit/outcome_words.h"

char *visit_words_time(Date date, int start)
{
    char day[DATE_SIZE], time[TIME_SIZE];
    return g_strdup_printf("%s %s %s", date_weekday_short(date_weekday(date)),
                           date_format(date, day), time_format(start, time));
}

char *visit_words_hours(int start, int minutes)
{
    char from[TIME_SIZE], to[TIME_SIZE];
    return g_strdup_printf("%s-%s", time_format(start, from),
                           time_format((start + minutes) % DAY_MINUTES, to));
}

char *visit_words_staff(const Visit *visit)
{
    return visit->covered_by != NULL
               /* TRANSLATORS: who does the visit, in the place of which colleague */
               ? g_strdup_printf(_("%s for %s"), visit->covered_by, visit->staff_name)
               : g_strdup(visit->staff_name);
}

char *visit_words_recorded(const Visit *visit)
{
    char time[TIME_SIZE];
    const char *outcome = visit->outcome.outcome != OUTCOME_NONE
                              ? outcome_words_name(&visit->outcome)
                              : _("nothing recorded");
    g_autofree char *next =
        visit->new_date != DATE_NONE ? visit_words_time(visit->new_date, visit->new_start) : NULL;
    time_format(visit->start, time);
    return next != NULL
               ? g_strdup_printf(_("%s %s: %s, new time %s"), time, visit->client_name, outcome,
                                 next)
               : g_strdup_printf(C_("a visit", "%s %s: %s"), time, visit->client_name, outcome);
}

char *visit_words_closed(gint64 count)
{
    return count > 0 ? g_strdup_printf(ngettext("%d more visit is seen by those who may open the "
                                                "client's card.",
                                                "%d more visits are seen by those who may open the "
                                                "clients' cards.",
                                                (gulong)count),
                                       (int)count)
                     : NULL;
}
