/* A backup: made while others work, whole or not there, kept by a rule, and told when it is late.
 */
#include <sys/stat.h>

#include "base/folder.h"
#include "care/unit/backup.h"
#include "tests/unit/care/fixture.h"

static Backup *make(Session *session, const BackupRule *rule)
{
    Backup *backup = NULL;

    assert_ok((backup = backup_make(session, &(BackupOrder){.rule = rule}, &error)));
    assert_int_equal(backup->faults->len, 0);
    return backup;
}

/* How many names in the folder of backups end so. */
static guint count(const Fixture *fixture, const char *ending)
{
    g_autofree char *folder = g_path_get_dirname(fixture->database);
    g_autofree char *backups = g_build_filename(folder, "backups", NULL);
    g_autoptr(GDir) dir = g_dir_open(backups, 0, NULL);
    const char *name;
    guint found = 0;

    while (dir && (name = g_dir_read_name(dir)))
        found += g_str_has_suffix(name, ending);
    return found;
}

static void mode_is(const char *folder, const char *name, guint wanted)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, wanted);
}

static void is_whole_private_and_logged(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Backup) backup = make(fixture->session, NULL);
    g_autoptr(BackupManifest) manifest = NULL;
    g_autoptr(DbContents) found = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *database = g_build_filename(backup->path, BACKUP_DATABASE, NULL);
    g_autofree char *differs = NULL;

    assert_true(g_str_has_suffix(backup->path, "/unit/backups/unit-2026-11-22T1000"));
    mode_is(backup->path, "", 0700);
    mode_is(backup->path, BACKUP_DATABASE, 0600);
    mode_is(backup->path, BACKUP_KEYS, 0600);
    mode_is(backup->path, BACKUP_MANIFEST, 0600);
    assert_true(backup->same_disk);
    assert_ok((manifest = backup_manifest_read(backup->path, &error)));
    assert_true(backup_manifest_fits(manifest, vault_data_key(session_vault(fixture->session))));
    assert_int_equal(manifest->generation, vault_generation(session_vault(fixture->session)));
    assert_ok(db_copy_check(database, vault_data_key(session_vault(fixture->session)), NULL, faults,
                            &found, &error));
    assert_int_equal(faults->len, 0);
    differs = backup_manifest_differs(manifest, found);
    assert_null(differs);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'backup'"), 1);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT CAST(value AS BIGINT) FROM meta WHERE key = 'backup_ms'"),
                     backup->made_ms);
    assert_int_equal(count(fixture, FOLDER_PART), 0);
    /* Another in the same minute has a name of its own. */
    g_autoptr(Backup) second = make(fixture->session, NULL);
    assert_true(g_str_has_suffix(second->path, "unit-2026-11-22T1000-2"));
}

static void others_than_lead_and_administrator_may_not(void **state)
{
    Fixture *fixture = *state;

    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    fixture_reopen(fixture, "hand");
    assert_fails(backup_make(fixture->session, &(BackupOrder){0}, &error), ERROR_DENIED);
    assert_int_equal(count(fixture, ""), 0);
}

/* A number in it, a blank, a word: what is sealed is what it says. */
static void a_manifest_that_was_changed_shows(void **state)
{
    Fixture *fixture = *state;
    const Secret *key = vault_data_key(session_vault(fixture->session));
    g_autoptr(Backup) backup = make(fixture->session, NULL);
    g_autofree char *path = g_build_filename(backup->path, BACKUP_MANIFEST, NULL);
    g_autofree char *text = NULL;
    gsize length;

    assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (gsize i = 0; i < length; i++) {
        g_autofree char *changed = g_memdup2(text, length + 1);
        g_autoptr(BackupManifest) manifest = NULL;
        changed[i] ^= 1;
        manifest = backup_manifest_parse(changed, length, NULL);
        if (manifest && backup_manifest_fits(manifest, key)) {
            /* Only where it says nothing: a blank line made a comment. */
            g_autofree char *again = backup_manifest_text(manifest, key);
            assert_string_equal(again, text);
        }
    }
    g_autoptr(BackupManifest) whole = NULL;
    assert_ok((whole = backup_manifest_parse(text, length, &error)));
    assert_true(backup_manifest_fits(whole, key));
    assert_fails(backup_manifest_parse("[backup]\nformat=3\n", 18, &error), ERROR_VERSION);
    assert_fails(backup_manifest_parse("hej", 3, &error), ERROR_CORRUPT);
}

