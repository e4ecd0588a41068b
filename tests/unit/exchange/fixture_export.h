/* fixture_export.h: two units, one to export from and one to read in. The signed-in persons are
 * team leads. */
#pragma once

#include "care/client/client.h"
#include "care/client/client_named.h"
#include "care/visit/visit_batch.h"
#include "exchange/export.h"
#include "tests/unit/exchange/fixture_import.h"

typedef struct {
    Fixture unit; /* first, so that the state is a Fixture too */
    Fixture other;
} Units;

static inline void start_unit(Fixture *fixture)
{
    fixture_start(fixture);
    g_autofree char *shipped =
        g_build_filename(fixture->folder, "share", "dagsform", "forms", "avbokning.yaml", NULL);
    fixture_copy("forms/avbokning.yaml", shipped);
    fixture_make(fixture, ROLE_TEAM_LEAD);
}

static inline int units_setup(void **state)
{
    Units *units = g_new0(Units, 1);
    start_unit(&units->unit);
    start_unit(&units->other);
    *state = units;
    return 0;
}

/* Without the other one. */
static inline int unit_setup(void **state)
{
    Units *units = g_new0(Units, 1);
    start_unit(&units->unit);
    *state = units;
    return 0;
}

static inline int units_teardown(void **state)
{
    Units *units = *state;
    fixture_end(&units->unit);
    if (units->other.folder != NULL)
        fixture_end(&units->other);
    g_free(units);
    return 0;
}

#define UNITS_TEST(f) cmocka_unit_test_setup_teardown(f, units_setup, units_teardown)
#define UNIT_TEST(f) cmocka_unit_test_setup_teardown(f, unit_setup, units_teardown)

#define ORDER(...) ((ExportOrder){.from = DATE_NONE, .to = DATE_NONE, __VA_ARGS__})

/* New. */
static inline char *exported(Session *session, ExportOrder order, ExportResult *result)
{
    ExportResult own;
    GString *text = NULL;
    assert_ok((text = export_text(session, &order, result != NULL ? result : &own, &error)));
    return g_string_free(text, FALSE);
}

static inline int compare_rows(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One a visit, in the order of their texts: those of one moment may have changed places. */
static inline char **rows_of(const Fixture *unit)
{
    g_autofree char *text = exported(
        unit->session, ORDER(.what = EXPORT_VISITS, .format = EXPORT_JSON, .words = TRUE), NULL);
    GPtrArray *rows = g_ptr_array_new();
    /* memchr(): under ASan g_strsplit() reads the whole text once for each row of it. */
    for (const char *row = text, *end = text + strlen(text), *next; row < end; row = next + 1) {
        next = memchr(row, '\n', end - row);
        assert_non_null(next);
        g_ptr_array_add(rows, g_strndup(row, next - row - (next > row && next[-1] == ',')));
    }
    qsort(rows->pdata, rows->len, sizeof *rows->pdata, compare_rows);
    g_ptr_array_add(rows, NULL);
    return (char **)g_ptr_array_free(rows, FALSE);
}

/* The ways a file of rows goes out and comes in again. */
static const struct {
    ExportFormat format;
    gboolean strict;
} WAYS[] = {{EXPORT_CSV, FALSE}, {EXPORT_CSV, TRUE}, {EXPORT_XLSX, FALSE}};

/* All of a kind as a file of the unit's own. New. */
static inline char *export_way(const Fixture *unit, ExportWhat what, gsize way)
{
    char *path = g_strdup_printf("%s/out.%s", unit->folder, export_format_code(WAYS[way].format));
    const ExportOrder order = ORDER(.what = what, .format = WAYS[way].format, .words = TRUE,
                                    .protected = TRUE, .strict = WAYS[way].strict);
    ExportResult result;
    assert_ok(export_file(unit->session, &order, path, TRUE, &result, &error));
    return path;
}

static inline TableImport *open_way(const Fixture *unit, const char *path, gsize way)
{
    const ImportOptions options = {.path = path, .strict = WAYS[way].strict};
    TableImport *import = NULL;
    assert_ok((import = table_import_open(unit->session, &options, &error)));
    return import;
}

/* The unit's visits as a file, read into the other one: all are the same there. */
static inline void assert_read_again(const Units *units, gsize way)
{
    g_autofree char *path = export_way(&units->unit, EXPORT_VISITS, way);
    g_autoptr(TableImport) import = open_way(&units->other, path, way);
    g_auto(GStrv) unknown = table_import_unknown(import);
    assert_int_equal(g_strv_length(unknown), 0);
    const ImportResult result = run(import, FALSE);
    for (guint i = 0; i < table_import_faults(import)->len; i++)
        print_message("%s\n", ((ImportFault *)table_import_faults(import)->pdata[i])->reason);
    assert_int_equal(result.rejected, 0);
    assert_int_equal(result.imported, result.rows);
    g_auto(GStrv) rows = rows_of(&units->unit);
    g_auto(GStrv) others = rows_of(&units->other);
    assert_int_equal(g_strv_length(rows), g_strv_length(others));
    for (guint i = 0; rows[i] != NULL; i++)
        assert_string_equal(rows[i], others[i]);
}
