/* The walker: how each kind of question looks, and that nothing given to it is lost. */
#include <signal.h>

#include "tests/screen/fixture_walk.h"

/* --- what is seen ----------------------------------------------------------------------------- */

static const char *const LANGUAGES[] = {"sv", "en"};

/* `show` in Swedish and in English, each with a form of its own. */
static void in_both(const char *form, const HarnessOptions *options,
                    void (*show)(Harness *harness, const char *language))
{
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        HarnessOptions own = options != NULL ? *options : (HarnessOptions){0};
        own.language = LANGUAGES[i];
        WalkTest test = walk_start(form, &own);
        show(test.harness, LANGUAGES[i]);
        walk_stop(&test);
    }
}

static void show_intake(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    fixture_caret_on(harness, "[Enter]");
    fixture_goldens(harness, "walk-opening", language);
    harness_keys(harness, PRESS_ENTER "imorgon");
    fixture_caret_on(harness, "imorgon");
    fixture_goldens(harness, "walk-date", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_caret_on(harness, "imorgon");
    fixture_goldens(harness, "walk-fault", language);
    harness_keys(harness, PRESS_CTRL_U "i går" PRESS_ENTER PRESS_TAB);
    fixture_caret_on(harness, "[t]");
    fixture_goldens(harness, "walk-choice", language);
    harness_keys(harness, PRESS_DOWN PRESS_DOWN);
    fixture_caret_on(harness, "[b]");
    fixture_goldens(harness, "walk-choice-cursor", language);
    walk_jump(harness, 9);
    harness_keys(harness, "Vera Åkerlund");
    fixture_goldens(harness, "walk-string", language);
    walk_jump(harness, 16);
    harness_keys(harness, PRESS_F5 "Personen är osäker.\nFråga igen.");
    fixture_caret_on(harness, "Fråga igen.");
    fixture_goldens(harness, "walk-note", language);
    harness_keys(harness, PRESS_F5 PRESS_F2 PRESS_UP);
    fixture_goldens(harness, "walk-unknown", language);
    walk_jump(harness, 31);
    harness_keys(harness,
                 swedish ? "jEva Ek" PRESS_ENTER "0gudmor" : "yEva Ek" PRESS_ENTER "0gudmor");
    fixture_caret_on(harness, "gudmor");
    fixture_goldens(harness, "walk-words", language);
    walk_jump(harness, 131);
    harness_keys(harness, "vbh");
    fixture_goldens(harness, "walk-several", language);
    walk_jump(harness, 66);
    harness_keys(harness, "Att få sova.\nAtt slippa vara rädd när det ringer på dörren, och att "
                          "hunden får vara med.");
    fixture_caret_on(harness, "med.");
    fixture_goldens(harness, "walk-text", language);
}

static void show_plan(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    harness_keys(harness, PRESS_ENTER "Ångest" PRESS_TAB "Ring" PRESS_TAB);
    harness_keys(harness, swedish ? "j" : "y");
    harness_keys(harness, "i går" PRESS_ENTER "Vi ses");
    fixture_caret_on(harness, "Vi ses");
    fixture_goldens(harness, "walk-doubt", language);
    harness_keys(harness, " redan." PRESS_ENTER "930" PRESS_ENTER PRESS_ENTER PRESS_TAB PRESS_TAB);
    fixture_caret_on(harness, "[Enter]");
    fixture_goldens(harness, "walk-end", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_caret_on(harness, ">");
    fixture_goldens(harness, "walk-overview", language);
    harness_keys(harness, PRESS_F8);
    fixture_goldens(harness, "walk-complete", language);
    harness_keys(harness, swedish ? "j" : "y");
    fixture_goldens(harness, "walk-completed", language);
}

static void show_interview(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_ENTER);
    fixture_caret_on(harness, "[1]");
    fixture_goldens(harness, "walk-scale", language);
    harness_keys(harness, "4");
    walk_jump(harness, 7);
    fixture_goldens(harness, "walk-display", language);
    harness_keys(harness, strcmp(language, "sv") == 0 ? "jHan slog mig." : "yHan slog mig.");
    fixture_caret_on(harness, "mig.");
    fixture_goldens(harness, "walk-follow-up", language);
}

static void every_kind_of_question(void **unused)
{
    (void)unused;
    in_both("aktualisering", NULL, show_intake);
}

static void from_doubt_to_the_completed_form(void **unused)
{
    (void)unused;
    in_both("handlingsplan-tva-fragor", NULL, show_plan);
}

static void an_interview_with_scales(void **unused)
{
    (void)unused;
    in_both("ubu-ungdom", NULL, show_interview);
}

static void show_without_colour(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_ENTER "imorgon" PRESS_ENTER);
    fixture_goldens(harness, "walk-no-color", language);
}

