/* What happens around the program while it is open: it is stopped for an hour, the terminal goes,
 * the clock is set back, the database is moved away, the key file is half written, the disk is
 * full. Nothing that was typed or saved is lost, and the screen says what to do. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/unit/audit.h"
#include "care/unit/draft.h"
#include "care/visit/visit_list.h"
#include "tests/screen/fixture.h"

#define WORDS "Jag sov inte i natt."
/* The first visit of the day cancelled, up to the person's own words. */
#define CANCEL_WITH_WORDS "aaptm" PRESS_F7 WORDS

static void assert_chain_is_whole(Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!audit_verify(session, faults, NULL, &error))
        fail_msg("%s", error->message);
    if (faults->len > 0)
        fail_msg("%s", (const char *)faults->pdata[0]);
}

/* How many of the person's visits of that Monday took place. */
static gint64 done_visits(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "stod");
    g_autoptr(GError) error = NULL;
    const VisitQuery query = {.from = date_parse("2026-11-23"),
                              .to = date_parse("2026-11-23"),
                              .staff_id = session_staff_id(session),
                              .outcome = OUTCOME_DONE};
    gint64 count = -1;
    if (!visit_count(session, &query, &count, &error))
        fail_msg("%s", error->message);
    assert_chain_is_whole(session);
    return count;
}

static gboolean is_kept(const char *folder, const char *words)
{
    g_autoptr(Session) session = fixture_session(folder, "stod");
    g_autoptr(GPtrArray) drafts = draft_list(session, NULL);
    for (guint i = 0; drafts != NULL && i < drafts->len; i++)
        if (strstr(((const Draft *)drafts->pdata[i])->body, words) != NULL)
            return TRUE;
    return FALSE;
}

/* Stopped by SIGSTOP, of which there is no warning, and let go on after an hour: it locks by
 * itself, and what was typed is there behind the lock. */
static void stopped_for_an_hour_it_is_locked(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *ahead = g_build_filename(folder, "ahead", NULL);
    g_autofree char *variable = g_strconcat("DAGSFORM_TEST_IDLE_FILE=", ahead, NULL);
    const char *const environment[] = {variable, NULL};
    int status;
    Harness *harness = fixture_open(folder, "stod", &(HarnessOptions){.environment = environment});
    harness_keys(harness, CANCEL_WITH_WORDS);
    fixture_sees(harness, WORDS);
    kill(harness_pid(harness), SIGSTOP);
    assert_int_equal(waitpid(harness_pid(harness), &status, WUNTRACED), harness_pid(harness));
    assert_true(WIFSTOPPED(status));
    harness_folder_write(folder, "ahead", "3600000");
    kill(harness_pid(harness), SIGCONT);
    harness_wait_text(harness, "Lås upp");
    assert_false(harness_text_contains(harness, WORDS));
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, WORDS);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The line is cut, or the window closed, in the middle of a word. */
static void the_terminal_goes_and_the_words_stay(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, CANCEL_WITH_WORDS);
    assert_int_equal(harness_hang_up(harness), 0);
    harness_stop(harness);
    assert_true(is_kept(folder, WORDS));
    harness_folder_remove(folder);
}

/* What was saved when the clock stood a day ahead is there, the log's chain is whole, and the day's
 * work goes on. */
static void the_clock_is_set_back(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    const gint64 before = done_visits(folder);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "g");
    harness_stop(harness);
    assert_int_equal(done_visits(folder), before + 1);
    harness = fixture_open(folder, "stod", &(HarnessOptions){.now = "2026-11-22T07:00"});
    harness_keys(harness, PRESS_F3 "an" PRESS_DOWN);
    fixture_sees(harness, "Anders");
    harness_stop(harness);
    harness = fixture_open(folder, "stod", &(HarnessOptions){.now = "2026-11-23T08:00"});
    harness_keys(harness, PRESS_HOME PRESS_DOWN "g");
    harness_stop(harness);
    assert_int_equal(done_visits(folder), before + 2);
    harness_folder_remove(folder);
}

/* Nothing is written to a file that nobody will find again; where it is put back, work goes on. */
static void the_database_is_moved_away_and_put_back(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    g_autofree char *here = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *away = g_build_filename(folder, "away.db", NULL);
    const gint64 before = done_visits(folder);
    Harness *harness = fixture_open(folder, "stod", NULL);
    assert_int_equal(g_rename(here, away), 0);
    harness_keys(harness, "g");
    fixture_sees(harness, "har flyttats");
    assert_int_equal(g_rename(away, here), 0);
    assert_int_equal(done_visits(folder), before);
    harness_keys(harness, "g");
    harness_stop(harness);
    assert_int_equal(done_visits(folder), before + 1);
    harness_folder_remove(folder);
}

/* Half of the key file, as a plug that was pulled leaves one that some other program copies. */
static void halve(const char *path)
{
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(truncate(path, status.st_size / 2), 0);
}

static void the_key_file_is_half_written(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *keys = g_build_filename(folder, "demo.keys", NULL);
    session_close(fixture_session(folder, "stod")); /* now there is a copy of it */
    halve(keys);
    Harness *harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Nyckelfilen var skadad");
    harness_keys(harness, PRESS_ENTER);
    harness_stop(harness);
    assert_true(done_visits(folder) >= 0);
    /* Without a copy it is said, and nothing else is taken for a wrong passphrase. */
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *copy = vault_copy_path_for(database);
    halve(keys);
    assert_int_equal(g_unlink(copy), 0);
    harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Lås upp");
    fixture_sees(harness, "Nyckelfilen");
    fixture_sees(harness, "skadad");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* While the disk is full it is said; when there is room again the same key saves, in the same
 * program. */
static void the_disk_is_full_for_a_while(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    const gint64 before = done_visits(folder);
    Harness *harness = fixture_open(folder, "stod", NULL);
    fixture_fill_disk(harness, TRUE);
    for (int i = 0; i < 3; i++) {
        harness_keys(harness, "g");
        fixture_sees(harness, "Disken är full");
    }
    fixture_fill_disk(harness, FALSE);
    harness_keys(harness, "g");
    harness_stop(harness);
    assert_int_equal(done_visits(folder), before + 1);
    harness_folder_remove(folder);
}

/* The end of the line is seen before the signal that tells of it comes; it comes while all is being
 * closed. */
static void a_signal_on_the_way_out_ends_nothing(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    const pid_t program = harness_pid(harness), sender = fork();
    if (sender == 0) {
        while (kill(program, SIGHUP) == 0)
            ;
        _exit(0);
    }
    assert_int_equal(harness_hang_up(harness), 0);
    waitpid(sender, NULL, 0);
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stopped_for_an_hour_it_is_locked),
        cmocka_unit_test(the_terminal_goes_and_the_words_stay),
        cmocka_unit_test(a_signal_on_the_way_out_ends_nothing),
        cmocka_unit_test(the_clock_is_set_back),
        cmocka_unit_test(the_database_is_moved_away_and_put_back),
        cmocka_unit_test(the_key_file_is_half_written),
        cmocka_unit_test(the_disk_is_full_for_a_while),
    };
    return cmocka_run_group_tests_name("surroundings", tests, fixture_make, fixture_remove);
}
