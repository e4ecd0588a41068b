/* visit_import: files as other programs write them (C4, C5, C6). */
#include "exchange/table_import_private.h"
#include "tests/unit/exchange/fixture_import.h"

/* --- days and times --------------------------------------------------------------------------- */

static void moments_are_read(void **state)
{
    static const struct {
        const char *text, *moment; /* "" when refused */
    } cases[] = {
        {"2026-05-11", "2026-05-11"},
        {"20260511", "2026-05-11"},
        {"08:30", "08:30"},
        {"8.30", "08:30"},
        {"0830", "08:30"},
        {"8", "08:00"},
        {"08:30:00", "08:30"},
        {"08.30.59", "08:30"},
        {"8:30:00.000", "08:30"},
        {"08:30:00,5", "08:30"},
        {"2026-05-11 08:30", "2026-05-11 08:30"},
        {"2026-05-11T08:30:00", "2026-05-11 08:30"},
        {"20260511 0830", "2026-05-11 08:30"},
        {"2026-05-11\u00A008:30", "2026-05-11 08:30"},
        {"2026-05-11  8:30:00.123", "2026-05-11 08:30"},
        /* from the zone of the file to that of the unit, here Stockholm's, in summer and winter */
        {"2026-11-29T23:30:00Z", "2026-11-30 00:30"},
        {"2026-05-11T22:30:00z", "2026-05-12 00:30"},
        {"2026-11-30T00:30:00+01:00", "2026-11-30 00:30"},
        {"2026-11-30T00:30:00.000+0200", "2026-11-29 23:30"},
        {"2026-11-29 18:30 -05", "2026-11-30 00:30"},
        {"", ""},
        {"2026-02-30", ""},
        {"2026-05-11x", ""},
        {"2026-05-11 ", ""}, /* blanks round it are gone before */
        {"2026-05-11T", ""},
        {"2026-05-11 24:00", ""},
        {"2026-05-11T08:30:00+1", ""},
        {"2026-05-11T08:30:00Zulu", ""},
        {"2026-05-11T08:30:00+01:00:00", ""},
        {"2026-05-11Z", ""},
        {"08:30Z", ""},
        {"08:30:60", ""},
        {"08:30:0", ""},
        {"08:30.00", ""},
        {"100000:30:00", ""},
        {"202605111", ""},
        {"46153", ""},
        {"11/5 2026", ""},
        {"2199-12-31T23:59:00-12:00", ""},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ImportMoment moment;
        char day[DATE_SIZE], time[TIME_SIZE];
        const gboolean read = table_import_moment(cases[i].text, &moment);
        g_autofree char *found = read ? g_strconcat(date_format(moment.date, day), " ",
                                                    time_format(moment.minute, time), NULL)
                                      : g_strdup("");
        if (strcmp(g_strstrip(found), cases[i].moment) != 0)
            fail_msg("%s is %s", cases[i].text, found);
    }
}

/* --- cells ------------------------------------------------------------------------------------ */

static void cells_are_tidied(void **state)
{
    static const struct {
        const char *cell, *tidy;
    } cases[] = {
        {"", ""},
        {"  a b ", "a b"},
        {"\u00A0\u202F2026-05-11\u2009\t", "2026-05-11"},
        {"\uFEFF\u200B19990914-2383\u200E", "19990914-2383"},
        {"=\"19990914-2383\"", "19990914-2383"},
        {" =\" 0123 \" ", "0123"},
        {"=\"a\"\"b\"", "a\"b"},
        {"=\"a\"\"\"", "a\""},
        {"=\"\"", ""},
        {"=\"", "=\""},
        {"=1+1", "=1+1"},
        {"'=1+1", "=1+1"},
        {"'=\"x\"", "=\"x\""},
        {"'x", "'x"},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *cell = g_strdup(cases[i].cell);
        if (strcmp(table_import_tidy(cell), cases[i].tidy) != 0)
            fail_msg("%s is read as %s", cases[i].cell, table_import_tidy(cell));
    }
}

/* --- whole files ------------------------------------------------------------------------------ */

