/* export.c: what the unit keeps as a file: the same read in again, for whoever may, in the log. */
#include "exchange/csv.h"
#include "tests/unit/exchange/fixture_export.h"

static const ExportFormat AS_TEXT[] = {EXPORT_CSV, EXPORT_JSON};

#define LOGGED "SELECT count(*) FROM audit WHERE action = 'export'"

/* More rows than are written, or read, between two calls of progress. */
#define SAMPLE 3000

static void the_sample_is_read_in_again(void **state)
{
    Units *units = *state;
    g_autofree char *bytes = NULL;
    gsize length;
    assert_true(g_file_get_contents(TRUE_FILE, &bytes, &length, NULL));
    char *end = bytes;
    for (int line = 0; line <= SAMPLE; line++)
        end = memchr(end, '\n', length - (gsize)(end - bytes)) + 1;
    g_autofree char *path = file_of(&units->unit, bytes, end - bytes);
    g_autoptr(TableImport) import = open_path(&units->unit, path);
    assert_true(run(import, FALSE).imported > SAMPLE - 20);
    assert_read_again(units, 0);
    assert_all_is_well(&units->other);
}

/* --- random visits ---------------------------------------------------------------------------- */

static const char *const TEXTS[] = {"=1+1",        "'=1+1", "''=",       "+46 8",    "-5",
                                    "@Anna",       "a;b,c", "\"så\" sa", "rad\nett", "'",
                                    "vanlig text", "1,5",   "0123",      "–",        "=",
                                    "=\"0123\"",   "\"",    "a\tb",      "x'=1"};

static const char *some_text(GRand *rand)
{
    return g_rand_boolean(rand) ? NULL : TEXTS[g_rand_int_range(rand, 0, G_N_ELEMENTS(TEXTS))];
}

static const char *some_cause(GRand *rand)
{
    static const char *const codes[] = {"MÅ", "ORO", "ORK", "SJU", "VIL", "ANN"};
    return codes[g_rand_int_range(rand, 0, G_N_ELEMENTS(codes))];
}

/* Everything that the columns can say; its texts are nobody's to free. */
static void fill_randomly(Visit *visit, GRand *rand)
{
    VisitOutcome *came = &visit->outcome;
    visit_outcome_init(came);
    visit->minutes = g_rand_int_range(rand, 1, 24 * 60 + 1);
    visit->mode = (VisitMode)g_rand_int_range(rand, 0, VISIT_MODE_COUNT);
    came->note = (char *)some_text(rand);
    came->outcome = (Outcome)g_rand_int_range(rand, OUTCOME_NONE, OUTCOME_COUNT);
    if (came->outcome == OUTCOME_NONE)
        return;
    came->by = (CancelledBy)g_rand_int_range(rand, BY_NONE, BY_COUNT);
    came->outcome = outcome_by(came->outcome, came->by);
    came->told = (ToldBy)g_rand_int_range(rand, TOLD_NONE, TOLD_COUNT);
    came->notice = g_rand_int_range(rand, -1, 500);
    came->words = (char *)some_text(rand);
    came->alternative = (Alternative)g_rand_int_range(rand, OFFER_NONE, OFFER_COUNT);
    came->alternative_taken = g_rand_int_range(rand, -1, 2);
    if (!outcome_has_cause(came->outcome) || g_rand_boolean(rand))
        return;
    came->cause = (char *)some_cause(rand);
    came->source = (CauseSource)g_rand_int_range(rand, SOURCE_NONE, SOURCE_COUNT);
    const char *further = some_cause(rand);
    if (!g_str_equal(further, came->cause))
        came->cause_further = (char *)further;
}

static gint64 add_person(Session *session, const char *number, const char *id_number,
                         const char *name)
{
    g_autoptr(Client) client = client_new();
    client->number = g_strdup(number);
    client->id_number = g_strdup(id_number);
    client->name = g_strdup(name);
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static void add_visits(Session *session, const gint64 *clients, int client_count, int count,
                       GRand *rand)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction_large(session_db(session), &error)));
    gint64 staff[3] = {0};
    assert_ok(
        (staff[1] = staff_add_known(session, "BS16", "Berit Stöd", ROLE_SUPPORT_WORKER, &error)));
    assert_ok((staff[2] = staff_add_known(session, "BS17", "=Carl; \"Calle\"", ROLE_SUPPORT_WORKER,
                                          &error)));
    assert_ok((batch = visit_batch_new(session, 0, &error)));
    for (int i = 0; i < count; i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->client_id = clients[i % client_count];
        visit->staff_id = staff[g_rand_int_range(rand, 0, 3)];
        visit->date = date_parse("2026-01-01") + i / client_count / 24;
        visit->start = i / client_count % 24 * 60;
        fill_randomly(visit, rand);
        assert_ok(visit_batch_add(batch, visit, &error) == BATCH_ADDED);
        memset(&visit->outcome, 0, sizeof visit->outcome);
    }
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

