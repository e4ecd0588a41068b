/* server_text.c: text as it stands, without parameters. */
#include "db/server/server_private.h"

gboolean server_run(Db *db, const char *sql, GError **error)
{
    if (!server_drain(db, error))
        return FALSE;
    PGresult *result = server_exec(db, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);
    const gboolean done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                          server_error(db, result, sql, error);

    LIB->PQclear(result);
    return done;
}

char *server_ask(Db *db, const char *sql)
{
    if (!server_drain(db, NULL))
        return NULL;
    PGresult *result = server_exec(db, sql);
    char *answer = LIB->PQresultStatus(result) == PGRES_TUPLES_OK && LIB->PQntuples(result) > 0
                       ? g_strdup(LIB->PQgetvalue(result, 0, 0))
                       : NULL;

    LIB->PQclear(result);
    return answer;
}
