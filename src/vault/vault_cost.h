/* vault_cost.h: what it costs to derive the key of a slot from a passphrase (Argon2id). In a file
 * of its own, in whose place the tests link tests/cheap_cost.c: nothing else makes a passphrase cheap
 * to try. */
#pragma once

#include <glib.h>

typedef struct {
    guint64 operations; /* Argon2id passes */
    guint64 memory;     /* bytes */
} VaultCost;

/* What new slots cost here: the memory of libsodium's MODERATE, and as many passes as take at least
 * half a second (vault_calibrate.h). */
VaultCost vault_cost(void);
/* What a slot costs at least: libsodium's MODERATE. One that costs less is made anew when its
 * passphrase opens it. */
VaultCost vault_cost_least(void);