static void add_random_visits(Session *session, int count)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
    const gint64 clients[] = {add_person(session, "B1000", "19990914-2383", "Emil Ärlig"),
                              add_person(session, NULL, "20000831-2399", "Yusuf Essen"),
                              add_person(session, "=B7", NULL, "Kim \"K\"; Ek"),
                              add_person(session, "'+8", NULL, "-Stig")};
    add_visits(session, clients, G_N_ELEMENTS(clients), count, rand);
}

#define MANY 2000

static void make_random_unit(const Fixture *fixture)
{
    add_random_visits(fixture->session, MANY);
}

static void have_random_visits(Fixture *fixture)
{
    static FixtureFiles made;
    import_once(fixture, &made, make_random_unit);
}

static void random_visits_go_and_come(void **state, gsize way)
{
    Units *units = *state;
    have_random_visits(&units->unit);
    assert_read_again(units, way);
    assert_all_is_well(&units->other);
}

static void random_visits_are_read_in_again(void **state)
{
    random_visits_go_and_come(state, 0);
}

static void random_visits_to_the_letter_are_read_in_again(void **state)
{
    random_visits_go_and_come(state, 1);
}

static void random_visits_in_a_spreadsheet_are_read_in_again(void **state)
{
    random_visits_go_and_come(state, 2);
}

/* Every cell as it is. */
static void the_letter_of_the_rfc_guards_nothing(void **state)
{
    Units *units = *state;
    have_random_visits(&units->unit);
    g_autofree char *text = exported(
        units->unit.session,
        ORDER(.what = EXPORT_VISITS, .format = EXPORT_CSV, .words = TRUE, .strict = TRUE), NULL);
    assert_true(g_str_has_prefix(text, "Client number,Identity number,Name,"));
    g_autoptr(CsvReader) reader = csv_reader_new(text, strlen(text), ',');
    gboolean met[G_N_ELEMENTS(TEXTS)] = {FALSE};
    int rows = 0;
    CsvRow row;
    assert_true(csv_next(reader, &row));
    for (; csv_next(reader, &row); rows++) {
        const char *note = row.cells[row.count - 1];
        gboolean known = *note == '\0';
        for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++)
            if (g_str_equal(note, TEXTS[i]))
                known = met[i] = TRUE;
        if (!known)
            fail_msg("a note “%s”", note);
    }
    assert_int_equal(rows, MANY);
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        assert_true(met[i]);
}

/* --- what is written -------------------------------------------------------------------------- */

static gint64 plan_one(Session *session, gint64 client, const char *date)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = client;
    visit->date = date_parse(date);
    visit->start = 9 * 60;
    visit->minutes = 60;
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction_large(session_db(session), &error)));
    assert_ok((batch = visit_batch_new(session, 0, &error)));
    assert_ok(visit_batch_add(batch, visit, &error) == BATCH_ADDED);
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
    return client;
}

static void a_spreadsheet_runs_nothing(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    plan_one(session, add_person(session, "=cmd|1", NULL, "@Anna"), "2026-05-11");
    g_autofree char *text =
        exported(session, ORDER(.what = EXPORT_VISITS, .format = EXPORT_CSV), NULL);
    assert_true(g_str_has_prefix(text, "\xef\xbb\xbf"
                                       "Client number;Identity number;Name;Date;Begins;"));
    assert_non_null(strstr(text, "\r\n'=cmd|1;;'@Anna;2026-05-11;09:00;60;home visit;"));
}

static void shares_have_a_decimal_comma(void **state)
{
    Units *units = *state;
    read_true_file(&units->unit);
    const Date day = date_parse("2026-11-02");
    const ExportOrder order = {.what = EXPORT_WEEK, .format = EXPORT_CSV, .from = day, .to = day};
    g_autofree char *text = exported(units->unit.session, order, NULL);
    assert_non_null(strstr(text, "\r\n2026-W45;2026-11-02;476;476;60;0,1261;"));
    ExportOrder strict = order;
    strict.strict = TRUE;
    g_autofree char *other = exported(units->unit.session, strict, NULL);
    assert_non_null(strstr(other, "\r\n2026-W45,2026-11-02,476,476,60,0.1261,"));
}

