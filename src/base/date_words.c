/* date_words.c: a date as people type it.
 *
 * The text is cut into numbers, words and signs. The kinds of these tokens in a row ("n/n n",
 * "nw", "wnw") say which form was used; the values are only looked at after that. */
#include "base/date.h"

#include <math.h>

#include "base/text.h"

#include <string.h>

#define TOKENS 7

typedef struct {
    char *words[TOKENS];    /* small letters; NULL for a number or a sign */
    int numbers[TOKENS];    /* in the order of the tokens; 0 for a word or a sign */
    int digits[TOKENS];     /* how many digits a number was typed with */
    char shape[TOKENS + 1]; /* 'n' a number, 'w' a word, else the sign itself */
    int count;
} Tokens;

static void tokens_clear(Tokens *tokens)
{
    for (int i = 0; i < tokens->count; i++)
        g_free(tokens->words[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tokens, tokens_clear)

static const char *take_number(Tokens *tokens, const char *at)
{
    int i = tokens->count;
    for (; g_ascii_isdigit(*at); at++) {
        if (++tokens->digits[i] > 8)
            return NULL;
        tokens->numbers[i] = tokens->numbers[i] * 10 + *at - '0';
    }
    tokens->shape[i] = 'n';
    return at;
}

static const char *take_word(Tokens *tokens, const char *at)
{
    const char *start = at;
    while (g_unichar_isalpha(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    tokens->words[tokens->count] = g_strndup(start, (gsize)(at - start));
    tokens->shape[tokens->count] = 'w';
    return at;
}

/* FALSE when `text` has more or other tokens than any date. */
static gboolean tokens_read(Tokens *tokens, const char *text)
{
    /* GLib reads past the end of a text that ends in half a character. */
    if (!g_utf8_validate(text, -1, NULL))
        return FALSE;
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_autofree char *small = g_utf8_strdown(composed, -1);
    for (const char *at = small; *at != '\0';) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_isspace(c)) {
            at = g_utf8_next_char(at);
            continue;
        }
        if (tokens->count == TOKENS)
            return FALSE;
        if (g_ascii_isdigit(*at)) {
            at = take_number(tokens, at);
            tokens->count++;
            if (at == NULL)
                return FALSE;
        } else if (g_unichar_isalpha(c)) {
            at = take_word(tokens, at);
            tokens->count++;
        } else if (strchr("+-/.,", *at) != NULL) {
            tokens->shape[tokens->count++] = *at++;
        } else {
            return FALSE;
        }
    }
    return tokens->count > 0;
}

static gboolean is_shape(const Tokens *tokens, const char *shape)
{
    return strcmp(tokens->shape, shape) == 0;
}

static gboolean is_one_of(const char *word, const char *const *list)
{
    return word != NULL && g_strv_contains(list, word);
}

/* Which of `names` (`count` each in Swedish, English, Finnish) begins with `word`: 1 and up, 0 for
 * none. The languages are asked in this order: "mar" is March although "marraskuu" is November. */
static int find_name(const char *word, const char *const *names, int count, int least)
{
    if (word == NULL || g_utf8_strlen(word, -1) < least)
        return 0;
    for (int i = 0; i < 3 * count; i++)
        if (g_str_has_prefix(names[i], word))
            return i % count + 1;
    return 0;
}

static int find_weekday(const char *word)
{
    static const char *const NAMES[] = {
        "måndag",    "tisdag",  "onsdag",      "torsdag",  "fredag",    "lördag",   "söndag",
        "monday",    "tuesday", "wednesday",   "thursday", "friday",    "saturday", "sunday",
        "maanantai", "tiistai", "keskiviikko", "torstai",  "perjantai", "lauantai", "sunnuntai"};
    return find_name(word, NAMES, 7, 2);
}

static int find_month(const char *word)
{
    static const char *const NAMES[] = {
        "januari",    "februari",   "mars",        "april",      "maj",         "juni",
        "juli",       "augusti",    "september",   "oktober",    "november",    "december",
        "january",    "february",   "march",       "april",      "may",         "june",
        "july",       "august",     "september",   "october",    "november",    "december",
        "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta",  "kesäkuuta",
        "heinäkuuta", "elokuuta",   "syyskuuta",   "lokakuuta",  "marraskuuta", "joulukuuta"};
    return find_name(word, NAMES, 12, 3);
}

static gboolean is_week_mark(const char *word)
{
    static const char *const MARKS[] = {"v",  "vecka", "veckor", "w",       "week", "weeks",
                                        "vk", "vko",   "viikko", "viikkoa", NULL};
    return is_one_of(word, MARKS);
}

static gboolean is_day_mark(const char *word)
{
    static const char *const MARKS[] = {"d",     "dag",    "dagar", "day", "days",
                                        "päivä", "päivää", "pv",    NULL};
    return is_one_of(word, MARKS);
}

/* The nearer of two days to `today`; the later one when both are as near. */
static Date nearer(Date a, Date b, Date today)
{
    if (a == DATE_NONE || b == DATE_NONE)
        return a == DATE_NONE ? b : a;
    int distance_a = ABS(a - today), distance_b = ABS(b - today);
    if (distance_a == distance_b)
        return MAX(a, b);
    return distance_a < distance_b ? a : b;
}

static int year_of(Date date)
{
    int year = 0, month = 0, day = 0;
    date_to_ymd(date, &year, &month, &day);
    return year;
}

/* Without a year. 29 February is only understood from the leap year and the years beside it. */
static Date nearest_day(int month, int day, Date today)
{
    Date best = DATE_NONE;
    for (int year = year_of(today) - 1; year <= year_of(today) + 1; year++)
        best = nearer(best, date_from_ymd(year, month, day), today);
    return best;
}

/* `year` typed with two digits is the nearest such year, with four it is itself. */
static Date with_year(int year, int year_digits, int month, int day, Date today)
{
    if (year_digits == 4)
        return date_from_ymd(year, month, day);
    if (year_digits != 2)
        return DATE_NONE;
    int century = year_of(today) / 100 * 100;
    Date best = DATE_NONE;
    for (int base = century - 100; base <= century + 100; base += 100)
        best = nearer(best, date_from_ymd(base + year, month, day), today);
    return best;
}

/* "20261121", "261121", "2026-11-21", "21/11", "21.11.", "21/11 2026", "21/11-26", "21.11.2026" */
static Date parse_numbers(const Tokens *tokens, Date today)
{
    static const char *const DAY_MONTH[] = {"n/n", "n.n", "n.n.", NULL};
    static const char *const DAY_MONTH_YEAR[] = {"n/nn",  "n.nn",  "n.n.n", "n/n/n",
                                                 "n/n-n", "n.n-n", NULL};
    const int *number = tokens->numbers, *width = tokens->digits;
    if (is_shape(tokens, "n")) {
        int day = number[0] % 100, month = number[0] / 100 % 100, year = number[0] / 10000;
        if (width[0] == 8)
            return date_from_ymd(year, month, day);
        return width[0] == 6 ? with_year(year, 2, month, day, today) : DATE_NONE;
    }
    if (is_one_of(tokens->shape, DAY_MONTH))
        return nearest_day(number[2], number[0], today);
    gboolean year_first = width[0] == 4 && tokens->count == 5;
    if (year_first &&
        (is_shape(tokens, "n-n-n") || is_shape(tokens, "n/n/n") || is_shape(tokens, "n.n.n")))
        return date_from_ymd(number[0], number[2], number[4]);
    if (is_one_of(tokens->shape, DAY_MONTH_YEAR)) {
        int last = tokens->count - 1;
        return with_year(number[last], width[last], number[2], number[0], today);
    }
    return DATE_NONE;
}

/* "om 3 dagar", "om en vecka", "in 2 weeks" */
static Date parse_ahead(const Tokens *tokens, Date today)
{
    static const char *const AHEAD[] = {"om", "in", NULL}, *const ONE[] = {"en", "a", "one", NULL};
    const gboolean one = is_shape(tokens, "www") && is_one_of(tokens->words[1], ONE);
    const gboolean weeks = tokens->count == 3 && is_week_mark(tokens->words[2]);
    if ((!one && !is_shape(tokens, "wnw")) || !is_one_of(tokens->words[0], AHEAD) ||
        (!weeks && !is_day_mark(tokens->words[2])) || (!one && tokens->digits[1] > 3))
        return DATE_NONE;
    return today + (one ? 1 : tokens->numbers[1]) * (weeks ? 7 : 1);
}

/* "+3", "-2", "+2v" */
static Date parse_offset(const Tokens *tokens, Date today)
{
    gboolean bare = is_shape(tokens, "+n") || is_shape(tokens, "-n");
    if ((!bare && !is_shape(tokens, "+nw") && !is_shape(tokens, "-nw")) || tokens->digits[1] > 5)
        return DATE_NONE;
    if (!bare && !is_week_mark(tokens->words[2]) && !is_day_mark(tokens->words[2]))
        return DATE_NONE;
    int days = tokens->numbers[1] * (!bare && is_week_mark(tokens->words[2]) ? 7 : 1);
    Date date = tokens->shape[0] == '+' ? today + days : today - days;
    return date >= date_from_ymd(1800, 1, 1) && date <= date_from_ymd(2199, 12, 31) ? date
                                                                                    : DATE_NONE;
}

/* "21 nov", "21 november 2026", "21. marraskuuta", "den 21 nov", "Nov 21", "November 21, 2026" */
static Date parse_month_name(const Tokens *tokens, Date today)
{
    static const struct {
        const char *shape;
        int day, month, year; /* places of the tokens; -1 without a year */
    } FORMS[] = {
        {"nw", 0, 1, -1},  {"n.w", 0, 2, -1}, {"nwn", 0, 1, 2},  {"n.wn", 0, 2, 3},
        {"wn", 1, 0, -1},  {"wn,n", 1, 0, 3}, {"wnn", 1, 0, 2},  {"wnw", 1, 2, -1},
        {"nw.", 0, 1, -1}, {"nw.n", 0, 1, 3}, {"wnwn", 1, 2, 3},
    };
    static const char *const ARTICLES[] = {"den", "the", NULL};
    for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        if (!is_shape(tokens, FORMS[i].shape))
            continue;
        gboolean has_article = FORMS[i].day == 1 && FORMS[i].month == 2;
        if (has_article && !is_one_of(tokens->words[0], ARTICLES))
            continue;
        int month = find_month(tokens->words[FORMS[i].month]);
        int day = tokens->numbers[FORMS[i].day], year = FORMS[i].year;
        if (month == 0)
            continue;
        if (year < 0)
            return nearest_day(month, day, today);
        return with_year(tokens->numbers[year], tokens->digits[year], month, day, today);
    }
    return DATE_NONE;
}

/* The weekday of the week with this number that is nearest to `today`. */
static Date nearest_week_day(int week, int weekday, Date today)
{
    Date best = DATE_NONE;
    for (int year = year_of(today) - 1; year <= year_of(today) + 1; year++)
        if (week >= 1 && week <= weeks_in_year(year))
            best = nearer(best, week_monday(year * 100 + week) + weekday - 1, today);
    return best;
}

/* "v47 fre", "v. 47 fredag", "fre v47", "2026-W47 fre" */
static Date parse_week(const Tokens *tokens, Date today)
{
    static const struct {
        const char *shape;
        int mark, number, weekday;
    } FORMS[] = {{"wnw", 0, 1, 2}, {"w.nw", 0, 2, 3}, {"wwn", 1, 2, 0}, {"ww.n", 1, 3, 0}};
    for (guint i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        if (!is_shape(tokens, FORMS[i].shape) || !is_week_mark(tokens->words[FORMS[i].mark]))
            continue;
        int weekday = find_weekday(tokens->words[FORMS[i].weekday]);
        return weekday == 0 ? DATE_NONE
                            : nearest_week_day(tokens->numbers[FORMS[i].number], weekday, today);
    }
    if (!is_shape(tokens, "n-wnw") || tokens->digits[0] != 4 || !is_week_mark(tokens->words[2]))
        return DATE_NONE;
    g_autofree char *text = g_strdup_printf("%04d-W%02d", tokens->numbers[0], tokens->numbers[3]);
    Week week = week_parse(text);
    int weekday = find_weekday(tokens->words[4]);
    return week == 0 || weekday == 0 ? DATE_NONE : week_monday(week) + weekday - 1;
}

/* "idag", "i övermorgon", "fredag", "på fredag" */
static Date parse_words(const Tokens *tokens, Date today)
{
    static const struct {
        const char *word; /* with its blanks taken out */
        int days;
    } RELATIVE[] = {
        {"idag", 0},        {"imorgon", 1},    {"imorrn", 1},         {"imorn", 1},
        {"igår", -1},       {"iförrgår", -2},  {"iövermorgon", 2},    {"today", 0},
        {"tomorrow", 1},    {"yesterday", -1}, {"tänään", 0},         {"huomenna", 1},
        {"ylihuomenna", 2}, {"eilen", -1},     {"toissapäivänä", -2}, {"övermorgon", 2},
    };
    static const char *const PREPOSITIONS[] = {"på", "on", NULL};
    if (!is_shape(tokens, "w") && !is_shape(tokens, "ww"))
        return DATE_NONE;
    g_autofree char *joined = g_strconcat(tokens->words[0], tokens->words[1], NULL);
    for (guint i = 0; i < G_N_ELEMENTS(RELATIVE); i++)
        if (strcmp(joined, RELATIVE[i].word) == 0)
            return today + RELATIVE[i].days;

    gboolean has_preposition = tokens->count == 2 && is_one_of(tokens->words[0], PREPOSITIONS);
    if (tokens->count == 2 && !has_preposition)
        return DATE_NONE;
    int weekday = find_weekday(tokens->words[tokens->count - 1]);
    if (weekday == 0)
        return DATE_NONE;
    return today + (weekday - date_weekday(today) + 7) % 7;
}

Date date_parse_words(const char *text, Date today)
{
    static Date (*const READERS[])(const Tokens *, Date) = {
        parse_numbers, parse_offset, parse_ahead, parse_words, parse_week, parse_month_name};
    g_auto(Tokens) tokens = {0};
    if (!tokens_read(&tokens, text))
        return DATE_NONE;
    for (guint i = 0; i < G_N_ELEMENTS(READERS); i++) {
        Date date = READERS[i](&tokens, today);
        if (date != DATE_NONE)
            return date;
    }
    return DATE_NONE;
}

/* "2026" behind a day is its year; "1415" is a time. */
static gboolean is_year(const char *word)
{
    return strlen(word) == 4 && strspn(word, "0123456789") == 4 &&
           (g_str_has_prefix(word, "19") || g_str_has_prefix(word, "20"));
}

/* The day of what stands before a time: "fre kl", "kl", "". */
static Date day_before_time(char *typed, Date today)
{
    g_strchomp(typed);
    if (g_str_has_suffix(typed, " kl") || g_str_equal(typed, "kl"))
        typed[strlen(typed) - strlen("kl")] = '\0';
    g_strchomp(typed);
    return typed[0] != '\0' ? date_parse_words(typed, today) : today;
}

gboolean date_parse_moment(const char *text, Date today, Date *date, int *minute)
{
    g_autofree char *typed = g_strstrip(g_strdup(text));
    char *blank = strrchr(typed, ' ');
    const char *last = blank != NULL ? blank + 1 : typed;
    int time = blank != NULL && is_year(last) ? -1 : time_parse(last);
    /* Alone, "21.11" is a day sooner than a time; behind a day, "14" is a time sooner than a year.
     */
    Date day = blank == NULL || time < 0 ? date_parse_words(typed, today) : DATE_NONE;
    if (day == DATE_NONE && time >= 0) {
        g_autofree char *before = g_strndup(typed, (gsize)(last - typed));
        day = day_before_time(before, today);
    } else {
        time = -1;
    }
    if (day == DATE_NONE) {
        day = date_parse_words(typed, today);
        time = -1;
    }
    if (day == DATE_NONE)
        return FALSE;
    *date = day;
    if (time >= 0)
        *minute = time;
    return TRUE;
}

/* --- lengths ---------------------------------------------------------------------------------- */

enum { HOUR_MINUTES = 60 };

/* What a minute or an hour is called, in the three languages: "min", "h", "tim", "t". */
static int unit_minutes(const char *unit)
{
    if (unit[0] == '\0' || g_str_has_prefix(unit, "m"))
        return 1;
    return g_str_has_prefix(unit, "h") || g_str_has_prefix(unit, "t") ? HOUR_MINUTES : 0;
}

gboolean length_parse(const char *text, int *minutes)
{
    if (!g_utf8_validate(text, -1, NULL))
        return FALSE;
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
