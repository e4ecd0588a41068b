/* closing.c, closing_rows.c, closing_count.c: the help to a client ends: later visits are called off
 * outside the rate, the client leaves the lists and stays in the figures; what was a mistake comes back. */
#include "care/client/closing_rows.h"

#include "care/client/client_merge.h"
#include "care/client/closing_count.h"
#include "care/task/task.h"
#include "care/unit/draft_rows.h"
#include "care/visit/series.h"
#include "tests/unit/care/fixture_visit.h"

/* Mondays at ten until further notice. The clock stands at Sunday 22 November 2026. */
static void plan_series(const Visits *visits)
{
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = visits->client;
    series->staff_id = visits->staff;
    series->rrule = g_strdup("FREQ=WEEKLY;BYDAY=MO");
    series->starts_on = date_parse("2026-11-23");
    series->ends_on = DATE_NONE;
    series->start = 10 * 60;
    series->minutes = 60;
    assert_ok(series_add(visits->session, series, &error));
}

static Closing *end_help(const Visits *visits, const char *last_day, ClosingDone *done)
{
    Closing *closing = closing_new(visits->client);
    closing->reason = CLOSING_MOVED;
    closing->follows = FOLLOWS_UNIT;
    closing->last_day = date_parse(last_day);
    closing->words = g_strdup("Flyttar till sin bror.");
    assert_ok(closing_add(visits->session, closing, done, &error));
    return closing;
}

static gint64 visits_that(const Visits *visits, const char *sql)
{
    return fixture_int(visits->session, sql);
}
#define PLANNED "SELECT COUNT(*) FROM visit WHERE outcome IS NULL"
#define CALLED_OFF                                                                                 \
    "SELECT COUNT(*) FROM visit WHERE outcome = 'unit-cancelled' AND cause = 'away-closed'"
#define TO_ASK "SELECT COUNT(*) FROM task WHERE kind = 'follow-up' AND done_ms IS NULL"

/* How many the list shows without a search, and how many a search finds. */
static void assert_lists(const Visits *visits, guint shown, guint found)
{
    gint64 count = 0;
    g_autoptr(GPtrArray) own_first = NULL, searched = NULL;
    assert_ok((own_first = client_list_own_first(visits->session, "", NULL, 50, &error)));
    assert_ok((searched = client_list_own_first(visits->session, "emil", NULL, 50, &error)));
    assert_ok(client_count(visits->session, "", FALSE, &count, &error));
    assert_int_equal(own_first->len, shown);
    assert_int_equal(count, shown);
    assert_int_equal(searched->len, found);
}

static void later_visits_are_called_off_and_the_client_leaves_the_lists(void **state)
{
    const Visits *visits = *state;
    ClosingDone done = {0};
    plan_series(visits);
    const gint64 planned = visits_that(visits, PLANNED);
    assert_lists(visits, 3, 1);
    g_autoptr(Closing) closing = end_help(visits, "2026-12-06", &done);
    assert_int_equal(visits_that(visits, PLANNED), 2);
    assert_int_equal(visits_that(visits, CALLED_OFF), planned - 2);
    assert_int_equal(done.visits.called_off, planned - 2);
    assert_counts_true(visits);
    assert_lists(visits, 2, 1);
    g_autoptr(Task) task = NULL;
    assert_int_equal(visits_that(visits, TO_ASK), 1);
    assert_ok((task = task_for_me(visits->session,
                                  fixture_int(visits->session,
                                              "SELECT id FROM task WHERE kind = 'follow-up'"),
                                  &error)));
    assert_int_equal(task->due_date, date_parse("2027-03-06"));
    g_autofree char *to_do = task_words(task), *words = closing_words(closing);
    assert_string_equal(to_do, "Follow up: how it has gone since the help ended");
    assert_string_equal(words, "2026-12-06, has moved. Then: another unit or municipality. To be "
                               "asked how it has gone: 2027-03-06. Flyttar till sin bror.");
    /* No series lays out more, also not at the next sign-in. */
    int added = 0;
    assert_ok(series_lay_out(visits->session, date_parse("2026-12-20"), &added, &error));
    assert_int_equal(added, 0);
    assert_int_equal(visits_that(visits, "SELECT COUNT(*) FROM audit WHERE changes LIKE '%bror%'"), 0);
}

static void a_mistake_brings_everything_back(void **state)
{
    const Visits *visits = *state;
    ClosingDone done = {0};
    plan_series(visits);
    const gint64 planned = visits_that(visits, PLANNED);
    closing_free(end_help(visits, "2026-11-22", &done));
    assert_int_equal(visits_that(visits, PLANNED), 0);
    assert_ok(closing_reopen(visits->session, visits->client, DATE_NONE, &done, &error));
    assert_int_equal(visits_that(visits, PLANNED), planned);
    assert_int_equal(visits_that(visits, CALLED_OFF), 0);
    assert_int_equal(visits_that(visits, TO_ASK), 0);
    assert_int_equal(done.visits.back, planned);
    assert_lists(visits, 3, 1);
    assert_counts_true(visits);
    ClosingFigures figures;
    assert_ok(closing_figures(visits->session, 2026, 4, &figures, &error));
    assert_int_equal(figures.ended, 0);
    assert_fails(closing_reopen(visits->session, visits->client, DATE_NONE, &done, &error),
                 ERROR_INPUT);
}

