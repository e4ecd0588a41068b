/* Whom the unit may be about to lose: the card, the plan and a task one key away. */
#include "care/visit/at_risk.h"
#include "care/client/client.h"
#include "care/task/task.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "exchange/risk_report.h"
#include "tests/screen/fixture.h"

/* The last visits of two clients are called off. */
static void call_off(Session *session, const char *client, int visits)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = client_list(session, client, FALSE, NULL, 1, &error);
    const VisitQuery query = {.to = date_parse("2026-11-22"),
                              .client_id = ((const ClientRow *)rows->pdata[0])->id,
                              .outcome = -1,
                              .stand_in = STAND_IN_NOT,
                              .backwards = TRUE};
    g_autoptr(GPtrArray) latest = visit_list(session, &query, NULL, visits, &error);
    assert_int_equal(latest->len, visits);
    for (guint i = 0; i < latest->len; i++) {
        const Visit *visit = latest->pdata[i];
        VisitOutcome what;
        visit_outcome_init(&what);
        what.outcome = OUTCOME_CANCELLED;
        if (!visit_record(session, visit->id, visit->version, &what, NULL, NULL, &error))
            fail_msg("%s", error->message);
    }
}

static char *folder_at_risk(void)
{
    char *folder = fixture_folder();
    g_autoptr(Session) session = fixture_session(folder, "led");
    call_off(session, "adam ahmadi", 5);
    call_off(session, "maria bäckman", 4);
    return folder;
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3l");
    fixture_goldens(harness, "at-risk", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = folder_at_risk();
        Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.language = LANGUAGES[i]});
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* The screen has what dagsform report risk says. New. */
static char *first_line(const char *folder, char **name)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GPtrArray) rows = at_risk_list(session, FALSE, NULL, NULL);
    assert_true(rows->len > 1);
    const AtRisk *first = rows->pdata[0];
    *name = g_strdup(first->client_name);
    return risk_report_line(first);
}

static void a_task_is_one_key_away(void **unused)
{
    (void)unused;
    char *folder = folder_at_risk();
    g_autofree char *name = NULL, *line = first_line(folder, &name);
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.language = "en"});
    harness_keys(harness, "3l");
    fixture_caret_on(harness, name);
    fixture_sees(harness, "Nobody has the task to get in touch yet.");
    harness_keys(harness, "t");
    fixture_sees(harness, "the task to get in touch within a week");
    fixture_caret_on(harness, "yes");
    harness_keys(harness, "t");
    fixture_sees(harness, "There is a task to get in touch already.");
    harness_keys(harness, "p");
    fixture_sees(harness, "has no plan for days when it is hard to meet.");
    harness_stop(harness);
    g_autofree char *other = NULL, *now = first_line(folder, &other);
    assert_string_equal(other, name);
    assert_string_not_equal(now, line);
    harness_folder_remove(folder);
}

/* A support worker begins with those of their own; an administrator sees nobody. */
static void by_role(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *stod = fixture_open(folder, "stod", NULL);
    harness_keys(stod, "3l");
    fixture_sees(stod, "Dina: tre besök i rad");
    harness_keys(stod, "m");
    assert_false(harness_text_contains(stod, "Dina: tre besök"));
    fixture_sees(stod, "Tre besök i rad");
    harness_stop(stod);
    Harness *admin = fixture_open(folder, "admin", NULL);
    harness_keys(admin, "3l");
    assert_false(harness_text_contains(admin, "Tre besök i rad"));
    harness_stop(admin);
    harness_folder_remove(folder);
}

/* Whose card is closed is counted and not named. */
static void a_protected_client_is_left_out(void **unused)
{
    (void)unused;
    char *folder = folder_at_risk();
    g_autofree char *name = NULL, *line = first_line(folder, &name);
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        g_autoptr(GPtrArray) rows = at_risk_list(session, FALSE, NULL, NULL);
        g_autoptr(Client) client =
            client_open(session, ((const AtRisk *)rows->pdata[0])->client_id, NULL);
        client->protection = PROTECTION_MARKED;
        client->support_worker_id = client->case_officer_id = 0;
        assert_true(client_change(session, client, NULL));
    }
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "3l");
    fixture_sees(harness, "1 person visas inte, eftersom du inte får öppna kortet.");
    assert_false(harness_text_contains(harness, name));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_task_is_one_key_away),
        cmocka_unit_test(by_role),
        cmocka_unit_test(a_protected_client_is_left_out),
    };
    return cmocka_run_group_tests_name("at-risk", tests, fixture_make, fixture_remove);
}
