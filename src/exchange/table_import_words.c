/* table_import_words.c: what is said of a file before it is read in, and after. */
#include "base/i18n.h"
#include "exchange/table_import.h"

char *table_import_words(const TableImport *import)
{
    const int columns = table_import_columns(import), line = table_import_heading_line(import);
    const char *what = import_what_name(table_import_what(import));
    g_autofree char *count =
        g_strdup_printf(ngettext("%d column", "%d columns", (gulong)columns), columns);
    g_autofree char *how =
        table_import_sheet(import) != NULL
            ? g_strdup_printf(_("%s · sheet “%s” · %s"), what, table_import_sheet(import), count)
            : g_strdup_printf(_("%s · encoding %s · separator %s · %s"), what,
                              encoding_name(table_import_encoding(import)),
                              table_import_separator_name(import), count);
    return line > 1 ? g_strdup_printf(_("%s · headings on line %d"), how, line)
                    : g_steal_pointer(&how);
}

char *import_fault_words(const ImportFault *fault)
{
    return fault->column != NULL ? g_strdup_printf(_("Line %d, column %s: %s"), fault->line,
                                                   fault->column, fault->reason)
                                 : g_strdup_printf(_("Line %d: %s"), fault->line, fault->reason);
}

/* `format` has a place for `count`; nothing is said of none. */
static void append_count(GString *text, const char *format, int count)
{
    if (count == 0)
        return;
    g_string_append_c(text, ' ');
    g_string_append_printf(text, format, count);
}

char *import_result_words(const ImportResult *result, gboolean done)
{
    const gulong rows = (gulong)result->rows;
    GString *text = g_string_new(NULL);
    g_string_append_printf(
        text,
        done ? ngettext("%d row: %d read in, %d there already, %d refused.",
                        "%d rows: %d read in, %d there already, %d refused.", rows)
             : ngettext("%d row: %d to be read in, %d there already, %d refused.",
                        "%d rows: %d to be read in, %d there already, %d refused.", rows),
        result->rows, result->imported, result->duplicates, result->rejected);
    append_count(text,
                 done ? ngettext("%d changed.", "%d changed.", (gulong)result->changed)
                      : ngettext("%d to be changed.", "%d to be changed.", (gulong)result->changed),
                 result->changed);
    append_count(text, ngettext("%d new client.", "%d new clients.", (gulong)result->new_clients),
                 result->new_clients);
    append_count(
        text,
        ngettext("%d new member of staff.", "%d new members of staff.", (gulong)result->new_staff),
        result->new_staff);
    append_count(text,
                 ngettext("%d planned visit gets its outcome.",
                          "%d planned visits get their outcome.", (gulong)result->completed),
                 result->completed);
    return g_string_free(text, FALSE);
}
