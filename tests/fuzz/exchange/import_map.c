/* import_map.c: any bytes are lines that say what the columns of a file are, or one sentence; the
 * columns hold together afterwards either way. */
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "tests/fuzz/exchange/fixture_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char visits[] =
    "Datum;Tid;Namn;Datum;Kod [2];\n2026-05-11;09:00;Emil;2026-05-12;3;x\n";

/* No two columns are one thing, but for those that nobody has said anything of. */
static void require_columns(const TableImport *import)
{
    for (int i = 0; i < import->columns; i++)
        for (int j = 0; j < i; j++)
            if (import->kinds[i] != COLUMN_SKIP && import->kinds[i] == import->kinds[j] &&
                import->settled[i] && import->settled[j] &&
                text_collate(import->headings[i], import->headings[j]) != 0)
                g_error("columns %d and %d are one thing", j, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const ImportOptions options = {.path = "fuzz.csv"};
    g_autoptr(GError) error = NULL;
    form();
    g_autoptr(TableImport) import = table_import_from_bytes(
        g_memdup2(visits, sizeof visits), strlen(visits), &options, FALSE, &error);
    if (import == NULL)
        g_error("%s", error->message);
    char *copy = g_malloc0(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    const gboolean done = table_import_map_bytes(import, copy, length, "fuzz.map", &error);
    if (done == (error != NULL))
        g_error("neither columns nor a reason");
    if (!done)
        require_sentence(error->message);
    require_columns(import);
    g_autofree char *missing = table_import_missing(import);
    if (missing != NULL)
        require_sentence(missing);
    if (done)
        require_rows(import);
    return 0;
}
