/* task.c: what someone must do by a day. */
#include "care/task/task.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/response/respondent.h"
#include "care/task/call_clock.h"
#include "care/task/task_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/away_cause.h"
#include "care/unit/commit.h"
#include "care/unit/deed.h"

/* A visit not taken is followed up within two days: soon enough to be part of the same talk, and
 * the unit answers within 48 hours in everything else too. */
#define REBOOK_DAYS 2

#define NOTE_LENGTH_MAX 4000

Task *task_new(void)
{
    Task *task = g_new0(Task, 1);
    task->kind = TASK_OTHER;
    task->due_date = task->visit_date = DATE_NONE;
    task->due_time = -1;
    return task;
}

void task_free(Task *task)
{
    if (task == NULL)
        return;
    g_free(task->note);
    g_free(task->item);
    g_free(task->instance);
    g_free(task->client_name);
    g_free(task->subject);
    g_free(task->staff_name);
    g_free(task->contact);
    g_free(task->contact_phone);
    g_free(task->phone);
    g_free(task->away);
    g_free(task);
}

/* "New time for Mon 23/11 10:00": which one, where a client has several. New. */
static char *rebook_words(const Task *task)
{
    int year, month, day;
    char start[TIME_SIZE];
    date_to_ymd(task->visit_date, &year, &month, &day);
    return g_strdup_printf(_("New time for %s %d/%d %s"),
                           date_weekday_short(date_weekday(task->visit_date)), day, month,
                           time_format(task->visit_start, start));
}

gboolean task_is_late(Date due, gint64 came_ms, Date today, gint64 now_ms)
{
    return came_ms != 0 ? call_hours_left(came_ms, now_ms) < 0 : due < today;
}

gboolean task_is_overdue(const Task *task)
{
    return task_is_late(task->due_date, task->came_ms, clock_today(), clock_now_ms());
}

const char *task_about(const Task *task)
{
    return task->client_name != NULL ? task->client_name : task->subject;
}

char *task_words(const Task *task)
{
    Respondent respondent;
    if (task->kind == TASK_UBU && respondent_parse(task->item, &respondent))
        return g_strdup_printf(_("Interview: %s"), respondent_name(respondent));
    if (task->kind == TASK_REBOOK && task->note == NULL && task->visit_id != 0)
        return rebook_words(task);
    AwayCause away;
    if (task->kind == TASK_FOLLOW_UP && task->absence_id != 0 && task->note == NULL)
        return g_strdup(_("Follow up: how it has gone since the help ended"));
    if (task->kind == TASK_RETURN && task->note == NULL && away_cause_parse(task->away, &away))
        /* TRANSLATORS: why somebody was away: in hospital */
        return g_strdup_printf(_("Call on return: %s"), away_cause_name(away));
    if (task->kind == TASK_OTHER && task->note != NULL)
        return g_strdup(task->note);
    if (task->came_ms != 0)
        return g_strdup_printf("%s: %s", task_kind_name(task->kind),
                               task->contact != NULL ? task->contact : task->contact_phone);
    if (task->note == NULL)
        return g_strdup(task_kind_name(task->kind));
    return g_strdup_printf("%s: %s", task_kind_name(task->kind), task->note);
}

/* --- reading ---------------------------------------------------------------------------------- */

char *task_subject_of(DbStatement *row, int client, int at)
{
    return db_int(row, client) == 0 && db_int(row, at) == 0 ? g_strdup(db_text(row, at + 2)) : NULL;
}

Task *task_from_row(DbStatement *row)
{
    Task *task = task_new();
    task->id = db_int(row, 0);
    task->kind = task_kind_parse(db_text(row, 1));
    task->client_id = db_int(row, 2);
    task->visit_id = db_int(row, 3);
    task->staff_id = db_int(row, 4);
    task->due_date = date_parse(db_text(row, 5));
    task->due_time = db_is_null(row, 6) ? -1 : time_parse(db_text(row, 6));
    task->note = g_strdup(db_text(row, 7));
    task->created_ms = db_int(row, 8);
    task->done_ms = db_int(row, 9);
    task->client_name = g_strdup(db_text(row, 10));
    task->staff_name = g_strdup(db_text(row, 11));
    task->response_id = db_int(row, 13);
    task->item = g_strdup(db_text(row, 14));
    task->instance = g_strdup(db_text(row, 15));
    task->placement_id = db_int(row, 16);
    task->contact = g_strdup(db_text(row, 17));
    task->contact_phone = g_strdup(db_text(row, 18));
    task->phone = g_strdup(task->contact != NULL  ? task->contact_phone
                           : db_int(row, 12) != 0 ? db_text(row, 27)
                                                  : NULL);
    task->response_completed = db_int(row, 19) != 0;
    task->visit_date = date_parse(db_text(row, 20));
    task->visit_start = db_is_null(row, 21) ? -1 : time_parse(db_text(row, 21));
    task->came_ms = db_int(row, 22);
    task->reminders = (int)db_int(row, 23);
    task->absence_id = db_int(row, 24);
    task->away = g_strdup(db_text(row, 25));
    task->subject = task_subject_of(row, 2, 28);
    return task;
}

