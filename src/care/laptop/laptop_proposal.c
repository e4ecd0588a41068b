/* laptop_proposal.c: kept, read, and settled. */
#include "care/laptop/laptop_proposal.h"

#include <string.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/laptop/laptop_again.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_record.h"

static const CodeWord WHYS[PROPOSAL_WHY_COUNT] = {
    [PROPOSAL_CHANGED] = {"changed", N_("Something else was recorded at home first.")},
    [PROPOSAL_DENIED] = {"denied", N_("Whoever did it may not open the card any more.")},
    [PROPOSAL_REFUSED] = {"refused",
                          N_("It could not be done at home as it was done on the laptop.")},
};
CODE_AND_NAME_FUNCTIONS(ProposalWhy, proposal_why, WHYS)

static const CodeWord STATES[PROPOSAL_STATE_COUNT] = {
    [PROPOSAL_OPEN] = {NULL, N_("waits for somebody to choose")},
    [PROPOSAL_TAKEN] = {"taken", N_("the laptop's was chosen")},
    [PROPOSAL_LEFT] = {"left", N_("what stood at home was chosen")},
    [PROPOSAL_WITHDRAWN] = {"withdrawn", N_("taken back on the laptop")},
};
CODE_AND_NAME_FUNCTIONS(ProposalState, proposal_state, STATES)

/* Days until the task to choose is due. */
#define CHOOSE_DAYS 2

void proposal_free(Proposal *proposal)
{
    if (proposal == NULL)
        return;
    g_free(proposal->name);
    g_free(proposal->body);
    g_free(proposal->staff_name);
    g_free(proposal->client_name);
    g_free(proposal);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define PROPOSALS                                                                                  \
    "SELECT p.id, p.node, p.of_seq, p.client_id, p.visit_id, p.task_id, p.staff_id, p.at_ms, "     \
    "p.name,"                                                                                      \
    " p.body, p.why, p.settled, s.name, c.name, c.id FROM away_proposal p"                         \
    " JOIN client c ON c.id = p.client_id JOIN staff s ON s.id = p.staff_id"

static Proposal *from_row(DbStatement *row)
{
    Proposal *proposal = g_new0(Proposal, 1);
    proposal->id = db_int(row, 0);
    proposal->node = db_int(row, 1);
    proposal->seq = db_int(row, 2);
    proposal->client_id = db_int(row, 3);
    proposal->visit_id = db_int(row, 4);
    proposal->task_id = db_int(row, 5);
    proposal->staff_id = db_int(row, 6);
    proposal->at_ms = db_int(row, 7);
    proposal->name = g_strdup(db_text(row, 8));
    proposal->body = g_strdup(db_text(row, 9));
    proposal_why_parse(db_text(row, 10), &proposal->why);
    proposal_state_parse(db_text(row, 11), &proposal->state);
    proposal->staff_name = g_strdup(db_text(row, 12));
    proposal->client_name = g_strdup(db_text(row, 13));
    return proposal;
}

static GPtrArray *from_rows(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) proposals = g_ptr_array_new_with_free_func((GDestroyNotify)proposal_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(proposals, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&proposals) : NULL;
}

GPtrArray *proposal_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), PROPOSALS " WHERE p.client_id = :client ORDER BY p.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    return from_rows(rows, error);
}

static Proposal *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), PROPOSALS " WHERE p.id = :id AND p.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
            _("What came from the laptop is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

static Proposal *read_allowed(Session *session, gint64 id, GError **error)
{
    g_autoptr(Proposal) proposal = read_one(session, id, error);
    return proposal != NULL &&
                   client_require(session, PERMIT_VISIT_RECORD, proposal->client_id, error)
               ? g_steal_pointer(&proposal)
               : NULL;
}

Proposal *proposal_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Proposal) proposal = read_allowed(session, id, error);
    return proposal != NULL &&
                   audit_note(session, "read", "away_proposal", id, proposal->client_id, error)
               ? g_steal_pointer(&proposal)
               : NULL;
}

gboolean proposal_of_task(Session *session, gint64 task_id, gint64 *id, GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT id FROM away_proposal WHERE task_id = :task AND settled IS NULL",
                      DB_PARAMS(DB_INT("task", task_id)), 0, id, error);
}

