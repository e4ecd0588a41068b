/* summary.c: the weekly counts. They are moved with every visit and can be counted anew. */
#include "care/visit/summary.h"

#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/access.h"
#include "care/unit/cause.h"
#include "care/visit/counted.h"

static const char *stored_outcome(Outcome outcome)
{
    const char *code = outcome_code(outcome);
    return code != NULL ? code : "";
}

static gboolean add_to_outcome(Session *session, const SummaryState *state, gint64 visits,
                               GError **error)
{
    return db_run_later(
        session_db(session),
        "INSERT INTO week_outcome (unit_id, week, outcome, visits, stand_in)"
        " VALUES (:unit, :week, :outcome, :visits, :stand_in)"
        " ON CONFLICT (unit_id, week, outcome)"
        " DO UPDATE SET visits = week_outcome.visits + excluded.visits,"
        " stand_in = week_outcome.stand_in + excluded.stand_in",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", state->week),
                  DB_TEXT("outcome", stored_outcome(state->outcome)), DB_INT("visits", visits),
                  DB_INT("stand_in", state->stand_in ? visits : 0)),
        error);
}

static gboolean add_to_cause(Session *session, const SummaryState *state, gint64 visits,
                             GError **error)
{
    return db_run_later(
        session_db(session),
        "INSERT INTO week_cause (unit_id, week, outcome, cause, visits, stand_in)"
        " VALUES (:unit, :week, :outcome, :cause, :visits, :stand_in)"
        " ON CONFLICT (unit_id, week, outcome, cause)"
        " DO UPDATE SET visits = week_cause.visits + excluded.visits,"
        " stand_in = week_cause.stand_in + excluded.stand_in",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", state->week),
                  DB_TEXT("outcome", stored_outcome(state->outcome)),
                  DB_TEXT("cause", state->cause != NULL ? state->cause : ""),
                  DB_INT("visits", visits), DB_INT("stand_in", state->stand_in ? visits : 0)),
        error);
}

static gboolean counts_outcome(const SummaryState *state)
{
    return state->week != 0;
}

static gboolean counts_cause(const SummaryState *state)
{
    return state->week != 0 && outcome_has_cause(state->outcome);
}

/* Whether it can be a client's first visit. */
static gboolean counts_as_meeting(const SummaryState *state)
{
    return state->week != 0 && !state->stand_in && outcome_counts(state->outcome);
}

static gboolean took_place(const SummaryState *state)
{
    return state->week != 0 && outcome_took_place(state->outcome);
}

static gboolean forget(Session *session, SummaryOf of, const SummaryState *from,
                       const SummaryState *to, GError **error)
{
    return (from->week == 0 || counted_forget_week(session, from->week, error)) &&
           (to->week == 0 || to->week == from->week ||
            counted_forget_week(session, to->week, error)) &&
           (from->outcome == to->outcome || counted_forget_origins(session, of.origin_id, error)) &&
           (of.client_id == 0 || counts_as_meeting(from) == counts_as_meeting(to) ||
            counted_settle_first(session, of.client_id, error)) &&
           (of.client_id == 0 || took_place(from) == took_place(to) ||
            counted_settle_latest(session, of.client_id, error));
}

gboolean summary_move(Session *session, SummaryOf of, SummaryState from, SummaryState to,
                      gint64 visits, GError **error)
{
    gboolean same =
        from.week == to.week && from.outcome == to.outcome && from.stand_in == to.stand_in;
    if (!forget(session, of, &from, &to, error))
        return FALSE;
    if (visits == 0)
        return TRUE;
    if (!same) {
        if (counts_outcome(&from) && !add_to_outcome(session, &from, -visits, error))
            return FALSE;
        if (counts_outcome(&to) && !add_to_outcome(session, &to, visits, error))
            return FALSE;
    }
    if (same && g_strcmp0(from.cause, to.cause) == 0)
        return TRUE;
    return (!counts_cause(&from) || add_to_cause(session, &from, -visits, error)) &&
           (!counts_cause(&to) || add_to_cause(session, &to, visits, error));
}

