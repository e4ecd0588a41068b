/* server.c: a cancellation saved and the day's list, of a unit in a file and of the same on a
 * server, in one run; the server's beside pgbench with the very statements that the program sent,
 * their values in them. tests/bench/run starts the server where PostgreSQL is there. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "care/visit/visit_list.h"
#include "db/server/server_private.h"
#include "tests/bench/harness.h"

/* The two take turns in short blocks, so that a machine busy for a while is busy for both. */
#define BLOCKS 10
#define SAVES 15 /* in a block */
#define LISTS 15
#define WARM_UP 10

/* --- what the program sends, as libpq is given it: names and texts are sealed by then -----------
 */

typedef struct {
    char *text;
    Oid *types; /* NULL: the text says them */
} Prepared;

static ServerLibrary real;   /* libpq as it is */
static GHashTable *prepared; /* Prepared, by name */
static GString *noted;       /* NULL: nothing is noted */

static char *text_literal(const char *text)
{
    GString *literal = g_string_new("CAST(E'");

    /* Neither a variable of pgbench nor one of our numbers. */
    for (; *text != '\0'; text++)
        if (strchr("':$\\;", *text))
            g_string_append_printf(literal, "\\%03o", (guint)*text);
        else
            g_string_append_c(literal, *text);
    return g_string_free(g_string_append(literal, "' AS TEXT)"), FALSE);
}

static char *blob_literal(const char *bytes, int length)
{
    GString *literal = g_string_new("CAST('\\x");

    for (int i = 0; i < length; i++)
        g_string_append_printf(literal, "%02x", (guint8)bytes[i]);
    return g_string_free(g_string_append(literal, "' AS BYTEA)"), FALSE);
}

static char *literal_of(Oid type, const char *value, int length)
{
    const char *name = type == TYPE_INT8     ? "BIGINT"
                       : type == TYPE_FLOAT8 ? "DOUBLE PRECISION"
                       : type == TYPE_BYTEA  ? "BYTEA"
                                             : "TEXT";

    if (value == NULL)
        return g_strdup_printf("CAST(NULL AS %s)", name);
    if (type == TYPE_TEXT)
        return text_literal(value);
    if (type == TYPE_BYTEA)
        return blob_literal(value, length);
    return g_strdup_printf("CAST(%s AS %s)", value, name);
}

static void note(const char *sql, int count, const Oid *types, const char *const *values,
                 const int *lengths)
{
    if (noted == NULL)
        return;
    g_autoptr(GString) text = g_string_new(sql);
    for (int i = count; i > 0; i--) {
        g_autofree char *number = g_strdup_printf("$%d", i);
        g_autofree char *literal = literal_of(types != NULL ? types[i - 1] : TYPE_TEXT,
                                              values[i - 1], lengths != NULL ? lengths[i - 1] : 0);
        g_string_replace(text, number, literal, 0);
    }
    g_string_append_printf(noted, "%s;\n", text->str);
}

static void note_prepared(const char *name, int count, const char *const *values,
                          const int *lengths)
{
    const Prepared *known = g_hash_table_lookup(prepared, name);
    note(known->text, count, known->types, values, lengths);
}

static int send_prepare(PGconn *connection, const char *name, const char *sql, int count,
                        const Oid *types)
{
    Prepared *known = g_new(Prepared, 1);

    *known = (Prepared){g_strdup(sql), g_memdup2(types, sizeof *types * (gsize)count)};
    g_hash_table_insert(prepared, g_strdup(name), known);
    return real.PQsendPrepare(connection, name, sql, count, types);
}

static int send_prepared(PGconn *connection, const char *name, int count, const char *const *values,
                         const int *lengths, const int *formats, int format)
{
    note_prepared(name, count, values, lengths);
    return real.PQsendQueryPrepared(connection, name, count, values, lengths, formats, format);
}

