/* sheet_reader.c: a spreadsheet's own file as text: every kind of cell, and every kind of file that
 * is broken or means ill, which comes to one sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/i18n.h"
#include "exchange/sheet_private.h"
#include "exchange/sheet_reader.h"
#include "tests/unit/exchange/fixture_sheet.h"

/* The text, or "! " and the sentence. New. */
static char *read_bytes(const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sheet = NULL;
    gsize text_length = 0;
    char *text = sheet_reader_text(bytes, length, &text_length, &sheet, &error);
    if (text == NULL) {
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_null(strpbrk(error->message, "\r\n\033"));
        return g_strconcat("! ", error->message, NULL);
    }
    assert_null(error);
    assert_int_equal(strlen(text), text_length);
    return text;
}

static char *read_book(Book book)
{
    g_autoptr(GBytes) bytes = book_of(book);
    gsize length;
    const char *start = g_bytes_get_data(bytes, &length);
    return read_bytes(start, length);
}

#define assert_text(wanted, ...)                                                                   \
    do {                                                                                           \
        g_autofree char *text_read = read_book((Book){__VA_ARGS__});                               \
        assert_string_equal(text_read, wanted);                                                    \
    } while (0)
#define assert_refused(wanted, ...)                                                                \
    do {                                                                                           \
        g_autofree char *text_read = read_book((Book){__VA_ARGS__});                               \
        if (!g_str_has_prefix(text_read, "! ") || strstr(text_read, wanted) == NULL)               \
            fail_msg("%s", text_read);                                                             \
    } while (0)

#define FORMATS                                                                                    \
    "<numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/>"                                \
    "<numFmt numFmtId='165' formatCode='[$-41D]d mmm yyyy hh:mm'/>"                                \
    "<numFmt numFmtId='166' formatCode='000000\\-0000'/>"                                          \
    "<numFmt numFmtId='167' formatCode='0.00\" days\"'/></numFmts>"                                \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"                                             \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='20'/><xf numFmtId='164'/>"        \
    "<xf numFmtId='165'/><xf numFmtId='46'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs>"

static void each_kind_of_cell_is_text(void **state)
{
    (void)state;
    assert_text("a;b\r\n", .rows = "<row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c>"
                                   "<c r='B1' t='str'><f>A1</f><v>b</v></c></row>");
    assert_text("två;ett\r\n", .rows = "<row><c t='s'><v>1</v></c><c t='s'><v>0</v></c></row>",
                .texts = "<si><t>ett</t></si><si><r><t>t</t></r><r><t>vå</t></r>"
                         "<rPh sb='0' eb='1'><t>läses</t></rPh></si>");
    assert_text("1;0;#N/A;2026-11-30\r\n",
                .rows = "<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c>"
                        "<c t='d'><v>2026-11-30</v></c></row>");
    assert_text("200008312399;1.5;'-3;0.1\r\n",
                .rows = "<row><c><v>200008312399</v></c><c t='n'><v>1.5</v></c><c><v>-3</v></c>"
                        "<c><v>0.10000000000000001</v></c></row>");
    assert_text("\"a;b\";\"rad\nett\";\"\"\"så\"\"\";'=1+1\r\n",
                .rows =
                    "<row><c t='inlineStr'><is><t>a;b</t></is></c><c t='inlineStr'><is>"
                    "<t xml:space='preserve'>rad\nett</t></is></c><c t='inlineStr'><is>"
                    "<t><![CDATA[\"så\"]]></t></is></c><c t='inlineStr'><is><t>=1+1</t></is></c>"
                    "</row>");
    assert_text("a\tb;_x0041_;x\r\n",
                .rows = "<row><c t='inlineStr'><is><t>a_x0009_b</t></is></c><c t='inlineStr'><is>"
                        "<t>_x005F_x0041_</t></is></c><c t='str'><v>_xD800_x</v></c></row>");
    assert_text("a\r\n", .sheet = "\xef\xbb\xbf<x:worksheet xmlns:x='urn:x'><x:sheetData><x:row>"
                                  "<x:c t='str'><x:v>a</x:v></x:c></x:row></x:sheetData>"
                                  "</x:worksheet>");
    assert_text("", .rows = "");
}