/* D10: what completes a form is in the key bar in every window. */
static void d10_the_overview_is_in_the_key_bar(void **unused)
{
    (void)unused;
    static const int SIZES[][2] = {{20, 60}, {24, 80}, {43, 132}};
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        harness_resize(test.harness, SIZES[i][0], SIZES[i][1]);
        fixture_sees(test.harness, "F8 Översikt");
    }
    walk_stop(&test);
}

/* D10: the key bar shows no way on where the key is the way back. */
static void d10_a_note_has_the_tab_for_itself(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Tabb Nästa");
    harness_keys(test.harness, PRESS_F5 "Svarade fort.");
    fixture_sees(test.harness, "(Tabb går tillbaka)");
    assert_false(harness_text_contains(test.harness, "Tabb Nästa"));
    harness_keys(test.harness, PRESS_TAB);
    fixture_sees(test.harness, "Tabb Nästa");
    fixture_sees(test.harness, "Fråga 1 av 24");
    walk_stop(&test);
}

static void without_colour(void **unused)
{
    (void)unused;
    in_both("aktualisering", &(HarnessOptions){.no_color = TRUE}, show_without_colour);
}

/* --- answering -------------------------------------------------------------------------------- */

static void one_key_is_one_answer(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER "4");
    fixture_sees(test.harness, "Fråga 2 av 24");
    walk_is_stored(&test, "bo-dar", "4");
    harness_keys(test.harness, "5" PRESS_F3 PRESS_F4 PRESS_F2);
    fixture_sees(test.harness, "Fråga 6 av 24");
    walk_is_stored(&test, "mat", "5");
    walk_is_stored(&test, "i-fred", "(refused)");
    walk_is_stored(&test, "fritid", "(not-asked)");
    walk_is_stored(&test, "regler", "(unknown)");

    /* An answer given before is marked, and its code is nowhere to be seen. */
    walk_jump(test.harness, 1);
    fixture_caret_on(test.harness, "● [4]");
    for (int row = harness_find(test.harness, "[5]") + 1; row < 22; row++)
        assert_string_equal(harness_row(test.harness, row), "");
    walk_jump(test.harness, 6);

    /* Taken back by the same key, and by Backspace. */
    harness_keys(test.harness, PRESS_UP PRESS_F2 PRESS_UP PRESS_UP PRESS_UP PRESS_BACKSPACE);
    walk_is_stored(&test, "regler", NULL);
    walk_is_stored(&test, "mat", NULL);

    /* Enter gives no answer that nobody has pointed at. */
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Inget är valt än.");
    harness_keys(test.harness, PRESS_RIGHT PRESS_RIGHT PRESS_ENTER);
    walk_is_stored(&test, "mat", "2");
    walk_stop(&test);
}

/* Typed in one go, and the yes of another language. D12: what comes after the yes stands in the
 * field of the follow-up, in sight and kept, and answers no other question: from a text no letter
 * goes on. */
static void keys_typed_ahead_are_kept(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER "555555yv5");
    fixture_sees(test.harness, "Fråga 7 av 24, en följdfråga");
    fixture_caret_on(test.harness, "v5");
    walk_is_stored(&test, "illa", "true");
    walk_is_stored(&test, "illa-hjalp", NULL);
    walk_is_stored(&test, "brydde-sig", NULL);
    harness_keys(test.harness, PRESS_CTRL_U "Han slog mig." PRESS_TAB "v5");
    fixture_sees(test.harness, "Fråga 10 av 24");
    walk_is_stored(&test, "illa-ord", "Han slog mig.");
    walk_is_stored(&test, "illa-hjalp", "untold");
    walk_is_stored(&test, "brydde-sig", "5");
    walk_jump(test.harness, 23);
    harness_keys(test.harness, "Maten.\nOch att få vara i fred." PRESS_TAB "Inget" PRESS_TAB);
    walk_is_stored(&test, "bast", "Maten.\nOch att få vara i fred.");
    walk_is_stored(&test, "andra", "Inget");
    harness_keys(test.harness, PRESS_F6);
    fixture_sees(test.harness, "Fråga 10 av 24");
    walk_stop(&test);
}