static int send_params(PGconn *connection, const char *sql, int count, const Oid *types,
                       const char *const *values, const int *lengths, const int *formats,
                       int format)
{
    note(sql, count, types, values, lengths);
    return real.PQsendQueryParams(connection, sql, count, types, values, lengths, formats, format);
}

static void listen_in(void)
{
    ServerLibrary *library = NULL;
    const ServerLibrary *given = server_library(NULL);

    memcpy(&library, &given, sizeof library);
    real = *library;
    prepared = g_hash_table_new(g_str_hash, g_str_equal);
    library->PQsendPrepare = send_prepare;
    library->PQsendQueryPrepared = send_prepared;
    library->PQsendQueryParams = send_params;
}

/* --- what is measured ------------------------------------------------------------------------- */

/* What pgbench's log says of each transaction, after some to warm up: its own average has the
 * making ready of every statement in it. */
static void add_from_log(const char *folder, GArray *samples)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    const char *name;
    int nth = 0;

    while ((name = g_dir_read_name(files))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        if (!g_str_has_prefix(name, "pgbench.log"))
            continue;
        BENCH_OK(g_file_get_contents(path, &text, NULL, &error));
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (char **line = lines; **line; line++) {
            g_auto(GStrv) parts = g_strsplit(*line, " ", -1);
            if (nth++ >= WARM_UP)
                bench_add(samples, g_ascii_strtod(parts[2], NULL) / 1000);
        }
        g_remove(path);
    }
}

/* How long each takes pgbench, which sends them so often. */
static void run_bare(const char *folder, const char *database, const char *statements, int times,
                     GArray *samples)
{
    g_autofree char *script = g_build_filename(folder, "pgbench.sql", NULL);
    g_autofree char *log = g_build_filename(folder, "pgbench.log", NULL);
    g_autofree char *prefix = g_strconcat("--log-prefix=", log, NULL);
    g_autofree char *often = g_strdup_printf("%d", WARM_UP + times);
    char *arguments[] = {(char *)"pgbench",  (char *)"-n", (char *)"-l", prefix,       (char *)"-M",
                         (char *)"prepared", (char *)"-t", often,        (char *)"-f", script,
                         (char *)database,   NULL};
    int status = -1;

    BENCH_OK(g_file_set_contents(script, statements, -1, &error));
    BENCH_OK(
        g_spawn_sync(NULL, arguments, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &error));
    BENCH_OK(g_spawn_check_wait_status(status, &error));
    add_from_log(folder, samples);
}

/* Medians; those of pgbench of a server alone. */
typedef struct {
    double save_ms, list_ms, bare_save_ms, bare_list_ms;
} Measured;

static double list_one(Session *session)
{
    const VisitQuery day = {.from = clock_today(), .to = clock_today(), .outcome = -1};
    const double before = bench_ms();
    g_autoptr(GPtrArray) list = NULL;

    BENCH_OK(list = visit_list(session, &day, NULL, 200, &error));
    return bench_ms() - before;
}

/* The ids that the program drew are not there, and a rollback leaves it so. The savepoint of each
 * save passes by what is noted. */
static char *as_save(const char *statements)
{
    return g_strconcat("BEGIN;\nWITH l AS (SELECT value FROM meta WHERE key = '" SERVER_WRITER
                       "' FOR UPDATE) INSERT INTO " SERVER_SAVED
                       " SELECT 1, 1, CURRENT_DATE FROM l ON CONFLICT (program) DO UPDATE SET"
                       " save = excluded.save;\n",
                       "SAVEPOINT inner_transaction;\nRELEASE inner_transaction;\n", statements,
                       "ROLLBACK;\n", NULL);
}

static char *end_noting(void)
{
    return g_string_free(g_steal_pointer(&noted), FALSE);
}

