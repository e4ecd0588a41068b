/* A backup is put back: to a new place first, proved there, and nothing is lost by it. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "care/unit/restore.h"
#include "tests/unit/care/fixture.h"

typedef struct {
    SessionOpening opening;
    Secret *passphrase;
} Opening;

static void opening_clear(Opening *opening)
{
    secret_free(opening->passphrase);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Opening, opening_clear)

static Opening opening_of(const Fixture *fixture, const char *login)
{
    Opening opening = {.passphrase = secret_from_text(PASSPHRASE)};

    opening.opening = (SessionOpening){
        .database = fixture->database, .login = login, .passphrase = opening.passphrase};
    return opening;
}

/* The path of a backup. New. */
static char *back_up(const Fixture *fixture)
{
    g_autoptr(Backup) backup = NULL;

    assert_ok((backup = backup_make(fixture->session, &(BackupOrder){0}, &error)));
    return g_strdup(backup->path);
}

static char *in_folder(const Fixture *fixture, const char *name)
{
    return g_build_filename(fixture->folder, name, NULL);
}

static gboolean says(const GPtrArray *sentences, const char *words)
{
    for (guint i = 0; i < sentences->len; i++)
        if (strstr(sentences->pdata[i], words))
            return TRUE;
    return FALSE;
}

/* Files in the unit's folder whose names hold `part`. */
static guint beside(const Fixture *fixture, const char *part)
{
    g_autofree char *folder = g_path_get_dirname(fixture->database);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint found = 0;

    while ((name = g_dir_read_name(dir)))
        found += strstr(name, part) != NULL;
    return found;
}

static void a_new_place_gets_it_and_what_is_newer_is_told(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autoptr(Restored) restored = NULL;
    g_autofree char *to = in_folder(fixture, "again");

    fixture_user(fixture, "gone", ROLE_SUPPORT_WORKER);
    g_autofree char *backup = back_up(fixture);
    assert_ok(staff_revoke(fixture->session, "gone", NULL, &error));
    assert_ok((restored = restore_to(&who.opening, backup, to, &error)));
    assert_null(restored->kept);
    assert_true(says(restored->sentences, "later entries in its log"));
    assert_true(says(restored->sentences, "Grundare Ett "));
    assert_true(says(restored->sentences, "gone"));
    /* What is there stays as it is, and the present database has not been touched. */
    assert_fails(restore_to(&who.opening, backup, to, &error), ERROR_EXISTS);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'restore'"), 0);
    g_free(fixture->database);
    fixture->database = g_strdup(restored->database);
    fixture_reopen(fixture, "gone");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static void form_is(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, "forms", name, NULL);
    g_autofree char *found = NULL;

    assert_true(g_file_get_contents(path, &found, NULL, NULL));
    assert_string_equal(found, text);
}

/* Back in the folder where they are used; what was there is kept, and others stay. */
static void own_forms_come_back(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *unit = g_path_get_dirname(fixture->database);
    g_autofree char *form = g_build_filename(unit, "forms", "avbokning.yaml", NULL);
    g_autofree char *later = g_build_filename(unit, "forms", "senare.yaml", NULL);
    g_autofree char *to = in_folder(fixture, "again");
    g_autoptr(Restored) elsewhere = NULL, replaced = NULL;
    g_autoptr(Drill) drill = NULL;

    fixture_write(form, "first");
    assert_ok((drill = restore_drill(fixture->session, &who.opening, &(BackupOrder){0}, &error)));
    assert_int_equal(drill->faults->len, 0);
    assert_int_equal(drill->forms, 1);
    form_is(unit, "avbokning.yaml", "first");
    g_autofree char *backup = back_up(fixture);
    fixture_write(form, "second");
    fixture_write(later, "later");
    assert_ok((elsewhere = restore_to(&who.opening, backup, to, &error)));
    assert_int_equal(elsewhere->forms, 1);
    form_is(to, "avbokning.yaml", "first");
    form_is(unit, "avbokning.yaml", "second");
    session_close(g_steal_pointer(&fixture->session));
    assert_ok((replaced = restore_replace(&who.opening, backup, &error)));
    form_is(unit, "avbokning.yaml", "first");
    form_is(unit, "avbokning.yaml.replaced-2026-11-22", "second");
    form_is(unit, "senare.yaml", "later");
    assert_true(says(replaced->sentences, "avbokning.yaml.replaced-2026-11-22"));
    assert_int_equal(beside(fixture, FOLDER_PART), 0);
    /* Once more: the same form is not put aside. */
    g_autoptr(Restored) again = NULL;
    assert_ok((again = restore_replace(&who.opening, backup, &error)));
    assert_false(says(again->sentences, "avbokning.yaml.replaced"));
    fixture_reopen(fixture, "grundare");
}

