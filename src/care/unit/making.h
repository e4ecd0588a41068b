/* making.h: a unit is made: key file, database and first user. */
#pragma once

#include "care/unit/opening.h"

/* Whether a database that is a file may be called so: ".unit" is the end of a file that names a server.
 * ERROR_INPUT. */
gboolean session_is_file_name(const char *database, GError **error);
/* Makes database, key file, unit and first user, whose role is `role`. `recovery_code` is shown
 * once. On failure nothing is left behind. ERROR_EXISTS when either file is there, unless the making of
 * this very unit on its server was broken off: it is brought to its end; or nothing has been done in it but
 * to make it: then the code is a new one. ERROR_INPUT when DAGSFORM_NOW sets the clock and it is to be no demo. */
Session *session_create(const SessionOpening *opening, const char *unit_name,
                        const char *staff_name, StaffRole role, Secret **recovery_code,
                        GError **error);

/* The same for a database that `fill` fills, inside the transaction that makes it: it says whose session it
 * is and inserts unit and staff. */
typedef gboolean (*MakingFill)(Session *made, gpointer data, GError **error);
Session *session_create_filled(const SessionOpening *opening, MakingFill fill, gpointer data,
                               Secret **recovery_code, GError **error);
/* Whether nothing has been done in a unit but to make it, and to sign in. FALSE with `error`. */
gboolean session_is_as_made(Session *session, gboolean *is, GError **error);
/* Closes one that was just made, and takes its files away. */
void session_unmake(Session *made);
