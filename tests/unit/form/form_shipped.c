/* form_shipped.c: the forms that come with the program load without a word of complaint in every
 * language, and the words met in planning systems' exports are understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "form/form.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const LANGUAGES[] = {"sv", "en", "fi"};

/* Forms and catalogues as the build lays them: BUILD/share, seen from BUILD/tests/unit/form/. */
static int use_build_share(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    return 0;
}

static Form *load_shipped(GPtrArray *warnings)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = form_find("avbokning", NULL);
    if (path == NULL) {
        fprintf(stderr, "avbokning.yaml is not in %s\n", g_getenv("DAGSFORM_SHARE"));
        return NULL;
    }
    Form *form = form_load(path, warnings, &error);
    if (form == NULL)
        fprintf(stderr, "%s\n", error->message);
    return form;
}

static gboolean loads_well(const char *language, gboolean (*check)(const Form *form))
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    i18n_init(language);
    g_autoptr(Form) form = load_shipped(warnings);
    for (guint i = 0; i < warnings->len; i++)
        fprintf(stderr, "%s\n", (char *)g_ptr_array_index(warnings, i));
    return form != NULL && warnings->len == 0 && check(form);
}

/* The language is chosen once in a program's life, so each check has a process of its own. */
static void in_language(const char *language, gboolean (*check)(const Form *form))
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(loads_well(language, check) ? 0 : 1);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status != 0)
        fail_msg("the form is not right in “%s”", language);
}

static gboolean understands(const Form *form, const char *link_id, const char *text,
                            const char *code)
{
    const FormOption *option = form_option_by_text(form_item(form, link_id), text);
    if (option != NULL && strcmp(option->code, code) == 0)
        return TRUE;
    fprintf(stderr, "%s: “%s” is not %s\n", link_id, text, code);
    return FALSE;
}

static const struct {
    const char *link_id, *text, *code;
} WORDS[] = {
    /* A planning system's export. */
    {"utfall", "Genomförd", "done"},
    {"utfall", "Genomförd annan form", "done-otherwise"},
    {"utfall", "Avbokad", "cancelled"},
    {"utfall", "Avböjd på plats", "declined"},
    {"utfall", "Uteblivet", "no-show"},
    {"utfall", "Inställt av verksamheten", "unit-cancelled"},
    {"avbokad-av", "Brukare", "client"},
    {"avbokad-av", "Anhörig", "relative"},
    {"avbokad-av", "God man", "guardian"},
    {"avbokad-av", "Verksamheten", "unit"},
    {"orsak", "Mår dåligt psykiskt", "MÅ"},
    {"orsak", "Oro", "ORO"},
    {"orsak", "Orkar inte", "ORK"},
    {"orsak", "Sjuk", "SJU"},
    {"orsak", "Glömt", "GLÖ"},
    {"orsak", "Skola/arbete", "SKO"},
    {"orsak", "Annan vårdtid", "VÅR"},
    {"orsak", "Byte av personal", "PER"},
    {"orsak", "Personal sjuk", "PSJ"},
    {"orsak", "Vikarie saknas", "VIK"},
    {"orsak", "Utbildning personal", "UTB"},
    {"orsak", "Verksamhetens orsak", "INS"},
    {"kalla", "God man", "relative"},
    {"kalla", "Anhörigs ord", "relative"},
    {"orsak", "Vill ej uppge", "VIL"},
    /* Other systems, other spellings. */
    {"utfall", "UTFÖRD", "done"},
    {"utfall", "uteblev", "no-show"},
    {"utfall", "Ej hemma", "no-show"},
    {"utfall", "Avböjd", "declined"},
    {"utfall", "Ombokad", "rebooked"},
    {"utfall", "no show", "no-show"},
    {"orsak", "mår dåligt psykiskt ", "MÅ"},
    {"orsak-2", "Trött", "ORK"},
    /* The other languages, whichever the program speaks. */
    {"utfall", "Done", "done"},
    {"utfall", "Cancelled", "cancelled"},
    {"utfall", "Peruttu", "cancelled"},
    {"orsak", "Worry or fear", "ORO"},
    {"orsak", "Sairas", "SJU"},
    {"orsak", "Prefers not to say", "VIL"},
};

static gboolean understands_all(const Form *form)
{
    gboolean all = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
        all = understands(form, WORDS[i].link_id, WORDS[i].text, WORDS[i].code) && all;
    return all;
}

static void test_words(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++)
        in_language(LANGUAGES[i], understands_all);
}

static gboolean speaks_finnish(const Form *form)
{
    return strcmp(form_text(form->title), "Peruttu käynti") == 0 &&
           strcmp(form_text_in(form->title, "en"), "Cancelled visit") == 0 &&
           form_text_in(form->title, "sv") == form->title &&
           strcmp(form_text("Enhetens egna ord"), "Enhetens egna ord") == 0 &&
           strcmp(form_text(""), "") == 0 && form_text(NULL) == NULL;
}

static void test_texts(void **state)
{
    (void)state;
    in_language("fi", speaks_finnish);
}

/* The causes in their order, as the field's words are agreed; each has its key. Row E: the unit's own
 * are told apart. */
static gboolean has_causes(const Form *form)
{
    static const char *const codes[] = {"MÅ",  "ORO", "ORK", "SJU", "GLÖ", "SKO", "FAM",
                                        "VÅR", "RES", "PER", "TID", "BRA", "PSJ", "VIK",
                                        "UTB", "INS", "VIL", "OKÄ", "ANN"};
    const FormItem *causes = form_item(form, "orsak");
    const FormItem *further = form_item(form, "orsak-2");
    if (causes->options->len != G_N_ELEMENTS(codes) ||
        further->options->len != causes->options->len)
        return FALSE;
    for (guint i = 0; i < causes->options->len; i++) {
        const FormOption *option = g_ptr_array_index(causes->options, i);
        if (strcmp(option->code, codes[i]) != 0 || option->key == 0 ||
            option->offers_help != (i < 3) ||
            option->unit_cause != (i >= 12 && i < 16))
            return FALSE;
    }
    return TRUE;
}

static void test_causes(void **state)
{
    (void)state;
    in_language("sv", has_causes);
}

/* A unit's own wording is told of, once a text, in a language that lacks it; in Swedish never. */
static gboolean tells_of_missing(const Form *form)
{
    static const char yaml[] = "name: egen\nversion: 1\ntitle: Avbokat besök\nitem:\n"
                               "- linkId: a\n  type: choice\n  text: Enhetens egen fråga\n"
                               "  answerOption:\n  - {code: x, display: Annat}\n"
                               "  - {code: y, display: Enhetens eget svar}\n";
    (void)form;
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Form) own = form_load_bytes(yaml, sizeof yaml - 1, "egen.yaml", warnings, NULL);
    if (g_str_equal(i18n_language(), "sv"))
        return own != NULL && warnings->len == 0;
    return own != NULL && warnings->len == 2 &&
           strstr(g_ptr_array_index(warnings, 0), "egen.yaml, line 5") != NULL &&
           strstr(g_ptr_array_index(warnings, 0), "Enhetens egen fråga") != NULL &&
           strstr(g_ptr_array_index(warnings, 1), "egen.yaml, line 10") != NULL;
}

static void test_missing_translation(void **state)
{
    (void)state;
    in_language("sv", tells_of_missing);
    in_language("en", tells_of_missing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_causes),
        cmocka_unit_test(test_missing_translation),
    };
    return cmocka_run_group_tests_name("form/form_shipped", tests, use_build_share, NULL);
}
