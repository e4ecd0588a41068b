/* client_names.h: what of a client's name is stored for searching and for order: the folded words
 * and the sort key. Both follow rules that change (base/text.h), so a unit keeps a mark of those
 * that its rows were made by, and is renewed when it is opened with others. */
#pragma once

#include "db/db.h"

/* Writes the words of `name`, after the old ones are gone. Inside a transaction. */
gboolean client_names_write(Db *db, gint64 unit_id, gint64 client_id, const char *name,
                            GError **error);

/* Makes words and sort keys of every client anew, unless they were made by the rules of today.
 * Inside a transaction. */
gboolean client_names_renew(Db *db, gint64 unit_id, GError **error);
