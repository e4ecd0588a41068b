/* csv.c: rows out of delimited text, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/csv.h"

/* Each row as "line:cell|cell\n"; an unclosed one ends with "!". New. */
static char *rows_of(const char *text, gsize length, char separator)
{
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, separator);
    GString *out = g_string_new(NULL);
    CsvRow row;
    gsize before = 0;
    while (csv_next(reader, &row)) {
        assert_true(row.count >= 1);
        assert_true(csv_position(reader) > before && csv_position(reader) <= length);
        before = csv_position(reader);
        g_string_append_printf(out, "%d:", row.line);
        for (int i = 0; i < row.count; i++)
            g_string_append_printf(out, "%s%s", i ? "|" : "", row.cells[i]);
        g_string_append(out, row.unclosed ? "!\n" : "\n");
    }
    return g_string_free(out, FALSE);
}

static void rows_are_read(void **state)
{
    static const struct {
        const char *text, *rows;
    } cases[] = {
        {"", ""},
        {"\n\r\n\r", ""},
        {"a", "1:a\n"},
        {"a;b\nc;d\n", "1:a|b\n2:c|d\n"},
        {"a;b\r\nc;d\r\n", "1:a|b\n2:c|d\n"},
        {"a;b\rc;d\r", "1:a|b\n2:c|d\n"},
        {"a;b\n\n\nc;d", "1:a|b\n4:c|d\n"},
        {";\n;;\n", "1:|\n2:||\n"},
        {"a;", "1:a|\n"},
        {"\"a;b\";c", "1:a;b|c\n"},
        {"\"a\"\"b\";\"\"", "1:a\"b|\n"},
        {"\"\"\"\"", "1:\"\n"},
        {"\"two\nlines\";x\ny", "1:two\nlines|x\n3:y\n"},
        {"\"two\r\nlines\";x\r\ny", "1:two\r\nlines|x\n3:y\n"},
        {"\"two\rlines\";x\ry", "1:two\rlines|x\n3:y\n"},
        {"\"a\"b;c", "1:ab|c\n"},
        {"a\"b;c", "1:a\"b|c\n"},
        {"a;\"open\nend", "1:a|open\nend!\n"},
        {"a;\"", "1:a|!\n"},
        {"a\tb,c;d", "1:a\tb,c|d\n"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *rows = rows_of(cases[i].text, strlen(cases[i].text), ';');
        assert_string_equal(rows, cases[i].rows);
    }
}

/* B21: no row takes more room than a row may have, and the next one is read as itself. */
static void a_row_without_end_is_told(void **state)
{
    static const char *const PARTS[] = {"x", "\"\"", ";", "\n"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        for (int more = 0; more < 2; more++) {
            const gsize wanted = more ? CSV_ROW_MOST + 1 : CSV_ROW_MOST - 2;
            g_autoptr(GString) text = g_string_new(i == 2 ? "" : "\"");
            for (gsize n = 0; n < wanted; n++)
                g_string_append(text, PARTS[i]);
            g_string_append(text, i == 2 ? "\nnext;row" : "\";b\nnext;row");
            g_autoptr(CsvReader) reader = csv_reader_new(text->str, text->len, ';');
            CsvRow row;
            assert_true(csv_next(reader, &row));
            assert_int_equal(row.too_long, more);
            assert_false(row.unclosed);
            gsize held = 0;
            for (int c = 0; c < row.count; c++)
                held += strlen(row.cells[c]) + 1;
            assert_true(held <= CSV_ROW_MOST + 2);
            assert_true(more ||
                        held == (i == 2 ? (gsize)CSV_ROW_MOST - 1 : (gsize)CSV_ROW_MOST + 1));
            assert_int_equal(csv_line(reader), i == 3 ? wanted + 2 : 2);
            assert_true(csv_next(reader, &row));
            assert_int_equal(row.count, 2);
            assert_string_equal(row.cells[1], "row");
            assert_false(csv_next(reader, &row));
        }
    }
    g_autofree char *open = g_strnfill(CSV_ROW_MOST + 3, 'x');
    open[0] = '"';
    g_autoptr(CsvReader) reader = csv_reader_new(open, strlen(open), ';');
    CsvRow row;
    assert_true(csv_next(reader, &row));
    assert_true(row.too_long && row.unclosed);
}

static void reading_goes_on_at_a_place(void **state)
{
    (void)state;
    const char text[] = "title\na,b\nc;d;e";
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), ';');
    CsvRow row;
    assert_true(csv_next(reader, &row));
    const gsize at = csv_position(reader);
    assert_int_equal(csv_line(reader), 2);
    for (int n = 0; n < 2; n++) {
        csv_seek(reader, at, 2, ',');
        assert_true(csv_next(reader, &row));
        assert_int_equal(row.count, 2);
        assert_int_equal(row.line, 2);
    }
    csv_seek(reader, csv_position(reader), csv_line(reader), ';');
    assert_true(csv_next(reader, &row));
    assert_int_equal(row.count, 3);
    assert_int_equal(row.line, 3);
}

