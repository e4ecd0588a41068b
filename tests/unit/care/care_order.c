/* care_order.c: what was decided is ordered from the one who carries it out, and the plan for how
 * is awaited. Issue 11. */
#include "care/client/care_order_rows.h"

#include "care/client/implementation.h"
#include "care/completion/decision_entry.h"
#include "tests/unit/care/fixture_completion.h"

static Decision *decide(const Desk *desk, const char *kind)
{
    Decision *decision = decision_new();
    decision->client_id = desk->client;
    decision->kind = g_strdup(kind);
    decision->support = g_strdup("housing-support");
    decision->law = g_strdup("sol-2025");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->reasons = g_strdup("Behovet är ett annat.");
    decision->decided_on = decision->valid_from = clock_today();
    assert_ok(decision_enter(desk->officer, decision, NULL, &error));
    return decision;
}

static CareOrder *order_of(const Desk *desk, const Decision *decision)
{
    CareOrder *order = NULL;
    assert_ok((order = care_order_new(desk->officer, decision, &error)));
    g_free(order->provider);
    order->provider = g_strdup("Boendestöd Norr");
    assert_ok(care_order_add(desk->officer, order, &error));
    return order;
}

static CareOrder *order_now(const Desk *desk, gint64 id)
{
    CareOrder *order = NULL;
    assert_ok((order = care_order_get(desk->worker, id, &error)));
    return order;
}

#define OPEN_TASKS "SELECT COUNT(*) FROM task WHERE kind = 'implementation' AND done_ms IS NULL"

static void it_is_ordered_and_the_plan_awaited(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = order_of(desk, decision);
    assert_ok(care_order_add(desk->officer, order, &error)); /* made again */
    g_autoptr(GPtrArray) all = NULL, plans = NULL;
    assert_ok((all = care_order_of_client(desk->worker, desk->client, &error)));
    assert_int_equal(all->len, 1);
    const CareOrder *kept = all->pdata[0];
    assert_string_equal(kept->provider, "Boendestöd Norr");
    assert_string_equal(kept->contact, session_staff_name(desk->officer));
    assert_int_equal(kept->plan_due, clock_today() + IMPLEMENTATION_DAYS);
    assert_int_equal(kept->sent, DATE_NONE);
    assert_ok((plans = implementation_of_client(desk->worker, desk->client, &error)));
    assert_int_equal(plans->len, 1);
    assert_string_equal(((const Implementation *)plans->pdata[0])->provider, "Boendestöd Norr");
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-12-06'"), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND note LIKE '%Boendestöd Norr%'"), 1);
    assert_int_equal(logged(desk->lead, "create", "care_order"), 1);
    assert_int_equal(logged(desk->lead, "create", "implementation"), 1);
}

static void the_unit_says_how_many_days(void **state)
{
    const Desk *desk = *state;
    gint64 days = 0;
    assert_fails(implementation_set_days(desk->worker, 21, &error), ERROR_DENIED);
    assert_fails(implementation_set_days(desk->lead, 0, &error), ERROR_INPUT);
    assert_fails(implementation_set_days(desk->lead, 366, &error), ERROR_INPUT);
    assert_ok(implementation_set_days(desk->lead, 21, &error));
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = order_of(desk, decision);
    assert_int_equal(order->plan_due, clock_today() + 21);
    assert_ok(implementation_set_days(desk->lead, -1, &error));
    assert_ok(implementation_days(desk->worker, &days, &error));
    assert_int_equal(days, 14);
}

static void it_is_sent_and_a_later_correction_shows(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = order_of(desk, decision);
    g_autofree char *not_sent = care_order_words(order, decision);
    assert_string_equal(not_sent, "not sent");
    assert_fails(care_order_send(desk->worker, order->id, clock_today(), &error), ERROR_DENIED);
    assert_fails(care_order_send(desk->officer, order->id, clock_today() + 1, &error), ERROR_INPUT);
    assert_fails(care_order_send(desk->officer, order->id, clock_today() - 1, &error), ERROR_INPUT);
    assert_fails(care_order_send(desk->officer, order->id, DATE_NONE, &error), ERROR_INPUT);
    assert_ok(care_order_send(desk->officer, order->id, clock_today(), &error));
    g_autoptr(CareOrder) sent = order_now(desk, order->id);
    g_autofree char *words = care_order_words(sent, decision);
    assert_string_equal(words, "sent 2026-11-22");
    decision->month_minutes = 600;
    assert_ok(decision_change(desk->officer, decision, NULL, &error));
    g_autofree char *since = care_order_words(sent, decision);
    assert_string_equal(since, "sent 2026-11-22, the decision corrected since");
    assert_ok(care_order_send(desk->officer, order->id, clock_today(), &error));
    g_autoptr(CareOrder) again = order_now(desk, order->id);
    g_autofree char *now = care_order_words(again, decision);
    assert_string_equal(now, "sent 2026-11-22");
    assert_int_equal(logged(desk->lead, "send", "care_order"), 2);
}

