/* out.c: who is out on a visit, when somebody rings, and how it is settled. */
#include "care/visit/out.h"
#include "tests/unit/care/fixture_response.h"

static gint64 at(const char *time)
{
    return clock_moment(clock_today(), time_parse(time));
}

static int setup(void **state)
{
    desk_setup(state);
    set_clock("2026-11-23T09:00");
    return 0;
}
#define OUT_TEST(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

static char *words(Session *session)
{
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = out_list(session, &error)));
    return out_words(session, all);
}

static void out_and_back(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0, again = 0;
    assert_ok(out_go(desk->worker, 0, at("10:30"), &id, &error));
    g_autofree char *own = words(desk->worker);
    assert_string_equal(own, "You are out; somebody rings 10:30.");
    g_autofree char *others = words(desk->lead);
    assert_null(others); /* nobody is late */
    /* Said again, the time is the new one. */
    assert_ok(out_go(desk->worker, 0, at("11:00"), &again, &error));
    assert_int_equal(again, id);
    assert_ok(out_end(desk->worker, id, &error));
    assert_ok(out_end(desk->worker, id, &error));
    g_autofree char *back = words(desk->worker);
    assert_null(back);
    assert_sound(desk->lead);
}

/* Whoever is late stands before everybody, until somebody has reached them. */
static void a_late_one_is_seen_and_settled(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    assert_ok(out_go(desk->worker, 0, at("10:30"), &id, &error));
    set_clock("2026-11-23T10:31");
    g_autofree char *seen = words(desk->officer);
    assert_non_null(strstr(seen, "LATE"));
    assert_non_null(strstr(seen, "10:30"));
    g_autofree char *own = words(desk->worker);
    assert_string_equal(own, "You were to be back 10:30: say that you are.");
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = out_list(desk->officer, &error)));
    assert_true(out_is_late(all->pdata[0]));
    assert_int_equal(out_to_end(desk->officer, all)->id, id);
    assert_ok(out_end(desk->officer, id, &error));
    g_autofree char *after = words(desk->officer);
    assert_null(after);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM out_home"
                                             " WHERE ended_by <> staff_id"),
                     1);
    assert_sound(desk->lead);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    assert_fails(out_go(desk->worker, 0, at("08:59"), &id, &error), ERROR_INPUT);
    assert_fails(out_go(desk->worker, 0, at("09:00") + 25 * 3600 * 1000LL, &id, &error),
                 ERROR_INPUT);
    assert_int_equal(out_moment("8.30"), 0);
    assert_int_equal(out_moment(""), 0);
    assert_int_equal(out_moment("snart"), 0);
    assert_int_equal(out_moment("10.30"), at("10:30"));
}

static void when_somebody_rings(void **state)
{
    (void)state;
    const Date today = date_parse("2026-11-23");
    const struct {
        const char *date;
        int start, minutes, now, ring;
    } cases[] = {
        {"2026-11-23", 600, 60, 540, 690}, /* half an hour after the visit */
        {"2026-11-23", 480, 30, 540, 600}, /* it is over: an hour from now */
        {"2026-11-24", 600, 60, 540, 600}, /* another day's */
        {"2026-11-23", 1400, 60, 540, 1439},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->date = date_parse(cases[i].date);
        visit->start = cases[i].start;
        visit->minutes = cases[i].minutes;
        if (out_proposed(visit, today, cases[i].now) != cases[i].ring)
            fail_msg("case %zu: %d", i, out_proposed(visit, today, cases[i].now));
    }
    assert_int_equal(out_proposed(NULL, today, 540), 600);
}

/* Colleagues see from which visit; of a client whose card they may not open, no name; and a visit
 * that is taken away leaves whoever is out. */
static void from_which_visit(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = desk->client;
    visit->staff_id = session_staff_id(desk->worker);
    visit->date = clock_today();
    visit->start = 9 * 60;
    visit->minutes = 60;
    assert_ok(visit_add(desk->lead, visit, &error));
    assert_true(out_is_on(desk->worker, visit));
    assert_false(out_is_on(desk->lead, visit));
    assert_ok(out_go(desk->worker, visit->id, at("10:30"), &id, &error));
    set_clock("2026-11-23T10:31");
    g_autofree char *seen = words(desk->lead);
    assert_non_null(strstr(seen, "Emil"));
    assert_non_null(strstr(seen, "09:00"));
    /* A client with protected identity is named to those alone who may open the card. */
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE client SET protection = 'marked' WHERE id = :id",
                     DB_PARAMS(DB_INT("id", desk->client)), &error));
    g_autofree char *hidden = words(desk->officer);
    assert_non_null(strstr(hidden, "from a visit 09:00"));
    assert_null(strstr(hidden, "Emil"));
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE client SET protection = 'none' WHERE id = :id",
                     DB_PARAMS(DB_INT("id", desk->client)), &error));
    assert_ok(visit_remove(desk->lead, visit->id, &error));
    g_autofree char *after = words(desk->lead);
    assert_non_null(strstr(after, "LATE"));
    assert_null(strstr(after, "Emil"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OUT_TEST(out_and_back),
        OUT_TEST(a_late_one_is_seen_and_settled),
        OUT_TEST(what_cannot_be_is_refused),
        OUT_TEST(when_somebody_rings),
        OUT_TEST(from_which_visit),
    };
    return cmocka_run_group_tests_name("care/out", tests, NULL, NULL);
}
