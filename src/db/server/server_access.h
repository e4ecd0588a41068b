/* server_access.h: who may see and change what on a server, held by the server itself (access.sql).
 */
#pragma once

#include "db/db.h"

/* The longest name of a role that PostgreSQL keeps whole. */
#define SERVER_ROLE_BYTES 63

/* The role by which `login` (the row of staff has it) logs in to the database of a unit: the one
 * rule of its name, which access_me() in access.sql takes apart. New; ERROR_INPUT where it would be
 * too long. */
char *server_login_role(const char *database, const char *login, GError **error);

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
