/* second.c, second_series.c: two go. */
#include "care/visit/second.h"
#include "care/client/client_guard.h"
#include "care/client/risk_note.h"
#include "care/visit/series.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "tests/unit/care/fixture_response.h"

static int setup(void **state)
{
    desk_setup(state);
    set_clock("2026-11-23T08:00");
    return 0;
}
#define SECOND_TEST(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

static Visit *a_visit(const Desk *desk, gint64 staff_id, int start)
{
    Visit *visit = visit_new();
    visit->client_id = desk->client;
    visit->staff_id = staff_id;
    visit->date = clock_today();
    visit->start = start;
    visit->minutes = 60;
    assert_ok(visit_add(desk->lead, visit, &error));
    return visit;
}

static guint todays(Session *session, gint64 visit_id)
{
    const VisitQuery query = {.from = clock_today(),
                              .to = clock_today(),
                              .staff_id = session_staff_id(session),
                              .covered = TRUE,
                              .outcome = -1};
    g_autoptr(GPtrArray) all = NULL;
    guint found = 0;
    gint64 count = 0;
    assert_ok((all = visit_list(session, &query, NULL, 100, &error)));
    for (guint i = 0; i < all->len; i++)
        found += ((const Visit *)all->pdata[i])->id == visit_id;
    assert_ok(visit_count(session, &query, &count, &error));
    assert_int_equal(count, all->len);
    return found;
}

static gint64 second(const Desk *desk, gint64 visit_id)
{
    gint64 staff_id = 0;
    assert_ok(second_of(desk->lead, visit_id, &staff_id, NULL, &error));
    return staff_id;
}

/* Whoever goes along has it in their day, once; sees the card and the note on risk that day. */
static void one_goes_along(void **state)
{
    const Desk *desk = *state;
    const gint64 worker = session_staff_id(desk->worker);
    g_autoptr(Visit) visit = a_visit(desk, session_staff_id(desk->officer), 9 * 60);
    assert_int_equal(todays(desk->worker, visit->id), 0);
    assert_ok(second_set(desk->lead, visit->id, worker, FALSE, &error));
    assert_int_equal(second(desk, visit->id), worker);
    assert_int_equal(todays(desk->worker, visit->id), 1);
    assert_int_equal(todays(desk->officer, visit->id), 1);
    assert_true(client_may_open(desk->worker, desk->client));
    assert_true(risk_may_see(desk->worker, desk->client));
    assert_ok(second_set(desk->lead, visit->id, 0, FALSE, &error));
    assert_int_equal(second(desk, visit->id), 0);
    assert_int_equal(todays(desk->worker, visit->id), 0);
    assert_ok(second_set(desk->lead, visit->id, worker, FALSE, &error));
    assert_ok(visit_remove(desk->lead, visit->id, &error)); /* goes with its visit */
    assert_sound(desk->lead);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    const gint64 officer = session_staff_id(desk->officer);
    g_autoptr(Visit) visit = a_visit(desk, officer, 9 * 60);
    assert_fails(second_set(desk->lead, visit->id, officer, FALSE, &error), ERROR_INPUT);
    assert_fails(second_set(desk->lead, visit->id, session_staff_id(desk->worker), TRUE, &error),
                 ERROR_INPUT); /* no series */
    VisitOutcome done;
    visit_outcome_init(&done);
    done.outcome = OUTCOME_DONE;
    assert_ok(visit_record(desk->lead, visit->id, visit->version, &done, NULL, NULL, &error));
    visit_outcome_clear(&done);
    assert_fails(second_set(desk->lead, visit->id, session_staff_id(desk->worker), FALSE, &error),
                 ERROR_INPUT);
}

/* What they have at that time is told, also where they go along on that. */
static void a_clash_is_told(void **state)
{
    const Desk *desk = *state;
    const gint64 worker = session_staff_id(desk->worker), officer = session_staff_id(desk->officer);
    visit_free(a_visit(desk, worker, 9 * 60 + 30));
    g_autoptr(Visit) visit = a_visit(desk, officer, 12 * 60);
    g_autofree char *free_then = second_warning(desk->lead, visit, worker, NULL);
    assert_string_equal(free_then, "");
    g_autoptr(Visit) at_once = a_visit(desk, officer, 9 * 60);
    g_autofree char *told = second_warning(desk->lead, at_once, worker, NULL);
    assert_true(*told != '\0');
    /* The worker goes along at twelve: a third visit then is told too. */
    assert_ok(second_set(desk->lead, visit->id, worker, FALSE, &error));
    g_autoptr(Visit) third = a_visit(desk, session_staff_id(desk->lead), 12 * 60 + 15);
    g_autofree char *along = second_warning(desk->lead, third, worker, NULL);
    assert_true(*along != '\0');
}

