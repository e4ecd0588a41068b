/* retention_delete.h: the deletion of those who were proposed and confirmed (gallring), one client
 * a transaction: nobody else waits long, nobody is ever half there, and whoever breaks it off goes
 * on another time. With the client go all rows of client_tables.h, what the log quoted
 * (audit_weed.h), and what the weeks counted. The engine writes zeros over what is deleted (db.h:
 * secure_delete).
 *
 * Logged without a name and without a number: how many, proposed and confirmed by whom, when. */
#pragma once

#include "care/client/retention.h"

typedef struct {
    gint64 deleted;
    gint64 changed; /* something was noted or begun about them since, so they stay */
    gint64 papers;  /* written about those who are gone: papers and files, of which the log knew */
} RetentionResult;
/* FALSE: break off. */
typedef gboolean (*RetentionProgress)(double share, gpointer data);
/* `progress` may be NULL. After an error, and ERROR_CANCELLED when broken off, `*result` says what
 * was done until then. ERROR_INPUT when nothing is confirmed. PERMIT_CLIENT_EDIT. */
gboolean retention_run(Session *session, RetentionProgress progress, gpointer data,
                       RetentionResult *result, GError **error);

/* That papers and files lie somewhere still, and are to be looked for. New; NULL: none do. */
char *retention_papers_words(gint64 papers);

/* A whole copy of the database that was made before the last deletion, and holds whom it deleted.
 */
typedef struct {
    char *path;
    Date made;
    Date gone; /* by when the rule for backups has taken it away; DATE_NONE: no rule does */
} RetentionCopy;
void retention_copy_free(RetentionCopy *copy);
/* Those beside the database and in the folder of backups, oldest first; none when nothing was
 * deleted. Array of RetentionCopy *; NULL with `error`. */
GPtrArray *retention_copies(Session *session, GError **error);
/* "unit.db.before-0004, of 2026-11-20: take it away with its key file". New. */
char *retention_copy_words(const RetentionCopy *copy);
