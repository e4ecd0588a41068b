/* vault_own.c: what the type of a slot says. */
#include "vault/vault_own.h"

#include "vault/vault_private.h"

static gboolean needs_own_file(const VaultFile *file, const char *login)
{
    guint8 hash[VAULT_LOGIN_HASH_BYTES];

    vault_login_hash(file->database_id, login, hash);
    const VaultSlot *slot = vault_file_find(file, hash, NULL);
    return slot != NULL && slot->type == VAULT_SLOT_USER_OWN_FILE;
}

gboolean own_file_is_needed(Vault *vault, const char *login)
{
    return needs_own_file(vault->file, login);
}

gboolean own_file_is_needed_at(const char *path, const char *login)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(VaultFile) file = NULL;

    return vault_load(path, &bytes, &file, NULL) && needs_own_file(file, login);
}
