/* Unlocking and locking: what may be seen by whom. */
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "care/client/client.h"
#include "care/unit/staff.h"
#include "tests/screen/fixture.h"

static void show(const char *folder, const char *language)
{
    Harness *harness = fixture_start(folder, "stod", &(HarnessOptions){.language = language});
    fixture_goldens(harness, "unlock", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "unlock-empty", language);
    harness_keys(harness, "fel" PRESS_ENTER);
    fixture_goldens(harness, "unlock-wrong", language);
    harness_keys(harness, FIXTURE_UNLOCK PRESS_F9);
    fixture_goldens(harness, "unlock-locked", language);
    g_autofree char *small = g_strdup_printf("too-small-%s-44x12", language);
    harness_resize(harness, 12, 44);
    harness_golden(harness, small);
    harness_stop(harness);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = fixture_folder();
        show(folder, LANGUAGES[i]);
        harness_folder_remove(folder);
    }
}

/* Everybody's name, as it is stored. */
static GPtrArray *all_names(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 1000, NULL);
    g_autoptr(GPtrArray) staff = staff_list(session, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    assert_true(clients != NULL && clients->len > 200 && staff != NULL);
    for (guint i = 0; i < clients->len; i++)
        g_ptr_array_add(names, g_strdup(((const ClientRow *)clients->pdata[i])->name));
    for (guint i = 0; i < staff->len; i++)
        g_ptr_array_add(names, g_strdup(((const Staff *)staff->pdata[i])->name));
    return names;
}

static int names_seen(Harness *harness, const GPtrArray *names)
{
    int seen = 0;
    for (guint i = 0; i < names->len; i++)
        seen += harness_text_contains(harness, names->pdata[i]) ? 1 : 0;
    return seen;
}

/* The screens on which most of a person is to be seen. */
static const char *const PERSONAL[] = {
    "1",
    PRESS_F3,
    PRESS_F3 "bäckman" PRESS_ENTER,
    PRESS_F3 "bäckman" PRESS_ENTER "e",
    "a",
    "1" PRESS_LEFT PRESS_LEFT PRESS_LEFT "mh",
};

