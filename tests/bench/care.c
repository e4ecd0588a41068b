/* care.c: the floor of care on a copy of the city demo, beside the bare engine on the same
 * connection: one cancellation saved, a letter of a search, the week's review. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "care/client/cards.h"
#include "care/task/task_index.h"
#include "care/unit/cover.h"
#include "care/unit/draft.h"
#include "care/unit/staff.h"
#include "care/visit/absence.h"
#include "care/visit/at_risk.h"
#include "care/visit/summary.h"
#include "care/visit/visit.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"
#include "stats/breakdown.h"
#include "tests/bench/harness.h"

#define PAIRS 100
#define WARM_UP 5
#define ROWS_SHOWN 34 /* of a list at 120 × 40 */

/* --- saving a cancellation -------------------------------------------------------------------- */

/* One in two gets a new time, the others a task to find one. What the bare engine writes are the
 * same rows with texts as long, by statements that are ready. */
typedef enum { BEGIN, UPDATE, VISIT, TASK, OUTCOME, CAUSE, AUDIT, META, DRAFT, COMMIT, BARE } Bare;
static const char *const BARE_SQL[BARE] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [UPDATE] = "UPDATE visit SET outcome = 'cancelled', cancelled_by = 'client', told_by = 'phone',"
               " notice_hours = 26, cause = 'ORK', cause_further = 'MÅ', cause_source = 'client',"
               " words = 'Orkar inte idag, har inte sovit i natt.', alternative = 'phone',"
               " alternative_taken = 0, new_visit_id = :new, note = NULL, version = version + 1,"
               " recorded_ms = 1795420800000, recorded_by = :me WHERE id = :id",
    [VISIT] =
        "INSERT INTO visit (id, unit_id, client_id, staff_id, origin_id, date, start, minutes,"
        " week, form) SELECT :new, unit_id, client_id, staff_id, id, '2026-12-17', start,"
        " minutes, 202651, 'home' FROM visit WHERE id = :id",
    [TASK] = "INSERT INTO task (id, unit_id, kind, client_id, visit_id, staff_id, due_date,"
             " created_ms, created_by) SELECT :new, unit_id, 'rebook', client_id, id, staff_id,"
             " '2026-11-25', 1795420800000, :me FROM visit WHERE id = :id",
    [OUTCOME] = "INSERT INTO week_outcome (unit_id, week, outcome, visits)"
                " VALUES (:unit, :week, :outcome, :visits) ON CONFLICT (unit_id, week, outcome)"
                " DO UPDATE SET visits = week_outcome.visits + excluded.visits",
    [CAUSE] = "INSERT INTO week_cause (unit_id, week, outcome, cause, visits)"
              " VALUES (:unit, :week, 'cancelled', 'ORK', 1)"
              " ON CONFLICT (unit_id, week, outcome, cause)"
              " DO UPDATE SET visits = week_cause.visits + excluded.visits",
    [AUDIT] =
        "INSERT INTO audit (node, seq, at_ms, staff_id, action, entity, entity_id, client_id,"
        " changes, hash) SELECT max(node), max(seq) + 1, 1795420800000, :me, 'record', 'visit', :id, :id,"
        " :changes, :hash FROM audit",
    [META] = ("INSERT INTO meta (key, value) VALUES ('audit_mac', :mac)"
              " ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
    [DRAFT] = "DELETE FROM draft WHERE staff_id = :me AND kind = 'cancellation' AND ref_id = :id",
    [COMMIT] = "COMMIT",
};
#define CHANGES                                                                                    \
    "{\"outcome\":[null,\"cancelled\"],\"by\":[null,\"client\"],\"told\":[null,\"phone\"],"        \
    "\"notice\":[null,26],\"cause\":[null,\"ORK\"],\"cause_further\":[null,\"MÅ\"],"              \
    "\"source\":[null,\"client\"],\"words\":[null,\"Orkar inte idag, har inte sovit i natt.\"],"   \
    "\"alternative\":[null,\"phone\"],\"alternative_taken\":[null,0],"                             \
    "\"visit_4294967296000001\":[null,\"2026-12-17 10:00 home\"]}"
