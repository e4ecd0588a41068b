/* week_count.c: one week counted from its visits: they are read once, put in the order of their
 * clients, and each is added to its cells. */
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/visit/carried_out.h"
#include "care/visit/week_count_private.h"

typedef struct {
    Date birth;
    Sex sex;
    gint64 first_visit;
} ClientFacts;

typedef struct {
    guint group; /* index in `groups` */
    Date from, to;
} Membership;

typedef struct {
    SplitCounts counts;
    gint64 client_id; /* counted last */
} Cell;

struct WeekCounter {
    Session *session;
    GHashTable *clients;     /* id → ClientFacts * */
    GHashTable *memberships; /* client id → GArray of Membership */
    GArray *groups;          /* gint64 */
    GPtrArray *cells;        /* GHashTable * of value → Cell *, by group * SPLIT_COUNT + split */
    GStringChunk *values;
};

static void empty_cells(WeekCounter *counter)
{
    g_ptr_array_set_size(counter->cells, 0);
    g_string_chunk_clear(counter->values);
    for (guint i = 0; i < counter->groups->len * SPLIT_COUNT; i++)
        g_ptr_array_add(counter->cells,
                        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free));
}

/* --- what is read once ------------------------------------------------------------------------ */

static gint64 *boxed(gint64 id)
{
    return g_memdup2(&id, sizeof id);
}

static ClientFacts *facts_about(WeekCounter *counter, gint64 client_id)
{
    ClientFacts *facts = g_hash_table_lookup(counter->clients, &client_id);
    if (facts == NULL) {
        facts = g_new0(ClientFacts, 1);
        *facts = (ClientFacts){.birth = DATE_NONE};
        g_hash_table_insert(counter->clients, boxed(client_id), facts);
    }
    return facts;
}

/* A server shows the cards of those with protected identity to few, and what is kept is
 * everybody's: so there nobody counts their age and sex. */
