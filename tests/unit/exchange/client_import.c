/* client_import.c: clients read in from a file. */
#include "care/client/client_guard.h"
#include "tests/unit/exchange/fixture_export.h"

#define CLIENTS                                                                                    \
    "Klientnr;Personnummer;Namn;Födelsedatum;Boendestödjare;Aktiv;Skyddade uppgifter\r\n"

static TableImport *open_clients(const Fixture *fixture, const char *rows)
{
    g_autofree char *text = g_strconcat(CLIENTS, rows, NULL);
    return open_text(fixture, text);
}

/* "imported/there/refused", then a line "line column" of each refusal. New. */
static char *answer_to(TableImport *import, gboolean dry_run)
{
    const ImportResult result = run(import, dry_run);
    const GPtrArray *faults = table_import_faults(import);
    g_autoptr(GString) told = g_string_new(NULL);
    g_string_printf(told, "%d/%d/%d", result.imported, result.duplicates, result.rejected);
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        g_string_append_printf(told, "\n%d %s", fault->line,
                               fault->column != NULL ? fault->column : "-");
        assert_true(*fault->reason != '\0');
    }
    return g_strdup(told->str);
}

#define assert_answer(fixture, rows, dry_run, wanted)                                              \
    do {                                                                                           \
        g_autoptr(TableImport) file = open_clients((fixture), (rows));                             \
        g_autofree char *told = answer_to(file, (dry_run));                                        \
        assert_string_equal(told, (wanted));                                                       \
    } while (0)

static void add(Session *session, const char *number, const char *id, const char *name,
                Protection protection, gboolean active, gint64 worker)
{
    g_autoptr(Client) client = client_new();
    client->number = g_strdup(number);
    client->id_number = g_strdup(id);
    client->name = g_strdup(name);
    client->birth_date = id == NULL ? date_parse("1990-02-03") : DATE_NONE;
    client->protection = protection;
    client->active = active;
    client->support_worker_id = worker;
    assert_ok(client_add(session, client, &error));
}

static gint64 add_worker(Session *session, const char *name)
{
    gint64 id = 0;
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(session), &error)));
    assert_ok((id = staff_add_known(session, "BS1", name, ROLE_SUPPORT_WORKER, &error)));
    assert_ok(db_transaction_commit(tx, &error));
    return id;
}

static char *exported_clients(const Fixture *fixture)
{
    return exported(fixture->session,
                    ORDER(.what = EXPORT_CLIENTS, .format = EXPORT_CSV, .protected = TRUE), NULL);
}

/* In each of the program's languages, to the byte; the second time there is nothing new. */
static void clients_go_and_come(void **state, gsize way)
{
    static const char *const languages[] = {"sv", "en", "fi"};
    Units *units = *state;
    Session *session = units->unit.session;
    const gint64 worker = add_worker(session, "Berit Stöd");
    add(session, "B1000", "19990914-2383", "Emil Ärlig", PROTECTION_NONE, TRUE, worker);
    add(session, NULL, "20000831-2399", "Yusuf Essen", PROTECTION_NONE, FALSE, 0);
    add(session, "=1+1", NULL, "Siv Skyddad", PROTECTION_POPULATION, TRUE, 0);
    add(session, NULL, NULL, "Kim \"Kimmen\"; Ek", PROTECTION_FICTITIOUS, TRUE, worker);
    /* Days that spreadsheets count otherwise, or not at all. */
    g_autoptr(TableImport) old =
        open_text(&units->unit, "Namn;Födelsedatum;Aktiv\r\nAlva Ek;1900-01-15;ja\r\n"
                                "Beda Ek;1899-12-31;ja\r\nCilla Ek;1900-03-01;nej\r\n");
    g_autofree char *added = answer_to(old, FALSE);
    assert_string_equal(added, "3/0/0");
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        i18n_init(languages[i]);
        g_autofree char *text = exported_clients(&units->unit);
        g_autofree char *path = export_way(&units->unit, EXPORT_CLIENTS, way);
        for (int time = 0; time < 2; time++) {
            g_autoptr(TableImport) import = open_way(&units->other, path, way);
            assert_int_equal(table_import_what(import), IMPORT_CLIENTS);
            g_auto(GStrv) unknown = table_import_unknown(import);
            assert_int_equal(g_strv_length(unknown), 0);
            g_autofree char *told = answer_to(import, FALSE);
            assert_string_equal(told, i + (gsize)time == 0 ? "7/0/0" : "0/7/0");
        }
        g_autofree char *again = exported_clients(&units->other);
        assert_string_equal(again, text);
    }
    i18n_init("en");
    assert_all_is_well(&units->other);
}

