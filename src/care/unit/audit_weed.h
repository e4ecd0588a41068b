/* audit_weed.h: entries of the log whose changes are deleted with their client (gallring): they
 * hold the person's name and words. That something was done, when and by whom stands.
 * audit_weeded_private.h says how it is proved that nobody else does it. */
#pragma once

#include "care/unit/session.h"

/* Weeds the entries about the client, and those about the client's forms from before there was a
 * card; writes the entry that says so. Inside a transaction, while the client's rows are there. */
gboolean audit_weed(Session *session, gint64 client_id, GError **error);
