/* session.h: who works, in which database. Every function of care/ that reads or changes takes
 * one: it carries the connection, the person for the audit log, and the role that must allow it. */
#pragma once

#include "care/unit/access.h"
#include "db/db.h"
#include "form/form.h"
#include "vault/vault.h"

typedef struct Session Session;

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
/* Locks: closes the connection and wipes the keys. NULL is allowed. */
void session_close(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_close)

Db *session_db(Session *session);
Vault *session_vault(Session *session);
gint64 session_unit_id(Session *session);
const char *session_unit_name(Session *session);
gboolean session_is_demo(Session *session);
/* Marks the unit as a demo, for good: the screen says so. */
gboolean session_mark_demo(Session *session, GError **error);
gboolean session_is_recovery(Session *session);
/* Whether it was opened for reading alone because the disk is full. */
gboolean session_lacks_room(Session *session);
gint64 session_staff_id(Session *session); /* 0 in recovery */
const char *session_staff_name(Session *session);
const char *session_login(Session *session);
StaffRole session_role(Session *session);
/* The form of cancellations in force: the causes. Loaded at opening, and its version kept. Where
 * the unit's own file is faulty the version kept last is used and session_form_fault() says why. */
const Form *session_cancellation_form(Session *session);
const char *session_form_fault(Session *session); /* NULL when there is none */
