/* The key file: who it opens for, what it notices, and what is left when the plug is pulled. */
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

static _Noreturn void end_program(int program, int outcome)
{
    outcomes[program] = outcome;
    kill(getpid(), SIGKILL);
    abort();
}

static int outcome_of(pid_t child, int program)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return outcomes[program];
}

/* --- what the floor asks of the system, seen and cut off -------------------------------------- */

static int steps_left = -1; /* until the plug is pulled; -1 never */
static GString *trace;      /* of the steps, where one is wanted */

static void step(const char *name, const char *path)
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
    return crypto_pwhash_argon2id(out, out_length, passphrase, length, salt, passes, memory,
                                  algorithm);
}

/* --- helpers ---------------------------------------------------------------------------------- */

typedef struct {
    char *folder;
    char *path;
    char *old;
    Secret *code;
} Fixture;

static Secret *text(const char *value)
{
    return secret_copy(value, strlen(value));
}

static Vault *open_as(const char *path, const char *login, const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_open(path, login, secret, error);
}

static gboolean add(Vault *vault, const char *login, const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_add_user(vault, login, secret, error);
}

static gboolean set(Vault *vault, const char *login, const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = text(passphrase);

    return vault_set_passphrase(vault, login, secret, error);
}

static gboolean opens(const Fixture *f, const char *login, const char *passphrase)
{
    g_autoptr(Vault) vault = open_as(f->path, login, passphrase, NULL);

    return vault != NULL;
}

/* -1 when it opens. */
static int open_fault(const Fixture *f, const char *login, const char *passphrase)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, login, passphrase, &error);

    return vault ? -1 : error->code;
}

static void assert_fault(gboolean result, GError **error, int code)
{
    assert_false(result);
    assert_non_null(*error);
    assert_int_equal((*error)->code, code);
    g_clear_error(error);
}

static GBytes *contents(const char *path)
{
    char *bytes;
    gsize length;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    return g_bytes_new_take(bytes, length);
}

/* In place and unsynced: the loops below write thousands of times. */
static void put(const char *path, GBytes *bytes)
{
    FILE *file = fopen(path, "w");
    gsize length = g_bytes_get_size(bytes);

    assert_non_null(file);
    assert_int_equal(fwrite(g_bytes_get_data(bytes, NULL), 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* The names in the folder, sorted, with blanks between. */
static char *listing(const Fixture *f)
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

static int set_up(void **state)
{
    Fixture *f = g_new0(Fixture, 1);
    g_autoptr(Secret) passphrase = text("anna hemlig");

    f->folder = g_dir_make_tmp("vault-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "unit.keys", NULL);
    f->old = g_strconcat(f->path, ".old", NULL);
    g_autoptr(Vault) vault = vault_create(f->path, "anna", passphrase, &f->code, NULL);
    *state = f;
    return vault ? 0 : -1;
}

static int tear_down(void **state)
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
    g_free(f->old);
    g_free(f);
    return 0;
}

/* --- opening ---------------------------------------------------------------------------------- */

static void names_the_key_file(void **state)
{
    const struct {
        const char *database, *keys;
    } cases[] = {
        {"/x/unit.db", "/x/unit.keys"},
        {"/x/unit", "/x/unit.keys"},
        {"/x.db/unit", "/x.db/unit.keys"},
        {"/x/a.b.db", "/x/a.b.keys"},
        {"/x/a.sqlite", "/x/a.sqlite.keys"},
        {"/x/.db", "/x/.db.keys"},
        {"unit.db", "unit.keys"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *keys = vault_path_for(cases[i].database);
        assert_string_equal(keys, cases[i].keys);
    }
}

static void opens_with_what_it_was_made_with(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) a = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Vault) b = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Vault) c = vault_open_recovery(f->path, (const char *)f->code->bytes, NULL);

    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    assert_int_equal(vault_data_key(a)->length, VAULT_DATA_KEY_BYTES);
    assert_int_equal(vault_audit_key(a)->length, VAULT_AUDIT_KEY_BYTES);
    assert_true(secret_equal(vault_data_key(a), vault_data_key(b)));
    assert_true(secret_equal(vault_data_key(a), vault_data_key(c)));
    assert_true(secret_equal(vault_audit_key(a), vault_audit_key(c)));
    assert_false(sodium_is_zero(vault_data_key(a)->bytes, VAULT_DATA_KEY_BYTES));
    assert_false(sodium_is_zero(vault_audit_key(a)->bytes, VAULT_AUDIT_KEY_BYTES));
    assert_int_equal(strlen(vault_database_id(a)), 32);
    assert_string_equal(vault_database_id(a), vault_database_id(c));
    assert_string_equal(vault_path(a), f->path);
    assert_int_equal(vault_generation(a), 1);
    assert_int_equal(vault_user_count(a), 1);
    assert_true(vault_has_login(a, "anna"));
    assert_false(vault_has_login(a, "Anna"));
    assert_null(vault_next_key(a));
    assert_true(vault_verify(a, NULL));
}

static void says_the_same_for_a_wrong_login_and_a_wrong_passphrase(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) login = NULL;
    g_autoptr(GError) passphrase = NULL;
    g_autoptr(Vault) by_passphrase = open_as(f->path, "anna", "annan hemlig", &passphrase);

    derivations = 0;
    last_cost = (VaultCost){0, 0};
    /* The right passphrase of the one slot there is to try. */
    g_autoptr(Vault) by_login = open_as(f->path, "bertil", "anna hemlig", &login);
    assert_null(by_login);
    assert_null(by_passphrase);
    assert_int_equal(login->code, ERROR_PASSPHRASE);
    assert_int_equal(passphrase->code, ERROR_PASSPHRASE);
    assert_string_equal(login->message, passphrase->message);
    /* As much work: one derivation at what the slots here cost. */
    assert_int_equal(derivations, 1);
    assert_int_equal(last_cost.operations, crypto_pwhash_argon2id_OPSLIMIT_MIN);
    assert_int_equal(last_cost.memory, crypto_pwhash_argon2id_MEMLIMIT_MIN);
    assert_int_equal(open_fault(f, "", ""), ERROR_PASSPHRASE);
    assert_int_equal(open_fault(f, "\xff", "\xff"), ERROR_PASSPHRASE);
}

