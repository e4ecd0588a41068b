/* report.c: the weekly review in words and as JSON. */
#include "exchange/report.h"

#include "tests/unit/exchange/fixture_import.h"

#include <json-glib/json-glib.h>
#include <math.h>

static int report_setup(void **state)
{
    import_setup(state);
    read_true_file(*state);
    return 0;
}

#define REPORT_TEST(f) cmocka_unit_test_setup_teardown(f, report_setup, fixture_teardown)

static WeekReview *review_of(const Fixture *fixture, Week until, guint weeks)
{
    WeekReview *review = NULL;
    assert_ok((review = week_review_new(fixture->session, until, weeks, &error)));
    return review;
}

static void days_are_said(void **state)
{
    static const struct {
        Week week;
        const char *days;
    } cases[] = {
        {202645, "2–8 November 2026"},
        {202649, "30 November–6 December 2026"},
        {202653, "28 December 2026–3 January 2027"},
        {202601, "29 December 2025–4 January 2026"},
        {202609, "23 February–1 March 2026"},
    };

    (void)state;
    i18n_init("en");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *days = week_days_text(cases[i].week);
        assert_string_equal(days, cases[i].days);
    }
}

static JsonObject *parse(JsonParser *parser, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (!json_parser_load_from_data(parser, text, -1, &error))
        fail_msg("%s", error->message);
    return json_node_get_object(json_parser_get_root(parser));
}

/* Every week of the true totals, and every cause. */
static void json_has_every_total(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReview) review = review_of(fixture, 202645, 26);
    g_autofree char *text = week_report_json(review, fixture->session);
    g_autoptr(JsonParser) parser = json_parser_new(), truth = json_parser_new();
    JsonObject *root = parse(parser, text);
    assert_true(json_parser_load_from_file(truth, TRUE_TOTALS, NULL));
    JsonObject *totals = json_node_get_object(json_parser_get_root(truth));
    JsonObject *wanted = json_object_get_object_member(totals, "week");
    JsonArray *weeks = json_object_get_array_member(root, "weeks");
    assert_int_equal(json_array_get_length(weeks), json_object_get_size(wanted));
    for (guint i = 0; i < json_array_get_length(weeks); i++) {
        JsonObject *week = json_array_get_object_element(weeks, i);
        JsonArray *pair =
            json_object_get_array_member(wanted, json_object_get_string_member(week, "week"));
        const gint64 planned = json_object_get_int_member(week, "planned");
        const gint64 missed = json_object_get_int_member(week, "missed");
        assert_int_equal(missed, json_array_get_int_element(pair, 1));
        JsonObject *outcomes = json_object_get_object_member(week, "outcomes");
        assert_int_equal(json_object_get_size(outcomes), OUTCOME_COUNT - 1);
        const gint64 passed_on = json_object_get_int_member(outcomes, "unit-cancelled") +
                                 json_object_get_int_member(outcomes, "rebooked");
        gint64 sum = json_object_get_int_member(week, "unknown");
        for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
            sum += json_object_get_int_member(outcomes, outcome_code(outcome));
        /* The totals are of the rows of the file; the unit's own doing does not count. */
        assert_int_equal(sum, json_array_get_int_element(pair, 0));
        assert_int_equal(planned, sum - passed_on);
        assert_int_equal(json_object_get_int_member(week, "recorded"), planned);
        assert_int_equal(json_object_get_int_member(week, "stand_ins"), 0);
        assert_true(json_object_get_boolean_member(week, "over"));
        const double rate = (double)missed / (double)planned;
        assert_true(fabs(json_object_get_double_member(week, "rate") - rate) < 0.5e-4 + 1e-9);
    }
}

