/* server_rights.c: what row security costs: the day's list and the week's review of a unit of
 * 1,000,000 visits on a server, by a team lead and by a support worker, beside the same past the
 * policies. tests/bench/run starts the server where PostgreSQL is there. */
#include "base/clock.h"
#include "care/visit/visit_list.h"
#include "db/server/server_private.h"
#include "exchange/week_words.h"
#include "tests/bench/harness.h"

#define TIMES 60

/* The demo's visits over six years, of its clients and its staff. */
static const char MANY[] =
    /* What they point to is there: it is not looked up a million times. */
    "SET session_replication_role = replica;"
    "INSERT INTO visit (id, unit_id, client_id, staff_id, date, start, minutes, week, form, "
    "outcome)"
    " SELECT 7000000000 + n, s.unit_id, c.id, s.id,"
    "  to_char(DATE '2021-01-01' + n % 2190, 'YYYY-MM-DD'), to_char(TIME '08:00' + n % 480 * "
    "INTERVAL '1 minute',"
    "  'HH24:MI'), 60, 1, 'home', CASE WHEN n % 5 > 0 THEN 'done' END FROM generate_series(1, "
    "1000000) n"
    " JOIN (SELECT id, unit_id, row_number() OVER (ORDER BY id) - 1 AS r, count(*) OVER () AS "
    "all_of FROM staff) s"
    "  ON s.r = n % s.all_of"
    " JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r, count(*) OVER () AS all_of FROM "
    "client) c"
    "  ON c.r = n / 7 % c.all_of";

typedef struct {
    double list_ms, review_ms;
} Measured;

static double list_once(Session *session)
{
    const VisitQuery day = {.from = clock_today(), .to = clock_today(), .outcome = -1};
    const double before = bench_ms();
    g_autoptr(GPtrArray) list = NULL;

    BENCH_OK(list = visit_list(session, &day, NULL, 200, &error));
    if (list->len == 0)
        g_error("the day is empty");
    return bench_ms() - before;
}

static double review_once(Session *session)
{
    const double before = bench_ms();
    g_autoptr(WeekReview) weeks = NULL;

    BENCH_OK(weeks = week_review_new(session, week_of(clock_today()), 1, &error));
    return bench_ms() - before;
}

static Measured measure(const char *database, const char *login, gboolean as_person)
{
    g_autoptr(GArray) lists = bench_samples(), reviews = bench_samples();

    if (as_person)
        g_setenv("DAGSFORM_TEST_AS_PERSON", "1", TRUE);
    Session *session = bench_session(database, login);
    g_unsetenv("DAGSFORM_TEST_AS_PERSON");
    list_once(session);
    review_once(session);
    for (int i = 0; i < TIMES; i++) {
        bench_add(lists, list_once(session));
        bench_add(reviews, review_once(session));
    }
    session_close(session);
    return (Measured){bench_quantile(lists, 0.5), bench_quantile(reviews, 0.5)};
}

int main(void)
{
    static const char *const who[][2] = {{"led", "a team lead"}, {"stod", "a support worker"}};
    g_autofree char *folder = g_dir_make_tmp("bench-rights-XXXXXX", NULL);
    g_autofree char *database = g_build_filename(folder, "many.db", NULL);

    bench_start();
    bench_demo(database);
    Session *session = bench_session(database, "led");
    BENCH_OK(server_run(session_db(session), MANY, &error));
    BENCH_OK(server_run(session_db(session), "ANALYZE", &error));
    session_close(session);
    for (gsize i = 0; i < G_N_ELEMENTS(who); i++) {
        const Measured past = measure(database, who[i][0], FALSE);
        const Measured bound = measure(database, who[i][0], TRUE);
        g_autofree char *list = g_strconcat("server: the day's list, ", who[i][1], NULL);
        g_autofree char *review = g_strconcat("server: the week's review, ", who[i][1], NULL);
        bench_at_most(list, bound.list_ms, "ms", 5,
                      "of 1,000,000 visits; past the policies %.2f ms", past.list_ms);
        bench_at_most(review, bound.review_ms, "ms", 5, "past the policies %.2f ms",
                      past.review_ms);
    }
    bench_remove_folder(folder);
    return 0;
}
