/* Any bytes as what was done on a laptop: read or refused with a sentence, and whatever is asked of it
 * is answered. */
#include "care/unit/deed.h"
#include "tests/fuzz/json_glib.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const fields[] = {"id", "version", "outcome", "date"};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autoptr(DeedBody) body = deed_body_read(text, &error);

    if ((body == NULL) != (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    for (gsize i = 0; body != NULL && i < G_N_ELEMENTS(fields); i++) {
        deed_body_int(body, fields[i], -1);
        deed_body_text(body, fields[i]);
        deed_body_date(body, fields[i]);
    }
    return 0;
}
