/* task_kind.h: what there is to do. */
#pragma once

#include <glib.h>

typedef enum {
    TASK_REBOOK,
    TASK_CALL_BACK,
    TASK_FOLLOW_UP, /* of a plan, or of what was agreed in a form */
    TASK_ACTION,    /* of a plan: who does what */
    TASK_DECISION,  /* a decision is to be made, or runs out */
    TASK_UBU,       /* a follow-up interview after a placement */
    TASK_DISPUTE,   /* a client says that something is wrong (client/dispute.h) */
    TASK_RETURN,    /* to call a client who has been away (visit/absence.h) */
    TASK_IMPLEMENTATION, /* an implementation plan is to come, or is followed up (client/implementation.h) */
    TASK_OTHER,
    TASK_PROPOSAL, /* something came from a laptop beside what stands (laptop/laptop_proposal.h) */
    TASK_KIND_COUNT
} TaskKind;
const char *task_kind_code(TaskKind kind);
const char *task_kind_name(TaskKind kind); /* translated: "Book a new time" */
/* The kind whose code, or name in any of the program's languages, is `said`. */
gboolean task_kind_said(const char *said, TaskKind *kind);
TaskKind task_kind_parse(const char *code); /* TASK_OTHER where there is none */
