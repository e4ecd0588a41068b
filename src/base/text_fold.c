/* text_fold.c: text made clean, made alike for searching, and ordered. ICU works on UTF-16, so
 * each function goes there and back. */
#include "base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define REPLACEMENT 0xFFFD
#define TATWEEL 0x0640 /* draws an Arabic word out */

/* UTF-16 text. A name fits in `fixed`, so that searching and importing allocate nothing here. */
typedef struct {
    UChar fixed[128];
    UChar *text; /* `fixed`, or allocated */
    int32_t length, capacity;
} Wide;

static void wide_init(Wide *wide)
{
    wide->text = wide->fixed;
    wide->length = 0;
    wide->capacity = G_N_ELEMENTS(wide->fixed);
}

static void wide_clear(Wide *wide)
{
    if (wide->text != wide->fixed)
        g_free(wide->text);
}

/* Makes room for what did not fit; the text is written anew. */
static void wide_grow(Wide *wide, int32_t capacity)
{
    wide_clear(wide);
    wide->text = g_new(UChar, capacity);
    wide->capacity = capacity;
}

/* Bytes that are no UTF-8 become U+FFFD. */
static void wide_from_utf8(Wide *wide, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide->text, wide->capacity, &wide->length, text, -1, REPLACEMENT, NULL,
                         &status);
    if (status != U_BUFFER_OVERFLOW_ERROR)
        return;
    status = U_ZERO_ERROR;
    wide_grow(wide, wide->length + 1);
    u_strFromUTF8WithSub(wide->text, wide->capacity, &wide->length, text, -1, REPLACEMENT, NULL,
                         &status);
}

static void wide_normalise(const Wide *from, Wide *to, const UNormalizer2 *form)
{
    UErrorCode status = U_ZERO_ERROR;
    to->length = unorm2_normalize(form, from->text, from->length, to->text, to->capacity, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR)
        return;
    status = U_ZERO_ERROR;
    wide_grow(to, to->length + 1);
    to->length = unorm2_normalize(form, from->text, from->length, to->text, to->capacity, &status);
}

static char *wide_to_utf8(const Wide *wide)
{
    /* A UTF-16 unit is at most three bytes. */
    int32_t capacity = wide->length * 3 + 1;
    char *utf8 = g_malloc((gsize)capacity);
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(utf8, capacity, NULL, wide->text, wide->length, &status);
    return utf8;
}

/* --- cleaning --------------------------------------------------------------------------------- */

static gboolean is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (((guchar)*text < 0x20 && *text != '\n' && *text != '\t') || (guchar)*text >= 0x7F)
            return FALSE;
    return TRUE;
}

/* Marks that turn the direction of text round, and those that show nothing. */
static gboolean vanishes(UChar c)
{
    return c == 0x00AD || c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F || c == 0xFEFF ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

static gboolean is_control(UChar c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

static void take_out_controls(Wide *wide)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < wide->length; i++) {
        UChar c = wide->text[i];
        gboolean is_cr_of_newline = c == '\r' && i + 1 < wide->length && wide->text[i + 1] == '\n';
        if (vanishes(c) || is_cr_of_newline)
            continue;
        if (c == 0x2028 || c == 0x2029)
            c = '\n';
        wide->text[kept++] = is_control(c) ? REPLACEMENT : c;
    }
    wide->length = kept;
}

char *text_clean(const char *text)
{
    if (is_plain(text))
        return g_strdup(text);
    UErrorCode status = U_ZERO_ERROR;
    Wide wide, composed;
    wide_init(&wide);
    wide_init(&composed);
    wide_from_utf8(&wide, text);
    take_out_controls(&wide);
    wide_normalise(&wide, &composed, unorm2_getNFCInstance(&status));
    char *clean = wide_to_utf8(&composed);
    wide_clear(&wide);
    wide_clear(&composed);
    return clean;
}