/* `bare`: the database that pgbench works in; NULL: none does. */
static Measured measure(const char *database, const char *folder, const char *bare)
{
    GArray *samples[] = {bench_samples(), bench_samples(), bench_samples(), bench_samples()};
    const VisitQuery coming = {.from = clock_today() + 1, .to = DATE_NONE, .outcome = OUTCOME_NONE};
    Session *session = bench_session(database, "led");
    g_autoptr(GPtrArray) visits = NULL;
    guint next = 0;

    BENCH_OK(visits = visit_list(session, &coming, NULL, WARM_UP + 1 + BLOCKS * SAVES, &error));
    for (int i = 0; i < WARM_UP; i++) {
        bench_cancel(session, visits->pdata[next++]);
        list_one(session);
    }
    noted = g_string_new(NULL);
    bench_cancel(session, visits->pdata[next++]);
    g_autofree char *statements = end_noting();
    g_autofree char *save = as_save(statements);
    noted = g_string_new(NULL);
    list_one(session);
    g_autofree char *list = end_noting();
    for (int block = 0; block < BLOCKS; block++) {
        for (int i = 0; i < SAVES; i++)
            bench_add(samples[0], bench_cancel(session, visits->pdata[next++]));
        if (bare)
            run_bare(folder, bare, save, SAVES, samples[2]);
        for (int i = 0; i < LISTS; i++)
            bench_add(samples[1], list_one(session));
        if (bare)
            run_bare(folder, bare, list, LISTS, samples[3]);
    }
    session_close(session);
    const Measured measured = {bench_quantile(samples[0], 0.5), bench_quantile(samples[1], 0.5),
                               bare ? bench_quantile(samples[2], 0.5) : 0,
                               bare ? bench_quantile(samples[3], 0.5) : 0};
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
        g_array_unref(samples[i]);
    return measured;
}

/* What stands at `to` is a copy when it is opened; the first stays as it was. */
static void copy(const char *from, const char *to, const char *ending)
{
    g_autofree char *source = g_strconcat(from, ending, NULL);
    g_autofree char *target = g_strconcat(to, ending, NULL);
    g_autofree char *bytes = NULL;
    gsize length;

    BENCH_OK(g_file_get_contents(source, &bytes, &length, &error));
    BENCH_OK(g_file_set_contents_full(target, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600,
                                      &error));
}

int main(void)
{
    g_autofree char *folder = g_dir_make_tmp("bench-server-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    g_autofree char *first = g_build_filename(folder, "first", NULL);
    g_autofree char *second = g_build_filename(folder, "second", NULL);
    g_autofree char *file_db = g_strconcat(file, ".db", NULL);
    g_autofree char *first_db = g_strconcat(first, ".db", NULL);
    g_autofree char *second_db = g_strconcat(second, ".db", NULL);
    g_autofree char *words = g_strdup(bench_setting("DAGSFORM_TEST_SERVER"));
    g_autofree char *name = NULL;

    bench_start();
    listen_in();
    /* Neither waits for a disk: a server of the tests does not (tests/postgres/run). */
    g_setenv("DAGSFORM_TEST_NO_SYNC", "1", TRUE);
    g_unsetenv("DAGSFORM_TEST_SERVER");
    bench_demo(file_db);
    const Measured of_file = measure(file_db, folder, NULL);
    g_setenv("DAGSFORM_TEST_SERVER", words, TRUE);
    bench_demo(first_db);
    g_free(db_server_of(first_db, DB_READ_WRITE));
    BENCH_OK(g_file_get_contents(first_db, &name, NULL, &error));
    copy(first, second, ".db");
    copy(first, second, ".keys");
    const Measured of_server = measure(second_db, folder, name);
    bench_at_least("server: saves, of pgbench's", of_server.bare_save_ms / of_server.save_ms, "",
                   0.8, "%.2f ms each; pgbench %.2f ms; in a file %.2f ms; no disk is waited for",
                   of_server.save_ms, of_server.bare_save_ms, of_file.save_ms);
    bench_at_most("server: the day's list of a unit", of_server.list_ms, "ms", 5,
                  "pgbench %.2f ms; in a file %.2f ms", of_server.bare_list_ms, of_file.list_ms);
    bench_remove_folder(folder);
    return 0;
}
