/* visit_propose.c: free times for a new visit, and what a time clashes with. */
#include "care/visit/visit_propose.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/decision_gap.h"
#include "care/unit/access.h"
#include "care/visit/series_rule.h"

enum {
    DAYS_AHEAD = 28,
    SATURDAY = 6,
    DAY_BEGINS = 8 * 60, /* the working day, within which other times are proposed */
    DAY_ENDS = 17 * 60,
    QUARTER = 15,
};

/* --- what is taken ---------------------------------------------------------------------------- */

/* A stretch of somebody's time, in minutes since 1970-01-01, so that it may pass midnight. */
typedef struct {
    gint64 from, to;
} Stretch;

static Stretch stretch(Date date, int start, int minutes)
{
    gint64 from = (gint64)date * DAY_MINUTES + start;
    return (Stretch){from, from + minutes};
}

static gboolean overlap(Stretch a, Stretch b)
{
    return a.from < b.to && b.from < a.to;
}

/* A visit that takes time, in words too. */
typedef struct {
    gint64 id;
    Date date;
    int start, minutes;
    char *client, *staff; /* NULL: a card that may not be opened, nobody yet */
} Busy;

static void busy_clear(gpointer data)
{
    Busy *busy = data;
    g_free(busy->client);
    g_free(busy->staff);
}

static Stretch time_of(const Busy *busy)
{
    return stretch(busy->date, busy->start, busy->minutes);
}

static gboolean is_there(const GArray *all, gint64 id)
{
    for (guint i = 0; i < all->len; i++)
        if (g_array_index(all, Busy, i).id == id)
            return TRUE;
    return FALSE;
}

/* A visit that will not be takes no time; nor does `except`, or what was made by it. Whose time is
 * taken is seen by everybody, with whom only by those who may open that card. */
#define BUSY_TIMES(whose, further)                                                                 \
    "SELECT v.id, v.date, v.start, v.minutes, CASE WHEN v.staff_id = :me OR " CLIENT_MAY_OPEN      \
    " = 1 THEN 1 ELSE 0 END, s.name, c.name, c.id FROM visit v JOIN client c ON c.id = v.client_id"                \
    " LEFT JOIN staff s ON s.id = v.staff_id WHERE " whose " AND v.date BETWEEN :from AND :to"     \
    " AND (v.outcome IS NULL OR v.outcome IN ('done', 'done-otherwise'))"                          \
    " AND v.id <> :except AND (v.origin_id IS NULL OR v.origin_id <> :except)" further             \
    " ORDER BY v.date, v.start, v.id"
/* Of a client's own time no more is told than may be seen. */
#define TIMES_OF_CLIENT                                                                            \
    BUSY_TIMES("v.client_id = :who", " AND (v.staff_id = :me OR " CLIENT_MAY_OPEN " = 1)")
#define TIMES_OF_STAFF                                                                             \
    BUSY_TIMES("(v.staff_id = :who OR v.id IN (SELECT y.visit_id FROM visit_second y"              \
               " WHERE y.staff_id = :who))",                                                       \
               "")
/* On the days when somebody covers for the staff, the visit is theirs as well: their own time is
 * taken too. And so is that of a colleague's visits on the days when the staff covers for them. */
#define TIMES_OF_COVERS                                                                            \
    BUSY_TIMES(                                                                                    \
        "v.staff_id IN (SELECT CASE WHEN k.staff_id = :who THEN k.cover_id ELSE k.staff_id"        \
        " END FROM cover k WHERE (k.staff_id = :who OR k.cover_id = :who)"                         \
        " AND k.to_on >= :from AND k.from_on <= :to AND k.withdrawn_ms IS NULL)",                  \
        " AND EXISTS (SELECT 1 FROM cover k WHERE k.from_on <= v.date AND k.to_on >= v.date"       \
        " AND k.withdrawn_ms IS NULL AND ((k.staff_id = :who AND k.cover_id = v.staff_id)"         \
        " OR (k.cover_id = :who AND k.staff_id = v.staff_id)))")

typedef struct {
    gint64 who, except;
    Date from, to;
} BusyQuery;

