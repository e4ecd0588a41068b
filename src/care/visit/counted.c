/* counted.c: the weeks whose counts hold, and what is kept of each client's visits. */
#include "care/visit/counted.h"

gboolean counted_forget_week(Session *session, Week week, GError **error)
{
    return db_run_later(
        session_db(session), "DELETE FROM week_counted WHERE unit_id = :unit AND week = :week",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", week)), error);
}

gboolean counted_forget_origins(Session *session, gint64 origin, GError **error)
{
    return origin == 0 ||
           db_run_later(
               session_db(session),
               "DELETE FROM week_counted WHERE unit_id = :unit AND week IN ("
               " WITH RECURSIVE earlier (id, origin_id, week) AS ("
               " SELECT id, origin_id, week FROM visit WHERE id = :origin"
               " UNION SELECT v.id, v.origin_id, v.week FROM earlier"
               " JOIN visit v ON v.id = earlier.origin_id) SELECT week FROM earlier)",
               DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("origin", origin)),
               error);
}

gboolean counted_forget_client(Session *session, gint64 client_id, Date from, Date to,
                               GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    return db_run_later(
        session_db(session),
        "DELETE FROM week_counted WHERE unit_id = :unit AND week IN (SELECT v.week FROM visit v"
        " WHERE v.client_id = :client AND v.date BETWEEN :from AND :to)",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("client", client_id),
                  DB_TEXT("from", date_format(from, first)),
                  DB_TEXT("to", to == DATE_NONE ? "9999-12-31" : date_format(to, last))),
        error);
}

/* --- a client's first visit ------------------------------------------------------------------- */

typedef struct {
    gint64 visit;
    Week week;
} First;

/* As it is kept, or as the visits say. */
static gboolean read_first(Session *session, const char *sql, gint64 client_id, First *first,
                           GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), sql, DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    *first = (First){0};
    if (step == DB_STEP_ROW)
        *first = (First){db_int(row, 0), (Week)db_int(row, 1)};
    return step != DB_STEP_ERROR;
}

static gboolean keep_first(Session *session, gint64 client_id, const First *first, GError **error)
{
    if (first->visit == 0)
        return db_run_later(session_db(session),
                            "DELETE FROM first_visit WHERE client_id = :client",
                            DB_PARAMS(DB_INT("client", client_id)), error);
    return db_run_later(session_db(session),
                        "INSERT INTO first_visit (client_id, visit_id, week)"
                        " VALUES (:client, :visit, :week)"
                        " ON CONFLICT (client_id) DO UPDATE SET visit_id = excluded.visit_id,"
                        " week = excluded.week",
                        DB_PARAMS(DB_INT("client", client_id), DB_INT("visit", first->visit),
                                  DB_INT("week", first->week)),
                        error);
}

gboolean counted_settle_first(Session *session, gint64 client_id, GError **error)
{
    First kept, now;
    if (!read_first(session, "SELECT visit_id, week FROM first_visit WHERE client_id = :client",
                    client_id, &kept, error) ||
        !read_first(session,
                    "SELECT id, week FROM visit WHERE client_id = :client AND stand_in = 0"
                    " AND (outcome IS NULL OR outcome NOT IN ('rebooked', 'unit-cancelled'))"
                    " ORDER BY date, start, id LIMIT 1",
                    client_id, &now, error))
        return FALSE;
    return kept.visit == now.visit || (counted_forget_week(session, kept.week, error) &&
                                       counted_forget_week(session, now.week, error) &&
                                       keep_first(session, client_id, &now, error));
}

/* --- a client's latest visit ------------------------------------------------------------------ */

gboolean counted_settle_latest(Session *session, gint64 client_id, GError **error)
{
    Db *db = session_db(session);
    return db_run_later(db, "DELETE FROM latest_visit WHERE client_id = :client",
                        DB_PARAMS(DB_INT("client", client_id)), error) &&
           db_run_later(db,
                        "INSERT INTO latest_visit (client_id, date, start)"
                        " SELECT client_id, date, start FROM visit WHERE client_id = :client"
                        " AND outcome IN ('done', 'done-otherwise')"
                        " ORDER BY date DESC, start DESC LIMIT 1",
                        DB_PARAMS(DB_INT("client", client_id)), error);
}
