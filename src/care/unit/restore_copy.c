/* The key file first: a wrong passphrase then costs no copying of the database. */
#include "care/unit/restore_copy.h"

#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/backup_shelf.h"
#include "care/unit/staff.h"

void restore_copy_free(RestoreCopy *copy)
{
    if (!copy)
        return;
    session_close(copy->session);
    if (copy->held >= 0) {
        close(copy->held);
        backup_part_remove(copy->part);
    }
    g_free(copy->part);
    g_free(copy->database);
    backup_manifest_free(copy->manifest);
    db_contents_free(copy->contents);
    g_free(copy->log);
    g_ptr_array_unref(copy->faults);
    g_free(copy);
}

static gboolean not_as_made(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean not_as_made(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *sentence = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT, sentence);
    return FALSE;
}

/* The key file, or its copy where only that is as it was. */
static gboolean copy_keys(RestoreCopy *copy, const char *backup, const char *keys, GError **error)
{
    static const char *const names[] = {BACKUP_KEYS, BACKUP_KEYS_COPY};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(backup, names[i], NULL);
        g_autofree char *sum = vault_sum_at(path, NULL);
        if (g_strcmp0(sum, copy->manifest->keys) == 0)
            return folder_copy_file(path, keys, error);
    }
    return not_as_made(error, _("The key file in the backup is not the one it was made with. Take "
                                "another backup."));
}

static Vault *open_keys(const RestoreCopy *copy, const SessionOpening *opening, const char *keys,
                        GError **error)
{
    g_autofree char *login = login_normalise(opening->login, error);
    g_autoptr(GError) failed = NULL;
    g_autoptr(Vault) vault = login ? vault_open(keys, login, opening->passphrase, &failed) : NULL;

    if (!login)
        return NULL;
    if (g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                            _("User name and passphrase do not fit the backup. It opens with those "
                              "that were in use when it was made."));
    else if (failed)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (!backup_manifest_fits(copy->manifest, vault_data_key(vault)) ||
             strcmp(copy->manifest->database_id, vault_database_id(vault)) != 0)
        not_as_made(error, _("What the backup says of itself is not what was written. Take another "
                             "backup."));
    else
        return g_steal_pointer(&vault);
    return NULL;
}

static gboolean prove_database(RestoreCopy *copy, Vault *vault, gboolean digests, GError **error)
{
    g_autoptr(Secret) digest_key = digests ? backup_digest_key(vault_data_key(vault)) : NULL;
    g_autoptr(GError) failed = NULL;
    g_autofree char *differs = NULL;

    if (!db_copy_check(copy->database, vault_data_key(vault), digest_key, copy->faults,
                       &copy->contents, &failed)) {
        if (!g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE) &&
            !g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT)) {
            g_propagate_error(error, g_steal_pointer(&failed));
            return FALSE;
        }
        return not_as_made(error, _("The database in the backup is damaged, or not the one it was "
                                    "made of. Take another backup."));
    }
    if (!copy->contents)
        return not_as_made(error,
                           _("The database in the backup is damaged. Take another backup. (%s)"),
                           (const char *)copy->faults->pdata[0]);
    if ((differs = backup_manifest_differs(copy->manifest, copy->contents)))
        return not_as_made(
            error,
            _("The database in the backup is not as it was when the backup was made: "
              "the table %s is another. Take another backup."),
            differs);
    return TRUE;
}

static gboolean copy_and_prove(RestoreCopy *copy, const SessionOpening *opening, const char *backup,
                               gboolean digests, GError **error)
{
    g_autofree char *from = g_build_filename(backup, BACKUP_DATABASE, NULL);
    g_autofree char *keys = vault_path_for(copy->database);
    g_autoptr(Vault) vault = NULL;

    return copy_keys(copy, backup, keys, error) &&
           (vault = open_keys(copy, opening, keys, error)) &&
           folder_copy_file(from, copy->database, error) &&
           backup_forms_prove(backup, copy->part, copy->manifest->forms, error) &&
           prove_database(copy, vault, digests, error);
}

RestoreCopy *restore_copy_new(const SessionOpening *opening, const char *backup, const char *part,
                              gboolean digests, GError **error)
{
    g_autoptr(RestoreCopy) copy = g_new0(RestoreCopy, 1);

    copy->held = -1;
    copy->part = g_strdup(part);
    copy->database = g_build_filename(part, BACKUP_DATABASE, NULL);
    copy->faults = g_ptr_array_new_with_free_func(g_free);
    if (!(copy->manifest = backup_manifest_read(backup, error)) ||
        (copy->held = folder_begin(part, error)) < 0 ||
        !copy_and_prove(copy, opening, backup, digests, error))
        return NULL;
    return g_steal_pointer(&copy);
}

gboolean restore_copy_open(RestoreCopy *copy, const SessionOpening *opening, GError **error)
{
    const SessionOpening own = {.database = copy->database,
                                .login = opening->login,
                                .passphrase = opening->passphrase,
                                .new_copy = TRUE};

    copy->session = session_open(&own, error);
    if (!copy->session || !access_require(copy->session, PERMIT_BACKUP, error) ||
        !audit_verify(copy->session, copy->faults, &copy->log, error))
        return FALSE;
    for (guint i = 0; i < session_notices(copy->session)->len; i++)
        g_ptr_array_add(copy->faults, g_strdup(session_notices(copy->session)->pdata[i]));
    return TRUE;
}
