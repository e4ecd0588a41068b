/* visit_list.c: windows of visits, and one.
 *
 * The conditions are put together so that each window walks one index in the order shown, from the
 * row after which it begins: nothing is sorted and no more rows are read than are shown (and those
 * a further condition passes over). Where a partial index is meant, its own condition stands in
 * the text, because the engine must see it to use it. */
#include "care/visit/visit_list.h"

#include "care/client/cards.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/visit/carried_out.h"
#include "care/visit/visit_names.h"
#include "care/visit/visit_row.h"

/* The visits not taken are merged from one walk each. */
static const char *const MISSED[] = {" AND v.outcome = 'cancelled' AND v.outcome <> 'done'",
                                     " AND v.outcome = 'declined' AND v.outcome <> 'done'",
                                     " AND v.outcome = 'no-show' AND v.outcome <> 'done'"};

static gboolean asks_outcome(const VisitQuery *query)
{
    return query->outcome >= 0;
}

static gboolean asks_cause(const VisitQuery *query)
{
    return query->cause != NULL && *query->cause != '\0';
}

/* Whether the visits are merged from those of each outcome that is not taken. */
static gboolean is_merged(const VisitQuery *query)
{
    return query->missed && !asks_outcome(query) && !asks_cause(query) && query->client_id == 0 &&
           query->staff_id == 0;
}

/* Sunday 0 to Saturday 6, by Sakamoto's rule: the two engines have no function for it in common. */
#define PART_OF(date, from, length) "CAST(SUBSTR(" date ", " from ", " length ") AS INTEGER)"
#define PART(from, length) PART_OF("v.date", from, length)
#define LEAP_YEAR_OF(date)                                                                         \
    "(" PART_OF(date, "1", "4") " - CASE WHEN " PART_OF(date, "6", "2") " < 3 THEN 1 ELSE 0 END)"
#define LEAP_YEAR LEAP_YEAR_OF("v.date")
#define WEEKDAY_FROM_SUNDAY                                                                        \
    "((" LEAP_YEAR " + " LEAP_YEAR " / 4 - " LEAP_YEAR " / 100 + " LEAP_YEAR " / 400"              \
    " + CAST(SUBSTR('032503514624', " PART("6", "2") ", 1) AS INTEGER) + " PART("9", "2") ") % 7)"
/* Days from one of old, with years that begin in March. */
#define DAY_NUMBER(date)                                                                              \
    "(365 * " LEAP_YEAR_OF(date) " + " LEAP_YEAR_OF(date) " / 4 - " LEAP_YEAR_OF(                     \
        date) " / 100 + " LEAP_YEAR_OF(date) " / 400 + (153 * ((" PART_OF(date, "6",                  \
                                                                          "2") " + 9) % 12) + 2) "    \
                                                                               "/ 5 + " PART_OF(date, \
                                                                                                "9",  \
                                                                                                "2") ")"
/* What is split_value() in C, of visit v in the SQL of both engines; but of_persons(). */
static const char *const VALUE_SQL[SPLIT_COUNT] = {
    [SPLIT_ALL] = "''",
    [SPLIT_CAUSE] = "COALESCE(v.cause, '')",
    [SPLIT_BY] = "COALESCE(v.cancelled_by, '')",
    [SPLIT_NOTICE] =
        "CASE WHEN v.notice_hours >= 24 THEN 'day' WHEN v.notice_hours > 0 THEN 'hours'"
        " WHEN v.notice_hours = 0 THEN 'none' ELSE '' END",
    [SPLIT_WEEKDAY] = "SUBSTR('7123456', 1 + " WEEKDAY_FROM_SUNDAY ", 1)",
    [SPLIT_HOUR] = "SUBSTR(v.start, 1, 2)",
    [SPLIT_FIRST] = "CASE WHEN EXISTS (SELECT 1 FROM first_visit f WHERE f.client_id = v.client_id"
                    " AND f.visit_id = v.id) THEN 'first' ELSE 'later' END",
    [SPLIT_OFFER] = "COALESCE(v.alternative, '')",
};

