/* vault_seal.c: Argon2id, XChaCha20-Poly1305, X25519 and BLAKE2b, all libsodium's. */
#include "vault/vault_seal.h"

#include "base/i18n.h"
#include "vault/recovery_code.h"

#include <string.h>

#define OWN_FILE_LABEL "dagsform own key file"
#define OWN_SALT_LABEL "dagsform own key file salt"
#define MAC_LABEL "dagsform key file MAC"
#define AUDIT_LABEL "dagsform audit log"
#define RECOVERY_LABEL "dagsform recovery code"

void vault_keys_clear(VaultKeys *keys)
{
    g_clear_pointer(&keys->data, secret_free);
    g_clear_pointer(&keys->next, secret_free);
    g_clear_pointer(&keys->audit, secret_free);
}

/* --- derivation ------------------------------------------------------------------------------- */

void vault_login_hash(const guint8 *database_id, const char *login, guint8 *hash)
{
    /* NULL when it is not UTF-8; such bytes are no one's login, but hash as they are. */
    g_autofree char *nfc = g_utf8_normalize(login, -1, G_NORMALIZE_NFC);
    const char *text = nfc ? nfc : login;

    crypto_generichash(hash, VAULT_LOGIN_HASH_BYTES, (const guint8 *)text, strlen(text),
                       database_id, VAULT_ID_BYTES);
}

void vault_own_salt(const guint8 *database_id, const VaultSlot *slot, const Secret *own, guint8 *salt)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, own->bytes, own->length, crypto_pwhash_SALTBYTES);
    crypto_generichash_update(&state, (const guint8 *)OWN_SALT_LABEL, strlen(OWN_SALT_LABEL));
    crypto_generichash_update(&state, database_id, VAULT_ID_BYTES);
    crypto_generichash_update(&state, slot->login_hash, sizeof slot->login_hash);
    crypto_generichash_final(&state, salt, crypto_pwhash_SALTBYTES);
    sodium_memzero(&state, sizeof state);
}

/* What Argon2id is made of. New. */
static Secret *with_own_file(const Secret *passphrase, const Secret *own)
{
    crypto_generichash_state state;

    if (own == NULL)
        return secret_copy(passphrase->bytes, passphrase->length);
    Secret *both = secret_new(crypto_generichash_BYTES);
    crypto_generichash_init(&state, own->bytes, own->length, both->length);
    crypto_generichash_update(&state, (const guint8 *)OWN_FILE_LABEL, strlen(OWN_FILE_LABEL));
    crypto_generichash_update(&state, passphrase->bytes, passphrase->length);
    crypto_generichash_final(&state, both->bytes, both->length);
    sodium_memzero(&state, sizeof state);
    return both;
}