static void locking_hides_every_name(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autoptr(GPtrArray) names = all_names(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(PERSONAL); i++) {
        Harness *harness = fixture_open(folder, "hand", NULL);
        harness_keys(harness, PERSONAL[i]);
        assert_true(names_seen(harness, names) > 0);
        harness_keys(harness, PRESS_F9);
        fixture_sees(harness, "Lås upp");
        assert_int_equal(names_seen(harness, names), 0);
        harness_keys(harness, PRESS_ESCAPE "?" PRESS_TAB PRESS_F2 PRESS_CTRL_L);
        assert_int_equal(names_seen(harness, names), 0);
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* However the program is left, the terminal it ran in shows nothing of it. */
static void nothing_is_left_on_the_terminal(void **unused)
{
    (void)unused;
    static const int SIGNALS[] = {0, SIGTERM, SIGHUP};
    char *folder = fixture_folder();
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++) {
        Harness *harness = fixture_open(folder, "hand", NULL);
        harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER);
        fixture_sees(harness, "Maria Bäckman");
        if (SIGNALS[i] != 0)
            kill(harness_pid(harness), SIGNALS[i]);
        else
            harness_keys(harness, PRESS_F10);
        harness_wait_exit(harness);
        assert_true(harness_is_blank(harness));
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

static void keys_typed_ahead_of_the_unlocking_are_kept(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_start(folder, "hand", NULL);
    harness_keys(harness, FIXTURE_UNLOCK PRESS_F3 "bäckman" PRESS_ENTER "l");
    fixture_sees(harness, "Vem som har läst eller ändrat något");
    fixture_sees(harness, "Karin Novak           öppnade kortet");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Whoever needs a key file of their own is asked where it lies, once for each account and place. */
static void an_own_key_file_is_asked_for(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *passphrase = g_build_filename(folder, "fras", NULL);
    g_autofree char *file = g_build_filename(folder, "egen.nyckel", NULL);
    harness_folder_write(folder, "fras", DEMO_PASSPHRASE "\n");
    g_free(harness_command(folder, "user", "passwd", "hand", "--db", database, "--user", "admin",
                           "--passphrase-file", passphrase, "--new-passphrase-file", passphrase,
                           "--new-key-file", file, NULL));
    Harness *harness = fixture_start(folder, "hand", NULL);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, "Du behöver också din egen nyckelfil");
    harness_keys(harness, "/tmp/finns-inte" PRESS_ENTER);
    fixture_sees(harness, "kan inte läsas");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, file);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Idag");
    harness_keys(harness, PRESS_F9);
    fixture_sees(harness, "Egen nyckelfil");
    harness_keys(harness, DEMO_PASSPHRASE PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "Idag");
    harness_stop(harness);
    /* Nobody else is asked. */
    harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Idag");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_full_disk_leaves_reading(void **unused)
{
    (void)unused;
    fixture_wants_file();
    static const char FULL[] = "Disken är full, så du kan bara läsa";
    char *folder = fixture_folder();
    Harness *harness = fixture_start(folder, "hand", NULL);
    fixture_fill_disk(harness, TRUE);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, FULL);
    harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER);
    fixture_sees(harness, "Maria Bäckman");
    fixture_sees(harness, "loggen visar inte att du har öppnat det här");
    harness_keys(harness, "e" PRESS_CTRL_K "x" PRESS_CTRL_S);
    fixture_sees(harness, FULL);
    fixture_fill_disk(harness, FALSE);
    harness_keys(harness, PRESS_ESCAPE "j" PRESS_F9 FIXTURE_UNLOCK); /* B16 */
    assert_false(harness_text_contains(harness, FULL));
    harness_keys(harness, PRESS_F3 "bäckman" PRESS_ENTER "l");
    fixture_sees(harness, "öppnade kortet");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* B3: the next who signs in is told, and nobody after that. */
static void a_damaged_key_file_is_told_once(void **unused)
{
    (void)unused;
    static const char TOLD[] = "Nyckelfilen var skadad, och dess kopia har rättat till den.";
    char *folder = fixture_folder(), *bytes = NULL;
    g_autofree char *keys = g_build_filename(folder, "demo.keys", NULL);
    gsize length;
    session_close(fixture_session(folder, "hand")); /* which makes the copy */
    assert_true(g_file_get_contents(keys, &bytes, &length, NULL));
    bytes[length / 2] ^= 1;
    assert_true(g_file_set_contents(keys, bytes, (gssize)length, NULL));
    g_free(bytes);
    for (int times = 0; times < 2; times++) {
        Harness *harness = fixture_open(folder, "hand", NULL);
        assert_int_equal(harness_text_contains(harness, TOLD), times == 0);
        fixture_sees(harness, "(demo) · Idag");
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* Alone it stands where all messages do. */
static void test_b15_wrong_passphrases_are_told(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_start(folder, "hand", NULL);
    harness_keys(harness, "fel" PRESS_ENTER);
    harness_keys(harness, "fel igen" PRESS_ENTER);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, "2 felaktiga lösenfraser har skrivits med ditt användarnamn");
    fixture_sees(harness, "(demo) · Idag");
    harness_keys(harness, PRESS_F9 FIXTURE_UNLOCK);
    assert_false(harness_text_contains(harness, "felaktiga"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* B4, B15: several are read one after another, and none hides another. */
static void test_b4_several_notices_are_all_shown(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Session *session = fixture_session(folder, "led");
    assert_true(db_run(session_db(session),
                       "UPDATE staff SET role = 'administrator' WHERE login = 'hand'", NULL, NULL));
    session_close(session);
    Harness *harness = fixture_start(folder, "hand", NULL);
    harness_keys(harness, "fel" PRESS_ENTER);
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, "Innan du börjar");
    fixture_sees(harness, "hand är administratör enligt databasen, men handläggare enligt");
    fixture_sees(harness, "1 felaktig lösenfras");
    harness_keys(harness, PRESS_ENTER);
    assert_false(harness_text_contains(harness, "Innan du börjar"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Told to who may make one, for as many days as the settings say. */
static void a_late_backup_is_told(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Session *session = fixture_session(folder, "led");
    assert_true(
        db_run(session_db(session), "UPDATE unit SET demo = 0, created_ms = 0", NULL, NULL));
    session_close(session);
    static const struct {
        const char *login, *settings;
        gboolean told;
    } CASES[] = {
        {"led", "", TRUE},
        {"stod", "", FALSE},
        {"led", "[backup]\ndays = 0\n", FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        harness_folder_write(folder, "config/dagsform/config.ini", CASES[i].settings);
        Harness *harness = fixture_open(folder, CASES[i].login, NULL);
        assert_int_equal(harness_text_contains(harness, "Ingen säkerhetskopia"), CASES[i].told);
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* Last: it goes for this process too. */
static void keys_that_may_be_written_to_disk_are_told(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    const struct rlimit none = {0, 0};
    assert_int_equal(setrlimit(RLIMIT_MEMLOCK, &none), 0);
    prctl(PR_CAPBSET_DROP, CAP_IPC_LOCK); /* of root; whoever is not has none to drop */
    Harness *harness = fixture_open(folder, "stod", NULL);
    fixture_sees(harness, "Datorn kan komma att skriva Dagsforms nycklar på sin disk");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_late_backup_is_told),
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(locking_hides_every_name),
        cmocka_unit_test(nothing_is_left_on_the_terminal),
        cmocka_unit_test(keys_typed_ahead_of_the_unlocking_are_kept),
        cmocka_unit_test(an_own_key_file_is_asked_for),
        cmocka_unit_test(a_full_disk_leaves_reading),
        cmocka_unit_test(a_damaged_key_file_is_told_once),
        cmocka_unit_test(test_b15_wrong_passphrases_are_told),
        cmocka_unit_test(test_b4_several_notices_are_all_shown),
        cmocka_unit_test(keys_that_may_be_written_to_disk_are_told),
    };
    return cmocka_run_group_tests_name("unlock", tests, fixture_make, fixture_remove);
}
