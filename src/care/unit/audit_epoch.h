/* audit_epoch.h: the keys of the audit log. With each new data key (keys.h) begins an epoch: the log
 * goes on under a key that comes of the new data key and of the slots' audit key. Its first entry is
 * hashed on the last one of the epoch before, under a key that whoever knows the old keys does not
 * know: so nothing at or before that border can be written anew, nor anything added behind it. The
 * key before lies in the database, to verify what was written under it; on a server sealed, each under what
 * comes of the one after it, since an entry's key tries guesses of what it says. A log without epochs, of
 * units whose data key was never changed and of earlier versions, has one key: the slots'. */
#pragma once

#include "care/unit/session.h"

/* The key that the log is written under now; the session's. NULL with `error`. */
const Secret *audit_epoch_key(Session *session, GError **error);
/* To be read again, since it may have changed. */
void audit_epoch_forget(Session *session);

/* The keys of all epochs. */
typedef struct AuditEpochs AuditEpochs;
AuditEpochs *audit_epochs_read(Session *session, GError **error);
void audit_epochs_free(AuditEpochs *epochs); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuditEpochs, audit_epochs_free)
/* The key of entry `seq`; owned by `epochs`. */
const Secret *audit_epochs_key(const AuditEpochs *epochs, gint64 seq);
/* Lays the keys before as they are to lie on a server, `sealed`, or as in a file, as which they are found is
 * all one. By whoever owns the tables, in a transaction. */
gboolean audit_epochs_lay(Session *session, gboolean sealed, GError **error);

/* Notes that with entry `first_seq` an epoch begins under `next`, after that of `before`. `*epoch` gets
 * its number, from 1. Inside the transaction that writes that entry. */
gboolean audit_epoch_begin(Session *session, gint64 first_seq, const Secret *before,
                           const Secret *next, gint64 *epoch, GError **error);