#define DRAFT_TEXT                                                                                 \
    "{\"version\":1,\"outcome\":\"cancelled\",\"cause\":\"ORK\",\"further\":\"MÅ\","              \
    "\"words\":\"Orkar inte idag, har inte sovit i natt.\",\"alternative\":\"phone\"}"

/* One way for the bare engine to save it. */
typedef struct {
    sqlite3 *engine;
    gboolean logged; /* with the entry of the log */
    sqlite3_stmt *bare[BARE];
    gint64 next_id;
} Saving;

static void bind_int(sqlite3_stmt *statement, const char *name, gint64 value)
{
    const int index = sqlite3_bind_parameter_index(statement, name);

    if (index > 0)
        sqlite3_bind_int64(statement, index, value);
}

static void bare_count(Saving *saving, Week week, const char *outcome, int visits)
{
    sqlite3_stmt *statement = saving->bare[OUTCOME];

    bind_int(statement, ":week", week);
    bind_int(statement, ":visits", visits);
    sqlite3_bind_text(statement, sqlite3_bind_parameter_index(statement, ":outcome"), outcome, -1,
                      SQLITE_STATIC);
    bench_run(statement);
}

static double save_bare(Saving *saving, const Visit *visit, gboolean new_time)
{
    const gint64 new_id = ++saving->next_id;

    for (int i = 0; i < BARE; i++) {
        bind_int(saving->bare[i], ":id", visit->id);
        bind_int(saving->bare[i], ":new", new_id);
        bind_int(saving->bare[i], ":week", week_of(visit->date));
    }
    if (!new_time)
        sqlite3_bind_null(saving->bare[UPDATE],
                          sqlite3_bind_parameter_index(saving->bare[UPDATE], ":new"));
    const double before = bench_ms();
    bench_run(saving->bare[BEGIN]);
    if (new_time) {
        bench_run(saving->bare[VISIT]);
        bare_count(saving, 202651, "", 1);
    }
    bench_run(saving->bare[UPDATE]);
    bare_count(saving, week_of(visit->date), "", -1);
    bare_count(saving, week_of(visit->date), "cancelled", 1);
    bench_run(saving->bare[CAUSE]);
    if (!new_time)
        bench_run(saving->bare[TASK]);
    if (saving->logged) {
        bench_run(saving->bare[AUDIT]);
        bench_run(saving->bare[META]);
    }
    bench_run(saving->bare[DRAFT]);
    bench_run(saving->bare[COMMIT]);
    return bench_ms() - before;
}

static double save_own(Session *session, const Visit *visit, gboolean new_time)
{
    const VisitOutcome outcome = {
        .outcome = OUTCOME_CANCELLED,
        .by = BY_CLIENT,
        .told = TOLD_PHONE,
        .notice = 26,
        .cause = (char *)"ORK",
        .cause_further = (char *)"MÅ",
        .source = SOURCE_CLIENT,
        .words = (char *)"Orkar inte idag, har inte sovit i natt.",
        .alternative = OFFER_PHONE,
        .alternative_taken = 0,
    };
    const NewTime time = {.date = date_parse("2026-12-17"),
                          .start = visit->start,
                          .minutes = visit->minutes,
                          .mode = visit->mode};
    g_autoptr(Visit) saved = NULL;
    const double before = bench_ms();

    BENCH_OK(visit_record(session, visit->id, visit->version, &outcome,
                          new_time ? &(VisitTimes){time, {.date = DATE_NONE}} : NULL, &saved,
                          &error));
    return bench_ms() - before;
}

