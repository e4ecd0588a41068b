/* draft_rows.c: any bytes as the draft of a page: as many rows as the page has, or none of ours;
 * and what is read is written as a text that is read as the same. */
#include <stddef.h>
#include <stdint.h>

#include "care/unit/draft_rows.h"
#include "tests/fuzz/json_glib.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { ROWS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autofree char *body = g_strndup((const char *)bytes, length);
    g_auto(GStrv) values = NULL, base = NULL, again = NULL, again_base = NULL;
    gint64 version = -1, again_version = -1;
    if (!draft_rows_read(body, ROWS, NULL, &values, &base, &version)) {
        if (values != NULL || base != NULL || version != -1)
            g_error("refused, and changed all the same");
        return 0;
    }
    if (g_strv_length(values) != ROWS || (base != NULL && g_strv_length(base) != ROWS))
        g_error("not as many rows as the page has");
    g_autofree char *written = draft_rows_write(values, base, version);
    if (!draft_rows_read(written, ROWS, NULL, &again, &again_base, &again_version) ||
        !g_strv_equal((const char *const *)values, (const char *const *)again) ||
        (base == NULL) != (again_base == NULL) || version != again_version)
        g_error("what is written is not read back: %s", written);
    for (int i = 0; base != NULL && i < ROWS; i++)
        draft_rows_merge(values[i], base[i], again[i]);
    return 0;
}
