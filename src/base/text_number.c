/* text_number.c: numbers and cells as text. */
#include "base/text.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"

/* The longest number that is read; more digits than a double holds anyway. */
#define LONGEST 40

char *text_guard_cell(const char *text)
{
    const char first = text[strspn(text, "'")];
    gboolean is_formula = first != '\0' && strchr("=+-@\t\r", first) != NULL;
    return g_strconcat(is_formula ? "'" : "", text, NULL);
}

char *text_number(double value, int decimals)
{
    if (!isfinite(value))
        return g_strdup("–");
    char format[16], buffer[512];
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 15));
    g_ascii_formatd(buffer, sizeof buffer, format, value);
    /* What was rounded to nothing has no sign. */
    const char *text = buffer;
    if (*text == '-' && strspn(text + 1, "0.") == strlen(text + 1))
        text++;
    char *number = g_strdup(text);
    char *point = strchr(number, '.');
    if (point != NULL && strcmp(i18n_language(), "en") != 0)
        *point = ',';
    return number;
}

gboolean text_parse_number(const char *text, double *value)
{
    static const char MINUS[] = "\u2212";
    char plain[LONGEST + 1];
    gsize length = 0;
    while (g_ascii_isspace(*text))
        text++;
    if (g_str_has_prefix(text, MINUS)) {
        plain[length++] = '-';
        text += strlen(MINUS);
    } else if (*text == '-' || *text == '+') {
        plain[length++] = *text++;
    }
    gsize whole = 0, decimals = 0;
    gboolean has_point = FALSE;
    for (; g_ascii_isdigit(*text) || *text == ',' || *text == '.'; text++) {
        gboolean is_digit = g_ascii_isdigit(*text);
        if (length == LONGEST || (!is_digit && has_point))
            return FALSE;
        plain[length++] = is_digit ? *text : '.';
        *(has_point ? &decimals : &whole) += is_digit ? 1 : 0;
        has_point = has_point || !is_digit;
    }
    while (g_ascii_isspace(*text))
        text++;
    if (*text != '\0' || whole + decimals == 0 || (has_point && decimals == 0))
        return FALSE;
    plain[length] = '\0';
    *value = g_ascii_strtod(plain, NULL);
    return TRUE;
}
