/* mandate.c: the end of a mandate, and the tasks that follow it. */
#include "care/task/mandate.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/task/task.h"

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
    return db_run(
        session_db(session),
        "UPDATE task SET done_ms = :now, done_by = :me, done_how = :how"
        " WHERE client_id = :client AND mandate_on = :before AND done_ms IS NULL",
        DB_PARAMS(
            DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
            DB_TEXT("how", i18n_text_in(RECORD_LANGUAGE, N_("The card has no such day any more."))),
            DB_INT("client", client_id), DB_TEXT("before", date_format(before, day))),
        error);
}

/* `*moved`: how many. */
static gboolean move_tasks(Session *session, gint64 client_id, Date before, Date after,
                           gint64 *moved, GError **error)
{
    char was[DATE_SIZE], is[DATE_SIZE], due[DATE_SIZE];
    if (!db_run(session_db(session),
                "UPDATE task SET mandate_on = :after, due_date = :due,"
                " note = REPLACE(note, :before, :after)"
                " WHERE client_id = :client AND mandate_on = :before AND done_ms IS NULL",
                DB_PARAMS(DB_TEXT("after", date_format(after, is)),
                          DB_TEXT("due", date_format(mandate_due(after, clock_today()), due)),
                          DB_TEXT("before", date_format(before, was)), DB_INT("client", client_id)),
                error))
        return FALSE;
    *moved = db_changes(session_db(session));
    return TRUE;
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
    gint64 moved = 0;
    if (before == after)
        return TRUE;
    if (after == DATE_NONE)
        return end_tasks(session, client_id, before, error);
    if (before != DATE_NONE && !move_tasks(session, client_id, before, after, &moved, error))
        return FALSE;
    return moved > 0 || add(session, client_id, officer, after, error);
}
