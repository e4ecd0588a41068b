/* config.c: the settings and what is said about wrong ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "ui/config.h"

static char *folder;

static Config *load(const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "config.ini", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    Config *config = config_load(path, error);
    g_unlink(path);
    return config;
}

static void missing_file_is_all_defaults(void **unused)
{
    (void)unused;
    g_autofree char *path = g_build_filename(folder, "none", "config.ini", NULL);
    g_autoptr(Config) config = config_load(path, NULL);
    assert_non_null(config);
    assert_null(config->database);
    assert_null(config->language);
    assert_null(config->theme);
    assert_false(config->mouse);
    assert_int_equal(config->lock_minutes, 10);
    assert_int_equal(config->backup_days, 7);
    assert_false(config->syslog);
    assert_int_equal(config->escape_delay_ms, 25);
}

static void settings_are_read(void **unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) config = load("# comment\n[general]\ndatabase = /x/unit.db\nlanguage = fi\n"
                                    "[screen]\ntheme=monochrome\nmouse = true\nlock-after = 0\n"
                                    "escape-delay = 100\n[backup]\ndays = 14\n[log]\nsyslog = true\n[keys]\ncancel = x\n",
                                    &error);
    assert_null(error);
    assert_string_equal(config->database, "/x/unit.db");
    assert_string_equal(config->language, "fi");
    assert_string_equal(config->theme, "monochrome");
    assert_true(config->mouse);
    assert_int_equal(config->lock_minutes, 0);
    assert_int_equal(config->escape_delay_ms, 100);
    assert_int_equal(config->backup_days, 14);
    assert_true(config->syslog);
    assert_true(g_key_file_has_key(config->file, "keys", "cancel", NULL));
}

static void faults_are_named(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *part;
    } CASES[] = {
        {"[general]\nlanguage = klingon\n", "language"},
        {"[screen]\ntheme = pink\n", "theme"},
        {"[screen]\nmouse = yes\n", "mouse"},
        {"[screen]\nlock-after = ten\n", "lock-after"},
        {"[screen]\nlock-after = -1\n", "lock-after"},
        {"[screen]\nlock-after = 99999\n", "1440"},
        {"[screen]\nlock_after = 5\n", "lock_after"},
        {"[colours]\nx = 1\n", "[colours]"},
        {"mouse = true\n", "config.ini"},
        {"[sk\xe4rm]\n", "UTF-8"}, /* found by the fuzz target */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(load(CASES[i].text, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_non_null(strstr(error->message, CASES[i].part));
    }
}

/* A pipe that nobody writes to would be read for ever. */
static void what_is_no_file_is_refused(void **unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "config.ini", NULL);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(config_load(path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    g_unlink(path);
}

static int make_folder(void **unused)
{
    (void)unused;
    folder = g_dir_make_tmp("dagsform-config-XXXXXX", NULL);
    return folder == NULL;
}

static int remove_folder(void **unused)
{
    (void)unused;
    int result = g_rmdir(folder);
    g_free(folder);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_file_is_all_defaults),
        cmocka_unit_test(settings_are_read),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests_name("config", tests, make_folder, remove_folder);
}
