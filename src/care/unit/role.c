/* Roles and what they permit. The table below is the whole rule. */
#include "care/unit/role.h"

#include "base/code.h"
#include "base/error.h"
#include "base/i18n.h"

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
    [PERMIT_IMPROVE] = {LEAD, "improvement",
                        N_("Improvement work and notes on the line are written by team leads; "
                           "everybody reads them. Ask the team lead.")},
    [PERMIT_BACKUP] = {LEAD | ADMIN, "meta",
                       N_("Backups are made and put back by team leads and administrators. Ask one "
                          "of them.")},
    [PERMIT_LOG] = {LEAD, "audit",
                    N_("Who has opened whose card is looked through by team leads. Ask the team "
                       "lead.")},
};

gboolean role_permits(StaffRole role, Permit permit)
{
    return (permits[permit].roles & (1U << role)) != 0;
}

const char *permit_entity(Permit permit)
{
    return permits[permit].entity;
}

const char *permit_refusal(Permit permit)
{
    return permits[permit].refusal;
}
