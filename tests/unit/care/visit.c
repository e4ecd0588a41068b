/* visit.c, visit_list.c: visits planned, read in windows, taken away. */
#include "tests/unit/care/fixture_visit.h"

#include "care/visit/visit_row.h"

/* --- one visit -------------------------------------------------------------------------------- */

static void test_added_and_read(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) late = planned_visit(visits, "2026-12-31", "23:30");
    late->mode = VISIT_MODE_WALK;
    assert_ok(visit_add(visits->session, late, &error));
    g_autoptr(Visit) read = get(visits, late->id);
    assert_int_equal(read->client_id, visits->client);
    assert_int_equal(read->staff_id, visits->staff);
    assert_int_equal(read->date, date_parse("2026-12-31"));
    assert_int_equal(read->start, 23 * 60 + 30);
    assert_int_equal(read->minutes, 60);
    assert_int_equal(read->mode, VISIT_MODE_WALK);
    assert_int_equal(read->version, 1);
    assert_int_equal(read->recorded_ms, 0);
    assert_int_equal(read->outcome.outcome, OUTCOME_NONE);
    assert_int_equal(read->outcome.notice, -1);
    assert_int_equal(read->outcome.alternative_taken, -1);
    assert_string_equal(read->client_name, "Emil Ärlig");
    assert_string_equal(read->client_phone, "08-123 45");
    assert_string_equal(read->staff_name, "Berit Stöd");
    assert_int_equal(read->new_date, DATE_NONE);
    assert_int_equal(ask(visits, "SELECT week FROM visit WHERE id = :id", late->id), 202653);
    assert_counts_true(visits);
}

static void test_nobody_and_protected(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    visit->client_id = visits->hidden;
    visit->staff_id = 0;
    assert_ok(visit_add(visits->session, visit, &error));
    g_autoptr(Visit) read = get(visits, visit->id);
    assert_int_equal(read->staff_id, 0);
    assert_null(read->staff_name);
    assert_int_equal(read->client_protection, PROTECTION_MARKED);
    assert_null(read->client_phone);
}

static void test_added_once(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "10:00");
    for (int twice = 0; twice < 2; twice++)
        assert_ok(visit_add(visits->session, visit, &error));
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM visit WHERE id = :id", visit->id), 1);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'visit'"
                         " AND entity_id = :id",
                         visit->id),
                     1);
    assert_counts_true(visits);
}

static void test_refused(void **state)
{
    const Visits *visits = *state;
    static const struct {
        const char *date, *start;
        int minutes;
    } wrong[] = {{"2026-02-30", "10:00", 60},
                 {"2026-11-24", "25:00", 60},
                 {"2026-11-24", "10:00", 0},
                 {"2026-11-24", "10:00", 1441}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(Visit) visit = planned_visit(visits, wrong[i].date, wrong[i].start);
        visit->minutes = wrong[i].minutes;
        assert_fails(visit_add(visits->session, visit, &error), ERROR_INPUT);
    }
    g_autoptr(Visit) nobody = planned_visit(visits, "2026-11-24", "10:00");
    nobody->client_id = 0;
    assert_fails(visit_add(visits->session, nobody, &error), ERROR_INPUT);
    g_autoptr(Visit) done = planned_visit(visits, "2026-11-24", "10:00");
    done->outcome.outcome = OUTCOME_DONE;
    assert_fails(visit_add(visits->session, done, &error), ERROR_INPUT);
    assert_fails(visit_get(visits->session, 17, &error), ERROR_NOT_FOUND);
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 0);
}

static void test_removed(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    assert_ok(visit_remove(visits->session, id, &error));
    assert_fails(visit_remove(visits->session, id, &error), ERROR_NOT_FOUND);
    gint64 done = plan(visits, "2026-11-24", "11:00");
    record(visits, done, came(OUTCOME_DONE, NULL));
    assert_fails(visit_remove(visits->session, done, &error), ERROR_INPUT);
    /* One that was recorded by mistake can go once that is undone. */
    assert_ok(visit_undo(visits->session, done, NULL, &error));
    assert_ok(visit_remove(visits->session, done, &error));
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM visit"), 0);
    assert_counts_true(visits);
}

