/* fixture.h: a unit of its own in a temporary folder, for the tests of the floor of care. The clock
 * stands at Sunday 22 November 2026, 10:00. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/unit/audit.h"
#include "care/unit/making.h"
#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "db/db_private.h"
#include "tests/opened.h"

#define PASSPHRASE "en lagom lång fras"

typedef struct {
    char *folder;
    char *database; /* folder/unit/unit.db */
    char *keys;
    char *form; /* the unit's own avbokning.yaml; not there from the start */
    Session *session;
    Secret *recovery;
} Fixture;

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, error ? error->message : "no error was set");                \
    } while (0)

#define assert_fails(call, wanted)                                                                 \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        if (call)                                                                                  \
            fail_msg("%s did not fail", #call);                                                    \
        assert_non_null(error);                                                                    \
        if (!g_error_matches(error, DAGSFORM_ERROR, (wanted)))                                     \
            fail_msg("%s: code %d: %s", #call, error->code, error->message);                       \
    } while (0)

/* The shipped form of the tests: `causes` are the lines of the choice list. */
#define FORM_TEXT(version, causes)                                                                 \
    "name: avbokning\nversion: \"" version "\"\ntitle: Avbokat\nitem:\n"                           \
    "  - linkId: orsak\n    type: choice\n    text: Vad var orsaken?\n    answerOption:\n" causes
#define CAUSE(code, display) "      - code: " code "\n        display: " display "\n"

static inline void fixture_write(const char *path, const char *text)
{
    g_autofree char *folder = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(folder, 0755), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static inline void fixture_copy(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    gsize length;

    assert_true(g_file_get_contents(from, &bytes, &length, NULL));
    assert_true(g_file_set_contents(to, bytes, (gssize)length, NULL));
}

/* The folder and the shipped form; no unit yet. */
static inline void fixture_start(Fixture *fixture)
{
    g_autofree char *share = NULL, *shipped = NULL;

    g_setenv("DAGSFORM_NOW", "2026-11-22T10:00", TRUE);
    i18n_init("en");
    assert_ok(secret_init(&error));
    assert_ok(clock_init(&error));
    fixture->folder = g_dir_make_tmp("dagsform-care-XXXXXX", NULL);
    assert_non_null(fixture->folder);
    share = g_build_filename(fixture->folder, "share", NULL);
    shipped = g_build_filename(share, "dagsform", "forms", "avbokning.yaml", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    fixture_write(shipped, FORM_TEXT("1", CAUSE("sjuk", "Sjuk") CAUSE("orkar-inte", "Orkar inte")));
    fixture->database = g_build_filename(fixture->folder, "unit", "unit.db", NULL);
    fixture->keys = vault_path_for(fixture->database);
    fixture->form = g_build_filename(fixture->folder, "unit", "forms", "avbokning.yaml", NULL);
    g_autofree char *unit = g_path_get_dirname(fixture->database);
    assert_int_equal(g_mkdir_with_parents(unit, 0700), 0);
}

static inline void fixture_remove(const char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
        const char *name;
        while ((name = g_dir_read_name(folder))) {
            g_autofree char *inside = g_build_filename(path, name, NULL);
            fixture_remove(inside);
        }
    }
    g_remove(path);
}

static inline void fixture_end(Fixture *fixture)
{
    session_close(fixture->session);
    secret_free(fixture->recovery);
    fixture_remove(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->database);
    g_free(fixture->keys);
    g_free(fixture->form);
}

/* Makes the unit; its only user is "grundare" with `role`. */
static inline void fixture_make_anew(Fixture *fixture, StaffRole role)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};

    assert_ok((fixture->session = session_create(&opening, "Enheten", "Grundare Ett", role,
                                                 &fixture->recovery, &error)));
}

static inline Session *fixture_try(const Fixture *fixture, const char *login,
                                   const char *passphrase, GError **error)
{
    g_autoptr(Secret) secret = secret_from_text(passphrase);
    SessionOpening opening = {
        .database = fixture->database, .login = login, .passphrase = secret, .read_only = TRUE};

    return session_open(&opening, error);
}

static inline Session *fixture_open(const Fixture *fixture, const char *login)
{
    Session *session = NULL;

    assert_ok((session = fixture_try(fixture, login, PASSPHRASE, &error)));
    return session;
}

/* A unit's files as they were, for many tests that begin with the same: making one costs ten times
 * what opening it does. */
typedef struct {
    char *bytes[3];
    gsize lengths[3];
    char *recovery; /* NULL: nothing is kept */
} FixtureFiles;

/* The unit must be closed. On a server its copy is made now (tests/on_server.c). */
static inline void fixture_keep(const Fixture *fixture, FixtureFiles *files)
{
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    static guint nth;
    g_autofree char *kept = g_strdup_printf("%s.kept-%u", fixture->database, nth++);
    const char *const paths[] = {kept, fixture->keys, copy};

    fixture_copy(fixture->database, kept);
    g_free(db_server_of(kept, DB_READ_WRITE));
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        assert_true(g_file_get_contents(paths[i], &files->bytes[i], &files->lengths[i], NULL));
    files->recovery = g_strdup((const char *)fixture->recovery->bytes);
    g_remove(kept);
}

