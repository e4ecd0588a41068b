/* table_import.c: a planning system's half year, read in whole: every total must come out, however
 * the file is written. */
#include "exchange/csv.h"
#include "exchange/table_import_private.h"
#include "tests/unit/exchange/fixture_import.h"

#include <json-glib/json-glib.h>

/* --- the true totals -------------------------------------------------------------------------- */

static JsonParser *totals_new(void)
{
    JsonParser *parser = json_parser_new();
    assert_true(json_parser_load_from_file(parser, TRUE_TOTALS, NULL));
    return parser;
}

static JsonObject *totals_of(JsonParser *parser)
{
    return json_node_get_object(json_parser_get_root(parser));
}

static const char *code_of(const Fixture *fixture, const char *link_id, const char *label)
{
    const FormItem *item = form_item(session_cancellation_form(fixture->session), link_id);
    const FormOption *option = form_option_by_text(item, label);
    if (!option)
        fail_msg("the form does not know %s", label);
    return option->code;
}

/* Every label of the file, and nothing else, has its number. */
static void assert_outcomes(const Fixture *fixture, JsonObject *totals)
{
    JsonObject *wanted = json_object_get_object_member(totals, "outcome");
    g_autoptr(GArray) weeks = NULL;
    assert_ok((weeks = summary_outcomes(fixture->session, 202620, 202645, &error)));
    gint64 sums[OUTCOME_COUNT] = {0};
    for (guint i = 0; i < weeks->len; i++)
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
            sums[outcome] += g_array_index(weeks, WeekOutcomes, i).visits[outcome];
    g_autoptr(GList) labels = json_object_get_members(wanted);
    for (GList *label = labels; label; label = label->next) {
        Outcome outcome = OUTCOME_NONE;
        assert_true(outcome_parse(code_of(fixture, "utfall", label->data), &outcome));
        assert_int_equal(sums[outcome], json_object_get_int_member(wanted, label->data));
        sums[outcome] = 0;
    }
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        assert_int_equal(sums[outcome], 0);
}

static void assert_causes(const Fixture *fixture, JsonObject *totals)
{
    JsonObject *wanted = json_object_get_object_member(totals, "reason");
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((rows = summary_causes(fixture->session, 202620, 202645, &error)));
    gint64 known = 0, wanted_in_all = 0;
    g_autoptr(GList) labels = json_object_get_members(wanted);
    for (guint i = 0; i < rows->len; i++)
        known += ((WeekCause *)rows->pdata[i])->cause ? ((WeekCause *)rows->pdata[i])->visits : 0;
    for (GList *label = labels; label; label = label->next) {
        const char *code = code_of(fixture, "orsak", label->data);
        gint64 sum = 0;
        for (guint i = 0; i < rows->len; i++) {
            const WeekCause *row = rows->pdata[i];
            sum += g_strcmp0(row->cause, code) == 0 ? row->visits : 0;
        }
        assert_int_equal(sum, json_object_get_int_member(wanted, label->data));
        wanted_in_all += sum;
    }
    assert_int_equal(known, wanted_in_all);
}

static void assert_weeks(const Fixture *fixture, JsonObject *totals)
{
    JsonObject *wanted = json_object_get_object_member(totals, "week");
    g_autoptr(GArray) weeks = NULL;
    assert_ok((weeks = summary_outcomes(fixture->session, 202601, 202652, &error)));
    guint with_visits = 0;
    for (guint i = 0; i < weeks->len; i++) {
        const WeekOutcomes *week = &g_array_index(weeks, WeekOutcomes, i);
        gint64 planned = 0, missed = 0;
        for (Outcome outcome = OUTCOME_NONE; outcome < OUTCOME_COUNT; outcome++) {
            planned += week->visits[outcome];
            missed += outcome_is_missed(outcome) ? week->visits[outcome] : 0;
        }
        if (planned == 0)
            continue;
        char name[WEEK_SIZE];
        assert_true(json_object_has_member(wanted, week_format(week->week, name)));
        JsonArray *pair = json_object_get_array_member(wanted, name);
        assert_int_equal(planned, json_array_get_int_element(pair, 0));
        assert_int_equal(missed, json_array_get_int_element(pair, 1));
        with_visits++;
    }
    assert_int_equal(with_visits, json_object_get_size(wanted));
}

