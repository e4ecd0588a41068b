/* line_report.c: what the line of the sample's weeks says, and how it and the improvement work are
 * told as text and as JSON. */
#include "exchange/line_report.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "exchange/line_words.h"
#include "tests/unit/exchange/fixture_import.h"

#define UNTIL 202645
#define WEEKS 26

static int line_setup(void **state)
{
    import_setup(state);
    i18n_init("en");
    const Fixture *fixture = *state;
    g_autoptr(TableImport) import = open_path(fixture, TRUE_FILE);
    run(import, FALSE);
    return 0;
}

#define LINE_TEST(f) cmocka_unit_test_setup_teardown(f, line_setup, fixture_teardown)

static WeekLine *line_of(const Fixture *fixture, SpcKind kind, Week until)
{
    WeekLine *line = NULL;
    assert_ok((line = week_line_read(fixture->session, kind, until, WEEKS, &error)));
    return line;
}

static JsonObject *parse(JsonParser *parser, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (!json_parser_load_from_data(parser, text, -1, &error))
        fail_msg("%s", error->message);
    return json_node_get_object(json_parser_get_root(parser));
}

static void assert_said(const char *text, const char *sentence)
{
    if (strstr(text, sentence) == NULL)
        fail_msg("“%s” is not in\n%s", sentence, text);
}

/* A call the day before, from Monday of week 34 on. */
static void note_the_routine(const Fixture *fixture)
{
    g_autoptr(Improvement) work = improvement_new(date_parse("2026-08-01"));
    work->name = g_strdup("Fewer");
    work->aim = g_strdup("More get their support.");
    work->target = 125;
    assert_ok(improvement_save(fixture->session, work, &error));
    g_autoptr(Cycle) cycle = cycle_new(work->id, date_parse("2026-08-17"));
    cycle->name = g_strdup("A call the day before");
    cycle->prediction = g_strdup("Fewer forget.");
    assert_ok(cycle_save(fixture->session, cycle, &error));
}

/* Whether a signal speaks of the change in week 34: fewer since then, or more up to then. */
static gboolean is_of_the_routine(const WeekLine *line, const WeekSignal *signal)
{
    return signal->side < 0 ? week_line_week(line, signal->first)->week >= 202634
                            : week_line_week(line, signal->last)->week == 202633;
}

/* The file has another routine from week 34 on, and nothing before it. Seen from each of its weeks
 * the line tells of no other change, and of none before it came; at the end both charts have found
 * it, and say since when. In week 33 the run chart has crossed its median three times where four is
 * the least: by chance, as one line in twenty does; then no way and no week are told. */
static void the_change_of_routine_is_found_and_none_before(void **state)
{
    const Fixture *fixture = *state;
    static const SpcKind kinds[] = {SPC_RUN, SPC_P};
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (Week until = 202620; until <= UNTIL; until = week_add(until, 1)) {
            g_autoptr(WeekLine) line = line_of(fixture, kinds[k], until);
            g_autoptr(GArray) signals = week_line_signals(line);
            g_autofree char *said = line_words_signal(line);
            const WeekSignal *told = week_line_told(signals);
            if (told != NULL && told->side != 0 &&
                (until < 202634 || !is_of_the_routine(line, told)))
                fail_msg("week %d, chart %s: %s", until, spc_code(kinds[k]), said);
        }
        g_autoptr(WeekLine) whole = line_of(fixture, kinds[k], UNTIL);
        g_autofree char *said = line_words_signal(whole);
        assert_said(said, "12 weeks in a row below the ");
        assert_said(said, "fewer visits are not taken since week 34.");
    }
}

/* Once the change is noted by its day it is named, and the limits begin anew there: then the weeks
 * before it are alike, and so are those after it. */
static void a_noted_change_is_named(void **state)
{
    const Fixture *fixture = *state;
    note_the_routine(fixture);
    g_autoptr(WeekLine) run = line_of(fixture, SPC_RUN, UNTIL), p = line_of(fixture, SPC_P, UNTIL);
    g_autofree char *said = line_words_signal(run), *parts = line_words_centre(p);
    g_autofree char *nothing = line_words_signal(p);
    assert_said(said, "The nearest change: “A call the day before”, week 34.");
    assert_said(parts, "Since “A call the day before”, weeks 34–45: centre line 12.");
    assert_said(parts, "The target is 12.5 %.");
    assert_string_equal(nothing, "The weeks vary no more than they would by chance alone.");
}

