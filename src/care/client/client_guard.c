/* client_guard.c: who may see a client with protected identity. */
#include "care/client/client_guard.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"

static gboolean read_may_open(Session *session, gint64 client_id, gboolean *may_open,
                              GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT " CLIENT_MAY_OPEN " FROM client c WHERE c.id = :id AND c.unit_id = :unit",
                 DB_PARAMS(DB_INT("me", session_staff_id(session)), DB_INT("id", client_id),
                           DB_INT("unit", session_unit_id(session))),
                 error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
    *may_open = step == DB_STEP_ROW && db_int(row, 0) != 0;
    return step == DB_STEP_ROW;
}

gboolean client_require_open(Session *session, gint64 client_id, GError **error)
{
    gboolean may_open = FALSE;
    if (!read_may_open(session, client_id, &may_open, error) || may_open)
        return may_open;
    /* The refusal stands even where it cannot be logged (a full disk). */
    audit_note(session, "denied", "client", client_id, client_id, NULL);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("This client has protected identity. The card opens only for those who "
                          "are assigned or named: ask one of them to name you."));
    return FALSE;
}

gboolean client_require(Session *session, Permit permit, gint64 client_id, GError **error)
{
    return access_require(session, permit, error) && client_require_open(session, client_id, error);
}

gboolean client_may_open(Session *session, gint64 client_id)
{
    gboolean may_open = FALSE;
    return read_may_open(session, client_id, &may_open, NULL) && may_open;
}
