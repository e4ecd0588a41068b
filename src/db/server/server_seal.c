/* server_seal.c: what a server keeps and cannot read. */
#include "db/server/server_seal.h"

#include <string.h>

#include <sodium.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define MARK_BYTES 17 /* SEAL_KEYED_LETTERS - 1 letters */

/* The keys lie one after the other. */
enum { KEY_SEAL, KEY_NONCE, KEY_MARK, KEY_COUNT };

struct SealKeys {
    Secret *bytes;
};

G_STATIC_ASSERT(KEY == crypto_kdf_BYTES_MAX / 2 && KEY >= crypto_generichash_KEYBYTES_MIN);
G_STATIC_ASSERT(sodium_base64_ENCODED_LEN(MARK_BYTES, VARIANT) - 1 == SEAL_KEYED_LETTERS - 1);

static const guint8 *key_of(const SealKeys *keys, int which)
{
    return keys->bytes->bytes + (gsize)which * KEY;
}

SealKeys *seal_keys_new(const Secret *data_key)
{
    SealKeys *keys = g_new0(SealKeys, 1);

    g_assert(data_key->length >= crypto_kdf_KEYBYTES);
    keys->bytes = secret_new((gsize)KEY_COUNT * KEY);
    for (int i = 0; i < KEY_COUNT; i++)
        crypto_kdf_derive_from_key(keys->bytes->bytes + (gsize)i * KEY, KEY, (guint64)i + 1,
                                   "dgsfseal", data_key->bytes);
    return keys;
}

void seal_keys_free(SealKeys *keys)
{
    if (keys == NULL)
        return;
    secret_free(keys->bytes);
    g_free(keys);
}

/* Keyed, of two texts, the NUL between them. */
static void hash(const guint8 *key, const char *one, const char *other, guint8 *out, gsize length)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key, KEY, length);
    crypto_generichash_update(&state, (const guint8 *)one, strlen(one) + 1);
    crypto_generichash_update(&state, (const guint8 *)other, strlen(other));
    crypto_generichash_final(&state, out, length);
    sodium_memzero(&state, sizeof state);
}

static void append_base64(GString *out, const guint8 *bytes, gsize length)
{
    const gsize size = sodium_base64_encoded_len(length, VARIANT), before = out->len;

    g_string_set_size(out, before + size - 1);
    sodium_bin2base64(out->str + before, size, bytes, length, VARIANT);
}

char *seal_mark(const SealKeys *keys)
{
    GString *out = g_string_new(NULL);
    guint8 mark[MARK_BYTES];

    hash(key_of(keys, KEY_MARK), "mark", "", mark, sizeof mark);
    append_base64(out, mark, sizeof mark);
    return g_string_free(out, FALSE);
}

/* What a keyed value begins with; nothing is asked of it where there is no column. */
static void append_mark(GString *out, const SealKeys *keys, const char *column, const char *value)
{
    guint8 mark[MARK_BYTES];

    if (column == NULL)
        return;
    hash(key_of(keys, KEY_MARK), column, value, mark, sizeof mark);
    append_base64(out, mark, sizeof mark);
}

char *seal_value(const SealKeys *keys, const char *place, const char *column, const char *value)
{
    const gsize filled = (strlen(value) / SEAL_BLOCK + 1) * SEAL_BLOCK;
    g_autofree guint8 *bytes = g_malloc0(NONCE + filled + TAG);
    GString *out = g_string_new("~");

    append_mark(out, keys, column, value);
    hash(key_of(keys, KEY_NONCE), place, value, bytes, NONCE);
    memcpy(bytes + NONCE, value, strlen(value));
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + NONCE, NULL, bytes + NONCE, filled,
                                               (const guint8 *)place, strlen(place), NULL, bytes,
                                               key_of(keys, KEY_SEAL));
    append_base64(out, bytes, NONCE + filled + TAG);
    return g_string_free(out, FALSE);
}

/* What is filled up ends in at least one NUL. */
static char *unsealed(const SealKeys *keys, const char *place, guint8 *bytes, gsize length)
{
    guint8 *text = bytes + NONCE;
    unsigned long long opened = 0;

    if (length < NONCE + SEAL_BLOCK + TAG || (length - NONCE - TAG) % SEAL_BLOCK != 0 ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(text, &opened, NULL, text, length - NONCE,
                                                   (const guint8 *)place, strlen(place), bytes,
                                                   key_of(keys, KEY_SEAL)) != 0 ||
        opened == 0 || text[opened - 1] != '\0')
        return NULL;
    return g_strdup((const char *)text);
}

/* Two that have one number would else be told apart, or one be found by another's. */
static gboolean begins_as_its_value(const SealKeys *keys, const char *column, const char *value,
                                    const char *sealed)
{
    g_autoptr(GString) begins = g_string_new("~");

    append_mark(begins, keys, column, value);
    return strncmp(sealed, begins->str, begins->len) == 0;
}

char *seal_open(const SealKeys *keys, const char *place, const char *column, const char *sealed)
{
    const gsize size = strlen(sealed), before = column != NULL ? SEAL_KEYED_LETTERS : 1;
    g_autofree guint8 *bytes = g_malloc(size + 1);
    g_autofree char *value = NULL;
    gsize length = 0;

    /* One with its highest bit set is to sodium the letter without it. */
    if (*sealed != SEAL_SIGN || size < before || !g_str_is_ascii(sealed) ||
        sodium_base642bin(bytes, size, sealed + before, size - before, NULL, &length, NULL,
                          VARIANT) != 0)
        return NULL;
    value = unsealed(keys, place, bytes, length);
    return value != NULL && begins_as_its_value(keys, column, value, sealed)
               ? g_steal_pointer(&value)
               : NULL;
}
