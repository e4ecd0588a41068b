/* import.c: reading in a planning system's file, beside the sqlcipher shell's .import of the same
 * file into an encrypted table without index or check. Both are whole programs, from exec to exit,
 * each time into a new database. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/date.h"
#include "exchange/csv.h"
#include "exchange/demo.h"
#include "tests/bench/harness.h"

#define TIMES_EARLIER 24 /* the sample's half year, each time half a year earlier */
#define HALF_YEAR (26 * 7)
#define COLUMN_OF_DATE 3
#define LEAST 0.25

typedef struct {
    char *folder;
    char *unit, *passphrase; /* a new unit, copied for each run */
    const char *program;
} Importing;

/* --- the large file --------------------------------------------------------------------------- */

static char *sample_text(gsize *length)
{
    g_autofree char *bytes = NULL;
    char *text = NULL;

    BENCH_OK(g_file_get_contents(bench_setting("BENCH_SAMPLE"), &bytes, length, &error));
    BENCH_OK(text = g_convert(bytes, (gssize)*length, "UTF-8", "ISO-8859-1", NULL, length, &error));
    return text;
}

static void append_row(GString *out, const CsvRow *row, int earlier)
{
    const Date date = date_parse(row->cells[COLUMN_OF_DATE]);
    char text[DATE_SIZE];

    if (date == DATE_NONE)
        return;
    row->cells[COLUMN_OF_DATE] = date_format(date - earlier, text);
    csv_append(out, (const char *const *)row->cells, row->count, ';');
}

/* Some 300,000 rows. */
static char *make_large(const Importing *importing)
{
    char *path = g_build_filename(importing->folder, "large.csv", NULL);
    gsize length;
    g_autofree char *text = sample_text(&length);
    g_autoptr(GString) out = g_string_new(NULL);

    for (int i = 0; i < TIMES_EARLIER; i++) {
        g_autoptr(CsvReader) reader = csv_reader_new(text, length, ';');
        CsvRow row;
        csv_next(reader, &row);
        const int columns = row.count;
        if (i == 0)
            csv_append(out, (const char *const *)row.cells, row.count, ';');
        while (csv_next(reader, &row))
            if (row.count == columns)
                append_row(out, &row, i * HALF_YEAR);
    }
    BENCH_OK(g_file_set_contents(path, out->str, (gssize)out->len, &error));
    return path;
}

/* --- the two programs ------------------------------------------------------------------------- */

static double run(const char *const *command, const char *input)
{
    g_autoptr(GSubprocess) process = NULL;
    const double before = bench_ms();

    BENCH_OK(process = g_subprocess_newv(command,
                                         G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                             G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                             G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                         &error));
    BENCH_OK(g_subprocess_communicate_utf8(process, input, NULL, NULL, NULL, &error));
    const double took = bench_ms() - before;
    BENCH_OK(g_subprocess_wait(process, NULL, &error));
    /* 1 says that some of the rows were refused, as they shall be. */
    g_assert_true(g_subprocess_get_if_exited(process) &&
                  g_subprocess_get_exit_status(process) <= 1);
    return took;
}

static double run_shell(const Importing *importing, const char *file)
{
    g_autofree char *database = g_build_filename(importing->folder, "shell.db", NULL);
    g_autofree char *script = g_strdup_printf(
        "PRAGMA key = \"x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
        "00112233445566778899aabbccddeeff'\";\n.mode csv\n.separator ;\n.import '%s' visit\n",
        file);

    g_unlink(database);
    return run((const char *const[]){"sqlcipher", database, NULL}, script);
}

static void copy(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    gsize length;

    BENCH_OK(g_file_get_contents(from, &bytes, &length, &error));
    BENCH_OK(g_file_set_contents(to, bytes, (gssize)length, &error));
}

static double run_own(const Importing *importing, const char *file)
{
    g_autofree char *database = g_build_filename(importing->folder, "own.db", NULL);
    g_autofree char *keys = vault_path_for(database);
    g_autofree char *unit_keys = vault_path_for(importing->unit);

    copy(importing->unit, database);
    copy(unit_keys, keys);
    return run((const char *const[]){importing->program, "import", "visits", file, "--db", database,
                                     "--user", "led", "--passphrase-file", importing->passphrase,
                                     "--json", NULL},
               "");
}

/* The engine alone writing the same rows again, in the same order, with the program's indexes,
 * checks and references: what of the time is its own. Taken from what the last run has left. */
static double run_engine(const Importing *importing)
{
    g_autofree char *database = g_build_filename(importing->folder, "own.db", NULL);
    Session *session = bench_session(database, "led");
    sqlite3 *engine = session_db(session)->handle;

    bench_exec(engine,
               ENGINE_CACHE_LARGE "; CREATE TEMP TABLE again AS SELECT * FROM visit ORDER BY id;"
                                  "DELETE FROM visit");
    const double before = bench_ms();
    bench_exec(engine, "BEGIN IMMEDIATE; INSERT INTO visit SELECT * FROM again; COMMIT");
    const double took = bench_ms() - before;
    session_close(session);
    return took;
}

static int rows_of(const char *path)
{
    g_autofree char *text = NULL;
    gsize length;
    int rows = -1; /* the heading */
    CsvRow row;

    BENCH_OK(g_file_get_contents(path, &text, &length, &error));
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, ';');
    while (csv_next(reader, &row))
        rows++;
    return rows;
}

static void measure(const Importing *importing, const char *file, int times)
{
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) shell = bench_samples();
    const int rows = rows_of(file);
    g_autofree char *what = g_strdup_printf("%d visits read in", rows);

    for (int i = 0; i < times; i++) {
        bench_add(shell, run_shell(importing, file));
        bench_add(own, run_own(importing, file));
    }
    bench_at_least(what, bench_quantile(shell, 0.5) / bench_quantile(own, 0.5), "times", LEAST,
                   "%.0f rows a second; the shell's .import %.0f; the engine alone with the "
                   "program's indexes %.0f",
                   rows / bench_quantile(own, 0.5) * 1000, rows / bench_quantile(shell, 0.5) * 1000,
                   rows / run_engine(importing) * 1000);
}

int main(void)
{
    Importing importing = {.program = bench_setting("DAGSFORM")};

    bench_start();
    BENCH_OK(importing.folder = g_dir_make_tmp("dagsform-bench-XXXXXX", &error));
    importing.unit = g_build_filename(importing.folder, "unit.db", NULL);
    importing.passphrase = g_build_filename(importing.folder, "passphrase", NULL);
    BENCH_OK(g_file_set_contents_full(importing.passphrase, DEMO_PASSPHRASE, -1,
                                      G_FILE_SET_CONTENTS_NONE, 0600, &error));
    run((const char *const[]){importing.program, "init", "--db", importing.unit, "--unit", "Bench",
                              "--user", "led", "--role", "team-lead", "--passphrase-file",
                              importing.passphrase, NULL},
        "");
    g_autofree char *large = make_large(&importing);
    measure(&importing, bench_setting("BENCH_SAMPLE"), 7);
    measure(&importing, large, 3);
    run((const char *const[]){"rm", "-rf", importing.folder, NULL}, "");
    g_free(importing.folder);
    g_free(importing.unit);
    g_free(importing.passphrase);
    return 0;
}
