/* call_request.c: somebody who rang and is to be called back. */
#include "care/task/call_request.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/task/call_clock.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

CallRequest *call_request_new(void)
{
    CallRequest *request = g_new0(CallRequest, 1);
    request->came_ms = clock_now_ms();
    return request;
}

void call_request_free(CallRequest *request)
{
    if (request == NULL)
        return;
    g_free(request->caller);
    g_free(request->phone);
    g_free(request->note);
    g_free(request);
}

/* --- a call ----------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

/* Who calls back where nobody is named. */
static gboolean choose_staff(Session *session, CallRequest *request, GError **error)
{
    return request->client_id == 0 || request->staff_id != 0 ||
           db_get_int(session_db(session),
                      "SELECT COALESCE((SELECT s.id FROM client c JOIN staff s"
                      " ON s.id = c.case_officer_id AND s.active = 1 WHERE c.id = :id), 0)",
                      DB_PARAMS(DB_INT("id", request->client_id)), 0, &request->staff_id, error);
}

static Task *task_of_request(const CallRequest *request)
{
    char time[sizeof "HH:MM:SS"];
    Task *task = task_new();
    task->id = request->task_id;
    task->kind = TASK_CALL_BACK;
    task->client_id = request->client_id;
    task->staff_id = request->staff_id;
    task->contact = g_strdup(request->caller);
    task->contact_phone = g_strdup(request->phone);
    task->note = g_strdup(request->note);
    task->due_date = clock_local(request->came_ms + CALL_MS, time);
    time[sizeof "HH:MM" - 1] = '\0';
    task->due_time = time_parse(time);
    return task;
}

static gboolean insert(Session *session, const CallRequest *request, GError **error)
{
    return db_run(session_db(session),
                  "INSERT INTO call_request (task_id, unit_id, came_ms) VALUES (:task, :unit, :came)",
                  DB_PARAMS(DB_INT("task", request->task_id),
                            DB_INT("unit", session_unit_id(session)),
                            DB_INT("came", request->came_ms)),
                  error);
}

gboolean call_request_add(Session *session, CallRequest *request, GError **error)
{
    gboolean is_new = FALSE;
    if (!access_require(session, PERMIT_VISIT_RECORD, error))
        return FALSE;
    if (request->caller == NULL && request->phone == NULL)
        return refuse(error, _("Write who rang, or the number."));
    if (request->came_ms > clock_now_ms())
        return refuse(error, _("The call has not come yet. Write when it came."));
    if (!choose_staff(session, request, error) ||
        !task_may_be_given(session, request->client_id, request->staff_id, error))
        return FALSE;
    g_autoptr(Task) task = task_of_request(request);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !task_create(session, task, &is_new, error))
        return FALSE;
    request->task_id = task->id;
    if (!is_new)
        return TRUE; /* it came through the first time */
    return insert(session, request, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM call_request WHERE task_id = :id",
                                DB_PARAMS(DB_INT("id", request->task_id)), error);
}

gboolean call_request_remind(Session *session, gint64 task_id, GError **error)
{
    Db *db = session_db(session);
    if (!access_require(session, PERMIT_VISIT_RECORD, error))
        return FALSE;
    g_autoptr(Task) task = task_for_me(session, task_id, error);
    if (task == NULL)
        return FALSE;
    if (task->came_ms == 0)
        return refuse(error, _("Nobody rang here. Reminders are counted of those who rang and are to "
                               "be called back."));
    if (task->done_ms != 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("They have been called back meanwhile. If they ring anew, note the "
                              "call as a new one."));
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    const gint64 id = tx != NULL ? db_new_id(db, "call_reminder", error) : 0;
    return id != 0 &&
           db_run(db,
                  "INSERT INTO call_reminder (id, unit_id, task_id, at_ms, staff_id)"
                  " VALUES (:id, :unit, :task, :now, :me)",
                  DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("task", task_id), DB_INT("now", clock_now_ms()),
                            DB_INT_OR_NULL("me", session_staff_id(session))),
                  error) &&
           audit_write(session, "remind", "task", task_id, task->client_id, NULL, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM call_reminder WHERE id = :id",
                                DB_PARAMS(DB_INT("id", id)), error);
}

