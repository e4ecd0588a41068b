/* server_key.h: a new data key for a unit that a server keeps: all that is sealed there is sealed anew under it,
 * by whoever set the unit up, for only they get every row. As of a file (keys.h) both keys stand in the key file
 * until that is done, so that whoever signs in does so with the one that fits, whenever it was broken off. */
#pragma once

#include "care/unit/session.h"
#include "db/db_server.h"

/* What was begun earlier and broken off is brought to its end first. Who works there meanwhile reads on, and is
 * told to sign in again when it is done. `watch` (may be NULL) is told how far it has come. PERMIT_USERS;
 * ERROR_KEY_CHANGED: somebody else was doing the same; ERROR_VERSION: the unit there is not of this version. */
gboolean server_key_draw(Session *session, const DbAdmin *admin, const DbWatch *watch,
                         GError **error);
