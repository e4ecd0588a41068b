/* vault_private.h: the inside of an open vault, for the files of this floor that read and write the
 * key file. */
#pragma once

#include "vault/vault.h"
#include "vault/vault_seal.h"

struct Vault {
    char *path;
    char id[2 * VAULT_ID_BYTES + 1];
    VaultFile *file; /* as last read and verified */
    VaultKeys keys;
    gboolean reads_copy;
    guint64 least_passes; /* of a user's slot, as the unit asks for; 0: no more than must be */
    VaultSlot own; /* the slot that opened it */
    Secret *half;  /* its X25519 secret, of which the sign-in at a server comes (vault_login.h) */
    Secret *point; /* that of the unit's server; NULL: the unit is a file */
    Secret *made;  /* the password of the user's slot that was made last; NULL: none was */
    Secret *made_recovery; /* the same of the recovery code's */
};

/* vault_login.c: the slot that was made is the login's from now on. */
void vault_login_made(Vault *vault, const VaultSlot *slot, const Secret *half);

/* The bytes of the key file or its copy at `name`, and what they say. Both new; NULL on error. */
gboolean vault_load(const char *name, GBytes **bytes, VaultFile **file, GError **error);
gboolean vault_mac_fits(GBytes *bytes, const VaultKeys *keys);
/* Whether the file just read is one that the holder of `vault` can build upon. ERROR_CORRUPT;
 * ERROR_KEY_CHANGED when another program has changed the data key. */
gboolean vault_check_against(Vault *vault, GBytes *bytes, const VaultFile *file, GError **error);
/* Makes `*file` what the vault holds. */
void vault_adopt(Vault *vault, VaultFile **file);
/* Takes over `file` and what is in `keys`; opened by `slot`, whose unsealed half begins with `half`. New. */
Vault *vault_new(const char *path, VaultFile *file, VaultKeys *keys, const VaultSlot *slot,
                 const Secret *half);
