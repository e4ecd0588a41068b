/* report.c: the weekly review in words and as JSON. */
#include "exchange/report.h"

#include "tests/unit/exchange/fixture_import.h"

#include <json-glib/json-glib.h>
#include <math.h>

static int report_setup(void **state)
{
    import_setup(state);
    const Fixture *fixture = *state;
    g_autoptr(VisitImport) import = open_path(fixture, TRUE_FILE);
    run(import, FALSE);
    return 0;
}

#define REPORT_TEST(f) cmocka_unit_test_setup_teardown(f, report_setup, fixture_teardown)

static WeekReport *report_of(const Fixture *fixture, Week until, int weeks)
{
    WeekReport *report = NULL;
    assert_ok((report = week_report_new(fixture->session, until, weeks, &error)));
    return report;
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
    g_autoptr(WeekReport) report = report_of(fixture, 202645, 26);
    g_autofree char *text = week_report_json(report, fixture->session);
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
        assert_int_equal(planned, json_array_get_int_element(pair, 0));
        assert_int_equal(missed, json_array_get_int_element(pair, 1));
        JsonObject *outcomes = json_object_get_object_member(week, "outcomes");
        assert_int_equal(json_object_get_size(outcomes), OUTCOME_COUNT - 1);
        gint64 sum = json_object_get_int_member(week, "unknown");
        for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
            sum += json_object_get_int_member(outcomes, outcome_code(outcome));
        assert_int_equal(sum, planned);
        const double rate =
            (double)missed /
            (double)(planned - json_object_get_int_member(outcomes, "unit-cancelled"));
        assert_true(fabs(json_object_get_double_member(week, "rate") - rate) < 0.5e-4 + 1e-9);
    }
}

static void json_has_the_causes_given(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReport) report = report_of(fixture, 202645, 26);
    g_autofree char *text = week_report_json(report, fixture->session);
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
    assert_true(fabs(shares - 1) < 1e-3);
    assert_int_equal(json_object_get_int_member(root, "without_cause"), 2064 - 1641);
    JsonObject *first = json_array_get_object_element(causes, 0);
    assert_string_equal(json_object_get_string_member(first, "code"), "MÅ");
    assert_int_equal(json_object_get_int_member(first, "count"), 507);
}

/* Without a week asked for: the newest that has an outcome. */
static void the_newest_week_is_shown(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReport) report = report_of(fixture, 0, 1);
    assert_int_equal(report->weeks->len, 1);
    assert_int_equal(g_array_index(report->weeks, ReviewWeek, 0).week, 202645);
    i18n_init("en");
    g_autofree char *text = week_report_text(report, fixture->session);
    static const char *const said[] = {
        "Enheten\n",
        "Week 45, 2–8 November 2026\n",
        "481 visits were planned. 60 of them were not taken, 12.6 % of those",
        "  Cancelled: 42\n",
        "Causes, the most common first:\n  Mår dåligt psykiskt: 13, 24.1 %\n",
        "17 visits have no cause recorded.\nCounted too are the causes of visits that the unit",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        if (!strstr(text, said[i]))
            fail_msg("“%s” is not in\n%s", said[i], text);
    assert_null(strstr(text, "demo"));
    assert_null(strstr(text, "median"));
    assert_true(g_utf8_validate(text, -1, NULL));
}

/* A week that has hardly begun has no share, and is not the one that is shown unasked. */
static void a_week_that_is_not_over_has_no_share(void **state)
{
    const Fixture *fixture = *state;
    g_setenv("DAGSFORM_NOW", "2026-11-04T10:00", TRUE);
    assert_ok(clock_init(&error));
    g_autoptr(WeekReport) report = report_of(fixture, 202645, 2), newest = report_of(fixture, 0, 1);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    assert_ok(clock_init(&error));
    assert_int_equal(g_array_index(newest->weeks, ReviewWeek, 0).week, 202644);
    assert_false(isnan(g_array_index(report->weeks, ReviewWeek, 0).rate));
    i18n_init("en");
    g_autofree char *text = week_report_text(report, fixture->session);
    assert_non_null(strstr(text, "481 visits were planned. The week is not over"));
    assert_null(strstr(text, "12.6 %"));
    g_autofree char *json = week_report_json(report, fixture->session);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, json);
    JsonArray *weeks = json_object_get_array_member(root, "weeks");
    assert_false(json_object_get_null_member(json_array_get_object_element(weeks, 0), "rate"));
    assert_true(json_object_get_null_member(json_array_get_object_element(weeks, 1), "rate"));
}

static void more_weeks_have_a_median(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReport) report = report_of(fixture, 202645, 26);
    assert_true(report->signal.signal); /* the routine from week 34 shows */
    g_autofree char *text = week_report_text(report, fixture->session);
    assert_non_null(strstr(text, "The median of the weeks is "));
}

/* Nobody says "1 of them" of one. */
static void one_visit_is_told_of_as_one(void **state)
{
    static const struct {
        const char *outcome, *said;
    } cases[] = {
        {"Avbokad", "\n1 visit was planned. It was not taken.\n  Cancelled: 1\n"},
        {"Genomförd", "\n1 visit was planned.\n  Done: 1\n"},
        {"Inställd", "\n1 visit was planned.\n  Cancelled by the unit: 1\n"},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strdup_printf(EMIL "2026-06-%02d;08:30;1;;%s;;;;\r\n",
                                               1 + 7 * (int)i, cases[i].outcome);
        assert_read(fixture, row, "1/0/0/0");
        g_autoptr(WeekReport) report = report_of(fixture, 202623 + (Week)i, 1);
        i18n_init("en");
        g_autofree char *text = week_report_text(report, fixture->session);
        if (!strstr(text, cases[i].said))
            fail_msg("“%s” is not in\n%s", cases[i].said, text);
    }
    assert_read(fixture, YUSUF "2026-06-01;08:30;1;;Genomförd;;;;\r\n", "1/0/0/0");
    g_autoptr(WeekReport) two = report_of(fixture, 202623, 1);
    g_autofree char *text = week_report_text(two, fixture->session);
    assert_non_null(strstr(text, "2 visits were planned. 1 of them was not taken, 50.0 % of"));
}

static void a_unit_without_visits_has_a_report(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(WeekReport) report = report_of(fixture, 0, 2);
    assert_int_equal(g_array_index(report->weeks, ReviewWeek, 1).week, 202647);
    g_autofree char *text = week_report_text(report, fixture->session);
    assert_non_null(strstr(text, "No visits were planned."));
    assert_non_null(strstr(text, "No causes are recorded."));
    g_autofree char *json = week_report_json(report, fixture->session);
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
        REPORT_TEST(more_weeks_have_a_median),
        IMPORT_TEST(one_visit_is_told_of_as_one),
        IMPORT_TEST(a_unit_without_visits_has_a_report),
    };

    return cmocka_run_group_tests_name("exchange/report", tests, NULL, NULL);
}
