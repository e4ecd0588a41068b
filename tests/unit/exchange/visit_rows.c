/* visit_import_row.c and visit_import_run.c: what single rows become, or why they are refused. */
#include "care/client/client.h"
#include "exchange/table_import_private.h"
#include "tests/unit/exchange/fixture_import.h"

#include <sys/stat.h>

/* --- refusals --------------------------------------------------------------------------------- */

static void rows_are_refused(void **state)
{
    static const struct {
        const char *row, *column, *reason;
    } cases[] = {
        {";1,99909E+11;Emil;2026-05-11;08:30;1;;;;;;", "Personnummer", "spreadsheet"},
        {";1.99909E+11;Emil;2026-05-11;08:30;1;;;;;;", "Personnummer", "spreadsheet"},
        {";;Emil;2026-05-11;08:30;1;;;;;;", "Personnummer", ""},
        {";19990914-2384;Emil;2026-05-11;08:30;1;;;;;;", "Personnummer", "digits"},
        {"B1;19990914-2383;;2026-05-11;08:30;1;;;;;;", "Namn", "missing"},
        {"B1;19990914-2383;\u200B;2026-05-11;08:30;1;;;;;;", "Namn", "missing"},
        {EMIL ";08:30;1;;;;;;", "Datum", "missing"},
        {EMIL "2026-02-30;08:30;1;;;;;;", "Datum", "2026-02-30"},
        {EMIL "11/5 2026;08:30;1;;;;;;", "Datum", "11/5 2026"},
        /* C4: nothing behind a date is passed over */
        {EMIL "2026-05-11 eftermiddag;08:30;1;;;;;;", "Datum", "eftermiddag"},
        {EMIL "2026-05-11T25:00:00Z;08:30;1;;;;;;", "Datum", "25:00"},
        {EMIL "2026-05-11T08:30:00+25:00;08:30;1;;;;;;", "Datum", "+25:00"},
        {EMIL "2026-05-11;2026-05-12 08:30;1;;;;;;", "Starttid", "another day"},
        {EMIL "2026-05-11;08:30:61;1;;;;;;", "Starttid", "08:30:61"},
        {EMIL "2026-05-11;2026-05-11;1;;;;;;", "Starttid", "time of day"},
        {EMIL "46153;08:30;1;;;;;;", "Datum", "46153"},
        {EMIL "2026-05-11;;1;;;;;;", "Starttid", "missing"},
        {EMIL "2026-05-11;24:00;1;;;;;;", "Starttid", "24:00"},
        {EMIL "2026-05-11;08:30;0;;;;;;", "Längd (tim)", "0"},
        {EMIL "2026-05-11;08:30;-1;;;;;;", "Längd (tim)", "-1"},
        {EMIL "2026-05-11;08:30;25;;;;;;", "Längd (tim)", "25"},
        {EMIL "2026-05-11;08:30;en;;;;;;", "Längd (tim)", "en"},
        {EMIL "2026-05-11;08:30;1;;Borta;;;;", "Status", "Borta"},
        {EMIL "2026-05-11;08:30;1;;Avbokad;Hittepå;;;", "Orsak", "Hittepå"},
        {EMIL "2026-05-11;08:30;1;;Genomförd;Oro;;;", "Orsak", "no cause"},
        {EMIL "2026-05-11;08:30;1;;;Oro;;;", "Orsak", "no cause"},
        {EMIL "2026-05-11;08:30;1;;Planerad;Oro;;;", "Orsak", "no cause"},
        {EMIL "2026-05-11;08:30;1;;Avbokad;;Katten;;", "Avbokad av", "Katten"},
        {EMIL "2026-05-11;08:30;1;;Avbokad;;;snart;", "Varsel (tim)", "snart"},
        {EMIL "2026-05-11;08:30;1;;Avbokad;;;-1;", "Varsel (tim)", "-1"},
        {EMIL "2026-05-11", NULL, "4 cells"},
        {EMIL "2026-05-11;08:30;1;;;;;;;", NULL, "13 cells"},
        {EMIL "2026-05-11;08:30;1;;;;;;\"open", NULL, "quotation mark"},
        /* Nothing that a terminal acts on comes out in a sentence. */
        {EMIL "\033[2J;08:30;1;;;;;;", "Datum", "\uFFFD[2J"},
    };
    const Fixture *fixture = *state;
    const gint64 clients = fixture_int(fixture->session, "SELECT count(*) FROM client");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(HEADING, cases[i].row, NULL);
        g_autoptr(TableImport) import = open_text(fixture, text);
        const ImportResult result = run(import, FALSE);
        if (result.rejected != 1)
            fail_msg("not refused: %s", cases[i].row);
        const ImportFault *fault = table_import_faults(import)->pdata[0];
        assert_int_equal(fault->line, 2);
        if (g_strcmp0(fault->column, cases[i].column) != 0 ||
            !strstr(fault->reason, cases[i].reason) || !g_str_has_suffix(fault->reason, "."))
            fail_msg("%s: %s: %s", cases[i].row, fault->column, fault->reason);
    }
    /* Nobody is registered whose rows were all refused. */
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), clients);
    assert_all_is_well(fixture);
}