static void takes_both_encodings_of_a_ring(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(add(vault, "\u00e5sa", "bl\u00e5b\u00e4r", NULL));
    assert_true(opens(f, "\u00e5sa", "bl\u00e5b\u00e4r"));
    assert_true(opens(f, "a\u030asa", "bla\u030aba\u0308r"));
    assert_false(opens(f, "asa", "bl\u00e5b\u00e4r"));
    assert_false(opens(f, "\u00e5sa", "blabar"));
    assert_true(set(vault, "a\u030asa", "sjo\u0308", NULL));
    assert_true(opens(f, "\u00e5sa", "sj\u00f6"));
}

static void says_where_the_key_file_should_be(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;

    unlink(f->path);
    assert_fault(open_as(f->path, "anna", "anna hemlig", &error) != NULL, &error, ERROR_NOT_FOUND);
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", &error);
    assert_null(vault);
    assert_non_null(strstr(error->message, f->path));
    assert_non_null(strstr(error->message, f->old));
}

static void makes_no_second_key_file(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Secret) passphrase = text("annan");
    g_autoptr(Secret) empty = secret_new(0);
    g_autoptr(Secret) code = NULL;
    g_autoptr(GBytes) before = contents(f->path);
    g_autofree char *other = g_build_filename(f->folder, "other.keys", NULL);

    assert_fault(vault_create(f->path, "bo", passphrase, &code, &error) != NULL, &error,
                 ERROR_EXISTS);
    g_autoptr(GBytes) after = contents(f->path);
    assert_true(g_bytes_equal(before, after));
    assert_fault(vault_create(other, "", passphrase, &code, &error) != NULL, &error, ERROR_INPUT);
    assert_fault(vault_create(other, "\xff", passphrase, &code, &error) != NULL, &error,
                 ERROR_INPUT);
    assert_fault(vault_create(other, "bo", empty, &code, &error) != NULL, &error, ERROR_INPUT);
    assert_null(code);
    g_autofree char *names = listing(f);
    assert_string_equal(names, "unit.keys");
}

