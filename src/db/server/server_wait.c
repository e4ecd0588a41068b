/* server_wait.c: asks, and waits for the answer as long as a person can. A server that is stopped,
 * or waits for another to confirm, keeps the connection and says nothing, for ever: whoever is
 * silent for too long is taken for gone. The connection is shut, and all that follows is as if it
 * had been cut. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "db/server/server_private.h"

/* So often it is told that nothing has come yet, from the first such moment on. */
#define TELL_US (2 * G_USEC_PER_SEC)

void server_tell_silence(Db *db, gint64 began)
{
    if (db->silence != NULL && g_get_monotonic_time() - began >= TELL_US)
        db->silence(db->silence_data);
}

/* In milliseconds, until something is to be told or done. */
static int until_due(const struct Server *server, gint64 silent_us)
{
    const gint64 next = TELL_US - silent_us % TELL_US;
    const gint64 left = server->silence_us - silent_us;

    return (int)((server->silence_us != 0 ? MIN(next, left) : next) / 1000) + 1;
}

/* FALSE: the connection has failed. What is still to be sent goes meanwhile. */
static gboolean wait_some(Db *db, gint64 *heard)
{
    struct Server *server = db->server;
    const int unsent = LIB->PQflush(server->connection);
    struct pollfd end = {.fd = LIB->PQsocket(server->connection),
                         .events = (short)(POLLIN | (unsent == 1 ? POLLOUT : 0))};
    const int ready = unsent < 0 || end.fd < 0
                          ? -1
                          : poll(&end, 1, until_due(server, g_get_monotonic_time() - *heard));

    if (ready > 0) {
        *heard = g_get_monotonic_time();
        return LIB->PQconsumeInput(server->connection) == 1;
    }
    if (ready < 0 && (unsent < 0 || end.fd < 0 || errno != EINTR))
        return FALSE;
    if (server->silence_us != 0 && g_get_monotonic_time() - *heard >= server->silence_us)
        shutdown(end.fd, SHUT_RDWR);
    else
        server_tell_silence(db, *heard);
    return TRUE;
}

PGresult *server_answer(Db *db)
{
    gint64 heard = g_get_monotonic_time();

    while (LIB->PQisBusy(db->server->connection) && wait_some(db, &heard))
        ;
    return LIB->PQgetResult(db->server->connection);
}

/* The last of several, or the first that says what went wrong. */
static PGresult *last_answer(Db *db, int sent)
{
    PGresult *last = NULL, *next;

    while (sent == 1 && (next = server_answer(db)) != NULL) {
        const gboolean failed = last != NULL && LIB->PQresultStatus(last) == PGRES_FATAL_ERROR;
        LIB->PQclear(failed ? next : last);
        last = failed ? last : next;
    }
    return last;
}

PGresult *server_exec(Db *db, const char *sql)
{
    return last_answer(db, LIB->PQsendQuery(db->server->connection, sql));
}

PGresult *server_exec_params(Db *db, const char *sql, int count, const Oid *types,
                             const char *const *values, const int *lengths, const int *formats)
{
    return last_answer(db, LIB->PQsendQueryParams(db->server->connection, sql, count, types, values,
                                                  lengths, formats, 0));
}

PGresult *server_exec_ready(Db *db, const char *name, int count, const char *const *values,
                            const int *lengths, const int *formats)
{
    return last_answer(db, LIB->PQsendQueryPrepared(db->server->connection, name, count, values,
                                                    lengths, formats, 0));
}

PGresult *server_make_ready(Db *db, const char *name, const char *sql, int count, const Oid *types)
{
    return last_answer(db, LIB->PQsendPrepare(db->server->connection, name, sql, count, types));
}
