/* i18n.c: which language is chosen, and texts from catalogues that the test writes itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <langinfo.h>
#include <stdio.h>
#include <wchar.h>

#include "base/i18n.h"

#include <glib.h>

static char *share;

static void put_number(GString *bytes, guint32 number)
{
    g_string_append_len(bytes, (const char *)&number, sizeof number);
}

/* A catalogue as msgfmt writes it (GNU gettext manual, 10.3); `texts` are pairs of msgid and
 * translation in the order of the msgids. */
static void write_catalogue(const char *lang, const char *domain, const char *const *texts)
{
    const guint32 count = g_strv_length((char **)texts) / 2 + 1, heading = 28;
    g_autoptr(GString) bytes = g_string_new(NULL), strings = g_string_new(NULL);
    put_number(bytes, 0x950412de);
    put_number(bytes, 0);
    put_number(bytes, count);
    put_number(bytes, heading);
    put_number(bytes, heading + count * 8);
    put_number(bytes, 0);
    put_number(bytes, 0);
    const guint32 start = heading + count * 16;
    for (guint32 column = 0; column < 2; column++) {
        for (guint32 i = 0; i < count; i++) {
            const char *text = column == 0 ? "" : "Content-Type: text/plain; charset=UTF-8\n";
            if (i > 0)
                text = texts[(i - 1) * 2 + column];
            put_number(bytes, (guint32)strlen(text));
            put_number(bytes, start + (guint32)strings->len);
            g_string_append_len(strings, text, (gssize)strlen(text) + 1);
        }
    }
    g_string_append_len(bytes, strings->str, (gssize)strings->len);

    g_autofree char *folder = g_build_filename(share, "locale", lang, "LC_MESSAGES", NULL);
    g_autofree char *file = g_strdup_printf("%s/%s.mo", folder, domain);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(file, bytes->str, (gssize)bytes->len, NULL));
}

