/* A key file that is damaged, forged or put back to an earlier state. */
#include "tests/unit/vault/fixture.h"

/* Every byte is tried once, in the program as it is shipped; where each access to memory is watched
 * too, every fifth one takes all the same ways. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#endif
#ifdef WATCHED
enum { STEP = 5 };
#else
enum { STEP = 1 };
#endif

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
    assert_int_equal(unlink(f->copy), 0);
    for (gsize at = 0; at < length; at += STEP) {
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
    assert_int_equal(unlink(f->copy), 0);
    int passed_structure = 0;
    for (gsize at = 0; at < body; at += STEP) {
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
    assert_true(passed_structure > 500 / STEP);
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
    put(f->copy, forged);
    assert_int_equal(open_fault(f, "anna", "anna hemlig"), ERROR_CORRUPT);
}

static void notices_an_older_generation(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(GBytes) first = contents(f->path);

    assert_true(add(vault, "bo", "bos", NULL));
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
    g_autoptr(GBytes) kept = contents(f->copy);
    g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
    put(f->path, empty);
    assert_fault(add(vault, "cilla", "c", &error), &error, ERROR_CORRUPT);
    g_autofree guint8 *much = g_malloc0(vault_file_max_length() + 1);
    g_autoptr(GBytes) huge = g_bytes_new(much, vault_file_max_length() + 1);
    put(f->path, huge);
    assert_fault(set(vault, "bo", "c", &error), &error, ERROR_CORRUPT);
    g_autoptr(GBytes) still = contents(f->copy);
    assert_true(g_bytes_equal(kept, still));
    put(f->copy, huge);
    assert_int_equal(open_fault(f, "anna", "anna hemlig"), ERROR_CORRUPT);
}

/* B3: a byte of the file damaged, or all of it gone but its name: the copy opens, and puts it
 * right.
 */
static void the_copy_opens_and_mends(void **state)
{
    Fixture *f = *state;
    gboolean mended = TRUE;
    g_autoptr(GBytes) whole = contents(f->path);
    gsize length = g_bytes_get_size(whole);

    enum { STRIDE = 7 * STEP };
    for (gsize at = 0; at < length + STRIDE; at += STRIDE) {
        g_autofree guint8 *changed = g_memdup2(g_bytes_get_data(whole, NULL), length);
        if (at < length)
            changed[at] ^= 0x10;
        /* At the last, an empty file. */
        g_autoptr(GBytes) bytes = g_bytes_new(changed, at < length ? length : 0);
        put(f->path, bytes);
        g_autoptr(Vault) wrong = open_as(f->path, "anna", "fel", NULL);
        g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
        assert_null(wrong);
        assert_non_null(vault);
        assert_true(vault_tend(vault, &mended, NULL));
        assert_true(mended);
        g_autoptr(GBytes) after = contents(f->path);
        assert_true(g_bytes_equal(whole, after));
        assert_true(vault_tend(vault, &mended, NULL));
        assert_false(mended);
    }
}

/* The copy is put right by the file: missing, damaged, or older than it. */
static void the_file_mends_the_copy(void **state)
{
    Fixture *f = *state;
    gboolean mended = TRUE;
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(GBytes) older = contents(f->path);
    g_autoptr(GBytes) empty = g_bytes_new_static("", 0);

    assert_true(add(vault, "bo", "bos", NULL));
    g_autoptr(GBytes) whole = contents(f->path);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(unlink(f->copy), 0);
        if (i > 0)
            put(f->copy, i == 1 ? empty : older);
        assert_true(vault_tend(vault, &mended, NULL));
        assert_false(mended);
        g_autoptr(GBytes) copy = contents(f->copy);
        assert_true(g_bytes_equal(whole, copy));
    }
    /* An older one is no copy of what this vault has read. */
    put(f->path, empty);
    put(f->copy, older);
    assert_false(vault_tend(vault, &mended, NULL));
    assert_false(mended);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(notices_every_flipped_byte),        TEST(notices_every_forged_byte),
        TEST(refuses_keys_sealed_by_a_stranger), TEST(notices_an_older_generation),
        TEST(never_builds_upon_damage),          TEST(the_copy_opens_and_mends),
        TEST(the_file_mends_the_copy),
    };
    return cmocka_run_group_tests_name("vault/damage", tests, start, NULL);
}
