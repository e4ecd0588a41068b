/* confine.c: a child gives up what confine.h says, tries it all the same, and tells what it got. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/leak_checker.h"

enum { NOT_HELD = 255 };

/* What `attempt` left when a child made it: 0, or its errno; NOT_HELD where the kernel cannot. */
static int in_a_child(int (*attempt)(const char *), const char *path)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(attempt(path));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int outcome(int value)
{
    return value < 0 ? errno : 0;
}

/* --- the process -------------------------------------------------------------------------------
 */

static int start_a_program(const char *path)
{
    (void)path;
    char *const nothing[] = {NULL};
    return confine_process() ? outcome(execve("/bin/true", nothing, nothing)) : NOT_HELD;
}

static int reach_the_network(const char *path)
{
    (void)path;
    return confine_network() ? outcome(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) : NOT_HELD;
}

static int reach_the_machine_itself(const char *path)
{
    (void)path;
    return confine_network() ? outcome(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) : NOT_HELD;
}

static int look_into_another(const char *path)
{
    (void)path;
    return confine_process() ? outcome((int)ptrace(PTRACE_SEIZE, getppid(), NULL, NULL)) : NOT_HELD;
}

static int gain_rights(const char *path)
{
    (void)path;
    confine_process();
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : EPERM;
}

static void a_confined_process_starts_nothing(void **state)
{
    (void)state;
    if (in_a_child(reach_the_machine_itself, NULL) == NOT_HELD)
        skip();
    assert_int_equal(in_a_child(reach_the_machine_itself, NULL), 0);
    assert_int_equal(in_a_child(start_a_program, NULL), EPERM);
    assert_int_equal(in_a_child(reach_the_network, NULL), EPERM);
    /* The leak checker looks into the program itself in that way. */
    if (!UNDER_LEAK_CHECKER)
        assert_int_equal(in_a_child(look_into_another, NULL), EPERM);
    assert_int_equal(in_a_child(gain_rights, NULL), 0);
}

/* --- its files ---------------------------------------------------------------------------------
 */

static char *folder;

static gboolean confine_to_folder(void)
{
    const char *const folders[] = {folder, NULL};
    return confine_files(folders);
}

static int open_to_read(const char *path)
{
    return confine_to_folder() ? outcome(open(path, O_RDONLY | O_CLOEXEC)) : NOT_HELD;
}

static int write_anew(const char *path)
{
    return confine_to_folder() ? outcome(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
                               : NOT_HELD;
}

static int write_longer(const char *path)
{
    return confine_to_folder() ? outcome(open(path, O_WRONLY | O_APPEND | O_CLOEXEC)) : NOT_HELD;
}

static int take_away(const char *path)
{
    return confine_to_folder() ? outcome(g_unlink(path)) : NOT_HELD;
}

static int read_on(const char *path)
{
    char first;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    return confine_to_folder() ? outcome((int)read(file, &first, 1)) : NOT_HELD;
}

static int write_a_journal(const char *path)
{
    int first = write_anew(path), second = open_to_read(path);
    return first ? first : second ? second : outcome(g_unlink(path));
}

static void confined_files_are_those_of_a_folder(void **state)
{
    (void)state;
    g_autofree char *root = g_dir_make_tmp("dagsform-confine-XXXXXX", NULL);
    g_autofree char *outside = g_build_filename(root, "secret", NULL);
    g_autofree char *fresh = g_build_filename(root, "fresh", NULL);
    folder = g_build_filename(root, "unit", NULL);
    g_autofree char *inside = g_build_filename(folder, "unit.db-journal", NULL);
    assert_int_equal(g_mkdir(folder, 0700), 0);
    assert_true(g_file_set_contents(outside, "a name", -1, NULL));

    int held = in_a_child(write_a_journal, inside);
    if (held != NOT_HELD) {
        assert_int_equal(held, 0);
        assert_int_equal(in_a_child(open_to_read, outside), EACCES);
        assert_int_equal(in_a_child(write_longer, outside), EACCES);
        assert_int_equal(in_a_child(write_anew, outside), EACCES);
        assert_int_equal(in_a_child(write_anew, fresh), EACCES);
        assert_int_equal(in_a_child(take_away, outside), EACCES);
        assert_int_equal(in_a_child(read_on, outside), 0);
        assert_int_equal(in_a_child(open_to_read, "/usr/bin/env"), 0);
        assert_int_equal(in_a_child(write_longer, "/usr/bin/env"), EACCES);
    }
    assert_int_equal(g_unlink(outside), 0);
    assert_int_equal(g_rmdir(folder), 0);
    assert_int_equal(g_rmdir(root), 0);
    g_clear_pointer(&folder, g_free);
    if (held == NOT_HELD)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_confined_process_starts_nothing),
        cmocka_unit_test(confined_files_are_those_of_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
