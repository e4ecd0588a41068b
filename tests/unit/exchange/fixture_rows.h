/* fixture_rows.h: what a reading in of rows answers, in a text. */
#pragma once

#include "base/i18n.h"
#include "tests/unit/exchange/fixture_import.h"

/* What is said in Swedish is known by the catalogue as the build lays it; it is read here, for
 * units have a folder of their own. */
static inline int swedish_is_known(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    i18n_init("en");
    return strcmp(i18n_text_in("sv", "Housing support"), "Boendestöd");
}

/* "imported/changed/there/refused", then a line "line column" of each refusal. New. */
static inline char *answer_of(TableImport *import, gboolean dry_run)
{
    const ImportResult result = run(import, dry_run);
    const GPtrArray *faults = table_import_faults(import);
    g_autoptr(GString) told = g_string_new(NULL);
    g_string_printf(told, "%d/%d/%d/%d", result.imported, result.changed, result.duplicates,
                    result.rejected);
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        g_string_append_printf(told, "\n%d %s", fault->line,
                               fault->column != NULL ? fault->column : "-");
        assert_true(*fault->reason != '\0');
    }
    return g_strdup(told->str);
}

/* `file` of tests/data/reading, seen to be of `what`. */
static inline void assert_reading(const Fixture *fixture, const char *file, ImportWhat what,
                                  gboolean dry_run, const char *wanted)
{
    g_autofree char *path = g_build_filename("tests", "data", "reading", file, NULL);
    g_autoptr(TableImport) import = open_path(fixture, path);
    assert_int_equal(table_import_what(import), what);
    g_autofree char *told = answer_of(import, dry_run);
    assert_string_equal(told, wanted);
}

/* A text, as rows of `what`. */
static inline void assert_text(const Fixture *fixture, const char *text, ImportWhat what,
                               const char *wanted)
{
    g_autoptr(TableImport) import = open_text(fixture, text);
    assert_int_equal(table_import_what(import), what);
    g_autofree char *told = answer_of(import, FALSE);
    assert_string_equal(told, wanted);
}