/* A question falls away with its answer, which stays in the draft. */
static void a_question_falls_away(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 7);
    harness_keys(test.harness, "jHan slog mig." PRESS_TAB "m");
    walk_is_stored(&test, "illa-hjalp", "some");
    walk_jump(test.harness, 7);
    harness_keys(test.harness, "n");
    fixture_sees(test.harness, "Fråga 9 av 24");
    walk_is_stored(&test, "illa-hjalp", "some");
    walk_is_stored(&test, "illa-ord", "Han slog mig.");
    walk_jump(test.harness, 8);
    fixture_sees(test.harness, "Fråga 8 ställs inte");
    walk_jump(test.harness, 99);
    fixture_sees(test.harness, "från 1 till 24");
    harness_keys(test.harness, PRESS_F8 PRESS_F8);
    fixture_sees(test.harness, "20 punkter är kvar först");
    harness_keys(test.harness, PRESS_F4); /* A14 */
    fixture_sees(test.harness, "20 frågor är antecknade som inte ställda");
    harness_keys(test.harness, PRESS_F8);
    fixture_sees(test.harness, "2 svar på frågor");
    walk_stop(&test);
}

/* What cannot be an answer stays to be mended, and says how one gets away from it. */
static void what_is_refused_is_typed_anew(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER "31/13" PRESS_ENTER);
    fixture_sees(test.harness, "Skriv ett datum");
    harness_keys(test.harness, PRESS_TAB);
    fixture_caret_on(test.harness, "31/13");
    fixture_sees(test.harness, "ta bort det med Ctrl-U");
    harness_keys(test.harness, PRESS_ENTER "i går" PRESS_ENTER);
    fixture_sees(test.harness, "Fråga 2 av");
    walk_is_stored(&test, "inkom-datum", "2026-11-22");
    harness_keys(test.harness, "99" PRESS_ENTER PRESS_CTRL_U PRESS_TAB);
    fixture_sees(test.harness, "Fråga 3 av");
    walk_is_stored(&test, "inkom-tid", NULL);
    walk_stop(&test);
}

/* A number that no card takes is told while the person is on the line, and is a point left. */
static void a_wrong_number_is_told_at_once(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 11);
    harness_keys(test.harness, "p19860412-2394" PRESS_ENTER);
    fixture_sees(test.harness, "Fråga 12: Siffrorna stämmer inte");
    fixture_sees(test.harness, "Fråga 15 av");
    harness_keys(test.harness, PRESS_F8);
    fixture_sees(test.harness, "!  12");
    harness_keys(test.harness, PRESS_ESCAPE);
    walk_jump(test.harness, 12);
    harness_keys(test.harness, PRESS_CTRL_U "19860412-2393" PRESS_ENTER "n" PRESS_F8);
    assert_false(harness_text_contains(test.harness, "!  12"));
    walk_stop(&test);
}

static void repetitions_come_and_go(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 31);
    harness_keys(test.harness, "jEva Ek" PRESS_ENTER PRESS_CTRL_N);
    fixture_sees(test.harness, "nummer 2 av 2");
    harness_keys(test.harness, PRESS_DELETE);
    fixture_sees(test.harness, "nummer 1 av 1");
    harness_keys(test.harness, PRESS_CTRL_N "Ali Ek" PRESS_ENTER);
    g_autofree char *second = walk_stored(&test, "narstaende-namn", "2");
    assert_string_equal(second, "Ali Ek");
    harness_keys(test.harness, PRESS_DELETE);
    fixture_sees(test.harness, "Vill du ta bort den här med allt");
    harness_keys(test.harness, "n" PRESS_DELETE "j");
    fixture_sees(test.harness, "nummer 1 av 1");
    assert_null(walk_stored(&test, "narstaende-namn", "2"));
    walk_jump(test.harness, 1);
    harness_keys(test.harness, PRESS_CTRL_N);
    fixture_sees(test.harness, "Frågan ställs en gång");
    walk_stop(&test);
}

/* D12: whoever has been named is chosen with one key, and somebody else is typed at once; the group
 * that ends asks for one more, also where the next one begins. */
