/* backup.c: a backup of the city demo, from its order to its name, beside the engine's own copying
 * of the same pages; then while another program writes all the time. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/folder.h"
#include "care/unit/audit.h"
#include "care/unit/backup.h"
#include "tests/bench/harness.h"

#define PAIRS 3
#define RATIO 0.5 /* of the bare engine's rate */

/* Copied and synced, and no more: nobody has looked at it. */
static double copy_bare(const char *database, const Secret *key)
{
    g_autofree char *path = g_strconcat(database, ".bare", NULL);
    sqlite3 *from = bench_bare(database, key);
    const double before = bench_ms();
    sqlite3 *to = NULL;
    GError *error = NULL;

    bench_must(folder_write_file(path, "", 0, &error), error);
    to = bench_bare(path, key);
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    bench_must(backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE &&
                   sqlite3_backup_finish(backup) == SQLITE_OK,
               NULL);
    sqlite3_close(to);
    bench_must(folder_sync(path, &error), error);
    const double taken = bench_ms() - before;
    sqlite3_close(from);
    g_unlink(path);
    return taken;
}

static double back_up(Session *session, gint64 *bytes)
{
    const BackupRule newest = {.days = 1};
    const double before = bench_ms();
    g_autoptr(Backup) backup = NULL;

    BENCH_OK(backup = backup_make(session, &(BackupOrder){.rule = &newest}, &error));
    *bytes = backup->bytes;
    return bench_ms() - before;
}

/* A program that saves all the time; it tells of each, and of the longest that one took. */
static pid_t begin_writer(const char *database, int tell)
{
    pid_t child = fork();

    if (child != 0)
        return child;
    Session *session = bench_session(database, "hand");
    for (;;) {
        const double before = bench_ms();
        BENCH_OK(audit_note(session, "look", "import", 0, 0, &error));
        const double taken = bench_ms() - before;
        if (write(tell, &taken, sizeof taken) != sizeof taken)
            _exit(0);
    }
}

static void measure_while_written(Session *session, const char *database)
{
    int tell[2];
    double taken, longest = 0;
    gint64 bytes = 0;
    guint saves = 0;

    bench_must(pipe(tell) == 0, NULL);
    pid_t writer = begin_writer(database, tell[1]);
    close(tell[1]);
    bench_must(read(tell[0], &taken, sizeof taken) == sizeof taken, NULL);
    const double whole = back_up(session, &bytes);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    while (read(tell[0], &taken, sizeof taken) == sizeof taken) {
        longest = MAX(longest, taken);
        saves++;
    }
    close(tell[0]);
    bench_note("a backup while another writes", whole, "ms",
               "%u saves meanwhile, the longest waited %.0f ms", saves, longest);
}

int main(void)
{
    const char *database = bench_setting("BENCH_CITY");
    g_autoptr(GArray) own = bench_samples(), bare = bench_samples();
    gint64 bytes = 0;

    bench_start();
    Session *session = bench_session(database, "led");
    for (int i = 0; i < PAIRS; i++) {
        bench_add(bare, copy_bare(database, vault_data_key(session_vault(session))));
        bench_add(own, back_up(session, &bytes));
    }
    const double engine = bench_quantile(bare, 0.5), whole = bench_quantile(own, 0.5);
    bench_at_least("a backup, read through", engine / whole, "of it", RATIO,
                   "%.0f ms for %.0f MB; the engine's copying alone %.0f ms", whole,
                   (double)bytes / 1e6, engine);
    measure_while_written(session, database);
    session_close(session);
    return 0;
}
