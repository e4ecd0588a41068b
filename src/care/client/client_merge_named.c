/* client_merge_named.c: who may open the card that two have become: nobody who might open one alone. */
#include "base/i18n.h"
#include "care/client/client_merge_private.h"
#include "care/unit/staff.h"

/* SQL: who may open a protected card: the rule of client_guard.h, of anybody. */
#define MAY_OPEN(card)                                                                             \
    "(SELECT n.staff_id FROM client_named_staff n WHERE n.client_id = " card                       \
    " UNION SELECT c.support_worker_id FROM client c WHERE c.id = " card                           \
    " AND c.support_worker_id IS NOT NULL"                                                         \
    " UNION SELECT c.case_officer_id FROM client c WHERE c.id = " card                             \
    " AND c.case_officer_id IS NOT NULL)"
/* SQL: whether :staff might open both cards. */
#define MIGHT_OPEN_BOTH                                                                            \
    "SELECT CASE WHEN (:kept_open = 1 OR :staff IN " MAY_OPEN(":kept") ") AND (:closed_open = 1"   \
    " OR :staff IN " MAY_OPEN(":closed") ") THEN 1 ELSE 0 END"
#define NOTE(how)                                                                                  \
    "INSERT INTO client_merge_row (merge_id, table_name, how, row_id)"                             \
    " SELECT :merge, 'client_named_staff', '" how "', "
#define NOTED(how)                                                                                 \
    "SELECT r.row_id FROM client_merge_row r WHERE r.merge_id = :merge"                            \
    " AND r.table_name = 'client_named_staff' AND r.how = '" how "'"
#define OF_KEPT "SELECT k.staff_id FROM client_named_staff k WHERE k.client_id = :kept"
/* Ids with a blank between; NULL: none. FALSE with `error`. */
static gboolean ids_of(Session *session, const char *sql, const DbParam *params, char **ids,
                       GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(DbStatement) rows = db_query(session_db(session), sql, params, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, text->len > 0 ? " " : "",
                               db_int(rows, 0));
    *ids = text->len > 0 ? g_strdup(text->str) : NULL;
    return step == DB_STEP_DONE;
}

static gboolean check_assigned(Session *session, gint64 staff_id, const Client *kept,
                               const Client *closed, GError **error)
{
    gint64 both = 1;
    if (staff_id == 0)
        return TRUE;
    if (!db_get_int(session_db(session), MIGHT_OPEN_BOTH,
                    DB_PARAMS(DB_INT("kept", kept->id), DB_INT("closed", closed->id),
                              DB_INT("kept_open", kept->protection == PROTECTION_NONE),
                              DB_INT("closed_open", closed->protection == PROTECTION_NONE),
                              DB_INT("staff", staff_id)),
                    0, &both, error))
        return FALSE;
    if (both != 0)
        return TRUE;
    g_autoptr(Staff) staff = staff_get(session, staff_id, NULL);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s would be assigned, but may not open the card that has protected identity. Name "
                  "them on it first, or choose who is assigned on that one."),
                staff != NULL ? staff->name : "–");
    return FALSE;
}

/* Whoever merges two cards with protection can go on working with the one. */
static gboolean name_oneself(Session *session, gint64 merge_id, const Client *after, GError **error)
{
    const gint64 me = session_staff_id(session);
    if (after->protection == PROTECTION_NONE || me == 0 || after->support_worker_id == me ||
        after->case_officer_id == me)
        return TRUE;
    return db_run(session_db(session),
                  "INSERT INTO client_merge_row (merge_id, table_name, how, row_id)"
                  " SELECT :merge, 'client_named_staff', 'given', w.id FROM staff w WHERE w.id = :me"
                  " AND w.id NOT IN (" OF_KEPT ")"
                  " ON CONFLICT (merge_id, table_name, how, row_id, row_text) DO NOTHING",
                  DB_PARAMS(DB_INT("merge", merge_id), DB_INT("kept", after->id), DB_INT("me", me)),
                  error);
}

gboolean client_merge_narrow_named(Session *session, gint64 merge_id, const Client *kept,
                                   const Client *closed, const Client *after,
                                   AuditChanges *changes, GError **error)
{
    Db *db = session_db(session);
    const DbParam *params = DB_PARAMS(DB_INT("merge", merge_id), DB_INT("kept", kept->id));
    g_autofree char *taken = NULL, *given = NULL;
    if (!check_assigned(session, after->support_worker_id, kept, closed, error) ||
        !check_assigned(session, after->case_officer_id, kept, closed, error) ||
        !db_run(db,
                NOTE("taken") "k.staff_id FROM client_named_staff k WHERE k.client_id = :kept"
                              " AND :closed_open = 0 AND k.staff_id NOT IN " MAY_OPEN(":closed"),
                DB_PARAMS(DB_INT("merge", merge_id), DB_INT("kept", kept->id),
                          DB_INT("closed", closed->id),
                          DB_INT("closed_open", closed->protection == PROTECTION_NONE)),
                error) ||
        !db_run(db,
                NOTE("given") "n.staff_id FROM client_named_staff n WHERE n.client_id = :closed"
                              " AND n.staff_id NOT IN (" OF_KEPT ")"
                              " AND (:kept_open = 1 OR n.staff_id IN " MAY_OPEN(":kept") ")",
                DB_PARAMS(DB_INT("merge", merge_id), DB_INT("kept", kept->id),
                          DB_INT("closed", closed->id),
                          DB_INT("kept_open", kept->protection == PROTECTION_NONE)),
                error) ||
        !db_run(db,
                "DELETE FROM client_named_staff WHERE client_id = :kept AND staff_id IN ("
                NOTED("taken") ")",
                params, error) ||
        !name_oneself(session, merge_id, after, error) ||
        !db_run(db,
                "INSERT INTO client_named_staff (client_id, staff_id) SELECT :kept, r.row_id"
                " FROM client_merge_row r WHERE r.merge_id = :merge"
                " AND r.table_name = 'client_named_staff' AND r.how = 'given'",
                params, error) ||
        !ids_of(session, NOTED("taken"), DB_PARAMS(DB_INT("merge", merge_id)), &taken, error) ||
        !ids_of(session, NOTED("given"), DB_PARAMS(DB_INT("merge", merge_id)), &given, error))
        return FALSE;
    audit_changes_text(changes, "named_staff_id", taken, given);
    return TRUE;
}

gboolean client_merge_restore_named(Session *session, gint64 merge_id, gint64 kept, gboolean widen,
                                    AuditChanges *changes, GError **error)
{
    Db *db = session_db(session);
    const DbParam *params = DB_PARAMS(DB_INT("merge", merge_id), DB_INT("kept", kept));
    g_autofree char *gone = NULL, *again = NULL;
    if (!widen)
        return TRUE;
    if (!ids_of(session, NOTED("given") " AND r.row_id IN (" OF_KEPT ")", params, &gone, error) ||
        !ids_of(session, NOTED("taken") " AND r.row_id NOT IN (" OF_KEPT ")", params, &again,
                error) ||
        !db_run(db,
                "INSERT INTO client_named_staff (client_id, staff_id) SELECT :kept, r.row_id"
                " FROM client_merge_row r WHERE r.merge_id = :merge"
                " AND r.table_name = 'client_named_staff' AND r.how = 'taken'"
                " ON CONFLICT (client_id, staff_id) DO NOTHING",
                params, error) ||
        !db_run(db,
                "DELETE FROM client_named_staff WHERE client_id = :kept AND staff_id IN ("
                NOTED("given") ")",
                params, error))
        return FALSE;
    audit_changes_text(changes, "named_staff_id", gone, again);
    return TRUE;
}