static int setup(void **state)
{
    (void)state;
    share = g_dir_make_tmp("dagsform-i18n-XXXXXX", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    static const char *const SWEDISH[] = {"Monday", "måndag", "sense\004Cancelled", "Avbokat",
                                          NULL};
    static const char *const FINNISH[] = {"Monday", "maanantai", NULL};
    static const char *const FORMS_EN[] = {"Mår dåligt", "Feels unwell", NULL};
    static const char *const FORMS_FI[] = {"Mår dåligt", "Voi huonosti", NULL};
    write_catalogue("sv", "dagsform", SWEDISH);
    write_catalogue("fi", "dagsform", FINNISH);
    write_catalogue("en", "dagsform-forms", FORMS_EN);
    write_catalogue("fi", "dagsform-forms", FORMS_FI);
    return share != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    static const char *const LANGUAGES[] = {"sv", "en", "fi"};
    for (guint i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        const char *const FORMAT[] = {"%s/locale/%s/LC_MESSAGES/dagsform.mo",
                                      "%s/locale/%s/LC_MESSAGES/dagsform-forms.mo",
                                      "%s/locale/%s/LC_MESSAGES", "%s/locale/%s"};
        for (guint j = 0; j < G_N_ELEMENTS(FORMAT); j++) {
            g_autofree char *path = g_strdup_printf(FORMAT[j], share, LANGUAGES[i]);
            g_remove(path);
        }
    }
    g_autofree char *locale = g_build_filename(share, "locale", NULL);
    g_rmdir(locale);
    int left = g_rmdir(share);
    g_clear_pointer(&share, g_free);
    return left;
}

static void the_environment_chooses(void **state)
{
    (void)state;
    static const struct {
        const char *language, *lc_all, *lc_messages, *lang, *chosen;
    } CASES[] = {
        {"", "", "", "", "sv"},
        {"", "", "", "C.UTF-8", "sv"},
        {"", "", "", "POSIX", "sv"},
        {"", "", "", "sv_SE.UTF-8", "sv"},
        {"", "", "", "sv_FI", "sv"},
        {"", "", "", "en_US.UTF-8", "en"},
        {"", "", "", "fi_FI@euro", "fi"},
        {"", "", "fi_FI.UTF-8", "en_US.UTF-8", "fi"},
        {"", "en_GB.UTF-8", "fi_FI.UTF-8", "sv_SE.UTF-8", "en"},
        {"fi", "en_GB.UTF-8", "", "sv_SE.UTF-8", "fi"},
        {"de:en_GB:fi", "", "", "sv_SE.UTF-8", "en"},
        {"de", "", "", "fi_FI.UTF-8", "fi"},
        {"", "C.UTF-8", "", "en_US.UTF-8", "en"},
        {"", "", "", "de_DE.UTF-8", "sv"},
        {"", "", "", "fil_PH.UTF-8", "sv"},
        {"::", "", "", "e", "sv"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_setenv("LANGUAGE", CASES[i].language, TRUE);
        g_setenv("LC_ALL", CASES[i].lc_all, TRUE);
        g_setenv("LC_MESSAGES", CASES[i].lc_messages, TRUE);
        g_setenv("LANG", CASES[i].lang, TRUE);
        assert_true(i18n_init(NULL));
        assert_string_equal(i18n_language(), CASES[i].chosen);
        /* Whatever is installed: UTF-8, and numbers with a point. */
        assert_string_equal(nl_langinfo(CODESET), "UTF-8");
        assert_string_equal(nl_langinfo(RADIXCHAR), ".");
        assert_int_equal(wcwidth(0x65E5), 2);
    }
    g_unsetenv("LC_ALL");
    g_unsetenv("LC_MESSAGES");
    g_setenv("LANG", "C", TRUE);
}

static void a_named_language_wins(void **state)
{
    (void)state;
    g_setenv("LANGUAGE", "en", TRUE);
    assert_true(i18n_init("fi"));
    assert_string_equal(i18n_language(), "fi");
    assert_false(i18n_init("de"));
    assert_string_equal(i18n_language(), "sv");
    assert_false(i18n_init(""));
    assert_true(i18n_init("en"));
    assert_string_equal(i18n_language(), "en");
}

static void texts_come_from_the_catalogue(void **state)
{
    (void)state;
    i18n_init("sv");
    assert_string_equal(_("Monday"), "måndag");
    assert_string_equal(C_("sense", "Cancelled"), "Avbokat");
    assert_string_equal(C_("other sense", "Cancelled"), "Cancelled");
    i18n_init("fi");
    assert_string_equal(_("Monday"), "maanantai");
    i18n_init("en");
    assert_string_equal(_("Monday"), "Monday");
    assert_string_equal(_("No such text"), "No such text");
}

static void form_texts_have_their_own_language(void **state)
{
    (void)state;
    const char *text = "Mår dåligt", *unknown = "Något annat";
    i18n_init("sv");
    assert_string_equal(i18n_form_text("fi", text), "Voi huonosti");
    assert_string_equal(i18n_form_text("en", text), "Feels unwell");
    assert_ptr_equal(i18n_form_text("sv", text), text);
    assert_ptr_equal(i18n_form_text("fi", unknown), unknown);
    assert_ptr_equal(i18n_form_text("so", text), text);
    assert_string_equal(i18n_form_text("fi", ""), "");
    /* The program's own language has stayed. */
    assert_string_equal(_("Monday"), "måndag");
    i18n_init("fi");
    assert_string_equal(i18n_form_text("fi", text), "Voi huonosti");
    assert_ptr_equal(i18n_form_text("sv", text), text);
    assert_string_equal(i18n_form_text("en", text), "Feels unwell");
    assert_string_equal(_("Monday"), "maanantai");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_environment_chooses),
        cmocka_unit_test(a_named_language_wins),
        cmocka_unit_test(texts_come_from_the_catalogue),
        cmocka_unit_test(form_texts_have_their_own_language),
    };
    return cmocka_run_group_tests_name("base/i18n", tests, setup, teardown);
}
