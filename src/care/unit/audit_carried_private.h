/* audit_carried_private.h: proving the logs of other computers that came home (audit_carry.h).
 *
 * An entry "carry" in the unit's own chain names the computer's node (its entity_id) and how far
 * that computer's log went before and after, each as "number:hash". The entries in between lie
 * under that node, each hashed together with the one before it and with the node, under the key of
 * the epoch of the entry that tells of them. So an entry that was taken out, changed or moved from
 * one log to another shows, and so does a log that was put back as it once was, or that nothing
 * tells of. */
#pragma once

#include "care/unit/audit_epoch.h"
#include "care/unit/audit_hash_private.h"

#define AUDIT_CARRY "carry"         /* the action of the entry that tells; its entity is "audit" */
#define AUDIT_CARRY_FIELD "carried" /* of its changes */

/* How far a log goes. */
typedef struct {
    gint64 seq; /* 0: nothing of it is there */
    guint8 hash[AUDIT_HASH_BYTES];
} AuditMark;
char *audit_mark_text(const AuditMark *mark); /* new; NULL: nothing of it is there */
/* NULL is nothing; FALSE: it is no mark. Pure. */
gboolean audit_mark_parse(const char *text, AuditMark *mark);

/* For the walk along the chain (audit.c). Whether it is an entry that tells of a log that came
 * home. */
gboolean audit_is_carry(const AuditRow *row);
/* `*wrong` gets what is wrong with what `row` tells of, as a translated sentence (new), or NULL;
 * their number is added to `*entries`. */
gboolean audit_carried_told(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                            char **wrong, gint64 *entries, GError **error);
/* How many entries of other computers there are beside the `told` ones. */
gboolean audit_carried_untold(Session *session, gint64 told, gint64 *count, GError **error);
