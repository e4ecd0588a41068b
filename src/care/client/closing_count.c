/* closing_count.c: a quarter's closings, counted from the rows. */
#include "care/client/closing_count.h"

#include "base/clock.h"
#include "care/unit/access.h"

static void count_one(ClosingFigures *figures, DbStatement *row)
{
    ClosingReason reason = CLOSING_OTHER;
    ClosingFollows follows = FOLLOWS_NOTHING;
    const Date last = date_parse(db_text(row, 2)), again = date_parse(db_text(row, 3));
    const int months = (int)db_int(row, 4);
    const gboolean done = db_int(row, 5) != 0;
    if (again == last + 1)
        return;
    closing_reason_parse(db_text(row, 0), &reason);
    closing_follows_parse(db_text(row, 1), &follows);
    figures->ended++;
    figures->why[reason]++;
    figures->then[follows]++;
    if (again != DATE_NONE)
        figures->reopened++;
    else if (done)
        figures->asked++;
    else if (months > 0 && date_add_months(last, months) < clock_today())
        figures->not_asked++;
}

gboolean closing_figures(Session *session, int year, int quarter, ClosingFigures *figures,
                         GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *figures = (ClosingFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to = date_add_months(figures->from, 3) - 1;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT e.reason, e.follows, e.last_on, e.reopened_on, e.months,"
                 " CASE WHEN EXISTS (SELECT 1 FROM task t WHERE t.absence_id = e.absence_id"
                 " AND t.done_ms IS NOT NULL) THEN 1 ELSE 0 END FROM closing e"
                 " WHERE e.unit_id = :unit AND e.last_on BETWEEN :from AND :to",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("from", date_format(figures->from, from)),
                           DB_TEXT("to", date_format(figures->to, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        count_one(figures, rows);
    return step == DB_STEP_DONE;
}
