/* decision_entry_private.h: what entering a decision shares with reading decisions in. */
#pragma once

#include "care/completion/decision_entry.h"

/* What follows of the decision that a client's support rests on from now on, and which may be past:
 * the tasks to look at earlier ones are done; one is to look at it before it ends, if that is to
 * come; visits go on or are to be settled, from the `gaps` of before. Inside a transaction. */
gboolean decision_follow_latest(Session *session, const Decision *latest, const GArray *gaps,
                                GError **error);
