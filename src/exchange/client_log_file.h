/* client_log_file.h: who has read or changed what is kept about a client, alone, as a file for the client
 * who asks (10 § lag (2001:454): access is documented and can be checked). It says when, by which role and
 * what: nobody's name, as the extract does, and nobody's own words. */
#pragma once

#include "care/unit/session.h"

/* Writes all of it, the latest first, to the new file `path`, by its ending: .pdf to be read, .csv for a
 * spreadsheet, .json for programs; else ERROR_INPUT. `*entries` gets how many there are. It is logged.
 * PERMIT_CLIENT_READ, and the right to open the card. FALSE with `error`: then there is no file. */
gboolean client_log_write(Session *session, gint64 client_id, const char *path, int *entries,
                          GError **error);
