/* visit_list.h: visits as screens and papers read them, for whoever may. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/split.h"
#include "care/visit/visit.h"

/* Windows of visits, ordered by date, time and id, starting after `after` (NULL: from the first;
 * with `backwards` before it, newest first), at most `limit`. Array of Visit *. Whose words they
 * hold that is not met on a visit of one's own, stands in the log (audit_words()).
 * PERMIT_CLIENT_READ; the visits of those whose card one may not open are left out (VISIT_SEEN of
 * visit_row.h). */
typedef struct {
    Date from, to;     /* both included; DATE_NONE: from the first, to the last */
    gint64 staff_id;   /* 0: the whole unit */
    gboolean covered;  /* with staff_id the signed-in person: also what they cover in (cover.h) */
    gint64 client_id;  /* 0: all */
    int outcome;       /* an Outcome, or -1: all */
    const char *cause; /* NULL: all; "" without a cause */
    gboolean missed;   /* only those not taken */
    enum { STAND_IN_ANY, STAND_IN_NOT, STAND_IN_ONLY } stand_in;
    /* The visits behind a number of a breakdown: those that have `value` in `split` (split.h), of
     * which none stands in. NULL: all. `group_id` (0: the unit) and `rest` as for a breakdown. */
    Split split;
    const char *value;
    SplitPart part; /* with a value: those behind that count alone; the others stay as they are */
    gint64 group_id;
    gboolean rest;
    gboolean backwards;
    gboolean without_words; /* neither anybody's words nor notes: nothing to log */
    /* Where very many are read: names and protection are these instead of read beside each visit,
     * and phone number, new time and alternative are left out. NULL: all is read. */
    struct VisitNames *names;
} VisitQuery;

/* Everybody of the unit, by id: read once, and one more when a visit has somebody new. */
typedef struct VisitNames VisitNames;
VisitNames *visit_names_new(Session *session, GError **error);
void visit_names_free(VisitNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VisitNames, visit_names_free)

GPtrArray *visit_list(Session *session, const VisitQuery *query, const Visit *after, int limit,
                      GError **error);
gboolean visit_count(Session *session, const VisitQuery *query, gint64 *count, GError **error);
/* How many visits are left out of both, since their client's card may not be opened. */
gboolean visit_count_closed(Session *session, const VisitQuery *query, gint64 *count,
                            GError **error);
/* The visits of `staff_id` (0: of the unit) in the UNRECORDED_DAYS before `day` of which nothing is
 * recorded yet: how many, and on which day the latest is (DATE_NONE: there is none). */
#define UNRECORDED_DAYS 28
gboolean visit_unrecorded(Session *session, gint64 staff_id, Date day, gint64 *count, Date *latest,
                          GError **error);
Visit *visit_get(Session *session, gint64 id, GError **error);
/* The text behind visit_list(): every combination of conditions has one of its own, so that each
 * follows an index and needs no sorting. New. */
char *visit_list_sql(const VisitQuery *query);
/* The text behind visit_count() for whoever sees the unit. New. */
char *visit_count_sql(const VisitQuery *query);
