/* decision_settle.c: tasks about the end of a decision. */
#include "care/completion/decision_settle.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision_private.h"
#include "care/completion/completion_mapping_private.h"
#include "care/task/task.h"

gboolean decision_officer(Session *session, gint64 client_id, gint64 *officer, GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT s.id FROM client c JOIN staff s ON s.id = c.case_officer_id"
                      " AND s.active = 1 WHERE c.id = :id",
                      DB_PARAMS(DB_INT("id", client_id)), 0, officer, error);
}

/* New. */
static char *note_of(const char *format, Date day)
{
    char date[DATE_SIZE];
    g_auto(GStrv) parts = g_strsplit(i18n_text_in(RECORD_LANGUAGE, format), "%s", 2);
    return g_strconcat(parts[0], date_format(day, date), parts[1], NULL);
}

gboolean decision_add_task(Session *session, const DecisionAbout *about, Date due,
                           const char *format, Date day, GError **error)
{
    gboolean is_new = FALSE;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_DECISION;
    task->client_id = about->client_id;
    task->staff_id = about->officer;
    task->response_id = about->response_id;
    task->due_date = due;
    task->note = note_of(format, day);
    return task_create(session, task, &is_new, error) &&
           db_run(session_db(session), "UPDATE task SET decision_id = :decision WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("decision", about->decision_id), DB_INT("id", task->id)),
                  error);
}

static const char *const NOTE = N_("Visits are planned after %s, when the decision ends. Take them "
                                   "away, or enter a new decision.");

static gboolean is_asked(Session *session, gint64 client_id, Date last, gboolean *asked,
                         GError **error)
{
    gint64 count = 0;
    g_autofree char *words = note_of(NOTE, last);
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM task WHERE client_id = :client AND kind = 'decision'"
                    " AND done_ms IS NULL AND note = :note",
                    DB_PARAMS(DB_INT("client", client_id), DB_TEXT("note", words)), 0, &count,
                    error))
        return FALSE;
    *asked = count > 0;
    return TRUE;
}

gboolean decision_settle(Session *session, gint64 client_id, gint64 *visits, GError **error)
{
    char day[DATE_SIZE];
    gint64 count = 0;
    gboolean asked = FALSE;
    Decision *found = NULL;
    DecisionAbout about = {.client_id = client_id};
    if (!decision_ruling(session, client_id, &found, error))
        return FALSE;
    g_autoptr(Decision) ruling = found;
    if (ruling != NULL && ruling->valid_to != DATE_NONE &&
        !db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM visit WHERE client_id = :client AND date > :last"
                    " AND outcome IS NULL",
                    DB_PARAMS(DB_INT("client", client_id),
                              DB_TEXT("last", date_format(ruling->valid_to, day))),
                    0, &count, error))
        return FALSE;
    if (visits != NULL)
        *visits = count;
    if (count == 0)
        return TRUE;
    about.decision_id = ruling->response_id == 0 ? ruling->id : 0;
    about.response_id = ruling->response_id;
    return is_asked(session, client_id, ruling->valid_to, &asked, error) &&
           (asked ||
            (decision_officer(session, client_id, &about.officer, error) &&
             decision_add_task(session, &about, clock_today(), NOTE, ruling->valid_to, error)));
}
