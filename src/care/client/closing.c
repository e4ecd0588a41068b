/* closing.c: the help to a client ends: entered, changed, reopened, read. */
#include "care/client/closing.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/client/implementation_private.h"
#include "care/task/task_return.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define WORDS_LENGTH_MAX 4000
#define MONTHS_AT_FIRST 3

Closing *closing_new(gint64 client_id)
{
    Closing *closing = g_new0(Closing, 1);
    closing->client_id = client_id;
    closing->last_day = clock_today();
    closing->months = MONTHS_AT_FIRST;
    closing->reopened = DATE_NONE;
    closing->version = 1;
    return closing;
}

void closing_free(Closing *closing)
{
    if (closing == NULL)
        return;
    g_free(closing->words);
    g_free(closing);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT id, client_id, reason, last_on, follows, months, words, reopened_on, absence_id,"      \
    " version FROM closing"

static Closing *from_row(DbStatement *row)
{
    Closing *closing = closing_new(db_int(row, 1));
    closing->id = db_int(row, 0);
    closing_reason_parse(db_text(row, 2), &closing->reason);
    closing->last_day = date_parse(db_text(row, 3));
    closing_follows_parse(db_text(row, 4), &closing->follows);
    closing->months = (int)db_int(row, 5);
    closing->words = g_strdup(db_text(row, 6));
    closing->reopened = date_parse(db_text(row, 7));
    closing->absence_id = db_int(row, 8);
    closing->version = db_int(row, 9);
    return closing;
}

GPtrArray *closing_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), COLUMNS " WHERE client_id = :client ORDER BY last_on DESC, id DESC",
        DB_PARAMS(DB_INT("client", client_id)), error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)closing_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* The latest, of a card that is closed: what ended on a card that was merged into one that goes on ended
 * nothing there. `*closing` NULL: none stands. */
static gboolean read_open(Session *session, gint64 client_id, Closing **closing, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 COLUMNS " WHERE client_id = :client AND reopened_on IS NULL"
                         " AND EXISTS (SELECT 1 FROM client x WHERE x.id = :client AND x.active = 0)"
                         " ORDER BY id DESC LIMIT 1",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *closing = step == DB_STEP_ROW ? from_row(row) : NULL;
    return step != DB_STEP_ERROR;
}

Closing *closing_now(Session *session, gint64 client_id, GError **error)
{
    Closing *closing = NULL;
    return client_require(session, PERMIT_CLIENT_READ, client_id, error) &&
                   read_open(session, client_id, &closing, error)
               ? closing
               : NULL;
}

gboolean closing_stands(Session *session, gint64 client_id, gboolean *stands, Date *last_day,
                        GError **error)
{
    Closing *found = NULL;
    const gboolean read = read_open(session, client_id, &found, error);
    g_autoptr(Closing) closing = found;
    *stands = closing != NULL;
    if (closing != NULL)
        *last_day = closing->last_day;
    return read;
}

static Closing *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE id = :id AND unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The closing is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

Closing *closing_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Closing) closing = read_one(session, id, error);
    return closing != NULL && client_require(session, PERMIT_CLIENT_READ, closing->client_id, error)
               ? g_steal_pointer(&closing)
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean check(const Closing *closing, GError **error)
{
    if (closing->last_day == DATE_NONE)
        return refuse(error, _("Write the last day."));
    if (closing->months < 0 || closing->months > CLOSING_MONTHS_MOST)
        return refuse(error, _("Write after how many months somebody asks, at most 24, or 0 where "
                               "nobody does."));
    if (closing->words != NULL && g_utf8_strlen(closing->words, -1) > WORDS_LENGTH_MAX)
        return refuse(error, _("The note is too long. Shorten it."));
    return TRUE;
}

/* Inside the transaction. */
static gboolean check_open(Session *session, const Closing *closing, GError **error)
{
    char date[DATE_SIZE];
    Closing *found = NULL;
    if (!read_open(session, closing->client_id, &found, error))
        return FALSE;
    g_autoptr(Closing) other = found;
    if (other == NULL || other->id == closing->id)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("It ended on %s already. Change that instead, or note that the client comes here "
                  "again."),
                date_format(other->last_day, date));
    return FALSE;
}

/* --- what follows ----------------------------------------------------------------------------- */

/* `*was_so` (may be NULL): nothing had to be changed. */
static gboolean set_active(Session *session, gint64 client_id, gboolean active, gboolean *was_so,
                           GError **error)
{
    if (!db_run(session_db(session),
                "UPDATE client SET active = :active, version = version + 1 WHERE id = :id"
                " AND active <> :active",
                DB_PARAMS(DB_INT("active", active), DB_INT("id", client_id)), error))
        return FALSE;
    const gboolean same = db_changes(session_db(session)) == 0;
    if (was_so != NULL)
        *was_so = same;
    return same || cards_changed(session, client_id, error);
}

