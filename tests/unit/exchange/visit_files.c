/* table_import.c: whole files: what is no list of visits, columns mapped by hand and remembered,
 * and the refused rows on their way out and in again. */
#include <signal.h>

#include "exchange/table_import_private.h"
#include "tests/unit/exchange/fixture_import.h"

#include <sys/stat.h>

/* --- what is no list of visits -----------------------------------------------------------------
 */

static void files_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        gssize length;
        const char *message;
    } cases[] = {
        {"", 0, "is empty"},
        {"\xEF\xBB\xBF", 3, "is empty"},
        {"\xFF\xFE", 2, "is empty"},
        {"\r\n\r\n", 4, "no line of headings"},
        {"Datum\n2026-05-11\n", -1, "no line of headings"},
        {"Datum;Vad\n2026-05-11;Emil\n", -1, "no line of headings"},
        {"PK\3\4\0\0\0", 7, "The file is broken"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "old kind (XLS)"},
        {"\x7F"
         "ELF\2\1\1\0\0\0\0\0\0\0",
         14, "Line 1"},
        {"Datum;Namn;Starttid\n2026\0;x;y\n", 31, "Line 2"},
        {"Datum;Namn;Starttid\n2026-05-11;Åsa;08:30\n2026-05-12;\xC5sa;08:30\n", -1, "Line 3"},
        {"D\0a\0;\0N\0;\0T\0\n", 11, "seems to be cut off"},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of(fixture, cases[i].bytes, cases[i].length);
        const ImportOptions options = {.path = path};
        g_autoptr(GError) error = NULL;
        assert_null(table_import_open(fixture->session, &options, &error));
        if (!g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) ||
            !strstr(error->message, cases[i].message))
            fail_msg("case %zu: %s", i, error->message);
    }
    g_autofree char *missing = g_build_filename(fixture->folder, "none.csv", NULL);
    const ImportOptions none = {.path = missing}, folder = {.path = fixture->folder};
    assert_fails(table_import_open(fixture->session, &none, &error), ERROR_NOT_FOUND);
    assert_fails(table_import_open(fixture->session, &folder, &error), ERROR_INPUT);
    const ImportOptions device = {.path = "/dev/null"};
    g_autoptr(GError) refused = NULL;
    assert_null(table_import_open(fixture->session, &device, &refused));
    assert_non_null(strstr(refused->message, "device"));
    g_autofree char *latin = file_of(fixture, "Datum;Namn;L\xE4ngd\n", -1);
    const ImportOptions wrong = {.path = latin, .encoding_given = TRUE, .encoding = ENCODING_UTF8};
    assert_fails(table_import_open(fixture->session, &wrong, &error), ERROR_INPUT);
}

/* A list of visits or clients may name a role too. */
static void a_list_of_staff_is_told_as_one(void **state)
{
    static const struct {
        const char *headings;
        gboolean staff;
    } cases[] = {
        {"Namn;Befattning;E-post", TRUE},   {"Efternamn;Förnamn;Användarnamn", TRUE},
        {"Name;Role;Phone", TRUE},          {"Namn;Telefon;E-post", FALSE},
        {"Klientnr;Namn;Roll", FALSE},      {"Personnummer;Namn;Roll;Datum;Starttid", FALSE},
        {"Namn;Födelsedatum;Titel", FALSE},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(cases[i].headings, "\r\n", NULL);
        g_autofree char *path = file_of(fixture, text, -1);
        g_autoptr(TableImport) import = open_path(fixture, path);
        if ((table_import_what(import) == IMPORT_STAFF) != cases[i].staff)
            fail_msg("%s", cases[i].headings);
        /* Rather than what it lacks to be something else. */
        const ImportOptions visits = {.what = IMPORT_VISITS, .path = path};
        g_autoptr(TableImport) taken = NULL;
        assert_ok((taken = table_import_open(fixture->session, &visits, &error)));
        g_autofree char *missing = table_import_missing(taken);
        const gboolean told = missing != NULL && strstr(missing, "list of staff") != NULL;
        if (told != cases[i].staff)
            fail_msg("%s: %s", cases[i].headings, missing);
    }
}

static void a_heading_alone_has_no_rows(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture, "", "0/0/0/0");
    assert_read(fixture, "\r\n\r\n", "0/0/0/0");
}

