/* vault_cost.c: the cost of a passphrase in the program that is shipped. */
#include "vault/vault_cost.h"

#include "vault/vault_calibrate.h"

VaultCost vault_cost(void)
{
    return (VaultCost){vault_passes(vault_pass_us()), VAULT_COST_MEMORY};
}

VaultCost vault_cost_least(void)
{
    return (VaultCost){VAULT_LEAST_PASSES, VAULT_COST_MEMORY};
}
