/* hostile.c: a database whose key fits and whose rows are nobody's: every column in turn holds what
 * no program wrote. It opens or is refused in a sentence, and everything that reads it comes to an
 * end. */
#include "care/client/client.h"
#include "care/improvement/improvement.h"
#include "care/response/response_read.h"
#include "care/task/task.h"
#include "care/visit/at_risk.h"
#include "exchange/export.h"
#include "exchange/extract.h"
#include "exchange/report.h"
#include "tests/unit/care/fixture.h"
#include "tests/units/rows.h"

#define UNIT "tests/data/units/0020"

/* As SQL. */
static const char *const TEXTS[] = {
    "''",
    "CAST(X'FFFEC3' AS TEXT)",
    "'2026-99-99T99:99%n%s'",
    "'{\"a\":[[[[' || char(10) || '- x: *y'",
    "replace(hex(zeroblob(10000)), '0', 'å')",
};
static const char *const NUMBERS[] = {"-1", "0", "9223372036854775807", "-9223372036854775807 - 1"};

static int hostile_setup(void **state)
{
    Fixture *unit = g_new0(Fixture, 1);
    fixture_start(unit);
    g_unsetenv("DAGSFORM_NOW");
    assert_ok(clock_init(&error));
    fixture_copy(UNIT ".keys", unit->keys);
    *state = unit;
    return 0;
}

static sqlite3 *open_raw(const Fixture *unit)
{
    sqlite3 *handle = NULL;
    g_autoptr(Secret) key = NULL;
    assert_ok((key = unit_key(unit->database, "tests/data/units/passphrase", &error)));
    assert_ok((handle = engine_open(unit->database, NULL, key, FALSE, &error)));
    sqlite3_exec(handle, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; BEGIN",
                 NULL, NULL, NULL);
    return handle;
}

/* New. */
static GPtrArray *found(sqlite3 *handle, const char *sql)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    rows_of(handle, "", sql, rows);
    for (guint i = 0; i < rows->len; i++) {
        char *value = g_strdup(strchr(rows->pdata[i], '=') + 1);
        g_free(rows->pdata[i]);
        rows->pdata[i] = value;
    }
    return rows;
}

/* --- everything that reads ---------------------------------------------------------------------
 */

/* Read, and not looked at. NULL: it could not be. */
static void forget(GPtrArray *rows)
{
    if (rows != NULL)
        g_ptr_array_unref(rows);
}

static void read_weeks(Session *session)
{
    g_autoptr(GError) error = NULL;
    Week week = 0;
    if (!week_review_newest(session, &week, &error))
        return;
    g_autoptr(WeekReview) review = week_review_new(session, week, 26, &error);
    if (review != NULL) {
        g_free(week_report_text(review, session));
        g_free(week_report_json(review, session));
    }
    forget(at_risk_list(session, FALSE, NULL, NULL));
}

static void read_clients(const Fixture *unit, Session *session)
{
    g_autofree char *path = g_build_filename(unit->folder, "extract.json", NULL);
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 3, NULL);
    for (guint i = 0; clients != NULL && i < clients->len; i++) {
        const ClientRow *row = clients->pdata[i];
        g_autoptr(GError) error = NULL;
        ExtractResult result;
        if (extract_write(session, row->id, TRUE, path, &result, &error))
            g_remove(path);
        forget(client_history(session, row->id, 50, NULL));
    }
}

static void read_all(const Fixture *unit)
{
    g_autofree char *passphrase = NULL;
    assert_true(g_file_get_contents("tests/data/units/passphrase", &passphrase, NULL, NULL));
    g_autoptr(Secret) secret = secret_from_text(g_strchomp(passphrase));
    const SessionOpening opening = {
        .database = unit->database, .login = "eva", .passphrase = secret};
    g_autoptr(GError) error = NULL;
    g_autoptr(Session) session = session_open(&opening, &error);
    if (session == NULL) {
        assert_non_null(error);
        return;
    }
    for (ExportWhat what = 0; what < EXPORT_WHAT_COUNT; what++) {
        const ExportOrder order = {.what = what,
                                   .format = EXPORT_JSON,
                                   .from = DATE_NONE,
                                   .to = DATE_NONE,
                                   .words = TRUE,
                                   .protected = TRUE};
        ExportResult result;
        g_autoptr(GError) fault = NULL;
        GString *text = export_text(session, &order, &result, &fault);
        assert_true((text != NULL) != (fault != NULL));
        if (text != NULL)
            g_string_free(text, TRUE);
    }
    read_weeks(session);
    read_clients(unit, session);
    forget(task_list(session, (TaskFilter){0}, NULL, 100, NULL));
    forget(response_list(session, NULL, 100, NULL));
    forget(improvement_list(session, NULL));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *head = NULL;
    audit_verify(session, faults, &head, NULL);
}

/* --- every column ------------------------------------------------------------------------------
 */

/* Every column but the keys holds one of the values, another one in each round. How many did. */
static int spoil(sqlite3 *handle, const char *table, const char *type, const char *const *values,
                 guint count, guint round)
{
    int spoilt = 0;
    g_autofree char *sql = g_strdup_printf(
        "SELECT name FROM pragma_table_info('%s') WHERE type = '%s' AND name <> 'id'", table, type);
    g_autoptr(GPtrArray) columns = found(handle, sql);
    for (guint i = 0; i < columns->len; i++) {
        g_autofree char *update =
            g_strdup_printf("UPDATE OR IGNORE %s SET %s = %s", table, (char *)columns->pdata[i],
                            values[(i + round) % count]);
        if (sqlite3_exec(handle, update, NULL, NULL, NULL) == SQLITE_OK)
            spoilt += sqlite3_changes(handle) > 0;
    }
    return spoilt;
}

static int read_spoilt(const Fixture *unit, const char *table, guint round)
{
    fixture_copy(UNIT ".db", unit->database);
    sqlite3 *handle = open_raw(unit);
    const int spoilt = spoil(handle, table, "TEXT", TEXTS, G_N_ELEMENTS(TEXTS), round) +
                       spoil(handle, table, "INTEGER", NUMBERS, G_N_ELEMENTS(NUMBERS), round);
    assert_int_equal(sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    if (spoilt > 0)
        read_all(unit);
    return spoilt;
}

static void whatever_the_rows_hold(void **state)
{
    Fixture *unit = *state;
    const guint rounds = g_getenv("DAGSFORM_TEST_ALL") != NULL ? G_N_ELEMENTS(TEXTS) : 1;
    int spoilt = 0;
    fixture_copy(UNIT ".db", unit->database);
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GPtrArray) tables =
        found(handle, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    sqlite3_close(handle);
    for (guint i = 0; i < tables->len; i++)
        for (guint round = 0; round < rounds; round++)
            spoilt += read_spoilt(unit, tables->pdata[i], round);
    assert_true(spoilt > 100);
    print_message("# %d columns of rows that nobody wrote: read to the end\n", spoilt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_the_rows_hold, hostile_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
