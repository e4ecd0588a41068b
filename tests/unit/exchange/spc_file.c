/* spc_file.c: tables of counts read to be charted, and the chart in lines and as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/i18n.h"
#include "exchange/spc_report.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static SpcTable *read_text(SpcKind kind, const char *text, GError **error)
{
    return spc_table_read(text, strlen(text), kind, error);
}

static SpcTable *read_well(SpcKind kind, const char *text)
{
    GError *error = NULL;
    SpcTable *table = read_text(kind, text, &error);
    if (table == NULL)
        fail_msg("%s: %s", text, error->message);
    return table;
}

static const SpcInput *input_at(const SpcTable *table, guint index)
{
    assert_true(index < table->inputs->len);
    return &g_array_index(table->inputs, SpcInput, index);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void test_rows(void **state)
{
    (void)state;
    g_autoptr(SpcTable) table =
        read_well(SPC_P, "\xef\xbb\xbfvecka;uteblivna;besök\r\n2026-W20;12;144\r\n\r\n"
                         "\"2026-W21; mål\";;150\r\n2026-W22;0;0\r\n");
    assert_int_equal(table->inputs->len, 3);
    assert_string_equal(table->labels->pdata[1], "2026-W21; mål");
    assert_true(input_at(table, 0)->count == 12 && input_at(table, 0)->n == 144);
    assert_true(isnan(input_at(table, 1)->count));
    assert_true(input_at(table, 2)->n == 0);

    g_autoptr(SpcTable) bare = read_well(SPC_XMR, "a\t-1,5\nb\t2.5\n");
    assert_int_equal(bare->inputs->len, 2);
    assert_true(input_at(bare, 0)->count == -1.5 && isnan(input_at(bare, 0)->n));

    g_autoptr(SpcTable) latin = read_well(SPC_C, "m\xe5n;4\ntis;5\n");
    assert_string_equal(latin->labels->pdata[0], "mån");

    /* Equally much each time is a c chart's own ground. */
    g_autoptr(SpcTable) alike = read_well(SPC_C, "a,4,100\nb,5,100\n");
    assert_int_equal(alike->inputs->len, 2);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        SpcKind kind;
        const char *text, *said;
    } cases[] = {
        {SPC_P, "", "no rows"},
        {SPC_P, "label,count,n\n", "no rows"},
        {SPC_P, "a,1,2\nb,x,2\n", "Line 2, column 2: “x”"},
        {SPC_P, "a,1,2\nb,1,zwei\n", "Line 2, column 3: “zwei”"},
        {SPC_P, "a,1,2\nb,3,2\n", "Line 2: more are counted"},
        {SPC_P, "a,1.5,2\n", "Line 1: what is counted"},
        {SPC_P, "a,-1,2\n", "Line 1: what is counted"},
        {SPC_P, "a,1,2.5\n", "Line 1: of how many"},
        {SPC_U, "a,1,-2\n", "Line 1: of how many"},
        {SPC_P, "a,1\n", "Line 1: the third column"},
        {SPC_U, "a,1,3\nb,2,\n", "Line 2: the third column"},
        {SPC_C, "a,1,10\nb,2,11\n", "Choose u"},
        {SPC_C, "a,1,10\nb,2\n", "Choose u"},
        {SPC_RUN, "a\n", "Line 1: it should have"},
        {SPC_RUN, "a,1,2,3\n", "Line 1: it should have"},
        {SPC_RUN, "a,1\n\"b,2\n", "Line 2: a quotation mark"},
        {SPC_RUN, "a,1\nb,2\xff\xfe\xc3\xa5\xc3\xa4\xc3\xb6\xc3\xa5\n", "2"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpcTable) table = read_text(cases[i].kind, cases[i].text, &error);
        if (table != NULL)
            fail_msg("“%s” was read", cases[i].text);
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        if (strstr(error->message, cases[i].said) == NULL)
            fail_msg("“%s”: %s", cases[i].text, error->message);
    }
}

/* --- parts and points left out ------------------------------------------------------------------
 */

static const char WEEKS[] = "2026-W30,1\n2026-W31,2\n2026-W34,3\n2026-W35,4\nsista,5\n";

