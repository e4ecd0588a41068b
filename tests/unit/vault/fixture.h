/* fixture.h: a key file of its own in a temporary folder, for the tests of the vault; and what the
 * floor asks of the system, seen and cut off: each program that reads this file has its own. */
#pragma once

#include "vault/vault.h"
#include "vault/vault_seal.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <glib/gstdio.h>

/* What a program started here came to, beside 0 and the codes of its errors. */
enum { PLUG_PULLED = 77, NOT_SET_UP = 97, UNEXPLAINED, SUCCEEDED };
#define PROGRAMS 3

/* Shared with the programs that are started. They end by a signal, as when the plug is pulled:
 * nothing is tidied up, and no checker of memory looks at what they inherited. */
static int *outcomes;

static inline _Noreturn void end_program(int program, int outcome)
{
    outcomes[program] = outcome;
    kill(getpid(), SIGKILL);
    abort();
}

static inline int outcome_of(pid_t child, int program)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return outcomes[program];
}

/* --- what the floor asks of the system, seen and cut off -------------------------------------- */

static int steps_left = -1; /* until the plug is pulled; -1 never */
static GString *trace;      /* of the steps, where one is wanted */

static inline void step(const char *name, const char *path)
{
    if (steps_left >= 0 && steps_left-- == 0)
        end_program(0, PLUG_PULLED);
    if (trace) {
        const char *suffix = path ? strstr(path, ".keys") : NULL;

        g_string_append_printf(trace, "%s%s%s ", name, suffix ? ":" : "", suffix ? suffix : "");
    }
}

int fsync(int fd)
{
    struct stat status;

    step(fstat(fd, &status) == 0 && S_ISDIR(status.st_mode) ? "sync-folder" : "sync", NULL);
    return (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
    step("rename", to);
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char *path)
{
    step("unlink", path);
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

/* Called when the key file has been locked, once. */
static void (*when_locked)(void);
static int locks;

int flock(int fd, int operation)
{
    int result = (int)syscall(SYS_flock, fd, operation);

    if (result == 0) {
        void (*act)(void) = when_locked;

        locks++;
        when_locked = NULL;
        if (act)
            act();
    }
    return result;
}

/* How often a passphrase was derived, and at what cost. */
static int derivations;
static VaultCost last_cost;
static gboolean memory_is_short;
/* What is derived in the place of what was given, as an earlier version would have done; NULL. */
static const char *derive_as;

int crypto_pwhash(unsigned char *const out, unsigned long long out_length,
                  const char *const passphrase, unsigned long long length,
                  const unsigned char *const salt, unsigned long long passes, size_t memory,
                  int algorithm)
{
    derivations++;
    last_cost = (VaultCost){passes, memory};
    if (memory_is_short) {
        errno = ENOMEM;
        return -1;
    }
    return crypto_pwhash_argon2id(out, out_length, derive_as ? derive_as : passphrase,
                                  derive_as ? strlen(derive_as) : length, salt, passes, memory,
                                  algorithm);
}

/* --- helpers ---------------------------------------------------------------------------------- */

typedef struct {
    char *folder;
    char *path;
    char *copy;
    Secret *code;
} Fixture;

static inline Secret *text(const char *value)
{
    return secret_copy(value, strlen(value));
}

static inline Vault *open_as(const char *path, const char *login, const char *passphrase,
                             GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_open(path, login, secret, error);
}

static inline gboolean add(Vault *vault, const char *login, const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_add_user(vault, login, secret, error);
}

static inline gboolean set(Vault *vault, const char *login, const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_set_passphrase(vault, login, secret, error);
}

static inline gboolean opens(const Fixture *f, const char *login, const char *passphrase)
{
    g_autoptr(Vault) vault = open_as(f->path, login, passphrase, NULL);

    return vault != NULL;
}

/* -1 when it opens. */
static inline int open_fault(const Fixture *f, const char *login, const char *passphrase)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, login, passphrase, &error);

    return vault ? -1 : error->code;
}

static inline void assert_fault(gboolean result, GError **error, int code)
{
    assert_false(result);
    assert_non_null(*error);
    assert_int_equal((*error)->code, code);
    g_clear_error(error);
}

static inline GBytes *contents(const char *path)
{
    char *bytes;
    gsize length;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    return g_bytes_new_take(bytes, length);
}

/* In place and unsynced: the loops below write thousands of times. */
static inline void put(const char *path, GBytes *bytes)
{
    FILE *file = fopen(path, "w");
    gsize length = g_bytes_get_size(bytes);

    assert_non_null(file);
    assert_int_equal(fwrite(g_bytes_get_data(bytes, NULL), 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* The names in the folder, sorted, with blanks between. */
static inline char *listing(const Fixture *f)
{
    g_autoptr(GDir) folder = g_dir_open(f->folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *name;

    while ((name = g_dir_read_name(folder)))
        g_ptr_array_insert(names, names->len && strcmp(name, names->pdata[0]) < 0 ? 0 : -1,
                           (gpointer)name);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(" ", (char **)names->pdata);
}

static inline int set_up(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    g_autoptr(Secret) passphrase = text("anna hemlig");

    f->folder = g_dir_make_tmp("vault-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "unit.keys", NULL);
    f->copy = g_strconcat(f->path, ".copy", NULL);
    g_autoptr(Vault) vault = vault_create(f->path, "anna", passphrase, &f->code, NULL);
    *state = f;
    return vault ? 0 : -1;
}

static inline int tear_down(void **state)
{
    Fixture *f = *state;
    g_autoptr(GDir) folder = g_dir_open(f->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(f->folder, name, NULL);
        unlink(path);
    }
    g_rmdir(f->folder);
    secret_free(f->code);
    g_free(f->folder);
    g_free(f->path);
    g_free(f->copy);
    g_free(f);
    return 0;
}

static inline int start(void **state)
{
    (void)state;
    outcomes = mmap(NULL, PROGRAMS * sizeof *outcomes, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return outcomes != MAP_FAILED && secret_init(NULL) ? 0 : -1;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
