/* What falls to whom beside their role, and the refusals. The rule of each role is role.c's table;
 * the founder's rule of access.h asks the database only where that says no. */
#include "care/unit/access.h"

#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/unit/session_private.h"

/* Every permit, as bits (1 << permit). */
#define EVERYTHING ((1U << PERMIT_COUNT) - 1)

/* As bits (1 << permit). */
static guint permits_of(StaffRole role)
{
    guint held = 0;
    for (int permit = 0; permit < PERMIT_COUNT; permit++)
        if (role_permits(role, (Permit)permit))
            held |= 1U << permit;
    return held;
}

/* What falls to whoever works here beside their role. In doubt nothing: nothing is given away. */
static guint unheld(Session *session)
{
    g_autoptr(DbStatement) row = db_query(
        session->db,
        "SELECT COUNT(*), COUNT(CASE WHEN active = 1 AND role = 'administrator' THEN 1 END)"
        " FROM staff WHERE unit_id = :unit AND login IS NOT NULL",
        DB_PARAMS(DB_INT("unit", session->unit_id)), NULL);

    if (!row || db_step(row, NULL) != DB_STEP_ROW)
        return 0;
    if (db_int(row, 0) == 1)
        return EVERYTHING;
    return db_int(row, 1) == 0 ? 1U << PERMIT_USERS : 0;
}

/* What is done by oneself on a laptop that is away, and what is looked at there. */
#define ON_LAPTOP                                                                                  \
    (1U << PERMIT_CLIENT_READ | 1U << PERMIT_VISIT_RECORD | 1U << PERMIT_WALK |                     \
     1U << PERMIT_REVIEW | 1U << PERMIT_CHECK)

guint access_permits(Session *session)
{
    if (session->recovery)
        return 1U << PERMIT_USERS | 1U << PERMIT_CHECK;
    const guint all = permits_of(session->role) | unheld(session);
    return session->is_laptop ? all & ON_LAPTOP : all;
}

gboolean access_allows(Session *session, Permit permit)
{
    gboolean by_role =
        !session->recovery && !session->is_laptop && role_permits(session->role, permit);
    return by_role || (access_permits(session) & 1U << permit) != 0;
}

gboolean access_is_shown_clients(Session *session)
{
    return !db_is_on_server(session->db) || access_allows(session, PERMIT_CLIENT_READ);
}

/* Reads one's own row again when another program has written since: a role may have been changed
 * and a login closed while the screen was open. */
static gboolean refresh_role(Session *session, GError **error)
{
    /* Of a server each question is a round trip, and its version is another one all the time. */
    const gboolean asks = !session->recovery && !db_is_on_server(session->db);
    gint64 version = asks ? db_data_version(session->db) : 0;
    g_autofree char *code = NULL;

    if (session->recovery || (asks && version == session->role_version))
        return TRUE;
    if (!db_get_text(session->db, "SELECT role FROM staff WHERE id = :id AND active = 1",
                     DB_PARAMS(DB_INT("id", session->staff_id)), &code, error))
        return FALSE;
    if (!code || !role_parse(code, &session->role)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                            _("Your user has been closed by an administrator. Lock the screen and "
                              "ask the administrator."));
        return FALSE;
    }
    session->role_version = version;
    return TRUE;
}

gboolean access_require(Session *session, Permit permit, GError **error)
{
    if (!refresh_role(session, error))
        return FALSE;
    if (access_allows(session, permit))
        return TRUE;
    /* The refusal stands even where it cannot be logged (a full disk). */
    audit_note(session, "denied", permit_entity(permit), 0, 0, NULL);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        session->is_laptop && role_permits(session->role, permit)
                            ? _("This cannot be done on a laptop that is away. Do it when you are back at "
                                "the unit.")
                        : session->recovery
                            ? _("With the recovery code only users can be managed. Set a new "
                                "passphrase for a user, and sign in as that user.")
                            : i18n_text(permit_refusal(permit)));
    return FALSE;
}
