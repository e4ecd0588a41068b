/* visit_propose.c: free times for a new visit. */
#include "care/visit/visit_propose.h"

#include "base/clock.h"

#define DAYS_AHEAD 28
#define SATURDAY 6

/* A stretch of somebody's time, in minutes since 1970-01-01, so that it may pass midnight. */
typedef struct {
    gint64 from, to;
} Busy;

static Busy stretch(Date date, int start, int minutes)
{
    gint64 from = (gint64)date * DAY_MINUTES + start;
    return (Busy){from, from + minutes};
}

/* `sql` has :who, :from and :to. A visit that will not be takes no time. */
#define BUSY_TIMES(who)                                                                            \
    "SELECT date, start, minutes FROM visit WHERE " who " = :who"                                  \
    " AND date BETWEEN :from AND :to"                                                              \
    " AND (outcome IS NULL OR outcome IN ('done', 'done-otherwise'))"

static gboolean add_busy(Session *session, const char *sql, gint64 who, Date from, Date to,
                         GArray *busy, GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), sql,
                 DB_PARAMS(DB_INT("who", who), DB_TEXT("from", date_format(from, first)),
                           DB_TEXT("to", date_format(to, last))),
                 error);
    if (rows == NULL)
        return FALSE;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        Busy taken = stretch(date_parse(db_text(rows, 0)), time_parse(db_text(rows, 1)),
                             (int)db_int(rows, 2));
        g_array_append_val(busy, taken);
    }
    return step == DB_STEP_DONE;
}

static gboolean is_free(const GArray *busy, Busy wanted)
{
    for (guint i = 0; i < busy->len; i++) {
        const Busy *taken = &g_array_index(busy, Busy, i);
        if (taken->from < wanted.to && wanted.from < taken->to)
            return FALSE;
    }
    return TRUE;
}

static void propose(const Visit *visit, Date date, const GArray *busy, int limit, GArray *times)
{
    NewTime time = {.date = date,
                    .start = visit->start,
                    .minutes = visit->minutes,
                    .mode = visit->mode,
                    .staff_id = visit->staff_id};
    if ((int)times->len < limit && is_free(busy, stretch(date, visit->start, visit->minutes)))
        g_array_append_val(times, time);
}

GArray *visit_propose(Session *session, const Visit *visit, int limit, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    Date today = clock_today(), next_week = visit->date + 7;
    while (next_week <= today)
        next_week += 7;
    Date last = MAX(today + DAYS_AHEAD, next_week);
    gboolean weekends = date_weekday(visit->date) >= SATURDAY;
    g_autoptr(GArray) busy = g_array_new(FALSE, FALSE, sizeof(Busy));
    /* From the day before, for a visit that passes midnight. */
    if (!add_busy(session, BUSY_TIMES("client_id"), visit->client_id, today, last + 1, busy,
                  error) ||
        (visit->staff_id != 0 &&
         !add_busy(session, BUSY_TIMES("staff_id"), visit->staff_id, today, last + 1, busy, error)))
        return NULL;
    GArray *times = g_array_new(FALSE, FALSE, sizeof(NewTime));
    propose(visit, next_week, busy, limit, times);
    for (Date day = today + 1; day <= today + DAYS_AHEAD; day++)
        if (day != next_week && day != visit->date && (weekends || date_weekday(day) < SATURDAY))
            propose(visit, day, busy, limit, times);
    return times;
}
