/* idnumber.c: reads a number in three steps: the characters that count, the form they have, and
 * what they say (date, serial, check digit). */
#include "base/idnumber.h"

#include <string.h>

#include "base/i18n.h"

#define LONGEST 13 /* twelve characters and a sign */
#define SAMORDNING_DAYS 60
#define INERA_DAYS 32 /* to 59, instead of a day */

/* The characters of `text` in capitals, without blanks and with every hyphen as '-', cut off after
 * `size` - 1. Others than ASCII become '?'. */
static void simplify(const char *text, char *simple, gsize size)
{
    gsize length = 0;
    while (*text != '\0' && length < size - 1) {
        gunichar c = g_utf8_get_char_validated(text, -1);
        gboolean valid = c != (gunichar)-1 && c != (gunichar)-2;
        text = valid ? g_utf8_next_char(text) : text + 1;
        if (valid && g_unichar_isspace(c))
            continue;
        if (c == 0x2212 || (c >= 0x2010 && c <= 0x2013))
            c = '-';
        simple[length++] = c < 0x80 ? g_ascii_toupper((char)c) : '?';
    }
    simple[length] = '\0';
}

/* "1,99E+11", "6.4E9" */
static gboolean is_spreadsheet(const char *text)
{
    if (!g_ascii_isdigit(*text))
        return FALSE;
    text += strspn(text, "0123456789");
    if (*text == ',' || *text == '.')
        text += 1 + strspn(text + 1, "0123456789");
    if (*text++ != 'E')
        return FALSE;
    if (*text == '+')
        text++;
    gsize exponent = strspn(text, "0123456789");
    return exponent >= 1 && exponent <= 3 && text[exponent] == '\0';
}

/* Takes the one sign out, which may only stand before the last four characters. '\0' without a
 * sign, '?' when it is elsewhere or there are more. */
static char take_sign(char *text)
{
    gsize length = strlen(text), at = strcspn(text, "+-");
    if (at == length)
        return '\0';
    if (at != length - 5)
        return '?';
    char sign = text[at];
    memmove(text + at, text + at + 1, length - at);
    return strpbrk(text, "+-") == NULL ? sign : '?';
}

static int number_of(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + digits[i] - '0';
    return value;
}

