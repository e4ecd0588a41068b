/* export.c: one export from the first row to the file's name. */
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "exchange/export_private.h"

static const ExportTable *const TABLES[EXPORT_WHAT_COUNT] = {
    [EXPORT_VISITS] = &export_table_visits,   [EXPORT_RESPONSES] = &export_table_responses,
    [EXPORT_TASKS] = &export_table_tasks,     [EXPORT_WEEK] = &export_table_week,
    [EXPORT_CLIENTS] = &export_table_clients,
};

static const ExportWriter *const WRITERS[EXPORT_FORMAT_COUNT] = {
    [EXPORT_CSV] = &export_writer_csv,
    [EXPORT_XLSX] = &export_writer_xlsx,
    [EXPORT_JSON] = &export_writer_json,
    [EXPORT_ICS] = &export_writer_ical,
};

static gboolean log_export(Export *export, GError **error)
{
    Session *session = export->session;
    const ExportOrder *order = export->order;
    const char *entity = export->table->entity;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "what", NULL, export_what_code(order->what));
    audit_changes_text(changes, "format", NULL, export_format_code(order->format));
    audit_changes_date(changes, "from", DATE_NONE, order->from);
    audit_changes_date(changes, "to", DATE_NONE, order->to);
    audit_changes_int(changes, "rows", -1, export->result->rows);
    audit_changes_int(changes, "words", 0, order->words);
    audit_changes_int(changes, "protected", 0, order->protected);
    audit_changes_int(changes, "names", 0, order->names);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !audit_write(session, "export", entity, 0, 0, changes, error))
        return FALSE;
    for (guint i = 0; i < export->protected->len; i++)
        if (!audit_write(session, "export", entity, 0, g_array_index(export->protected, gint64, i),
                         NULL, error))
            return FALSE;
    return db_transaction_commit(tx, error);
}

static gboolean write_all(Export *export, GError **error)
{
    return export->writer->begin(export, error) && export->table->rows(export, error) &&
           export->writer->end(export, error) && export_flush(export, TRUE, error) &&
           (export->draft == NULL || file_draft_sync(export->draft, error)) &&
           log_export(export, error);
}

/* An export of which nothing could stand in the log is none. */
static gboolean can_be_logged(Session *session, GError **error)
{
    if (!db_is_read_only(session_db(session)))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_READONLY,
                        _("Every export stands in the log, and nothing can be written now. Export "
                          "where the database can be written to."));
    return FALSE;
}

static gboolean run(Session *session, const ExportOrder *order, FileDraft *draft, GString *text,
                    ExportResult *result, GError **error)
{
    *result = (ExportResult){0};
    g_autoptr(GArray) protected = g_array_new(FALSE, FALSE, sizeof(gint64));
    Export export = {.session = session,
                     .order = order,
                     .table =
                         order->format == EXPORT_ICS ? &export_table_calendar : TABLES[order->what],
                     .writer = WRITERS[order->format],
                     .draft = draft,
                     .text = text,
                     .protected = protected,
                     .result = result};
    const gboolean good = write_all(&export, error);
    if (export.writing != NULL && export.writer->free != NULL)
        export.writer->free(export.writing);
    return good;
}

gboolean export_file(Session *session, const ExportOrder *order, const char *path, gboolean replace,
                     ExportResult *result, GError **error)
{
    g_autoptr(FileDraft) draft =
        can_be_logged(session, error) ? file_draft_new(path, replace, error) : NULL;
    if (draft == NULL)
        return FALSE;
    g_autoptr(GString) text = g_string_new(NULL);
    return run(session, order, draft, text, result, error) && file_draft_finish(draft, error);
}

GString *export_text(Session *session, const ExportOrder *order, ExportResult *result,
                     GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!can_be_logged(session, error) || !run(session, order, NULL, text, result, error))
        return NULL;
    return g_steal_pointer(&text);
}
