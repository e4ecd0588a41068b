/* The week: what the team lead sees on a Monday. */
#include "exchange/report.h"
#include "tests/screen/fixture.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3");
    fixture_caret_on(harness, "27 %");
    fixture_goldens(harness, "week", language);
    harness_keys(harness, PRESS_UP);
    fixture_goldens(harness, "week-outcomes", language);
    harness_keys(harness, "v");
    fixture_goldens(harness, "week-line", language);
    harness_keys(harness, "v" PRESS_LEFT);
    fixture_goldens(harness, "week-before", language);
    harness_keys(harness, "d"
                          "2027-W20" PRESS_ENTER);
    fixture_goldens(harness, "week-none", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

static void show_plain(Harness *harness, const char *language)
{
    harness_keys(harness, "3");
    fixture_goldens(harness, "week-no-color", language);
}

static void without_colours(void **unused)
{
    (void)unused;
    fixture_in_both("led", &(HarnessOptions){.no_color = TRUE}, show_plain);
}

/* On Monday morning one key shows last week, as it is counted elsewhere. */
static void one_key_shows_what_last_week_says(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autoptr(GError) error = NULL;
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        g_autoptr(WeekReport) report = week_report_new(session, 202647, 1, &error);
        assert_non_null(report);
        const ReviewWeek *week = &g_array_index(report->weeks, ReviewWeek, 0);
        const ReviewCause *largest = report->causes->pdata[0];
        assert_int_equal(week->planned, 487);
        assert_int_equal(week->missed, 67);
        assert_string_equal(largest->code, "MÅ");
        assert_int_equal(largest->count, 21);
    }
    Harness *harness = fixture_start(folder, "led", NULL);
    harness_keys(harness, FIXTURE_UNLOCK "3");
    fixture_sees(harness, "Vecka 47");
    fixture_sees(harness, "487 besök var planerade");
    fixture_caret_on(harness, "Mår dåligt psykiskt");
    fixture_caret_on(harness, " 21 ");
    harness_keys(harness, PRESS_LEFT);
    fixture_sees(harness, "Vecka 46");
    harness_keys(harness, PRESS_RIGHT);
    fixture_sees(harness, "Vecka 47");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(one_key_shows_what_last_week_says),
    };
    return cmocka_run_group_tests_name("week", tests, fixture_make, fixture_remove);
}
