/* vault.c: the open key file and its changes. Every change is made to the file as it now stands,
 * under its lock, and only after its MAC has been verified: what is damaged is never built upon.
 *
 * Changing the data key only ever goes forward. Both keys stay in the file until the caller has
 * proved that the database has the new one; nothing takes the new one out again, so two programs
 * that both find an interrupted change cannot undo each other's work. */
#include "vault/vault.h"

#include "base/fault.h"
#include "base/i18n.h"
#include "vault/own_file.h"
#include "vault/recovery_code.h"
#include "vault/vault_calibrate.h"
#include "vault/vault_private.h"
#include "vault/vault_store.h"

#include <string.h>
#include <unistd.h>

/* The key file while it is changed. */
typedef struct {
    int lock;
    GBytes *bytes; /* as read */
    VaultFile *file;
} Edit;

static void edit_clear(Edit *edit)
{
    g_clear_pointer(&edit->bytes, g_bytes_unref);
    g_clear_pointer(&edit->file, vault_file_free);
    if (edit->lock >= 0)
        close(edit->lock);
    edit->lock = -1;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Edit, edit_clear)

char *vault_copy_path_for(const char *database_path)
{
    g_autofree char *path = vault_path_for(database_path);

    return g_strconcat(path, ".copy", NULL);
}

char *vault_path_for(const char *database_path)
{
    g_autofree char *name = g_path_get_basename(database_path);
    gsize length = strlen(database_path);

    if (g_str_has_suffix(name, ".db") && strlen(name) > 3)
        length -= 3;
    else if (g_str_has_suffix(name, ".unit") && strlen(name) > 5)
        length -= 5;
    return g_strdup_printf("%.*s.keys", (int)length, database_path);
}

/* --- of the open vault ------------------------------------------------------------------------ */

const Secret *vault_data_key(Vault *vault)
{
    return vault->keys.data;
}

const Secret *vault_next_key(Vault *vault)
{
    return vault->keys.next;
}

const Secret *vault_audit_key(Vault *vault)
{
    return vault->keys.audit;
}

Secret *vault_epoch_key(Vault *vault, gboolean next)
{
    const Secret *data = next ? vault->keys.next : vault->keys.data;

    return data != NULL ? vault_audit_subkey(data, vault->keys.audit) : NULL;
}

const char *vault_database_id(Vault *vault)
{
    return vault->id;
}

guint64 vault_generation(Vault *vault)
{
    return vault->file->generation;
}

static VaultSlot *find_login(const VaultFile *file, const char *login, guint *place)
{
    guint8 hash[VAULT_LOGIN_HASH_BYTES];

    vault_login_hash(file->database_id, login, hash);
    return vault_file_find(file, hash, place);
}

void vault_ask_passes(Vault *vault, guint64 passes)
{
    vault->least_passes = MIN(passes, VAULT_MOST_PASSES);
}

gboolean vault_is_weak(Vault *vault, const char *login)
{
    const VaultSlot *slot = find_login(vault->file, login, NULL);
    const VaultCost least = vault_cost_least();

    return slot && (slot->cost.operations < MAX(least.operations, vault->least_passes) ||
                    slot->cost.memory < least.memory);
}

/* Of a new slot. */
static VaultCost cost_here(const Vault *vault)
{
    const VaultCost cost = vault_cost();

    return (VaultCost){MAX(cost.operations, vault->least_passes), cost.memory};
}

gboolean vault_reads_copy(Vault *vault)
{
    return vault->reads_copy;
}

const char *vault_path(Vault *vault)
{
    return vault->path;
}

char *vault_slots(Vault *vault)
{
    const VaultFile *file = vault->file;
    GString *words = g_string_new(NULL);
    char hex[VAULT_FINGERPRINT_SIZE];

    for (guint i = 0; i < file->users->len; i++) {
        vault_slot_fingerprint(&g_array_index(file->users, VaultSlot, i), hex);
        g_string_append_printf(words, "%s ", hex);
    }
    vault_slot_fingerprint(&file->recovery, hex);
    return g_string_free(g_string_append(words, hex), FALSE);
}

/* Another program may have added a user; where the file cannot be read just now, what was read
 * last still stands. */
gboolean vault_has_login(Vault *vault, const char *login)
{
    vault_verify(vault, NULL);
    return find_login(vault->file, login, NULL) != NULL;
}

gboolean vault_was_overtaken(Vault *vault)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;

    return vault_load(vault->path, &bytes, &file, NULL) &&
           (file->generation > vault->file->generation || file->key_count == 2);
}

/* --- making slots ----------------------------------------------------------------------------- */