static void is_the_owners_alone(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    struct stat status;

    assert_int_equal(stat(f->path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    /* Opened to a group on purpose it stays so; never to everybody. */
    assert_int_equal(chmod(f->path, 0664), 0);
    assert_true(add(vault, "bo", "bos", NULL));
    assert_int_equal(stat(f->path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0660);
    assert_int_equal(stat(f->old, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0660);
}

static void opens_with_the_recovery_code(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *typed = g_ascii_strdown((const char *)f->code->bytes, -1);
    g_autoptr(Vault) vault = vault_open_recovery(f->path, typed, NULL);
    g_autoptr(Secret) fresh = NULL;

    assert_non_null(vault);
    assert_int_equal(strlen((const char *)f->code->bytes), f->code->length);
    assert_true(set(vault, "anna", "ny", NULL));
    assert_true(opens(f, "anna", "ny"));
    assert_true(vault_new_recovery(vault, &fresh, NULL));
    assert_fault(vault_open_recovery(f->path, typed, &error) != NULL, &error, ERROR_PASSPHRASE);
    g_autoptr(Vault) again = vault_open_recovery(f->path, (const char *)fresh->bytes, NULL);
    assert_non_null(again);

    /* The third group, mistyped. */
    fresh->bytes[12] = fresh->bytes[12] == '7' ? '8' : '7';
    g_autoptr(Vault) wrong = vault_open_recovery(f->path, (const char *)fresh->bytes, &error);
    assert_null(wrong);
    assert_int_equal(error->code, ERROR_INPUT);
    assert_non_null(strchr(error->message, '3'));
}

/* --- users ------------------------------------------------------------------------------------ */

static void adds_users_and_changes_passphrases(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(add(vault, "bo", "bos", NULL));
    assert_true(add(vault, "cilla", "cillas", NULL));
    assert_int_equal(vault_user_count(vault), 3);
    assert_int_equal(vault_generation(vault), 3);
    g_autoptr(Vault) bo = open_as(f->path, "bo", "bos", NULL);
    assert_true(secret_equal(vault_data_key(bo), vault_data_key(vault)));
    assert_true(secret_equal(vault_audit_key(bo), vault_audit_key(vault)));
    assert_fault(add(vault, "bo", "annat", &error), &error, ERROR_EXISTS);
    assert_true(opens(f, "bo", "bos"));

    assert_true(set(bo, "bo", "nytt", NULL));
    assert_false(opens(f, "bo", "bos"));
    assert_true(opens(f, "bo", "nytt"));
    assert_true(opens(f, "anna", "anna hemlig"));
    assert_true(opens(f, "cilla", "cillas"));
    assert_fault(set(vault, "doris", "x", &error), &error, ERROR_NOT_FOUND);
    assert_fault(set(vault, "bo", "", &error), &error, ERROR_INPUT);
    assert_fault(add(vault, "doris", "", &error), &error, ERROR_INPUT);
    g_autofree char *names = listing(f);
    assert_string_equal(names, "unit.keys unit.keys.old");
}

static void holds_no_name_and_no_passphrase(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    const char *names[] = {"anna", "hemlig", "kristoffer", "vinterbonad"};

    assert_true(add(vault, "kristoffer", "vinterbonad", NULL));
    g_autoptr(GBytes) bytes = contents(f->path);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        assert_null(memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), names[i],
                           strlen(names[i])));
    const Secret *secrets[] = {vault_data_key(vault), vault_audit_key(vault), f->code};
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
        assert_null(
            memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), secrets[i]->bytes, 16));
}

/* Opens, then adds `count` users when the gate opens, as a program of its own. */
static pid_t adder(const Fixture *f, int program, int count, int gate)
{
    pid_t child = fork();
    char go;

    if (child != 0)
        return child;
    Vault *vault = open_as(f->path, "anna", "anna hemlig", NULL);
    gboolean fine = vault != NULL && read(gate, &go, 1) >= 0;
    for (int i = 0; fine && i < count; i++) {
        char login[16];

        snprintf(login, sizeof login, "%c%d", 'a' + program, i);
        fine = add(vault, login, login, NULL);
    }
    end_program(program, fine ? SUCCEEDED : UNEXPLAINED);
}

