/* Making and opening a unit: what fits together, what does not, and what an interruption leaves. */
#include "fixture.h"
#include "vault/tries.h"

#include "care/client/client.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static guint files_in(const Fixture *fixture)
{
    g_autofree char *unit = g_path_get_dirname(fixture->database);
    g_autoptr(GDir) folder = g_dir_open(unit, 0, NULL);
    guint count = 0;

    while (g_dir_read_name(folder))
        count++;
    return count;
}

/* No file may grow: what a full disk says, for everybody and on any file system. */
static void disk_fill(gboolean full)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = full ? 0 : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void made_unit_opens(void **state)
{
    Fixture *fixture = *state;

    fixture_make_anew(fixture, ROLE_ADMINISTRATOR);
    fixture_reopen(fixture, "Grundare");
    Session *session = fixture->session;
    assert_string_equal(session_unit_name(session), "Enheten");
    assert_string_equal(session_staff_name(session), "Grundare Ett");
    assert_string_equal(session_login(session), "grundare");
    assert_int_equal(session_role(session), ROLE_ADMINISTRATOR);
    assert_true(session_staff_id(session) != 0);
    assert_true(session_unit_id(session) != 0);
    assert_false(session_is_demo(session));
    assert_false(session_is_recovery(session));
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit WHERE action = 'unlock'"), 1);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

static Session *create(const Fixture *fixture, const char *login, const char *passphrase,
                       const char *unit, GError **error)
{
    g_autoptr(Secret) secret = secret_from_text(passphrase);
    g_autoptr(Secret) code = NULL;
    SessionOpening opening = {.database = fixture->database, .login = login, .passphrase = secret};

    return session_create(&opening, unit, "Namn", ROLE_TEAM_LEAD, &code, error);
}

static void demo_is_remembered(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE), code = NULL;
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase, .demo = TRUE};

    assert_ok((fixture->session =
                   session_create(&opening, "Demo", "Namn", ROLE_TEAM_LEAD, &code, &error)));
    assert_true(session_is_demo(fixture->session));
    fixture_reopen(fixture, "grundare");
    assert_true(session_is_demo(fixture->session));
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static void refused_making_leaves_nothing(void **state)
{
    Fixture *fixture = *state;

    assert_fails(create(fixture, "eva", "sju tec", "Enheten", &error), ERROR_INPUT);
    assert_fails(create(fixture, "eva ek", PASSPHRASE, "Enheten", &error), ERROR_INPUT);
    assert_fails(create(fixture, "eva", PASSPHRASE, " \n", &error), ERROR_INPUT);
    assert_int_equal(files_in(fixture), 0);
    /* Without any form it fails late: both files are there by then. */
    g_setenv("DAGSFORM_SHARE", "/nonexistent", TRUE);
    assert_fails(create(fixture, "eva", PASSPHRASE, "Enheten", &error), ERROR_NOT_FOUND);
    assert_int_equal(files_in(fixture), 0);
}

static void what_lies_there_is_left_alone(void **state)
{
    Fixture *fixture = *state;

    session_close(g_steal_pointer(&fixture->session));
    assert_fails(create(fixture, "eva", PASSPHRASE, "Annan", &error), ERROR_EXISTS);
    fixture_reopen(fixture, "grundare");
    session_close(g_steal_pointer(&fixture->session));
    assert_int_equal(g_unlink(fixture->database), 0);
    assert_fails(create(fixture, "eva", PASSPHRASE, "Annan", &error), ERROR_EXISTS);
    assert_true(g_file_test(fixture->keys, G_FILE_TEST_EXISTS));
}

static gboolean is_as_made(const Fixture *fixture)
{
    gboolean is = FALSE;

    assert_ok(session_is_as_made(fixture->session, &is, &error));
    return is;
}

static void as_made_is_until_something_is_done(void **state)
{
    Fixture *fixture = *state;

    assert_true(is_as_made(fixture));
    fixture_reopen(fixture, "grundare");
    g_autoptr(Secret) code = NULL;
    assert_ok(staff_new_recovery(fixture->session, &code, &error));
    assert_true(is_as_made(fixture));
    fixture_user(fixture, "bertil", ROLE_SUPPORT_WORKER);
    assert_false(is_as_made(fixture));
}

