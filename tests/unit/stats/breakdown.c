/* breakdown.c: the weeks added up, what is too few to be shown, the order of the rows and the
 * shares.
 */
#include "stats/breakdown.h"

#include <math.h>

#include "care/client/group.h"
#include "tests/unit/care/fixture_visit.h"

static gint64 add_person(const Visits *visits, Sex sex, const char *birth)
{
    static int number;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup_printf("Person %d", ++number);
    client->sex = sex;
    client->birth_date = date_parse(birth);
    client->active = TRUE;
    assert_ok(client_add(visits->session, client, &error));
    return client->id;
}

static gint64 visit_of(const Visits *visits, gint64 client, const char *date, VisitOutcome what)
{
    g_autoptr(Visit) visit = planned_visit(visits, date, "10:00");
    visit->client_id = client;
    assert_ok(visit_add(visits->session, visit, &error));
    if (what.outcome != OUTCOME_NONE)
        record(visits, visit->id, what);
    return visit->id;
}

static Breakdown *of_weeks(const Visits *visits, BreakdownQuery query)
{
    Breakdown *breakdown = NULL;
    assert_ok((breakdown = breakdown_new(visits->session, &query, &error)));
    return breakdown;
}

static const BreakdownRow *row_of(const Breakdown *breakdown, Split split, const char *value)
{
    const BreakdownRow *row = breakdown_find(breakdown, split, value);
    if (row == NULL)
        fail_msg("%s has no row %s", split_code(split), value);
    return row;
}

static void assert_values(const Breakdown *breakdown, Split split, const char *wanted)
{
    g_autoptr(GString) values = g_string_new(NULL);
    for (guint i = 0; i < breakdown->rows[split]->len; i++) {
        const BreakdownRow *row = g_ptr_array_index(breakdown->rows[split], i);
        g_string_append_printf(values, "%s%s", i > 0 ? " " : "",
                               *row->value != '\0' ? row->value : "-");
    }
    assert_string_equal(values->str, wanted);
}

/* Two weeks, three causes; the third week is not asked for. */
static void test_weeks_are_added_up(void **state)
{
    const Visits *visits = *state;
    const BreakdownQuery query = {.from = 202645, .to = 202646, .by_week = TRUE};
    visit_of(visits, visits->client, "2026-11-02", came(OUTCOME_CANCELLED, "sjuk"));
    visit_of(visits, visits->other, "2026-11-03", came(OUTCOME_CANCELLED, "ork"));
    visit_of(visits, visits->client, "2026-11-09", came(OUTCOME_NO_SHOW, "ork"));
    visit_of(visits, visits->other, "2026-11-10", came(OUTCOME_NO_SHOW, NULL));
    visit_of(visits, visits->client, "2026-11-11", came(OUTCOME_DONE, NULL));
    visit_of(visits, visits->client, "2026-11-16", came(OUTCOME_DONE, NULL));
    g_autoptr(Breakdown) breakdown = of_weeks(visits, query);
    assert_int_equal(breakdown->week_count, 2);
    assert_int_equal(breakdown->all.planned, 5);
    assert_int_equal(breakdown->all.missed, 4);
    assert_int_equal(breakdown->all.persons, 2);
    assert_values(breakdown, SPLIT_CAUSE, "ork sjuk -");
    assert_values(breakdown, SPLIT_WEEKDAY, "1 2 3");
    const BreakdownRow *tired = row_of(breakdown, SPLIT_CAUSE, "ork");
    assert_int_equal(tired->counts.behind, 2);
    assert_int_equal(tired->weeks[0].behind, 1);
    assert_int_equal(tired->weeks[1].behind, 1);
    assert_int_equal(row_of(breakdown, SPLIT_CAUSE, "sjuk")->weeks[1].behind, 0);
    assert_int_equal(breakdown_whole(breakdown, SPLIT_CAUSE), 4);
    assert_true(fabs(breakdown_share(breakdown, SPLIT_CAUSE, &tired->counts) - 0.5) < 1e-9);
    assert_true(fabs(breakdown_rate(breakdown, &breakdown->all) - 0.8) < 1e-9);
    assert_true(breakdown_find(breakdown, SPLIT_CAUSE, "VIL") == NULL);
}

