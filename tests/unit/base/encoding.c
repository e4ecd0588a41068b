/* encoding.c: what encoding bytes are in, and what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/encoding.h"
#include "base/error.h"

/* A string with zero bytes, and its length without the last. */
#define BYTES(text) text, sizeof(text) - 1

static void encodings_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
        Encoding encoding;
    } CASES[] = {
        {BYTES(""), ENCODING_UTF8},
        {BYTES("only ASCII\r\n"), ENCODING_UTF8},
        {BYTES("Åsa Öberg"), ENCODING_UTF8},
        {BYTES("\xEF\xBB\xBFNamn"), ENCODING_UTF8_BOM},
        {BYTES("\xC5sa \xD6"
               "berg"),
         ENCODING_LATIN1},
        {BYTES("abc \xE5"), ENCODING_LATIN1},
        {BYTES("5 \x80"), ENCODING_CP1252},
        {BYTES("\x93hej\x94 \xE5"), ENCODING_CP1252},
        /* C5: å ä ö of DOS, which are † „ ” of Windows */
        {BYTES("B\x84"
               "ckman;Sj\x94"
               "berg;H\x86kan"),
         ENCODING_CP850},
        {BYTES("\x84"
               "ckman \x94"
               "berg"),
         ENCODING_CP1252},
        {BYTES("B\xE4"
               "ckman, a\x86"
               "b"),
         ENCODING_CP1252},
        {BYTES("\xFF\xFEN\0a\0"), ENCODING_UTF16LE},
        {BYTES("\xFE\xFF\0N\0a"), ENCODING_UTF16BE},
        {BYTES("N\0a\0m\0n\0;\0\xE5\0"), ENCODING_UTF16LE},
        {BYTES("\0N\0a\0m\0n\0;\0\xE5"), ENCODING_UTF16BE},
        {BYTES("N\0a\0m\0n\0;\0\x26\x26"), ENCODING_UTF16LE},
        {BYTES("\xC0\xAF"), ENCODING_LATIN1},     /* overlong */
        {BYTES("\xED\xA0\x80"), ENCODING_CP1252}, /* a surrogate */
        {BYTES("one \0 zero"), ENCODING_LATIN1},
        /* A stray byte does not make another encoding of what is UTF-8 otherwise. */
        {BYTES("Åsa\xFF"), ENCODING_UTF8},
        {BYTES("Åsa Öberg; \xE5"), ENCODING_UTF8},
        {BYTES("Åsa;Ö\xC3"), ENCODING_UTF8},
        {BYTES("Åsa\0"), ENCODING_UTF8},
        {BYTES("\xE5\xE4 \xF6 \x93\xC5\x94"), ENCODING_CP1252}, /* a pair that fits by chance */
        /* Cut within a character. */
        {BYTES("N\0a\0m\0n"), ENCODING_UTF16LE},
        {BYTES("\0N\0a\0m\0"), ENCODING_UTF16BE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Encoding found = encoding_detect(CASES[i].bytes, CASES[i].length);
        if (found != CASES[i].encoding)
            fail_msg("row %u is %s, not %s", i, encoding_name(found),
                     encoding_name(CASES[i].encoding));
    }
}

static void text_is_converted(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
        Encoding encoding;
        const char *text;
    } CASES[] = {
        {BYTES(""), ENCODING_UTF8, ""},
        {BYTES(""), ENCODING_LATIN1, ""},
        {BYTES("\xEF\xBB\xBF"), ENCODING_UTF8_BOM, ""},
        {BYTES("\xEF\xBB\xBFÅsa"), ENCODING_UTF8_BOM, "Åsa"},
        {BYTES("\xEF\xBB\xBFÅsa"), ENCODING_UTF8, "Åsa"},
        {BYTES("Åsa"), ENCODING_UTF8_BOM, "Åsa"},
        {BYTES("\xC5sa;\xE9"), ENCODING_LATIN1, "Åsa;é"},
        {BYTES("\x80 \x93\xE5\x94 \x96"), ENCODING_CP1252, "€ “å” –"},
        {BYTES("\x8Fsa B\x84"
               "ck, \x99rjan \x82"),
         ENCODING_CP850, "Åsa Bäck, Örjan é"},
        {BYTES("\xFF\xFE\xC5\0s\0\x3D\xD8\x00\xDE"), ENCODING_UTF16LE, "Ås😀"},
        {BYTES("\xC5\0s\0"), ENCODING_UTF16LE, "Ås"},
        {BYTES("\xFE\xFF\0\xC5\0s"), ENCODING_UTF16BE, "Ås"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        gsize length = 99;
        g_autofree char *text =
            encoding_to_utf8(CASES[i].bytes, CASES[i].length, CASES[i].encoding, &length, &error);
        assert_null(error);
        assert_string_equal(text, CASES[i].text);
        assert_int_equal(length, strlen(CASES[i].text));
    }
}