static void wrong_name_and_wrong_passphrase_say_the_same(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GError) name = NULL, passphrase = NULL;

    assert_null(fixture_try(fixture, "ingen", PASSPHRASE, &name));
    assert_null(fixture_try(fixture, "grundare", "en annan fras", &passphrase));
    assert_true(g_error_matches(name, DAGSFORM_ERROR, ERROR_PASSPHRASE));
    assert_true(g_error_matches(passphrase, DAGSFORM_ERROR, ERROR_PASSPHRASE));
    assert_string_equal(name->message, passphrase->message);
}

/* B15: whatever asks, and the right passphrase too; then the log and the person are told. */
static void test_b15_wrong_passphrases_slow_down_and_are_told(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *tries = tries_path_for(fixture->keys);
    g_autoptr(Secret) wrong = secret_from_text("fel fras helt"), code = NULL;
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = wrong};

    assert_null(session_tell_tries(fixture->session));
    session_close(g_steal_pointer(&fixture->session));
    assert_fails(fixture_try(fixture, "grundare", "en annan fras", &error), ERROR_PASSPHRASE);
    assert_fails(fixture_try(fixture, "grundare", "en annan fras", &error), ERROR_PASSPHRASE);
    assert_fails(session_repair(&opening, &code, &error), ERROR_PASSPHRASE);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_BUSY);
    assert_fails(session_repair(&opening, &code, &error), ERROR_BUSY);
    assert_fails(session_open_to_look(&opening, &error), ERROR_BUSY);
    /* The pause is over. */
    g_autoptr(GKeyFile) file = g_key_file_new();
    assert_true(g_key_file_load_from_file(file, tries, G_KEY_FILE_NONE, NULL));
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    g_key_file_set_int64(file, groups[1], "machine", 1);
    assert_true(g_key_file_save_to_file(file, tries, NULL));
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE action = 'unlock' AND"
                                 " changes = '{\"wrong_passphrases\":[0,3]}'"),
                     1);
    assert_int_equal(session_notices(fixture->session)->len, 0);
    g_autofree char *told = session_tell_tries(fixture->session);
    assert_true(g_str_has_prefix(told, "3 wrong passphrases"));
    assert_null(session_tell_tries(fixture->session));
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static void missing_files_are_named(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *away = g_strconcat(fixture->keys, ".away", NULL);

    session_close(g_steal_pointer(&fixture->session));
    assert_int_equal(g_rename(fixture->keys, away), 0);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_NOT_FOUND);
    assert_int_equal(g_rename(away, fixture->keys), 0);
    assert_int_equal(g_unlink(fixture->database), 0);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_NOT_FOUND);
}

/* Key file and forms are those beside the file itself. */
static void link_opens_what_it_leads_to(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *real = g_steal_pointer(&fixture->database);

    session_close(g_steal_pointer(&fixture->session));
    fixture->database = g_build_filename(fixture->folder, "link.db", NULL);
    assert_int_equal(symlink("unit/unit.db", fixture->database), 0);
    fixture_write(fixture->form, "garb: [");
    fixture->session = fixture_open(fixture, "grundare");
    assert_string_equal(db_path(session_db(fixture->session)), real);
    assert_string_equal(vault_path(session_vault(fixture->session)), fixture->keys);
    assert_non_null(session_form_fault(fixture->session));
    session_close(g_steal_pointer(&fixture->session));
    assert_int_equal(g_unlink(real), 0);
    g_autoptr(GError) missing = NULL;
    assert_null(fixture_try(fixture, "grundare", PASSPHRASE, &missing));
    assert_true(g_error_matches(missing, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    assert_non_null(strstr(missing->message, fixture->database));
}

static void closed_row_opens_nothing(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    assert_ok(db_run(session_db(fixture->session),
                     "UPDATE staff SET active = 0 WHERE login = 'stod'", NULL, &error));
    assert_fails(fixture_try(fixture, "stod", PASSPHRASE, &error), ERROR_PASSPHRASE);
}

static void key_file_put_back_shows(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *kept = g_strconcat(fixture->folder, "/kept", NULL);

    fixture_copy(fixture->keys, kept);
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(kept, fixture->keys);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

/* B5: a database put back from a backup opens; that is said, and the log keeps it. */
static void test_b5_database_put_back_is_told_and_logged(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autofree char *kept = g_strconcat(fixture->folder, "/kept", NULL);

    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(fixture->database, kept);
    fixture->session = fixture_open(fixture, "grundare");
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(kept, fixture->database);
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE entity = 'meta'"
                                 " AND changes LIKE '%key_generation%' AND seq > 3"),
                     1);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_int_equal(session_notices(fixture->session)->len, 1);
    assert_non_null(strstr(session_notices(fixture->session)->pdata[0],
                           "The database was older than its key file"));
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE action = 'mend'"
                                 " AND changes LIKE '%older than the key file%'"),
                     1);
    /* For a week to who manages users, as the first to sign in may have been a timer. */
    fixture_user(fixture, "led", ROLE_TEAM_LEAD);
    fixture_reopen(fixture, "led");
    assert_int_equal(session_notices(fixture->session)->len, 0);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(session_notices(fixture->session)->len, 1);
    g_setenv("DAGSFORM_NOW", "2026-11-30T10:00", TRUE);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(session_notices(fixture->session)->len, 0);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
}

