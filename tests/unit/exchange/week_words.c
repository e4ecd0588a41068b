/* week_words.c: the week's review in sentences. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "exchange/week_words.h"

static int english(void **state)
{
    (void)state;
    return i18n_init("en") ? 0 : -1;
}

static void assert_text(char *text, const char *expected)
{
    if (g_strcmp0(text, expected) != 0)
        fail_msg("“%s” is not “%s”", text ? text : "", expected ? expected : "");
    g_free(text);
}

/* 26 weeks up to week 47 of 2026. */
static WeekReview *empty_review(void)
{
    WeekReview *review = g_new0(WeekReview, 1);
    review->shown = 1;
    review->weeks = g_array_new(FALSE, TRUE, sizeof(ReviewWeek));
    review->causes = g_ptr_array_new();
    review->unrecorded = g_ptr_array_new();
    for (int i = 0; i < REVIEW_WEEKS; i++) {
        ReviewWeek week = {
            .week = week_add(202647, i + 1 - REVIEW_WEEKS), .over = TRUE, .rate = NAN};
        g_array_append_val(review->weeks, week);
    }
    review->line = week_line_new(SPC_RUN, g_array_copy(review->weeks), g_ptr_array_new(),
                                 g_ptr_array_new(), IMPROVEMENT_NO_TARGET);
    return review;
}

static ReviewWeek *week_of_line(WeekReview *review, guint nth)
{
    return &g_array_index(review->weeks, ReviewWeek, nth);
}

static ReviewWeek *last_week(WeekReview *review)
{
    return week_of_line(review, REVIEW_WEEKS - 1);
}

static void counts_are_said(void **state)
{
    (void)state;
    ReviewWeek week = {
        .planned = 9, .missed = 2, .visits = {[OUTCOME_DONE] = 5, [OUTCOME_DONE_OTHERWISE] = 1}};
    assert_text(week_words_counts(&week),
                "9 visits were planned, 6 took place and 2 were not taken.");
    week.unknown = 1;
    assert_text(week_words_counts(&week), "9 visits were planned, 6 took place and 2 were not "
                                          "taken. 1 has no outcome yet.");
    week.over = TRUE;
    week.recorded = 8; /* too few: then that is told with the rate that is not there */
    assert_text(week_words_counts(&week),
                "9 visits were planned, 6 took place and 2 were not taken.");
    ReviewWeek one = {.planned = 1, .missed = 1};
    assert_text(week_words_counts(&one), "1 visit was planned, 0 took place and 1 was not taken.");
}