static GArray *empty_weeks(Week from, Week to)
{
    int count = MAX(0, week_between(from, to) + 1);
    GArray *weeks = g_array_sized_new(FALSE, TRUE, sizeof(WeekOutcomes), (guint)count);
    g_array_set_size(weeks, (guint)count);
    for (int i = 0; i < count; i++)
        g_array_index(weeks, WeekOutcomes, i).week = week_add(from, i);
    return weeks;
}

GArray *summary_outcomes(Session *session, Week from, Week to, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GArray) weeks = empty_weeks(from, to);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT week, outcome, visits, stand_in FROM week_outcome"
        " WHERE unit_id = :unit AND week BETWEEN :from AND :to",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from), DB_INT("to", to)),
        error);
    if (rows == NULL)
        return NULL;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        int at = week_between(from, (Week)db_int(rows, 0));
        Outcome outcome;
        if (at < 0 || at >= (int)weeks->len || !outcome_parse(db_text(rows, 1), &outcome))
            continue;
        WeekOutcomes *counted = &g_array_index(weeks, WeekOutcomes, at);
        counted->visits[outcome] += db_int(rows, 2);
        counted->stand_in[outcome] += db_int(rows, 3);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&weeks) : NULL;
}

static void week_cause_free(WeekCause *row)
{
    g_free(row->cause);
    g_free(row);
}

GPtrArray *summary_causes(Session *session, Week from, Week to, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) causes = g_ptr_array_new_with_free_func((GDestroyNotify)week_cause_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT week, outcome, cause, visits, stand_in FROM week_cause"
        " WHERE unit_id = :unit AND week BETWEEN :from AND :to AND visits <> 0"
        " ORDER BY week, outcome, cause",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("from", from), DB_INT("to", to)),
        error);
    if (rows == NULL)
        return NULL;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        Outcome outcome;
        const char *cause = db_text(rows, 2);
        if (!outcome_parse(db_text(rows, 1), &outcome))
            continue;
        WeekCause *row = g_new0(WeekCause, 1);
        *row = (WeekCause){.cause = *cause != '\0' ? g_strdup(cause) : NULL,
                           .outcome = outcome,
                           .week = (Week)db_int(rows, 0),
                           .visits = db_int(rows, 3),
                           .stand_in = db_int(rows, 4)};
        g_ptr_array_add(causes, row);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&causes) : NULL;
}

static void week_unrecorded_free(WeekUnrecorded *row)
{
    g_free(row->staff);
    g_free(row);
}

static gint compare_unrecorded(gconstpointer left, gconstpointer right)
{
    const WeekUnrecorded *a = *(WeekUnrecorded *const *)left, *b = *(WeekUnrecorded *const *)right;
    if (a->week != b->week)
        return a->week < b->week ? -1 : 1;
    if (a->visits != b->visits)
        return a->visits > b->visits ? -1 : 1;
    return text_collate(a->staff != NULL ? a->staff : "", b->staff != NULL ? b->staff : "");
}

GPtrArray *summary_unrecorded(Session *session, Week from, Week to, GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)week_unrecorded_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT v.week, s.name, COUNT(*) FROM visit v LEFT JOIN staff s ON s.id = v.staff_id"
        " WHERE v.unit_id = :unit AND v.outcome IS NULL AND v.date BETWEEN :from AND :to"
        " AND v.stand_in = 0 GROUP BY v.week, v.staff_id, s.name",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_TEXT("from", date_format(week_monday(from), first)),
                  DB_TEXT("to", date_format(week_monday(to) + 6, last))),
        error);
    if (rows == NULL)
        return NULL;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        WeekUnrecorded *row = g_new0(WeekUnrecorded, 1);
        *row = (WeekUnrecorded){.week = (Week)db_int(rows, 0),
                                .staff = g_strdup(db_text(rows, 1)),
                                .visits = db_int(rows, 2)};
        g_ptr_array_add(all, row);
    }
    g_ptr_array_sort(all, compare_unrecorded);
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* The columns of the comparison: one count, as kept and as the visits say. */
enum {
    DIFFERS_WEEK,
    DIFFERS_OUTCOME,
    DIFFERS_STAND_IN,
    DIFFERS_KEPT,
    DIFFERS_COUNTED,
    DIFFERS_CAUSE
};

