/* form_codes.c: the choices of avbokning.yaml have the codes that the care floor stores, all of
 * them and no others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "care/visit/outcome.h"
#include "form/form.h"

#include <string.h>

/* The form as the build lays it: BUILD/share, seen from BUILD/tests/unit/care/. */
static int load_form(void **state)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    g_autofree char *path = form_find("avbokning", NULL);
    *state = path != NULL ? form_load(path, NULL, NULL) : NULL;
    return *state != NULL ? 0 : -1;
}

static int free_form(void **state)
{
    form_free(*state);
    return 0;
}

static const char *outcome(int i)
{
    return outcome_code((Outcome)i);
}
static const char *by(int i)
{
    return cancelled_by_code((CancelledBy)i);
}
static const char *told(int i)
{
    return told_by_code((ToldBy)i);
}
static const char *source(int i)
{
    return cause_source_code((CauseSource)i);
}
static const char *offer(int i)
{
    return alternative_code((Alternative)i);
}

static void test_codes(void **state)
{
    static const struct {
        const char *link_id;
        const char *(*code)(int);
        int count;
    } lists[] = {
        {"utfall", outcome, OUTCOME_COUNT}, {"avbokad-av", by, BY_COUNT},
        {"hur", told, TOLD_COUNT},          {"kalla", source, SOURCE_COUNT},
        {"alternativ", offer, OFFER_COUNT},
    };
    for (gsize l = 0; l < G_N_ELEMENTS(lists); l++) {
        const FormItem *item = form_item(*state, lists[l].link_id);
        assert_int_equal(item->options->len, lists[l].count - 1);
        for (int i = 1; i < lists[l].count; i++) {
            const char *code = lists[l].code(i);
            const FormOption *option = g_ptr_array_index(item->options, (guint)i - 1);
            assert_string_equal(option->code, code);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests_name("care/form_codes", tests, load_form, free_form);
}
