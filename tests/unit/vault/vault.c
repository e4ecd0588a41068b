/* The key file: who it opens for, and who is in it. */
#include "tests/unit/vault/fixture.h"

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

/* B17: AltGr and the space bar write a blank that looks like any other. */
static void test_b17_every_blank_is_one(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_true(opens(f, "anna", "anna\u00a0hemlig"));
    assert_true(opens(f, "anna", "anna\u3000hemlig"));
    assert_false(opens(f, "anna", "anna\themlig"));
    assert_true(add(vault, "bo", "bl\u00e5\u2003b\u00e4r", NULL));
    assert_true(opens(f, "bo", "bl\u00e5 b\u00e4r"));
}

/* B17: a slot that an earlier version made of what was typed. */
static void test_b17_slots_of_before_still_open(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    derive_as = "bl\u00e5\u00a0b\u00e4r";
    assert_true(add(vault, "bo", "bl\u00e5\u00a0b\u00e4r", NULL));
    derive_as = NULL;
    assert_true(opens(f, "bo", "bl\u00e5\u00a0b\u00e4r"));
    assert_true(opens(f, "bo", "bla\u030a\u00a0b\u00e4r"));
    assert_false(opens(f, "bo", "bl\u00e5 b\u00e4r"));
    derivations = 0;
    assert_false(opens(f, "anna", "anna fel"));
    assert_int_equal(derivations, 1);
}

/* B17: what cannot be typed again, and why in words. */
static void test_b17_no_text_is_no_passphrase(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Secret) with_nul = secret_copy("en\0tv\u00e5", 7);
    g_autoptr(GError) error = NULL, nul = NULL;

    assert_fault(add(vault, "bo", "bl\xe5 b\xe4r", &error), &error, ERROR_INPUT);
    assert_false(vault_add_user(vault, "bo", with_nul, &nul));
    assert_non_null(strstr(nul->message, "UTF-8"));
    assert_false(vault_has_login(vault, "bo"));
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
    assert_non_null(strstr(error->message, f->copy));
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
    assert_string_equal(names, "unit.keys unit.keys.copy");
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
    assert_int_equal(stat(f->copy, &status), 0);
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
    assert_string_equal(names, "unit.keys unit.keys.copy");
}

/* B6: whatever lies in the folder, a passphrase or a recovery code that has been replaced opens
 * none of it; what an earlier version kept there is gone. */
static void what_is_replaced_opens_nothing_in_the_folder(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(GBytes) before = contents(f->path);
    g_autoptr(Secret) fresh = NULL;
    g_autofree char *old = g_strconcat(f->path, ".old", NULL);

    put(old, before);
    assert_true(set(vault, "anna", "ny", NULL));
    assert_true(vault_new_recovery(vault, &fresh, NULL));
    g_autoptr(GDir) folder = g_dir_open(f->folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(f->folder, name, NULL);
        g_autoptr(Vault) by_passphrase = open_as(path, "anna", "anna hemlig", NULL);
        g_autoptr(Vault) by_code = vault_open_recovery(path, (const char *)f->code->bytes, NULL);
        g_autoptr(Vault) by_new = open_as(path, "anna", "ny", NULL);
        if (by_passphrase || by_code || !by_new)
            fail_msg("%s opens with what has been replaced", name);
    }
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
    assert_int_equal(vault_generation(vault), 1 + PROGRAMS * EACH);
    for (int i = 0; i < PROGRAMS * EACH; i++) {
        const char login[] = {(char)('a' + i / EACH), (char)('0' + i % EACH), '\0'};
        assert_true(vault_has_login(vault, login));
        assert_true(opens(f, login, login));
    }
}

static const Fixture *replaced;

/* Another program's change, at the moment between our opening the file and our lock on it. */
static void replace_the_file(void)
{
    g_autofree char *other = g_strconcat(replaced->path, ".other", NULL);
    g_autoptr(GBytes) bytes = contents(replaced->path);

    put(other, bytes);
    assert_int_equal(rename(other, replaced->path), 0);
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
    assert_fault(add(b, "bo", "x", &error), &error, ERROR_EXISTS);
    assert_true(set(b, "bo", "nytt", NULL));
    assert_true(opens(f, "bo", "nytt"));
}

/* --- Argon2id --------------------------------------------------------------------------------- */

/* B7: half a second or more, whatever one pass takes, but for the fastest machines; never less than
 * MODERATE. */
static void calibration_rounds_up(void **state)
{
    const struct {
        gint64 pass_us;
        guint64 passes;
    } cases[] = {
        {0, 3},      {1, 10},     {10000, 10}, {50000, 10}, {50001, 10},
        {60000, 9},  {100000, 5}, {100001, 5}, {120000, 5}, {125000, 4},
        {166667, 3}, {240000, 3}, {500000, 3}, {600000, 3}, {G_MAXINT64 / 2, 3},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(vault_passes(cases[i].pass_us), cases[i].passes);
    assert_true(vault_pass_us() > 0);
    assert_true(last_cost.memory > crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE / 2);
}

/* Which they would be, were the tests' cost the one that is shipped. */
static void slots_made_here_are_not_weak(void **state)
{
    Fixture *f = *state;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);

    assert_false(vault_is_weak(vault, "anna"));
    assert_false(vault_is_weak(vault, "bertil"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_key_file),
        TEST(opens_with_what_it_was_made_with),
        TEST(says_the_same_for_a_wrong_login_and_a_wrong_passphrase),
        TEST(takes_both_encodings_of_a_ring),
        TEST(test_b17_every_blank_is_one),
        TEST(test_b17_slots_of_before_still_open),
        TEST(test_b17_no_text_is_no_passphrase),
        TEST(says_where_the_key_file_should_be),
        TEST(makes_no_second_key_file),
        TEST(is_the_owners_alone),
        TEST(opens_with_the_recovery_code),
        TEST(adds_users_and_changes_passphrases),
        TEST(what_is_replaced_opens_nothing_in_the_folder),
        TEST(holds_no_name_and_no_passphrase),
        TEST(keeps_what_two_programs_add_at_once),
        TEST(locks_the_file_that_has_the_name),
        TEST(sees_what_another_program_changed),
        cmocka_unit_test(calibration_rounds_up),
        TEST(slots_made_here_are_not_weak),
        TEST(says_when_memory_is_short),
    };
    return cmocka_run_group_tests_name("vault", tests, start, NULL);
}
