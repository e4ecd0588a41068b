/* vault.h: the key file NAME.keys beside the database: who may open it, and with what.
 *
 * One slot per user: an X25519 pair whose secret half is sealed (XChaCha20-Poly1305) under
 * Argon2id of the passphrase (secret_opaque()); the keys are sealed to the public half, so a user
 * is added and a new data key drawn without anyone's passphrase. One more slot is the recovery
 * code. No login stands in clear: a slot is found by a hash of the login keyed with the database's
 * id.
 *
 * Associated data binds magic, version, database id, slot type, login hash, KDF parameters and
 * public half. A BLAKE2b MAC under a subkey of the data key (of two, the one in force) and of the
 * audit key, which is sealed under the passphrase beside the secret half, covers every byte, the
 * generation included. The file is written to a temporary name, synced, renamed, its folder synced.
 * A second copy of the same generation lies beside it as NAME.keys.copy: the file is read from
 * there when it is damaged. No generation before is kept, as its slots would still open. KDF
 * parameters are bounded when read (256 MiB, 10 passes). vault_file.h has the layout.
 *
 * While a new data key is being brought in, both stand in the file (see vault_rotate_begin). */
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "vault/vault_key.h"

typedef struct Vault Vault;

/* The key file's path for a database path, and its copy's. "/x/unit.db" and "/x/unit.unit" →
 * "/x/unit.keys", "/x/unit.keys.copy". New. */
char *vault_path_for(const char *database_path);
char *vault_copy_path_for(const char *database_path);

/* Draws database id, data key, salt and audit key, and makes a file with one user's slot and the
 * recovery slot. `recovery_code` (new; 13 groups of letters and digits, the last of each a check
 * symbol; a NUL stands after its length) is shown once and kept nowhere. Leaves the vault open.
 * ERROR_EXISTS when the file is there; ERROR_INPUT for an empty login or passphrase. */
Vault *vault_create(const char *path, const char *login, const Secret *passphrase,
                    Secret **recovery_code, GError **error);

/* Opens with a login and passphrase. ERROR_PASSPHRASE says the same for an unknown login as for a
 * wrong passphrase and takes as long. ERROR_NOT_FOUND: no key file, says where it should lie and
 * that NAME.keys.copy may be there. ERROR_CORRUPT: a byte is not what was written, in the copy
 * neither. ERROR_BUSY: no memory for Argon2id now. */
Vault *vault_open(const char *path, const char *login, const Secret *passphrase, GError **error);
/* Opens with the recovery code; case, blanks and hyphens do not matter. A mistyped group is named
 * (ERROR_INPUT); a whole code that does not open the file is ERROR_PASSPHRASE. */
Vault *vault_open_recovery(const char *path, const char *code, GError **error);
/* Where file and copy are damaged: opens by one's own slot, if that is whole. Nothing else in the
 * file is vouched for, not even its generation, so all that may be done with such a vault is to
 * prove its keys on the database and to rebuild the file. ERROR_CORRUPT when no slot opens. */
Vault *vault_salvage(const char *path, const char *login, const Secret *passphrase, GError **error);
Vault *vault_salvage_recovery(const char *path, const char *code, GError **error);
/* Writes the file of a salvaged vault anew as `generation`, with the slots that `known` vouches
 * for: vault_slots() as the database has it. No other is kept, since a key sealed to a public half
 * that nobody vouches for may be sealed to a stranger's; NULL, of an earlier version's database,
 * vouches for one's own alone. `login` (may be NULL) gets a slot with `passphrase`. Where the
 * recovery slot is not kept, or was what opened, `*recovery_code` gets a new code; else NULL.
 * ERROR_CORRUPT when one's own slot is not vouched for: it is from an older state of the file. */
gboolean vault_rebuild(Vault *vault, guint64 generation, const char *known, const char *login,
                       const Secret *passphrase, Secret **recovery_code, GError **error);
void vault_close(Vault *vault); /* wipes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vault, vault_close)

/* Of the open vault; owned by it. */
const Secret *vault_data_key(Vault *vault);  /* VAULT_DATA_KEY_BYTES */
const Secret *vault_audit_key(Vault *vault); /* VAULT_AUDIT_KEY_BYTES */
/* The audit key that comes of the data key, or of the `next` one, and of the slots' audit key: who
 * knows only one of the two does not know it. VAULT_AUDIT_KEY_BYTES, new; NULL when there is no next
 * data key. */