static void saving_start(Saving *saving, Session *session, sqlite3 *engine, gboolean logged)
{
    *saving = (Saving){.engine = engine, .logged = logged};
    for (int i = 0; i < BARE; i++) {
        saving->bare[i] = bench_prepare(saving->engine, BARE_SQL[i]);
        bind_int(saving->bare[i], ":me", session_staff_id(session));
        bind_int(saving->bare[i], ":unit", session_unit_id(session));
    }
    sqlite3_stmt *audit = saving->bare[AUDIT], *meta = saving->bare[META];
    sqlite3_bind_text(audit, sqlite3_bind_parameter_index(audit, ":changes"), CHANGES, -1,
                      SQLITE_STATIC);
    sqlite3_bind_zeroblob(audit, sqlite3_bind_parameter_index(audit, ":hash"), 32);
    sqlite3_bind_text(meta, 1,
                      "400000:0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab", -1,
                      SQLITE_STATIC);
    /* Numbers of another node: never in the way of the program's own. */
    saving->next_id = (G_GINT64_CONSTANT(1) << 32) + 1;
}

static void saving_end(Saving *saving)
{
    for (int i = 0; i < BARE; i++)
        sqlite3_finalize(saving->bare[i]);
}

/* Beside the engine with the same encryption and log, and beside one that has neither. */
static void measure_saving(Session *session)
{
    Db *db = session_db(session);
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) bare = bench_samples();
    g_autoptr(GArray) open = bench_samples();
    g_autofree char *path = g_strconcat(db_path(db), ".plain", NULL);
    sqlite3 *plain = bench_plain(db_path(db), db->key, path);
    Saving same, naked;
    VisitQuery query = {.from = clock_today() + 1, .to = DATE_NONE, .outcome = OUTCOME_NONE};
    g_autoptr(GPtrArray) visits = NULL;

    saving_start(&same, session, db->handle, TRUE);
    saving_start(&naked, session, plain, FALSE);
    BENCH_OK(visits = visit_list(session, &query, NULL, 2 * (PAIRS + WARM_UP), &error));
    for (guint i = 0; i + 1 < visits->len; i += 2) {
        const gboolean new_time = i % 4 == 0;
        const Visit *first = visits->pdata[i], *second = visits->pdata[i + 1];
        BENCH_OK(draft_save(session, DRAFT_CANCELLATION, first->id, DRAFT_TEXT, &error));
        BENCH_OK(draft_save(session, DRAFT_CANCELLATION, second->id, DRAFT_TEXT, &error));
        const double ours = save_own(session, first, new_time);
        const double engine = save_bare(&same, second, new_time);
        const double unsealed = save_bare(&naked, second, new_time);
        if (i >= 2 * WARM_UP) {
            bench_add(own, ours);
            bench_add(bare, engine);
            bench_add(open, unsealed);
        }
    }
    saving_end(&same);
    saving_end(&naked);
    sqlite3_close(plain);
    bench_at_most("a cancellation saved", bench_quantile(own, 0.5) / bench_quantile(bare, 0.5),
                  "times", 1.3, "median %.2f ms; the engine alone, same rows and settings %.2f ms",
                  bench_quantile(own, 0.5), bench_quantile(bare, 0.5));
    bench_at_most("a cancellation, sealed and logged",
                  bench_quantile(own, 0.5) / bench_quantile(open, 0.5), "times", 2,
                  "median %.2f ms; the engine alone, neither encrypted nor with the log %.2f ms",
                  bench_quantile(own, 0.5), bench_quantile(open, 0.5));
}

/* --- searching -------------------------------------------------------------------------------- */

/* Once for each sign-in, and when another program has changed a card. */
static void measure_cards(Session *session)
{
    g_autoptr(GArray) opened = bench_samples();
    g_autoptr(GArray) letters = bench_samples();
    static const char *const typed[] = {"a", "an", "s", "zz", "ö"};
    const Cards *cards = NULL;
    for (int i = 0; i < 10; i++) {
        g_autoptr(DbTransaction) tx = NULL;
        BENCH_OK(tx = db_transaction(session_db(session), &error));
        BENCH_OK(cards_changed(session, 0, &error));
        const double before = bench_ms();
        BENCH_OK(cards = cards_of(session, &error));
        bench_add(opened, bench_ms() - before);
    }
    BENCH_OK(cards = cards_of(session, &error));
    const guint count = cards_count(cards);
    bench_at_most("the cards opened", bench_quantile(opened, 0.5) * 10000 / count, "ms", 50,
                  "10,000 of them, of %u, slowest %.1f ms", count, bench_quantile(opened, 1));
    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        guint found = 0;
        const double before = bench_ms();
        for (guint at = 0; at < count; at++)
            found += card_is_begun(cards_at(cards, at), typed[i]);
        bench_add(letters, bench_ms() - before);
    }
    bench_at_most("a letter among the cards", bench_quantile(letters, 1) * 10000 / count, "ms", 1,
                  "all of 10,000 asked, of %u", count);
}

