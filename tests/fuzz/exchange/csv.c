/* csv.c: any bytes are rows that lie in the text, and rows written are read back as they were. */
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/csv.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The cells of every row, to be compared. */
static GPtrArray *rows_of(const char *text, gsize length, char separator)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, separator);
    CsvRow row;
    gsize before = 0;
    int line = 0;
    while (csv_next(reader, &row)) {
        if (row.count < 1 || row.line <= line || csv_position(reader) <= before ||
            csv_position(reader) > length)
            g_error("row %d does not hold together", row.line);
        before = csv_position(reader);
        line = row.line;
        GStrv cells = g_new0(char *, row.count + 1);
        gsize held = 0;
        for (int i = 0; i < row.count; i++) {
            cells[i] = g_strdup(row.cells[i]);
            held += strlen(cells[i]);
        }
        if (held > MIN(length, CSV_ROW_MOST))
            g_error("a row holds more than the text");
        g_ptr_array_add(rows, cells);
    }
    return rows;
}

/* The cells as they are written: a formula is guarded. */
static GStrv guarded(GStrv cells)
{
    const guint count = g_strv_length(cells);
    GStrv all = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++)
        all[i] = text_guard_cell(cells[i]);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    const char separator = ";,\t"[bytes[0] % 3];
    g_autofree char *text = g_strndup((const char *)bytes + 1, length - 1);
    const char found = csv_separator(text, length - 1);
    if (!strchr(";,\t", found))
        g_error("no separator: %d", found);
    g_autoptr(GPtrArray) rows = rows_of(text, length - 1, separator);
    for (guint i = 0; i < rows->len; i++) {
        GStrv cells = rows->pdata[i];
        if (!cells[1] && !cells[0][0])
            continue; /* one empty cell looks like an empty line */
        g_autoptr(GString) out = g_string_new(NULL);
        csv_append(out, (const char *const *)cells, (int)g_strv_length(cells), separator);
        g_autoptr(GPtrArray) again = rows_of(out->str, out->len, separator);
        g_auto(GStrv) written = guarded(cells);
        if (again->len != 1 || !g_strv_equal(again->pdata[0], (const char *const *)written))
            g_error("a row is not read back: %s", out->str);
    }
    return 0;
}