static void days_are_both_included(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    const gint64 client = add_person(session, "B1", NULL, "Anna");
    for (int day = 10; day < 15; day++) {
        g_autofree char *date = g_strdup_printf("2026-05-%d", day);
        plan_one(session, client, date);
    }
    ExportOrder order = ORDER(.what = EXPORT_VISITS, .format = EXPORT_JSON);
    order.from = date_parse("2026-05-11");
    order.to = date_parse("2026-05-13");
    ExportResult result;
    g_autofree char *text = exported(session, order, &result);
    assert_int_equal(result.rows, 3);
    assert_non_null(strstr(text, "\"date\":\"2026-05-11\""));
    assert_non_null(strstr(text, "\"date\":\"2026-05-13\""));
}

static void nothing_is_headings_alone(void **state)
{
    Units *units = *state;
    static const char *const wanted[] = {[EXPORT_VISITS] = "Client number;",
                                         [EXPORT_RESPONSES] = "Form no.;Corrects no.;Begun on;",
                                         [EXPORT_TASKS] = "Due;Due at;",
                                         [EXPORT_WEEK] = "Year and week;",
                                         [EXPORT_CLIENTS] = "Client number;"};
    for (ExportWhat what = 0; what < EXPORT_WHAT_COUNT; what++) {
        ExportResult result;
        ExportOrder order = ORDER(.what = what, .format = EXPORT_CSV);
        if (what == EXPORT_WEEK) {
            order.from = date_parse("2026-12-20");
            order.to = date_parse("2026-12-01");
        }
        g_autofree char *text = exported(units->unit.session, order, &result);
        assert_int_equal(result.rows, 0);
        assert_true(g_str_has_prefix(text + 3, wanted[what]));
        assert_ptr_equal(strstr(text, "\r\n"), text + strlen(text) - 2);
        order.format = EXPORT_JSON;
        g_autofree char *json = exported(units->unit.session, order, &result);
        assert_string_equal(json, "[]\n");
    }
}

/* What an older program may have kept. */
static void control_characters_do_nothing(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    const gint64 client = plan_one(session, add_person(session, "B1", NULL, "Anna"), "2026-05-11");
    assert_ok(db_run(session_db(session), "UPDATE client SET name = :name WHERE id = :id",
                     DB_PARAMS(DB_TEXT("name", "A\x1b[2Jnna\x7f \xc2\x9b"), DB_INT("id", client)),
                     &error));
    for (gsize i = 0; i < G_N_ELEMENTS(AS_TEXT); i++) {
        g_autofree char *text =
            exported(session, ORDER(.what = EXPORT_CLIENTS, .format = AS_TEXT[i]), NULL);
        assert_null(strchr(text, '\x1b'));
        assert_null(strchr(text, '\x7f'));
        assert_null(strstr(text, "\xc2\x9b"));
        assert_non_null(strstr(text, "nna"));
    }
}

/* --- who, and the log ------------------------------------------------------------------------- */

static void own_words_are_asked_for_and_logged(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    add_random_visits(session, 200);
    g_autofree char *without =
        exported(session, ORDER(.what = EXPORT_VISITS, .format = EXPORT_CSV), NULL);
    assert_null(strstr(without, "vanlig text"));
    assert_null(strstr(without, "Own words"));
    const char *read = "SELECT count(DISTINCT client_id) FROM audit WHERE action = 'read'"
                       " AND entity = 'visit'";
    assert_int_equal(fixture_int(session, read), 0);
    g_autofree char *with =
        exported(session, ORDER(.what = EXPORT_VISITS, .format = EXPORT_CSV, .words = TRUE), NULL);
    assert_non_null(strstr(with, "vanlig text"));
    assert_int_equal(fixture_int(session, read), 4);
    assert_int_equal(fixture_int(session, LOGGED), 2);
    assert_int_equal(fixture_int(session, LOGGED " AND entity = 'visit' AND client_id IS NULL"
                                                 " AND changes LIKE '%\"words\":[0,1]%'"
                                                 " AND changes LIKE '%\"rows\":[-1,200]%'"
                                                 " AND changes LIKE '%\"format\":[null,\"csv\"]%'"),
                     1);
}

static void an_administrator_gets_counts_alone(void **state)
{
    Units *units = *state;
    fixture_user(&units->unit, "ada", ROLE_ADMINISTRATOR);
    fixture_reopen(&units->unit, "ada");
    Session *session = units->unit.session;
    g_autofree char *path = g_build_filename(units->unit.folder, "x.csv", NULL);
    for (ExportWhat what = 0; what < EXPORT_WHAT_COUNT; what++) {
        ExportResult result;
        const ExportOrder order = ORDER(.what = what, .format = EXPORT_CSV);
        if (what == EXPORT_WEEK)
            assert_ok(export_file(session, &order, path, TRUE, &result, &error));
        else
            assert_fails(export_file(session, &order, path, TRUE, &result, &error), ERROR_DENIED);
        assert_int_equal(g_file_test(path, G_FILE_TEST_EXISTS), what >= EXPORT_WEEK);
    }
    assert_int_equal(fixture_int(session, LOGGED), 1);
}

