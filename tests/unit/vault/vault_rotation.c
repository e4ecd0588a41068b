/* A new data key: who is left out, and what other programs see meanwhile. */
#include "tests/unit/vault/fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(revokes),
        TEST(takes_users_while_a_key_is_brought_in),
        TEST(lets_two_programs_finish),
        TEST(tells_a_program_that_the_key_changed),
    };
    return cmocka_run_group_tests_name("vault/rotation", tests, start, NULL);
}
