/* B4: what is changed behind the program's back differs from the log. */
#include "care/unit/standing.h"
#include "care/client/client.h"
#include "care/client/client_named.h"
#include "fixture.h"

#define CLIENT "client B77"

/* The faults, a line each; `in_detail` as the check has them. New. */
static char *faults_of(Session *session, gboolean in_detail)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GString *text = g_string_new(NULL);

    assert_ok(standing_compare(session, in_detail, faults, &error));
    for (guint i = 0; i < faults->len; i++)
        g_string_append_printf(text, "%s\n", (char *)faults->pdata[i]);
    return g_string_free(text, FALSE);
}

static void assert_sound(Session *session)
{
    g_autofree char *faults = faults_of(session, TRUE);
    assert_string_equal(faults, "");
}

static gint64 staff_id(Session *session, const char *login)
{
    g_autoptr(Staff) staff = NULL;
    assert_ok((staff = staff_find(session, login, &error)));
    return staff->id;
}

/* A unit in which everything has been done that the log speaks of here. */
static int worked_in(void **state)
{
    fixture_setup(state);
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(Client) client = client_new();
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);

    fixture_user(fixture, "led", ROLE_TEAM_LEAD);
    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    fixture_user(fixture, "bort", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "igen", ROLE_SUPPORT_WORKER);
    assert_ok(db_begin(session_db(session), &error));
    assert_ok(staff_add_known(session, "BS7", "Känd", ROLE_SUPPORT_WORKER, &error) != 0);
    assert_ok(db_commit(session_db(session), &error));
    assert_ok(
        staff_add_user(session, "kand", "Känd", "BS7", ROLE_SUPPORT_WORKER, passphrase, &error));
    assert_ok(staff_set_role(session, "led", ROLE_CASE_OFFICER, &error));
    assert_ok(staff_revoke(session, "bort", NULL, &error));
    assert_ok(staff_revoke(session, "igen", NULL, &error));
    assert_ok(staff_add_user(session, "igen", "Igen", NULL, ROLE_CASE_OFFICER, passphrase, &error));
    fixture_reopen(fixture, "hand");
    session = fixture->session;
    client->number = g_strdup("B77");
    client->name = g_strdup("Skyddad Person");
    client->protection = PROTECTION_MARKED;
    assert_ok(client_add(session, client, &error));
    assert_ok(client_name_staff(session, client->id, staff_id(session, "led"), TRUE, &error));
    assert_ok(client_name_staff(session, client->id, staff_id(session, "kand"), TRUE, &error));
    assert_ok(client_name_staff(session, client->id, staff_id(session, "kand"), FALSE, &error));
    return 0;
}

static void test_b4_what_the_program_does_is_sound(void **state)
{
    Fixture *fixture = *state;

    assert_sound(fixture->session);
    fixture_reopen(fixture, "led");
    assert_sound(fixture->session);
    assert_int_equal(session_notices(fixture->session)->len, 0);
}

