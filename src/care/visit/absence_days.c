/* absence_days.c: the days on which a client is away. */
#include "care/visit/absence_days.h"

gboolean absence_leave_out(Session *session, gint64 client_id, GArray *days, GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT from_on, to_on FROM absence WHERE client_id = :client AND " ABSENCE_STANDS,
        DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Date from = date_parse(db_text(rows, 0)), to = date_parse(db_text(rows, 1));
        for (guint i = days->len; i > 0; i--) {
            const Date day = g_array_index(days, Date, i - 1);
            if (from <= day && (to == DATE_NONE || day <= to))
                g_array_remove_index(days, i - 1);
        }
    }
    return step == DB_STEP_DONE;
}
