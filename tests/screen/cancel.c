/* A cancellation: one key an answer, never lost, undone by one key. */
#include "care/visit/visit.h"
#include "care/visit/visit_list.h"
#include "tests/screen/fixture_forms.h"
#include "tests/screen/fixture_kill.h"

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

/* What was agreed beforehand stands above the questions, and is not offered anew. */
static void show_plan(Harness *harness, const char *language)
{
    harness_keys(harness, "a");
    fixture_caret_on(harness, "[f]");
    fixture_goldens(harness, "cancel-plan", language);
    harness_keys(harness, "aptmt");
    harness_keys(harness, strcmp(language, "sv") == 0 ? "j" : "y");
    harness_keys(harness, "d");
    fixture_goldens(harness, "cancel-plan-when", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "0" PRESS_ENTER);
    fixture_goldens(harness, "cancel-plan-saved", language);
    harness_keys(harness, "a");
    fixture_goldens(harness, "cancel-plan-correct", language);
}

static void the_plan_is_shown(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        forms_make_plan(folder);
        Harness *harness =
            fixture_open(folder, "stod", &(HarnessOptions){.language = LANGUAGES[i]});
        show_plan(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* A long answer leaves room for the questions, whatever the window. */
static void a_long_plan_makes_way(void **unused)
{
    (void)unused;
    enum { SENTENCES = 90 };
    g_autoptr(GString) hard = g_string_new(NULL);
    g_autoptr(GString) then = g_string_new(NULL);
    for (int i = 0; i < SENTENCES; i++) {
        g_string_append(hard, "Jag sover inte. ");
        g_string_append(then, "Ring mig sedan. ");
    }
    const FormsGiven given[] = {{"svart", "", hard->str},
                                {"da", "", then->str},
                                {"ringa", "", "false"},
                                {NULL, NULL, NULL}};
    char *folder = fixture_folder();
    forms_complete(folder, "stod", "handlingsplan-tva-fragor", given);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aapt");
    static const int SIZES[][2] = {{16, 60}, {20, 60}, {24, 80}};
    for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        harness_resize(harness, SIZES[i][0], SIZES[i][1]);
        fixture_sees(harness, "Då gör vi så här: Ring mig sedan.");
        fixture_caret_on(harness, "[m]");
        fixture_sees(harness, "[s]");
        fixture_sees(harness, "[n]");
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D10: also in a narrow window the person's own words are to be seen, and the way to them; and the
 * key bar names no arrow that goes to the answers. */
static void d10_own_words_in_a_narrow_window(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", &(HarnessOptions){.rows = 20, .columns = 60});
    harness_keys(harness, "a");
    for (const char *key = "aptmtj"; *key != '\0'; key++) {
        fixture_sees(harness, "Med personens egna ord (F7)");
        fixture_sees(harness, "F7 Egna ord");
        assert_false(harness_text_contains(harness, "↓ "));
        assert_false(harness_text_contains(harness, "↑ "));
        harness_keys(harness, (char[]){*key, '\0'});
    }
    harness_keys(harness, PRESS_F7 "Inte i dag." PRESS_TAB);
    fixture_sees(harness, "Med personens egna ord (F7)");
    fixture_sees(harness, "Inte i dag.");
    harness_resize(harness, 16, 60);
    fixture_sees(harness, "Inte i dag.");
    harness_resize(harness, 24, 80);
    fixture_sees(harness, "F7 Egna ord  Tabb Nästa fråga");
    harness_keys(harness, PRESS_F7); /* there Tab is the way back, and nothing else */
    fixture_sees(harness, "(Tabb går tillbaka)");
    assert_false(harness_text_contains(harness, "Tabb Nästa"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Where nothing is agreed yet, one key afterwards leads to the plan. */
static void the_plan_is_offered_afterwards(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptmtj1" PRESS_ENTER);
    fixture_sees(harness, "Tryck u för att");
    harness_keys(harness, "p");
    fixture_sees(harness, FORMS_CLIENT " har ingen plan");
    harness_keys(harness, "j");
    fixture_sees(harness, "Handlingsplan med två frågor");
    harness_stop(harness);
    harness_folder_remove(folder);
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
    fixture_sees(harness, "inget registrerat");
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

static void a_killed_program_offers_what_was_typed(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptm" PRESS_F7 "Jag sov inte i natt.");
    fixture_kill_when_kept(harness, folder, "stod", "Jag sov inte i natt.");

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

/* A1: the cursor is on what was saved, and undo takes back that and nothing else. */
static void a1_undo_takes_back_what_was_saved(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "g");
    harness_keys(harness, PRESS_DOWN "aapt" PRESS_ESCAPE); /* Tove's, begun and left */
    harness_keys(harness, PRESS_HOME PRESS_UP PRESS_ENTER);
    harness_keys(harness, "d0" PRESS_ENTER);
    fixture_caret_on(harness, "Tove Wallin");
    fixture_sees(harness, "Tove Wallin: Avbokat.");
    harness_keys(harness, "u");
    fixture_sees(harness, "Tillbakataget: 12:00 Tove Wallin: Avbokat.");
    fixture_caret_on(harness, "Tove Wallin");
    g_autoptr(Visit) first = first_visit(folder);
    assert_int_equal(first->outcome.outcome, OUTCOME_DONE);
    /* A2: and it can be recorded again. */
    harness_keys(harness, PRESS_CTRL_Y);
    fixture_sees(harness, "Registrerat igen: 12:00 Tove Wallin: Avbokat.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A1: what somebody recorded long ago is not taken back by a slip of the finger. */
static void a1_what_was_recorded_earlier_is_asked_about(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "d20/11" PRESS_ENTER PRESS_DOWN "u");
    fixture_sees(harness, "En kollega");
    fixture_sees(harness, "10:00 Ali Jönsson");
    harness_keys(harness, "n");
    fixture_sees(harness, "Genomfört");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A2: looked at and saved unchanged is not recorded, and offers nothing to take back. */
static void a2_saved_unchanged_is_no_change(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptmtj1" PRESS_ENTER);
    g_autoptr(Visit) saved = first_visit(folder);
    harness_keys(harness, "a" PRESS_CTRL_S);
    fixture_sees(harness, "Inget är ändrat.");
    assert_false(harness_text_contains(harness, "ångra"));
    g_autoptr(Visit) after = first_visit(folder);
    assert_int_equal(after->version, saved->version);
    assert_int_equal(after->new_visit_id, saved->new_visit_id);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* B16: while the disk is full Esc asks first, and the answers stay. */
static void b16_a_full_disk_keeps_the_answers(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "a");
    fixture_fill_disk(harness, TRUE);
    harness_keys(harness, "aptmt" PRESS_ESCAPE);
    fixture_sees(harness, "Vill du lämna ändå?");
    harness_keys(harness, "n");
    fixture_sees(harness, "Mår dåligt psykiskt");
    fixture_caret_on(harness, "[j]");
    fixture_fill_disk(harness, FALSE);
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Påbörjad:");
    harness_keys(harness, PRESS_UP PRESS_ENTER);
    fixture_sees(harness, "Mår dåligt psykiskt");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D2: a time that is typed and not yet taken is not passed over by saving: what speaks against it
 * is told, and saving once more takes it. */
static void d2_saving_takes_what_is_typed(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptmtd12:15 20 min" PRESS_CTRL_S);
    fixture_sees(harness, "Samtidigt: 12:00-");
    fixture_sees(harness, "Besök som inte blev av");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Sparat");
    fixture_sees(harness, "tackade ja");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D2: what was accepted says when it is before it is planned; what is done already is one key. */
static void d2_already_done_is_a_key(void **unused)
{
    (void)unused;
    static const char KEYS[] = "aaptmtr" PRESS_ENTER;
    assert_in_range(strlen(KEYS), 1, 10);
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptmt");
    fixture_sees(harness, "[j] Ja: mån 2026-11-23 08:30, 30 min");
    fixture_sees(harness, "[r] Redan gjort");
    fixture_sees(harness, "som genomfört i annan form");
    harness_keys(harness, "d"
                          "12:15 20 min" PRESS_ENTER);
    fixture_sees(harness, "Samtidigt: 12:00-");
    harness_keys(harness, PRESS_ESCAPE "r");
    fixture_sees(harness, "Hur sågs ni i stället?");
    harness_keys(harness, PRESS_ENTER);
    g_autoptr(Visit) saved = first_visit(folder);
    assert_int_equal(saved->outcome.outcome, OUTCOME_DONE_OTHERWISE);
    assert_int_equal(saved->outcome.alternative, OFFER_PHONE);
    assert_int_equal(saved->outcome.by, BY_CLIENT);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D3: a time that is taken, or has passed, is told before it is taken, and never refused. */
static void d3_a_typed_time_is_warned_of(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "aaptd"); /* the cause is unknown, so nothing is offered */
    harness_keys(harness, "d"
                          "i dag 12:15" PRESS_ENTER);
    fixture_sees(harness, "Samtidigt: 12:00-");
    fixture_sees(harness, "Tove Wallin");
    harness_keys(harness, PRESS_CTRL_U "22/11 10" PRESS_ENTER);
    fixture_sees(harness, "Den tiden har passerat.");
    assert_false(harness_text_contains(harness, "Samtidigt"));
    harness_keys(harness, PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "ny tid sön 2026-11-22 10:00");
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
        cmocka_unit_test(the_plan_is_shown),
        cmocka_unit_test(a_long_plan_makes_way),
        cmocka_unit_test(d10_own_words_in_a_narrow_window),
        cmocka_unit_test(the_plan_is_offered_afterwards),
        cmocka_unit_test(ten_keys_are_enough),
        cmocka_unit_test(keys_typed_ahead_are_kept),
        cmocka_unit_test(a_killed_program_offers_what_was_typed),
        cmocka_unit_test(a1_undo_takes_back_what_was_saved),
        cmocka_unit_test(a1_what_was_recorded_earlier_is_asked_about),
        cmocka_unit_test(a2_saved_unchanged_is_no_change),
        cmocka_unit_test(b16_a_full_disk_keeps_the_answers),
        cmocka_unit_test(d2_already_done_is_a_key),
        cmocka_unit_test(d2_saving_takes_what_is_typed),
        cmocka_unit_test(d3_a_typed_time_is_warned_of),
        cmocka_unit_test(a_key_without_an_answer_says_where_help_is),
    };
    return cmocka_run_group_tests_name("cancel", tests, fixture_make, fixture_remove);
}
