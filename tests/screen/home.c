/* At home visits: out with a time when somebody rings, and back; who is late stands first for
 * everybody; and a note on risk for those who go. Issue 11. */
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "care/visit/out.h"
#include "tests/screen/fixture_forms.h"

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD "!");
    fixture_goldens(harness, "risk-new", language);
    harness_keys(harness, "Hunden är lös på gården." PRESS_CTRL_S);
    fixture_goldens(harness, "risk-card", language);
    harness_keys(harness, PRESS_ESCAPE PRESS_F2 "y");
    fixture_goldens(harness, "out-new", language);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_goldens(harness, "out-today", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

static void out_and_back_by_one_key(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "y");
    fixture_sees(harness, "Någon ringer");
    harness_keys(harness, PRESS_ESCAPE);
    assert_false(harness_text_contains(harness, "y Ute/åter"));
    harness_keys(harness, "y");
    harness_keys(harness, "8.15" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv ett klockslag senare i dag");
    harness_keys(harness, PRESS_CTRL_U "9.45" PRESS_ESCAPE "y");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER PRESS_CTRL_S);
    fixture_sees(harness, "Du är ute. Någon ringer 09:45.");
    fixture_sees(harness, "y Ute/åter");
    harness_stop(harness);
    /* It survives the program. */
    harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Du är ute. Någon ringer 09:45.");
    harness_stop(harness);
    /* An hour later it is late, and stands first for a colleague, also in To do. */
    harness = fixture_open(folder, "hand", &(HarnessOptions){.now = "2026-11-23T10:00"});
    fixture_sees(harness, "SEN: ");
    fixture_sees(harness, "skulle vara åter 09:45");
    harness_golden(harness, "out-late-sv-80x24");
    fixture_sees(harness, "y Ute/åter");
    harness_keys(harness, "4");
    fixture_sees(harness, "SEN: ");
    fixture_sees(harness, "y Ute/åter");
    harness_golden(harness, "out-late-tasks-sv-80x24");
    harness_keys(harness, "y");
    fixture_sees(harness, "nådd, och är allt väl?");
    harness_keys(harness, "j");
    fixture_sees(harness, "Antecknat: kollegan är nådd.");
    assert_false(harness_text_contains(harness, "SEN: "));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A colleague went out half an hour ago, and is late since five minutes. */
static void go_late(const char *folder)
{
    Session *session = fixture_session(folder, "stod");
    const gint64 now = clock_moment(date_parse("2026-11-23"), 8 * 60 + 30);
    gint64 id = 0;
    assert_true(out_go(session, 0, clock_now_ms() + 60000, &id, NULL));
    assert_true(db_run(session_db(session), "UPDATE out_home SET ring_ms = :ring WHERE id = :id",
                       DB_PARAMS(DB_INT("ring", now - 300000), DB_INT("id", id)), NULL));
    session_close(session);
}

/* A minute goes by in the program; nobody presses a key. */
static void let_a_minute_pass(Harness *harness, const char *folder, const char *ahead)
{
    int status;
    kill(harness_pid(harness), SIGSTOP);
    assert_int_equal(waitpid(harness_pid(harness), &status, WUNTRACED), harness_pid(harness));
    harness_folder_write(folder, "ahead", ahead);
    kill(harness_pid(harness), SIGCONT);
}

/* Issue 11: nobody looks at the keyboard when a colleague does not come back. */
static void who_is_late_is_seen_without_a_key(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *ahead = g_build_filename(folder, "ahead", NULL);
    g_autofree char *variable = g_strconcat("DAGSFORM_TEST_IDLE_FILE=", ahead, NULL);
    const char *const environment[] = {variable, NULL};
    Harness *harness = fixture_open(folder, "hand", &(HarnessOptions){.environment = environment});
    assert_false(harness_text_contains(harness, "SEN: "));
    go_late(folder);
    let_a_minute_pass(harness, folder, "61000");
    harness_wait_text(harness, "SEN: ");
    Session *session = fixture_session(folder, "stod");
    g_autoptr(GPtrArray) out = out_list(session, NULL);
    assert_true(out_end(session, ((const Out *)out->pdata[0])->id, NULL));
    session_close(session);
    harness_keys(harness, "4");
    assert_false(harness_text_contains(harness, "SEN: "));
    go_late(folder);
    let_a_minute_pass(harness, folder, "182000");
    harness_wait_text(harness, "SEN: ");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void back_and_the_note_is_not_for_everybody(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, FORMS_CARD "!Hunden är lös." PRESS_CTRL_S);
    fixture_sees(harness, "De som åker dit, de som är utsedda och");
    fixture_sees(harness, "Det finns en anteckning: ! läser den");
    harness_keys(harness, "!");
    fixture_sees(harness, "Hunden är lös.");
    harness_keys(harness, PRESS_CTRL_U PRESS_CTRL_S);
    fixture_sees(harness, "Nu finns ingen anteckning om risk.");
    assert_false(harness_text_contains(harness, "Det finns en anteckning"));
    harness_keys(harness, "!Hunden är lös." PRESS_CTRL_S PRESS_ESCAPE PRESS_F2 "y" PRESS_CTRL_S);
    fixture_sees(harness, "Du är ute.");
    harness_keys(harness, "y");
    fixture_sees(harness, "Välkommen åter. Ingen ringer nu.");
    assert_false(harness_text_contains(harness, "Du är ute."));
    harness_stop(harness);
    harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "!");
    fixture_sees(harness, "läses och skrivs av dem som åker");
    assert_false(harness_text_contains(harness, "Hunden"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void show_second(Harness *harness, const char *language)
{
    harness_keys(harness, FORMS_CARD "=");
    fixture_goldens(harness, "second-new", language);
}

static void two_go_at_every_size(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show_second);
}

/* A colleague goes along: told what they have then, seen beside the visit, and in their own day. */
static void two_go(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, FORMS_CARD "=zzz" PRESS_CTRL_S);
    fixture_sees(harness, "Det stämmer inte på någon kollega");
    harness_keys(harness, PRESS_CTRL_U "Sven Qvist" PRESS_ESCAPE "=");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER PRESS_CTRL_S);
    fixture_sees(harness, "Spara en gång till om båda ska stå kvar.");
    harness_golden(harness, "second-clash-sv-80x24");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Två går: Sven Qvist följer med.");
    fixture_sees(harness, "Två går     Sven Qvist");
    harness_golden(harness, "second-card-sv-80x24");
    harness_keys(harness, "=" PRESS_CTRL_U PRESS_CTRL_S);
    fixture_sees(harness, "Ingen följer med.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(out_and_back_by_one_key),
        cmocka_unit_test(who_is_late_is_seen_without_a_key),
        cmocka_unit_test(two_go_at_every_size),
        cmocka_unit_test(two_go),
        cmocka_unit_test(back_and_the_note_is_not_for_everybody),
    };
    return cmocka_run_group_tests_name("home", tests, fixture_make, fixture_remove);
}
