/* Who may open the card of a client with protected identity, beside those assigned. */
#include "care/client/client_named.h"

#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"

gboolean client_write_named(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                            GError **error)
{
    const DbParam *params = DB_PARAMS(DB_INT("client", client_id), DB_INT("staff", staff_id));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    gboolean done =
        named ? db_run(session->db,
                       "INSERT INTO client_named_staff (client_id, staff_id)"
                       " VALUES (:client, :staff) ON CONFLICT (client_id, staff_id) DO NOTHING",
                       params, error)
              : db_run(session->db,
                       "DELETE FROM client_named_staff WHERE client_id = :client"
                       " AND staff_id = :staff",
                       params, error);

    if (!done || db_changes(session->db) == 0)
        return done;
    audit_changes_int(changes, "named_staff_id", named ? 0 : staff_id, named ? staff_id : 0);
    /* A server hides a protected card's row from those who may not open it. */
    return cards_changed(session, client_id, error) &&
           audit_write(session, "change", "client", client_id, client_id, changes,
                       error);
}

gboolean client_name_staff(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                           GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    if (!named && staff_id == session->staff_id) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Your own name is taken away by somebody else who may open the card, "
                              "so that there is always one who can."));
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    return tx != NULL && client_write_named(session, client_id, staff_id, named, error) &&
           db_transaction_commit(tx, error);
}

/* The ids, in no order; NULL with `error`. */
static GHashTable *named_ids(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(DbStatement) rows =
        db_query(session->db, "SELECT staff_id FROM client_named_staff WHERE client_id = :client",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;

    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW) {
        gint64 id = db_int(rows, 0);
        g_hash_table_add(ids, g_memdup2(&id, sizeof id));
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&ids) : NULL;
}

GPtrArray *client_named_staff(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GHashTable) ids = NULL;
    GPtrArray *staff = NULL;

    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error) ||
        !(ids = named_ids(session, client_id, error)) || !(staff = staff_list(session, error)))
        return NULL;
    for (guint i = staff->len; i > 0; i--)
        if (!g_hash_table_contains(ids, &((const Staff *)staff->pdata[i - 1])->id))
            g_ptr_array_remove_index(staff, i - 1);
    return staff;
}