static gboolean read_clients(WeekCounter *counter, GError **error)
{
    Db *db = session_db(counter->session);
    g_autoptr(DbStatement) rows =
        db_query(db, "SELECT id, birth_date, sex, protection FROM client WHERE unit_id = :unit",
                 DB_PARAMS(DB_INT("unit", session_unit_id(counter->session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        ClientFacts *facts = facts_about(counter, db_int(rows, 0));
        if (protection_parse(db_text(rows, 3)) != PROTECTION_NONE && db_is_on_server(db))
            continue;
        facts->birth = date_parse(db_text(rows, 1));
        sex_parse(db_text(rows, 2), &facts->sex);
    }
    return step == DB_STEP_DONE;
}

/* Also of those whose cards are not shown. */
static gboolean read_first_visits(WeekCounter *counter, GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        session_db(counter->session), "SELECT client_id, visit_id FROM first_visit", NULL, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        facts_about(counter, db_int(rows, 0))->first_visit = db_int(rows, 1);
    return step == DB_STEP_DONE;
}

static void add_membership(WeekCounter *counter, gint64 client_id, Membership membership)
{
    GArray *all = g_hash_table_lookup(counter->memberships, &client_id);
    if (all == NULL) {
        all = g_array_new(FALSE, FALSE, sizeof(Membership));
        g_hash_table_insert(counter->memberships, boxed(client_id), all);
    }
    g_array_append_val(all, membership);
}

static gboolean read_groups(WeekCounter *counter, GError **error)
{
    const gint64 unit = 0;
    g_array_append_val(counter->groups, unit);
    g_autoptr(DbStatement) rows =
        db_query(session_db(counter->session),
                 "SELECT g.id, m.client_id, m.from_on, m.to_on FROM client_group g"
                 " LEFT JOIN client_group_member m ON m.group_id = g.id"
                 " WHERE g.unit_id = :unit ORDER BY g.id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(counter->session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        if (g_array_index(counter->groups, gint64, counter->groups->len - 1) != id)
            g_array_append_val(counter->groups, id);
        if (!db_is_null(rows, 1))
            add_membership(counter, db_int(rows, 1),
                           (Membership){.group = counter->groups->len - 1,
                                        .from = date_parse(db_text(rows, 2)),
                                        .to = date_parse(db_text(rows, 3))});
    }
    return step == DB_STEP_DONE;
}

WeekCounter *week_counter_new(Session *session, GError **error)
{
    g_autoptr(WeekCounter) counter = g_new0(WeekCounter, 1);
    counter->session = session;
    counter->clients = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    counter->memberships =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
    counter->groups = g_array_new(FALSE, FALSE, sizeof(gint64));
    counter->cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    counter->values = g_string_chunk_new(256);
    return read_clients(counter, error) && read_first_visits(counter, error) &&
                   read_groups(counter, error)
               ? g_steal_pointer(&counter)
               : NULL;
}

void week_counter_free(WeekCounter *counter)
{
    if (counter == NULL)
        return;
    g_hash_table_unref(counter->clients);
    g_hash_table_unref(counter->memberships);
    g_array_unref(counter->groups);
    g_ptr_array_unref(counter->cells);
    g_string_chunk_free(counter->values);
    g_free(counter);
}

const GArray *week_counter_groups(const WeekCounter *counter)
{
    return counter->groups;
}

/* --- the visits of a week --------------------------------------------------------------------- */

#define VISITS                                                                                     \
    "SELECT v.id, v.client_id, v.date, v.start, v.outcome, v.cancelled_by, v.notice_hours,"        \
    " v.cause, v.alternative, v.alternative_taken,"                                                \
    " CASE WHEN v.new_visit_id IS NOT NULL THEN"                                                   \
    " (SELECT n.date FROM visit n WHERE n.id = v.new_visit_id) END,"                               \
    " CASE WHEN v.alternative_taken = 1 AND " VISIT_CARRIED_OUT " THEN 1 ELSE 0 END"               \
    " FROM visit v WHERE v.date BETWEEN :from AND :to AND v.stand_in = 0"
#define VISITS_OF_UNIT VISITS " AND v.unit_id = :of"
#define VISITS_OF_GROUP                                                                            \
    VISITS " AND v.client_id IN (SELECT m.client_id FROM client_group_member m"                    \
           " WHERE m.group_id = :of)"

static VisitFacts facts_of(WeekCounter *counter, DbStatement *row)
{
    static const ClientFacts nobody = {.birth = DATE_NONE};
    const gint64 client_id = db_int(row, 1);
    const ClientFacts *client = g_hash_table_lookup(counter->clients, &client_id);
    const char *cause = db_text(row, 7);
    client = client != NULL ? client : &nobody;
    VisitFacts facts = {
        .client_id = client_id,
        .date = date_parse(db_text(row, 2)),
        .start = time_parse(db_text(row, 3)),
        .notice = db_is_null(row, 6) ? -1 : (int)db_int(row, 6),
        .cause = cause != NULL ? g_string_chunk_insert_const(counter->values, cause) : NULL,
        .alternative_taken = db_is_null(row, 9) ? -1 : db_int(row, 9) != 0,
        .new_date = date_parse(db_text(row, 10)),
        .carried_out = db_int(row, 11) != 0,
        .first = client->first_visit == db_int(row, 0),
        .birth = client->birth,
        .sex = client->sex,
    };
    outcome_parse(db_text(row, 4), &facts.outcome);
    cancelled_by_parse(db_text(row, 5), &facts.by);
    alternative_parse(db_text(row, 8), &facts.alternative);
    return facts;
}

/* Some milliseconds of them. */
#define VISITS_BETWEEN 128

static gboolean go_on(const WeekPatience *patience, guint visits, GError **error)
{
    if (patience == NULL || visits % VISITS_BETWEEN != 0 || patience->go_on(patience->data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("It was broken off. Nothing was changed."));
    return FALSE;
}

static gint compare_clients(gconstpointer left, gconstpointer right)
{
    const VisitFacts *a = left, *b = right;
    return (a->client_id > b->client_id) - (a->client_id < b->client_id);
}

/* Of those who ever belong to the group (0: of all the unit), in the order of the clients. */
static GArray *read_visits(WeekCounter *counter, Date first, Date last, gint64 group_id,
                           const WeekPatience *patience, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const gint64 of = group_id != 0 ? group_id : session_unit_id(counter->session);
    g_autoptr(GArray) visits = g_array_new(FALSE, FALSE, sizeof(VisitFacts));
    g_autoptr(DbStatement) rows =
        db_query(session_db(counter->session), group_id != 0 ? VISITS_OF_GROUP : VISITS_OF_UNIT,
                 DB_PARAMS(DB_INT("of", of), DB_TEXT("from", date_format(first, from)),
                           DB_TEXT("to", date_format(last, to))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        VisitFacts facts = facts_of(counter, rows);
        g_array_append_val(visits, facts);
        if (!go_on(patience, visits->len, error))
            return NULL;
    }
    if (step != DB_STEP_DONE)
        return NULL;
    g_array_sort(visits, compare_clients);
    return g_steal_pointer(&visits);
}

static void add_to_group(WeekCounter *counter, guint group, const VisitFacts *facts)
{
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++) {
        const char *value = split_value(split, facts);
        if (value == NULL)
            continue;
        GHashTable *values = g_ptr_array_index(counter->cells, group * SPLIT_COUNT + split);
        Cell *cell = g_hash_table_lookup(values, value);
        if (cell == NULL) {
            cell = g_new0(Cell, 1);
            g_hash_table_insert(values, (gpointer)value, cell);
        }
        split_count(&cell->counts, facts);
        cell->counts.persons += cell->client_id != facts->client_id;
        cell->client_id = facts->client_id;
    }
}

static gboolean is_on(const Membership *membership, Date date)
{
    return date >= membership->from && (membership->to == DATE_NONE || date <= membership->to);
}

static void add_visit(WeekCounter *counter, const VisitFacts *facts)
{
    add_to_group(counter, 0, facts);
    const GArray *memberships = g_hash_table_lookup(counter->memberships, &facts->client_id);
    for (guint i = 0; memberships != NULL && i < memberships->len; i++) {
        const Membership *membership = &g_array_index(memberships, Membership, i);
        if (is_on(membership, facts->date))
            add_to_group(counter, membership->group, facts);
    }
}

gboolean week_counter_count(WeekCounter *counter, Week week, const WeekPatience *patience,
                            GError **error)
{
    empty_cells(counter);
    const Date monday = week_monday(week);
    g_autoptr(GArray) visits = read_visits(counter, monday, monday + 6, 0, patience, error);
    if (visits == NULL)
        return FALSE;
    for (guint i = 0; i < visits->len; i++)
        add_visit(counter, &g_array_index(visits, VisitFacts, i));
    return TRUE;
}

/* Whether the client belongs to the nth group on the day of the visit. */
static gboolean belongs(const WeekCounter *counter, guint group, const VisitFacts *facts)
{
    const GArray *memberships = g_hash_table_lookup(counter->memberships, &facts->client_id);
    for (guint i = 0; memberships != NULL && i < memberships->len; i++) {
        const Membership *membership = &g_array_index(memberships, Membership, i);
        if (membership->group == group && is_on(membership, facts->date))
            return TRUE;
    }
    return FALSE;
}

gboolean week_counter_count_days(WeekCounter *counter, Date from, Date to, guint group,
                                 gboolean rest, GError **error)
{
    empty_cells(counter);
    const gint64 id = g_array_index(counter->groups, gint64, group);
    g_autoptr(GArray) visits = read_visits(counter, from, to, rest ? 0 : id, NULL, error);
    for (guint i = 0; visits != NULL && i < visits->len; i++) {
        const VisitFacts *facts = &g_array_index(visits, VisitFacts, i);
        if (belongs(counter, group, facts) != rest)
            add_to_group(counter, group, facts);
    }
    return visits != NULL;
}

gboolean week_counter_each(WeekCounter *counter, guint group, WeekCellFunc each, gpointer data,
                           GError **error)
{
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++) {
        GHashTableIter iter;
        gpointer value, cell;
        g_hash_table_iter_init(&iter,
                               g_ptr_array_index(counter->cells, group * SPLIT_COUNT + split));
        while (g_hash_table_iter_next(&iter, &value, &cell))
            if (!each(split, value, &((const Cell *)cell)->counts, data, error))
                return FALSE;
    }
    return TRUE;
}
