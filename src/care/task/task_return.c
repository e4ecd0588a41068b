/* task_return.c: to call somebody on the day of return. */
#include "care/task/task_return.h"

#include "base/clock.h"
#include "care/task/task.h"

/* Until further notice: how long before somebody asks. */
#define ASK_DAYS 14

static Date day_of(const TaskReturn *about)
{
    const Date today = clock_today();
    if (about->closed)
        return about->due;
    return about->to != DATE_NONE ? MAX(about->to + 1, today) : MAX(about->from, today) + ASK_DAYS;
}

static gboolean add(Session *session, const TaskReturn *about, GError **error)
{
    gboolean is_new = FALSE;
    g_autoptr(Task) task = task_new();
    task->kind = about->closed ? TASK_FOLLOW_UP : TASK_RETURN;
    task->client_id = about->client_id;
    task->absence_id = about->absence_id;
    task->due_date = day_of(about);
    return db_get_int(session_db(session),
                      "SELECT s.id FROM client c JOIN staff s ON s.id ="
                      " CASE :closed WHEN 1 THEN c.case_officer_id ELSE c.support_worker_id END"
                      " AND s.active = 1 WHERE c.id = :id",
                      DB_PARAMS(DB_INT("id", about->client_id),
                                DB_INT("closed", about->closed != FALSE)),
                      0, &task->staff_id, error) &&
           task_create(session, task, &is_new, error);
}

/* One moved by hand stays where it was moved. */
static gboolean move(Session *session, const TaskReturn *about, gint64 id, GError **error)
{
    g_autoptr(Task) task = about->moved ? task_for_me(session, id, error) : NULL;
    if (task == NULL)
        return !about->moved;
    task->due_date = day_of(about);
    return task_revise(session, task, error);
}

gboolean task_return_settle(Session *session, const TaskReturn *about, GError **error)
{
    gint64 open = 0;
    if (about->none)
        return db_run(session_db(session),
                      "DELETE FROM task WHERE absence_id = :absence AND done_ms IS NULL",
                      DB_PARAMS(DB_INT("absence", about->absence_id)), error);
    if (!db_get_int(session_db(session),
                    "SELECT id FROM task WHERE absence_id = :absence AND done_ms IS NULL",
                    DB_PARAMS(DB_INT("absence", about->absence_id)), 0, &open, error))
        return FALSE;
    if (open != 0)
        return move(session, about, open, error);
    /* Who has been back longer than since today is not waited for. */
    const gboolean ahead =
        about->closed || about->to == DATE_NONE || about->to + 1 >= clock_today();
    return !ahead || !about->moved || add(session, about, error);
}