static gboolean check_new_user(const char *login, const Secret *joined, GError **error)
{
    g_autoptr(Secret) passphrase = own_file_part(joined, NULL);

    if (*login == '\0' || !g_utf8_validate(login, -1, NULL)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A user name must have at least one letter. Type one."));
        return FALSE;
    }
    if (passphrase->length == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The passphrase is empty. Type one that is long and easy for you to "
                              "remember."));
        return FALSE;
    }
    /* A NUL is none either. */
    if (!g_utf8_validate((const char *)passphrase->bytes, (gssize)passphrase->length, NULL)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The passphrase is no text in UTF-8, so it could not be typed again. "
                              "Type another one."));
        return FALSE;
    }
    return TRUE;
}

/* A user's slot, but for the data keys, and its secret half (new). Takes as long as Argon2id does. */
static Secret *make_user_slot(const guint8 *database_id, const char *login, const Secret *joined,
                              const Secret *audit, VaultCost cost, VaultSlot *slot, GError **error)
{
    g_autoptr(Secret) own = NULL;
    g_autoptr(Secret) passphrase = own_file_part(joined, &own);

    *slot = (VaultSlot){.type = own != NULL ? VAULT_SLOT_USER_OWN_FILE : VAULT_SLOT_USER,
                        .cost = cost};
    vault_login_hash(database_id, login, slot->login_hash);
    if (own != NULL)
        vault_own_salt(database_id, slot, own, slot->salt);
    else
        randombytes_buf(slot->salt, sizeof slot->salt);
    g_autoptr(Secret) mapped = secret_opaque(passphrase);
    g_autoptr(Secret) key = vault_passphrase_key(slot, mapped, own, error);
    return key ? vault_slot_seal(slot, database_id, key, audit) : NULL;
}

/* The recovery slot with a new code, but for the data keys, and its secret half (new). The code's text is
 * new; its NUL stands after its length. */
static Secret *make_recovery_slot(const guint8 *database_id, const Secret *audit, VaultSlot *slot,
                                  Secret **half)
{
    g_autoptr(Secret) raw = secret_new(RECOVERY_KEY_BYTES);
    g_autoptr(Secret) key = NULL;
    Secret *text = secret_new(RECOVERY_CODE_SIZE);

    randombytes_buf(raw->bytes, raw->length);
    recovery_code_format(raw->bytes, (char *)text->bytes);
    text->length = RECOVERY_CODE_SIZE - 1;
    *slot = (VaultSlot){.type = VAULT_SLOT_RECOVERY};
    key = vault_recovery_key(database_id, raw->bytes);
    *half = vault_slot_seal(slot, database_id, key, audit);
    return text;
}

static Secret *secret_random(gsize length)
{
    Secret *secret = secret_new(length);

    randombytes_buf(secret->bytes, length);
    return secret;
}

static GBytes *serialise(const VaultFile *file, const VaultKeys *keys)
{
    g_autoptr(Secret) mac_key = vault_mac_key(keys);

    return vault_file_serialise(file, mac_key);
}

Vault *vault_create(const char *path, const char *login, const Secret *passphrase,
                    Secret **recovery_code, GError **error)
{
    g_autoptr(VaultFile) file = vault_file_new();
    g_auto(VaultKeys) keys = {.data = secret_random(VAULT_DATA_KEY_BYTES),
                              .audit = secret_random(VAULT_AUDIT_KEY_BYTES)};
    VaultSlot slot;

    if (!check_new_user(login, passphrase, error))
        return NULL;
    randombytes_buf(file->database_id, sizeof file->database_id);
    file->generation = 1;
    g_autoptr(Secret) half =
        make_user_slot(file->database_id, login, passphrase, keys.audit, vault_cost(), &slot, error);
    if (!half)
        return NULL;
    g_array_append_val(file->users, slot);
    g_autoptr(Secret) recovery = NULL;
    g_autoptr(Secret) code =
        make_recovery_slot(file->database_id, keys.audit, &file->recovery, &recovery);
    if (!vault_seal_keys(file, &keys)) {
        vault_file_set_corrupt(error);
        return NULL;
    }
    g_autoptr(GBytes) bytes = serialise(file, &keys);
    if (!vault_store_create(path, bytes, error))
        return NULL;
    *recovery_code = g_steal_pointer(&code);
    return vault_new(path, g_steal_pointer(&file), &keys, &slot, half);
}

/* --- changing --------------------------------------------------------------------------------- */

/* Locks and reads the file as it now stands. */
static gboolean edit_begin(Vault *vault, Edit *edit, GError **error)
{
    edit->lock = vault_store_lock(vault->path, error);
    return edit->lock >= 0 && vault_load(vault->path, &edit->bytes, &edit->file, error);
}

/* The same, and makes sure that this vault may build upon it. */
static gboolean edit_begin_checked(Vault *vault, Edit *edit, GError **error)
{
    return edit_begin(vault, edit, error) &&
           vault_check_against(vault, edit->bytes, edit->file, error);
}

