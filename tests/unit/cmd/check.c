/* check.c: one byte changed anywhere, or one row altered behind the program's back, is noticed. */
#include "base/paths.h"
#include "care/client/client.h"
#include "tests/unit/cmd/fixture_cmd.h"

/* What is looked for lies in no particular row, and each check reads all: some weeks are enough. */
static int check_setup(void **state)
{
    enum { LINES = 600 };
    import_setup(state);
    g_autofree char *text = NULL;
    gsize length;
    assert_true(g_file_get_contents(TRUE_FILE, &text, &length, NULL));
    /* memchr(): under ASan strchr() reads all the rest each time. */
    char *end = text;
    for (int line = 0; line < LINES; line++)
        end = (char *)memchr(end, '\n', length - (gsize)(end - text)) + 1;
    g_autofree char *path = file_of(*state, text, end - text);
    command_unit(*state, path);
    return 0;
}
#define CHECK_TEST(f) cmocka_unit_test_setup_teardown(f, check_setup, fixture_teardown)

static void assert_well(const Fixture *fixture)
{
    g_auto(Ran) ran = RUN(fixture, "check");
    if (ran.status != 0)
        fail_msg("%s%s", ran.out, ran.err);
    assert_true(g_str_has_prefix(ran.out, "All is well"));
    assert_string_equal(ran.err, "");
}

/* Exit 1, and a sentence that says what; `said` may be NULL. */
static void assert_noticed(const Fixture *fixture, const char *what, const char *said)
{
    g_auto(Ran) ran = RUN(fixture, "check");
    if (ran.status != 1)
        fail_msg("%s: exit %d: %s%s", what, ran.status, ran.out, ran.err);
    if (!*ran.out && !*ran.err)
        fail_msg("%s: nothing is said", what);
    if (said && !strstr(ran.out, said) && !strstr(ran.err, said))
        fail_msg("%s: %s%s", what, ran.out, ran.err);
}

/* Flips one bit of the file, or flips it back. */
static void flip(const char *path, gsize at)
{
    const int file = open(path, O_RDWR | O_CLOEXEC);
    guint8 byte;
    assert_true(file >= 0);
    assert_int_equal(pread(file, &byte, 1, (off_t)at), 1);
    byte ^= 0x10;
    assert_int_equal(pwrite(file, &byte, 1, (off_t)at), 1);
    close(file);
}

static gsize size_of(const char *path)
{
    GStatBuf status;
    assert_int_equal(g_stat(path, &status), 0);
    return (gsize)status.st_size;
}

static void a_byte_of_the_database_is_noticed(void **state)
{
    const Fixture *fixture = *state;
    const gsize length = size_of(fixture->database);
    assert_true(length > 500000);
    assert_well(fixture);
    /* The first page, the last byte, and a place in every eighth of the file. */
    for (gsize i = 0; i <= 8; i++) {
        const gsize at = i == 8 ? length - 1 : length / 8 * i + 100;
        g_autofree char *what = g_strdup_printf("byte %zu of %zu", at, length);
        flip(fixture->database, at);
        assert_noticed(fixture, what, NULL);
        flip(fixture->database, at);
    }
    assert_well(fixture);
    assert_int_equal(truncate(fixture->database, (off_t)(length - 4096)), 0);
    assert_noticed(fixture, "a page less", NULL);
}

/* As somebody would who has the data key but not this program: past every function of care/. */
static void alter(Fixture *fixture, const char *sql)
{
    fixture->session = fixture_open(fixture, "grundare");
    assert_ok(db_run(session_db(fixture->session), sql, NULL, &error));
    assert_int_equal(db_changes(session_db(fixture->session)), 1);
    session_close(g_steal_pointer(&fixture->session));
}

/* B19: two pages, of which signing in needs the one and the other is read by nobody but the check:
 * both are named, and what else is wrong with them. */
static void every_fault_is_listed(void **state)
{
    const Fixture *fixture = *state;
    enum { PAGE = 4096 };
    const gsize pages = size_of(fixture->database) / PAGE;
    g_autofree char *kept = g_build_filename(fixture->folder, "kept.db", NULL);
    guint refused = 0;
    fixture_copy(fixture->database, kept);
    for (gsize page = 1; page < pages && refused < 2; page++) {
        g_autofree char *named = g_strdup_printf("Page %zu ", page + 1);
        g_autofree char *last = g_strdup_printf("Page %zu ", pages);
        flip(fixture->database, page * PAGE + 100);
        flip(fixture->database, (pages - 1) * PAGE + 100);
        g_auto(Ran) report = RUN(fixture, "report", "week");
        g_auto(Ran) ran = RUN(fixture, "check");
        assert_int_equal(ran.status, 1);
        /* Without the pages that say what the tables are, nothing at all opens. */
        const gboolean opens = *ran.out != '\0';
        refused += opens && report.status != 0;
        if (opens && (!strstr(ran.out, named) || !strstr(ran.out, last)))
            fail_msg("page %zu: %s%s", page + 1, ran.out, ran.err);
        fixture_copy(kept, fixture->database);
    }
    assert_int_equal(refused, 2);
    /* The counts are looked at although the log is wrong, and the log although a page is. */
    alter((Fixture *)fixture, "UPDATE audit SET action = 'read' WHERE seq = 3");
    alter((Fixture *)fixture, "DELETE FROM visit WHERE id = (SELECT max(id) FROM visit)");
    g_auto(Ran) ran = RUN(fixture, "check");
    assert_non_null(strstr(ran.out, "Entry 3 "));
    assert_non_null(strstr(ran.out, "the count kept is"));
}

/* The salt at the beginning, which the engine itself never looks at and its next write puts right.
 */
