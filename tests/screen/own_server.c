/* A unit that a server keeps, on the screen: its people sign in there as themselves. Run by
 * tests/postgres/run with SIGN_IN=1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "db/server/server_private.h"
#include "tests/screen/harness.h"
#include "vault/vault_login.h"

#define EVAS "en lagom lång fras"
#define BOS "en annan lång fras"

static char *folder, *unit;
static PGconn *server, *of_unit;

/* As a superuser, past the unit. The first column of the first row; new, or NULL. */
static char *ask_at(PGconn *connection, const char *sql)
{
    PGresult *result = LIB->PQexec(connection, sql);
    const ExecStatusType status = LIB->PQresultStatus(result);
    char *answer = status == PGRES_TUPLES_OK && LIB->PQntuples(result) > 0
                       ? g_strdup(LIB->PQgetvalue(result, 0, 0))
                       : NULL;

    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, LIB->PQerrorMessage(connection));
    LIB->PQclear(result);
    return answer;
}

static char *ask(const char *sql)
{
    return ask_at(server, sql);
}

static char *ask_unit(const char *sql)
{
    return ask_at(of_unit, sql);
}

/* A file of the folder that holds `words`. New. */
static char *file_of(const char *name, const char *words)
{
    harness_folder_write(folder, name, words);
    return g_build_filename(folder, name, NULL);
}

static void add_bo(void)
{
    g_autofree char *eva = file_of("eva", EVAS), *bo = file_of("bo", BOS);

    g_free(harness_command(folder, "user", "add", "bo", "--role", "case-officer", "--name",
                           "Bo Berg", "--new-passphrase-file", bo, "--db", unit, "--user", "eva",
                           "--passphrase-file", eva, NULL));
}

static int make_unit(void **unused)
{
    (void)unused;
    g_autofree char *where = g_strdup_printf(
        "host='%s' port=%s user=dagsform dbname=", getenv("PGHOST"), getenv("PGPORT"));
    g_autofree char *first = g_strconcat(where, "postgres", NULL);
    g_autofree char *second = g_strconcat(where, "care", NULL);
    folder = harness_folder_new();
    unit = g_build_filename(folder, "care.unit", NULL);
    g_autofree char *eva = file_of("eva", EVAS);
    if (!secret_init(NULL) || server_library(NULL) == NULL)
        fail_msg("there is no libpq");
    server = LIB->PQconnectdb(first);
    g_free(ask("CREATE DATABASE care TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"));
    g_free(harness_command(folder, "server", "init", "--unit", unit, "--unit-name",
                           "Boendestöd Väst", "--hosts", getenv("PGHOST"), "--port",
                           getenv("PGPORT"), "--database", "care", "--admin", "dagsform", "--user",
                           "eva", "--name", "Eva Ek", "--passphrase-file", eva, NULL));
    of_unit = LIB->PQconnectdb(second);
    add_bo();
    return 0;
}

static int remove_unit(void **unused)
{
    (void)unused;
    LIB->PQfinish(of_unit);
    LIB->PQfinish(server);
    g_free(unit);
    harness_folder_remove(folder);
    return 0;
}

static Harness *start(const char *login, const char *passphrase)
{
    const char *const arguments[] = {"--db", unit, "--user", login, NULL};
    Harness *harness = harness_start(
        &(HarnessOptions){.folder = folder, .language = "en", .arguments = arguments});

    harness_keys(harness, passphrase);
    harness_keys(harness, PRESS_ENTER);
    return harness;
}

static void cut_off(void)
{
    g_free(ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'care.bo'"));
}

static void shows(Harness *harness, const char *text)
{
    if (!harness_text_contains(harness, text)) {
        g_autofree char *screen = harness_dump(harness);
        fail_msg("no “%s” in\n%s", text, screen);
    }
}

/* A client is made, and the server has the row. */
static void make_client(Harness *harness, const char *name)
{
    g_autofree char *before = ask_unit("SELECT count(*) FROM client");

    harness_keys(harness, PRESS_F3 PRESS_F8);
    harness_keys(harness, name);
    harness_keys(harness, PRESS_CTRL_S);
    g_autofree char *after = ask_unit("SELECT count(*) FROM client");
    if (atoi(after) != atoi(before) + 1)
        shows(harness, "(a row more)");
}

static void screens_work(void **unused)
{
    (void)unused;
    Harness *harness = start("bo", BOS);

    shows(harness, "Boendestöd Väst");
    shows(harness, "Bo Berg");
    const char *const ways[] = {"2", PRESS_ESCAPE, "3", "4", "1"};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        harness_keys(harness, ways[i]);
        assert_int_equal(harness_find(harness, "fault in Dagsform"), -1);
    }
    make_client(harness, "Kurt Kvist");
    harness_stop(harness);
}

