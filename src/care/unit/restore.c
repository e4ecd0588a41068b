/* Putting a backup back. */
#include "care/unit/restore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/restore_compare.h"
#include "care/unit/restored.h"

void restored_free(Restored *restored)
{
    if (!restored)
        return;
    g_free(restored->database);
    g_free(restored->log);
    g_free(restored->kept);
    g_ptr_array_unref(restored->sentences);
    g_free(restored);
}

static void move_sentences(GPtrArray *to, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_strdup(from->pdata[i]));
}

static Restored *describe(const RestoreCopy *copy, const char *database)
{
    Restored *restored = g_new0(Restored, 1);

    restored->database = g_strdup(database);
    restored->made_ms = copy->manifest->made_ms;
    restored->rows = backup_manifest_rows(copy->manifest);
    restored->entries = backup_manifest_entry(copy->manifest);
    restored->log = g_strdup(copy->log);
    restored->forms = copy->manifest->forms->len;
    restored->sentences = g_ptr_array_new_with_free_func(g_free);
    move_sentences(restored->sentences, copy->faults);
    return restored;
}

/* Copied, proved, opened, compared, marked, and closed again: ready to be named. */
static RestoreCopy *prepare(const SessionOpening *opening, const char *backup, const char *part,
                            const char *database, Restored **restored, gboolean *other,
                            GError **error)
{
    g_autoptr(RestoreCopy) copy = restore_copy_new(opening, backup, part, FALSE, error);

    if (!copy || !restore_copy_open(copy, opening, error))
        return NULL;
    g_autoptr(Restored) described = describe(copy, database);
    restore_compare(copy, opening, described->sentences, other);
    if (!restored_mark(copy->session, copy->manifest->made_ms, backup, error))
        return NULL;
    session_close(g_steal_pointer(&copy->session));
    if (!folder_sync(part, error))
        return NULL;
    *restored = g_steal_pointer(&described);
    return g_steal_pointer(&copy);
}

/* The unit's own forms, from `from` into the folder that the program looks for them in. */
static gboolean put_forms(const RestoreCopy *copy, const char *from, Restored *restored,
                          GError **error)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *unit = g_path_get_dirname(restored->database);
    g_autofree char *folder = g_build_filename(unit, "forms", NULL);

    if (!backup_forms_put(from, folder, copy->manifest->forms, kept, error))
        return FALSE;
    for (guint i = 0; i < kept->len; i++)
        g_ptr_array_add(restored->sentences,
                        g_strdup_printf(_("A form of your own was another than in the backup. What "
                                          "was there is kept as %s."),
                                        (const char *)kept->pdata[i]));
    return TRUE;
}

Restored *restore_to(const SessionOpening *opening, const char *backup, const char *folder,
                     GError **error)
{
    g_autofree char *full = g_canonicalize_filename(folder, NULL);
    g_autofree char *from = g_canonicalize_filename(backup, NULL);
    g_autofree char *part = g_strconcat(full, FOLDER_PART, NULL);
    g_autofree char *database = g_build_filename(full, BACKUP_DATABASE, NULL);
    g_autoptr(Restored) restored = NULL;
    g_autoptr(RestoreCopy) copy = NULL;
    gboolean other;

    if (access(full, F_OK) == 0) {
        folder_fault(full, EEXIST, error);
        return NULL;
    }
    backup_part_remove(part);
    copy = prepare(opening, from, part, database, &restored, &other, error);
    if (!copy || !folder_name(part, full, error) || !put_forms(copy, full, restored, error))
        return NULL;
    return g_steal_pointer(&restored);
}

/* --- in the place of the present one ---------------------------------------------------------- */

/* The three files of a unit. */
typedef struct {
    char *paths[3]; /* key file, its copy, database: in the order in which they are put in */
} UnitFiles;