char *text_display(const char *text)
{
    char *clean = text_clean(text);
    char *end = clean;
    for (const char *at = clean; *at != '\0';) {
        gsize run = strspn(at, " \n\t");
        gboolean breaks = memchr(at, '\n', run) != NULL || memchr(at, '\t', run) != NULL;
        if (run == 0 || !breaks) {
            gsize length = MAX(run, 1);
            memmove(end, at, length);
            end += length;
            at += length;
        } else {
            *end++ = ' ';
            at += run;
        }
    }
    *end = '\0';
    return clean;
}

/* --- folding ---------------------------------------------------------------------------------- */

/* Letters without a decomposition that are a form of another: Latin by Swedish habit, and those of
 * Kurdish, Persian and Urdu as who has an Arabic keyboard types them. */
static const char *relative_of(UChar32 c)
{
    switch (c) {
    case 0x0180: /* ƀ */
    case 0x0253: /* ɓ */
        return "b";
    case 0x0256: /* ɖ */
    case 0x0257: /* ɗ */
        return "d";
    case 0x0259: /* ə */
        return "a";
    case 0x025B: /* ɛ */
        return "e";
    case 0x01E5: /* ǥ */
    case 0x0263: /* ɣ */
        return "g";
    case 0x0268: /* ɨ */
        return "i";
    case 0x0138: /* ĸ */
    case 0x0199: /* ƙ */
        return "k";
    case 0x014B: /* ŋ */
    case 0x0272: /* ɲ */
        return "n";
    case 0x0254: /* ɔ */
        return "o";
    case 0x0289: /* ʉ */
        return "u";
    case 0x01B4: /* ƴ */
        return "y";
    case 0x01B6: /* ƶ */
    case 0x0292: /* ʒ */
        return "z";
    case 0x0671: /* ٱ */
        return "ا";
    case 0x06A9: /* ک */
        return "ك";
    case 0x0649: /* ى */
    case 0x06CC: /* ی */
    case 0x06CE: /* ێ */
        return "ي";
    case 0x06C6: /* ۆ */
        return "و";
    case 0x0629: /* ة */
    case 0x06BE: /* ھ */
    case 0x06C1: /* ہ */
    case 0x06D5: /* ە */
        return "ه";
    case 0x0695: /* ڕ */
        return "ر";
    case 0x06B5: /* ڵ */
        return "ل";
    case 0x00E6: /* æ */
        return "ä";
    case 0x00F8: /* ø */
        return "ö";
    case 0x00F0: /* ð */
    case 0x0111: /* đ */
        return "d";
    case 0x00FE: /* þ */
        return "th";
    case 0x0127: /* ħ */
        return "h";
    case 0x0131: /* ı */
        return "i";
    case 0x0142: /* ł */
        return "l";
    case 0x0153: /* œ */
        return "oe";
    case 0x0167: /* ŧ */
        return "t";
    default:
        return NULL;
    }
}

/* å ä ö in the decomposed text before `*at`, which then moves behind the marks. */
static const char *swedish_letter(UChar32 base, const Wide *wide, int32_t *at)
{
    const char *letter = NULL;
    while (*at < wide->length && (U_GET_GC_MASK(wide->text[*at]) & U_GC_M_MASK) != 0) {
        UChar mark = wide->text[(*at)++];
        if (letter != NULL)
            continue;
        if (base == 'a' && mark == 0x030A)
            letter = "å";
        else if (base == 'a' && mark == 0x0308)
            letter = "ä";
        else if (base == 'o' && mark == 0x0308)
            letter = "ö";
    }
    return letter;
}

