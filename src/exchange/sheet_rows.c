/* sheet_rows.c: the rows of a sheet as text. */
#include "base/error.h"
#include "base/i18n.h"
#include "exchange/csv.h"
#include "exchange/sheet_private.h"

#include <string.h>

typedef enum { TAKES_NOTHING, TAKES_VALUE, TAKES_TEXT } Takes;

typedef struct {
    const SheetBook *book;
    GString *out;
    int row, column;  /* from 1; 0: before the first */
    GPtrArray *cells; /* char *: of the row at hand, in `texts`; NULL: an empty cell */
    GStringChunk *texts;
    int filled; /* cells up to the last that is not empty */
    gboolean in_cell;
    char type; /* of the cell, by its t: n s b e, and i for a text in the cell, d for a day */
    guint style;
    Takes takes;
    int beside; /* how deep inside readings (rPh), which are not the text */
    GString *value;
} Rows;

void sheet_unescape(GString *text)
{
    char *to = strstr(text->str, "_x");
    if (to == NULL)
        return;
    const char *from = to;
    while (*from) {
        guint64 c = 0;
        if (from[0] == '_' && from[1] == 'x' && g_ascii_isxdigit(from[2]) &&
            g_ascii_isxdigit(from[3]) && g_ascii_isxdigit(from[4]) && g_ascii_isxdigit(from[5]) &&
            from[6] == '_') {
            for (int i = 2; i < 6; i++)
                c = c * 16 + (guint64)g_ascii_xdigit_value(from[i]);
            /* Half a character, or none, says nothing. */
            if (c != 0 && g_unichar_validate((gunichar)c))
                to += g_unichar_to_utf8((gunichar)c, to);
            from += 7;
        } else {
            *to++ = *from++;
        }
    }
    g_string_truncate(text, (gsize)(to - text->str));
}

/* --- cells ------------------------------------------------------------------------------------ */

/* "B7": FALSE where it is no place of a sheet. */
static gboolean read_place(const char *text, int *column, int *row)
{
    *column = *row = 0;
    for (; g_ascii_isalpha(*text); text++) {
        *column = *column * 26 + g_ascii_toupper(*text) - 'A' + 1;
        if (*column > SHEET_COLUMNS)
            return FALSE;
    }
    for (; g_ascii_isdigit(*text); text++) {
        *row = *row * 10 + *text - '0';
        if (*row > SHEET_ROWS)
            return FALSE;
    }
    return *column > 0 && *row > 0 && *text == '\0';
}

/* None is inside a cell, which would end behind it in a row that has no cell yet. */
static gboolean begin_row(Rows *rows, const char *number, GError **error)
{
    guint64 row = (guint64)rows->row + 1;
    if (rows->in_cell)
        return sheet_broken(error);
    if (number != NULL &&
        !g_ascii_string_to_unsigned(number, 10, (guint64)rows->row + 1, SHEET_ROWS, &row, NULL))
        return sheet_broken(error);
    if (row > SHEET_ROWS)
        return sheet_broken(error);
    while (++rows->row < (int)row)
        g_string_append(rows->out, "\r\n");
    rows->column = rows->filled = 0;
    g_ptr_array_set_size(rows->cells, 0);
    g_string_chunk_clear(rows->texts);
    return TRUE;
}

/* What stands in t (18.18.11). A number is also what has none. */
static char type_of(const char *text)
{
    static const struct {
        const char *text;
        char type;
    } types[] = {{"n", 'n'}, {"s", 's'},   {"b", 'b'},        {"e", 'e'},
                 {"d", 'd'}, {"str", 'i'}, {"inlineStr", 'i'}};
    for (gsize i = 0; text != NULL && i < G_N_ELEMENTS(types); i++)
        if (strcmp(types[i].text, text) == 0)
            return types[i].type;
    return 'n';
}

static gboolean begin_cell(Rows *rows, const char **names, const char **values, GError **error)
{
    const char *place = sheet_attribute("r", names, values);
    const char *style = sheet_attribute("s", names, values);
    int column = rows->column + 1, row = rows->row;
    guint64 number = 0;
    if (rows->row == 0 || rows->in_cell || (place != NULL && !read_place(place, &column, &row)) ||
        row != rows->row || column <= rows->column || column > SHEET_COLUMNS ||
        (style != NULL && !g_ascii_string_to_unsigned(style, 10, 0, G_MAXUINT32, &number, NULL)))
        return sheet_broken(error);
    rows->column = column;
    rows->in_cell = TRUE;
    rows->style = (guint)number;
    rows->type = type_of(sheet_attribute("t", names, values));
    g_string_truncate(rows->value, 0);
    return TRUE;
}

