/* idnumber.c: every rule, and every one of the published test numbers.
 *
 * Coordination numbers are made of published test numbers of the 1890s, so they are nobody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/idnumber.h"

#define NUMBERS "tests/data/testpersonnummer.csv"

static Date today;

static int setup(void **state)
{
    (void)state;
    today = date_parse("2026-11-22");
    return 0;
}

/* The check digit of nine digits, counted otherwise than the program does. */
static char check_digit(const char *nine)
{
    static const int DOUBLED[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    for (int i = 0; i < 9; i++)
        sum += i % 2 == 0 ? DOUBLED[nine[i] - '0'] : nine[i] - '0';
    return (char)('0' + (1000 - sum) % 10);
}

static IdFault fault_of(const char *text)
{
    IdNumber id;
    gboolean fits = idnumber_parse(text, today, &id);
    assert_int_equal(fits, id.fault == ID_OK);
    return id.fault;
}

static void expect_number(const char *text, Date on, IdKind kind, const char *birth, int year,
                          const char *number)
{
    IdNumber id;
    char buffer[DATE_SIZE];
    if (!idnumber_parse(text, on, &id))
        fail_msg("“%s” is refused with %d", text, id.fault);
    assert_int_equal(id.kind, kind);
    assert_string_equal(date_format(id.birth, buffer), birth);
    assert_int_equal(id.year, year);
    assert_string_equal(id.number, number);
}

/* All that one published number must do. */
static void check_published(const char *twelve)
{
    IdNumber id, again;
    char buffer[DATE_SIZE], short_form[16], text[16];
    assert_true(idnumber_parse(twelve, today, &id));
    assert_int_equal(id.kind, ID_PERSONNUMMER);
    date_format(id.birth, buffer);
    g_snprintf(text, sizeof text, "%.4s-%.2s-%.2s", twelve, twelve + 4, twelve + 6);
    assert_string_equal(buffer, text);
    assert_int_equal(id.sex, strchr("13579", twelve[10]) != NULL ? SEX_MAN : SEX_WOMAN);
    g_snprintf(text, sizeof text, "%.8s-%.4s", twelve, twelve + 8);
    assert_string_equal(id.number, text);

    /* ten digits, with "+" from the year of 100 */
    g_snprintf(short_form, sizeof short_form, "%.6s%c%.4s", twelve + 2, id.year <= 1926 ? '+' : '-',
               twelve + 8);
    assert_true(idnumber_parse(short_form, today, &again));
    assert_memory_equal(again.number, id.number, sizeof id.number);

    assert_int_equal(check_digit(twelve + 2), twelve[11]);
    for (char digit = '0'; digit <= '9'; digit++) {
        g_snprintf(text, sizeof text, "%.11s%c", twelve, digit);
        assert_int_equal(fault_of(text), digit == twelve[11] ? ID_OK : ID_CHECK_DIGIT);
    }
    g_snprintf(text, sizeof text, "%.8s000%c", twelve, twelve[11]);
    assert_int_equal(fault_of(text), ID_SERIAL);
}

static void published_numbers_are_valid(void **state)
{
    (void)state;
    g_autofree char *contents = NULL;
    assert_true(g_file_get_contents(NUMBERS, &contents, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    int count = 0;
    for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++, count++)
        check_published(lines[i]);
    assert_int_equal(count, 515);
}

static void all_ways_of_writing(void **state)
{
    (void)state;
    static const char *const SAME[] = {
        "200001092394",       "20000109-2394",       "000109-2394",        "0001092394",
        " 20000109-2394 ",    "20000109 2394",       "2000 01 09 - 23 94", "20000109\u20102394",
        "20000109\u20112394", "20000109\u20122394",  "20000109\u20132394", "20000109\u22122394",
        "20000109\u00A02394", "\t000109\u22122394\n"};
    for (guint i = 0; i < G_N_ELEMENTS(SAME); i++)
        expect_number(SAME[i], today, ID_PERSONNUMMER, "2000-01-09", 2000, "20000109-2394");
    expect_number("640823-3234", today, ID_PERSONNUMMER, "1964-08-23", 1964, "19640823-3234");
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        IdFault fault;
    } CASES[] = {
        {"", ID_EMPTY},
        {"   ", ID_EMPTY},
        {"\u00A0", ID_EMPTY},
        {"1", ID_FORM},
        {"-", ID_FORM},
        {"2000010923", ID_DATE},
        {"20000109239", ID_FORM},
        {"2000010923944", ID_FORM},
        {"200-001092394", ID_FORM},
        {"200001-092394", ID_FORM},
        {"20000109--2394", ID_FORM},
        {"000109-+2394", ID_FORM},
        {"-0001092394", ID_FORM},
        {"000109.2394", ID_FORM},
        {"000109_2394", ID_FORM},
        {"okänt", ID_FORM},
        {"00010923９4", ID_FORM},
        {"000109-239\xFF", ID_FORM},
        {"20000109-2394 och en lång anteckning efter numret som aldrig tar slut", ID_FORM},
        {"1,99E+11", ID_SPREADSHEET},
        {"1.99E+11", ID_SPREADSHEET},
        {"1,99909e+11", ID_SPREADSHEET},
        {"2E11", ID_SPREADSHEET},
        {"1,99909142383E+011", ID_SPREADSHEET},
        {" 6,41E+09 ", ID_SPREADSHEET},
        {"1,99E", ID_FORM},
        {"E+11", ID_FORM},
        {"20000230-2390", ID_DATE},
        {"20001301-2390", ID_DATE},
        {"20000001-2390", ID_DATE},
        {"20000132-2390", ID_DATE},
        {"20000100-2390", ID_DATE},
        {"20000192-2390", ID_DATE},
        {"19000229-9800", ID_DATE},
        {"17991231-9800", ID_DATE},
        {"20261123-2390", ID_FUTURE},
        {"20990101-2390", ID_FUTURE},
        {"20000109-0004", ID_SERIAL},
        {"20000109-2393", ID_CHECK_DIGIT},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        IdFault fault = fault_of(CASES[i].text);
        if (fault != CASES[i].fault)
            fail_msg("“%s” is %d, not %d", CASES[i].text, fault, CASES[i].fault);
    }
}

static void a_refused_number_says_what_it_could(void **state)
{
    (void)state;
    IdNumber id;
    assert_false(idnumber_parse("20000109-2393", today, &id));
    assert_int_equal(id.birth, date_parse("2000-01-09"));
    assert_int_equal(id.kind, ID_PERSONNUMMER);
    assert_string_equal(id.number, "20000109-2393");
    assert_false(idnumber_parse("1,99E+11", today, &id));
    assert_int_equal(id.kind, ID_NONE);
    assert_int_equal(id.birth, DATE_NONE);
    assert_string_equal(id.number, "");
}

/* 18900101-9802 has "+" from the year it turns 100, not from the day. */
static void plus_from_the_year_of_100(void **state)
{
    (void)state;
    static const struct {
        const char *on, *text, *number; /* what the ten digits mean on that day */
    } CASES[] = {
        {"1989-12-31", "900101-9802", "18900101-9802"},
        {"1990-01-01", "900101-9802", "19900101-9802"},
        {"1990-01-01", "900101+9802", "18900101-9802"},
        {"1989-12-31", "260913-7043", "19260913-7043"},
        {"2025-12-31", "260913-7043", "19260913-7043"},
        {"2026-01-01", "260913+7043", "19260913-7043"},
        {"2026-01-01", "260913-7043", "19260913-7043"}, /* not yet 2026-09-13 */
        {"2026-09-13", "260913-7043", "20260913-7043"},
        {"2026-11-22", "900101+9802", "18900101-9802"},
        {"2026-11-22", "9001019802", "19900101-9802"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        IdNumber id;
        assert_true(idnumber_parse(CASES[i].text, date_parse(CASES[i].on), &id));
        assert_string_equal(id.number, CASES[i].number);
    }
}

static void the_century_is_the_latest_possible(void **state)
{
    (void)state;
    expect_number("231223-2388", date_parse("2023-12-23"), ID_PERSONNUMMER, "2023-12-23", 2023,
                  "20231223-2388");
    expect_number("231223-2388", date_parse("2023-12-22"), ID_PERSONNUMMER, "1923-12-23", 1923,
                  "19231223-2388");
    IdNumber id;
    assert_false(idnumber_parse("20231223-2388", date_parse("2023-12-22"), &id));
    assert_int_equal(id.fault, ID_FUTURE);
}

static void coordination_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *nine, *birth;
    } CASES[] = {
        {"900161980", "1890-01-01"}, /* day + 60 */
        {"900191980", "1890-01-31"}, {"900288980", "1890-02-28"},
        {"900160980", ""}, /* day not known */
        {"900075980", ""}, /* month not known */
        {"900060980", ""}, /* neither */
        {"901260981", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const char *nine = CASES[i].nine;
        char twelve[13], number[14], ten[12];
        g_snprintf(twelve, sizeof twelve, "18%s%c", nine, check_digit(nine));
        g_snprintf(number, sizeof number, "%.8s-%.4s", twelve, twelve + 8);
        g_snprintf(ten, sizeof ten, "%.6s+%.4s", twelve + 2, twelve + 8);
        expect_number(twelve, today, ID_SAMORDNINGSNUMMER, CASES[i].birth, 1890, number);
        expect_number(ten, today, ID_SAMORDNINGSNUMMER, CASES[i].birth, 1890, number);
        IdNumber id;
        assert_true(idnumber_parse(twelve, today, &id));
        assert_int_equal(id.sex, nine[8] == '0' ? SEX_WOMAN : SEX_MAN);
        twelve[11] = twelve[11] == '9' ? '0' : (char)(twelve[11] + 1);
        assert_int_equal(fault_of(twelve), ID_CHECK_DIGIT);
    }
    assert_int_equal(fault_of("18900289-9800"), ID_DATE); /* 29 February 1890 */
    assert_int_equal(fault_of("18900192-9800"), ID_DATE); /* day 32 */
    assert_int_equal(fault_of("18901361-9800"), ID_DATE);
    assert_int_equal(fault_of("18900061-0004"), ID_SERIAL);
    assert_int_equal(fault_of("20270060-9800"), ID_FUTURE);
    assert_int_equal(fault_of("20261260-9800"), ID_FUTURE);
}

static void reserve_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *birth, *number;
        int year;
    } CASES[] = {
        {"991234567890", "", "991234567890", 0}, /* Stockholm */
        {"99123456-7890", "", "991234567890", 0},
        {"19850417-A12B", "1985-04-17", "19850417-A12B", 1985}, /* Skåne */
        {"19850417a12b", "1985-04-17", "19850417-A12B", 1985},
        {" 19850417 123x ", "1985-04-17", "19850417-123X", 1985},
        {"20010101K067", "2001-01-01", "20010101-K067", 2001}, /* Västra Götaland */
        {"22850417AB12", "1985-04-17", "22850417-AB12", 1985}, /* national, 19 + 3 */
        {"23050417ABC2", "2005-04-17", "23050417-ABC2", 2005}, /* national, 20 + 3 */
        {"25850417AB12", "1985-04-17", "25850417-AB12", 1985}, /* national, 19 + 6 */
        {"00992059AB12", "", "00992059-AB12", 0},              /* national, date not known */
        {"20000230AB12", "", "20000230-AB12", 0},
        {"20270101AB12", "", "20270101-AB12", 0},
        /* C6: without the century, of a university, of Inera */
        {"000101-T220", "2000-01-01", "20000101-T220", 2000},
        {"850101-DA0A", "1985-01-01", "19850101-DA0A", 1985},
        {"561110-K064", "1956-11-10", "19561110-K064", 1956},
        {"561110k064", "1956-11-10", "19561110-K064", 1956},
        {"261122-K064", "2026-11-22", "20261122-K064", 2026},
        {"261123-K064", "1926-11-23", "19261123-K064", 1926},
        {"251110+K064", "1925-11-10", "19251110-K064", 1925},
        {"19810829SF2B", "1981-08-29", "19810829-SF2B", 1981},
        {"19850145-1234", "", "19850145-1234", 1985},
        {"850145-1234", "", "19850145-1234", 1985},
        {"198108320014", "", "19810832-0014", 1981},
        {"261159-0007", "", "20261159-0007", 2026},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        expect_number(CASES[i].text, today, ID_RESERVNUMMER, CASES[i].birth, CASES[i].year,
                      CASES[i].number);
        IdNumber id;
        idnumber_parse(CASES[i].text, today, &id);
        assert_int_equal(id.sex, SEX_UNKNOWN);
    }
    static const char *const NONE[] = {"19850417+A12B",  "1985041-7A12B", "1985A417-1234",
                                       "19850417-Å123",  "19850417-A1B",  "85041-7A12B",
                                       "85A417-1234",    "850417-Å123",   "850417-A1B",
                                       "19850417-A12BC", "19850417-A1.B", "850417-A1.B"};
    for (guint i = 0; i < G_N_ELEMENTS(NONE); i++)
        assert_int_equal(fault_of(NONE[i]), ID_FORM);
    static const char *const NO_DAY[] = {"850230-K064",   "851301-K064",   "850145-K064",
                                         "19850145-1235", "19850131-0000", "850132-1234",
                                         "19851345-1232", "20261245-1232"};
    for (guint i = 0; i < G_N_ELEMENTS(NO_DAY); i++)
        if (fault_of(NO_DAY[i]) == ID_OK)
            fail_msg("%s is a number", NO_DAY[i]);
}

static void every_fault_and_kind_has_words(void **state)
{
    (void)state;
    for (int fault = ID_EMPTY; fault <= ID_SPREADSHEET; fault++)
        assert_true(g_str_has_suffix(idnumber_fault_text((IdFault)fault), "."));
    assert_string_equal(idnumber_fault_text(ID_OK), "");
    for (int kind = ID_NONE; kind <= ID_RESERVNUMMER; kind++)
        assert_true(*idnumber_kind_name((IdKind)kind) != '\0');
    for (int sex = SEX_UNKNOWN; sex <= SEX_OTHER; sex++)
        assert_true(*sex_name((Sex)sex) != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_numbers_are_valid),
        cmocka_unit_test(all_ways_of_writing),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(a_refused_number_says_what_it_could),
        cmocka_unit_test(plus_from_the_year_of_100),
        cmocka_unit_test(the_century_is_the_latest_possible),
        cmocka_unit_test(coordination_numbers),
        cmocka_unit_test(reserve_numbers),
        cmocka_unit_test(every_fault_and_kind_has_words),
    };
    return cmocka_run_group_tests_name("base/idnumber", tests, setup, NULL);
}
