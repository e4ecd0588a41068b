/* opening_look.h: what a sign-in looks at and tells, for opening.c. */
#pragma once

#include "care/unit/session.h"

#define KNOWN_GENERATION "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'key_generation'"

/* Said to whoever signs in, after the others. */
void opening_notice(Session *session, const char *sentence);
/* "mend" in the log: what was amiss, and what was done about it. */
gboolean opening_log_mending(Session *session, const char *what, const char *before,
                             const char *after, GError **error);
/* What a sign-in sees before it stands in the log itself. `new_copy`: it was just made from a
 * backup. `explained`: that the database does not know the key file's generation has been said, or
 * is a change of data key that was under way. */
void opening_look_through(Session *session, gboolean new_copy, gboolean explained);
/* A key file of a later generation than the database knows. Inside the transaction of the
 * unlocking: who changes users holds the same lock, so that a change which another program is at is
 * not taken for one that was broken off. Whoever signs in first is told, and for some days all who
 * manage users, since the first may have been a timer. */
gboolean opening_note_older(Session *session, GError **error);