#define HEAD "Personnummer;Namn;Datum;Starttid;Status\n"
#define ROW "19990914-2383;Emil Ärlig;2026-05-11;08:30;Genomförd\n"

/* Every one of them is the same visit: 2026-05-11 08:30, an hour. */
static void strange_files_are_read(void **state)
{
    static const struct {
        const char *text;
        int heading_line;
    } cases[] = {
        {HEAD ROW, 1},
        {"sep=;\n" HEAD ROW, 2},
        {"\"sep=;\"\n" HEAD ROW, 2},
        {"SEP=|\nPnr|Namn|Datum|Tid|Status\n19990914-2383|Emil Ärlig|2026-05-11|08:30|Genomförd\n",
         2},
        {"sep=,\nPnr,Namn,Datum,Tid,Status\n19990914-2383,Emil Ärlig,2026-05-11,08:30,Genomförd\n",
         2},
        {"Besöksrapport 2026, vecka 20\n" HEAD ROW, 2},
        {"Besök, utförda, planerade, avbokade\n\nUtskrivet: 2026-05-18\n\n" HEAD ROW, 5},
        {"Besöksrapport;;;;\n;;;;\nEnhet;Boendestöd Söder;Period;maj;\n" HEAD ROW, 4},
        {"\n\n" HEAD ROW, 3},
        {HEAD "=\"19990914-2383\";Emil Ärlig;\u00A02026-05-11\u00A0;08:30:00;Genomförd\n", 1},
        {HEAD "\"=\"\"19990914-2383\"\"\";Emil Ärlig;2026-05-11;2026-05-11 08:30;Genomförd\n", 1},
        {HEAD "19990914-2383;Emil Ärlig;2026-05-11 00:00:00;08:30;Genomförd\n", 1},
        {HEAD "19990914-2383;Emil Ärlig;2026-05-10T22:00:00Z;08:30;Genomförd\n", 1},
        {HEAD "19990914-2383;Emil Ärlig;;2026-05-11T06:30:00Z;Genomförd\n", 1},
        {"Pnr;Namn;Start;Slut;Status\n"
         "19990914-2383;Emil Ärlig;2026-05-11 08:30;2026-05-11 09:30;Genomförd\n",
         1},
        {"Pnr;Namn;Datum;Status\n19990914-2383;Emil Ärlig;2026-05-11 08:30;Genomförd\n", 1},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TableImport) import = open_text(fixture, cases[i].text);
        g_autofree char *missing = table_import_missing(import);
        if (missing)
            fail_msg("case %zu: %s", i, missing);
        assert_int_equal(table_import_heading_line(import), cases[i].heading_line);
        const ImportResult result = run(import, FALSE);
        const GPtrArray *faults = table_import_faults(import);
        if (result.imported + result.duplicates != 1)
            fail_msg("case %zu: %s", i, ((ImportFault *)faults->pdata[0])->reason);
        assert_int_equal(result.imported, i == 0);
        g_autoptr(GPtrArray) sample = table_import_sample(import, 2);
        assert_int_equal(sample->len, 1);
    }
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit WHERE date = '2026-05-11'"
                                 " AND start = '08:30' AND minutes = 60 AND outcome = 'done'"),
                     1);
}

/* The line numbers of faults are the file's, also behind a title. */
static void faults_behind_a_title_have_their_line(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->folder, "refused.csv", NULL);
    g_autoptr(TableImport) import =
        open_text(fixture, "Besöksrapport\n\n" HEAD ROW "19990914-2383;Emil Ärlig;x;08:30;\n");
    assert_int_equal(run(import, FALSE).rejected, 1);
    assert_int_equal(((ImportFault *)table_import_faults(import)->pdata[0])->line, 5);
    assert_ok(table_import_write_rejected(import, path, &error));
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_non_null(strstr(text, "\xef\xbb\xbfPersonnummer;Namn;"));
    assert_non_null(strstr(text, ";x;08:30;;5;“x” is not a date"));
}