static void measure_search(Session *session)
{
    static const char *const typed[] = {"andersson", "mo", "ali s", "å", "b10", "1999", "s b j"};
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) bare = bench_samples();
    sqlite3_stmt *alone =
        bench_prepare(session_db(session)->handle,
                      "SELECT id, name FROM client WHERE unit_id = ?1 ORDER BY id LIMIT 34");

    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        for (gsize length = 1; length <= strlen(typed[i]); length++) {
            g_autofree char *text = g_strndup(typed[i], length);
            gint64 count;
            double before = bench_ms();
            GPtrArray *list = NULL;
            BENCH_OK(client_count(session, text, FALSE, &count, &error));
            BENCH_OK(list = client_list(session, text, FALSE, NULL, ROWS_SHOWN, &error));
            bench_add(own, bench_ms() - before);
            g_ptr_array_unref(list);
            before = bench_ms();
            sqlite3_bind_int64(alone, 1, session_unit_id(session));
            bench_run(alone);
            bench_add(bare, bench_ms() - before);
        }
    }
    sqlite3_finalize(alone);
    bench_at_most("a letter of a search", bench_quantile(own, 1), "ms", 5,
                  "slowest of %u, median %.2f ms; the engine's rows alone %.2f ms", own->len,
                  bench_quantile(own, 0.5), bench_quantile(bare, 0.5));
}

/* --- the week's review ------------------------------------------------------------------------ */

static void review(Session *session, Week until)
{
    g_autoptr(WeekReview) weeks = NULL;

    BENCH_OK(weeks = week_review_new(session, until, 1, &error));
    g_free(line_words_signal(weeks->line));
}

static void measure_review(Session *session)
{
    g_autoptr(GArray) times = bench_samples();
    sqlite3_stmt *count = bench_prepare(session_db(session)->handle,
                                        "SELECT week, outcome, cause, count(*) FROM visit"
                                        " WHERE unit_id = ?1 AND date >= ?2 AND date <= ?3"
                                        " GROUP BY week, outcome, cause");
    const Week until = week_add(week_of(clock_today()), -1);
    char from[DATE_SIZE], to[DATE_SIZE];

    for (int i = 0; i < 50; i++) {
        const double before = bench_ms();
        review(session, week_add(until, -i % 20));
        bench_add(times, bench_ms() - before);
    }
    sqlite3_bind_int64(count, 1, session_unit_id(session));
    sqlite3_bind_text(count, 2, date_format(week_monday(week_add(until, 1 - REVIEW_WEEKS)), from),
                      -1, SQLITE_STATIC);
    sqlite3_bind_text(count, 3, date_format(week_monday(until) + 6, to), -1, SQLITE_STATIC);
    const double before = bench_ms();
    bench_run(count);
    const double counted = bench_ms() - before;
    sqlite3_finalize(count);
    bench_at_most("the week's review", bench_quantile(times, 1), "ms", 30,
                  "slowest of %u, median %.2f ms; the engine counting those visits %.0f ms",
                  times->len, bench_quantile(times, 0.5), counted);
}

/* --- the weeks split every way ---------------------------------------------------------------- */

static void measure_breakdown(Session *session)
{
    static const int counts[] = {4, 26, 52, 104};
    const Week until = week_add(week_of(clock_today()), -1);
    const double began = bench_ms();
    BENCH_OK(week_cells_prepare(session, week_add(until, -103), until, 104, NULL, &error));
    const double each = (bench_ms() - began) / 104;
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        const BreakdownQuery query = {.from = week_add(until, 1 - counts[i]), .to = until};
        g_autoptr(GArray) times = bench_samples();
        g_autofree char *what = g_strdup_printf("%d weeks split every way", counts[i]);
        for (int round = 0; round < 20; round++) {
            g_autoptr(Breakdown) breakdown = NULL;
            const double start = bench_ms();
            BENCH_OK(breakdown = breakdown_new(session, &query, &error));
            bench_add(times, bench_ms() - start);
        }
        bench_at_most(what, bench_quantile(times, 1), "ms", 50,
                      "median %.1f ms; a week is counted from its visits in %.1f ms, once",
                      bench_quantile(times, 0.5), each);
    }
}

