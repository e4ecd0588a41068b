/* B10: a revoke that is killed at any moment leaves a unit that opens, with a log that is whole: the
 * change of the data key and of the log's key is brought to its end by whoever signs in. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/care/fixture.h"

#define ROUNDS 24

static void revoke_and_tell(const Fixture *fixture, const char *login, int tell)
{
    g_autoptr(Session) session = fixture_try(fixture, "grundare", PASSPHRASE, NULL);

    if (session == NULL || write(tell, "!", 1) != 1 || !staff_revoke(session, login, NULL, NULL))
        _exit(1);
    _exit(0);
}

/* Signs in and revokes in a program of its own that is killed after `us` microseconds of the revoke;
 * 0: it is let go on to its end. How long it took. */
static gulong revoke_killed(const Fixture *fixture, const char *login, gulong us)
{
    int tell[2];
    char byte;

    assert_int_equal(pipe(tell), 0);
    const pid_t child = fork();
    if (child == 0)
        revoke_and_tell(fixture, login, tell[1]);
    close(tell[1]);
    assert_int_equal(read(tell[0], &byte, 1), 1);
    const gint64 start = g_get_monotonic_time();
    if (us > 0) {
        g_usleep(us);
        kill(child, SIGKILL);
    }
    waitpid(child, NULL, 0);
    close(tell[0]);
    return (gulong)(g_get_monotonic_time() - start);
}

static void killed_at_any_moment(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(10);
    gint64 entries = 0;
    gulong whole = 0;

    for (int round = 0; round < ROUNDS; round++) {
        g_autofree char *login = g_strdup_printf("bort%d", round);
        fixture_user(fixture, login, ROLE_SUPPORT_WORKER);
        session_close(g_steal_pointer(&fixture->session));
        const gulong us =
            round == 0 ? 0 : (gulong)g_rand_double_range(chance, 1, 1.2 * (double)whole);
        const gulong took = revoke_killed(fixture, login, us);
        whole = round == 0 ? took : whole;
        fixture->session = fixture_open(fixture, "grundare");
        assert_null(vault_next_key(session_vault(fixture->session)));
        assert_int_equal(fixture_faults(fixture->session, NULL), 0);
        const gint64 now = fixture_int(fixture->session, "SELECT count(*) FROM audit");
        assert_true(now > entries);
        entries = now;
    }
    print_message("%d data keys were brought in, one revoke takes %lu us\n",
                  (int)fixture_int(fixture->session, "SELECT count(*) FROM audit_epoch"), whole);
    assert_true(fixture_int(fixture->session, "SELECT count(*) FROM audit_epoch") > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {FIXTURE_TEST(killed_at_any_moment)};

    return cmocka_run_group_tests_name("revoke_kill", tests, NULL, NULL);
}
