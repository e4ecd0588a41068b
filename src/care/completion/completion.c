/* completion.c: what a completed response becomes, in one transaction. */
#include "care/completion/completion.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision_private.h"
#include "care/completion/completion_private.h"

gboolean completion_fault(const MappedAnswer *answer, const char *sentence, GError **error)
{
    const char *question = form_text(answer->item->text);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                /* Translators: number and text of a question, then what to do about its answer. */
                _("Question %d, “%s”: %s"), answer->number, question != NULL ? question : "",
                sentence);
    return FALSE;
}

/* --- pairs ------------------------------------------------------------------------------------ */

static void pair_one(const GPtrArray *before, const GPtrArray *now, PairSame same, PairRound round,
                     GArray *pairs, gboolean *taken)
{
    for (guint i = 0; i < before->len; i++) {
        int *pair = &g_array_index(pairs, int, i);
        for (guint j = 0; *pair < 0 && j < now->len; j++) {
            if (!taken[j] && same(g_ptr_array_index(before, i), g_ptr_array_index(now, j), round)) {
                *pair = (int)j;
                taken[j] = TRUE;
            }
        }
    }
}

GArray *completion_pairs(const GPtrArray *before, const GPtrArray *now, PairSame same)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(int));
    g_autofree gboolean *taken = g_new0(gboolean, now->len + 1);
    const int none = -1;
    for (guint i = 0; i < before->len; i++)
        g_array_append_val(pairs, none);
    for (PairRound round = PAIR_EQUAL_IN_PLACE; round < PAIR_ROUNDS; round++)
        pair_one(before, now, same, round, pairs, taken);
    return pairs;
}

/* --- the decision ----------------------------------------------------------------------------- */

Decision *mapping_decision(const Mapping *mapping)
{
    g_autoptr(Decision) decision = decision_new();
    const struct {
        const char *to;
        char **text;
    } texts[] = {
        {"decision.kind", &decision->kind},
        {"decision.law", &decision->law},
        {"decision.asked_for", &decision->asked_for},
        {"decision.support", &decision->support},
        {"decision.purpose", &decision->purpose},
        {"decision.hours", &decision->hours},
        {"decision.decided_by", &decision->decided_by},
    };
    const struct {
        const char *to;
        Date *day;
    } days[] = {
        {"decision.received_on", &decision->received_on},
        {"decision.due_on", &decision->due_on},
        {"decision.decided_on", &decision->decided_on},
        {"decision.valid_from", &decision->valid_from},
        {"decision.valid_to", &decision->valid_to},
    };
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i].text = g_strdup(mapping_text(mapping, texts[i].to));
        any = any || *texts[i].text != NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        *days[i].day = mapping_date(mapping, days[i].to);
        any = any || *days[i].day != DATE_NONE;
    }
    return any ? g_steal_pointer(&decision) : NULL;
}

/* Decisions are never changed by hand, so a correction's stands as it is written. */
gboolean completion_decision(const Completion *completion, GError **error)
{
    g_autoptr(Decision) now = mapping_decision(completion->now);
    g_autoptr(Decision) before = NULL;
    if (completion->before != NULL &&
        !decision_of_response(completion->session, completion->response->corrects_id, &before,
                              error))
        return FALSE;
    if (now == NULL && before == NULL)
        return TRUE;
    if (now == NULL)
        return decision_remove(completion->session, before, error);
    now->client_id = completion->client_id;
    now->response_id = completion->response->id;
    now->id = before != NULL ? before->id : 0;
    return decision_write(completion->session, now, before, error);
}

/* --- completing ------------------------------------------------------------------------------- */

static Answers *answers_of(Session *session, gint64 response_id, GError **error)
{
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT item, instance, kind, value FROM answer WHERE response_id = :response",
                 DB_PARAMS(DB_INT("response", response_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        AnswerKind kind = ANSWER_NONE;
        if (answer_kind_parse(db_text(rows, 2), &kind))
            answers_set(answers, db_text(rows, 0), db_text(rows, 1), kind, db_text(rows, 3));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&answers) : NULL;
}

/* What belongs to a client is not written without one. */
static gboolean needs_client(const Mapping *mapping)
{
    g_autoptr(GPtrArray) consents = mapping_consents(mapping);
    g_autoptr(Decision) decision = mapping_decision(mapping);
    return consents->len > 0 || decision != NULL || mapping_series(mapping).first != NULL;
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
        g_autoptr(Answers) corrected = answers_of(session, response->corrects_id, error);
        if (corrected == NULL)
            return FALSE;
        before = mapping_new(form, corrected, today);
    }
    Completion completion = {.session = session,
                             .response = response,
                             .now = now,
                             .before = before,
                             .client_id = response->client_id};
    if (!carry_out(&completion, error) || !db_transaction_commit(tx, error))
        return FALSE;
    response->client_id = completion.client_id;
    return TRUE;
}