static void keeps_what_two_programs_add_at_once(void **state)
{
    enum { EACH = 6 };
    Fixture *f = *state;
    pid_t children[PROGRAMS];
    int gate[2];

    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < PROGRAMS; i++) {
        children[i] = adder(f, i, EACH, gate[0]);
        assert_true(children[i] > 0);
    }
    assert_int_equal(write(gate[1], "go!", PROGRAMS), PROGRAMS);
    for (int i = 0; i < PROGRAMS; i++)
        assert_int_equal(outcome_of(children[i], i), SUCCEEDED);
    close(gate[0]);
    close(gate[1]);
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    assert_int_equal(vault_user_count(vault), 1 + PROGRAMS * EACH);
    assert_int_equal(vault_generation(vault), 1 + PROGRAMS * EACH);
    assert_true(opens(f, "a0", "a0"));
    assert_true(opens(f, "c5", "c5"));
}

static const Fixture *replaced;

/* Another program's change, at the moment between our opening the file and our lock on it. */
static void replace_the_file(void)
{
    g_autofree char *copy = g_strconcat(replaced->path, ".copy", NULL);
    g_autoptr(GBytes) bytes = contents(replaced->path);

    put(copy, bytes);
    assert_int_equal(rename(copy, replaced->path), 0);
}

/* A lock on a file that has lost its name keeps nobody out. */
static void locks_the_file_that_has_the_name(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    locks = 0;
    assert_true(add(vault, "bo", "bos", NULL));
    assert_int_equal(locks, 1);
    replaced = f;
    when_locked = replace_the_file;
    locks = 0;
    assert_true(add(vault, "cilla", "cillas", NULL));
    assert_null(when_locked);
    assert_int_equal(locks, 2);
    assert_true(opens(f, "cilla", "cillas"));
}

static void sees_what_another_program_changed(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) a = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Vault) b = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(add(a, "bo", "bos", NULL));
    assert_true(vault_has_login(b, "bo"));
    assert_int_equal(vault_user_count(b), 2);
    assert_fault(add(b, "bo", "x", &error), &error, ERROR_EXISTS);
    assert_true(set(b, "bo", "nytt", NULL));
    assert_true(opens(f, "bo", "nytt"));
}

/* --- a new data key --------------------------------------------------------------------------- */

static void revokes(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_fault(vault_rotate_begin(vault, "anna", &error), &error, ERROR_INPUT);
    assert_true(add(vault, "bo", "bos", NULL));
    assert_fault(vault_rotate_begin(vault, "cilla", &error), &error, ERROR_NOT_FOUND);
    assert_fault(vault_rotate_finish(vault, &error), &error, ERROR_INTERNAL);
    assert_null(vault_next_key(vault));

    g_autoptr(Secret) before =
        secret_copy(vault_data_key(vault)->bytes, vault_data_key(vault)->length);
    g_autoptr(Secret) audit =
        secret_copy(vault_audit_key(vault)->bytes, vault_audit_key(vault)->length);
    assert_true(vault_rotate_begin(vault, "bo", NULL));
    assert_int_equal(open_fault(f, "bo", "bos"), ERROR_PASSPHRASE);
    assert_true(secret_equal(vault_data_key(vault), before));
    const Secret *next = vault_next_key(vault);
    assert_non_null(next);
    assert_memory_not_equal(next->bytes, before->bytes, 32);
    /* The database keeps its salt. */
    assert_memory_equal(next->bytes + 32, before->bytes + 32, VAULT_DATA_KEY_BYTES - 32);
    assert_fault(vault_rotate_begin(vault, NULL, &error), &error, ERROR_CONFLICT);

    g_autoptr(Secret) after = secret_copy(next->bytes, next->length);
    assert_true(vault_rotate_finish(vault, NULL));
    assert_true(secret_equal(vault_data_key(vault), after));
    assert_null(vault_next_key(vault));
    assert_int_equal(open_fault(f, "bo", "bos"), ERROR_PASSPHRASE);
    g_autoptr(Vault) again = open_as(f->path, "anna", "anna hemlig", NULL);
    assert_true(secret_equal(vault_data_key(again), after));
    assert_true(secret_equal(vault_audit_key(again), audit));
    g_autoptr(Vault) recovery = vault_open_recovery(f->path, (const char *)f->code->bytes, NULL);
    assert_true(secret_equal(vault_data_key(recovery), after));
    assert_true(vault_verify(vault, NULL));
}