static void what_is_exported_is_read_in_again(void **state)
{
    clients_go_and_come(state, 0);
}

static void to_the_letter_it_is_read_in_again(void **state)
{
    clients_go_and_come(state, 1);
}

static void as_a_spreadsheet_it_is_read_in_again(void **state)
{
    clients_go_and_come(state, 2);
}

static void a_row_is_refused_with_line_and_column(void **state)
{
    const Fixture *fixture = *state;
    static const char rows[] = "B1;;Anna Ett;;;;\r\n"
                               "B2;19990914-2384;Emil Ärlig;;;;\r\n"
                               "B3;;;;;;\r\n"
                               "B4;;Siv Ett;i går;;;\r\n"
                               "B5;;Siv Två;;;kanske;\r\n"
                               "B6;;Siv Tre;;;;hemlig\r\n"
                               "B7;;Siv Fyra;2027-01-01;;;\r\n"
                               "B1;;Anna Ett;;;;\r\n"
                               "B8;19990914-2383;Emil Ärlig;1999-09-15;;;\r\n"
                               "B9;20000831-2399;Yusuf Essen;;Carl Stöd;nej;ja\r\n";
    static const char wanted[] = "2/0/8\n3 Personnummer\n4 Namn\n5 Födelsedatum\n6 Aktiv\n"
                                 "7 Skyddade uppgifter\n8 -\n9 Klientnr\n10 Födelsedatum";
    const gint64 before = rows_in_all(fixture);
    assert_answer(fixture, rows, TRUE, wanted);
    assert_int_equal(rows_in_all(fixture), before + 1); /* that it was looked through */
    assert_answer(fixture, rows, FALSE, wanted);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM client WHERE protection = 'marked'"
                                 " AND active = 0 AND birth_date = '2000-08-31'"
                                 " AND support_worker_id IS NOT NULL"),
                     1);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM import"), 1);
    assert_all_is_well(fixture);
}

/* What a file leaves out contradicts nothing; what it says otherwise is for the card. */
static void a_card_is_left_as_it_is(void **state)
{
    const Fixture *fixture = *state;
    assert_answer(fixture, "B1;19990914-2383;Emil Ärlig;;Berit Stöd;ja;\r\n", FALSE, "1/0/0");
    assert_answer(fixture, "B1;;Ärlig, Emil;;;;\r\n", FALSE, "0/1/0");
    assert_answer(fixture, "B1;;Siv Svensson;;;;\r\n", FALSE, "0/0/1\n2 Namn");
    assert_answer(fixture, "B2;19990914-2383;Emil Ärlig;;;;\r\n", FALSE, "0/0/1\n2 Klientnr");
    assert_answer(fixture, "B1;20000831-2399;Emil Ärlig;;;;\r\n", FALSE, "0/0/1\n2 Personnummer");
    assert_answer(fixture, "B1;;Emil Ärlig;;Carl Stöd;;\r\n", FALSE, "0/0/1\n2 Boendestödjare");
    assert_answer(fixture, "B1;;Emil Ärlig;;;nej;\r\n", FALSE, "0/0/1\n2 Aktiv");
    assert_answer(fixture, "B1;;Emil Ärlig;;;;sekretessmarkering\r\n", FALSE,
                  "0/0/1\n2 Skyddade uppgifter");
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM client WHERE number = 'B1' AND version = 1"),
                     1);
    assert_all_is_well(fixture);
}

/* B8: as of somebody whom nobody knows, and the log says who was met. */
static void a_dry_run_does_not_tell_who_is_there(void **state)
{
    static const char *const rows[] = {
        ";%s;Siv Svensson;;;;\r\n",
        ";%s;Yusuf Essen;;;;\r\n",
        ";%s;Yusuf Essen;;;;\r\n;%s;Yusuf Essen;;;;\r\n",
        "B1000;%s;Emil Ärlig;;;;\r\n",
    };
    Fixture *fixture = *state;
    fixture_user(fixture, "handl", ROLE_CASE_OFFICER);
    const char *lead = g_intern_string(session_login(fixture->session));
    fixture_reopen(fixture, "handl");
    add(fixture->session, "B1001", "20000831-2399", "Yusuf Essen", PROTECTION_MARKED, TRUE, 0);
    fixture_reopen(fixture, lead);
    assert_answer(fixture, "B1000;19990914-2383;Emil Ärlig;;;;\r\n", FALSE, "1/0/0");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) parts = g_strsplit(rows[i], "%s", -1);
        g_autofree char *hers = g_strjoinv("20000831-2399", parts);
        g_autofree char *nobodys = g_strjoinv("19920911-2391", parts);
        g_autoptr(TableImport) one = open_clients(fixture, hers);
        g_autofree char *of_hers = answer_to(one, TRUE);
        g_autoptr(TableImport) other = open_clients(fixture, nobodys);
        g_autofree char *of_nobodys = answer_to(other, TRUE);
        assert_string_equal(of_hers, of_nobodys);
    }
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'met'"), 3);
    assert_answer(fixture, ";20000831-2399;Yusuf Essen;;;;\r\n", FALSE, "0/1/0");
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM audit WHERE action = 'met'"), 4);
    assert_all_is_well(fixture);
}

