/* csv.h: delimited text as RFC 4180 has it: quoted cells may hold separators, doubled quotes and
 * line breaks. Pure; one pass; cells point into the reader's own buffer. */
#pragma once

#include <glib.h>

typedef struct CsvReader CsvReader;
typedef struct {
    char **cells; /* `count` NUL-terminated texts, valid until the next row */
    int count;
    int line;          /* in the file, from 1, where the row begins */
    gboolean unclosed; /* the file ended inside quotes */
} CsvRow;

/* Reads `text` (UTF-8, kept by the caller, changed in place; one byte behind `length` must be
 * writable, as every NUL-terminated text has). `separator` 0: csv_separator(). */
CsvReader *csv_reader_new(char *text, gsize length, char separator);
void csv_reader_free(CsvReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvReader, csv_reader_free)
/* FALSE at the end. Empty lines are passed over. */
gboolean csv_next(CsvReader *reader, CsvRow *row);
/* Bytes read so far, for a progress bar. */
gsize csv_position(const CsvReader *reader);

/* The separator of the heading: ; , or tab, whichever stands most often outside quotes. */
char csv_separator(const char *text, gsize length);
/* Appends a row; quotes where needed, guards formula cells (text_guard_cell), ends with CRLF. */
void csv_append(GString *out, const char *const *cells, int count, char separator);
