/* export.c: the city's million visits as a spreadsheet and as CSV, beside libxlsxwriter alone that
 * is given the same cells; and a year's review on paper. */
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/clock.h"
#include "exchange/export.h"
#include "exchange/week_pdf.h"
#include "tests/bench/harness.h"

#define COLUMNS 18
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
    gint64 rows;
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
                               .protected = TRUE};
    BENCH_OK(export_file(session, &order, wish->path, TRUE, &result, &error));
}

/* As many rows of the same kinds of cells, from nowhere. */
static void write_bare(gpointer data)
{
    const Wish *wish = data;
    static const char *const texts[COLUMNS] = {
        "B1000", "19990914-2383", "Emil Ärlig", NULL,       NULL,
        NULL,    "hembesök",      "Berit Stöd", "Genomfört"};
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(wish->path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_format *day = workbook_add_format(book), *hour = workbook_add_format(book);
    format_set_num_format(day, "yyyy-mm-dd");
    format_set_num_format(hour, "hh:mm");
    for (lxw_row_t row = 0; row < (lxw_row_t)wish->rows; row++) {
        for (lxw_col_t column = 0; column < COLUMNS; column++)
            if (texts[column] != NULL)
                worksheet_write_string(sheet, row, column, texts[column], NULL);
        worksheet_write_number(sheet, row, 3, 46153 + row / 10000, day);
        worksheet_write_number(sheet, row, 4, (row % 600) / 1440.0, hour);
        worksheet_write_number(sheet, row, 5, 60, NULL);
    }
    if (workbook_close(book) != LXW_NO_ERROR)
        _exit(1);
}

static void measure_sheet(const char *path, gint64 rows)
{
    double megabytes, bare_megabytes;
    Wish wish = {.path = path, .format = EXPORT_XLSX, .rows = rows};
    const double ours = apart(export_all, &wish, &megabytes);
    const double bare = apart(write_bare, &wish, &bare_megabytes);
    bench_at_least("visits as a spreadsheet, of the bare rate", bare / ours, "", 0.7,
                   "%.0f rows: %.1f s; libxlsxwriter alone %.1f s", (double)rows, ours, bare);
    bench_at_most("memory of it", megabytes, "MB", 60, "libxlsxwriter alone %.0f MB",
                  bare_megabytes);
    wish.format = EXPORT_CSV;
    const double csv = apart(export_all, &wish, &megabytes);
    bench_note("visits as CSV", csv, "s", "%.0f MB", megabytes);
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
