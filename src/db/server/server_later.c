/* server_later.c: statements of which nothing is asked are sent one after the other, and their
 * answers read together: what takes a round trip each would keep the writer's lock from everybody
 * else for as long, when a file of thousands of rows is read in. */
#include "db/server/server_private.h"

/* So many answers lie unread at the most, which the connection has room for. */
#define QUEUED_MOST 256

/* All that came, whatever was expected: a server that is gone answers nothing. The first that
 * failed; NULL: none. */
static PGresult *read_answers(PGconn *connection)
{
    PGresult *failed = NULL;
    gboolean ended = FALSE, synced = FALSE;

    /* Between the answers to two statements stands one that is none. */
    while (!synced && LIB->PQstatus(connection) == CONNECTION_OK) {
        PGresult *result = LIB->PQgetResult(connection);
        const ExecStatusType status =
            result != NULL ? LIB->PQresultStatus(result) : PGRES_EMPTY_QUERY;
        if (result == NULL && ended)
            break;
        ended = result == NULL;
        synced = status == PGRES_PIPELINE_SYNC;
        if (failed == NULL && (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE))
            failed = result;
        else
            LIB->PQclear(result);
    }
    return failed;
}

gboolean server_drain(Db *db, GError **error)
{
    PGconn *connection = db->server->connection;

    if (db->server->queued == 0)
        return TRUE;
    db->server->queued = 0;
    const gboolean sent = LIB->PQpipelineSync(connection) == 1;
    PGresult *failed = sent ? read_answers(connection) : NULL;
    const gboolean left = LIB->PQexitPipelineMode(connection) == 1;
    const gboolean done =
        sent && left && failed == NULL && LIB->PQstatus(connection) == CONNECTION_OK;

    if (!done)
        server_error(db, failed, NULL, error);
    LIB->PQclear(failed);
    return done;
}

gboolean server_queue(Db *db, const char *name, int count, const char *const *values,
                      const int *lengths, const int *formats, GError **error)
{
    struct Server *server = db->server;

    if (server->queued == 0 && LIB->PQenterPipelineMode(server->connection) != 1)
        return server_error(db, NULL, NULL, error);
    /* Also of one that could not be sent: whoever drains ends the mode. */
    server->queued++;
    if (LIB->PQsendQueryPrepared(server->connection, name, count, values, lengths, formats, 0) != 1)
        return server_error(db, NULL, NULL, error);
    return server->queued < QUEUED_MOST || server_drain(db, error);
}
