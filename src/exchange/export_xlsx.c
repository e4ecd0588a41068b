/* export_xlsx.c: rows as a spreadsheet: days, times and shares as what they are, the headings
 * frozen and with a filter; of weeks with a chart of their own data. Texts are texts, whatever they
 * begin with. */
#include "base/error.h"
#include "base/i18n.h"
#include "exchange/export_private.h"
#include "exchange/sheet_writer.h"

typedef struct {
    lxw_workbook *book; /* NULL: closed, which frees it */
    lxw_worksheet *sheet;
    SheetWriter *writer; /* of the rows under the headings; NULL: not begun, or done */
    lxw_format *formats[CELL_TIME + 1]; /* by CellType; NULL: none */
    lxw_row_t next;
    guint32 filled; /* the columns in which any row has a number, a bit each */
    char *folder;   /* of the library's own files, until it is closed */
} Xlsx;

static void xlsx_free(gpointer data)
{
    Xlsx *xlsx = data;
    if (xlsx->writer != NULL)
        sheet_writer_finish(xlsx->writer);
    /* There is no way to give a workbook up but to close it: what it writes then is the draft's,
     * which is removed. */
    if (xlsx->book != NULL)
        workbook_close(xlsx->book);
    g_free(xlsx->folder);
    g_free(xlsx);
}

/* What the library says, as the disk or the user must be told it. FALSE. */
static gboolean xlsx_fault(lxw_error fault, GError **error)
{
    switch (fault) {
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("A spreadsheet has room for %d rows, and there are more. Choose fewer days, "
                      "or CSV."),
                    LXW_ROW_MAX - 1);
        break;
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("One of the texts is longer than a cell of a spreadsheet may be. "
                              "Export it as CSV."));
        break;
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_FULL,
                            _("There is no memory left. Close other programs and try again."));
        break;
    default:
        /* Its own files lie beside the file to be: the disk is full there, or fails. */
        g_set_error(error, DAGSFORM_ERROR, ERROR_FULL,
                    _("The spreadsheet could not be written whole (%s). Free some space on the "
                      "disk and try again."),
                    lxw_strerror(fault));
    }
    return FALSE;
}

static lxw_format *format_of(lxw_workbook *book, const char *number)
{
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, number);
    return format;
}

#define PAPER_A4 9 /* ECMA-376, 18.3.1.63 */

/* Also when it is printed: each page is as wide as the sheet, with the headings above. */
static gboolean write_headings(const Export *export, const Xlsx *xlsx, GError **error)
{
    enum {
        HEADING_LINES = 3,
        LINE_HEIGHT = 15 /* points, of the font that stands in every cell */
    };
    lxw_format *bold = workbook_add_format(xlsx->book);
    lxw_col_t column = 0;
    /* Not every program makes room by itself for headings that are wrapped. */
    worksheet_set_row(xlsx->sheet, 0, HEADING_LINES * LINE_HEIGHT, NULL);
    format_set_bold(bold);
    format_set_text_wrap(bold);
    format_set_align(bold, LXW_ALIGN_VERTICAL_TOP);
    for (guint i = 0; i < export->table->count; i++) {
        if (!export_has(export, i))
            continue;
        worksheet_set_column(xlsx->sheet, column, column, export->table->columns[i].width, NULL);
        const lxw_error fault =
            worksheet_write_string(xlsx->sheet, 0, column++, export_heading(export, i), bold);
        if (fault != LXW_NO_ERROR)
            return xlsx_fault(fault, error);
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    worksheet_set_landscape(xlsx->sheet);
    worksheet_set_paper(xlsx->sheet, PAPER_A4);
    worksheet_fit_to_pages(xlsx->sheet, 1, 0);
    worksheet_repeat_rows(xlsx->sheet, 0, 0);
    return TRUE;
}

static gboolean xlsx_begin(Export *export, GError **error)
{
    if (export->draft == NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A spreadsheet is written to a file. Name one with -o."));
        return FALSE;
    }
    Xlsx *xlsx = g_new0(Xlsx, 1);
    export->writing = xlsx;
    xlsx->folder = g_path_get_dirname(file_draft_path(export->draft));
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = xlsx->folder, .use_zip64 = LXW_TRUE};
    xlsx->book = workbook_new_opt(file_draft_path(export->draft), &options);
    xlsx->sheet = xlsx->book != NULL
                      ? workbook_add_worksheet(xlsx->book, export_what_name(export->order->what))
                      : NULL;
    if (xlsx->sheet == NULL)
        return xlsx_fault(LXW_ERROR_CREATING_TMPFILE, error);
    xlsx->formats[CELL_SHARE] = format_of(xlsx->book, "0.0%");
    xlsx->formats[CELL_DATE] = format_of(xlsx->book, "yyyy-mm-dd");
    xlsx->formats[CELL_TIME] = format_of(xlsx->book, "hh:mm");
    xlsx->next = 1;
    if (!write_headings(export, xlsx, error))
        return FALSE;
    xlsx->writer = sheet_writer_new(xlsx->sheet);
    return TRUE;
}

