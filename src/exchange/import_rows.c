/* import_rows.c: the rows of a file, one after the other: checked, kept, told apart and added. */
#include "exchange/table_import_private.h"

gpointer import_rows_new(guint size, GDestroyNotify clear)
{
    ImportRows *rows = g_new(ImportRows, 1);
    rows->rows = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(rows->rows, clear);
    rows->met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return rows;
}

void import_rows_free(gpointer data)
{
    ImportRows *rows = data;
    g_array_unref(rows->rows);
    g_hash_table_unref(rows->met);
    g_free(rows);
}

gboolean import_rows_meet(ImportRows *rows, const ImportCells *cells, const CsvRow *row,
                          ColumnKind kind, char *key, const char *format)
{
    const int before = GPOINTER_TO_INT(g_hash_table_lookup(rows->met, key));
    if (before == 0) {
        g_hash_table_insert(rows->met, key, GINT_TO_POINTER(row->line));
        return TRUE;
    }
    g_free(key);
    return import_refuse(cells, row, kind, g_strdup_printf(format, before));
}

gboolean import_check_each(ImportRun *run, CsvReader *reader, ImportTake *take, GError **error)
{
    ImportCells cells;
    CsvRow row;
    import_cells_init(&cells, run->import);
    while (csv_next(reader, &row)) {
        const double share = (double)csv_position(reader) / (double)run->import->length;
        take(run, &cells, &row);
        if (++run->result->rows % IMPORT_PROGRESS_EVERY == 0 &&
            !import_run_on(run, IMPORT_CHECKING_SHARE * share, error))
            return FALSE;
    }
    return TRUE;
}

gboolean import_add_each(ImportRun *run, guint count, ImportAdd *add, gpointer data, GError **error)
{
    const guint every = CLAMP(count / 100, 1, IMPORT_PROGRESS_EVERY);
    for (guint i = 0; i < count; i++) {
        const double done = (double)i / count;
        if (!add(run, i, data, error) ||
            (i % every == 0 &&
             !import_run_on(run, IMPORT_CHECKING_SHARE + (1 - IMPORT_CHECKING_SHARE) * done,
                            error)))
            return FALSE;
    }
    return TRUE;
}
