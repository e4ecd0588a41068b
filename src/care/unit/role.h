/* role.h: the roles, and what each may do. Pure: access.h asks for whoever is signed in. */
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
    PERMIT_IMPROVE,      /* improvement work and notes on the line: team lead */
    PERMIT_BACKUP,       /* backups are made and put back: team lead, administrator */
    PERMIT_LOG,          /* who opened whose card, looked through: team lead */
    PERMIT_COUNT
} Permit;

/* By role alone. Pure. */
gboolean role_permits(StaffRole role, Permit permit);
/* What a refusal is logged on: "client". */
const char *permit_entity(Permit permit);
/* Who may instead, in a sentence: msgid. */
const char *permit_refusal(Permit permit);