static const struct {
    int line;
    const char *column, *reason;
} refused[] = {
    {924, "Personnummer", "spreadsheet"},
    {1135, "Personnummer", "digits do not fit"},
    {1983, NULL, "2 cells"},
    {2493, "Starttid", "25:00"},
    {7445, "Status", "Försvunnen"},
    {12061, "Datum", "2026-02-30"},
};

static void assert_faults(const TableImport *import)
{
    const GPtrArray *faults = table_import_faults(import);
    assert_int_equal(faults->len, G_N_ELEMENTS(refused));
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        assert_int_equal(fault->line, refused[i].line);
        if (g_strcmp0(fault->column, refused[i].column) != 0)
            fail_msg("line %d: column %s", fault->line, fault->column);
        if (!strstr(fault->reason, refused[i].reason))
            fail_msg("line %d: %s", fault->line, fault->reason);
    }
}

static void assert_counts(const ImportResult *result, JsonObject *totals)
{
    assert_int_equal(result->rows, json_object_get_int_member(totals, "rows"));
    assert_int_equal(result->rejected, json_object_get_int_member(totals, "rejected"));
    assert_int_equal(result->duplicates, json_object_get_int_member(totals, "duplicates"));
    assert_int_equal(result->new_clients, json_object_get_int_member(totals, "clients"));
}

static void every_total_comes_out(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(JsonParser) parser = totals_new();
    JsonObject *totals = totals_of(parser);
    g_autoptr(TableImport) import = open_path(fixture, TRUE_FILE);
    assert_int_equal(table_import_encoding(import), ENCODING_LATIN1);
    assert_int_equal(table_import_separator(import), ';');
    assert_int_equal(table_import_columns(import), 12);
    const ImportResult result = run(import, FALSE);
    assert_counts(&result, totals);
    assert_faults(import);
    assert_outcomes(fixture, totals);
    assert_causes(fixture, totals);
    assert_weeks(fixture, totals);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM visit"), result.imported);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client"), 212);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM visit WHERE note = '=1+1'"), 28);
    assert_all_is_well(fixture);

    /* Read again it adds nothing, with the same refusals. */
    g_autoptr(TableImport) again = open_path(fixture, TRUE_FILE);
    const ImportResult second = run(again, FALSE);
    assert_int_equal(second.rows, result.rows);
    assert_int_equal(second.imported, 0);
    assert_int_equal(second.duplicates, result.imported + result.duplicates);
    assert_int_equal(second.new_clients + second.new_staff + second.completed, 0);
    assert_faults(again);
    assert_outcomes(fixture, totals);
    assert_causes(fixture, totals);
    assert_weeks(fixture, totals);
    assert_all_is_well(fixture);
}

/* --- the same file, otherwise written ----------------------------------------------------------
 */

/* The file's first lines and those around four of its faults: what is written otherwise is read row
 * by row, and every_total_comes_out() reads all of them. */
#define LINES 2600
#define FIRST 200
#define AROUND 50
#define FAULTS 4

static gboolean is_kept(int line)
{
    gboolean near = line <= FIRST;
    for (gsize i = 0; i < FAULTS; i++)
        near = near || ABS(line - refused[i].line) <= AROUND;
    return near;
}

static char *true_text(gsize *length)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GString) kept = g_string_new(NULL);
    gsize read;
    assert_true(g_file_get_contents(TRUE_FILE, &bytes, &read, NULL));
    const char *begin = bytes;
    for (int line = 1; line <= LINES; line++) {
        const char *end = memchr(begin, '\n', read - (gsize)(begin - bytes)) + 1;
        if (is_kept(line))
            g_string_append_len(kept, begin, end - begin);
        begin = end;
    }
    char *text = encoding_to_utf8(kept->str, kept->len, ENCODING_LATIN1, length, NULL);
    assert_non_null(text);
    return text;
}

