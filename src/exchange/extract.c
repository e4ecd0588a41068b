/* extract.c: one extract from the first row to the file's name. */
#include "exchange/extract_private.h"

#include "base/file_draft.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"

#include <string.h>

/* --- the file ----------------------------------------------------------------------------------
 */

static gboolean log_extract(Session *session, gint64 client_id, gboolean others, const char *format,
                            GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, format);
    audit_changes_int(changes, "others", 0, others);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "extract", "client", client_id, client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

static gboolean write_file(const Extract *extract, gboolean as_json, const char *path,
                           GError **error)
{
    if (!as_json)
        return extract_write_pdf(extract, path, error);
    g_autofree char *json = extract_to_json(extract);
    return file_write(path, FALSE, json, strlen(json), error);
}

gboolean extract_write(Session *session, gint64 client_id, gboolean others, const char *path,
                       ExtractResult *result, GError **error)
{
    const gboolean as_json = g_str_has_suffix(path, ".json");
    *result = (ExtractResult){0};
    if (!as_json && !g_str_has_suffix(path, ".pdf")) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Let the file's name end in .pdf, to be read, or in .json, for "
                              "programs."));
        return FALSE;
    }
    if (!client_require(session, PERMIT_INTERVIEW, client_id, error))
        return FALSE;
    g_autoptr(Client) client = client_open(session, client_id, error);
    if (client == NULL)
        return FALSE;
    g_autoptr(GPtrArray) disputes = dispute_of_client(session, client_id, error);
    if (disputes == NULL)
        return FALSE;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(extract_part_free);
    Extract extract = {session, client, others, disputes, parts, result};
    return extract_gather_card(&extract, error) && extract_gather_visits(&extract, error) &&
           extract_gather_forms(&extract, error) && extract_gather_readings(&extract, error) &&
           log_extract(session, client_id, others, as_json ? "json" : "pdf", error) &&
           write_file(&extract, as_json, path, error);
}
