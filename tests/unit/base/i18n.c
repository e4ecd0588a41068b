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

#include "base/catalogue.h"
#include "base/i18n.h"
#include "tests/unit/base/mo.h"

static char *share;

static void write_catalogue(const char *lang, const char *domain, const MoText *texts,
                            guint32 count)
{
    g_autoptr(GString) bytes = mo_bytes(texts, count, FALSE);
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
    static const MoText SWEDISH[] = {
        {"", "Plural-Forms: nplurals=2; plural=(n != 1);\n"},
        {"%d day" MO_PLURAL "%d days", "%d dag" MO_PLURAL "%d dagar"},
        {"Monday", "måndag"},
        {"sense\004Cancelled", "Avbokat"},
    };
    /* Left by an earlier version: English is the msgid, whatever lies there. */
    static const MoText ENGLISH[] = {
        {"%d day" MO_PLURAL "%d days", "%d old day" MO_PLURAL "%d old days"},
        {"Monday", "Old Monday"},
        {"sense\004Cancelled", "Old cancelled"},
    };
    static const MoText FINNISH[] = {{"Monday", "maanantai"}};
    static const MoText FORMS_EN[] = {{"Mår dåligt", "Feels unwell"}};
    static const MoText FORMS_FI[] = {{"", "Language: fi\n"}, {"Mår dåligt", "Voi huonosti"}};
    write_catalogue("sv", "dagsform", SWEDISH, G_N_ELEMENTS(SWEDISH));
    write_catalogue("en", "dagsform", ENGLISH, G_N_ELEMENTS(ENGLISH));
    write_catalogue("fi", "dagsform", FINNISH, G_N_ELEMENTS(FINNISH));
    write_catalogue("en", "dagsform-forms", FORMS_EN, G_N_ELEMENTS(FORMS_EN));
    write_catalogue("fi", "dagsform-forms", FORMS_FI, G_N_ELEMENTS(FORMS_FI));
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
    assert_string_equal(C_("sense", "Cancelled"), "Cancelled");
    assert_string_equal(_("No such text"), "No such text");
}

static void numbers_choose_the_form(void **state)
{
    (void)state;
    static const struct {
        const char *lang;
        gulong n;
        const char *days;
    } CASES[] = {
        {"sv", 0, "%d dagar"}, {"sv", 1, "%d dag"}, {"sv", 2, "%d dagar"},
        {"en", 0, "%d days"},  {"en", 1, "%d day"}, {"en", 2, "%d days"}, /* the msgids */
        {"fi", 0, "%d days"},  {"fi", 1, "%d day"}, {"fi", 2, "%d days"}, /* not in it */
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        i18n_init(CASES[i].lang);
        assert_string_equal(ngettext("%d day", "%d days", CASES[i].n), CASES[i].days);
    }
}

/* Without a language chosen, a text is its msgid: nothing is read behind the caller's back. */
static void nothing_is_translated_before_the_start(void **state)
{
    (void)state;
    const char *text = "Monday";
    assert_ptr_equal(_(text), text);
    assert_string_equal(ngettext("%d day", "%d days", 2), "%d days");
    assert_string_equal(C_("sense", "Cancelled"), "Cancelled");
    assert_string_equal(i18n_language(), "sv");
}

/* The texts must not wait for a locale, nor for what the C library makes of the environment. */
static void no_locale_is_needed(void **state)
{
    (void)state;
    static const char *const LOCALES[] = {"C", "C.UTF-8", "POSIX", "xx_XX.UTF-8", ""};
    for (guint i = 0; i < G_N_ELEMENTS(LOCALES); i++) {
        g_setenv("LC_ALL", LOCALES[i], TRUE);
        g_unsetenv("LANGUAGE");
        i18n_init("sv");
        g_unsetenv("LANGUAGE");
        assert_string_equal(_("Monday"), "måndag");
        assert_string_equal(i18n_form_text("fi", "Mår dåligt"), "Voi huonosti");
    }
    g_unsetenv("LC_ALL");
}

static void an_empty_text_is_not_the_heading(void **state)
{
    (void)state;
    i18n_init("sv");
    assert_string_equal(_(""), "");
    assert_string_equal(i18n_form_text("fi", ""), "");
}

/* The catalogues as the build lays them: BUILD/share, seen from BUILD/tests/unit/base/. */
static void shipped_catalogues_are_whole(void **state)
{
    (void)state;
    static const char *const FILES[] = {
        "sv/LC_MESSAGES/dagsform.mo", "fi/LC_MESSAGES/dagsform.mo",
        "en/LC_MESSAGES/dagsform-forms.mo", "fi/LC_MESSAGES/dagsform-forms.mo"};
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    for (guint i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path =
            g_build_filename(folder, "..", "..", "..", "share", "locale", FILES[i], NULL);
        g_autoptr(Catalogue) catalogue = catalogue_open(path);
        if (catalogue == NULL)
            fail_msg("%s cannot be read", path);
    }
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

static void a_paper_may_speak_another_language(void **state)
{
    (void)state;
    const char *text = "Monday", *unknown = "Tuesday";
    i18n_init("sv");
    assert_string_equal(i18n_text_in("fi", text), "maanantai");
    assert_string_equal(i18n_text_in("sv", text), "måndag");
    assert_ptr_equal(i18n_text_in("en", text), text);
    assert_ptr_equal(i18n_text_in("so", text), text);
    assert_ptr_equal(i18n_text_in("fi", unknown), unknown);
    assert_string_equal(_("Monday"), "måndag");
    assert_string_equal(i18n_language(), "sv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_translated_before_the_start),
        cmocka_unit_test(the_environment_chooses),
        cmocka_unit_test(a_named_language_wins),
        cmocka_unit_test(texts_come_from_the_catalogue),
        cmocka_unit_test(numbers_choose_the_form),
        cmocka_unit_test(no_locale_is_needed),
        cmocka_unit_test(an_empty_text_is_not_the_heading),
        cmocka_unit_test(shipped_catalogues_are_whole),
        cmocka_unit_test(form_texts_have_their_own_language),
        cmocka_unit_test(a_paper_may_speak_another_language),
    };
    return cmocka_run_group_tests_name("base/i18n", tests, setup, teardown);
}