static void columns_must_be_there(void **state)
{
    static const struct {
        const char *heading, *missing;
    } cases[] = {
        {"Namn;Datum;Starttid", "identity number"},
        {"Personnummer;Namn;Starttid", "date"},
        {"Personnummer;Namn;Datum", "time"},
        {"Personnummer;Datum;Starttid", NULL},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TableImport) import = open_text(fixture, cases[i].heading);
        g_autofree char *missing = table_import_missing(import);
        assert_int_equal(missing != NULL, cases[i].missing != NULL);
        if (!missing)
            continue;
        assert_non_null(strstr(missing, cases[i].missing));
        ImportResult result;
        assert_fails(table_import_run(import, FALSE, NULL, NULL, &result, &error), ERROR_INPUT);
    }
}

static void a_sample_is_shown(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING EMIL "2026-05-11;08:30;1;;;;;;\033[2J\r\nB1;x\r\n");
    g_autoptr(GPtrArray) sample = table_import_sample(import, 5);
    assert_int_equal(sample->len, 2);
    const GStrv first = sample->pdata[0], second = sample->pdata[1];
    assert_string_equal(first[2], "Emil Ärlig");
    assert_string_equal(first[11], "\uFFFD[2J");
    assert_string_equal(second[1], "x");
    assert_string_equal(second[11], "");
    g_autoptr(GPtrArray) one = table_import_sample(import, 1);
    assert_int_equal(one->len, 1);
}

/* --- columns mapped by hand --------------------------------------------------------------------
 */

#define STRANGE                                                                                    \
    "Vem;Namn;När;Hur dags\n"                                                                     \
    "19990914-2383;Emil Ärlig;2026-05-11;08:30\n"

static TableImport *open_mapped(const Fixture *fixture, const char *map, GError **error)
{
    g_autofree char *path = file_of(fixture, STRANGE, -1);
    g_autofree char *map_path = g_build_filename(fixture->folder, "visits.map", NULL);
    assert_true(g_file_set_contents(map_path, map, -1, NULL));
    const ImportOptions options = {.path = path, .map_path = map_path};
    return table_import_open(fixture->session, &options, error);
}

static void a_map_file_is_used_and_remembered(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) unknown = open_text(fixture, STRANGE);
    g_autofree char *missing = table_import_missing(unknown);
    assert_non_null(missing);
    g_autoptr(TableImport) mapped = NULL;
    assert_ok((mapped = open_mapped(fixture,
                                    "# our system\r\n\r\nVem = id-number\r\n När=date \r\n"
                                    "Hur dags = start\r\n",
                                    &error)));
    assert_int_equal(table_import_column(mapped, 0), COLUMN_ID_NUMBER);
    assert_int_equal(table_import_column(mapped, 1), COLUMN_NAME);
    assert_int_equal(table_import_column(mapped, 3), COLUMN_START);
    assert_int_equal(run(mapped, FALSE).imported, 1);
    /* Another file with this heading needs no map; one with another heading does. */
    g_autoptr(TableImport) again =
        open_text(fixture, STRANGE "20000831-2399;Yusuf Essen;2026-05-11;08:30\n");
    const ImportResult second = run(again, FALSE);
    assert_int_equal(second.imported, 1);
    assert_int_equal(second.duplicates, 1);
    g_autoptr(TableImport) other = open_text(fixture, "Vem;Namn;När;Hur dags;Mer\n");
    assert_int_equal(table_import_column(other, 0), COLUMN_SKIP);
    /* What is chosen by hand is remembered in the same way. */
    table_import_set_column(other, 0, COLUMN_ID_NUMBER);
    table_import_set_column(other, 2, COLUMN_DATE);
    table_import_set_column(other, 3, COLUMN_START);
    table_import_set_column(other, 4, COLUMN_DATE); /* takes it from the other */
    assert_int_equal(table_import_column(other, 2), COLUMN_SKIP);
    run(other, FALSE);
    g_autoptr(TableImport) remembered = open_text(fixture, "Vem;Namn;När;Hur dags;Mer\n");
    assert_int_equal(table_import_column(remembered, 4), COLUMN_DATE);
    assert_int_equal(table_import_column(remembered, 0), COLUMN_ID_NUMBER);
}

