/* Clients: found as one types. */
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, PRESS_F3);
    fixture_goldens(harness, "clients", language);
    harness_keys(harness, PRESS_TAB);
    fixture_goldens(harness, "clients-own", language);
    harness_keys(harness, PRESS_TAB "an");
    fixture_caret_on(harness, " an ");
    fixture_goldens(harness, "clients-found", language);
    harness_keys(harness, PRESS_DOWN PRESS_DOWN);
    fixture_caret_on(harness, "> An");
    fixture_goldens(harness, "clients-chosen", language);
    harness_keys(harness, PRESS_CTRL_U "zzz");
    fixture_goldens(harness, "clients-none", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show);
}

/* Every letter narrows the list, and every one taken away widens it again. */
static void the_list_follows_every_key(void **unused)
{
    (void)unused;
    static const struct {
        const char *key, *sees;
    } STEPS[] = {
        {PRESS_F3, " brukare · dina"},
        {"b", " brukare"},
        {"ä", "Maria Bäckman"},
        {"c", "1 brukare"},
        {PRESS_BACKSPACE PRESS_BACKSPACE PRESS_BACKSPACE, " brukare · dina"},
        {"19870218", "Maria Bäckman"},
        {"-2380", "1 brukare"},
        {PRESS_CTRL_U "B1119", "Maria Bäckman"},
        {PRESS_CTRL_U "ma bä", "Maria Bäckman"}, /* the beginnings of two words */
        {"x", "0 brukare"},
    };
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(STEPS); i++) {
        harness_keys(harness, STEPS[i].key);
        fixture_sees(harness, STEPS[i].sees);
    }
    /* Name and age are seen before the card is opened, which is logged. */
    harness_keys(harness, PRESS_CTRL_U "bäckman");
    fixture_sees(harness, "Maria Bäckman              39 ");
    /* D7: the number is nobody's business until it is asked for. */
    assert_false(harness_text_contains(harness, "19870218-2380"));
    harness_keys(harness, PRESS_F11);
    fixture_sees(harness, "Maria Bäckman              39  19870218-2380");
    harness_keys(harness, PRESS_F11 PRESS_ENTER);
    fixture_sees(harness, "Brukare · Maria Bäckman");
    /* D7: after the card the next search begins anew. */
    harness_keys(harness, PRESS_ESCAPE "tove");
    fixture_sees(harness, "Tove Wallin");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_step_of_the_cursor_is_cheap(void **unused)
{
    (void)unused;
    fixture_cheap_steps("led", PRESS_F3 PRESS_DOWN, FIXTURE_STEP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(the_list_follows_every_key),
        cmocka_unit_test(a_step_of_the_cursor_is_cheap),
    };
    return cmocka_run_group_tests_name("clients", tests, fixture_make, fixture_remove);
}