static gboolean holds(const char *path, const char *secret)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    return memmem(bytes, length, secret, strlen(secret)) != NULL;
}

/* Its password comes of the key file: not the passphrase, and nowhere that others look. */
static void the_password_lies_nowhere(void **unused)
{
    (void)unused;
    Harness *harness = start("bo", BOS);
    guint8 point[VAULT_POINT_BYTES];
    g_autofree char *keys = vault_path_for(unit);
    g_autoptr(Secret) passphrase = secret_from_text(BOS);
    g_autoptr(Vault) vault = vault_open(keys, "bo", passphrase, NULL);
    g_autofree char *arguments = g_strdup_printf("/proc/%d/cmdline", harness_pid(harness));
    g_autofree char *environment = g_strdup_printf("/proc/%d/environ", harness_pid(harness));
    g_autofree char *log = g_build_filename(getenv("PGHOST"), "log", NULL);

    assert_non_null(vault);
    assert_true(db_login_point(unit, point, NULL) && vault_set_point(vault, point));
    g_autoptr(Secret) password = vault_login_password(vault);
    const char *text = (const char *)password->bytes;
    const char *const places[] = {arguments, environment, log, unit, keys};
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        /* Root alone reads what another process was started with. */
        if (g_file_test(places[i], G_FILE_TEST_EXISTS) && access(places[i], R_OK) == 0) {
            assert_false(holds(places[i], text));
            assert_false(holds(places[i], BOS));
        }
    }
    harness_stop(harness);
}

static void a_connection_that_is_lost_is_made_anew(void **unused)
{
    (void)unused;
    Harness *harness = start("bo", BOS);

    cut_off();
    make_client(harness, "Lars Lind");
    harness_stop(harness);
}

/* With the password of the slot as it is by then. */
static void ones_own_new_passphrase_goes_on(void **unused)
{
    (void)unused;
    g_autoptr(Secret) before = secret_from_text(BOS),
                      after = secret_from_text("en tredje lång fras");
    g_autoptr(GError) error = NULL;
    const SessionOpening opening = {.database = unit, .login = "bo", .passphrase = before};
    g_autoptr(Session) session = session_open(&opening, &error);
    if (session == NULL)
        fail_msg("%s", error->message);

    assert_true(staff_set_passphrase(session, "bo", after, &error));
    cut_off();
    g_autoptr(GPtrArray) staff = staff_list(session, &error);
    if (staff == NULL)
        fail_msg("%s", error->message);
    assert_true(staff_set_passphrase(session, "bo", before, &error));
    cut_off();
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), &error);
    assert_true(tx != NULL && db_transaction_commit(tx, &error));
}

/* While somebody else keeps it busy, or it is stopped: what is typed is covered, and is there
 * again. */
static void who_waits_for_it_is_told(void **unused)
{
    (void)unused;
    Harness *harness = start("bo", BOS);

    harness_keys(harness, PRESS_F3 PRESS_F8);
    g_free(ask_unit("BEGIN"));
    g_free(ask_unit("SELECT 1 FROM meta WHERE key = '" SERVER_WRITER "' FOR UPDATE"));
    harness_keys(harness, "Siv Sand");
    harness_wait_text(harness, "The server is slow to answer.");
    assert_int_equal(harness_find(harness, "Siv Sand"), -1);
    g_free(ask_unit("ROLLBACK"));
    harness_wait_text(harness, "Siv Sand");
    harness_keys(harness, PRESS_CTRL_S);
    shows(harness, "Siv Sand");
    harness_stop(harness);
}