static Task *task_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row = db_query(session_db(session), TASK_COLUMNS " WHERE t.id = :id",
                                          DB_PARAMS(DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The task is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? task_from_row(row) : NULL;
}

GPtrArray *task_from_rows(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(tasks, task_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&tasks) : NULL;
}

GPtrArray *task_of(Session *session, gint64 response_id, gint64 placement_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        response_id != 0
            ? db_query(session_db(session), TASK_COLUMNS " WHERE t.response_id = :of ORDER BY t.id",
                       DB_PARAMS(DB_INT("of", response_id)), error)
            : db_query(session_db(session),
                       TASK_COLUMNS " WHERE t.placement_id = :of ORDER BY t.id",
                       DB_PARAMS(DB_INT("of", placement_id)), error);
    return rows != NULL ? task_from_rows(rows, error) : NULL;
}

GPtrArray *task_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), TASK_COLUMNS " WHERE t.client_id = :client ORDER BY t.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    return rows != NULL ? task_from_rows(rows, error) : NULL;
}

/* --- changing --------------------------------------------------------------------------------- */

static gboolean end_one(Session *session, gint64 id, const char *how, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE task SET done_ms = :now, done_by = :me, done_how = :how WHERE id = :id",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_TEXT("how", how), DB_INT("id", id)),
                  error);
}

gboolean task_end_each(Session *session, const char *sql, const DbParam *params, const char *how,
                       GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    DbStep step = DB_STEP_ERROR;
    {
        g_autoptr(DbStatement) rows = db_query(session_db(session), sql, params, error);
        while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
            const gint64 id = db_int(rows, 0);
            g_array_append_val(ids, id);
        }
    }
    for (guint i = 0; step == DB_STEP_DONE && i < ids->len; i++)
        if (!end_one(session, g_array_index(ids, gint64, i), how, error))
            return FALSE;
    return step == DB_STEP_DONE;
}

/* Draws the id when it is 0; an id that is there already changes nothing. Its column is not named:
 * a server that does would have to show whoever adds it the task, also about a card that has closed
 * to them. */
static gboolean task_insert(Session *session, Task *task, GError **error)
{
    Db *db = session_db(session);
    char date[DATE_SIZE], hour[TIME_SIZE];
    if (task->id == 0 && (task->id = db_new_id(db, "task", error)) == 0)
        return FALSE;
    task->created_ms = clock_now_ms();
    return db_run(
        db,
        "INSERT INTO task (id, unit_id, kind, client_id, visit_id, staff_id, due_date,"
        " due_time, note, created_ms, created_by, response_id, item, instance, placement_id,"
        " contact, contact_phone, absence_id)"
        " VALUES (:id, :unit, :kind, :client, :visit, :staff, :date, :time, :note, :now, :me,"
        " :response, :item, :instance, :placement, :contact, :phone, :absence)"
        " ON CONFLICT DO NOTHING",
        DB_PARAMS(
            DB_INT("id", task->id), DB_INT("unit", session_unit_id(session)),
            DB_TEXT("kind", task_kind_code(task->kind)), DB_INT_OR_NULL("client", task->client_id),
            DB_INT_OR_NULL("visit", task->visit_id), DB_INT_OR_NULL("staff", task->staff_id),
            DB_TEXT("date", date_format(task->due_date, date)),
            DB_TEXT("time", time_or_null(task->due_time, hour)), DB_TEXT("note", task->note),
            DB_INT("now", task->created_ms), DB_INT("me", session_staff_id(session)),
            DB_INT_OR_NULL("response", task->response_id), DB_TEXT("item", task->item),
            DB_TEXT("instance", task->instance), DB_INT_OR_NULL("placement", task->placement_id),
            DB_TEXT("contact", task->contact), DB_TEXT("phone", task->contact_phone),
            DB_INT_OR_NULL("absence", task->absence_id)),
        error);
}

static gboolean note_fits(const char *note, GError **error)
{
    if (g_utf8_strlen(note, -1) <= NOTE_LENGTH_MAX)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The note is longer than %d characters. Shorten it."), NOTE_LENGTH_MAX);
    return FALSE;
}

