/* week_cell.c: what the weeks' visits say, against a slow second count by hand of all visits there
 * are, while visits are planned, recorded, corrected, taken back, read in and taken away, clients
 * are corrected and groups change. */
#include "tests/unit/care/fixture_random.h"

#include "care/client/group.h"
#include "care/visit/counted.h"
#include "care/visit/visit_batch.h"

#define FIRST_WEEK 202643
#define LAST_WEEK 202652

/* --- by hand ---------------------------------------------------------------------------------- */

/* A visit as it stands in the database, words for codes. */
typedef struct {
    gint64 id, client, origin, new_visit;
    char *date, *start, *outcome, *by, *cause, *offer, *birth, *sex;
    int notice, taken;
    gboolean stand_in;
} Row;

static void row_clear(gpointer data)
{
    Row *row = data;
    char *texts[] = {row->date,  row->start, row->outcome, row->by,
                     row->cause, row->offer, row->birth,   row->sex};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
}

static char *text_of(DbStatement *row, int column)
{
    return g_strdup(db_is_null(row, column) ? "" : db_text(row, column));
}

static GArray *read_rows(Session *session)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(Row));
    g_array_set_clear_func(rows, row_clear);
    g_autoptr(DbStatement) all = NULL;
    assert_ok((all = db_query(session_db(session),
                              "SELECT v.id, v.client_id, v.origin_id, v.new_visit_id, v.date,"
                              " v.start, v.outcome, v.cancelled_by, v.cause, v.alternative,"
                              " c.birth_date, c.sex, coalesce(v.notice_hours, -1),"
                              " coalesce(v.alternative_taken, -1), v.stand_in"
                              " FROM visit v JOIN client c ON c.id = v.client_id",
                              NULL, &error)));
    while (db_step(all, NULL) == DB_STEP_ROW) {
        Row row = {.id = db_int(all, 0),
                   .client = db_int(all, 1),
                   .origin = db_int(all, 2),
                   .new_visit = db_int(all, 3),
                   .date = text_of(all, 4),
                   .start = text_of(all, 5),
                   .outcome = text_of(all, 6),
                   .by = text_of(all, 7),
                   .cause = text_of(all, 8),
                   .offer = text_of(all, 9),
                   .birth = text_of(all, 10),
                   .sex = text_of(all, 11),
                   .notice = (int)db_int(all, 12),
                   .taken = (int)db_int(all, 13),
                   .stand_in = db_int(all, 14) != 0};
        g_array_append_val(rows, row);
    }
    return rows;
}

static gboolean one_of(const char *word, const char *words)
{
    g_auto(GStrv) all = g_strsplit(words, " ", -1);
    return g_strv_contains((const char *const *)all, word);
}

static gboolean was_missed(const Row *row)
{
    return one_of(row->outcome, "cancelled declined no-show");
}

static gboolean is_meeting(const Row *row)
{
    return !row->stand_in && !one_of(row->outcome, "rebooked unit-cancelled");
}

static gboolean is_first(const GArray *rows, const Row *row)
{
    for (guint i = 0; i < rows->len; i++) {
        const Row *other = &g_array_index(rows, Row, i);
        int order = strcmp(other->date, row->date);
        order = order != 0 ? order : strcmp(other->start, row->start);
        if (other->client == row->client && is_meeting(other) &&
            (order < 0 || (order == 0 && other->id < row->id)))
            return FALSE;
    }
    return is_meeting(row);
}

