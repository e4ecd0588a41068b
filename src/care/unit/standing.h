/* standing.h: who may do what, as the audit log has it. A row that something else than Dagsform has
 * changed or put back (a role, a closed user, a protected identity, who may open a card) differs
 * from what the log says was done to it. */
#pragma once

#include "care/unit/session.h"

/* Compares roles, open and closed users, protection and named staff with the log, and in detail what stands
 * on each card. Each fault is one
 * translated sentence appended to `faults` (char *). `in_detail` FALSE, for the eyes of everybody
 * who signs in: all that concerns clients in one sentence, without numbers. */
gboolean standing_compare(Session *session, gboolean in_detail, GPtrArray *faults, GError **error);