/* Writes the changed file as the next generation, with `keys` in every slot. */
static gboolean edit_commit(Vault *vault, Edit *edit, const VaultKeys *keys, GError **error)
{
    edit->file->generation++;
    if (!vault_seal_keys(edit->file, keys))
        return vault_file_set_corrupt(error);
    g_autoptr(GBytes) bytes = serialise(edit->file, keys);
    if (!vault_store_replace(vault->path, edit->lock, bytes, error))
        return FALSE;
    vault_adopt(vault, &edit->file);
    return TRUE;
}

static gboolean set_exists(const char *login, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                _("There is a user %s already. Choose another user name."), login);
    return FALSE;
}

static gboolean set_no_such_user(const char *login, GError **error)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                _("There is no user %s in the key file. Look at how the name is spelled."), login);
    return FALSE;
}

gboolean vault_add_user(Vault *vault, const char *login, const Secret *passphrase, GError **error)
{
    g_auto(Edit) edit = {.lock = -1};
    VaultSlot slot;
    guint place;

    if (!check_new_user(login, passphrase, error))
        return FALSE;
    if (vault_has_login(vault, login))
        return set_exists(login, error);
    /* Before the lock: deriving takes half a second. */
    g_autoptr(Secret) half = make_user_slot(vault->file->database_id, login, passphrase,
                                            vault->keys.audit, cost_here(vault), &slot, error);
    if (!half || !edit_begin_checked(vault, &edit, error))
        return FALSE;
    if (vault_file_find(edit.file, slot.login_hash, &place))
        return set_exists(login, error);
    if (edit.file->users->len >= VAULT_USERS_MAX) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The key file holds %d users, and more there cannot be. Close users who have "
                      "left first."),
                    VAULT_USERS_MAX);
        return FALSE;
    }
    g_array_insert_val(edit.file->users, place, slot);
    if (!edit_commit(vault, &edit, &vault->keys, error))
        return FALSE;
    vault_login_made(vault, &slot, half);
    return TRUE;
}

gboolean vault_set_passphrase(Vault *vault, const char *login, const Secret *passphrase,
                              GError **error)
{
    g_auto(Edit) edit = {.lock = -1};
    VaultSlot slot;

    if (!check_new_user(login, passphrase, error))
        return FALSE;
    if (!vault_has_login(vault, login))
        return set_no_such_user(login, error);
    g_autoptr(Secret) half = make_user_slot(vault->file->database_id, login, passphrase,
                                            vault->keys.audit, cost_here(vault), &slot, error);
    if (!half || !edit_begin_checked(vault, &edit, error))
        return FALSE;
    VaultSlot *found = vault_file_find(edit.file, slot.login_hash, NULL);
    if (!found)
        return set_no_such_user(login, error);
    *found = slot;
    if (!edit_commit(vault, &edit, &vault->keys, error))
        return FALSE;
    vault_login_made(vault, &slot, half);
    return TRUE;
}

gboolean vault_new_recovery(Vault *vault, Secret **recovery_code, GError **error)
{
    g_auto(Edit) edit = {.lock = -1};

    if (!edit_begin_checked(vault, &edit, error))
        return FALSE;
    g_autoptr(Secret) half = NULL;
    g_autoptr(Secret) code =
        make_recovery_slot(edit.file->database_id, vault->keys.audit, &edit.file->recovery, &half);
    VaultSlot made = edit.file->recovery;
    if (!edit_commit(vault, &edit, &vault->keys, error))
        return FALSE;
    vault_login_made(vault, &made, half);
    *recovery_code = g_steal_pointer(&code);
    return TRUE;
}

/* --- a damaged file written anew -------------------------------------------------------------- */

static gboolean is_known(Vault *vault, const char *known, const VaultSlot *slot)
{
    char hex[VAULT_FINGERPRINT_SIZE], own[VAULT_FINGERPRINT_SIZE];

    vault_slot_fingerprint(slot, hex);
    vault_slot_fingerprint(&vault->own, own);
    return strstr(known ? known : own, hex) != NULL;
}

/* Puts `slot` in its place, or in that of the one it replaces. */
static void place_slot(VaultFile *file, const VaultSlot *slot)
{
    guint place;
    VaultSlot *there = vault_file_find(file, slot->login_hash, &place);

    if (there)
        *there = *slot;
    else
        g_array_insert_val(file->users, place, *slot);
}

/* The slots that are vouched for, in a file of their own. */
static VaultFile *keep_known(Vault *vault, const char *known)
{
    VaultFile *file = vault_file_new();

    memcpy(file->database_id, vault->file->database_id, sizeof file->database_id);
    for (guint i = 0; i < vault->file->users->len; i++) {
        const VaultSlot *slot = &g_array_index(vault->file->users, VaultSlot, i);
        if (is_known(vault, known, slot))
            place_slot(file, slot);
    }
    return file;
}

