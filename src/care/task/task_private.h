/* task_private.h: how tasks are read, for the files beside this one. */
#pragma once

#include "care/client/client_private.h"
#include "care/response/response_row_private.h"
#include "care/task/task.h"

/* SQL, and its three columns from `at`: the name given in an intake (Task.subject); new or NULL.
 * `client`: the column of the task's client. */
#define TASK_SUBJECT "CASE WHEN q.is_protected = 1 THEN 1 ELSE 0 END, q.id, q.subject"
char *task_subject_of(DbStatement *row, int client, int at);

/* Column 12: whether the client's number is to be rung: a call back to a parent or a colleague is
 * none to the client. */
#define TASK_COLUMNS                                                                               \
    "SELECT t.id, t.kind, t.client_id, t.visit_id, t.staff_id, t.due_date, t.due_time, t.note,"    \
    " t.created_ms, t.done_ms, c.name, s.name,"                                                    \
    " CASE WHEN c.protection = 'none' AND (t.kind <> 'call-back' OR q.respondent IS NULL"          \
    " OR q.respondent = 'client' OR q.respondent = 'child') THEN 1 ELSE 0 END,"                    \
    " t.response_id, t.item, t.instance, t.placement_id, t.contact, t.contact_phone,"              \
    " CASE WHEN q.completed_ms IS NULL THEN 0 ELSE 1 END, o.date, o.start, k.came_ms,"             \
    " (SELECT COUNT(*) FROM call_reminder m WHERE m.task_id = t.id), t.absence_id, b.cause,"       \
    " c.id, c.phone, " TASK_SUBJECT " FROM task t LEFT JOIN client c ON c.id = t.client_id"        \
    " LEFT JOIN staff s ON s.id = t.staff_id LEFT JOIN response q ON q.id = t.response_id"         \
    " LEFT JOIN visit o ON o.id = t.visit_id LEFT JOIN call_request k ON k.task_id = t.id"         \
    " LEFT JOIN absence b ON b.id = t.absence_id"

/* The row that stands in the columns. */
Task *task_from_row(DbStatement *row);
/* All of them. Array of Task *. */
GPtrArray *task_from_rows(DbStatement *rows, GError **error);

/* SQL: whether the task is for :me. A note tells of the client as the card does: whoever may not
 * open the card of somebody with protected identity, or the intake that has none yet, sees and does
 * only what was given to themselves. */
#define TASK_FOR_ME                                                                                \
    "(t.staff_id = :me OR (c.id IS NULL AND NOT EXISTS (SELECT 1 FROM response r"                  \
    " WHERE r.id = t.response_id AND " RESPONSE_CLOSED "))"                                        \
    " OR (c.id IS NOT NULL AND " CLIENT_MAY_OPEN " = 1))"

/* Ends each task whose id `sql` selects, with `how` in the unit's language of record. Inside a
 * transaction; nothing is written to the log. */
gboolean task_end_each(Session *session, const char *sql, const DbParam *params, const char *how,
                       GError **error);

/* Whether a day, or of a call that came at `came_ms` (0: none did) its 48 hours, are over. */
gboolean task_is_late(Date due, gint64 came_ms, Date today, gint64 now_ms);