static void days_and_times_are_told_by_their_format(void **state)
{
    (void)state;
    assert_text("46356;2026-11-30;08:30;2026-11-30;2026-11-30 08:30;25:30;000831-2399;46356\r\n",
                .formats = FORMATS,
                .rows = "<row><c><v>46356</v></c><c s='1'><v>46356</v></c>"
                        "<c s='2'><v>0.354166666666667</v></c><c s='3'><v>46356</v></c>"
                        "<c s='4'><v>46356.3541666667</v></c><c s='5'><v>1.0625</v></c>"
                        "<c s='6'><v>8312399</v></c><c s='7'><v>46356</v></c></row>");
    /* The year 1900 has a day too many before its March, and days count from 1904 where it says so.
     */
    assert_text("1900-01-01;1900-02-28;60;1900-03-01;0;'-1;2958466\r\n", .formats = FORMATS,
                .rows = "<row><c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c>"
                        "<c s='1'><v>61</v></c><c s='1'><v>0</v></c><c s='1'><v>-1</v></c>"
                        "<c s='1'><v>2958466</v></c></row>");
    assert_text("1904-01-01;2026-11-30;08:30:15;9999-12-31;2957004\r\n", .formats = FORMATS,
                .workbook =
                    "<workbookPr date1904='1'/><sheets><sheet name='L' r:id='rId1'/></sheets>",
                .rows = "<row><c s='1'><v>0</v></c><c s='1'><v>44894</v></c>"
                        "<c s='2'><v>0.35434027777</v></c><c s='1'><v>2957003</v></c>"
                        "<c s='1'><v>2957004</v></c></row>");
    /* A format that is not there is none. */
    assert_text("46356\r\n", .rows = "<row><c s='99'><v>46356</v></c></row>");
}

static void rows_and_cells_stand_where_they_stood(void **state)
{
    (void)state;
    assert_text("\r\n\r\n;b\r\n\r\na;;c\r\n",
                .rows = "<row r='3'><c r='B3' t='str'><v>b</v></c><c r='C3'/></row><row r='4'/>"
                        "<row><c r='A5' t='str'><v>a</v></c><c r='C5' t='str'><v>c</v></c>"
                        "<c r='D5' t='str'><v></v></c></row>");
}

static void the_first_sheet_that_is_shown_is_read(void **state)
{
    (void)state;
    assert_text("a\r\n", .rows = "<row><c t='str'><v>a</v></c></row>",
                .workbook =
                    "<sheets><sheet name='Dold' state='hidden' r:id='rId9'/>"
                    "<sheet name='Diagram' r:id='rId2'/><sheet name='L' r:id='rId1'/></sheets>");
    assert_refused("no sheet that is shown", .rows = "",
                   .workbook = "<sheets><sheet name='L' state='veryHidden' r:id='rId1'/></sheets>");
    assert_refused("no sheet that is shown", .rows = "", .workbook = "<sheets/>");
}

static void what_is_broken_is_one_sentence(void **state)
{
    (void)state;
    static const char *const sheets[] = {
        "", /* not there */
        "<worksheet><sheetData><row>",
        "<worksheet><sheetData></worksheet>",
        "no XML",
        "<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet/>",
        "<worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>",
        "<worksheet><c r='A1'/></worksheet>",
        "<worksheet><row r='2'/><row r='2'/></worksheet>",
        "<worksheet><row r='2'/><row r='1'/></worksheet>",
        "<worksheet><row r='1048577'/></worksheet>",
        "<worksheet><row r='99999999999999999999'/></worksheet>",
        "<worksheet><row r='-1'/></worksheet>",
        "<worksheet><row><c r='XFE1'/></row></worksheet>",
        "<worksheet><row><c r='ZZZZZZZZZZZZZZZZ1'/></row></worksheet>",
        "<worksheet><row><c r='B1'/><c r='A1'/></row></worksheet>",
        "<worksheet><row><c r='A2'/></row></worksheet>",
        "<worksheet><row><c r='A'/></row></worksheet>",
        "<worksheet><row><c s='-1'/></row></worksheet>",
        "<worksheet><row><c><v>i dag</v></c></row></worksheet>",
        "<worksheet><row><c><v>1e999</v></c></row></worksheet>",
        "<worksheet><row><c><v>nan</v></c></row></worksheet>",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(sheets); i++)
        assert_refused("The file is broken", .sheet = sheets[i]);
    assert_refused("cell XFD7 points to a text that is not there",
                   .rows = "<row r='7'><c r='XFD7' t='s'><v>1</v></c></row>",
                   .texts = "<si><t>0</t></si>");
    assert_refused("cell A1 points", .rows = "<row><c t='s'><v>-1</v></c></row>",
                   .texts = "<si><t>0</t></si>");
    assert_refused("cell A1 points", .rows = "<row><c t='s'><v>0</v></c></row>");
}

