/* decision_import.c: decisions read in from a case system's file. */
#include "care/completion/decision_entry.h"
#include "tests/unit/exchange/fixture_rows.h"

#include <xlsxwriter.h>

#define FAULTS                                                                                     \
    "7 Beslutsdatum\n8 Personnummer\n9 Beslutsdatum\n10 Beslut\n11 Motivering\n12 Gäller till\n"  \
    "13 Beslutsdatum\n14 Timmar per månad\n15 Insats\n16 Beslutsfattare\n17 Namn"
#define HEADINGS                                                                                   \
    "Brukarnr;Namn;Beslut;Insats;Beslutsdatum;Gäller från;Gäller till;Beslutsfattare\r\n"

static void read_clients(const Fixture *fixture)
{
    assert_text(fixture, "Brukarnr;Personnummer;Namn;Aktiv\r\n" EMIL "ja\r\n" YUSUF "ja\r\n",
                IMPORT_CLIENTS, "2/0/0/0");
}

static gint64 count(const Fixture *fixture, const char *of)
{
    g_autofree char *sql = g_strconcat("SELECT count(*) FROM ", of, NULL);
    return fixture_int(fixture->session, sql);
}

/* Rows with faults are refused, the others read in; the same file again changes nothing. */
static void test_a_file_is_read_in_once(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    const gint64 before = rows_in_all(fixture);
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, TRUE, "5/0/0/11\n" FAULTS);
    assert_int_equal(rows_in_all(fixture), before + 1); /* that it was looked through */
    assert_int_equal(count(fixture, "decision"), 0);
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "5/0/0/11\n" FAULTS);
    const gint64 tasks = count(fixture, "task");
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "0/0/5/11\n" FAULTS);
    assert_int_equal(count(fixture, "decision"), 5);
    assert_int_equal(count(fixture, "task"), tasks);
    assert_all_is_well(fixture);
}

/* The law goes by the day of the decision, the section by the law where none is said. */
static void test_the_law_goes_by_the_day(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "5/0/0/11\n" FAULTS);
    assert_int_equal(count(fixture,
                           "decision WHERE decided_on = '2025-05-19' AND law = 'sol-2001' AND"
                           " section = '4 kap. 1 §' AND kind = 'extended' AND support ="
                           " 'housing-support' AND month_minutes = 1200 AND decided_by ="
                           " 'Bo Ek' AND delegation = '4.1'"),
                     1);
    assert_int_equal(count(fixture,
                           "decision WHERE decided_on = '2026-05-18' AND law = 'sol-2025' AND"
                           " section = '11 kap. 1 §' AND month_minutes = 1230 AND valid_to ="
                           " '2027-05-31'"),
                     1);
    assert_int_equal(count(fixture,
                           "decision WHERE law = 'lss' AND section = '9 § 3 LSS' AND support ="
                           " 'Ledsagning' AND valid_to IS NULL"),
                     1);
    assert_int_equal(count(fixture, "decision WHERE kind = 'refused' AND reasons ="
                                    " 'Behovet tillgodoses på annat sätt.'"),
                     1);
}

/* Another system's headings, words and encoding; a law that was not in force, and none of these
 * laws. */
static void test_another_system(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_reading(fixture, "beslut-2.tsv", IMPORT_DECISIONS, FALSE,
                   "2/0/0/2\n4 Lagstiftning\n5 Lagstiftning");
    assert_reading(fixture, "beslut-2.tsv", IMPORT_DECISIONS, FALSE,
                   "0/0/2/2\n4 Lagstiftning\n5 Lagstiftning");
    assert_int_equal(
        count(fixture, "decision WHERE decided_on = '2025-06-30' AND law = 'sol-2001'"), 1);
    assert_int_equal(
        count(fixture, "decision WHERE decided_on = '2026-06-15' AND law = 'sol-2025'"), 1);
    assert_all_is_well(fixture);
}

