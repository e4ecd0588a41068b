/* csv.c: delimited text as RFC 4180 has it, read in place. */
#include "exchange/csv.h"

#include "base/text.h"

#include <string.h>

struct CsvReader {
    char *text;
    gsize length, at;
    char separator;
    int line;
    GPtrArray *cells;
};

CsvReader *csv_reader_new(char *text, gsize length, char separator)
{
    CsvReader *reader = g_new0(CsvReader, 1);
    reader->text = text;
    reader->length = length;
    reader->separator = separator ? separator : csv_separator(text, length);
    reader->line = 1;
    reader->cells = g_ptr_array_new();
    return reader;
}

void csv_reader_free(CsvReader *reader)
{
    if (!reader)
        return;
    g_ptr_array_unref(reader->cells);
    g_free(reader);
}

gsize csv_position(const CsvReader *reader)
{
    return reader->at;
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

static gboolean is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* A quoted cell, from behind its opening quote: its text is moved together in place. */
static char *take_quoted(CsvReader *reader, gboolean *unclosed)
{
    char *text = reader->text;
    const gsize begin = reader->at;
    gsize to = begin;
    while (reader->at < reader->length) {
        const char c = text[reader->at];
        if (c == '"') {
            if (reader->at + 1 >= reader->length || text[reader->at + 1] != '"')
                break;
            reader->at++;
        } else if (c == '\n' || (c == '\r' && (reader->at + 1 >= reader->length ||
                                               text[reader->at + 1] != '\n'))) {
            reader->line++;
        }
        text[to++] = text[reader->at++];
    }
    *unclosed = reader->at >= reader->length;
    if (!*unclosed)
        reader->at++; /* the closing quote */
    /* Whatever stands between the closing quote and the separator belongs to the cell. */
    while (reader->at < reader->length && text[reader->at] != reader->separator &&
           !is_line_end(text[reader->at]))
        text[to++] = text[reader->at++];
    reader->cells->pdata[reader->cells->len - 1] = text + begin;
    return text + to;
}

/* One cell; answers where its NUL is to be written. */
static char *take_cell(CsvReader *reader, gboolean *unclosed)
{
    g_ptr_array_add(reader->cells, reader->text + reader->at);
    if (reader->at < reader->length && reader->text[reader->at] == '"') {
        reader->at++;
        return take_quoted(reader, unclosed);
    }
    while (reader->at < reader->length && reader->text[reader->at] != reader->separator &&
           !is_line_end(reader->text[reader->at]))
        reader->at++;
    return reader->text + reader->at;
}

gboolean csv_next(CsvReader *reader, CsvRow *row)
{
    while (reader->at < reader->length && is_line_end(reader->text[reader->at]))
        take_line_end(reader);
    if (reader->at >= reader->length)
        return FALSE;
    *row = (CsvRow){.line = reader->line};
    g_ptr_array_set_size(reader->cells, 0);
    for (;;) {
        char *end = take_cell(reader, &row->unclosed);
        const gboolean last = reader->at >= reader->length || is_line_end(reader->text[reader->at]);
        if (last && reader->at < reader->length)
            take_line_end(reader);
        else if (!last)
            reader->at++;
        *end = '\0'; /* the caller's buffer has room for one NUL behind its length */
        if (last)
            break;
    }
    row->cells = (char **)reader->cells->pdata;
    row->count = (int)reader->cells->len;
    return TRUE;
}

char csv_separator(const char *text, gsize length)
{
    static const char candidates[] = ";,\t";
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

void csv_append(GString *out, const char *const *cells, int count, char separator)
{
    for (int i = 0; i < count; i++) {
        g_autofree char *cell = text_guard_cell(cells[i] ? cells[i] : "");
        if (i > 0)
            g_string_append_c(out, separator);
        if (!strpbrk(cell, "\"\r\n") && !strchr(cell, separator)) {
            g_string_append(out, cell);
            continue;
        }
        g_string_append_c(out, '"');
        for (const char *c = cell; *c; c++) {
            if (*c == '"')
                g_string_append_c(out, '"');
            g_string_append_c(out, *c);
        }
        g_string_append_c(out, '"');
    }
    g_string_append(out, "\r\n");
}