/* Modulus 10 with weights 2,1 over the nine digits before the last (18 § folkbokföringslagen). */
static gboolean check_digit_fits(const char *ten)
{
    int sum = 0;
    for (int i = 0; i < 9; i++) {
        int product = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return (10 - sum % 10) % 10 == ten[9] - '0';
}

static void set_number(IdNumber *id, const char *twelve)
{
    g_snprintf(id->number, sizeof id->number, "%.8s-%.4s", twelve, twelve + 8);
}

/* The century of a ten-digit number: the latest that does not lie after `today`, or with "+" the
 * latest in which the person turns 100 this year or earlier. `month` and `day` 0 are not known;
 * then the earliest day they could be is looked at. */
static int full_year(int two_digits, int month, int day, char sign, Date today)
{
    int this_year = 0, this_month = 0, this_day = 0;
    date_to_ymd(today, &this_year, &this_month, &this_day);
    int limit = sign == '+' ? this_year - 100 : this_year;
    int year = limit - limit % 100 + two_digits;
    if (year > limit)
        year -= 100;
    gboolean later_this_year = month > this_month || (month == this_month && day > this_day);
    return year == this_year && later_this_year ? year - 100 : year;
}

/* Inera's reservnummer: year and month of birth, 32-59 for a day, three digits and a check digit.
 */
static gboolean is_inera(const char *twelve, Date today)
{
    int year = number_of(twelve, 4), month = number_of(twelve + 4, 2);
    int day = number_of(twelve + 6, 2);
    Date month_begins = date_from_ymd(year, month, 1);
    return day >= INERA_DAYS && day < SAMORDNING_DAYS && month_begins != DATE_NONE &&
           month_begins <= today && check_digit_fits(twelve + 2);
}

/* Fills in all that twelve digits say. `today` may not be before the birth. */
static IdFault read_twelve(const char *twelve, Date today, IdNumber *id)
{
    int month = number_of(twelve + 4, 2), day = number_of(twelve + 6, 2);
    if (is_inera(twelve, today)) {
        id->kind = ID_RESERVNUMMER;
        id->year = number_of(twelve, 4);
        set_number(id, twelve);
        return ID_OK;
    }
    id->kind = day >= SAMORDNING_DAYS ? ID_SAMORDNINGSNUMMER : ID_PERSONNUMMER;
    id->year = number_of(twelve, 4);
    id->sex = (twelve[10] - '0') % 2 == 1 ? SEX_MAN : SEX_WOMAN;
    set_number(id, twelve);

    gboolean coordination = id->kind == ID_SAMORDNINGSNUMMER;
    int real_day = coordination ? day - SAMORDNING_DAYS : day;
    gboolean day_unknown = coordination && (month == 0 || real_day == 0);
    Date earliest = day_unknown ? date_from_ymd(id->year, MAX(month, 1), 1)
                                : date_from_ymd(id->year, month, real_day);
    if (earliest == DATE_NONE || real_day > 31)
        return ID_DATE;
    if (!day_unknown)
        id->birth = earliest;
    if (earliest > today)
        return ID_FUTURE;
    if (number_of(twelve + 8, 3) == 0)
        return ID_SERIAL;
    return check_digit_fits(twelve + 2) ? ID_OK : ID_CHECK_DIGIT;
}

/* Ten characters with their century, of which the first six are digits. */
static void complete_century(const char *ten, char sign, Date today, char *twelve)
{
    int month = number_of(ten + 2, 2), day = number_of(ten + 4, 2);
    if (day >= SAMORDNING_DAYS)
        day -= SAMORDNING_DAYS;
    else if (day >= INERA_DAYS)
        day = 0;
    int year = full_year(number_of(ten, 2), month, day, sign, today);
    g_snprintf(twelve, 13, "%02d%s", year / 100, ten);
}

static IdFault read_digits(const char *digits, char sign, Date today, IdNumber *id)
{
    if (strlen(digits) == 12)
        return read_twelve(digits, today, id);

    char twelve[13];
    complete_century(digits, sign, today, twelve);
    return read_twelve(twelve, today, id);
}

static Date date_of(const char *eight, int century)
{
    return date_from_ymd(century * 100 + number_of(eight + 2, 2), number_of(eight + 4, 2),
                         number_of(eight + 6, 2));
}

/* A reservnummer without a century has a real date, or it may be anything. */
static IdFault read_short_reserve(const char *ten, char sign, Date today, IdNumber *id)
{
    char twelve[13];
    complete_century(ten, sign, today, twelve);
    id->kind = ID_RESERVNUMMER;
    set_number(id, twelve);
    id->birth = date_of(twelve, number_of(twelve, 2));
    id->year = id->birth != DATE_NONE ? number_of(twelve, 4) : 0;
    return id->birth != DATE_NONE ? ID_OK : ID_DATE;
}

/* Twelve characters. The regions' own check digits differ and are not counted. */
static IdFault read_long_reserve(const char *text, Date today, IdNumber *id)
{
    id->kind = ID_RESERVNUMMER;
    if (strspn(text, "0123456789") == 12) {
        memcpy(id->number, text, 13);
        return ID_OK;
    }
    set_number(id, text);
    int prefix = number_of(text, 2);
    int century = prefix > 20 ? 18 + prefix % 3 : prefix;
    Date birth = date_of(text, century);
    if (birth != DATE_NONE && birth <= today) {
        id->birth = birth;
        id->year = century * 100 + number_of(text + 2, 2);
    }
    return ID_OK;
}

/* Six or eight digits and four characters with a letter, or twelve digits from 99. */
static gboolean is_reserve(const char *text, char sign)
{
    gsize length = strlen(text), digits = strspn(text, "0123456789");
    if (length == 12 && digits == 12)
        return sign != '+' && strncmp(text, "99", 2) == 0;
    return strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length && digits < length &&
           ((length == 10 && digits >= 6) || (length == 12 && digits >= 8 && sign != '+'));
}

static IdFault read_number(const char *text, Date today, IdNumber *id)
{
    /* Room to see that a text is too long, and for the longest ruined number. */
    char simple[40];
    simplify(text, simple, sizeof simple);
    if (*simple == '\0')
        return ID_EMPTY;
    if (is_spreadsheet(simple))
        return ID_SPREADSHEET;
    if (strlen(simple) > LONGEST)
        return ID_FORM;

    char sign = take_sign(simple);
    if (sign == '?')
        return ID_FORM;
    gsize length = strlen(simple);
    if (is_reserve(simple, sign))
        return length == 12 ? read_long_reserve(simple, today, id)
                            : read_short_reserve(simple, sign, today, id);
    if (strspn(simple, "0123456789") != length || (length != 10 && length != 12))
        return ID_FORM;
    return read_digits(simple, sign, today, id);
}

gboolean idnumber_parse(const char *text, Date today, IdNumber *id)
{
    *id = (IdNumber){.birth = DATE_NONE};
    id->fault = read_number(text, today, id);
    return id->fault == ID_OK;
}

const char *idnumber_fault_text(IdFault fault)
{
    switch (fault) {
    case ID_EMPTY:
        return _("There is no identity number here. Write one, for example YYYYMMDD-NNNN.");
    case ID_FORM:
        return _("An identity number has ten or twelve digits. Write it as YYYYMMDD-NNNN.");
    case ID_DATE:
        return _("There is no such day. Check the year, the month and the day.");
    case ID_FUTURE:
        return _("The birth date lies in the future. Check the year.");
    case ID_SERIAL:
        return _("No identity number has 000 after the date. Check the last four digits.");
    case ID_CHECK_DIGIT:
        return _("The digits do not fit together, so one of them is probably mistyped. Compare "
                 "them with the document.");
    case ID_SPREADSHEET:
        return _("A spreadsheet has shortened this number, and digits are lost. Take it from the "
                 "system it came from, with the column set to text.");
    case ID_OK:
        break;
    }
    return "";
}

const char *idnumber_kind_name(IdKind kind)
{
    switch (kind) {
    case ID_PERSONNUMMER:
        return _("personal identity number");
    case ID_SAMORDNINGSNUMMER:
        return _("coordination number");
    case ID_RESERVNUMMER:
        return _("reserve number");
    case ID_NONE:
        break;
    }
    return _("no identity number");
}

const char *sex_name(Sex sex)
{
    switch (sex) {
    case SEX_WOMAN:
        return C_("sex", "woman");
    case SEX_MAN:
        return C_("sex", "man");
    case SEX_OTHER:
        return C_("sex", "other");
    case SEX_UNKNOWN:
        break;
    }
    return C_("sex", "not known");
}