/* Of all the years of a client one decision is looked at before it ends; what is over is not. */
static void test_one_task_for_the_one_in_force(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_text(fixture,
                HEADINGS "B1001;Yusuf Essen;Bifall;Boendestöd;2019-01-10;;2019-12-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/0/0");
    assert_int_equal(count(fixture, "task"), 0);
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "5/0/0/11\n" FAULTS);
    assert_int_equal(count(fixture, "task"), 1);
    assert_int_equal(count(fixture, "task t JOIN decision d ON d.id = t.decision_id WHERE t.kind ="
                                    " 'decision' AND t.due_date = '2027-04-19' AND d.decided_on ="
                                    " '2026-05-18' AND t.done_ms IS NULL"),
                     1);
    /* An older one that comes later does not take its place, a newer one does. */
    assert_text(fixture,
                HEADINGS "B1000;Emil Ärlig;Bifall;Boendestöd;2023-05-20;;2024-05-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/0/0");
    assert_int_equal(count(fixture, "task"), 1);
    assert_text(fixture,
                HEADINGS "B1000;Emil Ärlig;Förlängning;Boendestöd;2026-11-20;2027-06-01;2028-05-31;"
                         "Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/0/0");
    assert_int_equal(count(fixture, "task WHERE done_ms IS NULL AND due_date = '2028-04-19'"), 1);
    assert_int_equal(count(fixture, "task WHERE done_ms IS NULL"), 1);
    assert_all_is_well(fixture);
}

/* Visits beyond the end that is read in are to be settled. */
static void test_visits_after_the_end(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_read(fixture, EMIL "2027-06-10;10:00;1;BS1;Planerad;;;;\r\n", "1/0/0/0");
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "5/0/0/11\n" FAULTS);
    assert_int_equal(count(fixture, "task WHERE due_date = '2026-11-22' AND kind = 'decision' AND"
                                    " client_id IN (SELECT id FROM client WHERE number = 'B1000')"),
                     1);
}

