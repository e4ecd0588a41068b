/* sizes.c: the same questions put to units of ten thousand, a hundred thousand and a million (or ten)
 * visits: what the week's review costs must grow with the weeks it shows, not with the visits
 * stored. */
#include "base/clock.h"
#include "care/visit/at_risk.h"
#include "care/visit/visit_list.h"
#include "care/visit/week_cell.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"
#include "stats/breakdown.h"
#include "tests/bench/harness.h"

#define ROUNDS 20
#define WEEKS 26
#define YEAR_WEEKS 52

/* The week with its causes and its line in words. */
static void review(Session *session, int weeks)
{
    g_autoptr(WeekReview) review = NULL;
    BENCH_OK(review = week_review_new(session, 0, (guint)weeks, &error));
    g_free(line_words_signal(review->line));
}

static void splits(Session *session, int weeks)
{
    const Week until = week_add(week_of(clock_today()), -1);
    const BreakdownQuery query = {.from = week_add(until, 1 - weeks), .to = until};
    g_autoptr(Breakdown) breakdown = NULL;
    BENCH_OK(breakdown = breakdown_new(session, &query, &error));
}

static void at_risk(Session *session, int weeks)
{
    g_autoptr(GPtrArray) rows = NULL;
    (void)weeks;
    BENCH_OK(rows = at_risk_list(session, FALSE, NULL, &error));
}

static const struct {
    const char *what;
    void (*ask)(Session *session, int weeks);
    int weeks;
} QUESTIONS[] = {
    {"a week with its line", review, 1},
    {"a year's weeks with their line", review, YEAR_WEEKS},
    {"26 weeks split every way", splits, WEEKS},
    {"a year's weeks split every way", splits, YEAR_WEEKS},
    {"whom we may be about to lose", at_risk, 0},
};

static void measure(Session *session, gint64 visits)
{
    for (gsize i = 0; i < G_N_ELEMENTS(QUESTIONS); i++) {
        g_autoptr(GArray) times = bench_samples();
        for (int round = 0; round < ROUNDS; round++) {
            const double before = bench_ms();
            QUESTIONS[i].ask(session, QUESTIONS[i].weeks);
            bench_add(times, bench_ms() - before);
        }
        bench_at_most(QUESTIONS[i].what, bench_quantile(times, 1), "ms", 50,
                      "%.0f visits stored; median %.2f ms", (double)visits,
                      bench_quantile(times, 0.5));
    }
}

int main(void)
{
    g_auto(GStrv) databases = g_strsplit(bench_setting("BENCH_SIZES"), " ", -1);
    bench_start();
    for (char **database = databases; *database != NULL; database++) {
        const VisitQuery all = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
        const Week until = week_of(clock_today());
        Session *session = bench_session(*database, "led");
        gint64 visits = 0;
        BENCH_OK(visit_count(session, &all, &visits, &error));
        BENCH_OK(week_cells_prepare(session, week_add(until, -104), until, G_MAXINT, NULL, &error));
        measure(session, visits);
        session_close(session);
    }
    return 0;
}
