/* series.h: visits that recur, as RRULE (RFC 5545, by libical), laid out some weeks ahead. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/outcome.h"

#define SERIES_WEEKS_AHEAD 6

typedef struct {
    gint64 id, client_id, staff_id;
    char *rrule;             /* "FREQ=WEEKLY;BYDAY=MO,TH" */
    Date starts_on, ends_on; /* ends_on DATE_NONE: until further notice */
    int start, minutes;
    VisitMode mode;
    Date laid_out_to; /* DATE_NONE: not yet */
} Series;
void series_free(Series *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Series, series_free)

/* Adds and lays out from today to the Sunday SERIES_WEEKS_AHEAD weeks on, no further than the
 * decisions reach (decision_gap.h); days that have passed are not laid out. Fills in id.
 * PERMIT_CLIENT_EDIT or PERMIT_VISIT_RECORD. */
gboolean series_add(Session *session, Series *series, GError **error);
/* Adds one whose visits the caller adds, as far as `laid_out_to`, whoever may open the card: for
 * making a unit. Fills in id. Inside a transaction. */
gboolean series_add_laid_out(Session *session, Series *series, GError **error);
GPtrArray *series_of_client(Session *session, gint64 client_id, GError **error);
/* Ends it the day before `from`: later visits without an outcome go. */
gboolean series_end(Session *session, gint64 id, Date from, GError **error);
/* It goes on with another worker (0: nobody yet) from `from` on, as a series of its own with the
 * same rule and days: its visits from then on of which nothing is known, and those that an absence
 * holds, are theirs, but for those that somebody else has been given. `*visits` (may be NULL): how
 * many. ERROR_INPUT where it has no visit from then on, or has that worker already. */
gboolean series_hand_over(Session *session, gint64 id, gint64 staff_id, Date from, gint64 *visits,
                          GError **error);
/* When a decision that ended on `last` goes on: what was not laid out for its end is laid out now.
 * Inside a transaction. */
gboolean series_go_on(Session *session, gint64 client_id, Date last, GError **error);
/* When a client is no longer away on some days: lays out what was left out of them, from today on
 * and as far as each series is laid out already. Adds to `*added`. Inside a transaction. */
gboolean series_fill(Session *session, gint64 client_id, Date from, Date to, int *added,
                     GError **error);
/* The same, when a decision comes to reach those days: no right is asked for. */
gboolean series_fill_gap(Session *session, gint64 client_id, Date from, Date to, int *added,
                         GError **error);
/* Lays out every series of an active client that needs it; at unlock. Nothing where the database
 * is read only. `added` may be NULL. */
gboolean series_lay_out(Session *session, Date today, int *added, GError **error);
