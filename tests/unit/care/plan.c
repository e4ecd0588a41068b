/* plan.c: the plan of two questions, for whoever records a cancellation. */
#include "care/client/plan.h"
#include "tests/unit/care/fixture_response.h"

/* Makes a plan, or corrects `corrected` into one. Its id. */
static gint64 make_plan(Session *session, gint64 client, gint64 corrected, const char *hard,
                        const char *then)
{
    g_autoptr(Response) begun = NULL;
    if (corrected != 0)
        assert_ok((begun = response_correct(session, corrected, &error)));
    else
        begun = begin(session, PLAN_FORM, client);
    g_auto(Opened) open = open_it(session, begun->id, TRUE);
    if (hard != NULL)
        answer(session, open.response, open.answers, "svart", "", hard);
    if (then != NULL)
        answer(session, open.response, open.answers, "da", "", then);
    answer(session, open.response, open.answers, "ringa", "", "false");
    assert_ok(response_complete(session, open.response, open.form, open.answers, &error));
    return begun->id;
}

static void assert_plan(Session *session, gint64 client, gint64 id, const char *hard,
                        const char *then, const char *day)
{
    g_autoptr(Plan) plan = NULL;
    assert_ok((plan = plan_of_client(session, client, &error)));
    assert_int_equal(plan->response_id, id);
    assert_true(g_strcmp0(plan->hard, hard) == 0);
    assert_true(g_strcmp0(plan->then, then) == 0);
    assert_int_equal(plan->made_on, date_parse(day));
}

static void test_plan_in_force(void **state)
{
    const Desk *desk = *state;
    g_autoptr(GError) none = NULL;
    assert_null(plan_of_client(desk->worker, desk->client, &none));
    assert_null(none);
    g_autoptr(Response) draft = begin(desk->worker, PLAN_FORM, desk->client);
    assert_int_equal(draft->completed_ms, 0);
    assert_null(plan_of_client(desk->worker, desk->client, &none));
    assert_null(none);

    gint64 first = make_plan(desk->worker, desk->client, 0, "Mornar", "Ring kl. 11");
    assert_plan(desk->worker, desk->client, first, "Mornar", "Ring kl. 11", "2026-11-22");
    set_clock("2026-12-01T09:00");
    gint64 corrected = make_plan(desk->officer, desk->client, first, "Mornar och mörker", NULL);
    assert_plan(desk->worker, desk->client, corrected, "Mornar och mörker", "Ring kl. 11",
                "2026-12-01");
    set_clock("2026-12-02T09:00");
    gint64 newer = make_plan(desk->worker, desk->client, 0, NULL, "Ses ute");
    assert_plan(desk->lead, desk->client, newer, NULL, "Ses ute", "2026-12-02");
    /* Another's plan is another's. */
    assert_null(plan_of_client(desk->worker, desk->visits.other, &none));
    assert_null(none);
    assert_int_equal(logged(desk->lead, "read", "response"), 0);
}

static void test_who_may_see_it(void **state)
{
    const Desk *desk = *state;
    gint64 id = make_plan(desk->lead, desk->hidden, 0, "Telefon", "Kom hem");
    assert_fails(plan_of_client(desk->worker, desk->hidden, &error), ERROR_DENIED);
    assert_int_equal(logged(desk->lead, "denied", "client"), 1);
    assert_plan(desk->lead, desk->hidden, id, "Telefon", "Kom hem", "2026-11-22");
}

/* A unit may name the two questions anew: they are found by what they map to. */
static void test_found_by_what_they_map_to(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, PLAN_FORM,
              "name: handlingsplan-tva-fragor\nversion: egen\ntitle: Egen\nkind: walk\nitem:\n"
              "  - {linkId: krangel, type: text, text: Vad?, mapsTo: plan.hard}\n"
              "  - {linkId: istallet, type: text, text: Då?, mapsTo: plan.then}\n"
              "  - {linkId: ringa, type: boolean, text: Ringa?}\n");
    g_autoptr(Response) begun = begin(desk->worker, PLAN_FORM, desk->client);
    g_auto(Opened) open = open_it(desk->worker, begun->id, TRUE);
    answer(desk->worker, open.response, open.answers, "krangel", "", "Mornar");
    answer(desk->worker, open.response, open.answers, "istallet", "", "Ring");
    assert_ok(response_complete(desk->worker, open.response, open.form, open.answers, &error));
    assert_plan(desk->worker, desk->client, begun->id, "Mornar", "Ring", "2026-11-22");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_plan_in_force),
        DESK_TEST(test_found_by_what_they_map_to),
        DESK_TEST(test_who_may_see_it),
    };
    return cmocka_run_group_tests_name("care/plan", tests, NULL, NULL);
}
