/* Roles and what they permit. The table below is the whole rule; the founder's rule of access.h
 * asks the database only where the table says no. */
#include "care/unit/access.h"

#include "base/code.h"
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/unit/session_private.h"

static const CodeWord ROLES[ROLE_COUNT] = {
    [ROLE_SUPPORT_WORKER] = {"support-worker", N_("support worker")},
    [ROLE_CASE_OFFICER] = {"case-officer", N_("case officer")},
    [ROLE_TEAM_LEAD] = {"team-lead", N_("team lead")},
    [ROLE_ADMINISTRATOR] = {"administrator", N_("administrator")},
};
CODE_AND_NAME_FUNCTIONS(StaffRole, role, ROLES)

gboolean role_said(const char *said, StaffRole *role, GError **error)
{
    int value = said != NULL ? code_value_said(ROLES, ROLE_COUNT, said) : -1;
    if (value >= 0) {
        *role = (StaffRole)value;
        return TRUE;
    }
    g_autofree char *choices = code_choices(ROLES, ROLE_COUNT);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("A role is one of: %s. Say it with --role."),
                choices);
    return FALSE;
}

#define SUPPORT (1U << ROLE_SUPPORT_WORKER)
#define OFFICER (1U << ROLE_CASE_OFFICER)
#define LEAD (1U << ROLE_TEAM_LEAD)
#define ADMIN (1U << ROLE_ADMINISTRATOR)
#define EVERYTHING ((1U << PERMIT_COUNT) - 1)

static const struct {
    guint roles;
    const char *entity;  /* what a refusal is logged on */
    const char *refusal; /* who may, in a sentence */
} permits[PERMIT_COUNT] = {
    [PERMIT_CLIENT_READ] = {SUPPORT | OFFICER | LEAD, "client",
                            N_("Clients are seen by support workers, case officers and team leads. "
                               "Ask one of them, or ask an administrator to change your role.")},
    [PERMIT_CLIENT_EDIT] = {OFFICER | LEAD, "client",
                            N_("A client's card is changed by case officers and team leads. Ask "
                               "one of them to change it.")},
    [PERMIT_VISIT_RECORD] = {SUPPORT | OFFICER | LEAD, "visit",
                             N_("Visits are recorded by support workers, case officers and team "
                                "leads. Ask one of them to record it.")},
    [PERMIT_WALK] = {SUPPORT | OFFICER | LEAD, "response",
                     N_("Plans and forms are filled in by support workers, case officers and team "
                        "leads. Ask one of them.")},
    [PERMIT_INTERVIEW] = {OFFICER | LEAD, "response",
                          N_("Intakes and interviews are done by case officers and team leads. Ask "
                             "one of them.")},
    [PERMIT_REVIEW] = {SUPPORT | OFFICER | LEAD | ADMIN, "review",
                       N_("The review is for those who can sign in. Sign in with your own user "
                          "name.")},
    [PERMIT_IMPORT] = {OFFICER | LEAD | ADMIN, "import",
                       N_("Files are read in by case officers, team leads and administrators. Ask "
                          "one of them to read it in.")},
    [PERMIT_USERS] = {ADMIN, "staff",
                      N_("Users are managed by administrators. Ask an administrator.")},
    [PERMIT_CHECK] = {SUPPORT | OFFICER | LEAD | ADMIN, "meta",
                      N_("The check is for those who can sign in. Sign in with your own user "
                         "name.")},
    [PERMIT_TAKE_CLOSED] = {LEAD, "response",
                            N_("A form about somebody with protected identity is taken over by a "
                               "team lead, with a reason. Ask the team lead.")},
};

gboolean role_permits(StaffRole role, Permit permit)
{
    return (permits[permit].roles & (1U << role)) != 0;
}

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

guint access_permits(Session *session)
{
    if (session->recovery)
        return 1U << PERMIT_USERS | 1U << PERMIT_CHECK;
    return permits_of(session->role) | unheld(session);
}

gboolean access_allows(Session *session, Permit permit)
{
    gboolean by_role = !session->recovery && role_permits(session->role, permit);
    return by_role || (access_permits(session) & 1U << permit) != 0;
}

/* Reads one's own row again when another program has written since: a role may have been changed
 * and a login closed while the screen was open. */
static gboolean refresh_role(Session *session, GError **error)
{
    gint64 version = db_data_version(session->db);
    g_autofree char *code = NULL;

    if (session->recovery || version == session->role_version)
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
    audit_note(session, "denied", permits[permit].entity, 0, 0, NULL);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        session->recovery
                            ? _("With the recovery code only users can be managed. Set a new "
                                "passphrase for a user, and sign in as that user.")
                            : _(permits[permit].refusal));
    return FALSE;
}