/* One task to ask how it went, as long as it is closed. */
static gboolean settle_task(Session *session, const Closing *before, const Closing *after,
                            GError **error)
{
    const Date due = date_add_months(after->last_day, after->months);
    return task_return_settle(
        session,
        &(TaskReturn){.absence_id = after->absence_id,
                      .client_id = after->client_id,
                      .closed = TRUE,
                      .due = due,
                      .none = after->months == 0 || after->reopened != DATE_NONE,
                      .moved = before == NULL ||
                               date_add_months(before->last_day, before->months) != due},
        error);
}

/* What is left to settle. */
static gboolean count_left(Session *session, const Closing *closing, ClosingDone *done,
                           GError **error)
{
    gint64 tasks = 0, forms = 0;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM task WHERE client_id = :client AND done_ms IS NULL"
                    " AND absence_id IS DISTINCT FROM :absence",
                    DB_PARAMS(DB_INT("client", closing->client_id),
                              DB_INT("absence", closing->absence_id)),
                    0, &tasks, error) ||
        !db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM response WHERE client_id = :client"
                    " AND completed_ms IS NULL AND not_done IS NULL",
                    DB_PARAMS(DB_INT("client", closing->client_id)), 0, &forms, error))
        return FALSE;
    done->tasks = (int)tasks;
    done->forms = (int)forms;
    return TRUE;
}

/* The absence that holds the visits from the day after the last one. */
static gboolean call_off(Session *session, Closing *closing, AbsenceDone *done, GError **error)
{
    g_autoptr(Absence) absence = absence_new(closing->client_id);
    absence->cause = AWAY_CLOSED;
    absence->from = closing->last_day + 1;
    if (!absence_add(session, absence, done, error))
        return FALSE;
    closing->absence_id = absence->id;
    return TRUE;
}

/* Its first day, and its last one where it was reopened. */
static gboolean move_absence(Session *session, const Closing *closing, AbsenceDone *done,
                             GError **error)
{
    const Date from = closing->last_day + 1;
    g_autoptr(Absence) absence = absence_get(session, closing->absence_id, error);
    if (absence == NULL)
        return FALSE;
    if (closing->reopened == from)
        return absence_withdraw(session, absence->id, absence->version, done, error);
    absence->from = from;
    absence->to = closing->reopened != DATE_NONE ? closing->reopened - 1 : DATE_NONE;
    return absence_change(session, absence, done, error);
}

