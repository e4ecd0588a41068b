/* sheet_reader.c: a spreadsheet read whole. */
#include "exchange/sheet_reader.h"

#include "exchange/sheet_private.h"

#include <string.h>

gboolean sheet_reader_is_book(const char *bytes, gsize length)
{
    return length >= 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

gboolean sheet_reader_is_old_book(const char *bytes, gsize length)
{
    return length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0;
}

char *sheet_reader_text(const char *bytes, gsize length, gsize *text_length, char **sheet,
                        GError **error)
{
    g_autoptr(SheetPackage) package = sheet_package_open(bytes, length, error);
    g_autoptr(SheetBook) book = package != NULL ? sheet_book_open(package, error) : NULL;
    GString *text = book != NULL ? sheet_rows_text(package, book, error) : NULL;
    if (text == NULL)
        return NULL;
    *text_length = text->len;
    *sheet = g_steal_pointer(&book->name);
    return g_string_free(text, FALSE);
}
