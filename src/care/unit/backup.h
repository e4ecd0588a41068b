/* backup.h: a whole, encrypted copy of the unit, made while others work. backup_manifest.h says
 * what it is made of. */
#pragma once

#include "care/unit/backup_shelf.h"

/* Asked while it is made, with the share that is done; FALSE breaks it off: ERROR_CANCELLED. */
typedef gboolean (*BackupProgress)(double share, gpointer data);

#define BACKUP_LATE_DAYS 7 /* where nothing else is set */

typedef struct {
    const char *folder; /* where it is put, and must be there; NULL: the folder `backups` beside the
                           database, which is made */
    const BackupRule *rule; /* how long earlier ones there are kept; NULL: all of them */
    gboolean digests;       /* of every table, while others wait; for a drill */
    BackupProgress progress; /* NULL: nobody is asked */
    gpointer data;           /* for it */
} BackupOrder;

typedef struct {
    char *path;           /* the folder */
    gint64 made_ms;       /* the moment of what it holds, not of when it was finished */
    gint64 bytes;         /* of the database */
    gint64 rows;          /* of all tables */
    guint forms;          /* how many of the unit's own are in it */
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
/* When the last one was made that was found whole; 0: none. */
gboolean backup_last(Session *session, gint64 *made_ms, GError **error);
/* For who may make one: a sentence when the last is older than `days` (0: never said), or when
 * there is none though the unit is older than that; NULL. Demo units need none. `how`: what to do, a
 * translated sentence. New. */
char *backup_late(Session *session, int days, const char *how);