static void takes_users_while_a_key_is_brought_in(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(vault_rotate_begin(vault, NULL, NULL));
    assert_true(add(vault, "bo", "bos", NULL));
    g_autoptr(Vault) bo = open_as(f->path, "bo", "bos", NULL);
    assert_true(secret_equal(vault_data_key(bo), vault_data_key(vault)));
    assert_true(secret_equal(vault_next_key(bo), vault_next_key(vault)));
    assert_true(vault_rotate_finish(vault, NULL));
    assert_true(opens(f, "bo", "bos"));
}

/* Two programs find the same interrupted change: both bring it to its end. */
static void lets_two_programs_finish(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) a = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(vault_rotate_begin(a, NULL, NULL));
    g_autoptr(Vault) b = open_as(f->path, "anna", "anna hemlig", NULL);
    assert_true(secret_equal(vault_next_key(a), vault_next_key(b)));
    assert_true(vault_rotate_finish(a, NULL));
    guint64 generation = vault_generation(a);
    assert_true(vault_rotate_finish(b, NULL));
    assert_true(secret_equal(vault_data_key(a), vault_data_key(b)));
    assert_null(vault_next_key(b));
    assert_int_equal(vault_generation(b), generation);
    assert_true(add(b, "bo", "bos", NULL));
    assert_true(opens(f, "bo", "bos"));
}

static void tells_a_program_that_the_key_changed(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) a = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Vault) b = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(vault_rotate_begin(a, NULL, NULL));
    assert_fault(add(b, "bo", "bos", &error), &error, ERROR_KEY_CHANGED);
    assert_true(vault_rotate_finish(a, NULL));
    assert_fault(add(b, "bo", "bos", &error), &error, ERROR_KEY_CHANGED);
    assert_fault(vault_rotate_begin(b, NULL, &error), &error, ERROR_KEY_CHANGED);
    assert_fault(vault_verify(b, &error), &error, ERROR_KEY_CHANGED);
    assert_true(vault_verify(a, NULL));
    assert_false(vault_has_login(a, "bo"));
}

/* --- damage and forgery ----------------------------------------------------------------------- */

static void notices_every_flipped_byte(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(GError) error = NULL;

    assert_true(add(vault, "bo", "bos", NULL));
    g_autoptr(GBytes) whole = contents(f->path);
    gsize length = g_bytes_get_size(whole);
    g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(whole, NULL), length);
    for (gsize at = 0; at < length; at++) {
        changed[at] ^= 0x10;
        g_autoptr(GBytes) bytes = g_bytes_new(changed, length);
        put(f->path, bytes);
        int fault = open_fault(f, "anna", "anna hemlig");
        changed[at] ^= 0x10;
        /* The format's number is believed before all else. */
        assert_int_equal(fault, at >= 8 && at < 12 ? ERROR_VERSION : ERROR_CORRUPT);
        assert_fault(vault_verify(vault, &error), &error, fault);
    }
    put(f->path, whole);
    assert_true(opens(f, "anna", "anna hemlig"));
}

/* The same by a hand that makes the checksum fit: what is left is what the secrets vouch for. */
static void notices_every_forged_byte(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(add(vault, "bo", "bos", NULL));
    assert_true(vault_rotate_begin(vault, NULL, NULL));
    g_autoptr(GBytes) whole = contents(f->path);
    gsize length = g_bytes_get_size(whole);
    gsize body = length - VAULT_CHECKSUM_BYTES;
    int passed_structure = 0;
    for (gsize at = 0; at < body; at++) {
        g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(whole, NULL), length);

        changed[at] ^= 0x01;
        crypto_generichash(changed + body, VAULT_CHECKSUM_BYTES, changed, body, NULL, 0);
        g_autoptr(GBytes) bytes = g_bytes_new(changed, length);
        put(f->path, bytes);
        int fault = open_fault(f, "anna", "anna hemlig");
        assert_true(fault == ERROR_CORRUPT || fault == ERROR_PASSPHRASE || fault == ERROR_VERSION);
        assert_true(open_fault(f, "bo", "bos") >= 0);
        assert_false(vault_verify(vault, NULL));
        passed_structure += vault_parse_check(changed, length, NULL);
    }
    assert_true(passed_structure > 500);
    put(f->path, whole);
    assert_true(vault_verify(vault, NULL));
}