static void json_has_the_causes_given(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReview) review = review_of(fixture, 202645, 26);
    g_autofree char *text = week_report_json(review, fixture->session);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, text);
    JsonArray *causes = json_object_get_array_member(root, "causes");
    assert_int_equal(json_array_get_length(causes), 10);
    gint64 count = 0, before = G_MAXINT64;
    double shares = 0;
    for (guint i = 0; i < json_array_get_length(causes); i++) {
        JsonObject *cause = json_array_get_object_element(causes, i);
        const gint64 one = json_object_get_int_member(cause, "count");
        assert_true(*json_object_get_string_member(cause, "code") != '\0');
        assert_true(*json_object_get_string_member(cause, "label") != '\0');
        assert_true(one <= before);
        before = one;
        count += one;
        shares += json_object_get_double_member(cause, "share");
    }
    /* 507 + 274 + 167 + 169 + 69 + 100 + 78 + 156 + 80 + 41 were given a cause; 2,064 visits could
     * have one. */
    assert_int_equal(count, 1641);
    assert_int_equal(json_object_get_int_member(root, "cause_visits"), 2064);
    assert_int_equal(json_object_get_int_member(root, "without_cause"), 2064 - 1641);
    assert_true(fabs(shares - 1641.0 / 2064) < 1e-3);
    JsonObject *first = json_array_get_object_element(causes, 0);
    assert_string_equal(json_object_get_string_member(first, "code"), "MÅ");
    assert_int_equal(json_object_get_int_member(first, "count"), 507);
}

/* Without a week asked for: the newest that has an outcome. */
static void the_newest_week_is_shown(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReview) review = review_of(fixture, 0, 1);
    assert_int_equal(week_review_last(review)->week, 202645);
    assert_ptr_equal(week_review_shown(review, 0), week_review_last(review));
    i18n_init("en");
    g_autofree char *text = week_report_text(review, fixture->session);
    static const char *const said[] = {
        "Enheten\n",
        "Week 45, 2–8 November 2026\n",
        "476 visits were planned, 416 took place and 60 were not taken.\n",
        "Share not taken: 12.6 %. That is ",
        "  Cancelled: 42\n",
        "Causes, shares of 71 visits: 60 not taken, 11 called off by the unit, done otherwise or",
        "  Mår dåligt psykiskt: 13, 18.3 %\n",
        "  No cause given: 17, 23.9 %\n",
        "The median of 26 weeks, up to week 45, is 1",
        "Share: cancelled, declined on site and not present, of the visits recorded. A planned",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        if (!strstr(text, said[i]))
            fail_msg("“%s” is not in\n%s", said[i], text);
    assert_null(strstr(text, "demo"));
    assert_true(g_utf8_validate(text, -1, NULL));
}

/* A week that has hardly begun has no share, and is not the one that is shown unasked. */
static void a_week_that_is_not_over_has_no_share(void **state)
{
    const Fixture *fixture = *state;
    g_setenv("DAGSFORM_NOW", "2026-11-04T10:00", TRUE);
    assert_ok(clock_init(&error));
    g_autoptr(WeekReview) review = review_of(fixture, 202645, 2), newest = review_of(fixture, 0, 1);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    assert_ok(clock_init(&error));
    assert_int_equal(week_review_last(newest)->week, 202644);
    assert_false(isnan(week_review_shown(review, 0)->rate));
    i18n_init("en");
    g_autofree char *text = week_report_text(review, fixture->session);
    assert_non_null(strstr(text, "60 were not taken.\nThe week is not over"));
    assert_null(strstr(text, "12.6 %"));
    g_autofree char *json = week_report_json(review, fixture->session);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, json);
    JsonArray *weeks = json_object_get_array_member(root, "weeks");
    assert_false(json_object_get_null_member(json_array_get_object_element(weeks, 0), "rate"));
    assert_true(json_object_get_null_member(json_array_get_object_element(weeks, 1), "rate"));
}

