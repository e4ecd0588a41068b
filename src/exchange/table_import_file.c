/* table_import_file.c: a planning system's file as text, and where its headings stand. */
#include "base/apart.h"
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

/* --- as text ---------------------------------------------------------------------------------- */

/* A file while it is taken apart. */
typedef struct {
    char *bytes; /* as given, with a NUL behind them; NULL once they are `text` */
    gsize given;
    const ImportOptions *options;
    char *text; /* the whole of it as UTF-8; never changed */
    gsize length;
    char *sheet; /* of a spreadsheet's own file: its name; NULL: the file is a text */
    Encoding encoding;
    char separator;
    gsize heading_at; /* where the row of headings is read from, */
    int line_at;      /* and which line that is; empty ones may lie between */
    int heading_line, columns;
} Source;

/* A spreadsheet's own file instead of a text that it has written. */
static gboolean read_book(Source *source, GError **error)
{
    if (source->options->encoding_given && source->options->encoding != ENCODING_UTF8) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A spreadsheet has no encoding to choose. Read it in without one."));
        return FALSE;
    }
    source->encoding = ENCODING_UTF8;
    source->text =
        sheet_reader_text(source->bytes, source->given, &source->length, &source->sheet, error);
    return source->text != NULL;
}

static gboolean read_text(Source *source, GError **error)
{
    const ImportOptions *options = source->options;
    if (sheet_reader_is_book(source->bytes, source->given))
        return read_book(source, error);
    if (sheet_reader_is_old_book(source->bytes, source->given)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is a spreadsheet of the old kind (XLS), or one with a password. Open it "
                      "and save it without a password, as XLSX or CSV."),
                    options->path);
        return FALSE;
    }
    source->encoding =
        options->encoding_given ? options->encoding : encoding_detect(source->bytes, source->given);
    source->text = encoding_take_utf8(g_steal_pointer(&source->bytes), source->given,
                                      source->encoding, &source->length, error);
    if (source->text == NULL)
        return FALSE;
    if (source->length > 0)
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
 * enough cells to be no title. Each row is looked at with the separator that suits it. */
static gboolean find_headings(Source *source, CsvReader *reader)
{
    char told = source->sheet != NULL ? SHEET_SEPARATOR : '\0';
    CsvRow row;
    gboolean found = FALSE;
    for (int n = 0; n < TITLES_MOST && csv_position(reader) < source->length; n++) {
        const gsize at = csv_position(reader);
        const int line = csv_line(reader);
        const gsize blank = strspn(source->text + at, "\r\n");
        const char separator =
            told ? told : csv_separator(source->text + at + blank, source->length - at - blank);
        int filled, known;
        csv_seek(reader, at, line, separator);
        if (!csv_next(reader, &row) || row.too_long || row.count > COLUMNS_MOST)
            break;
        const char here = source->sheet != NULL ? '\0' : told_separator(&row, separator);
        if (here) {
            told = here;
            continue;
        }
        count_headings(&row, &filled, &known);
        if (known < KNOWN_LEAST && (filled < HEADINGS_LEAST || found))
            continue;
        found = TRUE;
        source->separator = separator;
        source->heading_at = at;
        source->line_at = line;
        source->heading_line = row.line;
        if (known >= KNOWN_LEAST)
            break;
    }
    return found;
}

/* The whole text. */
static CsvReader *reader_of(const Source *source)
{
    CsvReader *reader = csv_reader_new(source->text, source->length, SHEET_SEPARATOR);
    if (source->sheet != NULL)
        csv_sheet(reader, source->columns);
    return reader;
}

/* FALSE: why there are no headings to be found. */
static gboolean no_headings(const Source *source, CsvReader *looking, GError **error)
{
    CsvRow row = {0};
    csv_seek(looking, 0, 1,
             source->sheet != NULL ? SHEET_SEPARATOR : csv_separator(source->text, source->length));
    const gboolean any = csv_next(looking, &row);
    if (any && row.too_long)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("Line %d of %s is longer than a row can be, so this is no list of "
                      "visits. Export it again as CSV."),
                    row.line, source->options->path);
    else if (any && row.count > COLUMNS_MOST)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has %d columns, and a list has at most %d. Take away those that are "
                      "not part of it."),
                    source->options->path, row.count, COLUMNS_MOST);
    else if (source->sheet != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The first sheet of %s, “%s”, has no row of headings. Put the list first, "
                      "with its headings above."),
                    source->options->path, source->sheet);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has no line of headings with a semicolon, comma or tab between "
                      "them."),
                    source->options->path);
    return FALSE;
}

/* --- as counted cells ------------------------------------------------------------------------- */

/* What stands before the rows. */
typedef struct {
    guint32 encoding, separator, heading_line, is_sheet, sheet; /* the last: bytes of its name */
} PackedHead;

/* Whoever is told the bytes: a process's other side, or the same. */
typedef gboolean (*Told)(gpointer data, const void *bytes, gsize length, GError **error);

static gboolean tell_rows(Source *source, Told tell, gpointer data, GError **error)
{
    enum { AT_ONCE = 1 << 20 };
    CsvRow row = {0};
    g_autoptr(GString) part = g_string_new(NULL);
    g_autoptr(CsvReader) reader = reader_of(source);
    csv_seek(reader, source->heading_at, source->line_at, source->separator);
    while (csv_next(reader, &row)) {
        csv_pack(part, &row);
        if (part->len < AT_ONCE)
            continue;
        if (!tell(data, part->str, part->len, error))
            return FALSE;
        g_string_truncate(part, 0);
    }
    return tell(data, part->str, part->len, error);
}