gboolean task_create(Session *session, Task *task, gboolean *is_new, GError **error)
{
    const gint64 given = task->id;
    if (!task_insert(session, task, error))
        return FALSE;
    *is_new = given == 0 || db_changes(session_db(session)) > 0;
    if (!*is_new)
        return TRUE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "kind", NULL, task_kind_code(task->kind));
    audit_changes_date(changes, "due_date", DATE_NONE, task->due_date);
    audit_changes_text(changes, "note", NULL, task->note);
    return audit_write(session, "create", "task", task->id, task->client_id, changes, error);
}

static gboolean add(Session *session, Task *task, GError **error)
{
    if (!access_require(session, PERMIT_VISIT_RECORD, error))
        return FALSE;
    if (task->due_date == DATE_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The task has no day. Choose when it must be done."));
        return FALSE;
    }
    if (task->client_id != 0 && !client_require_open(session, task->client_id, error))
        return FALSE;
    if (task->note != NULL && !note_fits(task->note, error))
        return FALSE;
    gboolean is_new = FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !task_create(session, task, &is_new, error))
        return FALSE;
    return !is_new || /* it came through the first time */
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM task WHERE id = :id",
                                DB_PARAMS(DB_INT("id", task->id)), error);
}

gboolean task_add(Session *session, Task *task, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!deed_begin(session, DEED_TASK_ADD, &deed, error))
        return FALSE;
    const gboolean done = add(session, task, error);
    deed_int(deed, "id", task->id);
    deed_text(deed, "kind", task_kind_code(task->kind));
    deed_int(deed, "client", task->client_id);
    deed_int(deed, "visit", task->visit_id);
    deed_int(deed, "staff", task->staff_id);
    deed_date(deed, "due", task->due_date);
    deed_int(deed, "time", task->due_time);
    deed_text(deed, "note", task->note);
    deed_int(deed, "response", task->response_id);
    deed_text(deed, "item", task->item);
    deed_text(deed, "instance", task->instance);
    deed_text(deed, "contact", task->contact);
    deed_text(deed, "phone", task->contact_phone);
    return deed_end(deed, done, error);
}

/* A change of one task: the row is set, the log says how. */
typedef struct {
    const char *how; /* of a finished one */
    gint64 done_ms;  /* 0: open */
    Date due;
} TaskState;

static gboolean task_set(Session *session, const Task *task, const TaskState *to, GError **error)
{
    char due[DATE_SIZE];
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "due_date", task->due_date, to->due);
    audit_changes_int(changes, "done_ms", task->done_ms, to->done_ms);
    audit_changes_text(changes, "done_how", NULL, to->how);
    return db_run(session_db(session),
                  "UPDATE task SET due_date = :due, done_ms = :done, done_by = :me,"
                  " done_how = :how WHERE id = :id",
                  DB_PARAMS(DB_TEXT("due", date_format(to->due, due)),
                            DB_INT_OR_NULL("done", to->done_ms),
                            DB_INT_IF("me", session_staff_id(session), to->done_ms != 0),
                            DB_TEXT("how", to->how), DB_INT("id", task->id)),
                  error) &&
           audit_write(session, "change", "task", task->id, task->client_id, changes, error);
}

/* Outside the transaction, so that a refusal stays in the log. That there is no such task is said
 * by whoever reads it. */
static gboolean must_be_for_me(Session *session, gint64 id, GError **error)
{
    gint64 mine = 0;
    if (!db_get_int(session_db(session),
                    "SELECT CASE WHEN " TASK_FOR_ME " THEN 1 ELSE 0 END"
                    " FROM task t LEFT JOIN client c ON c.id = t.client_id WHERE t.id = :id",
                    DB_PARAMS(DB_INT("id", id), CLIENT_GUARD(session)), 1, &mine, error))
        return FALSE;
    if (mine != 0)
        return TRUE;
    g_autoptr(Task) task = task_read(session, id, NULL);
    audit_note(session, "denied", "task", id, task != NULL ? task->client_id : 0, NULL);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("The task is about somebody whose card you may not open, and is done by "
                          "those who may: ask one of them."));
    return FALSE;
}

Task *task_for_me(Session *session, gint64 id, GError **error)
{
    return must_be_for_me(session, id, error) ? task_read(session, id, error) : NULL;
}

