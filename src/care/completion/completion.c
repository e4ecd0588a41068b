/* completion.c: what a completed response becomes, in one transaction. */
#include "care/completion/completion.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/completion/completion_client_private.h"
#include "care/completion/completion_consents_private.h"
#include "care/completion/completion_decision_private.h"
#include "care/completion/completion_series_private.h"
#include "care/completion/completion_stop.h"
#include "care/completion/completion_tasks_private.h"
#include "care/response/response_answers_private.h"

/* What belongs to a client is not written without one. */
static gboolean needs_client(const Mapping *mapping)
{
    g_autoptr(GPtrArray) consents = mapping_consents(mapping);
    g_autoptr(Decision) decision = mapping_decision(mapping);
    return consents->len > 0 || decision != NULL || mapping_series(mapping).first != NULL;
}

/* walk_open_points() has said so before; here nobody passes by. */
static gboolean is_stopped(const Completion *completion, const Answers *answers, GError **error)
{
    const Mapping *now = completion->now;
    const FormItem *item = NULL;
    g_autofree char *sentence =
        completion_stop(now->form, answers, now->today, completion->before != NULL, &item);
    if (sentence != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return sentence != NULL;
}

static gboolean carry_out(Completion *completion, GError **error)
{
    if (!completion_card(completion, error))
        return FALSE;
    if (completion->client_id == 0 && needs_client(completion->now)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("This form is answered about a client. Choose the client before you "
                              "complete it."));
        return FALSE;
    }
    return completion_consents(completion, error) && completion_decision(completion, error) &&
           completion_series(completion, error) && completion_tasks(completion, error);
}

gboolean completion_apply(Session *session, Response *response, const Form *form, Answers *answers,
                          GError **error)
{
    Date today = clock_today();
    g_autoptr(Mapping) now = mapping_new(form, answers, today);
    g_autoptr(Mapping) before = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL)
        return FALSE;
    if (response->corrects_id != 0) {
        g_autoptr(Answers) corrected = response_read_answers(session, response->corrects_id, error);
        if (corrected == NULL)
            return FALSE;
        before = mapping_new(form, corrected, today);
    }
    Completion completion = {.session = session,
                             .response = response,
                             .now = now,
                             .before = before,
                             .client_id = response->client_id};
    if (is_stopped(&completion, answers, error) || !carry_out(&completion, error) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    response->client_id = completion.client_id;
    return TRUE;
}
