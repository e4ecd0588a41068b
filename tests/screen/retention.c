/* retention.c: whom to delete (gallring) on the full screen: proposed by one, looked through row by
 * row, confirmed by another, carried out. Issue 10. */
#include "care/client/retention.h"
#include "base/clock.h"
#include "care/client/client.h"
#include "tests/screen/fixture.h"

#define RETENTION PRESS_F5 "x"
/* What a terminal answers, which is no key: an Esc before it is known at once to be alone. */
#define NO_KEY "\033]0;\a"
static const HarnessOptions IN_2032 = {.now = "2032-03-01T10:00"};

static void set_clock(const char *now)
{
    g_setenv("DAGSFORM_NOW", now, TRUE);
    assert_true(clock_init(NULL));
}

static void add_client(Session *session, const char *name, const char *number,
                       Protection protection)
{
    g_autoptr(Client) client = client_new();
    g_autoptr(GError) error = NULL;
    client->name = g_strdup(name);
    client->number = g_strdup(number);
    client->protection = protection;
    client->birth_date = date_parse("1999-09-14");
    if (!client_add(session, client, &error))
        fail_msg("%s", error->message);
}

/* A unit in the place of the demo, with a team lead and a case officer, in which nothing has been
 * noted since November 2026. The team lead is not named for Siv. */
static char *old_unit(void)
{
    char *folder = fixture_folder();
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *keys = g_build_filename(folder, "demo.keys", NULL);
    g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
    assert_int_equal(g_unlink(database), 0);
    assert_int_equal(g_unlink(keys), 0);
    harness_folder_write(folder, "passphrase", DEMO_PASSPHRASE "\n");
    g_free(harness_command(folder, "init", "--db", database, "--unit", "Boendestöd Söder", "--user",
                           "led", "--role", "team-lead", "--passphrase-file", passphrase, NULL));
    g_free(harness_command(folder, "user", "add", "hand", "--role", "case-officer", "--name",
                           "Hanna Ek", "--db", database, "--user", "led", "--passphrase-file",
                           passphrase, "--new-passphrase-file", passphrase, NULL));
    set_clock(FIXTURE_NOW);
    g_autoptr(Session) session = fixture_session(folder, "hand");
    add_client(session, "Emil Ärlig", "B1", PROTECTION_NONE);
    add_client(session, "Klara Östlund", "B2", PROTECTION_NONE);
    add_client(session, "Yusuf Essen", "B3", PROTECTION_NONE);
    add_client(session, "Siv Skyddad", "B4", PROTECTION_MARKED);
    return folder;
}

static Harness *open_as(const char *folder, const char *login, const char *language)
{
    HarnessOptions options = IN_2032;
    options.language = language;
    Harness *harness = fixture_open(folder, login, &options);
    harness_keys(harness, RETENTION);
    return harness;
}

/* --- what is seen ----------------------------------------------------------------------------- */

