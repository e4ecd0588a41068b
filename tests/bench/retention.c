/* retention.c: deleting by law in a city of 1,000,000 visits, while another program saves all the time:
 * how long a client takes, and how long the other had to wait. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "care/client/retention_delete.h"
#include "care/unit/audit.h"
#include "tests/bench/harness.h"

enum { CLIENTS = 200, REST_US = 20000 };
#define MOST_WAIT_MS 250
#define LATER "2040-03-01T10:00" /* when everybody of the city is due */

/* A program that saves again and again; it tells how long each took. It rests in between, or the pipe
 * would be full before the end, and it would wait for that. */
static pid_t begin_writer(const char *database, int tell)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    Session *session = bench_session(database, "led");
    for (;;) {
        const double before = bench_ms();
        BENCH_OK(audit_note(session, "look", "import", 0, 0, &error));
        const double taken = bench_ms() - before;
        if (write(tell, &taken, sizeof taken) != sizeof taken)
            _exit(0);
        g_usleep(REST_US);
    }
}

/* Until so many are gone; how long each took. */
typedef struct {
    int left;
    double began;
    GArray *taken;
} Some;

static gboolean some(double share, gpointer data)
{
    Some *state = data;
    const double now = bench_ms();
    if (share > 0)
        bench_add(state->taken, now - state->began);
    state->began = now;
    return state->left-- > 0;
}

/* So many of the unit's are confirmed, as if two had looked them through. */
static void confirm(const char *database)
{
    g_autoptr(RetentionProposal) made = NULL;
    gint64 count = 0;
    g_autoptr(Session) officer = bench_session(database, "hand");
    BENCH_OK(retention_municipality_set(officer, "0126", &error));
    BENCH_OK(db_run(session_db(officer), "UPDATE task SET done_ms = created_ms", NULL, &error));
    BENCH_OK(db_run(session_db(officer), "UPDATE series SET ends_on = '2026-12-01'", NULL, &error));
    BENCH_OK(db_run(session_db(officer), "UPDATE decision SET valid_to = '2027-12-01'", NULL, &error));
    const double before = bench_ms();
    BENCH_OK((made = retention_propose(officer, &error)) != NULL);
    bench_note("a proposal of whom to delete", bench_ms() - before, "ms", "%d are due",
               (int)made->due);
    g_autoptr(Session) lead = bench_session(database, "led");
    BENCH_OK(retention_confirm(lead, made, &count, &error));
}

int main(void)
{
    const char *database = bench_setting("BENCH_CITY");
    RetentionResult result = {0};
    int tell[2];
    double taken, longest = 0;
    guint saves = 0;
    g_autoptr(GArray) waits = bench_samples(), each = bench_samples();
    Some state = {.left = CLIENTS, .taken = each};

    bench_start();
    g_setenv("DAGSFORM_NOW", LATER, TRUE);
    BENCH_OK(clock_init(&error));
    confirm(database);
    bench_must(pipe(tell) == 0, NULL);
    pid_t writer = begin_writer(database, tell[1]);
    close(tell[1]);
    bench_must(read(tell[0], &taken, sizeof taken) == sizeof taken, NULL);
    Session *session = bench_session(database, "hand");
    GError *error = NULL;
    if (!retention_run(session, some, &state, &result, &error) && result.deleted == 0)
        bench_must(FALSE, error);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    while (read(tell[0], &taken, sizeof taken) == sizeof taken) {
        longest = MAX(longest, taken);
        bench_add(waits, taken);
        saves++;
    }
    bench_note("deleting a client by law", bench_quantile(each, 0.5), "ms",
               "the longest %.0f ms of %d, while another saves", bench_quantile(each, 1),
               (int)result.deleted);
    bench_at_most("another's longest wait meanwhile", longest, "ms", MOST_WAIT_MS,
                  "%u saves, half of them within %.0f ms", saves, bench_quantile(waits, 0.5));
    session_close(session);
    return 0;
}
