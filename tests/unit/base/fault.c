/* A fault of the program is told as a sentence with a code, and without what is inside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/fault.h"
#include "base/i18n.h"

static void code_names_file_and_line(void **state)
{
    static const struct {
        const char *file;
        int line;
        const char *wanted;
    } cases[] = {{"src/db/db_id.c", 53, "db_id-53"}, {"a.b.c", 1, "a-1"}, {"ui/term", 7, "term-7"}};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *code = fault_code_of(cases[i].file, cases[i].line);
        assert_string_equal(code, cases[i].wanted);
    }
}

static GLogWriterOutput keep(GLogLevelFlags level, const GLogField *fields, gsize count,
                             gpointer kept)
{
    for (gsize i = 0; i < count; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0 && level == G_LOG_LEVEL_DEBUG)
            g_string_append(kept, fields[i].value);
    return G_LOG_WRITER_HANDLED;
}

/* C10: the details go to whoever debugs, not into the sentence. */
static void c10_the_sentence_has_the_code_alone(void **state)
{
    g_autoptr(GString) kept = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *code = fault_code_of(__FILE__, __LINE__ + 3);

    g_log_set_writer_func(keep, kept, NULL);
    fault_set(&error, "no such %s: %d", "column", 7);
    (void)state;
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INTERNAL));
    assert_non_null(strstr(error->message, code));
    assert_null(strstr(error->message, "column"));
    assert_non_null(strstr(kept->str, "no such column: 7"));
    assert_non_null(strstr(kept->str, code));
    fault_set(NULL, "nobody asks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_names_file_and_line),
        cmocka_unit_test(c10_the_sentence_has_the_code_alone),
    };

    i18n_init("en");
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