/* Whether anything that was made by `row`, but its new time, took place, or by what was made so. */
static gboolean something_took_place(const GArray *rows, gint64 origin, gint64 but)
{
    for (guint i = 0; i < rows->len; i++) {
        const Row *made = &g_array_index(rows, Row, i);
        if (made->origin == origin && made->id != but &&
            (one_of(made->outcome, "done done-otherwise") ||
             something_took_place(rows, made->id, 0)))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_soon_new_time(const GArray *rows, const Row *row)
{
    for (guint i = 0; i < rows->len; i++) {
        const Row *other = &g_array_index(rows, Row, i);
        if (other->id == row->new_visit)
            return date_parse(other->date) - date_parse(row->date) <= 7;
    }
    return FALSE;
}

static const char *age_by_hand(const Row *row)
{
    static const int from[] = {65, 41, 26, 18};
    static const char *const bands[] = {"65-", "41-64", "26-40", "18-25"};
    if (*row->birth == '\0')
        return "";
    for (gsize i = 0; i < G_N_ELEMENTS(from); i++) {
        g_autofree char *then =
            g_strdup_printf("%04d%s", atoi(row->birth) + from[i], row->birth + 4);
        if (strcmp(row->date, then) >= 0)
            return bands[i];
    }
    return "0-17";
}

/* NULL: no part in it. */
static char *value_by_hand(Split split, const GArray *rows, const Row *row)
{
    const gboolean behind = *row->outcome != '\0' && strcmp(row->outcome, "done") != 0;
    const gboolean other = was_missed(row) || one_of(row->outcome, "done-otherwise");
    switch (split) {
    case SPLIT_ALL:
        return g_strdup("");
    case SPLIT_CAUSE:
        return behind ? g_strdup(row->cause) : NULL;
    case SPLIT_BY:
        return behind ? g_strdup(row->by) : NULL;
    case SPLIT_NOTICE:
        return !behind ? NULL
                       : g_strdup(row->notice < 0    ? ""
                                  : row->notice == 0 ? "none"
                                  : row->notice < 24 ? "hours"
                                                     : "day");
    case SPLIT_WEEKDAY:
        return g_strdup_printf("%d", date_weekday(date_parse(row->date)));
    case SPLIT_HOUR:
        return g_strndup(row->start, 2);
    case SPLIT_FIRST:
        return g_strdup(is_first(rows, row) ? "first" : "later");
    case SPLIT_AGE:
        return g_strdup(age_by_hand(row));
    case SPLIT_SEX:
        return g_strdup(strcmp(row->sex, "unknown") == 0 ? "" : row->sex);
    case SPLIT_OFFER:
        return other ? g_strdup(row->offer) : NULL;
    case SPLIT_COUNT:
        break;
    }
    return NULL;
}

static SplitCounts counts_by_hand(const GArray *rows, const Row *row)
{
    const gboolean missed = was_missed(row), otherwise = one_of(row->outcome, "done-otherwise");
    const gboolean offered = missed && *row->offer != '\0' && strcmp(row->offer, "nothing") != 0;
    const gboolean taken = offered && row->taken == 1;
    return (SplitCounts){
        .planned = is_meeting(row),
        .recorded = is_meeting(row) && *row->outcome != '\0',
        .missed = missed,
        .otherwise = otherwise,
        .behind = *row->outcome != '\0' && strcmp(row->outcome, "done") != 0,
        .offered = offered || otherwise,
        .taken = taken || otherwise,
        .took_place = (taken && something_took_place(rows, row->id, row->new_visit)) || otherwise,
        .rebooked = missed && has_soon_new_time(rows, row)};
}

/* Whether the client of `row` belongs to the group on its day; 0: the unit. */
static gboolean belongs(const Visits *visits, gint64 group, const Row *row)
{
    gint64 found = 0;
    assert_ok(opened_get_int(session_db(visits->session),
                             "SELECT COUNT(*) FROM client_group_member WHERE group_id = :group"
                             " AND client_id = :client AND from_on <= :date"
                             " AND coalesce(to_on, '9999-12-31') >= :date",
                             DB_PARAMS(DB_INT("group", group), DB_INT("client", row->client),
                                       DB_TEXT("date", row->date)),
                             0, &found, &error));
    assert_true(found <= 1);
    return group == 0 || found == 1;
}

typedef struct {
    SplitCounts counts;
    GHashTable *persons;
    gint64 visits;
    Week week;
    Split split;
    char *value;
} Hand;

static void hand_free(gpointer data)
{
    Hand *hand = data;
    g_hash_table_unref(hand->persons);
    g_free(hand->value);
    g_free(hand);
}

static void add_by_hand(GHashTable *hands, const GArray *rows, const Row *row)
{
    for (Split split = SPLIT_ALL; split < SPLIT_COUNT; split++) {
        g_autofree char *value = value_by_hand(split, rows, row);
        if (value == NULL)
            continue;
        char *key =
            g_strdup_printf("%d %s %s", week_of(date_parse(row->date)), split_code(split), value);
        Hand *hand = g_hash_table_lookup(hands, key);
        if (hand == NULL) {
            hand = g_new0(Hand, 1);
            hand->persons = g_hash_table_new(NULL, NULL);
            hand->week = week_of(date_parse(row->date));
            hand->split = split;
            hand->value = g_strdup(value);
            g_hash_table_insert(hands, g_strdup(key), hand);
        }
        const SplitCounts counts = counts_by_hand(rows, row);
        split_add(&hand->counts, &counts, 1);
        hand->visits++;
        g_hash_table_add(hand->persons, GSIZE_TO_POINTER((gsize)row->client));
        hand->counts.persons = g_hash_table_size(hand->persons);
        g_free(key);
    }
}

/* Of a group (0: the unit), or of those of the unit that are not in it. */
static GHashTable *count_by_hand(const Visits *visits, gint64 group, gboolean rest)
{
    g_autoptr(GArray) rows = read_rows(visits->session);
    GHashTable *hands = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, hand_free);
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        const Week week = week_of(date_parse(row->date));
        if (!row->stand_in && week >= FIRST_WEEK && week <= LAST_WEEK &&
            belongs(visits, group, row) != rest)
            add_by_hand(hands, rows, row);
    }
    return hands;
}

