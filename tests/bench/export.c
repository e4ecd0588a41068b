/* export.c: the city's million visits as a spreadsheet and as CSV, beside libxlsxwriter alone that
 * is given the same cells; and a year's review on paper. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/clock.h"
#include "exchange/csv.h"
#include "exchange/export.h"
#include "exchange/week_pdf.h"
#include "tests/bench/harness.h"

#define YEAR_WEEKS 52
#define MEGABYTE 1024.0

typedef void Work(gpointer data);

/* Seconds, and the largest memory, of the work in a process of its own. */
static double apart(Work *work, gpointer data, double *megabytes)
{
    struct rusage used;
    int status = 0;
    const double began = bench_ms();
    const pid_t child = fork();
    if (child == 0) {
        work(data);
        _exit(0);
    }
    wait4(child, &status, 0, &used);
    if (status != 0)
        bench_must(FALSE, NULL);
    *megabytes = (double)used.ru_maxrss / MEGABYTE;
    return (bench_ms() - began) / 1000;
}

typedef struct {
    const char *path;
    ExportFormat format;
} Wish;

static void export_all(gpointer data)
{
    const Wish *wish = data;
    ExportResult result;
    g_autoptr(Session) session = bench_session(bench_setting("BENCH_CITY"), "led");
    const ExportOrder order = {.what = EXPORT_VISITS,
                               .format = wish->format,
                               .from = DATE_NONE,
                               .to = DATE_NONE,
                               .strict = TRUE,
                               .protected = TRUE};
    BENCH_OK(export_file(session, &order, wish->path, TRUE, &result, &error));
}

/* --- libxlsxwriter alone ---------------------------------------------------------------------- */

/* Columns of the export that are no texts. */
enum { DAY = 3, HOUR = 4, MINUTES = 5, NOTICE = 14 };

/* The same cells, made ready before it is measured: a text of each with its NUL, row after row. */
typedef struct {
    const char *path;
    GString *cells;
    int columns, rows;
} Bare;

static void read_cells(Bare *bare, const char *csv)
{
    gsize length;
    CsvRow row;
    g_autofree char *text = NULL;
    if (!g_file_get_contents(csv, &text, &length, NULL))
        bench_must(FALSE, NULL);
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, ',');
    csv_next(reader, &row);
    bare->columns = row.count;
    bare->cells = g_string_sized_new(length);
    for (; csv_next(reader, &row); bare->rows++)
        for (int i = 0; i < row.count; i++)
            g_string_append_len(bare->cells, row.cells[i], (gssize)strlen(row.cells[i]) + 1);
}

static void write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                       lxw_format *const *formats)
{
    double number = 0;
    if (column == DAY)
        number = date_parse(text) - date_from_ymd(1899, 12, 30);
    else if (column == HOUR)
        number = time_parse(text) / 1440.0;
    else if (column == MINUTES || column == NOTICE)
        number = g_ascii_strtod(text, NULL);
    else {
        worksheet_write_string(sheet, row, column, text, NULL);
        return;
    }
    worksheet_write_number(sheet, row, column, number, formats[column]);
}

static void write_bare(gpointer data)
{
    const Bare *bare = data;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(bare->path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_format *formats[NOTICE + 1] = {
        [DAY] = workbook_add_format(book), [HOUR] = workbook_add_format(book)};
    format_set_num_format(formats[DAY], "yyyy-mm-dd");
    format_set_num_format(formats[HOUR], "hh:mm");
    const char *cell = bare->cells->str;
    for (int row = 0; row < bare->rows; row++)
        for (int column = 0; column < bare->columns; column++, cell += strlen(cell) + 1)
            if (*cell)
                write_cell(sheet, (lxw_row_t)row, (lxw_col_t)column, cell, formats);
    if (workbook_close(book) != LXW_NO_ERROR)
        _exit(1);
}

static void measure_sheet(const char *path, gint64 rows)
{
    double megabytes, csv_megabytes, bare_megabytes;
    Wish wish = {.path = path, .format = EXPORT_XLSX};
    Bare bare = {.path = path};
    const double ours = apart(export_all, &wish, &megabytes);
    wish.format = EXPORT_CSV;
    const double csv = apart(export_all, &wish, &csv_megabytes);
    read_cells(&bare, path);
    const double alone = apart(write_bare, &bare, &bare_megabytes);
    g_string_free(bare.cells, TRUE);
    bench_at_least("visits as a spreadsheet, of the bare rate", alone / ours, "", 0.7,
                   "%.0f rows: %.1f s; libxlsxwriter alone %.1f s, given the same cells",
                   (double)rows, ours, alone);
    bench_at_most("memory of it", megabytes, "MB", 60, "%d columns", bare.columns);
    bench_note("visits as CSV", csv, "s", "%.0f MB", csv_megabytes);
}

static void measure_paper(const char *path)
{
    g_autoptr(Session) session = bench_session(bench_setting("BENCH_CITY"), "led");
    const double began = bench_ms();
    g_autoptr(WeekReview) review = NULL;
    BENCH_OK(review = week_review_new(session, 0, YEAR_WEEKS, &error));
    g_autoptr(WeekPaper) paper = week_paper_new(review, session);
    BENCH_OK(week_paper_log(session, &error) && week_paper_write(paper, path, TRUE, &error));
    bench_at_most("a year's review on paper", (bench_ms() - began) / 1000, "s", 1, "%d weeks",
                  YEAR_WEEKS);
}

int main(void)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "bench-export", NULL);
    gint64 rows = 0;
    bench_start();
    {
        g_autoptr(Session) session = bench_session(bench_setting("BENCH_CITY"), "led");
        const VisitQuery all = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
        BENCH_OK(visit_count(session, &all, &rows, &error));
    }
    measure_sheet(path, rows);
    measure_paper(path);
    g_remove(path);
    return 0;
}
