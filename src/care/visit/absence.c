/* absence.c: a client is away: entered, changed, withdrawn, read. */
#include "care/visit/absence.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/completion/decision_settle.h"
#include "care/task/task_return.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/deed.h"
#include "care/visit/absence_days.h"
#include "care/visit/absence_visits.h"
#include "care/visit/series.h"

#define WORDS_LENGTH_MAX 4000

Absence *absence_new(gint64 client_id)
{
    Absence *absence = g_new0(Absence, 1);
    absence->client_id = client_id;
    absence->from = clock_today();
    absence->to = DATE_NONE;
    absence->version = 1;
    return absence;
}

void absence_free(Absence *absence)
{
    if (absence == NULL)
        return;
    g_free(absence->words);
    g_free(absence);
}

gboolean absence_matters(const Absence *absence, Date today)
{
    return !absence->withdrawn && (absence->to == DATE_NONE || absence->to >= today);
}

/* --- days ------------------------------------------------------------------------------------- */

static Date last_day(const Absence *absence)
{
    return absence->to != DATE_NONE ? absence->to : SPAN_LAST;
}

/* None where there is no absence, or it is withdrawn. */
static Span span_of(const Absence *absence)
{
    return absence == NULL || absence->withdrawn ? (Span){1, 0}
                                                 : (Span){absence->from, last_day(absence)};
}

/* The days of `a` that are none of `b`: at most two spans. */
static void span_minus(Span a, Span b, Span rest[2])
{
    rest[0] = rest[1] = (Span){1, 0};
    if (b.from > b.to || b.to < a.from || b.from > a.to) {
        rest[0] = a;
        return;
    }
    rest[0] = (Span){a.from, b.from - 1};
    rest[1] = (Span){b.to + 1, a.to};
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT id, client_id, cause, from_on, to_on, words, version, withdrawn_ms FROM absence"

static Absence *from_row(DbStatement *row)
{
    Absence *absence = absence_new(db_int(row, 1));
    absence->id = db_int(row, 0);
    away_cause_parse(db_text(row, 2), &absence->cause);
    absence->from = date_parse(db_text(row, 3));
    absence->to = date_parse(db_text(row, 4));
    absence->words = g_strdup(db_text(row, 5));
    absence->version = db_int(row, 6);
    absence->withdrawn = !db_is_null(row, 7);
    return absence;
}

GPtrArray *absence_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), COLUMNS " WHERE client_id = :client AND cause <> 'away-closed'"
                " ORDER BY from_on DESC, id DESC",
        DB_PARAMS(DB_INT("client", client_id)), error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)absence_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static Absence *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE id = :id AND unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The absence is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

Absence *absence_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Absence) absence = read_one(session, id, error);
    return absence != NULL && client_require(session, PERMIT_CLIENT_READ, absence->client_id, error)
               ? g_steal_pointer(&absence)
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean check(const Absence *absence, GError **error)
{
    if (absence->from == DATE_NONE)
        return refuse(error, _("Write the first day away."));
    if (absence->to != DATE_NONE && absence->to < absence->from)
        return refuse(error, _("The last day away is before the first one. Change one of the "
                               "days."));
    if (absence->words != NULL && g_utf8_strlen(absence->words, -1) > WORDS_LENGTH_MAX)
        return refuse(error, _("The note is too long. Shorten it."));
    return TRUE;
}

/* Away twice on one day would be counted twice; who is away may stop coming. Inside the transaction. */
static gboolean check_others(Session *session, const Absence *absence, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    if (absence->cause == AWAY_CLOSED)
        return TRUE;
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        COLUMNS " WHERE client_id = :client AND withdrawn_ms IS NULL AND id <> :id"
                " AND cause <> 'away-closed'"
                " AND from_on <= :to AND (to_on IS NULL OR to_on >= :from) ORDER BY from_on LIMIT 1",
        DB_PARAMS(DB_INT("client", absence->client_id), DB_INT("id", absence->id),
                  DB_TEXT("from", date_format(absence->from, from)),
                  DB_TEXT("to", date_format(last_day(absence), to))),
        error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    g_autoptr(Absence) other = from_row(row);
    if (other->to == DATE_NONE)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The client is away from %s until further notice already. Change that "
                      "absence instead."),
                    date_format(other->from, from));
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The client is away from %s to %s already. Change that absence instead, or "
                      "choose other days."),
                    date_format(other->from, from), date_format(other->to, to));
    return FALSE;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* What the absence gives back is called off anew where the client is away for something else too. */
