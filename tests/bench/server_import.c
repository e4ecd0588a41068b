/* server_import.c: a planning system's file read in on a server that is a millisecond away: how
 * many questions it takes, and how long nobody else can write. tests/bench/run starts the server
 * where PostgreSQL is there. */
#include <glib/gstdio.h>
#include <string.h>

#include "db/server/server_private.h"
#include "exchange/demo.h"
#include "exchange/table_import.h"
#include "tests/bench/harness.h"

#define AWAY_US 1000 /* there and back */

/* --- what is asked of the server, and how long that takes a message --------------------------- */

static ServerLibrary near; /* libpq as it is */
static struct {
    int questions;
    double held_from; /* 0: the writer's lock is not held */
    double held_ms;   /* the longest */
} told;

static void ask(void)
{
    told.questions++;
    g_usleep(AWAY_US);
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

static void move_far_away(void)
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

/* --- what is measured ------------------------------------------------------------------------- */

static void read_in(Session *session, const char *what, double target_ms)
{
    const ImportOptions options = {.path = bench_setting("BENCH_SAMPLE")};
    g_autoptr(TableImport) import = NULL;
    ImportResult result;

    BENCH_OK(import = table_import_open(session, &options, &error));
    memset(&told, 0, sizeof told);
    BENCH_OK(table_import_run(import, FALSE, NULL, NULL, &result, &error));
    bench_at_most(
        what, told.held_ms, "ms", target_ms,
        "of %d rows %d read in, %d there already, %d new clients; %d questions, %.3f a row",
        result.rows, result.imported, result.duplicates, result.new_clients, told.questions,
        (double)told.questions / result.rows);
}

int main(void)
{
    g_autofree char *folder = g_dir_make_tmp("bench-server-XXXXXX", NULL);
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
    g_autofree char *keys = vault_path_for(database);
    const char *arguments[] = {bench_setting("DAGSFORM"),
                               "init",
                               "--db",
                               database,
                               "--unit",
                               "Bench",
                               "--user",
                               "led",
                               "--role",
                               "team-lead",
                               "--passphrase-file",
                               passphrase,
                               NULL};

    bench_start();
    BENCH_OK(g_file_set_contents_full(passphrase, DEMO_PASSPHRASE, -1, G_FILE_SET_CONTENTS_NONE,
                                      0600, &error));
    BENCH_OK(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                          NULL, NULL, NULL, &error));
    /* Whom the policies bind: they are asked of every row. */
    g_setenv("DAGSFORM_TEST_AS_PERSON", "1", TRUE);
    Session *session = bench_session(database, "led");
    move_far_away();
    read_in(session, "server: a file read in, nobody else saves", 1000);
    read_in(session, "server: the same file again", 1000);
    session_close(session);
    g_remove(database);
    g_remove(keys);
    g_remove(passphrase);
    g_rmdir(folder);
    return 0;
}