gboolean proposal_is_of(Session *session, gint64 node, gint64 visit_id, gboolean *is,
                        GError **error)
{
    gint64 count = 0;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM away_proposal WHERE visit_id = :visit AND node = :node",
                    DB_PARAMS(DB_INT("visit", visit_id), DB_INT("node", node)), 0, &count, error))
        return FALSE;
    *is = count > 0;
    return TRUE;
}

/* --- keeping ---------------------------------------------------------------------------------- */

static gboolean settle_row(Session *session, const Proposal *proposal, ProposalState state,
                           GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "settled", NULL, proposal_state_code(state));
    return db_run(session_db(session),
                  "UPDATE away_proposal SET settled = :settled, settled_ms = :now,"
                  " settled_by = :me WHERE id = :id",
                  DB_PARAMS(
                      DB_TEXT("settled", proposal_state_code(state)), DB_INT("now", clock_now_ms()),
                      DB_INT_OR_NULL("me", session_staff_id(session)), DB_INT("id", proposal->id)),
                  error) &&
           audit_write(session, "change", "away_proposal", proposal->id, proposal->client_id,
                       changes, error);
}

/* Its task, where it is still to be done; whoever may open the card or not. */
static gboolean end_task(Session *session, gint64 task_id, GError **error)
{
    return task_id == 0 ||
           db_run(
               session_db(session),
               "UPDATE task SET done_ms = :now, done_by = :me WHERE id = :id AND done_ms IS NULL",
               DB_PARAMS(DB_INT("now", clock_now_ms()),
                         DB_INT_OR_NULL("me", session_staff_id(session)), DB_INT("id", task_id)),
               error);
}

/* Who is to choose: whoever decides on the client's support, or goes there, or did it; nobody by
 * name where a server shows nothing of the card. */
static gboolean who_chooses(Session *session, const Proposal *proposal, gint64 *staff_id,
                            GError **error)
{
    *staff_id = 0;
    return db_get_int(
        session_db(session),
        "SELECT COALESCE(case_officer_id, support_worker_id, :did) FROM client"
        " WHERE id = :id",
        DB_PARAMS(DB_INT("did", proposal->staff_id), DB_INT("id", proposal->client_id)), 0,
        staff_id, error);
}

static gboolean add_task(Session *session, Proposal *proposal, GError **error)
{
    gboolean is_new = FALSE;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_PROPOSAL;
    task->client_id = proposal->client_id;
    task->due_date = clock_today() + CHOOSE_DAYS;
    if (!who_chooses(session, proposal, &task->staff_id, error) ||
        !task_create(session, task, &is_new, error))
        return FALSE;
    proposal->task_id = task->id;
    return TRUE;
}

static gboolean insert(Session *session, Proposal *proposal, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "name", NULL, proposal->name);
    audit_changes_text(changes, "why", NULL, proposal_why_code(proposal->why));
    return (proposal->id = db_new_id(session_db(session), "away_proposal", error)) != 0 &&
           add_task(session, proposal, error) &&
           db_run(
               session_db(session),
               "INSERT INTO away_proposal (id, unit_id, node, of_seq, client_id, visit_id, task_id,"
               " staff_id, at_ms, name, body, why, created_ms) VALUES (:id, :unit, :node, :seq,"
               " :client, :visit, :task, :staff, :at, :name, :body, :why, :now)",
               DB_PARAMS(
                   DB_INT("id", proposal->id), DB_INT("unit", session_unit_id(session)),
                   DB_INT("node", proposal->node), DB_INT("seq", proposal->seq),
                   DB_INT("client", proposal->client_id),
                   DB_INT_OR_NULL("visit", proposal->visit_id), DB_INT("task", proposal->task_id),
                   DB_INT("staff", proposal->staff_id), DB_INT("at", proposal->at_ms),
                   DB_TEXT("name", proposal->name), DB_TEXT("body", proposal->body),
                   DB_TEXT("why", proposal_why_code(proposal->why)), DB_INT("now", clock_now_ms())),
               error) &&
           audit_write(session, "create", "away_proposal", proposal->id, proposal->client_id,
                       changes, error);
}