/* B5: nor where nothing can be written is it passed over. */
static void test_b5_database_put_back_is_told_where_it_is_only_read(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;

    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    assert_ok(db_meta_set(session_db(fixture->session), "key_generation", "1", &error));
    session_close(g_steal_pointer(&fixture->session));
    disk_fill(TRUE);
    fixture->session = fixture_try(fixture, "grundare", PASSPHRASE, NULL);
    disk_fill(FALSE);
    assert_non_null(fixture->session);
    assert_true(db_is_read_only(session_db(fixture->session)));
    assert_int_equal(session_notices(fixture->session)->len, 1);
    assert_non_null(strstr(session_notices(fixture->session)->pdata[0], "older than its key file"));
}

static void database_from_before_a_new_key_shows(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autofree char *kept = g_strconcat(fixture->folder, "/kept", NULL);

    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(fixture->database, kept);
    fixture->session = fixture_open(fixture, "grundare");
    assert_ok(staff_revoke(fixture->session, "stod", NULL, &error));
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(kept, fixture->database);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

static void key_file_of_another_unit_shows(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    Fixture other = {0};

    fixture_start(&other);
    fixture_make_anew(&other, ROLE_TEAM_LEAD);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(other.keys, fixture->keys);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
    fixture_end(&other);
}

/* The same data key but another database's number: only a forged file is so. */
static void forged_database_id_shows(void **state)
{
    Fixture *fixture = *state;

    assert_ok(db_meta_set(session_db(fixture->session), "database_id",
                          "00000000000000000000000000000000", &error));
    session_close(g_steal_pointer(&fixture->session));
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

static void interrupted_making_is_explained(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    g_autoptr(Secret) code = NULL;
    g_autoptr(GError) failed = NULL;
    g_autoptr(GError) alone = NULL;
    g_autoptr(Vault) vault = NULL;
    Db *db = NULL;

    assert_ok((vault = vault_create(fixture->keys, "grundare", passphrase, &code, &error)));
    assert_null(create(fixture, "grundare", PASSPHRASE, "Enheten", &alone));
    assert_true(g_error_matches(alone, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_ok((db = db_open(fixture->database, vault_data_key(vault), DB_CREATE, &error)));
    db_close(db);
    assert_null(fixture_try(fixture, "grundare", PASSPHRASE, &failed));
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT));
    assert_non_null(strstr(failed->message, "interrupted"));
    /* B1: whatever it looks like, nobody is told to take a file away. */
    assert_non_null(strstr(failed->message, "Keep both files"));
    assert_null(strstr(failed->message, "emove"));
    assert_null(strstr(alone->message, "emove"));
}

/* A change of data key that stopped before, and after, the database was encrypted anew. */
static void interrupted_rotation_is_finished(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;

    for (int rekeyed = 0; rekeyed <= 1; rekeyed++) {
        g_autoptr(Secret) before = NULL;
        Vault *vault = session_vault(fixture->session);
        before = secret_copy(vault_data_key(vault)->bytes, VAULT_DATA_KEY_BYTES);
        assert_ok(vault_rotate_begin(vault, NULL, &error));
        if (rekeyed)
            assert_ok(db_rekey(session_db(fixture->session), vault_next_key(vault), NULL, &error));
        fixture_reopen(fixture, "grundare");
        vault = session_vault(fixture->session);
        assert_null(vault_next_key(vault));
        assert_memory_not_equal(before->bytes, vault_data_key(vault)->bytes, VAULT_DATA_KEY_BYTES);
        g_autofree char *generation =
            db_meta_get(session_db(fixture->session), "key_generation", NULL);
        assert_int_equal(g_ascii_strtoull(generation, NULL, 10), vault_generation(vault));
        fixture_reopen(fixture, "grundare");
        assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    }
}

static void interrupted_note_of_the_generation_is_mended(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);

    assert_ok(vault_add_user(session_vault(fixture->session), "halv", passphrase, &error));
    fixture_reopen(fixture, "grundare");
    g_autofree char *generation = db_meta_get(session_db(fixture->session), "key_generation", NULL);
    assert_int_equal(g_ascii_strtoull(generation, NULL, 10),
                     vault_generation(session_vault(fixture->session)));
    /* The slot alone lets nobody in. */
    assert_fails(fixture_try(fixture, "halv", PASSPHRASE, &error), ERROR_PASSPHRASE);
    fixture_user(fixture, "halv", ROLE_SUPPORT_WORKER);
    session_close(fixture_open(fixture, "halv"));
}

/* The opening itself puts the salt right, so it keeps in the log that it was not. */
static void changed_salt_opens_and_is_logged(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;

    for (int opened = 0; opened < 2; opened++) {
        g_autofree char *bytes = NULL;
        gsize length;
        session_close(g_steal_pointer(&fixture->session));
        assert_true(g_file_get_contents(fixture->database, &bytes, &length, NULL));
        bytes[5] ^= opened == 0;
        assert_true(g_file_set_contents(fixture->database, bytes, (gssize)length, NULL));
        fixture->session = fixture_open(fixture, "grundare");
        assert_int_equal(
            fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'mend'"), 1);
    }
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* As somebody who may read the files but not write them; root is somebody else meanwhile. */
static void read_only_unit_opens_without_a_trace(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autofree char *unit = g_path_get_dirname(fixture->database);
    gboolean root = geteuid() == 0;
    gint64 entries = fixture_int(fixture->session, "SELECT count(*) FROM audit");

    session_close(g_steal_pointer(&fixture->session));
    assert_int_equal(g_chmod(fixture->folder, 0755), 0);
    assert_int_equal(g_chmod(fixture->database, 0444), 0);
    assert_int_equal(g_chmod(fixture->keys, 0444), 0);
    assert_int_equal(g_chmod(unit, 0555), 0);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    g_autoptr(GError) failed = NULL;
    Session *session = fixture_try(fixture, "grundare", PASSPHRASE, &failed);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(g_chmod(unit, 0700), 0);
    if (!session)
        fail_msg("%s", failed->message);
    fixture->session = session;
    assert_true(db_is_read_only(session_db(session)));
    assert_non_null(session_cancellation_form(session));
    assert_ok(audit_note(session, "read", "client", 1, 1, &error));
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit"), entries);
}

static void full_disk_leaves_reading(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(Secret) fresh = secret_from_text("en helt ny fras");
    gint64 entries = fixture_int(fixture->session, "SELECT count(*) FROM audit");
    g_autoptr(GError) opening = NULL, saving = NULL;

    assert_false(session_lacks_room(fixture->session));
    session_close(g_steal_pointer(&fixture->session));
    disk_fill(TRUE);
    Session *session = fixture_try(fixture, "grundare", PASSPHRASE, &opening);
    gboolean saved = session && staff_set_passphrase(session, "grundare", fresh, &saving);
    disk_fill(FALSE);
    if (!session)
        fail_msg("%s", opening->message);
    fixture->session = session;
    assert_true(db_is_read_only(session_db(session)));
    assert_true(session_lacks_room(session));
    assert_non_null(session_cancellation_form(session));
    assert_false(saved);
    assert_true(g_error_matches(saving, DAGSFORM_ERROR, ERROR_READONLY));
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit"), entries);
    /* There is room again. */
    fixture_reopen(fixture, "grundare");
    assert_false(session_lacks_room(fixture->session));
    assert_false(db_is_read_only(session_db(fixture->session)));
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM audit"), entries + 1);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static gint64 add_client(Session *session, const char *name, Protection protection)
{
    g_autoptr(Client) client = client_new();

    client->name = g_strdup(name);
    client->protection = protection;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static Session *open_on_full_disk(const Fixture *fixture)
{
    g_autoptr(GError) opening = NULL;

    disk_fill(TRUE);
    Session *session = fixture_try(fixture, "grundare", PASSPHRASE, &opening);
    disk_fill(FALSE);
    if (!session)
        fail_msg("%s", opening->message);
    return session;
}

/* Where the opening of a card cannot be logged, that is said; a protected one stays closed. */
static void unlogged_card_opens_unless_protected(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    gint64 open = add_client(fixture->session, "Öppen Person", PROTECTION_NONE);
    gint64 marked = add_client(fixture->session, "Skyddad Person", PROTECTION_MARKED);
    g_autoptr(Client) card = NULL;
    g_autoptr(GError) refusal = NULL;

    assert_null(audit_unlogged(fixture->session));
    session_close(g_steal_pointer(&fixture->session));
    fixture->session = open_on_full_disk(fixture);
    assert_non_null(audit_unlogged(fixture->session));
    assert_ok((card = client_open(fixture->session, open, &error)));
    assert_null(client_open(fixture->session, marked, &refusal));
    assert_true(g_error_matches(refusal, DAGSFORM_ERROR, ERROR_DENIED));
    assert_non_null(strstr(refusal->message, "log"));
    g_clear_pointer(&card, client_free);
    fixture_reopen(fixture, "grundare");
    assert_null(audit_unlogged(fixture->session));
    assert_ok((card = client_open(fixture->session, marked, &error)));
}

/* With nothing asked for but writing, it is refused. */
static void full_disk_is_said_where_one_would_write(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};

    session_close(g_steal_pointer(&fixture->session));
    disk_fill(TRUE);
    g_autoptr(GError) failed = NULL;
    Session *session = session_open(&opening, &failed);
    disk_fill(FALSE);
    assert_null(session);
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_FULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST_EMPTY(made_unit_opens),
        FIXTURE_TEST_EMPTY(demo_is_remembered),
        FIXTURE_TEST_EMPTY(refused_making_leaves_nothing),
        FIXTURE_TEST(what_lies_there_is_left_alone),
        FIXTURE_TEST(as_made_is_until_something_is_done),
        FIXTURE_TEST(wrong_name_and_wrong_passphrase_say_the_same),
        FIXTURE_TEST(test_b15_wrong_passphrases_slow_down_and_are_told),
        FIXTURE_TEST(missing_files_are_named),
        FIXTURE_TEST(link_opens_what_it_leads_to),
        FIXTURE_TEST(closed_row_opens_nothing),
        FIXTURE_TEST(key_file_put_back_shows),
        FIXTURE_TEST(test_b5_database_put_back_is_told_and_logged),
        FIXTURE_TEST(test_b5_database_put_back_is_told_where_it_is_only_read),
        FIXTURE_TEST(database_from_before_a_new_key_shows),
        FIXTURE_TEST(key_file_of_another_unit_shows),
        FIXTURE_TEST(forged_database_id_shows),
        FIXTURE_TEST_EMPTY(interrupted_making_is_explained),
        FIXTURE_TEST(interrupted_rotation_is_finished),
        FIXTURE_TEST(interrupted_note_of_the_generation_is_mended),
        FIXTURE_TEST(changed_salt_opens_and_is_logged),
        FIXTURE_TEST(read_only_unit_opens_without_a_trace),
        FIXTURE_TEST(full_disk_leaves_reading),
        FIXTURE_TEST(unlogged_card_opens_unless_protected),
        FIXTURE_TEST(full_disk_is_said_where_one_would_write),
    };
    return cmocka_run_group_tests_name("care/session", tests, NULL, NULL);
}
