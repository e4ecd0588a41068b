/* laptop.c: what came from a laptop, side by side with what stands: somebody chooses. */
#include "tests/screen/fixture_laptop.h"

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    static const char *const WAYS[] = {LAPTOP_PROPOSAL, "4/choose" PRESS_ENTER PRESS_ENTER};
    char *folder = fixture_folder();
    laptop_make_proposal(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const HarnessOptions options = {.language = LANGUAGES[i]};
        Harness *harness = fixture_open(folder, "led", &options);
        harness_keys(harness, WAYS[i]);
        fixture_goldens(harness, "proposal", LANGUAGES[i]);
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

static void the_laptop_s_is_chosen(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    laptop_make_proposal(folder);
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, LAPTOP_PROPOSAL);
    fixture_sees(harness, LAPTOP_WORDS);
    harness_keys(harness, "bn");
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM away_proposal WHERE settled IS NULL"), 1);
    harness_keys(harness, "bj");
    fixture_sees(harness, "Det som kom från datorn gäller nu.");
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM away_proposal WHERE settled = 'taken'"), 1);
    assert_int_equal(fixture_count_of(folder,
                                      "SELECT words, id FROM visit WHERE outcome = 'cancelled'",
                                      LAPTOP_WORDS),
                     1);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Nor is it done by a key in the list without a look; locked and opened again it stands there
 * still. */
static void home_s_is_chosen(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    laptop_make_proposal(folder);
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "4/välj vad" PRESS_ENTER "g");
    fixture_sees(harness, "Det här blir gjort när du väljer.");
    harness_keys(harness, PRESS_ENTER PRESS_F9);
    assert_false(harness_text_contains(harness, LAPTOP_WORDS));
    harness_keys(harness, FIXTURE_UNLOCK);
    fixture_sees(harness, LAPTOP_WORDS);
    harness_keys(harness, "hj");
    fixture_sees(harness, "Det som står hemma gäller.");
    assert_int_equal(
        fixture_count(folder, "SELECT COUNT(*) FROM away_proposal WHERE settled = 'left'"), 1);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A colleague has chosen meanwhile. */
static void somebody_else_was_first(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    laptop_make_proposal(folder);
    Harness *one = fixture_open(folder, "led", NULL);
    harness_keys(one, LAPTOP_PROPOSAL);
    Harness *other = fixture_open(folder, "hand", NULL);
    harness_keys(other, LAPTOP_PROPOSAL "hj");
    fixture_sees(other, "Det som står hemma gäller.");
    harness_keys(one, "bj");
    fixture_sees(one, "Någon har redan valt.");
    harness_stop(one);
    harness_stop(other);
    harness_folder_remove(folder);
}

/* The node is drawn: a number that stays is put in its place. */
static char *folder_with_one_away(void)
{
    char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "part.db", NULL);
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE), code = NULL;
    const SessionOpening opening = {.database = path, .login = "stod", .passphrase = passphrase};
    GError *error = NULL;
    g_autoptr(Session) home = fixture_session(folder, "stod");
    g_autoptr(Laptop) laptop = laptop_take_along(home, &opening, NULL, &code, &error);
    laptop_must(laptop != NULL, error);
    laptop_must(db_run(session_db(home), "UPDATE away SET node = 1234567890", NULL, &error), error);
    return folder;
}

static void one_that_is_away_is_seen_beside_the_backups(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    char *folder = folder_with_one_away();
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const HarnessOptions options = {.language = LANGUAGES[i]};
        Harness *harness = fixture_open(folder, "led", &options);
        harness_keys(harness, "0");
        fixture_sees(harness, "1234567890: Theo Ek");
        harness_stop(harness);
    }
    {
        g_autoptr(Session) led = fixture_session(folder, "stod");
        GError *error = NULL;
        laptop_must(laptop_lost(led, 1234567890, &error), error);
    }
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "0");
    assert_false(harness_text_contains(harness, "1234567890"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Nobody else's clients are there to be found. */
static void on_the_laptop_nobody_elses_are_promised(void **unused)
{
    (void)unused;
    static const char *const ENDS[] = {".db", ".keys", ".keys.copy"};
    char *folder = folder_with_one_away();
    for (gsize i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        g_autofree char *part = g_strconcat(folder, "/part", ENDS[i], NULL);
        g_autofree char *place = g_strconcat(folder, "/demo", ENDS[i], NULL);
        assert_int_equal(g_rename(part, place), 0);
    }
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "2");
    fixture_sees(harness, "Skriv ett namn, ett personnummer eller ett brukarnummer.");
    assert_false(harness_text_contains(harness, "någon annans"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(the_laptop_s_is_chosen),
        cmocka_unit_test(home_s_is_chosen),
        cmocka_unit_test(somebody_else_was_first),
        cmocka_unit_test(one_that_is_away_is_seen_beside_the_backups),
        cmocka_unit_test(on_the_laptop_nobody_elses_are_promised),
    };
    return cmocka_run_group_tests_name("laptop", tests, fixture_make, fixture_remove);
}
