/* opening.h: a unit is opened: key file and database together. */
#pragma once

#include "care/unit/session.h"
#include "db/db_server.h"

/* A server for a new unit, and who sets it up there. */
typedef struct {
    DbServerPlace place;
    DbAdmin admin;
} UnitServer;

typedef struct {
    const char *database; /* path; opened through a symbolic link, key file and forms are
                             those beside the file it leads to */
    const char *login;
    const Secret *passphrase;
    gboolean read_only; /* fall back to reading where the file cannot be written or the
                           disk is full; nothing is logged then (see audit_note()), and
                           db_is_read_only() tells the screen to say so */
    gboolean coming_home; /* a laptop's part, to bring it home (laptop_mark.h) */
    gboolean carrying; /* one that is being carried elsewhere (unit_move.h), to bring that to its end */
    gboolean new_copy; /* just made from a backup: what was seen at its path was another */
    const UnitServer *server; /* of session_create(): where `database`, NAME.unit, is to be kept; NULL: it is a
                                 file */
    gboolean demo;      /* of session_create(): a demo, for good; the screen says so, and its
                           clock may be set */
} SessionOpening;

/* Unlocks: key file (or its copy, where it is damaged), database, migration, an interrupted change
 * of data key brought to its end, generation of the key file, the person's row; writes "unlock" to
 * the audit log. What it finds amiss is logged too, and told by session_notices().
 * ERROR_PASSPHRASE also for a login that the unit has closed. ERROR_INPUT when DAGSFORM_NOW sets
 * the clock and the unit is no demo; ERROR_BUSY in the pause after several wrong passphrases. ERROR_CORRUPT when key file and database do not belong
 * together or the key file has been put back to an older state. */
Session *session_open(const SessionOpening *opening, GError **error);
/* For `check`, where the database is so damaged that nobody can sign in: the files are opened for
 * reading, by whoever has a slot, and that is all. */
Session *session_open_to_look(const SessionOpening *opening, GError **error);
/* With the recovery code, as administrator; only user management is allowed. */
Session *session_open_recovery(const char *database, const char *code, GError **error);
/* For a key file that is damaged, its copy too, so that session_open() answers ERROR_CORRUPT: opens
 * by what is left of one's own slot and writes the key file anew, with the slots that the database
 * knows. For administrators; logged. `recovery_code` gets a new code, or NULL where the one there
 * is still opens. ERROR_INPUT when the key file is not damaged. */
Session *session_repair(const SessionOpening *opening, Secret **recovery_code, GError **error);
/* The same by the recovery code, which is used up; `login` gets `passphrase`. */
Session *session_repair_recovery(const char *database, const char *code, const char *login,
                                 const Secret *passphrase, Secret **recovery_code, GError **error);
/* A sentence, once, on the wrong passphrases typed with this login since it was told last, and one on a
 * passphrase that somebody else has set; NULL. For where a person signs in and reads it: a timer's sign-in
 * leaves it. New. */
char *session_tell_tries(Session *session);