static void separator_is_found(void **state)
{
    static const struct {
        const char *text;
        char separator;
    } cases[] = {
        {"", ';'},
        {"alone", ';'},
        {"a;b;c", ';'},
        {"a,b,c", ','},
        {"a\tb\tc", '\t'},
        {"Längd, tim;Namn;Datum", ';'},
        {"\"a,b,c,d\";b;c", ';'},
        {"\"a\nb,c,d\"\te\tf", '\t'},
        {"a;b\nc,d,e,f,g", ';'},
        {"a;1,5", ';'},
        {"a\t1,5", '\t'}, /* no heading, and a decimal comma */
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(csv_separator(cases[i].text, strlen(cases[i].text)), cases[i].separator);
    g_autofree char *rows = rows_of("a,b\nc,d", 7, 0);
    assert_string_equal(rows, "1:a|b\n2:c|d\n");
}

static void rows_are_written(void **state)
{
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"plain", "plain"},   {"", ""},
        {"a;b", "\"a;b\""},   {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""}, {"a\r\nb", "\"a\r\nb\""},
        {"=1+1", "'=1+1"},    {"+46", "'+46"},
        {"-1", "'-1"},        {"@a", "'@a"},
        {"\ta", "'\ta"},      {"=\"x\"", "\"'=\"\"x\"\"\""},
        {"1=1", "1=1"},       {"a,b", "a,b"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *cells[] = {cases[i].cell, NULL};
        g_autoptr(GString) out = g_string_new(NULL);
        g_autofree char *wanted = g_strconcat(cases[i].written, ";\r\n", NULL);
        csv_append(out, cells, 2, ';');
        assert_string_equal(out->str, wanted);
    }
}

/* What is written is read back, whatever stands in the cells. */
static void written_rows_are_read_back(void **state)
{
    static const char *const cells[] = {"a",     "b;c", "\"",   "x\ny", "",
                                        "å ä ö", ",\t", "\"\"", "end"};

    (void)state;
    for (const char *separator = ";,\t"; *separator; separator++) {
        g_autoptr(GString) out = g_string_new(NULL);
        csv_append(out, cells, G_N_ELEMENTS(cells), *separator);
        csv_append(out, cells, G_N_ELEMENTS(cells), *separator);
        g_autoptr(CsvReader) reader = csv_reader_new(out->str, out->len, *separator);
        CsvRow row;
        for (int n = 0; n < 2; n++) {
            assert_true(csv_next(reader, &row));
            assert_int_equal(row.count, G_N_ELEMENTS(cells));
            assert_int_equal(row.line, 1 + 2 * n);
            for (int i = 0; i < row.count; i++)
                assert_string_equal(row.cells[i], cells[i]);
        }
        assert_false(csv_next(reader, &row));
    }
}

/* Packed it says the same; cut anywhere, or with a byte turned, it is refused or says something, and no more. */
static void counted_cells_are_the_same_rows(void **state)
{
    (void)state;
    static const char text[] = "a;b;c\n\"x\ny\";;å\n\n1\n\"open";
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), ';');
    g_autoptr(GString) packed = g_string_new(NULL);
    CsvRow row, other;
    guint rows = 0;
    while (csv_next(reader, &row))
        csv_pack(packed, &row);
    assert_true(csv_packed(packed->str, packed->len, &rows));
    assert_int_equal(rows, 4);
    g_autoptr(CsvReader) again = csv_reader_packed(packed->str, packed->len);
    csv_seek(reader, 0, 1, ';');
    while (csv_next(reader, &row)) {
        assert_true(csv_next(again, &other));
        assert_int_equal(other.line, row.line);
        assert_int_equal(other.count, row.count);
        assert_int_equal(other.unclosed, row.unclosed);
        for (int i = 0; i < row.count; i++)
            assert_string_equal(other.cells[i], row.cells[i]);
    }
    assert_false(csv_next(again, &other));
    for (gsize cut = 1; cut < packed->len; cut++) {
        g_autofree char *part = g_memdup2(packed->str, cut);
        guint less = 0;
        assert_true(!csv_packed(part, cut, &less) || less < rows);
    }
    for (gsize i = 0; i < packed->len; i++) {
        g_autofree char *turned = g_memdup2(packed->str, packed->len);
        turned[i] ^= 0x55;
        g_autoptr(CsvReader) wrong = csv_reader_packed(turned, packed->len);
        while (csv_packed(turned, packed->len, &rows) && csv_next(wrong, &other))
            assert_true(other.count >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(a_row_without_end_is_told),
        cmocka_unit_test(reading_goes_on_at_a_place),
        cmocka_unit_test(separator_is_found),
        cmocka_unit_test(rows_are_written),
        cmocka_unit_test(written_rows_are_read_back),
        cmocka_unit_test(counted_cells_are_the_same_rows),
    };

    return cmocka_run_group_tests_name("exchange/csv", tests, NULL, NULL);
}