static void show_names(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    harness_keys(harness, PRESS_ENTER);
    walk_jump(harness, 7);
    harness_keys(harness, "j");
    walk_jump(harness, 29);
    harness_keys(harness, "Eva Ek, vården" PRESS_ENTER);
    fixture_sees(harness, swedish ? "En till: Frågor till mötet?" : "One more: Questions");
    harness_keys(harness, PRESS_CTRL_N PRESS_TAB "1");
    fixture_sees(harness, swedish ? "Fråga 30 av" : "Question 30 of");
    fixture_goldens(harness, "walk-names", language);
}

static void d12_names_are_chosen(void **unused)
{
    (void)unused;
    in_both("sip", NULL, show_names);
    WalkTest test = walk_start("sip", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 7);
    harness_keys(test.harness, "j");
    walk_jump(test.harness, 29);
    harness_keys(test.harness, "Eva Ek" PRESS_ENTER "1");
    fixture_sees(test.harness, "Fråga 31 av");
    harness_keys(test.harness, PRESS_CTRL_N);
    fixture_sees(test.harness, "Vilka som ska vara med: nummer 2 av 2");
    /* Typed ahead, a name is a name from its first letter, digit or not. */
    harness_keys(test.harness, "0 Bo Ek" PRESS_ENTER);
    g_autofree char *first = walk_stored(&test, "deltagare-namn", "1");
    g_autofree char *second = walk_stored(&test, "deltagare-namn", "2");
    assert_string_equal(first, "Eva Ek");
    assert_string_equal(second, "0 Bo Ek");
    /* What has been written is written on, and the names are above it. */
    harness_keys(test.harness, PRESS_BACK_TAB "berg");
    fixture_caret_on(test.harness, "0 Bo Ekberg");
    harness_keys(test.harness, PRESS_UP PRESS_UP PRESS_ENTER);
    g_autofree char *chosen = walk_stored(&test, "deltagare-namn", "2");
    assert_string_equal(chosen, "Eva Ek");
    walk_stop(&test);
}

/* An intake of somebody who is a client already is told so, and belongs to the card. */
static void a_double_is_found(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 11);
    harness_keys(test.harness, "p19860412-2393");
    fixture_sees(test.harness, "personnummer, född 1986-04-12");
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Det finns redan");
    harness_golden(test.harness, "walk-double-sv-80x24");
    harness_keys(test.harness, "j");
    fixture_sees(test.harness, "Adam Ahmadi");
    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    Walk *walk = walk_open(session, test.id, TRUE, NULL);
    assert_non_null(walk);
    assert_int_equal(walk_response(walk)->client_id, walk_client_id(session));
    walk_close(walk, session);
    walk_stop(&test);
}

static void what_was_answered_before_is_one_key(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER PRESS_CTRL_R);
    fixture_sees(test.harness, "inte besvarats förut");
    walk_jump(test.harness, 31);
    harness_keys(test.harness, "jEva Ek" PRESS_ENTER "v070-174 06 25" PRESS_ENTER "j");
    walk_jump(test.harness, 32);
    harness_keys(test.harness, PRESS_CTRL_N PRESS_CTRL_R);
    fixture_caret_on(test.harness, "Eva Ek");
    harness_keys(test.harness, " den yngre" PRESS_ENTER PRESS_CTRL_R);
    fixture_sees(test.harness, "Samma som förut: Vän eller granne.");
    g_autofree char *name = walk_stored(&test, "narstaende-namn", "2");
    g_autofree char *relation = walk_stored(&test, "narstaende-relation", "2");
    assert_string_equal(name, "Eva Ek den yngre");
    assert_string_equal(relation, "friend");
    walk_stop(&test);
}

/* With the language a text that is being typed stays, and so do the keys of the answers. */
static void the_language_changes_in_the_middle(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER PRESS_F11);
    fixture_sees(test.harness, "Very badly");
    fixture_sees(test.harness, "Fråga 1 av 24");
    walk_jump(test.harness, 7);
    harness_keys(test.harness, PRESS_F11);
    fixture_sees(test.harness, "[j] Kyllä");
    walk_jump(test.harness, 23);
    harness_keys(test.harness, "Kaver" PRESS_F11 "it");
    fixture_sees(test.harness, "Vad var bäst med att bo där?");
    fixture_caret_on(test.harness, "Kaverit");
    walk_stop(&test);
}