/* The note itself is not in the log, which could not be weeded of it. */
static AuditChanges *changes_of(const Closing *before, const Closing *after)
{
    AuditChanges *changes = audit_changes_new();
    audit_changes_text(changes, "reason",
                       before != NULL ? closing_reason_code(before->reason) : NULL,
                       closing_reason_code(after->reason));
    audit_changes_date(changes, "last_on", before != NULL ? before->last_day : DATE_NONE,
                       after->last_day);
    audit_changes_text(changes, "follows",
                       before != NULL ? closing_follows_code(before->follows) : NULL,
                       closing_follows_code(after->follows));
    audit_changes_int(changes, "months", before != NULL ? before->months : 0, after->months);
    audit_changes_date(changes, "reopened_on", before != NULL ? before->reopened : DATE_NONE,
                       after->reopened);
    return changes;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* `*is_new` FALSE: it came through the first time. */
static gboolean insert(Session *session, Closing *closing, ClosingDone *done, gboolean *is_new,
                       GError **error)
{
    Db *db = session_db(session);
    char last[DATE_SIZE];
    gint64 there = 0;
    if (closing->id == 0 && (closing->id = db_new_id(db, "closing", error)) == 0)
        return FALSE;
    if (!db_get_int(db, "SELECT COUNT(*) FROM closing WHERE id = :id",
                    DB_PARAMS(DB_INT("id", closing->id)), 0, &there, error))
        return FALSE;
    *is_new = there == 0;
    return !*is_new ||
           (call_off(session, closing, &done->visits, error) &&
            db_run(db,
                   "INSERT INTO closing (id, unit_id, client_id, absence_id, reason, last_on,"
                   " follows, months, words, created_ms, created_by) VALUES (:id, :unit, :client,"
                   " :absence, :reason, :last, :follows, :months, :words, :now, :me)",
                   DB_PARAMS(DB_INT("id", closing->id), DB_INT("unit", session_unit_id(session)),
                             DB_INT("client", closing->client_id),
                             DB_INT("absence", closing->absence_id),
                             DB_TEXT("reason", closing_reason_code(closing->reason)),
                             DB_TEXT("last", date_format(closing->last_day, last)),
                             DB_TEXT("follows", closing_follows_code(closing->follows)),
                             DB_INT("months", closing->months), DB_TEXT("words", closing->words),
                             DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
                   error));
}

gboolean closing_add(Session *session, Closing *closing, ClosingDone *told, GError **error)
{
    ClosingDone done = {0};
    gboolean is_new = FALSE;
    if (!client_require(session, PERMIT_CLIENT_EDIT, closing->client_id, error) ||
        !check(closing, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !check_open(session, closing, error) ||
        !insert(session, closing, &done, &is_new, error))
        return FALSE;
    if (!is_new)
        return TRUE;
    g_autoptr(AuditChanges) changes = changes_of(NULL, closing);
    if (!set_active(session, closing->client_id, FALSE, NULL, error) ||
        !settle_task(session, NULL, closing, error) ||
        !count_left(session, closing, &done, error) ||
        !audit_write(session, "create", "closing", closing->id, closing->client_id, changes, error))
        return FALSE;
    if (told != NULL)
        *told = done;
    return commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM closing WHERE id = :id",
                                DB_PARAMS(DB_INT("id", closing->id)), error);
}

static gboolean update(Session *session, const Closing *closing, GError **error)
{
    char last[DATE_SIZE], reopened[DATE_SIZE];
    return db_run(session_db(session),
                  "UPDATE closing SET reason = :reason, last_on = :last, follows = :follows,"
                  " months = :months, words = :words, reopened_on = :reopened,"
                  " reopened_ms = :now, version = version + 1 WHERE id = :id",
                  DB_PARAMS(DB_TEXT("reason", closing_reason_code(closing->reason)),
                            DB_TEXT("last", date_format(closing->last_day, last)),
                            DB_TEXT("follows", closing_follows_code(closing->follows)),
                            DB_INT("months", closing->months), DB_TEXT("words", closing->words),
                            DB_TEXT("reopened", date_or_null(closing->reopened, reopened)),
                            DB_INT_IF("now", clock_now_ms(), closing->reopened != DATE_NONE),
                            DB_INT("id", closing->id)),
                  error);
}

static gboolean same(const Closing *a, const Closing *b)
{
    return a->reason == b->reason && a->last_day == b->last_day && a->follows == b->follows &&
           a->months == b->months && a->reopened == b->reopened &&
           g_strcmp0(a->words, b->words) == 0;
}

/* `before`: as it stands, read inside `tx`. */
static gboolean change(Session *session, const Closing *before, const Closing *after,
                       DbTransaction *tx, ClosingDone *told, GError **error)
{
    ClosingDone done = {0};
    g_autoptr(AuditChanges) changes = changes_of(before, after);
    const gboolean again = after->reopened != DATE_NONE;
    if (!update(session, after, error) ||
        (again && !(set_active(session, after->client_id, TRUE, NULL, error) &&
                    implementation_ask_again(session, after->client_id, error))) ||
        !move_absence(session, after, &done.visits, error) ||
        !settle_task(session, before, after, error) ||
        !count_left(session, after, &done, error) ||
        !audit_write(session, again ? "remove" : "change", "closing", after->id, after->client_id,
                     changes, error))
        return FALSE;
    if (told != NULL)
        *told = done;
    return commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM closing WHERE id = :id AND version ="
                                " :version",
                                DB_PARAMS(DB_INT("id", after->id),
                                          DB_INT("version", before->version + 1)),
                                error);
}

gboolean closing_change(Session *session, const Closing *closing, ClosingDone *done, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, closing->client_id, error) ||
        !check(closing, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Closing) before = tx != NULL ? read_one(session, closing->id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (same(before, closing))
        return TRUE;
    if (before->version != closing->version || before->reopened != DATE_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Somebody has changed this closing since you opened it. Look at it "
                              "again, and save once more if yours is right."));
        return FALSE;
    }
    return change(session, before, closing, tx, done, error);
}

/* Of a client who came to be closed otherwise: there is nothing else to bring back. */
static gboolean reopen_bare(Session *session, gint64 client_id, DbTransaction *tx, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    gboolean comes = FALSE;
    if (!set_active(session, client_id, TRUE, &comes, error))
        return FALSE;
    if (comes)
        return refuse(error, _("The client comes here already."));
    audit_changes_int(changes, "active", FALSE, TRUE);
    return implementation_ask_again(session, client_id, error) &&
           audit_write(session, "change", "client", client_id, client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client WHERE id = :id AND active = 1",
                                DB_PARAMS(DB_INT("id", client_id)), error);
}

gboolean closing_reopen(Session *session, gint64 client_id, Date from, ClosingDone *done,
                        GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    Closing *found = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !read_open(session, client_id, &found, error))
        return FALSE;
    g_autoptr(Closing) before = found;
    if (before == NULL)
        return reopen_bare(session, client_id, tx, error);
    Closing after = *before;
    after.reopened = from != DATE_NONE ? from : before->last_day + 1;
    if (after.reopened <= before->last_day)
        return refuse(error, _("Choose a day after the last one, or change the last day instead."));
    return change(session, before, &after, tx, done, error);
}
