/* order_paper.c: what is ordered, and that a plan is late, on paper for the one who carries it out.
 * Issue 11. */
#include "exchange/order_paper.h"

#include "care/client/client.h"
#include "care/completion/decision_entry.h"
#include "care/unit/session_private.h"
#include "tests/unit/care/fixture.h"
#include "tests/unit/exchange/fixture_paper.h"

typedef struct {
    Fixture unit;
    gint64 client, decision, order;
} Ordered;

static gint64 client_of(Session *session, Protection protection)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Emil Ärlig");
    client->id_number = g_strdup("200008312399");
    client->id_kind = ID_PERSONNUMMER;
    client->protection = protection;
    client->active = TRUE;
    client->address = g_strdup("Storgatan 2");
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static gint64 decide(Session *session, gint64 client)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client;
    decision->kind = g_strdup("granted");
    decision->law = g_strdup("sol-2025");
    decision->section = g_strdup("11 kap. 1 §");
    decision->support = g_strdup("housing-support");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->decided_on = decision->valid_from = clock_today();
    decision->valid_to = date_parse("2027-11-30");
    decision->month_minutes = 20 * 60 + 30;
    assert_ok(decision_enter(session, decision, NULL, &error));
    return decision->id;
}

static void order_it(Ordered *ordered, Protection protection)
{
    Session *session = ordered->unit.session;
    ordered->client = client_of(session, protection);
    ordered->decision = decide(session, ordered->client);
    g_autoptr(Decision) decision = NULL;
    g_autoptr(CareOrder) order = NULL;
    assert_ok((decision = decision_get(session, ordered->decision, &error)));
    assert_ok((order = care_order_new(session, decision, &error)));
    g_free(order->provider);
    order->provider = g_strdup("Boendestöd Norr");
    order->aims = g_strdup("Att klara ekonomin själv.");
    order->words = g_strdup("Ring på två gånger.");
    order->phone = g_strdup("08-123 45");
    order->plan_due = date_parse("2026-12-06");
    assert_ok(care_order_add(session, order, &error));
    ordered->order = order->id;
}

static int setup(void **state)
{
    Ordered *ordered = g_new0(Ordered, 1);
    fixture_start(&ordered->unit);
    fixture_make_anew(&ordered->unit, ROLE_CASE_OFFICER);
    use_build_share();
    *state = ordered;
    return 0;
}

static int teardown(void **state)
{
    Ordered *ordered = *state;
    fixture_end(&ordered->unit);
    g_free(ordered);
    return 0;
}
#define ORDER_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* The text of it; takes `paper`. New. */
static char *written(Ordered *ordered, OrderPaper *made)
{
    g_autoptr(OrderPaper) paper = made;
    g_autofree char *path = g_build_filename(ordered->unit.folder, "papper.pdf", NULL);
    assert_ok(order_paper_log(paper, ordered->unit.session, &error));
    assert_ok(order_paper_write(paper, FALSE, path, &error));
    assert_fails(order_paper_write(paper, FALSE, path, &error), ERROR_EXISTS);
    return run_tool((const char *[]){"pdftotext", "-layout", path, "-", NULL});
}

static void has(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("\"%s\" is not on the paper:\n%s", wanted, text);
}

static void it_says_what_to_whom_and_by_when(void **state)
{
    Ordered *ordered = *state;
    order_it(ordered, PROTECTION_NONE);
    OrderPaper *paper = NULL;
    assert_ok((paper = order_paper_new(ordered->unit.session, ordered->order, &error)));
    g_autofree char *text = written(ordered, paper);
    assert_null(strstr(text, "Det här är en demo"));
    const char *const wanted[] = {
        "Beställning",         "Boendestöd Norr", "Emil Ärlig", "20000831-2399",
        "20 h 30 min",         "2027-11-30",      "2026-12-06", "Att klara ekonomin själv.",
        "Ring på två gånger.", "08-123 45",       "11 kap. 1 §"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        has(text, wanted[i]);
    assert_null(strstr(text, "Storgatan"));
    assert_int_equal(fixture_int(ordered->unit.session,
                                 "SELECT COUNT(*) FROM audit WHERE entity = 'care_order'"
                                 " AND action = 'export'"),
                     1);
}

static void of_protected_identity_the_name_alone(void **state)
{
    Ordered *ordered = *state;
    order_it(ordered, PROTECTION_MARKED);
    ordered->unit.session->demo = TRUE;
    OrderPaper *paper = NULL;
    assert_ok((paper = order_paper_new(ordered->unit.session, ordered->order, &error)));
    g_autofree char *text = written(ordered, paper);
    has(text, "Emil Ärlig");
    has(text, "skyddade personuppgifter");
    has(text, "Det här är en demo");
    assert_null(strstr(text, "2399"));
    assert_null(strstr(text, "Storgatan"));
}

static gint64 plan_of(const Ordered *ordered)
{
    return fixture_int(ordered->unit.session, "SELECT id FROM implementation");
}

static void a_late_plan_is_told_of(void **state)
{
    Ordered *ordered = *state;
    Session *session = ordered->unit.session;
    order_it(ordered, PROTECTION_NONE);
    OrderPaper *paper = NULL;
    assert_fails((paper = order_paper_late(session, plan_of(ordered), &error)) != NULL,
                 ERROR_INPUT);
    assert_ok(db_run(session_db(session), "UPDATE implementation SET due_on = '2026-11-20'", NULL,
                     &error));
    assert_ok((paper = order_paper_late(session, plan_of(ordered), &error)));
    g_autofree char *text = written(ordered, paper);
    const char *const wanted[] = {"Boendestöd Norr", "Emil Ärlig", "2026-11-20", "2026-11-29"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        has(text, wanted[i]);
    assert_ok(db_run(session_db(session), "UPDATE implementation SET arrived_on = '2026-11-21'",
                     NULL, &error));
    assert_fails((paper = order_paper_late(session, plan_of(ordered), &error)) != NULL,
                 ERROR_INPUT);
}

static void what_is_gone_is_said(void **state)
{
    Ordered *ordered = *state;
    OrderPaper *paper = NULL;
    assert_fails((paper = order_paper_new(ordered->unit.session, 7, &error)) != NULL,
                 ERROR_NOT_FOUND);
    assert_fails((paper = order_paper_late(ordered->unit.session, 7, &error)) != NULL,
                 ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ORDER_TEST(it_says_what_to_whom_and_by_when),
        ORDER_TEST(of_protected_identity_the_name_alone),
        ORDER_TEST(a_late_plan_is_told_of),
        ORDER_TEST(what_is_gone_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
