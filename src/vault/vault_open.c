/* vault_open.c: reading the key file, and opening it with what somebody knows. */
#include "base/i18n.h"
#include "vault/own_file.h"
#include "vault/recovery_code.h"
#include "vault/vault_private.h"
#include "vault/vault_store.h"

#include <string.h>
#include <unistd.h>

/* --- reading and verifying -------------------------------------------------------------------- */

gboolean vault_load(const char *name, GBytes **bytes, VaultFile **file, GError **error)
{
    gsize length;

    *file = NULL;
    *bytes = vault_store_read(name, vault_file_max_length(), error);
    if (!*bytes)
        return FALSE;
    const guint8 *data = g_bytes_get_data(*bytes, &length);
    *file = vault_file_parse(data, length, error);
    if (!*file)
        g_clear_pointer(bytes, g_bytes_unref);
    return *file != NULL;
}

gboolean vault_mac_fits(GBytes *bytes, const VaultKeys *keys)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_autoptr(Secret) mac_key = vault_mac_key(keys);

    return vault_file_mac_fits(data, length, mac_key);
}

static gboolean set_key_changed(GError **error)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_KEY_CHANGED,
                        _("An administrator has changed the data key. Lock the program, unlock it "
                          "again, and repeat what you just did."));
    return FALSE;
}

gboolean vault_check_against(Vault *vault, GBytes *bytes, const VaultFile *file, GError **error)
{
    if (file->generation < vault->file->generation) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                    _("The key file %s has been put back to an older state. Put back the newest "
                      "key file; someone who was shut out may otherwise get in again."),
                    vault->path);
        return FALSE;
    }
    if (!vault_mac_fits(bytes, &vault->keys))
        return file->generation > vault->file->generation ? set_key_changed(error)
                                                          : vault_file_set_corrupt(error);
    /* Another program draws a new key, which this one cannot seal again. */
    if ((file->key_count == 2) != (vault->keys.next != NULL))
        return set_key_changed(error);
    return TRUE;
}

void vault_adopt(Vault *vault, VaultFile **file)
{
    vault_file_free(vault->file);
    vault->file = g_steal_pointer(file);
}

gboolean vault_parse_check(const guint8 *bytes, gsize length, GError **error)
{
    g_autoptr(VaultFile) file = vault_file_parse(bytes, length, error);

    return file != NULL;
}

gboolean vault_verify(Vault *vault, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;

    if (!vault_load(vault->path, &bytes, &file, error) ||
        !vault_check_against(vault, bytes, file, error))
        return FALSE;
    vault_adopt(vault, &file);
    return TRUE;
}

/* --- opening ---------------------------------------------------------------------------------- */

Vault *vault_new(const char *path, VaultFile *file, VaultKeys *keys, const VaultSlot *slot,
                 const Secret *half)
{
    Vault *vault = g_new0(Vault, 1);

    vault->path = g_strdup(path);
    vault->file = file;
    vault->keys = *keys;
    *keys = (VaultKeys){0};
    sodium_bin2hex(vault->id, sizeof vault->id, file->database_id, VAULT_ID_BYTES);
    vault->own = *slot;
    vault->half = secret_copy(half->bytes, crypto_box_SECRETKEYBYTES);
    return vault;
}

void vault_close(Vault *vault)
{
    if (!vault)
        return;
    vault_keys_clear(&vault->keys);
    vault_file_free(vault->file);
    secret_free(vault->half);
    secret_free(vault->point);
    secret_free(vault->made);
    secret_free(vault->made_recovery);
    g_free(vault->path);
    g_free(vault);
}

/* Who opens: a login with its passphrase, or the recovery code. */
typedef struct {
    const char *login; /* NULL: by the code */
    const Secret *passphrase;
    const Secret *code;
} Opener;

/* The slot of a login. For one that has none a slot is made that costs as much to try and that
 * nothing opens: another user's, always the same one, under a hash that is not sealed in it. */
static VaultSlot slot_to_try(const VaultFile *file, const char *login)
{
    guint8 hash[VAULT_LOGIN_HASH_BYTES];

    vault_login_hash(file->database_id, login, hash);
    VaultSlot *found = vault_file_find(file, hash, NULL);
    guint other = (hash[0] | (guint)hash[1] << 8) % file->users->len;
    VaultSlot slot = found ? *found : g_array_index(file->users, VaultSlot, other);

    memcpy(slot.login_hash, hash, sizeof hash);
    if (found == NULL)
        slot.type = VAULT_SLOT_USER;
    return slot;
}

/* Whether `slot` needs no file, or `own` is what the right one holds. */
static gboolean own_file_fits(const VaultFile *file, const VaultSlot *slot, const Secret *own,
                              GError **error)
{
    guint8 salt[crypto_pwhash_SALTBYTES];

    if (slot->type != VAULT_SLOT_USER_OWN_FILE)
        return TRUE;
    if (own == NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("You also need your own key file to sign in. Say where it lies; on the "
                              "command line with --key-file FILE."));
        return FALSE;
    }
    vault_own_salt(file->database_id, slot, own, salt);
    if (sodium_memcmp(salt, slot->salt, sizeof salt) == 0)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("This is another key file than yours in this unit: somebody else's, or one "
                          "that has been replaced. Give the right one, or ask an administrator for a "
                          "new passphrase."));
    return FALSE;
}