static void test_removed_new_time(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "sjuk"), "2026-11-26", "10:00");
    g_autoptr(Visit) before = get(visits, id);
    assert_int_equal(open_rebook(visits, id), 0);
    assert_ok(visit_remove(visits->session, before->new_visit_id, &error));
    g_autoptr(Visit) after = get(visits, id);
    assert_int_equal(after->new_visit_id, 0);
    assert_int_equal(after->outcome.outcome, OUTCOME_CANCELLED);
    assert_int_equal(after->version, before->version + 1);
    assert_int_equal(open_rebook(visits, id), 1);
    assert_counts_true(visits);
}

/* --- windows ---------------------------------------------------------------------------------- */

#define MANY 240

/* Visits over three weeks, several at the same time, with every outcome and cause. */
static void plan_many(const Visits *visits)
{
    static const Outcome outcomes[] = {
        OUTCOME_DONE,     OUTCOME_DONE,           OUTCOME_NONE,    OUTCOME_CANCELLED,
        OUTCOME_DECLINED, OUTCOME_DONE_OTHERWISE, OUTCOME_NO_SHOW, OUTCOME_UNIT_CANCELLED,
        OUTCOME_DONE,     OUTCOME_REBOOKED};
    static const char *const causes[] = {"sjuk", "ork", NULL};
    g_autoptr(GRand) rand = g_rand_new_with_seed(47);
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    for (int i = 0; i < MANY; i++) {
        g_autoptr(Visit) visit = planned_visit(visits, "2026-11-09", "08:00");
        visit->client_id = i % 3 == 0 ? visits->other : visits->client;
        visit->staff_id = i % 4 == 0 ? visits->colleague : visits->staff;
        visit->date += g_rand_int_range(rand, 0, 21);
        visit->start += 30 * g_rand_int_range(rand, 0, 6);
        visit->outcome.outcome = outcomes[g_rand_int_range(rand, 0, G_N_ELEMENTS(outcomes))];
        if (outcome_has_cause(visit->outcome.outcome))
            visit->outcome.cause = g_strdup(causes[g_rand_int_range(rand, 0, 3)]);
        assert_ok(visit_insert(visits->session, visit, &error));
    }
    assert_ok(db_transaction_commit(tx, &error));
}

/* Every kind of question a screen asks. */
static GArray *questions(const Visits *visits)
{
    GArray *all = g_array_new(FALSE, TRUE, sizeof(VisitQuery));
    const Date monday = date_parse("2026-11-16");
    const struct {
        Date from, to;
    } spans[] = {{monday + 1, monday + 1}, {monday, monday + 6}, {DATE_NONE, DATE_NONE}};
    const struct {
        gint64 staff, client;
    } whose[] = {{0, 0}, {visits->staff, 0}, {0, visits->client}, {visits->staff, visits->client}};
    static const char *const causes[] = {NULL, "", "sjuk"};
    for (gsize s = 0; s < G_N_ELEMENTS(spans); s++)
        for (gsize w = 0; w < G_N_ELEMENTS(whose); w++)
            for (int outcome = -1; outcome < OUTCOME_COUNT; outcome++)
                for (gsize c = 0; c < G_N_ELEMENTS(causes); c++)
                    for (int missed = 0; missed < 2; missed++) {
                        VisitQuery query = {.from = spans[s].from,
                                            .to = spans[s].to,
                                            .staff_id = whose[w].staff,
                                            .client_id = whose[w].client,
                                            .outcome = outcome,
                                            .cause = causes[c],
                                            .missed = missed};
                        g_array_append_val(all, query);
                    }
    return all;
}

static gboolean fits(const VisitQuery *query, const Visit *visit)
{
    const VisitOutcome *outcome = &visit->outcome;
    return (query->from == DATE_NONE || visit->date >= query->from) &&
           (query->to == DATE_NONE || visit->date <= query->to) &&
           (query->staff_id == 0 || visit->staff_id == query->staff_id) &&
           (query->client_id == 0 || visit->client_id == query->client_id) &&
           (query->outcome < 0 || (int)outcome->outcome == query->outcome) &&
           (query->cause == NULL ||
            (*query->cause == '\0' ? outcome->cause == NULL
                                   : g_strcmp0(outcome->cause, query->cause) == 0)) &&
           (!query->missed || outcome_is_missed(outcome->outcome));
}