/* Deeper and longer than anything that a spreadsheet writes. */
static void what_means_ill_is_one_sentence(void **state)
{
    (void)state;
    g_autoptr(GString) deep = g_string_new("<worksheet>");
    for (int i = 0; i < 100000; i++)
        g_string_append(deep, "<a>");
    assert_refused("The file is broken", .sheet = deep->str);
    g_autoptr(GString) long_text = g_string_new("<worksheet><row><c t='str'><v>");
    g_autofree char *run = g_strnfill(5 << 20, 'a');
    g_string_append_printf(long_text, "%s</v></c></row></worksheet>", run);
    assert_refused("more than can be read in", .sheet = long_text->str);
    g_autofree char *cell = g_strnfill(200000, 'a');
    g_autofree char *row = g_strdup_printf("<row><c t='str'><v>%s</v></c></row>", cell);
    assert_refused("The file is broken", .rows = row);
    g_autofree char *texts = g_strdup_printf("<si><t>%s</t></si>", cell);
    assert_refused("The file is broken", .rows = "", .texts = texts);
}

/* Rows that point to the same long text: the last byte that there is room for may be there, and no
 * more. That there is room for a quarter of a gigabyte is not tried, but read. */
static void a_text_shared_too_often_is_too_large(void **state)
{
    enum { ROWS = 300, LETTERS = 32000, ALL = ROWS * (LETTERS + 2) };
    (void)state;
    g_autofree char *text = g_strnfill(LETTERS, 'a');
    g_autofree char *shared = g_strdup_printf("<si><t>%s</t></si>", text);
    g_autoptr(GString) rows = g_string_new(NULL);
    for (int i = 0; i < ROWS; i++)
        g_string_append(rows, "<row><c t='s'><v>0</v></c></row>");
    g_autoptr(GBytes) bytes = book_of((Book){.rows = rows->str, .texts = shared});
    g_autoptr(GError) error = NULL;
    g_autoptr(SheetPackage) package =
        sheet_package_open(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &error);
    g_autoptr(SheetBook) book = sheet_book_open(package, &error);
    assert_int_equal(book->most, 256 << 20);
    book->most = ALL - 1;
    assert_null(sheet_rows_text(package, book, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    assert_non_null(strstr(error->message, "more than can be read in"));
    g_clear_error(&error);
    book->most = ALL;
    GString *whole = sheet_rows_text(package, book, &error);
    assert_int_equal(whole->len, ALL);
    g_string_free(whole, TRUE);
}

/* --- the archive ------------------------------------------------------------------------------ */

static void fill_with_nothing(zip_t *zip, const void *data)
{
    (void)data;
    add_part(zip, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
}

/* Four times as many blanks as are passed without anything said, in some ten thousand bytes:
 * nothing comes of them. */
static void fill_with_a_bomb(zip_t *zip, const void *data)
{
    g_autofree char *blanks = g_strnfill(16 << 20, ' ');
    g_autofree char *sheet = g_strconcat("<worksheet>", blanks, "</worksheet>", NULL);
    const Book book = {.sheet = sheet};
    (void)data;
    fill_book(zip, &book);
}

static void archives_are_refused(void **state)
{
    (void)state;
    const Book book = {.rows = "<row><c t='str'><v>a</v></c></row>"};
    g_autoptr(GBytes) whole = book_of(book);
    g_autoptr(GBytes) other = archive(fill_with_nothing, NULL);
    g_autoptr(GBytes) bomb = archive(fill_with_a_bomb, NULL);
    gsize length;
    const char *bytes = g_bytes_get_data(whole, &length);
    for (gsize cut = 0; cut < length; cut += 7) {
        g_autofree char *text = read_bytes(bytes, cut);
        assert_true(g_str_has_prefix(text, "! The file is broken"));
    }
    /* Every byte turned round: it is refused, or was of no account. */
    for (gsize i = 0; i < length; i++) {
        g_autofree char *turned = g_memdup2(bytes, length);
        turned[i] ^= 0x55;
        g_autofree char *text = read_bytes(turned, length);
        assert_true(g_str_has_prefix(text, "! ") || g_str_equal(text, "a\r\n"));
    }
    g_autofree char *none = read_bytes(g_bytes_get_data(other, NULL), g_bytes_get_size(other));
    assert_true(g_str_has_prefix(none, "! The file is broken"));
    assert_true(g_bytes_get_size(bomb) < 1 << 16);
    g_autofree char *burst = read_bytes(g_bytes_get_data(bomb, NULL), g_bytes_get_size(bomb));
    assert_true(g_str_has_prefix(burst, "! The spreadsheet holds more"));
}

int main(void)
{
    i18n_init("en");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_cell_is_text),
        cmocka_unit_test(days_and_times_are_told_by_their_format),
        cmocka_unit_test(rows_and_cells_stand_where_they_stood),
        cmocka_unit_test(the_first_sheet_that_is_shown_is_read),
        cmocka_unit_test(what_is_broken_is_one_sentence),
        cmocka_unit_test(what_means_ill_is_one_sentence),
        cmocka_unit_test(a_text_shared_too_often_is_too_large),
        cmocka_unit_test(archives_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
