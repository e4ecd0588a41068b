/* vault_file.c: one canonical way to write the key file, and nothing else is read. */
#include "vault/vault_file.h"

#include "base/i18n.h"

#include <string.h>

static const guint8 MAGIC[8] = {'D', 'A', 'G', 'S', 'K', 'E', 'Y', 'S'};

#define HEADER_BYTES (sizeof MAGIC + 4 + VAULT_ID_BYTES + 8 + 1 + 4)
#define KEY_COUNT_AT (sizeof MAGIC + 4 + VAULT_ID_BYTES + 8)
#define TRAILER_BYTES (VAULT_MAC_BYTES + VAULT_CHECKSUM_BYTES)
#define SLOT_FIXED_BYTES                                                                           \
    (1 + VAULT_LOGIN_HASH_BYTES + 4 + 4 + crypto_pwhash_SALTBYTES + crypto_box_PUBLICKEYBYTES +    \
     crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + VAULT_SEALED_HALF_BYTES)

VaultFile *vault_file_new(void)
{
    VaultFile *file = g_new0(VaultFile, 1);

    file->key_count = 1;
    file->users = g_array_new(FALSE, TRUE, sizeof(VaultSlot));
    return file;
}

void vault_file_free(VaultFile *file)
{
    if (!file)
        return;
    g_array_unref(file->users);
    g_free(file);
}

/* The only length a file of so many users and keys has. */
static gsize file_length(guint users, guint keys)
{
    gsize slot = SLOT_FIXED_BYTES + VAULT_SEALED_KEYS_BYTES((gsize)keys);

    return HEADER_BYTES + (users + (gsize)1) * slot + TRAILER_BYTES;
}

gsize vault_file_max_length(void)
{
    return file_length(VAULT_USERS_MAX, 2);
}

gboolean vault_file_set_corrupt(GError **error)
{
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("The key file is damaged. Lock the program and sign in again, so that its "
          "copy puts it right. If that does not help, an administrator repairs it "
          "with “dagsform user repair”, or whoever has the recovery code with "
          "“dagsform user recover NAME”."));
    return FALSE;
}

static void set_insane_cost(const VaultCost *cost, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                _("The key file is damaged, or somebody has changed it: it asks for %u passes over "
                  "%u MB to try a passphrase, and Dagsform never asks for more than %u over %u MB. "
                  "Sign in again, so that its copy puts it right. If that does not help, an "
                  "administrator repairs it with “dagsform user repair”, or whoever has the "
                  "recovery code with “dagsform user recover NAME”."),
                (guint)cost->operations, (guint)(cost->memory >> 20), VAULT_MOST_PASSES,
                VAULT_COST_MEMORY >> 20);
}

