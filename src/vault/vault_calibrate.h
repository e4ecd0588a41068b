/* vault_calibrate.h: how many passes of Argon2id this machine needs. */
#pragma once

#include <glib.h>
#include <sodium.h>

/* Memory stays at MODERATE's, so that a small office machine and several users at once get it; a
 * faster machine makes more passes. */
#define VAULT_COST_MEMORY crypto_pwhash_argon2id_MEMLIMIT_MODERATE
#define VAULT_LEAST_PASSES crypto_pwhash_argon2id_OPSLIMIT_MODERATE
#define VAULT_MOST_PASSES 10

/* Microseconds that one pass over that memory takes now; 0 when there is not memory enough to find
 * out. */
gint64 vault_pass_us(void);
/* The passes that together take half a second or more, where one takes `pass_us`: within the bounds
 * above. Pure. */
guint64 vault_passes(gint64 pass_us);