static GPtrArray *window(const Visits *visits, const VisitQuery *query, const Visit *after,
                         int limit)
{
    GPtrArray *rows = NULL;
    assert_ok((rows = visit_list(visits->session, query, after, limit, &error)));
    return rows;
}

/* The ids of every window of `limit` rows, one after the other. */
static GArray *walk(const Visits *visits, const VisitQuery *query, int limit)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GPtrArray) rows = window(visits, query, NULL, limit);
    while (rows->len > 0) {
        assert_true(rows->len <= (guint)limit);
        for (guint i = 0; i < rows->len; i++)
            g_array_append_val(ids, ((Visit *)g_ptr_array_index(rows, i))->id);
        GPtrArray *next = window(visits, query, g_ptr_array_index(rows, rows->len - 1), limit);
        g_ptr_array_unref(rows);
        rows = next;
    }
    return ids;
}

static void test_windows_meet(void **state)
{
    const Visits *visits = *state;
    plan_many(visits);
    const VisitQuery everything = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
    g_autoptr(GPtrArray) all = window(visits, &everything, NULL, MANY + 1);
    assert_int_equal(all->len, MANY);
    g_autoptr(GArray) asked = questions(visits);
    for (guint q = 0; q < asked->len; q++) {
        VisitQuery query = g_array_index(asked, VisitQuery, q);
        g_autoptr(GArray) forwards = walk(visits, &query, 7);
        query.backwards = TRUE;
        g_autoptr(GArray) backwards = walk(visits, &query, 5);
        guint expected = 0;
        for (guint i = 0; i < all->len; i++) {
            const Visit *visit = g_ptr_array_index(all, i);
            if (!fits(&query, visit))
                continue;
            assert_true(expected < forwards->len && expected < backwards->len);
            assert_int_equal(g_array_index(forwards, gint64, expected), visit->id);
            assert_int_equal(g_array_index(backwards, gint64, backwards->len - 1 - expected),
                             visit->id);
            expected++;
        }
        assert_int_equal(forwards->len, expected);
        assert_int_equal(backwards->len, expected);
        gint64 count = -1;
        assert_ok(visit_count(visits->session, &query, &count, &error));
        assert_int_equal(count, expected);
    }
}

static void test_order(void **state)
{
    const Visits *visits = *state;
    plan_many(visits);
    const VisitQuery everything = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
    g_autoptr(GPtrArray) all = window(visits, &everything, NULL, MANY);
    for (guint i = 1; i < all->len; i++) {
        const Visit *a = g_ptr_array_index(all, i - 1), *b = g_ptr_array_index(all, i);
        assert_true(a->date < b->date ||
                    (a->date == b->date &&
                     (a->start < b->start || (a->start == b->start && a->id < b->id))));
    }
}

