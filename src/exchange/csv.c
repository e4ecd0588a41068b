/* csv.c: delimited text as RFC 4180 has it, row by row. */
#include "exchange/csv.h"

#include "base/text.h"

#include <string.h>

struct CsvReader {
    const char *text;
    gsize length, at;
    char separator;
    int line;
    GString *row;   /* its cells, each with its NUL */
    GArray *starts; /* gsize: of each cell in `row` */
    GPtrArray *cells;
    gboolean too_long;
    gboolean sheet; /* csv_sheet() */
    gboolean packed;
    guint columns;
};

CsvReader *csv_reader_new(const char *text, gsize length, char separator)
{
    CsvReader *reader = g_new0(CsvReader, 1);
    reader->text = text;
    reader->length = length;
    reader->separator = separator ? separator : csv_separator(text, length);
    reader->line = 1;
    reader->row = g_string_new(NULL);
    reader->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    reader->cells = g_ptr_array_new();
    return reader;
}

CsvReader *csv_reader_packed(const char *bytes, gsize length)
{
    CsvReader *reader = csv_reader_new(bytes, length, ';');
    reader->packed = TRUE;
    return reader;
}

void csv_reader_free(CsvReader *reader)
{
    if (!reader)
        return;
    g_string_free(reader->row, TRUE);
    g_array_unref(reader->starts);
    g_ptr_array_unref(reader->cells);
    g_free(reader);
}

gsize csv_position(const CsvReader *reader)
{
    return reader->at;
}

int csv_line(const CsvReader *reader)
{
    return reader->line;
}

void csv_sheet(CsvReader *reader, int columns)
{
    reader->sheet = TRUE;
    reader->columns = (guint)columns;
}

void csv_seek(CsvReader *reader, gsize position, int line, char separator)
{
    reader->at = position;
    reader->line = line;
    reader->separator = separator;
}

static gboolean is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Takes one line end, "\r\n", "\n" or "\r", at `at`. */
static void take_line_end(CsvReader *reader)
{
    if (reader->text[reader->at] == '\r' && reader->at + 1 < reader->length &&
        reader->text[reader->at + 1] == '\n')
        reader->at++;
    reader->at++;
    reader->line++;
}

/* What is read from `begin` to `at` belongs to the cell. */
static void keep(CsvReader *reader, gsize begin)
{
    const gsize length = reader->at - begin;
    reader->too_long = reader->too_long || reader->row->len + length > CSV_ROW_MOST;
    if (!reader->too_long)
        g_string_append_len(reader->row, reader->text + begin, (gssize)length);
}

/* A quoted cell, from behind its opening quote to behind its closing one. TRUE: it has none. */
static gboolean take_quoted(CsvReader *reader)
{
    const char *text = reader->text;
    gsize begin = reader->at;
    for (; reader->at < reader->length; reader->at++) {
        const char c = text[reader->at];
        const char next = reader->at + 1 < reader->length ? text[reader->at + 1] : '\0';
        if (c == '"') {
            keep(reader, begin);
            begin = ++reader->at;
            if (next != '"')
                return FALSE;
        } else if (!reader->sheet && (c == '\n' || (c == '\r' && next != '\n'))) {
            reader->line++;
        }
    }
    keep(reader, begin);
    return TRUE;
}

/* One cell; whatever stands between a closing quote and the separator belongs to it too. TRUE: the
 * text ended inside quotes. */
static gboolean take_cell(CsvReader *reader)
{
    const gsize start = reader->row->len;
    gboolean unclosed = FALSE;
    if (!reader->too_long)
        g_array_append_val(reader->starts, start);
    if (reader->at < reader->length && reader->text[reader->at] == '"') {
        reader->at++;
        unclosed = take_quoted(reader);
    }
    const gsize begin = reader->at;
    while (reader->at < reader->length && reader->text[reader->at] != reader->separator &&
           !is_line_end(reader->text[reader->at]))
        reader->at++;
    keep(reader, begin);
    if (!reader->too_long)
        g_string_append_c(reader->row, '\0');
    return unclosed;
}

static void hand_out(CsvReader *reader, CsvRow *row)
{
    for (guint i = 0; i < reader->starts->len; i++)
        g_ptr_array_add(reader->cells, reader->row->str + g_array_index(reader->starts, gsize, i));
    row->cells = (char **)reader->cells->pdata;
    row->count = (int)reader->cells->len;
}

static void forget_row(CsvReader *reader)
{
    g_string_truncate(reader->row, 0);
    g_array_set_size(reader->starts, 0);
    g_ptr_array_set_size(reader->cells, 0);
}

/* --- counted cells ---------------------------------------------------------------------------- */

typedef struct {
    guint32 line, cells, unclosed, too_long;
} PackedRow;

