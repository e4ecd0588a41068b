/* vault_login.c: Diffie and Hellman's shared secret of slot and point, hashed. */
#include "vault/vault_login.h"

#include "vault/vault_private.h"

#include <string.h>

#define LOGIN_LABEL "dagsform server login"
#define PASSWORD_BYTES 32
#define PASSWORD_VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

static void hash_text(crypto_generichash_state *state, const char *text)
{
    crypto_generichash_update(state, (const guint8 *)text, strlen(text));
}

/* `secret` is the slot's half and `other` the point, or `secret` the point's and `other` the slot's
 * public half. NULL when `other` is no point that anything can be shared with. */
static Secret *password(const guint8 *database_id, const VaultSlot *slot, const guint8 *point,
                        const guint8 *secret, const guint8 *other)
{
    g_autoptr(Secret) shared = secret_new(crypto_scalarmult_BYTES);
    g_autoptr(Secret) raw = secret_new(PASSWORD_BYTES);
    crypto_generichash_state state;

    if (crypto_scalarmult(shared->bytes, secret, other) != 0)
        return NULL;
    crypto_generichash_init(&state, shared->bytes, shared->length, raw->length);
    hash_text(&state, LOGIN_LABEL);
    crypto_generichash_update(&state, database_id, VAULT_ID_BYTES);
    crypto_generichash_update(&state, slot->login_hash, sizeof slot->login_hash);
    crypto_generichash_update(&state, slot->public_half, sizeof slot->public_half);
    crypto_generichash_update(&state, point, VAULT_POINT_BYTES);
    crypto_generichash_final(&state, raw->bytes, raw->length);
    sodium_memzero(&state, sizeof state);
    Secret *text = secret_new(sodium_base64_ENCODED_LEN(PASSWORD_BYTES, PASSWORD_VARIANT));
    sodium_bin2base64((char *)text->bytes, text->length, raw->bytes, raw->length, PASSWORD_VARIANT);
    return text;
}

Secret *vault_draw_point(guint8 *point)
{
    Secret *secret = secret_new(crypto_box_SECRETKEYBYTES);

    crypto_box_keypair(point, secret->bytes);
    return secret;
}

gboolean vault_set_point(Vault *vault, const guint8 *point)
{
    g_clear_pointer(&vault->point, secret_free);
    vault->point = secret_copy(point, VAULT_POINT_BYTES);
    g_autoptr(Secret) mine = vault_login_password(vault);
    if (mine == NULL)
        g_clear_pointer(&vault->point, secret_free);
    return mine != NULL;
}

static Secret *under_point(Vault *vault, const VaultSlot *slot, const Secret *half)
{
    return vault->point ? password(vault->file->database_id, slot, vault->point->bytes, half->bytes,
                                   vault->point->bytes)
                        : NULL;
}

Secret *vault_login_password(Vault *vault)
{
    return under_point(vault, &vault->own, vault->half);
}

void vault_login_made(Vault *vault, const VaultSlot *slot, const Secret *half)
{
    const gboolean mine =
        memcmp(slot->login_hash, vault->own.login_hash, sizeof slot->login_hash) == 0;

    Secret **made =
        slot->type == VAULT_SLOT_RECOVERY ? &vault->made_recovery : &vault->made;

    secret_free(*made);
    *made = under_point(vault, slot, half);
    if (!mine)
        return;
    vault->own = *slot;
    secret_free(vault->half);
    vault->half = secret_copy(half->bytes, half->length);
}

Secret *vault_made_password(Vault *vault, gboolean recovery)
{
    return recovery ? g_steal_pointer(&vault->made_recovery) : g_steal_pointer(&vault->made);
}

Secret *vault_password_of(Vault *vault, const char *login, const guint8 *point,
                          const Secret *point_secret)
{
    const VaultFile *file = vault->file;
    guint8 hash[VAULT_LOGIN_HASH_BYTES];
    const VaultSlot *slot = &file->recovery;

    if (login) {
        vault_login_hash(file->database_id, login, hash);
        slot = vault_file_find(file, hash, NULL);
    }
    return slot ? password(file->database_id, slot, point, point_secret->bytes, slot->public_half)
                : NULL;
}