/* A5: the line, its median and what is said of it are of 26 weeks, however many are shown. */
static void a5_the_median_is_of_the_same_weeks(void **state)
{
    const Fixture *fixture = *state;
    static const guint shown[] = {1, 4, 26, 30};
    g_autofree char *median = NULL, *said = NULL;
    i18n_init("en");
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        g_autoptr(WeekReview) review = review_of(fixture, 202645, shown[i]);
        g_autoptr(JsonParser) parser = json_parser_new();
        g_autofree char *json = week_report_json(review, fixture->session);
        g_autofree char *text = week_report_text(review, fixture->session);
        JsonObject *root = parse(parser, json);
        assert_int_equal(json_array_get_length(json_object_get_array_member(root, "weeks")),
                         shown[i]);
        assert_true(week_review_whole(review)->runs.signal); /* the routine from week 34 shows */
        assert_int_equal(json_object_get_int_member(root, "median_weeks"), 26);
        JsonObject *signal = json_object_get_object_member(root, "signal");
        assert_true(json_object_get_boolean_member(signal, "found"));
        assert_string_equal(json_object_get_string_member(signal, "side"), "below");
        assert_string_equal(json_object_get_string_member(signal, "to"), "2026-W45");
        const char *line = strstr(text, "The median of 26 weeks");
        assert_non_null(line);
        g_autofree char *now = json_to_string(json_object_get_member(root, "median"), FALSE);
        if (said != NULL) {
            assert_string_equal(line, said);
            assert_string_equal(now, median);
            continue;
        }
        said = g_strdup(line);
        median = g_steal_pointer(&now);
    }
    assert_non_null(strstr(
        said, " weeks in a row below the median: fewer visits are not taken since week 34."));
}

/* Nobody says "1 of them" of one. */
static void one_visit_is_told_of_as_one(void **state)
{
    static const struct {
        const char *outcome, *said;
    } cases[] = {
        {"Avbokad", "\n1 visit was planned, 0 took place and 1 was not taken.\nShare not taken: "
                    "100.0 %.\n  Cancelled: 1\n"},
        {"Genomförd", "\n1 visit was planned, 1 took place and 0 were not taken.\nShare not taken: "
                      "0.0 %. That is less than the week before (100.0 %). It is below the median "
                      "of 2 weeks (50.0 %).\n  Done: 1\n"},
        {"Inställd", "\n0 visits were planned, 0 took place and 0 were not taken.\nEvery visit was "
                     "called off by the unit or rebooked, so there is no share.\n"
                     "  Cancelled by the unit: 1\n"},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strdup_printf(EMIL "2026-06-%02d;08:30;1;;%s;;;;\r\n",
                                               1 + 7 * (int)i, cases[i].outcome);
        assert_read(fixture, row, "1/0/0/0");
        g_autoptr(WeekReview) review = review_of(fixture, 202623 + (Week)i, 1);
        i18n_init("en");
        g_autofree char *text = week_report_text(review, fixture->session);
        if (!strstr(text, cases[i].said))
            fail_msg("“%s” is not in\n%s", cases[i].said, text);
    }
    assert_read(fixture, YUSUF "2026-06-01;08:30;1;;Genomförd;;;;\r\n", "1/0/0/0");
    g_autoptr(WeekReview) two = review_of(fixture, 202623, 1);
    g_autofree char *text = week_report_text(two, fixture->session);
    assert_non_null(strstr(text, "2 visits were planned, 1 took place and 1 was not taken."));
}

static void a_unit_without_visits_has_a_report(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReview) review = review_of(fixture, 0, 2);
    assert_int_equal(week_review_last(review)->week, 202647);
    g_autofree char *text = week_report_text(review, fixture->session);
    assert_non_null(strstr(text, "No visits were planned."));
    assert_non_null(strstr(text, "No causes are recorded."));
    g_autofree char *json = week_report_json(review, fixture->session);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, json);
    JsonObject *week =
        json_array_get_object_element(json_object_get_array_member(root, "weeks"), 0);
    assert_true(json_object_get_null_member(week, "rate"));
    assert_true(json_object_get_null_member(root, "median"));
    assert_int_equal(json_array_get_length(json_object_get_array_member(root, "causes")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_said),
        REPORT_TEST(json_has_every_total),
        REPORT_TEST(json_has_the_causes_given),
        REPORT_TEST(the_newest_week_is_shown),
        REPORT_TEST(a_week_that_is_not_over_has_no_share),
        REPORT_TEST(a5_the_median_is_of_the_same_weeks),
        IMPORT_TEST(one_visit_is_told_of_as_one),
        IMPORT_TEST(a_unit_without_visits_has_a_report),
    };

    return cmocka_run_group_tests_name("exchange/report", tests, NULL, NULL);
}