/* What a killed program left is cleared; what another one is at is not. */
static void leftovers_are_cleared(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *folder = backup_folder(fixture->session);
    g_autofree char *left = g_build_filename(folder, "unit-0badcafe" FOLDER_PART, NULL);
    g_autofree char *held = g_build_filename(folder, "unit-0badbeef" FOLDER_PART, NULL);
    g_autofree char *foreign = g_build_filename(folder, "unit-0000" FOLDER_PART, "letter", NULL);
    g_autofree char *inside = g_build_filename(left, BACKUP_DATABASE, NULL);
    int fd = -1;

    fixture_write(inside, "half");
    fixture_write(foreign, "kept");
    assert_ok((fd = folder_begin(held, &error)) >= 0);
    g_autoptr(Backup) backup = make(fixture->session, NULL);
    assert_true(g_file_test(backup->path, G_FILE_TEST_IS_DIR));
    assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(held, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(foreign, G_FILE_TEST_EXISTS));
    close(fd);
}

/* Each day a backup: 400 of them, and the rule's number is left. */
static void the_rule_keeps_days_weeks_and_months(void **state)
{
    enum { DAYS = 400 };
    Date days[DAYS];
    gboolean keep[DAYS];
    int kept = 0;

    (void)state;
    for (int i = 0; i < DAYS; i++)
        days[i] = date_parse("2026-11-29") - i;
    backup_rule_apply(&BACKUP_RULE, days, DAYS, keep);
    for (int i = 0; i < DAYS; i++) {
        char date[DATE_SIZE];
        date_format(days[i], date);
        kept += keep[i];
        /* Sunday 29 November: the last Sundays, and the last days of months. */
        if (i < 7)
            assert_true(keep[i]);
        if (i == 7 || i == 14 || i == 21 || i == 28)
            assert_true(keep[i]); /* 22, 15, 8, 1 November */
        if (i == 8 || i == 22)
            assert_false(keep[i]);
        if (strcmp(date, "2026-10-31") == 0 || strcmp(date, "2025-12-31") == 0)
            assert_true(keep[i]);
        if (strcmp(date, "2025-11-30") == 0)
            assert_false(keep[i]);
    }
    assert_int_equal(kept, 7 + 4 + 11);
    /* After a year without any, nothing is lost by the next one. */
    const Date far[] = {date_parse("2026-11-29"), date_parse("2025-06-02"),
                        date_parse("2025-06-01"), date_parse("2025-06-01")};
    backup_rule_apply(&BACKUP_RULE, far, 4, keep);
    assert_true(keep[0] && keep[1] && keep[2] && !keep[3]);
    backup_rule_apply(&(BackupRule){.days = 1}, far, 4, keep);
    assert_true(keep[0] && !keep[1] && !keep[2] && !keep[3]);
}

