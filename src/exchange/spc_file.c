/* spc_file.c: reading a table of counts to be charted. */
#include "exchange/spc_file.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/csv.h"

enum { LABEL, COUNT, OF, COLUMNS };

/* The most of a cell that is quoted, in characters. */
#define QUOTED 40

/* --- one row ---------------------------------------------------------------------------------- */

static gboolean is_blank(const char *cell)
{
    return cell[strspn(cell, " \t")] == '\0';
}

/* An empty cell is NAN: nothing was counted. */
static gboolean read_number(const CsvRow *row, int column, double *value, GError **error)
{
    *value = NAN;
    if (column >= row->count || is_blank(row->cells[column]) ||
        text_parse_number(row->cells[column], value))
        return TRUE;
    g_autofree char *cell =
        g_utf8_substring(row->cells[column], 0, MIN(QUOTED, g_utf8_strlen(row->cells[column], -1)));
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("Line %d, column %d: “%s” is no number. Write it as 12 or 12,5."), row->line,
                column + 1, cell);
    return FALSE;
}

static gboolean is_whole(double value)
{
    return isnan(value) || (value >= 0 && value == floor(value));
}

static gboolean refuse(GError **error, int line, const char *sentence)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("Line %d: %s"), line, sentence);
    return FALSE;
}

/* What the numbers of a row must be for this kind of chart. */
static gboolean check_row(SpcKind kind, int line, const SpcInput *input, GError **error)
{
    const gboolean counts = kind == SPC_P || kind == SPC_U || kind == SPC_C;
    if (counts && !is_whole(input->count))
        return refuse(error, line,
                      _("what is counted is a whole number, 0 or more. For "
                        "measurements choose xmr."));
    if (input->n < 0 || (kind == SPC_P && !is_whole(input->n)))
        return refuse(error, line, _("of how many is a whole number, 0 or more."));
    if ((kind == SPC_P || kind == SPC_U) && isnan(input->n) && !isnan(input->count))
        return refuse(error, line, _("the third column is missing: of how many."));
    if (kind == SPC_P && input->count > input->n)
        return refuse(error, line,
                      _("more are counted than there are in all. Have the two columns changed "
                        "places? For several events each choose u."));
    return TRUE;
}

static gboolean read_row(SpcTable *table, SpcKind kind, const CsvRow *row, GError **error)
{
    SpcInput input = {0};
    if (row->unclosed || row->too_long)
        return refuse(error, row->line, _("a quotation mark is never closed."));
    if (row->count < OF || row->count > COLUMNS)
        return refuse(error, row->line,
                      _("it should have two or three columns: label, count and of how many."));
    if (!read_number(row, COUNT, &input.count, error) || !read_number(row, OF, &input.n, error) ||
        !check_row(kind, row->line, &input, error))
        return FALSE;
    g_ptr_array_add(table->labels, g_strstrip(g_strdup(row->cells[LABEL])));
    g_array_append_val(table->inputs, input);
    return TRUE;
}

/* A first row whose count is a word. */
static gboolean is_heading(const CsvRow *row)
{
    double value;
    return row->count >= OF && !is_blank(row->cells[COUNT]) &&
           !text_parse_number(row->cells[COUNT], &value);
}

/* --- the table -------------------------------------------------------------------------------- */

static SpcTable *table_new(void)
{
    SpcTable *table = g_new0(SpcTable, 1);
    table->labels = g_ptr_array_new_with_free_func(g_free);
    table->inputs = g_array_new(FALSE, FALSE, sizeof(SpcInput));
    table->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    return table;
}

void spc_table_free(SpcTable *table)
{
    if (table == NULL)
        return;
    g_ptr_array_unref(table->labels);
    g_array_unref(table->inputs);
    g_array_unref(table->starts);
    g_free(table);
}

/* A c chart says nothing where the rows are of unequally much. */
static gboolean check_alike(const SpcTable *table, SpcKind kind, GError **error)
{
    const SpcInput *first = &g_array_index(table->inputs, SpcInput, 0);
    for (guint i = 1; i < table->inputs->len && kind == SPC_C; i++) {
        const double n = g_array_index(table->inputs, SpcInput, i).n;
        if (n != first->n && !(isnan(n) && isnan(first->n))) {
            g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                                _("The rows are of unequally much. Choose u instead of c."));
            return FALSE;
        }
    }
    return TRUE;
}

