/* Access by need and the log: a support worker gives a reason for a colleague's client, and the
 * team lead sees who has opened whose card, looks the reasons through and signs the month's sample.
 */
#include "tests/screen/fixture.h"

#include "base/clock.h"
#include "care/client/client.h"
#include "care/client/client_reason.h"

/* A colleague's client, as the demo has it; Theo Ek is signed in as `stod`. */
#define COLLEAGUES PRESS_F3 "B1116" PRESS_ENTER

/* --- giving a reason -------------------------------------------------------------------------- */

static void show_reason(Harness *harness, const char *language)
{
    harness_keys(harness, COLLEAGUES);
    fixture_goldens(harness, "client-reason", language);
    harness_keys(harness, "5");
    fixture_goldens(harness, "client-reason-words", language);
}

static void the_reason_at_every_size(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show_reason);
}

/* Two keys open it for the day; Esc opens nothing. */
static void two_keys_open_it_for_the_day(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, COLLEAGUES PRESS_ESCAPE);
    fixture_sees(harness, "Anders Ahlström");
    assert_false(harness_text_contains(harness, "Brukare · Anders"));
    harness_keys(harness, PRESS_ENTER "4");
    fixture_sees(harness, "Brukare · Anders Ahlström");
    harness_keys(harness, PRESS_ESCAPE PRESS_ENTER);
    fixture_sees(harness, "Brukare · Anders Ahlström");
    harness_stop(harness);
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM client_reason WHERE reason = 'called'"), 1);
    harness_folder_remove(folder);
}

/* Words that cannot be taken stand there again. */
static void words_are_not_lost(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, COLLEAGUES "5" PRESS_ENTER);
    fixture_sees(harness, "Säg med några ord");
    harness_keys(harness, "Branden i huset ");
    for (int i = 0; i < 20; i++)
        harness_keys(harness, "igen igen ");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Skälet är längre än 200 tecken.");
    fixture_sees(harness, "igen igen");
    harness_keys(harness, PRESS_CTRL_U "Branden" PRESS_ENTER);
    fixture_sees(harness, "Brukare · Anders Ahlström");
    harness_stop(harness);
    assert_int_equal(fixture_count_of(folder, "SELECT words, id FROM client_reason", "Branden"), 1);
    harness_folder_remove(folder);
}

/* --- the log ---------------------------------------------------------------------------------- */

/* In October and in November a support worker opens their own client and a colleague's. */
static void lay_openings(const char *folder)
{
    static const char *const moments[] = {"2026-10-20T09:00", "2026-11-20T09:00"};
    for (gsize i = 0; i < G_N_ELEMENTS(moments); i++) {
        g_autofree char *before = g_strdup(g_getenv("DAGSFORM_NOW"));
        g_setenv("DAGSFORM_NOW", moments[i], TRUE);
        g_autoptr(GError) error = NULL;
        assert_true(clock_init(&error));
        g_autoptr(Session) session = fixture_session(folder, "stod");
        g_autoptr(GPtrArray) own = client_list(session, "bäckman", FALSE, NULL, 1, &error);
        g_autoptr(GPtrArray) other = client_list(session, "ahlström", FALSE, NULL, 1, &error);
        const ClientRow *mine = own->pdata[0], *theirs = other->pdata[0];
        g_autoptr(Client) first = client_open(session, mine->id, &error);
        assert_non_null(first);
        assert_true(client_give_reason(session, theirs->id, REASON_STAND_IN, NULL, &error));
        g_autoptr(Client) second = client_open(session, theirs->id, &error);
        assert_non_null(second);
        if (before != NULL)
            g_setenv("DAGSFORM_NOW", before, TRUE);
        else
            g_unsetenv("DAGSFORM_NOW");
        assert_true(clock_init(&error));
    }
}

static void show_log(Harness *harness, const char *language)
{
    harness_keys(harness, "7");
    fixture_goldens(harness, "log", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "log-openings", language);
    harness_keys(harness, PRESS_ESCAPE "s");
    fixture_goldens(harness, "log-reasons", language);
    harness_keys(harness, PRESS_ESCAPE "m");
    fixture_goldens(harness, "log-sample", language);
}

static void the_log_at_every_size(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        lay_openings(folder);
        Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.language = LANGUAGES[i]});
        show_log(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* The reasons one by one and the sample with what was found; then nothing waits, here nor in To do.
 */
static void it_is_looked_through_and_signed(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    lay_openings(folder);
    Harness *harness = fixture_open(folder, "led", NULL);
    fixture_sees(harness, "Att gå igenom: 2 skäl");
    harness_keys(harness, "4");
    fixture_sees(harness, " 2026-10. 7 går dit.");
    harness_keys(harness, "7s"
                          "gg");
    fixture_sees(harness, "Här finns inget att gå igenom.");
    harness_keys(harness, PRESS_ESCAPE "m");
    fixture_sees(harness, "Anders Ahlström");
    harness_keys(harness, PRESS_F8 "Allt var i sin ordning" PRESS_ENTER);
    fixture_sees(harness, "Stickprovet är signerat.");
    fixture_sees(harness, ": Allt var");
    /* The months before can be read back to, and what was found in them; the one that lasts cannot.
     */
    harness_keys(harness, PRESS_RIGHT);
    fixture_sees(harness, "dras när den är slut");
    harness_keys(harness, PRESS_LEFT);
    fixture_sees(harness, "Stickprovet för 2026-09.");
    harness_keys(harness, PRESS_RIGHT);
    fixture_sees(harness, ": Allt var");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Inget väntar på att gås igenom.");
    harness_keys(harness, "4");
    fixture_sees(harness, "· Att göra");
    assert_false(harness_text_contains(harness, "7 går dit"));
    harness_stop(harness);
    assert_int_equal(fixture_count(folder, "SELECT COUNT(*) FROM log_review"), 1);
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM client_reason WHERE seen_ms IS NULL"), 0);
    harness_folder_remove(folder);
}

/* Others are told who may. */
static void others_are_told_who_may(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "7");
    fixture_sees(harness, "Fråga gruppledaren.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reason_at_every_size),
        cmocka_unit_test(two_keys_open_it_for_the_day),
        cmocka_unit_test(words_are_not_lost),
        cmocka_unit_test(the_log_at_every_size),
        cmocka_unit_test(it_is_looked_through_and_signed),
        cmocka_unit_test(others_are_told_who_may),
    };
    return cmocka_run_group_tests_name("log", tests, fixture_make, fixture_remove);
}
