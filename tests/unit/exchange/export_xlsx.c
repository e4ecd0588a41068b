/* export_xlsx.c: a spreadsheet with types, opened with unzip and read as XML. */
#include "care/improvement/improvement.h"
#include "tests/unit/exchange/fixture_export.h"

/* A part of the workbook. New; "" where there is none. */
static char *part_of(const char *path, const char *part)
{
    const char *const arguments[] = {"unzip", "-p", path, part, NULL};
    char *text = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL |
                                 G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                             NULL, NULL, &text, NULL, &status, NULL));
    return text;
}

/* The cells of a sheet: "A1" → its value, kind before it: "s:Name", "n:46153". */
typedef struct {
    GHashTable *cells;
    char *at;
    gboolean text, inside;
    int formulas, rows;
} Sheet;

static void element_begins(GMarkupParseContext *context, const char *name, const char **names,
                           const char **values, gpointer data, GError **error)
{
    (void)context;
    (void)error;
    Sheet *sheet = data;
    sheet->rows += g_str_equal(name, "row");
    sheet->formulas += g_str_equal(name, "f");
    sheet->inside = g_str_equal(name, "v") || g_str_equal(name, "t");
    if (!g_str_equal(name, "c"))
        return;
    sheet->text = FALSE;
    for (int i = 0; names[i] != NULL; i++) {
        if (g_str_equal(names[i], "r")) {
            g_free(sheet->at);
            sheet->at = g_strdup(values[i]);
        }
        if (g_str_equal(names[i], "t"))
            sheet->text = g_str_equal(values[i], "inlineStr");
    }
}

static void text_stands(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                        GError **error)
{
    (void)context;
    (void)error;
    Sheet *sheet = data;
    if (sheet->inside)
        g_hash_table_insert(sheet->cells, g_strdup(sheet->at),
                            g_strdup_printf("%s:%.*s", sheet->text ? "s" : "n", (int)length, text));
}

static void element_ends(GMarkupParseContext *context, const char *name, gpointer data,
                         GError **error)
{
    (void)context;
    (void)name;
    (void)error;
    ((Sheet *)data)->inside = FALSE;
}

static Sheet read_sheet(const char *path)
{
    static const GMarkupParser parser = {
        .start_element = element_begins, .text = text_stands, .end_element = element_ends};
    Sheet sheet = {.cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    g_autofree char *xml = part_of(path, "xl/worksheets/sheet1.xml");
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &sheet, NULL);
    assert_ok(g_markup_parse_context_parse(context, xml, -1, &error));
    assert_ok(g_markup_parse_context_end_parse(context, &error));
    g_free(sheet.at);
    return sheet;
}

static const char *cell_of(const Sheet *sheet, const char *at)
{
    const char *value = g_hash_table_lookup(sheet->cells, at);
    return value != NULL ? value : "";
}

static char *written(const Fixture *unit, ExportOrder order, ExportResult *result)
{
    char *path = g_build_filename(unit->folder, "x.xlsx", NULL);
    assert_ok(export_file(unit->session, &order, path, TRUE, result, &error));
    return path;
}

static gint64 add_person(Session *session, const char *number, const char *name)
{
    g_autoptr(Client) client = client_new();
    client->number = g_strdup(number);
    client->name = g_strdup(name);
    client->active = TRUE;
    assert_ok(client_add(session, client, &error));
    return client->id;
}