Secret *vault_passphrase_key(const VaultSlot *slot, const Secret *passphrase, const Secret *own,
                             GError **error)
{
    g_autoptr(Secret) key = secret_new(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    g_autoptr(Secret) input = with_own_file(passphrase, own);

    if (crypto_pwhash(key->bytes, key->length, (const char *)input->bytes, input->length,
                      slot->salt, slot->cost.operations, (size_t)slot->cost.memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        guint megabytes = (guint)((slot->cost.memory + (1 << 20) - 1) >> 20);

        g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                    ngettext("There is not enough free memory to check a passphrase: %u MB is "
                             "needed. Close other programs and try again.",
                             "There is not enough free memory to check a passphrase: %u MB are "
                             "needed. Close other programs and try again.",
                             megabytes),
                    megabytes);
        return NULL;
    }
    return g_steal_pointer(&key);
}

Secret *vault_recovery_key(const guint8 *database_id, const guint8 *code)
{
    Secret *key = secret_new(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    crypto_generichash_state state;

    crypto_generichash_init(&state, code, RECOVERY_KEY_BYTES, key->length);
    crypto_generichash_update(&state, (const guint8 *)RECOVERY_LABEL, strlen(RECOVERY_LABEL));
    crypto_generichash_update(&state, database_id, VAULT_ID_BYTES);
    crypto_generichash_final(&state, key->bytes, key->length);
    sodium_memzero(&state, sizeof state);
    return key;
}

/* A key for the purpose that `label` names, of the data key and the slots' audit key. New. */
static Secret *subkey(const Secret *data, const Secret *audit, const char *label)
{
    Secret *key = secret_new(crypto_generichash_KEYBYTES);
    crypto_generichash_state state;

    crypto_generichash_init(&state, data->bytes, data->length, key->length);
    crypto_generichash_update(&state, (const guint8 *)label, strlen(label));
    crypto_generichash_update(&state, audit->bytes, audit->length);
    crypto_generichash_final(&state, key->bytes, key->length);
    sodium_memzero(&state, sizeof state);
    return key;
}

Secret *vault_mac_key(const VaultKeys *keys)
{
    return subkey(keys->data, keys->audit, MAC_LABEL);
}

Secret *vault_audit_subkey(const Secret *data, const Secret *audit)
{
    return subkey(data, audit, AUDIT_LABEL);
}

/* --- slots ------------------------------------------------------------------------------------ */

Secret *vault_slot_seal(VaultSlot *slot, const guint8 *database_id, const Secret *key,
                        const Secret *audit)
{
    g_autoptr(Secret) half = secret_new(VAULT_HALF_BYTES);

    crypto_box_keypair(slot->public_half, half->bytes);
    memcpy(half->bytes + crypto_box_SECRETKEYBYTES, audit->bytes, VAULT_AUDIT_KEY_BYTES);
    randombytes_buf(slot->nonce, sizeof slot->nonce);
    g_autoptr(GByteArray) associated = vault_file_associated(database_id, slot);
    crypto_aead_xchacha20poly1305_ietf_encrypt(slot->sealed_half, NULL, half->bytes, half->length,
                                               associated->data, associated->len, NULL, slot->nonce,
                                               key->bytes);
    return secret_copy(half->bytes, crypto_box_SECRETKEYBYTES);
}

Secret *vault_slot_unseal(const VaultSlot *slot, const guint8 *database_id, const Secret *key)
{
    g_autoptr(Secret) half = secret_new(VAULT_HALF_BYTES);
    g_autoptr(GByteArray) associated = vault_file_associated(database_id, slot);

    if (crypto_aead_xchacha20poly1305_ietf_decrypt(half->bytes, NULL, NULL, slot->sealed_half,
                                                   sizeof slot->sealed_half, associated->data,
                                                   associated->len, slot->nonce, key->bytes) != 0)
        return NULL;
    return g_steal_pointer(&half);
}

gboolean vault_seal_keys(VaultFile *file, const VaultKeys *keys)
{
    const guint count = keys->next ? 2 : 1;
    g_autoptr(Secret) both = secret_new(count * (gsize)VAULT_DATA_KEY_BYTES);

    memcpy(both->bytes, keys->data->bytes, VAULT_DATA_KEY_BYTES);
    if (keys->next)
        memcpy(both->bytes + VAULT_DATA_KEY_BYTES, keys->next->bytes, VAULT_DATA_KEY_BYTES);
    file->key_count = count;
    for (guint i = 0; i <= file->users->len; i++) {
        VaultSlot *slot =
            i < file->users->len ? &g_array_index(file->users, VaultSlot, i) : &file->recovery;

        if (crypto_box_seal(slot->sealed_keys, both->bytes, both->length, slot->public_half) != 0)
            return FALSE;
    }
    return TRUE;
}

gboolean vault_unseal_keys(const VaultFile *file, const VaultSlot *slot, const Secret *half,
                           VaultKeys *keys)
{
    g_autoptr(Secret) both = secret_new(file->key_count * (gsize)VAULT_DATA_KEY_BYTES);

    if (crypto_box_seal_open(both->bytes, slot->sealed_keys,
                             VAULT_SEALED_KEYS_BYTES((gsize)file->key_count), slot->public_half,
                             half->bytes) != 0)
        return FALSE;
    vault_keys_clear(keys);
    keys->data = secret_copy(both->bytes, VAULT_DATA_KEY_BYTES);
    if (file->key_count == 2)
        keys->next = secret_copy(both->bytes + VAULT_DATA_KEY_BYTES, VAULT_DATA_KEY_BYTES);
    keys->audit = secret_copy(half->bytes + crypto_box_SECRETKEYBYTES, VAULT_AUDIT_KEY_BYTES);
    return TRUE;
}
