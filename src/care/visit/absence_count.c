/* absence_count.c: a quarter's absences, counted from the rows. */
#include "care/visit/absence_count.h"

#include "base/clock.h"
#include "care/unit/access.h"

/* Days after today are not counted yet; visits that were called off ahead are. */
static void count_one(AbsenceFigures *figures, DbStatement *row)
{
    AwayCause cause = AWAY_OTHER;
    const Date last = MIN(figures->to, clock_today());
    const Date begins = date_parse(db_text(row, 1)), ends = date_parse(db_text(row, 2));
    const Date end = ends == DATE_NONE ? last : MIN(ends, last);
    away_cause_parse(db_text(row, 0), &cause);
    figures->of[cause].absences++;
    figures->of[cause].days += MAX(0, end - MAX(begins, figures->from) + 1);
    figures->of[cause].called_off += db_int(row, 3);
}

gboolean absence_figures(Session *session, int year, int quarter, AbsenceFigures *figures,
                         GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *figures = (AbsenceFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to = date_add_months(figures->from, 3) - 1;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT b.cause, b.from_on, b.to_on, (SELECT COUNT(*) FROM visit v"
                 " WHERE v.absence_id = b.id AND v.date BETWEEN :from AND :to) FROM absence b"
                 " WHERE b.unit_id = :unit AND b.withdrawn_ms IS NULL AND b.from_on <= :to"
                 " AND b.cause <> 'away-closed'"
                 " AND (b.to_on IS NULL OR b.to_on >= :from)",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("from", date_format(figures->from, from)),
                           DB_TEXT("to", date_format(figures->to, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        count_one(figures, rows);
    return step == DB_STEP_DONE;
}