static void unit_files_clear(UnitFiles *files)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files->paths); i++)
        g_free(files->paths[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(UnitFiles, unit_files_clear)

static UnitFiles unit_files(const char *database)
{
    return (UnitFiles){
        {vault_path_for(database), vault_copy_path_for(database), g_strdup(database)}};
}

/* "unit.replaced-2026-11-22.db", or with a number behind the day; nothing is there. New. */
static char *kept_name(const char *database)
{
    char date[DATE_SIZE];
    const gsize base = strlen(database) - (g_str_has_suffix(database, ".db") ? strlen(".db") : 0);

    date_format(clock_today(), date);
    for (int nth = 1;; nth++) {
        g_autofree char *number = nth > 1 ? g_strdup_printf("-%d", nth) : g_strdup("");
        g_autofree char *name =
            g_strdup_printf("%.*s.replaced-%s%s.db", (int)base, database, date, number);
        g_autofree char *keys = vault_path_for(name);
        if (access(name, F_OK) != 0 && access(keys, F_OK) != 0)
            return g_steal_pointer(&name);
    }
}

/* A second name for the same file; on a file system that has none, another name. What is not there
 * has no name to keep. */
static gboolean keep_file(const char *path, const char *kept, GError **error)
{
    if (link(path, kept) == 0 || errno == ENOENT)
        return TRUE;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
        return folder_fault(kept, errno, error);
    return folder_name(path, kept, error);
}

static gboolean keep_present(const UnitFiles *present, const UnitFiles *kept, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kept->paths); i++)
        if (!keep_file(present->paths[i], kept->paths[i], error))
            return FALSE;
    return TRUE;
}

/* Who may read the file that is put aside, a folder's group for one, may read the one in its place; never
 * anybody else. */
static gboolean keep_mode(const char *fresh, const char *present, GError **error)
{
    struct stat before, now;

    if (stat(present, &before) != 0)
        return errno == ENOENT || folder_fault(present, errno, error);
    /* The group cannot always be given; then its rights are not. */
    if (chown(fresh, (uid_t)-1, before.st_gid) != 0 && errno != EPERM)
        return folder_fault(fresh, errno, error);
    if (stat(fresh, &now) != 0)
        return folder_fault(fresh, errno, error);
    const mode_t mode = before.st_mode & (now.st_gid == before.st_gid ? 0777 : 0707);
    return chmod(fresh, mode) == 0 || folder_fault(fresh, errno, error);
}

/* The key file first: until the database is there too, what lies there does not open, and nobody
 * writes to it. A journal that was left belongs to the database that was left. */
static gboolean put_in(const UnitFiles *fresh, const UnitFiles *present, const UnitFiles *kept,
                       GError **error)
{
    g_autofree char *journal = g_strconcat(present->paths[2], "-journal", NULL);
    g_autofree char *kept_journal = g_strconcat(kept->paths[2], "-journal", NULL);
    g_autofree char *folder = g_path_get_dirname(present->paths[2]);

    for (gsize i = 0; i < G_N_ELEMENTS(fresh->paths); i++) {
        if (i == 2 && rename(journal, kept_journal) != 0 && errno != ENOENT)
            return folder_fault(kept_journal, errno, error);
        if (!keep_mode(fresh->paths[i], present->paths[i], error))
            return FALSE;
        if (rename(fresh->paths[i], present->paths[i]) != 0)
            return folder_fault(present->paths[i], errno, error);
    }
    return folder_sync(folder, error);
}

static gboolean replace(const RestoreCopy *copy, Restored *restored, GError **error)
{
    g_autofree char *name = kept_name(restored->database);
    g_autofree char *folder = g_path_get_dirname(restored->database);
    g_auto(UnitFiles) fresh = unit_files(copy->database);
    g_auto(UnitFiles) present = unit_files(restored->database);
    g_auto(UnitFiles) kept = unit_files(name);
    const gboolean was_there = access(restored->database, F_OK) == 0;

    if (!keep_present(&present, &kept, error) || !folder_sync(folder, error) ||
        !put_in(&fresh, &present, &kept, error) || !put_forms(copy, copy->part, restored, error))
        return FALSE;
    if (was_there)
        restored->kept = g_steal_pointer(&name);
    return TRUE;
}

