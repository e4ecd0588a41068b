/* task_import.c: tasks read in from a file: as they were exported, to the byte; what is refused;
 * what is there already. */
#include "care/client/client_guard.h"
#include "care/task/task.h"
#include "care/visit/visit_add.h"
#include "tests/unit/exchange/fixture_export.h"

#define TASKS                                                                                      \
    "Senast;Ska göras kl;Slags uppgift;Klientnr;Personnummer;Brukare;Personal;"                   \
    "Besökets dag;Besökets tid;Anteckning\r\n"

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
    }
    return g_strdup(told->str);
}

#define assert_answer(fixture, rows, dry_run, wanted)                                              \
    do {                                                                                           \
        g_autofree char *text = g_strconcat(TASKS, (rows), NULL);                                  \
        g_autoptr(TableImport) file = open_text((fixture), text);                                  \
        assert_int_equal(table_import_what(file), IMPORT_TASKS);                                   \
        g_autofree char *told = answer_to(file, (dry_run));                                        \
        assert_string_equal(told, (wanted));                                                       \
    } while (0)

static gint64 add_client(Session *session, const char *number, const char *id, const char *name)
{
    g_autoptr(Client) client = client_new();
    client->number = g_strdup(number);
    client->id_number = g_strdup(id);
    client->name = g_strdup(name);
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static gint64 add_visit(Session *session, gint64 client)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = client;
    visit->date = date_parse("2026-11-30");
    visit->start = 10 * 60;
    visit->minutes = 60;
    assert_ok(visit_add(session, visit, &error));
    return visit->id;
}

static void add_tasks(Session *session, gint64 client, gint64 visit, GRand *rand)
{
    static const char *const notes[] = {NULL,       "=1+1",   "'=1+1", "a;b,c",
                                        "rad\nett", "\"så\"", "0123"};
    for (int i = 0; i < 200; i++) {
        g_autoptr(Task) task = task_new();
        task->kind = (TaskKind)g_rand_int_range(rand, 0, TASK_KIND_COUNT);
        task->due_date = date_parse("2026-11-23") + g_rand_int_range(rand, 0, 9);
        task->due_time = g_rand_boolean(rand) ? -1 : g_rand_int_range(rand, 0, 24 * 60);
        task->client_id = g_rand_boolean(rand) ? client : 0;
        task->visit_id = task->client_id != 0 && g_rand_boolean(rand) ? visit : 0;
        task->staff_id = g_rand_boolean(rand) ? session_staff_id(session) : 0;
        task->note = g_strdup(notes[g_rand_int_range(rand, 0, G_N_ELEMENTS(notes))]);
        assert_ok(task_add(session, task, &error));
    }
}

static char *exported_tasks(const Fixture *fixture)
{
    return exported(fixture->session,
                    ORDER(.what = EXPORT_TASKS, .format = EXPORT_CSV, .words = TRUE), NULL);
}

/* In each of the program's languages, to the byte, also those that are alike; the second time there
 * is nothing new. */
static void tasks_go_and_come(void **state, gsize way)
{
    static const char *const languages[] = {"sv", "en", "fi"};
    Units *units = *state;
    Session *const sessions[] = {units->unit.session, units->other.session};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261130);
    gint64 client[2], visit[2];
    for (int i = 0; i < 2; i++) {
        client[i] = add_client(sessions[i], "B1000", "19990914-2383", "Emil Ärlig");
        visit[i] = add_visit(sessions[i], client[i]);
    }
    add_tasks(sessions[0], client[0], visit[0], rand);
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        i18n_init(languages[i]);
        g_autofree char *text = exported_tasks(&units->unit);
        g_autofree char *path = export_way(&units->unit, EXPORT_TASKS, way);
        for (int time = 0; time < 2; time++) {
            g_autoptr(TableImport) import = open_way(&units->other, path, way);
            assert_int_equal(table_import_what(import), IMPORT_TASKS);
            g_auto(GStrv) unknown = table_import_unknown(import);
            assert_int_equal(g_strv_length(unknown), 0);
            g_autofree char *dry = answer_to(import, TRUE);
            g_autofree char *told = answer_to(import, FALSE);
            assert_string_equal(told, dry);
            assert_string_equal(told, i + (gsize)time == 0 ? "200/0/0" : "0/200/0");
        }
        g_autofree char *again = exported_tasks(&units->other);
        assert_string_equal(again, text);
    }
    i18n_init("en");
    assert_all_is_well(&units->other);
}

static void what_is_exported_is_read_in_again(void **state)
{
    tasks_go_and_come(state, 0);
}

static void to_the_letter_it_is_read_in_again(void **state)
{
    tasks_go_and_come(state, 1);
}

static void as_a_spreadsheet_it_is_read_in_again(void **state)
{
    tasks_go_and_come(state, 2);
}

