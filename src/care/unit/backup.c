/* A backup is filled and read through under a name that nobody takes for one, and then named. */
#include "care/unit/backup.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/form_version.h"

/* meta: the moment of the last backup that was found whole. */
#define LAST "backup_ms"
#define DAY_MS ((gint64)24 * 60 * 60 * 1000)

void backup_free(Backup *backup)
{
    if (!backup)
        return;
    g_free(backup->path);
    db_contents_free(backup->contents);
    g_ptr_array_unref(backup->gone);
    g_ptr_array_unref(backup->faults);
    g_free(backup);
}

/* --- places and names ------------------------------------------------------------------------- */

char *backup_folder(Session *session)
{
    g_autofree char *folder = g_path_get_dirname(db_path(session_db(session)));

    return g_build_filename(folder, "backups", NULL);
}

/* What the names of this database's backups begin with. New. */
static char *prefix_of(Session *session)
{
    g_autofree char *base = g_path_get_basename(db_path(session_db(session)));

    if (g_str_has_suffix(base, ".db"))
        base[strlen(base) - strlen(".db")] = '\0';
    return g_strconcat(base, "-", NULL);
}

/* New; NULL on error. */
static char *place(Session *session, const BackupOrder *order, GError **error)
{
    g_autofree char *folder =
        order->folder ? g_canonicalize_filename(order->folder, NULL) : backup_folder(session);

    if (!order->folder && mkdir(folder, 0700) != 0 && errno != EEXIST) {
        folder_fault(folder, errno, error);
        return NULL;
    }
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no folder %s. Make it first, or look if the disk is connected."),
                    folder);
        return NULL;
    }
    return g_steal_pointer(&folder);
}

/* Two made in the same minute are told apart by a number. */
static gboolean give_name(Backup *backup, const char *part, const char *folder, const char *prefix,
                          GError **error)
{
    char date[DATE_SIZE], time[16];

    date_format(clock_local(backup->made_ms, time), date);
    for (int nth = 1;; nth++) {
        g_autoptr(GError) failed = NULL;
        g_autofree char *number = nth > 1 ? g_strdup_printf("-%d", nth) : g_strdup("");
        g_autofree char *name =
            g_strdup_printf("%s%sT%.2s%.2s%s", prefix, date, time, time + 3, number);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (folder_name(part, path, &failed)) {
            backup->path = g_steal_pointer(&path);
            return TRUE;
        }
        if (!g_error_matches(failed, DAGSFORM_ERROR, ERROR_EXISTS)) {
            g_propagate_error(error, g_steal_pointer(&failed));
            return FALSE;
        }
    }
}

static gboolean is_same_disk(const char *one, const char *other)
{
    struct stat a, b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev;
}

/* --- being asked ------------------------------------------------------------------------------ */