/* NULL without error when it does not open. New. */
static Secret *half_under(const VaultFile *file, const VaultSlot *slot, const Secret *passphrase,
                          const Secret *own, GError **error)
{
    const gboolean needs = slot->type == VAULT_SLOT_USER_OWN_FILE;
    g_autoptr(Secret) key = vault_passphrase_key(slot, passphrase, needs ? own : NULL, error);

    return key ? vault_slot_unseal(slot, file->database_id, key) : NULL;
}

/* By the passphrase as it is mapped now; where that changes it, also as it stood in slots that were
 * made before blanks were mapped. */
static Secret *half_under_passphrase(const VaultFile *file, const VaultSlot *slot,
                                     const Secret *joined, GError **error)
{
    g_autoptr(Secret) own = NULL;
    g_autoptr(Secret) passphrase = own_file_part(joined, &own);
    g_autoptr(Secret) mapped = secret_opaque(passphrase);
    g_autoptr(Secret) as_typed = secret_composed(passphrase);
    g_autoptr(GError) failed = NULL;
    if (!own_file_fits(file, slot, own, error))
        return NULL;
    Secret *half = half_under(file, slot, mapped, own, &failed);

    if (!half && !failed && !secret_equal(mapped, as_typed))
        half = half_under(file, slot, as_typed, own, &failed);
    if (failed)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (!half)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                            _("User name and passphrase do not fit. Try again, or ask an "
                              "administrator for a new passphrase."));
    return half;
}

static Secret *half_under_code(const VaultFile *file, const VaultSlot *slot, const Secret *code,
                               GError **error)
{
    g_autoptr(Secret) key = vault_recovery_key(file->database_id, code->bytes);
    Secret *half = vault_slot_unseal(slot, file->database_id, key);

    if (!half)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                            _("This recovery code does not open this key file. It may have been "
                              "replaced by a newer one, or belong to another unit."));
    return half;
}

/* The half in the opener's `slot`. ERROR_PASSPHRASE when it does not open. New. */
static Secret *unseal(const VaultFile *file, const Opener *opener, const VaultSlot *slot,
                      GError **error)
{
    return opener->login ? half_under_passphrase(file, slot, opener->passphrase, error)
                         : half_under_code(file, slot, opener->code, error);
}

/* The vault of `path` as `name`, the file itself or its copy, has it. Once the slot has opened, a
 * fault is damage, not a wrong passphrase. */
static Vault *open_at(const char *path, const char *name, const Opener *opener, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;
    g_autoptr(Secret) half = NULL;
    g_auto(VaultKeys) keys = {0};

    if (!vault_load(name, &bytes, &file, error))
        return NULL;
    const VaultSlot slot = opener->login ? slot_to_try(file, opener->login) : file->recovery;
    if (!(half = unseal(file, opener, &slot, error)))
        return NULL;
    if (!vault_unseal_keys(file, &slot, half, &keys) || !vault_mac_fits(bytes, &keys)) {
        vault_file_set_corrupt(error);
        return NULL;
    }
    return vault_new(path, g_steal_pointer(&file), &keys, &slot, half);
}

static gboolean is_damage(const GError *error)
{
    /* The format's number is believed before all else, so damage there looks like a newer one. */
    return g_error_matches(error, DAGSFORM_ERROR, ERROR_CORRUPT) ||
           g_error_matches(error, DAGSFORM_ERROR, ERROR_VERSION);
}

static Vault *open_either(const char *path, const Opener *opener, GError **error)
{
    g_autoptr(GError) failed = NULL;
    Vault *vault = open_at(path, path, opener, &failed);

    if (!vault && is_damage(failed)) {
        g_autofree char *copy = vault_store_copy_path(path);
        vault = open_at(path, copy, opener, NULL);
        if (vault)
            vault->reads_copy = TRUE;
    }
    if (!vault)
        g_propagate_error(error, g_steal_pointer(&failed));
    return vault;
}

Vault *vault_open(const char *path, const char *login, const Secret *passphrase, GError **error)
{
    return open_either(path, &(Opener){.login = login, .passphrase = passphrase}, error);
}

static gboolean read_code(const char *text, guint8 *code, GError **error)
{
    int fault = recovery_code_parse(text, code);

    if (fault == RECOVERY_GROUPS + 1)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The recovery code goes on after its last group, number %d. Take away what "
                      "is too much."),
                    RECOVERY_GROUPS);
    else if (fault)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("Group %d of the recovery code is not as it was printed. Compare it with "
                      "the paper: the code has %d groups of %d letters and digits."),
                    fault, RECOVERY_GROUPS, RECOVERY_GROUP_SYMBOLS);
    return fault == 0;
}

