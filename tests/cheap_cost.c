/* cheap_cost.c: in the place of src/vault/vault_cost.c: what a passphrase costs in the tests, which
 * derive thousands of keys. The program that is shipped has nothing of it. */
#include "vault/vault_cost.h"

#include <sodium.h>

VaultCost vault_cost(void)
{
    return vault_cost_least();
}

VaultCost vault_cost_least(void)
{
    return (VaultCost){crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN};
}
