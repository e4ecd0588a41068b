/* second_series.c: who goes along on what is laid out, handed over or moved. */
#include "care/visit/second_series.h"

#include "base/clock.h"

gboolean second_follow(Session *session, gint64 series_id, Date from, Date to, GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    return db_run(
        session_db(session),
        "INSERT INTO visit_second (visit_id, staff_id, created_ms)"
        " SELECT v.id, y.staff_id, :now FROM series_second y"
        " JOIN visit v ON v.series_id = y.series_id"
        " WHERE y.series_id = :series AND v.date BETWEEN :from AND :to AND v.outcome IS NULL"
        " AND v.staff_id IS DISTINCT FROM y.staff_id"
        " AND NOT EXISTS (SELECT 1 FROM visit_second z WHERE z.visit_id = v.id)",
        DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("series", series_id),
                  DB_TEXT("from", date_format(from, first)), DB_TEXT("to", date_format(to, last))),
        error);
}

gboolean second_hand_over(Session *session, gint64 series_id, gint64 rest_id, GError **error)
{
    Db *db = session_db(session);
    return db_run(
               db,
               "INSERT INTO series_second (series_id, staff_id, created_ms)"
               " SELECT r.id, y.staff_id, :now FROM series_second y JOIN series r ON r.id = :rest"
               " WHERE y.series_id = :series AND r.staff_id IS DISTINCT FROM y.staff_id",
               DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("rest", rest_id),
                         DB_INT("series", series_id)),
               error) &&
           db_run(db,
                  "DELETE FROM visit_second WHERE visit_id IN (SELECT v.id FROM visit v"
                  " WHERE v.series_id = :rest AND v.staff_id = visit_second.staff_id)",
                  DB_PARAMS(DB_INT("rest", rest_id)), error);
}

gboolean second_of_origin(Session *session, const Visit *visit, GError **error)
{
    return visit->origin_id == 0 || visit->mode != VISIT_MODE_HOME ||
           db_run(session_db(session),
                  "INSERT INTO visit_second (visit_id, staff_id, created_ms)"
                  " SELECT v.id, y.staff_id, :now FROM visit_second y JOIN visit v ON v.id = :id"
                  " WHERE y.visit_id = :origin AND v.staff_id IS DISTINCT FROM y.staff_id"
                  " ON CONFLICT (visit_id) DO NOTHING",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("id", visit->id),
                            DB_INT("origin", visit->origin_id)),
                  error);
}