static void a_change_moves_the_plan_that_is_awaited(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = order_of(desk, decision);
    order->plan_due = date_parse("2026-12-20");
    order->sent = clock_today();
    assert_ok(care_order_change(desk->officer, order, &error));
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS " AND due_date = '2026-12-20'"), 1);
    g_autoptr(CareOrder) now = order_now(desk, order->id);
    assert_int_equal(now->version, 2);
    assert_int_equal(now->sent, clock_today());
    assert_int_equal(now->sent_version, 1);
    order->words = g_strdup("x");
    assert_fails(care_order_change(desk->officer, order, &error), ERROR_CONFLICT);
    assert_ok(care_order_change(desk->officer, now, &error)); /* nothing */
    assert_int_equal(logged(desk->lead, "change", "care_order"), 1);
}

static void what_was_sent_is_kept(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = order_of(desk, decision);
    assert_ok(care_order_send(desk->officer, order->id, clock_today(), &error));
    assert_fails(care_order_remove(desk->officer, order->id, &error), ERROR_INPUT);
    assert_fails(decision_take_away(desk->officer, desk->client, decision->id, &error),
                 ERROR_INPUT);
    g_autoptr(CareOrder) mistake = order_of(desk, decision);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 2);
    assert_fails(care_order_remove(desk->worker, mistake->id, &error), ERROR_DENIED);
    assert_ok(care_order_remove(desk->officer, mistake->id, &error));
    assert_ok(care_order_remove(desk->officer, mistake->id, &error)); /* gone already */
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 1);
    assert_int_equal(logged(desk->lead, "remove", "care_order"), 1);
}

/* A decision that was a mistake takes what nobody has got with it. */
static void a_decision_goes_with_its_orders(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) decision = decide(desk, "granted");
    care_order_free(order_of(desk, decision));
    g_autoptr(Implementation) plan = implementation_new(desk->client, decision->id);
    plan->due = clock_today() + 14;
    assert_ok(implementation_add(desk->officer, plan, &error));
    assert_ok(decision_take_away(desk->officer, desk->client, decision->id, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM care_order"), 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM implementation"), 0);
    assert_int_equal(fixture_int(desk->lead, OPEN_TASKS), 0);
}

static void what_cannot_be_is_refused(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Decision) granted = decide(desk, "granted"), refused = decide(desk, "refused");
    g_autoptr(CareOrder) order = NULL;
    assert_fails(care_order_new(desk->officer, refused, &error) != NULL, ERROR_INPUT);
    assert_ok((order = care_order_new(desk->officer, granted, &error)));
    order->decision_id = refused->id;
    assert_fails(care_order_add(desk->officer, order, &error), ERROR_INPUT);
    order->decision_id = granted->id;
    assert_fails(care_order_add(desk->worker, order, &error), ERROR_DENIED);
    order->plan_due = order->ordered - 1;
    assert_fails(care_order_add(desk->officer, order, &error), ERROR_INPUT);
    order->plan_due = order->ordered;
    order->sent = clock_today() + 1;
    assert_fails(care_order_add(desk->officer, order, &error), ERROR_INPUT);
    order->sent = DATE_NONE;
    g_clear_pointer(&order->provider, g_free);
    assert_fails(care_order_add(desk->officer, order, &error), ERROR_INPUT);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM care_order"), 0);
}

static void put(char **values, int row, const char *text)
{
    g_free(values[row]);
    values[row] = g_strdup(text);
}

static void rows_are_read(void **state)
{
    const Desk *desk = *state;
    const char *faults[ORDER_ROW_COUNT];
    g_autoptr(Decision) decision = decide(desk, "granted");
    g_autoptr(CareOrder) order = NULL;
    assert_ok((order = care_order_new(desk->officer, decision, &error)));
    g_auto(GStrv) values = care_order_rows_values(order);
    assert_string_equal(values[ORDER_ROW_PROVIDER], session_unit_name(desk->officer));
    assert_string_equal(values[ORDER_ROW_DUE], "2026-12-06");
    put(values, ORDER_ROW_ORDERED, "20/11");
    put(values, ORDER_ROW_DUE, "");
    put(values, ORDER_ROW_AIMS, " Egen ekonomi. ");
    assert_true(care_order_rows_take(values, 10, order, faults));
    assert_int_equal(order->ordered, date_parse("2026-11-20"));
    assert_int_equal(order->plan_due, date_parse("2026-11-30"));
    assert_string_equal(order->aims, "Egen ekonomi.");
    const struct {
        int row;
        const char *typed;
    } wrong[] = {{ORDER_ROW_PROVIDER, " "},      {ORDER_ROW_ORDERED, "sedan"},
                 {ORDER_ROW_DUE, "2026-11-01"},  {ORDER_ROW_SENT, "2026-11-23"},
                 {ORDER_ROW_SENT, "2026-11-01"}, {ORDER_ROW_SENT, "sedan"}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *before = g_strdup(values[wrong[i].row]);
        put(values, wrong[i].row, wrong[i].typed);
        assert_false(care_order_rows_take(values, 10, order, faults));
        assert_non_null(faults[wrong[i].row]);
        put(values, wrong[i].row, before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(it_is_ordered_and_the_plan_awaited),
        COMPLETION_TEST(the_unit_says_how_many_days),
        COMPLETION_TEST(it_is_sent_and_a_later_correction_shows),
        COMPLETION_TEST(a_change_moves_the_plan_that_is_awaited),
        COMPLETION_TEST(what_was_sent_is_kept),
        COMPLETION_TEST(a_decision_goes_with_its_orders),
        COMPLETION_TEST(what_cannot_be_is_refused),
        COMPLETION_TEST(rows_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