/* With another separator, and headings of its own when given. */
static char *rewritten(char separator, const char *const *headings)
{
    gsize length;
    g_autofree char *text = true_text(&length);
    g_autoptr(CsvReader) reader = csv_reader_new(text, length, ';');
    GString *out = g_string_new(NULL);
    CsvRow row;
    while (csv_next(reader, &row))
        csv_append(out, headings && out->len == 0 ? headings : (const char *const *)row.cells,
                   row.count, separator);
    return g_string_free(out, FALSE);
}

static char *with_line_ends(const char *end)
{
    gsize length;
    g_autofree char *text = true_text(&length);
    g_auto(GStrv) lines = g_regex_split_simple("\r\n|\n", text, 0, 0);
    return g_strjoinv(end, lines);
}

/* The import of true_text(), and what it would do. */
typedef struct {
    TableImport *import;
    ImportResult result;
} Plain;

static void plain_clear(Plain *plain)
{
    table_import_free(plain->import);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Plain, plain_clear)

static Plain plain_import(const Fixture *fixture)
{
    gsize length;
    g_autofree char *text = true_text(&length);
    TableImport *import = open_text(fixture, text);
    const Plain plain = {import, run(import, TRUE)};
    assert_int_equal(table_import_faults(import)->len, FAULTS);
    assert_true(plain.result.imported > FIRST + FAULTS * AROUND);
    return plain;
}

static void assert_same_faults(const TableImport *import, const TableImport *plain)
{
    const GPtrArray *faults = table_import_faults(import), *wanted = table_import_faults(plain);
    assert_int_equal(faults->len, wanted->len);
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i], *like = wanted->pdata[i];
        assert_int_equal(fault->line, like->line);
        assert_int_equal(g_strcmp0(fault->column, like->column), 0);
        assert_string_equal(fault->reason, like->reason);
    }
}

static void assert_same(const Fixture *fixture, const Plain *plain, const char *what,
                        const char *bytes, gsize length, Encoding encoding, char separator,
                        gboolean same_columns)
{
    const ImportResult wanted = plain->result;
    g_autofree char *path = file_of(fixture, bytes, (gssize)length);
    g_autoptr(TableImport) import = open_path(fixture, path);
    if (table_import_encoding(import) != encoding)
        fail_msg("%s is taken for %s", what, encoding_name(table_import_encoding(import)));
    assert_int_equal(table_import_separator(import), separator);
    const ImportResult result = run(import, TRUE);
    assert_int_equal(result.rows, wanted.rows);
    assert_int_equal(result.imported, wanted.imported);
    assert_int_equal(result.duplicates, wanted.duplicates);
    assert_int_equal(result.rejected, wanted.rejected);
    assert_int_equal(result.new_clients, wanted.new_clients);
    if (same_columns)
        assert_same_faults(import, plain->import);
}

static void every_encoding_gives_the_same(void **state)
{
    static const struct {
        const char *name, *mark, *code;
        Encoding encoding;
    } cases[] = {
        {"utf-8", "", "UTF-8", ENCODING_UTF8},
        {"utf-8 with mark", "\xEF\xBB\xBF", "UTF-8", ENCODING_UTF8_BOM},
        {"utf-16le with mark", "\xFF\xFE", "UTF-16LE", ENCODING_UTF16LE},
        {"utf-16be with mark", "\xFE\xFF", "UTF-16BE", ENCODING_UTF16BE},
        {"utf-16le", "", "UTF-16LE", ENCODING_UTF16LE},
        {"windows-1252", "", "CP1252", ENCODING_CP1252},
    };
    const Fixture *fixture = *state;
    gsize length;
    g_auto(Plain) plain = plain_import(fixture);
    g_autofree char *latin = true_text(&length);
    /* A character that ISO-8859-1 has not, so that Windows-1252 shows. */
    g_auto(GStrv) parts = g_strsplit(latin, "=1+1", -1);
    assert_true(g_strv_length(parts) > 1);
    g_autofree char *text = g_strjoinv("– =1+1", parts);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize written;
        g_autofree char *converted =
            g_convert(text, -1, cases[i].code, "UTF-8", NULL, &written, NULL);
        assert_non_null(converted);
        g_autoptr(GString) bytes = g_string_new(cases[i].mark);
        g_string_append_len(bytes, converted, (gssize)written);
        assert_same(fixture, &plain, cases[i].name, bytes->str, bytes->len, cases[i].encoding, ';',
                    TRUE);
    }
}

