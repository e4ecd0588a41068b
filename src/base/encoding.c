/* encoding.c: guesses an encoding and converts with iconv (through g_convert). */
#include "base/encoding.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

static const char BOM_UTF8[] = "\xEF\xBB\xBF";
static const char BOM_UTF16LE[] = "\xFF\xFE";
static const char BOM_UTF16BE[] = "\xFE\xFF";

/* How much of a file is looked at for zero bytes. */
#define SAMPLE 4096

const char *encoding_name(Encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8:
        return "UTF-8";
    case ENCODING_UTF8_BOM:
        return "UTF-8 (BOM)";
    case ENCODING_LATIN1:
        return "ISO-8859-1";
    case ENCODING_CP1252:
        return "Windows-1252";
    case ENCODING_CP850:
        return "CP850";
    case ENCODING_UTF16LE:
        return "UTF-16LE";
    case ENCODING_UTF16BE:
        return "UTF-16BE";
    }
    return "";
}

gboolean encoding_parse(const char *name, Encoding *encoding)
{
    static const struct {
        const char *name; /* small letters and digits only */
        Encoding encoding;
    } NAMES[] = {
        {"utf8", ENCODING_UTF8},        {"utf8bom", ENCODING_UTF8_BOM},
        {"utf8sig", ENCODING_UTF8_BOM}, {"latin1", ENCODING_LATIN1},
        {"iso88591", ENCODING_LATIN1},  {"l1", ENCODING_LATIN1},
        {"cp1252", ENCODING_CP1252},    {"windows1252", ENCODING_CP1252},
        {"win1252", ENCODING_CP1252},   {"ansi", ENCODING_CP1252},
        {"cp850", ENCODING_CP850},      {"ibm850", ENCODING_CP850},
        {"cp437", ENCODING_CP850},      {"dos", ENCODING_CP850},
        {"utf16le", ENCODING_UTF16LE},  {"utf16be", ENCODING_UTF16BE},
    };
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *at = name; *at != '\0'; at++)
        if (g_ascii_isalnum(*at))
            g_string_append_c(plain, g_ascii_tolower(*at));
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        if (strcmp(plain->str, NAMES[i].name) == 0) {
            *encoding = NAMES[i].encoding;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_utf8(Encoding encoding)
{
    return encoding == ENCODING_UTF8 || encoding == ENCODING_UTF8_BOM;
}

static gboolean is_utf16(Encoding encoding)
{
    return encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
}

static gboolean starts_with(const char *bytes, gsize length, const char *start, gsize start_length)
{
    return length >= start_length && memcmp(bytes, start, start_length) == 0;
}

/* Western text has the high byte 0 in nearly every UTF-16 unit, and no zero in the low bytes. A
 * byte too many is a file cut off. */
static gboolean looks_like_utf16(const char *bytes, gsize length, Encoding *encoding)
{
    if (length < 2)
        return FALSE;
    gsize units = MIN(length, SAMPLE) / 2, zero_first = 0, zero_second = 0;
    for (gsize i = 0; i < units; i++) {
        zero_first += bytes[2 * i] == '\0';
        zero_second += bytes[2 * i + 1] == '\0';
    }
    if (MAX(zero_first, zero_second) * 2 < units || MIN(zero_first, zero_second) * 8 > units)
        return FALSE;
    *encoding = zero_first > zero_second ? ENCODING_UTF16BE : ENCODING_UTF16LE;
    return TRUE;
}

/* As many characters of several bytes or more as bytes that belong to none: a text in an encoding
 * of one byte each has such pairs only by a rare chance. */
static gboolean mostly_utf8(const char *bytes, gsize length)
{
    const char *at = bytes, *end = bytes + length;
    gsize characters = 0, strays = 0;
    while (at < end) {
        const char *stray = NULL;
        g_utf8_validate_len(at, (gsize)(end - at), &stray);
        for (; at < stray; at++)
            characters += (guchar)*at >= 0xC0;
        if (at < end) {
            strays++;
            at++;
        }
    }
    return characters > 0 && characters >= strays;
}

/* How often å, ä or ö stands beside an ASCII letter on both sides, given the three bytes that they
 * are. */
static gsize inside_words(const char *bytes, gsize length, const char *letters)
{
    gsize count = 0;
    for (gsize i = 1; i + 1 < length; i++)
        count += memchr(letters, bytes[i], 3) != NULL && g_ascii_isalpha(bytes[i - 1]) &&
                 g_ascii_isalpha(bytes[i + 1]);
    return count;
}

/* As Windows-1252 its letters are † „ and ”, which do not stand inside words. */
static gboolean looks_like_cp850(const char *bytes, gsize length)
{
    return inside_words(bytes, length, "\x86\x84\x94") >
           inside_words(bytes, length, "\xE5\xE4\xF6");
}

Encoding encoding_detect(const char *bytes, gsize length)
{
    if (starts_with(bytes, length, BOM_UTF8, 3))
        return ENCODING_UTF8_BOM;
    if (starts_with(bytes, length, BOM_UTF16LE, 2))
        return ENCODING_UTF16LE;
    if (starts_with(bytes, length, BOM_UTF16BE, 2))
        return ENCODING_UTF16BE;
    /* A zero byte is not valid here, so UTF-16 without a mark does not pass. */
    if (g_utf8_validate_len(bytes, length, NULL))
        return ENCODING_UTF8;
    Encoding utf16 = ENCODING_UTF16LE;
    if (looks_like_utf16(bytes, length, &utf16))
        return utf16;
    if (mostly_utf8(bytes, length))
        return ENCODING_UTF8;
    if (looks_like_cp850(bytes, length))
        return ENCODING_CP850;
    for (gsize i = 0; i < length; i++)
        if ((guchar)bytes[i] >= 0x80 && (guchar)bytes[i] <= 0x9F)
            return ENCODING_CP1252;
    return ENCODING_LATIN1;
}

/* The line, counted from 1, of the byte at `at`. */
static gsize line_of(const char *bytes, gsize at, Encoding encoding)
{
    gsize line = 1, unit = 1, low = 0;
    if (is_utf16(encoding)) {
        unit = 2;
        low = encoding == ENCODING_UTF16BE ? 1 : 0;
    }
    for (gsize i = 0; i + unit <= at; i += unit)
        if (bytes[i + low] == '\n' && (unit == 1 || bytes[i + 1 - low] == '\0'))
            line++;
    return line;
}

/* Names the byte at `at`; `offset` bytes of the file stand before `bytes`. */
static gboolean refuse(const char *bytes, gsize length, gsize at, gsize offset, Encoding encoding,
                       GError **error)
{
    const gboolean stray = is_utf8(encoding) && mostly_utf8(bytes, length);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                stray ? _("Line %zu cannot be read: byte %zu of the file (0x%02X) does not fit %s, "
                          "which most of the file is written in. Mend that line and save the file "
                          "as UTF-8, or export it again.")
                      : _("Line %zu cannot be read: byte %zu of the file (0x%02X) does not fit %s. "
                          "Choose another encoding, or save the file as UTF-8."),
                line_of(bytes, at, encoding), offset + at + 1, (guchar)bytes[at],
                encoding_name(encoding));
    return FALSE;
}

