/* Which backups there are, and which are kept. */
#include "care/unit/backup_shelf.h"

#include <string.h>

#include "base/clock.h"
#include "base/folder.h"

static const char *const WHOLE[] = {BACKUP_DATABASE, BACKUP_KEYS,  BACKUP_KEYS_COPY,
                                    BACKUP_MANIFEST, BACKUP_FORMS, NULL};
/* What opening a copy may have put beside it is there too. */
static const char *const PART[] = {"dagsform.*", BACKUP_MANIFEST, NULL};

/* --- the rule --------------------------------------------------------------------------------- */

static int day_of(Date date)
{
    return date;
}

static int month_of(Date date)
{
    int year, month, day;

    date_to_ymd(date, &year, &month, &day);
    return year * 12 + month;
}

/* The newest of each of the first `most` periods. */
static void keep_periods(int (*period_of)(Date), int most, const Date *days, gsize count,
                         gboolean *keep)
{
    int met = 0;

    for (gsize i = 0; i < count && met < most; i++) {
        if (i > 0 && period_of(days[i]) == period_of(days[i - 1]))
            continue;
        keep[i] = TRUE;
        met++;
    }
}

void backup_rule_apply(const BackupRule *rule, const Date *days, gsize count, gboolean *keep)
{
    memset(keep, 0, count * sizeof *keep);
    keep_periods(day_of, MAX(rule->days, 1), days, count, keep);
    keep_periods(week_of, rule->weeks, days, count, keep);
    keep_periods(month_of, rule->months, days, count, keep);
}

/* --- the folder ------------------------------------------------------------------------------- */

static void shelved_free(gpointer data)
{
    ShelvedBackup *backup = data;

    g_free(backup->path);
    backup_manifest_free(backup->manifest);
    g_free(backup);
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const ShelvedBackup *one = *(ShelvedBackup *const *)a, *other = *(ShelvedBackup *const *)b;

    if (one->manifest->made_ms != other->manifest->made_ms)
        return one->manifest->made_ms > other->manifest->made_ms ? -1 : 1;
    return -strcmp(one->path, other->path);
}

GPtrArray *backup_shelf(const char *folder, const char *database_id)
{
    GPtrArray *backups = g_ptr_array_new_with_free_func(shelved_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_suffix(name, FOLDER_PART) || !folder_holds_only(path, WHOLE))
            continue;
        g_autoptr(BackupManifest) manifest = backup_manifest_read(path, NULL);
        if (!manifest || strcmp(manifest->database_id, database_id) != 0)
            continue;
        ShelvedBackup *backup = g_new0(ShelvedBackup, 1);
        backup->path = g_steal_pointer(&path);
        backup->manifest = g_steal_pointer(&manifest);
        g_ptr_array_add(backups, backup);
    }
    g_ptr_array_sort(backups, newest_first);
    return backups;
}

void backup_shelf_prune(const char *folder, const char *database_id, const BackupRule *rule,
                        const char *newest, GPtrArray *gone)
{
    g_autoptr(GPtrArray) backups = backup_shelf(folder, database_id);
    g_autofree Date *days = g_new(Date, backups->len);
    g_autofree gboolean *keep = g_new0(gboolean, backups->len);

    for (guint i = 0; i < backups->len; i++) {
        char time[16];
        days[i] = clock_local(((ShelvedBackup *)backups->pdata[i])->manifest->made_ms, time);
    }
    backup_rule_apply(rule, days, backups->len, keep);
    for (guint i = 0; i < backups->len; i++) {
        const char *path = ((ShelvedBackup *)backups->pdata[i])->path;
        if (!keep[i] && strcmp(path, newest) != 0 && folder_remove(path, WHOLE))
            g_ptr_array_add(gone, g_strdup(path));
    }
}

void backup_part_remove(const char *part)
{
    folder_remove(part, PART);
}

void backup_shelf_sweep(const char *folder, const char *prefix)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_prefix(name, prefix) && g_str_has_suffix(name, FOLDER_PART))
            backup_part_remove(path);
    }
}