gboolean task_may_be_given(Session *session, gint64 client_id, gint64 staff_id, GError **error)
{
    gint64 may = 0;
    if (client_id == 0 || staff_id == 0)
        return TRUE;
    if (!db_get_int(session_db(session),
                    "SELECT " CLIENT_MAY_OPEN
                    " FROM client c WHERE c.id = :id AND c.unit_id = :unit",
                    DB_PARAMS(DB_INT("id", client_id), DB_INT("unit", session_unit_id(session)),
                              DB_INT("me", staff_id), DB_TEXT("own_day", client_guard_day(session)),
                              DB_TEXT("own_since", client_guard_since(session))),
                    0, &may, error))
        return FALSE;
    if (may == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Whoever is to do it may not open the client's card. Choose somebody "
                              "who may, or leave it to the case officer."));
    return may != 0;
}

/* "Vill helst bli ringd. Anna Berg: Jag hann inte." New. */
static char *with_word(Session *session, const char *note, const char *word)
{
    return note != NULL ? g_strdup_printf("%s %s: %s", note, session_staff_name(session), word)
                        : g_strdup_printf("%s: %s", session_staff_name(session), word);
}

static gboolean give(Session *session, gint64 id, gint64 staff_id, const char *word, GError **error)
{
    if (!access_require(session, PERMIT_VISIT_RECORD, error) || !must_be_for_me(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Task) task = tx != NULL ? task_read(session, id, error) : NULL;
    if (task == NULL || (staff_id != task->staff_id &&
                         !task_may_be_given(session, task->client_id, staff_id, error)))
        return FALSE;
    if (task->done_ms != 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("The task has been done meanwhile."));
        return FALSE;
    }
    g_autofree char *note =
        word != NULL && word[0] != '\0' ? with_word(session, task->note, word) : NULL;
    if (note != NULL && !note_fits(note, error))
        return FALSE;
    task->staff_id = staff_id;
    if (note != NULL)
        g_free(task->note), task->note = g_steal_pointer(&note);
    return task_revise(session, task, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM task WHERE id = :id AND staff_id = :staff",
                                DB_PARAMS(DB_INT("id", id), DB_INT("staff", staff_id)), error);
}

/* Of a task that is there, with its client. */
static gboolean begin_deed(Session *session, const char *name, gint64 id, Deed **deed,
                           GError **error)
{
    gint64 client = 0;
    if (!deed_begin(session, name, deed, error))
        return FALSE;
    if (*deed == NULL)
        return TRUE;
    if (!db_get_int(session_db(session), "SELECT client_id FROM task WHERE id = :id",
                    DB_PARAMS(DB_INT("id", id)), 0, &client, error))
        return FALSE;
    deed_int(*deed, "id", id);
    deed_int(*deed, "client", client);
    return TRUE;
}

gboolean task_give(Session *session, gint64 id, gint64 staff_id, const char *word, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!begin_deed(session, DEED_TASK_GIVE, id, &deed, error))
        return FALSE;
    deed_int(deed, "staff", staff_id);
    deed_text(deed, "word", word);
    return deed_end(deed, give(session, id, staff_id, word, error), error);
}

gboolean task_take(Session *session, gint64 id, GError **error)
{
    return task_give(session, id, session_staff_id(session), NULL, error);
}

/* What the task becomes: finished, open again or another day. What it is already is no change. */
static gboolean task_change(Session *session, gint64 id, gboolean finish, const char *how, Date due,
                            GError **error)
{
    if (!access_require(session, PERMIT_VISIT_RECORD, error) || !must_be_for_me(session, id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Task) task = tx != NULL ? task_read(session, id, error) : NULL;
    if (task == NULL)
        return FALSE;
    TaskState to = {.how = how, .done_ms = finish ? clock_now_ms() : 0, .due = due};
    char date[DATE_SIZE];
    if (due == DATE_NONE)
        to.due = task->due_date;
    if (to.due == task->due_date && (to.done_ms != 0) == (task->done_ms != 0))
        return TRUE;
    if (finish && task->kind == TASK_PROPOSAL) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_INPUT,
            _("This is done by choosing. Open it, and choose which of the two holds."));
        return FALSE;
    }
    if (due != DATE_NONE && task->done_ms != 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("The task has been done meanwhile. Open it again to move it."));
        return FALSE;
    }
    return task_set(session, task, &to, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM task WHERE id = :id AND due_date = :due"
                                " AND done_ms IS NOT DISTINCT FROM :done",
                                DB_PARAMS(DB_INT("id", id),
                                          DB_TEXT("due", date_format(to.due, date)),
                                          DB_INT_OR_NULL("done", to.done_ms)),
                                error);
}

