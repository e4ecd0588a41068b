/* fixture_import.h: a unit with the shipped form, and files to be read into it. The signed-in
 * person is a team lead. */
#pragma once

#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "exchange/table_import.h"
#include "tests/unit/care/fixture.h"

#define TRUE_FILE "tests/data/besok-2026-v20-v45.csv"
#define TRUE_TOTALS "tests/data/besok-2026-v20-v45.json"
#define HEADING                                                                                    \
    "Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status;Orsak;"               \
    "Avbokad av;Varsel (tim);Anteckning\r\n"
/* Two people with Skatteverket's test numbers. */
#define EMIL "B1000;19990914-2383;Emil Ärlig;"
#define YUSUF "B1001;20000831-2399;Yusuf Essen;"

static inline int import_setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture_start(fixture);
    g_autofree char *shipped =
        g_build_filename(fixture->folder, "share", "dagsform", "forms", "avbokning.yaml", NULL);
    fixture_copy("forms/avbokning.yaml", shipped);
    fixture_make(fixture, ROLE_TEAM_LEAD);
    *state = fixture;
    return 0;
}

#define IMPORT_TEST(f) cmocka_unit_test_setup_teardown(f, import_setup, fixture_teardown)

/* Writes `bytes` to a file of the test's own; its path, new. */
static inline char *file_of(const Fixture *fixture, const char *bytes, gssize length)
{
    char *path = g_build_filename(fixture->folder, "visits.csv", NULL);
    assert_true(g_file_set_contents(path, bytes, length, NULL));
    return path;
}

static inline TableImport *open_path(const Fixture *fixture, const char *path)
{
    const ImportOptions options = {.path = path};
    TableImport *import = NULL;
    assert_ok((import = table_import_open(fixture->session, &options, &error)));
    return import;
}

static inline TableImport *open_text(const Fixture *fixture, const char *text)
{
    g_autofree char *path = file_of(fixture, text, -1);
    return open_path(fixture, path);
}

static inline ImportResult run(TableImport *import, gboolean dry_run)
{
    ImportResult result;
    assert_ok(table_import_run(import, dry_run, NULL, NULL, &result, &error));
    assert_int_equal(result.imported + result.changed + result.duplicates + result.rejected,
                     result.rows);
    assert_int_equal(result.rejected, table_import_faults(import)->len);
    return result;
}

/* Reads in HEADING and `rows`; the counts as "imported/duplicates/rejected/completed". New. */
static inline char *read_rows(const Fixture *fixture, const char *rows)
{
    g_autofree char *text = g_strconcat(HEADING, rows, NULL);
    g_autoptr(TableImport) import = open_text(fixture, text);
    const ImportResult result = run(import, FALSE);
    return g_strdup_printf("%d/%d/%d/%d", result.imported, result.duplicates, result.rejected,
                           result.completed);
}

/* The unit as `make` leaves it, which it is asked to for the first test alone. */
static inline void import_once(Fixture *fixture, FixtureFiles *made,
                               void (*make)(const Fixture *fixture))
{
    const gboolean first = made->recovery == NULL;
    if (first)
        make(fixture);
    session_close(g_steal_pointer(&fixture->session));
    if (first)
        fixture_keep(fixture, made);
    else
        fixture_lay(fixture, made);
    fixture->session = fixture_open(fixture, "grundare");
}

static inline void make_true_unit(const Fixture *fixture)
{
    g_autoptr(TableImport) import = open_path(fixture, TRUE_FILE);
    assert_int_equal(run(import, FALSE).imported, 12506);
}

/* The unit has all the rows of TRUE_FILE. */
static inline void read_true_file(Fixture *fixture)
{
    static FixtureFiles made;
    import_once(fixture, &made, make_true_unit);
}

#define assert_read(fixture, rows, counts)                                                         \
    do {                                                                                           \
        g_autofree char *counted = read_rows(fixture, rows);                                       \
        assert_string_equal(counted, counts);                                                      \
    } while (0)

static inline void assert_all_is_well(const Fixture *fixture)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(meeting_verify(fixture->session, faults, &error));
    assert_ok(db_check(session_db(fixture->session), faults, NULL, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)faults->pdata[0]);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* How many rows there are of all that an import writes. */
static inline gint64 rows_in_all(const Fixture *fixture)
{
    return fixture_int(fixture->session,
                       "SELECT (SELECT count(*) FROM visit) + (SELECT count(*) FROM client)"
                       " + (SELECT count(*) FROM staff) + (SELECT count(*) FROM import)"
                       " + (SELECT count(*) FROM import_map) + (SELECT count(*) FROM week_outcome)"
                       " + (SELECT count(*) FROM week_cause) + (SELECT count(*) FROM audit)");
}