/* Under 90 % recorded, and while the weeks go on, there is no rate: that of review.h. */
static void test_no_rate(void **state)
{
    const Visits *visits = *state;
    visit_of(visits, visits->client, "2026-11-09", came(OUTCOME_NO_SHOW, NULL));
    visit_of(visits, visits->client, "2026-11-10", came(OUTCOME_NONE, NULL));
    visit_of(visits, visits->client, "2026-11-16", came(OUTCOME_DONE, NULL));
    g_autoptr(Breakdown) lacking = of_weeks(visits, (BreakdownQuery){.from = 202646, .to = 202646});
    assert_true(lacking->over && isnan(breakdown_rate(lacking, &lacking->all)));
    g_autoptr(Breakdown) going_on =
        of_weeks(visits, (BreakdownQuery){.from = 202647, .to = 202647});
    assert_true(!going_on->over && isnan(breakdown_rate(going_on, &going_on->all)));
    g_autoptr(Breakdown) empty = of_weeks(visits, (BreakdownQuery){.from = 202601, .to = 202604});
    assert_true(isnan(breakdown_support(&empty->all)));
    assert_int_equal(empty->rows[SPLIT_ALL]->len, 0);
}

/* What was called off, and what came of it: the alternative takes place in another week. */
static void test_support_in_another_form(void **state)
{
    const Visits *visits = *state;
    VisitOutcome what = came(OUTCOME_CANCELLED, "ork");
    what.alternative = OFFER_PHONE;
    what.alternative_taken = 1;
    const gint64 id = visit_of(visits, visits->client, "2026-11-09", came(OUTCOME_NONE, NULL));
    g_autoptr(Visit) visit = get(visits, id);
    const VisitTimes times = {
        .new_time = {.date = DATE_NONE},
        .instead = {.date = date_parse("2026-11-18"), .start = 600, .minutes = 30}};
    assert_ok(visit_record(visits->session, id, visit->version, &what, &times, NULL, &error));
    visit_of(visits, visits->other, "2026-11-09", came(OUTCOME_CANCELLED, "ork"));
    visit_of(visits, visits->other, "2026-11-10", came(OUTCOME_DONE_OTHERWISE, "sjuk"));
    g_autoptr(Breakdown) before = of_weeks(visits, (BreakdownQuery){.from = 202646, .to = 202646});
    assert_int_equal(row_of(before, SPLIT_CAUSE, "ork")->counts.taken, 1);
    assert_int_equal(row_of(before, SPLIT_CAUSE, "ork")->counts.took_place, 0);
    record(visits, ask(visits, "SELECT id FROM visit WHERE origin_id = :id", id),
           came(OUTCOME_DONE, NULL));
    g_autoptr(Breakdown) after = of_weeks(visits, (BreakdownQuery){.from = 202646, .to = 202646});
    assert_int_equal(row_of(after, SPLIT_CAUSE, "ork")->counts.took_place, 1);
    assert_true(fabs(breakdown_support(&after->all) - 2.0 / 3) < 1e-9);
}

/* Few women, many men, two not known: the women are hidden, and the two with them. */
static void test_few_are_hidden(void **state)
{
    const Visits *visits = *state;
    for (int i = 0; i < 12; i++) {
        const Sex sex = i < 3 ? SEX_WOMAN : i < 8 ? SEX_MAN : SEX_OTHER;
        /* Four of others. */
        visit_of(visits, add_person(visits, sex, i < 6 ? "1990-01-01" : "2005-01-01"), "2026-11-09",
                 came(OUTCOME_DONE, NULL));
    }
    for (int i = 0; i < 2; i++)
        visit_of(visits, add_person(visits, SEX_OTHER, "2005-01-01"), "2026-11-09",
                 came(OUTCOME_DONE, NULL));
    g_autoptr(Breakdown) breakdown =
        of_weeks(visits, (BreakdownQuery){.from = 202646, .to = 202646, .by_week = TRUE});
    assert_values(breakdown, SPLIT_SEX, "woman man other");
    /* The women alone are few; the men are the fewest of the others. */
    assert_true(row_of(breakdown, SPLIT_SEX, "woman")->hidden);
    assert_true(row_of(breakdown, SPLIT_SEX, "man")->hidden);
    assert_int_equal(row_of(breakdown, SPLIT_SEX, "woman")->counts.planned, 0);
    assert_int_equal(row_of(breakdown, SPLIT_SEX, "man")->counts.persons, 0);
    assert_false(row_of(breakdown, SPLIT_SEX, "other")->hidden);
    assert_int_equal(row_of(breakdown, SPLIT_SEX, "other")->counts.planned, 6);
    assert_null(row_of(breakdown, SPLIT_SEX, "other")->weeks);
    assert_false(row_of(breakdown, SPLIT_AGE, "18-25")->hidden);
    assert_false(row_of(breakdown, SPLIT_AGE, "26-40")->hidden);
    assert_false(row_of(breakdown, SPLIT_WEEKDAY, "1")->hidden);
}

