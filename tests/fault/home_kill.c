/* A laptop that comes home, killed at any moment: what has come is there once, with its effect, and
 * the rest comes the next time. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/laptop/homecoming.h"
#include "tests/unit/care/fixture_laptop.h"

/* Each is left alive a while longer than the one before may be, so that it comes to an end. */
enum { DEEDS = 100, AT_A_TIME = 7, KILLS_MOST = 60, STEP_US = 8000 };

static void note(Session *laptop, gint64 client, int nth)
{
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->note = g_strdup_printf("Samtal %d", nth);
    assert_ok(contact_note_add(laptop, note, &error));
}

static gboolean some(double share, gpointer data)
{
    (void)share;
    return (*(int *)data)-- > 0;
}

/* In a program of its own: comes home, some deeds at a time, and says so at the end. */
static void go_home(const Away *away, int said)
{
    g_autoptr(Session) home = fixture_try(&away->visits.unit, "berit", PASSPHRASE, NULL);
    g_autoptr(Session) laptop = home != NULL ? try_laptop(away, TRUE, NULL) : NULL;
    if (laptop == NULL || write(said, "!", 1) != 1)
        _exit(1);
    for (gboolean all = FALSE; !all;) {
        int left = AT_A_TIME;
        const DbWatch watch = {some, &left};
        Homecoming coming;
        all = homecoming_run(home, laptop, &watch, &coming, NULL);
    }
    _exit(write(said, "!", 1) == 1 ? 0 : 1);
}

/* Whether it came to its end before it was killed. */
static gboolean killed(const Away *away, gulong after_us)
{
    int said[2], status = 0, told = 0;
    char byte;
    assert_int_equal(pipe(said), 0);
    const pid_t child = fork();
    if (child == 0)
        go_home(away, said[1]);
    close(said[1]);
    told += read(said[0], &byte, 1) == 1;
    g_usleep(after_us);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    while (read(said[0], &byte, 1) == 1)
        told++;
    close(said[0]);
    assert_true(told > 0);
    return told == 2;
}

static void assert_whole(const Away *away)
{
    Session *session = away->visits.session;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
    const gint64 come = fixture_int(session, "SELECT COUNT(*) FROM sync_op");
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM contact_note"), come);
    assert_int_equal(fixture_int(session, "SELECT COALESCE(MAX(seq), 0) FROM sync_op"), come);
    assert_int_equal(fixture_int(session, "SELECT COUNT(DISTINCT note) FROM contact_note"), come);
    assert_int_equal(
        fixture_int(session, "SELECT COUNT(*) FROM audit WHERE entity = 'contact_note' AND node ="
                             " (SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'node')"),
        come);
}

static void killed_at_any_moment(void **state)
{
    Away *away = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(5);
    gboolean home = FALSE;
    int kills = 0, with_some = 0;
    leave(away);
    for (int i = 0; i < DEEDS; i++)
        note(away->laptop, away->visits.client, i);
    g_clear_pointer(&away->laptop, session_close);
    g_clear_pointer(&away->visits.unit.session, session_close);
    for (; !home && kills < KILLS_MOST; kills++) {
        home = killed(away, (gulong)g_rand_int_range(chance, 0, STEP_US * (kills + 1)));
        away->visits.session = away->visits.unit.session = fixture_open(&away->visits.unit, "chef");
        assert_whole(away);
        const gint64 come = fixture_int(away->visits.session, "SELECT COUNT(*) FROM sync_op");
        with_some += come > 0 && come < DEEDS;
        if (!home)
            g_clear_pointer(&away->visits.unit.session, session_close);
    }
    assert_true(home);
    assert_true(with_some > 0);
    assert_int_equal(fixture_int(away->visits.session, "SELECT COUNT(*) FROM contact_note"), DEEDS);
    assert_int_equal(
        fixture_int(away->visits.session, "SELECT COUNT(*) FROM away WHERE state = 'home'"), 1);
    print_message("# %d kills in coming home, %d with some of it there\n", kills - 1, with_some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {AWAY_TEST(killed_at_any_moment)};
    return cmocka_run_group_tests_name("home_kill", tests, NULL, NULL);
}