/* What split_count() counts, in SQL. A new time is another visit's day. */
#define IS_MISSED "v.outcome IN ('cancelled', 'declined', 'no-show')"
#define IS_OFFERED "v.alternative IS NOT NULL AND v.alternative <> 'nothing'"
#define WITH_MISSED(condition) " AND (v.outcome = 'done-otherwise' OR (" IS_MISSED condition "))"
static const char *const PART_SQL[PART_COUNT] = {
    [PART_ALL] = "",
    [PART_MISSED] = " AND " IS_MISSED,
    [PART_BEHIND] = " AND v.outcome <> 'done'",
    [PART_CHANGED] = WITH_MISSED(""),
    [PART_OFFERED] = WITH_MISSED(" AND " IS_OFFERED),
    [PART_TAKEN] = WITH_MISSED(" AND " IS_OFFERED " AND v.alternative_taken = 1"),
    [PART_TOOK_PLACE] =
        WITH_MISSED(" AND " IS_OFFERED " AND v.alternative_taken = 1 AND " VISIT_CARRIED_OUT),
    [PART_REBOOKED] = " AND " IS_MISSED " AND EXISTS (SELECT 1 FROM visit r"
                      " WHERE r.id = v.new_visit_id AND " DAY_NUMBER("r.date") " <= " DAY_NUMBER(
                          "v.date") " + 7)",
};
G_STATIC_ASSERT(REBOOKED_DAYS == 7);

/* What the client is, which is sealed where a server keeps the unit, is asked of each visit when it has been
 * read. */
static gboolean of_persons(const VisitQuery *query)
{
    return query->value != NULL && (query->split == SPLIT_AGE || query->split == SPLIT_SEX);
}

static void append_split(GString *sql, const VisitQuery *query)
{
    if (query->value != NULL) {
        g_string_append(sql, " AND v.stand_in = 0");
        if (split_is_behind(query->split))
            g_string_append(sql, " AND v.outcome <> 'done'");
        else if (query->split == SPLIT_OFFER)
            g_string_append(sql, " AND v.outcome IN ('cancelled', 'declined', 'no-show',"
                                 " 'done-otherwise')");
        if (query->split == SPLIT_CAUSE && *query->value != '\0')
            g_string_append(sql, " AND v.cause = :value AND v.cause IS NOT NULL");
        else if (!of_persons(query))
            g_string_append_printf(sql, " AND %s = :value", VALUE_SQL[query->split]);
        g_string_append(sql, PART_SQL[query->part]);
    }
    if (query->group_id != 0)
        g_string_append_printf(sql,
                               " AND %sEXISTS (SELECT 1 FROM client_group_member m"
                               " WHERE m.group_id = :group AND m.client_id = v.client_id"
                               " AND m.from_on <= v.date"
                               " AND (m.to_on IS NULL OR m.to_on >= v.date))",
                               query->rest ? "NOT " : "");
}

/* Those of whom one covers for, found by them; whether it is so on the day of the visit is asked of
 * each. */
#define COVERED                                                                                    \
    "v.staff_id IN (SELECT x.staff_id FROM cover x WHERE x.cover_id = :me) AND " COVERS_ON(          \
        "v.staff_id", "v.date")

/* Those on which one goes along (second.h). */
#define ALONG                                                                                      \
    "v.id IN (SELECT y.visit_id FROM visit_second y WHERE y.staff_id = :staff)"                    \
    " AND v.staff_id IS DISTINCT FROM :staff AND NOT " COVERS_ON("v.staff_id", "v.date")

/* The index to walk first: a client's visits, a person's, or `others`; then what narrows it.
 * `own`: one's own, those one covers in, or those on which one goes along. */
static void append_conditions(GString *sql, const VisitQuery *query, const char *others,
                              const char *own)
{
    if (query->client_id != 0)
        g_string_append(sql, "v.client_id = :client");
    else if (query->staff_id != 0)
        g_string_append(sql, own);
    else
        g_string_append(sql, others);
    if (query->client_id != 0 && query->staff_id != 0)
        g_string_append_printf(sql, " AND %s", own);
    if (query->outcome == OUTCOME_NONE)
        g_string_append(sql, " AND v.outcome IS NULL");
    else if (query->outcome == OUTCOME_DONE)
        g_string_append(sql, " AND v.outcome = :outcome");
    else if (asks_outcome(query))
        g_string_append(sql, " AND v.outcome = :outcome AND v.outcome <> 'done'");
    if (query->missed && !is_merged(query))
        g_string_append(sql, " AND v.outcome IN ('cancelled', 'declined', 'no-show')");
    if (query->stand_in != STAND_IN_ANY)
        g_string_append_printf(sql, " AND v.stand_in = %d", query->stand_in == STAND_IN_ONLY);
    if (asks_cause(query))
        g_string_append(sql, " AND v.cause = :cause AND v.cause IS NOT NULL");
    else if (query->cause != NULL)
        g_string_append(sql, " AND v.cause IS NULL");
    append_split(sql, query);
}

