/* csv.h: delimited text as RFC 4180 has it: quoted cells may hold separators, doubled quotes and
 * line breaks. Pure; one pass; nothing but the row at hand is copied. */
#pragma once

#include <glib.h>

/* Bytes of a row that are kept: many times the longest that a note of the largest size makes. */
#define CSV_ROW_MOST (1 << 20)

typedef struct CsvReader CsvReader;
typedef struct {
    char **cells; /* `count` NUL-terminated texts, valid until the next row */
    int count;
    int line;          /* in the file, from 1, where the row begins */
    gboolean unclosed; /* the file ended inside quotes */
    gboolean too_long; /* more than CSV_ROW_MOST: not all of it is in `cells` */
} CsvRow;

/* Reads `text` (UTF-8, kept and owned by the caller). `separator` 0: csv_separator(). */
CsvReader *csv_reader_new(const char *text, gsize length, char separator);
/* Rows that csv_pack() has put one after another, checked by csv_packed(). */
CsvReader *csv_reader_packed(const char *bytes, gsize length);
void csv_reader_free(CsvReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvReader, csv_reader_free)
/* FALSE at the end. Empty lines are passed over. */
gboolean csv_next(CsvReader *reader, CsvRow *row);
/* Bytes read so far, and the line that begins there. */
gsize csv_position(const CsvReader *reader);
int csv_line(const CsvReader *reader);
/* The text is a sheet's (sheet_reader.h): a line break within quotes begins no line, and a row is
 * filled up with empty cells to `columns`. */
void csv_sheet(CsvReader *reader, int columns);
/* Goes on at such a place, with this separator. */
void csv_seek(CsvReader *reader, gsize position, int line, char separator);

/* A row as counted cells, for the other side of a process: to read them takes no understanding of what
 * they say. */
void csv_pack(GString *out, const CsvRow *row);
/* Whether the bytes are such rows from end to end, in UTF-8, and how many. */
gboolean csv_packed(const char *bytes, gsize length, guint *rows);

/* The separator of the heading: ; tab or comma, whichever stands most often outside quotes; the
 * first of them where two do. */
char csv_separator(const char *text, gsize length);
/* Appends a row; quotes where needed, guards formula cells (text_guard_cell), ends with CRLF. */
void csv_append(GString *out, const char *const *cells, int count, char separator);
/* The same to the letter of RFC 4180: commas, and every cell as it is, also one that a spreadsheet
 * would take for a formula. For programs. */
void csv_append_strict(GString *out, const char *const *cells, int count);
