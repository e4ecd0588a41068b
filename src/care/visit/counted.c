/* counted.c: the weeks whose counts hold, and what is kept of each client's visits. */
#include "care/visit/counted.h"

gboolean counted_forget_week(Session *session, Week week, GError **error)
{
    return db_run_later(
        session_db(session), "DELETE FROM week_counted WHERE unit_id = :unit AND week = :week",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("week", week)), error);
}

gboolean counted_forget_all(Session *session, GError **error)
{
    return db_run_later(session_db(session), "DELETE FROM week_counted WHERE unit_id = :unit",
                        DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
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

/* Of :client; none, or one row. */
#define FIRST                                                                                      \
    "(SELECT id, week FROM visit WHERE client_id = :client AND stand_in = 0"                       \
    " AND (outcome IS NULL OR outcome NOT IN ('rebooked', 'unit-cancelled'))"                      \
    " ORDER BY date, start, id LIMIT 1)"
#define IS_KEPT                                                                                    \
    "EXISTS (SELECT 1 FROM first_visit f WHERE f.client_id = :client AND f.visit_id = n.id)"
/* What is kept of it says another visit than is the first now, or one although there is none. */
#define IS_OLD                                                                                     \
    "f.client_id = :client AND NOT EXISTS (SELECT 1 FROM " FIRST " n WHERE n.id = f.visit_id)"

/* Nothing is read, so that a server is asked nothing. */
gboolean counted_settle_first(Session *session, gint64 client_id, GError **error)
{
    Db *db = session_db(session);
    const gint64 unit = session_unit_id(session);
    return db_run_later(db,
                        "DELETE FROM week_counted WHERE unit_id = :unit AND week IN ("
                        "SELECT f.week FROM first_visit f WHERE " IS_OLD ")",
                        DB_PARAMS(DB_INT("unit", unit), DB_INT("client", client_id)), error) &&
           db_run_later(db,
                        "DELETE FROM week_counted WHERE unit_id = :unit AND week IN ("
                        "SELECT n.week FROM " FIRST " n WHERE NOT " IS_KEPT ")",
                        DB_PARAMS(DB_INT("unit", unit), DB_INT("client", client_id)), error) &&
           db_run_later(db,
                        "DELETE FROM first_visit WHERE client_id IN ("
                        "SELECT f.client_id FROM first_visit f WHERE " IS_OLD ")",
                        DB_PARAMS(DB_INT("client", client_id)), error) &&
           db_run_later(db,
                        "INSERT INTO first_visit (client_id, visit_id, week)"
                        " SELECT :client, n.id, n.week FROM " FIRST " n WHERE NOT " IS_KEPT,
                        DB_PARAMS(DB_INT("client", client_id)), error);
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