static void append_range(GString *sql, const VisitQuery *query)
{
    g_string_append(sql, query->backwards ? " AND (v.date, v.start, v.id) < (:date, :start, :id)"
                                            " AND v.date >= :end"
                                          : " AND (v.date, v.start, v.id) > (:date, :start, :id)"
                                            " AND v.date <= :end");
}

#define OF_UNIT "v.unit_id = :unit"

static const char *const OWN[] = {"v.staff_id = :staff", COVERED, ALONG};

static gsize walks_of(const VisitQuery *query)
{
    return is_merged(query)                          ? G_N_ELEMENTS(MISSED)
           : query->covered && query->staff_id != 0 ? G_N_ELEMENTS(OWN)
                                                     : 1;
}

static char *compose(const VisitQuery *query, const char *visits, const char *others)
{
    GString *sql = g_string_new(NULL);
    const gboolean merged = is_merged(query);
    for (gsize i = 0; i < walks_of(query); i++) {
        g_string_append_printf(sql, "%s%s", i > 0 ? " UNION ALL " : "", visits);
        append_conditions(sql, query, others, OWN[merged ? 0 : i]);
        if (merged)
            g_string_append(sql, MISSED[i]);
        append_range(sql, query);
    }
    return g_string_free(sql, FALSE);
}

#define PLACE_ORDER " ORDER BY 2, 3, 1"
#define PLACE_ORDER_BACKWARDS " ORDER BY 2 DESC, 3 DESC, 1 DESC"

#define OF_PLACES " WHERE v.id IN (SELECT w.id FROM ("

/* Of several walks the places are merged, and the rows that are shown read by them: what a server has
 * sealed is opened only where it comes straight from its row. */
char *visit_list_sql(const VisitQuery *query)
{
    const char *order = query->backwards ? VISIT_ORDER_BACKWARDS : VISIT_ORDER;
    if (walks_of(query) == 1) {
        g_autofree char *select =
            compose(query, query->names != NULL ? VISITS_ALONE : VISITS, OF_UNIT);
        return g_strconcat(select, order, " LIMIT :limit", NULL);
    }
    g_autofree char *places = compose(query, VISIT_PLACES, OF_UNIT);
    return g_strconcat(query->names != NULL ? VISIT_ROWS_ALONE OF_PLACES : VISIT_ROWS OF_PLACES,
                       places,
                       query->backwards ? PLACE_ORDER_BACKWARDS : PLACE_ORDER,
                       " LIMIT :limit) AS w)", order, NULL);
}

static char *closed_sql(const VisitQuery *query)
{
    g_autofree char *unseen = compose(query, VISITS_UNSEEN, "TRUE");
    return g_strconcat("SELECT COUNT(*) FROM (", unseen, ") AS unseen", NULL);
}

char *visit_count_sql(const VisitQuery *query)
{
    g_autofree char *all = compose(query, VISITS_ALL, OF_UNIT);
    g_autofree char *closed = closed_sql(query);
    return g_strconcat("SELECT (SELECT COUNT(*) FROM (", all, ") AS visits) - (", closed, ")",
                       NULL);
}

/* A place in the order: before or after every visit of a day, or at a visit. */
typedef struct {
    char date[DATE_SIZE], start[TIME_SIZE];
    gint64 id;
} Place;

static Place place_at(const VisitQuery *query, const Visit *after)
{
    Place place = {.date = "", .start = "", .id = 0};
    Date edge = query->backwards ? query->to : query->from;
    if (query->backwards) {
        g_strlcpy(place.date, "9999-12-31", sizeof place.date);
        g_strlcpy(place.start, "99:99", sizeof place.start);
        place.id = G_MAXINT64;
    }
    if (edge != DATE_NONE)
        date_format(edge, place.date);
    if (after != NULL &&
        (edge == DATE_NONE || (query->backwards ? after->date <= edge : after->date >= edge))) {
        date_format(after->date, place.date);
        time_format(after->start, place.start);
        place.id = after->id;
    }
    return place;
}

#define PARAMS 16

/* Which visits a query speaks of: those of one's own clients have a rule with days of its own. */
typedef enum { OF_ALL, OF_SEEN } Whose;

