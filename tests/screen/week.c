/* The week: what the team lead sees on a Monday. */
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "stats/week_review.h"
#include "tests/screen/fixture.h"
#include "tests/slow_review.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3");
    fixture_caret_on(harness, strcmp(language, "sv") == 0 ? "29,1 %" : "29.1 %");
    fixture_goldens(harness, "week", language);
    harness_keys(harness, PRESS_UP);
    fixture_goldens(harness, "week-outcomes", language);
    harness_keys(harness, PRESS_LEFT);
    fixture_goldens(harness, "week-before", language);
    harness_keys(harness, "d"
                          "2027-W20" PRESS_ENTER);
    fixture_goldens(harness, "week-none", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

/* D17: a bar of the other colour is explained below them, and the goldens show it. */
static void show_plain(Harness *harness, const char *language)
{
    harness_keys(harness, "3");
    fixture_goldens(harness, "week-no-color", language);
}

static void without_colours(void **unused)
{
    (void)unused;
    fixture_in_both("led", &(HarnessOptions){.no_color = TRUE}, show_plain);
}

/* --- the same everywhere ---------------------------------------------------------------------- */

static char *swedish_share(double share)
{
    g_autofree char *number = g_strdup_printf("%.1f", 100 * share);
    g_strdelimit(number, ".", ',');
    return g_strdup_printf("%s %%", number);
}

/* Nothing came of the last visits of the demo: two weeks of new times, calls instead, unit's own
 * doings and things that nobody has recorded. */
static void record_at_random(Session *session)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(8);
    VisitQuery query = {
        .from = date_parse("2026-11-02"), .to = date_parse("2026-11-22"), .outcome = -1};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) visits = visit_list(session, &query, NULL, 1500, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < visits->len; i += 4) {
        const Visit *visit = visits->pdata[i];
        VisitOutcome what;
        visit_outcome_init(&what);
        what.outcome = (Outcome)g_rand_int_range(rand, OUTCOME_DONE_OTHERWISE, OUTCOME_COUNT);
        what.alternative = OFFER_PHONE;
        what.alternative_taken = g_rand_int_range(rand, 0, 2);
        NewTime time = {
            .date = visit->date + g_rand_int_range(rand, 1, 8), .start = 1020, .minutes = 45};
        if (!visit_record(session, visit->id, visit->version, &what,
                          &(VisitTimes){time, {.date = DATE_NONE}}, NULL, &error))
            fail_msg("%s", error->message);
        if (g_rand_int_range(rand, 0, 3) == 0 && !visit_undo(session, visit->id, NULL, &error))
            fail_msg("%s", error->message);
    }
}

/* The screen and both reports of one week against the slow count. */
static void assert_week(Harness *harness, const SlowUnit *unit, const char *folder, Week week)
{
    const SlowWeek slow = slow_week(unit, week);
    const double median = slow_median(unit, week);
    char name[WEEK_SIZE];
    week_format(week, name);
    g_autofree char *typed = g_strdup_printf("d%s" PRESS_ENTER, name);
    harness_keys(harness, typed);
    g_autofree char *counts =
        g_strdup_printf("%d besök var planerade, %d blev av och %d blev inte av.", slow.planned,
                        slow.done, slow.missed);
    g_autofree char *share = swedish_share(slow.rate), *middle = swedish_share(median);
    g_autofree char *rate =
        isnan(slow.rate)
            ? g_strdup_printf("%d av %d besök är registrerade.", slow.recorded, slow.planned)
            : g_strdup_printf("Andel som inte blev av: %s.", share);
    g_autofree char *line = g_strdup_printf("median %s", middle);
    g_autofree char *causes = g_strdup_printf("Orsaker, andelar av %d besök", slow.with_cause);
    g_autofree char *unwell =
        swedish_share((double)slow_cause(unit, week, week, "MÅ") / slow.with_cause);
    fixture_sees(harness, counts);
    fixture_sees(harness, rate);
    fixture_sees(harness, line);
    fixture_sees(harness, causes);
    fixture_sees(harness, unwell);

    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    harness_folder_write(folder, "pass", DEMO_PASSPHRASE "\n");
    g_autofree char *pass = g_build_filename(folder, "pass", NULL);
    g_autofree char *text =
        harness_command(folder, "report", "week", "--until", name, "--db", database, "--user",
                        "led", "--passphrase-file", pass, "--lang", "sv", NULL);
    g_autofree char *json =
        harness_command(folder, "report", "week", "--until", name, "--db", database, "--user",
                        "led", "--passphrase-file", pass, "--json", NULL);
    g_autofree char *said = g_strdup_printf(", är %s.", middle);
    g_autofree char *cause =
        g_strdup_printf("Mår dåligt psykiskt: %d, %s", slow_cause(unit, week, week, "MÅ"), unwell);
    const char *const in_text[] = {counts, rate, said, causes, cause};
    for (gsize i = 0; i < G_N_ELEMENTS(in_text); i++)
        if (strstr(text, in_text[i]) == NULL)
            fail_msg("“%s” is not in\n%s", in_text[i], text);
    g_autofree char *planned = g_strdup_printf("\"planned\" : %d", slow.planned);
    g_autofree char *missed = g_strdup_printf("\"missed\" : %d", slow.missed);
    g_autofree char *behind = g_strdup_printf("\"cause_visits\" : %d", slow.with_cause);
    const char *const in_json[] = {planned, missed, behind};
    for (gsize i = 0; i < G_N_ELEMENTS(in_json); i++)
        if (strstr(json, in_json[i]) == NULL)
            fail_msg("“%s” is not in\n%s", in_json[i], json);
}

