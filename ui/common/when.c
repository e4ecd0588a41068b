/* when.c: days and times in words. */
#include "ui/common/when.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { HOUR_MINUTES = 60 };

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

/* What a minute or an hour is called, in the three languages: "min", "h", "tim", "t". */
static int unit_minutes(const char *unit)
{
    if (unit[0] == '\0' || g_str_has_prefix(unit, "m"))
        return 1;
    return g_str_has_prefix(unit, "h") || g_str_has_prefix(unit, "t") ? HOUR_MINUTES : 0;
}

gboolean when_parse_length(const char *text, int *minutes)
{
    g_autofree char *folded = g_utf8_strdown(text, -1);
    char *typed = g_strstrip(folded);
    double number = 0;
    if (strchr(typed, ':') != NULL) {
        int clock = time_parse(typed);
        if (clock > 0)
            *minutes = clock;
        return clock > 0;
    }
    char *unit = typed + strspn(typed, "0123456789,.");
    g_autofree char *figure = g_strndup(typed, (gsize)(unit - typed));
    int each = unit_minutes(g_strchug(unit));
    if (each == 0 || !text_parse_number(figure, &number) || number <= 0 ||
        number * each > DAY_MINUTES)
        return FALSE;
    *minutes = (int)lround(number * each);
    return *minutes > 0;
}
