/* harness_far.c: stands between the program and libpq, where what is asked takes its time. */
#include <string.h>

#include "db/server/server_private.h"
#include "tests/bench/harness_far.h"

#define FAR_US 1000 /* there and back */

static ServerLibrary near; /* libpq as it is */
static struct {
    int questions;
    double held_from; /* 0: the writer's lock is not held */
    double held_ms;   /* the longest */
} told;

static void ask(void)
{
    told.questions++;
    g_usleep(FAR_US);
}

static PGresult *far_exec(PGconn *connection, const char *sql)
{
    ask();
    PGresult *result = near.PQexec(connection, sql);
    if (g_str_has_prefix(sql, "BEGIN; INSERT"))
        told.held_from = bench_ms();
    if (told.held_from > 0 && (strcmp(sql, "COMMIT") == 0 || strcmp(sql, "ROLLBACK") == 0)) {
        told.held_ms = MAX(told.held_ms, bench_ms() - told.held_from);
        told.held_from = 0;
    }
    return result;
}

static PGresult *far_params(PGconn *connection, const char *sql, int count, const Oid *types,
                            const char *const *values, const int *lengths, const int *formats,
                            int format)
{
    ask();
    return near.PQexecParams(connection, sql, count, types, values, lengths, formats, format);
}

static PGresult *far_prepared(PGconn *connection, const char *name, int count,
                              const char *const *values, const int *lengths, const int *formats,
                              int format)
{
    ask();
    return near.PQexecPrepared(connection, name, count, values, lengths, formats, format);
}

static PGresult *far_prepare(PGconn *connection, const char *name, const char *sql, int count,
                             const Oid *types)
{
    ask();
    return near.PQprepare(connection, name, sql, count, types);
}

static int far_sync(PGconn *connection)
{
    ask();
    return near.PQpipelineSync(connection);
}

void bench_far(void)
{
    ServerLibrary *library = NULL;
    const ServerLibrary *given = server_library(NULL);

    memcpy(&library, &given, sizeof library);
    near = *library;
    library->PQexec = far_exec;
    library->PQexecParams = far_params;
    library->PQexecPrepared = far_prepared;
    library->PQprepare = far_prepare;
    library->PQpipelineSync = far_sync;
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
