/* audit.h: the audit log (logg): who did what on whom and when, as a keyed chain.
 *
 * hash(n) = BLAKE2b-256(audit key, hash(n-1) ‖ canonical row n), so a removed, altered or inserted
 * entry shows. A computer that was away and comes home brings a log of its own (audit_carry.h).
 * With each new data key the log goes on under another key (audit_epoch.h). It is the access log that 10 § lag (2001:454) SoLPuL asks for, and the history that
 * a correction keeps. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* What was changed, as JSON {"field": [before, after], …}; built field by field, unchanged fields
 * left out. */
typedef struct AuditChanges AuditChanges;
AuditChanges *audit_changes_new(void);
void audit_changes_text(AuditChanges *changes, const char *field, const char *before,
                        const char *after); /* NULL: no value */
/* DATE_NONE: no value. */
void audit_changes_date(AuditChanges *changes, const char *field, Date before, Date after);
void audit_changes_int(AuditChanges *changes, const char *field, gint64 before, gint64 after);
void audit_changes_free(AuditChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuditChanges, audit_changes_free)
gboolean audit_changes_empty(const AuditChanges *changes);
/* The same with the laptop that it was done on (0: none) as a field of its own. */
char *audit_changes_from(const AuditChanges *changes, gint64 laptop);
char *audit_changes_json(const AuditChanges *changes); /* new; NULL when empty, or NULL */

/* Appends an entry; must be inside the transaction of the change itself. `action` is one of
 * "create", "change", "correct", "undo", "read", "unlock", "denied", "import", "reason" (given for opening a colleague's client), "see" (the reason was looked at), "look" (a file
 * through, without reading it in), "met" (a protected client's number in it), "export", "mend"
 * (the salt of the database file was not as written), "backup", "restore", "carry"
 * (another computer's log came home, audit_carry.h) … ; `entity` a table's
 * name; ids 0 where none; `changes` may be NULL. */
gboolean audit_write(Session *session, const char *action, const char *entity, gint64 entity_id,
                     gint64 client_id, const AuditChanges *changes, GError **error);
/* The same in a transaction of its own, for reading a card and for refusals. Where the database can
 * only be read there is no entry, and so "read" of a client with protected identity is refused:
 * ERROR_DENIED. */
gboolean audit_note(Session *session, const char *action, const char *entity, gint64 entity_id,
                    gint64 client_id, GError **error);

/* Notes whose words, and what was noted about them, the signed-in person has read on a list or a page
 * that opens no card: "read" of `entity` ("visit"), for each client of whom nothing was read that
 * day. `clients` has ids (gint64), also several times. Nothing where the database can only be read.
 */
gboolean audit_words(Session *session, const char *entity, const GArray *clients, GError **error);

/* A sentence for whoever has opened something of which there is no entry, since the database can
 * only be read; else NULL. */
const char *audit_unlogged(Session *session);

/* The number of the last entry of the unit's own log; 0 before the first. */
gboolean audit_last(Session *session, gint64 *seq, GError **error);

/* Verifies the whole chain, and those of other computers that came home. Each fault is one translated sentence appended to `faults` (char *).
 * `head` (may be NULL) gets the code of the last entry (audit_head.h); new. */
gboolean audit_verify(Session *session, GPtrArray *faults, char **head, GError **error);
/* While a new data key is brought in, and the database has it: begins the epoch that goes with it, in a
 * transaction of its own, with the entry "rekey". Nothing when that is done already. */
gboolean audit_turn(Session *session, GError **error);
/* What shows without a walk through the log, for every sign-in: whether it begins with the making
 * of the unit and ends where it was left. Faults as above. */
gboolean audit_glance(Session *session, GPtrArray *faults, GError **error);
/* Walks on along the chain from where it was last walked to, some thousand entries at most, and notes
 * how far: so that at every sign-in what has come since the last one is proved. What lies before that
 * is for audit_verify(). Faults as above. */
gboolean audit_go_on(Session *session, GPtrArray *faults, GError **error);
