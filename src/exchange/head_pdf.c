/* head_pdf.c: one small page: unit, moment, code, and how it is compared. */
#include "exchange/head_pdf.h"

#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/audit_head.h"
#include "exchange/paper.h"

typedef struct {
    const char *unit, *who, *code, *path;
    gint64 now_ms;
    gboolean demo;
} HeadPage;

static gboolean write_apart(gpointer data, GError **error)
{
    const HeadPage *page = data;
    const PaperHead head = {.title = _("The code of the log"),
                            .language = i18n_language(),
                            .unit = page->unit,
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autofree char *when = clock_text(page->now_ms);
    paper_heading(paper, 1, head.title);
    if (page->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    paper_value(paper, _("Unit"), page->unit);
    paper_value(paper, _("When"), when);
    paper_value(paper, _("Taken out by"), page->who);
    paper_value(paper, _("Code"), page->code);
    paper_text(paper,
               _("Keep this where nobody who can change the database gets at it. Later it shows whether "
                 "the end of the log was cut off, or everything put back to an older state:"));
    g_autofree char *how = g_strdup_printf("dagsform check --head %s", page->code);
    paper_strong(paper, how);
    return paper_write(paper, page->path, FALSE, error);
}

static gboolean note(Session *session, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, "pdf");
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", "unit", session_unit_id(session), 0, changes, error) &&
           db_transaction_commit(tx, error);
}

gboolean head_paper_write(Session *session, const char *path, char **code, GError **error)
{
    if (!access_require(session, PERMIT_BACKUP, error) || !note(session, error))
        return FALSE;
    g_autofree char *head = audit_head(session, error);
    HeadPage page = {.unit = session_unit_name(session),
                     .who = session_staff_name(session),
                     .code = head,
                     .path = path,
                     .now_ms = clock_now_ms(),
                     .demo = session_is_demo(session)};
    if (head == NULL || !apart_run(write_apart, &page, error))
        return FALSE;
    *code = g_steal_pointer(&head);
    return TRUE;
}
