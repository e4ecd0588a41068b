/* visit_row.c: the rows of the table of visits: read, inserted and deleted, and counted. */
#include "care/visit/visit_row.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/client/dispute.h"
#include "care/unit/access.h"
#include "care/visit/meeting.h"
#include "care/visit/second_series.h"
#include "care/visit/summary.h"

/* --- reading ---------------------------------------------------------------------------------- */

/* The columns of VISIT_COLUMNS. */
enum {
    ROW_ID,
    ROW_CLIENT,
    ROW_STAFF,
    ROW_SERIES,
    ROW_ORIGIN,
    ROW_NEW_VISIT,
    ROW_DATE,
    ROW_START,
    ROW_MINUTES,
    ROW_FORM,
    ROW_VERSION,
    ROW_RECORDED_MS,
    ROW_RECORDED_BY,
    ROW_OUTCOME,
    ROW_BY,
    ROW_TOLD,
    ROW_NOTICE,
    ROW_CAUSE,
    ROW_CAUSE_FURTHER,
    ROW_SOURCE,
    ROW_WORDS,
    ROW_ALTERNATIVE,
    ROW_TAKEN,
    ROW_NOTE,
    ROW_ABSENCE,
    ROW_CLIENT_NAME,
    ROW_CLIENT_BIRTH,
    ROW_CLIENT_PROTECTION,
    ROW_CLIENT_PHONE,
    ROW_STAFF_NAME,
    ROW_NEW_DATE,
    ROW_NEW_START,
    ROW_NEW_OUTCOME,
    ROW_ALTERNATIVE_DATE,
    ROW_ALTERNATIVE_START,
    ROW_ALTERNATIVE_OUTCOME,
    ROW_STAND_IN,
    ROW_COVERED_BY,
    ROW_DISPUTE, /* what Dispute has: words, said_on, outcome, reason; then the ids of client and
                    dispute */
};

static void read_outcome(DbStatement *row, VisitOutcome *outcome)
{
    outcome_parse(db_text(row, ROW_OUTCOME), &outcome->outcome);
    cancelled_by_parse(db_text(row, ROW_BY), &outcome->by);
    told_by_parse(db_text(row, ROW_TOLD), &outcome->told);
    if (!db_is_null(row, ROW_NOTICE))
        outcome->notice = (int)db_int(row, ROW_NOTICE);
    outcome->cause = g_strdup(db_text(row, ROW_CAUSE));
    outcome->cause_further = g_strdup(db_text(row, ROW_CAUSE_FURTHER));
    cause_source_parse(db_text(row, ROW_SOURCE), &outcome->source);
    outcome->words = g_strdup(db_text(row, ROW_WORDS));
    alternative_parse(db_text(row, ROW_ALTERNATIVE), &outcome->alternative);
    if (!db_is_null(row, ROW_TAKEN))
        outcome->alternative_taken = db_int(row, ROW_TAKEN) != 0;
    outcome->note = g_strdup(db_text(row, ROW_NOTE));
}