/* --- what is kept ----------------------------------------------------------------------------- */

/* "sparat" is only said when it is true. */
static void it_says_saved_when_it_is(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    assert_false(harness_text_contains(test.harness, "sparat"));
    harness_keys(test.harness, "Att åka buss");
    fixture_sees(test.harness, "inte sparat än");
    harness_wait_text(test.harness, "sparat 08:30:00");
    assert_false(harness_text_contains(test.harness, "inte sparat än"));
    walk_is_stored(&test, "svart", NULL);
    harness_keys(test.harness, ".");
    fixture_sees(test.harness, "inte sparat än");
    harness_keys(test.harness, PRESS_ESCAPE);
    fixture_sees(test.harness, "Allt är sparat. Du fortsätter på fråga 1 nästa gång.");
    harness_keys(test.harness, PRESS_ENTER);
    fixture_caret_on(test.harness, "Att åka buss.");
    harness_keys(test.harness, PRESS_TAB);
    walk_is_stored(&test, "svart", "Att åka buss.");
    walk_stop(&test);
}

static void a_killed_program_goes_on_in_the_text(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB "Ring mig efter");
    fixture_sees(test.harness, "inte sparat än");
    harness_wait_text(test.harness, "sparat 08:30:00");
    kill(harness_pid(test.harness), SIGKILL);
    assert_int_equal(harness_wait_exit(test.harness), 128 + SIGKILL);
    harness_stop(test.harness);

    test.harness = fixture_open(test.folder, "hand", NULL);
    fixture_sees(test.harness, "fråga 2");
    harness_keys(test.harness, "j");
    fixture_caret_on(test.harness, "Ring mig efter");
    harness_golden(test.harness, "walk-taken-up-sv-80x24");
    harness_keys(test.harness, " tolv." PRESS_TAB);
    walk_is_stored(&test, "svart", "Kö");
    walk_is_stored(&test, "da", "Ring mig efter tolv.");
    walk_stop(&test);
}

/* What was being typed, as it is on the disk. New. */
static char *typed_on_disk(const WalkTest *test)
{
    g_autoptr(Session) session = fixture_session(test->folder, "hand");
    g_autoptr(GError) error = NULL;
    Form *form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(session, test->id, FALSE, FALSE, &form, &answers, &error);
    if (response == NULL)
        fail_msg("%s", error->message);
    form_free(form);
    return g_strdup(response->typed);
}

/* Somebody who never pauses is saved all the same: between two keys it says so, twice, and it is
 * true. How old a key may be before that is tests/unit/ui/save_pace.c's to tell. */
static void typing_without_a_pause_is_kept(void **unused)
{
    (void)unused;
    enum { KEYS = 120, GAP_MS = 100, SAVES = 2 };
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    int saves = 0;
    harness_keys(test.harness, PRESS_ENTER);
    while (saves < SAVES && text->len < KEYS) {
        const char key[] = {(char)('a' + text->len % 26), '\0'};
        g_string_append(text, key);
        harness_keys(test.harness, key);
        harness_rest(test.harness, GAP_MS);
        saves += harness_text_contains(test.harness, "sparat 08:30:00");
    }
    assert_int_equal(saves, SAVES);
    kill(harness_pid(test.harness), SIGKILL);
    assert_int_equal(harness_wait_exit(test.harness), 128 + SIGKILL);
    g_autofree char *kept = typed_on_disk(&test);
    assert_string_equal(kept, text->str);
    walk_stop(&test);
}

/* A lost terminal: saved at once, and offered at the next start. */
static void a_lost_terminal_loses_nothing(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kön" PRESS_F5 "Talade tyst.");
    kill(harness_pid(test.harness), SIGHUP);
    harness_wait_exit(test.harness);
    harness_stop(test.harness);
    test.harness = fixture_open(test.folder, "hand", NULL);
    harness_keys(test.harness, "j");
    fixture_caret_on(test.harness, "Talade tyst.");
    fixture_sees(test.harness, "Kön");
    walk_stop(&test);
}

