/* series.c: visits that recur: kept as a rule, laid out as visits some weeks ahead.
 *
 * How far a series is laid out stands in its own row and is moved in the transaction that adds the
 * visits, so two programs that lay out at the same time add nothing twice, and a visit that was
 * taken away stays away. */
#include "care/visit/series.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision_gap.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/visit/absence_days.h"
#include "care/visit/second_series.h"
#include "care/visit/series_rule.h"
#include "care/visit/summary.h"
#include "care/visit/visit_row.h"

void series_free(Series *series)
{
    if (series == NULL)
        return;
    g_free(series->rrule);
    g_free(series);
}

/* Whole weeks, so that most unlocks find nothing to do: to the Sunday of the last one. */
static Date horizon(Date today)
{
    return week_monday(week_add(week_of(today), SERIES_WEEKS_AHEAD)) + 6;
}

static gboolean may_change(Session *session, GError **error)
{
    return access_allows(session, PERMIT_CLIENT_EDIT) ||
           access_require(session, PERMIT_VISIT_RECORD, error);
}

static gboolean may_change_for(Session *session, gint64 client_id, GError **error)
{
    return may_change(session, error) && client_require_open(session, client_id, error);
}

/* --- rows ------------------------------------------------------------------------------------- */

#define SERIES_COLUMNS                                                                             \
    "SELECT r.id, r.client_id, r.staff_id, r.rrule, r.starts_on, r.ends_on, r.start, r.minutes,"   \
    " r.form, r.laid_out_to FROM series r"

static Series *series_from_row(DbStatement *row)
{
    Series *series = g_new0(Series, 1);
    series->id = db_int(row, 0);
    series->client_id = db_int(row, 1);
    series->staff_id = db_int(row, 2);
    series->rrule = g_strdup(db_text(row, 3));
    series->starts_on = date_parse(db_text(row, 4));
    series->ends_on = date_parse(db_text(row, 5));
    series->start = time_parse(db_text(row, 6));
    series->minutes = (int)db_int(row, 7);
    visit_mode_parse(db_text(row, 8), &series->mode);
    series->laid_out_to = date_parse(db_text(row, 9));
    return series;
}

static GPtrArray *read_all(DbStatement *rows, GError **error)
{
    if (rows == NULL)
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, series_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static GPtrArray *read_of_client(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 SERIES_COLUMNS " WHERE r.client_id = :client ORDER BY r.starts_on, r.start, r.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    return read_all(rows, error);
}

GPtrArray *series_of_client(Session *session, gint64 client_id, GError **error)
{
    return client_require(session, PERMIT_CLIENT_READ, client_id, error)
               ? read_of_client(session, client_id, error)
               : NULL;
}

/* --- laying out ------------------------------------------------------------------------------- */

static gboolean add_visit(Session *session, const Series *series, Date day, GError **error)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = series->client_id;
    visit->staff_id = series->staff_id;
    visit->series_id = series->id;
    visit->date = day;
    visit->start = series->start;
    visit->minutes = series->minutes;
    visit->mode = series->mode;
    visit->id = db_new_id(session_db(session), "visit", error);
    return visit->id != 0 && visit_insert_row(session, visit, 0, TRUE, error);
}

/* Days in order, so a week's visits are counted in one go. */
static gboolean add_visits(Session *session, const Series *series, const GArray *days,
                           GError **error)
{
    gint64 in_week = 0;
    for (guint i = 0; i < days->len; i++) {
        Date day = g_array_index(days, Date, i);
        Week week = week_of(day);
        if (!add_visit(session, series, day, error))
            return FALSE;
        in_week++;
        if (i + 1 < days->len && week_of(g_array_index(days, Date, i + 1)) == week)
            continue;
        if (!summary_move(session, (SummaryOf){.client_id = series->client_id}, (SummaryState){0},
                          (SummaryState){.week = week}, in_week, error))
            return FALSE;
        in_week = 0;
    }
    return TRUE;
}