/* Through a symbolic link what it leads to is replaced. New. */
static char *real_place(const char *database)
{
    g_autofree char *behind = paths_behind(database);

    return g_canonicalize_filename(behind, NULL);
}

Restored *restore_replace(const SessionOpening *opening, const char *backup, GError **error)
{
    g_autofree char *database = real_place(opening->database);
    g_autofree char *from = g_canonicalize_filename(backup, NULL);
    g_autofree char *folder = g_path_get_dirname(database);
    g_autofree char *base = g_path_get_basename(database);
    g_autofree char *prefix = g_strdup_printf("%s.restore-", base);
    g_autofree char *part =
        g_strdup_printf("%s/%s%08x" FOLDER_PART, folder, prefix, g_random_int());
    g_autoptr(Restored) restored = NULL;
    g_autoptr(RestoreCopy) copy = NULL;
    gboolean other = FALSE;

    if (db_names_server(database)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The unit of the file %s is kept by a server, so a backup is not put in its place. "
                      "Look at the backup with --to."),
                    database);
        return NULL;
    }
    backup_shelf_sweep(folder, prefix);
    copy = prepare(opening, from, part, database, &restored, &other, error);
    if (!copy)
        return NULL;
    if (other) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                    _("The database %s belongs to another unit than the backup, and was left as it "
                      "is. Look at the backup with --to, or say the right database with --db."),
                    database);
        return NULL;
    }
    return replace(copy, restored, error) ? g_steal_pointer(&restored) : NULL;
}

/* --- a drill ---------------------------------------------------------------------------------- */

void drill_free(Drill *drill)
{
    if (!drill)
        return;
    backup_free(drill->backup);
    g_free(drill->log);
    g_ptr_array_unref(drill->faults);
    g_free(drill);
}

/* Once it is made, whatever goes wrong is what the drill has found. */
static gboolean try_out(Drill *drill, const SessionOpening *opening, const char *part,
                        GError **error)
{
    g_autoptr(RestoreCopy) copy = restore_copy_new(opening, drill->backup->path, part, TRUE, error);

    if (!copy || !restore_copy_open(copy, opening, error))
        return FALSE;
    g_autofree char *differs = db_contents_differ(drill->backup->contents, copy->contents);
    if (differs)
        g_ptr_array_add(drill->faults,
                        g_strdup_printf(_("The table %s of the restored copy is not as it was in "
                                          "the database."),
                                        differs));
    move_sentences(drill->faults, copy->faults);
    drill->tables = copy->contents->tables->len;
    drill->rows = backup_manifest_rows(copy->manifest);
    drill->forms = copy->manifest->forms->len;
    drill->entries = backup_manifest_entry(copy->manifest);
    drill->log = g_strdup(copy->log);
    return TRUE;
}

Drill *restore_drill(Session *session, const SessionOpening *opening, const BackupOrder *order,
                     GError **error)
{
    const char *database = db_path(session_db(session));
    g_autofree char *folder = g_path_get_dirname(database);
    g_autofree char *base = g_path_get_basename(database);
    g_autofree char *prefix = g_strdup_printf("%s.drill-", base);
    g_autofree char *part =
        g_strdup_printf("%s/%s%08x" FOLDER_PART, folder, prefix, g_random_int());
    g_autoptr(Drill) drill = g_new0(Drill, 1);
    g_autoptr(GError) failed = NULL;
    BackupOrder with_digests = *order;

    drill->faults = g_ptr_array_new_with_free_func(g_free);
    with_digests.digests = TRUE;
    backup_shelf_sweep(folder, prefix);
    if (!(drill->backup = backup_make(session, &with_digests, error)))
        return NULL;
    move_sentences(drill->faults, drill->backup->faults);
    if (!try_out(drill, opening, part, &failed))
        g_ptr_array_add(drill->faults, g_strdup(failed->message));
    return g_steal_pointer(&drill);
}