/* The new slot has another password: whoever is signed in with the old one is told. */
static void who_is_refused_is_told(void **unused)
{
    (void)unused;
    g_autofree char *eva = file_of("eva", EVAS), *bo = file_of("bo", BOS);
    Harness *harness = start("bo", BOS);

    g_free(harness_command(folder, "user", "passwd", "bo", "--new-passphrase-file", bo, "--db",
                           unit, "--user", "eva", "--passphrase-file", eva, NULL));
    cut_off();
    harness_keys(harness, "2");
    shows(harness, "if that is refused too");
    harness_stop(harness);
    harness = start("bo", BOS);
    shows(harness, "Bo Berg");
    harness_stop(harness);
}

static void who_is_closed_is_cut_off(void **unused)
{
    (void)unused;
    g_autofree char *eva = file_of("eva", EVAS);
    Harness *harness = start("bo", BOS);

    g_free(harness_command(folder, "user", "revoke", "bo", "--db", unit, "--user", "eva",
                           "--passphrase-file", eva, NULL));
    g_autofree char *left = ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'care.bo'");
    assert_string_equal(left, "0");
    harness_keys(harness, "2");
    shows(harness, "if that is refused too");
    harness_stop(harness);
    harness = start("bo", BOS);
    shows(harness, "do not fit");
    harness_stop(harness);
    add_bo();
}

/* Whoever is at work reads on until it is done, is then asked to sign in again, and has what was
 * typed. */
static void a_new_data_key_loses_nothing_typed(void **unused)
{
    (void)unused;
    g_autofree char *eva = file_of("eva", EVAS);
    g_autofree char *before = ask_unit("SELECT count(*) FROM client");
    Harness *harness = start("bo", BOS);

    harness_keys(harness, PRESS_F3 PRESS_F8);
    harness_keys(harness, "Rut Ros");
    g_free(harness_command(folder, "server", "rekey", "--unit", unit, "--admin", "dagsform",
                           "--user", "eva", "--passphrase-file", eva, NULL));
    harness_keys(harness, PRESS_CTRL_S);
    shows(harness, "has changed the key of the database");
    assert_int_equal(harness_find(harness, "Rut Ros"), -1);
    harness_keys(harness, BOS);
    harness_keys(harness, PRESS_ENTER);
    shows(harness, "Rut Ros");
    harness_keys(harness, PRESS_CTRL_S);
    g_autofree char *after = ask_unit("SELECT count(*) FROM client");
    assert_int_equal(atoi(after), atoi(before) + 1);
    harness_stop(harness);
}

static void who_draws_a_new_key_is_said(void **unused)
{
    (void)unused;
    Harness *harness = start("eva", EVAS);

    harness_keys(harness, "0");
    shows(harness, "dagsform server rekey");
    harness_keys(harness, PRESS_F1);
    shows(harness, "log's code on a page");
    assert_int_equal(harness_find(harness, "encrypted backup"), -1);
    assert_int_equal(harness_find(harness, "Encrypts the database anew"), -1);
    harness_stop(harness);
}

/* For as long as it is so. */
static void that_no_other_server_saves_is_said(void **unused)
{
    (void)unused;
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    assert_true(g_file_get_contents(unit, &text, NULL, &error));
    g_auto(GStrv) parts = g_strsplit(text, "standby=false", 2);
    g_autofree char *changed = g_strjoinv("standby=true", parts);
    assert_true(g_file_set_contents(unit, changed, -1, &error));

    Harness *harness = start("bo", BOS);
    shows(harness, "has no other beside it");
    shows(harness, "no spare server");
    harness_stop(harness);
    assert_true(g_file_set_contents(unit, text, -1, &error));
    harness = start("bo", BOS);
    assert_int_equal(harness_find(harness, "no spare server"), -1);
    harness_stop(harness);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_work),
        cmocka_unit_test(the_password_lies_nowhere),
        cmocka_unit_test(a_connection_that_is_lost_is_made_anew),
        cmocka_unit_test(who_waits_for_it_is_told),
        cmocka_unit_test(ones_own_new_passphrase_goes_on),
        cmocka_unit_test(who_is_refused_is_told),
        cmocka_unit_test(who_is_closed_is_cut_off),
        cmocka_unit_test(a_new_data_key_loses_nothing_typed),
        cmocka_unit_test(who_draws_a_new_key_is_said),
        cmocka_unit_test(that_no_other_server_saves_is_said),
    };

    return cmocka_run_group_tests_name("screen/own_server", tests, make_unit, remove_unit);
}