static inline void fixture_files_clear(FixtureFiles *files)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files->bytes); i++)
        g_clear_pointer(&files->bytes[i], g_free);
    g_clear_pointer(&files->recovery, g_free);
}

static inline void fixture_lay(Fixture *fixture, const FixtureFiles *files)
{
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    const char *const paths[] = {fixture->database, fixture->keys, copy};

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        assert_true(g_file_set_contents_full(paths[i], files->bytes[i], (gssize)files->lengths[i],
                                             G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    secret_free(fixture->recovery);
    /* With the zero that ends it, which is not counted. */
    fixture->recovery = secret_copy(files->recovery, strlen(files->recovery) + 1);
    fixture->recovery->length--;
}

/* The same, as it was made for the first test that asked for it. */
static inline void fixture_make(Fixture *fixture, StaffRole role)
{
    static FixtureFiles made[ROLE_COUNT];

    if (!made[role].recovery) {
        fixture_make_anew(fixture, role);
        session_close(g_steal_pointer(&fixture->session));
        fixture_keep(fixture, &made[role]);
    }
    fixture_lay(fixture, &made[role]);
    fixture->session = fixture_open(fixture, "grundare");
}

/* Locks and unlocks again as `login`. */
static inline void fixture_reopen(Fixture *fixture, const char *login)
{
    session_close(g_steal_pointer(&fixture->session));
    fixture->session = fixture_open(fixture, login);
}

static inline void fixture_user(const Fixture *fixture, const char *login, StaffRole role)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);

    assert_ok(staff_add_user(fixture->session, login, login, NULL, role, passphrase, &error));
}

static inline gint64 fixture_int(Session *session, const char *sql)
{
    gint64 value = -1;

    assert_ok(opened_get_int(session_db(session), sql, NULL, -1, &value, &error));
    return value;
}

/* What is done to clients' rows beside the program is to be seen by it. */
static inline void fixture_cards_changed(Session *session)
{
    g_autoptr(DbTransaction) tx = NULL;

    assert_ok((tx = db_transaction(session_db(session), &error)));
    assert_ok(cards_changed(session, 0, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

/* For a test of what only a file has, its bytes or its engine's plans: where units are kept by a
 * server (tests/postgres/units) it is none. */
static inline void fixture_wants_file(void)
{
    if (g_getenv("DAGSFORM_TEST_SERVER"))
        skip();
}

/* From here on `table` takes no new row for which `when` holds, where NEW is the row; */
static inline void fixture_refuse(Session *session, const char *table, const char *when)
{
    Db *db = session_db(session);
    const gboolean server = g_getenv("DAGSFORM_TEST_SERVER") != NULL;
    g_autofree char *trigger = g_strdup_printf(
        "CREATE TRIGGER fails BEFORE INSERT ON %s %s WHEN (%s) %s", table,
        server ? "FOR EACH ROW" : "", when,
        server ? "EXECUTE FUNCTION fails()" : "BEGIN SELECT RAISE(ABORT, 'no'); END");

    if (server)
        assert_ok(db_run(db,
                         "CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql"
                         " AS $$ BEGIN RAISE 'no'; END $$",
                         NULL, &error));
    assert_ok(db_run(db, trigger, NULL, &error));
}

/* and now it does again. */
static inline void fixture_take(Session *session, const char *table)
{
    g_autofree char *drop =
        g_strdup_printf("DROP TRIGGER fails%s%s", g_getenv("DAGSFORM_TEST_SERVER") ? " ON " : "",
                        g_getenv("DAGSFORM_TEST_SERVER") ? table : "");

    assert_ok(db_run(session_db(session), drop, NULL, &error));
}

/* How many faults the audit log has; the first is compared with `wanted` where given. */
static inline guint fixture_faults(Session *session, const char *wanted)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_ok(audit_verify(session, faults, NULL, &error));
    if (wanted) {
        assert_true(faults->len > 0);
        assert_non_null(strstr(faults->pdata[0], wanted));
    }
    return faults->len;
}

/* An empty folder, for tests that make a unit of their own kind. */
static inline int fixture_setup_empty(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    fixture_start(fixture);
    *state = fixture;
    return 0;
}

/* A unit whose founder is administrator. */
static inline int fixture_setup(void **state)
{
    fixture_setup_empty(state);
    fixture_make(*state, ROLE_ADMINISTRATOR);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    fixture_end(*state);
    g_free(*state);
    return 0;
}

#define FIXTURE_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)
#define FIXTURE_TEST_EMPTY(f)                                                                      \
    cmocka_unit_test_setup_teardown(f, fixture_setup_empty, fixture_teardown)
