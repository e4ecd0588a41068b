/* Any bytes as a file that the program keeps in the account. */
#include "base/kept.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GKeyFile) file = kept_parse((const char *)bytes, length);
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);

    for (gsize i = 0; groups[i] != NULL; i++) {
        g_free(g_key_file_get_string(file, groups[i], "path", NULL));
        g_key_file_get_int64(file, groups[i], "at_ms", NULL);
    }
    return 0;
}
