/* Backups that are killed at any moment, while another program writes all the time: none that is
 * half is ever taken for one, each that has its name is whole, and the next one clears what was
 * left. And a database that is put back, killed at any moment: the same order brings it to its end.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/folder.h"
#include "care/unit/restore.h"
#include "care/unit/restore_copy.h"
#include "tests/unit/care/fixture.h"

#define ROUNDS 60
#define PUT_BACK 40
#define TIMES_ALL 2 /* as many, in `make faults` */
#define RESTS_US 4000

typedef enum { WRITE, BACK_UP, PUT_IN } Work;

static int times(int rounds)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL ? TIMES_ALL * rounds : rounds;
}

/* As people do who work, with a rest after each entry: one that never rests takes the processor from the
 * backup, which then is always killed half done and never when it has just got its name. */
static gboolean write_on(Session *session)
{
    g_usleep(RESTS_US);
    return audit_note(session, "look", "import", 0, 0, NULL);
}

/* Tells when it is about to begin. */
static void child_work(const Fixture *fixture, Work work, const char *backup, int tell)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};
    Session *session = work == PUT_IN ? NULL : session_open(&opening, NULL);

    if (write(tell, "!", 1) != 1)
        _exit(1);
    if (work == PUT_IN)
        _exit(restore_replace(&opening, backup, NULL) ? 0 : 1);
    while (session && (work == WRITE ? write_on(session)
                                     : backup_make(session, &(BackupOrder){0}, NULL) != NULL))
        continue;
    _exit(1);
}

static pid_t begin(const Fixture *fixture, Work work, const char *backup)
{
    int tell[2];
    char byte;
    assert_int_equal(pipe(tell), 0);
    pid_t child = fork();

    if (child == 0)
        child_work(fixture, work, backup, tell[1]);
    close(tell[1]);
    assert_int_equal(read(tell[0], &byte, 1), 1);
    close(tell[0]);
    return child;
}

static void kill_within(pid_t child, GRand *chance, double seconds)
{
    g_usleep((gulong)g_rand_double_range(chance, 0, seconds * 1e6));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* Every backup that has a name opens by its passphrase and holds what it says. */
static int prove_all(const Fixture *fixture, Session *session)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};
    g_autofree char *folder = backup_folder(session);
    g_autofree char *part = g_build_filename(fixture->folder, "proof" FOLDER_PART, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    int proved = 0;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(RestoreCopy) copy = NULL;
        if (g_str_has_suffix(name, FOLDER_PART))
            continue;
        assert_ok((copy = restore_copy_new(&opening, path, part, FALSE, &error)));
        assert_int_equal(copy->faults->len, 0);
        proved++;
    }
    return proved;
}

static guint parts(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint found = 0;

    while (dir && (name = g_dir_read_name(dir)))
        found += g_str_has_suffix(name, FOLDER_PART);
    return found;
}

static void no_half_backup_is_taken_for_one(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(10);
    g_autofree char *folder = backup_folder(fixture->session);
    g_autoptr(Backup) first = NULL, last = NULL;
    g_autoptr(GTimer) timer = g_timer_new();
    guint left = 0;

    assert_ok((first = backup_make(fixture->session, &(BackupOrder){0}, &error)));
    const double whole = g_timer_elapsed(timer, NULL);
    session_close(g_steal_pointer(&fixture->session));
    pid_t writer = begin(fixture, WRITE, NULL);
    for (int round = 0; round < times(ROUNDS); round++) {
        kill_within(begin(fixture, BACK_UP, NULL), chance, 2 * whole);
        left += parts(folder);
    }
    assert_int_equal(waitpid(writer, NULL, WNOHANG), 0);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_ok((last = backup_make(fixture->session, &(BackupOrder){0}, &error)));
    assert_int_equal(parts(folder), 0);
    const int proved = prove_all(fixture, fixture->session);
    assert_true(proved > 1);
    assert_true(left > 0);
    print_message("# %d kills: in a backup, %u of them with a half one; %d whole ones proved\n",
                  times(ROUNDS), left, proved);
}

static void put_back_it_comes_to_its_end(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(11);
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};
    g_autoptr(Backup) backup = NULL;
    g_autoptr(Restored) first = NULL, restored = NULL;
    g_autoptr(GTimer) timer = g_timer_new();
    int opened = 0;

    assert_ok((backup = backup_make(fixture->session, &(BackupOrder){0}, &error)));
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    g_timer_start(timer);
    assert_ok((first = restore_replace(&opening, backup->path, &error)));
    const double whole = g_timer_elapsed(timer, NULL);
    for (int round = 0; round < times(PUT_BACK); round++) {
        kill_within(begin(fixture, PUT_IN, backup->path), chance, 1.2 * whole);
        /* The one or the other, or neither until the order is given again: never a mixture. */
        fixture->session = fixture_try(fixture, "grundare", PASSPHRASE, NULL);
        if (fixture->session) {
            assert_int_equal(fixture_faults(fixture->session, NULL), 0);
            session_close(g_steal_pointer(&fixture->session));
            opened++;
        }
    }
    assert_ok((restored = restore_replace(&opening, backup->path, &error)));
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM staff"), 1);
    g_autofree char *folder = g_path_get_dirname(fixture->database);
    assert_int_equal(parts(folder), 0);
    print_message("# %d kills: in putting a backup back; after %d of them a unit opened at once\n",
                  times(PUT_BACK), opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(no_half_backup_is_taken_for_one),
        FIXTURE_TEST(put_back_it_comes_to_its_end),
    };

    return cmocka_run_group_tests_name("backup_kill", tests, NULL, NULL);
}
