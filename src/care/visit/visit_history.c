/* visit_history.c: what was recorded on a visit before, newest first. */
#include "care/visit/visit_history.h"

#include "care/visit/visit_list.h"
#include "care/visit/visit_state.h"

void visit_version_free(VisitVersion *version)
{
    if (version == NULL)
        return;
    visit_outcome_clear(&version->outcome);
    g_free(version->replaced_by);
    g_free(version);
}

static VisitVersion *version_from_row(DbStatement *row, GError **error)
{
    g_autoptr(VisitState) state = visit_state_read(db_text(row, 1), error);
    if (state == NULL)
        return NULL;
    VisitVersion *version = g_new0(VisitVersion, 1);
    version->version = db_int(row, 0);
    visit_outcome_copy(&version->outcome, &state->outcome);
    version->replaced_ms = db_int(row, 2);
    version->replaced_by = g_strdup(db_text(row, 3));
    return version;
}

GPtrArray *visit_history(Session *session, gint64 id, GError **error)
{
    g_autoptr(Visit) visit = visit_get(session, id, error);
    if (visit == NULL)
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT h.version, h.state, h.replaced_ms, s.name FROM visit_version h"
                 " LEFT JOIN staff s ON s.id = h.replaced_by WHERE h.visit_id = :id"
                 " ORDER BY h.version DESC",
                 DB_PARAMS(DB_INT("id", id)), error);
    if (rows == NULL)
        return NULL;
    g_autoptr(GPtrArray) history =
        g_ptr_array_new_with_free_func((GDestroyNotify)visit_version_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        VisitVersion *version = version_from_row(rows, error);
        if (version == NULL)
            return NULL;
        if (version->outcome.outcome != OUTCOME_NONE)
            g_ptr_array_add(history, version);
        else /* what a redo left */
            visit_version_free(version);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&history) : NULL;
}