/* A group of four, and then of five, beside the rest: week by week by who belonged to it. */
static void test_groups(void **state)
{
    const Visits *visits = *state;
    gint64 group = 0, clients[10];
    for (gsize i = 0; i < G_N_ELEMENTS(clients); i++) {
        clients[i] = add_person(visits, SEX_UNKNOWN, "1990-01-01");
        visit_of(visits, clients[i], "2026-11-09",
                 i < 5 ? came(OUTCOME_CANCELLED, "ork") : came(OUTCOME_DONE, NULL));
    }
    assert_ok(group_add(visits->session, "Nytt arbetssätt", &group, &error));
    for (int i = 0; i < 4; i++)
        assert_ok(group_member_add(visits->session, group, clients[i], date_parse("2026-11-09"),
                                   DATE_NONE, &error));
    const BreakdownQuery inside = {.from = 202646, .to = 202646, .group_id = group},
                         outside = {.from = 202646, .to = 202646, .group_id = group, .rest = TRUE};
    g_autoptr(Breakdown) few = of_weeks(visits, inside), few_rest = of_weeks(visits, outside);
    assert_true(few->too_few && few_rest->too_few);
    assert_int_equal(few->all.planned + few_rest->all.planned, 0);
    assert_int_equal(few->rows[SPLIT_CAUSE]->len + few_rest->rows[SPLIT_CAUSE]->len, 0);
    assert_ok(group_member_add(visits->session, group, clients[4], date_parse("2026-11-09"),
                               date_parse("2026-11-09"), &error));
    g_autoptr(Breakdown) five = of_weeks(visits, inside), rest = of_weeks(visits, outside);
    assert_false(five->too_few || rest->too_few);
    assert_int_equal(five->all.missed, 5);
    assert_int_equal(five->all.persons, 5);
    assert_int_equal(rest->all.planned, 5);
    assert_int_equal(rest->all.missed, 0);
    assert_int_equal(rest->rows[SPLIT_CAUSE]->len, 0);
    /* One more of the rest belongs to it: four are left. */
    assert_ok(group_member_add(visits->session, group, clients[5], date_parse("2026-11-01"),
                               DATE_NONE, &error));
    g_autoptr(Breakdown) six = of_weeks(visits, inside);
    assert_true(six->too_few);
    assert_ok(
        group_member_end(visits->session, group, clients[5], date_parse("2026-11-08"), &error));
    g_autoptr(Breakdown) again = of_weeks(visits, inside);
    assert_int_equal(again->all.planned, 5);
    assert_ok(group_end(visits->session, group, date_parse("2026-11-08"), &error));
    g_autoptr(Breakdown) ended = of_weeks(visits, inside);
    assert_true(ended->too_few);
}

/* --- what one who has all that is shown can find out ------------------------------------------ */

enum { PERSONS = 40, MEMBERS = 14, PERIOD = 4 };

/* Visits of four weeks, drawn at random: many causes are of one or two persons. */
typedef struct {
    gint64 group, clients[PERSONS];
    struct {
        int person;
        Week week;
        const char *cause;
        gboolean missed;
    } visits[PERSONS * PERIOD];
    int count;
} Drawn;

static Drawn draw(const Visits *visits, guint32 seed)
{
    static const char *const CAUSES[] = {"ork", "ork", "ork", "ork", "sjuk", "VIL", ""};
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    const Date monday = date_parse("2026-10-19");
    Drawn drawn = {0};
    g_autofree char *name = g_strdup_printf("Grupp %u", seed);
    assert_ok(group_add(visits->session, name, &drawn.group, &error));
    for (int person = 0; person < PERSONS; person++) {
        drawn.clients[person] = add_person(visits, SEX_UNKNOWN, "1990-01-01");
        if (person < MEMBERS)
            assert_ok(group_member_add(visits->session, drawn.group, drawn.clients[person], monday,
                                       DATE_NONE, &error));
        for (int week = 0; week < PERIOD; week++) {
            char date[DATE_SIZE];
            const gboolean missed = g_rand_double(random) < 0.4;
            const int cause = g_rand_int_range(random, 0, G_N_ELEMENTS(CAUSES));
            date_format(monday + 7 * week + person % 5, date);
            visit_of(visits, drawn.clients[person], date,
                     missed ? came(OUTCOME_CANCELLED, *CAUSES[cause] != '\0' ? CAUSES[cause] : NULL)
                            : came(OUTCOME_DONE, NULL));
            drawn.visits[drawn.count].person = person;
            drawn.visits[drawn.count].week = week_of(monday + 7 * week);
            drawn.visits[drawn.count].cause = CAUSES[cause];
            drawn.visits[drawn.count++].missed = missed;
        }
    }
    return drawn;
}

/* How many persons of the group (or of the rest) called off for that cause; slowly, from what was
 * drawn. */
