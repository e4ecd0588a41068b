/* The password by which the holder of a slot signs in at the unit's server. */
#include "tests/unit/vault/fixture.h"

#include "vault/vault_login.h"

static Vault *opened(const Fixture *f, const char *login, const char *words)
{
    g_autoptr(Secret) passphrase = secret_from_text(words);
    g_autoptr(GError) error = NULL;
    Vault *vault = vault_open(f->path, login, passphrase, &error);

    assert_non_null(vault);
    return vault;
}

static Vault *made(const Fixture *f, Secret **code)
{
    g_autoptr(Secret) passphrase = secret_from_text("en lagom lång fras");
    g_autoptr(GError) error = NULL;
    g_autofree char *copy = g_strconcat(f->path, ".copy", NULL);

    g_unlink(f->path);
    g_unlink(copy);
    Vault *vault = vault_create(f->path, "eva", passphrase, code, &error);

    assert_non_null(vault);
    return vault;
}

/* Whoever has drawn the point knows by the public halves what each slot's holder will come to. */
static void both_sides_come_to_the_same(void **state)
{
    const Fixture *f = *state;
    g_autoptr(Secret) code = NULL, bos = secret_from_text("en annan lång fras");
    g_autoptr(Vault) vault = made(f, &code);
    guint8 point[VAULT_POINT_BYTES], other[VAULT_POINT_BYTES];
    g_autoptr(Secret) secret = vault_draw_point(point), other_secret = vault_draw_point(other);

    assert_true(vault_add_user(vault, "bo", bos, NULL));
    assert_null(vault_login_password(vault));
    g_autoptr(Secret) evas = vault_password_of(vault, "eva", point, secret);
    g_autoptr(Secret) his = vault_password_of(vault, "bo", point, secret);
    g_autoptr(Secret) of_code = vault_password_of(vault, NULL, point, secret);
    g_autoptr(Secret) elsewhere = vault_password_of(vault, "eva", other, other_secret);
    assert_null(vault_password_of(vault, "nobody", point, secret));
    assert_true(vault_set_point(vault, point));
    g_autoptr(Secret) mine = vault_login_password(vault);
    assert_true(secret_equal(mine, evas));
    assert_false(secret_equal(mine, his) || secret_equal(mine, of_code) ||
                 secret_equal(mine, elsewhere));
    /* A text, with nothing in it that libpq or SCRAM reads otherwise. */
    assert_int_equal(strlen((const char *)mine->bytes), mine->length - 1);
    assert_true(mine->length > 40);

    g_autoptr(Vault) as_bo = opened(f, "bo", "en annan lång fras");
    assert_true(vault_set_point(as_bo, point));
    g_autoptr(Secret) again = vault_login_password(as_bo);
    assert_true(secret_equal(again, his));
    g_autoptr(Vault) recovered = vault_open_recovery(f->path, (const char *)code->bytes, NULL);
    assert_true(vault_set_point(recovered, point));
    g_autoptr(Secret) by_code = vault_login_password(recovered);
    assert_true(secret_equal(by_code, of_code));
}

/* What the passphrase is has no part in it: the same one makes another slot. */
static void a_new_slot_has_another_password(void **state)
{
    const Fixture *f = *state;
    g_autoptr(Secret) code = NULL, same = secret_from_text("en lagom lång fras");
    g_autoptr(Vault) vault = made(f, &code);
    guint8 point[VAULT_POINT_BYTES];
    g_autoptr(Secret) secret = vault_draw_point(point);

    assert_true(vault_set_point(vault, point));
    assert_null(vault_made_password(vault, FALSE));
    g_autoptr(Secret) before = vault_login_password(vault);
    assert_true(vault_set_passphrase(vault, "eva", same, NULL));
    g_autoptr(Secret) told = vault_made_password(vault, FALSE), now = vault_login_password(vault);
    assert_null(vault_made_password(vault, FALSE));
    assert_false(secret_equal(before, now));
    assert_true(secret_equal(told, now));

    /* A colleague's leaves one's own. */
    assert_true(vault_add_user(vault, "bo", same, NULL));
    g_autoptr(Secret) his = vault_made_password(vault, FALSE), mine = vault_login_password(vault);
    g_autoptr(Secret) known = vault_password_of(vault, "bo", point, secret);
    assert_true(secret_equal(mine, now));
    assert_true(secret_equal(his, known));
    g_clear_pointer(&code, secret_free);
    assert_true(vault_new_recovery(vault, &code, NULL));
    g_autoptr(Secret) fresh = vault_made_password(vault, TRUE);
    g_autoptr(Secret) of_code = vault_password_of(vault, NULL, point, secret);
    assert_true(secret_equal(fresh, of_code));
    g_autoptr(Vault) later = opened(f, "eva", "en lagom lång fras");
    assert_true(vault_set_point(later, point));
    g_autoptr(Secret) then = vault_login_password(later);
    assert_true(secret_equal(then, now));
}

static void a_point_of_small_order_is_none(void **state)
{
    const Fixture *f = *state;
    g_autoptr(Secret) code = NULL;
    g_autoptr(Vault) vault = made(f, &code);
    const guint8 nothing[VAULT_POINT_BYTES] = {0}, one[VAULT_POINT_BYTES] = {1};

    assert_false(vault_set_point(vault, nothing));
    assert_false(vault_set_point(vault, one));
    assert_null(vault_login_password(vault));
}

/* The key stays, and who is left goes on. */
static void a_user_is_removed_without_a_new_key(void **state)
{
    const Fixture *f = *state;
    g_autoptr(Secret) code = NULL, bos = secret_from_text("en annan lång fras");
    g_autoptr(Vault) vault = made(f, &code);
    g_autoptr(GError) error = NULL;

    assert_true(vault_add_user(vault, "bo", bos, NULL));
    assert_true(vault_remove_user(vault, "bo", NULL));
    assert_false(vault_has_login(vault, "bo"));
    assert_null(vault_next_key(vault));
    assert_null(vault_open(f->path, "bo", bos, NULL));
    assert_fault(vault_remove_user(vault, "bo", &error), &error, ERROR_NOT_FOUND);
    assert_fault(vault_remove_user(vault, "eva", &error), &error, ERROR_INPUT);
    g_autoptr(Vault) left = opened(f, "eva", "en lagom lång fras");
    assert_true(secret_equal(vault_data_key(left), vault_data_key(vault)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_sides_come_to_the_same),
        TEST(a_new_slot_has_another_password),
        TEST(a_point_of_small_order_is_none),
        TEST(a_user_is_removed_without_a_new_key),
    };

    return cmocka_run_group_tests_name("vault/vault_login", tests, start, NULL);
}