/* The line as text and as JSON, with the words of the screen. */
static void the_line_is_told_in_text_and_json(void **state)
{
    const Fixture *fixture = *state;
    assert_ok(week_note_save(fixture->session, 202640, NULL, "Influenza", &error));
    g_autoptr(WeekLine) line = line_of(fixture, SPC_P, UNTIL);
    g_autofree char *text = line_report_text(line, fixture->session);
    g_autofree char *json = line_report_json(line, fixture->session);
    g_autofree char *signal = line_words_signal(line);
    assert_said(text, signal);
    assert_said(text, "Note: Influenza\n");
    assert_said(text, "Rules: limits at three standard deviations; Anhøj's");
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, json);
    assert_string_equal(json_object_get_string_member(root, "chart"), "p");
    assert_string_equal(json_object_get_string_member(root, "signal"), signal);
    JsonArray *points = json_object_get_array_member(root, "points");
    assert_int_equal(json_array_get_length(points), WEEKS);
    for (guint i = 0; i < WEEKS; i++) {
        JsonObject *point = json_array_get_object_element(points, i);
        const SpcPoint *own = &line->chart->points[i];
        assert_true(fabs(json_object_get_double_member(point, "upper") - own->upper) < 0.51e-4);
        assert_true(fabs(json_object_get_double_member(point, "lower") - own->lower) < 0.51e-4);
        assert_int_equal(json_object_get_int_member(point, "missed"),
                         week_line_week(line, i)->missed);
    }
    JsonObject *noted = json_array_get_object_element(points, 20);
    assert_string_equal(json_object_get_string_member(noted, "week"), "2026-W40");
    assert_string_equal(json_object_get_string_member(noted, "note"), "Influenza");
    assert_int_equal(json_array_get_length(json_object_get_array_member(root, "parts")), 1);
    JsonArray *signals = json_object_get_array_member(root, "signals");
    assert_true(json_array_get_length(signals) >= 1);
    JsonObject *first = json_array_get_object_element(signals, 0);
    assert_true(json_object_get_null_member(first, "change"));
    assert_true(json_object_get_null_member(root, "target"));
}

static void improvement_work_is_told(void **state)
{
    const Fixture *fixture = *state;
    g_autofree char *none = NULL, *text = NULL, *json = NULL;
    assert_ok((none = improvement_report_text(fixture->session, &error)));
    assert_said(none, "There is no improvement work yet.");
    note_the_routine(fixture);
    assert_ok((text = improvement_report_text(fixture->session, &error)));
    assert_said(text, "Fewer, 2026-08-01 – \n");
    assert_said(text, "What we want to achieve: More get their support.\n");
    assert_said(text, "The target is 12.5 %.\n");
    assert_said(text, "2026-08-17 change: A call the day before\n");
    assert_said(text, "What we predict: Fewer forget.\n");
    assert_ok((json = improvement_report_json(fixture->session, &error)));
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = parse(parser, json);
    JsonArray *all = json_object_get_array_member(root, "improvements");
    JsonObject *told = json_array_get_object_element(all, 0);
    assert_true(fabs(json_object_get_double_member(told, "target") - 0.125) < 1e-9);
    assert_true(json_object_get_null_member(told, "ended"));
    JsonArray *changes = json_object_get_array_member(told, "changes");
    JsonObject *change = json_array_get_object_element(changes, 0);
    assert_string_equal(json_object_get_string_member(change, "prediction"), "Fewer forget.");
    assert_true(json_object_get_null_member(change, "learned"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINE_TEST(the_change_of_routine_is_found_and_none_before),
        LINE_TEST(a_noted_change_is_named),
        LINE_TEST(the_line_is_told_in_text_and_json),
        LINE_TEST(improvement_work_is_told),
    };
    return cmocka_run_group_tests_name("exchange/line_report", tests, NULL, NULL);
}
