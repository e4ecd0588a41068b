/* visit_import.c: a planning system's file, looked at and kept until it is read in. */
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/file_import.h"
#include "exchange/visit_import_private.h"

void visit_import_free(VisitImport *import)
{
    if (!import)
        return;
    g_free(import->path);
    g_free(import->hash);
    g_free(import->text);
    g_free(import->heading_text);
    g_strfreev(import->headings);
    g_free(import->kinds);
    g_free(import->settled);
    g_ptr_array_unref(import->faults);
    g_ptr_array_unref(import->remarks);
    g_free(import);
}

VisitImport *visit_import_from_bytes(char *bytes, gsize length, const ImportOptions *options,
                                     GError **error)
{
    g_autoptr(VisitImport) import = g_new0(VisitImport, 1);
    import->path = g_strdup(options->path);
    import->faults = g_ptr_array_new_with_free_func((GDestroyNotify)import_fault_free);
    import->remarks = g_ptr_array_new_with_free_func((GDestroyNotify)import_fault_free);
    if (!visit_import_read_text(import, bytes, length, options, error) ||
        !visit_import_read_headings(import, error))
        return NULL;
    visit_import_recognise(import);
    return g_steal_pointer(&import);
}

VisitImport *visit_import_open(Session *session, const ImportOptions *options, GError **error)
{
    gsize length = 0;
    if (!access_require(session, PERMIT_IMPORT, error))
        return NULL;
    char *bytes = visit_import_read_file(options->path, &length, error);
    g_autoptr(VisitImport) import =
        bytes ? visit_import_from_bytes(bytes, length, options, error) : NULL;
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
        visit_import_apply_mapping(import, remembered);
    if (options->map_path && !visit_import_apply_map(import, options->map_path, error))
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
    case '\t':
        return C_("separator", "tab");
    default:
        return C_("separator", "the one that its first line names");
    }
}

int visit_import_heading_line(const VisitImport *import)
{
    return import->heading_line;
}

int visit_import_columns(const VisitImport *import)
{
    return import->columns;
}

const char *visit_import_heading(const VisitImport *import, int column)
{
    return import->headings[column];
}

GPtrArray *visit_import_sample(const VisitImport *import, int rows)
{
    GPtrArray *sample = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    CsvRow row;
    g_autoptr(CsvReader) reader = visit_import_rows(import, &row);
    while ((int)sample->len < rows && csv_next(reader, &row)) {
        GStrv cells = g_new0(char *, import->columns + 1);
        for (int i = 0; i < import->columns; i++)
            cells[i] = visit_import_quote(i < row.count ? visit_import_tidy(row.cells[i]) : "");
        g_ptr_array_add(sample, cells);
    }
    return sample;
}
