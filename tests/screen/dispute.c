/* What a client says is wrong: noted by one key from the card, a visit and a form, seen beside it,
 * and answered. */
#include "care/client/dispute.h"
#include "tests/screen/fixture_forms.h"
#include "tests/screen/fixture_kill.h"

#define FROM_CARD FORMS_CARD "t"
#define ADDRESS PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_DOWN

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FROM_CARD);
    fixture_goldens(harness, "dispute-what", language);
    harness_keys(harness, ADDRESS PRESS_ENTER);
    fixture_goldens(harness, "dispute-page", language);
    harness_keys(harness, "Jag har flyttat till Storgatan 2." PRESS_CTRL_S);
    fixture_goldens(harness, "dispute-card", language);
    harness_keys(harness, "c");
    fixture_goldens(harness, "dispute-list", language);
    harness_keys(harness, "r");
    fixture_goldens(harness, "dispute-settle", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        Harness *harness =
            fixture_open(folder, "hand", &(HarnessOptions){.language = LANGUAGES[i]});
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

static GPtrArray *kept(const char *folder)
{
    GPtrArray *all = NULL;
    g_autoptr(Session) session = fixture_session(folder, "hand");
    all = dispute_of_client(session, forms_client_id(session), NULL);
    assert_non_null(all);
    return all;
}

/* Noted by the support worker, answered by the case officer: what stands needs a reason. */
static void it_is_noted_and_answered(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FROM_CARD PRESS_ENTER);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Skriv vad personen säger.");
    harness_keys(harness, "Jag var hemma." PRESS_CTRL_S);
    fixture_sees(harness, "Det är antecknat");
    fixture_sees(harness, "“Jag var hemma.”");
    harness_keys(harness, "c");
    harness_keys(harness, "r");
    fixture_sees(harness, "handläggare");
    harness_stop(harness);
    harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "c");
    harness_keys(harness, "r");
    harness_keys(harness, "k" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv varför det står kvar");
    harness_keys(harness, "Ingen öppnade." PRESS_CTRL_S);
    fixture_sees(harness, "Svaret är sparat bredvid personens ord.");
    fixture_sees(harness, "Ingen öppnade.");
    harness_stop(harness);
    g_autoptr(GPtrArray) all = kept(folder);
    assert_int_equal(all->len, 1);
    const Dispute *dispute = all->pdata[0];
    assert_int_equal(dispute->about, DISPUTE_VISIT);
    assert_int_equal(dispute->outcome, DISPUTE_STANDS);
    harness_folder_remove(folder);
}

/* Words half typed when the program is killed stand there at the next start. */
static void a_kill_loses_no_words(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FROM_CARD ADDRESS PRESS_ENTER);
    harness_keys(harness, "Jag har flyttat");
    fixture_kill_when_kept(harness, folder, "stod", "Jag har flyttat");
    harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FROM_CARD ADDRESS PRESS_ENTER);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Jag har flyttat");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* On a form's page it stands above the answers. */
static void it_stands_above_a_form(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_make_plan(folder);
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "f");
    harness_keys(harness, PRESS_ENTER);
    harness_keys(harness, "t");
    harness_keys(harness, "Det sa jag inte." PRESS_CTRL_S);
    fixture_sees(harness, "Personen säger att något här är fel: “Det sa jag inte.”");
    harness_golden(harness, "dispute-form-sv-80x24");
    harness_keys(harness, PRESS_DOWN "t");
    fixture_sees(harness, "Formuläret som helhet");
    harness_keys(harness, PRESS_ENTER);
    harness_keys(harness, "Inte så ofta." PRESS_CTRL_S);
    fixture_sees(harness, "* ");
    harness_golden(harness, "dispute-question-sv-80x24");
    /* And beside the question while it is corrected. */
    harness_keys(harness, "r");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Personen säger att något här är fel:");
    fixture_sees(harness, "“Inte så ofta.”");
    harness_golden(harness, "dispute-corrected-sv-80x24");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The disk was full when the unit was opened: it says so, and what was typed stands where it was.
 */
static void where_one_only_reads_the_words_stay(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    Harness *harness = fixture_start(folder, "stod", NULL);
    fixture_fill_disk(harness, TRUE);
    harness_keys(harness, FIXTURE_UNLOCK);
    harness_keys(harness, FROM_CARD ADDRESS PRESS_ENTER);
    harness_keys(harness, "Jag har flyttat." PRESS_CTRL_S);
    fixture_sees(harness, "Disken är full");
    fixture_sees(harness, "Jag har flyttat.");
    fixture_fill_disk(harness, FALSE);
    harness_stop(harness);
    g_autoptr(GPtrArray) all = kept(folder);
    assert_int_equal(all->len, 0);
    harness_folder_remove(folder);
}

/* A colleague's client, opened for a reason. */
static void whoever_gave_a_reason_notes_it(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, PRESS_F3 "B1116" PRESS_ENTER "4");
    fixture_sees(harness, "Brukare · Anders Ahlström");
    harness_keys(harness, "t" PRESS_ENTER);
    harness_keys(harness, "Jag var hemma." PRESS_CTRL_S);
    fixture_sees(harness, "Det är antecknat");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(it_is_noted_and_answered),
        cmocka_unit_test(a_kill_loses_no_words),
        cmocka_unit_test(it_stands_above_a_form),
        cmocka_unit_test(where_one_only_reads_the_words_stay),
        cmocka_unit_test(whoever_gave_a_reason_notes_it),
    };
    return cmocka_run_group_tests_name("dispute", tests, fixture_make, fixture_remove);
}
