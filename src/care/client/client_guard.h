/* client_guard.h: who may open a client's card, and so see all that is kept about the client. The rule
 * stands here alone: what is read by a client's id asks client_require(), what is read as a list has
 * CLIENT_MAY_OPEN in its query (visits by way of visit_row.h, tasks by way of task.c).
 *
 * - With protected identity (skyddade personuppgifter): those assigned and those named on the card.
 * - Else case officers and team leads: every client of the unit.
 * - Else support workers: their own clients, and for one day another's for a reason that they give
 *   (client_reason.h); the team lead looks the reasons through. Own are those to whom one is assigned
 *   or named, has a visit, or goes along on one (second.h), from CLIENT_OWN_DAYS ago on (so also who
 *   must write down what was said), a
 *   series that goes on, an open task, or a form that one is filling in. Whoever covers for a
 *   colleague (cover.h) has those days, and no others, the clients assigned to the colleague, and
 *   those of the colleague's visits of those days and open tasks.
 * - A card that was merged into another (client_merge.h): nobody; it opens as the other one.
 *
 * Access is limited to what each one needs, by 10 § lag (2001:454) SoLPuL. None of it can be given to
 * oneself: a visit, a series, a task or a form is given to those alone who may open the card, and
 * who covers is said by the colleague or by whoever sees the unit. */
#pragma once

#include "care/unit/cover_sql.h"
#include "care/unit/session.h"

#define CLIENT_OWN_DAYS 30

/* The parameters of what stands below, to be given with every query that has it. */
#define CLIENT_GUARD(session)                                                                      \
    DB_INT("me", session_staff_id(session)), DB_TEXT("own_day", client_guard_day(session)),        \
        DB_TEXT("own_since", client_guard_since(session))
/* The session's: good until the next call. */
const char *client_guard_day(Session *session);   /* today */
const char *client_guard_since(Session *session); /* CLIENT_OWN_DAYS ago */

/* SQL: whether :me sees all clients but those with protected identity: not a support worker, unless
 * nobody else is there (access.h). Once a query, as it asks nothing of a row. */
#define CLIENT_SEES_UNIT                                                                           \
    "EXISTS (SELECT 1 FROM staff w WHERE w.id = :me AND (w.role <> 'support-worker' OR NOT EXISTS" \
    " (SELECT 1 FROM staff o WHERE o.unit_id = w.unit_id AND o.login IS NOT NULL AND o.id <> w.id)))"
/* SQL: the ids of a support worker's own clients and of those opened for a reason; by index, once a
 * query. */
#define CLIENTS_OWN                                                                                \
    "(SELECT p.id FROM client p WHERE p.support_worker_id = :me"                                   \
    " UNION ALL SELECT p.id FROM client p WHERE p.case_officer_id = :me"                           \
    " UNION ALL SELECT p.client_id FROM client_named_staff p WHERE p.staff_id = :me"               \
    " UNION ALL SELECT p.client_id FROM visit p WHERE p.staff_id = :me AND p.date >= :own_since"   \
    " UNION ALL SELECT p.client_id FROM visit_second y CROSS JOIN visit p WHERE y.staff_id = :me"  \
    " AND p.id = y.visit_id AND p.date >= :own_since"                                              \
    " UNION ALL SELECT p.client_id FROM series p WHERE p.staff_id = :me"                           \
    " AND (p.ends_on IS NULL OR p.ends_on >= :own_day)"                                            \
    " UNION ALL SELECT p.client_id FROM task p WHERE p.staff_id = :me AND p.done_ms IS NULL"       \
    " AND p.client_id IS NOT NULL"                                                                 \
    " UNION ALL SELECT p.client_id FROM response p WHERE p.staff_id = :me AND p.completed_ms IS NULL" \
    " AND p.not_done IS NULL AND p.client_id IS NOT NULL"                                          \
    " UNION ALL SELECT p.client_id FROM client_reason p WHERE p.staff_id = :me AND p.day = :own_day" \
    " UNION ALL SELECT p.id FROM cover k CROSS JOIN client p WHERE " COVERS_NOW                    \
    " AND p.support_worker_id = k.staff_id"                                                        \
    " UNION ALL SELECT p.id FROM cover k CROSS JOIN client p WHERE " COVERS_NOW                    \
    " AND p.case_officer_id = k.staff_id"                                                          \
    " UNION ALL SELECT p.client_id FROM cover k CROSS JOIN visit p WHERE " COVERS_NOW              \
    " AND p.staff_id = k.staff_id AND p.date >= k.from_on AND p.date <= k.to_on"                   \
    " UNION ALL SELECT p.client_id FROM cover k CROSS JOIN task p WHERE " COVERS_NOW               \
    " AND p.staff_id = k.staff_id AND p.done_ms IS NULL AND p.client_id IS NOT NULL)"
