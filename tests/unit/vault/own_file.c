/* A user's own key file: a slot that opens with passphrase and file together, and with neither alone. */
#include "tests/unit/vault/fixture.h"

#include "vault/own_file.h"
#include "vault/vault_own.h"

/* --- the file --------------------------------------------------------------------------------- */

static char *own_path(const Fixture *f, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(f->path);
    return g_build_filename(folder, name, NULL);
}

static char *made(const Fixture *f, const char *name)
{
    char *path = own_path(f, name);
    g_autoptr(GError) error = NULL;

    assert_true(own_file_make(path, &error));
    return path;
}

static Secret *joined(const char *passphrase, const char *path)
{
    g_autoptr(Secret) typed = secret_from_text(passphrase);
    return own_file_join(typed, path, NULL);
}

static void is_its_owners_alone(void **state)
{
    Fixture *f = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = made(f, "anna.nyckel"), *other = made(f, "bo.nyckel");
    g_autofree char *nowhere = own_path(f, "ingen/mapp"), *a = NULL, *b = NULL;
    gsize length;
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0400);
    assert_true(g_file_get_contents(path, &a, &length, NULL));
    assert_int_equal(length, OWN_FILE_BYTES);
    assert_true(g_file_get_contents(other, &b, NULL, NULL));
    assert_memory_not_equal(a, b, OWN_FILE_BYTES);
    assert_fault(own_file_make(path, &error), &error, ERROR_EXISTS);
    assert_fault(own_file_make(nowhere, &error), &error, ERROR_NOT_FOUND);
}

static void parts_are_what_was_joined(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = made(f, "anna.nyckel");
    g_autoptr(Secret) both = joined("fras", path), plain = secret_from_text("fras");
    Secret *own = NULL;

    g_autoptr(Secret) again = own_file_part(both, &own);
    assert_true(secret_equal(again, plain));
    assert_non_null(own);
    assert_int_equal(own->length, OWN_KEY_BYTES);
    g_clear_pointer(&own, secret_free);
    g_autoptr(Secret) alone = own_file_part(plain, &own);
    assert_true(secret_equal(alone, plain));
    assert_null(own);
}

