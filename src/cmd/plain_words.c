/* plain_words.c: what lines say in the same words everywhere. */
#include "cmd/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

enum { LISTENED_COLUMNS = 60 };

char *plain_when(gint64 ms)
{
    char time[9], date[DATE_SIZE];
    Date day = clock_local(ms, time);
    if (day == clock_today())
        return g_strdup_printf(_("today %.5s"), time);
    return g_strdup_printf("%s %.5s", date_format(day, date), time);
}

char *plain_shortened(const char *text)
{
    g_autofree char *line = text_display(text);
    return text_truncate(line, LISTENED_COLUMNS);
}
