/* decision_notice.c: a decision on paper, for the person it is about. */
#include "exchange/decision_notice.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_rows.h"
#include "care/client/client_words.h"
#include "care/client/decision_version.h"
#include "care/unit/audit.h"
#include "exchange/paper.h"

struct DecisionNotice {
    Decision *decision;
    char *unit, *client, *id_number; /* the number is NULL where identity is protected */
    gboolean demo;
    Date corrected; /* when it was last; DATE_NONE: not at all */
};

void decision_notice_free(DecisionNotice *notice)
{
    if (notice == NULL)
        return;
    decision_free(notice->decision);
    g_free(notice->unit);
    g_free(notice->client);
    g_free(notice->id_number);
    g_free(notice);
}

static Decision *find(Session *session, gint64 client_id, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) all = decision_of_client(session, client_id, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Decision *decision = all->pdata[i];
        if (decision->id == id && decision->decided_on != DATE_NONE)
            return g_ptr_array_steal_index(all, i);
        if (decision->id == id) {
            g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                                _("Nothing has been decided here yet. Choose a decision."));
            return NULL;
        }
    }
    if (all != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The decision is no longer there. Look at the list again."));
    return NULL;
}

static gboolean read_corrected(Session *session, DecisionNotice *notice, GError **error)
{
    char time[sizeof "14:00:00"];
    const Decision *decision = notice->decision;
    g_autoptr(GPtrArray) versions =
        decision_versions(session, decision->client_id, decision->id, error);
    if (versions == NULL)
        return FALSE;
    const DecisionVersion *last = versions->len > 0 ? versions->pdata[0] : NULL;
    notice->corrected = last != NULL ? clock_local(last->replaced_ms, time) : DATE_NONE;
    return TRUE;
}

DecisionNotice *decision_notice_new(Session *session, gint64 client_id, gint64 decision_id,
                                    GError **error)
{
    Decision *decision = find(session, client_id, decision_id, error);
    if (decision == NULL)
        return NULL;
    DecisionNotice *notice = g_new0(DecisionNotice, 1);
    notice->decision = decision;
    ClientRow *client = client_glance(session, client_id, error);
    if (client == NULL) {
        decision_notice_free(notice);
        return NULL;
    }
    if (!read_corrected(session, notice, error)) {
        decision_notice_free(notice);
        return NULL;
    }
    notice->unit = g_strdup(session_unit_name(session));
    notice->demo = session_is_demo(session);
    notice->client = g_strdup(client->name);
    if (client->protection == PROTECTION_NONE)
        notice->id_number = g_strdup(client->id_number);
    client_row_free(client);
    return notice;
}

gboolean decision_notice_log(const DecisionNotice *notice, Session *session, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, "pdf");
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", "decision", notice->decision->id,
                       notice->decision->client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void put_decision(Paper *paper, const DecisionNotice *notice)
{
    const Decision *decision = notice->decision;
    g_autofree char *law = client_words_law(decision);
    g_autofree char *hours =
        decision->month_minutes > 0 ? client_words_hours(decision->month_minutes) : NULL;
    paper_heading(paper, 2, _("What was decided"));
    paper_value_if_any(paper, _("Decision"), decision_kind_name(decision->kind));
    paper_value_if_any(paper, _("Applied for"), decision->asked_for);
    paper_value_if_any(paper, _("Support"), decision_support_name(decision->support));
    paper_day_if_any(paper, _("From"), decision->valid_from);
    paper_day_if_any(paper, _("To"), decision->valid_to);
    paper_value_if_any(paper, _("Hours a month"), hours);
    paper_value_if_any(paper, _("Goal"), decision->purpose);
    paper_value_if_any(paper, _("By the law"), law);
    paper_day_if_any(paper, _("Decided on"), decision->decided_on);
    paper_value_if_any(paper, _("Decided by"), decision->decided_by);
    paper_value_if_any(paper, _("Delegation"), decision->delegation);
    paper_day_if_any(paper, _("Corrected on"), notice->corrected);
    if (decision->reasons == NULL)
        return;
    paper_heading(paper, 2, _("Why"));
    paper_text(paper, decision->reasons);
}

static void put_appeal(Paper *paper)
{
    static const char *const STEPS[] = {
        N_("Write which decision you mean, how you want it to be changed, and why."),
        N_("Write your name, identity number, address and telephone number."),
        N_("Give or send it to us. It must be with us within three weeks from the day when you got "
           "this decision."),
        N_("We look at the decision once more. If we do not change it as you want, we send what "
           "you "
           "have written on to the administrative court, which decides."),
    };
    paper_heading(paper, 2, _("If you do not agree"));
    paper_text(paper, _("You can appeal the decision. It costs nothing."));
    for (gsize i = 0; i < G_N_ELEMENTS(STEPS); i++)
        paper_point(paper, (int)i + 1, _(STEPS[i]));
    paper_text(paper, _("Ask us if you want help to write, or if you want an "
                        "interpreter. Somebody else may write for you, if you give "
                        "them that right in writing."));
}

gboolean decision_notice_write(const DecisionNotice *notice, gboolean large, const char *path,
                               GError **error)
{
    const PaperHead head = {.title = _("Decision on support"),
                            .language = i18n_language(),
                            .large = large,
                            .unit = notice->unit,
                            .person = notice->client,
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    paper_heading(paper, 1, head.title);
    if (notice->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    paper_value_if_any(paper, _("To"), notice->client);
    paper_value_if_any(paper, _("Identity number"), notice->id_number);
    paper_value_if_any(paper, _("From the unit"), notice->unit);
    put_decision(paper, notice);
    put_appeal(paper);
    return paper_write(paper, path, FALSE, error);
}
