/* backup_shelf.h: the backups of one database that lie in a folder, and how long they are kept. */
#pragma once

#include "base/date.h"
#include "care/unit/backup_manifest.h"

/* The newest of each of so many days, ISO weeks and months in which there is a backup; so a pause
 * takes nothing away. */
typedef struct {
    int days, weeks, months;
} BackupRule;
#define BACKUP_RULE ((BackupRule){.days = 7, .weeks = 5, .months = 12})

/* Of `count` days, newest first, `keep` gets which are kept; the first always is. Pure. */
void backup_rule_apply(const BackupRule *rule, const Date *days, gsize count, gboolean *keep);

typedef struct {
    char *path;
    BackupManifest *manifest;
} ShelvedBackup;

/* The whole backups of `database_id` in `folder`, newest first. What something else has been put
 * into, or says another database of itself, is not among them. GPtrArray of ShelvedBackup. */
GPtrArray *backup_shelf(const char *folder, const char *database_id);
/* Takes away those that `rule` does not keep, never `newest`. Adds the paths of what is gone to
 * `gone` (char *). What cannot be taken away stays. */
void backup_shelf_prune(const char *folder, const char *database_id, const BackupRule *rule,
                        const char *newest, GPtrArray *gone);
/* Takes away what a program that was killed has left: folders in `folder` whose names begin with
 * `prefix` and end in FOLDER_PART, unless another program is at them. */
void backup_shelf_sweep(const char *folder, const char *prefix);
/* Takes away a folder of that name, its own. */
void backup_part_remove(const char *part);
