/* client_drafts.h: what somebody is typing about a client who stands in no column of it, but only in what is
 * typed: a task, the members of a group, somebody who rang. */
#pragma once

#include "care/unit/session.h"

/* Deletes those drafts of the client's, whoever types, inside the transaction that takes the client away.
 * Somebody who rang is the client where the number stands on a row of its own, or the name and nobody else
 * has it. No permission is asked for. */
gboolean client_drafts_take(Session *session, gint64 client_id, GError **error);
