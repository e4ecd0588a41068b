/* packed_rows.c: whatever the process hands back that reads a file, and may be the file's by then:
 * rows that are as sound as a file's own, or one sentence. */
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/exchange/fixture_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The cells lie in what was handed over, and each ends where its text does. */
static void require_cells(const TableImport *import)
{
    CsvRow row;
    guint rows = 1;
    gsize held = 0;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    do
        for (int i = 0; i < row.count; i++) {
            held += strlen(row.cells[i]) + 1;
            if (!g_utf8_validate(row.cells[i], -1, NULL))
                g_error("a cell of line %d is no text", row.line);
        }
    while (csv_next(reader, &row) && ++rows > 0);
    if (rows != import->count || held > import->length)
        g_error("%u rows of %u hold %zu bytes of %zu", rows, import->count, held, import->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const ImportOptions options = {.path = "fuzz.csv"};
    g_autoptr(GError) error = NULL;
    form();
    char *copy = g_malloc0(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    g_autoptr(TableImport) import = table_import_from_packed(copy, length, &options, &error);
    if ((import == NULL) == (error == NULL))
        g_error("neither rows nor a reason");
    if (import == NULL) {
        require_sentence(error->message);
        return 0;
    }
    require_cells(import);
    g_autofree char *words = table_import_words(import);
    if (!g_utf8_validate(words, -1, NULL))
        g_error("what is said of the file is no text");
    require_rows(import);
    return 0;
}