/* Some systems have one word for every cancellation, and say elsewhere that it was the unit's. */
static void what_the_unit_called_off_is_its_own(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING EMIL "2026-05-11;08:30;1;;Avbokad;;Verksamheten;;\n");
    assert_int_equal(run(import, FALSE).imported, 1);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit WHERE outcome = 'unit-cancelled'"),
                     1);
    assert_all_is_well(fixture);
}

static void a_book_in_a_cell_is_refused(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *big = g_strnfill(1024 * 1000, 'x');
    static const struct {
        const char *format, *column;
    } cases[] = {
        {HEADING EMIL "2026-05-11;08:30;1;BS16;Genomförd;;;;%s\r\n", "Anteckning"},
        {HEADING EMIL "2026-05-11;08:30;1;BS16;%s;;;;\r\n", "Status"},
        {HEADING EMIL "2026-05-11;08:30;1;%s;;;;;\r\n", "Utförare"},
        {HEADING "%s;19990914-2383;Emil Ärlig;2026-05-11;08:30;1;;;;;;\r\n", "Brukarnr"},
        {HEADING EMIL "%s;08:30;1;;;;;;\r\n", "Datum"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) parts = g_strsplit(cases[i].format, "%s", 2);
        g_autofree char *text = g_strjoinv(big, parts);
        g_autoptr(TableImport) import = open_text(fixture, text);
        assert_int_equal(run(import, FALSE).rejected, 1);
        const ImportFault *fault = table_import_faults(import)->pdata[0];
        assert_string_equal(fault->column, cases[i].column);
        assert_true(strlen(fault->reason) < 200);
    }
}

/* B21: what is longer than any row is not even held. */
static void a_row_without_end_is_refused(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *big = g_strnfill(3 * 1024 * 1024, 'x');
    g_autofree char *text =
        g_strconcat(HEADING EMIL "2026-05-11;08:30;1;;;;;;\r\n" EMIL "2026-05-12;08:30;1;;;;;;",
                    big, "\r\n" EMIL "2026-05-13;08:30;1;;;;;;\r\n", NULL);
    g_autoptr(TableImport) import = open_text(fixture, text);
    assert_int_equal(run(import, FALSE).imported, 2);
    const ImportFault *fault = table_import_faults(import)->pdata[0];
    assert_int_equal(fault->line, 3);
    assert_null(fault->column);
    assert_non_null(strstr(fault->reason, "longer than 1048576 characters"));
    g_autofree char *path = g_build_filename(fixture->folder, "refused.csv", NULL);
    assert_ok(table_import_write_rejected(import, path, &error));
    g_autofree char *written = NULL;
    assert_true(g_file_get_contents(path, &written, NULL, NULL));
    assert_non_null(strstr(written, ";3;The row is longer"));
    g_autofree char *alone = file_of(fixture, big, -1);
    const ImportOptions options = {.path = alone};
    g_autoptr(GError) error = NULL;
    assert_null(table_import_open(fixture->session, &options, &error));
    assert_non_null(strstr(error->message, "Line 1 of "));
}

/* --- times, lengths and notes ----------------------------------------------------------------- */