/* The parameters that the text of `query` has. `params` holds PARAMS. */
static void bind(Session *session, const VisitQuery *query, Whose whose, const Place *place, char *end,
                 DbParam *params)
{
    gsize n = 0;
    Date last = query->backwards ? query->from : query->to;
    if (last != DATE_NONE)
        date_format(last, end);
    else
        g_strlcpy(end, query->backwards ? "" : "9999-12-31", DATE_SIZE);
    params[n++] = DB_INT("me", session_staff_id(session));
    if (whose == OF_SEEN) {
        params[n++] = DB_TEXT("own_day", client_guard_day(session));
        params[n++] = DB_TEXT("own_since", client_guard_since(session));
    }
    params[n++] = DB_INT("unit", session_unit_id(session));
    if (query->client_id != 0)
        params[n++] = DB_INT("client", query->client_id);
    if (query->staff_id != 0)
        params[n++] = DB_INT("staff", query->staff_id);
    if (query->outcome > OUTCOME_NONE)
        params[n++] = DB_TEXT("outcome", outcome_code((Outcome)query->outcome));
    if (asks_cause(query))
        params[n++] = DB_TEXT("cause", query->cause);
    if (query->value != NULL && !of_persons(query))
        params[n++] = DB_TEXT("value", query->value);
    if (query->group_id != 0)
        params[n++] = DB_INT("group", query->group_id);
    params[n++] = DB_TEXT("date", place->date);
    params[n++] = DB_TEXT("start", place->start);
    params[n++] = DB_INT("id", place->id);
    params[n++] = DB_TEXT("end", end);
    params[n] = (DbParam){.type = DB_TYPE_END};
}

/* Takes the words away, or notes whose are read. */
static gboolean note_words(Session *session, GPtrArray *visits, gboolean without, GError **error)
{
    g_autoptr(GArray) clients = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < visits->len; i++) {
        Visit *visit = g_ptr_array_index(visits, i);
        VisitOutcome *outcome = &visit->outcome;
        if (without) {
            g_clear_pointer(&outcome->words, g_free);
            g_clear_pointer(&outcome->note, g_free);
            g_clear_pointer(&visit->disputed, g_free);
        } else if (visit->staff_id != session_staff_id(session) &&
                   (outcome->words != NULL || outcome->note != NULL ||
                    visit->disputed != NULL)) {
            g_array_append_val(clients, visit->client_id);
        }
    }
    return audit_words(session, "visit", clients, error);
}

static GPtrArray *read_window(Session *session, const VisitQuery *query, const Visit *after,
                              int limit, GError **error)
{
    g_autofree char *sql = visit_list_sql(query);
    Place place = place_at(query, after);
    char end[DATE_SIZE];
    DbParam params[PARAMS + 1];
    params[0] = DB_INT("limit", limit);
    bind(session, query, OF_SEEN, &place, end, params + 1);
    g_autoptr(DbStatement) rows = db_query(session_db(session), sql, params, error);
    return rows != NULL ? visit_rows(rows, error) : NULL;
}

/* Whether the client was so on the visit's day. */
static gboolean is_of_person(const Cards *cards, const VisitQuery *query, gint64 client_id,
                             Date date)
{
    const Card *card = cards_find(cards, client_id);
    const VisitFacts facts = {.date = date,
                              .birth = card != NULL ? card_birth_date(card) : DATE_NONE,
                              .sex = card != NULL ? card_sex(card) : SEX_UNKNOWN};
    return g_str_equal(split_value(query->split, &facts), query->value);
}

enum { PERSONS_WINDOW = 200 };

/* Window by window, until there are enough. */
static GPtrArray *read_of_persons(Session *session, const VisitQuery *query, const Visit *after,
                                  guint limit, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    g_autoptr(Visit) last = NULL;
    for (gboolean more = TRUE; more && found->len < limit;) {
        g_autoptr(GPtrArray) window = read_window(session, query, after, PERSONS_WINDOW, error);
        const Cards *cards = window != NULL ? cards_of(session, error) : NULL;
        if (cards == NULL)
            return NULL;
        more = window->len == PERSONS_WINDOW;
        g_clear_pointer(&last, visit_free);
        while (window->len > 0 && found->len < limit) {
            Visit *visit = g_ptr_array_steal_index(window, 0);
            if (window->len == 0)
                after = visit;
            if (is_of_person(cards, query, visit->client_id, visit->date))
                g_ptr_array_add(found, visit);
            else if (window->len == 0)
                last = visit;
            else
                visit_free(visit);
        }
    }
    return g_steal_pointer(&found);
}