/* SQL: 1 when :me is assigned to client c or named on the card, else 0. */
#define CLIENT_IS_NAMED                                                                            \
    "CASE WHEN c.support_worker_id = :me OR c.case_officer_id = :me"                               \
    " OR EXISTS (SELECT 1 FROM client_named_staff n WHERE n.client_id = c.id"                      \
    " AND n.staff_id = :me) THEN 1 ELSE 0 END"
/* SQL: 1 when :me may open the card of client c, else 0. */
#define CLIENT_MAY_OPEN                                                                            \
    "CASE WHEN c.merged_into IS NOT NULL THEN 0"                                                   \
    " WHEN c.protection = 'none' AND (" CLIENT_SEES_UNIT " OR c.id IN " CLIENTS_OWN ") THEN 1" \
    " WHEN c.protection = 'none' THEN 0 ELSE " CLIENT_IS_NAMED " END"
/* SQL: the id of the card that the card of that id is by now (client_merge.h). */
#define CLIENT_NOW(id) "(SELECT COALESCE(t.merged_into, t.id) FROM client t WHERE t.id = " id ")"
/* SQL: the clients with protected identity whose card :me may not open; few, and found by an index
 * of their own. A server does not give their rows away, only which they are (db/server/access.sql). */
#define CLIENTS_CLOSED                                                                             \
    "(SELECT c.id FROM client c WHERE c.unit_id = :unit AND c.protection <> 'none' "               \
    "AND " CLIENT_IS_NAMED " = 0/*server: UNION ALL SELECT h.id FROM client_hidden h */)"

/* Whether the signed-in person may by role, and may open this client's card. ERROR_DENIED, and
 * logged as "denied"; ERROR_NOT_FOUND when there is no such client. */
gboolean client_require(Session *session, Permit permit, gint64 client_id, GError **error);
/* The second half alone, for whoever has asked for the role. */
gboolean client_require_open(Session *session, gint64 client_id, GError **error);
/* Whether the signed-in person may open the card. Not logged: for leaving out what would be refused.
 * FALSE also where it cannot be read. */
gboolean client_may_open(Session *session, gint64 client_id);
/* The same of several at once, at most ID_PAGE: into `may`, one for each. FALSE with `error`. */
gboolean client_may_open_each(Session *session, const gint64 *ids, guint count, gboolean *may,
                              GError **error);
/* Whether the card opens for a reason alone. Not logged; FALSE also where it cannot be read. */
gboolean client_by_reason(Session *session, gint64 client_id);
/* The card that this one is by now: itself, or the one that it was merged into. */
gboolean client_stands(Session *session, gint64 client_id, gint64 *stands, GError **error);
/* CLIENT_SEES_UNIT. */
gboolean client_sees_unit(Session *session, gboolean *sees, GError **error);
/* Whether what hangs on the unit's cards can be counted by the signed-in person (but for those with
 * protected identity): a server gives a support worker that of the own clients, and an administrator none. */
gboolean client_counts_unit(Session *session, gboolean *counts, GError **error);
/* The sentence that stands by a count that is not of the whole unit, with its line end; else "". */
const char *client_counts_words(gboolean whole);
