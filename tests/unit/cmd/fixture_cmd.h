/* fixture_cmd.h: runs a subcommand as main() would, and keeps what it says. */
#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "tests/unit/exchange/fixture_import.h"

typedef struct {
    int status;
    char *out, *err;
} Ran;

static inline void ran_clear(Ran *ran)
{
    g_free(ran->out);
    g_free(ran->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ran, ran_clear)

/* Standard output or error goes to the file at `path`; what it was, for back_to(). */
static inline int into(const char *path, int descriptor)
{
    const int kept = fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fflush(NULL);
    assert_true(kept >= 0 && file >= 0 && dup2(file, descriptor) >= 0);
    close(file);
    return kept;
}

static inline void back_to(int kept, int descriptor)
{
    fflush(NULL);
    dup2(kept, descriptor);
    close(kept);
}

static inline int run_here(const Fixture *fixture, const char *login, const char *pass,
                           const char *const *words)
{
    const char *const common[] = {"--db", fixture->database,   "--user",
                                  login,  "--passphrase-file", pass};
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    for (int i = 0; words[i]; i++)
        g_ptr_array_add(argv, (gpointer)words[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        g_ptr_array_add(argv, (gpointer)common[i]);
    const int argc = (int)argv->len;
    g_ptr_array_add(argv, NULL);
    const Command *command = cmd_find(words[0]);
    return command->run(command, argc, (char **)argv->pdata);
}

/* A connection does not live through a fork. */
static inline int run_apart(const Fixture *fixture, const char *login, const char *pass,
                            const char *const *words)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int status = run_here(fixture, login, pass, words);
        fflush(NULL);
        _exit(status);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Signed in as `login`. `words` ends with NULL. The test's own session must be closed. Only a
 * command that reads a file of somebody else's, and shuts its process in before (base/confine.h),
 * is run in a child: that copies all memory it touches, which under the sanitizers is most of the
 * time. */
static inline Ran run_command_as(const Fixture *fixture, const char *login, const char *passphrase,
                                 const char *const *words)
{
    g_autofree char *line = g_strconcat(passphrase, "\n", NULL);
    g_autofree char *pass = g_build_filename(fixture->folder, "pass", NULL);
    g_autofree char *out = g_build_filename(fixture->folder, "out", NULL);
    g_autofree char *err = g_build_filename(fixture->folder, "err", NULL);
    assert_null(fixture->session);
    fixture_write(pass, line);
    assert_int_equal(chmod(pass, 0600), 0);
    const gboolean apart = strcmp(words[0], "import") == 0 || strcmp(words[0], "forms") == 0;
    const int kept_out = into(out, STDOUT_FILENO), kept_err = into(err, STDERR_FILENO);
    Ran ran = {.status = (apart ? run_apart : run_here)(fixture, login, pass, words)};
    back_to(kept_out, STDOUT_FILENO);
    back_to(kept_err, STDERR_FILENO);
    assert_true(g_file_get_contents(out, &ran.out, NULL, NULL));
    assert_true(g_file_get_contents(err, &ran.err, NULL, NULL));
    return ran;
}

/* The same as the unit's founder. */
static inline Ran run_command(const Fixture *fixture, const char *const *words)
{
    return run_command_as(fixture, "grundare", PASSPHRASE, words);
}
#define RUN(fixture, ...) run_command(fixture, (const char *const[]){__VA_ARGS__, NULL})

/* A unit into which the file at `path` has been read, locked; the same file for each test of a
 * program. */
static inline void command_unit(Fixture *fixture, const char *path)
{
    static FixtureFiles read_in;

    if (!read_in.recovery) {
        g_autoptr(TableImport) import = open_path(fixture, path);
        run(import, FALSE);
    }
    session_close(g_steal_pointer(&fixture->session));
    if (!read_in.recovery)
        fixture_keep(fixture, &read_in);
    fixture_lay(fixture, &read_in);
}

/* With the half year in it. */
static inline int command_setup(void **state)
{
    import_setup(state);
    command_unit(*state, TRUE_FILE);
    return 0;
}

#define COMMAND_TEST(f) cmocka_unit_test_setup_teardown(f, command_setup, fixture_teardown)