static void ways_of_writing_are_read(void **state)
{
    static const struct {
        const char *row, *date, *start;
        int minutes;
    } cases[] = {
        {"2026-05-11;08:30;1,5;;;;;;", "2026-05-11", "08:30", 90},
        {"2026-05-12;8.30;0.75;;;;;;", "2026-05-12", "08:30", 45},
        {"20260513;0830;;;;;;;", "2026-05-13", "08:30", 60},
        {"2026-05-14 00:00;8;24;;;;;;", "2026-05-14", "08:00", 1440},
        {"2026-05-15T00:00:00;23:59;1;;;;;;", "2026-05-15", "23:59", 60},
        {" 2026-05-16 ; 08:30 ; 1 ;;;;;;", "2026-05-16", "08:30", 60},
        {"'2026-05-17;08:30;1;;;;;;", NULL, NULL, 0},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strconcat(EMIL, cases[i].row, "\r\n", NULL);
        assert_read(fixture, row, cases[i].date ? "1/0/0/0" : "0/0/1/0");
        if (!cases[i].date)
            continue;
        gint64 found = 0;
        assert_ok(
            opened_get_int(session_db(fixture->session),
                       "SELECT count(*) FROM visit WHERE date = :date AND start = :start"
                       " AND minutes = :minutes",
                       DB_PARAMS(DB_TEXT("date", cases[i].date), DB_TEXT("start", cases[i].start),
                                 DB_INT("minutes", cases[i].minutes)),
                       0, &found, &error));
        if (found != 1)
            fail_msg("%s is read otherwise", cases[i].row);
    }
}

static void lengths_come_from_an_end_too(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import =
        open_text(fixture, "Pnr;Förnamn;Efternamn;Dag;Från;Till;Minuter\n"
                           "9909142383;Emil;Ärlig;2026-05-11;08:30;09:15;\n"
                           "9909142383;Emil;Ärlig;2026-05-12;23:30;00:15;\n"
                           "990914-2383;Emil;Ärlig;2026-05-13;08:30;09:15;30\n"
                           "990914-2383;Emil;Ärlig;2026-05-14;08:30;08:30;\n");
    const ImportResult result = run(import, FALSE);
    assert_int_equal(result.imported, 3);
    assert_int_equal(result.rejected, 1);
    assert_int_equal(fixture_int(fixture->session, "SELECT sum(minutes) FROM visit"), 120);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT COUNT(*) FROM client WHERE name = 'Emil Ärlig'"
                                 " AND id_number = '19990914-2383'"
                                 " AND birth_date = '1999-09-14' AND sex = 'woman'"),
                     1);
}

static char *only_note(const Fixture *fixture)
{
    char *note = NULL;
    assert_ok(db_get_text(session_db(fixture->session), "SELECT note, id FROM visit ORDER BY id DESC",
                          NULL, &note, &error));
    return note;
}

/* Formulas are kept as they are, and guarded cells are read as they were meant; nothing that a
 * terminal acts on is kept. */
static void notes_are_kept(void **state)
{
    static const struct {
        const char *cell, *note;
    } cases[] = {
        {"=1+1", "=1+1"},
        {"'=1+1", "=1+1"},
        {"'@SUM(A1)", "@SUM(A1)"},
        {"'s-Gravenhage", "'s-Gravenhage"},
        {"\"rad ett\r\nrad två\"", "rad ett\nrad två"},
        {"\"sa \"\"nej\"\"\"", "sa \"nej\""},
        {"a\033[31mb", "a\uFFFD[31mb"},
        {"  ", NULL},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *row = g_strdup_printf(
            EMIL "2026-05-%02d;08:30;1;BS16;Avbokad;Oro;;;%s\r\n", (int)i + 1, cases[i].cell);
        assert_read(fixture, row, "1/0/0/0");
        assert_read(fixture, row, "0/1/0/0");
        g_autofree char *note = only_note(fixture);
        assert_int_equal(g_strcmp0(note, cases[i].note), 0);
    }
}

