/* table_import.c: any bytes are visits that hold together, other rows, or faults with a sentence
 * each, or one sentence for the whole file. Without a database; spreadsheets are sheet_reader's. */
#include <stddef.h>
#include <stdint.h>

#include "exchange/sheet_reader.h"
#include "tests/fuzz/exchange/fixture_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (sheet_reader_is_book((const char *)bytes, length))
        return 0;
    const ImportOptions options = {.path = "fuzz.csv"};
    g_autoptr(GError) error = NULL;
    form();
    char *copy = g_malloc0(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    g_autoptr(TableImport) import = table_import_from_bytes(copy, length, &options, FALSE, &error);
    if ((import == NULL) == (error == NULL))
        g_error("neither a file nor a reason");
    if (!import) {
        require_sentence(error->message);
        return 0;
    }
    require_rows(import);
    return 0;
}
