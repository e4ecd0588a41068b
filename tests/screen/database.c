/* The database's own screen: a backup by one key, a new data key, the log's code; for team lead and
 * administrator alone. */
#include "care/unit/backup.h"
#include "tests/screen/fixture.h"

/* Each part is seen, also in a small window, in both languages. */
static void all_of_it_at_every_size(void **unused)
{
    (void)unused;
    static const struct {
        const char *language, *seen[5];
    } SAYS[] = {
        {"sv",
         {"Ingen säkerhetskopia", "b gör en nu:", "Datanyckeln", "p skriver den på", "--head"}},
        {"en",
         {"No backup of this", "b makes one now:", "The data key", "p writes it on", "--head"}},
        {"fi",
         {"Tästä tietokannasta", "b tekee sellaisen nyt:", "Tietoavain", "p kirjoittaa sen",
          "--head"}},
    };
    static const int SIZES[][2] = {{43, 132}, {24, 80}, {20, 60}};
    char *folder = fixture_folder();
    for (gsize i = 0; i < G_N_ELEMENTS(SAYS); i++) {
        Harness *harness =
            fixture_open(folder, "admin", &(HarnessOptions){.language = SAYS[i].language});
        harness_keys(harness, "0");
        for (gsize size = 0; size < G_N_ELEMENTS(SIZES); size++) {
            harness_resize(harness, SIZES[size][0], SIZES[size][1]);
            for (gsize text = 0; text < G_N_ELEMENTS(SAYS[i].seen); text++)
                fixture_sees(harness, SAYS[i].seen[text]);
        }
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

static guint backups_in(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autofree char *backups = backup_folder(session);
    g_autoptr(GPtrArray) shelf = backup_shelf(backups, vault_database_id(session_vault(session)));
    return shelf->len;
}

/* One key; where it lies and that it was read through are said. */
static void one_key_makes_a_backup(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "0");
    fixture_sees(harness, "Ingen säkerhetskopia");
    assert_false(harness_text_contains(harness, "Datanyckeln"));
    harness_keys(harness, "b");
    fixture_sees(harness, "Säkerhetskopian är gjord och genomläst");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Den senaste säkerhetskopian gjordes 2026-11-23 08:30.");
    fixture_sees(harness, "1 ligger i mappen");
    harness_stop(harness);
    assert_int_equal(backups_in(folder), 1);
    harness_folder_remove(folder);
}

/* Whoever may not is not led there. */
static void nobody_else_gets_there(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "0");
    assert_false(harness_text_contains(harness, "· Databasen"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Asked first; afterwards everybody signs in as before. */
static void a_new_data_key_by_two_keys(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *before = NULL, *after = NULL;
    gsize length;
    assert_true(g_file_get_contents(path, &before, &length, NULL));
    Harness *harness = fixture_open(folder, "admin", NULL);
    harness_keys(harness, "0k");
    fixture_sees(harness, "ny datanyckel");
    harness_keys(harness, "j");
    fixture_sees(harness, "Databasen har en ny datanyckel");
    harness_keys(harness, "b");
    fixture_sees(harness, "Säkerhetskopian är gjord och genomläst");
    harness_stop(harness);
    assert_true(g_file_get_contents(path, &after, &length, NULL));
    assert_int_not_equal(memcmp(before + 4096, after + 4096, 4096), 0);
    assert_int_equal(backups_in(folder), 1);
    harness_folder_remove(folder);
}

/* How far it has come is seen meanwhile, and that it must not be broken off. */
static void a_new_data_key_shows_how_far_it_is(void **unused)
{
    (void)unused;
    fixture_wants_file();
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "admin", NULL);
    harness_keys(harness, "0k");
    fixture_sees(harness, "ny datanyckel");
    const gsize before = harness_written(harness)->len;
    harness_keys(harness, "j");
    fixture_sees(harness, "Databasen har en ny datanyckel");
    const char *meanwhile = harness_written(harness)->str + before;
    assert_non_null(strstr(meanwhile, "krypteras"));
    assert_non_null(strstr(meanwhile, "░░░"));
    assert_null(strstr(meanwhile, "Esc avbryter"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_at_every_size),
        cmocka_unit_test(one_key_makes_a_backup),
        cmocka_unit_test(nobody_else_gets_there),
        cmocka_unit_test(a_new_data_key_by_two_keys),
        cmocka_unit_test(a_new_data_key_shows_how_far_it_is),
    };
    return cmocka_run_group_tests_name("database", tests, fixture_make, fixture_remove);
}
