/* plan.c: the two questions, from the client's latest completed plan. */
#include "care/client/plan.h"

#include "base/clock.h"
#include "care/client/client_guard.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/audit.h"

/* Their linkIds, which a unit that words the form anew keeps. */
#define HARD_ITEM "svart"
#define THEN_ITEM "da"

void plan_free(Plan *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->hard);
    g_free(plan->then);
    g_free(plan);
}

static char *words_of(const Answers *answers, const char *item)
{
    const Answer *answer = answers_get(answers, item, "");
    return g_strdup(answer != NULL ? answer->value : NULL);
}

Plan *plan_of_client(Session *session, gint64 client_id, GError **error)
{
    char time[sizeof "HH:MM:SS"];
    if (!client_require(session, PERMIT_VISIT_RECORD, client_id, error))
        return NULL;
    g_autoptr(ResponseRow) row = response_row_latest(session, client_id, PLAN_FORM, error);
    g_autoptr(Answers) answers =
        row != NULL ? response_read_answers(session, row->response->id, error) : NULL;
    if (answers == NULL)
        return NULL;
    g_autoptr(GArray) read = g_array_new(FALSE, FALSE, sizeof client_id);
    g_array_append_val(read, client_id);
    if (!audit_words(session, read, error))
        return NULL;
    Plan *plan = g_new0(Plan, 1);
    plan->response_id = row->response->id;
    plan->hard = words_of(answers, HARD_ITEM);
    plan->then = words_of(answers, THEN_ITEM);
    plan->made_on = clock_local(row->response->completed_ms, time);
    return plan;
}