static gboolean tell_all(Source *source, Told tell, gpointer data, GError **error)
{
    CsvRow row = {0};
    g_autoptr(CsvReader) looking = reader_of(source);
    if (!find_headings(source, looking))
        return no_headings(source, looking, error);
    csv_seek(looking, source->heading_at, source->line_at, source->separator);
    csv_next(looking, &row);
    source->columns = row.count;
    const char *sheet = source->sheet != NULL ? source->sheet : "";
    const PackedHead head = {(guint32)source->encoding, (guint32)source->separator,
                             (guint32)source->heading_line, source->sheet != NULL,
                             (guint32)strlen(sheet)};
    return tell(data, &head, sizeof head, error) && tell(data, sheet, head.sheet, error) &&
           tell_rows(source, tell, data, error);
}

/* Takes the bytes. */
static gboolean take_apart(char *bytes, gsize length, const ImportOptions *options, Told tell,
                           gpointer data, GError **error)
{
    Source source = {.bytes = bytes, .given = length, .options = options};
    const gboolean done = read_text(&source, error) && tell_all(&source, tell, data, error);
    g_free(source.bytes);
    g_free(source.text);
    g_free(source.sheet);
    return done;
}

typedef struct {
    char *bytes;
    gsize length;
    const ImportOptions *options;
    int fd;
} Order;

static gboolean tell_other_side(gpointer data, const void *bytes, gsize length, GError **error)
{
    return apart_put(((const Order *)data)->fd, bytes, length, error);
}

static gboolean tell_here(gpointer data, const void *bytes, gsize length, GError **error)
{
    (void)error;
    g_string_append_len(data, bytes, (gssize)length);
    return TRUE;
}

/* What it takes over there is a copy. */
static gboolean take_apart_alone(int fd, gpointer data, GError **error)
{
    Order *order = data;
    order->fd = fd;
    return take_apart(order->bytes, order->length, order->options, tell_other_side, order, error);
}

/* Takes the bytes. New. */
static char *packed_here(char *bytes, gsize length, const ImportOptions *options, gsize *got,
                         GError **error)
{
    GString *packed = g_string_new(NULL);
    const gboolean done = take_apart(bytes, length, options, tell_here, packed, error);
    *got = packed->len;
    return g_string_free(packed, !done);
}

static char *packed_apart(char *bytes, gsize length, const ImportOptions *options, gsize *got,
                          GError **error)
{
    Order order = {bytes, length, options, -1};
    char *packed = apart_bytes(take_apart_alone, &order, APART_BYTES_MOST, got, error);
    g_free(bytes);
    return packed;
}

/* --- what came of it -------------------------------------------------------------------------- */

/* Takes the bytes. Nothing in them is trusted: what has read the file may be the file's by now. */
static gboolean unpack(TableImport *import, char *bytes, gsize length)
{
    g_autofree char *own = bytes;
    PackedHead head;
    if (length < sizeof head)
        return FALSE;
    memcpy(&head, own, sizeof head);
    if (head.sheet > length - sizeof head || head.encoding > ENCODING_UTF16BE ||
        head.separator > G_MAXINT8 || head.heading_line > G_MAXINT ||
        !g_utf8_validate(own + sizeof head, head.sheet, NULL))
        return FALSE;
    import->encoding = (Encoding)head.encoding;
    import->separator = (char)head.separator;
    import->heading_line = (int)head.heading_line;
    if (head.is_sheet)
        import->sheet = g_strndup(own + sizeof head, head.sheet);
    import->length = length - sizeof head - head.sheet;
    memmove(own, own + sizeof head + head.sheet, import->length);
    import->rows = g_steal_pointer(&own);
    return csv_packed(import->rows, import->length, &import->count) && import->count > 0;
}

CsvReader *table_import_rows(const TableImport *import, CsvRow *heading)
{
    CsvReader *reader = csv_reader_packed(import->rows, import->length);
    csv_next(reader, heading);
    return reader;
}

static void take_headings(TableImport *import, const CsvRow *row)
{
    import->columns = row->count;
    import->headings = g_new0(char *, row->count + 1);
    import->kinds = g_new0(ColumnKind, row->count);
    import->settled = g_new0(gboolean, row->count);
    for (int i = 0; i < row->count; i++)
        import->headings[i] = table_import_quote(table_import_tidy(row->cells[i]));
    const char separator[] = {import->separator, '\0'};
    import->heading_text = g_strjoinv(separator, import->headings);
}

/* FALSE: they are none that a file can have. */
static gboolean find_columns(TableImport *import)
{
    CsvRow row = {0};
    CsvReader *reader = table_import_rows(import, &row); /* whose the row is */
    const gboolean good = !row.too_long && row.count > 0 && row.count <= COLUMNS_MOST;
    if (good)
        take_headings(import, &row);
    csv_reader_free(reader);
    return good;
}

gboolean table_import_unpack(TableImport *import, char *packed, gsize length,
                             const ImportOptions *options, GError **error)
{
    if (unpack(import, packed, length) && find_columns(import))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s could not be read. Look if it is the right file."), options->path);
    return FALSE;
}

gboolean table_import_read(TableImport *import, char *bytes, gsize length,
                           const ImportOptions *options, gboolean apart, GError **error)
{
    gsize got = 0;
    import->hash = hash_of(bytes, length);
    char *packed = (apart ? packed_apart : packed_here)(bytes, length, options, &got, error);
    return packed != NULL && table_import_unpack(import, packed, got, options, error);
}
