/* consent.c: whether a consent holds, withdrawal, and what forms make of consents. */
#include "care/client/consent.h"
#include "tests/unit/care/fixture_completion.h"

/* --- whether it holds ------------------------------------------------------------------------- */

static Date day(const char *text)
{
    return text != NULL ? date_parse(text) : DATE_NONE;
}

static void test_holds(void **state)
{
    (void)state;
    const struct {
        gboolean given;
        const char *on, *ends, *withdrawn, *at;
        gboolean holds;
    } cases[] = {
        {TRUE, NULL, NULL, NULL, "2026-11-22", TRUE},
        {FALSE, NULL, NULL, NULL, "2026-11-22", FALSE},
        {TRUE, "2026-11-22", "2026-11-22", NULL, "2026-11-22", TRUE},
        {TRUE, "2026-11-23", NULL, NULL, "2026-11-22", FALSE},
        {TRUE, NULL, "2026-11-21", NULL, "2026-11-22", FALSE},
        {TRUE, "2026-11-01", "2027-11-01", "2026-11-22", "2026-11-21", TRUE},
        {TRUE, "2026-11-01", "2027-11-01", "2026-11-22", "2026-11-22", FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Consent consent = {.given = cases[i].given,
                                 .given_on = day(cases[i].on),
                                 .ends_on = day(cases[i].ends),
                                 .withdrawn_on = day(cases[i].withdrawn)};
        if (consent_holds(&consent, day(cases[i].at)) != cases[i].holds)
            fail_msg("case %zu", i);
    }
}

/* --- from forms ------------------------------------------------------------------------------- */

static GPtrArray *consents(Session *session, gint64 client)
{
    GPtrArray *all = NULL;
    assert_ok((all = consent_of_client(session, client, &error)));
    return all;
}

static const Consent *with(const GPtrArray *all, const char *actors)
{
    for (guint i = 0; i < all->len; i++) {
        const Consent *consent = g_ptr_array_index(all, i);
        if (g_strcmp0(consent->actors, actors) == 0)
            return consent;
    }
    fail_msg("no consent to share with %s", actors != NULL ? actors : "nobody");
    return NULL;
}

/* The consents of an intake, answered about a client who is there already. */
static const Given THREE[] = {
    {"samtycke-ges", "", "given"},
    {"samtycke-med", "1", "Psykiatrin"},
    {"samtycke-om", "1", "Hur jag mår"},
    {"samtycke-varfor", "1", "Samordning"},
    {"samtycke-undantag", "1", "Inte om barnen"},
    {"samtycke-form", "1", "written"},
    {"samtycke-av", "1", "guardian"},
    {"samtycke-fran", "1", "2026-11-20"},
    {"samtycke-till", "1", "2027-11-20"},
    {"samtycke-med", "2", "Vårdcentralen"},
    {"samtycke-om", "2", "Mina mediciner"},
    {"samtycke-till", "2", "2027-05-20"},
    {"samtycke-med", "3", "Mamma"},
    {"samtycke-om", "3", "Allt"},
    {"samtycke-till", "3", "2027-05-20"},
    {0},
};

static void test_of_intake(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->officer, "aktualisering", desk->client, THREE);
    g_autoptr(GPtrArray) all = consents(desk->worker, desk->client);
    assert_int_equal(all->len, 3);
    const Consent *first = with(all, "Psykiatrin");
    assert_true(first->given);
    assert_string_equal(first->scope, "Hur jag mår");
    assert_string_equal(first->purpose, "Samordning");
    assert_string_equal(first->exceptions, "Inte om barnen");
    assert_string_equal(first->form, "written");
    assert_string_equal(first->given_by, "guardian");
    assert_int_equal(first->given_on, date_parse("2026-11-20"));
    assert_int_equal(first->ends_on, date_parse("2027-11-20"));
    assert_int_equal(first->withdrawn_on, DATE_NONE);
    assert_int_equal(first->response_id, response);
    assert_int_equal(first->client_id, desk->client);
    const Consent *second = with(all, "Vårdcentralen");
    assert_null(second->purpose);
    assert_int_equal(second->given_on, DATE_NONE);
    assert_int_equal(logged(desk->lead, "create", "consent"), 3);
}

