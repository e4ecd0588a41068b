/* split.c: the value that each visit has in every split, and what it counts as. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "care/visit/split.h"

/* Tuesday 24 November 2026, 09:45. */
static VisitFacts plain(Outcome outcome)
{
    return (VisitFacts){.client_id = 1,
                        .date = date_parse("2026-11-24"),
                        .start = 9 * 60 + 45,
                        .outcome = outcome,
                        .notice = -1,
                        .alternative_taken = -1,
                        .new_date = DATE_NONE,
                        .birth = DATE_NONE};
}

static void assert_value(Split split, const VisitFacts *facts, const char *wanted)
{
    const char *value = split_value(split, facts);
    if (g_strcmp0(value, wanted) != 0)
        fail_msg("%s: %s instead of %s", split_code(split), value != NULL ? value : "none",
                 wanted != NULL ? wanted : "none");
}

static void test_of_all_visits(void **state)
{
    (void)state;
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
        VisitFacts facts = plain(outcome);
        const char *behind = outcome > OUTCOME_DONE ? "" : NULL;
        const gboolean asks = outcome_is_missed(outcome) || outcome == OUTCOME_DONE_OTHERWISE;
        assert_value(SPLIT_ALL, &facts, "");
        assert_value(SPLIT_WEEKDAY, &facts, "2");
        assert_value(SPLIT_HOUR, &facts, "09");
        assert_value(SPLIT_FIRST, &facts, "later");
        assert_value(SPLIT_AGE, &facts, "");
        assert_value(SPLIT_SEX, &facts, "");
        assert_value(SPLIT_CAUSE, &facts, behind);
        assert_value(SPLIT_BY, &facts, behind);
        assert_value(SPLIT_NOTICE, &facts, behind);
        assert_value(SPLIT_OFFER, &facts, asks ? "" : NULL);
    }
}

static void test_of_what_was_said(void **state)
{
    (void)state;
    VisitFacts facts = plain(OUTCOME_CANCELLED);
    facts.cause = "ork";
    facts.by = BY_GUARDIAN;
    facts.alternative = OFFER_NOTHING;
    facts.first = TRUE;
    facts.sex = SEX_OTHER;
    assert_value(SPLIT_CAUSE, &facts, "ork");
    assert_value(SPLIT_BY, &facts, "guardian");
    assert_value(SPLIT_OFFER, &facts, "nothing");
    assert_value(SPLIT_FIRST, &facts, "first");
    assert_value(SPLIT_SEX, &facts, "other");
    facts.sex = SEX_WOMAN;
    facts.date += 5;
    facts.start = 23 * 60 + 59;
    assert_value(SPLIT_SEX, &facts, "woman");
    assert_value(SPLIT_WEEKDAY, &facts, "7");
    assert_value(SPLIT_HOUR, &facts, "23");
    facts.start = 0;
    assert_value(SPLIT_HOUR, &facts, "00");
}

static void test_notice(void **state)
{
    static const struct {
        int hours;
        const char *value;
    } rows[] = {{-1, ""}, {0, "none"}, {1, "hours"}, {23, "hours"}, {24, "day"}, {1000, "day"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        VisitFacts facts = plain(OUTCOME_CANCELLED);
        facts.notice = rows[i].hours;
        assert_value(SPLIT_NOTICE, &facts, rows[i].value);
    }
}

/* On the visit's day: who has a birthday then is a year older. */
static void test_age(void **state)
{
    static const struct {
        const char *birth, *value;
    } rows[] = {{"2008-11-25", "0-17"},  {"2008-11-24", "18-25"}, {"2000-11-25", "18-25"},
                {"2000-11-24", "26-40"}, {"1985-11-25", "26-40"}, {"1985-11-24", "41-64"},
                {"1961-11-25", "41-64"}, {"1961-11-24", "65-"},   {"1910-01-01", "65-"},
                {"2026-11-24", "0-17"},  {"2026-11-25", ""}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        VisitFacts facts = plain(OUTCOME_DONE);
        facts.birth = date_parse(rows[i].birth);
        assert_value(SPLIT_AGE, &facts, rows[i].value);
    }
}

static SplitCounts counted(VisitFacts facts)
{
    SplitCounts counts = {0};
    split_count(&counts, &facts);
    return counts;
}

static void assert_counts(SplitCounts counts, const char *wanted)
{
    g_autofree char *text = g_strdup_printf(
        "%d%d%d%d %d %d%d%d %d", (int)counts.planned, (int)counts.recorded, (int)counts.missed,
        (int)counts.otherwise, (int)counts.behind, (int)counts.offered, (int)counts.taken,
        (int)counts.took_place, (int)counts.rebooked);
    assert_string_equal(text, wanted);
}

/* planned recorded missed otherwise, behind, offered taken took-place, rebooked. */
static void test_counts_by_outcome(void **state)
{
    static const char *const wanted[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = "1000 0 000 0",           [OUTCOME_DONE] = "1100 0 000 0",
        [OUTCOME_DONE_OTHERWISE] = "1101 1 111 0", [OUTCOME_CANCELLED] = "1110 1 000 0",
        [OUTCOME_DECLINED] = "1110 1 000 0",       [OUTCOME_NO_SHOW] = "1110 1 000 0",
        [OUTCOME_UNIT_CANCELLED] = "0000 1 000 0", [OUTCOME_REBOOKED] = "0000 1 000 0",
    };
    (void)state;
    for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++)
        assert_counts(counted(plain(outcome)), wanted[outcome]);
}