/* The length of the byte-order mark that belongs to `encoding`. */
static gsize mark_length(const char *bytes, gsize length, Encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8:
    case ENCODING_UTF8_BOM:
        return starts_with(bytes, length, BOM_UTF8, 3) ? 3 : 0;
    case ENCODING_UTF16LE:
        return starts_with(bytes, length, BOM_UTF16LE, 2) ? 2 : 0;
    case ENCODING_UTF16BE:
        return starts_with(bytes, length, BOM_UTF16BE, 2) ? 2 : 0;
    case ENCODING_LATIN1:
    case ENCODING_CP1252:
    case ENCODING_CP850:
        break;
    }
    return 0;
}

/* Where a zero character stands in the bytes; `length` when nowhere. It would end a C string and
 * hide the rest of the file. */
static gsize find_zero(const char *bytes, gsize length, Encoding encoding)
{
    if (!is_utf16(encoding)) {
        const char *zero = memchr(bytes, '\0', length);
        return zero != NULL ? (gsize)(zero - bytes) : length;
    }
    for (gsize i = 0; i + 1 < length; i += 2)
        if (bytes[i] == '\0' && bytes[i + 1] == '\0')
            return i;
    return length;
}

static const char *iconv_name(Encoding encoding)
{
    return encoding == ENCODING_CP1252 ? "CP1252" : encoding_name(encoding);
}

/* FALSE with what the bytes behind `mark` others cannot be, before they are converted. */
static gboolean fits(const char *text, gsize length, gsize mark, Encoding encoding, GError **error)
{
    const char *end = NULL;
    gsize zero = find_zero(text, length, encoding);
    if (zero < length)
        return refuse(text, length, zero, mark, encoding, error);
    if (is_utf8(encoding) && !g_utf8_validate_len(text, length, &end))
        return refuse(text, length, (gsize)(end - text), mark, encoding, error);
    if (!is_utf16(encoding) || length % 2 == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The file seems to be cut off: read as %s it ends in the middle of a character. "
                  "Export it again."),
                encoding_name(encoding));
    return FALSE;
}

static char *convert(const char *text, gsize length, gsize mark, Encoding encoding,
                     gsize *out_length, GError **error)
{
    gsize read = 0;
    g_autoptr(GError) fault = NULL;
    g_autofree char *utf8 =
        g_convert(text, (gssize)length, "UTF-8", iconv_name(encoding), &read, out_length, &fault);
    if (utf8 != NULL && read == length)
        return g_steal_pointer(&utf8);
    if (!g_error_matches(fault, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION)) {
        refuse(text, length, MIN(read, length - 1), mark, encoding, error);
        return NULL;
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("This computer cannot read %s. Save the file as UTF-8."),
                encoding_name(encoding));
    return NULL;
}

char *encoding_take_utf8(char *bytes, gsize length, Encoding encoding, gsize *out_length,
                         GError **error)
{
    g_autofree char *own = bytes;
    gsize mark = mark_length(bytes, length, encoding), written = length - mark;
    if (!fits(bytes + mark, length - mark, mark, encoding, error))
        return NULL;
    char *utf8 = NULL;
    if (is_utf8(encoding)) {
        memmove(own, own + mark, written + 1);
        utf8 = g_steal_pointer(&own);
    } else {
        utf8 = convert(own + mark, length - mark, mark, encoding, &written, error);
    }
    if (out_length != NULL)
        *out_length = written;
    return utf8;
}

char *encoding_to_utf8(const char *bytes, gsize length, Encoding encoding, gsize *out_length,
                       GError **error)
{
    char *own = g_malloc(length + 1);
    memcpy(own, bytes, length);
    own[length] = '\0';
    return encoding_take_utf8(own, length, encoding, out_length, error);
}
