/* spc_file.c: any bytes as a table of counts: a chart of as many points, or a sentence that says
 * what to mend. The first byte is the kind of chart. */
#include <stddef.h>
#include <stdint.h>

#include "exchange/spc_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    const SpcKind kind = bytes[0] % SPC_KINDS;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpcTable) table = spc_table_read((const char *)bytes + 1, length - 1, kind, &error);
    if ((table == NULL) != (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    if (error != NULL && !g_utf8_validate(error->message, -1, NULL))
        g_error("the sentence cannot be shown");
    if (table == NULL)
        return 0;
    if (table->labels->len != table->inputs->len || table->inputs->len == 0)
        g_error("%u labels of %u rows", table->labels->len, table->inputs->len);
    /* A label as the day of a change, and as a list of points. */
    const char *label = table->labels->pdata[table->labels->len - 1];
    spc_table_begin_part(table, label, NULL);
    spc_table_exclude(table, label, NULL);
    for (gsize freeze = 0; freeze < 4; freeze += 3) {
        g_autoptr(SpcChart) chart = spc_table_chart(table, kind, freeze);
        if (chart->count != table->inputs->len || chart->part_count != table->starts->len + 1)
            g_error("%zu points of %u rows", chart->count, table->inputs->len);
        spc_has_signal(chart);
    }
    return 0;
}
