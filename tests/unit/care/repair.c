/* B3: a damaged key file is repaired by whoever manages users and has a slot that is whole, or by
 * the recovery code; nobody else loses a passphrase, and nobody gets in by it who was kept out. */
#include "fixture.h"

#include "vault/vault_seal.h"

#define HEADER 41
#define SLOT 289
#define IN_SEALED_HALF 150

typedef struct {
    guint8 *bytes;
    gsize length;
} KeyFile;

static KeyFile key_file_read(const Fixture *fixture)
{
    KeyFile file;
    char *bytes;

    assert_true(g_file_get_contents(fixture->keys, &bytes, &file.length, NULL));
    file.bytes = (guint8 *)bytes;
    return file;
}

static void key_file_clear(KeyFile *file)
{
    g_free(file->bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KeyFile, key_file_clear)

/* The place of a user's slot; that of the recovery slot for NULL. */
static guint8 *slot_of(const KeyFile *file, const char *login)
{
    g_autoptr(VaultFile) read = vault_file_parse(file->bytes, file->length, NULL);
    guint8 hash[VAULT_LOGIN_HASH_BYTES];
    guint place = read->users->len;

    if (login) {
        vault_login_hash(read->database_id, login, hash);
        assert_non_null(vault_file_find(read, hash, &place));
    }
    return file->bytes + HEADER + place * SLOT;
}

/* Both copies; with a checksum that fits where somebody meant it. */
static void key_file_write(const Fixture *fixture, KeyFile *file, gboolean fits)
{
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    const gsize body = file->length - VAULT_CHECKSUM_BYTES;

    if (fits)
        crypto_generichash(file->bytes + body, VAULT_CHECKSUM_BYTES, file->bytes, body, NULL, 0);
    assert_true(
        g_file_set_contents(fixture->keys, (char *)file->bytes, (gssize)file->length, NULL));
    assert_true(g_file_set_contents(copy, (char *)file->bytes, (gssize)file->length, NULL));
}

static void damage(Fixture *fixture, const char *login)
{
    g_auto(KeyFile) file = key_file_read(fixture);

    session_close(g_steal_pointer(&fixture->session));
    slot_of(&file, login)[IN_SEALED_HALF] ^= 1;
    key_file_write(fixture, &file, FALSE);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

static Session *repair(const Fixture *fixture, const char *login, const char *passphrase,
                       Secret **code, GError **error)
{
    g_autoptr(Secret) secret = secret_from_text(passphrase);
    const SessionOpening opening = {
        .database = fixture->database, .login = login, .passphrase = secret};

    return session_repair(&opening, code, error);
}

static Session *recover(const Fixture *fixture, const char *login, Secret **code, GError **error)
{
    g_autoptr(Secret) secret = secret_from_text("en helt ny fras");

    return session_repair_recovery(fixture->database, (const char *)fixture->recovery->bytes, login,
                                   secret, code, error);
}

static gboolean opens(const Fixture *fixture, const char *login, const char *passphrase)
{
    g_autoptr(Session) session = fixture_try(fixture, login, passphrase, NULL);

    return session != NULL;
}

static void assert_logged(Fixture *fixture)
{
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE action = 'mend'"
                                 " AND changes LIKE '%rebuilt%'"),
                     1);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static int setup(void **state)
{
    fixture_setup(state);
    Fixture *fixture = *state;
    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "bo", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "ada", ROLE_ADMINISTRATOR);
    return 0;
}

static void an_administrator_repairs(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    damage(fixture, "eva");
    assert_fails(repair(fixture, "grundare", "fel fras helt", &code, &error), ERROR_CORRUPT);
    assert_ok(fixture->session = repair(fixture, "grundare", PASSPHRASE, &code, &error));
    assert_null(code);
    assert_false(vault_has_login(session_vault(fixture->session), "eva"));
    assert_true(opens(fixture, "bo", PASSPHRASE));
    assert_true(opens(fixture, "ada", PASSPHRASE));
    assert_false(opens(fixture, "eva", PASSPHRASE));
    g_autoptr(Session) recovery =
        session_open_recovery(fixture->database, (const char *)fixture->recovery->bytes, NULL);
    assert_non_null(recovery);
    g_autoptr(Secret) fresh = secret_from_text("en helt ny fras");
    assert_ok(staff_set_passphrase(fixture->session, "eva", fresh, &error));
    assert_true(opens(fixture, "eva", "en helt ny fras"));
    assert_logged(fixture);
}

static void a_lost_recovery_slot_is_replaced(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    damage(fixture, NULL);
    assert_ok(fixture->session = repair(fixture, "ada", PASSPHRASE, &code, &error));
    assert_non_null(code);
    g_autoptr(Session) recovery =
        session_open_recovery(fixture->database, (const char *)code->bytes, NULL);
    assert_non_null(recovery);
    assert_true(opens(fixture, "eva", PASSPHRASE));
    assert_logged(fixture);
}

static void the_recovery_code_repairs(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    damage(fixture, "grundare");
    assert_fails(repair(fixture, "grundare", PASSPHRASE, &code, &error), ERROR_CORRUPT);
    assert_fails(recover(fixture, "ingen", &code, &error), ERROR_NOT_FOUND);
    g_autoptr(Session) session = NULL;
    assert_ok(session = recover(fixture, "Grundare", &code, &error));
    session_close(g_steal_pointer(&session));
    assert_ok(fixture->session = fixture_try(fixture, "grundare", "en helt ny fras", &error));
    assert_true(opens(fixture, "ada", PASSPHRASE));
    assert_fails(
        session_open_recovery(fixture->database, (const char *)fixture->recovery->bytes, &error),
        ERROR_PASSPHRASE);
    g_autoptr(Session) recovery =
        session_open_recovery(fixture->database, (const char *)code->bytes, NULL);
    assert_non_null(recovery);
    assert_logged(fixture);
}