static void rate_is_compared(void **state)
{
    (void)state;
    static const struct {
        double rate, before, median;
        int weeks;
        const char *text;
    } CASES[] = {
        {0.142, 0.121, 0.13, 26,
         "Share not taken: 14.2 %. That is more than the week before (12.1 %). It is above the "
         "median of 26 weeks (13.0 %)."},
        {0.10, 0.121, 0.13, 12,
         "Share not taken: 10.0 %. That is less than the week before (12.1 %). It is below the "
         "median of 12 weeks (13.0 %)."},
        /* what is shown alike is called alike */
        {0.1301, 0.1304, 0.1299, 26,
         "Share not taken: 13.0 %. That is the same as the week before (13.0 %). It is on the "
         "median of 26 weeks (13.0 %)."},
        {0.2, NAN, 0.2, 1, "Share not taken: 20.0 %."},
        {0, 0.5, NAN, 0, "Share not taken: 0.0 %. That is less than the week before (50.0 %)."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(WeekReview) review = empty_review();
        last_week(review)->rate = CASES[i].rate;
        week_of_line(review, REVIEW_WEEKS - 2)->rate = CASES[i].before;
        review->line->chart->parts[0].centre = CASES[i].median;
        review->line->chart->parts[0].base = (gsize)CASES[i].weeks;
        assert_text(week_words_rate(review, week_review_last(review)), CASES[i].text);
    }
    /* Of an earlier week it is the share alone. */
    g_autoptr(WeekReview) review = empty_review();
    week_of_line(review, 3)->rate = 0.2;
    week_of_line(review, 2)->rate = 0.1;
    assert_text(week_words_rate(review, week_of_line(review, 3)), "Share not taken: 20.0 %.");
}

/* Where there is no share it is said why; A3 among them. */
static void why_there_is_no_share(void **state)
{
    (void)state;
    static const struct {
        ReviewWeek week;
        const char *text;
    } CASES[] = {
        {{.over = FALSE, .planned = 3, .recorded = 3},
         "The week is not over; its share is counted when it is."},
        {{.over = TRUE, .planned = 487, .unknown = 487},
         "0 of 487 visits are recorded. The share is shown when at least 90 % are."},
        {{.over = TRUE, .planned = 10, .recorded = 8, .unknown = 2},
         "8 of 10 visits are recorded. The share is shown when at least 90 % are."},
        {{.over = TRUE, .visits = {[OUTCOME_UNIT_CANCELLED] = 3}},
         "Every visit was called off by the unit or rebooked, so there is no share."},
        {{.over = TRUE}, NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(WeekReview) review = empty_review();
        *last_week(review) = CASES[i].week;
        last_week(review)->rate = NAN;
        assert_text(week_words_rate(review, week_review_last(review)), CASES[i].text);
    }
}

/* A3: how many are missing, and whose. */
static void a3_who_has_not_recorded(void **state)
{
    (void)state;
    WeekUnrecorded rows[] = {{202646, (char *)(gintptr) "Carl Stöd", 7},
                             {202647, (char *)(gintptr) "Anna Berg", 12},
                             {202647, (char *)(gintptr) "Bo Ek", 3},
                             {202647, NULL, 2},
                             {202647, (char *)(gintptr) "Cia Dal", 1}};
    g_autoptr(WeekReview) review = empty_review();
    ReviewWeek *week = last_week(review);
    assert_text(week_words_unrecorded(review, week, 0), NULL);
    week->unknown = 18;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(review->unrecorded, &rows[i]);
    assert_text(week_words_unrecorded(review, week, 0),
                "18 visits are not recorded: Anna Berg 12, Bo Ek 3, nobody's 2, Cia Dal 1.");
    assert_text(week_words_unrecorded(review, week, 2),
                "18 visits are not recorded: Anna Berg 12, Bo Ek 3, others 3.");
    week->over = FALSE;
    assert_text(week_words_unrecorded(review, week, 0), NULL);
    ReviewWeek *before = week_of_line(review, REVIEW_WEEKS - 2);
    before->unknown = 1;
    rows[0].visits = 1;
    assert_text(week_words_unrecorded(review, before, 4), "1 visit is not recorded: Carl Stöd 1.");
}

/* A5: the denominator stands beside the shares. */
static void a5_causes_say_what_they_are_of(void **state)
{
    (void)state;
    static const struct {
        gint64 missed, visits;
        int columns;
        const char *text;
    } CASES[] = {
        {67, 79, 100,
         "Causes, shares of 79 visits: 67 not taken, 12 called off by the unit, done otherwise or "
         "rebooked"},
        {67, 79, 49, "Causes, shares of 79 visits (67 not taken)"},
        {67, 79, 30, "Causes, shares of 79 visits"},
        {67, 79, 20, "Causes, 79 visits"},
        {67, 79, 5, "Causes, 79 visits"},
        {79, 79, 20, "Causes, 79 visits"},
        {79, 79, 100, "Causes, shares of 79 visits"},
        {0, 1, 49, "Causes, shares of 1 visit (0 not taken)"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const WeekReview review = {.cause_missed = CASES[i].missed,
                                   .cause_visits = CASES[i].visits};
        assert_text(week_words_causes(&review, CASES[i].columns), CASES[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_said),
        cmocka_unit_test(rate_is_compared),
        cmocka_unit_test(why_there_is_no_share),
        cmocka_unit_test(a3_who_has_not_recorded),
        cmocka_unit_test(a5_causes_say_what_they_are_of),
    };
    return cmocka_run_group_tests_name("exchange/week_words", tests, english, NULL);
}
