/* date_words.c: any text is a day, a moment or neither; what is understood is a day that there is,
 * and its own written form is read back as the same. */
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    enum { UNTOUCHED = -7, DAY = 24 * 60 };
    const Date today = date_parse("2026-11-22");
    g_autofree char *text = g_strndup((const char *)bytes, length);
    char written[DATE_SIZE], hour[TIME_SIZE];
    Date day = date_parse_words(text, today);
    if (day != DATE_NONE && date_parse_words(date_format(day, written), today) != day)
        g_error("“%s” is %s, which is not read back", text, written);
    Date date = DATE_NONE;
    int minute = UNTOUCHED;
    if (!date_parse_moment(text, today, &date, &minute)) {
        if (date != DATE_NONE || minute != UNTOUCHED || day != DATE_NONE)
            g_error("“%s” is not understood, but something of it is", text);
        return 0;
    }
    if (date == DATE_NONE || (minute != UNTOUCHED && (minute < 0 || minute >= DAY)))
        g_error("“%s” is no moment", text);
    if (minute == UNTOUCHED)
        return 0;
    g_autofree char *moment =
        g_strdup_printf("%s %s", date_format(date, written), time_format(minute, hour));
    Date again = DATE_NONE;
    int minute_again = UNTOUCHED;
    if (!date_parse_moment(moment, today, &again, &minute_again) || again != date ||
        minute_again != minute)
        g_error("“%s” is %s, which is not read back", text, moment);
    return 0;
}