static void a_form_that_was_exchanged_is_told(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *unit = g_path_get_dirname(fixture->database);
    g_autofree char *form = g_build_filename(unit, "forms", "avbokning.yaml", NULL);
    g_autofree char *to = in_folder(fixture, "again");

    fixture_write(form, "first");
    g_autofree char *backup = back_up(fixture);
    g_autofree char *kept = g_strdup_printf("%s/" BACKUP_FORM "avbokning.yaml", backup);
    fixture_write(kept, "other");
    assert_fails(restore_to(&who.opening, backup, to, &error), ERROR_CORRUPT);
    assert_false(g_file_test(to, G_FILE_TEST_EXISTS));
}

static int mode_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return (int)(about.st_mode & 0777);
}

/* The way back that is allowed: its log says so, whoever signs in is told once, and no more is made
 * of the database's being older (B5). */
static void put_in_it_is_logged_and_told_once_to_each(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autoptr(Restored) restored = NULL;

    fixture_user(fixture, "led", ROLE_TEAM_LEAD);
    g_autofree char *backup = back_up(fixture);
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    /* What the unit shares with a group stays shared, and no more. */
    g_autofree char *keys = vault_path_for(fixture->database);
    assert_int_equal(chmod(fixture->database, 0640), 0);
    assert_int_equal(mode_of(keys), 0600);
    assert_ok((restored = restore_replace(&who.opening, backup, &error)));
    assert_true(g_str_has_suffix(restored->kept, "/unit.replaced-2026-11-22.db"));
    assert_int_equal(mode_of(fixture->database), 0640);
    assert_int_equal(mode_of(restored->kept), 0640);
    assert_int_equal(mode_of(keys), 0600);
    assert_int_equal(beside(fixture, FOLDER_PART), 0);
    for (int nth = 0; nth < 2; nth++) {
        static const char *const logins[] = {"grundare", "led"};
        for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
            fixture_reopen(fixture, logins[i]);
            const GPtrArray *notices = session_notices(fixture->session);
            assert_int_equal(notices->len, nth == 0);
            if (nth == 0)
                assert_non_null(strstr(notices->pdata[0], "put back 2026-11-22 10:00"));
        }
    }
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'restore'"), 1);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM staff WHERE login = 'stod'"), 0);
    assert_ok(vault_verify(session_vault(fixture->session), &error));
    /* The one that was there opens as before, under its own name. */
    session_close(g_steal_pointer(&fixture->session));
    g_free(fixture->database);
    fixture->database = g_strdup(restored->kept);
    fixture->session = fixture_open(fixture, "stod");
    assert_int_equal(session_notices(fixture->session)->len, 0);
}

