/* Any bytes as a user's own key file. */
#include "vault/own_file.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static gboolean begun;
    Secret *own = NULL;

    if (!begun && !secret_init(NULL))
        g_error("libsodium does not start");
    begun = TRUE;
    if (own_file_parse(bytes, length, &own) != (own != NULL))
        g_error("a file that was read without what it holds, or the other way about");
    secret_free(own);
    return 0;
}
