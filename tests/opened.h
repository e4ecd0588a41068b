/* opened.h: what a unit on a server holds, opened, for the questions that only tests ask: the
 * server cannot compare what it cannot read. */
#pragma once

#include "db/db.h"

/* As db_get_int(). Where the unit is kept by a server and `sql` names a sealed column, it is asked
 * of an engine in memory that has the tables named in it; that ends the test on an error. */
gboolean opened_get_int(Db *db, const char *sql, const DbParam *params, gint64 fallback,
                        gint64 *value, GError **error);