static gboolean go_on(const BackupOrder *order, double share, GError **error)
{
    if (order->progress == NULL || order->progress(share, order->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("Broken off. No copy was made."));
    return FALSE;
}

/* Copying is the half of it. */
static gboolean go_on_copying(double share, gpointer data)
{
    return go_on(data, share / 2, NULL);
}

/* --- filling ---------------------------------------------------------------------------------- */

typedef struct {
    char *database, *keys, *copy;
    guint64 generation;
    char *sum;
} Pair;

static void pair_clear(Pair *pair)
{
    g_free(pair->database);
    g_free(pair->keys);
    g_free(pair->copy);
    g_free(pair->sum);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

/* Whether the key file was the same before and after the database was copied, and the one which the
 * database knows: whoever changes users writes the key file first. */
static gboolean belong_together(Session *session, const Pair *pair, const DbContents *contents)
{
    const char *known = g_hash_table_lookup(contents->meta, "key_generation");
    g_autofree char *now = vault_sum_at(vault_path(session_vault(session)), NULL);

    return known && g_ascii_strtoull(known, NULL, 10) == pair->generation &&
           (g_strcmp0(now, pair->sum) == 0 || vault_reads_copy(session_vault(session)));
}

static gboolean copy_pair(Session *session, const BackupOrder *order, const Secret *digest_key,
                          Pair *pair, Backup *backup, GError **error)
{
    const DbWatch watch = {go_on_copying, (gpointer)order};

    g_clear_pointer(&pair->sum, g_free);
    g_clear_pointer(&backup->contents, db_contents_free);
    backup->made_ms = clock_now_ms();
    return vault_write_out(session_vault(session), pair->keys, &pair->generation, &pair->sum,
                           error) &&
           db_copy(session_db(session), pair->database, digest_key, &watch, &backup->contents,
                   error);
}

/* Somebody may be changing users just now; then once more. */
static gboolean fill(Session *session, const BackupOrder *order, const Secret *digest_key,
                     Pair *pair, Backup *backup, GError **error)
{
    for (int tries = 0; tries < 2; tries++) {
        if (!copy_pair(session, order, digest_key, pair, backup, error))
            return FALSE;
        if (belong_together(session, pair, backup->contents))
            return TRUE;
        g_unlink(pair->database);
        g_unlink(pair->keys);
        g_unlink(pair->copy);
    }
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                        _("Users were changed while the backup was made, so database and key file "
                          "do not belong together. No backup was kept; make it again."));
    return FALSE;
}

/* --- reading through -------------------------------------------------------------------------- */

static gboolean look_through(Session *session, const Pair *pair, Backup *backup, GError **error)
{
    g_autoptr(DbContents) found = NULL;
    g_autofree char *differs = NULL;

    if (!db_copy_check(pair->database, vault_data_key(session_vault(session)), NULL, backup->faults,
                       &found, error))
        return FALSE;
    if (!found) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                    _("The copy of the database was not right and has been removed: %s Run “dagsform "
                      "check” to see whether the database itself is damaged."),
                    (const char *)backup->faults->pdata[0]);
        return FALSE;
    }
    if (!(differs = db_contents_differ(backup->contents, found)))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                _("The copy of the database was not right and has been removed: the table %s is "
                  "not as in the database."),
                differs);
    return FALSE;
}

/* With the unit's own forms, which it names. */
static gboolean write_manifest(Session *session, const char *part, const Pair *pair, Backup *backup,
                               GError **error)
{
    g_autofree char *path = g_build_filename(part, BACKUP_MANIFEST, NULL);
    g_autofree char *forms = form_version_unit_folder(session);
    g_autoptr(BackupManifest) manifest =
        backup_manifest_new(backup->contents, pair->generation, pair->sum, backup->made_ms);
    if (!backup_forms_take(forms, part, manifest->forms, error))
        return FALSE;
    backup->forms = manifest->forms->len;
    g_autofree char *text = backup_manifest_text(manifest, vault_data_key(session_vault(session)));
    struct stat status;

    backup->rows = backup_manifest_rows(manifest);
    backup->bytes = stat(pair->database, &status) == 0 ? status.st_size : 0;
    return folder_write_file(path, text, strlen(text), error) && folder_sync(part, error);
}

static gboolean make_part(Session *session, const BackupOrder *order, const char *part,
                          Backup *backup, GError **error)
{
    g_autoptr(Secret) digest_key =
        order->digests ? backup_digest_key(vault_data_key(session_vault(session))) : NULL;
    g_auto(Pair) pair = {.database = g_build_filename(part, BACKUP_DATABASE, NULL),
                         .keys = g_build_filename(part, BACKUP_KEYS, NULL),
                         .copy = g_build_filename(part, BACKUP_KEYS_COPY, NULL)};

    return fill(session, order, digest_key, &pair, backup, error) &&
           go_on(order, 0.5, error) && look_through(session, &pair, backup, error) &&
           go_on(order, 0.95, error) &&
           write_manifest(session, part, &pair, backup, error);
}