/* One count that is not what the visits say. */
static char *difference_text(Session *session, DbStatement *row, gboolean with_cause)
{
    char buffer[WEEK_SIZE];
    const char *week = week_format((Week)db_int(row, DIFFERS_WEEK), buffer);
    const char *outcome = db_text(row, DIFFERS_OUTCOME);
    const long long kept = db_int(row, DIFFERS_KEPT), counted = db_int(row, DIFFERS_COUNTED);
    Outcome parsed = OUTCOME_NONE;
    gboolean known = outcome_parse(outcome, &parsed);
    g_autofree char *name = g_strdup(!known                   ? outcome
                                     : parsed == OUTCOME_NONE ? _("not known yet")
                                                              : outcome_name(parsed));
    if (db_int(row, DIFFERS_STAND_IN) != 0) {
        g_autofree char *alone = g_steal_pointer(&name);
        name = g_strdup_printf(_("%s, in place of another visit"), alone);
    }
    if (!with_cause)
        return g_strdup_printf(_("Week %s, %s: the count kept is %lld, but there are %lld such "
                                 "visits."),
                               week, name, kept, counted);
    const char *cause = db_text(row, DIFFERS_CAUSE);
    return g_strdup_printf(_("Week %s, %s, cause %s: the count kept is %lld, but there are %lld "
                             "such visits."),
                           week, name, *cause != '\0' ? cause_name(session, cause) : _("not given"),
                           kept, counted);
}

static gboolean compare(Session *session, const char *sql, gboolean with_cause, GPtrArray *faults,
                        GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), sql, DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    if (rows == NULL)
        return FALSE;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(faults, difference_text(session, rows, with_cause));
    return step == DB_STEP_DONE;
}

gboolean summary_verify(Session *session, GPtrArray *faults, GError **error)
{
    return access_require(session, PERMIT_CHECK, error) &&
           compare(session,
                   "SELECT week, outcome, stand_in, SUM(kept), SUM(counted) FROM ("
                   " SELECT week, outcome, 0 AS stand_in, visits - stand_in AS kept, 0 AS counted"
                   " FROM week_outcome WHERE unit_id = :unit"
                   " UNION ALL"
                   " SELECT week, outcome, 1, stand_in, 0 FROM week_outcome WHERE unit_id = :unit"
                   " UNION ALL"
                   " SELECT week, COALESCE(outcome, ''), stand_in, 0, COUNT(*) FROM visit"
                   " WHERE unit_id = :unit GROUP BY week, outcome, stand_in) AS counts"
                   " GROUP BY week, outcome, stand_in HAVING SUM(kept) <> SUM(counted)"
                   " ORDER BY week, outcome, stand_in",
                   FALSE, faults, error) &&
           compare(session,
                   "SELECT week, outcome, stand_in, SUM(kept), SUM(counted), cause FROM ("
                   " SELECT week, outcome, cause, 0 AS stand_in, visits - stand_in AS kept,"
                   " 0 AS counted FROM week_cause WHERE unit_id = :unit"
                   " UNION ALL"
                   " SELECT week, outcome, cause, 1, stand_in, 0 FROM week_cause"
                   " WHERE unit_id = :unit"
                   " UNION ALL"
                   " SELECT week, outcome, COALESCE(cause, ''), stand_in, 0, COUNT(*) FROM visit"
                   " WHERE unit_id = :unit AND outcome IS NOT NULL AND outcome <> 'done'"
                   " GROUP BY week, outcome, cause, stand_in) AS counts"
                   " GROUP BY week, outcome, cause, stand_in HAVING SUM(kept) <> SUM(counted)"
                   " ORDER BY week, outcome, cause, stand_in",
                   TRUE, faults, error);
}

gboolean summary_last_week(Session *session, Week until, Week *week, GError **error)
{
    gint64 newest = 0;
    if (!access_require(session, PERMIT_REVIEW, error) ||
        !db_get_int(session_db(session),
                    "SELECT week FROM week_outcome"
                    " WHERE unit_id = :unit AND week <= :until AND outcome <> '' AND visits > 0"
                    " ORDER BY week DESC LIMIT 1",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("until", until)), 0,
                    &newest, error))
        return FALSE;
    *week = (Week)newest;
    return TRUE;
}