static void test_parts(void **state)
{
    (void)state;
    static const struct {
        const char *when;
        gsize start; /* 0: refused */
    } cases[] = {
        {"2026-W31", 1}, {"2026-W32", 2}, {"2026-08-17", 2}, {"2026-08-18", 3}, {"sista", 4},
        {"2026-W30", 0}, {"2026-W36", 0}, {"2020-W01", 0},   {"först", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(SpcTable) table = read_well(SPC_RUN, WEEKS);
        g_autoptr(GError) error = NULL;
        const gboolean found = spc_table_begin_part(table, cases[i].when, &error);
        if (found != (cases[i].start > 0))
            fail_msg("%s: %d", cases[i].when, found);
        if (found)
            assert_int_equal(g_array_index(table->starts, gsize, 0), cases[i].start);
        else
            assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    }
    /* In any order, and each once. */
    g_autoptr(SpcTable) table = read_well(SPC_RUN, WEEKS);
    assert_true(spc_table_begin_part(table, "sista", NULL));
    assert_true(spc_table_begin_part(table, "2026-W32", NULL));
    assert_true(spc_table_begin_part(table, "2026-W34", NULL));
    assert_int_equal(table->starts->len, 2);
    g_autoptr(SpcChart) chart = spc_table_chart(table, SPC_RUN, 0);
    assert_int_equal(chart->part_count, 3);
    assert_int_equal(chart->parts[1].first, 2);
    assert_int_equal(chart->parts[2].first, 4);
}

static void test_excluded(void **state)
{
    (void)state;
    static const struct {
        const char *points, *left; /* "" : refused */
    } cases[] = {
        {"2", "1_345"}, {"1, 3-5", "_2___"}, {"5,5", "1234_"}, {"1-5", "_____"}, {"0", ""},
        {"6", ""},      {"3-2", ""},         {"", ""},         {"2;3", ""},      {"1-", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(SpcTable) table = read_well(SPC_RUN, WEEKS);
        g_autoptr(GError) error = NULL;
        const gboolean done = spc_table_exclude(table, cases[i].points, &error);
        if (done != (*cases[i].left != '\0'))
            fail_msg("“%s”: %d", cases[i].points, done);
        for (guint p = 0; done && p < 5; p++)
            assert_int_equal(input_at(table, p)->excluded, cases[i].left[p] == '_');
    }
}

/* --- told ------------------------------------------------------------------------------------- */

/* Twelve weeks round 20 %, then nine round 8 %, one far above its limit. */
static SpcTable *shares(void)
{
    g_autoptr(GString) text = g_string_new("week,missed,visits\n");
    for (int i = 1; i <= 21; i++)
        g_string_append_printf(text, "2026-W%02d,%d,100\n", i,
                               i == 17 ? 30 : (i <= 12 ? 20 : 8) + (i % 2 ? 1 : -1));
    return read_well(SPC_P, text->str);
}

static void assert_says(const char *text, const char *sentence)
{
    if (strstr(text, sentence) == NULL)
        fail_msg("“%s” is not in\n%s", sentence, text);
}

static void test_text(void **state)
{
    (void)state;
    g_autoptr(SpcTable) table = shares();
    assert_true(spc_table_begin_part(table, "2026-W13", NULL));
    g_autoptr(SpcChart) chart = spc_table_chart(table, SPC_P, 0);
    g_autofree char *text = spc_report_text(table, chart);
    assert_says(text, "p chart, shares, 21 points, 2026-W01 to 2026-W21.\n"
                      "From 2026-W01 to 2026-W12: centre line 20.0 %, counted from 12 points.\n"
                      "From 2026-W13 to 2026-W21: centre line 10.4 %, counted from 9 points. Trial "
                      "limits: that is fewer than 12.\n");
    assert_says(text, "\n   1  2026-W01  21.0 %  limits 8.0–32.0 %\n");
    assert_says(text, "\n  17  2026-W17  30.0 %  limits 1.3–19.6 %  above the upper limit\n");
    assert_says(text, "\n2026-W17 (30.0 %) lies above the upper limit.\n");
    assert_says(text, "Rules: limits at three standard deviations; Anhøj's");
    assert_null(strstr(text, "chance alone"));
}

static void test_text_of_runs(void **state)
{
    (void)state;
    g_autoptr(SpcTable) table = shares();
    assert_true(spc_table_exclude(table, "17", NULL));
    g_autoptr(SpcChart) chart = spc_table_chart(table, SPC_P, 12);
    g_autofree char *text = spc_report_text(table, chart);
    assert_says(text, "\n  17  2026-W17  30.0 %  limits 8.0–32.0 %  left out\n");
    assert_says(text, "From 2026-W12 to 2026-W21 9 points in a row lie below the centre line; "
                      "chance alone would hardly give more than 7.\n");

    g_autoptr(SpcTable) few = read_well(SPC_RUN, "a,1\nb,\nc,3\n");
    g_autoptr(SpcChart) line = spc_table_chart(few, SPC_RUN, 0);
    g_autofree char *said = spc_report_text(few, line);
    assert_says(said,
                "Run chart, 3 points, a to c.\nFrom a to c: median 2.00, counted from 2 points.\n");
    assert_says(said, "\n   1  a      1.00\n   2  b  no value\n");
    assert_says(said, "The points vary no more than they would by chance alone.\n"
                      "Runs are judged from 10 points off the centre line on.\n"
                      "Rules: Anhøj's for the longest run and the crossings.\n");

    g_autoptr(SpcTable) nothing = read_well(SPC_C, "a,\n");
    g_autoptr(SpcChart) empty = spc_table_chart(nothing, SPC_C, 0);
    g_autofree char *none = spc_report_text(nothing, empty);
    assert_says(none, "From a to a: no point to count a centre line from.\n");
}

static void test_text_of_crossings(void **state)
{
    (void)state;
    g_autoptr(SpcTable) table =
        read_well(SPC_RUN, "a,1\nb,1\nc,1\nd,1\ne,9\nf,9\ng,9\nh,9\ni,1\nj,1\nk,9\nl,9\n");
    g_autoptr(SpcChart) chart = spc_table_chart(table, SPC_RUN, 0);
    g_autofree char *text = spc_report_text(table, chart);
    assert_says(text, "The points vary no more than they would by chance alone.\n");
    g_autoptr(SpcTable) halves =
        read_well(SPC_RUN, "a,1\nb,1\nc,1\nd,1\ne,1\nf,1\ng,9\nh,9\ni,9\nj,9\nk,9\nl,9\n");
    g_autoptr(SpcChart) one = spc_table_chart(halves, SPC_RUN, 0);
    g_autofree char *said = spc_report_text(halves, one);
    assert_says(said, "The line crosses its centre 1 time; chance alone would hardly give fewer "
                      "than 3.\n");
}

static void test_json(void **state)
{
    (void)state;
    g_autoptr(SpcTable) table = shares();
    assert_true(spc_table_exclude(table, "1", NULL));
    g_autoptr(SpcChart) chart = spc_table_chart(table, SPC_P, 0);
    g_autofree char *text = spc_report_json(table, chart);
    g_autoptr(JsonParser) parser = json_parser_new();
    assert_true(json_parser_load_from_data(parser, text, -1, NULL));
    JsonObject *root = json_node_get_object(json_parser_get_root(parser));
    assert_string_equal(json_object_get_string_member(root, "kind"), "p");
    assert_true(json_object_get_boolean_member(root, "signal"));
    JsonArray *points = json_object_get_array_member(root, "points");
    assert_int_equal(json_array_get_length(points), 21);
    JsonObject *first = json_array_get_object_element(points, 0);
    assert_true(json_object_get_boolean_member(first, "excluded"));
    assert_true(json_object_get_null_member(first, "outside"));
    JsonObject *high = json_array_get_object_element(points, 16);
    assert_true(fabs(json_object_get_double_member(high, "value") - 0.3) < 1e-12);
    assert_true(json_object_get_double_member(high, "upper") == chart->points[16].upper);
    JsonArray *parts = json_object_get_array_member(root, "parts");
    JsonObject *part = json_array_get_object_element(parts, 0);
    assert_int_equal(json_object_get_int_member(part, "base"), 20);
    assert_int_equal(json_object_get_int_member(part, "crossings"), chart->parts[0].runs.crossings);
    assert_string_equal(json_object_get_string_member(part, "to"), "2026-W21");
}

/* The sentences are English, and so are the numbers. */
static int english(void **state)
{
    (void)state;
    return i18n_init("en") ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_excluded),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_of_runs),
        cmocka_unit_test(test_text_of_crossings),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests_name("exchange/spc_file", tests, english, NULL);
}
