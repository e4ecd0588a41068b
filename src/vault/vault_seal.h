/* vault_seal.h: what is sealed in a slot, by what, and how it is opened. No disk. */
#pragma once

#include "vault/vault_file.h"

/* The keys that a slot gives out. Owns them. */
typedef struct {
    Secret *data;  /* VAULT_DATA_KEY_BYTES */
    Secret *next;  /* the same; NULL when no rotation is under way */
    Secret *audit; /* VAULT_AUDIT_KEY_BYTES */
} VaultKeys;

void vault_keys_clear(VaultKeys *keys);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VaultKeys, vault_keys_clear)

/* BLAKE2b of the NFC of `login`, keyed with the database's id. */
void vault_login_hash(const guint8 *database_id, const char *login, guint8 *hash);

/* The key that seals a user's slot: Argon2id of the very bytes of `passphrase`, which secret_opaque()
 * has mapped; of a slot that needs the user's own key file, of a hash of them that is keyed with what
 * the file holds (`own`; else NULL). ERROR_BUSY when the machine cannot give the memory now. New. */
Secret *vault_passphrase_key(const VaultSlot *slot, const Secret *passphrase, const Secret *own,
                             GError **error);
/* The salt of the slot of a login, which stands in `slot`, under `own`: by it the right file is told
 * from another before the passphrase is tried. */
void vault_own_salt(const guint8 *database_id, const VaultSlot *slot, const Secret *own, guint8 *salt);
/* The key that seals the recovery slot; `code` is RECOVERY_KEY_BYTES. New. */
Secret *vault_recovery_key(const guint8 *database_id, const guint8 *code);

/* Draws a new X25519 pair for `slot`, whose type, login hash, cost and salt stand, and seals its
 * secret half and the audit key under `key`. The secret half; new. */
Secret *vault_slot_seal(VaultSlot *slot, const guint8 *database_id, const Secret *key,
                        const Secret *audit);
/* The half that vault_slot_seal() sealed (VAULT_HALF_BYTES, new); NULL when `key` does not fit. */
Secret *vault_slot_unseal(const VaultSlot *slot, const guint8 *database_id, const Secret *key);

/* Seals the data keys to every slot and sets the file's key_count. FALSE when a public half is
 * none. */
gboolean vault_seal_keys(VaultFile *file, const VaultKeys *keys);
/* The keys of a slot whose `half` has been unsealed. FALSE when they are not what was sealed. */
gboolean vault_unseal_keys(const VaultFile *file, const VaultSlot *slot, const Secret *half,
                           VaultKeys *keys);

/* The key of the whole file's MAC: a subkey of the data key in force (of two the older), with the
 * audit key in it. Anyone can seal a data key of their own to a public half; the audit key comes
 * only from under a passphrase, so a file made up that way does not verify. New. */
Secret *vault_mac_key(const VaultKeys *keys);
/* The key of the audit log for as long as `data` is the data key. New. */
Secret *vault_audit_subkey(const Secret *data, const Secret *audit);
