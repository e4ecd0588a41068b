/* retention_pdf.c: the year's proposal on paper. */
#include "exchange/retention_pdf.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/unit/audit.h"
#include "exchange/paper.h"

static gboolean note(Session *session, guint rows, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, "pdf");
    audit_changes_int(changes, "rows", -1, (gint64)rows);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", "retention_proposal", 0, 0, changes, error) &&
           db_transaction_commit(tx, error);
}

static void put_row(Paper *paper, const RetentionRow *row)
{
    char note[DATE_SIZE];
    g_autofree char *label = row->number != NULL
                                 ? g_strdup_printf("%s %s", row->number, row->name)
                                 : g_strdup(row->name);
    g_autofree char *words = retention_row_words(row);
    g_autofree char *value =
        g_strdup_printf(_("last note %s: %s"), date_format(row->last_note, note), words);
    paper_value(paper, label, value);
}

gboolean retention_paper_write(Session *session, const RetentionProposal *proposal,
                               const GPtrArray *rows, const char *path, GError **error)
{
    const PaperHead head = {.title = _("Proposal for deletion"),
                            .language = i18n_language(),
                            .unit = session_unit_name(session),
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL || !note(session, rows->len, error))
        return FALSE;
    g_autofree char *sums = retention_proposal_words(proposal);
    g_autofree char *closed = client_words_closed(proposal->closed);
    paper_heading(paper, 1, _("Proposal for deletion"));
    paper_text(paper, sums);
    paper_note(paper, _("Notes are deleted five years after the last one, by the end of the year after. "
                        "Placed children and what is kept for research stay."));
    if (closed != NULL)
        paper_text(paper, closed);
    for (guint i = 0; i < rows->len; i++)
        put_row(paper, rows->pdata[i]);
    paper_signature(paper, _("Looked through and confirmed by"), _("Name"), _("Day"));
    return paper_write(paper, path, FALSE, error);
}
