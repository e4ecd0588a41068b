/* encoding.h: in which encoding a file is written, and its text as UTF-8. */
#pragma once

#include <glib.h>

typedef enum {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_LATIN1, /* ISO-8859-1 */
    ENCODING_CP1252, /* Windows-1252 */
    ENCODING_CP850,  /* of DOS; its Swedish letters are those of CP437 too */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
} Encoding;

const char *encoding_name(Encoding encoding); /* "ISO-8859-1"; static, not translated */
/* TRUE when `name` is known ("latin1", "iso-8859-1", "cp1252", "utf-8", "utf-16le" …). */
gboolean encoding_parse(const char *name, Encoding *encoding);

/* From the byte-order mark; else valid UTF-8; else UTF-16 by its zero bytes; else UTF-8 after all
 * where most bytes beyond ASCII are (encoding_to_utf8() then refuses the stray ones); else CP850
 * where its å ä ö stand inside words more often than those of Windows; else Windows-1252 where bytes
 * 0x80-0x9F stand, ISO-8859-1 where none do. */
Encoding encoding_detect(const char *bytes, gsize length);

/* The text as UTF-8 without byte-order mark. New; `out_length` may be NULL. ERROR_INPUT with the
 * line and the byte where the bytes do not fit the encoding, or when UTF-16 ends within a
 * character. */
char *encoding_to_utf8(const char *bytes, gsize length, Encoding encoding, gsize *out_length,
                       GError **error);
/* The same of bytes that are given away, with a NUL behind them: those that are UTF-8 already are
 * given back without a copy, so a large file lies once in memory. */
char *encoding_take_utf8(char *bytes, gsize length, Encoding encoding, gsize *out_length,
                         GError **error);
