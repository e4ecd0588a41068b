/* harness_far.c: stands between the program and libpq, where what is asked takes its time. */
#include <string.h>

#include "db/server/server_private.h"
#include "tests/bench/harness_far.h"

#define FAR_US 1000 /* there and back */

static ServerLibrary near; /* libpq as it is */
static struct {
    int questions;
    gboolean in_a_row, takes_lock, ends; /* what was sent last */
    double held_from;                    /* 0: the writer's lock is not held */
    double held_ms;                      /* the longest */
} told;

static void ask(void)
{
    told.questions++;
    g_usleep(FAR_US);
}

static int far_query(PGconn *connection, const char *sql)
{
    ask();
    told.takes_lock = g_str_has_prefix(sql, "BEGIN; INSERT");
    told.ends = strcmp(sql, "COMMIT") == 0 || strcmp(sql, "ROLLBACK") == 0;
    return near.PQsendQuery(connection, sql);
}

static int far_params(PGconn *connection, const char *sql, int count, const Oid *types,
                      const char *const *values, const int *lengths, const int *formats, int format)
{
    ask();
    return near.PQsendQueryParams(connection, sql, count, types, values, lengths, formats, format);
}

/* Those in a row are one question: its end is sent by far_sync(). */
static int far_prepared(PGconn *connection, const char *name, int count, const char *const *values,
                        const int *lengths, const int *formats, int format)
{
    if (!told.in_a_row)
        ask();
    return near.PQsendQueryPrepared(connection, name, count, values, lengths, formats, format);
}

static int far_prepare(PGconn *connection, const char *name, const char *sql, int count,
                       const Oid *types)
{
    ask();
    return near.PQsendPrepare(connection, name, sql, count, types);
}

static int far_enter(PGconn *connection)
{
    told.in_a_row = TRUE;
    return near.PQenterPipelineMode(connection);
}

static int far_exit(PGconn *connection)
{
    told.in_a_row = FALSE;
    return near.PQexitPipelineMode(connection);
}

static int far_sync(PGconn *connection)
{
    ask();
    return near.PQpipelineSync(connection);
}

static PGresult *far_answer(PGconn *connection)
{
    PGresult *result = near.PQgetResult(connection);

    if (result != NULL)
        return result;
    if (told.ends && told.held_from > 0) {
        told.held_ms = MAX(told.held_ms, bench_ms() - told.held_from);
        told.held_from = 0;
    } else if (told.takes_lock) {
        told.held_from = bench_ms();
    }
    told.ends = told.takes_lock = FALSE;
    return NULL;
}

void bench_far(void)
{
    ServerLibrary *library = NULL;
    const ServerLibrary *given = server_library(NULL);

    memcpy(&library, &given, sizeof library);
    near = *library;
    library->PQsendQuery = far_query;
    library->PQsendQueryParams = far_params;
    library->PQsendQueryPrepared = far_prepared;
    library->PQsendPrepare = far_prepare;
    library->PQenterPipelineMode = far_enter;
    library->PQexitPipelineMode = far_exit;
    library->PQpipelineSync = far_sync;
    library->PQgetResult = far_answer;
}

void bench_far_begin(void)
{
    memset(&told, 0, sizeof told);
}

int bench_far_questions(void)
{
    return told.questions;
}

double bench_far_held_ms(void)
{
    return told.held_ms;
}
