/* vault_own.h: who needs a key file of their own (own_file.h). */
#pragma once

#include "vault/vault.h"

/* Whether a user's slot needs one. FALSE for a login without a slot. */
gboolean own_file_is_needed(Vault *vault, const char *login);
/* The same of the key file at `path`, which nobody has opened; FALSE where it cannot be read. */
gboolean own_file_is_needed_at(const char *path, const char *login);