static gboolean make_named(Session *session, const BackupOrder *order, const char *folder,
                           Backup *backup, GError **error)
{
    g_autofree char *prefix = prefix_of(session);
    g_autofree char *part =
        g_strdup_printf("%s/%s%08x" FOLDER_PART, folder, prefix, g_random_int());
    int held;

    backup_shelf_sweep(folder, prefix);
    held = folder_begin(part, error);
    if (held < 0)
        return FALSE;
    gboolean done = make_part(session, order, part, backup, error) &&
                    give_name(backup, part, folder, prefix, error);
    close(held);
    if (!done)
        backup_part_remove(part);
    return done;
}

/* --- making ----------------------------------------------------------------------------------- */

static gboolean note(Session *session, const Backup *backup, GError **error)
{
    g_autofree char *at = g_strdup_printf("%" G_GINT64_FORMAT, backup->made_ms);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);

    audit_changes_text(changes, "backup", NULL, backup->path);
    return tx != NULL && db_meta_set(session_db(session), LAST, at, error) &&
           audit_write(session, "backup", "meta", 0, 0, changes, error) &&
           db_transaction_commit(tx, error);
}

/* The backup is there whatever comes of this. */
static void finish(Session *session, const BackupOrder *order, const char *folder, Backup *backup)
{
    g_autoptr(GError) failed = NULL;

    backup->same_disk = is_same_disk(folder, db_path(session_db(session)));
    if (backup->faults->len > 0)
        return;
    if (!db_is_read_only(session_db(session)) && !note(session, backup, &failed)) {
        g_ptr_array_add(backup->faults, g_strdup(failed->message));
        return;
    }
    if (order->rule)
        backup_shelf_prune(folder, vault_database_id(session_vault(session)), order->rule,
                           backup->path, backup->gone);
}

static gboolean is_a_file(Session *session, GError **error)
{
    if (!db_is_on_server(session_db(session)))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The unit is kept by a server, and whoever runs it makes the backups. Without the key file "
                  "%s none of them opens: keep a copy of it elsewhere."),
                vault_path(session_vault(session)));
    return FALSE;
}

Backup *backup_make(Session *session, const BackupOrder *order, GError **error)
{
    g_autoptr(Backup) backup = g_new0(Backup, 1);
    g_autofree char *folder = NULL;

    backup->gone = g_ptr_array_new_with_free_func(g_free);
    backup->faults = g_ptr_array_new_with_free_func(g_free);
    if (!access_require(session, PERMIT_BACKUP, error) || !is_a_file(session, error) ||
        !(folder = place(session, order, error)) ||
        !make_named(session, order, folder, backup, error))
        return NULL;
    finish(session, order, folder, backup);
    return g_steal_pointer(&backup);
}

/* --- the last one ----------------------------------------------------------------------------- */

gboolean backup_last(Session *session, gint64 *made_ms, GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT CAST(value AS BIGINT) FROM meta WHERE key = '" LAST "'", NULL, 0,
                      made_ms, error);
}

char *backup_late(Session *session, int days, const char *how)
{
    const gint64 least = clock_now_ms() - days * DAY_MS;
    gint64 last = 0, founded = 0;

    if (days <= 0 || session_is_demo(session) || db_is_on_server(session_db(session)) || !access_allows(session, PERMIT_BACKUP) ||
        !backup_last(session, &last, NULL) ||
        !db_get_int(session_db(session), "SELECT created_ms FROM unit WHERE id = :unit",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session))), 0, &founded, NULL) ||
        MAX(last, founded) >= least)
        return NULL;
    if (last == 0)
        return g_strdup_printf("%s %s", _("No backup of this database has been made."), how);
    g_autofree char *when = clock_text(last);
    g_autofree char *made = g_strdup_printf(_("The latest backup was made %s."), when);
    return g_strdup_printf("%s %s", made, how);
}