/* How the engine goes about `sql`, a step a line. What is bound does not change the way. */
static char *way_of(const Visits *visits, const char *sql)
{
    static const char *const names[] = {"limit", "me", "client", "staff", "unit", "id"};
    static const char *const texts[] = {"outcome", "cause",   "date",     "start",
                                        "end",     "own_day", "own_since"};
    g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
    g_autoptr(GString) lines = g_string_new(NULL);
    g_autoptr(DbStatement) rows = NULL;
    DbParam params[G_N_ELEMENTS(names) + G_N_ELEMENTS(texts) + 1];
    gsize n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *marked = g_strconcat(":", names[i], NULL);
        const char *at = strstr(sql, marked);
        if (at != NULL && !g_ascii_isalpha(at[strlen(marked)]))
            params[n++] = DB_INT(names[i], 1);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *marked = g_strconcat(":", texts[i], NULL);
        if (strstr(sql, marked) != NULL)
            params[n++] = DB_TEXT(texts[i], "x");
    }
    params[n] = (DbParam){.type = DB_TYPE_END};
    assert_ok((rows = db_query(session_db(visits->session), explain, params, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW)
        g_string_append_printf(lines, "%s\n", db_text(rows, 3));
    return g_string_free(g_steal_pointer(&lines), FALSE);
}

/* Whom one covers for is few, so their visits are sorted among one's own; but they are found by whose
 * they are, and no table is read through. */
static void what_one_covers_in_is_found_by_an_index(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    VisitQuery query = {.from = clock_today(),
                        .to = clock_today(),
                        .staff_id = session_staff_id(visits->session),
                        .covered = TRUE,
                        .outcome = -1};
    g_autofree char *list = visit_list_sql(&query), *count = visit_count_sql(&query);
    const char *const texts[] = {list, count};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *way = way_of(visits, texts[i]);
        const char *own = strstr(way, "visit_of_staff");
        if (strstr(way, "SCAN v\n") != NULL || strstr(way, "SCAN v ") != NULL ||
            strstr(way, "SCAN k") != NULL || own == NULL ||
            strstr(own + 1, "visit_of_staff") == NULL)
            fail_msg("%s\n%s", way, texts[i]);
    }
}

/* Of those merged from several walks the places that are shown are gone through, and put in order with
 * their rows once more. */
static gboolean scans_or_sorts(const char *way)
{
    g_auto(GStrv) steps = g_strsplit(way, "\n", -1);
    gboolean places = FALSE;
    for (char **step = steps; *step != NULL; step++) {
        if (g_str_equal(*step, "SCAN w"))
            places = TRUE;
        else if (strstr(*step, "SCAN") != NULL)
            return TRUE;
    }
    const char *sorted = strstr(way, "TEMP B-TREE");
    return sorted != NULL && (!places || strstr(sorted + 1, "TEMP B-TREE") != NULL);
}

/* No question reads a whole table, and none but those by a further condition reads what it does not
 * show: the engine walks an index in the order of the list. */
static void test_no_scan_no_sort(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    g_autoptr(GArray) asked = questions(visits);
    for (guint q = 0; q < 2 * asked->len; q++) {
        VisitQuery query = g_array_index(asked, VisitQuery, q / 2);
        query.backwards = q % 2;
        g_autofree char *sql = visit_list_sql(&query);
        g_autofree char *way = way_of(visits, sql);
        if (scans_or_sorts(way))
            fail_msg("%s\n%s", way, sql);
        const char *index =
            query.client_id != 0                  ? "visit_of_client"
            : query.staff_id != 0                 ? "visit_of_staff"
            : query.cause != NULL && *query.cause ? "visit_by_"
            : query.missed || query.outcome == OUTCOME_NONE || query.outcome > OUTCOME_DONE
                ? "visit_by_outcome"
                : "visit_of_unit";
        if (query.client_id != 0 && query.staff_id != 0)
            index = "visit_of_"; /* either serves */
        if (query.missed && query.outcome == OUTCOME_DONE)
            index = "visit_"; /* finds nothing anyhow */
        if (strstr(way, index) == NULL)
            fail_msg("not by %s: %s\n%s", index, sql, way);
    }
}

/* A city's week is counted without reading its visits: by an index that has all that is asked, less
 * the visits of those few whose cards are closed, found by the client. */
