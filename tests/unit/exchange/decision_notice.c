/* decision_notice.c: what is decided is told on paper, with the reasons and how it is appealed.
 * Issue 11. */
#include "exchange/decision_notice.h"

#include "care/client/client.h"
#include "care/client/client_event.h"
#include "care/completion/decision_entry.h"
#include "care/unit/session_private.h"
#include "tests/unit/care/fixture.h"
#include "tests/unit/exchange/fixture_paper.h"

typedef struct {
    Fixture unit;
    gint64 client, decision;
} Noticed;

static gint64 decide(Session *session, gint64 client)
{
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client;
    decision->kind = g_strdup("partly-refused");
    decision->law = g_strdup("sol-2025");
    decision->section = g_strdup("11 kap. 1 §");
    decision->support = g_strdup("housing-support");
    decision->reasons = g_strdup("Mer än två gånger i veckan behövs inte nu.");
    decision->delegation = g_strdup("punkt 4.2");
    decision->decided_by = g_strdup("Harriet Ek");
    decision->decided_on = decision->valid_from = clock_today();
    decision->valid_to = date_parse("2027-11-30");
    decision->month_minutes = 20 * 60 + 30;
    assert_ok(decision_enter(session, decision, NULL, &error));
    return decision->id;
}

static gint64 client_of(Session *session, Protection protection)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Emil Ärlig");
    client->id_number = g_strdup("200008312399");
    client->id_kind = ID_PERSONNUMMER;
    client->protection = protection;
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static int setup(void **state)
{
    Noticed *noticed = g_new0(Noticed, 1);
    fixture_start(&noticed->unit);
    fixture_make_anew(&noticed->unit, ROLE_CASE_OFFICER);
    use_build_share();
    *state = noticed;
    return 0;
}

static int teardown(void **state)
{
    Noticed *noticed = *state;
    fixture_end(&noticed->unit);
    g_free(noticed);
    return 0;
}
#define NOTICE_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* The text of the paper. New. */
static char *paper_of(Noticed *noticed, Protection protection)
{
    Session *session = noticed->unit.session;
    g_autofree char *path = g_build_filename(noticed->unit.folder, "beslut.pdf", NULL);
    noticed->client = client_of(session, protection);
    noticed->decision = decide(session, noticed->client);
    g_autoptr(DecisionNotice) notice = NULL;
    assert_ok((notice = decision_notice_new(session, noticed->client, noticed->decision, &error)));
    assert_ok(decision_notice_log(notice, session, &error));
    assert_ok(decision_notice_write(notice, FALSE, path, &error));
    assert_fails(decision_notice_write(notice, FALSE, path, &error), ERROR_EXISTS);
    return run_tool((const char *[]){"pdftotext", "-layout", path, "-", NULL});
}

static void has(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("\"%s\" is not on the paper:\n%s", wanted, text);
}

static void it_says_what_why_by_whom_and_how_to_appeal(void **state)
{
    Noticed *noticed = *state;
    g_autofree char *text = paper_of(noticed, PROTECTION_NONE);
    const char *const wanted[] = {"Emil Ärlig",
                                  "20000831-2399",
                                  "Delvis avslag",
                                  "Boendestöd",
                                  "2027-11-30",
                                  "20 h 30 min",
                                  "SoL (2025:400), 11 kap. 1 §",
                                  "Harriet Ek",
                                  "punkt 4.2",
                                  "Mer än två gånger i veckan behövs inte nu.",
                                  "överklaga",
                                  "tre veckor"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        has(text, wanted[i]);
    assert_int_equal(fixture_int(noticed->unit.session,
                                 "SELECT COUNT(*) FROM audit WHERE entity = 'decision'"
                                 " AND action = 'export'"),
                     1);
}

/* Nobody is to take a paper of a demo for a decision. */
static void of_a_demo_it_says_so(void **state)
{
    Noticed *noticed = *state;
    noticed->unit.session->demo = TRUE;
    g_autofree char *text = paper_of(noticed, PROTECTION_NONE);
    has(text, "Det här är en demo");
}

/* Whoever has got the notice before sees that this one is another. */
static void a_correction_is_told(void **state)
{
    Noticed *noticed = *state;
    Session *session = noticed->unit.session;
    g_autofree char *before = paper_of(noticed, PROTECTION_NONE);
    assert_null(strstr(before, "Rättat den"));
    g_autoptr(Decision) decision = NULL;
    assert_ok((decision = decision_get(session, noticed->decision, &error)));
    decision->month_minutes = 12 * 60;
    assert_ok(decision_change(session, decision, NULL, &error));
    g_autofree char *path = g_build_filename(noticed->unit.folder, "igen.pdf", NULL);
    g_autoptr(DecisionNotice) notice = NULL;
    assert_ok((notice = decision_notice_new(session, noticed->client, noticed->decision, &error)));
    assert_ok(decision_notice_write(notice, FALSE, path, &error));
    g_autofree char *after = run_tool((const char *[]){"pdftotext", "-layout", path, "-", NULL});
    has(after, "Rättat den");
    has(after, "2026-11-22");
}

/* In the client's log it has words. */
static void the_log_names_it(void **state)
{
    (void)state;
    assert_string_equal(client_event_name("decision", "export"), "skrev ett beslut på papper");
    assert_string_equal(client_event_name("care_order", "export"),
                        "skrev en beställning på papper");
    assert_string_equal(client_event_name("implementation", "export"),
                        "skrev till utföraren att en plan är sen");
}

static void no_number_of_protected_identity_is_on_it(void **state)
{
    g_autofree char *text = paper_of(*state, PROTECTION_MARKED);
    has(text, "Emil Ärlig");
    assert_null(strstr(text, "2399"));
}

/* A matter that is to be decided is no decision. */
static void nothing_decided_is_no_notice(void **state)
{
    Noticed *noticed = *state;
    Session *session = noticed->unit.session;
    const gint64 client = client_of(session, PROTECTION_NONE), id = decide(session, client);
    assert_ok(db_run(session_db(session), "UPDATE decision SET decided_on = NULL", NULL, &error));
    g_autoptr(DecisionNotice) none = NULL;
    assert_fails((none = decision_notice_new(session, client, id, &error)) != NULL, ERROR_INPUT);
    assert_fails((none = decision_notice_new(session, client, id + 1, &error)) != NULL,
                 ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NOTICE_TEST(it_says_what_why_by_whom_and_how_to_appeal),
        NOTICE_TEST(of_a_demo_it_says_so),
        NOTICE_TEST(a_correction_is_told),
        NOTICE_TEST(the_log_names_it),
        NOTICE_TEST(no_number_of_protected_identity_is_on_it),
        NOTICE_TEST(nothing_decided_is_no_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
