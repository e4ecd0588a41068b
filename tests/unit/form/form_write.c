/* form_write.c: a form written as YAML loads to an equal one, whatever its texts look like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/form_write.h"
#include "tests/unit/form/form_equal.h"

static void assert_round_trip(const Form *form)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = form_to_yaml(form);
    g_autoptr(Form) again = form_load_bytes(yaml, strlen(yaml), "again.yaml", NULL, &error);
    if (again == NULL)
        fail_msg("%s in\n%s", error->message, yaml);
    g_autofree char *difference = form_difference(form, again);
    if (difference != NULL)
        fail_msg("%s in\n%s", difference, yaml);
}

static void test_shipped(void **state)
{
    (void)state;
    int count = 0;
    g_autoptr(GDir) folder = g_dir_open("forms", 0, NULL);
    assert_non_null(folder);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        if (!g_str_has_suffix(name, ".yaml"))
            continue;
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename("forms", name, NULL);
        g_autoptr(Form) form = form_load(path, NULL, &error);
        if (form == NULL)
            fail_msg("%s", error->message);
        assert_round_trip(form);
        count++;
    }
    assert_true(count >= 8);
}

#define LONG                                                                                           \
    "Ett långt stycke som är längre än en rad i filen och som därför bryts någonstans mitt i, " \
    "och sedan en gång till – och “citat”: kolon, #nummer och 'apostrofer' på vägen dit."

static const char *const TEXTS[] = {
    "null",
    "~",
    "true",
    "nej",
    "12",
    "1.0",
    "- a",
    "a: b",
    "a #b",
    "# a",
    "!a",
    "*a",
    "&a",
    "@a",
    "`a`",
    "%a",
    "{client}",
    "[a, b]",
    "a, b",
    "\"a\"",
    "'a'",
    "a\\b",
    "…",
    "ä",
    "två\nrader",
    "två\n\nstycken\n  indraget",
    "slutar med blank \noch mer",
    "a\tb",
    "?",
    ":",
    "a:",
    "=",
    "|",
    ">",
    "😀 och 👩‍👩‍👧",
    LONG,
};

static void test_texts(void **state)
{
    (void)state;
    g_autoptr(Form) form = form_new();
    form->name = g_strdup("prov");
    form->version = g_strdup("1.0");
    form->title = g_strdup("Prov: allt");
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        FormItem *item = form_item_new();
        item->link_id = g_strdup_printf("%zu", i);
        item->type = ITEM_OPEN_CHOICE;
        item->text = g_strdup(TEXTS[i]);
        item->help = g_strdup(TEXTS[i]);
        item->initial = g_strdup(TEXTS[i]);
        FormOption *option = form_option_new();
        option->code = g_strdup("null");
        option->display = g_strdup(TEXTS[i]);
        option->key = 0xE5;
        g_ptr_array_add(item->options, option);
        option = form_option_new();
        option->code = g_strdup("2");
        option->display = g_strdup("Två");
        g_ptr_array_add(option->alias, g_strdup("II, två"));
        g_ptr_array_add(item->options, option);
        g_ptr_array_add(form->items, item);
    }
    assert_round_trip(form);
}

static void test_codes(void **state)
{
    (void)state;
    for (WhenOperator i = WHEN_EXISTS; i <= WHEN_LE; i++) {
        WhenOperator operator= WHEN_EXISTS;
        assert_true(when_operator_parse(when_operator_code(i), &operator));
        assert_int_equal(operator, i);
    }
    WhenOperator operator= WHEN_EXISTS;
    assert_false(when_operator_parse("==", &operator));
    FormKind kind = FORM_KIND_OTHER;
    assert_true(form_kind_parse("interview", &kind));
    assert_int_equal(kind, FORM_KIND_INTERVIEW);
    assert_string_equal(form_kind_code(FORM_KIND_WALK), "walk");
    assert_false(form_kind_parse("dance", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("form/form_write", tests, NULL, NULL);
}
