/* import_columns.c: columns by their headings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/table_import.h"

static void codes_are_read_back(void **state)
{
    (void)state;
    for (ColumnKind kind = 0; kind < COLUMN_COUNT; kind++) {
        ColumnKind parsed = COLUMN_COUNT;
        assert_non_null(column_code(kind));
        assert_true(*column_name(kind) != '\0');
        assert_true(column_parse(column_code(kind), &parsed));
        assert_int_equal(parsed, kind);
    }
    ColumnKind untouched = COLUMN_NOTE;
    assert_false(column_parse("nonsense", &untouched));
    assert_int_equal(untouched, COLUMN_NOTE);
}

static void headings_are_recognised(void **state)
{
    static const struct {
        const char *heading;
        ColumnKind kind;
        gboolean known;
    } cases[] = {
        {"Brukarnr", COLUMN_CLIENT_NUMBER, TRUE},
        {"Ärendenummer", COLUMN_CLIENT_NUMBER, TRUE},
        {"Client number", COLUMN_CLIENT_NUMBER, TRUE},
        {"Personnummer", COLUMN_ID_NUMBER, TRUE},
        {"PERSONNR.", COLUMN_ID_NUMBER, TRUE},
        {"Identity number", COLUMN_ID_NUMBER, TRUE},
        {"Namn", COLUMN_NAME, TRUE},
        {"Name", COLUMN_NAME, TRUE},
        {"Förnamn", COLUMN_GIVEN_NAME, TRUE},
        {"First name", COLUMN_GIVEN_NAME, TRUE},
        {"Efternamn", COLUMN_FAMILY_NAME, TRUE},
        {"Surname", COLUMN_FAMILY_NAME, TRUE},
        {"Datum", COLUMN_DATE, TRUE},
        {"Visit date", COLUMN_DATE, TRUE},
        {"Starttid", COLUMN_START, TRUE},
        {"Kl.", COLUMN_START, TRUE},
        {"Start time", COLUMN_START, TRUE},
        {"Sluttid", COLUMN_END, TRUE},
        {"End time", COLUMN_END, TRUE},
        {"Längd (tim)", COLUMN_HOURS, TRUE},
        {"Length (hours)", COLUMN_HOURS, TRUE},
        {"Längd (min)", COLUMN_MINUTES, TRUE},
        {"Duration (minutes)", COLUMN_MINUTES, TRUE},
        {"Utförare", COLUMN_STAFF, TRUE},
        {"Support worker", COLUMN_STAFF, TRUE},
        {"Status", COLUMN_OUTCOME, TRUE},
        {"Outcome", COLUMN_OUTCOME, TRUE},
        {"Orsak", COLUMN_CAUSE, TRUE},
        {"Reason", COLUMN_CAUSE, TRUE},
        {"Avbokad av", COLUMN_BY, TRUE},
        {"Cancelled by", COLUMN_BY, TRUE},
        {"Varsel (tim)", COLUMN_NOTICE, TRUE},
        {"Hours of notice", COLUMN_NOTICE, TRUE},
        {"Anteckning", COLUMN_NOTE, TRUE},
        {"Comment", COLUMN_NOTE, TRUE},
        {"Beslutsdatum", COLUMN_DECIDED, TRUE},
        {"Datum för beslut", COLUMN_DECIDED, TRUE},
        {"Timmar/mån", COLUMN_MONTH_HOURS, TRUE},
        {"Lagrum", COLUMN_SECTION, TRUE},
        {"Beslutat av", COLUMN_DECIDED_BY, TRUE},
        {"Anställningsnr", COLUMN_STAFF_CODE, TRUE},
        {"Befattning", COLUMN_ROLE, TRUE},
        {"  datum  ", COLUMN_DATE, TRUE},
        {"Line in file", COLUMN_SKIP, TRUE},
        {"Reason refused", COLUMN_SKIP, TRUE},
        {"Rad i filen", COLUMN_SKIP, TRUE},
        {"Orsak till avvisning", COLUMN_SKIP, TRUE},
        {"Skostorlek", COLUMN_SKIP, FALSE},
        {"", COLUMN_SKIP, FALSE},
        {"Datum för inskrivning", COLUMN_SKIP, FALSE},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        ColumnKind kind = COLUMN_COUNT;
        const gboolean known = column_recognise(IMPORT_ANY, cases[i].heading, &kind);
        if (kind != cases[i].kind || known != cases[i].known)
            fail_msg("%s is taken for %s", cases[i].heading, column_code(kind));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_back),
        cmocka_unit_test(headings_are_recognised),
    };

    return cmocka_run_group_tests_name("exchange/columns", tests, NULL, NULL);
}