/* Of these too, those that a part of it counts. */
static void assert_part_lists(const Visits *visits, const Hand *hand, VisitQuery query)
{
    const SplitCounts *counts = &hand->counts;
    const gint64 parts[PART_COUNT] = {[PART_MISSED] = counts->missed,
                                      [PART_BEHIND] = counts->behind,
                                      [PART_CHANGED] = counts->missed + counts->otherwise,
                                      [PART_OFFERED] = counts->offered,
                                      [PART_TAKEN] = counts->taken,
                                      [PART_TOOK_PLACE] = counts->took_place,
                                      [PART_REBOOKED] = counts->rebooked};
    for (query.part = PART_MISSED; query.part < PART_COUNT; query.part++) {
        gint64 count = 0;
        assert_ok(visit_count(visits->session, &query, &count, &error));
        if (count != parts[query.part])
            fail_msg("%d %s %s, part %d: %d by hand, %d counted", hand->week,
                     split_code(hand->split), hand->value, (int)query.part, (int)parts[query.part],
                     (int)count);
    }
}

/* The visits behind each number are as many as there are. */
static void assert_lists(const Visits *visits, gint64 group, gboolean rest)
{
    g_autoptr(GHashTable) hands = count_by_hand(visits, group, rest);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, hands);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Hand *hand = value;
        const VisitQuery query = {.from = week_monday(hand->week),
                                  .to = week_monday(hand->week) + 6,
                                  .outcome = -1,
                                  .split = hand->split,
                                  .value = hand->value,
                                  .group_id = group,
                                  .rest = rest,
                                  .without_words = TRUE};
        g_autoptr(GPtrArray) list = NULL;
        gint64 count = 0;
        assert_ok(visit_count(visits->session, &query, &count, &error));
        assert_ok((list = visit_list(visits->session, &query, NULL, 1000, &error)));
        if (count != hand->visits || list->len != count)
            fail_msg("%s: %d by hand, %d counted, %u listed", (const char *)key, (int)hand->visits,
                     (int)count, list->len);
        assert_part_lists(visits, hand, query);
    }
}

static void assert_as_by_hand(const Visits *visits, gint64 group)
{
    g_autoptr(GHashTable) hands = count_by_hand(visits, group, FALSE);
    g_autoptr(WeekCells) cells = NULL;
    assert_ok((cells = week_cells_read(visits->session, FIRST_WEEK, LAST_WEEK, group, &error)));
    for (guint i = 0; i < cells->cells->len; i++) {
        const WeekCell *cell = &g_array_index(cells->cells, WeekCell, i);
        g_autofree char *key =
            g_strdup_printf("%d %s %s", cell->week, split_code(cell->split), cell->value);
        const Hand *hand = g_hash_table_lookup(hands, key);
        if (hand == NULL || memcmp(&hand->counts, &cell->counts, sizeof cell->counts) != 0)
            fail_msg("group %d, %s: planned %d, missed %d, took place %d, persons %d", group != 0,
                     key, (int)cell->counts.planned, (int)cell->counts.missed,
                     (int)cell->counts.took_place, (int)cell->counts.persons);
        g_hash_table_remove(hands, key);
    }
    assert_int_equal(g_hash_table_size(hands), 0);
}

/* --- at random -------------------------------------------------------------------------------- */

static gint64 any_client(const Visits *visits, GRand *rand)
{
    const gint64 clients[] = {visits->client, visits->other, visits->hidden};
    return clients[g_rand_int_range(rand, 0, 3)];
}

static Date any_day(GRand *rand)
{
    return clock_today() + g_rand_int_range(rand, -28, 21);
}