static void measure_at_risk(Session *session)
{
    g_autoptr(GArray) times = bench_samples();
    guint found = 0;
    for (int round = 0; round < 5; round++) {
        g_autoptr(GPtrArray) rows = NULL;
        const double start = bench_ms();
        BENCH_OK(rows = at_risk_list(session, FALSE, NULL, &error));
        bench_add(times, bench_ms() - start);
        found = rows->len;
    }
    bench_at_most("whom we may be about to lose", bench_quantile(times, 1), "ms", 50,
                  "%u clients of the city", found);
}

/* --- a client is away ------------------------------------------------------------------------- */

enum { AHEAD = 60 };

/* Visits ahead of the client of `like`, one a day. */
static void plan_ahead(Session *session, const Visit *like)
{
    for (int i = 0; i < AHEAD; i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->client_id = like->client_id;
        visit->staff_id = like->staff_id;
        visit->date = clock_today() + 60 + i;
        visit->start = 600;
        visit->minutes = 45;
        BENCH_OK(visit_add(session, visit, &error));
    }
}

/* An empty transaction that writes one row: what the disk costs. */
static double sync_ms(Session *session)
{
    const double start = bench_ms();
    BENCH_OK(draft_save(session, "bench", 0, "{}", &error));
    return bench_ms() - start;
}

static void measure_absence(Session *session)
{
    g_autoptr(GArray) times = bench_samples();
    g_autoptr(GArray) syncs = bench_samples();
    g_autoptr(GPtrArray) visits = NULL;
    const VisitQuery query = {.from = clock_today(), .to = clock_today(), .outcome = -1};
    BENCH_OK(visits = visit_list(session, &query, NULL, 1, &error));
    const Visit *like = g_ptr_array_index(visits, 0);
    plan_ahead(session, like);
    for (int round = 0; round < 20; round++) {
        AbsenceDone done = {0};
        g_autoptr(Absence) absence = absence_new(like->client_id);
        absence->from = clock_today() + 60;
        absence->to = absence->from + AHEAD - 1;
        bench_add(syncs, sync_ms(session));
        const double start = bench_ms();
        BENCH_OK(absence_add(session, absence, &done, &error));
        bench_add(times, bench_ms() - start);
        g_assert(done.called_off >= AHEAD);
        BENCH_OK(absence_withdraw(session, absence->id, 1, NULL, &error));
    }
    BENCH_OK(draft_drop(session, "bench", 0, &error));
    bench_at_most("a client away, 60 visits ahead", bench_quantile(times, 0.5), "ms", 50,
                  "with its sync; one row saved %.1f ms", bench_quantile(syncs, 0.5));
}

/* --- To do, and a day, of somebody who covers ------------------------------------------------- */

/* The city's demo has few of them: as many as its visits of some days have, so that there is
 * something to search. */
#define TASKS 5000
static void make_tasks(Session *session)
{
    BENCH_OK(db_run(session_db(session),
                    "INSERT INTO task (id, unit_id, kind, client_id, visit_id, staff_id, due_date,"
                    " created_ms, created_by) SELECT -v.id, v.unit_id, 'rebook', v.client_id, v.id,"
                    " v.staff_id, v.date, 1795420800000, :me FROM visit v"
                    " WHERE v.date >= '2026-10-01' ORDER BY v.date, v.id LIMIT :tasks",
                    DB_PARAMS(DB_INT("me", session_staff_id(session)), DB_INT("tasks", TASKS)),
                    &error));
}

/* What a screenful takes, with its counts: of all of them, and then by what is typed to see some
 * only. */
