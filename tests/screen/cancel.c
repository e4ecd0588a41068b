/* A cancellation: one key an answer, never lost, undone by one key. */
#include <signal.h>

#include "care/draft.h"
#include "care/visit.h"
#include "tests/screen/fixture.h"

/* --- what is seen ------------------------------------------------------------------------------
 */

static void show(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    harness_keys(harness, "a");
    fixture_caret_on(harness, "[f]");
    fixture_goldens(harness, "cancel", language);
    harness_keys(harness, "apt"); /* cancelled, by the client, by phone */
    fixture_goldens(harness, "cancel-cause", language);
    harness_keys(harness, "m");
    fixture_goldens(harness, "cancel-offer", language);
    harness_keys(harness, PRESS_F7 "Jag orkar inte i dag, men ring gärna.");
    fixture_caret_on(harness, "ring gärna");
    fixture_goldens(harness, "cancel-words", language);
    harness_keys(harness, PRESS_TAB "t");
    fixture_goldens(harness, "cancel-taken", language);
    harness_keys(harness, swedish ? "j" : "y");
    fixture_caret_on(harness, "[1]");
    fixture_goldens(harness, "cancel-new-time", language);
    harness_keys(harness, "d"
                          "sedan" PRESS_ENTER);
    fixture_caret_on(harness, "sedan");
    fixture_goldens(harness, "cancel-when", language);
    harness_keys(harness, PRESS_CTRL_U "27/11 14:15" PRESS_ENTER);
    fixture_goldens(harness, "cancel-save", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "cancel-saved", language);
    harness_keys(harness, "a");
    fixture_goldens(harness, "cancel-correct", language);
    harness_keys(harness, "i" PRESS_ESCAPE);
    fixture_goldens(harness, "cancel-begun", language);
    harness_keys(harness, PRESS_UP PRESS_DELETE);
    fixture_goldens(harness, "cancel-drop", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show);
}

/* --- what is saved -----------------------------------------------------------------------------
 */

/* The first visit of the day, as it is stored. */
static Visit *first_visit(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "stod");
    VisitQuery query = {.from = date_parse("2026-11-23"),
                        .to = date_parse("2026-11-23"),
                        .staff_id = session_staff_id(session),
                        .outcome = -1};
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) visits = visit_list(session, &query, NULL, 1, &error);
    if (visits == NULL || visits->len == 0)
        fail_msg("%s", error != NULL ? error->message : "There is no visit.");
    Visit *visit = visit_get(session, ((const Visit *)visits->pdata[0])->id, &error);
    assert_non_null(visit);
    return visit;
}

/* From the day's list to the saved cancellation with an alternative and a new time: nine keys. */
static void ten_keys_are_enough(void **unused)
{
    (void)unused;
    static const char KEYS[] = "aaptmtj1" PRESS_ENTER;
    assert_in_range(strlen(KEYS), 1, 10);
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    for (const char *key = KEYS; *key != '\0'; key++)
        harness_keys(harness, (char[]){*key, '\0'});
    fixture_sees(harness, "Sparat 08:30:00.");
    fixture_sees(harness, "Avbokat");
    g_autoptr(Visit) saved = first_visit(folder);
    assert_int_equal(saved->outcome.outcome, OUTCOME_CANCELLED);
    assert_int_equal(saved->outcome.by, BY_CLIENT);
    assert_int_equal(saved->outcome.told, TOLD_PHONE);
    assert_string_equal(saved->outcome.cause, "MÅ");
    assert_int_equal(saved->outcome.alternative, OFFER_PHONE);
    assert_int_equal(saved->outcome.alternative_taken, 1);
    assert_true(saved->new_date > saved->date);
    fixture_sees(harness, "tackade ja");

    /* Undone by one key; both are in the history. */
    harness_keys(harness, "u");
    g_autoptr(Visit) undone = first_visit(folder);
    assert_int_equal(undone->outcome.outcome, OUTCOME_NONE);
    assert_int_equal(undone->new_visit_id, 0);
    harness_keys(harness, "h");
    fixture_sees(harness, "Nu:");
    fixture_sees(harness, "inget registrerat än");
    fixture_sees(harness, "Avbokat (brukaren, per telefon");
    harness_golden(harness, "cancel-undone-sv-80x24");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Typed in one go, faster than the screens come: nothing is lost and nothing goes astray. */
static void keys_typed_ahead_are_kept(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_start(folder, "stod", NULL);
    harness_keys(harness, FIXTURE_UNLOCK "aaptd0" PRESS_ENTER PRESS_DOWN "g");
    fixture_sees(harness, "Tove Wallin: blev av.");
    g_autoptr(Visit) saved = first_visit(folder);
    assert_int_equal(saved->outcome.outcome, OUTCOME_CANCELLED);
    assert_string_equal(saved->outcome.cause, "OKÄ");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A text is kept two seconds after the last key. */
static void wait_for_draft(Harness *harness, const char *folder, const char *words)
{
    enum { TRIES = 40, PAUSE_MS = 500 };
    g_autoptr(Session) session = fixture_session(folder, "stod");
    for (int i = 0; i < TRIES; i++) {
        g_autoptr(GPtrArray) drafts = draft_list(session, NULL);
        if (drafts != NULL && drafts->len == 1 &&
            strstr(((const Draft *)drafts->pdata[0])->body, words) != NULL)
            return;
        harness_rest(harness, PAUSE_MS);
    }
    fail_msg("What was typed has not been kept.");
}

static void a_killed_program_offers_what_was_typed(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptm" PRESS_F7 "Jag sov inte i natt.");
    wait_for_draft(harness, folder, "Jag sov inte i natt.");
    kill(harness_pid(harness), SIGKILL);
    assert_int_equal(harness_wait_exit(harness), 128 + SIGKILL);
    harness_stop(harness);

    harness = fixture_open(folder, "stod", NULL);
    fixture_caret_on(harness, "Maria Bäckman, 23/11 08:30");
    harness_golden(harness, "cancel-offered-again-sv-80x24");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Jag sov inte i natt.");
    fixture_sees(harness, "Mår dåligt psykiskt");
    harness_golden(harness, "cancel-taken-up-sv-80x24");
    harness_keys(harness, "tn0" PRESS_ENTER);
    fixture_sees(harness, "Sparat 08:30:00.");
    g_autoptr(Visit) saved = first_visit(folder);
    assert_string_equal(saved->outcome.words, "Jag sov inte i natt.");
    assert_int_equal(saved->outcome.alternative_taken, 0);
    assert_false(harness_text_contains(harness, "Påbörjad:"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_key_without_an_answer_says_where_help_is(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aö");
    fixture_sees(harness, "Hjälp finns på F1.");
    harness_keys(harness, PRESS_ESCAPE "ö");
    fixture_sees(harness, "Hjälp finns på ? och F1.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(ten_keys_are_enough),
        cmocka_unit_test(keys_typed_ahead_are_kept),
        cmocka_unit_test(a_killed_program_offers_what_was_typed),
        cmocka_unit_test(a_key_without_an_answer_says_where_help_is),
    };
    return cmocka_run_group_tests_name("cancel", tests, fixture_make, fixture_remove);
}
