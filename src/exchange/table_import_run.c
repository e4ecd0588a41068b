/* table_import_run.c: checks every row, then adds those that passed, in one transaction. */
#include "base/clock.h"
#include "base/file_draft.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/file_import.h"
#include "exchange/table_import_private.h"

#include <string.h>

static const ImportKind *kind_of(const TableImport *import)
{
    static const ImportKind *const kinds[IMPORT_WHAT_COUNT] = {
        [IMPORT_VISITS] = &import_kind_visits, [IMPORT_CLIENTS] = &import_kind_clients,
        [IMPORT_TASKS] = &import_kind_tasks,   [IMPORT_RESPONSES] = &import_kind_responses,
        [IMPORT_STAFF] = &import_kind_staff,   [IMPORT_DECISIONS] = &import_kind_decisions,
    };
    return kinds[import->what];
}

char *table_import_missing(const TableImport *import)
{
    if (import->what != IMPORT_STAFF && table_import_is_staff(import))
        return g_strdup(_("This is a list of staff. Read it in as staff."));
    char *twice = table_import_double(import);
    return twice != NULL ? twice : kind_of(import)->missing(import);
}

static int compare_faults(gconstpointer a, gconstpointer b)
{
    return (*(ImportFault *const *)a)->line - (*(ImportFault *const *)b)->line;
}

/* What the log says of it, and of a dry run too. */
static gboolean write_file(ImportRun *run, gint64 import_id, GError **error)
{
    const TableImport *import = run->import;
    const ImportResult *result = run->result;
    g_autofree char *name = g_path_get_basename(import->path);
    g_autofree char *mapping = table_import_mapping(import);
    const FileImport row = {.id = import_id,
                            .file_name = name,
                            .file_hash = import->hash,
                            .encoding = (char *)encoding_name(import->encoding),
                            .rows = result->rows,
                            .imported = result->imported + result->changed,
                            .duplicates = result->duplicates,
                            .rejected = result->rejected};
    if (!file_import_met(import->session, (const gint64 *)run->guarded->data, run->guarded->len,
                         error))
        return FALSE;
    if (run->dry_run)
        return file_import_looked(import->session, &row, error);
    return file_import_finish(import->session, &row, error) &&
           file_import_remember(import->session, import->heading_text, mapping, error);
}

/* Everything is added; what comes of a dry run is thrown away. */
static gboolean add_all(ImportRun *run, GError **error)
{
    TableImport *import = run->import;
    g_autoptr(DbTransaction) transaction = db_transaction_large(session_db(import->session), error);
    if (transaction == NULL)
        return FALSE;
    const gint64 import_id = file_import_begin(import->session, error);
    if (!import_id || !kind_of(import)->add(run, import_id, error))
        return FALSE;
    g_ptr_array_sort(import->faults, compare_faults);
    run->result->rejected = (int)import->faults->len;
    return run->dry_run ||
           (write_file(run, import_id, error) && db_transaction_commit(transaction, error));
}

gboolean table_import_remember(const TableImport *import, GError **error)
{
    Db *db = session_db(import->session);
    g_autofree char *mapping = table_import_mapping(import);
    if (db_is_read_only(db))
        return TRUE;
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    return transaction != NULL &&
           file_import_remember(import->session, import->heading_text, mapping, error) &&
           db_transaction_commit(transaction, error);
}

static gboolean log_dry_run(ImportRun *run, GError **error)
{
    Db *db = session_db(run->import->session);
    if (db_is_read_only(db))
        return TRUE;
    g_autoptr(DbTransaction) transaction = db_transaction(db, error);
    return transaction != NULL && write_file(run, 0, error) &&
           db_transaction_commit(transaction, error);
}

static gboolean check_all(ImportRun *run, GError **error)
{
    CsvRow headings;
    g_autoptr(CsvReader) reader = table_import_rows(run->import, &headings);
    return kind_of(run->import)->check(run, reader, error);
}

static gboolean run_import(ImportRun *run, GError **error)
{
    if (!import_run_on(run, 0, error) || !check_all(run, error) || !add_all(run, error) ||
        (run->dry_run && !log_dry_run(run, error)))
        return FALSE;
    import_run_on(run, 1, NULL);
    return TRUE;
}

/* To whoever is shown no client all in the file are new, or those with protected identity. */
static gboolean knows_clients(const TableImport *import, GError **error)
{
    if (import->what == IMPORT_STAFF || access_is_shown_clients(import->session))
        return TRUE;
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_DENIED,
        _("The unit lies on a server, which shows an administrator no client: this file would "
          "be taken for people who are new. Ask a case officer or a team lead to read it in."));
    return FALSE;
}

gboolean table_import_run(TableImport *import, gboolean dry_run, ImportProgress progress,
                          gpointer data, ImportResult *result, GError **error)
{
    *result = (ImportResult){0};
    g_autofree char *missing = table_import_missing(import);
    if (missing) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, missing);
        return FALSE;
    }
    if (!access_require(import->session, PERMIT_IMPORT, error) || !knows_clients(import, error))
        return FALSE;
    g_ptr_array_set_size(import->faults, 0);
    g_ptr_array_set_size(import->remarks, 0);
    const ImportKind *kind = kind_of(import);
    ImportRun run = {
        .import = import, .progress = progress, .data = data, .result = result, .dry_run = dry_run};
    run.guarded = g_array_new(FALSE, FALSE, sizeof(gint64));
    run.rows = kind->rows_new(&run);
    const gboolean done = run_import(&run, error);
    kind->rows_free(run.rows);
    g_array_unref(run.guarded);
    return done;
}

const GPtrArray *table_import_faults(const TableImport *import)
{
    return import->faults;
}

const GPtrArray *table_import_remarks(const TableImport *import)
{
    return import->remarks;
}

/* --- the refused rows --------------------------------------------------------------------------
 */

/* A row of the file and two cells more. A row cut short is filled up; one too long keeps all it
 * has, and is refused again until it is mended. */
static void append_rejected(GString *out, const TableImport *import, const CsvRow *row,
                            const char *line, const char *reason)
{
    const int count = MAX(row->count, import->columns);
    g_autofree const char **cells = g_new0(const char *, count + 2);
    memcpy(cells, row->cells, (gsize)row->count * sizeof *cells);
    cells[count] = line;
    cells[count + 1] = reason;
    csv_append(out, cells, count + 2, import->separator);
}

static char *rejected_text(const TableImport *import)
{
    GString *out = g_string_new("\xef\xbb\xbf");
    CsvRow row;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    append_rejected(out, import, &row, _("Line in file"), _("Reason refused"));
    guint next = 0;
    while (next < import->faults->len && csv_next(reader, &row)) {
        const ImportFault *fault = import->faults->pdata[next];
        if (row.line != fault->line)
            continue;
        char line[16];
        g_snprintf(line, sizeof line, "%d", row.line);
        append_rejected(out, import, &row, line, fault->reason);
        next++;
    }
    return g_string_free(out, FALSE);
}

gboolean table_import_write_rejected(const TableImport *import, const char *path, GError **error)
{
    g_autofree char *text = rejected_text(import);
    return file_write(path, FALSE, text, strlen(text), error);
}