/* D5: whose word a cause is, in the words of the screen's own list. */
static void test_d5_whose_word_is_read_in(void **state)
{
    static const char HEAD[] =
        "Brukarnr;Personnummer;Namn;Datum;Starttid;Status;Orsak;Vems ord\r\n";
    static const char ROWS[] = EMIL "2026-05-11;08:30;Avbokad;Oro;Personens ord\r\n" EMIL
                                    "2026-05-12;08:30;Avbokad;Oro;Personalen\r\n" EMIL
                                    "2026-05-13;08:30;Avbokad;Oro;Anhörigs eller god mans ord\r\n"
                                    EMIL "2026-05-14;08:30;Avbokad;Oro;\r\n" EMIL
                                    "2026-05-15;08:30;Avbokad;Oro;Grannen\r\n" EMIL
                                    "2026-05-16;08:30;Genomförd;;Personens ord\r\n";
    const Fixture *fixture = *state;
    g_autofree char *planned = g_strconcat(HEAD, EMIL "2026-05-13;08:30;;;\r\n", NULL);
    g_autofree char *text = g_strconcat(HEAD, ROWS, NULL);
    g_autoptr(TableImport) before = open_text(fixture, planned);
    assert_int_equal(run(before, FALSE).imported, 1);
    g_autoptr(TableImport) import = open_text(fixture, text);
    ImportResult result = run(import, FALSE);
    assert_int_equal(result.imported, 4);
    assert_int_equal(result.completed, 1);
    assert_int_equal(result.rejected, 2);
    static const char *const columns[] = {"client", "staff", "relative", NULL};
    for (int i = 0; i < 4; i++) {
        g_autofree char *date = g_strdup_printf("2026-05-%d", 11 + i);
        g_autofree char *source = NULL;
        assert_ok(db_get_text(session_db(fixture->session),
                              "SELECT cause_source FROM visit WHERE date = :date",
                              DB_PARAMS(DB_TEXT("date", date)), &source, &error));
        assert_int_equal(g_strcmp0(source, columns[i]), 0);
    }
    const GPtrArray *faults = table_import_faults(import);
    for (guint i = 0; i < faults->len; i++)
        assert_string_equal(((ImportFault *)faults->pdata[i])->column, "Vems ord");
    g_autoptr(TableImport) again = open_text(fixture, text);
    assert_int_equal(run(again, FALSE).duplicates, 4);
    /* Another's word is another row; none contradicts nothing. */
    g_autofree char *other = g_strconcat(
        HEAD, EMIL "2026-05-11;08:30;Avbokad;Oro;Personalen\r\n" EMIL
                   "2026-05-12;08:30;Avbokad;Oro;\r\n", NULL);
    g_autoptr(TableImport) contradicts = open_text(fixture, other);
    result = run(contradicts, FALSE);
    assert_int_equal(result.rejected, 1);
    assert_int_equal(result.duplicates, 1);
    assert_all_is_well(fixture);
}

/* --- what is there already -------------------------------------------------------------------- */

static void planned_first_then_completed(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture,
                EMIL "2026-05-11;08:30;1;BS16;;;;;\r\n" EMIL "2026-05-12;08:30;1;BS16;;;;;\r\n",
                "2/0/0/0");
    assert_read(fixture,
                EMIL "2026-05-11;08:30;1;BS16;Genomförd;;;;\r\n" EMIL
                     "2026-05-12;08:30;1;BS16;Avbokad;Oro;Brukare;3;\r\n",
                "2/0/0/2");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM visit"), 2);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit WHERE outcome = 'cancelled' AND"
                                 " cause = 'ORO' AND notice_hours = 3 AND cancelled_by = 'client'"),
                     1);
    /* The older export once more takes nothing back. */
    assert_read(fixture, EMIL "2026-05-11;08:30;1;BS16;;;;;\r\n", "0/1/0/0");
    assert_read(fixture, EMIL "2026-05-12;08:30;1;BS16;Avbokad;Oro;Brukare;3;\r\n", "0/1/0/0");
    assert_all_is_well(fixture);
}

/* What planning systems write of a visit that has not taken place is as good as an empty cell. */
static void a_planned_visit_has_no_outcome(void **state)
{
    static const char *const words[] = {"Planerad", "PLANERAT",    "bokad",     "Ej påbörjad",
                                        "Planned",  "Not started", "Scheduled", "Suunniteltu",
                                        "Varattu",  "Planerad "};
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *row =
            g_strdup_printf(EMIL "2026-%02d-11;08:30;1;BS16;%s;;;;\r\n", (int)i + 1, words[i]);
        assert_read(fixture, row, "1/0/0/0");
    }
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM visit WHERE outcome IS NULL"),
        G_N_ELEMENTS(words));
    /* An outcome comes with a later file, and the older file takes nothing back. */
    assert_read(fixture, EMIL "2026-01-11;08:30;1;BS16;Genomförd;;;;\r\n", "1/0/0/1");
    assert_read(fixture, EMIL "2026-01-11;08:30;1;BS16;Planerad;;;;\r\n", "0/1/0/0");
    assert_all_is_well(fixture);
}

