/* What --json prints is JSON, with the members a program counts on; and nothing else is printed. */
#include "tests/unit/cmd/fixture_cmd.h"

#include <json-glib/json-glib.h>

static JsonNode *in_output(JsonParser *parser, const Ran *ran)
{
    g_autoptr(GError) error = NULL;
    if (!json_parser_load_from_data(parser, ran->out, -1, &error))
        fail_msg("%s in %s", error->message, ran->out);
    return json_parser_get_root(parser);
}

static JsonNode *parsed(JsonParser *parser, const Ran *ran)
{
    assert_int_equal(ran->status, 0);
    assert_string_equal(ran->err, "");
    return in_output(parser, ran);
}

static void import_says_what_it_did(void **state)
{
    const Fixture *fixture = *state;
    g_auto(Ran) ran = RUN(fixture, "import", "visits", TRUE_FILE, "--json");
    g_autoptr(JsonParser) parser = json_parser_new();
    /* Rows were refused (C9). */
    assert_int_equal(ran.status, 1);
    assert_true(g_str_has_prefix(ran.err, "6 rows were refused. "));
    JsonObject *root = json_node_get_object(in_output(parser, &ran));
    assert_int_equal(json_object_get_int_member(root, "rows"), 12517);
    assert_int_equal(json_object_get_int_member(root, "imported"), 0);
    assert_int_equal(json_object_get_int_member(root, "duplicates"), 12511);
    JsonArray *rejected = json_object_get_array_member(root, "rejected");
    assert_int_equal(json_array_get_length(rejected), 6);
    for (guint i = 0; i < 6; i++) {
        JsonObject *row = json_array_get_object_element(rejected, i);
        assert_true(json_object_get_int_member(row, "line") > 1);
        assert_true(json_object_has_member(row, "column"));
        assert_true(*json_object_get_string_member(row, "reason") != '\0');
    }
}

static void report_has_weeks_and_causes(void **state)
{
    const Fixture *fixture = *state;
    g_auto(Ran) ran = RUN(fixture, "report", "week", "--weeks", "3", "--json");
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = json_node_get_object(parsed(parser, &ran));
    JsonArray *weeks = json_object_get_array_member(root, "weeks");
    assert_int_equal(json_array_get_length(weeks), 3);
    JsonObject *last = json_array_get_object_element(weeks, 2);
    assert_string_equal(json_object_get_string_member(last, "week"), "2026-W45");
    assert_true(json_array_get_length(json_object_get_array_member(root, "causes")) > 5);
}

static void users_are_listed(void **state)
{
    const Fixture *fixture = *state;
    g_auto(Ran) ran = RUN(fixture, "user", "list", "--json");
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonArray *users = json_node_get_array(parsed(parser, &ran));
    assert_int_equal(json_array_get_length(users), 1);
    JsonObject *user = json_array_get_object_element(users, 0);
    assert_string_equal(json_object_get_string_member(user, "login"), "grundare");
    assert_string_equal(json_object_get_string_member(user, "role"), "team-lead");
    assert_true(json_object_get_boolean_member(user, "active"));
}

static void numbers_are_explained(void **state)
{
    const Fixture *fixture = *state;
    g_auto(Ran) ran = RUN(fixture, "idnumber", "--json", "19990914-2383");
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonArray *numbers = json_node_get_array(parsed(parser, &ran));
    JsonObject *number = json_array_get_object_element(numbers, 0);
    assert_true(json_object_get_boolean_member(number, "valid"));
    assert_string_equal(json_object_get_string_member(number, "birth"), "1999-09-14");
    g_auto(Ran) wrong = RUN(fixture, "idnumber", "--json", "19990914-2383", "12");
    assert_int_equal(wrong.status, 1);
    assert_true(json_parser_load_from_data(parser, wrong.out, -1, NULL));
}

static void nothing_is_printed_when_it_fails(void **state)
{
    const Fixture *fixture = *state;
    g_auto(Ran) ran = RUN(fixture, "import", "visits", "/nonexistent/visits.csv", "--json");
    assert_int_equal(ran.status, 1);
    assert_string_equal(ran.out, "");
    assert_non_null(strstr(ran.err, "/nonexistent/visits.csv"));
    assert_true(strchr(ran.err, '\n') == ran.err + strlen(ran.err) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMMAND_TEST(import_says_what_it_did),
        COMMAND_TEST(report_has_weeks_and_causes),
        COMMAND_TEST(users_are_listed),
        COMMAND_TEST(numbers_are_explained),
        COMMAND_TEST(nothing_is_printed_when_it_fails),
    };

    return cmocka_run_group_tests_name("cmd/json", tests, NULL, NULL);
}
