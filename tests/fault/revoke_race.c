/* Signing in while an administrator closes users and the data key changes: whoever may sign in
 * does, at whatever moment the other stands, and nobody is told that anything is damaged (B1). */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/unit/keys.h"
#include "tests/unit/care/fixture.h"

#define SIGNERS 3
#define REVOKES 8

/* --- moments of a sign-in ----------------------------------------------------------------------
 *
 * A moment is one at which the sign-in holds no lock: before a passphrase is derived (the key file
 * has been read) and before each statement outside a transaction. At two of them the other program
 * acts, in this same process, so that there is no chance in it. */

typedef void (*Act)(Fixture *fixture);
static struct {
    Fixture *fixture; /* NULL: nobody is signing in */
    int count, at[2];
    Act acts[2];
} moments;

static void moment(void)
{
    Fixture *fixture = moments.fixture;
    int now = moments.count++;

    if (!fixture)
        return;
    moments.fixture = NULL;
    for (int i = 0; i < 2; i++)
        if (moments.at[i] == now && moments.acts[i])
            moments.acts[i](fixture);
    moments.fixture = fixture;
}

/* `next` is about to be stepped; one without a text is the engine's own, within another. */
static gboolean holds_a_lock(sqlite3_stmt *next)
{
    sqlite3 *handle = sqlite3_db_handle(next);
    sqlite3_stmt *statement = NULL;

    if (!sqlite3_sql(next) || !sqlite3_get_autocommit(handle))
        return TRUE;
    while ((statement = sqlite3_next_stmt(handle, statement)))
        if (sqlite3_stmt_busy(statement))
            return TRUE;
    return FALSE;
}

int sqlite3_step(sqlite3_stmt *statement)
{
    static int (*real)(sqlite3_stmt *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
    if (!holds_a_lock(statement))
        moment();
    return real(statement);
}

int crypto_pwhash(unsigned char *const out, unsigned long long out_length,
                  const char *const passphrase, unsigned long long length,
                  const unsigned char *const salt, unsigned long long passes, size_t memory,
                  int algorithm)
{
    moment();
    return crypto_pwhash_argon2id(out, out_length, passphrase, length, salt, passes, memory,
                                  algorithm);
}

/* --- the other program -------------------------------------------------------------------------
 */

static void revoke_user(Fixture *fixture)
{
    assert_ok(staff_revoke(fixture->session, "bort", NULL, &error));
}

/* The first half of it: both keys stand in the key file. */
static void draw(Fixture *fixture)
{
    assert_ok(vault_rotate_begin(session_vault(fixture->session), "bort", &error));
}

static void bring_in(Fixture *fixture)
{
    assert_ok(session_finish_rotation(fixture->session, NULL, &error));
}

/* Signs in as eva, with `acts` at the moments `at`; how many moments there were. */
static int sign_in(Fixture *fixture, const int *at, const Act *acts)
{
    g_autoptr(GError) failed = NULL;

    memcpy(moments.at, at, sizeof moments.at);
    memcpy(moments.acts, acts, sizeof moments.acts);
    moments.count = 0;
    moments.fixture = fixture;
    g_autoptr(Session) session = fixture_try(fixture, "eva", PASSPHRASE, &failed);
    moments.fixture = NULL;
    if (!session)
        fail_msg("at moments %d and %d of %d: %s", at[0], at[1], moments.count, failed->message);
    assert_string_equal(session_login(session), "eva");
    return moments.count;
}

static void a_revoke_at_every_moment(void **state)
{
    Fixture *fixture = *state;
    const Act acts[2] = {revoke_user, NULL};
    int count = 1;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    for (int at = 0; at < count; at++) {
        fixture_user(fixture, "bort", ROLE_SUPPORT_WORKER);
        count = sign_in(fixture, (int[]){at, -1}, acts);
    }
    assert_true(count > 20);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* The two halves at two moments: the sign-in finds a change under way and brings it to its end
 * itself, while the other program is still at it. */
static void the_halves_of_a_revoke_at_two_moments(void **state)
{
    Fixture *fixture = *state;
    const Act acts[2] = {draw, bring_in};
    int count = 1;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    for (int first = 0; first < count; first++) {
        fixture_user(fixture, "bort", ROLE_SUPPORT_WORKER);
        count = sign_in(fixture, (int[]){first, first + first * 7 % 10}, acts);
        fixture_reopen(fixture, "grundare");
        assert_null(vault_next_key(session_vault(fixture->session)));
        assert_ok(db_run(session_db(fixture->session),
                         "UPDATE staff SET active = 0 WHERE login = 'bort'", NULL, &error));
    }
    fixture_reopen(fixture, "grundare");
}

/* --- several programs, as chance has it --------------------------------------------------------
 */

static void sign_in_until(const Fixture *fixture, int gone)
{
    char byte;

    do {
        g_autoptr(GError) error = NULL;
        g_autoptr(Session) session = fixture_try(fixture, "eva", PASSPHRASE, &error);
        if (!session) {
            fprintf(stderr, "signing in: %s\n", error->message);
            _exit(1);
        }
    } while (read(gone, &byte, 1) < 0); /* not blocking: -1 while the administrator is at it */
    _exit(0);
}

static void sign_ins_beside_revokes(void **state)
{
    Fixture *fixture = *state;
    pid_t signers[SIGNERS];
    int gone[2];

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    assert_int_equal(pipe2(gone, O_NONBLOCK), 0);
    for (int i = 0; i < SIGNERS; i++) {
        signers[i] = fork();
        if (signers[i] == 0) {
            close(gone[1]);
            sign_in_until(fixture, gone[0]);
        }
    }
    fixture->session = fixture_open(fixture, "grundare");
    for (int i = 0; i < REVOKES; i++) {
        fixture_user(fixture, "bort", ROLE_SUPPORT_WORKER);
        revoke_user(fixture);
    }
    close(gone[0]);
    close(gone[1]);
    for (int i = 0; i < SIGNERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(signers[i], &status, 0), signers[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_revoke_at_every_moment),
        FIXTURE_TEST(the_halves_of_a_revoke_at_two_moments),
        FIXTURE_TEST(sign_ins_beside_revokes),
    };
    return cmocka_run_group_tests_name("revoke_race", tests, NULL, NULL);
}