/* A program that has the old one open would write where nobody looks. */
static void a_program_that_is_at_it_is_refused_its_next_saving(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autoptr(Restored) restored = NULL;
    g_autofree char *backup = back_up(fixture);

    assert_ok((restored = restore_replace(&who.opening, backup, &error)));
    assert_fails(audit_note(fixture->session, "look", "import", 0, 0, &error), ERROR_CONFLICT);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* Killed in the middle: the key file is in, the database is not. Nobody gets in, and the same order
 * brings it to its end. Twice on a day they are told apart. */
static void broken_off_it_is_done_again(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *backup = back_up(fixture);
    g_autofree char *keys = g_build_filename(backup, BACKUP_KEYS, NULL);
    g_autoptr(Restored) restored = NULL, again = NULL;

    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(keys, fixture->keys);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
    assert_ok((restored = restore_replace(&who.opening, backup, &error)));
    fixture->session = fixture_open(fixture, "grundare");
    session_close(g_steal_pointer(&fixture->session));
    assert_ok((again = restore_replace(&who.opening, backup, &error)));
    assert_true(g_str_has_suffix(again->kept, "/unit.replaced-2026-11-22-2.db"));
    /* Where both files are lost there is nothing to keep, and it works all the same. */
    assert_int_equal(g_unlink(fixture->database), 0);
    assert_int_equal(g_unlink(fixture->keys), 0);
    g_autoptr(Restored) alone = NULL;
    assert_ok((alone = restore_replace(&who.opening, backup, &error)));
    assert_null(alone->kept);
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* A journal that a killed writer left beside the old one must not be played back into the new one.
 */
static void the_old_journal_goes_with_the_old_database(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *backup = back_up(fixture);
    g_autofree char *journal = g_strconcat(fixture->database, "-journal", NULL);
    g_autofree char *hot = NULL;
    g_autoptr(Restored) restored = NULL;
    gsize length;

    assert_ok(db_begin(session_db(fixture->session), &error));
    assert_ok(db_run(session_db(fixture->session), "UPDATE unit SET name = 'Annan'", NULL, &error));
    assert_ok(db_run(session_db(fixture->session), "PRAGMA cache_size = 1", NULL, &error));
    assert_ok(db_run(session_db(fixture->session), "PRAGMA cache_spill = 1", NULL, &error));
    for (int i = 0; i < 400; i++)
        assert_ok(audit_write(fixture->session, "look", "import", 0, 0, NULL, &error));
    assert_true(g_file_get_contents(journal, &hot, &length, NULL));
    assert_true(length > 0);
    db_rollback(session_db(fixture->session));
    session_close(g_steal_pointer(&fixture->session));
    /* Without its key file the present one is not looked at, so nothing plays the journal back. */
    assert_int_equal(g_unlink(fixture->keys), 0);
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    assert_int_equal(g_unlink(copy), 0);
    assert_true(g_file_set_contents(journal, hot, (gssize)length, NULL));
    assert_ok((restored = restore_replace(&who.opening, backup, &error)));
    assert_true(says(restored->sentences, "could not be looked at"));
    g_autofree char *kept = g_strconcat(restored->kept, "-journal", NULL);
    assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
    fixture->session = fixture_open(fixture, "grundare");
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

static void flip(const char *folder, const char *name, gsize at)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    bytes[at] ^= 1;
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void refused(const Fixture *fixture, const char *backup, const char *words)
{
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *to = in_folder(fixture, "refused");
    g_autofree char *part = g_strconcat(to, FOLDER_PART, NULL);
    g_autoptr(GError) failed = NULL;

    assert_null(restore_to(&who.opening, backup, to, &failed));
    assert_true(g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT));
    if (!strstr(failed->message, words))
        fail_msg("%s", failed->message);
    assert_false(g_file_test(to, G_FILE_TEST_EXISTS));
    assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
}

/* Whatever in a backup is not as it was made is said: a byte of a page, a key file or a database
 * put beside it from another backup of the same unit. */
static void what_was_exchanged_or_damaged_is_told(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *earlier = back_up(fixture);
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    g_autofree char *backup = back_up(fixture);
    static const char *const files[] = {BACKUP_DATABASE, BACKUP_KEYS, BACKUP_KEYS_COPY};
    char *of_earlier[3], *of_backup[3], *kept[3];

    for (gsize i = 0; i < 3; i++) {
        of_earlier[i] = g_build_filename(earlier, files[i], NULL);
        of_backup[i] = g_build_filename(backup, files[i], NULL);
        kept[i] = g_strdup_printf("%s/kept%d", fixture->folder, (int)i);
        fixture_copy(of_backup[i], kept[i]);
    }
    flip(backup, BACKUP_DATABASE, 4096 * 3 + 100);
    refused(fixture, backup, "damaged");
    fixture_copy(of_earlier[0], of_backup[0]);
    refused(fixture, backup, "not as it was when the backup was made");
    fixture_copy(kept[0], of_backup[0]);
    fixture_copy(of_earlier[1], of_backup[1]);
    fixture_copy(of_earlier[2], of_backup[2]);
    refused(fixture, backup, "key file in the backup is not the one");
    /* Database, key file and all sums exchanged, but not the seal. */
    fixture_copy(of_earlier[0], of_backup[0]);
    g_autofree char *sum = vault_sum_at(of_backup[1], NULL);
    g_autofree char *manifest = g_build_filename(backup, BACKUP_MANIFEST, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(manifest, &text, NULL, NULL));
    memcpy(strstr(text, "keys=") + strlen("keys="), sum, strlen(sum));
    assert_true(g_file_set_contents(manifest, text, -1, NULL));
    refused(fixture, backup, "says of itself is not what was written");
    for (gsize i = 0; i < 3; i++) {
        g_free(of_earlier[i]);
        g_free(of_backup[i]);
        g_free(kept[i]);
    }
}

/* One good key file of the two is enough. */
static void a_damaged_key_file_has_its_copy(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autofree char *backup = back_up(fixture);
    g_autofree char *to = in_folder(fixture, "again");
    g_autoptr(Restored) restored = NULL;

    flip(backup, BACKUP_KEYS, 60);
    assert_ok((restored = restore_to(&who.opening, backup, to, &error)));
}

static void who_may_not_is_refused(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *to = in_folder(fixture, "again");
    g_autofree char *plain = in_folder(fixture, "plain");

    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    g_autofree char *backup = back_up(fixture);
    g_auto(Opening) hand = opening_of(fixture, "hand");
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autoptr(Secret) wrong = secret_from_text("en annan lång fras");
    assert_fails(restore_to(&hand.opening, backup, to, &error), ERROR_DENIED);
    assert_false(g_file_test(to, G_FILE_TEST_EXISTS));
    SessionOpening mistyped = who.opening;
    mistyped.passphrase = wrong;
    assert_fails(restore_to(&mistyped, backup, to, &error), ERROR_PASSPHRASE);
    assert_fails(restore_to(&who.opening, fixture->folder, to, &error), ERROR_NOT_FOUND);
    assert_int_equal(g_mkdir(plain, 0700), 0);
    assert_fails(restore_to(&who.opening, backup, plain, &error), ERROR_EXISTS);
}

/* Somebody else's database is not put aside by a slip. */
static void another_units_database_is_left_alone(void **state)
{
    Fixture *fixture = *state;
    Fixture other = {0};
    g_autofree char *backup = back_up(fixture);

    fixture_start(&other);
    fixture_make_anew(&other, ROLE_TEAM_LEAD);
    session_close(g_steal_pointer(&other.session));
    g_auto(Opening) who = opening_of(&other, "grundare");
    assert_fails(restore_replace(&who.opening, backup, &error), ERROR_CONFLICT);
    assert_int_equal(beside(&other, "replaced"), 0);
    assert_int_equal(beside(&other, FOLDER_PART), 0);
    other.session = fixture_open(&other, "grundare");
    fixture_end(&other);
}

static void a_drill_compares_every_value_and_leaves_nothing(void **state)
{
    Fixture *fixture = *state;
    g_auto(Opening) who = opening_of(fixture, "grundare");
    g_autoptr(Drill) drill = NULL;

    assert_ok((drill = restore_drill(fixture->session, &who.opening, &(BackupOrder){0}, &error)));
    assert_int_equal(drill->faults->len, 0);
    assert_true(drill->tables > 20);
    assert_true(drill->entries > 0);
    assert_non_null(drill->log);
    assert_int_equal(beside(fixture, FOLDER_PART), 0);
    assert_true(g_file_test(drill->backup->path, G_FILE_TEST_IS_DIR));
    for (guint i = 0; i < drill->backup->contents->tables->len; i++)
        assert_non_null(((DbTable *)drill->backup->contents->tables->pdata[i])->digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(own_forms_come_back),
        FIXTURE_TEST(a_form_that_was_exchanged_is_told),
        FIXTURE_TEST(a_new_place_gets_it_and_what_is_newer_is_told),
        FIXTURE_TEST(put_in_it_is_logged_and_told_once_to_each),
        FIXTURE_TEST(a_program_that_is_at_it_is_refused_its_next_saving),
        FIXTURE_TEST(broken_off_it_is_done_again),
        FIXTURE_TEST(the_old_journal_goes_with_the_old_database),
        FIXTURE_TEST(what_was_exchanged_or_damaged_is_told),
        FIXTURE_TEST(a_damaged_key_file_has_its_copy),
        FIXTURE_TEST(who_may_not_is_refused),
        FIXTURE_TEST(another_units_database_is_left_alone),
        FIXTURE_TEST(a_drill_compares_every_value_and_leaves_nothing),
    };

    return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
