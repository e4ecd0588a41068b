/* laptop_proposal.h: what was done on a laptop and could not be done again at home, because
 * something else had been done there first: it is kept whole beside what stands, with a task for
 * somebody to say which holds. What came first stands until then, and for good unless they choose
 * the other. Also what whoever did it may no longer do, as about a client who has protected
 * identity since, comes so to somebody who may. */
#pragma once

#include "care/unit/deed.h"
#include "care/visit/visit.h"

typedef enum {
    PROPOSAL_CHANGED, /* something else was done at home first */
    PROPOSAL_DENIED,  /* whoever did it may not any more */
    PROPOSAL_REFUSED, /* it cannot be done at home, as on a day without a decision */
    PROPOSAL_WHY_COUNT
} ProposalWhy;
const char *proposal_why_code(ProposalWhy why);
gboolean proposal_why_parse(const char *code, ProposalWhy *why);
const char *proposal_why_name(ProposalWhy why); /* translated, a sentence */

typedef enum {
    PROPOSAL_OPEN,
    PROPOSAL_TAKEN,
    PROPOSAL_LEFT,
    PROPOSAL_WITHDRAWN,
    PROPOSAL_STATE_COUNT
} ProposalState;
const char *proposal_state_code(ProposalState state);
gboolean proposal_state_parse(const char *code, ProposalState *state);
const char *proposal_state_name(ProposalState state); /* translated */

typedef struct {
    gint64 id, node, seq, client_id, visit_id /* 0: none */, task_id, staff_id;
    gint64 at_ms; /* when it was done on the laptop */
    char *name;   /* of the deed */
    char *body;
    ProposalWhy why;
    ProposalState state;
    char *staff_name, *client_name; /* read beside it */
} Proposal;
void proposal_free(Proposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proposal, proposal_free)

/* Keeps a deed so; of a visit of which there is one from the same laptop already, it takes its
 * place, and where the laptop has come back to nothing recorded it is withdrawn. The client's case
 * officer, or else whoever is assigned, or did it, gets the task. Inside a transaction, by
 * homecoming.c. */
gboolean proposal_keep(Session *session, Proposal *proposal, const DeedBody *body, GError **error);
/* Whether one of that visit has come from that laptop, so that whatever else comes of it belongs
 * there. */
gboolean proposal_is_of(Session *session, gint64 node, gint64 visit_id, gboolean *is,
                        GError **error);

/* All of a client's, for the extract and the card. PERMIT_CLIENT_READ and the right to open the
 * card. */
GPtrArray *proposal_of_client(Session *session, gint64 client_id, GError **error);
/* One; that it was read stands in the log. ERROR_NOT_FOUND, ERROR_DENIED. */
Proposal *proposal_get(Session *session, gint64 id, GError **error);
/* Of a task of TASK_PROPOSAL; 0: none. */
gboolean proposal_of_task(Session *session, gint64 task_id, gint64 *id, GError **error);

/* Says which holds: `take` the one from the laptop, done now by whoever says so, or what stands.
 * The task is done with it. ERROR_CONFLICT where it has been said already. PERMIT_VISIT_RECORD and
 * the right to open the card; else as the deed's own function. */
gboolean proposal_settle(Session *session, gint64 id, gboolean take, GError **error);

/* The two side by side, on the screen and in --plain: what, as it stands at home, and as the laptop
 * has it. */
typedef struct {
    const char *code;
    char *label, *home, *laptop; /* "" where there is nothing */
    gboolean differs;
} ProposalRow;
/* GPtrArray of ProposalRow *. The visit as it stands is read with it. */
GPtrArray *proposal_rows(Session *session, const Proposal *proposal, GError **error);
/* "Visit mon 2026-11-23 10:00: cancelled": what it is about, in a line; new. */
char *proposal_words(Session *session, const Proposal *proposal);
/* Whom and what it is about, who did it on the laptop and when, and why it waits; sentences, new.
 */
char *proposal_head(Session *session, const Proposal *proposal);
/* What has been chosen, once it has; static. */
const char *proposal_settled_words(gboolean take);