static void map_files_are_refused(void **state)
{
    static const struct {
        const char *map, *message;
    } cases[] = {
        {"Vem = person\n", "line 1"},
        {"\n# x\nVem\n", "line 3"},
        {"Vem = id-number\nVar = note\n", "line 2"},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(open_mapped(fixture, cases[i].map, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        if (!strstr(error->message, cases[i].message))
            fail_msg("%s", error->message);
    }
    const ImportOptions none = {.path = TRUE_FILE, .map_path = "/nonexistent/map"};
    assert_fails(table_import_open(fixture->session, &none, &error), ERROR_NOT_FOUND);
}

/* C3: of two columns for one thing, none is taken before somebody says which. */
static void two_columns_for_one_thing_are_asked_about(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path =
        file_of(fixture,
                "Pnr;Namn;Datum;Datum;Tid;Status;Utfall\n"
                "19990914-2383;Emil Ärlig;2026-05-11;2026-05-12;08:30;Planerad;Genomförd\n",
                -1);
    g_autoptr(TableImport) import = open_path(fixture, path);
    for (int i = 0; i < 2; i++) {
        g_autofree char *missing = table_import_missing(import);
        assert_non_null(strstr(missing, i == 0 ? "“Datum” and “Datum”" : "“Status” and “Utfall”"));
        ImportResult result;
        assert_fails(table_import_run(import, TRUE, NULL, NULL, &result, &error), ERROR_INPUT);
        table_import_set_column(import, i == 0 ? 3 : 6, i == 0 ? COLUMN_DATE : COLUMN_OUTCOME);
    }
    assert_int_equal(run(import, TRUE).imported, 1);

    static const struct {
        const char *map, *message;
    } cases[] = {
        {"Datum = date\n", "2 columns are called “Datum”"},
        {"Datum [3] = date\n", "no column called “Datum [3]”"},
        {"Datum [2] = date\nUtfall = outcome\n", NULL},
        {"Datum [1] = skip\nStatus = skip\n", NULL},
    };
    g_autofree char *map_path = g_build_filename(fixture->folder, "visits.map", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const ImportOptions options = {.path = path, .map_path = map_path};
        g_autoptr(GError) error = NULL;
        assert_true(g_file_set_contents(map_path, cases[i].map, -1, NULL));
        g_autoptr(TableImport) mapped = table_import_open(fixture->session, &options, &error);
        assert_int_equal(mapped == NULL, cases[i].message != NULL);
        if (!mapped) {
            if (!strstr(error->message, cases[i].message))
                fail_msg("%s", error->message);
            continue;
        }
        assert_int_equal(table_import_column(mapped, 2), COLUMN_SKIP);
        assert_int_equal(table_import_column(mapped, 5), COLUMN_SKIP);
        const ImportResult result = run(mapped, FALSE);
        assert_int_equal(result.imported + result.duplicates, 1);
    }
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit WHERE date = '2026-05-12'"
                                 " AND outcome = 'done'"),
                     1);
}

/* C2: a column that nobody knows is named, until somebody says what it is. */
static void unknown_columns_are_named(void **state)
{
    static const char text[] = "Pnr;Namn;Datum;Tid;Utfall av besöket;;Rad i filen;Bil\n"
                               "19990914-2383;Emil Ärlig;2026-05-11;08:30;Genomförd;;;\n";
    const Fixture *fixture = *state;
    for (int i = 0; i < 2; i++) { /* reading it in does not make them known */
        g_autoptr(TableImport) import = open_text(fixture, text);
        g_auto(GStrv) unknown = table_import_unknown(import);
        assert_int_equal(g_strv_length(unknown), 2);
        assert_string_equal(unknown[0], "Utfall av besöket");
        assert_string_equal(unknown[1], "Bil");
        run(import, FALSE);
    }
    g_autoptr(TableImport) import = open_text(fixture, text);
    table_import_set_column(import, 4, COLUMN_OUTCOME);
    table_import_set_column(import, 7, COLUMN_SKIP);
    g_auto(GStrv) said = table_import_unknown(import);
    assert_int_equal(g_strv_length(said), 0);
    run(import, FALSE);
    g_autoptr(TableImport) again = open_text(fixture, text);
    g_auto(GStrv) remembered = table_import_unknown(again);
    assert_int_equal(g_strv_length(remembered), 0);
    assert_int_equal(table_import_column(again, 4), COLUMN_OUTCOME);
}

/* --- refused rows, out and in again ------------------------------------------------------------
 */

static char *replaced(const char *text, const char *from, const char *to)
{
    g_auto(GStrv) parts = g_strsplit(text, from, -1);
    assert_true(g_strv_length(parts) > 1);
    return g_strjoinv(to, parts);
}

