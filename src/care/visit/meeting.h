/* meeting.h: which visits count as planned meetings.
 *
 * A planned meeting counts once, whatever became of it. It counts where it was first planned, as
 * taken or not taken; an alternative or a new time that came in its place does not count again.
 * Only a visit that was rebooked, or called off by the unit itself, does not count: then the visit
 * that came in its place counts instead, which is the new time, or else the first that was made.
 *
 * A visit "stands in" when another visit has that meeting's count already. It is kept as
 * visit.stand_in, changed in the transaction that changes what it follows from. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/outcome.h"

/* Whether a visit that was made by what was recorded on visit `origin` stands in. `successor`: it
 * is the one that comes in that visit's place. Pure. */
gboolean meeting_stands_in(gboolean origin_stands_in, Outcome origin, gboolean successor);

/* Brings visit.stand_in of all that was made by recordings on visit `id`, and the weeks' counts, in
 * line with the visit as it stands now. Inside the transaction that changed it. */
gboolean meeting_settle(Session *session, gint64 id, GError **error);
/* Before visit `id` is deleted: what was made by recordings on it is planned on its own from now
 * on. Inside the transaction. */
gboolean meeting_let_go(Session *session, gint64 id, GError **error);
/* Compares the weeks' counts with the visits (summary_verify(), week_cells_verify()), and visit.stand_in with what it
 * should be; each difference is one translated sentence. */
gboolean meeting_verify(Session *session, GPtrArray *faults, GError **error);
