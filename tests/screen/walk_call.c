/* By phone: one key hangs up, the call lands among the tasks and opens where it stopped. */
#include "care/task/task.h"
#include "tests/screen/fixture_walk.h"

static void show(Harness *harness, const char *language)
{
    gboolean swedish = strcmp(language, "sv") == 0;
    harness_keys(harness, PRESS_ENTER);
    walk_jump(harness, 17);
    harness_keys(harness, PRESS_F10);
    fixture_goldens(harness, "walk-call", language);
    harness_keys(harness, swedish ? "uimorgon 14" : "bimorgon 14");
    fixture_caret_on(harness, "imorgon 14");
    fixture_goldens(harness, "walk-call-again", language);
    harness_keys(harness, PRESS_CTRL_U "sedan" PRESS_ENTER "Lät trött." PRESS_ENTER);
    fixture_caret_on(harness, "sedan");
    fixture_goldens(harness, "walk-call-fault", language);
    harness_keys(harness, PRESS_CTRL_U "imorgon 14" PRESS_ENTER PRESS_ENTER);
    fixture_caret_on(harness, ">");
    harness_keys(harness, PRESS_ENTER "\024" PRESS_DOWN);
    fixture_goldens(harness, "walk-about", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        WalkTest test = walk_start("ubu-ungdom", &(HarnessOptions){.language = LANGUAGES[i]});
        show(test.harness, LANGUAGES[i]);
        walk_stop(&test);
    }
}

/* "Vi var på fråga 17": hung up in the middle, called again by the task. */
static void the_task_opens_the_question(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 17);
    harness_keys(test.harness, PRESS_F10 "sidag 16" PRESS_ENTER "Vill prata senare." PRESS_ENTER);
    fixture_sees(test.harness, "öppnas på fråga 17");

    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) tasks = task_of(session, test.id, 0, &error);
    assert_int_equal(tasks->len, 1);
    const Task *task = tasks->pdata[0];
    assert_int_equal(task->kind, TASK_CALL_BACK);
    assert_int_equal(task->due_date, date_parse("2026-11-23"));
    assert_int_equal(task->due_time, 16 * 60);

    harness_keys(test.harness, "4");
    int row = 0, column;
    for (int i = 0; i < 40; i++) {
        harness_cursor(test.harness, &row, &column);
        if (strstr(harness_row(test.harness, row), "Vill prata") != NULL)
            break;
        harness_keys(test.harness, PRESS_DOWN);
    }
    harness_keys(test.harness, PRESS_ENTER);
    fixture_sees(test.harness, "Fråga 17 av 24");
    fixture_sees(test.harness, "Du var på fråga 17.");

    /* Reached, and no new call: the task is done. */
    harness_keys(test.harness, PRESS_F10 "n" PRESS_ENTER PRESS_ENTER);
    fixture_sees(test.harness, "Samtalet är antecknat och allt är sparat.");
    g_autoptr(GPtrArray) after = task_of(session, test.id, 0, &error);
    assert_int_equal(after->len, 1);
    assert_true(((const Task *)after->pdata[0])->done_ms > 0);
    walk_stop(&test);
}

/* What was to be called about is done with: nothing from it is left to do. */
static void a_completed_interview_leaves_no_call(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER "4" PRESS_F10 "simorgon 14" PRESS_ENTER PRESS_ENTER);
    harness_keys(test.harness, PRESS_ENTER PRESS_F8 PRESS_F4 PRESS_F8 "j");
    fixture_sees(test.harness, "Klart. Från och med nu ändras det genom en rättelse.");
    walk_stop(&test);
}

/* What is typed when the person hangs up is there at the next call; Esc goes back to the call. */
static void hanging_up_loses_no_text(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER);
    walk_jump(test.harness, 23);
    harness_keys(test.harness, "Att Bosse" PRESS_F10 PRESS_ESCAPE);
    fixture_caret_on(test.harness, "Att Bosse");
    harness_keys(test.harness, PRESS_F10 "f" PRESS_ENTER PRESS_ENTER);
    fixture_sees(test.harness, "· Formulär");
    harness_keys(test.harness, PRESS_ENTER);
    fixture_caret_on(test.harness, "Att Bosse");
    walk_stop(&test);
}

/* How one talks is committed with what it says. */
static void how_one_talks_is_kept(void **unused)
{
    (void)unused;
    WalkTest test = walk_start("ubu-ungdom", NULL);
    harness_keys(test.harness, PRESS_ENTER "\024"
                                           "ebj25" PRESS_ENTER);
    fixture_sees(test.harness, "How did you get on living there?");
    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    Walk *walk = walk_open(session, test.id, TRUE, NULL);
    assert_non_null(walk);
    const Response *response = walk_response(walk);
    assert_string_equal(response->language, "en");
    assert_int_equal(response->mode, MODE_CAR);
    assert_true(response->interpreter);
    assert_int_equal(response->minutes_used, 25);
    walk_close(walk, session);
    walk_stop(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(the_task_opens_the_question),
        cmocka_unit_test(a_completed_interview_leaves_no_call),
        cmocka_unit_test(hanging_up_loses_no_text),
        cmocka_unit_test(how_one_talks_is_kept),
    };
    return cmocka_run_group_tests_name("walk_call", tests, fixture_make, fixture_remove);
}