static void what_a_file_holds_is_seen_by_its_columns(void **state)
{
    static const struct {
        const char *headings;
        ImportWhat what;
    } cases[] = {
        {HEADING, IMPORT_VISITS},
        {CLIENTS, IMPORT_CLIENTS},
        {"Förnamn;Efternamn;Personnummer\r\n", IMPORT_CLIENTS},
        {"Brukarnr;Namn;Telefon\r\n", IMPORT_VISITS},
        {"Brukarnr;Namn;Telefon;Född\r\n", IMPORT_CLIENTS},
        {"Vem;Namn;När;Hur dags\r\n", IMPORT_VISITS},
        {"Brukarnr;Namn;Starttid\r\n", IMPORT_VISITS},
        {"Brukarnr;Personnummer;Telefon\r\n", IMPORT_VISITS},
        {"Namn;Född\r\n", IMPORT_CLIENTS}, /* two that are known are no title */
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TableImport) import = open_text(fixture, cases[i].headings);
        assert_int_equal(table_import_what(import), cases[i].what);
    }
    /* Whoever says so goes first, and has a column of the one kind alone. */
    g_autofree char *path = file_of(fixture, CLIENTS, -1);
    const ImportOptions options = {.what = IMPORT_VISITS, .path = path};
    g_autoptr(TableImport) import = NULL;
    assert_ok((import = table_import_open(fixture->session, &options, &error)));
    assert_int_equal(table_import_what(import), IMPORT_VISITS);
    g_autofree char *missing = table_import_missing(import);
    assert_non_null(missing);
    g_auto(GStrv) unknown = table_import_unknown(import);
    assert_int_equal(g_strv_length(unknown), 3);
}

/* A case system's list has the case officer too: whoever is not known is added, and the tasks of
 * the client's decisions are theirs. */
static void the_case_officer_is_read_in(void **state)
{
    static const char heading[] = "Brukarnr;Namn;Handläggare\r\n";
    static const struct {
        const char *row, *wanted;
    } cases[] = {
        {"B1;Anna Ett;Bo Ek\r\nB2;Siv Två;Bo Ek\r\nB3;Kim Tre;\r\n", "3/0/0"},
        {"B1;Anna Ett;Bo Ek\r\nB2;Siv Två;\r\nB3;Kim Tre;\r\n", "0/3/0"},
        {"B1;Anna Ett;Eva Ny\r\n", "0/0/1\n2 Handläggare"},
    };
    const Fixture *fixture = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(heading, cases[i].row, NULL);
        g_autoptr(TableImport) import = open_text(fixture, text);
        assert_int_equal(table_import_what(import), IMPORT_CLIENTS);
        g_autofree char *told = answer_to(import, FALSE);
        assert_string_equal(told, cases[i].wanted);
    }
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM client c JOIN staff s ON s.id ="
                                 " c.case_officer_id WHERE s.name = 'Bo Ek' AND s.role ="
                                 " 'case-officer' AND s.login IS NULL"),
                     2);
    assert_all_is_well(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNITS_TEST(what_is_exported_is_read_in_again),
        UNITS_TEST(to_the_letter_it_is_read_in_again),
        UNITS_TEST(as_a_spreadsheet_it_is_read_in_again),
        IMPORT_TEST(a_row_is_refused_with_line_and_column),
        IMPORT_TEST(a_card_is_left_as_it_is),
        IMPORT_TEST(a_dry_run_does_not_tell_who_is_there),
        IMPORT_TEST(what_a_file_holds_is_seen_by_its_columns),
        IMPORT_TEST(the_case_officer_is_read_in),
    };
    return cmocka_run_group_tests_name("exchange/client_import", tests, NULL, NULL);
}