static void plan_any(const Visits *visits, GRand *rand)
{
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-23", "10:00");
    visit->client_id = any_client(visits, rand);
    visit->date = any_day(rand);
    visit->start = 60 * g_rand_int_range(rand, 8, 12);
    assert_ok(visit_add(visits->session, visit, &error));
}

static void read_in_any(const Visits *visits, GRand *rand)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok((batch = visit_batch_new(visits->session, 7, &error)));
    for (int i = 0; i < 3; i++) {
        g_autoptr(Visit) row = planned_visit(visits, "2026-11-23", "10:00");
        const VisitOutcome what = any_outcome(rand);
        row->client_id = any_client(visits, rand);
        row->date = any_day(rand);
        visit_outcome_copy(&row->outcome, &what);
        assert_ok(visit_batch_add(batch, row, &error) != BATCH_ERROR);
    }
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

static void correct_any_client(const Visits *visits, GRand *rand)
{
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, any_client(visits, rand), &error)));
    client->sex = (Sex)g_rand_int_range(rand, 0, 4);
    client->birth_date =
        date_from_ymd(g_rand_int_range(rand, 1950, 2012), 11, g_rand_int_range(rand, 1, 30));
    assert_ok(client_change(visits->session, client, &error));
}

static void change_group(const Visits *visits, gint64 group, GRand *rand)
{
    const gint64 client = any_client(visits, rand);
    const Date from = any_day(rand);
    g_autoptr(GError) error = NULL;
    if (g_rand_boolean(rand))
        group_member_add(visits->session, group, client, from,
                         g_rand_boolean(rand) ? DATE_NONE : from + 9, &error);
    else
        group_member_end(visits->session, group, client, from, &error);
    if (error != NULL && error->code != ERROR_INPUT && error->code != ERROR_NOT_FOUND)
        fail_msg("%s", error->message);
}

static void test_against_a_count_by_hand(void **state)
{
    const Visits *visits = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261129);
    gint64 group = 0;
    assert_ok(group_add(visits->session, "De unga", &group, &error));
    for (int i = 0; i < 15; i++)
        plan_any(visits, rand);
    for (int i = 0; i < 240; i++) {
        const int kind = g_rand_int_range(rand, 0, 12);
        if (kind == 0)
            plan_any(visits, rand);
        else if (kind == 1)
            read_in_any(visits, rand);
        else if (kind == 2)
            correct_any_client(visits, rand);
        else if (kind == 3)
            change_group(visits, group, rand);
        else
            operate(visits, rand);
        if (i % 4 != 3)
            continue;
        /* After this every week of these is kept. */
        assert_as_by_hand(visits, 0);
        assert_as_by_hand(visits, group);
    }
    assert_counts_true(visits);
    assert_lists(visits, 0, FALSE);
    assert_lists(visits, group, FALSE);
    assert_lists(visits, group, TRUE);
}

/* --- what is kept ------------------------------------------------------------------------------
 */

static gint64 weeks_kept(const Visits *visits)
{
    return fixture_int(visits->session, "SELECT COUNT(*) FROM week_counted");
}

static void test_only_what_changed_is_counted_anew(void **state)
{
    const Visits *visits = *state;
    int left = -1;
    const gint64 first = plan(visits, "2026-11-02", "10:00");
    plan(visits, "2026-11-09", "10:00");
    const gint64 third = plan(visits, "2026-11-16", "10:00");
    assert_int_equal(weeks_kept(visits), 0);
    assert_ok(week_cells_prepare(visits->session, 202644, 202648, 2, &left, &error));
    assert_int_equal(left, 3);
    assert_int_equal(fixture_int(visits->session, "SELECT MIN(week) FROM week_counted"), 202647);
    assert_ok(week_cells_prepare(visits->session, 202644, 202648, 9, &left, &error));
    assert_int_equal(left, 0);
    assert_int_equal(weeks_kept(visits), 5);
    record(visits, third, came(OUTCOME_NO_SHOW, "ork"));
    assert_int_equal(weeks_kept(visits), 4);
    assert_as_by_hand(visits, 0);
    assert_int_equal(weeks_kept(visits), 10);
    /* The first visit was not: the next is, in another week. */
    record(visits, first, came(OUTCOME_UNIT_CANCELLED, NULL));
    assert_int_equal(weeks_kept(visits), 8);
    assert_as_by_hand(visits, 0);
}

