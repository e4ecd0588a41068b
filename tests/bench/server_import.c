/* server_import.c: a planning system's file read in on a server that is a millisecond away: how
 * many questions it takes, and how long nobody else can write. tests/bench/run starts the server
 * where PostgreSQL is there. */
#include <glib/gstdio.h>
#include <string.h>

#include "exchange/demo.h"
#include "exchange/table_import.h"
#include "tests/bench/harness_far.h"

/* --- what is measured ------------------------------------------------------------------------- */

static void read_in(Session *session, const char *what, double target_ms)
{
    const ImportOptions options = {.path = bench_setting("BENCH_SAMPLE")};
    g_autoptr(TableImport) import = NULL;
    ImportResult result;

    BENCH_OK(import = table_import_open(session, &options, &error));
    bench_far_begin();
    BENCH_OK(table_import_run(import, FALSE, NULL, NULL, &result, &error));
    bench_at_most(
        what, bench_far_held_ms(), "ms", target_ms,
        "of %d rows %d read in, %d there already, %d new clients; %d questions, %.3f a row",
        result.rows, result.imported, result.duplicates, result.new_clients, bench_far_questions(),
        (double)bench_far_questions() / result.rows);
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
    bench_far();
    read_in(session, "server: a file read in, nobody else saves", 1000);
    read_in(session, "server: the same file again", 1000);
    session_close(session);
    g_remove(database);
    g_remove(keys);
    g_remove(passphrase);
    g_rmdir(folder);
    return 0;
}
