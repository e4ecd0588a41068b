/* server_access.h: who may see and change what on a server, held by the server itself (access.sql).
 */
#pragma once

#include "db/db.h"

/* Makes the roles of the database where they are not there, gives its tables to their owner role,
 * and lays every grant and policy anew. Repeat-safe; within the caller's transaction. Whoever is
 * connected may make roles, and is a superuser or owns the database. */
gboolean server_access_lay(Db *db, GError **error);

/* Takes away, before an upgrade, what would keep it from changing a column: every policy but the
 * owner's, and what is made of the tables' rows. server_access_lay() follows in the same
 * transaction. */
gboolean server_access_lift(Db *db, GError **error);

/* db_hides_row(). */
gboolean server_hides_row(Db *db, const char *table, gint64 id);
