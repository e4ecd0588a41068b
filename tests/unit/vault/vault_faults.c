/* What is left of the key file when the plug is pulled, and what the machine refuses. */
#include "tests/unit/vault/fixture.h"

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
        /* B6: the copy is never older than the file, whenever the plug is pulled. */
        g_autoptr(Vault) by_copy = open_as(f->copy, "anna", "anna hemlig", NULL);
        assert_true(old || !by_copy);
        /* What was left lying is not in the way, and goes. */
        g_autoptr(Vault) vault = open_as(f->path, "anna", old ? "anna hemlig" : "ny", NULL);
        assert_true(set(vault, "anna", "anna hemlig", NULL));
        g_autofree char *names = listing(f);
        assert_string_equal(names, "unit.keys unit.keys.copy");
        g_autoptr(GBytes) file = contents(f->path), copy = contents(f->copy);
        assert_true(g_bytes_equal(file, copy));
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
    assert_string_equal(steps, "unlink:.keys.new unlink:.keys.copy.new sync sync "
                               "unlink:.keys.copy unlink:.keys.old "
                               "rename:.keys rename:.keys.copy sync-folder ");
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
        assert_string_equal(names, "unit.keys unit.keys.copy");
    }
    assert_int_equal(fault_with(f, no_trouble), SUCCEEDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaves_a_whole_generation_when_the_plug_is_pulled),
        TEST(brings_an_interrupted_rotation_to_its_end),
        TEST(syncs_before_it_renames),
        TEST(says_what_the_machine_refuses),
    };
    return cmocka_run_group_tests_name("vault/faults", tests, start, NULL);
}