/* Days that have a visit of the series already, as when a decision that had ended goes on. */
static gboolean leave_out_laid(Session *session, gint64 series_id, Date from, GArray *days,
                               GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), "SELECT date FROM visit WHERE series_id = :series AND date >= :from",
        DB_PARAMS(DB_INT("series", series_id), DB_TEXT("from", date_format(from, date))), error);
    if (rows == NULL)
        return FALSE;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        Date laid = date_parse(db_text(rows, 0));
        for (guint i = days->len; i > 0; i--)
            if (g_array_index(days, Date, i - 1) == laid)
                g_array_remove_index(days, i - 1);
    }
    return step == DB_STEP_DONE;
}

/* Days that no decision reaches. */
static gboolean leave_out_gaps(Session *session, gint64 client_id, GArray *days, GError **error)
{
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    for (guint i = gaps != NULL ? days->len : 0; i > 0; i--)
        if (decision_gap_at(gaps, g_array_index(days, Date, i - 1)) != NULL)
            g_array_remove_index(days, i - 1);
    return gaps != NULL;
}

/* Inside a transaction. The visits of some days, as far as series and decisions reach, but for days
 * on which the client is away. */
static gboolean add_days(Session *session, const Series *series, Date from, Date to, int *added,
                         GError **error)
{
    from = MAX(from, series->starts_on);
    if (series->ends_on != DATE_NONE)
        to = MIN(to, series->ends_on);
    g_autoptr(GArray) days = series_days(series->rrule, series->starts_on, from, to, error);
    if (days == NULL || !leave_out_laid(session, series->id, from, days, error) ||
        !leave_out_gaps(session, series->client_id, days, error) ||
        !absence_leave_out(session, series->client_id, days, error) ||
        !add_visits(session, series, days, error))
        return FALSE;
    *added += (int)days->len;
    return TRUE;
}

/* Inside a transaction. As far ahead as is laid out. */
static gboolean lay_out(Session *session, Series *series, Date today, int *added, GError **error)
{
    Date from = today;
    char date[DATE_SIZE];
    if (series->laid_out_to != DATE_NONE)
        from = MAX(from, series->laid_out_to + 1);
    if (!add_days(session, series, from, horizon(today), added, error))
        return FALSE;
    series->laid_out_to = horizon(today);
    return second_follow(session, series->id, from, series->laid_out_to, error) &&
           db_run(session_db(session), "UPDATE series SET laid_out_to = :to WHERE id = :id",
                  DB_PARAMS(DB_TEXT("to", date_format(series->laid_out_to, date)),
                            DB_INT("id", series->id)),
                  error);
}

gboolean series_fill(Session *session, gint64 client_id, Date from, Date to, int *added,
                     GError **error)
{
    return client_require(session, PERMIT_CLIENT_READ, client_id, error) &&
           series_fill_gap(session, client_id, from, to, added, error);
}