static void a_lock_keeps_the_place(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB "Ring mig");
    harness_keys(test.harness, PRESS_F9);
    assert_false(harness_text_contains(test.harness, "Ring mig"));
    harness_keys(test.harness, FIXTURE_UNLOCK);
    fixture_caret_on(test.harness, "Ring mig");
    fixture_sees(test.harness, "Fråga 2 av 11");
    harness_keys(test.harness, PRESS_F9 PRESS_BACK_TAB PRESS_CTRL_U "led" PRESS_TAB);
    harness_keys(test.harness, FIXTURE_UNLOCK);
    fixture_sees(test.harness, "Idag");
    assert_false(harness_text_contains(test.harness, "Ring mig"));
    walk_stop(&test);
}

/* A reason that is being given is kept together with the answer that it is for. */
static void a_doubtful_answer_is_kept_too(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB "Ring" PRESS_TAB "ji går" PRESS_ENTER);
    fixture_sees(test.harness, "Dagen har redan varit. Stämmer den?");
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Skriv med några ord varför svaret stämmer");
    harness_keys(test.harness, "Vi ringde" PRESS_F9 FIXTURE_UNLOCK);
    fixture_caret_on(test.harness, "Vi ringde");
    kill(harness_pid(test.harness), SIGHUP);
    harness_wait_exit(test.harness);
    harness_stop(test.harness);
    test.harness = fixture_open(test.folder, "hand", NULL);
    harness_keys(test.harness, "j");
    fixture_caret_on(test.harness, "Vi ringde");
    harness_keys(test.harness, " i går." PRESS_ENTER);
    walk_is_stored(&test, "ringa-dag", "2026-11-22");
    harness_keys(test.harness, PRESS_UP);
    fixture_sees(test.harness, "Skäl: Vi ringde i går.");
    walk_stop(&test);
}

/* --- colleagues and corrections --------------------------------------------------------------- */

static void a_colleague_takes_over(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER "Kö" PRESS_TAB);
    Harness *other = fixture_open(test.folder, "led", NULL);
    harness_keys(other, "6m" PRESS_ENTER);
    fixture_sees(other, "Vill du ta över?");
    harness_keys(other, "j");
    fixture_sees(other, "Fråga 2 av 11");

    /* Whoever had it is told, keeps what was typed to copy it, and saves nothing. */
    harness_keys(test.harness, "Ring mig" PRESS_TAB);
    fixture_caret_on(test.harness, "Ring mig");
    fixture_sees(test.harness, "inte sparat än");
    harness_golden(test.harness, "walk-lost-sv-80x24");
    harness_keys(test.harness, PRESS_TAB);
    fixture_caret_on(test.harness, "Ring mig");
    harness_keys(test.harness, PRESS_ESCAPE);
    fixture_sees(test.harness, "Vill du lämna ändå?");
    harness_keys(test.harness, "j");
    harness_keys(other, "Skriv" PRESS_TAB);
    walk_is_stored(&test, "da", "Skriv");
    harness_stop(other);
    walk_stop(&test);
}

static void a_correction_keeps_the_old(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness,
                 PRESS_ENTER "Kö" PRESS_TAB "Ring" PRESS_TAB "n" PRESS_F8 PRESS_F8 "j");
    fixture_sees(test.harness, "Klart");
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Det här läses bara.");
    /* It begins at the question that the cursor is on. */
    harness_keys(test.harness, PRESS_HOME PRESS_DOWN PRESS_DOWN "r");
    fixture_sees(test.harness, "Det här är rättelsen.");
    fixture_sees(test.harness, "Fråga 2 av 11");
    harness_keys(test.harness, PRESS_CTRL_U "Ring" PRESS_BACK_TAB);
    fixture_sees(test.harness, "Kö");
    harness_keys(test.harness, PRESS_CTRL_U "Buss" PRESS_TAB);
    walk_is_stored(&test, "svart", "Kö");
    harness_keys(test.harness, PRESS_F8 PRESS_F8 "j" PRESS_ESCAPE);
    fixture_sees(test.harness, "· Formulär");
    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) latest = response_latest(session, walk_client_id(session),
                                                 "handlingsplan-tva-fragor", &answers, NULL);
    assert_non_null(latest);
    assert_int_equal(latest->corrects_id, test.id);
    assert_string_equal(answers_get(answers, "svart", "")->value, "Buss");
    walk_stop(&test);
}