static gboolean call_off_for_others(Session *session, const Absence *absence, Span freed, int *back,
                                    GError **error)
{
    if (freed.from > freed.to)
        return TRUE;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 COLUMNS " WHERE client_id = :client AND id <> :id AND " ABSENCE_STANDS,
                 DB_PARAMS(DB_INT("client", absence->client_id), DB_INT("id", absence->id)), error);
    g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func((GDestroyNotify)absence_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(others, from_row(rows));
    g_clear_pointer(&rows, db_statement_release);
    for (guint i = 0; step == DB_STEP_DONE && i < others->len; i++) {
        const Absence *other = others->pdata[i];
        const AwayFor holder = {other->id, other->client_id, other->cause};
        const Span both = {MAX(freed.from, other->from), MIN(freed.to, last_day(other))};
        int again = 0;
        if (!absence_call_off(session, &holder, both, &again, error))
            return FALSE;
        *back -= again;
    }
    return step == DB_STEP_DONE;
}

/* Visits and series follow the days: from those of `before` (NULL: none) to those of `after`. */
static gboolean follow(Session *session, const Absence *before, const Absence *after,
                       AbsenceDone *done, GError **error)
{
    const Span old = span_of(before), now = span_of(after);
    const AwayFor holder = {after->id, after->client_id, after->cause};
    Span freed[2], added[2];
    span_minus(old, now, freed);
    span_minus(now, old, added);
    for (int i = 0; i < 2; i++)
        if (!absence_give_back(session, &holder, freed[i], &done->back, error) ||
            !call_off_for_others(session, after, freed[i], &done->back, error) ||
            !absence_call_off(session, &holder, added[i], &done->called_off, error) ||
            !absence_count_kept(session, &holder, added[i], &done->kept, error))
            return FALSE;
    if (before != NULL && before->cause != after->cause &&
        !absence_set_cause(session, &holder, error))
        return FALSE;
    for (int i = 0; i < 2; i++)
        if (freed[i].from <= freed[i].to &&
            !series_fill(session, after->client_id, freed[i].from, freed[i].to, &done->laid_out,
                         error))
            return FALSE;
    if (done->back > 0 && !decision_settle(session, after->client_id, NULL, error))
        return FALSE;
    /* A closing has a task of its own. */
    if (after->cause == AWAY_CLOSED)
        return TRUE;
    return task_return_settle(session,
                              &(TaskReturn){.absence_id = after->id,
                                            .client_id = after->client_id,
                                            .from = after->from,
                                            .to = after->to,
                                            .none = after->withdrawn,
                                            .moved = before == NULL || before->to != after->to},
                              error);
}

/* The note itself is not in the log, which could not be weeded of it. */
static AuditChanges *changes_of(const Absence *before, const Absence *after,
                                const AbsenceDone *done)
{
    AuditChanges *changes = audit_changes_new();
    audit_changes_text(changes, "cause", before != NULL ? away_cause_code(before->cause) : NULL,
                       away_cause_code(after->cause));
    audit_changes_date(changes, "from_on", before != NULL ? before->from : DATE_NONE, after->from);
    audit_changes_date(changes, "to_on", before != NULL ? before->to : DATE_NONE, after->to);
    audit_changes_int(changes, "visits", 0, done->called_off - done->back);
    audit_changes_int(changes, "visits_laid_out", 0, done->laid_out);
    return changes;
}