/* Of which a server counts neither age nor sex (tests/postgres/hidden.sh). */
static void test_who_gets_protection_is_counted_anew(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Client) client = NULL;
    plan(visits, "2026-11-16", "10:00");
    assert_as_by_hand(visits, 0);
    const gint64 before = weeks_kept(visits);
    assert_ok(client = client_open(visits->session, visits->client, &error));
    client->protection = PROTECTION_MARKED;
    assert_ok(client_change(visits->session, client, &error));
    assert_int_equal(weeks_kept(visits), before - 1);
    assert_counts_true(visits);
}

/* As when a unit has come to another place. */
static void test_all_are_counted_anew(void **state)
{
    const Visits *visits = *state;
    plan(visits, "2026-11-16", "10:00");
    assert_as_by_hand(visits, 0);
    assert_true(weeks_kept(visits) > 0);
    assert_ok(counted_forget_all(visits->session, &error));
    assert_int_equal(weeks_kept(visits), 0);
    assert_as_by_hand(visits, 0);
}

/* A key breaks the counting off: the week is not kept, and the next rest begins with it. */
static gboolean so_often(gpointer data)
{
    int *times = data;
    return (*times)-- > 0;
}

static void test_the_newest_first_until_a_key_comes(void **state)
{
    const Visits *visits = *state;
    gboolean left = FALSE;
    int times = 0;
    for (int day = 0; day < 2; day++)
        for (int minute = 0; minute < 160; minute++) {
            char start[TIME_SIZE];
            plan(visits, day == 0 ? "2026-11-02" : "2026-11-20", time_format(480 + minute, start));
        }
    assert_fails(week_cells_prepare_next(visits->session, so_often, &times, &left, &error),
                 ERROR_CANCELLED);
    assert_false(left);
    assert_int_equal(weeks_kept(visits), 0);
    for (int week = 202647; week >= 202645; week--) {
        times = 1; /* asked once in so many visits */
        assert_ok(week_cells_prepare_next(visits->session, so_often, &times, &left, &error));
        assert_int_equal(fixture_int(visits->session, "SELECT MIN(week) FROM week_counted"), week);
        assert_int_equal(left, week > 202645);
    }
    assert_as_by_hand(visits, 0);
    times = 0; /* nothing is left to ask about */
    assert_ok(week_cells_prepare_next(visits->session, so_often, &times, &left, &error));
    assert_false(left);
}

static void test_check_finds_what_differs(void **state)
{
    const Visits *visits = *state;
    static const struct {
        const char *sql, *said;
    } tampering[] = {
        {"UPDATE week_cell SET missed = missed + 1 WHERE split = 'hour'", "Week 2026-W47"},
        {"DELETE FROM week_cell WHERE split = 'cause'", "Week 2026-W47"},
        {"INSERT INTO week_cell SELECT id, 0, 202646, 'all', '', 1, 0, 0, 0, 0, 0, 0, 0, 0, 1"
         " FROM unit",
         "Week 2026-W46"},
        {"DELETE FROM first_visit", "Of 1 client another visit than the first is"},
        {"DELETE FROM latest_visit", "Of 1 client another visit than the latest that"},
        {"UPDATE latest_visit SET date = '2026-11-19'",
         "Of 1 client another visit than the latest"},
    };
    record(visits, plan(visits, "2026-11-17", "10:00"), came(OUTCOME_CANCELLED, "sjuk"));
    record(visits, plan(visits, "2026-11-18", "10:00"), came(OUTCOME_DONE, NULL));
    assert_counts_true(visits);
    for (gsize i = 0; i < G_N_ELEMENTS(tampering); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(DbTransaction) tx = NULL;
        assert_ok((tx = db_transaction(session_db(visits->session), &error)));
        assert_ok(db_run(session_db(visits->session), tampering[i].sql, NULL, &error));
        assert_ok(week_cells_verify(visits->session, faults, &error));
        assert_true(faults->len > 0);
        assert_true(g_str_has_prefix(g_ptr_array_index(faults, 0), tampering[i].said));
    }
    assert_counts_true(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_against_a_count_by_hand),
        VISIT_TEST(test_only_what_changed_is_counted_anew),
        VISIT_TEST(test_who_gets_protection_is_counted_anew),
        VISIT_TEST(test_all_are_counted_anew),
        VISIT_TEST(test_the_newest_first_until_a_key_comes),
        VISIT_TEST(test_check_finds_what_differs),
    };
    return cmocka_run_group_tests_name("care/week_cell", tests, NULL, NULL);
}
