/* last_seen.h: what the log's last entry was when somebody last signed in from this account of this
 * computer, kept outside the unit's folder: whoever puts database and key file back to an older state
 * together, with whatever keys they know, does not put that back. */
#pragma once

#include "care/unit/session.h"

/* A sentence when the log no longer holds what it ended with then; NULL when it does, or when this is the
 * first time. Before the sign-in is in the log. New. */
char *last_seen_tell(Session *session);
/* Keeps what the log ends with now. Where it cannot be kept nothing is. */
void last_seen_keep(Session *session);
