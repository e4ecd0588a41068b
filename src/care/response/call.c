/* call.c: calls made for a response, and the task to call back. */
#include "care/response/call.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/response/response_row_private.h"
#include "care/task/task.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define NOTE_LENGTH_MAX 4000

static const CodeWord RESULTS[CALL_COUNT] = {
    [CALL_REACHED] = {"reached", N_("reached")},
    [CALL_NO_ANSWER] = {"no-answer", N_("no answer")},
    [CALL_BUSY] = {"busy", N_("line busy")},
    [CALL_WRONG_NUMBER] = {"wrong-number", N_("wrong number")},
    [CALL_LATER] = {"later", N_("wants to be called at another time")},
};

const char *call_result_code(CallResult result)
{
    return code_of(RESULTS, CALL_COUNT, result);
}

const char *call_result_name(CallResult result)
{
    return code_word(RESULTS, CALL_COUNT, result);
}

static CallResult result_of(const char *code)
{
    int result = code_value(RESULTS, CALL_COUNT, code);
    return result >= 0 ? (CallResult)result : CALL_REACHED;
}

void call_free(Call *call)
{
    if (call == NULL)
        return;
    g_free(call->who);
    g_free(call->note);
    g_free(call);
}

/* --- the task --------------------------------------------------------------------------------- */

/* The first open one of the response; NULL without error when there is none. */
static Task *open_task(Session *session, gint64 response_id, GError **error)
{
    g_autoptr(GPtrArray) tasks = task_of(session, response_id, 0, error);
    for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
        const Task *task = g_ptr_array_index(tasks, i);
        if (task->kind == TASK_CALL_BACK && task->done_ms == 0)
            return g_ptr_array_steal_index(tasks, i);
    }
    return NULL;
}

gboolean call_close_tasks(Session *session, gint64 response_id, const char *how, GError **error)
{
    GError *failed = NULL;
    for (;;) {
        g_autoptr(Task) task = open_task(session, response_id, &failed);
        if (task == NULL || !task_finish(session, task->id, how, &failed))
            break;
    }
    if (failed != NULL)
        g_propagate_error(error, failed);
    return failed == NULL;
}

/* The task that is there is moved, and opens the question where one is now. */
static gboolean move_task(Session *session, Task *task, const Response *response, const Call *call,
                          GError **error)
{
    task->due_date = call->back_date;
    task->due_time = call->back_time;
    task->staff_id = session_staff_id(session);
    if (call->note != NULL)
        response_set_text(&task->note, call->note);
    return task_revise(session, task, error) &&
           db_run(session_db(session),
                  "UPDATE task SET item = :item, instance = :instance WHERE id = :id",
                  DB_PARAMS(DB_TEXT("item", response->at_item),
                            DB_TEXT("instance", response->at_instance), DB_INT("id", task->id)),
                  error);
}

static gboolean add_task(Session *session, const Response *response, const Call *call,
                         GError **error)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_CALL_BACK;
    task->client_id = response->client_id;
    task->staff_id = session_staff_id(session);
    task->due_date = call->back_date;
    task->due_time = call->back_time;
    task->note = g_strdup(call->note);
    task->response_id = response->id;
    task->item = g_strdup(response->at_item);
    task->instance = g_strdup(response->at_instance);
    return task_add(session, task, error);
}

static gboolean set_task(Session *session, const Response *response, const Call *call,
                         GError **error)
{
    GError *failed = NULL;
    if (call->back_date == DATE_NONE)
        return call->result != CALL_REACHED ||
               call_close_tasks(session, response->id, call->note, error);
    g_autoptr(Task) task = open_task(session, response->id, &failed);
    if (failed != NULL) {
        g_propagate_error(error, failed);
        return FALSE;
    }
    return task != NULL ? move_task(session, task, response, call, error)
                        : add_task(session, response, call, error);
}

/* --- calls ------------------------------------------------------------------------------------ */

