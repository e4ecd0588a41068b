/* server.h: a unit kept by a PostgreSQL server, version 15 or later. */
#pragma once

#include "db/db.h"
#include "db/migration.h"
#include "db/server/unit_file.h"

/* Connects to `where` (libpq's words: host, port, dbname, user …) and brings the schema to the
 * newest of `list`. `path` is what the user opened, for sentences. With DB_CREATE the database is
 * there and holds no unit yet. The key is kept for what is sealed in the program; the server never
 * gets it. Errors: IO (no answer), NOT_FOUND (libpq, or no unit), EXISTS, VERSION. */
Db *server_open(const char *where, const char *path, const Secret *key, DbFlags flags,
                const Migration *list, gsize count, GError **error);

/* Opens the unit that `unit` tells of, which somebody has signed in to as `login`. Whoever answers
 * under the database's name, but is another one, is refused. ERROR_DENIED: the server does not let
 * them in, or could not prove that it is the unit's. */
Db *server_open_unit(const UnitFile *unit, const char *path, const Secret *key, DbFlags flags,
                     const Migration *list, gsize count, const DbLogin *login, GError **error);