/* Damage where nobody's secret lies: everything is kept. */
static void damage_beside_the_slots_costs_nothing(void **state)
{
    static const gsize places[] = {0, 9, 30, 36, 38}; /* magic, format, generation, counts */
    Fixture *fixture = *state;

    session_close(g_steal_pointer(&fixture->session));
    for (gsize i = 0; i <= G_N_ELEMENTS(places); i++) {
        g_auto(KeyFile) file = key_file_read(fixture);
        g_autoptr(Secret) code = NULL;
        g_autoptr(Session) session = NULL;

        file.bytes[i < G_N_ELEMENTS(places) ? places[i] : file.length - 20] ^= 0x40;
        key_file_write(fixture, &file, FALSE);
        assert_ok(session = repair(fixture, "grundare", PASSPHRASE, &code, &error));
        assert_null(code);
        assert_true(opens(fixture, "eva", PASSPHRASE));
        assert_true(opens(fixture, "bo", PASSPHRASE));
        assert_true(opens(fixture, "ada", PASSPHRASE));
    }
}

static void only_who_manages_users_repairs(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    damage(fixture, "bo");
    assert_fails(repair(fixture, "eva", PASSPHRASE, &code, &error), ERROR_DENIED);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

static void a_whole_key_file_is_left_alone(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    session_close(g_steal_pointer(&fixture->session));
    g_auto(KeyFile) before = key_file_read(fixture);
    assert_fails(repair(fixture, "grundare", PASSPHRASE, &code, &error), ERROR_INPUT);
    assert_fails(repair(fixture, "grundare", "fel fras helt", &code, &error), ERROR_PASSPHRASE);
    g_auto(KeyFile) after = key_file_read(fixture);
    assert_memory_equal(before.bytes, after.bytes, before.length);
}

/* An older key file, damaged on purpose, with a passphrase that has been replaced since. */
static void an_older_slot_repairs_nothing(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) fresh = secret_from_text("en helt ny fras");
    g_autoptr(Secret) code = NULL;
    g_auto(KeyFile) older = key_file_read(fixture);

    assert_ok(staff_set_passphrase(fixture->session, "grundare", fresh, &error));
    session_close(g_steal_pointer(&fixture->session));
    key_file_write(fixture, &older, FALSE);
    assert_fails(repair(fixture, "grundare", PASSPHRASE, &code, &error), ERROR_INPUT);
    older.bytes[older.length - 1] ^= 1;
    key_file_write(fixture, &older, FALSE);
    assert_fails(repair(fixture, "grundare", PASSPHRASE, &code, &error), ERROR_CORRUPT);
    /* Somebody's slot that has not been replaced is as good as it was. */
    assert_ok(fixture->session = repair(fixture, "ada", PASSPHRASE, &code, &error));
    assert_false(opens(fixture, "grundare", PASSPHRASE));
    assert_true(opens(fixture, "eva", PASSPHRASE));
}

/* No key is sealed to a public half that a stranger has put in somebody's slot. */
static void a_strangers_slot_is_not_kept(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;
    g_auto(KeyFile) file = key_file_read(fixture);
    guint8 *eva = slot_of(&file, "eva");

    session_close(g_steal_pointer(&fixture->session));
    memset(eva + 57, 7, 32);
    key_file_write(fixture, &file, TRUE);
    assert_ok(fixture->session = repair(fixture, "grundare", PASSPHRASE, &code, &error));
    assert_false(vault_has_login(session_vault(fixture->session), "eva"));
    assert_true(opens(fixture, "bo", PASSPHRASE));
}

/* A database that an earlier version has left knows no slots: then one's own alone is kept. */
static void without_known_slots_ones_own_is_kept(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) code = NULL;

    assert_ok(db_run(session_db(fixture->session), "DELETE FROM meta WHERE key = 'key_slots'", NULL,
                     &error));
    damage(fixture, "eva");
    assert_ok(fixture->session = repair(fixture, "grundare", PASSPHRASE, &code, &error));
    assert_non_null(code);
    assert_true(opens(fixture, "grundare", PASSPHRASE));
    assert_false(opens(fixture, "bo", PASSPHRASE));
}

#define REPAIR_TEST(f) cmocka_unit_test_setup_teardown(f, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPAIR_TEST(an_administrator_repairs),
        REPAIR_TEST(a_lost_recovery_slot_is_replaced),
        REPAIR_TEST(the_recovery_code_repairs),
        REPAIR_TEST(damage_beside_the_slots_costs_nothing),
        REPAIR_TEST(only_who_manages_users_repairs),
        REPAIR_TEST(a_whole_key_file_is_left_alone),
        REPAIR_TEST(an_older_slot_repairs_nothing),
        REPAIR_TEST(a_strangers_slot_is_not_kept),
        REPAIR_TEST(without_known_slots_ones_own_is_kept),
    };
    return cmocka_run_group_tests_name("care/repair", tests, NULL, NULL);
}
