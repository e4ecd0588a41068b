/* The visits behind a bar of the week. */
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3" PRESS_ENTER);
    fixture_goldens(harness, "visits", language);
    harness_keys(harness, "h");
    fixture_goldens(harness, "visits-history", language);
    harness_keys(harness, PRESS_ESCAPE PRESS_ESCAPE PRESS_HOME PRESS_HOME PRESS_ENTER);
    fixture_goldens(harness, "visits-done", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

/* From any bar down to its visits, and from there to the card and back. */
static void enter_on_a_bar_shows_its_visits(void **unused)
{
    (void)unused;
    static const struct {
        const char *keys, *sees;
    } BARS[] = {
        {"3" PRESS_ENTER, "Mår dåligt psykiskt: 23 besök."},
        {PRESS_ESCAPE PRESS_DOWN PRESS_ENTER, "Orkar inte, dagsformen: 19 besök."},
        {PRESS_ESCAPE PRESS_HOME PRESS_HOME PRESS_ENTER, "Genomfört: 399 besök."},
        {PRESS_ESCAPE PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_ENTER, "Avbokat: 53 besök."},
    };
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(BARS); i++) {
        harness_keys(harness, BARS[i].keys);
        fixture_sees(harness, BARS[i].sees);
        fixture_caret_on(harness, "> mån 16");
    }
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Brukare · Annika Hägg");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Avbokat: 53 besök.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_step_of_the_cursor_is_cheap(void **unused)
{
    (void)unused;
    fixture_cheap_steps("led", "3" PRESS_ENTER, FIXTURE_STEP_ABOVE);
    fixture_cheap_steps("led",
                        "3" PRESS_HOME PRESS_HOME PRESS_DOWN PRESS_DOWN PRESS_DOWN PRESS_ENTER,
                        FIXTURE_STEP_ABOVE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(enter_on_a_bar_shows_its_visits),
        cmocka_unit_test(a_step_of_the_cursor_is_cheap),
    };
    return cmocka_run_group_tests_name("visits", tests, fixture_make, fixture_remove);
}