/* In January and February 1900 spreadsheets are a day apart, and before that there are no days. */
static gboolean is_counted(CellType type, double number)
{
    return type != CELL_DATE || number >= date_from_ymd(1900, 3, 1);
}

/* As a spreadsheet counts: days since 30 December 1899 (ECMA-376, 18.17.4), parts of a day. */
static double serial(CellType type, double number)
{
    const double epoch = date_from_ymd(1899, 12, 30);
    return type == CELL_DATE ? number - epoch : type == CELL_TIME ? number / DAY_MINUTES : number;
}

static gboolean xlsx_row(Export *export, const ExportCell *row, GError **error)
{
    Xlsx *xlsx = export->writing;
    lxw_col_t column = 0;
    if (xlsx->next >= LXW_ROW_MAX)
        return xlsx_fault(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, error);
    for (guint i = 0; i < export->table->count; i++) {
        const CellType type = export->table->columns[i].type;
        if (!export_has(export, i))
            continue;
        if (type != CELL_TEXT && !isnan(row[i].number) && !is_counted(type, row[i].number)) {
            char day[DATE_SIZE];
            sheet_writer_text(xlsx->writer, column, date_format((Date)row[i].number, day));
        } else if (type != CELL_TEXT && !isnan(row[i].number)) {
            sheet_writer_number(xlsx->writer, column, serial(type, row[i].number),
                                xlsx->formats[type]);
            xlsx->filled |= 1u << i;
        } else if (type == CELL_TEXT && row[i].text != NULL && *row[i].text != '\0')
            sheet_writer_text(xlsx->writer, column, row[i].text);
        column++;
    }
    const lxw_error fault = sheet_writer_row(xlsx->writer, xlsx->next++);
    return fault == LXW_NO_ERROR || xlsx_fault(fault, error);
}

/* --- the chart of weeks ----------------------------------------------------------------------- */

static guint column_of(const Export *export, const char *code)
{
    guint at = 0;
    while (!g_str_equal(export->table->columns[at].code, code))
        at++;
    return at;
}

static void add_series(const Export *export, const Xlsx *xlsx, lxw_chart *chart, const char *code,
                       lxw_color_t colour, gboolean marks)
{
    const guint at = column_of(export, code);
    const char *sheet = export_what_name(export->order->what);
    const lxw_row_t last = xlsx->next - 1;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_chart_line line = {.color = colour, .width = marks ? 1.75f : 1.25f};
    chart_series_set_categories(series, sheet, 1, 0, last, 0);
    chart_series_set_values(series, sheet, 1, (lxw_col_t)at, last, (lxw_col_t)at);
    chart_series_set_name(series, export_heading(export, at));
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, marks ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_NONE);
}

/* The share of each week, its median and the target, where there is one; a week without a share is
 * a gap, not a nought. */
static gboolean add_chart(const Export *export, const Xlsx *xlsx)
{
    enum { CHART_COLUMN = 18, CHART_WIDTH = 900, CHART_HEIGHT = 380 };
    lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_LINE);
    if (chart == NULL)
        return FALSE;
    add_series(export, xlsx, chart, "rate", 0x1F4E79, TRUE);
    add_series(export, xlsx, chart, "median", 0x7F7F7F, FALSE);
    if (xlsx->filled & 1u << column_of(export, "target"))
        add_series(export, xlsx, chart, "target", 0x2E7D32, FALSE);
    chart_title_set_name(chart, export_heading(export, column_of(export, "rate")));
    chart_axis_set_num_format(chart->y_axis, "0%");
    chart_axis_set_min(chart->y_axis, 0);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    lxw_chart_options size = {.x_scale = CHART_WIDTH / 480.0, .y_scale = CHART_HEIGHT / 288.0};
    return worksheet_insert_chart_opt(xlsx->sheet, 1, CHART_COLUMN, chart, &size) == LXW_NO_ERROR;
}

static gboolean xlsx_end(Export *export, GError **error)
{
    Xlsx *xlsx = export->writing;
    lxw_col_t columns = 0;
    lxw_error fault = sheet_writer_finish(g_steal_pointer(&xlsx->writer));
    if (fault != LXW_NO_ERROR)
        return xlsx_fault(fault, error);
    for (guint i = 0; i < export->table->count; i++)
        columns += export_has(export, i);
    worksheet_autofilter(xlsx->sheet, 0, 0, MAX(xlsx->next, 2) - 1, (lxw_col_t)(columns - 1));
    if (export->order->what == EXPORT_WEEK && xlsx->next > 2 && !add_chart(export, xlsx))
        return xlsx_fault(LXW_ERROR_MEMORY_MALLOC_FAILED, error);
    fault = workbook_close(g_steal_pointer(&xlsx->book));
    return fault == LXW_NO_ERROR || xlsx_fault(fault, error);
}

const ExportWriter export_writer_xlsx = {xlsx_begin, xlsx_row, xlsx_end, xlsx_free};
