/* when.c: days and times in words. */
#include "ui/common/when.h"

#include "base/i18n.h"

char *when_day(Date date)
{
    char text[DATE_SIZE];
    if (date == DATE_NONE)
        return g_strdup("");
    return g_strdup_printf("%s %s", date_weekday_short(date_weekday(date)),
                           date_format(date, text));
}

char *when_hours(int start, int minutes)
{
    char from[TIME_SIZE], to[TIME_SIZE];
    return g_strdup_printf("%s-%s", time_format(start, from),
                           time_format((start + minutes) % DAY_MINUTES, to));
}
