/* Any bytes as a key file: read or refused with a sentence, never more. */
#include "vault/vault.h"
#include "vault/vault_file.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;

    if (vault_parse_check(bytes, length, &error) == (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    /* What is left of a damaged one is read too. */
    vault_file_free(vault_file_salvage(bytes, length));
    return 0;
}
