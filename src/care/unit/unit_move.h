/* unit_move.h: a unit carried from its file to a server, and back, whole and in one step: what it
 * was carried from stays as it was, but tells whoever opens it where the unit is now. Nobody else
 * can save in it meanwhile. */
#pragma once

#include "care/unit/session.h"
#include "care/unit/unit_place.h"
#include "db/db_server.h"

/* What is in another place: nothing, this unit with all that has been done in it, or something
 * else. */
typedef enum { UNIT_PLACE_EMPTY, UNIT_PLACE_SAME, UNIT_PLACE_OTHER } UnitPlace;
gboolean unit_place(Db *here, Db *there, UnitPlace *place, GError **error);

/* The unit of `session`, which is a file, to the server, as NAME.unit at `path` with the key file
 * beside it: `place` (NULL where that file is there: of a carrying that was broken off, or of an
 * empty unit). Everybody signs in with their passphrase as before; `*lacking` gets the logins that
 * have no slot (logins_set_all()). What was broken off is begun anew, or brought to its end, by the
 * same call. `watch` may be NULL. PERMIT_USERS; ERROR_EXISTS: there is another unit. */
gboolean unit_to_server(Session *session, const char *path, const DbServerPlace *place,
                        const DbAdmin *admin, const DbWatch *watch, char **lacking, GError **error);

/* The unit of `session`, which a server keeps, into the new file `path`, with the key file beside
 * it. PERMIT_USERS; ERROR_EXISTS. */
gboolean unit_to_file(Session *session, const char *path, const DbAdmin *admin,
                      const DbWatch *watch, GError **error);