/* What the laptop has last of the visit is what it proposes. */
static gboolean replace(Session *session, const Proposal *open, const Proposal *proposal,
                        GError **error)
{
    return db_run(session_db(session),
                  "UPDATE away_proposal SET of_seq = :seq, at_ms = :at, name = :name, body = :body"
                  " WHERE id = :id",
                  DB_PARAMS(DB_INT("seq", proposal->seq), DB_INT("at", proposal->at_ms),
                            DB_TEXT("name", proposal->name), DB_TEXT("body", proposal->body),
                            DB_INT("id", open->id)),
                  error);
}

/* The open one of the same visit from the same laptop; NULL: none. */
static gboolean find_open(Session *session, const Proposal *of, Proposal **open, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 PROPOSALS " WHERE p.visit_id = :visit AND p.node = :node AND p.settled IS NULL",
                 DB_PARAMS(DB_INT("visit", of->visit_id), DB_INT("node", of->node)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *open = step == DB_STEP_ROW ? from_row(row) : NULL;
    return step != DB_STEP_ERROR;
}

/* Nothing is recorded any more by it. */
static gboolean comes_to_nothing(const Proposal *proposal, const DeedBody *body)
{
    VisitOutcome after;
    gboolean nothing = FALSE;
    if (!laptop_again_is_of_visit(proposal->name) || strcmp(proposal->name, DEED_VISIT_REMOVE) == 0)
        return FALSE;
    nothing = visit_deed_read_after(body, &after, NULL) && after.outcome == OUTCOME_NONE;
    visit_outcome_clear(&after);
    return nothing;
}

gboolean proposal_keep(Session *session, Proposal *proposal, const DeedBody *body, GError **error)
{
    g_autoptr(Proposal) open = NULL;
    if (proposal->visit_id != 0 && !find_open(session, proposal, &open, error))
        return FALSE;
    if (open != NULL && comes_to_nothing(proposal, body))
        return settle_row(session, open, PROPOSAL_WITHDRAWN, error) &&
               end_task(session, open->task_id, error);
    return open != NULL ? replace(session, open, proposal, error)
                        : insert(session, proposal, error);
}

/* --- settling --------------------------------------------------------------------------------- */

static gboolean take_over(Session *session, const Proposal *proposal, const DeedBody *body,
                          GError **error)
{
    VisitOutcome after;
    if (!laptop_again_is_of_visit(proposal->name) || strcmp(proposal->name, DEED_VISIT_REMOVE) == 0)
        return laptop_again_over(session, proposal->name, body, error);
    /* One that was added there too may have been chosen since. */
    const gint64 id = deed_body_int(body, "id", 0);
    gint64 version = 0;
    const VisitTimes times = visit_deed_read_times(body);
    gboolean done = visit_deed_read_after(body, &after, error) &&
                    db_get_int(session_db(session), "SELECT version FROM visit WHERE id = :id",
                               DB_PARAMS(DB_INT("id", id)), 0, &version, error);
    if (done && after.outcome == OUTCOME_NONE)
        done = laptop_again_over(session, DEED_VISIT_UNDO, body, error);
    else if (done)
        done = visit_record(session, id, version, &after, &times, NULL, error);
    visit_outcome_clear(&after);
    return done;
}

gboolean proposal_settle(Session *session, gint64 id, gboolean take, GError **error)
{
    g_autoptr(Proposal) before = read_allowed(session, id, error);
    g_autoptr(DeedBody) body = before != NULL ? deed_body_read(before->body, error) : NULL;
    g_autoptr(DbTransaction) tx = body != NULL ? db_transaction(session_db(session), error) : NULL;
    g_autoptr(Proposal) proposal = tx != NULL ? read_one(session, id, error) : NULL;
    if (proposal == NULL)
        return FALSE;
    if (proposal->state != PROPOSAL_OPEN) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Somebody has chosen already. Look at the visit as it stands now."));
        return FALSE;
    }
    return (!take || take_over(session, proposal, body, error)) &&
           settle_row(session, proposal, take ? PROPOSAL_TAKEN : PROPOSAL_LEFT, error) &&
           end_task(session, proposal->task_id, error) && db_transaction_commit(tx, error);
}