static void a_row_is_refused_with_line_and_column(void **state)
{
    const Fixture *fixture = *state;
    const gint64 client = add_client(fixture->session, "B1000", "19990914-2383", "Emil Ärlig");
    add_visit(fixture->session, client);
    static const char rows[] =
        ";;;;;;;;;ingen dag\r\n"
        "i morgon;;;;;;;;;x\r\n"
        "2026-12-01;kl 8;;;;;;;;x\r\n"
        "2026-12-01;;Städa;;;;;;;x\r\n"
        "2026-12-01;;;B9;;Siv Ek;;;;ej där\r\n"
        "2026-12-01;;;;;Emil Ärlig;;;;utan nummer\r\n"
        "2026-12-01;;;B1000;;Siv Ek;;;;annat namn\r\n"
        "2026-12-01;;;B1000;;Emil Ärlig;;2026-11-30;;utan tid\r\n"
        "2026-12-01;;;;;;;2026-11-30;10:00;utan brukare\r\n"
        "2026-12-01;;;B1000;;Emil Ärlig;;2026-11-30;11:00;fel tid\r\n"
        "2026-12-01;#N/A;;;;;;;;x\r\n"
        "2026-12-01;08:30;follow-up;B1000;;Emil Ärlig;;2026-11-30;10:00;x\r\n"
        "2026-12-02;;;B1000;;Emil Ärlig;Rut Ny;;;får inte öppna kortet\r\n"
        "2026-12-02;;;;;;Nils Ny;;;för någon ny\r\n";
    static const char wanted[] = "2/0/12\n2 Senast\n3 Senast\n4 Ska göras kl\n5 Slags uppgift\n"
                                 "6 Personnummer\n7 Personnummer\n8 Brukare\n9 Besökets dag\n"
                                 "10 Besökets dag\n11 -\n12 Ska göras kl\n14 Personal";
    assert_answer(fixture, rows, TRUE, wanted);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM task"), 0);
    assert_answer(fixture, rows, FALSE, wanted);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM task t JOIN visit v ON v.id = t.visit_id"
                                 " WHERE t.kind = 'follow-up' AND v.date = '2026-11-30'"),
                     1);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM staff WHERE name = 'Nils Ny'"), 1);
    assert_all_is_well(fixture);
}

/* Somebody whom the unit does not know: the sentence says what to read in first, and nobody is added
 * for a task that is refused. */
static void what_is_to_be_read_in_first_is_said(void **state)
{
    const Fixture *fixture = *state;
    static const struct {
        const char *row, *says;
    } refused[] = {
        {"2026-12-01;;;B9;;Siv Ek;;;;x\r\n", "Read in the clients first"},
        {"2026-12-01;;;B1000;;Emil Ärlig;Rut Ny;;;x\r\n", "Read in the clients and the visits first"},
        {"2026-12-01;;;B1000;;Emil Ärlig;Per Ny;;;x\r\n", "Read in the clients and the visits first"},
    };
    add_client(fixture->session, "B1000", "19990914-2383", "Emil Ärlig");
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(fixture->session), &error)));
    assert_ok(staff_add_known(fixture->session, "PN", "Per Ny", ROLE_SUPPORT_WORKER, &error) != 0);
    assert_ok(db_transaction_commit(tx, &error));
    const gint64 staff = fixture_int(fixture->session, "SELECT count(*) FROM staff");
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *text = g_strconcat(TASKS, refused[i].row, NULL);
        g_autoptr(TableImport) import = open_text(fixture, text);
        g_free(answer_to(import, FALSE));
        const GPtrArray *faults = table_import_faults(import);
        assert_int_equal(faults->len, 1);
        assert_non_null(strstr(((const ImportFault *)faults->pdata[0])->reason, refused[i].says));
    }
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM staff"), staff);
}

/* Done ones are not opened again by the file that they once came with. */
static void what_is_done_stays_done(void **state)
{
    const Fixture *fixture = *state;
    static const char row[] = "2026-12-01;;;;;;;;;Städa förrådet\r\n";
    assert_answer(fixture, row, FALSE, "1/0/0");
    const gint64 id = fixture_int(fixture->session, "SELECT max(id) FROM task");
    assert_ok(task_finish(fixture->session, id, "klart", &error));
    assert_answer(fixture, row, FALSE, "0/1/0");
    assert_answer(fixture,
                  "2026-12-01;;;;;;;;;Städa förrådet\r\n2026-12-01;;;;;;;;;Städa förrådet\r\n",
                  FALSE, "1/1/0");
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM task WHERE done_ms IS NULL"), 1);
}

static void a_day_is_what_it_takes(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *path = file_of(fixture, "Brukare;Anteckning;När\r\nA;b;c\r\n", -1);
    const ImportOptions options = {.what = IMPORT_TASKS, .path = path};
    g_autoptr(TableImport) import = NULL;
    assert_ok((import = table_import_open(fixture->session, &options, &error)));
    g_autofree char *missing = table_import_missing(import);
    assert_non_null(strstr(missing, "due"));
    table_import_set_column(import, 2, COLUMN_DUE_DATE);
    assert_null(table_import_missing(import));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNITS_TEST(what_is_exported_is_read_in_again),
        UNITS_TEST(to_the_letter_it_is_read_in_again),
        UNITS_TEST(as_a_spreadsheet_it_is_read_in_again),
        IMPORT_TEST(a_row_is_refused_with_line_and_column),
        IMPORT_TEST(what_is_to_be_read_in_first_is_said),
        IMPORT_TEST(what_is_done_stays_done),
        IMPORT_TEST(a_day_is_what_it_takes),
    };
    return cmocka_run_group_tests_name("exchange/task_import", tests, NULL, NULL);
}