static void lengths_over_midnight_have_their_day(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import =
        open_text(fixture, "Pnr;Namn;Start;Slut\n"
                           "19990914-2383;Emil Ärlig;2026-05-11 23:30;2026-05-12 00:45\n"
                           "19990914-2383;Emil Ärlig;2026-05-12 08:30;2026-05-11 09:30\n"
                           "19990914-2383;Emil Ärlig;2026-05-13 08:30;2026-05-14 09:30\n"
                           "19990914-2383;Emil Ärlig;2026-05-14 23:30;00:15\n");
    assert_int_equal(run(import, FALSE).imported, 2);
    assert_int_equal(fixture_int(fixture->session, "SELECT sum(minutes) FROM visit"), 75 + 45);
}

/* The old code page of DOS, found by its letters. */
static void code_page_850_is_read(void **state)
{
    const Fixture *fixture = *state;
    gsize length = 0;
    g_autofree char *bytes = g_convert(HEAD ROW "20000831-2399;Åke Bäckman;2026-05-11;09:30;\n", -1,
                                       "CP850", "UTF-8", NULL, &length, NULL);
    g_autofree char *path = file_of(fixture, bytes, (gssize)length);
    g_autoptr(TableImport) import = open_path(fixture, path);
    assert_int_equal(table_import_encoding(import), ENCODING_CP850);
    assert_int_equal(run(import, FALSE).imported, 2);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM client WHERE name = 'Åke Bäckman'"), 1);
}

/* --- identity numbers (C6) -------------------------------------------------------------------- */

static void reserve_numbers_are_kept(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture,
                ";000101-T220;Kim Ek;2026-05-11;08:30;1;;;;;;\n"
                ";850101-DA0A;Bo Ek;2026-05-11;08:30;1;;;;;;\n"
                ";561110-K064;Siv Ek;2026-05-11;08:30;1;;;;;;\n"
                ";19850145-1234;Åsa Ek;2026-05-11;08:30;1;;;;;;\n",
                "4/0/0/0");
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM client WHERE id_kind = 'reservnummer'"
                                 " AND id_number IS NOT NULL"),
                     4);
}

/* A strange number is left out and told, once for each client; one that has gone wrong is not. */
static void a_client_number_is_enough(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING "B7;TF-12;Kim Ek;2026-05-11;08:30;1;;;;;;\n"
                                   "B7;TF-12;Kim Ek;2026-05-12;08:30;1;;;;;;\n"
                                   "B8;19850145-1235;Bo Ek;2026-05-12;08:30;1;;;;;;\n"
                                   ";TF-12;Kim Ek;2026-05-13;08:30;1;;;;;;\n"
                                   "B9;19990914-2384;Siv Ek;2026-05-12;08:30;1;;;;;;\n"
                                   "B9;1,99E+11;Siv Ek;2026-05-12;08:30;1;;;;;;\n");
    const ImportResult result = run(import, FALSE);
    assert_int_equal(result.imported, 3);
    assert_int_equal(result.new_clients, 2);
    assert_int_equal(result.rejected, 3);
    const GPtrArray *remarks = table_import_remarks(import);
    assert_int_equal(remarks->len, 2);
    const ImportFault *first = remarks->pdata[0], *second = remarks->pdata[1];
    assert_int_equal(first->line, 2);
    assert_string_equal(first->column, "Personnummer");
    assert_non_null(strstr(first->reason, "client number used. An identity number has ten"));
    assert_int_equal(second->line, 4);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM client WHERE id_number IS NULL"), 2);
    assert_int_equal(run(import, TRUE).duplicates, 3);
    assert_int_equal(table_import_remarks(import)->len, 2);
    assert_all_is_well(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read),
        cmocka_unit_test(cells_are_tidied),
        IMPORT_TEST(strange_files_are_read),
        IMPORT_TEST(faults_behind_a_title_have_their_line),
        IMPORT_TEST(lengths_over_midnight_have_their_day),
        IMPORT_TEST(code_page_850_is_read),
        IMPORT_TEST(reserve_numbers_are_kept),
        IMPORT_TEST(a_client_number_is_enough),
    };

    return cmocka_run_group_tests_name("exchange/visit_ways", tests, NULL, NULL);
}