Vault *vault_open_recovery(const char *path, const char *code, GError **error)
{
    g_autoptr(Secret) raw = secret_new(RECOVERY_KEY_BYTES);

    return read_code(code, raw->bytes, error) ? open_either(path, &(Opener){.code = raw}, error)
                                              : NULL;
}

/* --- what is left of a damaged file ----------------------------------------------------------- */

/* The opener's own slot in a damaged file; its type, hash and cost may be anything there. */
static gboolean find_salvaged(const VaultFile *file, const Opener *opener, VaultSlot *slot)
{
    guint8 hash[VAULT_LOGIN_HASH_BYTES];

    if (!opener->login) {
        *slot = file->recovery;
        return TRUE;
    }
    vault_login_hash(file->database_id, opener->login, hash);
    for (guint i = 0; i < file->users->len; i++) {
        *slot = g_array_index(file->users, VaultSlot, i);
        if (memcmp(slot->login_hash, hash, sizeof hash) == 0)
            return vault_cost_is_sane(&slot->cost);
    }
    return FALSE;
}

static Vault *salvage_at(const char *path, const char *name, const Opener *opener)
{
    g_autoptr(GBytes) bytes = vault_store_read(name, vault_file_max_length(), NULL);
    g_autoptr(VaultFile) file = NULL;
    g_autoptr(Secret) half = NULL;
    g_auto(VaultKeys) keys = {0};
    VaultSlot slot;
    gsize length;

    if (!bytes)
        return NULL;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    file = vault_file_salvage(data, length);
    if (!file || !find_salvaged(file, opener, &slot) ||
        !(half = unseal(file, opener, &slot, NULL)) || !vault_unseal_keys(file, &slot, half, &keys))
        return NULL;
    return vault_new(path, g_steal_pointer(&file), &keys, &slot, half);
}

static Vault *salvage(const char *path, const Opener *opener, GError **error)
{
    g_autofree char *copy = vault_store_copy_path(path);
    Vault *vault = salvage_at(path, path, opener);

    if (!vault)
        vault = salvage_at(path, copy, opener);
    if (!vault)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("Nothing in the damaged key file opens with what you gave. Try "
                              "another administrator, or the recovery code; or else put back "
                              "database and key file from the same backup."));
    return vault;
}

Vault *vault_salvage(const char *path, const char *login, const Secret *passphrase, GError **error)
{
    return salvage(path, &(Opener){.login = login, .passphrase = passphrase}, error);
}

Vault *vault_salvage_recovery(const char *path, const char *code, GError **error)
{
    g_autoptr(Secret) raw = secret_new(RECOVERY_KEY_BYTES);

    return read_code(code, raw->bytes, error) ? salvage(path, &(Opener){.code = raw}, error) : NULL;
}

/* --- keeping two copies ----------------------------------------------------------------------- */

/* Puts the file right by the copy. FALSE when the copy is not as it should be. */
static gboolean mend_by_copy(Vault *vault, int lock, const char *copy, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;

    return vault_load(copy, &bytes, &file, error) &&
           vault_check_against(vault, bytes, file, error) &&
           vault_store_put(vault->path, lock, bytes, error);
}

gboolean vault_tend(Vault *vault, gboolean *mended, GError **error)
{
    g_autofree char *copy = vault_store_copy_path(vault->path);
    g_autoptr(GError) fault = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;
    int lock = vault_store_lock(vault->path, error);

    *mended = FALSE;
    if (lock < 0)
        return FALSE;
    gboolean done = TRUE;
    if (vault_load(vault->path, &bytes, &file, &fault) &&
        vault_check_against(vault, bytes, file, &fault))
        done =
            vault_store_holds(copy, bytes) || vault_store_replace(vault->path, lock, bytes, error);
    else if (is_damage(fault))
        done = *mended = mend_by_copy(vault, lock, copy, error);
    else if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_KEY_CHANGED)) {
        g_propagate_error(error, g_steal_pointer(&fault));
        done = FALSE;
    } /* else another program is at it, and leaves both as they should be */
    close(lock);
    return done;
}

/* --- written out ------------------------------------------------------------------------------ */

static char *sum_of(GBytes *bytes)
{
    guint8 sum[crypto_generichash_BYTES];
    char hex[2 * crypto_generichash_BYTES + 1];
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);

    crypto_generichash(sum, sizeof sum, data, length, NULL, 0);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, sum, sizeof sum));
}

char *vault_sum_at(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = vault_store_read(path, vault_file_max_length(), error);

    return bytes ? sum_of(bytes) : NULL;
}

gboolean vault_write_out(Vault *vault, const char *path, guint64 *generation, char **sum,
                         GError **error)
{
    g_autofree char *copy = vault_store_copy_path(vault->path);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;

    if (!vault_load(vault->reads_copy ? copy : vault->path, &bytes, &file, error) ||
        !vault_check_against(vault, bytes, file, error))
        return FALSE;
    if (file->key_count == 2)
        return set_key_changed(error);
    if (!vault_store_create(path, bytes, error))
        return FALSE;
    *generation = file->generation;
    *sum = sum_of(bytes);
    return TRUE;
}