Visit *visit_from_row(DbStatement *row)
{
    Visit *visit = visit_new();
    visit->id = db_int(row, ROW_ID);
    visit->client_id = db_int(row, ROW_CLIENT);
    visit->staff_id = db_int(row, ROW_STAFF);
    visit->series_id = db_int(row, ROW_SERIES);
    visit->origin_id = db_int(row, ROW_ORIGIN);
    visit->new_visit_id = db_int(row, ROW_NEW_VISIT);
    visit->date = date_parse(db_text(row, ROW_DATE));
    visit->start = time_parse(db_text(row, ROW_START));
    visit->minutes = (int)db_int(row, ROW_MINUTES);
    visit_mode_parse(db_text(row, ROW_FORM), &visit->mode);
    visit->stand_in = db_int(row, ROW_STAND_IN) != 0;
    visit->version = db_int(row, ROW_VERSION);
    visit->recorded_ms = db_int(row, ROW_RECORDED_MS);
    visit->recorded_by = db_int(row, ROW_RECORDED_BY);
    read_outcome(row, &visit->outcome);
    visit->absence_id = db_int(row, ROW_ABSENCE);
    visit->client_name = g_strdup(db_text(row, ROW_CLIENT_NAME));
    visit->client_birth = date_parse(db_text(row, ROW_CLIENT_BIRTH));
    visit->client_protection = protection_parse(db_text(row, ROW_CLIENT_PROTECTION));
    if (visit->client_protection == PROTECTION_NONE)
        visit->client_phone = g_strdup(db_text(row, ROW_CLIENT_PHONE));
    visit->staff_name = g_strdup(db_text(row, ROW_STAFF_NAME));
    visit->covered_by = g_strdup(db_text(row, ROW_COVERED_BY));
    visit->new_date = date_parse(db_text(row, ROW_NEW_DATE));
    if (visit->new_date != DATE_NONE)
        visit->new_start = time_parse(db_text(row, ROW_NEW_START));
    outcome_parse(db_text(row, ROW_NEW_OUTCOME), &visit->new_outcome);
    visit->alternative_date = date_parse(db_text(row, ROW_ALTERNATIVE_DATE));
    if (visit->alternative_date != DATE_NONE)
        visit->alternative_start = time_parse(db_text(row, ROW_ALTERNATIVE_START));
    outcome_parse(db_text(row, ROW_ALTERNATIVE_OUTCOME), &visit->alternative_outcome);
    visit->disputed = dispute_sentence_of_row(row, ROW_DISPUTE);
    return visit;
}

GPtrArray *visit_rows(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) visits = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(visits, visit_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&visits) : NULL;
}

/* Why a visit is not seen: there is none, or its client's card may not be opened. */
static void refuse(Session *session, gint64 id, GError **error)
{
    gint64 client = 0;
    if (!db_get_int(session_db(session), "SELECT client_id FROM visit WHERE id = :id",
                    DB_PARAMS(DB_INT("id", id)), 0, &client, error) ||
        (client != 0 && !client_require_open(session, client, error)))
        return;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                        _("The visit is no longer there. Look at the list again."));
}

Visit *visit_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), VISITS "v.id = :id",
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session)),
                           DB_INT("id", id)),
                 error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        refuse(session, id, error);
    return step == DB_STEP_ROW ? visit_from_row(row) : NULL;
}

gboolean visit_require(Session *session, Permit permit, gint64 id, GError **error)
{
    gint64 seen = 0;
    if (!access_require(session, permit, error) ||
        !db_get_int(session_db(session),
                    "SELECT v.id FROM visit v WHERE " VISIT_SEEN " AND v.id = :id",
                    DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session)),
                              DB_INT("id", id)),
                    0, &seen, error))
        return FALSE;
    if (seen == 0)
        refuse(session, id, error);
    return seen != 0;
}

GPtrArray *visit_made_by(Session *session, gint64 origin, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), VISIT_ROWS " WHERE v.origin_id = :origin ORDER BY v.id",
                 DB_PARAMS(DB_INT("origin", origin)), error);
    return rows != NULL ? visit_rows(rows, error) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