/* `text` has room for three bytes for each unit of `wide`. */
static void write_folded(const Wide *wide, char *text)
{
    gboolean gap = FALSE;
    gsize length = 0;
    for (int32_t at = 0; at < wide->length;) {
        UChar32 c = 0;
        U16_NEXT(wide->text, at, wide->length, c);
        if ((U_GET_GC_MASK(c) & U_GC_M_MASK) != 0)
            continue;
        if (c == TATWEEL)
            continue;
        /* Apostrophes are letters in some scripts (U+02BC). */
        if (!u_isalnum(c) || (c >= 0x02B0 && c <= 0x02FF)) {
            gap = length > 0;
            continue;
        }
        if (gap)
            text[length++] = ' ';
        gap = FALSE;
        const char *letter = NULL;
        if (c == 'a' || c == 'o')
            letter = swedish_letter(c, wide, &at);
        if (letter == NULL)
            letter = relative_of(c);
        if (letter != NULL) {
            gsize letter_length = strlen(letter);
            memcpy(text + length, letter, letter_length);
            length += letter_length;
        } else {
            length += (gsize)g_unichar_to_utf8((gunichar)c, text + length);
        }
    }
    text[length] = '\0';
}

static char *fold_ascii(const char *text)
{
    char *folded = g_malloc(strlen(text) + 1), *end = folded;
    gboolean gap = FALSE;
    for (; *text != '\0'; text++) {
        if (!g_ascii_isalnum(*text)) {
            gap = end > folded;
            continue;
        }
        if (gap)
            *end++ = ' ';
        gap = FALSE;
        *end++ = g_ascii_tolower(*text);
    }
    *end = '\0';
    return folded;
}

char *text_fold(const char *text)
{
    if (g_str_is_ascii(text))
        return fold_ascii(text);
    UErrorCode status = U_ZERO_ERROR;
    Wide wide, folded;
    wide_init(&wide);
    wide_init(&folded);
    wide_from_utf8(&wide, text);
    wide_normalise(&wide, &folded, unorm2_getNFKCCasefoldInstance(&status));
    wide_normalise(&folded, &wide, unorm2_getNFDInstance(&status));
    char *result = g_malloc((gsize)wide.length * 3 + 1);
    write_folded(&wide, result);
    wide_clear(&wide);
    wide_clear(&folded);
    return result;
}

char *text_fold_bare(const char *folded)
{
    if (g_str_is_ascii(folded))
        return NULL;
    g_autoptr(GString) bare = g_string_new(folded);
    guint found = g_string_replace(bare, "å", "a", 0);
    found += g_string_replace(bare, "ä", "a", 0);
    found += g_string_replace(bare, "ö", "o", 0);
    return found > 0 ? g_strdup(bare->str) : NULL;
}

char **text_fold_words(const char *text)
{
    g_autofree char *folded = text_fold(text);
    return g_strsplit(folded, " ", -1);
}

/* --- order ------------------------------------------------------------------------------------ */

/* Swedish, whatever the host's locale. Opening reads the rules (milliseconds) and afterwards the
 * collator is only read, which ICU allows from any thread; so it is opened once and kept. */
static const UCollator *swedish(void)
{
    static gsize once;
    static UCollator *collator;
    if (g_once_init_enter(&once)) {
        UErrorCode status = U_ZERO_ERROR;
        collator = ucol_open("sv", &status);
        if (U_FAILURE(status))
            g_error("ICU has no Swedish order: %s", u_errorName(status));
        g_once_init_leave(&once, 1);
    }
    return collator;
}

GBytes *text_sort_key(const char *text)
{
    guint8 fixed[256];
    Wide wide;
    wide_init(&wide);
    wide_from_utf8(&wide, text);
    int32_t length = ucol_getSortKey(swedish(), wide.text, wide.length, fixed, sizeof fixed);
    GBytes *key = NULL;
    if (length <= (int32_t)sizeof fixed) {
        key = g_bytes_new(fixed, (gsize)length - 1);
    } else {
        guint8 *bytes = g_malloc((gsize)length);
        ucol_getSortKey(swedish(), wide.text, wide.length, bytes, length);
        key = g_bytes_new_take(bytes, (gsize)length - 1);
    }
    wide_clear(&wide);
    return key;
}

int text_collate(const char *a, const char *b)
{
    UErrorCode status = U_ZERO_ERROR;
    return (int)ucol_strcollUTF8(swedish(), a, -1, b, -1, &status);
}