static void measure_tasks(Session *session, const char *opened, const char *searched)
{
    static const char *const TYPED[] = {NULL,  "overdue",  "anna",        "new time",
                                        "fri", "an ov ne", "nobody here", "whoever"};
    g_autoptr(GArray) first = bench_samples();
    g_autoptr(GArray) times = bench_samples();
    GArray *each[G_N_ELEMENTS(TYPED)];
    double slowest = 0;
    gint64 open = 0, due = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++)
        each[i] = bench_samples();
    for (int round = 0; round < WARM_UP + 20; round++)
        for (int mine = 0; mine < 2; mine++) {
            g_autoptr(TaskIndex) index = NULL;
            double start = bench_ms();
            BENCH_OK(index = task_index_new(session, (TaskFilter){.mine = mine}, &error));
            for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
                g_autoptr(GPtrArray) shown = NULL;
                BENCH_OK(i == 0 || task_index_narrow(index, TYPED[i], &error));
                task_index_count(index, clock_today(), &open, &due);
                BENCH_OK(shown = task_index_list(index, NULL, ROWS_SHOWN, &error));
                const double took = bench_ms() - start;
                if (round >= WARM_UP)
                    bench_add(i == 0 ? first : times, took);
                bench_add(each[i], took);
                start = bench_ms();
            }
        }
    for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
        slowest = i > 0 ? MAX(slowest, bench_quantile(each[i], 0.5)) : 0;
        g_array_unref(each[i]);
    }
    bench_at_most(opened, bench_quantile(first, 1), "ms", 20, "with its counts; median %.1f ms",
                  bench_quantile(first, 0.5));
    bench_at_most(
        searched, bench_quantile(times, 1), "ms", 5,
        "the slowest of what is typed, with its counts; median %.1f ms, of the slowest word "
        "%.1f ms",
        bench_quantile(times, 0.5), slowest);
}

/* A support worker who covers for a colleague: the day's list, which is two walks then, and To do.
 */
static void measure_cover(Session *lead)
{
    g_autoptr(GArray) times = bench_samples();
    g_autoptr(GPtrArray) visits = NULL;
    g_autoptr(Cover) cover = cover_new();
    const VisitQuery day = {.from = clock_today(), .to = clock_today(), .outcome = -1};
    Session *worker = bench_session(bench_setting("BENCH_CITY"), "stod");
    const gint64 me = session_staff_id(worker);
    BENCH_OK(visits = visit_list(lead, &day, NULL, 50, &error));
    cover->cover_id = me;
    for (guint i = 0; i < visits->len && cover->staff_id == 0; i++)
        if (((const Visit *)visits->pdata[i])->staff_id != me)
            cover->staff_id = ((const Visit *)visits->pdata[i])->staff_id;
    BENCH_OK(cover_add(lead, cover, NULL, &error));
    const VisitQuery own = {
        .from = clock_today(), .to = clock_today(), .staff_id = me, .covered = TRUE, .outcome = -1};
    for (int round = 0; round < WARM_UP + 50; round++) {
        g_autoptr(GPtrArray) shown = NULL;
        gint64 count = 0;
        const double start = bench_ms();
        BENCH_OK(shown = visit_list(worker, &own, NULL, ROWS_SHOWN, &error));
        BENCH_OK(visit_count(worker, &own, &count, &error));
        if (round >= WARM_UP)
            bench_add(times, bench_ms() - start);
    }
    bench_at_most("the day of somebody who covers", bench_quantile(times, 1), "ms", 20,
                  "list and count; median %.1f ms", bench_quantile(times, 0.5));
    measure_tasks(worker, "To do of somebody who covers", "… searched");
    session_close(worker);
}

int main(void)
{
    bench_start();
    Session *session = bench_session(bench_setting("BENCH_CITY"), "led");
    measure_review(session);
    measure_breakdown(session);
    measure_at_risk(session);
    measure_cards(session);
    measure_search(session);
    measure_saving(session);
    measure_absence(session);
    make_tasks(session);
    measure_tasks(session, "To do, 5,000 tasks", "… searched");
    measure_cover(session);
    session_close(session);
    return 0;
}
