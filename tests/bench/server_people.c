/* server_people.c: thirty people who save ten cancellations a second together, on a server that is
 * a millisecond away, each by a program of their own and bound by the policies. tests/bench/run
 * starts the server where PostgreSQL is there. */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "care/visit/visit_list.h"
#include "tests/bench/harness_far.h"

#define PEOPLE 30
#define SAVES 8 /* of each */
#define EVERY_MS 100
/* The first few of each make ready what is asked. */
#define WARM_UP 2
/* Where one of them fails the others wait for ever. */
#define PATIENCE_S 120

/* --- one of them ------------------------------------------------------------------------------ */

static void wait_until(double moment)
{
    const double left = moment - bench_ms();

    if (left > 0)
        g_usleep((gulong)(left * 1000));
}

/* Tells `to` that it is there, and begins when `go` is closed. */
static void work(const char *database, int nth, int go, int to)
{
    static const char *const LOGINS[] = {"led", "hand"};
    const VisitQuery coming = {.from = clock_today() + 1, .to = DATE_NONE, .outcome = OUTCOME_NONE};
    double took = 0;
    char none;
    Session *session = bench_session(database, LOGINS[nth % 2]);
    g_autoptr(GPtrArray) visits = NULL;

    BENCH_OK(visits = visit_list(session, &coming, NULL, PEOPLE * SAVES, &error));
    if (visits->len < PEOPLE * SAVES || write(to, &took, sizeof took) != sizeof took)
        _exit(1);
    bench_far();
    if (read(go, &none, 1) != 0)
        _exit(1);
    const double start = bench_ms() + nth * EVERY_MS;
    for (int i = 0; i < SAVES; i++) {
        wait_until(start + (double)i * PEOPLE * EVERY_MS);
        took = bench_cancel(session, visits->pdata[nth * SAVES + i]);
        if (i >= WARM_UP && write(to, &took, sizeof took) != sizeof took)
            _exit(1);
    }
    session_close(session);
    _exit(0);
}

/* --- all of them ------------------------------------------------------------------------------ */

int main(void)
{
    g_autofree char *folder = g_dir_make_tmp("bench-people-XXXXXX", NULL);
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    g_autoptr(GArray) samples = bench_samples();
    int go[2], told[2];
    double took;

    bench_start();
    bench_demo(database);
    /* The first who opens it gives it the name it has from then on (tests/on_server.c). */
    session_close(bench_session(database, "led"));
    g_setenv("DAGSFORM_TEST_AS_PERSON", "1", TRUE);
    alarm(PATIENCE_S);
    if (pipe(go) != 0 || pipe(told) != 0)
        return 1;
    for (int i = 0; i < PEOPLE; i++)
        if (fork() == 0) {
            close(go[1]);
            work(database, i, go[0], told[1]);
        }
    close(told[1]);
    for (int i = 0; i < PEOPLE; i++)
        if (read(told[0], &took, sizeof took) != sizeof took)
            return 1;
    close(go[1]);
    while (read(told[0], &took, sizeof took) == sizeof took)
        bench_add(samples, took);
    while (wait(NULL) > 0)
        ;
    if (samples->len != PEOPLE * (SAVES - WARM_UP))
        g_error("%u saves were told of", samples->len);
    bench_at_most("server: one of 30 people saves", bench_quantile(samples, 0.5), "ms", 30,
                  "together 10 a second; the slowest of twenty %.1f ms",
                  bench_quantile(samples, 0.95));
    bench_remove_folder(folder);
    return 0;
}