gboolean visit_insert_row(Session *session, const Visit *visit, gint64 import_id, gboolean later,
                          GError **error)
{
    const VisitOutcome *outcome = &visit->outcome;
    char date[DATE_SIZE], start[TIME_SIZE];
    return (later ? db_run_later : db_run)(
        session_db(session),
        "INSERT INTO visit (id, unit_id, client_id, staff_id, series_id, origin_id, date, start,"
        " minutes, week, form, outcome, cancelled_by, told_by, notice_hours, cause, cause_further,"
        " cause_source, words, alternative, alternative_taken, new_visit_id, note, version,"
        " recorded_ms, recorded_by, import_id)"
        " VALUES (:id, :unit, :client, :staff, :series, :origin, :date, :start, :minutes, :week,"
        " :form, :outcome, :by, :told, :notice, :cause, :further, :source, :words, :alternative,"
        " :taken, :new_visit, :note, :version, :recorded, :recorder, :import)"
        " ON CONFLICT (id) DO NOTHING",
        DB_PARAMS(
            DB_INT("id", visit->id), DB_INT("unit", session_unit_id(session)),
            DB_INT("client", visit->client_id), DB_INT_OR_NULL("staff", visit->staff_id),
            DB_INT_OR_NULL("series", visit->series_id), DB_INT_OR_NULL("origin", visit->origin_id),
            DB_TEXT("date", date_format(visit->date, date)),
            DB_TEXT("start", time_format(visit->start, start)), DB_INT("minutes", visit->minutes),
            DB_INT("week", week_of(visit->date)), DB_TEXT("form", visit_mode_code(visit->mode)),
            DB_TEXT("outcome", outcome_code(outcome->outcome)),
            DB_TEXT("by", cancelled_by_code(outcome->by)),
            DB_TEXT("told", told_by_code(outcome->told)),
            DB_INT_IF("notice", outcome->notice, outcome->notice >= 0),
            DB_TEXT("cause", outcome->cause), DB_TEXT("further", outcome->cause_further),
            DB_TEXT("source", cause_source_code(outcome->source)), DB_TEXT("words", outcome->words),
            DB_TEXT("alternative", alternative_code(outcome->alternative)),
            DB_INT_IF("taken", outcome->alternative_taken, outcome->alternative_taken >= 0),
            DB_INT_OR_NULL("new_visit", visit->new_visit_id), DB_TEXT("note", outcome->note),
            DB_INT("version", visit->version), DB_INT_OR_NULL("recorded", visit->recorded_ms),
            DB_INT_OR_NULL("recorder", visit->recorded_by), DB_INT_OR_NULL("import", import_id)),
        error);
}

gboolean visit_insert(Session *session, Visit *visit, GError **error)
{
    Db *db = session_db(session);
    if (visit->id == 0 && (visit->id = db_new_id(db, "visit", error)) == 0)
        return FALSE;
    if (!visit_insert_row(session, visit, 0, FALSE, error))
        return FALSE;
    if (db_changes(db) == 0)
        return TRUE;
    return second_of_origin(session, visit, error) &&
           summary_move(session, (SummaryOf){visit->client_id, visit->origin_id}, (SummaryState){0},
                        (SummaryState){week_of(visit->date), visit->outcome.outcome,
                                       visit->outcome.cause, FALSE},
                        1, error);
}

gboolean visit_delete(Session *session, const Visit *visit, GError **error)
{
    static const char *const steps[] = {
        "DELETE FROM visit_version WHERE visit_id = :id",
        "DELETE FROM task WHERE visit_id = :id AND done_ms IS NULL",
        "UPDATE task SET visit_id = NULL WHERE visit_id = :id",
        "DELETE FROM visit_second WHERE visit_id = :id",
        "UPDATE away_proposal SET visit_id = NULL WHERE visit_id = :id",
        "UPDATE out_home SET visit_id = NULL WHERE visit_id = :id",
        "DELETE FROM visit WHERE id = :id AND outcome IS NULL",
    };
    Db *db = session_db(session);
    gint64 stands_in = 0;
    /* As it is now: what went before in the transaction may have changed it. */
    if (!db_get_int(db, "SELECT stand_in FROM visit WHERE id = :id",
                    DB_PARAMS(DB_INT("id", visit->id)), 0, &stands_in, error) ||
        !meeting_let_go(session, visit->id, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
        if (!db_run(db, steps[i], DB_PARAMS(DB_INT("id", visit->id)), error))
            return FALSE;
    const SummaryState counted = {.week = week_of(visit->date), .stand_in = stands_in != 0};
    return summary_move(session, (SummaryOf){visit->client_id, visit->origin_id}, counted,
                        (SummaryState){0}, db_changes(db), error) &&
           (visit->origin_id == 0 || meeting_settle(session, visit->origin_id, error));
}
