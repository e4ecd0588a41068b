/* The people of the unit: logins, passphrases, roles, and taking access away. */
#include "tests/unit/care/fixture.h"

static void logins_are_normalised(void **state)
{
    static const struct {
        const char *typed, *login; /* NULL: refused */
    } rows[] = {
        {"eva", "eva"},
        {" Eva.Ek_2-b ", "eva.ek_2-b"},
        {"\xc3\x85sa", "\xc3\xa5sa"},  /* Å composed */
        {"A\xcc\x8asa", "\xc3\xa5sa"}, /* A and a ring */
        {"ÖRJAN", "örjan"},
        {"IRIS", "iris"},
        {"", NULL},
        {"   ", NULL},
        {"eva ek", NULL},
        {"eva@ek", NULL},
        {"eva\n", "eva"},
        {"e\xcc\x8aq", NULL}, /* a mark that composes with nothing */
        {"\xff", NULL},
        {NULL, NULL},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *login = login_normalise(rows[i].typed, &error);
        if (rows[i].login)
            assert_string_equal(login, rows[i].login);
        else
            assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_int_equal(login != NULL, rows[i].login != NULL);
    }
    g_autofree char *longest = g_strnfill(64, 'a'), *longer = g_strnfill(65, 'a');
    g_autofree char *taken = NULL;
    assert_ok((taken = login_normalise(longest, &error)));
    assert_fails(login_normalise(longer, &error), ERROR_INPUT);
}

/* B17: eight characters that are not soon guessed. */
static void test_b17_passphrases_have_a_floor(void **state)
{
    static const struct {
        const char *text, *says; /* NULL: it is good */
    } rows[] = {
        {"", "8 characters"},
        {"x9#Kd!2", "8 characters"},
        {"x9#Kd!2v", NULL},
        {"åäöåäöå", "8 characters"},
        {"        ", "too short"},
        {"password", "tries first"},
        {"12345678", "tries first"},
        {"eva.andersson eva.andersson", "tries first"},
        {"trygghet", "too short"},
        {"blå\u00a0fågel dansar sakta", NULL},
        {"tre \xE5 grisar bygger hus", "UTF-8"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Secret) passphrase = secret_from_text(rows[i].text);
        g_autoptr(GError) error = NULL;
        gboolean good = passphrase_check(passphrase, "eva.andersson", &error);
        if (good != (rows[i].says == NULL) || (!good && !strstr(error->message, rows[i].says)))
            fail_msg("%s: %s", rows[i].text, good ? "taken" : error->message);
    }
}

/* B17: by each way in; one that is set already opens as before. */
static void test_b17_no_way_around_the_floor(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) weak = secret_from_text("sommaren 2026");
    g_autofree char *code =
        g_strndup((const char *)fixture->recovery->bytes, fixture->recovery->length);

    assert_fails(
        staff_add_user(fixture->session, "eva", "Eva", NULL, ROLE_SUPPORT_WORKER, weak, &error),
        ERROR_INPUT);
    assert_fails(staff_set_passphrase(fixture->session, "grundare", weak, &error), ERROR_INPUT);
    g_autoptr(Session) recovery = NULL;
    assert_ok((recovery = session_open_recovery(fixture->database, code, &error)));
    assert_fails(staff_set_passphrase(recovery, "grundare", weak, &error), ERROR_INPUT);
    assert_true(vault_set_passphrase(session_vault(recovery), "grundare", weak, NULL));
    g_clear_pointer(&recovery, session_close);
    g_clear_pointer(&fixture->session, session_close);
    assert_ok((fixture->session = fixture_try(fixture, "grundare", "sommaren 2026", &error)));
}

static void added_user_signs_in(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);

    assert_ok(staff_add_user(fixture->session, "A\xcc\x8asa", "Åsa Öberg", "BS16",
                             ROLE_SUPPORT_WORKER, passphrase, &error));
    g_autoptr(Session) session = fixture_open(fixture, "\xc3\xa5SA");
    assert_string_equal(session_staff_name(session), "Åsa Öberg");
    assert_int_equal(session_role(session), ROLE_SUPPORT_WORKER);
    g_autoptr(Staff) by_code = staff_find(session, "BS16", NULL);
    g_autoptr(Staff) by_login = staff_find(session, "Åsa", NULL);
    assert_int_equal(by_code->id, by_login->id);
    assert_null(staff_find(session, "BS17", NULL));
}

static void taken_logins_and_codes_are_refused(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    g_autoptr(Secret) brief = secret_from_text("kort");

    assert_ok(
        staff_add_user(session, "eva", "Eva", "BS1", ROLE_SUPPORT_WORKER, passphrase, &error));
    assert_fails(
        staff_add_user(session, "EVA", "Eva", NULL, ROLE_SUPPORT_WORKER, passphrase, &error),
        ERROR_EXISTS);
    assert_fails(
        staff_add_user(session, "eva2", "Eva", "BS1", ROLE_SUPPORT_WORKER, passphrase, &error),
        ERROR_EXISTS);
    assert_fails(staff_add_user(session, "eva3", "Eva", NULL, ROLE_SUPPORT_WORKER, brief, &error),
                 ERROR_INPUT);
    assert_false(vault_has_login(session_vault(session), "eva2"));
    assert_false(vault_has_login(session_vault(session), "eva3"));
}

