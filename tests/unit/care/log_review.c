/* log_review: who has opened whose card, by colleague, and the sample of a month that is signed. */
#include "care/client/log_review.h"

#include "care/client/client_reason.h"
#include "tests/unit/care/fixture_response.h"

static void at(const char *now)
{
    set_clock(now);
    assert_ok(clock_init(&error));
}

static void opens(Session *session, gint64 client)
{
    g_autoptr(Client) card = NULL;
    assert_ok((card = client_open(session, client, &error)));
}

static void test_by_colleague(void **state)
{
    const Desk *desk = *state;
    at("2026-11-20T09:00");
    opens(desk->worker, desk->client);
    opens(desk->worker, desk->client);
    opens(desk->officer, desk->client);
    opens(desk->officer, desk->visits.other);
    at("2026-11-22T23:59");
    opens(desk->officer, desk->visits.other);
    at("2026-11-23T00:00");
    opens(desk->officer, desk->visits.other);
    const Date from = date_parse("2026-11-20"), to = date_parse("2026-11-22");
    assert_fails(log_colleagues(desk->worker, from, to, &error), ERROR_DENIED);
    assert_fails(log_colleagues(desk->officer, from, to, &error), ERROR_DENIED);
    assert_fails(log_openings(desk->officer, session_staff_id(desk->officer), from, to, 9, &error),
                 ERROR_DENIED);
    g_autoptr(GPtrArray) all = NULL, hers = NULL;
    assert_ok((all = log_colleagues(desk->lead, from, to, &error)));
    assert_int_equal(all->len, 2);
    const LogColleague *first = all->pdata[0], *second = all->pdata[1];
    assert_string_equal(first->name, "harriet");
    assert_int_equal(first->openings, 3);
    assert_int_equal(first->clients, 2);
    assert_int_equal(second->openings, 2);
    assert_int_equal(second->clients, 1);
    assert_ok((hers = log_openings(desk->lead, first->staff_id, from, to, 2, &error)));
    assert_int_equal(hers->len, 2);
    assert_string_equal(((const LogOpening *)hers->pdata[0])->client_name, "Yusuf Essen");
    assert_string_equal(((const LogOpening *)hers->pdata[0])->what, "opened the card");
    assert_int_equal(fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'look'"
                                             " AND entity = 'audit'"),
                     2);
    at("2026-11-22T10:00");
}

/* The reason stands beside what was opened for it, and neither before nor the day after. */
static void test_reason_beside_it(void **state)
{
    const Desk *desk = *state;
    make_own(desk->lead, desk->client, desk->officer);
    const Date from = date_parse("2026-11-20"), to = date_parse("2026-11-22");
    at("2026-11-20T23:00");
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_OTHER, "Brand", &error));
    opens(desk->worker, desk->client);
    at("2026-11-21T08:00");
    make_own(desk->lead, desk->client, desk->worker);
    opens(desk->worker, desk->client);
    g_autoptr(GPtrArray) his = NULL;
    assert_ok((his = log_openings(desk->lead, session_staff_id(desk->worker), from, to, 9, &error)));
    assert_int_equal(his->len, 2);
    assert_null(((const LogOpening *)his->pdata[0])->reason);
    assert_string_equal(((const LogOpening *)his->pdata[1])->reason, "Brand");
    at("2026-11-22T10:00");
}

static guint of(const GPtrArray *sample, LogPick pick)
{
    guint count = 0;
    for (guint i = 0; i < sample->len; i++)
        count += ((const LogOpening *)sample->pdata[i])->pick == pick;
    return count;
}

/* All by rule, ten more by lot, each pair once, and the same the next time. */
static void test_sample(void **state)
{
    const Desk *desk = *state;
    at("2026-10-15T09:00");
    gint64 namesake = add_client(desk->lead, "Anna Ledare", PROTECTION_NONE);
    for (int i = 0; i < 15; i++) {
        g_autofree char *name = g_strdup_printf("Klient %c", 'A' + i);
        gint64 client = add_client(desk->lead, name, PROTECTION_NONE);
        opens(desk->officer, client);
        opens(desk->officer, client);
    }
    const DbParam *name = DB_PARAMS(DB_INT("me", session_staff_id(desk->officer)));
    assert_ok(db_run(session_db(desk->lead), "UPDATE staff SET name = 'Hanna Ledare' WHERE id = :me",
                     name, &error));
    opens(desk->officer, namesake);
    make_own(desk->lead, desk->client, desk->officer);
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_URGENT, NULL, &error));
    opens(desk->worker, desk->client);
    const Date month = date_parse("2026-10-01");
    g_autoptr(GPtrArray) sample = NULL, again = NULL;
    assert_ok((sample = log_sample(desk->lead, month, &error)));
    assert_int_equal(of(sample, PICK_NAME), 1);
    assert_int_equal(of(sample, PICK_REASON), 1);
    assert_int_equal(of(sample, PICK_LOT), LOG_LOT);
    assert_int_equal(sample->len, LOG_LOT + 2);
    assert_ok((again = log_sample(desk->lead, month, &error)));
    for (guint i = 0; i < sample->len; i++)
        assert_int_equal(((const LogOpening *)sample->pdata[i])->seq,
                         ((const LogOpening *)again->pdata[i])->seq);
    at("2026-11-22T10:00");
}

/* A month waits until it is signed, once, and not before it is over. */
static void test_signed_off(void **state)
{
    const Desk *desk = *state;
    const Date month = date_parse("2026-10-01");
    Date due = 0;
    assert_ok(log_due(desk->lead, &due, &error));
    assert_int_equal(due, DATE_NONE);
    assert_null(log_waits(desk->lead));
    at("2026-10-31T23:00");
    opens(desk->officer, desk->client);
    assert_fails(log_sign(desk->lead, month, NULL, &error), ERROR_INPUT);
    at("2026-11-01T00:10");
    assert_fails(log_sign(desk->officer, month, NULL, &error), ERROR_DENIED);
    assert_ok(log_due(desk->lead, &due, &error));
    assert_int_equal(due, month);
    assert_null(log_waits(desk->officer));
    g_autofree char *waits = log_waits(desk->lead);
    assert_string_equal(waits, "To look through: the log's sample of 2026-10.");
    assert_ok(log_sign(desk->lead, month, " Allt var\n i sin ordning ", &error));
    assert_fails(log_sign(desk->lead, month, NULL, &error), ERROR_EXISTS);
    g_auto(LogSigned) sign = {0};
    assert_ok(log_signed(desk->lead, month, &sign, &error));
    assert_string_equal(sign.found, "Allt var i sin ordning");
    assert_true(sign.signed_ms > 0);
    assert_null(log_waits(desk->lead));
    assert_int_equal(fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'sign'"), 1);
    make_own(desk->lead, desk->client, desk->officer);
    assert_ok(client_give_reason(desk->worker, desk->client, REASON_CALLED, NULL, &error));
    g_autofree char *reason = log_waits(desk->lead);
    assert_string_equal(reason, "To look through: 1 reason for opening a colleague's client.");
    assert_int_equal(fixture_faults(desk->lead, NULL), 0);
    at("2026-11-22T10:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_by_colleague),
        DESK_TEST(test_reason_beside_it),
        DESK_TEST(test_sample),
        DESK_TEST(test_signed_off),
    };
    return cmocka_run_group_tests_name("care/log_review", tests, NULL, NULL);
}
