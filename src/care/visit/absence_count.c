/* absence_count.c: a quarter's absences, counted from the rows. */
#include "care/visit/absence_count.h"

#include "base/clock.h"
#include "care/unit/access.h"

static gboolean count_days(Session *session, AbsenceFigures *figures, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const Date last = MIN(figures->to, clock_today());
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT cause, from_on, to_on FROM absence WHERE unit_id = :unit"
                 " AND withdrawn_ms IS NULL AND from_on <= :to"
                 " AND (to_on IS NULL OR to_on >= :from)",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("from", date_format(figures->from, from)),
                           DB_TEXT("to", date_format(figures->to, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        AwayCause cause = AWAY_OTHER;
        const Date begins = date_parse(db_text(rows, 1)), ends = date_parse(db_text(rows, 2));
        const Date first = MAX(begins, figures->from);
        const Date end = ends == DATE_NONE ? last : MIN(ends, last);
        away_cause_parse(db_text(rows, 0), &cause);
        figures->of[cause].absences++;
        figures->of[cause].days += MAX(0, end - first + 1);
    }
    return step == DB_STEP_DONE;
}

static gboolean count_visits(Session *session, AbsenceFigures *figures, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT b.cause, COUNT(*) FROM absence b JOIN visit v ON v.absence_id = b.id"
                 " WHERE b.unit_id = :unit AND v.date BETWEEN :from AND :to GROUP BY b.cause",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                           DB_TEXT("from", date_format(figures->from, from)),
                           DB_TEXT("to", date_format(figures->to, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        AwayCause cause = AWAY_OTHER;
        away_cause_parse(db_text(rows, 0), &cause);
        figures->of[cause].called_off += db_int(rows, 1);
    }
    return step == DB_STEP_DONE;
}

gboolean absence_figures(Session *session, int year, int quarter, AbsenceFigures *figures,
                         GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    *figures = (AbsenceFigures){.year = year, .quarter = quarter};
    figures->from = date_from_ymd(year, quarter * 3 - 2, 1);
    figures->to = date_add_months(figures->from, 3) - 1;
    return count_days(session, figures, error) && count_visits(session, figures, error);
}
