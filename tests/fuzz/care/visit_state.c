/* visit_state.c: any bytes as an earlier state of a visit: read, or refused with a sentence. */
#include <stddef.h>
#include <stdint.h>

#include "care/visit/visit_state.h"
#include "tests/fuzz/json_glib.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autoptr(VisitState) state = visit_state_read(text, &error);
    if ((state == NULL) != (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    return 0;
}
