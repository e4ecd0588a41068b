/* Making two cards one, and two again, broken off: killed at any moment the unit is whole, no row has
 * stayed half-way between the cards, and nothing that was said to be done is undone. Issue 10. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/client/client_merge.h"
#include "tests/unit/care/fixture_visit.h"

enum { KEPT = 30, CLOSED = 40, KILLS = 12, KILLS_ALL = 100 };

static int kills(void)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL ? KILLS_ALL : KILLS;
}

static void fill(const Visits *visits, gint64 client, int count)
{
    for (int i = 0; i < count; i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->client_id = client;
        visit->staff_id = visits->staff;
        visit->date = date_parse("2026-11-02") + i % 20;
        visit->start = (8 + i / 20 + (client == visits->other ? 4 : 0)) * 60;
        visit->minutes = 45;
        assert_ok(visit_add(visits->session, visit, &error));
        if (i % 2 == 0)
            record(visits, visit->id, came(OUTCOME_NO_SHOW, NULL));
    }
}

/* The two are made one, and two again, until it is killed; of each act that has come through a byte is
 * said. In a program of its own. */
static void merge_and_undo(const Visits *visits, int said)
{
    gint64 merge = 0;
    g_autoptr(Session) session = fixture_try(&visits->unit, "grundare", PASSPHRASE, NULL);
    if (session == NULL)
        _exit(1);
    g_autoptr(GPtrArray) merges = client_merges(session, visits->client, NULL);
    if (merges == NULL)
        _exit(1);
    gboolean one = merges->len > 0;
    merge = one ? ((const ClientMerge *)merges->pdata[0])->id : 0;
    for (;; one = !one)
        if ((one ? !client_merge_undo(session, merge, NULL, NULL)
                 : !client_merge(session, visits->client, visits->other, MERGE_BIT(MERGE_NAME), &merge,
                                 NULL)) ||
            write(said, "!", 1) != 1)
            _exit(1);
}

/* How many of its acts a program said were done, that was killed some time after the first. */
static int killed(const Visits *visits, gulong after_us)
{
    int said[2], status = 0, acts = 0;
    char byte;
    assert_int_equal(pipe(said), 0);
    const pid_t child = fork();
    if (child == 0)
        merge_and_undo(visits, said[1]);
    close(said[1]);
    acts += read(said[0], &byte, 1) == 1;
    g_usleep(after_us);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    while (read(said[0], &byte, 1) == 1)
        acts++;
    close(said[0]);
    return acts;
}

static gint64 of(const Visits *visits, gint64 client)
{
    return ask(visits, "SELECT COUNT(*) FROM visit WHERE client_id = :id", client);
}

/* Acts that have come through. */
static gint64 acts_done(const Visits *visits)
{
    return fixture_int(visits->session,
                       "SELECT COUNT(*) + COUNT(undone_ms) FROM client_merge WHERE id > 0");
}

static void assert_whole(const Visits *visits)
{
    Session *session = visits->session;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    assert_ok(summary_verify(session, faults, &error));
    assert_ok(meeting_verify(session, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
    const gboolean one = acts_done(visits) % 2 == 1;
    assert_int_equal(of(visits, visits->client), one ? KEPT + CLOSED : KEPT);
    assert_int_equal(of(visits, visits->other), one ? 0 : CLOSED);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM client WHERE id = :id AND merged_into IS NOT NULL",
                         visits->other),
                     one);
}

static void killed_at_any_moment(void **state)
{
    Visits *visits = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    int between = 0;
    fill(visits, visits->client, KEPT);
    fill(visits, visits->other, CLOSED);
    for (int round = 0; round < kills(); round++) {
        const gint64 before = acts_done(visits);
        session_close(g_steal_pointer(&visits->session));
        visits->unit.session = NULL;
        const int said = killed(visits, (gulong)g_rand_int_range(chance, 0, 30000));
        visits->session = visits->unit.session = fixture_open(&visits->unit, "grundare");
        const gint64 done = acts_done(visits) - before;
        assert_true(said >= 1 && done >= said && done <= said + 1);
        between += done > said;
        assert_whole(visits);
    }
    print_message("# %d kills: in merging two cards and undoing it, %d after it had come through and"
                  " before it was said\n",
                  kills(), between);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_any_moment, visits_setup, visits_teardown),
    };

    return cmocka_run_group_tests_name("merge_kill", tests, NULL, NULL);
}
