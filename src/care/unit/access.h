/* access.h: what each role may do. Refusals are written to the audit log.
 *
 * Who founds a unit holds every permission until a second user is added, so that a unit of one person
 * can work; from then on for good only those of the role, also when the others have left (10 §
 * SoLPuL asks for limits to what each one needs). Users alone are managed by everyone while no
 * administrator can sign in. */
#pragma once

#include <glib.h>

typedef enum {
    ROLE_SUPPORT_WORKER,
    ROLE_CASE_OFFICER,
    ROLE_TEAM_LEAD,
    ROLE_ADMINISTRATOR,
    ROLE_COUNT
} StaffRole;

const char *role_code(StaffRole role); /* "support-worker"; stored and typed */
gboolean role_parse(const char *code, StaffRole *role);
const char *role_name(StaffRole role); /* translated, "boendestödjare" */
/* As somebody types it: the code, or the name in any language. ERROR_INPUT with those there are. */
gboolean role_said(const char *said, StaffRole *role, GError **error);

typedef enum {
    PERMIT_CLIENT_READ,  /* support worker, case officer, team lead */
    PERMIT_CLIENT_EDIT,  /* case officer, team lead */
    PERMIT_VISIT_RECORD, /* support worker, case officer, team lead */
    PERMIT_WALK,         /* plans and other forms: support worker, case officer, team lead */
    PERMIT_INTERVIEW,    /* intake, interviews and placements: case officer, team lead */
    PERMIT_REVIEW,       /* all: counts only */
    PERMIT_IMPORT,       /* case officer, team lead, administrator */
    PERMIT_USERS,        /* administrator */
    PERMIT_CHECK,        /* all */
    PERMIT_TAKE_CLOSED,  /* another's intake of somebody with protected identity: team lead */
    PERMIT_COUNT
} Permit;

/* By role alone. Pure. */
gboolean role_permits(StaffRole role, Permit permit);

typedef struct Session Session;
/* FALSE with ERROR_DENIED, a sentence naming who may, after logging the refusal. */
gboolean access_require(Session *session, Permit permit, GError **error);
/* The same question without logging, for leaving out what a screen cannot offer. */
gboolean access_allows(Session *session, Permit permit);
/* All that it allows, as bits (1 << permit). */
guint access_permits(Session *session);