gboolean series_fill_gap(Session *session, gint64 client_id, Date from, Date to, int *added,
                         GError **error)
{
    g_autoptr(GPtrArray) all = read_of_client(session, client_id, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const Series *series = all->pdata[i];
        const Date first = MAX(from, clock_today()), last = MIN(to, series->laid_out_to);
        if (series->laid_out_to != DATE_NONE &&
            (!add_days(session, series, first, last, added, error) ||
             !second_follow(session, series->id, first, last, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean log_laid_out(Session *session, const Series *series, Date before, int added,
                             GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "laid_out_to", before, series->laid_out_to);
    audit_changes_int(changes, "visits", 0, added);
    return audit_write(session, "change", "series", series->id, series->client_id, changes, error);
}

/* A series of a client who no longer comes is left as it is. The condition and the order are those
 * of the index series_to_lay_out: most unlocks look at its beginning and find nothing. */
#define LAGGING                                                                                    \
    " WHERE COALESCE(r.laid_out_to, '') < :horizon"                                                \
    " AND (r.ends_on IS NULL OR r.laid_out_to IS NULL OR r.ends_on > r.laid_out_to)"               \
    " AND EXISTS (SELECT 1 FROM client c"                                                          \
    " WHERE c.id = r.client_id AND c.unit_id = :unit AND c.active = 1)"                            \
    " ORDER BY COALESCE(r.laid_out_to, ''), r.id"

static GPtrArray *lagging(Session *session, Date today, GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), SERIES_COLUMNS LAGGING,
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("horizon", date_format(horizon(today), date))),
                 error);
    return read_all(rows, error);
}

gboolean series_lay_out(Session *session, Date today, int *added, GError **error)
{
    int count = 0;
    if (added != NULL)
        *added = 0;
    if (session_is_laptop(session))
        return TRUE; /* they are laid out at home, once */
    g_autoptr(GPtrArray) found = lagging(session, today, error);
    if (found == NULL || found->len == 0 || db_is_read_only(session_db(session)))
        return found != NULL;
    /* Once more behind the lock: another program may have done it by now. */
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(GPtrArray) all = tx != NULL ? lagging(session, today, error) : NULL;
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        Series *series = g_ptr_array_index(all, i);
        Date before = series->laid_out_to;
        int laid = 0;
        if (!lay_out(session, series, today, &laid, error) ||
            (laid > 0 && !log_laid_out(session, series, before, laid, error)))
            return FALSE;
        count += laid;
    }
    if (!db_transaction_commit(tx, error))
        return FALSE; /* what it did not add, the next unlock adds */
    if (added != NULL)
        *added = count;
    return TRUE;
}

gboolean series_go_on(Session *session, gint64 client_id, Date last, GError **error)
{
    char date[DATE_SIZE];
    int added = 0;
    date_format(last, date);
    return db_run(session_db(session),
                  "UPDATE series SET laid_out_to = :last WHERE client_id = :client"
                  " AND laid_out_to > :last",
                  DB_PARAMS(DB_TEXT("last", date), DB_INT("client", client_id)), error) &&
           series_lay_out(session, clock_today(), &added, error);
}

/* --- adding and ending ------------------------------------------------------------------------ */

static gboolean check(const Series *series, GError **error)
{
    if (!visit_check_time(series->starts_on, series->start, series->minutes, error))
        return FALSE;
    if (series->ends_on != DATE_NONE && series->ends_on < series->starts_on) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The series ends before it begins. Change one of the days."));
        return FALSE;
    }
    g_autoptr(GArray) days =
        series_days(series->rrule, series->starts_on, series->starts_on, series->starts_on, error);
    return days != NULL;
}

static gboolean insert(Session *session, Series *series, GError **error)
{
    Db *db = session_db(session);
    char starts[DATE_SIZE], ends[DATE_SIZE], laid[DATE_SIZE], start[TIME_SIZE];
    if (series->id == 0 && (series->id = db_new_id(db, "series", error)) == 0)
        return FALSE;
    return db_run(
        db,
        "INSERT INTO series (id, client_id, staff_id, rrule, starts_on, ends_on, start, minutes,"
        " form, laid_out_to, created_ms, created_by) VALUES (:id, :client, :staff, :rrule, :starts,"
        " :ends, :start, :minutes, :form, :laid, :now, :me) ON CONFLICT (id) DO NOTHING",
        DB_PARAMS(DB_INT("id", series->id), DB_INT("client", series->client_id),
                  DB_INT_OR_NULL("staff", series->staff_id), DB_TEXT("rrule", series->rrule),
                  DB_TEXT("starts", date_format(series->starts_on, starts)),
                  DB_TEXT("ends", date_or_null(series->ends_on, ends)),
                  DB_TEXT("start", time_format(series->start, start)),
                  DB_INT("minutes", series->minutes),
                  DB_TEXT("form", visit_mode_code(series->mode)),
                  DB_TEXT("laid", date_or_null(series->laid_out_to, laid)),
                  DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
        error);
}

static gboolean log_added(Session *session, const Series *series, int visits, GError **error)
{
    char start[TIME_SIZE];
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "rrule", NULL, series->rrule);
    audit_changes_date(changes, "starts_on", DATE_NONE, series->starts_on);
    audit_changes_text(changes, "start", NULL, time_format(series->start, start));
    audit_changes_int(changes, "minutes", 0, series->minutes);
    audit_changes_int(changes, "staff_id", 0, series->staff_id);
    audit_changes_int(changes, "visits", 0, visits);
    return audit_write(session, "create", "series", series->id, series->client_id, changes, error);
}