static gboolean check(const Call *call, GError **error)
{
    const char *wrong = NULL;
    if (call->back_date != DATE_NONE && call->back_date < clock_today())
        wrong = _("The day to call back has been already. Choose today or a later day.");
    else if (call->back_date == DATE_NONE && call->back_time >= 0)
        wrong = _("There is a time to call back but no day. Choose the day too.");
    else if (call->back_time >= DAY_MINUTES)
        wrong = _("The time to call back is none. Write it as 14:30.");
    if (wrong != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
    else if (call->note != NULL && g_utf8_strlen(call->note, -1) > NOTE_LENGTH_MAX)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The note is longer than %d characters. Shorten it."), NOTE_LENGTH_MAX);
    else
        return TRUE;
    return FALSE;
}

static gboolean insert(Session *session, gint64 id, const Response *response, const Call *call,
                       GError **error)
{
    char date[DATE_SIZE], hour[TIME_SIZE];
    const char *day = date_or_null(call->back_date, date);
    const char *time = time_or_null(call->back_time, hour);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "response_id", 0, response->id);
    audit_changes_text(changes, "result", NULL, call_result_code(call->result));
    audit_changes_text(changes, "back_date", NULL, day);
    audit_changes_text(changes, "back_time", NULL, time);
    audit_changes_text(changes, "note", NULL, call->note);
    return db_run(session_db(session),
                  "INSERT INTO call (id, response_id, at_ms, staff_id, result, back_date,"
                  " back_time, note) VALUES (:id, :response, :now, :me, :result, :date, :time,"
                  " :note)",
                  DB_PARAMS(DB_INT("id", id), DB_INT("response", response->id),
                            DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_TEXT("result", call_result_code(call->result)), DB_TEXT("date", day),
                            DB_TEXT("time", time), DB_TEXT("note", call->note)),
                  error) &&
           audit_write(session, "create", "call", id, response->client_id, changes, error);
}

/* A call is noted by whoever made it, whether or not that is who answers in the form just now. */
static gboolean may_be_noted(const Response *response, GError **error)
{
    if (response->completed_ms == 0 && response->not_done == NOT_DONE_NONE)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                        _("This form has been completed or given up since. Take it up again to "
                          "note a call, or write a task instead."));
    return FALSE;
}

gboolean call_add(Session *session, Response *response, const Call *call, GError **error)
{
    Call noted = *call;
    gint64 id = 0;
    if (noted.note != NULL && noted.note[0] == '\0')
        noted.note = NULL;
    if (!check(&noted, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(ResponseRow) row = response_row_begin(session, response->id, &tx, error);
    return row != NULL && may_be_noted(row->response, error) &&
           (id = db_new_id(session_db(session), "call", error)) != 0 &&
           insert(session, id, response, &noted, error) &&
           set_task(session, response, &noted, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM call WHERE id = :id AND response_id = :of"
                                " AND staff_id = :me AND result = :result",
                                DB_PARAMS(DB_INT("id", id), DB_INT("of", response->id),
                                          DB_INT("me", session_staff_id(session)),
                                          DB_TEXT("result", call_result_code(noted.result))),
                                error);
}

static Call *call_from_row(DbStatement *row)
{
    Call *call = g_new0(Call, 1);
    call->at_ms = db_int(row, 0);
    call->who = g_strdup(db_text(row, 1));
    call->result = result_of(db_text(row, 2));
    call->back_date = db_is_null(row, 3) ? DATE_NONE : date_parse(db_text(row, 3));
    call->back_time = db_is_null(row, 4) ? -1 : time_parse(db_text(row, 4));
    call->note = g_strdup(db_text(row, 5));
    return call;
}

GPtrArray *call_list(Session *session, gint64 response_id, GError **error)
{
    g_autoptr(ResponseRow) of = response_row_allowed(session, response_id, error);
    g_autoptr(DbStatement) row =
        of != NULL ? db_query(session_db(session),
                              "SELECT k.at_ms, s.name, k.result, k.back_date, k.back_time,"
                              " k.note, k.id"
                              " FROM call k JOIN staff s ON s.id = k.staff_id"
                              " WHERE k.response_id = :id ORDER BY k.at_ms DESC, k.id DESC",
                              DB_PARAMS(DB_INT("id", response_id)), error)
                   : NULL;
    if (row == NULL)
        return NULL;
    g_autoptr(GPtrArray) calls = g_ptr_array_new_with_free_func((GDestroyNotify)call_free);
    DbStep step;
    while ((step = db_step(row, error)) == DB_STEP_ROW)
        g_ptr_array_add(calls, call_from_row(row));
    return step == DB_STEP_DONE ? g_steal_pointer(&calls) : NULL;
}
