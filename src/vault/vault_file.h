/* vault_file.h: the bytes of the key file. Pure functions: no disk, no keys but the one of the MAC.
 *
 * All numbers are little-endian. There is exactly one way to write a file:
 *
 *   magic "DAGSKEYS"                       8
 *   format, 1; 2 with a slot of type 3     4
 *   database id                           16
 *   generation, from 1                     8
 *   data keys in every slot, 1 or 2        1
 *   users, 1 to VAULT_USERS_MAX            4
 *   a slot per user, by ascending login hash; then the slot of the recovery code:
 *     type, 1 user, 2 recovery or 3 user   1   3: whose slot needs a key file of their own too
 *     login hash                          32   zero in the recovery slot
 *     Argon2id passes                      4   zero in the recovery slot
 *     Argon2id memory in KiB               4   zero in the recovery slot
 *     salt                                16   zero in the recovery slot; of type 3 what tells that
 *                                              the user's own key file is the right one
 *     X25519 public half                  32
 *     nonce                               24
 *     sealed secret half and audit key    80
 *     data keys sealed to the public half 48 + 48 for each
 *   MAC                                   32   keyed BLAKE2b over all before it
 *   checksum                              16   BLAKE2b over all before it
 *
 * The checksum only tells damage from a wrong passphrase; against a hand that meant it stands the
 * MAC. */
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "vault/vault_calibrate.h"
#include "vault/vault_cost.h"
#include "vault/vault_key.h"

#include <sodium.h>

#define VAULT_FORMAT 1
#define VAULT_FORMAT_OWN_FILES 2 /* earlier versions then say that they are too old */
#define VAULT_ID_BYTES 16
#define VAULT_LOGIN_HASH_BYTES 32
#define VAULT_USERS_MAX 4096
#define VAULT_MAC_BYTES 32
#define VAULT_CHECKSUM_BYTES 16

/* What a passphrase or the recovery code seals: the X25519 secret half, then the audit key. */
#define VAULT_HALF_BYTES (crypto_box_SECRETKEYBYTES + VAULT_AUDIT_KEY_BYTES)
#define VAULT_SEALED_HALF_BYTES (VAULT_HALF_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
/* The data keys sealed to the public half, for one key or two. */
#define VAULT_SEALED_KEYS_BYTES(keys) (crypto_box_SEALBYTES + (keys)*VAULT_DATA_KEY_BYTES)

typedef enum {
    VAULT_SLOT_USER = 1,
    VAULT_SLOT_RECOVERY = 2,
    VAULT_SLOT_USER_OWN_FILE = 3, /* own_file.h */
} VaultSlotType;

typedef struct {
    VaultSlotType type;
    guint8 login_hash[VAULT_LOGIN_HASH_BYTES];
    VaultCost cost;
    guint8 salt[crypto_pwhash_SALTBYTES];
    guint8 public_half[crypto_box_PUBLICKEYBYTES];
    guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    guint8 sealed_half[VAULT_SEALED_HALF_BYTES];
    guint8 sealed_keys[VAULT_SEALED_KEYS_BYTES(2)]; /* as many as the file's key_count takes */
} VaultSlot;

typedef struct {
    guint8 database_id[VAULT_ID_BYTES];
    guint64 generation;
    guint key_count; /* 2 while a new data key is being brought in */
    GArray *users;   /* VaultSlot, by ascending login hash */
    VaultSlot recovery;
} VaultFile;

VaultFile *vault_file_new(void);
void vault_file_free(VaultFile *file); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VaultFile, vault_file_free)

/* The greatest length a key file can have. */
gsize vault_file_max_length(void);

/* Reads and checks everything that can be checked without a secret. NULL with ERROR_VERSION for a
 * newer format, else ERROR_CORRUPT. The structure is judged before the checksum, so a fuzzer gets
 * past it. */
VaultFile *vault_file_parse(const guint8 *bytes, gsize length, GError **error);
/* What can be read of a damaged file of a length that a file can have: its slots, in their places,
 * sane or not. Nothing of it is vouched for but what a passphrase opens. NULL when there is
 * nothing. */
VaultFile *vault_file_salvage(const guint8 *bytes, gsize length);
/* Whether a slot may ask for so much work, in time and memory. */
gboolean vault_cost_is_sane(const VaultCost *cost);
/* The bytes of `file` with its MAC under `mac_key` (crypto_generichash_KEYBYTES). */
GBytes *vault_file_serialise(const VaultFile *file, const Secret *mac_key);
/* Whether `bytes`, which parsed, carry the MAC under `mac_key`. */
gboolean vault_file_mac_fits(const guint8 *bytes, gsize length, const Secret *mac_key);

/* The users' slot of a login hash; NULL when there is none. `place` (may be NULL) is its index, or
 * the one it would have. */
VaultSlot *vault_file_find(const VaultFile *file, const guint8 *login_hash, guint *place);

/* What a slot's seal vouches for beside its content: magic, format, database id, and the slot from
 * its type to its public half. New. */
GByteArray *vault_file_associated(const guint8 *database_id, const VaultSlot *slot);

/* What a slot is known by: a hash of all in it but the data keys, in hex digits. */
#define VAULT_FINGERPRINT_BYTES 16
#define VAULT_FINGERPRINT_SIZE (2 * VAULT_FINGERPRINT_BYTES + 1)
void vault_slot_fingerprint(const VaultSlot *slot, char *hex); /* VAULT_FINGERPRINT_SIZE */

/* Sets ERROR_CORRUPT with its one sentence; returns FALSE. */
gboolean vault_file_set_corrupt(GError **error);