/* --- figures ---------------------------------------------------------------------------------- */

/* Those that came from `from` on, before `to`. */
static gboolean count_calls(Session *session, gint64 from, gint64 to, CallFigures *figures,
                            GError **error)
{
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT COUNT(*),"
        " COUNT(CASE WHEN COALESCE(t.done_ms, :now) - r.came_ms > :promised THEN 1 END),"
        " COUNT(CASE WHEN t.done_ms IS NULL AND :now - r.came_ms <= :promised THEN 1 END)"
        " FROM call_request r JOIN task t ON t.id = r.task_id"
        " WHERE r.unit_id = :unit AND r.came_ms >= :from AND r.came_ms < :to",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from),
                  DB_INT("to", to), DB_INT("now", clock_now_ms()),
                  DB_INT("promised", CALL_MS)),
        error);
    if (row == NULL || db_step(row, error) != DB_STEP_ROW)
        return FALSE;
    figures->came = db_int(row, 0);
    figures->late = db_int(row, 1);
    figures->waiting = db_int(row, 2);
    figures->in_time = figures->came - figures->late - figures->waiting;
    return TRUE;
}

static gboolean count_reminders(Session *session, gint64 from, gint64 to, gint64 *count,
                                GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT COUNT(*) FROM call_reminder WHERE unit_id = :unit AND at_ms >= :from"
                      " AND at_ms < :to",
                      DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from),
                                DB_INT("to", to)),
                      0, count, error);
}

gboolean call_figures(Session *session, int year, int quarter, CallFigures *figures, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *figures = (CallFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to =
        (quarter < 4 ? date_from_ymd(year, quarter * 3 + 1, 1) : date_from_ymd(year + 1, 1, 1)) - 1;
    const gint64 from = clock_moment(figures->from, 0), to = clock_moment(figures->to + 1, 0);
    const gint64 new_year = clock_moment(date_from_ymd(year, 1, 1), 0);
    return db_get_int(session_db(session),
                      "SELECT COALESCE(reminders_most, -1) FROM unit WHERE id = :unit",
                      DB_PARAMS(DB_INT("unit", session_unit_id(session))), -1,
                      &figures->reminders_most, error) &&
           client_counts_unit(session, &figures->whole, error) &&
           count_calls(session, from, to, figures, error) &&
           count_reminders(session, from, to, &figures->reminders, error) &&
           count_reminders(session, new_year, to, &figures->reminders_year, error);
}

gboolean call_quarter_parse(const char *text, Date today, int *year, int *quarter)
{
    int month, day, typed = 0, used = 0;
    date_to_ymd(today, year, &month, &day);
    if (g_ascii_isdigit(text[0])) {
        if (sscanf(text, "%4d-%n", &typed, &used) != 1 || used != (int)strlen("2026-"))
            return FALSE;
        *year = typed;
        text += used;
    }
    const char letter = g_ascii_toupper(text[0]);
    if ((letter != 'Q' && letter != 'K') || text[1] < '1' || text[1] > '4' || text[2] != '\0')
        return FALSE;
    *quarter = text[1] - '0';
    return TRUE;
}

gboolean call_reminders_limit(Session *session, gint64 most, GError **error)
{
    if (!access_require(session, PERMIT_IMPROVE, error))
        return FALSE;
    if (most < -1 || most > 1000000)
        return refuse(error, _("At most how many reminders a year? Write a number, such as 90."));
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "reminders_most", -1, most);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           db_run(session_db(session), "UPDATE unit SET reminders_most = :most WHERE id = :unit",
                  DB_PARAMS(DB_INT_IF("most", most, most >= 0),
                            DB_INT("unit", session_unit_id(session))),
                  error) &&
           audit_write(session, "change", "unit", session_unit_id(session), 0, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM unit WHERE id = :unit"
                                " AND COALESCE(reminders_most, -1) = :most",
                                DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                                          DB_INT("most", most)),
                                error);
}
