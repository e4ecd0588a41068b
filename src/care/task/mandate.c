/* mandate.c: the end of a mandate, and the tasks that follow it. */
#include "care/task/mandate.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/task/task.h"
#include "care/task/task_private.h"

enum { DAYS_BEFORE = 6 * 7 };

Date mandate_due(Date ends, Date today)
{
    return MAX(ends - DAYS_BEFORE, today);
}

char *mandate_note(const char *who, Date ends)
{
    char day[DATE_SIZE];
    date_format(ends, day);
    return who != NULL
               ? g_strdup_printf(i18n_text_in(RECORD_LANGUAGE,
                                              N_("The mandate of %s ends on %s. Ask whether there "
                                                 "shall be a new one.")),
                                 who, day)
               : g_strdup_printf(i18n_text_in(RECORD_LANGUAGE,
                                              N_("The representative's mandate ends on %s. Ask "
                                                 "whether there shall be a new one.")),
                                 day);
}

gboolean mandate_mark(Session *session, gint64 task_id, Date ends, GError **error)
{
    char day[DATE_SIZE];
    return db_run(session_db(session), "UPDATE task SET mandate_on = :day WHERE id = :id",
                  DB_PARAMS(DB_TEXT("day", date_or_null(ends, day)), DB_INT("id", task_id)), error);
}

static gboolean end_tasks(Session *session, gint64 client_id, Date before, GError **error)
{
    char day[DATE_SIZE];
    return task_end_each(
        session,
        "SELECT id FROM task WHERE client_id = :client AND mandate_on = :before"
        " AND done_ms IS NULL",
        DB_PARAMS(DB_INT("client", client_id), DB_TEXT("before", date_format(before, day))),
        i18n_text_in(RECORD_LANGUAGE, N_("The card has no such day any more.")), error);
}

/* The open tasks about that day: Task, with id and note. */
static GPtrArray *open_tasks(Session *session, gint64 client_id, Date day, GError **error)
{
    char was[DATE_SIZE];
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT id, note FROM task WHERE client_id = :client AND mandate_on = :before"
        " AND done_ms IS NULL ORDER BY id",
        DB_PARAMS(DB_INT("client", client_id), DB_TEXT("before", date_format(day, was))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Task *task = task_new();
        task->id = db_int(rows, 0);
        task->note = g_strdup(db_text(rows, 1));
        g_ptr_array_add(tasks, task);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&tasks) : NULL;
}

/* What else was written in the note stays. */
static gboolean move_task(Session *session, const Task *task, Date before, Date after,
                          GError **error)
{
    char was[DATE_SIZE], is[DATE_SIZE], due[DATE_SIZE];
    g_autoptr(GString) note = task->note != NULL ? g_string_new(task->note) : NULL;
    date_format(after, is);
    if (note != NULL)
        g_string_replace(note, date_format(before, was), is, 0);
    return db_run(session_db(session),
                  "UPDATE task SET mandate_on = :after, due_date = :due, note = :note"
                  " WHERE id = :id",
                  DB_PARAMS(DB_TEXT("after", is),
                            DB_TEXT("due", date_format(mandate_due(after, clock_today()), due)),
                            DB_TEXT("note", note != NULL ? note->str : NULL),
                            DB_INT("id", task->id)),
                  error);
}

/* `*moved`: how many. */
static gboolean move_tasks(Session *session, gint64 client_id, Date before, Date after,
                           guint *moved, GError **error)
{
    g_autoptr(GPtrArray) tasks = open_tasks(session, client_id, before, error);
    for (guint i = 0; tasks != NULL && i < tasks->len; i++)
        if (!move_task(session, tasks->pdata[i], before, after, error))
            return FALSE;
    *moved = tasks != NULL ? tasks->len : 0;
    return tasks != NULL;
}

static gboolean add(Session *session, gint64 client_id, gint64 officer, Date ends, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_FOLLOW_UP;
    task->client_id = client_id;
    task->staff_id = officer;
    task->due_date = mandate_due(ends, clock_today());
    task->note = mandate_note(NULL, ends);
    return task_add(session, task, error) && mandate_mark(session, task->id, ends, error);
}

gboolean mandate_follow(Session *session, gint64 client_id, gint64 officer, Date before, Date after,
                        GError **error)
{
    guint moved = 0;
    if (before == after)
        return TRUE;
    if (after == DATE_NONE)
        return end_tasks(session, client_id, before, error);
    if (before != DATE_NONE && !move_tasks(session, client_id, before, after, &moved, error))
        return FALSE;
    return moved > 0 || add(session, client_id, officer, after, error);
}
