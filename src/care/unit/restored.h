/* restored.h: a database that was put back from a backup says so, once to each. */
#pragma once

#include "care/unit/session.h"

/* Writes "restore" to the log of the restored database, and that those who sign in are to be told;
 * `made_ms` is the backup's moment, `place` where it lay. */
gboolean restored_mark(Session *session, gint64 made_ms, const char *place, GError **error);
/* The sentence for whoever signs in for the first time since, within a month; else NULL. Before
 * their sign-in is in the log. New. */
char *restored_tell(Session *session);
