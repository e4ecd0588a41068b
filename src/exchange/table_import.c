/* table_import.c: a file of rows, looked at and kept until it is read in. */
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/file_import.h"
#include "exchange/table_import_private.h"

void table_import_free(TableImport *import)
{
    if (!import)
        return;
    g_free(import->path);
    g_free(import->hash);
    g_free(import->rows);
    g_free(import->sheet);
    g_free(import->heading_text);
    g_strfreev(import->headings);
    g_free(import->kinds);
    g_free(import->settled);
    g_ptr_array_unref(import->faults);
    g_ptr_array_unref(import->remarks);
    g_free(import);
}

static TableImport *import_new(const ImportOptions *options)
{
    TableImport *import = g_new0(TableImport, 1);
    import->path = g_strdup(options->path);
    import->strict = options->strict;
    import->faults = g_ptr_array_new_with_free_func((GDestroyNotify)import_fault_free);
    import->remarks = g_ptr_array_new_with_free_func((GDestroyNotify)import_fault_free);
    return import;
}

static void see_what(TableImport *import, const ImportOptions *options)
{
    import->what = options->what != IMPORT_ANY ? options->what : table_import_seen(import);
    table_import_recognise(import);
}

TableImport *table_import_from_bytes(char *bytes, gsize length, const ImportOptions *options,
                                     gboolean apart, GError **error)
{
    g_autoptr(TableImport) import = import_new(options);
    if (!table_import_read(import, bytes, length, options, apart, error))
        return NULL;
    see_what(import, options);
    return g_steal_pointer(&import);
}

TableImport *table_import_from_packed(char *packed, gsize length, const ImportOptions *options,
                                      GError **error)
{
    g_autoptr(TableImport) import = import_new(options);
    if (!table_import_unpack(import, packed, length, options, error))
        return NULL;
    see_what(import, options);
    return g_steal_pointer(&import);
}

TableImport *table_import_open(Session *session, const ImportOptions *options, GError **error)
{
    gsize length = 0;
    if (!access_require(session, PERMIT_IMPORT, error))
        return NULL;
    char *bytes = table_import_read_file(options->path, &length, error);
    g_autoptr(TableImport) import =
        bytes ? table_import_from_bytes(bytes, length, options, TRUE, error) : NULL;
    if (!import)
        return NULL;
    import->session = session;
    g_autoptr(GError) fault = NULL;
    g_autofree char *remembered = file_import_mapping(session, import->heading_text, &fault);
    if (fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return NULL;
    }
    if (remembered)
        table_import_apply_mapping(import, remembered);
    if (options->map_path && !table_import_apply_map(import, options->map_path, error))
        return NULL;
    return g_steal_pointer(&import);
}

ImportWhat table_import_what(const TableImport *import)
{
    return import->what;
}

gboolean import_run_on(const ImportRun *run, double share, GError **error)
{
    if (!run->progress || run->progress(share, run->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("Reading in was broken off. Nothing of the file was read in."));
    return FALSE;
}

Encoding table_import_encoding(const TableImport *import)
{
    return import->encoding;
}

const char *table_import_sheet(const TableImport *import)
{
    return import->sheet;
}

char table_import_separator(const TableImport *import)
{
    return import->separator;
}

const char *table_import_separator_name(const TableImport *import)
{
    switch (import->separator) {
    case ';':
        return C_("separator", "semicolon");
    case ',':
        return C_("separator", "comma");
    case '\t':
        return C_("separator", "tab");
    default:
        return C_("separator", "the one that its first line names");
    }
}

int table_import_heading_line(const TableImport *import)
{
    return import->heading_line;
}

int table_import_columns(const TableImport *import)
{
    return import->columns;
}

const char *table_import_heading(const TableImport *import, int column)
{
    return import->headings[column];
}

GPtrArray *table_import_sample(const TableImport *import, int rows)
{
    GPtrArray *sample = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    CsvRow row;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    while ((int)sample->len < rows && csv_next(reader, &row)) {
        GStrv cells = g_new0(char *, import->columns + 1);
        for (int i = 0; i < import->columns; i++)
            cells[i] = table_import_quote(i < row.count ? table_import_tidy(row.cells[i]) : "");
        g_ptr_array_add(sample, cells);
    }
    return sample;
}