/* What is answered in a line of words is seen from its beginning to its end. */
static void a_long_line_is_seen_whole(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("aktualisering", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 9);
    harness_keys(test.harness, "Först och främst att ni ringer innan ni kommer, och att det är "
                               "samma person som kommer varje gång");
    fixture_sees(test.harness, "Först och främst");
    fixture_sees(test.harness, "varje gång");
    fixture_caret_on(test.harness, "som kommer varje gång");
    harness_keys(test.harness, PRESS_HOME "A");
    fixture_sees(test.harness, "AFörst och främst");
    fixture_sees(test.harness, "varje gång");
    harness_resize(test.harness, 20, 60);
    fixture_sees(test.harness, "AFörst och främst");
    fixture_sees(test.harness, "varje gång");
    walk_stop(&test);
}

/* An answer that no row has room for is read in the overview, also of a form that is completed. */
static void a_long_answer_is_read_in_the_overview(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("handlingsplan-tva-fragor", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    harness_paste(test.harness, "Rad 1\nRad 2\nRad 3\nRad 4\nRad 5\nRad 6\nRad 7\nRad 8\nRad 9");
    harness_keys(test.harness, PRESS_TAB "Ring" PRESS_TAB "n" PRESS_F8 PRESS_F8 "j");
    fixture_sees(test.harness, "Klart");
    harness_keys(test.harness, PRESS_HOME PRESS_DOWN);
    fixture_sees(test.harness, "[Blanksteg] mer");
    assert_false(harness_text_contains(test.harness, "Rad 9"));
    harness_keys(test.harness, " ");
    fixture_sees(test.harness, "Rad 9");
    harness_keys(test.harness, PRESS_DOWN);
    assert_false(harness_text_contains(test.harness, "Rad 9"));
    walk_stop(&test);
}

/* --- bytes ------------------------------------------------------------------------------------ */

static void a_step_among_the_answers_is_cheap(void **unused)
{
    (void)unused;
    enum { STEPS = 12, BYTES = 300 };
    WalkTest test = walk_start("aktualisering", &(HarnessOptions){.rows = 40, .columns = 120});
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 131);
    for (int i = 0; i < STEPS; i++) {
        harness_keys(test.harness, PRESS_DOWN);
        if (harness_bytes(test.harness) > BYTES)
            fail_msg("Step %d took %zu bytes.", i, harness_bytes(test.harness));
    }
    harness_keys(test.harness, PRESS_F8);
    for (int i = 0; i < STEPS; i++) {
        harness_keys(test.harness, PRESS_DOWN);
        if (harness_bytes(test.harness) > BYTES)
            fail_msg("Step %d of the overview took %zu bytes.", i, harness_bytes(test.harness));
    }
    walk_stop(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_question),
        cmocka_unit_test(from_doubt_to_the_completed_form),
        cmocka_unit_test(an_interview_with_scales),
        cmocka_unit_test(d10_the_overview_is_in_the_key_bar),
        cmocka_unit_test(d10_a_note_has_the_tab_for_itself),
        cmocka_unit_test(without_colour),
        cmocka_unit_test(one_key_is_one_answer),
        cmocka_unit_test(keys_typed_ahead_are_kept),
        cmocka_unit_test(a_question_falls_away),
        cmocka_unit_test(what_is_refused_is_typed_anew),
        cmocka_unit_test(a_wrong_number_is_told_at_once),
        cmocka_unit_test(repetitions_come_and_go),
        cmocka_unit_test(d12_names_are_chosen),
        cmocka_unit_test(a_double_is_found),
        cmocka_unit_test(what_was_answered_before_is_one_key),
        cmocka_unit_test(the_language_changes_in_the_middle),
        cmocka_unit_test(it_says_saved_when_it_is),
        cmocka_unit_test(a_killed_program_goes_on_in_the_text),
        cmocka_unit_test(typing_without_a_pause_is_kept),
        cmocka_unit_test(a_lost_terminal_loses_nothing),
        cmocka_unit_test(a_lock_keeps_the_place),
        cmocka_unit_test(a_doubtful_answer_is_kept_too),
        cmocka_unit_test(a_colleague_takes_over),
        cmocka_unit_test(a_correction_keeps_the_old),
        cmocka_unit_test(a_long_line_is_seen_whole),
        cmocka_unit_test(a_long_answer_is_read_in_the_overview),
        cmocka_unit_test(a_step_among_the_answers_is_cheap),
    };
    return cmocka_run_group_tests_name("walk", tests, fixture_make, fixture_remove);
}