static void person_from_an_import_gets_a_login(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    gint64 id = 0;

    assert_ok(db_begin(session_db(session), &error));
    assert_ok((id = staff_add_known(session, "BS7", NULL, ROLE_SUPPORT_WORKER, &error)) != 0);
    assert_fails(staff_add_known(session, NULL, " ", ROLE_SUPPORT_WORKER, &error) != 0,
                 ERROR_INPUT);
    assert_ok(db_commit(session_db(session), &error));
    assert_ok(
        staff_add_user(session, "eva", "Eva Ek", "BS7", ROLE_SUPPORT_WORKER, passphrase, &error));
    g_autoptr(Staff) staff = staff_get(session, id, NULL);
    assert_string_equal(staff->login, "eva");
    assert_string_equal(staff->name, "Eva Ek");
    assert_fails(staff_get(session, 4711, &error), ERROR_NOT_FOUND);
}

static void list_is_in_swedish_order(void **state)
{
    static const char *const names[] = {"Östen", "Wera", "Ärla", "Vera", "Åke", "Zara"};
    static const char *const sorted[] = {"Grundare Ett", "Vera", "Wera", "Zara",
                                         "Åke",          "Ärla", "Östen"};
    Fixture *fixture = *state;

    assert_ok(db_begin(session_db(fixture->session), &error));
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_ok(staff_add_known(fixture->session, NULL, names[i], ROLE_SUPPORT_WORKER, &error) !=
                  0);
    assert_ok(db_commit(session_db(fixture->session), &error));
    g_autoptr(GPtrArray) list = staff_list(fixture->session, NULL);
    assert_int_equal(list->len, G_N_ELEMENTS(sorted));
    for (guint i = 0; i < list->len; i++)
        assert_string_equal(((Staff *)list->pdata[i])->name, sorted[i]);
}

static void last_administrator_stays(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    assert_fails(staff_set_role(session, "grundare", ROLE_TEAM_LEAD, &error), ERROR_INPUT);
    assert_fails(staff_revoke(session, "grundare", NULL, &error), ERROR_INPUT);
    fixture_user(fixture, "admin", ROLE_ADMINISTRATOR);
    assert_ok(staff_set_role(session, "grundare", ROLE_TEAM_LEAD, &error));
    assert_int_equal(session_role(session), ROLE_TEAM_LEAD);
    assert_fails(staff_set_role(session, "admin", ROLE_TEAM_LEAD, &error), ERROR_DENIED);
    g_autofree char *code =
        g_strndup((const char *)fixture->recovery->bytes, fixture->recovery->length);
    g_autoptr(Session) recovery = session_open_recovery(fixture->database, code, NULL);
    assert_fails(staff_revoke(recovery, "admin", NULL, &error), ERROR_INPUT);
}

static void passphrases_are_changed(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) fresh = secret_from_text("en helt ny fras");

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "bo", ROLE_SUPPORT_WORKER);
    g_autoptr(Session) eva = fixture_open(fixture, "eva");
    assert_ok(staff_set_passphrase(eva, "eva", fresh, &error));
    assert_fails(staff_set_passphrase(eva, "bo", fresh, &error), ERROR_DENIED);
    assert_fails(fixture_try(fixture, "eva", PASSPHRASE, &error), ERROR_PASSPHRASE);
    g_autoptr(Session) again = NULL;
    assert_ok((again = fixture_try(fixture, "eva", "en helt ny fras", &error)));
    assert_ok(staff_set_passphrase(fixture->session, "bo", fresh, &error));
    assert_fails(staff_set_passphrase(fixture->session, "ingen", fresh, &error), ERROR_NOT_FOUND);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'passphrase'"), 2);
}

/* Whoever has got a passphrase from somebody else is told by whom, at each sign-in, until it is their own. */
static void a_passphrase_set_by_another_is_told(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) fresh = secret_from_text("en helt ny fras");
    g_autoptr(Secret) own = secret_from_text("min egen nya fras");
    Session *eva = NULL;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    assert_ok(staff_set_passphrase(fixture->session, "eva", fresh, &error));
    for (int i = 0; i < 2; i++) {
        session_close(eva);
        assert_ok((eva = fixture_try(fixture, "eva", "en helt ny fras", &error)));
        g_autofree char *told = session_tell_tries(eva);
        assert_non_null(told);
        assert_non_null(strstr(told, "Grundare Ett gave you a new passphrase 2026-11-22 10:00."));
    }
    assert_ok(staff_set_passphrase(eva, "eva", own, &error));
    g_autofree char *nothing = session_tell_tries(eva);
    assert_null(nothing);
    session_close(eva);
}

