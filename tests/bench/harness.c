/* harness.c: samples, lines and a bare connection, for the benches. */
#include "tests/bench/harness.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/opening.h"
#include "care/visit/visit_record.h"
#include "exchange/demo.h"

const char *bench_setting(const char *name)
{
    const char *value = g_getenv(name);

    if (!value) {
        fprintf(stderr, "%s is not set: run this through make bench.\n", name);
        exit(2);
    }
    return value;
}

void bench_must(gboolean good, GError *error)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", error ? error->message : "It failed without saying why.");
    exit(1);
}

double bench_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

/* --- samples ---------------------------------------------------------------------------------- */

GArray *bench_samples(void)
{
    return g_array_new(FALSE, FALSE, sizeof(double));
}

void bench_add(GArray *samples, double value)
{
    g_array_append_val(samples, value);
}

static int compare(gconstpointer left, gconstpointer right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

double bench_quantile(GArray *samples, double share)
{
    g_array_sort(samples, compare);
    return g_array_index(samples, double, (guint)(share * (samples->len - 1) + 0.5));
}

/* --- lines ------------------------------------------------------------------------------------ */

static void print_line(const char *what, double figure, const char *unit, const char *target,
                       const char *verdict, const char *beside, va_list args)
{
    g_autofree char *text = g_strdup_vprintf(beside, args);
    g_autofree char *number = g_strdup_printf(figure >= 100  ? "%.0f"
                                              : figure >= 10 ? "%.1f"
                                                             : "%.2f",
                                              figure);

    printf("%-40s %7s %-6s %-9s %-7s %s\n", what, number, unit, target, verdict, text);
    fflush(stdout);
}

void bench_at_most(const char *what, double figure, const char *unit, double target,
                   const char *beside, ...)
{
    g_autofree char *limit = g_strdup_printf("≤ %g", target);
    va_list args;

    va_start(args, beside);
    print_line(what, figure, unit, limit, figure <= target ? "ok" : "MISSED", beside, args);
    va_end(args);
}

void bench_at_least(const char *what, double figure, const char *unit, double target,
                    const char *beside, ...)
{
    g_autofree char *limit = g_strdup_printf("≥ %g", target);
    va_list args;

    va_start(args, beside);
    print_line(what, figure, unit, limit, figure >= target ? "ok" : "MISSED", beside, args);
    va_end(args);
}

void bench_note(const char *what, double figure, const char *unit, const char *beside, ...)
{
    va_list args;

    va_start(args, beside);
    print_line(what, figure, unit, "", "", beside, args);
    va_end(args);
}

/* --- the program's own way in ----------------------------------------------------------------- */

void bench_remove_folder(const char *folder)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(files))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
    }
    g_rmdir(folder);
}

void bench_start(void)
{
    i18n_init("en");
    BENCH_OK(secret_init(&error));
    BENCH_OK(clock_init(&error));
    BENCH_OK(db_engine_check(&error));
}

void bench_demo(const char *database)
{
    char *arguments[] = {(char *)bench_setting("DAGSFORM"), (char *)"demo", (char *)"--db",
                         (char *)database, NULL};

    BENCH_OK(g_spawn_sync(NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                          NULL, &error));
}

Session *bench_session(const char *database, const char *login)
{
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    SessionOpening opening = {.database = database, .login = login, .passphrase = passphrase};
    Session *session = NULL;

    BENCH_OK(session = session_open(&opening, &error));
    return session;
}

double bench_cancel(Session *session, const Visit *visit)
{
    VisitOutcome outcome;

    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_CANCELLED;
    outcome.by = BY_CLIENT;
    outcome.told = TOLD_PHONE;
    outcome.notice = 26;
    outcome.cause = (char *)"ORK";
    outcome.source = SOURCE_CLIENT;
    outcome.words = (char *)"Orkar inte idag, har inte sovit i natt.";
    const double before = bench_ms();
    BENCH_OK(visit_record(session, visit->id, visit->version, &outcome, NULL, NULL, &error));
    return bench_ms() - before;
}

/* --- the engine alone ------------------------------------------------------------------------- */

static void must(sqlite3 *bare, int code, const char *what)
{
    if (code == SQLITE_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(bare));
    exit(1);
}

void bench_exec(sqlite3 *bare, const char *sql)
{
    must(bare, sqlite3_exec(bare, sql, NULL, NULL, NULL), sql);
}

sqlite3_stmt *bench_prepare(sqlite3 *bare, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    must(bare, sqlite3_prepare_v3(bare, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
    return statement;
}

int bench_run(sqlite3_stmt *statement)
{
    int rows = 0, code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        rows++;
    must(sqlite3_db_handle(statement), code == SQLITE_DONE ? SQLITE_OK : code,
         sqlite3_sql(statement));
    sqlite3_reset(statement);
    return rows;
}

/* As db.h makes them. */
#define SETTINGS                                                                                   \
    "PRAGMA cipher_log_level = NONE; PRAGMA temp_store = 2; PRAGMA journal_mode = TRUNCATE;"       \
    "PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"           \
    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;" ENGINE_CACHE ";"                          \
    "PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000"

sqlite3 *bench_bare(const char *database, const Secret *key)
{
    GString *hex = g_string_new("x'");
    sqlite3 *bare = NULL;

    for (gsize i = 0; i < key->length; i++)
        g_string_append_printf(hex, "%02x", key->bytes[i]);
    g_string_append_c(hex, '\'');
    must(NULL, sqlite3_open_v2(database, &bare, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
         database);
    must(bare, sqlite3_key_v2(bare, "main", hex->str, (int)hex->len), "sqlite3_key_v2");
    g_string_free(hex, TRUE);
    bench_exec(bare, SETTINGS);
    return bare;
}

sqlite3 *bench_plain(const char *database, const Secret *key, const char *path)
{
    g_autofree char *attach = g_strdup_printf("ATTACH DATABASE '%s' AS plain KEY ''", path);
    sqlite3 *bare = bench_bare(database, key), *plain = NULL;

    BENCH_OK(g_file_set_contents(path, "", 0, &error)); /* the bare engine makes no files */
    bench_exec(bare, attach);
    bench_exec(bare, "SELECT sqlcipher_export('plain'); DETACH DATABASE plain");
    sqlite3_close(bare);
    must(NULL, sqlite3_open_v2(path, &plain, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
         path);
    bench_exec(plain, SETTINGS);
    return plain;
}