Secret *vault_epoch_key(Vault *vault, gboolean next);
const char *vault_database_id(Vault *vault); /* 32 hex digits */
/* Grows by one at every write. The database holds it too (meta "key_generation"): a file with a
 * lower one has been put back to an older state. */
guint64 vault_generation(Vault *vault);
const char *vault_path(Vault *vault);
/* What the database keeps to know the slots by: a word of hex digits for each. New. */
char *vault_slots(Vault *vault);
/* These read the file again, as another program may have changed it. */
gboolean vault_has_login(Vault *vault, const char *login);
/* Whether the file has been written since this vault read it, or holds a new data key that is being
 * brought in: what the database answered meanwhile may then come of that. */
gboolean vault_was_overtaken(Vault *vault);

/* Each of these reads the file afresh under a lock, changes it and writes it as a new generation;
 * a change by another program in between is kept. ERROR_KEY_CHANGED when that was another data key:
 * close and open again. ERROR_BUSY when the lock is not to be had for ten seconds. */
gboolean vault_add_user(Vault *vault, const char *login, const Secret *passphrase, GError **error);
/* Needs no old passphrase: whoever holds the open vault may set it. */
gboolean vault_set_passphrase(Vault *vault, const char *login, const Secret *passphrase,
                              GError **error);
/* Drops a slot and leaves the data key: of a unit on a server, which lets nobody in by the key alone. */
gboolean vault_remove_user(Vault *vault, const char *login, GError **error);
/* A new recovery code; the old one no longer opens. */
gboolean vault_new_recovery(Vault *vault, Secret **recovery_code, GError **error);

/* Revoking is three steps, so that a pulled plug leaves one of the two keys that fits:
 *   vault_rotate_begin  drops `login`'s slot (NULL: none) and writes both data keys into the file;
 *   the caller rekeys the database with vault_next_key() and proves it;
 *   vault_rotate_finish writes the file with the new key only and makes it vault_data_key().
 * When an opened vault has a next key, a rotation was interrupted, or another program is at it: the
 * caller finds out which of the two fits the database, rekeys it if that is the old one, and calls
 * finish. There is no way back, on purpose: another program may have brought the new key in just
 * now, and a file without it would open nothing. Where rekeying fails both keys simply stay.
 * ERROR_INPUT: the last user cannot be revoked. ERROR_CONFLICT: there is a next key already. */
gboolean vault_rotate_begin(Vault *vault, const char *login, GError **error);
const Secret *vault_next_key(Vault *vault); /* NULL when no rotation is under way */
gboolean vault_rotate_finish(Vault *vault, GError **error);

/* Reads the file's structure without any secret: ERROR_CORRUPT or ERROR_VERSION in a sentence.
 * For `check` and the fuzzer. */
gboolean vault_parse_check(const guint8 *bytes, gsize length, GError **error);
/* How many passes over the memory the unit asks for at least of a user's slot, VAULT_LEAST_PASSES to
 * VAULT_MOST_PASSES (vault_calibrate.h). A new slot takes that many, or as many as take half a second
 * here, whichever is more. */
void vault_ask_passes(Vault *vault, guint64 passes);
/* Whether a user's slot costs less to try than it must (vault_cost_least()) or the unit asks for, so that the passphrase
 * is soon guessed from a stolen key file. FALSE for a login without a slot. */
gboolean vault_is_weak(Vault *vault, const char *login);
/* Whether it was the copy that opened, since the file is damaged. */
gboolean vault_reads_copy(Vault *vault);
/* Of the open vault: puts right by its copy a file that is damaged (`*mended` gets whether it was),
 * or by the file a copy that is missing, damaged or of another generation. */
gboolean vault_tend(Vault *vault, gboolean *mended, GError **error);
/* Of the open vault: reads the file again and verifies MAC and generation. */
gboolean vault_verify(Vault *vault, GError **error);
/* Writes the file as it now stands, verified, to the new file `path` and its copy, for a backup.
 * `*generation` and `*sum` (of its bytes, as vault_sum_at() has it; new) say which one that was.
 * ERROR_KEY_CHANGED while, or after, another program has changed the data key. */
gboolean vault_write_out(Vault *vault, const char *path, guint64 *generation, char **sum,
                         GError **error);
/* A sum of the bytes of the key file at `path`, in hex digits; new. Without any secret: it tells one
 * file from another. */
char *vault_sum_at(const char *path, GError **error);