static void who_comes_again_from_a_day_has_visits_from_it(void **state)
{
    const Visits *visits = *state;
    ClosingFigures figures;
    plan_series(visits);
    closing_free(end_help(visits, "2026-11-22", NULL));
    assert_fails(closing_reopen(visits->session, visits->client, date_parse("2026-11-22"), NULL,
                                &error),
                 ERROR_INPUT);
    assert_ok(closing_reopen(visits->session, visits->client, date_parse("2026-12-07"), NULL,
                             &error));
    assert_int_equal(
        visits_that(visits, "SELECT COUNT(*) FROM visit WHERE outcome IS NULL AND date <"
                            " '2026-12-07'"),
        0);
    assert_int_equal(visits_that(visits, CALLED_OFF), 2);
    assert_int_equal(visits_that(visits, "SELECT COUNT(*) FROM visit WHERE outcome IS NULL AND"
                                         " date = '2026-12-07'"),
                     1);
    assert_ok(closing_figures(visits->session, 2026, 4, &figures, &error));
    assert_int_equal(figures.ended, 1);
    assert_int_equal(figures.reopened, 1);
    assert_int_equal(figures.why[CLOSING_MOVED], 1);
    assert_int_equal(figures.then[FOLLOWS_UNIT], 1);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = closing_of_client(visits->session, visits->client, &error)));
    assert_int_equal(all->len, 1);
    /* A second time is a closing of its own. */
    closing_free(end_help(visits, "2026-12-31", NULL));
    assert_ok(closing_figures(visits->session, 2026, 4, &figures, &error));
    assert_int_equal(figures.ended, 2);
}

/* A pause until further notice is the commonest way to an end; either may be taken back first. */
static void an_absence_before_it_stands_beside_it(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Absence) pause = absence_new(visits->client);
    plan_series(visits);
    const gint64 planned = visits_that(visits, PLANNED);
    pause->cause = AWAY_PAUSE;
    pause->from = date_parse("2026-11-23");
    assert_ok(absence_add(visits->session, pause, NULL, &error));
    closing_free(end_help(visits, "2026-11-29", NULL));
    assert_int_equal(visits_that(visits, PLANNED), 0);
    assert_int_equal(visits_that(visits, CALLED_OFF), 0); /* the pause has them */
    pause->to = date_parse("2026-11-29");
    assert_ok(absence_change(visits->session, pause, NULL, &error));
    assert_int_equal(visits_that(visits, PLANNED), 0);
    assert_int_equal(visits_that(visits, CALLED_OFF), planned - 1);
    assert_counts_true(visits);
    assert_ok(closing_reopen(visits->session, visits->client, DATE_NONE, NULL, &error));
    assert_int_equal(visits_that(visits, PLANNED), planned - 1);
    g_autoptr(GPtrArray) absences = NULL;
    assert_ok((absences = absence_of_client(visits->session, visits->client, &error)));
    assert_int_equal(absences->len, 1);
}

static void it_is_changed_by_one_at_a_time(void **state)
{
    const Visits *visits = *state;
    plan_series(visits);
    g_autoptr(Closing) closing = end_help(visits, "2026-11-29", NULL);
    assert_ok(closing_add(visits->session, closing, NULL, &error)); /* the answer was lost */
    assert_int_equal(visits_that(visits, "SELECT COUNT(*) FROM closing"), 1);
    g_autoptr(Closing) other = closing_new(visits->client);
    assert_fails(closing_add(visits->session, other, NULL, &error), ERROR_INPUT);
    closing->last_day = date_parse("2026-12-13");
    closing->months = 6;
    assert_ok(closing_change(visits->session, closing, NULL, &error));
    assert_int_equal(visits_that(visits, PLANNED), 3);
    assert_int_equal(visits_that(visits, TO_ASK), 1);
    assert_int_equal(
        visits_that(visits, "SELECT COUNT(*) FROM task WHERE due_date = '2027-06-13'"), 1);
    closing->reason = CLOSING_WISH;
    assert_fails(closing_change(visits->session, closing, NULL, &error), ERROR_CONFLICT);
    g_autoptr(Closing) now = NULL;
    assert_ok((now = closing_now(visits->session, visits->client, &error)));
    now->months = 0;
    assert_ok(closing_change(visits->session, now, NULL, &error));
    assert_int_equal(visits_that(visits, TO_ASK), 0);
    now->months = CLOSING_MONTHS_MOST + 1;
    assert_fails(closing_change(visits->session, now, NULL, &error), ERROR_INPUT);
}