static void test_b4_alterations_are_named(void **state)
{
    static const struct {
        const char *sql, *says, *at_the_door;
    } rows[] = {
        {"UPDATE staff SET role = 'team-lead' WHERE login = 'led'",
         "led is team lead by the database, but case officer by the log", "led is team lead"},
        {"UPDATE staff SET role = 'administrator' WHERE login = 'hand'",
         "hand is administrator by the database, but case officer by the log", "administrator"},
        {"UPDATE staff SET role = 'administrator' WHERE login = 'kand'",
         "kand is administrator by the database, but support worker by the log", "administrator"},
        {"UPDATE staff SET active = 1 WHERE login = 'bort'",
         "The user bort is open by the database, but closed by the log", "bort"},
        {"UPDATE staff SET active = 0 WHERE login = 'igen'",
         "The user igen is closed by the database, but open by the log", "igen"},
        {"UPDATE staff SET login = 'ny' WHERE login = 'kand'",
         "The user ny is in the database, but not in the log", "ny"},
        {"INSERT INTO staff (id, unit_id, login, name, role, created_ms)"
         " SELECT 5, id, 'smyg', 'Smyg', 'administrator', 0 FROM unit",
         "The user smyg is in the database, but not in the log", "smyg"},
        {"UPDATE client SET protection = 'none'", "The protection of " CLIENT,
         "Protected identity, or who may"},
        {"UPDATE client SET protection = 'population'", "The protection of " CLIENT, "Protected"},
        {"UPDATE client SET protection = 'none', number = NULL", "The protection of client –",
         "Protected identity, or who may"},
        {"INSERT INTO client_named_staff (client_id, staff_id)"
         " SELECT client.id, staff.id FROM client, staff WHERE staff.login = 'kand'",
         "Who may open the card of " CLIENT, "Protected identity, or who may"},
        {"DELETE FROM client_named_staff WHERE staff_id IN"
         " (SELECT id FROM staff WHERE login = 'led')",
         "Who may open the card of " CLIENT, "Protected identity, or who may"},
    };
    Fixture *fixture = *state;
    FixtureFiles kept = {0};

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        session_close(g_steal_pointer(&fixture->session));
        fixture_keep(fixture, &kept);
        fixture->session = fixture_open(fixture, "grundare");
        assert_ok(db_run(session_db(fixture->session), rows[i].sql, NULL, &error));
        assert_int_equal(db_changes(session_db(fixture->session)), 1);
        g_autofree char *detail = faults_of(fixture->session, TRUE);
        if (!g_str_has_prefix(detail, rows[i].says))
            fail_msg("%s: %s", rows[i].sql, detail);
        fixture_reopen(fixture, "grundare");
        const GPtrArray *notices = session_notices(fixture->session);
        assert_int_equal(notices->len, 1);
        assert_non_null(strstr(notices->pdata[0], rows[i].at_the_door));
        assert_null(strstr(notices->pdata[0], CLIENT));
        session_close(g_steal_pointer(&fixture->session));
        fixture_lay(fixture, &kept);
        fixture_files_clear(&kept);
        fixture->session = fixture_open(fixture, "grundare");
    }
    assert_sound(fixture->session);
}

/* Setting it anew is told to be the remedy, so it must be. */
static void test_b4_a_role_set_anew_is_sound(void **state)
{
    Fixture *fixture = *state;

    fixture_reopen(fixture, "grundare");
    assert_ok(db_run(session_db(fixture->session),
                     "UPDATE staff SET role = 'team-lead' WHERE login = 'led'", NULL, &error));
    assert_ok(staff_set_role(fixture->session, "led", ROLE_CASE_OFFICER, &error));
    assert_sound(fixture->session);
}

/* What stands on a card is held against the log too, by the check, which names the card and what is odd. */
static void test_a_card_changed_behind_the_log(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Emil Ärlig");
    client->number = g_strdup("B1");
    client->birth_date = date_parse("1999-09-14");
    client->phone = g_strdup("070-1");
    client->support_worker_id = session_staff_id(session);
    assert_ok(client_add(session, client, &error));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(standing_compare(session, TRUE, faults, &error));
    assert_int_equal(faults->len, 0);
    assert_ok(db_run(session_db(session), "UPDATE client SET phone = :phone, email = :mail WHERE id = :id",
                     DB_PARAMS(DB_TEXT("phone", "070-2"), DB_TEXT("mail", "x"),
                               DB_INT("id", client->id)),
                     &error));
    assert_ok(standing_compare(session, FALSE, faults, &error));
    assert_int_equal(faults->len, 0);
    assert_ok(standing_compare(session, TRUE, faults, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "B1"));
    assert_non_null(strstr(faults->pdata[0], "telephone"));
    assert_null(strstr(faults->pdata[0], "070"));
    /* Nor does anybody make a client their own so. */
    assert_ok(db_run(session_db(session),
                     "UPDATE client SET phone = :phone, case_officer_id = NULL,"
                     " support_worker_id = NULL WHERE id = :id",
                     DB_PARAMS(DB_TEXT("phone", "070-1"), DB_INT("id", client->id)), &error));
    g_ptr_array_set_size(faults, 0);
    assert_ok(standing_compare(session, TRUE, faults, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "support worker"));
}

int main(void)
{
#define WORKED_IN(f) cmocka_unit_test_setup_teardown(f, worked_in, fixture_teardown)
    const struct CMUnitTest tests[] = {
        WORKED_IN(test_b4_what_the_program_does_is_sound),
        WORKED_IN(test_b4_alterations_are_named),
        WORKED_IN(test_b4_a_role_set_anew_is_sound),
        WORKED_IN(test_a_card_changed_behind_the_log),
    };

    return cmocka_run_group_tests_name("care/standing", tests, NULL, NULL);
}
