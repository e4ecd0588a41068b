/* counted.h: of which weeks the counts of week_cell.h hold. What changes anything that they are
 * counted from says so here, inside its transaction: a visit by summary_move(), which every change
 * of one passes; a client's birth date, sex or protection; who belongs to a group. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* The counts of a week hold no longer. */
gboolean counted_forget_week(Session *session, Week week, GError **error);
/* Those of every week: the unit has come to another place, which shows other cards. */
gboolean counted_forget_all(Session *session, GError **error);
/* Those of the week of visit `origin`, in whose place something came, and of those that it came in
 * place of in turn. Nothing for 0. */
gboolean counted_forget_origins(Session *session, gint64 origin, GError **error);
/* Those of the weeks in which the client has visits from a day to a day (DATE_NONE: any). */
gboolean counted_forget_client(Session *session, gint64 client_id, Date from, Date to,
                               GError **error);
/* After a client's visits have changed: which is the first that counts is found anew (first_visit),
 * and the weeks of the former and the new one are forgotten. */
gboolean counted_settle_first(Session *session, gint64 client_id, GError **error);
/* After what took place of a client's visits has changed: which is the latest that did is found
 * anew (latest_visit). */
gboolean counted_settle_latest(Session *session, gint64 client_id, GError **error);
