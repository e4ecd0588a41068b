/* opening.h: a unit is made, and opened: key file and database together. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    const char *database; /* path; opened through a symbolic link, key file and forms are
                             those beside the file it leads to */
    const char *login;
    const Secret *passphrase;
    gboolean read_only; /* fall back to reading where the file cannot be written or the
                           disk is full; nothing is logged then (see audit_note()), and
                           db_is_read_only() tells the screen to say so */
} SessionOpening;

/* Makes database, key file, unit and first user, whose role is `role`. `recovery_code` is shown
 * once. On failure nothing is left behind. ERROR_EXISTS when either file is there. */
Session *session_create(const SessionOpening *opening, const char *unit_name,
                        const char *staff_name, StaffRole role, Secret **recovery_code,
                        GError **error);
/* Unlocks: key file, database, migration, an interrupted change of data key brought to its end,
 * generation of the key file, the person's row; writes "unlock" to the audit log.
 * ERROR_PASSPHRASE also for a login that the unit has closed. ERROR_CORRUPT when key file and
 * database do not belong together or the key file has been put back to an older state. */
Session *session_open(const SessionOpening *opening, GError **error);
/* With the recovery code, as administrator; only user management is allowed. */
Session *session_open_recovery(const char *database, const char *code, GError **error);
/* Marks the unit as a demo, for good: the screen says so. */
gboolean session_mark_demo(Session *session, GError **error);
