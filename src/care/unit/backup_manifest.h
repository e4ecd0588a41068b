/* backup_manifest.h: what a backup says of itself, so that nothing in it can be exchanged unseen.
 *
 * A backup is one folder: the database and its key file under fixed names, and a small text file.
 * That says whose database it is, of which schema and generation of the key file, where its log
 * ends, how many rows each table has, a sum of the key file, and one of each of the unit's own forms; the whole is sealed with a keyed
 * BLAKE2b under a subkey of the data key. The pages themselves carry the engine's own codes. */
#pragma once

#include "care/unit/backup_forms.h"
#include "care/unit/session.h"

#define BACKUP_DATABASE "dagsform.db"
#define BACKUP_KEYS "dagsform.keys"
#define BACKUP_KEYS_COPY "dagsform.keys.copy"
#define BACKUP_MANIFEST "manifest"

typedef struct {
    char *program; /* its version */
    char *database_id;
    int schema;
    guint64 generation; /* of the key file */
    gint64 made_ms;
    char *log;         /* meta 'audit_mac': number and code of the last entry */
    char *keys;        /* vault_sum_at() */
    GPtrArray *tables; /* DbTable without digests, by name */
    GPtrArray *forms;  /* BackupForm *, by name */
    char *mac;         /* as read; NULL in one that is being made */
} BackupManifest;
void backup_manifest_free(BackupManifest *manifest); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BackupManifest, backup_manifest_free)

/* Of what `contents` holds, with the key file of `generation` and sum `keys`; without forms. New. */
BackupManifest *backup_manifest_new(const DbContents *contents, guint64 generation,
                                    const char *keys, gint64 made_ms);
/* The file's text, sealed under the data key. New. */
char *backup_manifest_text(const BackupManifest *manifest, const Secret *data_key);
/* Reads a text without vouching for it. ERROR_CORRUPT; ERROR_VERSION for a newer format. New. */
BackupManifest *backup_manifest_parse(const char *text, gsize length, GError **error);
/* The same of the one in the folder `backup`. ERROR_NOT_FOUND: that is no backup. */
BackupManifest *backup_manifest_read(const char *backup, GError **error);
/* Whether it is what was sealed under this data key. */
gboolean backup_manifest_fits(const BackupManifest *manifest, const Secret *data_key);
/* NULL, or the first table that `contents` has otherwise; new. */
char *backup_manifest_differs(const BackupManifest *manifest, const DbContents *contents);
/* The number of the last entry of the log. */
gint64 backup_manifest_entry(const BackupManifest *manifest);
gint64 backup_manifest_rows(const BackupManifest *manifest); /* of all tables */

/* The key of digests that a backup and its restored copy are compared by. New. */
Secret *backup_digest_key(const Secret *data_key);