static gboolean insert(Session *session, Absence *absence, GError **error)
{
    Db *db = session_db(session);
    char from[DATE_SIZE], to[DATE_SIZE];
    if (absence->id == 0 && (absence->id = db_new_id(db, "absence", error)) == 0)
        return FALSE;
    return db_run(db,
                  "INSERT INTO absence (id, unit_id, client_id, cause, from_on, to_on, words,"
                  " created_ms, created_by) VALUES (:id, :unit, :client, :cause, :from, :to,"
                  " :words, :now, :me) ON CONFLICT (id) DO NOTHING",
                  DB_PARAMS(DB_INT("id", absence->id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("client", absence->client_id),
                            DB_TEXT("cause", away_cause_code(absence->cause)),
                            DB_TEXT("from", date_format(absence->from, from)),
                            DB_TEXT("to", date_or_null(absence->to, to)),
                            DB_TEXT("words", absence->words), DB_INT("now", clock_now_ms()),
                            DB_INT("me", session_staff_id(session))),
                  error);
}

static gboolean add(Session *session, Absence *absence, AbsenceDone *told, GError **error)
{
    AbsenceDone done = {0};
    const gint64 given = absence->id;
    if (!client_require(session, PERMIT_VISIT_RECORD, absence->client_id, error) ||
        !check(absence, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !check_others(session, absence, error) || !insert(session, absence, error))
        return FALSE;
    if (given != 0 && db_changes(session_db(session)) == 0)
        return TRUE; /* it came through the first time */
    if (!follow(session, NULL, absence, &done, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = changes_of(NULL, absence, &done);
    if (told != NULL)
        *told = done;
    return audit_write(session, "create", "absence", absence->id, absence->client_id, changes,
                       error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM absence WHERE id = :id",
                                DB_PARAMS(DB_INT("id", absence->id)), error);
}

gboolean absence_add(Session *session, Absence *absence, AbsenceDone *told, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!deed_begin(session, DEED_ABSENCE_ADD, &deed, error))
        return FALSE;
    const gboolean done = add(session, absence, told, error);
    deed_int(deed, "id", absence->id);
    deed_int(deed, "client", absence->client_id);
    deed_text(deed, "cause", away_cause_code(absence->cause));
    deed_date(deed, "from", absence->from);
    deed_date(deed, "to", absence->to);
    deed_text(deed, "words", absence->words);
    return deed_end(deed, done, error);
}

static gboolean update(Session *session, const Absence *absence, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    return db_run(session_db(session),
                  "UPDATE absence SET cause = :cause, from_on = :from, to_on = :to,"
                  " words = :words, withdrawn_ms = :withdrawn, version = version + 1"
                  " WHERE id = :id",
                  DB_PARAMS(DB_TEXT("cause", away_cause_code(absence->cause)),
                            DB_TEXT("from", date_format(absence->from, from)),
                            DB_TEXT("to", date_or_null(absence->to, to)),
                            DB_TEXT("words", absence->words),
                            DB_INT_IF("withdrawn", clock_now_ms(), absence->withdrawn),
                            DB_INT("id", absence->id)),
                  error);
}

static gboolean same(const Absence *a, const Absence *b)
{
    return a->cause == b->cause && a->from == b->from && a->to == b->to &&
           a->withdrawn == b->withdrawn && g_strcmp0(a->words, b->words) == 0;
}

/* `before`: as it stands, read inside `tx`. */
static gboolean change(Session *session, const Absence *before, const Absence *after,
                       DbTransaction *tx, AbsenceDone *told, GError **error)
{
    AbsenceDone done = {0};
    if (same(before, after))
        return TRUE;
    if (before->version != after->version || before->withdrawn) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                            _("Somebody has changed this absence since you opened it. Look at it "
                              "again, and save once more if yours is right."));
        return FALSE;
    }
    if ((!after->withdrawn && !check_others(session, after, error)) ||
        !update(session, after, error) || !follow(session, before, after, &done, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = changes_of(before, after, &done);
    if (told != NULL)
        *told = done;
    return audit_write(session, after->withdrawn ? "remove" : "change", "absence", after->id,
                       after->client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM absence WHERE id = :id"
                                " AND version = :version",
                                DB_PARAMS(DB_INT("id", after->id),
                                          DB_INT("version", after->version + 1)),
                                error);
}

gboolean absence_change(Session *session, const Absence *absence, AbsenceDone *done, GError **error)
{
    if (!client_require(session, PERMIT_VISIT_RECORD, absence->client_id, error) ||
        !check(absence, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Absence) before = tx != NULL ? read_one(session, absence->id, error) : NULL;
    return before != NULL && change(session, before, absence, tx, done, error);
}

gboolean absence_withdraw(Session *session, gint64 id, gint64 version, AbsenceDone *done,
                          GError **error)
{
    g_autoptr(Absence) after = read_one(session, id, error);
    if (after == NULL ||
        !client_require(session, PERMIT_VISIT_RECORD, after->client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Absence) before = tx != NULL ? read_one(session, id, error) : NULL;
    if (before == NULL)
        return FALSE;
    after->withdrawn = TRUE;
    after->version = version;
    return change(session, before, after, tx, done, error);
}