GPtrArray *visit_list(Session *session, const VisitQuery *query, const Visit *after, int limit,
                      GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(GPtrArray) visits =
        of_persons(query) ? read_of_persons(session, query, after, (guint)limit, error)
                          : read_window(session, query, after, limit, error);
    if (visits == NULL || !note_words(session, visits, query->without_words, error) ||
        (query->names != NULL && !visit_names_put(query->names, session, visits, error)))
        return NULL;
    return g_steal_pointer(&visits);
}

static gboolean count_by(Session *session, const VisitQuery *query, const char *sql, Whose whose,
                         gint64 *count, GError **error)
{
    Place place = place_at(query, NULL);
    char end[DATE_SIZE];
    DbParam params[PARAMS];
    bind(session, query, whose, &place, end, params);
    return db_get_int(session_db(session), sql, params, 0, count, error);
}

#define OF_PERSONS "SELECT v.id, v.client_id, v.date FROM visit v WHERE " VISIT_SEEN

static gboolean count_of_persons(Session *session, const VisitQuery *query, const char *visits,
                                 gint64 *count, GError **error)
{
    g_autofree char *sql = compose(query, visits, OF_UNIT);
    Place place = place_at(query, NULL);
    char end[DATE_SIZE];
    DbParam params[PARAMS];
    bind(session, query, OF_SEEN, &place, end, params);
    const Cards *cards = cards_of(session, error);
    g_autoptr(DbStatement) rows =
        cards != NULL ? db_query(session_db(session), sql, params, error) : NULL;
    DbStep step = DB_STEP_ERROR;
    *count = 0;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        *count += is_of_person(cards, query, db_int(rows, 1), date_parse(db_text(rows, 2)));
    return step == DB_STEP_DONE;
}

static char *rows_counted(const VisitQuery *query, const char *visits)
{
    g_autofree char *rows = compose(query, visits, OF_UNIT);
    return g_strconcat("SELECT COUNT(*) FROM (", rows, ") AS counted", NULL);
}

gboolean visit_count(Session *session, const VisitQuery *query, gint64 *count, GError **error)
{
    gboolean unit = FALSE;
    if (!access_require(session, PERMIT_CLIENT_READ, error) ||
        !client_sees_unit(session, &unit, error))
        return FALSE;
    if (of_persons(query))
        return count_of_persons(session, query, OF_PERSONS " AND ", count, error);
    g_autofree char *sql = unit ? visit_count_sql(query) : rows_counted(query, VISITS_SEEN);
    return count_by(session, query, sql, unit ? OF_ALL : OF_SEEN, count, error);
}

gboolean visit_count_closed(Session *session, const VisitQuery *query, gint64 *count,
                            GError **error)
{
    gboolean unit = FALSE;
    if (!access_require(session, PERMIT_CLIENT_READ, error) ||
        !client_sees_unit(session, &unit, error))
        return FALSE;
    if (of_persons(query))
        return count_of_persons(session, query, OF_PERSONS " IS NOT TRUE AND ", count, error);
    g_autofree char *sql = unit ? closed_sql(query) : rows_counted(query, VISITS_HIDDEN);
    return count_by(session, query, sql, unit ? OF_ALL : OF_SEEN, count, error);
}

gboolean visit_unrecorded(Session *session, gint64 staff_id, Date day, gint64 *count, Date *latest,
                          GError **error)
{
    VisitQuery query = {.from = day - UNRECORDED_DAYS,
                        .to = day - 1,
                        .staff_id = staff_id,
                        .covered = staff_id == session_staff_id(session),
                        .outcome = OUTCOME_NONE,
                        .backwards = TRUE,
                        .without_words = TRUE};
    *latest = DATE_NONE;
    if (!visit_count(session, &query, count, error))
        return FALSE;
    g_autoptr(GPtrArray) last = visit_list(session, &query, NULL, 1, error);
    if (last == NULL)
        return FALSE;
    if (last->len > 0)
        *latest = ((const Visit *)last->pdata[0])->date;
    return TRUE;
}

Visit *visit_get(Session *session, gint64 id, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    Visit *visit = visit_read(session, id, error);
    if (visit == NULL)
        return NULL;
    g_ptr_array_add(one, visit);
    return note_words(session, one, FALSE, error) ? g_ptr_array_steal_index(one, 0) : NULL;
}
