/* keys.h: the keys of an open unit: what the database knows of its key file, and a change of data
 * key brought to its end. */
#pragma once

#include "care/unit/session.h"

/* Writes the key file's generation into meta, never a lower one, and what its slots are known by
 * (vault_slots()): what else is found of them, in a damaged file, is not the unit's. Inside a
 * transaction. */
gboolean session_keep_generation(Session *session, GError **error);
/* Re-encrypts the database with the vault's next key and makes it the only one. ERROR_BUSY and
 * other errors leave both keys in the file: the next opening tries again. `watch` as of db_rekey(). */
gboolean session_finish_rotation(Session *session, const DbWatch *watch, GError **error);
/* Goes on with `key`, which has been brought in by another connection. ERROR_PASSPHRASE when it does not
 * fit. */
gboolean session_take_over(Session *session, const Secret *key, GError **error);
/* The rest of it, where the database has the new key already: the log goes on under a key that comes of
 * it, and the key file forgets the old one. In this order, for until then the log's old key is known by
 * the old data key alone. */
gboolean session_end_rotation(Session *session, GError **error);
/* How many passes over the memory (vault_calibrate.h) the unit asks of a try of a passphrase; 0: no more
 * than must be. */
int session_passes(Session *session);
/* The same from now on: of slots that are made, and of each that costs less when its passphrase opens it
 * the next time. PERMIT_USERS; ERROR_INPUT when it is less than must be or more than may be. */
gboolean session_set_passes(Session *session, int passes, GError **error);
/* A new data key without closing anybody: where the key itself may be known, or as a habit. Interrupted
 * at any moment it is brought to its end by whoever signs in next; `watch` (may be NULL) is told how far it has come. PERMIT_USERS;
 * ERROR_DENIED where a server keeps the unit: server_key.h. */
#define KEY_PROOF (2.0 / 3) /* the share from which it is read through */
gboolean session_new_key(Session *session, const DbWatch *watch, GError **error);
