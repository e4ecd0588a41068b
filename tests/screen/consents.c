/* A client's consents and decisions, and what the card says of them. */
#include "care/client/consent.h"
#include "tests/screen/fixture_forms.h"

#define CONSENTS FORMS_CARD "c"

/* --- what is seen ------------------------------------------------------------------------------
 */

static void show_none(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS);
    fixture_goldens(harness, "consents-none", language);
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD);
    fixture_goldens(harness, "consents-card", language);
    harness_keys(harness, "c");
    fixture_caret_on(harness, ">");
    fixture_goldens(harness, "consents", language);
    harness_keys(harness, "w");
    fixture_goldens(harness, "consents-withdraw", language);
    harness_keys(harness, PRESS_CTRL_U "sedan" PRESS_ENTER);
    fixture_caret_on(harness, "sedan");
    fixture_goldens(harness, "consents-not-a-day", language);
    harness_keys(harness, PRESS_CTRL_U "30/11" PRESS_ENTER);
    fixture_goldens(harness, "consents-not-yet", language);
    harness_keys(harness, PRESS_CTRL_U "20/11" PRESS_ENTER);
    fixture_goldens(harness, "consents-withdrawn", language);
    harness_keys(harness, PRESS_END);
    harness_keys(harness, "w");
    fixture_goldens(harness, "consents-decision", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "consents-form", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    fixture_in_both("hand", NULL, show_none);
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        forms_make_plan(folder);
        forms_make_intake(folder);
        Harness *harness =
            fixture_open(folder, "hand", &(HarnessOptions){.language = LANGUAGES[i]});
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* --- what is saved -----------------------------------------------------------------------------
 */

static guint holding(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "hand");
    g_autoptr(GPtrArray) all = consent_of_client(session, forms_client_id(session), NULL);
    assert_non_null(all);
    guint count = 0;
    for (guint i = 0; i < all->len; i++)
        count += consent_holds(all->pdata[i], date_parse("2026-11-23")) ? 1 : 0;
    return count;
}

/* Whoever the client tells may withdraw it, and the card counts one less. */
static void a_withdrawn_consent_holds_no_more(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_make_intake(folder);
    assert_int_equal(holding(folder), 2);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS_CARD);
    fixture_sees(harness, "2 samtycken, nästa till 2026-12-31");
    harness_keys(harness, "c");
    harness_keys(harness, "w");
    harness_keys(harness, PRESS_ESCAPE);
    assert_int_equal(holding(folder), 2);
    harness_keys(harness, "w");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "återtaget");
    assert_int_equal(holding(folder), 1);
    harness_keys(harness, PRESS_END);
    harness_keys(harness, "w");
    fixture_sees(harness, "Bara ett samtycke kan återtas.");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "1 samtycke, till 2026-12-31");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A consent without a form; a later no meets it, both stand side by side, and one says which holds.
 */
static void a_later_no_meets_the_yes(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, CONSENTS "s" PRESS_CTRL_S);
    fixture_sees(harness, "Välj om personen sa ja eller nej.");
    harness_keys(harness, "j" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv med vem vi får prata.");
    harness_keys(harness, "Vårdcentralen" PRESS_ESCAPE "s");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Vårdcentralen");
    harness_keys(harness, PRESS_TAB PRESS_TAB "Hur det går" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB
                                              "2027-05-31" PRESS_CTRL_S);
    fixture_sees(harness, "Antecknat: ja, till och med 2027-05-31.");
    fixture_sees(harness, "gäller till och med 2027-05-31");
    harness_keys(harness, "a");
    fixture_sees(harness, "Hur det går");
    harness_keys(harness, "j" PRESS_CTRL_U "Skolan" PRESS_CTRL_S);
    fixture_sees(harness, "Skolan");
    fixture_sees(harness, "återtaget 2026-11-23");
    harness_keys(harness, "h");
    fixture_sees(harness, "Inget senare nej möter");
    harness_keys(harness, "sn" PRESS_CTRL_S);
    fixture_sees(harness, "Nejet gäller");
    harness_golden(harness, "consents-which-sv-80x24");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "senare nej: vilket gäller?");
    fixture_goldens(harness, "consents-met", "sv");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "ett senare nej möter ett samtycke");
    harness_keys(harness, "c" PRESS_HOME "h" PRESS_ENTER);
    fixture_sees(harness, "Antecknat: Nejet gäller.");
    assert_false(harness_text_contains(harness, "senare nej: vilket gäller?"));
    harness_stop(harness);
    assert_int_equal(holding(folder), 0);
    harness_folder_remove(folder);
}

/* Side by side each is read to its end, before one says which holds. */
static void a_long_yes_is_read_to_its_end(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &(HarnessOptions){.rows = 20, .columns = 60});
    harness_keys(harness, CONSENTS "sjSkolan" PRESS_TAB);
    for (int i = 0; i < 8; i++)
        harness_keys(harness, "Hur det går i skolan och hemma. ");
    harness_keys(harness,
                 "Slutligen." PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB "2027-05-31" PRESS_CTRL_S);
    harness_keys(harness, "sn" PRESS_CTRL_S PRESS_ESCAPE);
    fixture_sees(harness, "Vilket gäller?");
    for (int i = 0; i < 6 && !harness_text_contains(harness, "Slutligen."); i++) {
        fixture_sees(harness, "[Blanksteg] mer");
        harness_keys(harness, " ");
    }
    fixture_sees(harness, "Slutligen.");
    fixture_sees(harness, "Vilket gäller?");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void show_edit(Harness *harness, const char *language)
{
    harness_keys(harness, CONSENTS "s");
    fixture_goldens(harness, "consents-edit", language);
}

static void entering_at_every_size(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show_edit);
}

/* Words that the client lets the unit show: only with a yes, without the name, and taken back. */
static void words_for_the_meeting(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, CONSENTS "nMaria tycker om att gå ut." PRESS_CTRL_S);
    fixture_sees(harness, "Fråga brukaren först.");
    harness_keys(harness, "j" PRESS_CTRL_S);
    fixture_sees(harness, "Brukarens namn står i orden.");
    harness_keys(harness,
                 PRESS_BACK_TAB PRESS_BACK_TAB PRESS_CTRL_U "Det är skönt att gå ut." PRESS_CTRL_S);
    fixture_sees(harness, "Orden är sparade till nästa möte.");
    fixture_sees(harness, "får visas, sagt 2026-11-23");
    harness_golden(harness, "consents-quote-sv-80x24");
    harness_keys(harness, "w"
                          "j");
    fixture_sees(harness, "Orden är tagna tillbaka.");
    fixture_sees(harness, "taget tillbaka 2026-11-23");
    harness_keys(harness, "w");
    fixture_sees(harness, "Orden är redan tagna tillbaka.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The visit's own words begin the page; the card's visits become a paper. */
static void from_the_card(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "visits.pdf", NULL);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, FORMS_CARD);
    harness_keys(harness, "w");
    fixture_sees(harness, "Inga egna ord är antecknade vid det här besöket.");
    harness_keys(harness, "\020");
    fixture_sees(harness, "Var ska papperet ligga?");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, path);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Papperet ligger i ");
    assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_later_no_meets_the_yes),
        cmocka_unit_test(a_long_yes_is_read_to_its_end),
        cmocka_unit_test(entering_at_every_size),
        cmocka_unit_test(a_withdrawn_consent_holds_no_more),
        cmocka_unit_test(words_for_the_meeting),
        cmocka_unit_test(from_the_card),
    };
    return cmocka_run_group_tests_name("consents", tests, fixture_make, fixture_remove);
}
