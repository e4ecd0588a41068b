/* table_import_file.c: a planning system's file as text, and where its headings stand. */
#include "base/file.h"
#include "base/i18n.h"
#include "exchange/sheet_reader.h"
#include "exchange/table_import_private.h"

#include <sodium.h>
#include <string.h>

/* Some ten times the visits that a city plans in a year. */
#define FILE_MOST ((gsize)256 << 20)
/* Rows that may stand before the headings: a title, who printed it and when. */
#define TITLES_MOST 20
#define HEADINGS_LEAST 3
/* Headings known here that tell a line of headings from a title. */
#define KNOWN_LEAST 2
/* What a file that is no list may have: every heading is looked up. */
#define COLUMNS_MOST 1000
/* Between the cells that sheet_reader.h gives. */
#define SHEET_SEPARATOR ';'

char *table_import_read_file(const char *path, gsize *length, GError **error)
{
    return file_read(path, FILE_MOST, length, error);
}

static char *hash_of(const char *bytes, gsize length)
{
    guint8 hash[32];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const guint8 *)bytes, length, NULL, 0);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash) ? hex : "");
}

/* A spreadsheet's own file instead of a text that it has written. */
static gboolean read_book(TableImport *import, const char *bytes, gsize length,
                          const ImportOptions *options, GError **error)
{
    if (options->encoding_given && options->encoding != ENCODING_UTF8) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A spreadsheet has no encoding to choose. Read it in without one."));
        return FALSE;
    }
    import->encoding = ENCODING_UTF8;
    import->text = sheet_reader_text_apart(bytes, length, &import->length, &import->sheet, error);
    return import->text != NULL;
}

gboolean table_import_read_text(TableImport *import, char *bytes, gsize length,
                                const ImportOptions *options, GError **error)
{
    g_autofree char *own = bytes;
    import->hash = hash_of(bytes, length);
    if (sheet_reader_is_book(bytes, length))
        return read_book(import, bytes, length, options, error);
    if (sheet_reader_is_old_book(bytes, length)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is a spreadsheet of the old kind (XLS), or one with a password. Open it "
                      "and save it without a password, as XLSX or CSV."),
                    options->path);
        return FALSE;
    }
    import->encoding = options->encoding_given ? options->encoding : encoding_detect(bytes, length);
    import->text =
        encoding_take_utf8(g_steal_pointer(&own), length, import->encoding, &import->length, error);
    if (!import->text)
        return FALSE;
    if (import->length > 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s is empty. Export it again from the planning system."), options->path);
    return FALSE;
}

/* --- headings --------------------------------------------------------------------------------- */

/* The separator that a spreadsheet is told of in a first line of its own, "sep=;"; '\0': none. */
static char told_separator(const CsvRow *row, char read_with)
{
    const char *sign = row->cells[0] + 4;
    if (row->line != 1 || g_ascii_strncasecmp(row->cells[0], "sep=", 4) != 0)
        return '\0';
    if (row->count == 2 && !*sign && !*row->cells[1])
        return read_with;
    const gboolean good = *sign == '\t' || (g_ascii_ispunct(*sign) && *sign != '"');
    return row->count == 1 && good && !sign[1] ? *sign : '\0';
}

static void count_headings(const CsvRow *row, int *filled, int *known)
{
    gboolean met[COLUMN_COUNT] = {FALSE};
    *filled = *known = 0;
    for (int i = 0; i < row->count; i++) {
        ColumnKind kind;
        g_autofree char *heading = g_strdup(row->cells[i]);
        const char *tidy = table_import_tidy(heading);
        *filled += *tidy != '\0';
        if (!column_recognise(IMPORT_ANY, tidy, &kind) || kind == COLUMN_SKIP || met[kind])
            continue;
        met[kind] = TRUE;
        ++*known;
    }
}

/* Finds the line of headings: the first row that holds some known here, or else the first that has
 * enough cells. Each row is looked at with the separator that suits it. */
static gboolean find_headings(TableImport *import, CsvReader *reader)
{
    char told = import->sheet != NULL ? SHEET_SEPARATOR : '\0';
    CsvRow row;
    gboolean found = FALSE;
    for (int n = 0; n < TITLES_MOST && csv_position(reader) < import->length; n++) {
        const gsize at = csv_position(reader);
        const int line = csv_line(reader);
        const gsize blank = strspn(import->text + at, "\r\n");
        const char separator =
            told ? told : csv_separator(import->text + at + blank, import->length - at - blank);
        int filled, known;
        csv_seek(reader, at, line, separator);
        if (!csv_next(reader, &row) || row.too_long || row.count > COLUMNS_MOST)
            break;
        const char here = import->sheet != NULL ? '\0' : told_separator(&row, separator);
        if (here) {
            told = here;
            continue;
        }
        count_headings(&row, &filled, &known);
        if (filled < HEADINGS_LEAST || (known < KNOWN_LEAST && found))
            continue;
        found = TRUE;
        import->separator = separator;
        import->heading_at = at;
        import->line_at = line;
        import->heading_line = row.line;
        if (known >= KNOWN_LEAST)
            break;
    }
    return found;
}

CsvReader *table_import_reader(const TableImport *import)
{
    CsvReader *reader = csv_reader_new(import->text, import->length, SHEET_SEPARATOR);
    if (import->sheet != NULL)
        csv_sheet(reader, import->columns);
    return reader;
}

CsvReader *table_import_rows(const TableImport *import, CsvRow *heading)
{
    CsvReader *reader = table_import_reader(import);
    csv_seek(reader, import->heading_at, import->line_at, import->separator);
    csv_next(reader, heading);
    return reader;
}

/* FALSE: why there are no headings to be found. */
static gboolean no_headings(const TableImport *import, CsvReader *looking, GError **error)
{
    CsvRow row = {0};
    csv_seek(looking, 0, 1,
             import->sheet != NULL ? SHEET_SEPARATOR : csv_separator(import->text, import->length));
    const gboolean any = csv_next(looking, &row);
    if (any && row.too_long)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("Line %d of %s is longer than a row can be, so this is no list of "
                      "visits. Export it again as CSV."),
                    row.line, import->path);
    else if (any && row.count > COLUMNS_MOST)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has %d columns, and a list has at most %d. Take away those that are "
                      "not part of it."),
                    import->path, row.count, COLUMNS_MOST);
    else if (import->sheet != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The first sheet of %s, “%s”, has no row of headings. Put the list first, "
                      "with its headings above."),
                    import->path, import->sheet);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has no line of headings with a semicolon, comma or tab between "
                      "them."),
                    import->path);
    return FALSE;
}

gboolean table_import_read_headings(TableImport *import, GError **error)
{
    CsvRow row = {0};
    g_autoptr(CsvReader) looking = table_import_reader(import);
    if (!find_headings(import, looking))
        return no_headings(import, looking, error);
    CsvReader *reader = table_import_rows(import, &row);
    import->columns = row.count;
    import->headings = g_new0(char *, row.count + 1);
    import->kinds = g_new0(ColumnKind, row.count);
    import->settled = g_new0(gboolean, row.count);
    for (int i = 0; i < row.count; i++)
        import->headings[i] = table_import_quote(table_import_tidy(row.cells[i]));
    csv_reader_free(reader);
    const char separator[] = {import->separator, '\0'};
    import->heading_text = g_strjoinv(separator, import->headings);
    return TRUE;
}
