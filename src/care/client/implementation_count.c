/* implementation_count.c: a quarter's implementation plans, counted from the rows. */
#include "care/client/implementation_count.h"

#include "base/clock.h"
#include "care/client/client_guard.h"
#include "care/client/decision.h"
#include "care/unit/access.h"

static void count_one(ImplementationFigures *figures, DbStatement *row, Date today)
{
    const Date due = date_parse(db_text(row, 0)), arrived = date_parse(db_text(row, 1));
    ImplementationPart part = HAD_PART_UNKNOWN;
    figures->due++;
    if (db_text(row, 3) != NULL)
        figures->told++;
    if (arrived == DATE_NONE) {
        if (due < today)
            figures->missing++;
        else
            figures->waiting++;
        return;
    }
    if (arrived <= due)
        figures->in_time++;
    else
        figures->late++;
    implementation_part_parse(db_text(row, 2), &part);
    figures->part[part]++;
}

static gboolean count_plans(Session *session, ImplementationFigures *figures, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT due_on, arrived_on, part, letter_on FROM implementation"
                 " WHERE unit_id = :unit AND due_on BETWEEN :from AND :to",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("from", date_format(figures->from, from)),
                           DB_TEXT("to", date_format(figures->to, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        count_one(figures, rows, clock_today());
    return step == DB_STEP_DONE;
}

/* Decisions that grant something, and have no plan. */
static gboolean count_bare(Session *session, ImplementationFigures *figures, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT d.support, d.kind, d.decided_on, d.id FROM decision d WHERE d.unit_id = :unit"
        " AND d.decided_on BETWEEN :from AND :to"
        " AND NOT EXISTS (SELECT 1 FROM implementation p WHERE p.decision_id = d.id)",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_TEXT("from", date_format(figures->from, from)),
                  DB_TEXT("to", date_format(figures->to, to))),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Decision decision = {.support = (char *)db_text(rows, 0),
                                   .kind = (char *)db_text(rows, 1),
                                   .decided_on = date_parse(db_text(rows, 2))};
        figures->bare += decision_grants(&decision) && g_strcmp0(decision.kind, "ended") != 0;
    }
    return step == DB_STEP_DONE;
}

gboolean implementation_figures(Session *session, int year, int quarter,
                                ImplementationFigures *figures, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *figures = (ImplementationFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to = date_add_months(figures->from, 3) - 1;
    return client_counts_unit(session, &figures->whole, error) &&
           implementation_days(session, &figures->days, error) &&
           count_plans(session, figures, error) && count_bare(session, figures, error);
}
