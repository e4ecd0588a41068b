/* sheet_reader.c: any bytes are a sheet's text, or one sentence. So is any sheet inside a workbook
 * that is whole: the input is tried as that too, for an archive seldom comes through its checksums.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/i18n.h"
#include "exchange/csv.h"
#include "exchange/sheet_reader.h"
#include "tests/unit/exchange/fixture_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_rows(const char *text, gsize length)
{
    CsvRow row;
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, ';');
    csv_sheet(reader, 3);
    while (csv_next(reader, &row))
        if (row.count < 3 || row.unclosed)
            g_error("line %d is no row", row.line);
}

static void try_to_read(const void *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sheet = NULL;
    gsize text_length = 0;
    g_autofree char *text = sheet_reader_text(bytes, length, &text_length, &sheet, &error);
    if ((text == NULL) != (error != NULL))
        g_error("neither a text nor a reason");
    if (error != NULL && strpbrk(error->message, "\033\r\n") != NULL)
        g_error("not a sentence: %s", error->message);
    if (text != NULL && strlen(text) != text_length)
        g_error("there is a NUL in the text");
    if (text != NULL)
        require_rows(text, text_length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    i18n_init("en");
    try_to_read(bytes, length);
    g_autofree char *part = g_strndup((const char *)bytes, length);
    /* A sheet, or what stands in its table of texts. */
    g_autoptr(GBytes) book =
        *part == '<'
            ? book_of((Book){.sheet = part, .texts = "<si><t>0</t></si>", .stored = TRUE})
            : book_of((Book){
                  .rows = "<row><c t='s'><v>0</v></c></row>", .texts = part, .stored = TRUE});
    try_to_read(g_bytes_get_data(book, NULL), g_bytes_get_size(book));
    return 0;
}