static gboolean add_busy(Session *session, const char *sql, const BusyQuery *query, GArray *all,
                         GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    if (query->who == 0)
        return TRUE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), sql,
        DB_PARAMS(DB_INT("who", query->who), DB_TEXT("from", date_format(query->from, first)),
                  DB_TEXT("to", date_format(query->to, last)), DB_INT("except", query->except),
                  CLIENT_GUARD(session)),
        error);
    if (rows == NULL)
        return FALSE;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        if (is_there(all, db_int(rows, 0)))
            continue;
        Busy busy = {.id = db_int(rows, 0),
                     .date = date_parse(db_text(rows, 1)),
                     .start = time_parse(db_text(rows, 2)),
                     .minutes = (int)db_int(rows, 3),
                     .client = db_int(rows, 4) != 0 ? g_strdup(db_text(rows, 6)) : NULL,
                     .staff = g_strdup(db_text(rows, 5))};
        g_array_append_val(all, busy);
    }
    return step == DB_STEP_DONE;
}

/* What the client and the staff of `whose`, and those who cover, have from `from` to `to`, and what
 * reaches into it over midnight. Array of Busy. */
static GArray *read_busy(Session *session, const Visit *whose, Date from, Date to, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Busy));
    g_array_set_clear_func(all, busy_clear);
    BusyQuery client = {whose->client_id, whose->id, from - 1, to + 1}, staff = client;
    staff.who = whose->staff_id;
    if (!add_busy(session, TIMES_OF_CLIENT, &client, all, error) ||
        !add_busy(session, TIMES_OF_STAFF, &staff, all, error) ||
        !add_busy(session, TIMES_OF_COVERS, &staff, all, error))
        return NULL;
    return g_steal_pointer(&all);
}

static gboolean is_free(const GArray *all, Stretch wanted)
{
    for (guint i = 0; i < all->len; i++)
        if (overlap(time_of(&g_array_index(all, Busy, i)), wanted))
            return FALSE;
    return TRUE;
}

/* --- proposals -------------------------------------------------------------------------------- */

/* The free start on `date` that is nearest to the visit's own, the later of two; -1: there is none.
 */
static int nearest_free(const Visit *visit, Date date, int earliest, const GArray *busy)
{
    int first = MAX(MIN(visit->start, DAY_BEGINS), earliest);
    int last = MAX(visit->start, DAY_ENDS - visit->minutes);
    for (int away = 0; away <= DAY_MINUTES; away += QUARTER) {
        const int starts[] = {visit->start + away, visit->start - away};
        for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
            if (starts[i] >= first && starts[i] <= last &&
                is_free(busy, stretch(date, starts[i], visit->minutes)))
                return starts[i];
    }
    return -1;
}

GArray *visit_propose(Session *session, const Visit *visit, int limit, GError **error)
{
    Date today = clock_today(), last = today + DAYS_AHEAD;
    g_autoptr(GArray) gaps = decision_gaps(session, visit->client_id, error);
    if (gaps == NULL)
        return NULL;
    gboolean weekends = date_weekday(visit->date) >= SATURDAY;
    g_autoptr(GArray) busy = read_busy(session, visit, today, last, error);
    if (busy == NULL)
        return NULL;
    GArray *times = g_array_new(FALSE, FALSE, sizeof(NewTime));
    for (Date day = today + 1; day <= last && (int)times->len < limit; day++) {
        NewTime time = {.date = day,
                        .start = nearest_free(visit, day, 0, busy),
                        .minutes = visit->minutes,
                        .mode = visit->mode,
                        .staff_id = visit->staff_id};
        if (time.start >= 0 && day != visit->date && decision_gap_at(gaps, day) == NULL &&
            (weekends || date_weekday(day) < SATURDAY))
            g_array_append_val(times, time);
    }
    return times;
}

