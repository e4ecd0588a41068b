/* backup.h: a whole, encrypted copy of the unit, made while others work. backup_manifest.h says
 * what it is made of. */
#pragma once

#include "care/unit/backup_shelf.h"

#define BACKUP_LATE_DAYS 7 /* where nothing else is set */

typedef struct {
    const char *folder; /* where it is put, and must be there; NULL: the folder `backups` beside the
                           database, which is made */
    const BackupRule *rule; /* how long earlier ones there are kept; NULL: all of them */
    gboolean digests;       /* of every table, while others wait; for a drill */
} BackupOrder;

typedef struct {
    char *path;           /* the folder */
    gint64 made_ms;       /* the moment of what it holds, not of when it was finished */
    gint64 bytes;         /* of the database */
    gint64 rows;          /* of all tables */
    DbContents *contents; /* of the database at that moment */
    GPtrArray *gone;      /* earlier ones that were taken away: char * */
    GPtrArray *faults;  /* what is amiss all the same, a translated sentence each: char *. A backup
                           of  which there is such does not count as one: nothing was taken away */
    gboolean same_disk; /* as the database */
} Backup;
void backup_free(Backup *backup); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Backup, backup_free)

/* Makes one under a name that says it is not finished, reads it through, and names it
 * NAME-YYYY-MM-DDTHHMM. PERMIT_BACKUP; logged, and its moment kept, where the database can be
 * written to. Nothing half is left after an error. ERROR_KEY_CHANGED: another data key was drawn,
 * so the session is of no more use; ERROR_CONFLICT: users were changed all the while, try again. */
Backup *backup_make(Session *session, const BackupOrder *order, GError **error);

/* The folder `backups` beside the database. New. */
char *backup_folder(Session *session);
/* For who may make one: a sentence when the last is older than `days` (0: never said), or when
 * there is none though the unit is older than that; NULL. Demo units need none. New. */
char *backup_late(Session *session, int days);
