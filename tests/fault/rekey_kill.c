/* A change of key that is killed at any moment leaves a file that one of the two keys opens, whole.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/db/fixture.h"

#define ROUNDS 20
#define ROUNDS_ALL 200
#define ROWS 3000 /* of some 1 000 bytes */

static void fill(Db *db)
{
    g_autofree char *body = g_strnfill(1000, 'n');

    assert_ok(db_begin(db, &error));
    for (gint64 i = 1; i <= ROWS; i++)
        assert_ok(db_run(db, "INSERT INTO note (id, body) VALUES (:id, :body)",
                         DB_PARAMS(DB_INT("id", i), DB_TEXT("body", body)), &error));
    assert_ok(db_commit(db, &error));
}

static gboolean told(double share, gpointer data)
{
    (void)share, (void)data;
    return TRUE;
}

/* Opens, tells that it is about to begin, and changes the key. */
static void change_key(const Fixture *f, const Secret *from, const Secret *to, int tell)
{
    g_autoptr(GError) error = NULL;
    const DbWatch watch = {told, NULL}; /* the engine's file is listened to, as on the screen */
    Db *db = db_open_with(f->path, from, DB_READ_WRITE, &small_options, &error);

    if (!db || write(tell, "!", 1) != 1 || !db_rekey(db, to, &watch, &error)) {
        fprintf(stderr, "changing the key: %s\n", error ? error->message : "");
        _exit(1);
    }
    db_close(db);
    _exit(0);
}

/* Which key fits: 0 or 1. The one asked first may be the wrong one, as after a real crash: opening
 * with it must do no harm. */
static int key_that_fits(const Fixture *f, Secret *const *keys, int first)
{
    for (int i = 0; i < 2; i++) {
        int nth = (first + i) % 2;
        g_autoptr(GError) error = NULL;
        g_autoptr(Db) db = db_open_with(f->path, keys[nth], DB_READ_WRITE, &small_options, &error);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        if (!db) {
            assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_PASSPHRASE));
            continue;
        }
        assert_true(db_check(db, faults, NULL, NULL, NULL));
        if (faults->len > 0)
            fail_msg("%s", (char *)faults->pdata[0]);
        assert_int_equal(fixture_int(db, "SELECT count(*) FROM note WHERE length(body) = 1000"),
                         ROWS);
        return nth;
    }
    fail_msg("neither key opens the file");
    return -1;
}

static void killed_at_any_moment(void **state)
{
    Fixture *f = *state;
    Secret *keys[2] = {fixture_key(1), fixture_key(2)};
    g_autoptr(GRand) chance = g_rand_new_with_seed(4);
    g_autoptr(Db) db = fixture_open(f, DB_CREATE);
    g_autoptr(GTimer) timer = g_timer_new();
    const int rounds = g_getenv("DAGSFORM_TEST_ALL") != NULL ? ROUNDS_ALL : ROUNDS;
    gulong whole;
    int now = 0, changed = 0;

    fill(db);
    g_timer_start(timer);
    assert_ok(db_rekey(db, keys[1], NULL, &error));
    assert_ok(db_rekey(db, keys[0], NULL, &error));
    whole = (gulong)(g_timer_elapsed(timer, NULL) / 2 * 1000000);
    g_clear_pointer(&db, db_close);
    for (int round = 0; round < rounds; round++) {
        int tell[2], fits;
        pid_t child;
        char byte;
        assert_int_equal(pipe(tell), 0);
        child = fork();
        if (child == 0)
            change_key(f, keys[now], keys[1 - now], tell[1]);
        close(tell[1]);
        assert_int_equal(read(tell[0], &byte, 1), 1);
        g_usleep((gulong)g_rand_double_range(chance, 0, (double)whole));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(tell[0]);
        fits = key_that_fits(f, keys, round % 2);
        changed += fits != now;
        now = fits;
    }
    print_message("# %d kills: in a change of key, %d of which had taken place\n", rounds, changed);
    secret_free(keys[0]);
    secret_free(keys[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_any_moment, fixture_setup, fixture_teardown),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("rekey_kill", tests, NULL, NULL);
}