gboolean series_add(Session *session, Series *series, GError **error)
{
    int visits = 0;
    if (!may_change_for(session, series->client_id, error) || !check(series, error) ||
        !decision_covers(session, series->client_id, series->starts_on, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    gint64 given = series->id;
    series->laid_out_to = DATE_NONE;
    if (tx == NULL || !insert(session, series, error))
        return FALSE;
    if (given != 0 && db_changes(session_db(session)) == 0)
        return TRUE; /* it came through the first time */
    return lay_out(session, series, clock_today(), &visits, error) &&
           log_added(session, series, visits, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM series WHERE id = :id",
                                DB_PARAMS(DB_INT("id", series->id)), error);
}

gboolean series_add_laid_out(Session *session, Series *series, GError **error)
{
    return may_change(session, error) && check(series, error) && insert(session, series, error) &&
           log_added(session, series, 0, error);
}

static Series *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row = db_query(session_db(session), SERIES_COLUMNS " WHERE r.id = :id",
                                          DB_PARAMS(DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The series is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? series_from_row(row) : NULL;
}

/* Of the visits from `from` on those of which nothing is known go. */
static gboolean remove_visits(Session *session, gint64 id, Date from, gint64 *removed,
                              GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT id FROM visit WHERE series_id = :series AND date >= :from"
                 " AND outcome IS NULL",
                 DB_PARAMS(DB_INT("series", id), DB_TEXT("from", date_format(from, date))), error);
    if (rows == NULL)
        return FALSE;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        gint64 visit = db_int(rows, 0);
        g_array_append_val(ids, visit);
    }
    g_clear_pointer(&rows, db_statement_release);
    if (step != DB_STEP_DONE)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(Visit) visit = visit_read(session, g_array_index(ids, gint64, i), error);
        if (visit == NULL || !visit_delete(session, visit, error))
            return FALSE;
    }
    *removed = ids->len;
    return TRUE;
}