static gboolean is_zero(const guint8 *bytes, gsize length)
{
    return sodium_is_zero(bytes, length);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Bytes not yet read. The length of the whole is proved before the first slot, so takers do not
 * fail. */
typedef struct {
    const guint8 *at;
    guint64 format;
    VaultCost insane; /* of a slot, if there is such a one; else 0 */
} Reader;

static void take(Reader *reader, guint8 *to, gsize length)
{
    memcpy(to, reader->at, length);
    reader->at += length;
}

static guint64 take_number(Reader *reader, int bytes)
{
    guint64 value = 0;

    for (int i = 0; i < bytes; i++)
        value |= (guint64)*reader->at++ << (8 * i);
    return value;
}

gboolean vault_cost_is_sane(const VaultCost *cost)
{
    return cost->operations >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
           cost->operations <= VAULT_MOST_PASSES &&
           cost->memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN && cost->memory <= VAULT_COST_MEMORY;
}

static gboolean slot_is_sane(const VaultSlot *slot, VaultSlotType expected)
{
    const gboolean own_file = slot->type == VAULT_SLOT_USER_OWN_FILE;

    if (slot->type != expected && !(own_file && expected == VAULT_SLOT_USER))
        return FALSE;
    if (expected == VAULT_SLOT_RECOVERY)
        return is_zero(slot->login_hash, sizeof slot->login_hash) && slot->cost.operations == 0 &&
               slot->cost.memory == 0 && is_zero(slot->salt, sizeof slot->salt);
    return vault_cost_is_sane(&slot->cost);
}

static gboolean take_slot(Reader *reader, VaultSlotType expected, guint keys, VaultSlot *slot)
{
    slot->type = (VaultSlotType)take_number(reader, 1);
    take(reader, slot->login_hash, sizeof slot->login_hash);
    slot->cost.operations = take_number(reader, 4);
    slot->cost.memory = take_number(reader, 4) * 1024;
    take(reader, slot->salt, sizeof slot->salt);
    take(reader, slot->public_half, sizeof slot->public_half);
    take(reader, slot->nonce, sizeof slot->nonce);
    take(reader, slot->sealed_half, sizeof slot->sealed_half);
    take(reader, slot->sealed_keys, VAULT_SEALED_KEYS_BYTES((gsize)keys));
    if (expected == VAULT_SLOT_USER && !vault_cost_is_sane(&slot->cost))
        reader->insane = slot->cost;
    return slot_is_sane(slot, expected);
}

static gboolean take_slots(Reader *reader, guint users, VaultFile *file)
{
    for (guint i = 0; i < users; i++) {
        VaultSlot slot = {0};

        if (!take_slot(reader, VAULT_SLOT_USER, file->key_count, &slot))
            return FALSE;
        if (i > 0) {
            const VaultSlot *before = &g_array_index(file->users, VaultSlot, i - 1);

            if (memcmp(before->login_hash, slot.login_hash, sizeof slot.login_hash) >= 0)
                return FALSE;
        }
        g_array_append_val(file->users, slot);
    }
    return take_slot(reader, VAULT_SLOT_RECOVERY, file->key_count, &file->recovery);
}

/* The format that `file` is written in: the earliest that has it. */
static guint64 format_of(const VaultFile *file)
{
    for (guint i = 0; i < file->users->len; i++)
        if (g_array_index(file->users, VaultSlot, i).type == VAULT_SLOT_USER_OWN_FILE)
            return VAULT_FORMAT_OWN_FILES;
    return VAULT_FORMAT;
}

static void checksum(const guint8 *bytes, gsize length, guint8 *sum)
{
    crypto_generichash(sum, VAULT_CHECKSUM_BYTES, bytes, length, NULL, 0);
}

/* Everything after the format number. */
static gboolean take_rest(Reader *reader, const guint8 *bytes, gsize length, VaultFile *file)
{
    guint8 sum[VAULT_CHECKSUM_BYTES];

    take(reader, file->database_id, sizeof file->database_id);
    file->generation = take_number(reader, 8);
    file->key_count = (guint)take_number(reader, 1);
    guint64 users = take_number(reader, 4);

    if (file->generation < 1 || file->key_count < 1 || file->key_count > 2 || users < 1 ||
        users > VAULT_USERS_MAX || length != file_length((guint)users, file->key_count))
        return FALSE;
    if (!take_slots(reader, (guint)users, file) || format_of(file) != reader->format)
        return FALSE;

    checksum(bytes, length - VAULT_CHECKSUM_BYTES, sum);
    return memcmp(bytes + length - VAULT_CHECKSUM_BYTES, sum, sizeof sum) == 0;
}

VaultFile *vault_file_parse(const guint8 *bytes, gsize length, GError **error)
{
    /* Magic and format first: the rest of a newer format may be of any shape. */
    if (length < sizeof MAGIC + 4 || memcmp(bytes, MAGIC, sizeof MAGIC) != 0) {
        vault_file_set_corrupt(error);
        return NULL;
    }
    Reader reader = {.at = bytes + sizeof MAGIC};
    const guint64 format = reader.format = take_number(&reader, 4);
    if (format > VAULT_FORMAT_OWN_FILES) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_VERSION,
                    _("The key file was made by a newer version of the program (format %u). "
                      "Install the newest version and open it with that."),
                    (guint)format);
        return NULL;
    }

    g_autoptr(VaultFile) file = vault_file_new();
    if (format < VAULT_FORMAT || length < HEADER_BYTES ||
        !take_rest(&reader, bytes, length, file)) {
        if (reader.insane.operations > 0)
            set_insane_cost(&reader.insane, error);
        else
            vault_file_set_corrupt(error);
        return NULL;
    }
    return g_steal_pointer(&file);
}

/* How many users there are in so many bytes with `keys` data keys; 0 when no file is so long. */
static guint users_in(gsize length, guint keys)
{
    guint users = 1;

    while (users <= VAULT_USERS_MAX && file_length(users, keys) < length)
        users++;
    return users <= VAULT_USERS_MAX && file_length(users, keys) == length ? users : 0;
}