static int persons_with(const Drawn *drawn, const char *cause, gboolean rest, Week from, Week to)
{
    gboolean seen[PERSONS] = {FALSE};
    int persons = 0;
    for (int i = 0; i < drawn->count; i++) {
        const int person = drawn->visits[i].person;
        if (!drawn->visits[i].missed || !g_str_equal(drawn->visits[i].cause, cause) ||
            (person >= MEMBERS) != rest || drawn->visits[i].week < from ||
            drawn->visits[i].week > to || seen[person])
            continue;
        seen[person] = TRUE;
        persons++;
    }
    return persons;
}

/* What is shown of a cause; -1: it is hidden, 0 where it is not there. */
static gint64 shown_of(const Breakdown *breakdown, const char *cause)
{
    const BreakdownRow *row = breakdown_find(breakdown, SPLIT_CAUSE, cause);
    return row == NULL ? 0 : row->hidden ? -1 : row->counts.behind;
}

/* Whoever has the figures of the unit, of the group and of the rest subtracts the shown ones from
 * the whole, and the rest from the unit, and looks if only one number is left for a cause. */
static void attack(const Drawn *drawn, const Breakdown *unit, const Breakdown *side,
                   const Breakdown *beside, gboolean rest, int *hidden)
{
    static const char *const CAUSES[] = {"ork", "sjuk", "VIL", ""};
    const Week from = side->query.from, to = side->query.to;
    gint64 left = side->all.behind, room = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(CAUSES); i++) {
        const gint64 shown = shown_of(side, CAUSES[i]), other = shown_of(beside, CAUSES[i]);
        assert_int_equal(shown == -1, other == -1); /* else the unit gives it away */
        left -= MAX(shown, 0);
        room += shown == -1 ? shown_of(unit, CAUSES[i]) : 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(CAUSES); i++) {
        const int persons = persons_with(drawn, CAUSES[i], rest, from, to);
        const gint64 all = shown_of(unit, CAUSES[i]);
        if (shown_of(side, CAUSES[i]) != -1) {
            if (persons > 0 && persons < BREAKDOWN_PERSONS_LEAST)
                fail_msg("%s of %d persons is shown", CAUSES[i], persons);
            continue;
        }
        *hidden += 1;
        const gint64 least = MAX(left - (room - all), 0), most = MIN(left, all);
        if (persons > 0 && persons < BREAKDOWN_PERSONS_LEAST && least == most)
            fail_msg("%s of %d persons is given away: %d", CAUSES[i], persons, (int)least);
    }
}

static void test_nothing_few_is_given_back(void **state)
{
    const Visits *visits = *state;
    int hidden = 0, shown = 0;
    for (guint32 seed = 1; seed <= 3; seed++) {
        const Drawn drawn = draw(visits, seed);
        for (int weeks = 1; weeks <= PERIOD; weeks++) {
            BreakdownQuery query = {.from = 202643, .to = week_add(202643, weeks - 1)};
            g_autoptr(Breakdown) unit = of_weeks(visits, query);
            query.group_id = drawn.group;
            query.by_week = TRUE;
            g_autoptr(Breakdown) members = of_weeks(visits, query);
            query.rest = TRUE;
            g_autoptr(Breakdown) rest = of_weeks(visits, query);
            assert_false(members->too_few || rest->too_few);
            if (seed == 1) /* later ones are of the rest of each other */
                attack(&drawn, unit, rest, members, TRUE, &hidden);
            attack(&drawn, unit, members, rest, FALSE, &hidden);
            for (guint i = 0; i < members->rows[SPLIT_CAUSE]->len; i++) {
                const BreakdownRow *row = members->rows[SPLIT_CAUSE]->pdata[i];
                shown += !row->hidden;
                assert_null(row->weeks);
            }
        }
    }
    assert_true(hidden > 20 && shown > 0);
}

static void test_wrong_periods(void **state)
{
    const Visits *visits = *state;
    const BreakdownQuery backwards = {.from = 202646, .to = 202645},
                         long_ = {.from = 201601, .to = 202652};
    assert_fails(breakdown_new(visits->session, &backwards, &error), ERROR_INPUT);
    assert_fails(breakdown_new(visits->session, &long_, &error), ERROR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_weeks_are_added_up),
        VISIT_TEST(test_no_rate),
        VISIT_TEST(test_support_in_another_form),
        VISIT_TEST(test_few_are_hidden),
        VISIT_TEST(test_groups),
        VISIT_TEST(test_nothing_few_is_given_back),
        VISIT_TEST(test_wrong_periods),
    };
    return cmocka_run_group_tests_name("stats/breakdown", tests, NULL, NULL);
}