static void another_outcome_is_refused(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture, EMIL "2026-05-11;08:30;1;BS16;Genomförd;;;;\r\n", "1/0/0/0");
    g_autoptr(TableImport) import =
        open_text(fixture, HEADING EMIL "2026-05-11;08:30;1;BS16;Avbokad;Oro;;;\r\n");
    assert_int_equal(run(import, FALSE).rejected, 1);
    const ImportFault *fault = table_import_faults(import)->pdata[0];
    assert_int_equal(fault->line, 2);
    assert_string_equal(fault->column, "Status");
    assert_non_null(strstr(fault->reason, "another outcome"));
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM visit WHERE outcome = 'done'"), 1);
    /* Within one file too: the first stands. */
    assert_read(fixture,
                EMIL "2026-05-12;08:30;1;BS16;Avbokad;Oro;;;\r\n" EMIL
                     "2026-05-12;08:30;1;BS16;Genomförd;;;;\r\n",
                "1/0/1/0");
    assert_all_is_well(fixture);
}

static void one_time_can_have_two_workers(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture,
                EMIL "2026-05-11;08:30;1;BS16;Genomförd;;;;\r\n" EMIL
                     "2026-05-11;08:30;1;BS15;Genomförd;;;;\r\n",
                "2/0/0/0");
}

/* --- people ----------------------------------------------------------------------------------- */

static const ImportFault *first_fault(const TableImport *import)
{
    assert_true(table_import_faults(import)->len > 0);
    return table_import_faults(import)->pdata[0];
}

static void another_name_is_refused(void **state)
{
    static const struct {
        const char *row, *column, *reason;
    } cases[] = {
        {"B1000;19990914-2383;Yusuf Essen;2026-06-11;08:30;1;;;;;;", "Namn", "another name"},
        {"B1000;19511011-9871;Emil Ärlig;2026-06-11;08:30;1;;;;;;", "Personnummer",
         "another identity number"},
        {"B1001;19990914-2383;Emil Ärlig;2026-06-11;08:30;1;;;;;;", "Brukarnr",
         "two different clients"},
    };
    const Fixture *fixture = *state;
    assert_read(fixture, EMIL "2026-05-11;08:30;1;;;;;;\r\n" YUSUF "2026-05-11;08:30;1;;;;;;\r\n",
                "2/0/0/0");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(HEADING, cases[i].row, NULL);
        g_autoptr(TableImport) import = open_text(fixture, text);
        assert_int_equal(run(import, FALSE).rejected, 1);
        const ImportFault *fault = first_fault(import);
        if (g_strcmp0(fault->column, cases[i].column) != 0 ||
            !strstr(fault->reason, cases[i].reason))
            fail_msg("%s: %s: %s", cases[i].row, fault->column, fault->reason);
    }
    /* Order of names, a middle name and the letters' size do not make another person. */
    assert_read(fixture,
                "B1000;19990914-2383;\"ärlig, Emil Karl\";2026-06-12;08:30;1;;;;;;\r\n"
                "B1000;;EMIL;2026-06-13;08:30;1;;;;;;\r\n"
                ";19990914-2383;Emil Ärlig;2026-06-14;08:30;1;;;;;;\r\n",
                "3/0/0/0");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), 2);
}