/* The recovery slot: as it is, where it is vouched for and has not just been used. `*code` gets the
 * code of a new one. */
static void keep_recovery(Vault *vault, const char *known, VaultFile *file, Secret **code,
                          Secret **half)
{
    gboolean used = vault->own.type == VAULT_SLOT_RECOVERY;

    *code = NULL;
    if (!used && is_known(vault, known, &vault->file->recovery))
        file->recovery = vault->file->recovery;
    else
        *code = make_recovery_slot(file->database_id, vault->keys.audit, &file->recovery, half);
}

static gboolean write_rebuilt(Vault *vault, VaultFile *file, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    int lock;

    if (!vault_seal_keys(file, &vault->keys))
        return vault_file_set_corrupt(error);
    bytes = serialise(file, &vault->keys);
    lock = vault_store_lock(vault->path, error);
    if (lock < 0)
        return FALSE;
    gboolean done = vault_store_replace(vault->path, lock, bytes, error);
    close(lock);
    return done;
}

gboolean vault_rebuild(Vault *vault, guint64 generation, const char *known, const char *login,
                       const Secret *passphrase, Secret **recovery_code, GError **error)
{
    g_autoptr(VaultFile) file = keep_known(vault, known);
    g_autoptr(Secret) code = NULL;
    g_autoptr(Secret) half = NULL, recovery = NULL;
    VaultSlot slot;

    if (!is_known(vault, known, &vault->own)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("The damaged key file is older than the database, or not of this "
                              "unit. Put back database and key file from the same backup."));
        return FALSE;
    }
    if (login) {
        if (!check_new_user(login, passphrase, error) ||
            !(half = make_user_slot(file->database_id, login, passphrase, vault->keys.audit,
                                    cost_here(vault), &slot, error)))
            return FALSE;
        place_slot(file, &slot);
    }
    file->generation = generation;
    keep_recovery(vault, known, file, &code, &recovery);
    if (!write_rebuilt(vault, file, error))
        return FALSE;
    vault_adopt(vault, &file);
    if (half)
        vault_login_made(vault, &slot, half);
    if (recovery)
        vault_login_made(vault, &vault->file->recovery, recovery);
    *recovery_code = g_steal_pointer(&code);
    return TRUE;
}

/* --- a new data key --------------------------------------------------------------------------- */

static gboolean drop_user(VaultFile *file, const char *login, GError **error)
{
    guint place;

    if (!find_login(file, login, &place))
        return set_no_such_user(login, error);
    if (file->users->len == 1) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is the only user, so nobody could open the database afterwards. Add "
                      "another user first."),
                    login);
        return FALSE;
    }
    g_array_remove_index(file->users, place);
    return TRUE;
}

gboolean vault_remove_user(Vault *vault, const char *login, GError **error)
{
    g_auto(Edit) edit = {.lock = -1};

    return edit_begin_checked(vault, &edit, error) && drop_user(edit.file, login, error) &&
           edit_commit(vault, &edit, &vault->keys, error);
}

gboolean vault_rotate_begin(Vault *vault, const char *login, GError **error)
{
    g_auto(Edit) edit = {.lock = -1};
    const gsize salt = VAULT_DATA_KEY_BYTES - 32;

    if (vault->keys.next) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("An earlier change of the data key has not been brought to its end. "
                              "Lock the program, unlock it again, and then try once more."));
        return FALSE;
    }
    if (!edit_begin_checked(vault, &edit, error) || (login && !drop_user(edit.file, login, error)))
        return FALSE;

    /* The database keeps its salt: that is the beginning of its file. */
    g_autoptr(Secret) next = secret_random(VAULT_DATA_KEY_BYTES);
    memcpy(next->bytes + 32, vault->keys.data->bytes + 32, salt);
    VaultKeys both = vault->keys;
    both.next = next;
    if (!edit_commit(vault, &edit, &both, error))
        return FALSE;
    vault->keys.next = g_steal_pointer(&next);
    return TRUE;
}

gboolean vault_rotate_finish(Vault *vault, GError **error)
{
    g_auto(Edit) edit = {.lock = -1};
    const VaultKeys proved = {.data = vault->keys.next, .audit = vault->keys.audit};

    if (!vault->keys.next) {
        fault_set(error, "no next data key to finish");
        return FALSE;
    }
    if (!edit_begin(vault, &edit, error))
        return FALSE;
    /* Another program that found the same two keys has been here first. */
    if (edit.file->generation > vault->file->generation && vault_mac_fits(edit.bytes, &proved))
        vault_adopt(vault, &edit.file);
    else if (!vault_check_against(vault, edit.bytes, edit.file, error) ||
             !edit_commit(vault, &edit, &proved, error))
        return FALSE;
    secret_free(vault->keys.data);
    vault->keys.data = g_steal_pointer(&vault->keys.next);
    return TRUE;
}
