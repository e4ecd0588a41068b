/* decision_settle.c: tasks about the end of a decision. */
#include "care/completion/decision_settle.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision_gap.h"
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

static const char *const BETWEEN =
    N_("Visits are planned after %s, when a decision ended, and before the "
       "next one begins. Take them away, or correct the decision's days.");

/* The open tasks in which that is asked: their ids; new. */
static GArray *asked_in(Session *session, gint64 client_id, const char *format, Date last,
                        GError **error)
{
    g_autofree char *words = note_of(format, last);
    g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT id, note FROM task WHERE client_id = :client AND kind = 'decision'"
                 " AND done_ms IS NULL",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        if (g_strcmp0(db_text(rows, 1), words) == 0)
            g_array_append_val(tasks, id);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&tasks) : NULL;
}

/* One between two decisions that has passed is left: nothing is planned any more. */
static gboolean count_planned(Session *session, gint64 client_id, const DecisionGap *gap,
                              gint64 *count, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    *count = 0;
    if (gap->to != DATE_NONE && gap->to < clock_today())
        return TRUE;
    return db_get_int(
        session_db(session),
        "SELECT COUNT(*) FROM visit WHERE client_id = :client AND date >= :from"
        " AND date <= :to AND outcome IS NULL",
        DB_PARAMS(DB_INT("client", client_id), DB_TEXT("from", date_format(gap->from, from)),
                  DB_TEXT("to", gap->to != DATE_NONE ? date_format(gap->to, to) : "9999-12-31")),
        0, count, error);
}

/* The case officer is asked once for each last day. */
static gboolean ask(Session *session, DecisionAbout *about, const DecisionGap *gap, GError **error)
{
    const char *format = gap->to == DATE_NONE ? NOTE : BETWEEN;
    const Date last = gap->from - 1;
    g_autoptr(GArray) asked = asked_in(session, about->client_id, format, last, error);
    return asked != NULL &&
           (asked->len > 0 ||
            (decision_officer(session, about->client_id, &about->officer, error) &&
             decision_add_task(session, about, clock_today(), format, last, error)));
}

/* What was asked, and is settled by itself: what was planned again has been called off anew. */
static gboolean ask_no_more(Session *session, gint64 client_id, const DecisionGap *gap,
                            GError **error)
{
    g_autoptr(GArray) asked =
        asked_in(session, client_id, gap->to == DATE_NONE ? NOTE : BETWEEN, gap->from - 1, error);
    for (guint i = 0; asked != NULL && i < asked->len; i++)
        if (!db_run(session_db(session), "DELETE FROM task WHERE id = :id",
                    DB_PARAMS(DB_INT("id", g_array_index(asked, gint64, i))), error))
            return FALSE;
    return asked != NULL;
}

gboolean decision_settle(Session *session, gint64 client_id, gint64 *visits, GError **error)
{
    gint64 all = 0;
    Decision *found = NULL;
    DecisionAbout about = {.client_id = client_id};
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    if (gaps == NULL || !decision_ruling(session, client_id, &found, error))
        return FALSE;
    g_autoptr(Decision) ruling = found; /* there is one where there is a gap */
    about.decision_id = ruling != NULL && ruling->response_id == 0 ? ruling->id : 0;
    about.response_id = ruling != NULL ? ruling->response_id : 0;
    for (guint i = 0; i < gaps->len; i++) {
        const DecisionGap *gap = &g_array_index(gaps, DecisionGap, i);
        gint64 count = 0;
        if (!count_planned(session, client_id, gap, &count, error) ||
            !(count > 0 ? ask(session, &about, gap, error)
                        : ask_no_more(session, client_id, gap, error)))
            return FALSE;
        all += count;
    }
    if (visits != NULL)
        *visits = all;
    return TRUE;
}
