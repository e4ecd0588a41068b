/* absence_visits.c: many visits of one client go from one state to another, as visit_step.c does with
 * one: each state that is left is kept, and the counts are moved; the log has one entry, the
 * absence's. */
#include "care/visit/absence_visits.h"

#include "base/clock.h"
#include "care/visit/counted.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_row.h"
#include "care/visit/visit_state.h"

typedef struct {
    Session *session;
    VisitOutcome after;
    gint64 absence_id; /* that holds them afterwards; 0: none */
    StateEnd end;      /* of the state that is left */
} Turn;

static gboolean keep_state(const Turn *turn, const Visit *visit, GError **error)
{
    if (visit->outcome.outcome == OUTCOME_NONE)
        return TRUE;
    g_autoptr(GPtrArray) made = visit_made_by(turn->session, visit->id, error);
    if (made == NULL)
        return FALSE;
    const StateEnd end = {turn->end.undone, FALSE, turn->end.undone ? visit->version - 1 : 0};
    g_autofree char *state = visit_state_write(visit, made, &end);
    return db_run(session_db(turn->session),
                  "INSERT INTO visit_version (visit_id, version, state, replaced_ms, replaced_by)"
                  " VALUES (:id, :version, :state, :now, :me)",
                  DB_PARAMS(DB_INT("id", visit->id), DB_INT("version", visit->version),
                            DB_TEXT("state", state), DB_INT("now", clock_now_ms()),
                            DB_INT("me", session_staff_id(turn->session))),
                  error);
}

static gboolean set_state(const Turn *turn, const Visit *visit, GError **error)
{
    const VisitOutcome *after = &turn->after;
    const gboolean recorded = after->outcome != OUTCOME_NONE;
    return db_run(session_db(turn->session),
                  "UPDATE visit SET outcome = :outcome, cancelled_by = :by, cause = :cause,"
                  " absence_id = :absence, version = version + 1, recorded_ms = :now,"
                  " recorded_by = :me WHERE id = :id",
                  DB_PARAMS(DB_TEXT("outcome", outcome_code(after->outcome)),
                            DB_TEXT("by", cancelled_by_code(after->by)),
                            DB_TEXT("cause", after->cause),
                            DB_INT_OR_NULL("absence", turn->absence_id),
                            DB_INT_IF("now", clock_now_ms(), recorded),
                            DB_INT_IF("me", session_staff_id(turn->session), recorded),
                            DB_INT("id", visit->id)),
                  error);
}

/* What is counted alike is moved in one go: visits come in the order of their days. */
static gboolean move_counts(const Turn *turn, const GPtrArray *visits, GError **error)
{
    for (guint i = 0, many = 0; i < visits->len; i++) {
        const Visit *visit = visits->pdata[i];
        const Visit *next = i + 1 < visits->len ? visits->pdata[i + 1] : NULL;
        const SummaryState from = {week_of(visit->date), visit->outcome.outcome,
                                   visit->outcome.cause, visit->stand_in};
        const SummaryState to = {from.week, turn->after.outcome, turn->after.cause, from.stand_in};
        many++;
        if (visit->origin_id != 0 &&
            !counted_forget_origins(turn->session, visit->origin_id, error))
            return FALSE;
        /* Only what something was recorded on before can have made others. */
        if (visit->version > 1 && !meeting_settle(turn->session, visit->id, error))
            return FALSE;
        if (next != NULL && week_of(next->date) == from.week && next->stand_in == from.stand_in &&
            g_strcmp0(next->outcome.cause, from.cause) == 0)
            continue;
        if (!summary_move(turn->session, (SummaryOf){0}, from, to, many, error))
            return FALSE;
        many = 0;
    }
    return TRUE;
}

static gboolean turn_all(const Turn *turn, const GPtrArray *visits, GError **error)
{
    if (visits->len == 0)
        return TRUE;
    for (guint i = 0; i < visits->len; i++)
        if (!keep_state(turn, visits->pdata[i], error) ||
            !set_state(turn, visits->pdata[i], error))
            return FALSE;
    return move_counts(turn, visits, error) &&
           counted_settle_first(turn->session, ((const Visit *)visits->pdata[0])->client_id,
                                error);
}

static VisitOutcome away(const AwayFor *absence)
{
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_UNIT_CANCELLED;
    outcome.by = BY_CLIENT;
    outcome.cause = (char *)away_cause_code(absence->cause);
    return outcome;
}

/* Those that the absence holds, of some days. */
static GPtrArray *held(Session *session, gint64 absence_id, Span days, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 VISITS_ALONE "v.absence_id = :absence AND v.date BETWEEN :from AND :to"
                              VISIT_ORDER,
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session)),
                           DB_INT("absence", absence_id),
                           DB_TEXT("from", date_format(days.from, from)),
                           DB_TEXT("to", date_format(days.to, to))),
                 error);
    return rows != NULL ? visit_rows(rows, error) : NULL;
}

gboolean absence_call_off(Session *session, const AwayFor *absence, Span days, int *count,
                          GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    if (days.from > days.to)
        return TRUE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        VISITS_ALONE "v.client_id = :client AND v.date BETWEEN :from AND :to AND v.outcome IS NULL"
                     VISIT_ORDER,
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session)),
                  DB_INT("client", absence->client_id),
                  DB_TEXT("from", date_format(days.from, from)),
                  DB_TEXT("to", date_format(days.to, to))),
        error);
    g_autoptr(GPtrArray) visits = rows != NULL ? visit_rows(rows, error) : NULL;
    g_clear_pointer(&rows, db_statement_release);
    const Turn turn = {session, away(absence), absence->id, {0}};
    if (visits == NULL || !turn_all(&turn, visits, error))
        return FALSE;
    *count += (int)visits->len;
    return TRUE;
}

gboolean absence_give_back(Session *session, const AwayFor *absence, Span days, int *count,
                           GError **error)
{
    if (days.from > days.to)
        return TRUE;
    g_autoptr(GPtrArray) visits = held(session, absence->id, days, error);
    Turn turn = {.session = session, .end = {.undone = TRUE}};
    visit_outcome_init(&turn.after);
    if (visits == NULL || !turn_all(&turn, visits, error))
        return FALSE;
    *count += (int)visits->len;
    return TRUE;
}

gboolean absence_set_cause(Session *session, const AwayFor *absence, GError **error)
{
    const Span all = {SPAN_FIRST, SPAN_LAST};
    g_autoptr(GPtrArray) visits = held(session, absence->id, all, error);
    const Turn turn = {session, away(absence), absence->id, {0}};
    return visits != NULL && turn_all(&turn, visits, error);
}

gboolean absence_count_kept(Session *session, const AwayFor *absence, Span days, int *count,
                            GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    gint64 kept = 0;
    if (days.from > days.to)
        return TRUE;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM visit WHERE client_id = :client"
                    " AND date BETWEEN :from AND :to AND outcome IS NOT NULL"
                    " AND absence_id IS DISTINCT FROM :absence",
                    DB_PARAMS(DB_INT("client", absence->client_id),
                              DB_TEXT("from", date_format(days.from, from)),
                              DB_TEXT("to", date_format(days.to, to)),
                              DB_INT("absence", absence->id)),
                    0, &kept, error))
        return FALSE;
    *count += (int)kept;
    return TRUE;
}