/* Whoever can write the file can seal keys of his own to everyone; only under a passphrase is what
 * makes such a file's MAC. */
static void refuses_keys_sealed_by_a_stranger(void **state)
{
    Fixture *f = *state;
    g_autoptr(GBytes) whole = contents(f->path);
    g_autoptr(VaultFile) file =
        vault_file_parse(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole), NULL);
    g_auto(VaultKeys) keys = {.data = secret_new(VAULT_DATA_KEY_BYTES),
                              .audit = secret_new(VAULT_AUDIT_KEY_BYTES)};

    file->generation++;
    assert_true(vault_seal_keys(file, &keys));
    g_autoptr(Secret) mac_key = vault_mac_key(&keys);
    g_autoptr(GBytes) forged = vault_file_serialise(file, mac_key);
    put(f->path, forged);
    assert_int_equal(open_fault(f, "anna", "anna hemlig"), ERROR_CORRUPT);
}

static void notices_an_older_generation(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(GBytes) first = contents(f->path);

    assert_true(add(vault, "bo", "bos", NULL));
    g_autoptr(GBytes) kept = contents(f->old);
    assert_true(g_bytes_equal(first, kept));
    put(f->path, first);
    assert_fault(vault_verify(vault, &error), &error, ERROR_CORRUPT);
    assert_fault(add(vault, "cilla", "c", &error), &error, ERROR_CORRUPT);
    g_autoptr(GBytes) after = contents(f->path);
    assert_true(g_bytes_equal(first, after));
    /* A new opening leaves it to the database, which holds the generation too. */
    g_autoptr(Vault) again = open_as(f->path, "anna", "anna hemlig", NULL);
    assert_int_equal(vault_generation(again), 1);
}

static void never_builds_upon_damage(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(add(vault, "bo", "bos", NULL));
    g_autoptr(GBytes) kept = contents(f->old);
    g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
    put(f->path, empty);
    assert_fault(add(vault, "cilla", "c", &error), &error, ERROR_CORRUPT);
    g_autofree guint8 *much = g_malloc0(vault_file_max_length() + 1);
    g_autoptr(GBytes) huge = g_bytes_new(much, vault_file_max_length() + 1);
    put(f->path, huge);
    assert_int_equal(open_fault(f, "anna", "anna hemlig"), ERROR_CORRUPT);
    assert_fault(set(vault, "bo", "c", &error), &error, ERROR_CORRUPT);
    g_autoptr(GBytes) still = contents(f->old);
    assert_true(g_bytes_equal(kept, still));
}

/* --- faults of the machine -------------------------------------------------------------------- */

static gboolean change_passphrase(Vault *vault)
{
    return set(vault, "anna", "ny", NULL);
}

static gboolean begin_rotation(Vault *vault)
{
    return vault_rotate_begin(vault, "bo", NULL);
}

static gboolean finish_rotation(Vault *vault)
{
    return vault_rotate_finish(vault, NULL);
}

/* Runs `change` as a program whose plug is pulled at step `steps`. TRUE when it was, FALSE when the
 * change came to its end. */
static gboolean pull_plug(const Fixture *f, gboolean (*change)(Vault *), int steps)
{
    pid_t child = fork();

    if (child == 0) {
        Vault *vault = open_as(f->path, "anna", "anna hemlig", NULL);

        steps_left = steps;
        gboolean done = vault && change(vault);
        end_program(0, done ? SUCCEEDED : UNEXPLAINED);
    }
    int outcome = outcome_of(child, 0);
    assert_true(outcome == SUCCEEDED || outcome == PLUG_PULLED);
    return outcome == PLUG_PULLED;
}