static void every_way_of_writing_gives_the_same(void **state)
{
    static const char *const english[] = {
        "Client number",  "Identity number", "Client name", "Visit date", "Start time",
        "Length (hours)", "Support worker",  "Outcome",     "Reason",     "Cancelled by",
        "Notice (hours)", "Comment",         NULL};
    const Fixture *fixture = *state;
    g_auto(Plain) plain = plain_import(fixture);
    g_autofree char *comma = rewritten(',', NULL);
    assert_same(fixture, &plain, "comma", comma, strlen(comma), ENCODING_UTF8, ',', TRUE);
    g_autofree char *tab = rewritten('\t', NULL);
    assert_same(fixture, &plain, "tab", tab, strlen(tab), ENCODING_UTF8, '\t', TRUE);
    g_autofree char *headings = rewritten(';', english);
    assert_same(fixture, &plain, "English", headings, strlen(headings), ENCODING_UTF8, ';', FALSE);
    g_autofree char *old = with_line_ends("\r");
    assert_same(fixture, &plain, "CR", old, strlen(old), ENCODING_UTF8, ';', TRUE);
    g_autofree char *unix_lines = with_line_ends("\n");
    assert_same(fixture, &plain, "LF", unix_lines, strlen(unix_lines), ENCODING_UTF8, ';', TRUE);
}

/* --- all or nothing --------------------------------------------------------------------------- */

typedef struct {
    double until;
    double last;
    int calls;
} Breaking;

static gboolean break_off(double share, gpointer data)
{
    Breaking *breaking = data;
    assert_true(share >= breaking->last && share <= 1);
    breaking->last = share;
    breaking->calls++;
    return share < breaking->until;
}

static void broken_off_leaves_nothing(void **state)
{
    static const double shares[] = {0, 0.2, 0.5, 0.95};
    const Fixture *fixture = *state;
    const gint64 before = rows_in_all(fixture);
    g_autoptr(TableImport) import = open_path(fixture, TRUE_FILE);
    ImportResult result;
    for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
        Breaking breaking = {.until = shares[i]};
        assert_fails(table_import_run(import, FALSE, break_off, &breaking, &result, &error),
                     ERROR_CANCELLED);
        assert_true(breaking.last >= shares[i]);
        assert_int_equal(rows_in_all(fixture), before);
    }
    assert_all_is_well(fixture);
    Breaking never = {.until = 2};
    assert_ok(table_import_run(import, FALSE, break_off, &never, &result, &error));
    assert_int_equal(result.imported, 12506);
    assert_true(never.calls > 8 && never.last >= 1);
}

static void dry_run_writes_nothing(void **state)
{
    const Fixture *fixture = *state;
    const gint64 before = rows_in_all(fixture);
    gsize length;
    g_autofree char *text = true_text(&length);
    g_autoptr(TableImport) import = open_text(fixture, text);
    const int rows = run(import, TRUE).imported;
    assert_true(rows > FIRST + FAULTS * AROUND);
    /* But that it was done is in the log (B8). */
    assert_int_equal(rows_in_all(fixture), before + 1);
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit WHERE action = 'look'"
                                 " AND entity = 'import' AND changes LIKE '%visits.csv%'"),
                     1);
    /* The same import can be run in earnest then. */
    assert_int_equal(run(import, FALSE).imported, rows);
    assert_true(rows_in_all(fixture) > before + rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(every_total_comes_out),
        IMPORT_TEST(every_encoding_gives_the_same),
        IMPORT_TEST(every_way_of_writing_gives_the_same),
        IMPORT_TEST(broken_off_leaves_nothing),
        IMPORT_TEST(dry_run_writes_nothing),
    };

    return cmocka_run_group_tests_name("exchange/visit_import", tests, NULL, NULL);
}