static void test_counted_by_index(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    const VisitQuery asked[] = {
        {.outcome = -1},
        {.outcome = -1, .missed = TRUE},
        {.outcome = OUTCOME_NONE},
        {.outcome = OUTCOME_DECLINED},
        {.outcome = -1, .staff_id = 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autofree char *sql = visit_count_sql(&asked[i]);
        g_autofree char *way = way_of(visits, sql);
        g_auto(GStrv) steps = g_strsplit(way, "\n", -1);
        int of_all = 0, of_closed = 0;
        for (char **step = steps; *step != NULL; step++) {
            if (strstr(*step, "SEARCH v USING COVERING INDEX visit_") != NULL)
                of_all++;
            else if (strstr(*step, "SEARCH v USING INDEX visit_of_client") != NULL ||
                     strstr(*step, "SEARCH v USING INDEX visit_of_staff") != NULL)
                of_closed++;
            else if (g_str_has_suffix(*step, "SCAN v") || strstr(*step, "SEARCH v") != NULL)
                fail_msg("%s\n%s", way, sql);
        }
        if (of_all != of_closed || of_all != (asked[i].missed ? 3 : 1))
            fail_msg("%s\n%s", way, sql);
    }
}

static void test_new_time_beside(void **state)
{
    const Visits *visits = *state;
    gint64 id = plan(visits, "2026-11-24", "10:00");
    record_with_time(visits, id, came(OUTCOME_CANCELLED, "sjuk"), "2026-12-01", "13:30");
    VisitQuery query = {.from = date_parse("2026-11-24"),
                        .to = date_parse("2026-11-24"),
                        .outcome = OUTCOME_CANCELLED};
    g_autoptr(GPtrArray) rows = window(visits, &query, NULL, 10);
    assert_int_equal(rows->len, 1);
    const Visit *visit = g_ptr_array_index(rows, 0);
    assert_int_equal(visit->new_date, date_parse("2026-12-01"));
    assert_int_equal(visit->new_start, 13 * 60 + 30);
    assert_int_equal(visit->new_outcome, OUTCOME_NONE);
    record(visits, visit->new_visit_id, came(OUTCOME_DONE, NULL));
    g_autoptr(GPtrArray) later = window(visits, &query, NULL, 10);
    assert_int_equal(((Visit *)g_ptr_array_index(later, 0))->new_outcome, OUTCOME_DONE);
}

/* Names read once are the same as those read beside each visit, also of whoever came later. */
static void test_names_once(void **state)
{
    Visits *visits = *state;
    g_autoptr(VisitNames) names = NULL;
    plan(visits, "2026-11-24", "10:00");
    assert_ok((names = visit_names_new(visits->session, &error)));
    visits->client = visits->hidden;
    visits->staff = 0;
    plan(visits, "2026-11-25", "10:00");
    visits->client = add_client(visits->session, "Ny Brukare", PROTECTION_FICTITIOUS);
    visits->staff = add_staff(visits->session, "BS17", "Ny Stöd");
    plan(visits, "2026-11-26", "10:00");
    VisitQuery query = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
    g_autoptr(GPtrArray) beside = window(visits, &query, NULL, 10);
    query.names = names;
    g_autoptr(GPtrArray) once = window(visits, &query, NULL, 10);
    assert_int_equal(beside->len, 3);
    assert_int_equal(once->len, 3);
    for (guint i = 0; i < once->len; i++) {
        const Visit *one = once->pdata[i], *other = beside->pdata[i];
        assert_int_equal(one->id, other->id);
        assert_string_equal(one->client_name, other->client_name);
        assert_int_equal(one->client_birth, other->client_birth);
        assert_int_equal(one->client_protection, other->client_protection);
        assert_int_equal(g_strcmp0(one->staff_name, other->staff_name), 0);
        assert_null(one->client_phone);
    }
    /* Also of those merged from several walks. */
    const gint64 declined = plan(visits, "2026-11-18", "09:00");
    record(visits, declined, came(OUTCOME_DECLINED, NULL));
    query.missed = TRUE;
    g_autoptr(GPtrArray) missed = window(visits, &query, NULL, 10);
    assert_int_equal(missed->len, 1);
    assert_int_equal(((const Visit *)missed->pdata[0])->id, declined);
    assert_string_equal(((const Visit *)missed->pdata[0])->client_name, "Ny Brukare");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_added_and_read),  VISIT_TEST(test_nobody_and_protected),
        VISIT_TEST(test_added_once),      VISIT_TEST(test_refused),
        VISIT_TEST(test_removed),         VISIT_TEST(test_removed_new_time),
        VISIT_TEST(test_windows_meet),    VISIT_TEST(test_order),
        VISIT_TEST(test_no_scan_no_sort),
        VISIT_TEST(what_one_covers_in_is_found_by_an_index), VISIT_TEST(test_counted_by_index),
        VISIT_TEST(test_new_time_beside), VISIT_TEST(test_names_once),
    };
    return cmocka_run_group_tests_name("care/visit", tests, NULL, NULL);
}
