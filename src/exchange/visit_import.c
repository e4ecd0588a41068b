/* visit_import.c: looks at a planning system's file: encoding, separator, columns. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/file_import.h"
#include "exchange/visit_import_private.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

void import_fault_free(ImportFault *fault)
{
    g_free(fault->column);
    g_free(fault->reason);
    g_free(fault);
}

/* NULL where the file has none of this kind, nor one that says the same in its stead. */
static const char *heading_of(const VisitImport *import, ColumnKind kind)
{
    static const ColumnKind in_its_stead[COLUMN_COUNT] = {
        [COLUMN_ID_NUMBER] = COLUMN_CLIENT_NUMBER,
        [COLUMN_NAME] = COLUMN_FAMILY_NAME,
        [COLUMN_FAMILY_NAME] = COLUMN_GIVEN_NAME,
    };
    for (; kind != COLUMN_SKIP; kind = in_its_stead[kind])
        for (int i = 0; i < import->columns; i++)
            if (import->kinds[i] == kind)
                return import->headings[i];
    return NULL;
}

void visit_import_refuse(VisitImport *import, int line, ColumnKind kind, char *reason)
{
    ImportFault *fault = g_new0(ImportFault, 1);
    fault->line = line;
    fault->column = g_strdup(heading_of(import, kind));
    fault->reason = reason;
    g_ptr_array_add(import->faults, fault);
}

char *visit_import_quote(const char *cell)
{
    enum { SHOWN_BYTES = 400, SHOWN_COLUMNS = 60 };
    const char *end = cell;
    while (*end && end - cell < SHOWN_BYTES)
        end = g_utf8_next_char(end);
    g_autofree char *beginning = g_strndup(cell, (gsize)(end - cell));
    g_autofree char *line = text_display(beginning);
    return text_truncate(line, SHOWN_COLUMNS);
}

void visit_import_free(VisitImport *import)
{
    if (!import)
        return;
    g_free(import->path);
    g_free(import->hash);
    g_free(import->text);
    g_free(import->heading_line);
    g_strfreev(import->headings);
    g_free(import->kinds);
    g_ptr_array_unref(import->faults);
    g_free(import);
}

static char *hash_of(const char *bytes, gsize length)
{
    guint8 hash[32];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const guint8 *)bytes, length, NULL, 0);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash) ? hex : "");
}

/* Some ten times the visits that a city plans in a year. */
#define FILE_MOST_MB 256

static gboolean is_too_large(const char *path)
{
    GStatBuf status;
    return g_stat(path, &status) == 0 && status.st_size > (goffset)FILE_MOST_MB << 20;
}

/* The file's bytes, or a sentence. */
static gboolean read_file(const char *path, char **bytes, gsize *length, GError **error)
{
    g_autoptr(GError) fault = NULL;
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s is a folder. Choose the file in it."),
                    path);
    else if (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        /* A device may never end, and a pipe that nobody writes to never begin. */
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is a device or a pipe. Save what it holds in a file first."), path);
    else if (is_too_large(path))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is larger than %d MB, which is the most that is read in at once. Export "
                      "a shorter time, such as one year."),
                    path, FILE_MOST_MB);
    else if (g_file_get_contents(path, bytes, length, &fault))
        return TRUE;
    else if (g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no file %s. Check its name."), path);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("%s cannot be read (%s)."), path,
                    fault->message);
    return FALSE;
}

/* A spreadsheet's own file (ZIP, OLE) instead of a text that it has written. */
static gboolean is_workbook(const char *bytes, gsize length)
{
    return length >= 4 &&
           (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0);
}

/* `bytes` are taken over. */
static gboolean read_text(VisitImport *import, char *bytes, gsize length,
                          const ImportOptions *options, GError **error)
{
    g_autofree char *own = bytes;
    import->hash = hash_of(bytes, length);
    if (is_workbook(bytes, length)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is a spreadsheet's own file. Open it there and save it as CSV."),
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

static gboolean read_headings(VisitImport *import, GError **error)
{
    import->separator = csv_separator(import->text, import->length);
    g_autoptr(CsvReader) reader = csv_reader_new(import->text, import->length, import->separator);
    CsvRow row = {0};
    if (csv_next(reader, &row) && row.too_long) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("Line %d of %s is longer than a row can be, so this is no list of visits. "
                      "Export it again as CSV."),
                    row.line, import->path);
        return FALSE;
    }
    if (row.count < 3) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has no line of headings with a semicolon, comma or tab between them."),
                    import->path);
        return FALSE;
    }
    import->columns = row.count;
    import->headings = g_new0(char *, row.count + 1);
    import->kinds = g_new0(ColumnKind, row.count);
    for (int i = 0; i < row.count; i++)
        import->headings[i] = visit_import_quote(g_strstrip(row.cells[i]));
    const char separator[] = {import->separator, '\0'};
    import->heading_line = g_strjoinv(separator, import->headings);
    return TRUE;
}

/* Each kind once: the first heading that is recognised as it. */
static void recognise_columns(VisitImport *import)
{
    gboolean taken[COLUMN_COUNT] = {FALSE};
    for (int i = 0; i < import->columns; i++) {
        const ColumnKind kind = column_recognise(import->headings[i]);
        import->kinds[i] = taken[kind] ? COLUMN_SKIP : kind;
        taken[kind] = kind != COLUMN_SKIP;
    }
}

