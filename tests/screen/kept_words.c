/* Nothing typed is ever lost: wherever words are asked for beside the pages of fields, what was
 * typed when the program was killed stands there when one comes back. */
#include "tests/screen/fixture_kill.h"
#include "tests/screen/fixture_walk.h"

#define CARD(number) PRESS_F3 number PRESS_DOWN PRESS_ENTER
#define WORDS "Ord som inte får gå förlorade"

static void is_kept(const char *folder, const char *login, const char *there, const char *typed,
                    const char *words)
{
    Harness *harness = fixture_open(folder, login, NULL);
    harness_keys(harness, there);
    harness_keys(harness, typed);
    harness_keys(harness, words);
    fixture_sees(harness, words);
    fixture_kill_when_kept(harness, folder, login, words);
    harness = fixture_open(folder, login, NULL);
    harness_keys(harness, there);
    if (harness_text_contains(harness, "och hade inte sparat"))
        harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, words);
    harness_stop(harness);
}

static void wherever_words_are_asked_for(void **unused)
{
    (void)unused;
    static const struct {
        const char *login, *there, *typed, *words;
    } PLACES[] = {
        {"led", "3vn", "", "Influensa i huset"},     /* a note on a week */
        {"led", "4n", "", "Beställ nya nycklar"},    /* a task of one's own */
        {"led", "6i" PRESS_F8, "", "Villa Provvik"}, /* a new institution */
        {"hand", CARD("B2002") "k" PRESS_ENTER PRESS_DOWN "b", "7",
         "Har inget telefonnummer"}, /* why not given */
    };
    char *folder = fixture_folder();
    for (gsize i = 0; i < G_N_ELEMENTS(PLACES); i++)
        is_kept(folder, PLACES[i].login, PLACES[i].there, PLACES[i].typed, PLACES[i].words);
    harness_folder_remove(folder);
}

static void in_the_note_of_a_call(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER PRESS_F10 "sfre 10" PRESS_ENTER WORDS);
    fixture_kill_when_kept(test.harness, test.folder, "hand", WORDS);
    test.harness = fixture_open(test.folder, "hand", NULL);
    harness_keys(test.harness, WALK_OPEN PRESS_F10);
    fixture_sees(test.harness, WORDS);
    fixture_sees(test.harness, "fre 10");
    fixture_sees(test.harness, "står här igen");
    harness_keys(test.harness, "s" PRESS_ENTER PRESS_ENTER);
    fixture_sees(test.harness, "Samtalet är antecknat. Nästa");
    harness_keys(test.harness, WALK_OPEN PRESS_F10);
    assert_false(harness_text_contains(test.harness, WORDS));
    walk_stop(&test);
}

/* Of one kept apart from the person asked: what is not given of the child is not the parent's. */
static void each_interview_has_its_own(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, CARD("B2001") "k" PRESS_ENTER PRESS_DOWN "b");
    harness_keys(harness, "v" WORDS PRESS_ESCAPE PRESS_DOWN "b");
    assert_false(harness_text_contains(harness, WORDS));
    harness_keys(harness, PRESS_ESCAPE PRESS_UP "b");
    fixture_sees(harness, WORDS);
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wherever_words_are_asked_for),
        cmocka_unit_test(in_the_note_of_a_call),
        cmocka_unit_test(each_interview_has_its_own),
    };
    return cmocka_run_group_tests_name("kept_words", tests, fixture_make, fixture_remove);
}