static void add_visits(Session *session, gint64 client, int count, const char *note)
{
    g_autoptr(DbTransaction) tx = NULL;
    g_autoptr(VisitBatch) batch = NULL;
    assert_ok((tx = db_transaction_large(session_db(session), &error)));
    assert_ok((batch = visit_batch_new(session, 0, &error)));
    for (int i = 0; i < count; i++) {
        g_autoptr(Visit) visit = visit_new();
        visit->client_id = client;
        visit->date = date_parse("2026-05-11") - i / 10;
        visit->start = 9 * 60 + i % 10;
        visit->minutes = 45;
        visit->outcome.note = g_strdup(note);
        assert_ok(visit_batch_add(batch, visit, &error) == BATCH_ADDED);
    }
    assert_ok(visit_batch_finish(batch, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

static void cells_have_types(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    ExportResult result;
    add_visits(session, add_person(session, "=1+1", "@Anna"), 1, "=HYPERLINK(\"x\")");
    g_autofree char *path = written(
        &units->unit, ORDER(.what = EXPORT_VISITS, .format = EXPORT_XLSX, .words = TRUE), &result);
    Sheet sheet = read_sheet(path);
    assert_string_equal(cell_of(&sheet, "A1"), "s:Client number");
    assert_string_equal(cell_of(&sheet, "D1"), "s:Date");
    /* Texts, whatever they begin with; nothing in front of them. */
    assert_string_equal(cell_of(&sheet, "A2"), "s:=1+1");
    assert_string_equal(cell_of(&sheet, "C2"), "s:@Anna");
    assert_string_equal(cell_of(&sheet, "T2"), "s:=HYPERLINK(\"x\")");
    assert_int_equal(sheet.formulas, 0);
    /* 11 May 2026 is day 46153; nine o'clock is 0.375 of it. */
    assert_string_equal(cell_of(&sheet, "D2"), "n:46153");
    assert_string_equal(cell_of(&sheet, "E2"), "n:0.375");
    assert_string_equal(cell_of(&sheet, "F2"), "n:45");
    g_autofree char *xml = part_of(path, "xl/worksheets/sheet1.xml");
    g_autofree char *styles = part_of(path, "xl/styles.xml");
    assert_non_null(strstr(xml, "<autoFilter ref=\"A1:T2\""));
    assert_non_null(strstr(xml, "state=\"frozen\""));
    assert_non_null(strstr(styles, "formatCode=\"yyyy-mm-dd\""));
    assert_non_null(strstr(styles, "formatCode=\"hh:mm\""));
    g_hash_table_unref(sheet.cells);
}

static void ten_thousand_rows_are_there(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    ExportResult result;
    add_visits(session, add_person(session, "B1", "Anna"), 10000, NULL);
    g_autofree char *path =
        written(&units->unit, ORDER(.what = EXPORT_VISITS, .format = EXPORT_XLSX), &result);
    Sheet sheet = read_sheet(path);
    assert_int_equal(result.rows, 10000);
    assert_int_equal(sheet.rows, 10001);
    assert_string_equal(cell_of(&sheet, "D10001"), "n:46153");
    g_hash_table_unref(sheet.cells);
    /* Nothing of the library's own is left beside it. */
    g_autoptr(GDir) folder = g_dir_open(units->unit.folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        assert_true(g_str_equal(name, "x.xlsx") || g_str_equal(name, "unit") ||
                    g_str_equal(name, "share"));
}

static void weeks_have_a_chart(void **state)
{
    Units *units = *state;
    ExportResult result;
    read_true_file(&units->unit);
    g_autofree char *path =
        written(&units->unit, ORDER(.what = EXPORT_WEEK, .format = EXPORT_XLSX), &result);
    Sheet sheet = read_sheet(path);
    assert_int_equal(result.rows, 26);
    assert_string_equal(cell_of(&sheet, "F1"), "s:Share not taken");
    assert_true(g_str_has_prefix(cell_of(&sheet, "F27"), "n:0.126"));
    g_autofree char *chart = part_of(path, "xl/charts/chart1.xml");
    assert_non_null(strstr(chart, "Week!$F$2:$F$27"));
    assert_non_null(strstr(chart, "Week!$G$2:$G$27"));
    assert_non_null(strstr(chart, "Week!$A$2:$A$27"));
    assert_null(strstr(chart, "Week!$H$2:$H$27")); /* there is no target */
    assert_string_equal(cell_of(&sheet, "H1"), "s:Target");
    assert_string_equal(cell_of(&sheet, "H27"), "");
    g_hash_table_unref(sheet.cells);
}

/* The target is the same line as on the screen and on paper. */
static void weeks_have_their_target_in_the_chart(void **state)
{
    Units *units = *state;
    ExportResult result;
    read_true_file(&units->unit);
    g_autoptr(Improvement) work = improvement_new(date_parse("2026-05-11"));
    work->name = g_strdup("Fler besök blir av");
    work->aim = g_strdup("Att fler får stöd.");
    work->measure = g_strdup("Andelen.");
    work->target = 120;
    assert_ok(improvement_save(units->unit.session, work, &error));
    g_autofree char *path =
        written(&units->unit, ORDER(.what = EXPORT_WEEK, .format = EXPORT_XLSX), &result);
    Sheet sheet = read_sheet(path);
    assert_string_equal(cell_of(&sheet, "H2"), "n:0.12");
    assert_string_equal(cell_of(&sheet, "H27"), "n:0.12");
    g_autofree char *chart = part_of(path, "xl/charts/chart1.xml");
    assert_non_null(strstr(chart, "Week!$H$2:$H$27"));
    g_hash_table_unref(sheet.cells);
}

/* A wrapped heading is not cut, and on paper every page has the whole width and its headings. */
static void headings_have_room_and_pages_the_width(void **state)
{
    Units *units = *state;
    ExportResult result;
    g_autofree char *path =
        written(&units->unit, ORDER(.what = EXPORT_WEEK, .format = EXPORT_XLSX), &result);
    g_autofree char *xml = part_of(path, "xl/worksheets/sheet1.xml");
    g_autofree char *book = part_of(path, "xl/workbook.xml");
    assert_non_null(strstr(xml, "ht=\"45\""));
    assert_non_null(strstr(xml, "orientation=\"landscape\""));
    assert_non_null(strstr(xml, "fitToHeight=\"0\""));
    assert_non_null(strstr(book, "Print_Titles"));
}

static void nothing_is_headings_alone(void **state)
{
    Units *units = *state;
    for (ExportWhat what = 0; what < EXPORT_WHAT_COUNT; what++) {
        ExportResult result;
        ExportOrder order = ORDER(.what = what, .format = EXPORT_XLSX);
        if (what == EXPORT_WEEK) {
            order.from = date_parse("2026-12-20");
            order.to = date_parse("2026-12-01");
        }
        g_autofree char *path = written(&units->unit, order, &result);
        Sheet sheet = read_sheet(path);
        assert_int_equal(result.rows, 0);
        assert_int_equal(sheet.rows, 1);
        assert_true(strlen(cell_of(&sheet, "A1")) > 2);
        g_hash_table_unref(sheet.cells);
    }
}

static void what_a_cell_cannot_hold_leaves_no_file(void **state)
{
    Units *units = *state;
    Session *session = units->unit.session;
    g_autofree char *note = g_strnfill(40000, 'x');
    g_autofree char *path = g_build_filename(units->unit.folder, "x.xlsx", NULL);
    add_visits(session, add_person(session, "B1", "Anna"), 1, note);
    ExportResult result;
    const ExportOrder order = ORDER(.what = EXPORT_VISITS, .format = EXPORT_XLSX, .words = TRUE);
    assert_fails(export_file(session, &order, path, FALSE, &result, &error), ERROR_INPUT);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_autoptr(GError) fault = NULL;
    assert_null(export_text(session, &order, &result, &fault));
    assert_true(g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_TEST(cells_have_types),
        UNIT_TEST(ten_thousand_rows_are_there),
        UNIT_TEST(weeks_have_a_chart),
        UNIT_TEST(weeks_have_their_target_in_the_chart),
        UNIT_TEST(headings_have_room_and_pages_the_width),
        UNIT_TEST(nothing_is_headings_alone),
        UNIT_TEST(what_a_cell_cannot_hold_leaves_no_file),
    };

    return cmocka_run_group_tests_name("exchange/export_xlsx", tests, NULL, NULL);
}
