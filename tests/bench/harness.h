/* harness.h: what the benches share: samples, the lines they print, and a bare connection to the
 * engine with the settings of db.h, to measure beside.
 *
 * A line has the figure, its target, `ok` or `MISSED`, and what stands beside it from the same run.
 * tests/bench/run makes the databases, runs the programs and counts the lines. */
#pragma once

#include <glib.h>

#include "care/unit/session.h"
#include "care/visit/visit.h"
#include "db/sqlcipher/sqlcipher_private.h"

/* $NAME, which tests/bench/run sets; ends the program when it is not there. */
const char *bench_setting(const char *name);
/* Ends the program with the sentence of `error` when `good` is FALSE. */
void bench_must(gboolean good, GError *error);
#define BENCH_OK(call)                                                                             \
    do {                                                                                           \
        GError *error = NULL;                                                                      \
        gboolean good = (call) ? TRUE : FALSE;                                                     \
        bench_must(good, error);                                                                   \
    } while (0)

double bench_ms(void); /* a clock that only goes forward */

/* Samples are a GArray of double. `share` 0.5 is the median, 1 the largest. */
GArray *bench_samples(void);
void bench_add(GArray *samples, double value);
double bench_quantile(GArray *samples, double share);

/* Prints a line. `beside` is a sentence with the other figure. */
void bench_at_most(const char *what, double figure, const char *unit, double target,
                   const char *beside, ...) G_GNUC_PRINTF(5, 6);
void bench_at_least(const char *what, double figure, const char *unit, double target,
                    const char *beside, ...) G_GNUC_PRINTF(5, 6);
/* A figure without a target. */
void bench_note(const char *what, double figure, const char *unit, const char *beside, ...)
    G_GNUC_PRINTF(4, 5);

/* A folder that has only files in it. */
void bench_remove_folder(const char *folder);

/* The base floor as main() starts it; a demo unit made by the program of the tests, at `database`;
 * and one of its users signed in to it. */
void bench_start(void);
void bench_demo(const char *database);
Session *bench_session(const char *database, const char *login);
/* How long it takes to record that `visit` was cancelled, with the person's own words, in
 * milliseconds. */
double bench_cancel(Session *session, const Visit *visit);
/* The engine alone, keyed and set as db.h does. Closed with sqlite3_close(). */
sqlite3 *bench_bare(const char *database, const Secret *key);
/* The same of a copy that is not encrypted, made at `path`, which tests/bench/run
 * removes. */
sqlite3 *bench_plain(const char *database, const Secret *key, const char *path);
void bench_exec(sqlite3 *bare, const char *sql);
sqlite3_stmt *bench_prepare(sqlite3 *bare, const char *sql);
/* Steps to the end and resets; the number of rows. */
int bench_run(sqlite3_stmt *statement);