VaultFile *vault_file_salvage(const guint8 *bytes, gsize length)
{
    g_autoptr(VaultFile) file = vault_file_new();
    Reader reader = {.at = bytes + sizeof MAGIC + 4};
    guint users = users_in(length, 1);

    /* The length tells how many keys there are, where it is not possible with one and with two. */
    if (users_in(length, 2) && (!users || bytes[KEY_COUNT_AT] == 2)) {
        file->key_count = 2;
        users = users_in(length, 2);
    }
    if (!users)
        return NULL;
    take(&reader, file->database_id, sizeof file->database_id);
    file->generation = take_number(&reader, 8);
    reader.at = bytes + HEADER_BYTES;
    for (guint i = 0; i < users; i++) {
        VaultSlot slot = {0};

        take_slot(&reader, VAULT_SLOT_USER, file->key_count, &slot);
        g_array_append_val(file->users, slot);
    }
    take_slot(&reader, VAULT_SLOT_RECOVERY, file->key_count, &file->recovery);
    return g_steal_pointer(&file);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void put(GByteArray *out, const guint8 *bytes, gsize length)
{
    g_byte_array_append(out, bytes, (guint)length);
}

static void put_number(GByteArray *out, guint64 value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        guint8 byte = (guint8)(value >> (8 * i));

        g_byte_array_append(out, &byte, 1);
    }
}

static void put_slot_head(GByteArray *out, const VaultSlot *slot)
{
    put_number(out, slot->type, 1);
    put(out, slot->login_hash, sizeof slot->login_hash);
    put_number(out, slot->cost.operations, 4);
    put_number(out, slot->cost.memory / 1024, 4);
    put(out, slot->salt, sizeof slot->salt);
    put(out, slot->public_half, sizeof slot->public_half);
}

static void put_slot_alone(GByteArray *out, const VaultSlot *slot)
{
    put_slot_head(out, slot);
    put(out, slot->nonce, sizeof slot->nonce);
    put(out, slot->sealed_half, sizeof slot->sealed_half);
}

void vault_slot_fingerprint(const VaultSlot *slot, char *hex)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 hash[VAULT_FINGERPRINT_BYTES];

    put_slot_alone(bytes, slot);
    crypto_generichash(hash, sizeof hash, bytes->data, bytes->len, NULL, 0);
    sodium_bin2hex(hex, VAULT_FINGERPRINT_SIZE, hash, sizeof hash);
}

static void put_slot(GByteArray *out, const VaultSlot *slot, guint keys)
{
    put_slot_alone(out, slot);
    put(out, slot->sealed_keys, VAULT_SEALED_KEYS_BYTES((gsize)keys));
}

GByteArray *vault_file_associated(const guint8 *database_id, const VaultSlot *slot)
{
    GByteArray *out = g_byte_array_new();

    put(out, MAGIC, sizeof MAGIC);
    put_number(out, VAULT_FORMAT, 4);
    put(out, database_id, VAULT_ID_BYTES);
    put_slot_head(out, slot);
    return out;
}

static void compute_mac(const guint8 *bytes, gsize length, const Secret *mac_key, guint8 *mac)
{
    crypto_generichash(mac, VAULT_MAC_BYTES, bytes, length, mac_key->bytes, mac_key->length);
}

GBytes *vault_file_serialise(const VaultFile *file, const Secret *mac_key)
{
    guint8 mac[VAULT_MAC_BYTES];
    guint8 sum[VAULT_CHECKSUM_BYTES];
    GByteArray *out = g_byte_array_sized_new((guint)file_length(file->users->len, file->key_count));

    put(out, MAGIC, sizeof MAGIC);
    put_number(out, format_of(file), 4);
    put(out, file->database_id, sizeof file->database_id);
    put_number(out, file->generation, 8);
    put_number(out, file->key_count, 1);
    put_number(out, file->users->len, 4);
    for (guint i = 0; i < file->users->len; i++)
        put_slot(out, &g_array_index(file->users, VaultSlot, i), file->key_count);
    put_slot(out, &file->recovery, file->key_count);
    compute_mac(out->data, out->len, mac_key, mac);
    put(out, mac, sizeof mac);
    checksum(out->data, out->len, sum);
    put(out, sum, sizeof sum);
    return g_byte_array_free_to_bytes(out);
}

gboolean vault_file_mac_fits(const guint8 *bytes, gsize length, const Secret *mac_key)
{
    guint8 mac[VAULT_MAC_BYTES];
    gsize body = length - TRAILER_BYTES;

    compute_mac(bytes, body, mac_key, mac);
    return sodium_memcmp(mac, bytes + body, sizeof mac) == 0;
}

VaultSlot *vault_file_find(const VaultFile *file, const guint8 *login_hash, guint *place)
{
    guint low = 0;
    guint high = file->users->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const VaultSlot *slot = &g_array_index(file->users, VaultSlot, middle);

        if (memcmp(slot->login_hash, login_hash, VAULT_LOGIN_HASH_BYTES) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (place)
        *place = low;
    if (low == file->users->len)
        return NULL;

    VaultSlot *found = &g_array_index(file->users, VaultSlot, low);
    return memcmp(found->login_hash, login_hash, VAULT_LOGIN_HASH_BYTES) == 0 ? found : NULL;
}