/* Closed by an earlier version, or by a file that was read in: only the card says so. */
static void who_was_closed_otherwise_comes_again_too(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    client->active = FALSE;
    assert_ok(client_change(visits->session, client, &error));
    assert_lists(visits, 2, 1);
    assert_null(closing_now(visits->session, visits->client, NULL));
    assert_ok(closing_reopen(visits->session, visits->client, DATE_NONE, NULL, &error));
    assert_lists(visits, 3, 1);
    assert_fails(closing_reopen(visits->session, visits->client, DATE_NONE, NULL, &error),
                 ERROR_INPUT);
}

/* A closed card of somebody whose help goes on under another: what ended there ended nothing here. */
static void a_closed_double_does_not_close_the_card(void **state)
{
    const Visits *visits = *state;
    gint64 merge = 0;
    g_autoptr(Closing) old = closing_new(visits->other);
    old->last_day = date_parse("2026-11-20");
    assert_ok(closing_add(visits->session, old, NULL, &error));
    assert_ok(client_merge(visits->session, visits->client, visits->other, 0, &merge, &error));
    assert_null(closing_now(visits->session, visits->client, NULL));
    plan_series(visits);
    const gint64 planned = visits_that(visits, PLANNED);
    assert_true(planned > 0);
    /* And it ends and goes on as any other. */
    closing_free(end_help(visits, "2026-11-22", NULL));
    assert_int_equal(visits_that(visits, PLANNED), 0);
    assert_ok(closing_reopen(visits->session, visits->client, DATE_NONE, NULL, &error));
    assert_int_equal(visits_that(visits, PLANNED), planned);
    /* Apart again each is as it was. */
    assert_ok(client_merge_undo(visits->session, merge, NULL, &error));
    g_autoptr(Closing) again = NULL;
    assert_ok((again = closing_now(visits->session, visits->other, &error)));
    assert_int_equal(again->id, old->id);
}

static void a_support_worker_does_not_end_it(void **state)
{
    Visits *visits = *state;
    g_autoptr(Closing) closing = closing_new(visits->client);
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) worker = fixture_open(&visits->unit, "stod");
    make_own(visits->session, visits->client, worker);
    assert_fails(closing_add(worker, closing, NULL, &error), ERROR_DENIED);
}

static void what_is_typed_is_understood(void **state)
{
    (void)state;
    static const char *const right[] = {"4", "2026-11-30", "1", "6", " Klart. ", NULL};
    static const char *const wrong[] = {"", "sen", "9", "25", "", NULL};
    const char *faults[CLOSING_ROW_COUNT];
    g_autoptr(Closing) closing = closing_new(1);
    assert_true(closing_rows_take((char **)right, closing, faults));
    assert_int_equal(closing->reason, CLOSING_MOVED);
    assert_int_equal(closing->last_day, date_parse("2026-11-30"));
    assert_int_equal(closing->follows, FOLLOWS_RELATIVES);
    assert_int_equal(closing->months, 6);
    assert_string_equal(closing->words, "Klart.");
    assert_false(closing_rows_take((char **)wrong, closing, faults));
    assert_non_null(faults[CLOSING_ROW_REASON]);
    assert_non_null(faults[CLOSING_ROW_LAST]);
    assert_non_null(faults[CLOSING_ROW_MONTHS]);
    assert_null(faults[CLOSING_ROW_WORDS]);
}

/* A page kept by an earlier version may have had more rows. */
static void a_draft_of_a_longer_page_is_gone_on_with(void **state)
{
    (void)state;
    char **values = NULL, **base = NULL;
    gint64 version = 0;
    assert_true(draft_rows_read("{\"version\":3,\"values\":[\"a\",\"b\",\"1\"],\"base\":[\"c\","
                                "\"d\",\"0\"]}",
                                2, NULL, &values, &base, &version));
    assert_int_equal(g_strv_length(values), 2);
    assert_string_equal(values[1], "b");
    assert_int_equal(g_strv_length(base), 2);
    g_strfreev(values);
    g_strfreev(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(later_visits_are_called_off_and_the_client_leaves_the_lists),
        VISIT_TEST(a_mistake_brings_everything_back),
        VISIT_TEST(who_comes_again_from_a_day_has_visits_from_it),
        VISIT_TEST(an_absence_before_it_stands_beside_it),
        VISIT_TEST(it_is_changed_by_one_at_a_time),
        VISIT_TEST(who_was_closed_otherwise_comes_again_too),
        VISIT_TEST(a_closed_double_does_not_close_the_card),
        VISIT_TEST(a_support_worker_does_not_end_it),
        cmocka_unit_test(what_is_typed_is_understood),
        cmocka_unit_test(a_draft_of_a_longer_page_is_gone_on_with),
    };
    return cmocka_run_group_tests_name("care/closing", tests, NULL, NULL);
}
