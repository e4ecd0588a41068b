/* vault_calibrate.c: a short trial, and what follows from it. */
#include "vault/vault_calibrate.h"

#define GOAL_US (G_USEC_PER_SEC / 2)
/* What is tried is one pass over a quarter of the memory, some 25 ms. */
#define PROBE_SHARE 4

gint64 vault_pass_us(void)
{
    static const guint8 salt[crypto_pwhash_SALTBYTES];
    guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    gint64 start = g_get_monotonic_time();

    if (crypto_pwhash(key, sizeof key, "", 0, salt, 1, VAULT_COST_MEMORY / PROBE_SHARE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return 0;
    return (g_get_monotonic_time() - start) * PROBE_SHARE;
}

guint64 vault_passes(gint64 pass_us)
{
    gint64 passes = pass_us > 0 ? (GOAL_US + pass_us - 1) / pass_us : VAULT_LEAST_PASSES;

    return (guint64)CLAMP(passes, (gint64)VAULT_LEAST_PASSES, (gint64)VAULT_MOST_PASSES);
}