static void show(Harness *harness, const char *language)
{
    fixture_goldens(harness, "retention-none", language);
    harness_keys(harness, "n");
    fixture_goldens(harness, "retention-municipality", language);
    harness_keys(harness, "0126" PRESS_ENTER);
    fixture_goldens(harness, "retention", language);
    harness_keys(harness, "b");
    fixture_goldens(harness, "retention-keep", language);
    harness_keys(harness, "Mål i domstol" PRESS_TAB "2033-01-10" PRESS_CTRL_S PRESS_DOWN);
    fixture_goldens(harness, "retention-kept", language);
    harness_keys(harness, PRESS_ESCAPE);
    fixture_goldens(harness, "retention-tasks", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = old_unit();
        Harness *harness = open_as(folder, "led", LANGUAGES[i]);
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* --- the way of a year ------------------------------------------------------------------------ */

/* Proposed by the team lead, confirmed by the case officer, who sees one more. */
static void two_carry_it_out(void **unused)
{
    (void)unused;
    char *folder = old_unit();
    Harness *harness = open_as(folder, "led", "sv");
    harness_keys(harness, "n126" PRESS_ENTER);
    fixture_sees(harness, "fyra siffror");
    fixture_caret_on(harness, "126");
    harness_keys(harness, PRESS_CTRL_U "0126" PRESS_ENTER);
    fixture_sees(harness, "Förslaget är gjort.");
    assert_false(harness_text_contains(harness, "Siv Skyddad"));
    harness_keys(harness, PRESS_F8 "j");
    fixture_sees(harness, "bekräftar det inte");
    harness_keys(harness, PRESS_F7 "j");
    fixture_sees(harness, "Ingen är bekräftad.");
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM client"), 4);
    harness_stop(harness);

    harness = open_as(folder, "hand", "sv");
    fixture_sees(harness, "Siv Skyddad");
    harness_keys(harness, PRESS_F8 "n");
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM retention_row WHERE confirmed_by > 0"), 0);
    harness_keys(harness, PRESS_F8 "j");
    fixture_sees(harness, "4 brukare är bekräftade.");
    harness_keys(harness, PRESS_F7 "n");
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM client"), 4);
    harness_keys(harness, PRESS_F7 "j");
    fixture_sees(harness, "4 brukare är gallrade.");
    fixture_sees(harness, "Ingen är med i årets förslag.");
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM client"), 0);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What a colleague changes while the question stands is not confirmed unseen. */
static void what_has_changed_since_is_not_confirmed(void **unused)
{
    (void)unused;
    char *folder = old_unit();
    Harness *harness = open_as(folder, "led", "sv");
    harness_keys(harness, "n0126" PRESS_ENTER);
    harness_stop(harness);
    harness = open_as(folder, "hand", "sv");
    harness_keys(harness, PRESS_F8);
    {
        set_clock("2032-03-01T10:00");
        g_autoptr(Session) session = fixture_session(folder, "led");
        g_autoptr(GPtrArray) found = client_list(session, "emil", FALSE, NULL, 1, NULL);
        assert_true(retention_keep(session, ((const ClientRow *)found->pdata[0])->id, "Mål.",
                                   date_parse("2033-01-10"), NULL));
    }
    harness_keys(harness, "j");
    fixture_sees(harness, "Gå igenom det igen.");
    fixture_sees(harness, "Mål.");
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM retention_row WHERE confirmed_by > 0"), 0);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Esc stops between two clients; the rest is deleted another time. */
static void esc_stops_between_two(void **unused)
{
    (void)unused;
    char *folder = old_unit();
    Harness *harness = open_as(folder, "led", "sv");
    harness_keys(harness, "n0126" PRESS_ENTER);
    harness_stop(harness);
    harness = open_as(folder, "hand", "sv");
    harness_keys(harness, PRESS_F8 "j");
    harness_burst(harness, PRESS_F7 "j" PRESS_ESCAPE NO_KEY);
    fixture_sees(harness, "Avbrutet.");
    const gint64 left = fixture_count(folder, "SELECT COUNT(*) FROM client");
    assert_in_range(left, 1, 4);
    harness_keys(harness, PRESS_F7 "j");
    g_autofree char *rest = g_strdup_printf("%d brukare är", (int)left);
    fixture_sees(harness, rest);
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM client"), 0);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* --- keeping one ------------------------------------------------------------------------------ */

/* What is typed outlives a kill, is offered again, and is said to be wrong where it is. */
static void the_reason_is_not_lost(void **unused)
{
    (void)unused;
    char *folder = old_unit();
    Harness *harness = open_as(folder, "led", "sv");
    harness_keys(harness, "n0126" PRESS_ENTER "bMål i kammarrätten");
    harness_stop(harness);
    harness = open_as(folder, "led", "sv");
    harness_keys(harness, "b" PRESS_ENTER);
    fixture_sees(harness, "Mål i kammarrätten");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Säg från vilken dag");
    harness_keys(harness, PRESS_CTRL_U "i går" PRESS_CTRL_S);
    fixture_sees(harness, "Säg från vilken dag");
    harness_keys(harness, PRESS_CTRL_U "2033-01-10" PRESS_CTRL_S);
    fixture_sees(harness, "Behålls.");
    fixture_sees(harness, "Mål i kammarrätten");
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM draft"), 0);
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM retention_row WHERE kept_by > 0"),
                     1);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* From Clients as well, and a support worker is told who may. */
static void reached_from_clients_too(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, PRESS_F3 "\007");
    fixture_sees(harness, "Inget förslag är gjort än.");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Brukare");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, RETENTION);
    assert_false(harness_text_contains(harness, "Inget förslag är gjort än."));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(two_carry_it_out),
        cmocka_unit_test(what_has_changed_since_is_not_confirmed),
        cmocka_unit_test(esc_stops_between_two),
        cmocka_unit_test(the_reason_is_not_lost),
        cmocka_unit_test(reached_from_clients_too),
    };
    return cmocka_run_group_tests_name("retention", tests, fixture_make, fixture_remove);
}
