/* Reading in a file: which, what is in it, and then. */
#include "care/visit/summary.h"
#include "exchange/table_import.h"
#include "tests/screen/fixture.h"

/* A planning system's export, whose true totals are known; read in by a unit that is new. */
#define EXPORT "tests/data/besok-2026-v20-v45.csv"
#define PASSPHRASE "en lagom lång fras"

/* The same file name as the fixture's, so that the goldens are alike. */
static char *new_unit(void)
{
    char *folder = harness_folder_new();
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
    harness_folder_write(folder, "passphrase", PASSPHRASE "\n");
    g_free(harness_command(folder, "init", "--db", database, "--unit", "Boendestöd Söder", "--user",
                           "led", "--role", "team-lead", "--passphrase-file", passphrase, NULL));
    return folder;
}

static Harness *open_unit(const char *folder, const char *language)
{
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    const char *const arguments[] = {"--db", database, "--user", "led", NULL};
    Harness *harness = harness_start(
        &(HarnessOptions){.folder = folder, .language = language, .arguments = arguments});
    harness_keys(harness, PASSPHRASE PRESS_ENTER);
    return harness;
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "5");
    fixture_goldens(harness, "import", language);
    harness_keys(harness, "tests/data/besok-2027.csv" PRESS_ENTER);
    fixture_caret_on(harness, "besok-2027.csv");
    fixture_goldens(harness, "import-fault", language);
    harness_keys(harness, PRESS_CTRL_U "tests/data/bes" PRESS_TAB "csv" PRESS_ENTER);
    fixture_goldens(harness, "import-preview", language);
    harness_keys(harness, PRESS_DOWN PRESS_DOWN);
    fixture_goldens(harness, "import-refused", language);
    harness_keys(harness, PRESS_F7);
    fixture_goldens(harness, "import-columns", language);
    harness_keys(harness, PRESS_ESCAPE PRESS_F8);
    fixture_goldens(harness, "import-done", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = new_unit();
        Harness *harness = open_unit(folder, LANGUAGES[i]);
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* A spreadsheet is read as it is: its sheet is named, and it has no encoding to choose. */
static void a_spreadsheet_is_read_as_it_is(void **unused)
{
    (void)unused;
    char *folder = new_unit();
    g_autofree char *database = g_build_filename(folder, "unit.db", NULL);
    g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
    g_autofree char *sheet = g_build_filename(folder, "besok.xlsx", NULL);
    Harness *first = open_unit(folder, "sv");
    harness_keys(first, "5" EXPORT PRESS_ENTER PRESS_F8);
    harness_stop(first);
    g_free(harness_command(folder, "export", "visits", "--from", "2026-11-02", "--output", sheet,
                           "--lang", "sv", "--db", database, "--user", "led", "--passphrase-file",
                           passphrase, NULL));
    Harness *harness = open_unit(folder, "sv");
    harness_keys(harness, "5");
    harness_keys(harness, sheet);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Besök · blad ”Besök” · 18 kolumner");
    fixture_sees(harness, "481 rader: 0 skulle läsas in, 481 finns redan, 0 avvisas.");
    harness_keys(harness, PRESS_F11);
    fixture_sees(harness, "Filen kan inte läsas med någon annan teckenkodning.");
    fixture_sees(harness, "blad ”Besök”");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Nothing is written before F8, everything after it, and nothing the second time. */
static void what_is_shown_is_read_in_once(void **unused)
{
    (void)unused;
    char *folder = new_unit();
    Harness *harness = open_unit(folder, "sv");
    harness_keys(harness, "5" EXPORT PRESS_ENTER);
    fixture_sees(harness, "12517 rader: 12506 skulle läsas in, 5 finns redan, 6 avvisas.");
    harness_keys(harness, PRESS_F4 PRESS_LEFT PRESS_LEFT);
    fixture_sees(harness, "Inga besök var planerade");
    harness_keys(harness, "5" EXPORT PRESS_ENTER PRESS_F8);
    fixture_sees(harness, "12517 rader: 12506 lästes in, 5 fanns redan, 6 avvisades.");
    harness_keys(harness, PRESS_F4 PRESS_LEFT PRESS_LEFT);
    fixture_sees(harness, "Vecka 45");
    fixture_sees(harness, "476 besök var planerade");
    fixture_sees(harness, "60 blev inte av");
    harness_keys(harness, "5" EXPORT PRESS_ENTER PRESS_F8);
    fixture_sees(harness, "0 lästes in, 12511 fanns redan, 6 avvisades.");
    /* Taken for something else there are other columns, and round again. */
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Brukare · teckenkodning");
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Ange vilken kolumn som har dagen då det senast ska göras.");
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Ange vilken kolumn som har formulärets namn.");
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Personal · teckenkodning");
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Ange vilken kolumn som har beslutets dag.");
    harness_keys(harness, PRESS_F6);
    fixture_sees(harness, "Besök · teckenkodning");
    fixture_sees(harness, "12511 finns redan, 6 avvisas.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One row is one row, in each language's own way. */
static void one_row_is_told_of_as_one(void **unused)
{
    (void)unused;
    static const struct {
        const char *language, *would, *done;
    } CASES[] = {
        {"sv", "1 rad: 1 skulle läsas in, 0 finns redan", "1 rad: 1 lästes in, 0 fanns redan"},
        {"en", "1 row: 1 to be read in, 0 there already", "1 row: 1 read in, 0 there already"},
        {"fi", "1 rivi: 1 luettaisiin sisään", "1 rivi: 1 luettiin sisään"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        char *folder = new_unit();
        harness_folder_write(folder, "one.csv",
                             "Pnr;Namn;Datum;Tid;Status\n"
                             "19990914-2383;Emil Ärlig;2026-12-01;08:30;Planerad\n");
        g_autofree char *keys = g_strdup_printf("5%s/one.csv" PRESS_ENTER, folder);
        Harness *harness = open_unit(folder, CASES[i].language);
        harness_keys(harness, keys);
        fixture_sees(harness, CASES[i].would);
        harness_keys(harness, PRESS_F8);
        fixture_sees(harness, CASES[i].done);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* What only an export of Dagsform's own has by its heading can be said of any file's column. */
static void every_column_can_be_chosen(void **unused)
{
    (void)unused;
    char *folder = new_unit();
    Harness *harness = open_unit(folder, "en");
    harness_keys(harness, "5tests/data/besok-2026-v20-v45.csv" PRESS_ENTER PRESS_F7);
    for (int kind = COLUMN_CLIENT_NUMBER; import_what_has(IMPORT_VISITS, (ColumnKind)kind);
         kind++) {
        const char letter[] = {(char)('a' + kind), '\0'};
        harness_keys(harness, letter);
        /* It has gone on to the next one. */
        harness_keys(harness, PRESS_UP);
        const char *line = harness_row(harness, 6);
        if (strstr(line, "Brukarnr") == NULL || strstr(line, column_name((ColumnKind)kind)) == NULL)
            fail_msg("%s: %s", column_code((ColumnKind)kind), line);
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Clients are seen by their columns, have choices of their own, and are told of as clients. */
static void clients_are_read_in(void **unused)
{
    (void)unused;
    char *folder = new_unit();
    harness_folder_write(folder, "clients.csv",
                         "Klientnr;Namn;Födelsedatum;Skyddade uppgifter\n"
                         "B7001;Anna Ett;1990-02-03;\nB7002;Siv Två;1991-02-03;kanske\n");
    g_autofree char *keys = g_strdup_printf("5%s/clients.csv" PRESS_ENTER, folder);
    Harness *harness = open_unit(folder, "en");
    harness_keys(harness, keys);
    fixture_sees(harness, "Clients · encoding");
    fixture_sees(harness, "2 rows: 1 to be read in, 0 there already, 1 refused.");
    harness_keys(harness, PRESS_F7 PRESS_DOWN PRESS_DOWN "j");
    fixture_sees(harness, "Födelsedatum              Protected identity");
    harness_keys(harness, PRESS_UP "h" PRESS_ENTER);
    fixture_sees(harness, "2 rows: 2 to be read in, 0 there already, 0 refused.");
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness, "2 clients were read in.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Decisions, with the rows that are refused, and then staff, of which a later file changes some. */
static void show_decisions(const char *language)
{
    char *folder = new_unit();
    harness_folder_write(folder, "clients.csv",
                         "Brukarnr;Personnummer;Namn\nB1000;19990914-2383;Emil Ärlig\n"
                         "B1001;20000831-2399;Yusuf Essen\n");
    g_autofree char *clients = g_strdup_printf("5%s/clients.csv" PRESS_ENTER PRESS_F8, folder);
    Harness *harness = open_unit(folder, language);
    harness_keys(harness, clients);
    harness_keys(harness, PRESS_ESCAPE PRESS_CTRL_U "tests/data/reading/beslut.csv" PRESS_ENTER);
    fixture_goldens(harness, "import-decisions", language);
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness,
                 strcmp(language, "sv") == 0 ? "5 beslut lästes in." : "5 decisions were read in.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void decisions_are_read_in(void **unused)
{
    (void)unused;
    show_decisions("sv");
    show_decisions("en");
}

static void staff_is_read_in(void **unused)
{
    (void)unused;
    char *folder = new_unit();
    Harness *harness = open_unit(folder, "en");
    harness_keys(harness, "5tests/data/reading/personal.csv" PRESS_ENTER);
    fixture_sees(harness, "10 rows: 5 to be read in, 0 there already, 5 refused.");
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness, "5 members of staff were read in.");
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness, "There was nothing new in the file.");
    harness_keys(harness, PRESS_ESCAPE PRESS_CTRL_U "tests/data/reading/staff.tsv" PRESS_ENTER);
    fixture_sees(harness, "1 to be changed.");
    harness_keys(harness, PRESS_F8);
    fixture_sees(harness, "2 members of staff were read in.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(what_is_shown_is_read_in_once),
        cmocka_unit_test(a_spreadsheet_is_read_as_it_is),
        cmocka_unit_test(one_row_is_told_of_as_one),
        cmocka_unit_test(every_column_can_be_chosen),
        cmocka_unit_test(clients_are_read_in),
        cmocka_unit_test(decisions_are_read_in),
        cmocka_unit_test(staff_is_read_in),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