static void leaves_a_whole_generation_when_the_plug_is_pulled(void **state)
{
    Fixture *f = *state;
    gboolean pulled = TRUE;
    int steps = 0;

    for (; pulled; steps++) {
        pulled = pull_plug(f, change_passphrase, steps);
        /* Exactly one of the two passphrases opens. */
        gboolean old = opens(f, "anna", "anna hemlig");
        assert_true(old != opens(f, "anna", "ny"));
        assert_true(pulled || !old);
        /* What was left lying is not in the way, and goes. */
        g_autoptr(Vault) vault = open_as(f->path, "anna", old ? "anna hemlig" : "ny", NULL);
        assert_true(set(vault, "anna", "anna hemlig", NULL));
        g_autofree char *names = listing(f);
        assert_string_equal(names, "unit.keys unit.keys.old");
        g_autoptr(GBytes) before = contents(f->old);
        assert_true(
            vault_parse_check(g_bytes_get_data(before, NULL), g_bytes_get_size(before), NULL));
    }
    assert_true(steps > 6);
}

static void brings_an_interrupted_rotation_to_its_end(void **state)
{
    Fixture *f = *state;
    gboolean pulled = TRUE;

    for (int steps = 0; pulled; steps++) {
        g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
        if (!vault_has_login(vault, "bo"))
            assert_true(add(vault, "bo", "bos", NULL));
        g_autoptr(Secret) key =
            secret_copy(vault_data_key(vault)->bytes, vault_data_key(vault)->length);

        pulled = pull_plug(f, begin_rotation, steps);
        g_autoptr(Vault) begun = open_as(f->path, "anna", "anna hemlig", NULL);
        assert_true(secret_equal(vault_data_key(begun), key));
        assert_true(vault_has_login(begun, "bo") == (vault_next_key(begun) == NULL));
        assert_true(pulled || vault_next_key(begun));
        if (!vault_next_key(begun))
            assert_true(vault_rotate_begin(begun, "bo", NULL));
        g_autoptr(Secret) next =
            secret_copy(vault_next_key(begun)->bytes, vault_next_key(begun)->length);

        gboolean finish_pulled = pull_plug(f, finish_rotation, steps);
        g_autoptr(Vault) after = open_as(f->path, "anna", "anna hemlig", NULL);
        if (vault_next_key(after)) {
            assert_true(finish_pulled);
            assert_true(secret_equal(vault_data_key(after), key));
            assert_true(secret_equal(vault_next_key(after), next));
            assert_true(vault_rotate_finish(after, NULL));
        }
        assert_true(secret_equal(vault_data_key(after), next));
        assert_false(opens(f, "bo", "bos"));
        pulled |= finish_pulled;
    }
}

/* Nothing takes the place of anything before it is on the disk. */
static void syncs_before_it_renames(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    trace = g_string_new(NULL);
    gboolean added = add(vault, "bo", "bos", NULL);
    g_autofree char *steps = g_string_free(g_steal_pointer(&trace), FALSE);
    assert_true(added);
    assert_string_equal(steps, "unlink:.keys.new unlink:.keys.old.new sync sync "
                               "rename:.keys.old rename:.keys sync-folder ");
}

typedef void (*Trouble)(const Fixture *f);

/* The error code of adding a user in a program that meets `trouble`, or SUCCEEDED. */
static int fault_with(const Fixture *f, Trouble trouble)
{
    pid_t child = fork();

    if (child == 0) {
        GError *error = NULL;
        Vault *vault = open_as(f->path, "anna", "anna hemlig", NULL);

        trouble(f);
        gboolean added = vault && add(vault, "bo", "bos", &error);
        end_program(0, added ? SUCCEEDED : error ? (int)error->code : UNEXPLAINED);
    }
    return outcome_of(child, 0);
}

static void no_trouble(const Fixture *f)
{
    (void)f;
}

static void read_only_folder(const Fixture *f)
{
    if (chmod(f->path, 0644) != 0 || chmod(f->folder, 0555) != 0 ||
        (geteuid() == 0 && seteuid(65534) != 0))
        end_program(0, NOT_SET_UP);
}

static void full_disk(const Fixture *f)
{
    const struct rlimit little = {100, 100};

    (void)f;
    if (setrlimit(RLIMIT_FSIZE, &little) != 0)
        end_program(0, NOT_SET_UP);
}

