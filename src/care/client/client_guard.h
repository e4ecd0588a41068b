/* client_guard.h: who may see a client with protected identity (skyddade personuppgifter): those
 * assigned and those named on the card. The rule stands here alone: what is read by a client's id
 * asks client_require(), what is read as a list has CLIENT_MAY_OPEN in its query (visits by way of
 * visit_row.h, tasks by way of task.c). */
#pragma once

#include "care/unit/session.h"

/* SQL: 1 when :me may open the card of client c, else 0. */
#define CLIENT_MAY_OPEN                                                                            \
    "CASE WHEN c.protection = 'none' OR c.support_worker_id = :me OR c.case_officer_id = :me"      \
    " OR EXISTS (SELECT 1 FROM client_named_staff n WHERE n.client_id = c.id"                      \
    " AND n.staff_id = :me) THEN 1 ELSE 0 END"
/* SQL: the clients whose card :me may not open; few, and found by an index of their own. */
#define CLIENTS_CLOSED                                                                             \
    "(SELECT c.id FROM client c WHERE c.unit_id = :unit AND c.protection <> 'none' "               \
    "AND " CLIENT_MAY_OPEN " = 0)"

/* Whether the signed-in person may by role, and may open this client's card. ERROR_DENIED, and
 * logged as "denied"; ERROR_NOT_FOUND when there is no such client. */
gboolean client_require(Session *session, Permit permit, gint64 client_id, GError **error);
/* The second half alone, for whoever has asked for the role. */
gboolean client_require_open(Session *session, gint64 client_id, GError **error);
/* Whether the signed-in person may open the card, as far as the client's protection goes. Not
 * logged: for leaving out what would be refused. FALSE also where it cannot be read. */
gboolean client_may_open(Session *session, gint64 client_id);