gboolean series_end(Session *session, gint64 id, Date from, GError **error)
{
    char after[DATE_SIZE];
    gint64 removed = 0;
    if (from == DATE_NONE) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Choose the day from which the series has no more visits."));
        return FALSE;
    }
    g_autoptr(Series) series = read_one(session, id, error);
    if (series == NULL || !may_change_for(session, series->client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_clear_pointer(&series, series_free);
    if (tx == NULL || (series = read_one(session, id, error)) == NULL)
        return FALSE;
    if (series->ends_on != DATE_NONE && series->ends_on < from)
        return TRUE;
    if (!remove_visits(session, id, from, &removed, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    date_format(from - 1, after);
    audit_changes_date(changes, "ends_on", series->ends_on, from - 1);
    audit_changes_int(changes, "visits_removed", 0, removed);
    return db_run(session_db(session), "UPDATE series SET ends_on = :end WHERE id = :id",
                  DB_PARAMS(DB_TEXT("end", after), DB_INT("id", id)), error) &&
           audit_write(session, "change", "series", id, series->client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM series WHERE id = :id AND ends_on = :end",
                                DB_PARAMS(DB_INT("id", id), DB_TEXT("end", after)), error);
}

/* --- to another worker ------------------------------------------------------------------------ */

#define YEARS_AHEAD (2 * 366)

/* The series as it goes on from a day: it begins on its first day from then on, so that every other
 * week stays the same weeks; one that ends after so many times ends on the same day. NULL without
 * error when it has no day any more. */
static Series *rest_of(const Series *series, Date from, GError **error)
{
    const Date end = series->ends_on != DATE_NONE ? series->ends_on : from + YEARS_AHEAD;
    g_autoptr(GArray) days = series_days(series->rrule, series->starts_on, from, end, error);
    if (days == NULL || days->len == 0)
        return NULL;
    Series *rest = g_new0(Series, 1);
    *rest = *series;
    rest->id = 0;
    rest->rrule = g_strdup(series->rrule);
    rest->starts_on = g_array_index(days, Date, 0);
    if (strstr(series->rrule, "COUNT=") != NULL)
        rest->ends_on = g_array_index(days, Date, days->len - 1);
    return rest;
}

/* All of them belong to the new series; whose they are changes where nothing has come of them. */
static gboolean give_visits(Session *session, const Series *series, const Series *rest, Date from,
                            gint64 *given, GError **error)
{
    Db *db = session_db(session);
    char date[DATE_SIZE];
    date_format(from, date);
    if (!db_run(db,
                "UPDATE visit SET staff_id = :to WHERE series_id = :series AND date >= :from"
                " AND staff_id IS NOT DISTINCT FROM :staff"
                " AND (outcome IS NULL OR absence_id IS NOT NULL)",
                DB_PARAMS(DB_INT_OR_NULL("to", rest->staff_id), DB_INT("series", series->id),
                          DB_TEXT("from", date), DB_INT_OR_NULL("staff", series->staff_id)),
                error))
        return FALSE;
    *given = db_changes(db);
    return db_run(
        db, "UPDATE visit SET series_id = :rest WHERE series_id = :series AND date >= :from",
        DB_PARAMS(DB_INT("rest", rest->id), DB_INT("series", series->id), DB_TEXT("from", date)),
        error);
}

static gboolean log_handed_over(Session *session, const Series *series, const Series *rest,
                                Date from, gint64 visits, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "ends_on", series->ends_on, from - 1);
    audit_changes_int(changes, "staff_id", series->staff_id, rest->staff_id);
    audit_changes_int(changes, "visits", 0, visits);
    return audit_write(session, "change", "series", series->id, series->client_id, changes,
                       error) &&
           log_added(session, rest, 0, error);
}

gboolean series_hand_over(Session *session, gint64 id, gint64 staff_id, Date from, gint64 *visits,
                          GError **error)
{
    char last[DATE_SIZE];
    gint64 given = 0;
    g_autoptr(Series) series = read_one(session, id, error);
    if (series == NULL || !may_change_for(session, series->client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_clear_pointer(&series, series_free);
    if (tx == NULL || (series = read_one(session, id, error)) == NULL)
        return FALSE;
    GError *fault = NULL;
    g_autoptr(Series) rest =
        from != DATE_NONE && staff_id != series->staff_id ? rest_of(series, from, &fault) : NULL;
    if (rest == NULL) {
        if (fault != NULL)
            g_propagate_error(error, fault);
        else
            g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                                _("The series has no visit from that day on, or that worker has it "
                                  "already. Choose another day or another worker."));
        return FALSE;
    }
    rest->staff_id = staff_id;
    date_format(from - 1, last);
    if (!insert(session, rest, error) || !give_visits(session, series, rest, from, &given, error) ||
        !second_hand_over(session, series->id, rest->id, error) ||
        !db_run(session_db(session), "UPDATE series SET ends_on = :end WHERE id = :id",
                DB_PARAMS(DB_TEXT("end", last), DB_INT("id", id)), error) ||
        !log_handed_over(session, series, rest, from, given, error))
        return FALSE;
    if (visits != NULL)
        *visits = given;
    return commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM series WHERE id = :id",
                                DB_PARAMS(DB_INT("id", rest->id)), error);
}