/* What stands on the card is not changed: the row says where it differs. */
static void test_one_that_differs_is_refused(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_text(fixture,
                HEADINGS
                "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;2026-02-01;2026-12-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/0/0");
    assert_text(fixture,
                HEADINGS
                "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;2026-02-01;2027-01-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "0/0/0/1\n2 Gäller till");
    assert_text(fixture,
                HEADINGS
                "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;2026-03-01;2026-12-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "0/0/0/1\n2 Gäller från");
    assert_text(fixture,
                HEADINGS
                "B1000;Emil Ärlig;Bifall;boendestöd;2026-02-01;2026-02-01;2026-12-31;Eva Ny\r\n",
                IMPORT_DECISIONS, "0/0/0/1\n2 Beslutsfattare");
    /* Two periods decided on one day are two. */
    assert_text(fixture,
                HEADINGS
                "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;2026-02-01;2026-12-31;Bo Ek\r\n"
                "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;2027-01-01;2027-06-30;Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/1/0");
    assert_int_equal(count(fixture, "decision"), 2);
}

/* One entered on the card is there. */
static void test_one_entered_by_hand_is_there(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    g_autoptr(Decision) decision = decision_new();
    decision->client_id =
        fixture_int(fixture->session, "SELECT id FROM client WHERE number = 'B1000'");
    decision->kind = g_strdup("granted");
    decision->law = g_strdup("sol-2025");
    decision->support = g_strdup("housing-support");
    decision->decided_on = decision->valid_from = date_parse("2026-02-01");
    decision->decided_by = g_strdup("Bo Ek");
    assert_ok(decision_enter(fixture->session, decision, NULL, &error));
    assert_text(fixture, HEADINGS "B1000;Emil Ärlig;granted;Boendestöd;2026-02-01;;;Bo Ek\r\n",
                IMPORT_DECISIONS, "0/0/1/0");
}

/* A list of what holds need not say that it was granted. */
static void test_a_list_of_what_holds(void **state)
{
    const Fixture *fixture = *state;
    read_clients(fixture);
    assert_text(fixture,
                "Brukarnr;Insats;Beslutsdatum;Fr o m;T o m;Beslutat av\r\n"
                "B1000;Boendestöd;2026-02-01;2026-02-01;2026-12-31;Bo Ek\r\n",
                IMPORT_DECISIONS, "1/0/0/0");
    assert_int_equal(count(fixture, "decision WHERE kind = 'granted'"), 1);
    assert_text(fixture, HEADINGS "B1001;Yusuf Essen;;Boendestöd;2026-02-01;;;Bo Ek\r\n",
                IMPORT_DECISIONS, "0/0/0/1\n2 Beslut");
}

/* Somebody whose card the reader may not open is as nobody, looked at or read in. */
static void test_protected_is_as_nobody(void **state)
{
    const Fixture *fixture = *state;
    static const char rows[] = HEADINGS "B1000;Emil Ärlig;Bifall;Boendestöd;2026-02-01;;;Bo Ek\r\n"
                                        "B7;Nils Nemo;Bifall;Boendestöd;2026-02-01;;;Bo Ek\r\n";
    read_clients(fixture);
    assert_ok(db_run(session_db(fixture->session),
                     "UPDATE client SET protection = 'marked' WHERE id = :id",
                     DB_PARAMS(DB_INT("id", fixture_int(fixture->session,
                                                        "SELECT id FROM client WHERE number = 'B1000'"))),
                     &error));
    for (int dry_run = 1; dry_run >= 0; dry_run--) {
        g_autoptr(TableImport) import = open_text(fixture, rows);
        g_autofree char *told = answer_of(import, dry_run);
        const GPtrArray *faults = table_import_faults(import);
        assert_string_equal(told, "0/0/0/2\n2 Brukarnr\n3 Brukarnr");
        assert_string_equal(((const ImportFault *)faults->pdata[0])->reason,
                            ((const ImportFault *)faults->pdata[1])->reason);
    }
    assert_int_equal(count(fixture, "decision"), 0);
}

/* An administrator, who enters none by hand, reads in a file. */
static void test_an_administrator_reads_it_in(void **state)
{
    Fixture *fixture = *state;
    read_clients(fixture);
    assert_read(fixture, EMIL "2027-06-10;10:00;1;BS1;Planerad;;;;\r\n", "1/0/0/0");
    fixture_user(fixture, "adm", ROLE_ADMINISTRATOR);
    session_close(g_steal_pointer(&fixture->session));
    fixture->session = fixture_open(fixture, "adm");
    assert_reading(fixture, "beslut.csv", IMPORT_DECISIONS, FALSE, "5/0/0/11\n" FAULTS);
    assert_all_is_well(fixture);
}

/* Broken off at any moment, nothing of the file is there. */
static gboolean stop(double share, gpointer data)
{
    return share < *(const double *)data;
}

static void test_broken_off(void **state)
{
    const Fixture *fixture = *state;
    static const double SHARES[] = {0, 0.3, 0.5};
    read_clients(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(SHARES); i++) {
        ImportResult result;
        double share = SHARES[i];
        g_autoptr(TableImport) import = open_path(fixture, "tests/data/reading/beslut.csv");
        assert_fails(table_import_run(import, FALSE, stop, &share, &result, &error),
                     ERROR_CANCELLED);
        assert_int_equal(count(fixture, "decision"), 0);
        assert_int_equal(count(fixture, "task"), 0);
    }
}

/* A spreadsheet, in which days are days and hours are numbers. */
static void test_a_spreadsheet(void **state)
{
    static const char *const TEXTS[] = {"Emil Ärlig", "Förlängning", "Boendestöd"};
    static const char *const HEADINGS_THERE[] = {"Brukarnr",    "Namn",         "Beslut",
                                                 "Insats",      "Beslutsdatum", "Gäller från",
                                                 "Gäller till", "Timmar/mån",   "Beslutsfattare"};
    const Fixture *fixture = *state;
    g_autofree char *path = g_build_filename(fixture->folder, "beslut.xlsx", NULL);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Beslut");
    lxw_format *day = workbook_add_format(book);
    format_set_num_format(day, "yyyy-mm-dd");
    for (gsize i = 0; i < G_N_ELEMENTS(HEADINGS_THERE); i++)
        worksheet_write_string(sheet, 0, (lxw_col_t)i, HEADINGS_THERE[i], NULL);
    worksheet_write_string(sheet, 1, 0, "B1000", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        worksheet_write_string(sheet, 1, (lxw_col_t)(i + 1), TEXTS[i], NULL);
    const lxw_datetime days[] = {{.year = 2026, .month = 5, .day = 18},
                                 {.year = 2026, .month = 6, .day = 1},
                                 {.year = 2027, .month = 5, .day = 31}};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        worksheet_write_datetime(sheet, 1, (lxw_col_t)(i + 4), (lxw_datetime *)&days[i], day);
    worksheet_write_number(sheet, 1, 7, 20.5, NULL);
    worksheet_write_string(sheet, 1, 8, "Bo Ek", NULL);
    assert_int_equal(workbook_close(book), 0);
    read_clients(fixture);
    for (int time = 0; time < 2; time++) {
        g_autoptr(TableImport) import = open_path(fixture, path);
        assert_int_equal(table_import_what(import), IMPORT_DECISIONS);
        g_autofree char *told = answer_of(import, FALSE);
        assert_string_equal(told, time == 0 ? "1/0/0/0" : "0/0/1/0");
    }
    assert_int_equal(count(fixture,
                           "decision WHERE decided_on = '2026-05-18' AND valid_from ="
                           " '2026-06-01' AND valid_to = '2027-05-31' AND month_minutes = 1230"),
                     1);
}

/* What the columns were said to be is there again, though nothing was read in. */
static void test_the_columns_are_remembered(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path = file_of(fixture, "Vem;Av;Beslutsdatum;Insats\r\n", -1);
    for (int time = 0; time < 2; time++) {
        g_autoptr(TableImport) import = open_path(fixture, path);
        assert_int_equal(table_import_what(import), IMPORT_DECISIONS);
        assert_int_equal(table_import_column(import, 0),
                         time == 0 ? COLUMN_SKIP : COLUMN_CLIENT_NUMBER);
        assert_int_equal(table_import_column(import, 1),
                         time == 0 ? COLUMN_SKIP : COLUMN_DECIDED_BY);
        table_import_set_column(import, 0, COLUMN_CLIENT_NUMBER);
        table_import_set_column(import, 1, COLUMN_DECIDED_BY);
        assert_ok(table_import_remember(import, &error));
    }
    assert_all_is_well(fixture);
}

static void test_what_is_missing_is_said(void **state)
{
    static const char *const HEADS[] = {"Brukarnr;Insats;Beslutsdatum\r\n",
                                        "Brukarnr;Insats;Beslutat av\r\n"};
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(HEADS); i++) {
        g_autofree char *path = file_of(fixture, HEADS[i], -1);
        const ImportOptions options = {.what = IMPORT_DECISIONS, .path = path};
        g_autoptr(TableImport) import = NULL;
        assert_ok((import = table_import_open(fixture->session, &options, &error)));
        g_autofree char *missing = table_import_missing(import);
        assert_non_null(missing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(test_a_file_is_read_in_once),
        IMPORT_TEST(test_the_law_goes_by_the_day),
        IMPORT_TEST(test_another_system),
        IMPORT_TEST(test_one_task_for_the_one_in_force),
        IMPORT_TEST(test_visits_after_the_end),
        IMPORT_TEST(test_one_that_differs_is_refused),
        IMPORT_TEST(test_one_entered_by_hand_is_there),
        IMPORT_TEST(test_a_list_of_what_holds),
        IMPORT_TEST(test_protected_is_as_nobody),
        IMPORT_TEST(test_an_administrator_reads_it_in),
        IMPORT_TEST(test_broken_off),
        IMPORT_TEST(test_a_spreadsheet),
        IMPORT_TEST(test_the_columns_are_remembered),
        IMPORT_TEST(test_what_is_missing_is_said),
    };
    return cmocka_run_group_tests_name("exchange/decision_import", tests, swedish_is_known, NULL);
}