/* A client with protected identity, whom the team lead may open and a colleague may not. */
static void the_protected_are_asked_for(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    g_autoptr(Client) client = client_new();
    client->number = g_strdup("B9");
    client->name = g_strdup("Siv Skyddad");
    client->protection = PROTECTION_MARKED;
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    plan_one(session, client->id, "2026-05-11");
    plan_one(session, add_person(session, "B1", NULL, "Anna"), "2026-05-11");
    fixture_user(&units->unit, "hanna", ROLE_CASE_OFFICER);
    for (int colleague = 0; colleague < 2; colleague++) {
        session = units->unit.session;
        for (gsize i = 0; i < G_N_ELEMENTS(AS_TEXT); i++) {
            const ExportFormat format = AS_TEXT[i];
            ExportResult result;
            g_autofree char *without =
                exported(session, ORDER(.what = EXPORT_VISITS, .format = format), &result);
            assert_null(strstr(without, "Siv"));
            assert_non_null(strstr(without, "Anna"));
            assert_int_equal(result.protected, 1);
            assert_int_equal(result.rows, 1);
            g_autofree char *with =
                exported(session, ORDER(.what = EXPORT_VISITS, .format = format, .protected = TRUE),
                         &result);
            assert_int_equal(strstr(with, "Siv") != NULL, !colleague);
            assert_int_equal(result.protected, colleague);
        }
        g_autofree char *log =
            g_strdup_printf(LOGGED " AND client_id = %" G_GINT64_FORMAT, client->id);
        assert_int_equal(fixture_int(session, log), G_N_ELEMENTS(AS_TEXT));
        if (!colleague)
            fixture_reopen(&units->unit, "hanna");
    }
    assert_int_equal(fixture_faults(units->unit.session, NULL), 0);
}

static void it_is_logged_before_there_is_a_file(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    const ExportOrder order = ORDER(.what = EXPORT_CLIENTS, .format = EXPORT_CSV);
    g_autofree char *path = g_build_filename(units->unit.folder, "x.csv", NULL);
    ExportResult result;
    fixture_refuse(session, "audit", "TRUE");
    g_autoptr(GError) fault = NULL;
    assert_false(export_file(session, &order, path, FALSE, &result, &fault));
    assert_non_null(fault);
    assert_null(export_text(session, &order, &result, NULL));
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    fixture_take(session, "audit");
    assert_ok(export_file(session, &order, path, FALSE, &result, &error));
    assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_int_equal(fixture_int(session, LOGGED), 1);
}

static gboolean stop_soon(double share, gpointer calls)
{
    (void)share;
    return ++*(int *)calls < 3;
}

static void broken_off_it_leaves_nothing(void **state)
{
    Units *units = *state;
    int calls = 0;
    read_true_file(&units->unit);
    const ExportOrder order = ORDER(.what = EXPORT_VISITS, .format = EXPORT_CSV,
                                    .progress = stop_soon, .progress_data = &calls);
    g_autofree char *folder = g_build_filename(units->unit.folder, "out", NULL);
    g_autofree char *path = g_build_filename(folder, "x.csv", NULL);
    assert_int_equal(g_mkdir(folder, 0700), 0);
    ExportResult result;
    assert_fails(export_file(units->unit.session, &order, path, FALSE, &result, &error),
                 ERROR_CANCELLED);
    assert_int_equal(g_rmdir(folder), 0);
    assert_int_equal(fixture_int(units->unit.session, LOGGED), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNITS_TEST(the_sample_is_read_in_again),
        UNITS_TEST(random_visits_are_read_in_again),
        UNITS_TEST(random_visits_to_the_letter_are_read_in_again),
        UNITS_TEST(random_visits_in_a_spreadsheet_are_read_in_again),
        UNIT_TEST(the_letter_of_the_rfc_guards_nothing),
        UNIT_TEST(a_spreadsheet_runs_nothing),
        UNIT_TEST(shares_have_a_decimal_comma),
        UNIT_TEST(days_are_both_included),
        UNIT_TEST(nothing_is_headings_alone),
        UNIT_TEST(control_characters_do_nothing),
        UNIT_TEST(own_words_are_asked_for_and_logged),
        UNIT_TEST(an_administrator_gets_counts_alone),
        UNIT_TEST(the_protected_are_asked_for),
        UNIT_TEST(it_is_logged_before_there_is_a_file),
        UNIT_TEST(broken_off_it_leaves_nothing),
    };

    return cmocka_run_group_tests_name("exchange/export", tests, NULL, NULL);
}
