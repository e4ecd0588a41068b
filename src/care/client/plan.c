/* plan.c: the two questions, from the client's latest completed plan. */
#include "care/client/plan.h"

#include "base/clock.h"
#include "care/client/client_guard.h"
#include "care/completion/completion_mapping_private.h"
#include "care/response/response_answers_private.h"
#include "care/response/response_row_private.h"
#include "care/unit/audit.h"
#include "care/unit/form_version.h"

void plan_free(Plan *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->hard);
    g_free(plan->then);
    g_free(plan);
}

/* The two questions are found by what they are mapped to, so a unit may word and name them anew. */
static gboolean take_words(Session *session, const ResponseRow *row, Plan *plan, GError **error)
{
    g_autoptr(Form) form = form_version_load(session, row->response->form_hash, error);
    g_autoptr(Answers) answers =
        form != NULL ? response_read_answers(session, row->response->id, error) : NULL;
    if (answers == NULL)
        return FALSE;
    g_autoptr(Mapping) mapping = mapping_new(form, answers, clock_today());
    plan->hard = g_strdup(mapping_text(mapping, "plan.hard"));
    plan->then = g_strdup(mapping_text(mapping, "plan.then"));
    return TRUE;
}

Plan *plan_of_client(Session *session, gint64 client_id, GError **error)
{
    char time[sizeof "HH:MM:SS"];
    if (!client_require(session, PERMIT_VISIT_RECORD, client_id, error))
        return NULL;
    g_autoptr(ResponseRow) row = response_row_latest(session, client_id, PLAN_FORM, error);
    if (row == NULL)
        return NULL;
    g_autoptr(GArray) read = g_array_new(FALSE, FALSE, sizeof client_id);
    g_array_append_val(read, client_id);
    if (!audit_words(session, "visit", read, error))
        return NULL;
    g_autoptr(Plan) plan = g_new0(Plan, 1);
    plan->response_id = row->response->id;
    plan->made_on = clock_local(row->response->completed_ms, time);
    return take_words(session, row, plan, error) ? g_steal_pointer(&plan) : NULL;
}