static void a_byte_of_the_salt_is_noticed(void **state)
{
    const Fixture *fixture = *state;
    /* db/upkeep has them all. */
    for (gsize at = 0; at < 16; at += 5) {
        g_autofree char *what = g_strdup_printf("byte %zu", at);
        flip(fixture->database, at);
        assert_noticed(fixture, what, "first bytes");
    }
    assert_well(fixture);
}

/* B3: told once, and put right by the copy. Without a copy it is said until it is repaired.
 * vault/vault_damage tries every byte. */
static void a_byte_of_the_key_file_is_noticed(void **state)
{
    const Fixture *fixture = *state;
    const gsize length = size_of(fixture->keys);
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    enum { PLACES = 6 };
    for (gsize i = 0; i < PLACES; i++) {
        const gsize at = i * (length - 1) / (PLACES - 1);
        g_autofree char *what = g_strdup_printf("byte %zu of the key file", at);
        flip(fixture->keys, at);
        if (i % 2)
            assert_int_equal(g_unlink(copy), 0);
        assert_noticed(fixture, what, i % 2 ? NULL : "its copy has put it right");
        if (i % 2)
            flip(fixture->keys, at);
        assert_well(fixture);
    }
}

/* The unit's own list of causes cannot be read: nothing stored is wrong, but every command says it.
 */
static void a_broken_list_of_causes_is_said(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *visits = file_of(fixture, HEADING, -1);
    const char *const commands[][5] = {
        {"check"},
        {"report", "week"},
        {"import", "visits", visits, "--dry-run"},
        {"user", "list"},
    };
    fixture_write(fixture->form, "name: avbokning\ngarb: [\n");
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_auto(Ran) ran = run_command(fixture, commands[i]);
        if (ran.status != 0 || !strstr(ran.err, fixture->form) || !strstr(ran.err, "3"))
            fail_msg("%s: exit %d: %s", commands[i][0], ran.status, ran.err);
        assert_ptr_equal(strchr(ran.err, '\n'), ran.err + strlen(ran.err) - 1);
    }
    g_unlink(fixture->form);
    assert_well(fixture);
}

static void altered_rows_are_noticed(void **state)
{
    static const char *const alterations[] = {
        "UPDATE audit SET action = 'read' WHERE seq = 3",
        "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 5",
        "UPDATE audit SET changes = '{}' WHERE seq = 7",
        "DELETE FROM audit WHERE seq = 4",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        "UPDATE audit SET hash = x'00' WHERE seq = 2",
        "UPDATE week_outcome SET visits = visits + 1 WHERE week = 202621 AND outcome = 'done'",
        "DELETE FROM visit WHERE id = (SELECT max(id) FROM visit)",
        /* B4 */
        "UPDATE staff SET role = 'case-officer' WHERE login = 'grundare'",
        "UPDATE client SET protection = 'marked' WHERE id = (SELECT max(id) FROM client)",
    };
    Fixture *fixture = *state;
    g_autofree char *kept = g_build_filename(fixture->folder, "kept.db", NULL);
    g_autofree char *seen = paths_last_seen();
    fixture_copy(fixture->database, kept);
    for (gsize i = 0; i < G_N_ELEMENTS(alterations); i++) {
        alter(fixture, alterations[i]);
        assert_noticed(fixture, alterations[i], "fault");
        fixture_copy(kept, fixture->database);
        /* That the database was put back is not what is asked here. */
        g_remove(seen);
    }
    assert_well(fixture);
}

/* An older key file, put back, opens nothing unnoticed. */
static void an_older_key_file_is_noticed(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *kept = g_build_filename(fixture->folder, "kept.keys", NULL);
    fixture_copy(fixture->keys, kept);
    fixture->session = fixture_open(fixture, "grundare");
    fixture_user(fixture, "bo", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    assert_well(fixture);
    fixture_copy(kept, fixture->keys);
    assert_noticed(fixture, "an older key file", "older");
}

/* B12: emptied, with all that tells of it. */
static void an_emptied_log_is_noticed(void **state)
{
    Fixture *fixture = *state;
    fixture->session = fixture_open(fixture, "grundare");
    assert_ok(db_run(session_db(fixture->session), "DELETE FROM audit", NULL, &error));
    assert_ok(db_run(session_db(fixture->session), "DELETE FROM meta WHERE key = 'audit_mac'", NULL,
                     &error));
    session_close(g_steal_pointer(&fixture->session));
    assert_noticed(fixture, "an emptied log", "The audit log has been emptied");
    assert_noticed(fixture, "an emptied log", "Entry 1 of the audit log has been removed");
}

/* B5: with the key file of today. */
static void an_older_database_is_noticed(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *kept = g_build_filename(fixture->folder, "kept.db", NULL);
    fixture_copy(fixture->database, kept);
    fixture->session = fixture_open(fixture, "grundare");
    fixture_user(fixture, "bo", ROLE_SUPPORT_WORKER);
    session_close(g_steal_pointer(&fixture->session));
    assert_well(fixture);
    fixture_copy(kept, fixture->database);
    assert_noticed(fixture, "an older database", "older than its key file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_byte_of_the_database_is_noticed),
        CHECK_TEST(every_fault_is_listed),
        CHECK_TEST(a_byte_of_the_salt_is_noticed),
        CHECK_TEST(a_byte_of_the_key_file_is_noticed),
        CHECK_TEST(a_broken_list_of_causes_is_said),
        CHECK_TEST(altered_rows_are_noticed),
        CHECK_TEST(an_older_key_file_is_noticed),
        CHECK_TEST(an_emptied_log_is_noticed),
        CHECK_TEST(an_older_database_is_noticed),
    };

    return cmocka_run_group_tests_name("cmd/check", tests, NULL, NULL);
}