static void assert_all_the_same(const char *folder, gboolean with_random)
{
    SlowUnit unit;
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        if (with_random)
            record_at_random(session);
        unit = slow_read(session);
    }
    Harness *harness = fixture_start(folder, "led", &(HarnessOptions){.rows = 43, .columns = 160});
    harness_keys(harness, FIXTURE_UNLOCK "3");
    for (Week week = 202645; week <= 202647; week++)
        assert_week(harness, &unit, folder, week);
    harness_stop(harness);
    slow_free(&unit);
}

/* A3, A4, A5: one week says the same on the screen, in the report and as JSON, and what is counted
 * slowly from the visits themselves. */
static void a5_every_way_out_says_the_same(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    assert_all_the_same(folder, FALSE);
    assert_all_the_same(folder, TRUE);
    harness_folder_remove(folder);
}

/* A4: the rows behind each figure are as many as it says; also those in place of another. */
/* Those in the list, and those that are left out of it, whose cards do not open. */
static int visits_told(Harness *harness)
{
    int told = 0;
    for (int row = 0; row < 43; row++) {
        const char *text = harness_row(harness, row);
        const char *listed = strstr(text, " besök. Vecka 47");
        while (listed != NULL && listed > text && g_ascii_isdigit(listed[-1]))
            listed--;
        if (listed != NULL)
            told += atoi(listed);
        if (strstr(text, " besök till syns") != NULL)
            told += atoi(text + strspn(text, " "));
    }
    return told;
}

static void a4_each_figure_opens_its_visits(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        record_at_random(session);
    }
    Harness *harness = fixture_start(folder, "led", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, FIXTURE_UNLOCK "3" PRESS_HOME PRESS_HOME);
    for (int place = 0; place < 9; place++) {
        int row, column, figure = -1;
        harness_cursor(harness, &row, &column);
        g_autofree char *line = g_strndup(harness_row(harness, row), 42);
        const char *digits = strpbrk(line, "0123456789");
        assert_non_null(digits);
        figure = atoi(digits);
        assert_true(figure > 0 || place == 2);
        harness_keys(harness, PRESS_ENTER);
        if (figure > 0) {
            fixture_sees(harness, " besök. Vecka 47");
            assert_int_equal(visits_told(harness), figure);
            harness_keys(harness, PRESS_ESCAPE);
        }
        harness_keys(harness, PRESS_DOWN);
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A3: of a week that nobody has recorded there is no share and no point, and it says whose the
 * visits are. Two weeks later nobody has recorded anything. */
static void a3_a_week_not_recorded_has_no_share(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    int planned;
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        SlowUnit unit = slow_read(session);
        planned = slow_week(&unit, 202649).planned;
        slow_free(&unit);
    }
    g_autofree char *none = g_strdup_printf(
        "0 av %d besök är registrerade. Andelen visas när minst 90 %% är det.", planned);
    g_autofree char *missing = g_strdup_printf("%d besök är inte registrerade:", planned);
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.now = "2026-12-07T08:30"});
    harness_keys(harness, "3");
    fixture_sees(harness, none);
    fixture_sees(harness, missing);
    fixture_goldens(harness, "week-not-recorded", "sv");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* On Monday morning one key shows last week, as it is counted elsewhere. */
static void one_key_shows_what_last_week_says(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autoptr(GError) error = NULL;
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        g_autoptr(WeekReview) review = week_review_new(session, 202647, 1, &error);
        assert_non_null(review);
        const ReviewCause *largest = review->causes->pdata[0];
        assert_int_equal(week_review_last(review)->planned, 484);
        assert_int_equal(week_review_last(review)->missed, 67);
        assert_string_equal(largest->code, "MÅ");
        assert_int_equal(largest->count, 23);
    }
    Harness *harness = fixture_start(folder, "led", NULL);
    harness_keys(harness, FIXTURE_UNLOCK "3");
    fixture_sees(harness, "Vecka 47");
    fixture_sees(harness, "484 besök var planerade");
    fixture_caret_on(harness, "Mår dåligt psykiskt");
    fixture_caret_on(harness, " 23 ");
    harness_keys(harness, PRESS_LEFT);
    fixture_sees(harness, "Vecka 46");
    harness_keys(harness, PRESS_RIGHT);
    fixture_sees(harness, "Vecka 47");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(one_key_shows_what_last_week_says),
        cmocka_unit_test(a3_a_week_not_recorded_has_no_share),
        cmocka_unit_test(a4_each_figure_opens_its_visits),
        cmocka_unit_test(a5_every_way_out_says_the_same),
    };
    return cmocka_run_group_tests_name("week", tests, fixture_make, fixture_remove);
}
