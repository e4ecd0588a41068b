/* task_import.c: tasks that come from a file. */
#include "care/task/task_import.h"

#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"

/* The visit of that day and time; ERROR_INPUT where there is none. */
static gboolean find_visit(Session *session, Task *task, GError **error)
{
    char date[DATE_SIZE], start[TIME_SIZE];
    if (task->visit_date == DATE_NONE)
        return TRUE;
    if (!db_get_int(session_db(session),
                    "SELECT id FROM visit WHERE client_id = :client AND date = :date"
                    " AND start = :start ORDER BY id DESC LIMIT 1",
                    DB_PARAMS(DB_INT("client", task->client_id),
                              DB_TEXT("date", date_format(task->visit_date, date)),
                              DB_TEXT("start", time_or_null(task->visit_start, start))),
                    0, &task->visit_id, error))
        return FALSE;
    if (task->visit_id == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The client has no visit at that time. Read in the visits first."));
    return task->visit_id != 0;
}

static gboolean count_alike(Session *session, const Task *task, gint64 *count, GError **error)
{
    char date[DATE_SIZE], hour[TIME_SIZE];
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT note, id FROM task WHERE unit_id = :unit AND kind = :kind"
        " AND client_id IS NOT DISTINCT FROM :client AND visit_id IS NOT DISTINCT FROM :visit"
        " AND due_date = :date AND due_time IS NOT DISTINCT FROM :time",
        DB_PARAMS(
            DB_INT("unit", session_unit_id(session)), DB_TEXT("kind", task_kind_code(task->kind)),
            DB_INT_OR_NULL("client", task->client_id), DB_INT_OR_NULL("visit", task->visit_id),
            DB_TEXT("date", date_format(task->due_date, date)),
            DB_TEXT("time", time_or_null(task->due_time, hour))),
        error);
    DbStep step = DB_STEP_ERROR;
    *count = 0;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        *count += g_strcmp0(db_text(rows, 0), task->note) == 0;
    return step == DB_STEP_DONE;
}

gboolean task_add_from_file(Session *session, Task *task, int nth, gboolean *is_new, GError **error)
{
    gint64 alike = 0;
    *is_new = FALSE;
    if (!access_require(session, PERMIT_IMPORT, error) ||
        (task->client_id != 0 && !client_require_open(session, task->client_id, error)) ||
        !find_visit(session, task, error) || !count_alike(session, task, &alike, error))
        return FALSE;
    return alike >= nth || (task_may_be_given(session, task->client_id, task->staff_id, error) &&
                            task_create(session, task, is_new, error));
}