/* Each byte that is not as it was made, and each length: damage, told in a sentence. */
static void damage_is_told(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = made(f, "anna.nyckel"), *bytes = NULL;
    g_autoptr(Secret) typed = secret_from_text("fras");
    gsize length;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize i = 0; i <= length; i++) {
        g_autofree char *damaged = g_memdup2(bytes, length + 1);
        g_autofree char *name = g_strdup_printf("%s.%d", path, (int)i);
        g_autoptr(GError) error = NULL;
        if (i < length)
            damaged[i] ^= 1;
        assert_true(g_file_set_contents(name, damaged, (gssize)(length + (i == length)), NULL));
        assert_null(own_file_join(typed, name, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_non_null(strstr(error->message, "is damaged"));
    }
    for (gsize kept = 0; kept < length; kept++) {
        Secret *own = NULL;
        assert_false(own_file_parse((const guint8 *)bytes, kept, &own));
        assert_null(own);
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *missing = own_path(f, "borta");
    assert_null(own_file_join(typed, missing, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
}

/* --- the slot --------------------------------------------------------------------------------- */

static Vault *try(const Fixture *f, const char *login, const Secret *secret, int *code)
{
    g_autoptr(GError) error = NULL;
    Vault *vault = vault_open(f->path, login, secret, &error);

    *code = error != NULL ? error->code : -1;
    return vault;
}

static int outcome(const Fixture *f, const char *login, const Secret *secret)
{
    int code;
    vault_close(try(f, login, secret, &code));
    return code;
}

/* bo, who needs the file at `path`. */
static void add_bo(const Fixture *f, const char *path)
{
    g_autoptr(Vault) vault = open_as(f->path, "anna", "anna hemlig", NULL);
    g_autoptr(Secret) both = joined("bos fras", path);
    g_autoptr(GError) error = NULL;

    assert_true(vault_add_user(vault, "bo", both, &error));
    assert_true(own_file_is_needed(vault, "bo"));
    assert_false(own_file_is_needed(vault, "anna"));
    assert_false(own_file_is_needed(vault, "ingen"));
}

static guint32 format_of(const Fixture *f)
{
    g_autofree char *bytes = NULL;
    guint32 format;

    assert_true(g_file_get_contents(f->path, &bytes, NULL, NULL));
    memcpy(&format, bytes + 8, sizeof format);
    return GUINT32_FROM_LE(format);
}

static void opens_with_both_alone(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = made(f, "bo.nyckel"), *other = made(f, "annan.nyckel");
    g_autoptr(Secret) right = joined("bos fras", path), wrong = joined("fel fras", path);
    g_autoptr(Secret) another = joined("bos fras", other), alone = secret_from_text("bos fras");
    g_autoptr(Secret) annas = joined("anna hemlig", other), unknown = secret_from_text("anna hemlig");

    assert_int_equal(format_of(f), 1);
    add_bo(f, path);
    assert_int_equal(format_of(f), 2);
    assert_int_equal(outcome(f, "bo", right), -1);
    assert_int_equal(outcome(f, "bo", wrong), ERROR_PASSPHRASE);
    assert_int_equal(outcome(f, "bo", another), ERROR_INPUT);
    g_autoptr(GError) error = NULL;
    assert_null(vault_open(f->path, "bo", alone, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    assert_non_null(strstr(error->message, "You also need your own key file"));
    assert_true(own_file_is_needed_at(f->path, "bo"));
    assert_false(own_file_is_needed_at(f->path, "anna"));
    /* A file is no hindrance to whoever needs none, and who is unknown is told nothing else. */
    assert_int_equal(outcome(f, "anna", annas), -1);
    for (int i = 0; i < 8; i++) {
        g_autofree char *nobody = g_strdup_printf("ingen%d", i);
        assert_int_equal(outcome(f, nobody, unknown), ERROR_PASSPHRASE);
    }
    g_autoptr(Vault) recovery = vault_open_recovery(f->path, (const char *)f->code->bytes, NULL);
    assert_non_null(recovery);
}

static void is_changed_and_taken_away(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = made(f, "bo.nyckel"), *fresh = made(f, "ny.nyckel");
    g_autoptr(Secret) right = joined("bos fras", path), changed = joined("bos fras", fresh);
    g_autoptr(Secret) alone = secret_from_text("bos fras");
    int code;

    add_bo(f, path);
    g_autoptr(Vault) bo = try(f, "bo", right, &code);
    assert_non_null(bo);
    assert_true(vault_set_passphrase(bo, "bo", changed, NULL));
    assert_int_equal(outcome(f, "bo", right), ERROR_INPUT);
    assert_int_equal(outcome(f, "bo", changed), -1);
    assert_true(vault_rotate_begin(bo, NULL, NULL));
    assert_int_equal(outcome(f, "bo", changed), -1);
    assert_true(vault_rotate_finish(bo, NULL));
    assert_int_equal(outcome(f, "bo", changed), -1);
    assert_true(vault_set_passphrase(bo, "bo", alone, NULL));
    assert_int_equal(outcome(f, "bo", alone), -1);
    assert_int_equal(format_of(f), 1);
}

/* What a slot needs is under its seal: a file that says otherwise opens nothing. */
static void the_need_is_under_the_seal(void **state)
{
    Fixture *f = *state;
    g_autofree char *path = made(f, "bo.nyckel"), *bytes = NULL;
    g_autofree char *copy = g_strconcat(f->path, ".copy", NULL);
    g_autoptr(Secret) right = joined("bos fras", path), alone = secret_from_text("bos fras");
    gsize length;

    add_bo(f, path);
    assert_true(g_file_get_contents(f->path, &bytes, &length, NULL));
    for (gsize i = 0; i < length; i++) {
        g_autofree char *damaged = g_memdup2(bytes, length);
        damaged[i] ^= 2; /* type 3 to 1, format 2 to 0 */
        assert_true(g_file_set_contents(f->path, damaged, (gssize)length, NULL));
        assert_true(g_file_set_contents(copy, damaged, (gssize)length, NULL));
        int code = outcome(f, "bo", alone);
        assert_true(code == ERROR_CORRUPT || code == ERROR_VERSION);
        g_autoptr(GError) error = NULL;
        g_autoptr(Vault) salvaged = vault_salvage(f->path, "bo", alone, &error);
        assert_null(salvaged);
    }
    /* What is left of a damaged file opens with both. */
    bytes[length - 1] ^= 1;
    assert_true(g_file_set_contents(f->path, bytes, (gssize)length, NULL));
    assert_true(g_file_set_contents(copy, bytes, (gssize)length, NULL));
    g_autoptr(Vault) salvaged = vault_salvage(f->path, "bo", right, NULL);
    assert_non_null(salvaged);
    /* A later format is told as such. */
    bytes[8] = 3;
    assert_true(g_file_set_contents(f->path, bytes, (gssize)length, NULL));
    assert_true(g_file_set_contents(copy, bytes, (gssize)length, NULL));
    assert_int_equal(outcome(f, "bo", right), ERROR_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_its_owners_alone),      TEST(parts_are_what_was_joined),
        TEST(damage_is_told),           TEST(opens_with_both_alone),
        TEST(is_changed_and_taken_away), TEST(the_need_is_under_the_seal),
    };

    return cmocka_run_group_tests_name("vault/own_file", tests, start, NULL);
}