gboolean visit_propose_instead(Session *session, const Visit *visit, Alternative alternative,
                               NewTime *time, GError **error)
{
    Date today = clock_today(), first = MAX(visit->date, today), last = first + DAYS_AHEAD;
    Visit wanted = {.id = visit->id,
                    .client_id = visit->client_id,
                    .staff_id = alternative == OFFER_OTHER_PERSON ? 0 : visit->staff_id,
                    .start = visit->start,
                    .minutes = alternative_minutes(alternative, visit->minutes)};
    *time = (NewTime){.date = first,
                      .start = visit->start,
                      .minutes = wanted.minutes,
                      .mode = alternative_mode(alternative),
                      .staff_id = wanted.staff_id};
    g_autoptr(GArray) busy = read_busy(session, &wanted, first, last, error);
    if (busy == NULL)
        return FALSE;
    for (Date day = first; day <= last; day++) {
        int start = nearest_free(&wanted, day, day == today ? clock_minute() : 0, busy);
        if (start < 0)
            continue;
        time->date = day;
        time->start = start;
        break;
    }
    return TRUE;
}

/* --- clashes ---------------------------------------------------------------------------------- */

/* "10:00-11:00 Maria Bäckman, Theo Ek". */
static void append_clash(GString *text, const Busy *busy)
{
    char from[TIME_SIZE], to[TIME_SIZE];
    g_string_append_printf(text, "%s%s-%s %s", text->len > 0 ? "; " : "",
                           time_format(busy->start, from),
                           time_format((busy->start + busy->minutes) % DAY_MINUTES, to),
                           busy->client != NULL ? busy->client : _("another client"));
    if (busy->staff != NULL)
        g_string_append_printf(text, ", %s", busy->staff);
}

static gboolean has_passed(const NewTime *time)
{
    Date today = clock_today();
    return time->date < today || (time->date == today && time->start < clock_minute());
}

char *visit_time_warning(Session *session, const Visit *visit, const NewTime *time, GError **error)
{
    Visit whose = {.id = visit->id,
                   .client_id = visit->client_id,
                   .staff_id = time->staff_id != 0 ? time->staff_id : visit->staff_id};
    g_autoptr(GArray) busy = read_busy(session, &whose, time->date, time->date, error);
    if (busy == NULL)
        return NULL;
    Stretch wanted = stretch(time->date, time->start, time->minutes);
    g_autoptr(GString) others = g_string_new(NULL);
    for (guint i = 0; i < busy->len; i++)
        if (overlap(time_of(&g_array_index(busy, Busy, i)), wanted))
            append_clash(others, &g_array_index(busy, Busy, i));
    const char *passed = has_passed(time) ? _("That time has passed.") : NULL;
    if (others->len == 0)
        return g_strdup(passed != NULL ? passed : "");
    g_autofree char *clash = g_strdup_printf(_("At the same time: %s."), others->str);
    return passed != NULL ? g_strdup_printf("%s %s", passed, clash) : g_steal_pointer(&clash);
}

char *visit_days_warning(Session *session, const Visit *planned, const GArray *days, GError **error)
{
    if (days->len == 0)
        return g_strdup("");
    Date first = g_array_index(days, Date, 0), last = g_array_index(days, Date, days->len - 1);
    g_autoptr(GArray) busy = read_busy(session, planned, first, last, error);
    if (busy == NULL)
        return NULL;
    int clashes = 0;
    Date clash = DATE_NONE;
    for (guint i = 0; i < days->len; i++) {
        Date day = g_array_index(days, Date, i);
        if (is_free(busy, stretch(day, planned->start, planned->minutes)))
            continue;
        clash = clashes == 0 ? day : clash;
        clashes++;
    }
    char date[DATE_SIZE];
    if (clashes == 0)
        return g_strdup("");
    return g_strdup_printf(
        ngettext("%d of the %d first visits is at the same time as another visit: %s %s.",
                 "%d of the %d first visits are at the same time as other visits, the first %s %s.",
                 (gulong)clashes),
        clashes, (int)days->len, date_weekday_name(date_weekday(clash)), date_format(clash, date));
}

char *visit_series_warning(Session *session, const Series *series, GError **error)
{
    Date today = clock_today(), ahead = today + SERIES_WEEKS_AHEAD * 7;
    const Visit planned = {.client_id = series->client_id,
                           .staff_id = series->staff_id,
                           .start = series->start,
                           .minutes = series->minutes};
    g_autoptr(GArray) days =
        series_days(series->rrule, series->starts_on, MAX(series->starts_on, today),
                    series->ends_on != DATE_NONE ? MIN(series->ends_on, ahead) : ahead, error);
    return days != NULL ? visit_days_warning(session, &planned, days, error) : NULL;
}
