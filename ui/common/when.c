/* when.c: a day in words. */
#include "ui/common/when.h"

char *when_day(Date date)
{
    char text[DATE_SIZE];
    if (date == DATE_NONE)
        return g_strdup("");
    return g_strdup_printf("%s %s", date_weekday_short(date_weekday(date)),
                           date_format(date, text));
}