/* What is not this database's backup, or is more than that, stays. */
static void only_own_backups_are_taken_away(void **state)
{
    Fixture *fixture = *state;
    const BackupRule rule = {.days = 1};
    g_autoptr(Backup) first = make(fixture->session, NULL);
    g_autoptr(Backup) with_more = make(fixture->session, NULL);
    g_autoptr(Backup) of_other = make(fixture->session, NULL);
    g_autofree char *letter = g_build_filename(with_more->path, "letter", NULL);
    g_autofree char *manifest = g_build_filename(of_other->path, BACKUP_MANIFEST, NULL);
    g_autofree char *text = NULL;

    fixture_write(letter, "Hej");
    assert_true(g_file_get_contents(manifest, &text, NULL, NULL));
    memset(strstr(text, "database=") + strlen("database="), 'f', 32);
    assert_true(g_file_set_contents(manifest, text, -1, NULL));
    g_setenv("DAGSFORM_NOW", "2026-11-22T11:00", TRUE);
    assert_ok(clock_init(&error));
    g_autoptr(Backup) last = make(fixture->session, &rule);
    assert_int_equal(last->gone->len, 1);
    assert_string_equal(last->gone->pdata[0], first->path);
    assert_false(g_file_test(first->path, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(letter, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(manifest, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(last->path, G_FILE_TEST_EXISTS));
    /* With the clock set back the one just made is the oldest, and is not taken away. */
    g_setenv("DAGSFORM_NOW", "2026-11-21T11:00", TRUE);
    assert_ok(clock_init(&error));
    g_autoptr(Backup) before = make(fixture->session, &rule);
    assert_true(g_file_test(before->path, G_FILE_TEST_EXISTS));
    assert_int_equal(before->gone->len, 0);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    assert_ok(clock_init(&error));
}

static void a_late_one_is_told_to_whom_it_concerns(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *at_once = backup_late(fixture->session, BACKUP_LATE_DAYS, "So.");

    assert_null(at_once);
    g_setenv("DAGSFORM_NOW", "2026-11-30T10:00", TRUE);
    assert_ok(clock_init(&error));
    g_autofree char *never = backup_late(fixture->session, BACKUP_LATE_DAYS, "So.");
    assert_non_null(strstr(never, "No backup of this database has been made"));
    g_autofree char *off = backup_late(fixture->session, 0, "So.");
    assert_null(off);
    g_autoptr(Backup) backup = make(fixture->session, NULL);
    assert_int_equal(backup->gone->len, 0);
    g_autofree char *made = backup_late(fixture->session, BACKUP_LATE_DAYS, "So.");
    assert_null(made);
    g_setenv("DAGSFORM_NOW", "2026-12-08T10:00", TRUE);
    assert_ok(clock_init(&error));
    g_autofree char *late = backup_late(fixture->session, BACKUP_LATE_DAYS, "So.");
    assert_non_null(strstr(late, "2026-11-30 10:00"));
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(fixture, "stod");
    g_autofree char *others = backup_late(fixture->session, BACKUP_LATE_DAYS, "So.");
    assert_null(others);
    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    assert_ok(clock_init(&error));
}

/* The key file that another program has brought forward, while the database does not know it yet:
 * the pair is not what a restored unit should begin with. */
static void key_file_and_database_must_belong_together(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    g_autoptr(Vault) other = NULL;

    assert_ok((other = vault_open(fixture->keys, "grundare", passphrase, &error)));
    assert_ok(vault_set_passphrase(other, "grundare", passphrase, &error));
    assert_fails(backup_make(fixture->session, &(BackupOrder){0}, &error), ERROR_CONFLICT);
    assert_int_equal(count(fixture, ""), 0);
    /* In the midst of a change of data key this session's keys are soon of no use. */
    assert_ok(vault_rotate_begin(other, NULL, &error));
    assert_fails(backup_make(fixture->session, &(BackupOrder){0}, &error), ERROR_KEY_CHANGED);
    assert_int_equal(count(fixture, ""), 0);
}

/* The rows that refer to nothing are in the backup as in the database: it is kept, told, and
 * earlier ones stay. */
static void a_faulty_database_is_backed_up_and_told(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(Backup) first = make(fixture->session, NULL);
    g_autoptr(Backup) backup = NULL;

    assert_ok(db_run(session_db(fixture->session), "PRAGMA foreign_keys = OFF", NULL, &error));
    assert_ok(db_run(session_db(fixture->session),
                     "INSERT INTO staff (id, unit_id, name, role, created_ms)"
                     " VALUES (7, 999, 'Ingen', 'team-lead', 0)",
                     NULL, &error));
    assert_ok((backup = backup_make(fixture->session,
                                    &(BackupOrder){.rule = &(BackupRule){.days = 1}}, &error)));
    assert_int_equal(backup->faults->len, 1);
    assert_non_null(strstr(backup->faults->pdata[0], "staff"));
    assert_int_equal(backup->gone->len, 0);
    assert_true(g_file_test(first->path, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(backup->path, G_FILE_TEST_EXISTS));
}

/* The unit's own forms are in it, and nothing else of their folder. */
static void own_forms_are_in_it(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *folder = g_path_get_dirname(fixture->database);
    g_autofree char *form = g_build_filename(folder, "forms", "avbokning.yaml", NULL);
    g_autofree char *hidden = g_build_filename(folder, "forms", ".avbokning.yaml", NULL);
    g_autofree char *letter = g_build_filename(folder, "forms", "brev.txt", NULL);
    const BackupRule rule = {.days = 1};
    g_autofree char *text = NULL;

    fixture_write(form, "name: avbokning\n");
    fixture_write(hidden, "x");
    fixture_write(letter, "x");
    g_autoptr(Backup) first = make(fixture->session, NULL);
    assert_int_equal(first->forms, 1);
    g_autofree char *kept = g_strdup_printf("%s/" BACKUP_FORM "avbokning.yaml", first->path);
    assert_true(g_file_get_contents(kept, &text, NULL, NULL));
    assert_string_equal(text, "name: avbokning\n");
    g_autoptr(BackupManifest) manifest = NULL;
    assert_ok((manifest = backup_manifest_read(first->path, &error)));
    assert_true(backup_manifest_fits(manifest, vault_data_key(session_vault(fixture->session))));
    assert_int_equal(manifest->forms->len, 1);
    /* It is sealed: another sum is another manifest. */
    ((BackupForm *)manifest->forms->pdata[0])->sum[0] ^= 1;
    assert_false(backup_manifest_fits(manifest, vault_data_key(session_vault(fixture->session))));
    /* One with forms is taken away by the rule like any other. */
    g_autoptr(Backup) second = make(fixture->session, &rule);
    assert_int_equal(second->gone->len, 1);
    assert_false(g_file_test(first->path, G_FILE_TEST_EXISTS));
}

static gboolean stop_at(double share, gpointer data)
{
    return share < *(const double *)data;
}

/* Esc while it is copied, before it is read through, and when all but its name is there. */
static void broken_off_nothing_is_left(void **state)
{
    Fixture *fixture = *state;
    static const double SHARES[] = {0.0, 0.5, 0.95};
    g_autoptr(Backup) before = make(fixture->session, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(SHARES); i++) {
        const BackupOrder order = {.rule = &(BackupRule){.days = 1},
                                   .progress = stop_at,
                                   .data = (gpointer)&SHARES[i]};
        assert_fails(backup_make(fixture->session, &order, &error), ERROR_CANCELLED);
        assert_int_equal(count(fixture, ""), 1);
    }
    assert_true(g_file_test(before->path, G_FILE_TEST_IS_DIR));
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    Fixture *fixture = *state;
    const BackupOrder order = {.folder = "/nowhere/at/all"};

    assert_fails(backup_make(fixture->session, &order, &error), ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(is_whole_private_and_logged),
        FIXTURE_TEST(others_than_lead_and_administrator_may_not),
        FIXTURE_TEST(a_manifest_that_was_changed_shows),
        FIXTURE_TEST(leftovers_are_cleared),
        cmocka_unit_test(the_rule_keeps_days_weeks_and_months),
        FIXTURE_TEST(only_own_backups_are_taken_away),
        FIXTURE_TEST(a_late_one_is_told_to_whom_it_concerns),
        FIXTURE_TEST(key_file_and_database_must_belong_together),
        FIXTURE_TEST(a_faulty_database_is_backed_up_and_told),
        FIXTURE_TEST(own_forms_are_in_it),
        FIXTURE_TEST(broken_off_nothing_is_left),
        FIXTURE_TEST(a_folder_that_is_not_there_is_told),
    };

    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