static void test_counts_of_support(void **state)
{
    static const struct {
        Outcome outcome;
        Alternative offer;
        int taken;
        gboolean carried_out;
        const char *wanted;
    } rows[] = {
        {OUTCOME_CANCELLED, OFFER_NOTHING, -1, FALSE, "1110 1 000 0"},
        {OUTCOME_CANCELLED, OFFER_PHONE, -1, FALSE, "1110 1 100 0"},
        {OUTCOME_CANCELLED, OFFER_PHONE, 0, TRUE, "1110 1 100 0"},
        {OUTCOME_CANCELLED, OFFER_PHONE, 1, FALSE, "1110 1 110 0"},
        {OUTCOME_CANCELLED, OFFER_PHONE, 1, TRUE, "1110 1 111 0"},
        /* Nothing was offered that could be taken. */
        {OUTCOME_CANCELLED, OFFER_NONE, 1, TRUE, "1110 1 000 0"},
        {OUTCOME_DONE_OTHERWISE, OFFER_PHONE, 1, FALSE, "1101 1 111 0"},
        /* What the unit called off is no cancellation of the client's. */
        {OUTCOME_UNIT_CANCELLED, OFFER_PHONE, 1, TRUE, "0000 1 000 0"},
        {OUTCOME_REBOOKED, OFFER_PHONE, 1, TRUE, "0000 1 000 0"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        VisitFacts facts = plain(rows[i].outcome);
        facts.alternative = rows[i].offer;
        facts.alternative_taken = rows[i].taken;
        facts.carried_out = rows[i].carried_out;
        assert_counts(counted(facts), rows[i].wanted);
    }
}

static void test_counts_of_new_times(void **state)
{
    static const struct {
        Outcome outcome;
        int days;
        int rebooked;
    } rows[] = {{OUTCOME_NO_SHOW, 7, 1},  {OUTCOME_NO_SHOW, 8, 0},  {OUTCOME_NO_SHOW, 0, 1},
                {OUTCOME_NO_SHOW, -1, 1}, {OUTCOME_REBOOKED, 1, 0}, {OUTCOME_UNIT_CANCELLED, 1, 0}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        VisitFacts facts = plain(rows[i].outcome);
        facts.new_date = facts.date + rows[i].days;
        assert_int_equal(counted(facts).rebooked, rows[i].rebooked);
    }
}

/* First as given here, "" last. */
static void test_order(void **state)
{
    static const struct {
        Split split;
        const char *values[9];
    } rows[] = {
        {SPLIT_BY, {"client", "relative", "guardian", "staff", "unit", "other", ""}},
        {SPLIT_NOTICE, {"day", "hours", "none", ""}},
        {SPLIT_WEEKDAY, {"1", "2", "7"}},
        {SPLIT_HOUR, {"00", "08", "09", "23"}},
        {SPLIT_FIRST, {"first", "later"}},
        {SPLIT_AGE, {"0-17", "18-25", "26-40", "41-64", "65-", ""}},
        {SPLIT_SEX, {"woman", "man", "other", ""}},
        {SPLIT_OFFER, {"nothing", "phone", "video", "shorter", "walk", "other-place", ""}},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (gsize a = 0; rows[i].values[a] != NULL; a++)
            for (gsize b = 0; rows[i].values[b] != NULL; b++) {
                const int order =
                    split_compare(rows[i].split, rows[i].values[a], rows[i].values[b]);
                assert_int_equal((order > 0) - (order < 0), (a > b) - (a < b));
            }
}

static void test_names(void **state)
{
    static const struct {
        Split split;
        const char *value, *name;
    } rows[] = {{SPLIT_BY, "guardian", "the legal guardian or trustee"},
                {SPLIT_BY, "", "nobody, or not said"},
                {SPLIT_NOTICE, "hours", "the same day or the day before"},
                {SPLIT_NOTICE, "", "not known"},
                {SPLIT_WEEKDAY, "7", "Sunday"},
                {SPLIT_HOUR, "08", "08"},
                {SPLIT_FIRST, "first", "the first visit"},
                {SPLIT_AGE, "65-", "65 years or older"},
                {SPLIT_SEX, "woman", "woman"},
                {SPLIT_SEX, "", "not known"},
                {SPLIT_OFFER, "walk", "a walk"},
                {SPLIT_OFFER, "", "nothing is recorded"},
                {SPLIT_CAUSE, "", "No cause given"},
                {SPLIT_CAUSE, "ork", "ork"}};
    (void)state;
    i18n_init("en");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_string_equal(split_value_name(rows[i].split, rows[i].value), rows[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_all_visits),
        cmocka_unit_test(test_of_what_was_said),
        cmocka_unit_test(test_notice),
        cmocka_unit_test(test_age),
        cmocka_unit_test(test_counts_by_outcome),
        cmocka_unit_test(test_counts_of_support),
        cmocka_unit_test(test_counts_of_new_times),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("care/split", tests, NULL, NULL);
}