static void refused_rows_are_mended_and_read_in(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->folder, "refused.csv", NULL);
    g_autoptr(TableImport) import = open_text(
        fixture, HEADING EMIL "2026-02-30;08:30;1;BS16;Avbokad;Oro;Brukare;2;\"=1+1;\r\n\"\r\n" EMIL
                              "2026-05-12;08:30;1;;;;;;\r\n" YUSUF
                              "2026-05-11;25:00;1;;;;;;\r\n" YUSUF "2026-05-11\r\n");
    const ImportResult result = run(import, FALSE);
    assert_int_equal(result.rejected, 3);
    assert_ok(table_import_write_rejected(import, path, &error));
    assert_fails(table_import_write_rejected(import, path, &error), ERROR_EXISTS);
    g_autofree char *nowhere = g_build_filename(fixture->folder, "none", "refused.csv", NULL);
    assert_fails(table_import_write_rejected(import, nowhere, &error), ERROR_NOT_FOUND);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_true(g_str_has_prefix(text, "\xEF\xBB\xBF"
                                       "Brukarnr;"));
    assert_non_null(strstr(text, ";Line in file;Reason refused\r\n"));
    assert_non_null(strstr(text, ";\"'=1+1;\r\n\";2;")); /* guarded */
    assert_non_null(strstr(text, ";5;“25:00” is not"));
    assert_null(strstr(text, "2026-05-12"));

    /* Read in as it is, everything is refused again, and nothing else is wrong. */
    g_autoptr(TableImport) unmended = open_path(fixture, path);
    assert_int_equal(run(unmended, FALSE).rejected, 3);
    assert_string_equal(((ImportFault *)table_import_faults(unmended)->pdata[0])->column, "Datum");
    g_autofree char *dated = replaced(text, "2026-02-30", "2026-03-02");
    g_autofree char *mended = replaced(dated, "25:00", "15:00");
    g_autoptr(TableImport) again = open_text(fixture, mended);
    const ImportResult second = run(again, FALSE);
    assert_int_equal(second.imported, 2);
    assert_int_equal(second.rejected, 1);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM visit WHERE note LIKE '=1+1;%'"), 1);
    assert_all_is_well(fixture);
}

/* A row too long keeps all it has. */
static void a_long_row_is_kept_whole(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->folder, "refused.csv", NULL);
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING EMIL "2026-05-11;08:30;1;;;;;;a;b;c\r\n");
    assert_int_equal(run(import, TRUE).rejected, 1);
    assert_ok(table_import_write_rejected(import, path, &error));
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_non_null(strstr(text, ";a;b;c;2;"));
}

static void reading_in_needs_a_role(void **state)
{
    Fixture *fixture = *state;
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(fixture, "stod");
    const ImportOptions options = {.path = TRUE_FILE};
    assert_fails(table_import_open(fixture->session, &options, &error), ERROR_DENIED);
}

static volatile sig_atomic_t ended;

static void count_ended(int number)
{
    (void)number;
    ended++;
}

/* Whoever has made the file has no way from it to what the program holds (base/apart.h). */
static void a_file_is_taken_apart_in_a_process_of_its_own(void **state)
{
    const Fixture *fixture = *state;
    struct sigaction before, now = {.sa_handler = count_ended, .sa_flags = SA_RESTART};
    sigaction(SIGCHLD, &now, &before);
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING EMIL "2026-05-11;08:30;1;;;;;\r\n");
    sigaction(SIGCHLD, &before, NULL);
    assert_int_equal(ended, 1);
    assert_int_equal(run(import, TRUE).rows, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(files_are_refused),
        IMPORT_TEST(a_list_of_staff_is_told_as_one),
        IMPORT_TEST(a_heading_alone_has_no_rows),
        IMPORT_TEST(columns_must_be_there),
        IMPORT_TEST(a_sample_is_shown),
        IMPORT_TEST(a_map_file_is_used_and_remembered),
        IMPORT_TEST(map_files_are_refused),
        IMPORT_TEST(two_columns_for_one_thing_are_asked_about),
        IMPORT_TEST(unknown_columns_are_named),
        IMPORT_TEST(refused_rows_are_mended_and_read_in),
        IMPORT_TEST(a_long_row_is_kept_whole),
        IMPORT_TEST(a_file_is_taken_apart_in_a_process_of_its_own),
        IMPORT_TEST(reading_in_needs_a_role),
    };

    return cmocka_run_group_tests_name("exchange/visit_files", tests, NULL, NULL);
}
