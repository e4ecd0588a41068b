/* idnumber.c: any text is a number that is read back from its own normal form, or has a fault. */
#include <stddef.h>
#include <stdint.h>

#include "base/idnumber.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const Date today = date_parse("2026-11-22");
    g_autofree char *text = g_strndup((const char *)bytes, length);
    IdNumber id, again;
    const gboolean good = idnumber_parse(text, today, &id);
    if (good != (id.fault == ID_OK) || memchr(id.number, '\0', sizeof id.number) == NULL)
        g_error("%s does not hold together", text);
    if (!good) {
        if (*idnumber_fault_text(id.fault) == '\0')
            g_error("a fault without a sentence");
        return 0;
    }
    if (!idnumber_parse(id.number, today, &again) || strcmp(again.number, id.number) != 0 ||
        again.kind != id.kind || again.birth != id.birth || again.sex != id.sex)
        g_error("%s is not read back from %s", text, id.number);
    if (id.birth != DATE_NONE && id.birth > today)
        g_error("%s is born after today", text);
    return 0;
}