static void unreadable_file(const Fixture *f)
{
    if (chmod(f->path, 0) != 0 || (geteuid() == 0 && seteuid(65534) != 0))
        end_program(0, NOT_SET_UP);
}

static void says_what_the_machine_refuses(void **state)
{
    const struct {
        Trouble trouble;
        int code;
    } cases[] = {
        {read_only_folder, ERROR_READONLY},
        {full_disk, ERROR_FULL},
        {unreadable_file, ERROR_READONLY},
    };
    Fixture *f = *state;
    g_autoptr(GBytes) before = contents(f->path);

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(fault_with(f, cases[i].trouble), cases[i].code);
        assert_int_equal(chmod(f->folder, 0700), 0);
        assert_int_equal(chmod(f->path, 0600), 0);
        g_autoptr(GBytes) after = contents(f->path);
        assert_true(g_bytes_equal(before, after));
        g_autofree char *names = listing(f);
        assert_string_equal(names, "unit.keys");
    }
    assert_int_equal(fault_with(f, no_trouble), SUCCEEDED);
}

/* --- Argon2id --------------------------------------------------------------------------------- */

static void costs_at_least_moderate(void **state)
{
    (void)state;
    g_unsetenv("DAGSFORM_TEST_KDF");
    VaultCost cost = vault_cost();
    g_setenv("DAGSFORM_TEST_KDF", "minimum", TRUE);
    assert_true(cost.operations >= crypto_pwhash_argon2id_OPSLIMIT_MODERATE);
    assert_true(cost.operations <= VAULT_PASSES_MAX);
    assert_int_equal(cost.memory, crypto_pwhash_argon2id_MEMLIMIT_MODERATE);
    cost = vault_cost();
    assert_int_equal(cost.operations, crypto_pwhash_argon2id_OPSLIMIT_MIN);
    assert_int_equal(cost.memory, crypto_pwhash_argon2id_MEMLIMIT_MIN);
}

static void says_when_memory_is_short(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    memory_is_short = TRUE;
    gboolean added = add(vault, "bo", "bos", &error);
    int fault = open_fault(f, "anna", "anna hemlig");
    memory_is_short = FALSE;
    assert_fault(added, &error, ERROR_BUSY);
    assert_int_equal(fault, ERROR_BUSY);
    assert_false(vault_has_login(vault, "bo"));
    assert_true(opens(f, "anna", "anna hemlig"));
}

static int start(void **state)
{
    (void)state;
    g_setenv("DAGSFORM_TEST_KDF", "minimum", TRUE);
    outcomes = mmap(NULL, PROGRAMS * sizeof *outcomes, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return outcomes != MAP_FAILED && secret_init(NULL) ? 0 : -1;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_key_file),
        TEST(opens_with_what_it_was_made_with),
        TEST(says_the_same_for_a_wrong_login_and_a_wrong_passphrase),
        TEST(takes_both_encodings_of_a_ring),
        TEST(says_where_the_key_file_should_be),
        TEST(makes_no_second_key_file),
        TEST(is_the_owners_alone),
        TEST(opens_with_the_recovery_code),
        TEST(adds_users_and_changes_passphrases),
        TEST(holds_no_name_and_no_passphrase),
        TEST(keeps_what_two_programs_add_at_once),
        TEST(locks_the_file_that_has_the_name),
        TEST(sees_what_another_program_changed),
        TEST(revokes),
        TEST(takes_users_while_a_key_is_brought_in),
        TEST(lets_two_programs_finish),
        TEST(tells_a_program_that_the_key_changed),
        TEST(notices_every_flipped_byte),
        TEST(notices_every_forged_byte),
        TEST(refuses_keys_sealed_by_a_stranger),
        TEST(notices_an_older_generation),
        TEST(never_builds_upon_damage),
        TEST(leaves_a_whole_generation_when_the_plug_is_pulled),
        TEST(brings_an_interrupted_rotation_to_its_end),
        TEST(syncs_before_it_renames),
        TEST(says_what_the_machine_refuses),
        cmocka_unit_test(costs_at_least_moderate),
        TEST(says_when_memory_is_short),
    };
    return cmocka_run_group_tests_name("vault", tests, start, NULL);
}