static void test_no(void **state)
{
    const struct {
        const char *form, *item, *value;
        guint rows;
    } cases[] = {
        {"aktualisering", "samtycke-ges", "refused", 1},
        {"aktualisering", "samtycke-ges", "later", 0},
        {"aktualisering", "samtycke-ges", DOES_NOT_KNOW, 0},
        {"aktualisering", "samtycke-ges", "given", 1}, /* said, with nothing more */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Desk *desk = *state;
        gint64 client = add_client(desk->lead, "Ny Person", PROTECTION_NONE);
        const Given given[] = {{"sip-blir", "", "yes-sip"},
                               {cases[i].item, "", cases[i].value},
                               /* of the intake's group these have fallen away */
                               {"samtycke-om", "1", "Allt"},
                               {0}};
        gboolean said_yes = g_str_equal(cases[i].value, "given");
        Given few[] = {given[0], given[1], said_yes ? (Given){0} : given[2], {0}};
        complete(desk->officer, cases[i].form, client, few);
        g_autoptr(GPtrArray) all = consents(desk->officer, client);
        if (all->len != cases[i].rows)
            fail_msg("case %zu: %u", i, all->len);
        if (all->len == 1)
            assert_int_equal(((Consent *)g_ptr_array_index(all, 0))->given, said_yes);
    }
}

static const Given SIP[] = {
    {"sip-blir", "", "yes-sip"},
    {"samtycke-ges", "", "true"},
    {"samtycke-med", "", "Regionen"},
    {"samtycke-om", "", "Planen"},
    {"samtycke-undantag", "", "Pengar"},
    {"samtycke-form", "", "oral"},
    {"samtycke-dag", "", "2026-11-20"},
    {"samtycke-till", "", "2027-11-20"},
    {0},
};

static void test_of_sip(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->officer, "sip", desk->client, SIP);
    gint64 id;
    {
        g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
        assert_int_equal(all->len, 1);
        const Consent *consent = with(all, "Regionen");
        assert_true(consent_holds(consent, clock_today()));
        assert_string_equal(consent->exceptions, "Pengar");
        assert_string_equal(consent->form, "oral");
        id = consent->id;
        g_autoptr(Consent) given = NULL, none = NULL;
        assert_ok(consent_of_response(desk->officer, response, &given, &error));
        assert_int_equal(given->id, id);
        assert_ok(consent_of_response(desk->officer, 0, &none, &error));
        assert_null(none);
    }
    const Given back[] = {{"samtycke-tillbaka", "", "2026-11-22"}, {0}};
    correct(desk->officer, response, back);
    g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
    assert_int_equal(all->len, 1);
    const Consent *consent = with(all, "Regionen");
    assert_int_equal(consent->id, id);
    assert_int_equal(consent->withdrawn_on, date_parse("2026-11-22"));
    assert_true(consent_holds(consent, date_parse("2026-11-21")));
    assert_false(consent_holds(consent, clock_today()));
}

/* The first repetition is taken away, the others move up: each consent stays what it was. */
static void test_correction(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->officer, "aktualisering", desk->client, THREE);
    gint64 ids[3];
    {
        g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
        ids[0] = with(all, "Psykiatrin")->id;
        ids[1] = with(all, "Vårdcentralen")->id;
        ids[2] = with(all, "Mamma")->id;
    }
    assert_ok(consent_withdraw(desk->worker, ids[2], date_parse("2026-11-21"), &error));
    const Given given[] = {{"samtycke-till", "1", "2027-01-31"}, /* Vårdcentralen */
                           {"samtycke-om", "2", "Hälsan"},       /* Mamma */
                           {"samtycke-med", "3", "Skolan"},
                           {"samtycke-om", "3", "Schemat"},
                           {0}};
    gint64 correction = correct_without(desk->officer, response, "samtycke", 1, given);
    g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
    assert_int_equal(all->len, 4);
    const Consent *gone = with(all, "Psykiatrin");
    assert_int_equal(gone->id, ids[0]);
    assert_int_equal(gone->withdrawn_on, clock_today());
    const Consent *kept = with(all, "Vårdcentralen");
    assert_int_equal(kept->id, ids[1]);
    assert_int_equal(kept->ends_on, date_parse("2027-01-31"));
    assert_int_equal(kept->withdrawn_on, DATE_NONE);
    assert_int_equal(kept->response_id, correction);
    const Consent *by_hand = with(all, "Mamma");
    assert_int_equal(by_hand->id, ids[2]);
    assert_string_equal(by_hand->scope, "Hälsan");
    assert_int_equal(by_hand->withdrawn_on, date_parse("2026-11-21"));
    assert_null(with(all, "Skolan")->purpose);
    /* Once more, without a change: nothing is doubled, nothing is logged. */
    gint64 log = logged(desk->lead, "correct", "consent");
    correct(desk->officer, correction, NULL);
    g_autoptr(GPtrArray) same = consents(desk->officer, desk->client);
    assert_int_equal(same->len, 4);
    assert_int_equal(logged(desk->lead, "correct", "consent"), log);
}