SpcTable *spc_table_read(const char *bytes, gsize length, SpcKind kind, GError **error)
{
    gsize text_length;
    g_autofree char *text =
        encoding_to_utf8(bytes, length, encoding_detect(bytes, length), &text_length, error);
    if (text == NULL)
        return NULL;
    g_autoptr(SpcTable) table = table_new();
    g_autoptr(CsvReader) reader = csv_reader_new(text, text_length, 0);
    CsvRow row;
    for (gboolean first = TRUE; csv_next(reader, &row); first = FALSE) {
        if (!(first && is_heading(&row)) && !read_row(table, kind, &row, error))
            return NULL;
    }
    if (table->inputs->len == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The file has no rows. Each should have a label and a count."));
        return NULL;
    }
    return check_alike(table, kind, error) ? g_steal_pointer(&table) : NULL;
}

/* --- parts and points left out ---------------------------------------------------------------- */

/* The day that a label is, or begins with; DATE_NONE: it is neither day nor week. */
static Date day_of(const char *label)
{
    const Date day = date_parse(label);
    const Week week = day == DATE_NONE ? week_parse(label) : 0;
    return week != 0 ? week_monday(week) : day;
}

/* The number of labels: there is none. */
static gsize find_start(const SpcTable *table, const char *when)
{
    const Date day = day_of(when);
    for (guint i = 0; i < table->labels->len; i++) {
        const char *label = table->labels->pdata[i];
        const Date other = day_of(label);
        if (day != DATE_NONE && other != DATE_NONE ? other >= day : g_str_equal(label, when))
            return i;
    }
    return table->labels->len;
}

static int compare_starts(gconstpointer left, gconstpointer right)
{
    const gsize a = *(const gsize *)left, b = *(const gsize *)right;
    return (a > b) - (a < b);
}

gboolean spc_table_begin_part(SpcTable *table, const char *when, GError **error)
{
    const gsize start = find_start(table, when);
    if (start == 0 || start == table->labels->len) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    start == 0 ? _("The rows begin with %s: there is nothing before it to compare "
                                   "with.")
                               : _("There is no row of %s, nor of anything later."),
                    when);
        return FALSE;
    }
    for (guint i = 0; i < table->starts->len; i++)
        if (g_array_index(table->starts, gsize, i) == start)
            return TRUE;
    g_array_append_val(table->starts, start);
    g_array_sort(table->starts, compare_starts);
    return TRUE;
}

/* "12" or "12-15"; numbers from 1 to `count`. */
static gboolean parse_range(const char *text, guint count, guint64 *from, guint64 *to)
{
    g_auto(GStrv) ends = g_strsplit(text, "-", 2);
    return ends[0] != NULL &&
           g_ascii_string_to_unsigned(g_strstrip(ends[0]), 10, 1, count, from, NULL) &&
           g_ascii_string_to_unsigned(ends[1] != NULL ? g_strstrip(ends[1]) : ends[0], 10, *from,
                                      count, to, NULL);
}

gboolean spc_table_exclude(SpcTable *table, const char *points, GError **error)
{
    g_auto(GStrv) ranges = g_strsplit(points, ",", -1);
    for (guint r = 0; r == 0 || ranges[r] != NULL; r++) {
        guint64 from = 0, to = 0;
        if (ranges[r] == NULL || !parse_range(ranges[r], table->inputs->len, &from, &to)) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("“%s” is no list of points. Write their numbers, 1 to %u, as 3,7,12-15."),
                        points, table->inputs->len);
            return FALSE;
        }
        for (guint64 i = from; i <= to; i++)
            g_array_index(table->inputs, SpcInput, i - 1).excluded = TRUE;
    }
    return TRUE;
}

SpcChart *spc_table_chart(const SpcTable *table, SpcKind kind, gsize freeze)
{
    return spc_new(kind, (const SpcInput *)(const void *)table->inputs->data, table->inputs->len,
                   (const gsize *)(const void *)table->starts->data, table->starts->len, freeze);
}
