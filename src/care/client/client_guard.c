/* client_guard.c: who may open a client's card. */
#include "care/client/client_guard.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/id_page.h"
#include "care/unit/session_private.h"

const char *client_guard_day(Session *session)
{
    return date_format(clock_today(), session->guard_day);
}

const char *client_guard_since(Session *session)
{
    return date_format(clock_today() - CLIENT_OWN_DAYS, session->guard_since);
}

typedef enum { CARD_OPEN, CARD_BY_REASON, CARD_CLOSED } Card;

static gboolean read_card(Session *session, gint64 client_id, Card *card, GError **error)
{
    g_autoptr(DbStatement) row = db_query(
        session->db,
        "SELECT " CLIENT_MAY_OPEN ", c.protection, c.merged_into FROM client c WHERE c.id = :id"
        " AND c.unit_id = :unit",
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("id", client_id), DB_INT("unit", session->unit_id)),
        error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE && db_hides_row(session->db, "client", client_id)) {
        *card = CARD_CLOSED;
        return TRUE;
    }
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
    else if (step == DB_STEP_ROW && !db_is_null(row, 2))
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
            _("This card has been merged into another one of the same person, with all "
              "that was on it. Search for the client and go on there."));
    if (step != DB_STEP_ROW || !db_is_null(row, 2))
        return FALSE;
    *card = db_int(row, 0) != 0                       ? CARD_OPEN
            : g_strcmp0(db_text(row, 1), "none") == 0 ? CARD_BY_REASON
                                                      : CARD_CLOSED;
    return TRUE;
}

gboolean client_require_open(Session *session, gint64 client_id, GError **error)
{
    Card card = CARD_CLOSED;
    if (!read_card(session, client_id, &card, error))
        return FALSE;
    if (card == CARD_OPEN)
        return TRUE;
    /* The refusal stands even where it cannot be logged (a full disk). */
    audit_note(session, "denied", "client", client_id, client_id, NULL);
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_DENIED,
        card == CARD_CLOSED
            ? _("This client has protected identity. The card opens only for those who "
                "are assigned or named: ask one of them to name you.")
            : _("This is a colleague's client. Find the client in the list of clients, open the "
                "card "
                "there and say why you need it today."));
    return FALSE;
}

gboolean client_require(Session *session, Permit permit, gint64 client_id, GError **error)
{
    return access_require(session, permit, error) && client_require_open(session, client_id, error);
}

gboolean client_may_open(Session *session, gint64 client_id)
{
    Card card = CARD_CLOSED;
    return read_card(session, client_id, &card, NULL) && card == CARD_OPEN;
}

gboolean client_may_open_each(Session *session, const gint64 *ids, guint count, gboolean *may,
                              GError **error)
{
    DbParam params[ID_PAGE_PARAMS];
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT c.id FROM client c WHERE c.unit_id = :unit AND c.id IN " ID_PAGE_SQL
        " AND " CLIENT_MAY_OPEN " = 1",
        id_page_params(params, DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session->unit_id)),
                       ids, count),
        error);
    DbStep step = DB_STEP_ERROR;
    for (guint i = 0; i < count; i++)
        may[i] = FALSE;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        for (guint i = 0; i < count; i++)
            may[i] = may[i] || ids[i] == db_int(rows, 0);
    return step == DB_STEP_DONE;
}

gboolean client_by_reason(Session *session, gint64 client_id)
{
    Card card = CARD_CLOSED;
    return access_allows(session, PERMIT_CLIENT_READ) &&
           read_card(session, client_id, &card, NULL) && card == CARD_BY_REASON;
}

gboolean client_stands(Session *session, gint64 client_id, gint64 *stands, GError **error)
{
    return db_get_int(session->db, "SELECT COALESCE(merged_into, id) FROM client WHERE id = :id",
                      DB_PARAMS(DB_INT("id", client_id)), client_id, stands, error);
}

gboolean client_sees_unit(Session *session, gboolean *sees, GError **error)
{
    gint64 all = 0;
    gboolean read =
        db_get_int(session->db, "SELECT CASE WHEN " CLIENT_SEES_UNIT " THEN 1 ELSE 0 END",
                   DB_PARAMS(DB_INT("me", session->staff_id)), 0, &all, error);
    *sees = all != 0;
    return read;
}

gboolean client_counts_unit(Session *session, gboolean *counts, GError **error)
{
    *counts = access_is_shown_clients(session);
    return !*counts || !db_is_on_server(session->db) || client_sees_unit(session, counts, error);
}

const char *client_counts_words(gboolean whole)
{
    return whole ? ""
                 : _("The unit lies on a server, so decisions, forms and calls are counted here "
                     "only as far as you may open them. Ask a team lead or a case officer for the "
                     "whole unit's "
                     "figures.\n");
}
