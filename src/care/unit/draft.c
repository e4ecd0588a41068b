/* draft.c: unfinished typing, kept per person. */
#include "care/unit/draft.h"

#include "base/clock.h"

void draft_free(Draft *draft)
{
    if (!draft)
        return;
    g_free(draft->kind);
    g_free(draft->body);
    g_free(draft);
}

gboolean draft_save(Session *session, const char *kind, gint64 ref_id, const char *body,
                    GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction_aside(session_db(session), FALSE, error);
    return tx != NULL &&
           db_run(session_db(session),
                  "INSERT INTO draft (staff_id, kind, ref_id, body, saved_ms)"
                  " VALUES (:staff, :kind, :ref, :body, :at)"
                  " ON CONFLICT (staff_id, kind, ref_id)"
                  " DO UPDATE SET body = excluded.body, saved_ms = excluded.saved_ms",
                  DB_PARAMS(DB_INT("staff", session_staff_id(session)), DB_TEXT("kind", kind),
                            DB_INT("ref", ref_id), DB_TEXT("body", body),
                            DB_INT("at", clock_now_ms())),
                  error) &&
           db_transaction_commit(tx, error);
}

static Draft *draft_from_row(DbStatement *row)
{
    Draft *draft = g_new0(Draft, 1);
    draft->kind = g_strdup(db_text(row, 0));
    draft->ref_id = db_int(row, 1);
    draft->body = g_strdup(db_text(row, 2));
    draft->saved_ms = db_int(row, 3);
    return draft;
}

Draft *draft_load(Session *session, const char *kind, gint64 ref_id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT kind, ref_id, body, saved_ms, staff_id FROM draft"
                 " WHERE staff_id = :staff AND kind = :kind AND ref_id = :ref",
                 DB_PARAMS(DB_INT("staff", session_staff_id(session)), DB_TEXT("kind", kind),
                           DB_INT("ref", ref_id)),
                 error);
    if (!row || db_step(row, error) != DB_STEP_ROW)
        return NULL;
    return draft_from_row(row);
}

gboolean draft_drop(Session *session, const char *kind, gint64 ref_id, GError **error)
{
    return db_run(session_db(session),
                  "DELETE FROM draft WHERE staff_id = :staff AND kind = :kind AND ref_id = :ref",
                  DB_PARAMS(DB_INT("staff", session_staff_id(session)), DB_TEXT("kind", kind),
                            DB_INT("ref", ref_id)),
                  error);
}

GPtrArray *draft_list(Session *session, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT kind, ref_id, body, saved_ms, staff_id FROM draft"
                 " WHERE staff_id = :staff ORDER BY saved_ms DESC",
                 DB_PARAMS(DB_INT("staff", session_staff_id(session))), error);
    if (!row)
        return NULL;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    DbStep step;
    while ((step = db_step(row, error)) == DB_STEP_ROW)
        g_ptr_array_add(drafts, draft_from_row(row));
    return step == DB_STEP_DONE ? g_steal_pointer(&drafts) : NULL;
}
