/* restore_copy.h: a backup copied to a folder of its own, and proved there. */
#pragma once

#include "care/unit/backup_manifest.h"
#include "care/unit/opening.h"

typedef struct {
    char *part; /* the folder, whose name ends in FOLDER_PART; held while the struct lives */
    int held;
    char *database; /* in it */
    BackupManifest *manifest;
    DbContents *contents; /* of the copy, before it was opened */
    Session *session;     /* opened; restore_copy_open() */
    char *log;            /* the short code of the log's head */
    GPtrArray *faults;    /* what is amiss in it, and was so when the backup was made: char * */
} RestoreCopy;
/* Closes the session, and takes the folder away if it still is there. */
void restore_copy_free(RestoreCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RestoreCopy, restore_copy_free)

/* Copies `backup` to the new folder `part`; proves that its key file is the one it was made with,
 * by the passphrase what it says of itself, then every page, every reference, and that it holds
 * what it says. With `digests` also those of `contents`. ERROR_CORRUPT says what is not as it was
 * made. */
RestoreCopy *restore_copy_new(const SessionOpening *opening, const char *backup, const char *part,
                              gboolean digests, GError **error);
/* Opens the copy as anybody would who signs in, brings it up to date, and goes through its log.
 * PERMIT_BACKUP. */
gboolean restore_copy_open(RestoreCopy *copy, const SessionOpening *opening, GError **error);