/* "No" was a mistake: the refusal goes, the log has it. */
static void test_no_becomes_yes(void **state)
{
    const Desk *desk = *state;
    const Given no[] = {{"samtycke-ges", "", "refused"}, {0}};
    gint64 response = complete(desk->officer, "aktualisering", desk->client, no);
    gint64 correction = correct(desk->officer, response, THREE);
    g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
    assert_int_equal(all->len, 3);
    assert_int_equal(logged(desk->lead, "remove", "consent"), 1);
    correct(desk->officer, correction, no);
    g_autoptr(GPtrArray) ended = consents(desk->officer, desk->client);
    assert_int_equal(ended->len, 4);
    for (guint i = 0; i < ended->len; i++)
        assert_false(consent_holds(g_ptr_array_index(ended, i), clock_today()));
    assert_sound(desk->lead);
}

/* --- reading and withdrawing ------------------------------------------------------------------ */

static void test_order(void **state)
{
    const Desk *desk = *state;
    complete(desk->officer, "aktualisering", desk->client, THREE);
    {
        g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
        assert_ok(
            consent_withdraw(desk->officer, with(all, "Psykiatrin")->id, clock_today(), &error));
    }
    complete(desk->officer, "sip", desk->client, SIP);
    g_autoptr(GPtrArray) all = consents(desk->officer, desk->client);
    assert_int_equal(all->len, 4);
    assert_string_equal(((Consent *)g_ptr_array_index(all, 0))->actors, "Regionen");
    assert_string_equal(((Consent *)g_ptr_array_index(all, 3))->actors, "Psykiatrin");
}

static void test_withdraw(void **state)
{
    const Desk *desk = *state;
    complete(desk->officer, "sip", desk->client, SIP);
    g_autoptr(GPtrArray) before = consents(desk->officer, desk->client);
    gint64 id = with(before, "Regionen")->id;
    assert_fails(consent_withdraw(desk->worker, id, clock_today() + 1, &error), ERROR_INPUT);
    assert_fails(consent_withdraw(desk->worker, id, date_parse("2026-11-19"), &error), ERROR_INPUT);
    assert_fails(consent_withdraw(desk->worker, id, DATE_NONE, &error), ERROR_INPUT);
    assert_fails(consent_withdraw(desk->worker, id + 1, clock_today(), &error), ERROR_NOT_FOUND);
    for (int twice = 0; twice < 2; twice++)
        assert_ok(consent_withdraw(desk->worker, id, clock_today(), &error));
    assert_int_equal(logged(desk->lead, "change", "consent"), 1);
    assert_ok(consent_withdraw(desk->worker, id, clock_today() - 1, &error)); /* it was yesterday */
    g_autoptr(GPtrArray) after = consents(desk->officer, desk->client);
    assert_int_equal(with(after, "Regionen")->withdrawn_on, clock_today() - 1);

    const Given no[] = {{"samtycke-ges", "", "refused"}, {0}};
    complete(desk->officer, "aktualisering", desk->visits.other, no);
    g_autoptr(GPtrArray) refusals = consents(desk->officer, desk->visits.other);
    assert_fails(consent_withdraw(desk->worker, ((Consent *)g_ptr_array_index(refusals, 0))->id,
                                  clock_today(), &error),
                 ERROR_INPUT);
}

/* Of a client with protected identity only those see it who may open the card. */
static void test_protected(void **state)
{
    const Desk *desk = *state;
    complete(desk->lead, "sip", desk->hidden, SIP);
    g_autoptr(GPtrArray) all = consents(desk->lead, desk->hidden);
    assert_int_equal(all->len, 1);
    gint64 id = with(all, "Regionen")->id;
    assert_fails(consent_of_client(desk->officer, desk->hidden, &error), ERROR_DENIED);
    assert_fails(consent_withdraw(desk->officer, id, clock_today(), &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds),     COMPLETION_TEST(test_of_intake),
        COMPLETION_TEST(test_no),         COMPLETION_TEST(test_of_sip),
        COMPLETION_TEST(test_correction), COMPLETION_TEST(test_no_becomes_yes),
        COMPLETION_TEST(test_order),      COMPLETION_TEST(test_withdraw),
        COMPLETION_TEST(test_protected),
    };
    return cmocka_run_group_tests_name("care/consent", tests, NULL, NULL);
}