/* Where the file has no column of that kind, the one that stands for it is named. */
static void a_column_stands_for_another(void **state)
{
    static const struct {
        const char *text, *column, *reason;
    } cases[] = {
        {"Pnr;Förnamn;Efternamn;Datum;Tid\n19990914-2383;Yusuf;Essen;2026-06-11;08:30\n",
         "Efternamn", "another name"},
        {"Pnr;Förnamn;Datum;Tid\n19990914-2383;Yusuf;2026-06-11;08:30\n", "Förnamn",
         "another name"},
        {"Pnr;Förnamn;Efternamn;Datum;Tid\n20000831-2399;;;2026-06-11;08:30\n", "Efternamn",
         "missing"},
        {"Brukarnr;Namn;Datum;Tid\n;Emil Ärlig;2026-06-11;08:30\n", "Brukarnr", ""},
    };
    const Fixture *fixture = *state;
    assert_read(fixture, EMIL "2026-05-11;08:30;1;;;;;;\r\n", "1/0/0/0");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TableImport) import = open_text(fixture, cases[i].text);
        assert_int_equal(run(import, FALSE).rejected, 1);
        const ImportFault *fault = first_fault(import);
        if (g_strcmp0(fault->column, cases[i].column) != 0 ||
            !strstr(fault->reason, cases[i].reason))
            fail_msg("%s: %s: %s", cases[i].text, fault->column, fault->reason);
    }
}

static void another_name_within_a_file_is_refused(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import = open_text(
        fixture, HEADING EMIL "2026-05-11;08:30;1;;;;;;\r\n"
                              "B1000;19990914-2383;Siv Svensson;2026-05-12;08:30;1;;;;;;\r\n"
                              "B1000;20000831-2399;Emil Ärlig;2026-05-13;08:30;1;;;;;;\r\n" YUSUF
                              "2026-05-14;08:30;1;;;;;;\r\n"
                              "B1001;19990914-2383;Emil Ärlig;2026-05-15;08:30;1;;;;;;\r\n");
    const ImportResult result = run(import, FALSE);
    assert_int_equal(result.imported, 2);
    assert_int_equal(result.rejected, 3);
    assert_non_null(strstr(first_fault(import)->reason, "line 2"));
}

static void a_client_without_identity_number_is_known_by_number(void **state)
{
    const Fixture *fixture = *state;
    assert_read(fixture, "B7;;Kim Ek;2026-05-11;08:30;1;;;;;;\r\n", "1/0/0/0");
    assert_read(fixture, "B7;;Kim Ek;2026-05-12;08:30;1;;;;;;\r\n", "1/0/0/0");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), 1);
}

static void workers_are_found(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(DbTransaction) transaction = NULL;
    assert_ok((transaction = db_transaction(session_db(fixture->session), &error)));
    assert_ok(staff_add_known(fixture->session, "BS16", "Berit Stöd", ROLE_SUPPORT_WORKER, &error));
    assert_ok(db_transaction_commit(transaction, &error));
    const gint64 before = fixture_int(fixture->session, "SELECT count(*) FROM staff");
    assert_read(fixture,
                EMIL "2026-05-11;08:30;1;BS16;;;;;\r\n" EMIL
                     "2026-05-12;08:30;1;Berit Stöd;;;;;\r\n" EMIL
                     "2026-05-13;08:30;1;Ny Person;;;;;\r\n" EMIL "2026-05-14;08:30;1;;;;;;\r\n",
                "4/0/0/0");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM staff"), before + 1);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM visit v JOIN staff s ON s.id = v.staff_id"
                                 " WHERE s.code = 'BS16'"),
                     2);
    assert_read(fixture, EMIL "2026-05-15;08:30;1;Ny Person;;;;;\r\n", "1/0/0/0");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM staff"), before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(rows_are_refused),
        IMPORT_TEST(what_the_unit_called_off_is_its_own),
        IMPORT_TEST(a_book_in_a_cell_is_refused),
        IMPORT_TEST(a_row_without_end_is_refused),
        IMPORT_TEST(ways_of_writing_are_read),
        IMPORT_TEST(lengths_come_from_an_end_too),
        IMPORT_TEST(notes_are_kept),
        IMPORT_TEST(planned_first_then_completed),
        IMPORT_TEST(test_d5_whose_word_is_read_in),
        IMPORT_TEST(a_planned_visit_has_no_outcome),
        IMPORT_TEST(another_outcome_is_refused),
        IMPORT_TEST(one_time_can_have_two_workers),
        IMPORT_TEST(another_name_is_refused),
        IMPORT_TEST(a_column_stands_for_another),
        IMPORT_TEST(another_name_within_a_file_is_refused),
        IMPORT_TEST(a_client_without_identity_number_is_known_by_number),
        IMPORT_TEST(workers_are_found),
    };

    return cmocka_run_group_tests_name("exchange/visit_rows", tests, NULL, NULL);
}
