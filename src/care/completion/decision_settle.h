/* decision_settle.h: what is to be done about the end of a decision: above all visits that are
 * planned for days which no decision reaches (client/decision_gap.h). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* Whose tasks they are; of its officer (0: whoever can) and its response or decision. */
typedef struct {
    gint64 client_id, officer, response_id, decision_id;
} DecisionAbout;
/* A task with a note, as it stands in the source, in which `day` stands for "%s". Inside a
 * transaction. */
gboolean decision_add_task(Session *session, const DecisionAbout *about, Date due,
                           const char *format, Date day, GError **error);
/* The client's case officer; 0: whoever can. */
gboolean decision_officer(Session *session, gint64 client_id, gint64 *officer, GError **error);

/* After anything by which a visit may have come to stand where no decision reaches (its days have
 * changed, or a visit is planned again that had been called off): the client's case officer is
 * asked to settle them, once for each last day, past the last decision or before the next one, and
 * no more where none are left. `*visits` (may be NULL): how many. Inside a transaction. */
gboolean decision_settle(Session *session, gint64 client_id, gint64 *visits, GError **error);
