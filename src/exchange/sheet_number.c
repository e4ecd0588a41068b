/* sheet_number.c: numbers of a sheet as they are shown, as far as that says what they are: days,
 * times and numbers that are names. */
#include "base/date.h"
#include "exchange/sheet_private.h"

#include <math.h>
#include <string.h>

#define DAY_SECONDS 86400
/* The last day that a spreadsheet knows, 31 December 9999, and how much later 1904 begins. */
#define LAST_DAY 2958465
#define DAYS_TO_1904 1462

/* --- what a format shows ---------------------------------------------------------------------- */

/* "000000-0000", also with the hyphen guarded: what Swedish spreadsheets call Personnummer. */
static gboolean is_digits(const char *code, SheetFormat *format)
{
    gsize length = 0;
    for (; *code && *code != ';'; code++) {
        if (*code == '\\' || *code == '"')
            continue;
        if ((*code != '0' && *code != '-') || length + 1 >= SHEET_DIGITS_SIZE)
            return FALSE;
        format->digits[length++] = *code;
    }
    format->digits[length] = '\0';
    return length > 1;
}

/* Letters of a code that are its own, not a text's or a place's ("[Red]", "[$-41D]"); an hour in
 * brackets counts on beyond the day. */
static void look_at(const char *code, gboolean *day, gboolean *time, gboolean *elapsed)
{
    *day = *time = *elapsed = FALSE;
    for (; *code && *code != ';'; code++) {
        const char c = g_ascii_tolower(*code);
        if (c == '\\' || c == '_' || c == '*') {
            if (code[1])
                code++;
        } else if (c == '"') {
            const char *close = strchr(code + 1, '"');
            if (close == NULL)
                return;
            code = close;
        } else if (c == '[') {
            const char *close = strchr(code, ']');
            if (close == NULL)
                return;
            const char first = g_ascii_tolower(code[1]);
            *elapsed = *elapsed || first == 'h' ||
                       ((first == 'm' || first == 's') && (close == code + 2 || close == code + 3));
            code = close;
        } else {
            *day = *day || c == 'y' || c == 'd';
            *time = *time || c == 'h' || c == 's';
        }
    }
}

/* Those that files do not write out (18.8.30); the rest are numbers. */
static SheetShow show_of(guint id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 54) || id == 57 || id == 58)
        return SHEET_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
        id == 56)
        return SHEET_TIME;
    return id == 46 ? SHEET_ELAPSED : SHEET_NUMBER;
}

SheetFormat sheet_format(guint id, const char *code)
{
    SheetFormat format = {.show = show_of(id)};
    gboolean day, time, elapsed;
    if (code == NULL)
        return format;
    format.show = SHEET_NUMBER;
    if (g_ascii_strncasecmp(code, "general", 7) == 0)
        return format;
    look_at(code, &day, &time, &elapsed);
    if (day)
        format.show = SHEET_DATE;
    else if (elapsed)
        format.show = SHEET_ELAPSED;
    else if (time)
        format.show = SHEET_TIME;
    else if (is_digits(code, &format))
        format.show = SHEET_DIGITS;
    return format;
}

/* --- a number --------------------------------------------------------------------------------- */

static void append_plain(GString *out, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    const gboolean whole = fabs(number) < 1e15 && number == floor(number);
    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, whole ? "%.0f" : "%.15g", number));
}

static void append_clock(GString *out, int seconds)
{
    g_string_append_printf(out, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0)
        g_string_append_printf(out, ":%02d", seconds % 60);
}

/* Day 60 counted from 1900 is a 29 February that never was (18.17.4.1). */
static Date day_of(int day, gboolean from_1904)
{
    if (from_1904)
        return date_from_ymd(1904, 1, 1) + day;
    return day == 60 ? DATE_NONE : date_from_ymd(1899, 12, day < 60 ? 31 : 30) + day;
}

/* FALSE where it is no moment that a calendar has. */
static gboolean append_moment(GString *out, double number, SheetShow show, gboolean from_1904)
{
    const double seconds = round(number * DAY_SECONDS);
    const int day = (int)floor(seconds / DAY_SECONDS);
    const int clock = (int)(seconds - (double)day * DAY_SECONDS);
    if (show == SHEET_TIME && day == 0) {
        append_clock(out, clock);
        return TRUE;
    }
    char text[DATE_SIZE];
    const Date date = day >= (from_1904 ? 0 : 1) ? day_of(day, from_1904) : DATE_NONE;
    if (date == DATE_NONE)
        return FALSE;
    g_string_append(out, date_format(date, text));
    if (clock != 0 || show == SHEET_TIME) {
        g_string_append_c(out, ' ');
        append_clock(out, clock);
    }
    return TRUE;
}

/* The number's digits in the places of the noughts, from the right. FALSE where it has more. */
static gboolean append_digits(GString *out, double number, const char *pattern)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE], filled[SHEET_DIGITS_SIZE];
    if (number < 0 || number >= 1e15 || number != floor(number))
        return FALSE;
    g_ascii_formatd(digits, sizeof digits, "%.0f", number);
    gsize left = strlen(digits), at = strlen(pattern);
    filled[at] = '\0';
    while (at-- > 0)
        filled[at] = pattern[at] != '0' ? pattern[at] : left > 0 ? digits[--left] : '0';
    if (left == 0)
        g_string_append(out, filled);
    return left == 0;
}

void sheet_number_append(GString *out, double number, const SheetFormat *format, gboolean from_1904)
{
    const double seconds = round(number * DAY_SECONDS);
    gboolean shown = FALSE;
    switch (format->show) {
    case SHEET_NUMBER:
        break;
    case SHEET_DATE:
    case SHEET_TIME:
        shown = number >= 0 && number <= LAST_DAY - (from_1904 ? DAYS_TO_1904 : 0) &&
                append_moment(out, number, format->show, from_1904);
        break;
    case SHEET_ELAPSED:
        shown = seconds >= 0 && seconds < G_MAXINT;
        if (shown)
            append_clock(out, (int)seconds);
        break;
    case SHEET_DIGITS:
        shown = append_digits(out, number, format->digits);
        break;
    }
    if (!shown)
        append_plain(out, number);
}
