/* visit_columns.c: columns by their headings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/visit_import.h"

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
    } cases[] = {
        {"Brukarnr", COLUMN_CLIENT_NUMBER},
        {"Ärendenummer", COLUMN_CLIENT_NUMBER},
        {"Client number", COLUMN_CLIENT_NUMBER},
        {"Personnummer", COLUMN_ID_NUMBER},
        {"PERSONNR.", COLUMN_ID_NUMBER},
        {"Identity number", COLUMN_ID_NUMBER},
        {"Namn", COLUMN_NAME},
        {"Name", COLUMN_NAME},
        {"Förnamn", COLUMN_GIVEN_NAME},
        {"First name", COLUMN_GIVEN_NAME},
        {"Efternamn", COLUMN_FAMILY_NAME},
        {"Surname", COLUMN_FAMILY_NAME},
        {"Datum", COLUMN_DATE},
        {"Visit date", COLUMN_DATE},
        {"Starttid", COLUMN_START},
        {"Kl.", COLUMN_START},
        {"Start time", COLUMN_START},
        {"Sluttid", COLUMN_END},
        {"End time", COLUMN_END},
        {"Längd (tim)", COLUMN_HOURS},
        {"Length (hours)", COLUMN_HOURS},
        {"Längd (min)", COLUMN_MINUTES},
        {"Duration (minutes)", COLUMN_MINUTES},
        {"Utförare", COLUMN_STAFF},
        {"Support worker", COLUMN_STAFF},
        {"Status", COLUMN_OUTCOME},
        {"Outcome", COLUMN_OUTCOME},
        {"Orsak", COLUMN_CAUSE},
        {"Reason", COLUMN_CAUSE},
        {"Avbokad av", COLUMN_BY},
        {"Cancelled by", COLUMN_BY},
        {"Varsel (tim)", COLUMN_NOTICE},
        {"Hours of notice", COLUMN_NOTICE},
        {"Anteckning", COLUMN_NOTE},
        {"Comment", COLUMN_NOTE},
        {"  datum  ", COLUMN_DATE},
        {"Line in file", COLUMN_SKIP},
        {"Reason refused", COLUMN_SKIP},
        {"Rad i filen", COLUMN_SKIP},
        {"Orsak till avvisning", COLUMN_SKIP},
        {"Skostorlek", COLUMN_SKIP},
        {"", COLUMN_SKIP},
        {"Datum för beslut", COLUMN_SKIP},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        if (column_recognise(cases[i].heading) != cases[i].kind)
            fail_msg("%s is taken for %s", cases[i].heading,
                     column_code(column_recognise(cases[i].heading)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_back),
        cmocka_unit_test(headings_are_recognised),
    };

    return cmocka_run_group_tests_name("exchange/columns", tests, NULL, NULL);
}