/* "B7". */
static void place_text(const Rows *rows, char place[16])
{
    char letters[4] = "";
    int at = sizeof letters - 1;
    for (int column = rows->column; column > 0 && at > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    g_snprintf(place, 16, "%s%d", letters + at, rows->row);
}

static gboolean put_shared(Rows *rows, GError **error)
{
    guint64 index = 0;
    char place[16];
    const GPtrArray *texts = rows->book->texts;
    if (texts->len > 0 &&
        g_ascii_string_to_unsigned(rows->value->str, 10, 0, texts->len - 1, &index, NULL)) {
        g_string_assign(rows->value, texts->pdata[index]);
        return TRUE;
    }
    place_text(rows, place);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The spreadsheet is broken: cell %s points to a text that is not there. Open it "
                  "in the spreadsheet program and save it again."),
                place);
    return FALSE;
}

static gboolean put_number(Rows *rows, GError **error)
{
    const SheetFormat plain = {.show = SHEET_NUMBER};
    const GArray *formats = rows->book->formats;
    char *end;
    const double number = g_ascii_strtod(rows->value->str, &end);
    if (end == rows->value->str || *end != '\0' || !(number > -G_MAXDOUBLE && number < G_MAXDOUBLE))
        return sheet_broken(error);
    g_string_truncate(rows->value, 0);
    sheet_number_append(
        rows->value, number,
        rows->style < formats->len ? &g_array_index(formats, SheetFormat, rows->style) : &plain,
        rows->book->from_1904);
    return TRUE;
}

static gboolean end_cell(Rows *rows, GError **error)
{
    rows->in_cell = FALSE;
    if (rows->value->len == 0)
        return TRUE;
    if (rows->type == 'n' && !put_number(rows, error))
        return FALSE;
    if (rows->type == 's' && !put_shared(rows, error))
        return FALSE;
    if (rows->type == 'i')
        sheet_unescape(rows->value);
    if (rows->value->len == 0)
        return TRUE;
    g_ptr_array_set_size(rows->cells, rows->column);
    rows->cells->pdata[rows->column - 1] = g_string_chunk_insert(rows->texts, rows->value->str);
    rows->filled = rows->column;
    return TRUE;
}

static gboolean end_row(Rows *rows, GError **error)
{
    if (rows->filled == 0)
        g_string_append(rows->out, "\r\n");
    else
        csv_append(rows->out, (const char *const *)rows->cells->pdata, rows->filled, ';');
    return rows->out->len <= rows->book->most || sheet_too_large(error);
}

/* --- elements --------------------------------------------------------------------------------- */

static gboolean on_begin(gpointer data, const char *name, const char **names, const char **values,
                         GError **error)
{
    Rows *rows = data;
    rows->takes = TAKES_NOTHING;
    if (strcmp(name, "c") == 0)
        return begin_cell(rows, names, values, error);
    if (strcmp(name, "row") == 0)
        return begin_row(rows, sheet_attribute("r", names, values), error);
    rows->beside += strcmp(name, "rPh") == 0;
    if (strcmp(name, "v") == 0)
        rows->takes = TAKES_VALUE;
    else if (strcmp(name, "t") == 0 && rows->type == 'i' && rows->beside == 0)
        rows->takes = TAKES_TEXT;
    return TRUE;
}

static gboolean on_text(gpointer data, const char *text, gsize length, GError **error)
{
    Rows *rows = data;
    if (rows->takes == TAKES_NOTHING)
        return TRUE;
    if (rows->value->len + length > SHEET_CELL_MOST)
        return sheet_broken(error);
    g_string_append_len(rows->value, text, (gssize)length);
    return TRUE;
}

static gboolean on_end(gpointer data, const char *name, GError **error)
{
    Rows *rows = data;
    rows->takes = TAKES_NOTHING;
    rows->beside -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "c") == 0)
        return end_cell(rows, error);
    return strcmp(name, "row") != 0 || end_row(rows, error);
}

GString *sheet_rows_text(SheetPackage *package, const SheetBook *book, GError **error)
{
    static const SheetEvents events = {on_begin, on_end, on_text};
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    Rows rows = {.book = book, .out = out, .cells = cells, .value = value};
    rows.texts = g_string_chunk_new(4096);
    const gboolean good = sheet_package_read(package, book->part, &events, &rows, error);
    g_string_chunk_free(rows.texts);
    return good ? g_steal_pointer(&out) : NULL;
}
