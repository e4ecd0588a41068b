/* restore.h: a backup is put back: always to a new place first, where it is opened and looked
 * through, and only then where it is wanted. Nothing is deleted. */
#pragma once

#include "care/unit/backup.h"
#include "care/unit/opening.h"

typedef struct {
    char *database;       /* where the restored one is now */
    gint64 made_ms;       /* of the backup */
    gint64 rows, entries; /* of all tables; of its log */
    char *log;            /* the short code of the log's head, as it was before it was put back */
    char *kept;           /* what the one that was there is called now; NULL */
    guint forms;          /* how many of the unit's own forms were in it, and are in their folder now */
    GPtrArray *sentences; /* what whoever does it must know: what is newer in the present one, who
                             gets in again, what is amiss; translated: char * */
} Restored;
void restored_free(Restored *restored); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Restored, restored_free)

/* To the new folder `folder`, under the backup's own names. Who opens it (login and passphrase of
 * `opening`, as they were when the backup was made) must have PERMIT_BACKUP in it. What differs in
 * the present database, at opening->database (may not be there), is told. The restored one's log
 * has "restore". ERROR_EXISTS: there is something; ERROR_CORRUPT: the backup is not as it was made;
 * ERROR_PASSPHRASE. Nothing is left after an error. */
Restored *restore_to(const SessionOpening *opening, const char *backup, const char *folder,
                     GError **error);
/* In the place of opening->database, by renaming; what was there is kept as NAME.replaced-DATE.db
 * with its key file, and an own form that says something else as NAME.yaml.replaced-DATE. Programs that have the old one open are refused their next saving.
 * ERROR_CONFLICT: the present one is another unit's. Broken off in the middle, it is done again by
 * the same order. */
Restored *restore_replace(const SessionOpening *opening, const char *backup, GError **error);

/* What a drill found. */
typedef struct {
    Backup *backup;
    gint64 tables, rows, entries;
    guint forms; /* of the unit's own */
    char *log;         /* the short code of its head */
    GPtrArray *faults; /* none: all is well; char * */
} Drill;
void drill_free(Drill *drill); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Drill, drill_free)
/* Makes a backup, restores it to a folder beside the database, opens it with the passphrase of
 * `opening`, goes through its log, compares every value of every table, and takes the restored copy
 * away again. NULL where that could not be carried through. */
Drill *restore_drill(Session *session, const SessionOpening *opening, const BackupOrder *order,
                     GError **error);
