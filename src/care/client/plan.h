/* plan.h: the proactive plan of two questions: what usually makes it hard to meet, and what we do
 * then. Made beforehand, shown when the client cancels. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

#define PLAN_FORM "handlingsplan-tva-fragor"

typedef struct {
    gint64 response_id;
    char *hard; /* the person's own words; NULL: not said */
    char *then;
    Date made_on;
} Plan;
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)
/* The client's plan in force; NULL without error when there is none. PERMIT_VISIT_RECORD, and the
 * right to open the card. Not logged beside the visit that is being recorded. */
Plan *plan_of_client(Session *session, gint64 client_id, GError **error);
