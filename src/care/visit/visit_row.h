/* visit_row.h: the rows of the table of visits, for care/ alone: no permission is asked for. */
#pragma once

#include "care/client/client_guard.h"
#include "care/visit/visit.h"

/* SQL: whether :me may see visit v: those who may open the client's card, one's own oneself, and those
 * of the days one covered in, as long as one's own clients are (client_guard.h): somebody must write
 * down what was said.
 * Every query of visits for a person begins with VISITS and goes on with its own condition, or counts
 * by visit_count(), so that no reader passes it by. */
#define VISIT_SEEN                                                                                 \
    "(v.staff_id = :me OR ((" CLIENT_SEES_UNIT " OR v.client_id IN " CLIENTS_OWN                   \
    " OR (v.date >= :own_since AND " COVERS_ON("v.staff_id", "v.date") "))"                        \
    " AND v.client_id NOT IN " CLIENTS_CLOSED "))"

/* The columns as every query reads them, the visit's own and names beside them. A protected client's phone number
 * goes no further than visit_from_row(). What is said twice of a and d is for a server, whose policies let it
 * look up by a plain column alone. Left joins also where there always is a row: they
 * keep the visits in the order of their index. */
#define VISIT_OWN_COLUMNS                                                                          \
    "SELECT v.id, v.client_id, v.staff_id, v.series_id, v.origin_id, v.new_visit_id, v.date, "     \
    "v.start,"                                                                                     \
    " v.minutes, v.form, v.version, v.recorded_ms, v.recorded_by, v.outcome, v.cancelled_by,"      \
    " v.told_by, v.notice_hours, v.cause, v.cause_further, v.cause_source, v.words,"               \
    " v.alternative, v.alternative_taken, v.note, v.absence_id,"
#define VISIT_ROWS                                                                                 \
    VISIT_OWN_COLUMNS                                                                              \
    " c.name, c.birth_date, c.protection,"                                                         \
    " c.phone, s.name, n.date, n.start, n.outcome,"       \
    " a.date, a.start, a.outcome, v.stand_in, " COVER_NAME("v.staff_id", "v.date") ", d.words, d.said_on, d.outcome, d.reason, c.id, d.id"             \
    " FROM visit v LEFT JOIN client c ON c.id = v.client_id"                                       \
    " LEFT JOIN staff s ON s.id = v.staff_id LEFT JOIN visit n ON n.id = v.new_visit_id"           \
    " LEFT JOIN visit a ON a.origin_id = v.id AND a.id = CASE WHEN v.alternative_taken = 1 THEN (SELECT MAX(x.id)"        \
    " FROM visit x WHERE x.origin_id = v.id AND x.id IS DISTINCT FROM v.new_visit_id) END"          \
    " LEFT JOIN dispute d ON d.visit_id = v.id AND d.id = (SELECT MAX(y.id) FROM dispute y WHERE y.visit_id = v.id)"
#define VISITS VISIT_ROWS " WHERE " VISIT_SEEN " AND "
/* The same without what stands beside the visit, where names are put to it afterwards. */
#define VISIT_ROWS_ALONE                                                                           \
    VISIT_OWN_COLUMNS                                                                              \
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, v.stand_in,"               \
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL"                                                    \
    " FROM visit v"
#define VISITS_ALONE VISIT_ROWS_ALONE " WHERE " VISIT_SEEN " AND "
/* Their place in a list. */
#define VISIT_PLACES "SELECT v.id, v.date, v.start FROM visit v WHERE " VISIT_SEEN " AND "
/* The same, to be counted row by row for a support worker; and those left out. */
#define VISITS_SEEN "SELECT v.id FROM visit v WHERE " VISIT_SEEN " AND "
#define VISITS_HIDDEN "SELECT v.id FROM visit v WHERE " VISIT_SEEN " IS NOT TRUE AND "
/* By who sees the unit (client_sees_unit()): all of them less those not seen. Whether each is seen stands in its row;
 * counted so, the index alone tells of all, and rows are read of the few closed clients alone. What
 * follows VISITS_UNSEEN says nothing of the unit: the client's does, and visits are found by it. */
#define VISITS_ALL "SELECT v.id FROM visit v WHERE "
#define VISITS_UNSEEN                                                                              \
    "SELECT v.id FROM " CLIENTS_CLOSED " AS k CROSS JOIN visit v WHERE v.client_id = k.id"         \
    " AND v.staff_id IS DISTINCT FROM :me AND "

/* In SQL, counted from 1: date, start and id in this order sort a list. */
#define VISIT_ORDER " ORDER BY 7, 8, 1"
#define VISIT_ORDER_BACKWARDS " ORDER BY 7 DESC, 8 DESC, 1 DESC"

Visit *visit_from_row(DbStatement *row);
/* Every row that is left. Array of Visit *. */
GPtrArray *visit_rows(DbStatement *rows, GError **error);
/* A visit by id, with the names beside it; ERROR_NOT_FOUND, ERROR_DENIED. */
Visit *visit_read(Session *session, gint64 id, GError **error);
/* Whether the signed-in person may by role, and may see this visit. ERROR_DENIED, and logged;
 * ERROR_NOT_FOUND. Before a transaction, so that a refusal stays in the log. */
gboolean visit_require(Session *session, Permit permit, gint64 id, GError **error);
/* The visits that a recording on visit `origin` made and that are still there. */
GPtrArray *visit_made_by(Session *session, gint64 origin, GError **error);

/* Inserts `visit` with everything it carries, and counts it. Draws the id when it is 0; an id that
 * is there already changes nothing. Inside a transaction. */
gboolean visit_insert(Session *session, Visit *visit, GError **error);
/* The row alone, with the id it has: not counted. `import_id` 0: not from a file; `later` as db_run_later(). */
gboolean visit_insert_row(Session *session, const Visit *visit, gint64 import_id, gboolean later,
                          GError **error);
/* Deletes a visit without an outcome, and takes it out of the counts: its open tasks go, its
 * earlier states too (the audit log has them). Inside a transaction. */
gboolean visit_delete(Session *session, const Visit *visit, GError **error);