/* On a series: from that visit on, and on what is laid out later. */
static void a_series_has_a_second(void **state)
{
    const Desk *desk = *state;
    const gint64 worker = session_staff_id(desk->worker), officer = session_staff_id(desk->officer);
    Series series = {.client_id = desk->client,
                     .staff_id = officer,
                     .rrule = (char *)"FREQ=WEEKLY;BYDAY=MO",
                     .starts_on = clock_today(),
                     .ends_on = DATE_NONE,
                     .start = 9 * 60,
                     .minutes = 60};
    assert_ok(series_add(desk->lead, &series, &error));
    const gint64 third = fixture_int(
        desk->lead, "SELECT id FROM visit WHERE date = '2026-12-07' AND series_id IS NOT NULL");
    assert_ok(second_set(desk->lead, third, worker, TRUE, &error));
    const gint64 planned =
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE series_id IS NOT NULL");
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit_second"), planned - 2);
    set_clock("2026-12-14T08:00");
    int added = 0;
    assert_ok(series_lay_out(desk->lead, clock_today(), &added, &error));
    assert_true(added > 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit_second"),
                     planned - 2 + added);
    /* Another worker has the rest: whoever went along still does, but not with themselves. */
    assert_ok(
        series_hand_over(desk->lead, series.id, worker, date_parse("2026-12-21"), NULL, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit_second y JOIN visit v"
                                             " ON v.id = y.visit_id WHERE v.staff_id = y.staff_id"),
                     0);
    assert_ok(second_set(desk->lead, third, 0, TRUE, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series_second"), 0);
    assert_sound(desk->lead);
}

/* A client may get protected identity later: whoever was to go along sees the visit no more, and
 * that is told. */
static void who_may_not_open_the_card_any_more_is_told(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Visit) visit = a_visit(desk, session_staff_id(desk->lead), 9 * 60);
    assert_ok(second_set(desk->lead, visit->id, session_staff_id(desk->officer), FALSE, &error));
    g_autofree char *before = second_words(desk->lead, visit);
    assert_string_equal(before, "harriet");
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(desk->lead, desk->client, &error)));
    client->protection = PROTECTION_MARKED;
    client->support_worker_id = session_staff_id(desk->lead);
    assert_ok(client_change(desk->lead, client, &error));
    assert_int_equal(todays(desk->officer, visit->id), 0);
    g_autofree char *after = second_words(desk->lead, visit);
    assert_string_equal(after,
                        "harriet, who may not open the card any more: choose who goes along");
}

/* Who was taken off one visit does not come back on it when days of before are laid out again. */
static void who_was_taken_off_one_stays_off(void **state)
{
    const Desk *desk = *state;
    Series series = {.client_id = desk->client,
                     .staff_id = session_staff_id(desk->officer),
                     .rrule = (char *)"FREQ=WEEKLY;BYDAY=MO",
                     .starts_on = clock_today(),
                     .ends_on = DATE_NONE,
                     .start = 9 * 60,
                     .minutes = 60};
    int added = 0;
    assert_ok(series_add(desk->lead, &series, &error));
    const gint64 first = fixture_int(desk->lead, "SELECT MIN(id) FROM visit WHERE series_id > 0");
    const gint64 alone = fixture_int(desk->lead, "SELECT id FROM visit WHERE date = '2026-12-21'");
    const gint64 gone = fixture_int(desk->lead, "SELECT id FROM visit WHERE date = '2026-12-07'");
    assert_ok(second_set(desk->lead, first, session_staff_id(desk->worker), TRUE, &error));
    assert_ok(second_set(desk->lead, alone, 0, FALSE, &error));
    assert_ok(visit_remove(desk->lead, gone, &error));
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(desk->lead), &error)));
    assert_ok(series_fill(desk->lead, desk->client, date_parse("2026-12-01"),
                          date_parse("2026-12-13"), &added, &error));
    assert_ok(db_transaction_commit(tx, &error));
    assert_int_equal(added, 1);
    assert_int_equal(second(desk, alone), 0);
    assert_int_equal(second(desk, fixture_int(desk->lead, "SELECT id FROM visit WHERE date ="
                                                          " '2026-12-07'")),
                     session_staff_id(desk->worker));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SECOND_TEST(one_goes_along),
        SECOND_TEST(what_cannot_be_is_refused),
        SECOND_TEST(a_clash_is_told),
        SECOND_TEST(a_series_has_a_second),
        SECOND_TEST(who_may_not_open_the_card_any_more_is_told),
        SECOND_TEST(who_was_taken_off_one_stays_off),
    };
    return cmocka_run_group_tests_name("care/second", tests, NULL, NULL);
}