void csv_pack(GString *out, const CsvRow *row)
{
    const PackedRow head = {(guint32)row->line, (guint32)row->count, (guint32)row->unclosed,
                            (guint32)row->too_long};
    g_string_append_len(out, (const char *)&head, sizeof head);
    for (int i = 0; i < row->count; i++) {
        const guint32 length = (guint32)strlen(row->cells[i]);
        g_string_append_len(out, (const char *)&length, sizeof length);
        g_string_append_len(out, row->cells[i], (gssize)length + 1);
    }
}

/* Copies what stands at `*at`. FALSE where there is not so much. */
static gboolean take(const char *bytes, gsize length, gsize *at, gpointer what, gsize size)
{
    if (length - *at < size)
        return FALSE;
    memcpy(what, bytes + *at, size);
    *at += size;
    return TRUE;
}

/* Where the text of a cell begins, its end being `*at` afterwards; NULL where there is none. */
static const char *take_packed(const char *bytes, gsize length, gsize *at, guint32 *cell)
{
    if (!take(bytes, length, at, cell, sizeof *cell) || length - *at <= *cell)
        return NULL;
    const char *text = bytes + *at;
    *at += (gsize)*cell + 1;
    return text[*cell] == '\0' ? text : NULL;
}

gboolean csv_packed(const char *bytes, gsize length, guint *rows)
{
    PackedRow head;
    guint32 cell;
    *rows = 0;
    for (gsize at = 0; at < length; ++*rows) {
        if (!take(bytes, length, &at, &head, sizeof head) || head.line > G_MAXINT ||
            head.cells > G_MAXINT)
            return FALSE;
        for (guint32 i = 0; i < head.cells; i++) {
            const char *text = take_packed(bytes, length, &at, &cell);
            if (text == NULL || !g_utf8_validate(text, (gssize)cell, NULL))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean next_packed(CsvReader *reader, CsvRow *row)
{
    PackedRow head;
    guint32 cell;
    forget_row(reader);
    if (!take(reader->text, reader->length, &reader->at, &head, sizeof head))
        return FALSE;
    *row = (CsvRow){.line = (int)head.line, .unclosed = head.unclosed != 0};
    for (guint32 i = 0; i < head.cells; i++) {
        const gsize start = reader->row->len;
        const char *text = take_packed(reader->text, reader->length, &reader->at, &cell);
        if (text == NULL)
            return FALSE;
        g_string_append_len(reader->row, text, (gssize)cell + 1);
        g_array_append_val(reader->starts, start);
    }
    hand_out(reader, row);
    row->too_long = head.too_long != 0;
    return TRUE;
}

gboolean csv_next(CsvReader *reader, CsvRow *row)
{
    if (reader->packed)
        return next_packed(reader, row);
    while (reader->at < reader->length && is_line_end(reader->text[reader->at]))
        take_line_end(reader);
    if (reader->at >= reader->length)
        return FALSE;
    *row = (CsvRow){.line = reader->line};
    forget_row(reader);
    reader->too_long = FALSE;
    for (;;) {
        row->unclosed = take_cell(reader) || row->unclosed;
        if (reader->at >= reader->length)
            break;
        const gboolean last = is_line_end(reader->text[reader->at]);
        if (last)
            take_line_end(reader);
        else
            reader->at++;
        if (last)
            break;
    }
    while (reader->starts->len < reader->columns && !reader->too_long) {
        const gsize start = reader->row->len;
        g_array_append_val(reader->starts, start);
        g_string_append_c(reader->row, '\0');
    }
    hand_out(reader, row);
    row->too_long = reader->too_long;
    return TRUE;
}

char csv_separator(const char *text, gsize length)
{
    static const char candidates[] = ";\t,"; /* a comma may be a decimal sign */
    int counts[sizeof candidates] = {0};
    gboolean quoted = FALSE;
    for (gsize i = 0; i < length && (quoted || !is_line_end(text[i])); i++) {
        if (text[i] == '"')
            quoted = !quoted;
        const char *found = quoted || text[i] == '\0' ? NULL : strchr(candidates, text[i]);
        if (found)
            counts[found - candidates]++;
    }
    int best = 0;
    for (int i = 1; candidates[i]; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

static void append_cell(GString *out, const char *cell, char separator)
{
    if (!strpbrk(cell, "\"\r\n") && !strchr(cell, separator)) {
        g_string_append(out, cell);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *c = cell; *c; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
}

void csv_append(GString *out, const char *const *cells, int count, char separator)
{
    for (int i = 0; i < count; i++) {
        g_autofree char *cell = text_guard_cell(cells[i] ? cells[i] : "");
        if (i > 0)
            g_string_append_c(out, separator);
        append_cell(out, cell, separator);
    }
    g_string_append(out, "\r\n");
}

void csv_append_strict(GString *out, const char *const *cells, int count)
{
    for (int i = 0; i < count; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_cell(out, cells[i] ? cells[i] : "", ',');
    }
    g_string_append(out, "\r\n");
}
