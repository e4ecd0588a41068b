/* code.c: a value, its code and its word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/code.h"
#include "base/i18n.h"

typedef enum { COLOUR_NONE, COLOUR_RED, COLOUR_GREEN } Colour;

static const CodeWord COLOURS[] = {
    [COLOUR_RED] = {"red", "Save"},
    [COLOUR_GREEN] = {"green", NULL},
};

const char *colour_code(Colour colour);
const char *colour_name(Colour colour);
gboolean colour_parse(const char *code, Colour *colour);
CODE_AND_NAME_FUNCTIONS(Colour, colour, COLOURS)

static void a_code_and_back(void **unused)
{
    (void)unused;
    for (Colour colour = COLOUR_NONE; colour <= COLOUR_GREEN; colour++) {
        Colour read = COLOUR_RED;
        assert_true(colour_parse(colour_code(colour), &read));
        assert_int_equal(read, colour);
    }
    assert_null(colour_code(COLOUR_NONE));
    assert_null(colour_code((Colour)3));
}

static void nothing_is_the_value_without_a_code(void **unused)
{
    (void)unused;
    Colour read = COLOUR_RED;
    assert_true(colour_parse("", &read));
    assert_int_equal(read, COLOUR_NONE);
    /* ... and no value where all have one. */
    assert_int_equal(code_value(COLOURS + 1, 2, NULL), -1);
    assert_int_equal(code_value(COLOURS + 1, 2, ""), -1);
}

/* D16: a word is taken in every language. */
static void test_d16_a_value_is_said_in_any_language(void **unused)
{
    (void)unused;
    static const struct {
        const char *said;
        int value;
    } sayings[] = {
        {"red", COLOUR_RED}, {"RED", COLOUR_RED},     {"save", COLOUR_RED},    {"Spara", COLOUR_RED},
        {"TALLENNA", COLOUR_RED}, {"green", COLOUR_GREEN}, {"", -1}, {"blue", -1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(sayings); i++)
        assert_int_equal(code_value_said(COLOURS, G_N_ELEMENTS(COLOURS), sayings[i].said),
                         sayings[i].value);
    i18n_init("sv");
    g_autofree char *choices = code_choices(COLOURS, G_N_ELEMENTS(COLOURS));
    assert_string_equal(choices, "red (Spara), green");
}

static void an_unknown_code_changes_nothing(void **unused)
{
    (void)unused;
    Colour read = COLOUR_GREEN;
    assert_false(colour_parse("Red", &read));
    assert_false(colour_parse("re", &read));
    assert_int_equal(read, COLOUR_GREEN);
}

static void a_word_is_said_in_the_language(void **unused)
{
    (void)unused;
    i18n_init("en");
    assert_string_equal(colour_name(COLOUR_RED), "Save");
    i18n_init("sv");
    assert_string_equal(colour_name(COLOUR_RED), "Spara");
    assert_string_equal(colour_name(COLOUR_GREEN), "");
    assert_string_equal(colour_name(COLOUR_NONE), "");
    assert_string_equal(colour_name((Colour)3), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_and_back),
        cmocka_unit_test(nothing_is_the_value_without_a_code),
        cmocka_unit_test(an_unknown_code_changes_nothing),
        cmocka_unit_test(test_d16_a_value_is_said_in_any_language),
        cmocka_unit_test(a_word_is_said_in_the_language),
    };
    return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