gboolean task_finish(Session *session, gint64 id, const char *how, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!begin_deed(session, DEED_TASK_FINISH, id, &deed, error))
        return FALSE;
    deed_text(deed, "how", how);
    return deed_end(deed, task_change(session, id, TRUE, how, DATE_NONE, error), error);
}

gboolean task_reopen(Session *session, gint64 id, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!begin_deed(session, DEED_TASK_REOPEN, id, &deed, error))
        return FALSE;
    return deed_end(deed, task_change(session, id, FALSE, NULL, DATE_NONE, error), error);
}

gboolean task_postpone(Session *session, gint64 id, Date due, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (due == DATE_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The task has no day. Choose when it must be done."));
        return FALSE;
    }
    if (!begin_deed(session, DEED_TASK_POSTPONE, id, &deed, error))
        return FALSE;
    deed_date(deed, "due", due);
    return deed_end(deed, task_change(session, id, FALSE, NULL, due, error), error);
}

gboolean task_revise(Session *session, const Task *task, GError **error)
{
    g_autoptr(Task) before = task_read(session, task->id, error);
    if (before == NULL)
        return FALSE;
    char due[DATE_SIZE], hour[2][TIME_SIZE];
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "due_date", before->due_date, task->due_date);
    audit_changes_text(changes, "due_time", time_or_null(before->due_time, hour[0]),
                       time_or_null(task->due_time, hour[1]));
    audit_changes_text(changes, "note", before->note, task->note);
    audit_changes_text(changes, "contact", before->contact, task->contact);
    audit_changes_text(changes, "contact_phone", before->contact_phone, task->contact_phone);
    audit_changes_int(changes, "staff_id", before->staff_id, task->staff_id);
    if (audit_changes_empty(changes) || before->done_ms != 0)
        return TRUE;
    return db_run(session_db(session),
                  "UPDATE task SET due_date = :due, due_time = :time, note = :note,"
                  " contact = :contact, contact_phone = :phone, staff_id = :staff WHERE id = :id",
                  DB_PARAMS(DB_TEXT("due", date_format(task->due_date, due)),
                            DB_TEXT("time", time_or_null(task->due_time, hour[1])),
                            DB_TEXT("note", task->note), DB_TEXT("contact", task->contact),
                            DB_TEXT("phone", task->contact_phone),
                            DB_INT_OR_NULL("staff", task->staff_id), DB_INT("id", task->id)),
                  error) &&
           audit_write(session, "correct", "task", task->id, task->client_id, changes, error);
}

gboolean task_hand_over(Session *session, gint64 response_id, gint64 to_response_id, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE task SET response_id = :to WHERE response_id = :from",
                  DB_PARAMS(DB_INT("to", to_response_id), DB_INT("from", response_id)), error);
}

/* --- the tasks of a visit --------------------------------------------------------------------- */

gboolean task_close_of_visit(Session *session, gint64 visit_id, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE task SET done_ms = :now, done_by = :me"
                  " WHERE visit_id = :visit AND done_ms IS NULL",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_INT("visit", visit_id)),
                  error);
}

gboolean task_add_rebook(Session *session, const Visit *visit, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_REBOOK;
    task->client_id = visit->client_id;
    task->visit_id = visit->id;
    task->staff_id = visit->staff_id;
    task->due_date = clock_today() + REBOOK_DAYS;
    return task_insert(session, task, error);
}

gboolean task_end_rebook(Session *session, gint64 visit_id, gboolean drop, GError **error)
{
    if (drop)
        return db_run(session_db(session),
                      "DELETE FROM task"
                      " WHERE visit_id = :visit AND kind = 'rebook' AND done_ms IS NULL",
                      DB_PARAMS(DB_INT("visit", visit_id)), error);
    return db_run(session_db(session),
                  "UPDATE task SET done_ms = :now, done_by = :me"
                  " WHERE visit_id = :visit AND kind = 'rebook' AND done_ms IS NULL",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_INT("visit", visit_id)),
                  error);
}

gboolean task_reopen_of_visit(Session *session, gint64 visit_id, gint64 closed_ms, gboolean rebook,
                              GError **error)
{
    return db_run(
        session_db(session),
        "UPDATE task SET done_ms = NULL, done_by = NULL"
        " WHERE visit_id = :visit AND done_ms = :closed AND done_how IS NULL"
        " AND (kind <> 'rebook' OR (:rebook = 1 AND id = (SELECT MAX(id) FROM task"
        " WHERE visit_id = :visit AND kind = 'rebook')))",
        DB_PARAMS(DB_INT("visit", visit_id), DB_INT("closed", closed_ms), DB_INT("rebook", rebook)),
        error);
}
