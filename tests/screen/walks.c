/* The forms that are begun, and the offer to go on after an interruption. */
#include <signal.h>

#include "tests/screen/fixture_forms.h"

#define PLAN "handlingsplan-tva-fragor"

/* --- what is seen ------------------------------------------------------------------------------
 */

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "6");
    fixture_caret_on(harness, ">");
    fixture_goldens(harness, "walks", language);
    harness_keys(harness, "m");
    fixture_goldens(harness, "walks-all", language);
    harness_keys(harness, "m");
    harness_keys(harness, "b");
    fixture_goldens(harness, "walks-give-up", language);
    harness_keys(harness, "1");
    fixture_goldens(harness, "walks-given-up", language);
    harness_keys(harness, "u");
    fixture_goldens(harness, "walks-taken-up", language);
}

static void show_none(Harness *harness, const char *language)
{
    harness_keys(harness, "6");
    fixture_goldens(harness, "walks-none", language);
    harness_keys(harness, "n");
    fixture_goldens(harness, "walks-no-intake", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        forms_begin(folder, "hand", "sip", 4);
        forms_begin(folder, "hand", "handlingsplan", 5);
        Harness *harness =
            fixture_open(folder, "hand", &(HarnessOptions){.language = LANGUAGES[i]});
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
    fixture_in_both("stod", NULL, show_none);
}

/* Forms are not the administrator's, who stays where they were. */
static void an_administrator_sees_none(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_begin(folder, "hand", "sip", 4);
    Harness *harness = fixture_open(folder, "admin", NULL);
    harness_keys(harness, "6");
    fixture_sees(harness, "Planer och formulär fylls i av");
    assert_false(harness_text_contains(harness, FORMS_CLIENT));
    harness_keys(harness, "f");
    assert_false(harness_text_contains(harness, FORMS_CLIENT));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* --- going on ----------------------------------------------------------------------------------
 */

/* An intake, and the first question of it. */
#define INTAKE "6n" PRESS_ENTER

static Harness *killed_in(Harness *harness, const char *folder, const char *login,
                          const char *language)
{
    kill(harness_pid(harness), SIGKILL);
    assert_int_equal(harness_wait_exit(harness), 128 + SIGKILL);
    harness_stop(harness);
    return fixture_open(folder, login, &(HarnessOptions){.language = language});
}

static void an_interrupted_form_is_offered(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        forms_begin(folder, "stod", PLAN, 2);
        Harness *harness =
            fixture_open(folder, "stod", &(HarnessOptions){.language = LANGUAGES[i]});
        fixture_caret_on(harness, FORMS_CLIENT); /* it was left: it is not offered */
        harness_keys(harness, "6" PRESS_ENTER);
        harness = killed_in(harness, folder, "stod", LANGUAGES[i]);
        fixture_goldens(harness, "walks-offer", LANGUAGES[i]);
        harness_keys(harness, PRESS_ENTER);
        fixture_goldens(harness, "walks-offer-taken", LANGUAGES[i]);
        harness = killed_in(harness, folder, "stod", LANGUAGES[i]);
        harness_keys(harness, "n");
        fixture_goldens(harness, "walks-offer-declined", LANGUAGES[i]);
        harness = killed_in(harness, folder, "stod", LANGUAGES[i]);
        fixture_caret_on(harness, FORMS_CLIENT); /* nobody is asked twice */
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

static void one_without_a_name_is_offered_too(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, INTAKE);
    harness = killed_in(harness, folder, "hand", "sv");
    fixture_sees(harness, "Aktualisering · ingen namngiven ännu");
    fixture_sees(harness, "Du blev avbruten");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void what_was_left_is_not_offered(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, INTAKE "i går" PRESS_ENTER);
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Allt är sparat.");
    harness = killed_in(harness, folder, "hand", "sv");
    assert_false(harness_text_contains(harness, "Du blev avbruten"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One in which nothing was said is gone when it is left, and when its offer is declined. */
static void what_was_only_looked_at_is_not_kept(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, INTAKE PRESS_TAB PRESS_ESCAPE);
    fixture_sees(harness, "Inget var besvarat, så formuläret sparas inte.");
    assert_false(harness_text_contains(harness, "ingen namngiven"));
    harness_keys(harness, "n");
    harness = killed_in(harness, folder, "hand", "sv");
    fixture_sees(harness, "Du blev avbruten");
    harness_keys(harness, "n");
    fixture_sees(harness, "Inget var besvarat, så formuläret sparas inte.");
    harness_keys(harness, "6");
    assert_false(harness_text_contains(harness, "ingen namngiven"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Enter after a new one goes on with that one, whatever the cursor was on before. */
static void the_cursor_is_on_the_form_just_begun(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_begin(folder, "hand", PLAN, 2);
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, INTAKE "i går" PRESS_ENTER PRESS_ESCAPE);
    fixture_caret_on(harness, "Aktualisering");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Fråga 2 av 178");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* After a lock the same person stands where they were; a colleague at the same machine does not,
 * and the offer waits for the one who was cut off. */
static void a_lock_does_not_ask(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, INTAKE);
    fixture_sees(harness, "Fråga 1 av");
    harness_keys(harness, PRESS_F9);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, "Fråga 1 av");
    harness_keys(harness, PRESS_F9);
    harness_keys(harness, PRESS_BACK_TAB PRESS_CTRL_U "stod" PRESS_TAB FIXTURE_UNLOCK);
    assert_false(harness_text_contains(harness, "Du blev avbruten"));
    fixture_caret_on(harness, FORMS_CLIENT);
    harness_keys(harness, PRESS_F9);
    harness_keys(harness, PRESS_BACK_TAB PRESS_CTRL_U "hand" PRESS_TAB FIXTURE_UNLOCK);
    fixture_sees(harness, "Du blev avbruten");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What a colleague has gone on with is theirs. */
static void a_colleague_who_went_on_is_not_disturbed(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    forms_begin(folder, "stod", PLAN, 2);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "6" PRESS_ENTER);
    harness = killed_in(harness, folder, "led", "sv");
    harness_keys(harness, "6m" PRESS_ENTER);
    fixture_sees(harness, "Vill du ta över?");
    harness_keys(harness, "j");
    fixture_sees(harness, "Fråga 2 av");
    Harness *first = fixture_open(folder, "stod", NULL);
    assert_false(harness_text_contains(first, "Du blev avbruten"));
    harness_stop(first);
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(an_administrator_sees_none),
        cmocka_unit_test(an_interrupted_form_is_offered),
        cmocka_unit_test(one_without_a_name_is_offered_too),
        cmocka_unit_test(what_was_left_is_not_offered),
        cmocka_unit_test(what_was_only_looked_at_is_not_kept),
        cmocka_unit_test(the_cursor_is_on_the_form_just_begun),
        cmocka_unit_test(a_lock_does_not_ask),
        cmocka_unit_test(a_colleague_who_went_on_is_not_disturbed),
    };
    return cmocka_run_group_tests_name("walks", tests, fixture_make, fixture_remove);
}