static void apply_codes(VisitImport *import, const char *mapping)
{
    g_auto(GStrv) codes = g_strsplit(mapping, ",", -1);
    for (int i = 0; i < import->columns && codes[i]; i++)
        column_parse(codes[i], &import->kinds[i]);
}

/* One "heading = code" line of a map file. */
static gboolean apply_map_line(VisitImport *import, char *line, GError **error)
{
    char *equals = strrchr(line, '=');
    ColumnKind kind = COLUMN_SKIP;
    if (!equals || !column_parse(g_strstrip(equals + 1), &kind)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Write heading = code, with a code from the manual such as date."));
        return FALSE;
    }
    *equals = '\0';
    g_autofree char *heading = visit_import_quote(g_strstrip(line));
    gboolean found = FALSE;
    for (int i = 0; i < import->columns; i++)
        if (text_collate(import->headings[i], heading) == 0) {
            visit_import_set_column(import, i, kind);
            found = TRUE;
        }
    if (!found)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("There is no column called “%s” in the file to be read in."), heading);
    return found;
}

/* "heading = code" lines in any encoding; # begins a comment. */
static gboolean apply_map_file(VisitImport *import, const char *path, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!read_file(path, &bytes, &length, error))
        return FALSE;
    g_autofree char *text =
        encoding_to_utf8(bytes, length, encoding_detect(bytes, length), NULL, error);
    if (!text) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int n = 0; lines[n]; n++) {
        char *line = g_strstrip(lines[n]);
        if (*line == '\0' || *line == '#' || apply_map_line(import, line, error))
            continue;
        /* TRANSLATORS: a file's name and line number before a sentence */
        g_prefix_error(error, _("%s, line %d: "), path, n + 1);
        return FALSE;
    }
    return TRUE;
}

VisitImport *visit_import_from_bytes(char *bytes, gsize length, const ImportOptions *options,
                                     GError **error)
{
    g_autoptr(VisitImport) import = g_new0(VisitImport, 1);
    import->path = g_strdup(options->path);
    import->faults = g_ptr_array_new_with_free_func((GDestroyNotify)import_fault_free);
    if (!read_text(import, bytes, length, options, error) || !read_headings(import, error))
        return NULL;
    recognise_columns(import);
    return g_steal_pointer(&import);
}

VisitImport *visit_import_open(Session *session, const ImportOptions *options, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!access_require(session, PERMIT_IMPORT, error) ||
        !read_file(options->path, &bytes, &length, error))
        return NULL;
    g_autoptr(VisitImport) import =
        visit_import_from_bytes(g_steal_pointer(&bytes), length, options, error);
    if (!import)
        return NULL;
    import->session = session;
    g_autoptr(GError) fault = NULL;
    g_autofree char *remembered = file_import_mapping(session, import->heading_line, &fault);
    if (fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return NULL;
    }
    if (remembered)
        apply_codes(import, remembered);
    if (options->map_path && !apply_map_file(import, options->map_path, error))
        return NULL;
    return g_steal_pointer(&import);
}

Encoding visit_import_encoding(const VisitImport *import)
{
    return import->encoding;
}

char visit_import_separator(const VisitImport *import)
{
    return import->separator;
}

const char *visit_import_separator_name(const VisitImport *import)
{
    switch (import->separator) {
    case ';':
        return C_("separator", "semicolon");
    case ',':
        return C_("separator", "comma");
    default:
        return C_("separator", "tab");
    }
}

int visit_import_columns(const VisitImport *import)
{
    return import->columns;
}

const char *visit_import_heading(const VisitImport *import, int column)
{
    return import->headings[column];
}

ColumnKind visit_import_column(const VisitImport *import, int column)
{
    return import->kinds[column];
}

void visit_import_set_column(VisitImport *import, int column, ColumnKind kind)
{
    for (int i = 0; i < import->columns; i++)
        if (import->kinds[i] == kind)
            import->kinds[i] = COLUMN_SKIP;
    import->kinds[column] = kind;
}

static gboolean has_kind(const VisitImport *import, ColumnKind kind)
{
    for (int i = 0; i < import->columns; i++)
        if (import->kinds[i] == kind)
            return TRUE;
    return FALSE;
}

char *visit_import_missing(const VisitImport *import)
{
    if (!has_kind(import, COLUMN_CLIENT_NUMBER) && !has_kind(import, COLUMN_ID_NUMBER))
        return g_strdup(_("Say which column holds the identity number or the client number."));
    if (!has_kind(import, COLUMN_DATE))
        return g_strdup(_("Say which column holds the date."));
    if (!has_kind(import, COLUMN_START))
        return g_strdup(_("Say which column holds the time when the visit begins."));
    return NULL;
}

GPtrArray *visit_import_sample(const VisitImport *import, int rows)
{
    GPtrArray *sample = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_autoptr(CsvReader) reader = csv_reader_new(import->text, import->length, import->separator);
    CsvRow row;
    csv_next(reader, &row); /* the heading */
    while ((int)sample->len < rows && csv_next(reader, &row)) {
        GStrv cells = g_new0(char *, import->columns + 1);
        for (int i = 0; i < import->columns; i++)
            cells[i] = visit_import_quote(i < row.count ? row.cells[i] : "");
        g_ptr_array_add(sample, cells);
    }
    return sample;
}