static void bytes_that_do_not_fit_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
        Encoding encoding;
        const char *place; /* in the sentence */
    } CASES[] = {
        {BYTES("a\nb\n\xE5 c"), ENCODING_UTF8, "Line 3 cannot be read: byte 5 of the file (0xE5)"},
        {BYTES("\xEF\xBB\xBF"
               "a\n\xFF"),
         ENCODING_UTF8_BOM, "Line 2 cannot be read: byte 6 of the file (0xFF)"},
        {BYTES("abc\xC3"), ENCODING_UTF8, "Line 1 cannot be read: byte 4 of the file (0xC3)"},
        {BYTES("a\n\x81"), ENCODING_CP1252, "Line 2 cannot be read: byte 3 of the file (0x81)"},
        {BYTES("a\nb\0c"), ENCODING_LATIN1, "Line 2 cannot be read: byte 4 of the file (0x00)"},
        {BYTES("a\nb\0c"), ENCODING_UTF8, "Line 2 cannot be read: byte 4 of the file (0x00)"},
        {BYTES("a\0\n\0\x00\xD8x\0"), ENCODING_UTF16LE,
         "Line 2 cannot be read: byte 5 of the file (0x00)"},
        {BYTES("Åsa\nÖberg\n\xE5 c"), ENCODING_UTF8,
         "Line 3 cannot be read: byte 13 of the file (0xE5) does not fit UTF-8, which most of the "
         "file is written in. Mend that line"},
        {BYTES("\xE5\xE4 Å"), ENCODING_UTF8, "does not fit UTF-8. Choose another encoding"},
        {BYTES("\xFF\xFE"
               "a\0b"),
         ENCODING_UTF16LE, "The file seems to be cut off"},
        {BYTES("a\0b"), ENCODING_UTF16LE, "The file seems to be cut off"},
        {BYTES("\xFE\xFF\0a\0"), ENCODING_UTF16BE, "The file seems to be cut off"},
        {BYTES("\0a\0\n\0\0"), ENCODING_UTF16BE,
         "Line 2 cannot be read: byte 5 of the file (0x00)"},
        {BYTES("\0a\xD8\x3D"), ENCODING_UTF16BE,
         "Line 1 cannot be read: byte 3 of the file (0xD8)"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        char *text =
            encoding_to_utf8(CASES[i].bytes, CASES[i].length, CASES[i].encoding, NULL, &error);
        assert_null(text);
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        if (strstr(error->message, CASES[i].place) == NULL)
            fail_msg("row %u: “%s”", i, error->message);
        assert_non_null(strstr(error->message, encoding_name(CASES[i].encoding)));
    }
}

static void names_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        Encoding encoding;
    } CASES[] = {
        {"utf-8", ENCODING_UTF8},         {"UTF8", ENCODING_UTF8},
        {"utf-8-sig", ENCODING_UTF8_BOM}, {"latin1", ENCODING_LATIN1},
        {"iso-8859-1", ENCODING_LATIN1},  {"ISO_8859-1", ENCODING_LATIN1},
        {"cp1252", ENCODING_CP1252},      {"Windows-1252", ENCODING_CP1252},
        {"cp850", ENCODING_CP850},        {"IBM850", ENCODING_CP850},
        {"utf-16le", ENCODING_UTF16LE},   {"UTF-16BE", ENCODING_UTF16BE},
    };
    Encoding encoding = ENCODING_UTF8;
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        assert_true(encoding_parse(CASES[i].name, &encoding));
        assert_int_equal(encoding, CASES[i].encoding);
    }
    for (int i = ENCODING_UTF8; i <= ENCODING_UTF16BE; i++) {
        assert_true(encoding_parse(encoding_name((Encoding)i), &encoding));
        assert_int_equal(encoding, i);
    }
    assert_false(encoding_parse("", &encoding));
    assert_false(encoding_parse("klingon", &encoding));
    assert_false(encoding_parse("utf-16", &encoding));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(text_is_converted),
        cmocka_unit_test(bytes_that_do_not_fit_are_told),
        cmocka_unit_test(names_are_known),
    };
    return cmocka_run_group_tests_name("base/encoding", tests, NULL, NULL);
}
