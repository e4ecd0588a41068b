/* client_names.h: what of a client's name is stored for searching and for order: the folded words
 * and the sort key. Both follow rules that change (base/text.h), so a unit keeps a mark of those
 * that its rows were made by, and is renewed when it is opened with others. */
#pragma once

#include "db/db.h"

/* Writes the words of `name`, and of what a card that was merged into this one was called, after the old
 * ones are gone; of a card that was itself merged into another, none. Inside a transaction. */
gboolean client_names_write(Db *db, gint64 unit_id, gint64 client_id, const char *name,
                            GError **error);

/* What cards that were merged into this one said: `kind` is "name", "number" or "id_number". Array of
 * char *; NULL with `error`. */
GPtrArray *client_names_former(Db *db, gint64 client_id, const char *kind, GError **error);

/* Makes words and sort keys of every client anew, unless they were made by the rules of today.
 * Inside a transaction. */
gboolean client_names_renew(Db *db, gint64 unit_id, GError **error);
