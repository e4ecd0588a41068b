/* visit_undo.c: what was recorded on a visit: taken back, and recorded again. */
#include "care/visit/visit_undo.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/completion/decision_settle.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_row.h"
#include "care/visit/visit_step_private.h"

/* The kept state of one version; NULL without error when there is none. */
static gboolean read_kept(Session *session, gint64 id, gint64 version, VisitState **state,
                          GError **error)
{
    g_autofree char *json = NULL;
    *state = NULL;
    if (!db_get_text(session_db(session),
                     "SELECT state FROM visit_version WHERE visit_id = :id AND version = :version",
                     DB_PARAMS(DB_INT("id", id), DB_INT("version", version)), &json, error))
        return FALSE;
    return json == NULL || (*state = visit_state_read(json, error)) != NULL;
}

/* The state before the last recording that has not been undone, and its version. Versions that an
 * undo made are passed by: each leads on to the one it went back to. `*state` is NULL when nothing
 * had been recorded. */
static gboolean find_state_before(Session *session, const Visit *visit, gint64 *version,
                                  VisitState **state, GError **error)
{
    gint64 at = visit->version;
    while (visit->outcome.outcome != OUTCOME_NONE && at > 1) {
        g_autoptr(VisitState) earlier = NULL;
        if (!read_kept(session, visit->id, at - 1, &earlier, error))
            return FALSE;
        if (earlier == NULL || !earlier->end.undone) {
            *version = at - 1;
            *state = g_steal_pointer(&earlier);
            return TRUE;
        }
        at = MIN(earlier->end.restored, at - 1);
    }
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("There is nothing to undo on this visit."));
    return FALSE;
}

/* The state that the last undo left, unless something was recorded since, and its version. What was
 * redone meanwhile is passed by: it leads on to the undo before. */
static gboolean find_state_undone(Session *session, const Visit *visit, gint64 *version,
                                  VisitState **state, GError **error)
{
    gint64 at = visit->version;
    while (at > 1) {
        g_autoptr(VisitState) earlier = NULL;
        if (!read_kept(session, visit->id, at - 1, &earlier, error))
            return FALSE;
        if (earlier != NULL && earlier->end.undone) {
            *version = at - 1;
            *state = g_steal_pointer(&earlier);
            return TRUE;
        }
        if (earlier == NULL || !earlier->end.redone)
            break;
        at = MIN(earlier->end.restored, at - 1);
    }
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("Nothing has been taken back on this visit that could be recorded "
                          "again."));
    return FALSE;
}

/* To a state of before. `state` NULL: nothing had been recorded. */
static gboolean go_to_state(Step *step, const VisitState *state, DbTransaction *tx, Visit **now,
                            GError **error)
{
    if (state != NULL) {
        visit_outcome_copy(&step->after, &state->outcome);
        step->recorded_ms = state->recorded_ms;
        step->recorded_by = state->recorded_by;
        step->absence_id = state->absence_id;
        for (guint i = 0; i < state->made->len; i++)
            g_ptr_array_add(step->wanted, g_ptr_array_index(state->made, i));
        step->new_one = step_find_visit(step->wanted, state->new_visit_id);
    }
    /* What is planned again may lie past the decision's end; what is not any more has been asked about. */
    return step_take(step, error) &&
           decision_settle(step->session, step->before->client_id, NULL, error) &&
           step_finish(step, tx, now, error);
}

static gboolean undo(Session *session, gint64 id, Visit **restored, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(VisitState) state = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_auto(Step) step = {.action = "undo", .end = {.undone = TRUE}};
    g_autoptr(Visit) before = tx != NULL ? step_begin(&step, session, id, error) : NULL;
    return before != NULL &&
           find_state_before(session, before, &step.end.restored, &state, error) &&
           go_to_state(&step, state, tx, restored, error);
}

gboolean visit_undo(Session *session, gint64 id, Visit **restored, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    return visit_deed_begin(session, DEED_VISIT_UNDO, id, &deed, error) &&
           visit_deed_end(deed, session, id, undo(session, id, restored, error), error);
}

static gboolean redo(Session *session, gint64 id, Visit **redone, GError **error)
{
    if (!visit_require(session, PERMIT_VISIT_RECORD, id, error))
        return FALSE;
    g_autoptr(VisitState) state = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_auto(Step) step = {.action = "redo", .end = {.redone = TRUE}};
    g_autoptr(Visit) before = tx != NULL ? step_begin(&step, session, id, error) : NULL;
    return before != NULL &&
           find_state_undone(session, before, &step.end.restored, &state, error) &&
           go_to_state(&step, state, tx, redone, error);
}

gboolean visit_redo(Session *session, gint64 id, Visit **redone, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    return visit_deed_begin(session, DEED_VISIT_REDO, id, &deed, error) &&
           visit_deed_end(deed, session, id, redo(session, id, redone, error), error);
}