static void revoked_user_is_out_and_the_key_new(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(Secret) before =
        secret_copy(vault_data_key(session_vault(fixture->session))->bytes, VAULT_DATA_KEY_BYTES);

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "bo", ROLE_SUPPORT_WORKER);
    assert_ok(staff_revoke(fixture->session, "Eva", NULL, &error));
    assert_memory_not_equal(before->bytes, vault_data_key(session_vault(fixture->session))->bytes,
                            VAULT_DATA_KEY_BYTES);
    assert_fails(db_open(fixture->database, before, DB_READ_ONLY, &error), ERROR_PASSPHRASE);
    assert_fails(fixture_try(fixture, "eva", PASSPHRASE, &error), ERROR_PASSPHRASE);
    g_autoptr(Session) bo = fixture_open(fixture, "bo");
    assert_fails(staff_revoke(bo, "grundare", NULL, &error), ERROR_DENIED);
    assert_fails(staff_revoke(fixture->session, "eva", NULL, &error), ERROR_INPUT);
    assert_fails(staff_revoke(fixture->session, "ingen", NULL, &error), ERROR_NOT_FOUND);
    assert_fails(staff_set_role(fixture->session, "eva", ROLE_TEAM_LEAD, &error), ERROR_INPUT);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static void closed_user_is_opened_by_adding(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    g_autoptr(Staff) before = staff_find(fixture->session, "eva", NULL);
    assert_ok(staff_revoke(fixture->session, "eva", NULL, &error));
    fixture_user(fixture, "eva", ROLE_TEAM_LEAD);
    g_autoptr(Session) eva = fixture_open(fixture, "eva");
    assert_int_equal(session_staff_id(eva), before->id);
    assert_int_equal(session_role(eva), ROLE_TEAM_LEAD);
}

/* The row was closed, then the plug was pulled: closing once more drops the slot. */
static void interrupted_revoking_is_taken_up(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    assert_ok(db_run(session_db(session), "UPDATE staff SET active = 0 WHERE login = 'eva'", NULL,
                     &error));
    assert_ok(staff_revoke(session, "eva", NULL, &error));
    assert_false(vault_has_login(session_vault(session), "eva"));
}

/* A new key was drawn and never brought in; the next closing draws another. */
static void pending_key_does_not_stop_a_revoking(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "eva", ROLE_SUPPORT_WORKER);
    assert_ok(vault_rotate_begin(session_vault(fixture->session), NULL, &error));
    assert_ok(staff_revoke(fixture->session, "eva", NULL, &error));
    assert_null(vault_next_key(session_vault(fixture->session)));
    fixture_reopen(fixture, "grundare");
    assert_fails(fixture_try(fixture, "eva", PASSPHRASE, &error), ERROR_PASSPHRASE);
}

static void recovery_code_is_replaced(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) fresh = NULL;
    g_autoptr(Secret) passphrase = secret_from_text("efter den långa minnesluckan");
    g_autofree char *old =
        g_strndup((const char *)fixture->recovery->bytes, fixture->recovery->length);

    assert_ok(staff_new_recovery(fixture->session, &fresh, &error));
    g_autofree char *code = g_strndup((const char *)fresh->bytes, fresh->length);
    assert_fails(session_open_recovery(fixture->database, old, &error), ERROR_PASSPHRASE);
    g_autoptr(Session) recovery = NULL;
    assert_ok((recovery = session_open_recovery(fixture->database, code, &error)));
    assert_ok(staff_set_passphrase(recovery, "grundare", passphrase, &error));
    g_autoptr(Session) session = NULL;
    assert_ok((session = fixture_try(fixture, "grundare", "efter den långa minnesluckan", &error)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logins_are_normalised),
        FIXTURE_TEST_EMPTY(test_b17_passphrases_have_a_floor),
        FIXTURE_TEST(test_b17_no_way_around_the_floor),
        FIXTURE_TEST(added_user_signs_in),
        FIXTURE_TEST(taken_logins_and_codes_are_refused),
        FIXTURE_TEST(person_from_an_import_gets_a_login),
        FIXTURE_TEST(list_is_in_swedish_order),
        FIXTURE_TEST(last_administrator_stays),
        FIXTURE_TEST(passphrases_are_changed),
        FIXTURE_TEST(a_passphrase_set_by_another_is_told),
        FIXTURE_TEST(revoked_user_is_out_and_the_key_new),
        FIXTURE_TEST(closed_user_is_opened_by_adding),
        FIXTURE_TEST(interrupted_revoking_is_taken_up),
        FIXTURE_TEST(pending_key_does_not_stop_a_revoking),
        FIXTURE_TEST(recovery_code_is_replaced),
    };
    return cmocka_run_group_tests_name("care/staff", tests, NULL, NULL);
}
