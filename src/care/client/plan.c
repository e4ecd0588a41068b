/* plan.c: the two questions, from the client's latest completed plan. */
#include "care/client/plan.h"

#include "base/clock.h"
#include "care/client/client_private.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"

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
    g_autoptr(Client) client = NULL;
    if (!access_require(session, PERMIT_VISIT_RECORD, error) ||
        (client = client_read_allowed(session, client_id, error)) == NULL)
        return NULL;
    g_autoptr(ResponseRow) row = response_row_latest(session, client_id, PLAN_FORM, error);
    g_autoptr(Answers) answers =
        row != NULL ? response_read_answers(session, row->response->id, error) : NULL;
    if (answers == NULL)
        return NULL;
    Plan *plan = g_new0(Plan, 1);
    plan->response_id = row->response->id;
    plan->hard = words_of(answers, HARD_ITEM);
    plan->then = words_of(answers, THEN_ITEM);
    plan->made_on = clock_local(row->response->completed_ms, time);
    return plan;
}
