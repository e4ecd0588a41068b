/* visit_deed.c: a visit's deeds, written and read. */
#include "care/visit/visit_deed.h"

#include "base/i18n.h"
#include "care/visit/visit_state.h"

gboolean visit_deed_begin(Session *session, const char *name, gint64 id, Deed **deed,
                          GError **error)
{
    if (!deed_begin(session, name, deed, error))
        return FALSE;
    if (*deed == NULL)
        return TRUE;
    g_autoptr(DbStatement) row =
        db_query(session_db(session), "SELECT client_id, version FROM visit WHERE id = :id",
                 DB_PARAMS(DB_INT("id", id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    deed_int(*deed, "id", id);
    deed_int(*deed, "client", step == DB_STEP_ROW ? db_int(row, 0) : 0);
    deed_int(*deed, "version", step == DB_STEP_ROW ? db_int(row, 1) : 0);
    return step != DB_STEP_ERROR;
}

static void put_state(Deed *deed, const char *field, const VisitOutcome *outcome)
{
    const Visit visit = {.outcome = *outcome};
    const StateEnd end = {0};
    g_autofree char *state = visit_state_write(&visit, NULL, &end);
    deed_text(deed, field, state);
}

void visit_deed_outcome(Deed *deed, const VisitOutcome *outcome)
{
    if (deed != NULL)
        put_state(deed, "outcome", outcome);
}

static void put_time(Deed *deed, const char *const fields[5], const NewTime *time)
{
    if (time->date == DATE_NONE)
        return;
    deed_date(deed, fields[0], time->date);
    deed_int(deed, fields[1], time->start);
    deed_int(deed, fields[2], time->minutes);
    deed_text(deed, fields[3], visit_mode_code(time->mode));
    deed_int(deed, fields[4], time->staff_id);
}

static NewTime get_time(const DeedBody *body, const char *const fields[5])
{
    NewTime time = {.date = deed_body_date(body, fields[0]),
                    .start = (int)deed_body_int(body, fields[1], 0),
                    .minutes = (int)deed_body_int(body, fields[2], 0),
                    .staff_id = deed_body_int(body, fields[4], 0)};
    visit_mode_parse(deed_body_text(body, fields[3]), &time.mode);
    return time;
}

static const char *const NEW_TIME[] = {"new-date", "new-start", "new-minutes", "new-form",
                                       "new-staff"};
static const char *const INSTEAD[] = {"instead-date", "instead-start", "instead-minutes",
                                      "instead-form", "instead-staff"};

void visit_deed_times(Deed *deed, const VisitTimes *times)
{
    if (deed == NULL || times == NULL)
        return;
    put_time(deed, NEW_TIME, &times->new_time);
    put_time(deed, INSTEAD, &times->instead);
}

VisitTimes visit_deed_read_times(const DeedBody *body)
{
    return (VisitTimes){.new_time = get_time(body, NEW_TIME), .instead = get_time(body, INSTEAD)};
}

gboolean visit_deed_end(Deed *deed, Session *session, gint64 id, gboolean done, GError **error)
{
    if (deed == NULL || !done)
        return deed_end(deed, done, error);
    VisitOutcome after;
    visit_outcome_init(&after);
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT outcome, cancelled_by, told_by, notice_hours, cause, cause_further,"
                 " cause_source, words, alternative, alternative_taken, note, id FROM visit"
                 " WHERE id = :id",
                 DB_PARAMS(DB_INT("id", id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ERROR)
        return FALSE;
    if (step == DB_STEP_ROW) {
        outcome_parse(db_text(row, 0), &after.outcome);
        cancelled_by_parse(db_text(row, 1), &after.by);
        told_by_parse(db_text(row, 2), &after.told);
        after.notice = db_is_null(row, 3) ? -1 : (int)db_int(row, 3);
        after.cause = g_strdup(db_text(row, 4));
        after.cause_further = g_strdup(db_text(row, 5));
        cause_source_parse(db_text(row, 6), &after.source);
        after.words = g_strdup(db_text(row, 7));
        alternative_parse(db_text(row, 8), &after.alternative);
        after.alternative_taken = db_is_null(row, 9) ? -1 : (int)db_int(row, 9);
        after.note = g_strdup(db_text(row, 10));
    }
    put_state(deed, "after", &after);
    visit_outcome_clear(&after);
    g_clear_pointer(&row, db_statement_release);
    return deed_end(deed, TRUE, error);
}

static gboolean get_state(const DeedBody *body, const char *field, VisitOutcome *outcome,
                          GError **error)
{
    const char *json = deed_body_text(body, field);
    visit_outcome_init(outcome);
    g_autoptr(VisitState) state = visit_state_read(json != NULL ? json : "", error);
    if (state != NULL)
        visit_outcome_copy(outcome, &state->outcome);
    return state != NULL;
}

gboolean visit_deed_read_outcome(const DeedBody *body, VisitOutcome *outcome, GError **error)
{
    return get_state(body, "outcome", outcome, error);
}

gboolean visit_deed_read_after(const DeedBody *body, VisitOutcome *after, GError **error)
{
    return get_state(body, "after", after, error);
}

void visit_deed_plan(Deed *deed, const Visit *visit)
{
    if (deed == NULL)
        return;
    deed_int(deed, "id", visit->id);
    deed_int(deed, "client", visit->client_id);
    deed_int(deed, "staff", visit->staff_id);
    deed_date(deed, "date", visit->date);
    deed_int(deed, "start", visit->start);
    deed_int(deed, "minutes", visit->minutes);
    deed_text(deed, "form", visit_mode_code(visit->mode));
}

Visit *visit_deed_read_plan(const DeedBody *body)
{
    Visit *visit = visit_new();
    visit->id = deed_body_int(body, "id", 0);
    visit->client_id = deed_body_int(body, "client", 0);
    visit->staff_id = deed_body_int(body, "staff", 0);
    visit->date = deed_body_date(body, "date");
    visit->start = (int)deed_body_int(body, "start", 0);
    visit->minutes = (int)deed_body_int(body, "minutes", 0);
    visit_mode_parse(deed_body_text(body, "form"), &visit->mode);
    return visit;
}
